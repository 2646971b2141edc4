/* The heap: what a mutator sees of it.
 *
 * A heap is a handle; a process may hold any number. A mutator allocates by bumping a pointer inside the
 * current nursery block, between `hp` and `hp_lim`, which it may keep in registers between two calls of this
 * interface. Whoever holds references across a call that may collect must have them in a registered root, in
 * an object or in a stack chunk. A call says "may collect" or does not.
 *
 *   Word *hp = heap->hp; if (hp + words > heap->hp_lim) { status = heap_need(heap, words); hp = heap->hp; }
 * ... fill; heap->hp = hp + words;
 *
 * Always true between calls: [block start, hp) of the current nursery block is filled with objects end to
 * end; every reference is to the start of an object; an old object that holds a reference to a younger one is
 * in its generation's remembered set.
 *
 * Follows: GHC, rts/sm/Storage.c, rts/sm/GC.h; Marlow, Harris, James, Peyton Jones, "Parallel
 * generational-copying garbage collection with a block-structured heap" (ISMM 2008). */
#ifndef THUNKSCOPE_GC_HEAP_H
#define THUNKSCOPE_GC_HEAP_H

#include <stdio.h>

#include "blocks/block.h"
#include "blocks/placement.h"
#include "blocks/source.h"
#include "closures/closure.h"
#include "gc/collector.h"
#include "gc/mutants.h"
#include "gc/observer.h"
#include "gc/sizing.h"
#include "gc/statistics.h"

/* Sizes are in bytes, as in GHC's flags. heap_config_default gives GHC 9.0's values where GHC has the flag.
 */
typedef struct HeapConfig {
    size_t nursery_bytes; /* -A, 1m; rounded to blocks, at least one */
    uint32_t generations; /* -G, 2; 1 to 32 */
    size_t heap_limit;    /* -M, 0 = none: what lives after a major collection, and what is to stay free */
    size_t grace_bytes;   /* -Mgrace, 1m; 0: who passes -M is not told, but refused */
    size_t stack_limit;   /* -K, 80 % of physical memory; counts all chunks of a thread; 0: no limit */
    size_t stack_initial; /* -ki, 1k */
    size_t stack_chunk;   /* -kc, 32k */
    size_t stack_buffer;  /* -kb, 1k: of the youngest frames, what goes along into a new chunk */
    double factor;        /* -F, 2.0 */
    double return_decay;  /* -Fd, 4: memory beyond the need halves in so many major collections; 0: is kept */
    size_t minimum_old_bytes; /* -O, 1m */
    size_t suggested_bytes;   /* -H, 0 */
    bool suggested_by_size;   /* -H without a size: what an old generation may grow to */
    size_t large_bytes;       /* -AL: large objects that may be allocated before a collection; 0: as -A */
    double minimum_free;      /* -m, 3: per cent of -M that are to stay free */
    double compact_share;     /* -c, 30: per cent of -M beyond which the oldest generation is compacted, not
                                 copied, by collectors that can do both */
    bool eager_promotion;     /* true */
    bool selectors;           /* collections evaluate selector thunks; true */
    bool keep_cafs;  /* entered CAFs live as long as the heap, whether code names them or not; false */
    uint32_t ageing; /* collections that an object survives in generation 0 before it is promoted: 1, as GHC;
                        0: at once */
    uint32_t gc_threads;    /* -qn, 1: that collect together; gen-copy only */
    size_t team_words;      /* 128k: threads join a major collection of so many words; under stress, of any */
    uint32_t sanity_level;  /* -DS: 0 to 4 */
    uint32_t sanity_period; /* check at every k-th collection; 1 */
    uint32_t stress_period; /* collect at every k-th heap check; 0: never */
    uint32_t stress_major_every; /* of stress collections, every k-th is major; 4. 0: none */
    uint32_t stress_chance;      /* not 0: the seed by which collections come after 1 to stress_period checks,
                                    and one in stress_major_every is major, by chance */
    uint32_t event_ring;         /* --event-ring: events that a report can look back on; 0: none.
                                    EVENT_RING_BY_LEVEL: 256k at sanity level 3 and above */
    uint32_t inject;             /* --inject: break this invariant before a check; 0: none */
    uint64_t inject_seed;
    uint32_t mutant;     /* --mutant: this fault of the collector's (gc/mutants.def); 0: none */
    bool json_report;    /* --sanity-report=json */
    const char *command; /* what runs this again, for reports of failures; NULL: unknown. The caller's */
    bool poison;         /* fill given-up memory with BLOCK_POISON; implied by sanity_level >= 2 */
    bool clock;          /* measure times; true. false: all ns are 0, reports are equal bytes in equal runs */
    const GcCollector *collector; /* --collector; NULL: the default */
    GcSizer *sizer;               /* --sizing; owned by the heap; NULL: factor */
    BlockSource *source;          /* owned by the heap; NULL: reserve */
    BlockPlacer *placer;          /* owned by the heap; NULL: buckets */
} HeapConfig;

