/* The sanity checker's own view of a heap. For gc/sanity*.c only.
 *
 * The checker trusts neither the collector nor the descriptors it can do without: it asks the block layer for
 * every group, makes its own map from addresses to groups, finds the objects by walking each group from its
 * start, and notes every object's start in a bitmap. References are judged by that map alone. It never
 * writes to the heap, and goes on after a violation as far as it safely can. */
#ifndef THUNKSCOPE_GC_SANITY_PRIVATE_H
#define THUNKSCOPE_GC_SANITY_PRIVATE_H

#include "gc/heap_state.h"

#define SANITY_MOST_VIOLATIONS 100u
#define SANITY_KNOWN_INFOS     256u

typedef struct SanityGroup {
    BlockDescr *block;
    Word *start, *free;
    size_t first_bit; /* of its words in the bitmaps */
    uint8_t gen_no;
    BlockOwner owner;
    uint32_t lists; /* how many lists hold it */
    bool walked;    /* its objects were found to its end */
    bool has_objects;
} SanityGroup;

/* Which group each block of a megablock belongs to: index + 1, or 0. */
typedef struct SanityMegablock {
    Word base;
    uint32_t group[MBLOCK_BLOCKS];
} SanityMegablock;

typedef struct Sanity {
    HeapState *h;
    FILE *out;
    const char *when; /* "before collection 3", or NULL */
    size_t violations, objects, references;
    const Closure *first_bad; /* the object of the first violation that has one */
    bool shapes_broken;       /* an object's pointers cannot be walked */
    bool cafs_broken;         /* the list of CAFs cannot be walked */
    SanityGroup *groups;
    size_t group_count, group_room;
    SanityMegablock *megablocks; /* in order of address */
    size_t megablock_count;
    const SanityMegablock *last_found;
    bool after; /* a collection, which cannot have touched static closures but for CAFs */
    const InfoTable *known[SANITY_KNOWN_INFOS]; /* headers that were proved lately */
    Closure **threads;
    size_t thread_count;
    uint64_t *starts, *remembered, *cafs, *reached; /* a bit per word of the objects' groups */
    size_t bits;
} Sanity;

/* ---- sanity.c */
__attribute__((format(printf, 4, 5))) void sanity_report(Sanity *s, int invariant, const void *object,
                                                         const char *format, ...);

/* ---- sanity_map.c */
void sanity_map_make(Sanity *s);
void sanity_map_free(Sanity *s);
const SanityMegablock *sanity_find_megablock(Sanity *s, Word base);
static inline SanityGroup *sanity_group_of(Sanity *s, const void *address)
{
    Word base = (Word)address & ~(Word)(MBLOCK_SIZE - 1);
    const SanityMegablock *m = s->last_found;
    if (unlikely(!m || m->base != base)) m = sanity_find_megablock(s, base);
    uint32_t index = m ? m->group[((Word)address & (MBLOCK_SIZE - 1)) >> BLOCK_SHIFT] : 0;
    return index ? &s->groups[index - 1] : NULL;
}
SanityGroup *sanity_group_of_block(Sanity *s, const BlockDescr *block);
bool sanity_owner_has_objects(BlockOwner owner);
/* The bit of a word in [start, free) of a group of objects. */
static inline size_t sanity_bit(const SanityGroup *g, const void *word)
{
    return g->first_bit + (size_t)((const Word *)word - g->start);
}
static inline bool bit_test(const uint64_t *bits, size_t i) { return (bits[i >> 6] >> (i & 63)) & 1; }
static inline void bit_set(uint64_t *bits, size_t i) { bits[i >> 6] |= (uint64_t)1 << (i & 63); }
/* The group of the object that starts at address, or NULL if none does. */
static inline SanityGroup *sanity_object_group(Sanity *s, const void *address)
{
    SanityGroup *g = sanity_group_of(s, address);
    if (!g || (Word)address % WORD_BYTES || (const Word *)address >= g->free) return NULL;
    return bit_test(s->starts, sanity_bit(g, address)) ? g : NULL;
}
/* info_is_known, with a memory. */
static inline bool sanity_info_is_known(Sanity *s, Word header)
{
    const InfoTable **known = &s->known[(header / sizeof(InfoTable)) % SANITY_KNOWN_INFOS];
    if (likely(header && *known == (const InfoTable *)header)) return true;
    if (!info_is_known(s->h->heap.infos, header)) return false;
    *known = (const InfoTable *)header;
    return true;
}

/* ---- sanity_lists.c: nursery, generations, remembered sets, CAFs (9, 12, 13, 35-37, 39, 41, 57, 66-68) */
/* False if the lists cannot be followed. */
bool sanity_check_lists(Sanity *s);
void sanity_check_remembered(Sanity *s);
void sanity_check_cafs(Sanity *s);

/* ---- sanity_objects.c: shapes and references (16-33, 37, 38, 43-46, 58) */
/* Finds all objects, and sets their bits in starts. */
void sanity_find_objects(Sanity *s);
void sanity_check_objects(Sanity *s);
void sanity_check_roots(Sanity *s);
/* Chains of stack chunks; only after all shapes were found whole. */
void sanity_check_threads(Sanity *s);

/* The objects of one group that is not a large object's. */
void sanity_find_in_group(Sanity *s, SanityGroup *g);

/* ---- sanity_shapes.c */
/* True if the object's pointers can be walked safely. */
bool sanity_check_shape(Sanity *s, Closure *c);
/* A thread's chunks, all of which are whole, lead from youngest to oldest and end. */
void sanity_check_chunks(Sanity *s, const Closure *tso);

/* ---- sanity_transition.c: from-space and to-space, before the former is released (72, 74); the nursery (80)
 */
typedef struct Collection Collection;
void sanity_check_transition(Sanity *s, const Collection *c);
void sanity_check_poison(Sanity *s);

/* ---- sanity_reach.c: the independent search from the roots (75), and paths */
void sanity_check_reachable(Sanity *s);
/* Prints the object, its neighbours, its block, and a path from a root. */
void sanity_story(Sanity *s, const Closure *bad);

#endif
