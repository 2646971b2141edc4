/* gen-copy: the generational copying collector, GHC's default (rts/sm/GC.c), as a row of functions. Survivors
 * of the nursery age in generation 0, then go on from generation to generation, each a block at a time; what
 * an old immutable object holds is promoted to it at once. evacuate.c and scavenge.c do the work. */
#include "gc/mark_private.h"

#include <stdlib.h>

typedef struct GenCopy {
    MarkSpace marks; /* first: see mark_space. Of collections that mark-compact makes in our stead */
    GcTeam *team;    /* NULL: one thread does it alone */
} GenCopy;

static GcTeam *gen_copy_team(const Collection *c) { return ((GenCopy *)c->h->heap.collector_state)->team; }

/* ---- A team (-qnN) */

static bool gen_copy_start(Heap *heap)
{
    GenCopy *state = heap->collector_state = calloc(1, sizeof *state);
    if (!state || heap->config.gc_threads < 2) return state;
    state->team = team_new(heap->config.gc_threads);
    return state->team;
}

/* Each member has lists of its own, and takes blocks for them beforehand. */
static bool team_has_room(Collection *c)
{
    const HeapConfig *config = &c->h->heap.config;
    size_t lists = (size_t)config->gc_threads * config->generations;
    return memory_promised(c->h, lists * (TEAM_RESERVE_BLOCKS + 1));
}

static void gen_copy_end(Heap *heap)
{
    GenCopy *state = heap->collector_state;
    if (state) team_free(state->team);
    free(state);
}

/* Whoever listens to moves hears of them from one thread, in order. */
static void gen_copy_prepare(Collection *c)
{
    GcTeam *team = gen_copy_team(c);
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
        scavenge_in_team(gen_copy_team(c));
    else
        scavenge_to_space(c);
    c->drained = true;
}

static void gen_copy_finish(Collection *c)
{
    GcTeam *team = c->helped ? gen_copy_team(c) : NULL;
    spaces_finish_of(c, team);
    if (team) team_part(team, c);
}

const GcCollector collector_gen_copy = {
    .version = GC_COLLECTOR_VERSION,
    .name = "gen-copy",
    .about = "generational, copying (default)",
    .most_generations = MAX_GENERATIONS,
    .compacting = &collector_mark_compact,
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
