/* A random mutator's world: a real heap, the naive one beside it, and what both are reached from.
 *
 * Every operation does the same thing to both. All randomness comes from one seed, so that a run repeats; a
 * shorter run is a prefix of a longer one. Operations (operations.def) choose roots by the kind of the node
 * and skip themselves if there is none.
 *
 * Always true between operations: slot i of the roots refers to the object that its node stands for, perhaps
 * through indirections that the collector has not removed yet; `settle` brings the two to the same place. An
 * operation allocates first, and reads no node or reference before that but through roots: a collection moves
 * the objects, and its comparison frees the nodes. */
#ifndef THUNKSCOPE_TESTS_STRESS_WORLD_H
#define THUNKSCOPE_TESTS_STRESS_WORLD_H

#include "gc/heap.h"
#include "gc/stable.h"
#include "naive.h"

enum {
    ROOTS = 64,
    CAFS = 6,
    THREADS = 3,
    CON_SHAPES = 28,
    SELECTOR_TABLES = 256,
    STABLE_PTRS = 24,
    THUNK_SHAPES = 15,
    FUN_SHAPES = 9,
    WIDE_ARGS = 70
};

typedef enum Barrier {
#define BARRIER(name, sentence) BARRIER_##name,
#include "barriers.def"
#undef BARRIER
    BARRIER_COUNT
} Barrier;

typedef struct Slot {
    Ref ref;
    Node *node;
} Slot;

/* An object that is being made: its words, and the node that stands for it. */
typedef struct Object {
    Word *w; /* NULL: there is no memory */
    Node *n;
} Object;

typedef struct WorldConfig {
    HeapConfig heap;
    uint64_t seed;
    uint32_t compare_every; /* compare at every k-th collection */
    uint32_t most_nodes;    /* when so many live, most roots are dropped */
    bool watch;             /* an observer counts what moves */
    Barrier forget;
    const uint32_t *weights; /* of operations */
} WorldConfig;

typedef struct Tables {
    InfoTable *con[CON_SHAPES], *pair, *big_con;
    InfoTable *thunk[THUNK_SHAPES], *pair_thunk, *raise;
    InfoTable *selector[2][SELECTOR_TABLES]; /* no two that live share one: a selector is known by it, also
                                                when the collector has put it in the place of another one */
    uint32_t next_selector;
    InfoTable *fun[FUN_SHAPES], *wide_fun;
    InfoTable *caf, *case_frame, *wide_frame, *ticket;
} Tables;

/* A weak pointer whose key a collection has found dead, and what it held. */
typedef struct Death {
    Node *weak, *key, *finalizer;
} Death;

/* A stable name, and the object that it was asked for: neither keeps what it refers to. */
typedef struct Name {
    Node *name, *object; /* NULL: dead */
    bool sure;           /* nothing else can be the object's name */
} Name;

typedef struct Weaks {
    Node **live; /* weak pointers that are no tombstones, in the order in which they were made */
    size_t count, room;
    uint64_t made;
    Node **waiting; /* finalizers, the next one first */
    size_t waiting_count, waiting_room;
    Death *deaths; /* in the collection that is under way, or has just ended */
    size_t death_count, death_room;
    StablePtr ptrs[STABLE_PTRS]; /* 0: none */
    Node *ptr_nodes[STABLE_PTRS];
    Name *names; /* by number */
    size_t name_end;
} Weaks;

typedef struct World {
    WorldConfig config;
    Heap *heap;
    NaiveHeap naive;
    uint64_t random;
    Slot roots[ROOTS];
    Slot threads[THREADS];
    uint32_t running; /* the thread whose stack is in use */
    Slot cafs[CAFS];
    Slot nil, pair, function;
    Tables tables;
    Weaks weaks;
    size_t live_nodes; /* when the naive heap was last swept */
    uint64_t allocated_words;
    uint32_t failures;      /* requests for memory that failed in a row */
    bool exhausted;         /* memory is so short that the mutator has given up */
    bool lazy;              /* thunks are black-holed at the next collection only */
    const Word *pinned_end; /* of the youngest small pinned object, NULL: none */
    /* Counted. */
    uint64_t operation; /* number of the one that runs, from 1 */
    const char *operation_name;
    uint64_t collections, major_collections, comparisons, compared_objects, out_of_memory;
    size_t moved_objects, moved_words;
    void (*failed)(const struct World *w); /* before a failure ends the process */
} World;

/* ---- world.c */
World *world_new(const WorldConfig *config);
void world_free(World *w);
/* Does operation number w->operation + 1. */
void world_step(World *w);
/* Prints where the run stands and what is wrong, and ends the process with 1. */
_Noreturn void world_fail(const World *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- compare.c */
/* Compares the real graph with the naive one, and fails if they differ. */
void world_compare(World *w, const GcStats *stats);

/* ---- Chance */

static inline uint64_t world_random(World *w)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 7;
    w->random ^= w->random << 17;
    return w->random * 0x2545f4914f6cdd1du;
}
static inline uint32_t chance(World *w, uint32_t below)
{
    return (uint32_t)((world_random(w) >> 32) % below);
}