#define EVENT_RING_BY_LEVEL UINT32_MAX

void heap_config_default(HeapConfig *config);

typedef struct Generation Generation;

struct CFinalizer;

/* The public part of a heap; what follows it is gc's own (gc/heap_state.h). */
struct Heap {
    Word *hp, *hp_lim; /* the nursery's current block; hp_lim == hp asks for a slow path at the next check */
    InfoRegistry *infos;    /* owned */
    BlockAllocator *blocks; /* owned */
    HeapConfig config;
    void *collector_state; /* the collector's own */
    uint32_t gc_count;
    size_t variable_told; /* words: see heap_note_words; since the last collection */
    /* -M has been passed, and the grace granted: the mutator should raise heap overflow at its next safe
     * point, and clears this. Comes up in calls that may collect. */
    bool overflowed;
    void (*before_collect)(
        void *context); /* the mutator pauses its threads: lazy black-holing, closes the current stack */
    /* Calls a C finalizer instead of c_finalizer_call, for who wants to know what it does. NULL: nobody. */
    void (*call_c_finalizer)(void *context, const struct CFinalizer *f);
    void *before_collect_context; /* of both */
    bool code_has_srts; /* the mutator promises it: the info tables of code say what it names, so that CAFs
                           which nothing leads to die in major collections */
    bool holes_have_frames; /* the mutator promises it: a black hole that a thread owns has an update frame
                               there (47), all of whose thunks are black holes when a collection begins, and
                               its frames marked (46) */
};

/* NULL if the source gives no memory. `config` is copied. */
Heap *heap_new(const HeapConfig *config);
void heap_free(Heap *heap);
void heap_observe(Heap *heap, const GcObserver *observer); /* NULL: nobody. The struct is copied */
/* The same for the heap's blocks; the struct is the caller's and stays. */
void heap_observe_blocks(Heap *heap, const BlockObserver *observer);
/* The mutator has updated c: told to the ring of events, if there is one. For careful mutators. */
void heap_note_update(Heap *heap, const Closure *c, Ref value);

/* ---- Allocation */

#define LARGE_OBJECT_WORDS   (BLOCK_WORDS * 8 / 10) /* from this size on an object is large */
#define PLAIN_OBJECT_WORDS   16                /* up to this size nobody need be told, whatever the kind */
#define NURSERY_OBJECT_WORDS (BLOCK_WORDS - 1) /* the most that one heap check may ask for */
/* The slow path of a heap check: after HEAP_OK at least `words` words can be bumped from heap->hp (whatever
 * hp_lim says: under stress hp_lim stays at hp, so that the next check comes here again). words <=
 * NURSERY_OBJECT_WORDS. The caller has stored hp back. **May collect.** */
HeapStatus heap_need(Heap *heap, size_t words);
/* An object of any size, contents undefined: the caller fills it before the next call. NULL:
 * HEAP_EXHAUSTED. A large one gets a group of its own. **May collect.** */
Word *heap_alloc(Heap *heap, size_t words);
/* A byte array that will not move, its payload aligned to `align` bytes: a power of two, at least a word,
 * less than a block. words: header and payload. The caller makes it a byte array of these words before the
 * next call. NULL: HEAP_EXHAUSTED. **May collect.** */
Word *heap_alloc_pinned(Heap *heap, size_t words, size_t align);
/* The same without collecting, for the runtime's own objects (stack chunks, CAF black holes): NULL only when
 * memory is exhausted. */
