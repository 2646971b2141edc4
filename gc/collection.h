/* One collection while it runs, and the services that collectors build on. For gc/, and for collectors that
 * are plugged in.
 *
 * Always true while it runs:
 *   - an object of from-space whose header has bit 0 set has been copied: the rest of the header is the
 *     copy's address (72);
 *   - what a block that carries BF_EVACUATED holds stays where it is;
 *   - an object of generation g > 0 that has been scavenged and still holds a reference to a younger
 *     generation is in g's remembered set. */
#ifndef THUNKSCOPE_GC_COLLECTION_H
#define THUNKSCOPE_GC_COLLECTION_H

#include <stdatomic.h>

#include "gc/collector.h"
#include "gc/heap_state.h"

/* Where survivors of one generation go, and what of them has still to be scavenged. Its blocks are linked;
 * the first of a generation that is not collected is the last of the generation's own list.
 *
 * Always true: in every block [start, u.scan) has been scavenged. Blocks from `todo` on have not been begun,
 * or wait to be gone on with; `todo` is NULL if there is none but what `last` may hold behind its u.scan. */
typedef struct ToSpace {
    Word *free, *limit; /* in last: where the next survivor goes */
    BlockDescr *first, *last, *todo;
    BlockDescr *scanned;  /* the one that is being scavenged now */
    atomic_flag lock;     /* on todo, last and the links between, while a team collects */
    size_t blocks;        /* added to the generation */
    size_t objects;       /* scavenged in these blocks: each of them once */
    size_t variable;      /* words of objects copied here that no table says the size of */
    LargeList large_todo; /* relinked, not yet scavenged */
    BlockDescr *reserve;  /* blocks that have been taken beforehand, while a team collects */
} ToSpace;

/* Static closures, and tables of code (with bit 0 set). */
typedef struct StaticWork {
    Word *at;
    size_t count, room;
} StaticWork;

struct Collection {
    HeapState *h;
    const GcCollector *collector; /* that makes it */
    Generation *generations;
    uint8_t collected;   /* the oldest generation that is collected */
    uint8_t evac_gen;    /* what is evacuated now should come to this generation at least */
    bool eager;          /* evac_gen may be obeyed: promote at once; false for what mutable objects hold */
    bool failed;         /* something that was evacuated is younger than evac_gen */
    bool watched;        /* somebody listens to moved */
    struct GcTeam *team; /* that is at work (gc/team.h); NULL: one thread does it alone */
    Closure *object;     /* the one that is scavenged, while a team collects */
    size_t from_words;   /* of nursery and collected generations, large objects included */
    bool follows_code;   /* static closures are marked, and CAFs die */
    StaticWork statics;  /* met, and not yet gone through */
    bool helped;         /* by a team, when it is drained for the first time */
    bool drained;
    uint32_t member; /* of the team */
    /* A collector's own room for what goes to the oldest generation, in place of a fresh block: a block or a
     * descriptor that stands for one in to-space, of at least `words` words, its end in *limit. NULL: there
     * is none. And what is to be done when that room, which ends at `limit`, is left. NULL: nothing. */
    BlockDescr *(*refill)(struct Collection *c, size_t words, Word **limit);
    void (*leave)(struct Collection *c, BlockDescr *room, Word *limit);
    GcStats stats;
    ToSpace to[MAX_GENERATIONS];
    /* Words promoted eagerly, by the generation they would have gone to, and by the one they went to. */
    size_t eager_from[MAX_GENERATIONS], eager_to[MAX_GENERATIONS];
    /* Words that the oldest generation's loop promoted, by the generation they would have gone to. */
    size_t settled_from[MAX_GENERATIONS];
};

/* Tells whether a shared object was built against these headers, or others. */
#define GC_COLLECTOR_LAYOUT gc_layout

#define FORWARDED ((Word)1)
static inline bool header_is_forwarded(Word header) { return header & FORWARDED; }
static inline Closure *header_forwardee(Word header) { return (Closure *)(header & ~FORWARDED); }

/* ---- spaces.c: from-space and to-space */

