/* The interpreter loop that counts what it executes. */
#define LOOP    loop_profile
#define UNTYPED (m->code.untyped)
#define CAREFUL 0
#define PROFILE 1
#include "eval/machine_loop.h"