Word *heap_alloc_no_gc(Heap *heap, size_t words);
/* A mutator that bumps objects whose kind gives them no size (arrays, byte arrays, suspended evaluations)
 * itself, instead of heap_alloc, tells their words: how much room copying needs depends on it. */
static inline void heap_note_words(Heap *heap, size_t words)
{
    if (words > PLAIN_OBJECT_WORDS && words < LARGE_OBJECT_WORDS) heap->variable_told += words;
}
/* Words of one object in a STATIC block: never moved, never freed before the heap. NULL: memory exhausted.
 * Never collects. */
Word *heap_alloc_static(Heap *heap, size_t words);

/* Makes the next heap check take the slow path: from a signal handler, another thread, or an observer. */
void heap_interrupt(Heap *heap);

/* What stands in the way of more memory. */
typedef struct HeapLimit {
    size_t bytes;       /* that there are in all; 0: nobody knows */
    const char *source; /* the block source that has no more; NULL: it is -M, if there are bytes */
    size_t request;     /* not 0: the source refused this request, which it need not do again */
} HeapLimit;
HeapLimit heap_limit_met(const Heap *heap);

/* Collects now. major: all generations. GC_REASON_SHUTDOWN: for the last time, and it is checked if any is,
 * whatever -DS<n>,<k> says. **May collect.** HEAP_EXHAUSTED: over -M afterwards. */
HeapStatus heap_collect(Heap *heap, bool major, GcReason reason);

/* ---- Barriers. None of them collects. */

/* An old object is about to hold, or holds, a reference to a younger one. Call when Bdescr(c)->gen_no > 0 and
 * it is not yet remembered: */
void heap_remember(Heap *heap, Closure *c, const char *why);
/* The update of a thunk, black hole or CAF black hole: c becomes an IND to value; remembered if old. The
 * words behind the indirection are the caller's to fill (filler_write), if anybody is to walk over them. */
static inline void heap_update(Heap *heap, Closure *c, Ref value, const InfoTable *ind)
{
    closure_words(c)[IND_TARGET] = value;
    c->info = ind;
    if (unlikely(Bdescr(c)->gen_no > 0)) heap_remember(heap, c, "update");
}
/* The mutator is about to run on this stack chunk, or has written to it: marks it dirty, remembers it if it
 * is old. */
void heap_dirty_stack(Heap *heap, Closure *stack);
/* Before a write of a pointer into a MUT_VAR: CLEAN becomes DIRTY, remembered if old. */
void heap_dirty_mut_var(Heap *heap, Closure *var);
/* The same for an MVAR. */
void heap_dirty_mvar(Heap *heap, Closure *mvar);
/* Before a write to TSO_STACK, TSO_LINK or TSO_BLOCKED: marks the thread dirty, remembers it if it is old. */
void heap_dirty_tso(Heap *heap, Closure *tso);
/* After a write to element `index` of a MUT_ARR_PTRS or SMALL_MUT_ARR_PTRS: header and card become dirty. Old
 * mutable arrays are on their generation's remembered set always. */
void heap_dirty_array(Heap *heap, Closure *array, size_t index);
/* The same for `count` elements from `index` on; 0 is legal. */
void heap_dirty_elements(Heap *heap, Closure *array, size_t index, size_t count);
/* From mutable to frozen and back, in place. A frozen array leaves the remembered set at the next collection,
 * unless it holds something younger; one that is thawed goes back. */
void heap_freeze_array(Heap *heap, Closure *array);
void heap_thaw_array(Heap *heap, Closure *array);
/* A byte array or small array has become smaller; it had old_words words. What it leaves becomes a filler. */
void heap_shrunk(Heap *heap, Closure *array, size_t old_words);

/* ---- Roots */

typedef void (*RootProvider)(void *provider_context, SlotVisitor visit, void *visit_context);
/* Every collection, minor ones too, asks each provider for all its slots, in order of registration. */
void heap_add_roots(Heap *heap, RootClass class_, RootProvider provider, void *provider_context);
/* A CAF has been entered and is now an IND_STATIC: it is a root of minor collections, and of major ones
 * unless Heap.code_has_srts says that code tells which CAFs can be asked for: see gc/srt.c. */
