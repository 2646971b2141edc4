/* gen-copy: the generational copying collector, GHC's default (rts/sm/GC.c), as a row of functions. Survivors
 * of the nursery age in generation 0, then go on from generation to generation, each a block at a time; what
 * an old immutable object holds is promoted to it at once. evacuate.c and scavenge.c do the work. */
#include "gc/gen_copy_private.h"

const GcCollector collector_gen_copy = {
    .version = GC_COLLECTOR_VERSION,
    .name = "gen-copy",
    .about = "generational, copying (default)",
    .most_generations = MAX_GENERATIONS,
    .worst_case_blocks = spaces_worst_case,
    .prepare = spaces_prepare,
    .remembered = scavenge_remembered,
    .evacuate = evacuate,
    .drain = scavenge_to_space,
    .survivor = space_survivor,
    .finish = spaces_finish,
};
