/* Collectors: how what lives is found and kept (`--collector=NAME`).
 *
 * A collector is a struct of functions. collect.c drives every collection through the same phases and does
 * what they all share: the decision, remembered sets, roots, weak pointers, giving from-space up, sizes,
 * reports, sanity. A collector fills in the rest, with the services of gc/collection.h:
 *
 *   prepare      sets from-space aside, and makes ready where survivors go
 *   remembered   takes one entry of an older generation's remembered set as a root
 *   evacuate     keeps what a slot refers to, and makes the slot refer to where it will be
 *   drain        evacuates everything that what has been kept refers to, until nothing is left to do
 *   survivor     says whether an object has been kept so far, and where it is now; not asked after `finish`
 *   finish       what is left when everything has been kept: sweeping, compacting, counting
 *
 * One that never collects has `instead`, and none of these.
 *
 * Nursery, large objects, static closures and the mutator's barriers are the same for all of them.
 *
 * Always true: between `prepare` and `finish` an object is either kept or not; `evacuate` may be called at
 * any time in between, and `drain` after it. What a weak pointer holds is not followed: see "What may die" in
 * gc/collection.h. None of the functions may take memory from the mutator's
 * nursery.
 *
 * A collector of one's own is a shared object that exports one GcCollector under the name
 * thunkscope_gc_collector (`--collector=./FILE.so`):
 *
 *   #include "gc/collection.h"
 *   const GcCollector thunkscope_gc_collector = {
 *       .version = GC_COLLECTOR_VERSION,
 *       .layout = GC_COLLECTOR_LAYOUT,
 *       …
 *   };
 *
 *   cc -shared -fPIC -I THUNKSCOPE -o mine.so mine.c
 *   thunkscope run PROG +RTS --collector=./mine.so
 *
 * It sees the heap from inside (gc/heap_state.h), and is built against the headers of the thunkscope that
 * loads it: any other is refused (gc/layout.h). tests/plugins/collector_depth_first.c is a worked example. To
 * prove one's own, compare the heap that it collects with a naive one that shares no code with it, under
 * random programs over every kind of object, and then what stands beside the heap: weak and stable pointers,
 * stable names, pinned bytes:
 *
 *   build/bin/gc_stress --runs=56 --operations=20000 --compare=1 --collector=./mine.so
 *   build/bin/gc_handles -DS --collector=./mine.so */
#ifndef THUNKSCOPE_GC_COLLECTOR_H
#define THUNKSCOPE_GC_COLLECTOR_H

#include "closures/closure.h"
#include "gc/observer.h"

typedef struct Generation Generation;
typedef struct Collection Collection; /* one collection while it runs: gc/collection.h */

typedef enum HeapStatus {
    HEAP_OK,
    HEAP_EXHAUSTED, /* -M is reached, or the block source is exhausted, even after a major collection */
} HeapStatus;

#define GC_COLLECTOR_VERSION 3u
#define GC_COLLECTOR_SYMBOL  "thunkscope_gc_collector"

/* Something of the heap that collectors compile in: where a field stands, what a constant is (gc/layout.h).
 */
typedef struct GcLayoutRow {
    const char *name; /* NULL: the end of the table */
    size_t value;
} GcLayoutRow;

typedef struct GcCollector {
    uint32_t version;          /* GC_COLLECTOR_VERSION: of this struct, and of what its functions must do */
    const GcLayoutRow *layout; /* GC_COLLECTOR_LAYOUT: of the heap that it sees; of shared objects alone */
    const char *name, *about;
    uint32_t most_generations; /* that it can tell apart; 1: none */
    /* The oldest generation stays where it is when it is collected: -M need not leave room for its copy. */
    bool in_place;
    /* This one makes the major collections in its stead for which copying would not leave room under -M
     * (policy_choose_collector), or the source has none; it finds its state where this collector's is. NULL:
     * there is none. */
    const struct GcCollector *compacting;
    /* It tells which static closures and which code it has met (collection_static, collection_code in
     * gc/collection.h), and goes through them in `drain` (collection_scan_statics): CAFs may die. false: all
     * that have been entered are roots. */
    bool follows_code;
    /* Done in place of every collection. HEAP_OK: if the nursery was full, its current block is an empty one
     * now, and is open (nursery_keep, nursery_open in gc/heap_state.h). NULL for all that collect. */
    HeapStatus (*instead)(Heap *heap, GcReason reason);
    /* State for the heap's life, at heap->collector_state; NULL: it needs none. False: no memory. */
    bool (*start)(Heap *heap);
    void (*end)(Heap *heap); /* also after a start that failed */
    /* Blocks that a collection of the generations up to `collected` may need at worst: they are made sure of
     * before anything moves. Fewer than 2^32. */
    size_t (*worst_case_blocks)(const Heap *heap, uint32_t collected);
    void (*prepare)(Collection *c);
    /* NULL if most_generations is 1. */
    void (*remembered)(Collection *c, Generation *generation, Closure *entry);
    void (*evacuate)(Collection *c, Ref *slot);
    void (*drain)(Collection *c);
    /* NULL: not kept so far. `object` may have been moved: it is read as it stands in from-space. What is
     * answered carries BF_EVACUATED, but in an oldest generation that is collected in place (in_place). */
    Closure *(*survivor)(Collection *c, Closure *object);
    void (*finish)(Collection *c);
} GcCollector;

/* The collector of that name, or the one in the shared object of that path (a name with a slash), which stays
 * loaded. NULL, and a sentence in error (of `size` bytes), if there is none. */
const GcCollector *collector_find(const char *name, char *error, size_t size);
/* The one that a heap has by itself. */
const GcCollector *collector_default(void);
/* Row `index` of the table of collectors, NULL behind its end. */
const GcCollector *collector_at(size_t index);

#endif
