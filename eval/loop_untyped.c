/* The interpreter loop for a program whose types nobody has proved to fit, when nobody watches. */
#define LOOP    loop_untyped
#define UNTYPED true
#define CAREFUL 0
#define PAIRS
#include "eval/machine_loop.h"
