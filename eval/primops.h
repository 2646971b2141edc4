/* The primitives: one row each in eval/primops.def, under GHC's names. */
#ifndef THUNKSCOPE_EVAL_PRIMOPS_H
#define THUNKSCOPE_EVAL_PRIMOPS_H

#include "eval/syntax.h"

/* What a primitive can do to the world around it; the compiler decides by it where a liveness map is needed.
 */
typedef enum PrimClass {
    PRIM_PURE,    /* computes words from words */
    PRIM_COMPUTE, /* the same, by a function of its own (eval/numbers.def) */
    PRIM_NOTHING, /* does nothing here */
    PRIM_READ,    /* reads memory */
    PRIM_WRITE,   /* writes to an object; never collects */
    PRIM_CALL,    /* a function of its own (eval/prim_calls.h); may allocate, hence collect */
    PRIM_ALLOC,   /* may allocate, hence collect */
    PRIM_EVAL,    /* may run code: enters the machine's general path */
    PRIM_OUT,     /* has an effect outside the heap */
    /* GHC's, and refused: primop_refusal says why. */
    PRIM_THREADS, /* for threads and STM */
    PRIM_REGIONS, /* for compact regions */
    PRIM_VECTORS, /* for vectors */
    PRIM_INSIDE   /* for GHCi's bytecode and the insides of GHC's own closures */
} PrimClass;

typedef enum PrimopId {
#define PRIMOP(id, name, args, results, class) PRIM_##id,
#include "eval/primops.def"
#undef PRIMOP
    PRIM_COUNT
} PrimopId;

/* Argument and result representations are spelt as in STG text ("II" -> "I8"); "V" may be a State# token, "a"
 * is any lifted value, a small letter the kind of an object (primops.def), "" no result component but void.
 */
typedef struct Primop {
    PrimopId id;
    const char *name;
    const char *args;
    const char *results;
    PrimClass class_;
} Primop;

extern const Primop primops[PRIM_COUNT];
/* What is true of its like, if a program that names it is refused: "compact regions are not there yet"; else
 * NULL. */
const char *primop_refusal(const Primop *op);
/* The primitive of that name, or NULL. */
const Primop *primop_find(const char *name);
/* The primitive that does what GHC's runtime system has under that name (eval/primcalls.def), or NULL. */
const Primop *primcall_primop(const char *name);
/* How many representations are spelt there. */
uint32_t primop_rep_count(const char *spelling);
/* The one with that number, which is there. */
Rep primop_rep(const char *spelling, uint32_t number);
/* What object that one is to be: the kind of a mutable one, where there are two. KIND_COUNT: it may be any.
 */
Kind primop_object(const char *spelling, uint32_t number);

#endif
