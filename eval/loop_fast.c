/* The interpreter loop when nobody watches. */
#define LOOP    loop_fast
#define UNTYPED false
#define CAREFUL 0
#define PAIRS
#include "eval/machine_loop.h"
