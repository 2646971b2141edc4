/* The interpreter loop that tells its observer and keeps the heap walkable. */
#define LOOP    loop_careful
#define UNTYPED (m->code.untyped)
#define CAREFUL 1
#include "eval/machine_loop.h"