/* The generation's blocks and large objects become from-space, and its lists empty. */
void space_set_aside(Generation *g);
/* The generation is not collected: survivors go on behind what its last block holds. */
void space_receive(Collection *c, Generation *g);
/* What the last collection kept is marked as such no longer. Either of them does it. */
void space_forget_survivors(Generation *g);
/* Whichever is due. */
void space_prepare(Collection *c, Generation *g);
/* All generations. */
void spaces_prepare(Collection *c);
/* A fresh block at the end of the generation's list, its predecessor closed, for something of so many words.
 * Ends the process (251) if the source fails in spite of worst_case_blocks. */
void to_space_extend(Collection *c, Generation *to, size_t words);
/* Closes to-space, and counts what the collection has copied there. */
void spaces_finish(Collection *c);
/* Empties the nursery and gives up what is still set aside. */
void spaces_release(Collection *c);
/* The most blocks that copying everything that is collected can take. */
size_t spaces_worst_case(const Heap *heap, uint32_t collected);
/* The same for what is in the nursery and the first so many generations. */
size_t spaces_copying(const Heap *heap, uint32_t generations);
/* Before either is asked. */
void spaces_note_tables(HeapState *h);

/* Room for a survivor at the end of a generation. Who scavenges it counts it (ToSpace.objects). */
static inline Word *to_space_alloc(Collection *c, Generation *to, size_t words)
{
    ToSpace *space = &c->to[to->no];
    if (unlikely((size_t)(space->limit - space->free) < words)) to_space_extend(c, to, words);
    Word *object = space->free;
    space->free += words;
    return object;
}

/* A large object of from-space stays: its group goes to the list of what generation `to` has still to
 * scavenge (large_todo), and counts as moved. */
void large_keep(Collection *c, BlockDescr *group, Generation *to);
/* The survivor holds something younger than its generation. */
void remember_survivor(Collection *c, Generation *generation, Closure *object, const char *why);

/* The block that its owner should scavenge next, from its u.scan; NULL: none; who has
 * scavenged it sets `scanned` to NULL. */
BlockDescr *to_space_next(Collection *c, ToSpace *space);
/* True if something in to-space is still to be scavenged. */
bool spaces_have_work(Collection *c);
/* Full blocks of another member's, for c to scavenge, linked: answers how many, 0 if there are none. */
uint32_t to_space_steal(Collection *c, ToSpace *space, BlockDescr **first);

/* GcCollector.survivor, for those that copy. */
Closure *space_survivor(Collection *c, Closure *object);

/* ---- What may die: weak.c, stable.c. A collector need not know more of weak pointers than that it must not
 * follow what they hold (closure_each_strong_pointer), but for entries of remembered sets, of which it keeps
 * everything: `survivor` and `evacuate` do the rest. */

/* The object's place if it has been kept, else NULL. */
Closure *collection_kept(Collection *c, Closure *object);
/* The same, also as what it stands for. */
Closure *collection_survivor(Collection *c, Ref ref);
/* Calls drain. Keeps weak pointers whose keys have been kept, and what they hold, until no more are found;
 * then the finalizers of the others, which become tombstones. */
void weak_collect(Collection *c);
/* Stable names whose objects or names have died are forgotten. */
void stable_names_collect(Collection *c);
/* Calls visit for every slot that holds an object's address without keeping it: lists of weak pointers,
 * stable names. For collectors that move what they have kept in `finish`, when nothing else may be asked any
 * more. */
void collection_each_weak_slot(HeapState *h, SlotVisitor visit, void *context);

/* ---- srt.c: static closures and CAFs that code can lead to. Nothing but in major collections, if the
 * mutator and the collector (GcCollector.follows_code) both see to it. */