/* ---- Looking */

static inline const InfoTable *std(const World *w, StdInfo which) { return info_std(w->heap->infos, which); }
static inline Word *words_of(Ref r) { return (Word *)(r & ~(Word)7); }
static inline const InfoTable *header_of(Ref r) { return (const InfoTable *)words_of(r)[0]; }

/* True if the object has been overwritten with its value, which then stands in its second word. */
static inline bool is_overwritten(const World *w, Ref r)
{
    const InfoTable *header = header_of(r);
    if (header == std(w, STD_IND)) return true;
    if (header != std(w, STD_BLACKHOLE) && header != std(w, STD_CAF_BLACKHOLE)) return false;
    Ref owner = words_of(r)[1];
    return owner & 7 ||
           (header_of(owner) != std(w, STD_TSO) && header_of(owner) != std(w, STD_BLOCKING_QUEUE));
}

static inline Ref real_resolve(const World *w, Ref r)
{
    while (is_overwritten(w, r)) r = words_of(r)[1];
    return r;
}

/* Moves both on to what they stand for; a selector that the collector has evaluated is followed. */
void settle(World *w, Slot *slot);

/* ---- Choosing roots */

typedef bool (*Wanted)(const Node *n);
/* A settled root of that sort, or NULL. */
Slot *any_root(World *w, Wanted wanted);
static inline Slot *some_root(World *w) { return &w->roots[chance(w, ROOTS)]; }
bool is_unevaluated(const Node *n);
bool is_value(const Node *n);

/* ---- Making objects (make.c) */

/* May collect. The header is written, every other word is 0; the node's headers and words are set. */
Object object_new(World *w, What what, const InfoTable *info, size_t words);
/* The same without a collection. */
Object object_new_now(World *w, What what, const InfoTable *info, size_t words);
/* One that will not move, its payload aligned. May collect. */
Object object_new_pinned(World *w, What what, const InfoTable *info, size_t words, size_t align);
/* Several in one allocation, so that they can refer to each other. False: there is no memory. */
bool objects_new(World *w, Object *out, uint32_t count, const What *what, const InfoTable *const *infos,
                 const size_t *words);
void object_pointer(Object *o, uint32_t at, Slot from);
void object_raw(World *w, Object *o, uint32_t at);
void object_word(Object *o, uint32_t at, Word word);
/* Some root refers to it from now on. */
void object_to_root(World *w, const Object *o);
static inline Slot object_slot(const Object *o) { return (Slot){(Word)o->w | o->n->tag, o->n}; }
/* A payload of pointers and raw words, as the table says. */
Object payload_new(World *w, What what, const InfoTable *info, uint32_t first);
bool argument_is_pointer(uint32_t i);
void tables_new(World *w);
void statics_new(World *w);

/* ---- Stacks (stack.c) */

/* Room for so many words in the running thread's youngest chunk. False: there is no memory. Never collects.
 */
bool stack_make_room(World *w, uint32_t words);
/* Writes a frame of any roots on top of what the stack chunk, or the suspended evaluation, holds. */
void frame_write(World *w, Word *object, Node *n, FrameWhat what);
void stack_push_update(World *w, Slot updatee);

bool thread_new(World *w, uint32_t index);
/* Before a collection: the thunks under evaluation become black holes. */
void threads_pause(World *w);

/* ---- Thunks (thunks.c) */

/* The object that `slot` refers to waits for its value no longer. */
void object_update(World *w, Slot slot, Slot value);
void object_black_hole(World *w, Slot slot, Slot owner);
/* A value that may take the place of `n`. */
Slot some_value_for(World *w, const Node *n);
/* False for a selector that the collector may have evaluated. */
bool may_overwrite(Node *n);
void barrier_remember(World *w, Closure *c, Barrier which);

/* ---- Writes (writes.c) */
void bytes_fill(World *w, Slot bytes);

/* ---- Weak pointers and what else may die (weak.c) */

/* The observer's: a collection has found the weak pointer's key dead. */
void weak_died(void *context, const Closure *weak, bool dead);
/* Those that have died become tombstones, and their finalizers wait. */
void weaks_bury(World *w);
/* Every weak pointer that the heap knows, and every finalizer that waits, with its node. */
void weaks_each(World *w, void (*visit)(void *context, Slot slot), void *context);
/* Marks what weak pointers keep, and checks that none has died, or lives on after a major collection, whose
 * key says otherwise; everything else has been marked. */
void weaks_mark(World *w, const GcStats *stats);
/* Marks what the heap still has, though its key is dead. */
void weaks_keep(World *w);
/* Whatever has not been marked is forgotten. */
void names_sweep(World *w);
void weaks_drop(World *w);
void weaks_free(World *w);
static inline bool is_tombstone(const Node *n) { return n->what == WHAT_WEAK && n->edge_count == 0; }

#endif
