/* Calls of C: what `%ccall` and `__label` name, and how a call is made.
 *
 * A name means, in this order: a row of eval/c_base.def, which are the functions that GHC's runtime and base
 * have in C; a function of this process, by libffi. Both take their arguments as words: an array by the
 * address of its payload, as GHC passes it.
 *
 * Always true: a call collects nothing and leaves the stack as it was; errno is what the last call left. */
#ifndef THUNKSCOPE_EVAL_C_CALL_PRIVATE_H
#define THUNKSCOPE_EVAL_C_CALL_PRIVATE_H

#include <ffi.h>

#include "eval/machine_private.h"

typedef Word (*BaseFunction)(Machine *m, const Word *args);

/* What a name stands for. */
typedef struct CTarget {
    BaseFunction base;      /* ours, or NULL */
    const char *primitive;  /* a primitive does it, or NULL; then: */
    int argument;           /* what it is given: the argument with that number, or if negative ~literal */
    void (*function)(void); /* of this process, or NULL */
    bool is_dynamic;        /* the address is the first argument */
} CTarget;

/* False: there is no such function. */
bool c_target_find(const char *name, CTarget *out);
/* The address of a function or datum that `__label` names; NULL: there is none. */
void *c_label_find(const char *name);

/* One call in the program's text. */
typedef struct CCall {
    CTarget target;
    const char *name;  /* without what wraps it */
    uint32_t count;    /* arguments that are not void */
    uint64_t pointers; /* those that are objects, by bit */
    Rep result;
    ffi_cif cif;
    ffi_type *types[];
} CCall;

/* The arguments' representations without void ones. NULL: libffi cannot make such a call, or no memory. */
CCall *c_call_new(InfoRegistry *infos, const CTarget *target, const char *name, const Rep *args,
                  uint32_t count, Rep result);
/* Runs the CCALL instruction at pc, in the frame at sp. False: the run is to stop. */
bool c_call(Machine *m, const Cell *pc, const Word *consts, Word *sp);
static inline bool is_object(const CCall *call, uint32_t argument) { return call->pointers >> argument & 1; }

/* ---- c_watch.c: careful mode only. What a call writes into byte arrays, for the observer */
void c_watch_begin(Machine *m, const CCall *call, const Word *args);
void c_watch_end(Machine *m, const CCall *call);

/* ---- c_base.c */
BaseFunction c_base_find(const char *name);
void *c_base_label(const char *name);

#endif
