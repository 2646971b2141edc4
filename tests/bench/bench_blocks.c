/* What a placement costs and how it fragments, beside the others.
 *
 *   bench_blocks [PLACEMENT...]      default: all of ours
 *
 * Cycles (the least mean of many rounds): 4,096 blocks taken, then freed, in order; every second one of them
 * freed and taken again, so that none has a free neighbour; groups of mixed sizes freed and taken in random
 * order. Fragmentation: a heap's mix of sizes in which groups come and go for a long time at a steady size;
 * then megablocks committed beside those that what lives would fill. Requests of 129 to 251 blocks:
 * megablocks committed for 100 of them, when every other megablock has one such hole (GHC would take 100).
 *
 * Each run checks that the block layer is sound and what was written is still there. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef __x86_64__
#include <x86intrin.h>
static uint64_t now(void) { return __rdtsc(); }
static const char *const unit = "cycles";
#else
static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}
static const char *const unit = "ns";
#endif

#include "blocks/allocator.h"
#include "blocks/source.h"

enum { BLOCKS = 4096, ROUNDS = 400, LIVE = 4000, SPELLS = 100, STEPS = 4000, HOLES = 100 };

static BlockDescr *groups[BLOCKS];
static uint64_t state = 1;

static uint32_t below(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % n);
}

static void complain(void *context, int invariant, const void *place, const char *format, ...)
{
    (void)context;
    (void)place;
    fprintf(stderr, "bench_blocks: invariant %d: %s\n", invariant, format);
    exit(1);
}

static BlockAllocator *begin(const char *placement)
{
    char error[300];
    BlockPlacer *placer = block_placement_parse(placement, error, sizeof error);
    if (placer) return block_allocator_new_placed(block_source_reserve(), placer);
    fprintf(stderr, "bench_blocks: %s\n", error);
    exit(2);
}

static BlockDescr *take(BlockAllocator *a, uint32_t blocks)
{
    BlockDescr *g = block_group_alloc(a, blocks, OWNER_USER);
    if (!g) exit(251);
    g->start[0] = g->number;
    return g;
}

static void give(BlockAllocator *a, BlockDescr *g)
{
    if (g->start[0] != g->number) complain(NULL, 0, NULL, "a group was overwritten");
    block_group_free(a, g);
}

static void end(BlockAllocator *a)
{
    block_check(a, 0, complain, NULL);
    block_allocator_free(a);
}

/* ---- Cycles */

typedef struct Cost {
    double take, free;
} Cost;

static void cost_note(Cost *best, uint64_t took, uint64_t freed, unsigned groups_taken)
{
    double t = (double)took / groups_taken, f = (double)freed / groups_taken;
    if (best->take == 0 || t < best->take) best->take = t;
    if (best->free == 0 || f < best->free) best->free = f;
}

static Cost in_order(const char *placement)
{
    BlockAllocator *a = begin(placement);
    Cost cost = {0, 0};
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint64_t start = now();
        for (unsigned i = 0; i < BLOCKS; i++) groups[i] = block_group_alloc(a, 1, OWNER_USER);
        uint64_t middle = now();
        for (unsigned i = 0; i < BLOCKS; i++) block_group_free(a, groups[i]);
        cost_note(&cost, middle - start, now() - middle, BLOCKS);
    }
    end(a);
    return cost;
}

static Cost scattered(const char *placement)
{
    BlockAllocator *a = begin(placement);
    Cost cost = {0, 0};
    for (unsigned i = 0; i < BLOCKS; i++) groups[i] = block_group_alloc(a, 1, OWNER_USER);
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint64_t start = now();
        for (unsigned i = 0; i < BLOCKS; i += 2) block_group_free(a, groups[i]);
        uint64_t middle = now();
        for (unsigned i = 0; i < BLOCKS; i += 2) groups[i] = block_group_alloc(a, 1, OWNER_USER);
        cost_note(&cost, now() - middle, middle - start, BLOCKS / 2);
    }
    end(a);
    return cost;
}

/* Single blocks mostly, as nursery and generations take; large objects of all sizes; a few of many blocks. */
static uint32_t mixed_size(void)
{
    uint32_t kind = below(100);
    if (kind < 70) return 1;
    if (kind < 90) return 2 + below(14);
    if (kind < 99) return 16 + below(236);
    return 252 + below(1000);
}

typedef struct Mix {
    Cost cost;
    size_t committed, needed; /* megablocks, at the end */
} Mix;

static void mixed_spell(BlockAllocator *a, Cost *best)
{
    uint64_t took = 0, freed = 0;
    for (unsigned step = 0; step < STEPS; step++) {
        unsigned i = below(LIVE);
        uint32_t blocks = mixed_size();
        uint64_t start = now();
        give(a, groups[i]);
        uint64_t middle = now();
        groups[i] = take(a, blocks);
        took += now() - middle;
        freed += middle - start;
    }
    cost_note(best, took, freed, STEPS);
}

static Mix mixed(const char *placement)
{
    BlockAllocator *a = begin(placement);
    Mix mix = {{0, 0}, 0, 0};
    state = 1;
    for (unsigned i = 0; i < LIVE; i++) groups[i] = take(a, mixed_size());
    for (unsigned spell = 0; spell < SPELLS; spell++) mixed_spell(a, &mix.cost);
    block_allocator_trim(a, 0);
    BlockCounters counters;
    block_counters(a, &counters);
    mix.committed = counters.committed_mblocks;
    mix.needed = (counters.allocated_blocks + USABLE_BLOCKS - 1) / USABLE_BLOCKS;
    for (unsigned i = 0; i < LIVE; i++) give(a, groups[i]);
    end(a);
    return mix;
}

/* ---- Requests of 129 to 251 blocks */

static size_t holes_unused(const char *placement)
{
    BlockAllocator *a = begin(placement);
    BlockDescr *low[HOLES];
    uint32_t sizes[HOLES];
    for (unsigned i = 0; i < HOLES; i++) {
        sizes[i] = 129 + (i * 37) % 122;
        low[i] = take(a, sizes[i]);
        take(a, USABLE_BLOCKS - sizes[i]);
    }
    for (unsigned i = 0; i < HOLES; i++) block_group_free(a, low[i]);
    BlockCounters before, after;
    block_counters(a, &before);
    for (unsigned i = HOLES; i-- > 0;) take(a, sizes[i]);
    block_counters(a, &after);
    end(a);
    return after.committed_mblocks - before.committed_mblocks;
}

static void bench(const char *placement)
{
    Cost order = in_order(placement), scatter = scattered(placement);
    Mix mix = mixed(placement);
    printf("%-12s%8.1f%8.1f%12.1f%8.1f%12.1f%8.1f%10zu /%5zu%8.1f%%%10zu\n", placement, order.take,
           order.free, scatter.take, scatter.free, mix.cost.take, mix.cost.free, mix.committed, mix.needed,
           100.0 * (double)(mix.committed - mix.needed) / (double)mix.needed, holes_unused(placement));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static char *const all[] = {"buckets", "best-fit", "buddy"};
    char *const *placements = argc > 1 ? argv + 1 : all;
    printf("%-12s%16s%20s%20s%17s%9s%10s\n", unit, "in order", "scattered", "mixed", "megablocks", "lost",
           "129-251");
    printf("%-12s%8s%8s%12s%8s%12s%8s%10s /%5s\n", "", "take", "free", "take", "free", "take", "free", "have",
           "need");
    for (int i = 0; i < (argc > 1 ? argc - 1 : 3); i++) bench(placements[i]);
    return 0;
}
