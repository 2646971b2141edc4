/* gen-copy: the generational copying collector, GHC's default (rts/sm/GC.c), as a row of functions. Survivors
 * of the nursery age in generation 0, then go on from generation to generation, each a block at a time; what
 * an old immutable object holds is promoted to it at once. evacuate.c and scavenge.c do the work. */
#include "gc/gen_copy_private.h"
#include "gc/team.h"

/* ---- A team (-qnN) */

static bool gen_copy_start(Heap *heap)
{
    if (heap->config.gc_threads < 2) return true;
    heap->collector_state = team_new(heap->config.gc_threads);
    return heap->collector_state;
}

/* Members take blocks for to-space beforehand. */
static size_t gen_copy_worst_case(const Heap *heap, uint32_t collected)
{
    uint32_t others = heap->config.gc_threads - 1, generations = heap->config.generations;
    return spaces_worst_case(heap, collected) + (size_t)others * generations * (TEAM_RESERVE_BLOCKS + 1);
}

static void gen_copy_end(Heap *heap) { team_free(heap->collector_state); }

/* Whoever listens to moves hears of them from one thread, in order. */
static void gen_copy_prepare(Collection *c)
{
    spaces_prepare(c);
    GcTeam *team = c->h->heap.collector_state;
    c->helped = team && c->stats.major && c->eager && !c->h->listener.moved &&
                c->from_words >= c->h->heap.config.team_words;
    if (!c->helped) return;
    c->watched = false; /* the ring of events does without */
    team_gather(team, c);
}

/* What weak pointers keep, afterwards, is little. */
static void gen_copy_drain(Collection *c)
{
    if (c->helped && !c->drained)
        scavenge_in_team(c->h->heap.collector_state);
    else
        scavenge_to_space(c);
    c->drained = true;
}

static void gen_copy_finish(Collection *c)
{
    GcTeam *team = c->helped ? c->h->heap.collector_state : NULL;
    spaces_finish_of(c, team);
    if (team) team_part(team, c);
}

const GcCollector collector_gen_copy = {
    .version = GC_COLLECTOR_VERSION,
    .name = "gen-copy",
    .about = "generational, copying (default)",
    .most_generations = MAX_GENERATIONS,
    .worst_case_blocks = gen_copy_worst_case,
    .start = gen_copy_start,
    .end = gen_copy_end,
    .prepare = gen_copy_prepare,
    .remembered = scavenge_remembered,
    .evacuate = evacuate,
    .drain = gen_copy_drain,
    .survivor = space_survivor,
    .finish = gen_copy_finish,
};
