/* The functions of the primitives of class CALL, by number. */
#include "eval/prim_private.h"

const PrimFunction prim_functions[PRIM_COUNT] = {
#define PRIMOP(id, name, args, results, class)
#define PRIMCALL(id, name, args, results, function) [PRIM_##id] = prim_##function,
#include "eval/primops.def"
#undef PRIMOP
};
