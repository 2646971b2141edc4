/* The heap's handle: making, ending, looking. */
#include "gc/heap_state.h"

#include <stdlib.h>
#include <unistd.h>

enum { DEFAULT_RING = 1 << 18 }; /* events, at 16 bytes */

/* ---- Configuration */

static size_t physical_memory(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    return pages > 0 && page > 0 ? (size_t)pages * (size_t)page : (size_t)1 << 30;
}

void heap_config_default(HeapConfig *config)
{
    *config = (HeapConfig){.nursery_bytes = (size_t)1 << 20,
                           .generations = 2,
                           .stack_limit = physical_memory() / 10 * 8,
                           .stack_initial = 1024,
                           .stack_chunk = (size_t)32 * 1024,
                           .stack_buffer = 1024,
                           .factor = 2.0,
                           .grace_bytes = (size_t)1 << 20,
                           .return_decay = 4.0,
                           .minimum_old_bytes = (size_t)1 << 20,
                           .minimum_free = 3,
                           .compact_share = 30,
                           .eager_promotion = true,
                           .selectors = true,
                           .ageing = 1,
                           .gc_threads = 1,
                           .team_words = (size_t)1 << 17,
                           .sanity_period = 1,
                           .stress_major_every = 4,
                           .event_ring = EVENT_RING_BY_LEVEL,
                           .mutant = mutant_of_environment(),
                           .clock = true};
}

static void config_normalise(HeapConfig *config)
{
    if (!config->collector) config->collector = collector_default();
    uint32_t most = config->collector->most_generations;
    if (config->generations > most) config->generations = most;
    if (config->generations == 0) config->generations = 1;
    if (config->nursery_bytes < BLOCK_SIZE) config->nursery_bytes = BLOCK_SIZE;
    if (config->stress_period) config->team_words = 0;
    if (config->sanity_period == 0) config->sanity_period = 1;
    if (config->inject && config->sanity_level < 3) config->sanity_level = 3;
    if (config->event_ring == EVENT_RING_BY_LEVEL)
        config->event_ring = config->sanity_level >= 3 ? DEFAULT_RING : 0;
    if (config->sanity_level >= 2) config->poison = true;
}

/* ---- Handle */

static bool collector_start(HeapState *h)
{
    const GcCollector *collector = h->heap.config.collector;
    return !collector->start || collector->start(&h->heap);
}

static bool sizer_there(HeapConfig *config)
{
    char error[128];
    if (!config->sizer) config->sizer = sizer_parse(sizing_at(0)->name, error, sizeof error);
    return config->sizer;
}

static bool heap_fill(HeapState *h, BlockSource *source)
{
    h->heap.blocks = block_allocator_new_placed(source, h->heap.config.placer);
    h->heap.config.placer = NULL;
    if (!h->heap.blocks || !sizer_there(&h->heap.config)) return false;
    h->heap.infos = info_registry_new();
    block_allocator_poison(h->heap.blocks, h->heap.config.poison);
    if (h->heap.config.event_ring) h->ring = ring_new(h->heap.config.event_ring);
    heap_observe(&h->heap, NULL);
    heap_observe_blocks(&h->heap, NULL);
    generations_init(h);
    policy_init(h);
    h->memory_words = physical_memory() / WORD_BYTES;
    return statistics_new(h) && nursery_new(h) && collector_start(h);
}

Heap *heap_new(const HeapConfig *config)
{
    HeapState *h = calloc(1, sizeof *h);
    if (!h) return NULL;
    h->heap.config = *config;
    config_normalise(&h->heap.config);
    BlockSource *source = config->source ? config->source : block_source_reserve();
    h->heap.config.source = NULL;
    if (heap_fill(h, source)) return &h->heap;
    heap_free(&h->heap);
    return NULL;
}

static void chain_free(HeapState *h, BlockDescr *first)
{
    if (first) block_chain_free(h->heap.blocks, first);
}

