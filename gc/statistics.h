/* What a heap counts about its collections: totals, by generation, reason, phase and age; distributions of
 * pauses. Kept in bounded memory, whether anybody asks or not: nothing here changes a decision.
 *
 * Survival is told by age, which is where an object lived: in the nursery (its first collection), in
 * generation 0 (its second), in generation 1 (later ones), and so on. With one generation nursery and
 * generation 0 cannot be told apart; both stand under generation 0.
 *
 * Always true, for the collections up to now: copied words and relinked large ones add up to what survived;
 * reasons and generations each add up to the number of collections; phases to no more than the pauses. */
#ifndef THUNKSCOPE_GC_STATISTICS_H
#define THUNKSCOPE_GC_STATISTICS_H

#include "gc/histogram.h"
#include "gc/observer.h"
#include "gc/utilisation.h"

typedef struct Survival {
    uint64_t entered_words;  /* were there, in the nursery or generation, when it was collected */
    uint64_t survived_words; /* of these */
} Survival;

/* Windows for which the minimum mutator utilisation is kept. */
enum { UTILISATION_WINDOWS = 2 };
extern const uint32_t utilisation_window_ms[UTILISATION_WINDOWS];

typedef struct HeapTotals {
    uint64_t allocated_words; /* by the mutator, exact at collections and heap_totals() */
    uint64_t allocated_after; /* of these, since the last collection */
    uint64_t copied_words, kept_words, freed_words;
    uint64_t par_copied_words, par_busiest_words, par_balanced_words; /* in collections by a team; GcStats */
    uint64_t promoted_words, eager_words;                             /* eager: of those promoted */
    uint64_t remembered;                     /* entries that were roots, over all collections */
    size_t max_remembered;                   /* in one collection */
    uint64_t ind_removed, sel_removed;       /* references that were led past one */
    size_t max_live_words, live_samples;     /* after major collections */
    uint64_t live_words_sum;                 /* over these samples */
    size_t max_large_words, max_slop_words;  /* after major collections */
    size_t peak_blocks;                      /* that somebody had */
    size_t peak_mblocks;                     /* committed; collections make sure of more than they need */
    size_t peak_touched_mblocks;             /* of these, that somebody ever had blocks of: memory in use */
    size_t fragmentation_blocks;             /* of memory in use, at most so many more than peak_blocks */
    size_t returned_mblocks;                 /* given back to the source */
    size_t heap_checks;                      /* that came to the heap, under stress */
    uint64_t by_reason[GC_REASON_COUNT];     /* collections */
    uint64_t phase_ns[GC_PHASE_COUNT];       /* elapsed */
    double utilisation[UTILISATION_WINDOWS]; /* 0 to 1; negative: the run was shorter than the window */
    uint32_t generation_count;
    const uint32_t *collections, *par_collections; /* per oldest generation collected; of these, by a team */
    const uint64_t *gc_cpu_ns, *gc_elapsed_ns, *gc_max_pause_ns; /* likewise */
    const Survival *survival; /* by age: [0] nursery, [1 + g] generation g */
    const Histogram *pauses;  /* in ns: [0] all, [1 + g] by oldest generation collected */
} HeapTotals;

/* The arrays belong to the heap. Never collects. */
void heap_totals(Heap *heap, HeapTotals *out);

/* Called at the end of each collection, when all its figures are known; the heap may be looked at, not
 * written to. NULL: nobody. Page faults are counted only while somebody listens. */
typedef void (*CollectionListener)(void *context, const GcStats *stats);
void heap_on_collection(Heap *heap, CollectionListener listener, void *context);

#endif
