/* none: nothing is ever collected. The heap grows until -M or its source ends it (GHC has no such thing; JEP
 * 318 calls it Epsilon). What a program costs without a collector, and what it allocates, shows here
 * undisturbed.
 *
 * Full blocks of the nursery go to the only generation as they are; large objects are there from the
 * beginning. A demand to collect does nothing. The generation's objects are not counted: what lies behind an
 * update is nobody's to walk. */
#include "gc/heap_state.h"

static HeapStatus none_grow(Heap *heap, GcReason reason)
{
    HeapState *h = heap_state(heap);
    h->statistics.totals.allocated_words += h->new_large_words;
    h->new_large_words = h->pinned_new_words = 0;
    nursery_open(h);
    if (reason == GC_REASON_NURSERY_FULL && !nursery_keep(h, h->oldest)) return HEAP_EXHAUSTED;
    return policy_over_limit(h, 0) && !policy_grant_grace(h) ? HEAP_EXHAUSTED : HEAP_OK;
}

const GcCollector collector_none = {
    .version = GC_COLLECTOR_VERSION,
    .name = "none",
    .about = "never collects: the heap grows until -M or its source ends it",
    .most_generations = 1,
    .in_place = true,
    .instead = none_grow,
};
