/* Primitives of class CALL: each is a function, which the loop calls with its frame whole, so that it may
 * collect.
 *
 * Always true: an argument that is a pointer is read (prim_arg) after the last thing that may collect; a
 * result is written (prim_result) when everything is done. False: the memory is not to be had, and nothing
 * has changed; the loop raises heapOverflow; or UserInterrupt, if that is why. */
#ifndef THUNKSCOPE_EVAL_PRIM_PRIVATE_H
#define THUNKSCOPE_EVAL_PRIM_PRIVATE_H

#include "eval/machine_private.h"

typedef struct PrimCall {
    PrimopId id;
    const Cell *args; /* atoms */
    const Word *consts;
    int16_t result;  /* its first slot */
    ptrdiff_t below; /* of the slots, from the frame that has been made whole */
} PrimCall;

typedef bool (*PrimFunction)(Machine *m, const PrimCall *call);
/* Runs the CALL instruction at pc. */
bool prim_call(Machine *m, const Cell *pc, const Word *consts);

#define PRIMOP(id, name, args, results, class)
#define PRIMCALL(id, name, args, results, function) bool prim_##function(Machine *m, const PrimCall *call);
#include "eval/primops.def"
#undef PRIMOP

static inline Word prim_arg(const Machine *m, const PrimCall *call, uint32_t i)
{
    Cell atom = call->args[i];
    return atom_is_slot(atom) ? m->sp[call->below + (int16_t)atom] : call->consts[atom - CONST_ATOM];
}

static inline Closure *prim_object(const Machine *m, const PrimCall *call, uint32_t i)
{
    return ref_closure(prim_arg(m, call, i));
}

static inline void prim_result(Machine *m, const PrimCall *call, uint32_t i, Word value)
{
    m->sp[call->below + call->result + (ptrdiff_t)i] = value;
}

/* Careful mode: a range that is not within `size` ends the run with a story. */
void prim_need_range(const Machine *m, const PrimCall *call, Word offset, Word count, Word size);
/* A write of a reference into an element, barrier included. */
void prim_write_element(Machine *m, Closure *array, Word index, Ref value);

#endif
