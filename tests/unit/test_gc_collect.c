/* gc/: collections under a random mutator, its heap compared with the naive model. */
#include "gc_mutator.h"

static HeapConfig small_config(uint32_t generations, uint32_t ageing)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 4096;
    config.minimum_old_bytes = (size_t)64 * 1024;
    config.generations = generations;
    config.ageing = ageing;
    config.sanity_level = 3;
    config.collector = tested;
    return config;
}

static void run(const HeapConfig *config, uint64_t seed, size_t steps, uint32_t compare_every)
{
    Mutator *m = mutator_new(config, seed);
    cr_assert(m);
    m->compare_every = compare_every;
    mutator_run(m, steps);
    cr_assert_not(m->exhausted);
    cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK);
    mutator_compare(m);
    if (tested->instead)
        cr_assert_eq(m->heap->gc_count, 0);
    else
        cr_assert_gt(m->heap->gc_count, 3, "only %u collections", m->heap->gc_count);
    mutator_free(m);
}

COLLECTOR_TEST(collect, every_shape_survives_with_tiny_nurseries, ALL_COLLECTORS)
{
    uint32_t most = tested->most_generations < 4 ? tested->most_generations : 4;
    for (uint32_t generations = 1; generations <= most; generations++)
        for (uint32_t ageing = 0; ageing <= 1; ageing++)
            for (uint64_t seed = 1; seed <= 3; seed++) {
                HeapConfig config = small_config(generations, ageing);
                run(&config, seed, 10000, 1);
            }
}

COLLECTOR_TEST(collect, stress_at_every_heap_check, COLLECTING)
{
    HeapConfig config = small_config(3, 1);
    config.stress_period = 1;
    run(&config, 7, 3000, 1);
}

COLLECTOR_TEST(collect, without_eager_promotion, GENERATIONAL)
{
    HeapConfig config = small_config(4, 1);
    config.eager_promotion = false;
    run(&config, 11, 10000, 1);
}