void heap_add_caf(Heap *heap, Closure *ind_static);
/* Calls visit for every root slot, CAFs included, with its class. */
void heap_each_root(Heap *heap, void (*visit)(void *context, RootClass class_, Ref *slot), void *context);

/* ---- Looking. None of these collects or writes. */

typedef enum WalkScope {
    WALK_ALL,       /* every object of every generation, large, nursery and static */
    WALK_SURVIVORS, /* valid in gc_end and until the next allocation: what the last collection moved, relinked
                       or kept in the collected generations */
} WalkScope;
/* Every object in order of address of its list; fillers are skipped. Dead objects that have not been
 * collected are visited by WALK_ALL: needs exact tiling, which holds after a collection, and always if the
 * mutator writes fillers (see eval/machine.h, careful mode). */
void heap_each_object(Heap *heap, WalkScope scope, void (*visit)(void *context, Closure *c), void *context);
bool heap_is_static(const Heap *heap, const Closure *c);

/* ---- Sanity. See gc/invariants.def for the numbers. */

/* Checks now at `level` (1 counters, 2 block layer, 3 heap walk, roots, stacks and remembered set). Returns
 * the number of violations; each has been reported on `out` (NULL: stderr), the first line as `invariant N:
 * sentence`. Never writes to the heap. */
size_t heap_check(Heap *heap, uint32_t level, FILE *out);
/* Checks at the heap's own level as before a collection, though none comes any more: the mutator has ended.
 * Who finds anything reports it on stderr and ends the process with 254, as at collections. */
void heap_check_end(Heap *heap);
/* What a check looks at. */
typedef struct HeapCheckCounts {
    size_t groups, objects, references; /* references: pointer slots of objects and frames, and roots */
    size_t remembered, stale;           /* entries of remembered sets; those that hold nothing younger (34) */
    size_t floating; /* dead neighbours of pinned objects that the last major collection has kept (75); level
                        4 */
} HeapCheckCounts;
/* What the last check of this heap looked at. */
void heap_check_counts(const Heap *heap, HeapCheckCounts *out);
typedef struct HeapCheckTotals {
    uint64_t collections;   /* that were checked */
    uint64_t walks;         /* over the whole heap: level 3 and above */
    HeapCheckCounts looked; /* at in all walks together */
} HeapCheckTotals;
void heap_check_totals(const Heap *heap, HeapCheckTotals *out);
/* Something still leads to a CAF that has died (59), as the sentence says: a report on stderr, and the
 * process ends with 254. */
_Noreturn void heap_dead_caf(Heap *heap, const Closure *caf, const char *how);
/* True if `--inject` was asked for and no victim has been found so far. */
bool heap_inject_waits(const Heap *heap);
/* Upper layers' checks and descriptions (threads, frames, machine): called by heap_check at level 3. */
typedef void (*SanityCheck)(void *context, Heap *heap,
                            void (*report)(void *report_context, int invariant, const void *object,
                                           const char *text),
                            void *report_context);
void heap_add_check(Heap *heap, SanityCheck check, void *context);

/* Parses one GHC-style RTS flag that configures a heap: -A -AL -G -M -m -K -ki -kc -F -H -O -c -DS[n[,k]]
 * --block-source=... --stress=K --no-eager-promotion ... 0: not a heap flag; 1: taken; -1: wrong, a sentence
 * in error. The list with help texts is gc/flags.def. */
int heap_config_flag(HeapConfig *config, const char *flag, char *error, size_t error_size);
/* What `--stress-seed=SEED` stands for: flags, separated by spaces, that configure a heap as the seed has it:
 * when it collects, how big things are, where memory comes from and when it fails. Rows of gc/stress.def. The
 * same seed gives the same flags. A run that fails under some of them for want of memory has not failed. */
void heap_stress_flags(uint64_t seed, char *out, size_t size);
/* Draws one of the alternatives, separated by `|`, in which % stands for a number of 1 to 99; *state is the
 * seed, and moves on. For upper layers' knobs. Writes it to out, which may become empty. */
void heap_stress_draw(uint64_t *state, const char *alternatives, char *out, size_t size);
/* The flags, one to a line, with what they mean. */
void heap_flags_help(FILE *out);
/* The i-th flag, and what is to follow it; NULL: there are fewer. */
const char *heap_flag_spelling(size_t i, const char **argument);

#endif
