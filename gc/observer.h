/* What a collector can tell (GcObserver). Implemented by traces/recorder.c and by tests; every callback may
 * be NULL. No callback may allocate in the heap, write to it, or keep a Closure pointer beyond the next
 * `moved` of it. */
#ifndef THUNKSCOPE_GC_OBSERVER_H
#define THUNKSCOPE_GC_OBSERVER_H

#include "blocks/block.h"
#include "closures/closure.h"

typedef struct Heap Heap;

typedef enum GcReason {
#define GC_REASON(name, text) GC_REASON_##name,
#include "gc/reasons.def"
#undef GC_REASON
    GC_REASON_COUNT
} GcReason;
extern const char *const gc_reason_names[GC_REASON_COUNT];

typedef enum RootClass {
#define ROOT_CLASS(name, spoken) ROOT_##name,
#include "gc/root_classes.def"
#undef ROOT_CLASS
    ROOT_CLASS_COUNT
} RootClass;
extern const char *const root_class_names[ROOT_CLASS_COUNT];

typedef enum GcPhase {
#define GC_PHASE(name, text) GC_PHASE_##name,
#include "gc/phases.def"
#undef GC_PHASE
    GC_PHASE_COUNT
} GcPhase;
extern const char *const gc_phase_names[GC_PHASE_COUNT];

typedef enum MoveWhy { MOVE_SURVIVED, MOVE_AGED, MOVE_PROMOTED, MOVE_EAGER } MoveWhy;
extern const char *const move_why_names[4];

/* One collection. Words are of objects, not blocks. After gc_end all fields are set. */
typedef struct GcStats {
    uint32_t number;    /* from 1 */
    uint8_t generation; /* the oldest one collected */
    bool major;
    GcReason reason;
    size_t nursery_words;            /* allocated since the last collection, large objects included */
    size_t remembered;               /* entries of the remembered sets that were roots */
    size_t live_words, live_objects; /* in the whole heap after a major, else estimated as kept + copied */
    size_t copied_words, copied_objects; /* large objects, which are relinked, not included */
    /* By a team of threads; 1: alone, and no words. Of copied_words: those of the thread that copied most,
     * and those that were shared out evenly: all if each thread copied the same, none if one copied
     * everything. */
    uint32_t threads;
    size_t busiest_words, balanced_words;
    size_t kept_words, kept_objects; /* of a generation that is collected in place, large ones not included */
    size_t promoted_words, promoted_objects;
    size_t
        eager_words; /* of promoted_words: beyond what their age asks for, for the sake of who holds them */
    size_t freed_words; /* of the collected generations and the nursery: what was there minus what survived */
    size_t ind_removed, sel_removed, cafs_live;
    size_t large_words; /* of live_words */
    size_t slop_words;  /* unused in the generations' blocks */
    size_t blocks;      /* allocated after the collection */
    uint64_t pause_ns;  /* elapsed */
    uint64_t cpu_ns;
    uint64_t phase_ns[GC_PHASE_COUNT];   /* elapsed */
    uint64_t end_elapsed_ns, end_cpu_ns; /* what the clocks said at the end: monotonic, process */
    uint64_t graph_digest; /* at sanity level 4: of what the roots reach, numbered breadth first, whatever has
                              collected it and wherever it stands; 0: not computed */
    uint64_t faults, faults_before; /* major page faults: in it; since the last one. See heap_on_collection */
} GcStats;

typedef struct GcObserver {
    void *context;
    void (*gc_begin)(void *context, const GcStats *so_far);
    void (*gc_phase)(void *context, const char *name, uint64_t ns); /* as each phase ends */
    /* An object has been copied or slid (from != to), or relinked or kept in place (from == to). to is
     * complete. */
    void (*moved)(void *context, const Closure *from, const Closure *to, size_t words, uint8_t generation,
                  MoveWhy why);
    /* A reference to the indirection `ind` has been replaced by one to its target (which may not have been
     * moved yet). */
    void (*ind_removed)(void *context, const Closure *ind, const Closure *target);
    /* A selector thunk has been evaluated, and is an indirection to the field. */
    void (*selector_removed)(void *context, const Closure *selector, const Closure *value);
    /* Outside and inside collections: the heap has made the object a root, or has ceased to (stable pointers,
     * finalizers). Other roots are those of heap_each_root. */
    void (*rooted)(void *context, RootClass class_, const Closure *object);
    void (*unrooted)(void *context, RootClass class_, const Closure *object);
    /* A weak pointer has come to its end, its fields are still there. dead: the collection under way has
     * found its key dead; else the program has finalized it. In a collection weak is where it stood before,
     * and lives on only if it is moved. */
    void (*weak_died)(void *context, const Closure *weak, bool dead);
    /* Its finalizer is to be run: a root of class finalizer by now, told as such before. */
    void (*finalizer_due)(void *context, const Closure *weak, const Closure *finalizer);
    void (*remembered)(void *context, const Closure *object,
                       const char *why); /* an entry was added to a remembered set */
    /* Of a block of a generation that is collected in place: the objects live whose first words have their
     * bits set in `starts`, bit i of row i / 64 for word i; all others have died. Nothing in it has moved
     * yet; `moved` will come once for each that lives. */
    void (*swept)(void *context, BlockDescr *block, const uint64_t *starts);
    /* A block of from-space (nursery, old generation, large object) is given up, after everything reachable
     * has left it. */
    void (*released)(void *context, BlockDescr *group);
    void (*gc_end)(void *context, Heap *heap,
                   const GcStats *stats); /* the heap is whole again: walking is allowed */
} GcObserver;

#endif
