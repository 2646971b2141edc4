/* The heap's own view of itself: what stands behind the public handle. For gc/ itself, and for tests that
 * look inside or corrupt it. Nobody else.
 *
 * Terms. *From-space*: nursery and blocks of the generations that a collection collects; *to-space*: where it
 * copies to. A collection of generation N collects all generations up to N (and the nursery).
 *
 * Always true between collections:
 *   - a block of a generation, a large object that survived a collection, and a static block carry
 *     BF_EVACUATED; nursery blocks and fresh large objects do not: evacuate leaves alone what carries it;
 *   - generation->words and ->blocks count what its list of blocks holds (41). */
#ifndef THUNKSCOPE_GC_HEAP_STATE_H
#define THUNKSCOPE_GC_HEAP_STATE_H

#include <sys/types.h> /* clockid_t, whatever the feature test macros */
#include <time.h>

#include "gc/heap.h"
#include "gc/inject.h"
#include "gc/ring.h"
#include "gc/sizing.h"
#include "gc/stable_tables.h"

#define MAX_GENERATIONS 32u

/* Groups in the order in which they joined; singly linked through link. */
typedef struct BlockList {
    BlockDescr *first, *last;
    size_t blocks; /* of all groups */
} BlockList;

/* Large objects: one to a group, and full blocks of pinned objects; doubly linked through link and u.back. */
typedef struct LargeList {
    BlockDescr *first;
    size_t groups, blocks, words;
} LargeList;

/* References to old objects that may hold references to younger ones: arrays of Closure * in blocks. */
typedef struct RememberedSet {
    BlockDescr *blocks; /* the one that is being filled comes first */
    size_t entries;
} RememberedSet;

/* The weak pointers of a generation that are not known to be dead, linked through WEAK_LINK in the order in
 * which they were made. */
typedef struct WeakList {
    Closure *first, *last;
    size_t count;
} WeakList;

struct Generation {
    uint8_t no;
    Generation *to; /* where what survives here goes: the next older one, or itself */
    BlockList list;
    size_t words, objects; /* in list */
    size_t variable_words; /* of them, of objects whose size no table says; Note [How many blocks copying
                              takes] */
    size_t holes;          /* of these words, in fillers between objects that were swept in place */
    LargeList large;
    size_t large_objects; /* in large, but for those of generation 0 that no collection has seen */
    RememberedSet remembered;
    WeakList weaks;
    size_t max_blocks; /* collected when it holds more */
    /* Of the running collection, or the last one. */
    BlockList from;
    LargeList from_large;
    size_t from_words;
    BlockDescr *survivors;
    Word *survivors_start; /* what the last collection copied: from here, inside block survivors, to the end
                              of list */
    size_t kept_blocks;    /* of these, the first ones: their objects were kept where they stood, or slid */
};

/* Finalizers of weak pointers that have died, in the order in which they are to be run. */
typedef struct FinalizerQueue {
    Ref *refs;
    size_t first, count, room; /* refs[first] is to be run next */
} FinalizerQueue;

/* Calls that the collection under way has found due. */
typedef struct CFinalizerQueue {
    struct CFinalizer *calls;
    size_t count, room;
    bool ended; /* all have been called: there are none any more */
} CFinalizerQueue;

typedef struct Nursery {
    BlockDescr *first, *last, *current; /* doubly linked; blocks behind current are empty */
    size_t blocks;
    size_t wanted; /* blocks that it should have after the next collection */
} Nursery;

typedef struct RootProviderEntry {
    RootClass class_;
    RootProvider provider;
    void *context;
} RootProviderEntry;

typedef struct CheckEntry {
    SanityCheck check;
    void *context;
} CheckEntry;

/* What the heap counts; statistics.c. */
typedef struct Statistics {
    HeapTotals totals;              /* without what is only known when asked for */
    size_t before[MAX_GENERATIONS]; /* words of each generation when the collection began */
    uint32_t collections[MAX_GENERATIONS], par_collections[MAX_GENERATIONS];
    uint64_t cpu_ns[MAX_GENERATIONS], elapsed_ns[MAX_GENERATIONS], max_pause_ns[MAX_GENERATIONS];
    Survival survival[MAX_GENERATIONS + 1];
    Utilisation utilisation[UTILISATION_WINDOWS];
    Histogram *pauses; /* 1 + generations */
    uint64_t begin_ns; /* of the heap's life */
    uint64_t faults;   /* of the process, at the end of the last collection */
    CollectionListener listener;
    void *listener_context;
} Statistics;