static void blocks_free(HeapState *h)
{
    for (uint32_t g = 0; g < generation_count(h); g++) {
        Generation *generation = &h->generations[g];
        chain_free(h, generation->list.first);
        chain_free(h, generation->large.first);
        remembered_free(h, &generation->remembered);
    }
    chain_free(h, h->nursery.first);
    statics_free(h);
    chain_free(h, h->statics.first);
    chain_free(h, h->pinned);
}

void heap_free(Heap *heap)
{
    if (!heap) return;
    HeapState *h = heap_state(heap);
    const GcCollector *collector = heap->config.collector;
    if (heap->blocks) {
        if (collector->end) collector->end(heap);
        blocks_free(h);
        require(block_inventory(heap->blocks, stderr) == 0,
                "the groups above were not freed when their heap ended");
        block_allocator_free(heap->blocks);
    }
    info_registry_free(heap->infos);
    sizer_free(heap->config.sizer);
    weak_free(h);
    stable_free(&h->stable);
    statistics_free(h);
    free(h->roots);
    free(h->checks);
    sanity_map_free(h->sanity_map);
    free(h->ring);
    free(h);
}

bool heap_inject_waits(const Heap *heap)
{
    return heap->config.inject && ((const HeapState *)heap)->injection.number == 0;
}

void heap_add_check(Heap *heap, SanityCheck check, void *context)
{
    HeapState *h = heap_state(heap);
    h->checks = realloc(h->checks, (h->check_count + 1) * sizeof *h->checks);
    require(h->checks, "out of memory for sanity checks");
    h->checks[h->check_count++] = (CheckEntry){check, context};
}

/* ---- Walking */

typedef struct ObjectVisit {
    void (*visit)(void *context, Closure *c);
    void *context;
} ObjectVisit;

static void visit_run(const ObjectVisit *v, Word *object, const Word *end)
{
    while (object < end) {
        Closure *c = (Closure *)object;
        object += closure_size(c);
        if (c->info->kind != KIND_FILLER) v->visit(v->context, c);
    }
}

static void visit_blocks(const ObjectVisit *v, BlockDescr *first, Word *start)
{
    for (BlockDescr *b = first; b; b = b->link) visit_run(v, b == first ? start : b->start, b->free);
}

static void visit_large(const ObjectVisit *v, const LargeList *list, uint16_t flags)
{
    for (BlockDescr *b = list->first; b; b = b->link) {
        if ((b->flags & flags) != flags) continue;
        if (b->flags & BF_PINNED)
            pinned_each_object(b, v->visit, v->context);
        else
            v->visit(v->context, (Closure *)b->start);
    }
}

static void visit_pinned(const ObjectVisit *v, const HeapState *h)
{
    if (h->pinned) pinned_each_object(h->pinned, v->visit, v->context);
}

static void visit_nursery(const ObjectVisit *v, const HeapState *h)
{
    const Nursery *n = &h->nursery;
    for (BlockDescr *b = n->first; b != n->current; b = b->link) visit_run(v, b->start, b->free);
    visit_run(v, n->current->start, h->heap.hp);
}

static void visit_all(const ObjectVisit *v, const HeapState *h)
{
    visit_nursery(v, h);
    for (uint32_t g = 0; g < generation_count(h); g++) {
        BlockDescr *first = h->generations[g].list.first;
        visit_blocks(v, first, first ? first->start : NULL);
        visit_large(v, &h->generations[g].large, 0);
    }
    visit_pinned(v, h);
    visit_blocks(v, h->statics.first, h->statics.first ? h->statics.first->start : NULL);
}

static void visit_survivors(const ObjectVisit *v, const HeapState *h)
{
    for (uint32_t g = 0; g < generation_count(h); g++) {
        visit_blocks(v, h->generations[g].survivors, h->generations[g].survivors_start);
        visit_large(v, &h->generations[g].large, BF_TO_SPACE);
    }
    visit_pinned(v, h);
}

void heap_each_object(Heap *heap, WalkScope scope, void (*visit)(void *context, Closure *c), void *context)
{
    ObjectVisit v = {visit, context};
    if (scope == WALK_SURVIVORS)
        visit_survivors(&v, heap_state(heap));
    else
        visit_all(&v, heap_state(heap));
}
