/* The functions of the primitives of class CALL, by number. */
#include "eval/prim_private.h"

static const PrimFunction prim_functions[PRIM_COUNT] = {
#define PRIMOP(id, name, args, results, class)
#define PRIMCALL(id, name, args, results, function) [PRIM_##id] = prim_##function,
#include "eval/primops.def"
#undef PRIMOP
};

bool prim_call(Machine *m, const Cell *pc, const Word *consts)
{
    ptrdiff_t below = ((const InfoTable *)consts[pc[3]])->below;
    PrimCall call = {(PrimopId)pc[2], pc + 5, consts, (int16_t)pc[1], below};
    return prim_functions[call.id](m, &call);
}