void static_reached(Collection *c, BlockDescr *block, const Closure *object);
void code_reached(Collection *c, const InfoTable *info);
/* The bit of an object in its block's marks: row, and bit in it. */
static inline size_t static_mark_row(const Closure *object)
{
    return ((Word)object & (BLOCK_SIZE - 1)) / WORD_BYTES / 64;
}
static inline uint64_t static_mark_bit(const Closure *object)
{
    return (uint64_t)1 << (Word)object / WORD_BYTES % 64;
}
/* Only while a collection follows code. `object` is in `block`. */
static inline bool static_is_reached(const BlockDescr *block, const Closure *object)
{
    return __atomic_load_n(&block->u.marks[static_mark_row(object)], __ATOMIC_RELAXED) &
           static_mark_bit(object);
}
/* A collector has met a reference to something that stays where it is: `object`, in `block`. */
static inline void collection_static(Collection *c, BlockDescr *block, const Closure *object)
{
    if (unlikely(block->flags & BF_TRACED) && !static_is_reached(block, object))
        static_reached(c, block, object);
}
/* A collector has met, for the first time, an object or a frame of this table. */
static inline void collection_code(Collection *c, const InfoTable *info)
{
    if (unlikely(info->unreached)) code_reached(c, info);
}
/* Goes through what has been met so far, and evacuates what CAFs lead to. False: there is nothing. */
bool collection_scan_statics(Collection *c);
/* Before anything is reached; and when all that lives has been kept: CAFs that nothing leads to are dead. */
void statics_begin(Collection *c);
void statics_bury(Collection *c);

/* ---- What counts, and who hears of it */

/* The observer hears of a copy; the caller has made sure that somebody listens. */
void tell_moved(Collection *c, const Closure *from, const BlockDescr *block, const Closure *copy,
                size_t words);
/* The block of pinned objects that is being filled stays: told to who listens. */
void tell_pinned_current(const Collection *c);
/* A reference to `ind` becomes one to its target. */
void note_indirection(Collection *c, const Closure *ind, Ref target);

/* Of `words` words that should have gone to a generation and, for an older one's sake, go there at once. */
static inline void count_eager(Collection *c, uint8_t usual, uint8_t to, size_t words)
{
    c->eager_from[usual] += words;
    c->eager_to[to] += words;
}

static inline void count_promotion(Collection *c, uint8_t from_gen, const Generation *to, size_t words)
{
    if (to->no == from_gen) return;
    c->stats.promoted_objects++;
    c->stats.promoted_words += words;
}

/* The header of an object of from-space, which another member of the team may forward at any time. */
static inline const InfoTable *from_space_header(const Closure *from)
{
    return (const InfoTable *)__atomic_load_n((const Word *)&from->info, __ATOMIC_ACQUIRE);
}

/* The copy is complete but for its header: from here on the old header leads to it. */
static inline Closure *forward(Collection *c, Closure *from, const BlockDescr *block, Generation *to,
                               Word *copy, size_t words)
{
    const InfoTable *info = from->info;
    Word forwardee = (Word)copy;
    copy[0] = (Word)info;
    if (MUTANT_IS(c->h, forward_astray) && info->kind == KIND_CON) forwardee += 2 * WORD_BYTES;
    if (!MUTANT_IS(c->h, forward_not) || info->kind != KIND_CON || info->ptrs > 0)
        __atomic_store_n((Word *)&from->info, forwardee | FORWARDED, __ATOMIC_RELEASE);
    count_promotion(c, block->gen_no, to, words);
    if (unlikely(c->watched)) tell_moved(c, from, block, (Closure *)copy, words);
    return (Closure *)copy;
}

/* The observer hears that the selector has become an indirection to the value. */
void note_selector(Collection *c, const Closure *selector, Ref value);

/* True if the object stands for another one, *target: an indirection, or a black
 * hole that has its value. Reads the header of a black hole's owner, which may have been moved. */
bool stands_for(const Closure *object, Ref *target);
/* True if the object, which has not been kept, only leads to another one, *target, which is noted: what
 * stands for something, and selector thunks that can be evaluated now. May write to such a selector. */
bool collection_follow(Collection *c, Closure *object, Ref *target);
/* ---- selector.c: false: it cannot be evaluated now; *value is undefined. */
bool selector_evaluate(Collection *c, Closure *selector, Ref *value);
/* Copies an object of any kind that is not large, and forwards it. Stack chunks lose
 * their unused words' contents. */
Closure *copy_any(Collection *c, Closure *from, BlockDescr *block, Generation *to);

#include "gc/layout.h"

#endif