/* Everything that the public part hides. The public part comes first, so that a Heap * is a HeapState *. */
typedef struct HeapState {
    Heap heap;
    Generation generations[MAX_GENERATIONS];
    Generation *oldest;
    Nursery nursery;
    BlockDescr *pinned;      /* the block that small pinned objects are put into, or NULL */
    size_t pinned_new_words; /* of new_large_words: in that block, which is on no generation's list */
    BlockList statics;
    Closure *first_caf, *last_caf; /* entered CAFs, linked through CAF_LINK */
    size_t caf_count;
    FinalizerQueue finalizers;
    CFinalizerQueue c_finalizers;
    StableTables stable;
    size_t new_large_words;    /* allocated by the mutator since the last collection */
    size_t suggested_blocks;   /* -H; 0: none */
    GcSizes sizes;             /* what the sizing policy was asked last */
    size_t allocated_at_major; /* blocks, in all */
    size_t large_limit;        /* collect when new_large_words reaches it */
    bool compacts;             /* after the last major collection: the next one is to be made in place */
    size_t grace_blocks;       /* beyond -M, granted since it was passed; 0: it has not been */
    size_t memory_words;       /* of the machine: no object can have more */
    size_t
        largest_table; /* the most words of a small object that the first tables_seen info tables describe */
    uint32_t tables_seen;
    size_t promised;      /* blocks of those at hand that the collection under way needs for copies */
    size_t at_hand;       /* what the last collection has been promised at first */
    bool remembered_lost; /* an entry of a remembered set: the next collection has to be major */
    uint64_t heap_checks; /* arrived at heap_need, under stress */
    uint64_t stress_collections;
    uint64_t stress_state; /* of chance; 0: not begun */
    uint64_t stress_next;  /* the heap check at which chance collects */
    GcObserver observer;   /* whom the collector tells: the listener, or the ring, which passes on */
    GcObserver listener;
    BlockObserver block_observer;
    const BlockObserver *block_listener;
    EventRing *ring; /* NULL: none */
    Injection injection;
    RootProviderEntry *roots;
    size_t root_count;
    CheckEntry *checks;
    size_t check_count;
    bool last_was_major;
    bool ending;             /* the next collection is the last one: GC_REASON_SHUTDOWN */
    HeapCheckCounts checked; /* by the last sanity check */
    HeapCheckTotals check_totals;
    uint32_t checks_made;
    uint32_t stood_in;            /* GcCollector.instead, for so many collections */
    uint32_t transition_checked;  /* the number of the last collection whose transition was checked */
    struct SanityMap *sanity_map; /* the checker's own, kept from check to check */
    Statistics statistics;
} HeapState;

static inline HeapState *heap_state(Heap *heap) { return (HeapState *)heap; }
static inline uint32_t generation_count(const HeapState *h) { return h->heap.config.generations; }
static inline size_t blocks_of_bytes(size_t bytes) { return (bytes + BLOCK_SIZE - 1) / BLOCK_SIZE; }
/* The generation to which what survives in the nursery goes. */
static inline uint8_t nursery_dest(const HeapState *h)
{
    return h->heap.config.ageing || generation_count(h) == 1 ? 0 : 1;
}

/* Words in its blocks that are, or may be, somebody's. */
static inline size_t generation_words(const Generation *g) { return g->words - g->holes; }
/* Blocks that count when it is decided whether it is to be collected. */
static inline size_t generation_held(const Generation *g)
{
    return g->list.blocks - g->holes / BLOCK_WORDS + g->large.blocks;
}

/* ---- generation.c: lists of blocks */
void block_list_append(BlockList *list, BlockDescr *group);
void large_list_push(LargeList *list, BlockDescr *group);
void large_list_remove(LargeList *list, BlockDescr *group);
void generations_init(HeapState *h);
/* Blocks that all generations hold, nursery not included. */
size_t generations_blocks(const HeapState *h);
/* Words of live and not yet collected objects in all generations, large ones included. */
size_t generations_words(const HeapState *h);
size_t generations_objects(const HeapState *h);
/* At the end of a collection: those that it has kept count. */
void generations_count_large(HeapState *h);

/* ---- nursery.c */
/* As many blocks as are wanted; false: there is not the memory. */
bool nursery_new(HeapState *h);
/* Writes the mutator's hp back to the current block. */
void nursery_close(HeapState *h);
/* Sets hp and hp_lim to the current block's rest, as stress and large objects demand. */
void nursery_open(HeapState *h);
/* Words allocated in it since it was last emptied, hp included. */
size_t nursery_words(const HeapState *h);
size_t nursery_used_blocks(const HeapState *h);
/* Empties it: its blocks are given up (observer), poisoned, and the first becomes current. */
void nursery_reset(HeapState *h);
/* Its used blocks join the generation as they are, as survivors of nothing; fresh ones take their place.
 * False: no memory, and nothing has changed. */
bool nursery_keep(HeapState *h, Generation *generation);
/* Takes or gives blocks until it has `wanted`; with less memory, as many as there are. */
void nursery_resize(HeapState *h);

