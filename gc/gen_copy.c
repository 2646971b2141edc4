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

/* Each member has lists of its own, and takes blocks for them beforehand. */
static bool team_has_room(Collection *c)
{
    const HeapConfig *config = &c->h->heap.config;
    size_t lists = (size_t)config->gc_threads * config->generations;
    size_t more = lists * (TEAM_RESERVE_BLOCKS + 1);
    if (!memory_at_hand(c->h, c->h->promised + more)) return false;
    c->h->promised += more;
    c->h->at_hand += more;
    return true;
}

static void gen_copy_end(Heap *heap) { team_free(heap->collector_state); }

/* Whoever listens to moves hears of them from one thread, in order. */
static void gen_copy_prepare(Collection *c)
{
    GcTeam *team = c->h->heap.collector_state;
    c->helped = team && c->stats.major && c->eager && !c->h->listener.moved &&
                c->from_words >= c->h->heap.config.team_words && team_has_room(c);
    spaces_prepare(c);
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
    .follows_code = true,
    .worst_case_blocks = spaces_worst_case,
    .start = gen_copy_start,
    .end = gen_copy_end,
    .prepare = gen_copy_prepare,
    .remembered = scavenge_remembered,
    .evacuate = evacuate,
    .drain = gen_copy_drain,
    .survivor = space_survivor,
    .finish = gen_copy_finish,
};