/* ---- stress.c */
/* True if this heap check has to collect; *major: everything. */
bool stress_is_due(HeapState *h, bool *major);

/* ---- static.c */
#define STATIC_MARK_BYTES (BLOCK_WORDS / 8) /* BlockDescr.u.marks */
void statics_free(HeapState *h);
/* Major collections go by what code names: srt.c. */
static inline bool heap_cafs_may_die(const Heap *heap)
{
    return heap->code_has_srts && !heap->config.keep_cafs && heap->config.collector->follows_code;
}

/* ---- large.c */
BlockDescr *large_alloc(HeapState *h, size_t words, BlockSite site);
/* True if the mutator has allocated so many large objects that a collection is due. */
bool large_is_due(const HeapState *h);
/* Collects if so many blocks are not to be had otherwise, or stress demands it. False: exhausted. */
bool heap_make_room(HeapState *h, size_t blocks);

/* ---- pinned.c */
/* Objects that stand in a group of large or pinned ones. */
size_t group_objects(const BlockDescr *group);
void pinned_each_object(const BlockDescr *group, void (*visit)(void *context, Closure *c), void *context);

/* ---- remember.c */
void remembered_add(HeapState *h, Generation *generation, Closure *c, const char *why);
void remembered_free(HeapState *h, RememberedSet *set);
typedef void (*EntryVisitor)(void *context, Closure *entry);
/* Every entry, in order of arrival within a block. */
void remembered_each(const RememberedSet *set, EntryVisitor visit, void *context);

/* ---- weak.c, stable.c */
void weak_each_finalizer(HeapState *h, void (*visit)(void *context, RootClass class_, Ref *slot),
                         void *context);
void weak_free(HeapState *h);

/* ---- c_finalizers.c */
/* The weak pointer's: they will be called. */
void c_finalizers_note(HeapState *h, const Closure *weak);
/* Those that have been noted. */
void c_finalizers_call(HeapState *h);
void c_finalizers_free(HeapState *h);

/* ---- collect.c */
/* True if `blocks` more blocks can be had. */
bool memory_at_hand(HeapState *h, size_t blocks);
/* The same beside what has been promised already; promised, too, from then on. */
bool memory_promised(HeapState *h, size_t more);
/* A block for what a collection keeps beside copies. NULL: those that there are have been promised. */
BlockDescr *block_beside_copies(HeapState *h, BlockOwner owner, BlockSite site);
HeapStatus collect(HeapState *h, bool major, GcReason reason);

/* ---- statistics.c */
bool statistics_new(HeapState *h);
void statistics_free(HeapState *h);
/* The clock, or 0 if the heap has none. */
uint64_t heap_clock(const HeapState *h, clockid_t clock);
struct Collection;
void statistics_begin(struct Collection *c);
/* All of c->stats is known; the listener hears of it. */
void statistics_end(struct Collection *c);

/* ---- policy.c: how big things may get */
/* The oldest generation that the next collection should collect. */
uint32_t policy_choose_generation(const HeapState *h, bool major);
/* Which collector makes the collection of the generations up to `collected`: the configured one, or the one
 * that it names for when there is no room for copies. */
const GcCollector *policy_choose_collector(const HeapState *h, uint32_t collected);
/* The first sizes, as the configuration says. */
void policy_init(HeapState *h);
/* After a major collection: sizes of the generations. After any: size of the nursery. */
void policy_resize(HeapState *h, const GcStats *stats);
/* True if what lives, what is to stay free, and what copying needs if there is no other way, exceed -M with
 * `more` blocks added. */
bool policy_over_limit(const HeapState *h, size_t more);
/* After a major collection that could not keep to -M: the grace, once. False: it has been granted before. */
bool policy_grant_grace(HeapState *h);
/* After any collection: a heap that keeps to -M again may be granted grace again. */
void policy_end_grace(HeapState *h);

/* ---- sanity.c */
/* Runs the configured checks before or after a collection; a violation ends the process with 254. */
void sanity_at_collection(HeapState *h, bool after);
/* The mutator has updated c. */
void sanity_at_update(HeapState *h, const Closure *c);
/* Everything that code can lead to has been met; CAFs that have not are about to die. */
void sanity_at_burial(HeapState *h);
/* Everything that lives has been kept; what slides has not yet. */
void sanity_at_survival(HeapState *h, struct Collection *c);
/* Slots of the checker's own that keep nothing, as collection_each_weak_slot visits them. */
void sanity_each_slot(HeapState *h, SlotVisitor visit, void *context);
/* True if the ring of events hears of this collection's moves at its transition, and nobody listens before.
 */
bool sanity_tells_moves(const struct Collection *c);
/* When everything has moved and from-space is still there. */
void sanity_at_transition(HeapState *h, struct Collection *c);

void sanity_map_free(struct SanityMap *map);

_Noreturn void heap_out_of_memory(void);

#endif
