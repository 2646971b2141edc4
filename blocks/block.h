/* The block layer: where the heap's memory comes from, and what every address can be asked.
 *
 * Terms. A *megablock* is 1 MiB, aligned to 1 MiB. It holds 256 *blocks* of 4 KiB; the first four of them
 * hold the 256 *block descriptors* of 64 bytes, so 252 blocks are usable. A *group* is a run of consecutive
 * blocks handed out as one; its first descriptor, the *head*, describes it. A group of more than 252 blocks
 * spans whole megablocks (a *megagroup*): only its first megablock carries descriptors, and its block count
 * is 252 + 256 * (megablocks - 1).
 *
 * Always true (the numbers are those of the invariant table, gc/invariants.def):
 *   - Bdescr(p) is address arithmetic alone, the same for every source.
 *   - Every committed megablock is tiled exactly by groups (8), each of which has exactly one owner (9).
 *   - No two free groups of a megablock are adjacent (4): freeing coalesces at once, in constant time.
 *   - Blocks of all owners plus free blocks add up to the committed ones (7).
 *
 * Follows: GHC, rts/sm/BlockAlloc.c and rts/include/rts/storage/Block.h (the structure and its vocabulary).
 */
#ifndef THUNKSCOPE_BLOCKS_BLOCK_H
#define THUNKSCOPE_BLOCKS_BLOCK_H

#include <stdio.h>

#include "blocks/word.h"

#define BLOCK_SHIFT       12u
#define BLOCK_SIZE        ((size_t)1 << BLOCK_SHIFT)
#define BLOCK_WORDS       (BLOCK_SIZE / WORD_BYTES)
#define MBLOCK_SHIFT      20u
#define MBLOCK_SIZE       ((size_t)1 << MBLOCK_SHIFT)
#define MBLOCK_BLOCKS     256u /* descriptors in a megablock */
#define FIRST_BLOCK       4u   /* the descriptors' own blocks */
#define USABLE_BLOCKS     252u
#define BLOCK_DESCR_SHIFT 6u

/* Who holds a group. Free groups are OWNER_FREE. */
typedef enum BlockOwner {
#define BLOCK_OWNER(name, text) OWNER_##name,
#include "blocks/owners.def"
#undef BLOCK_OWNER
    OWNER_COUNT
} BlockOwner;

extern const char *const block_owner_names[OWNER_COUNT];

/* What a group was taken for. */
typedef enum BlockSite {
#define BLOCK_SITE(name, text) SITE_##name,
#include "blocks/sites.def"
#undef BLOCK_SITE
    SITE_COUNT
} BlockSite;

/* A site in words; a site that there is not, too. */
const char *block_site_text(unsigned site);

enum BlockFlags {
#define BLOCK_FLAG(name, bit, what) BF_##name = bit,
#include "blocks/flags.def"
#undef BLOCK_FLAG
};

/* By name: "EVACUATED|TO_SPACE", or "none". At most size bytes, always terminated. */
void block_flags_print(unsigned flags, char *out, size_t size);
enum { BLOCK_FLAGS_TEXT = 80 };

typedef struct BlockDescr BlockDescr;
struct BlockDescr {
    Word *start;      /* first word of the group */
    Word *free;       /* first unused word; for a free group, BLOCK_FREE */
    BlockDescr *link; /* next group of the list that holds it; in a tail descriptor, the head */
    union {
        BlockDescr *back; /* previous group, on doubly linked lists */
        Word *scan;       /* Cheney's scan pointer, on to-space blocks */
        uint64_t *marks;  /* of a group of static closures: a bit for each word of its first block */
    } u;
    void *generation; /* opaque here: the owner's own structure */
    void *aux;        /* the observer's own pointer (the recorder's id array) */
    uint8_t gen_no;
    uint8_t dest_no; /* the generation to which its survivors go */
    uint16_t flags;  /* BlockFlags */
    uint32_t blocks; /* of the group, in its head; 0 in a tail descriptor */
    uint32_t number; /* of the block: megablock's number * 256 + index; the name of an address in traces */
    uint16_t owner;  /* BlockOwner */
    uint16_t site;   /* BlockSite */
};

_Static_assert(sizeof(BlockDescr) == (size_t)1 << BLOCK_DESCR_SHIFT, "descriptor size is part of Bdescr()");

#define BLOCK_FREE ((Word *)-1)

/* The descriptor of the block that holds p. For an address inside a group of several blocks (an interior
 * pointer into a large object) follow block_head(). Undefined for memory that is not the block layer's. */
static inline BlockDescr *Bdescr(const void *p)
{
    Word a = (Word)p;
    Word index = (a & (MBLOCK_SIZE - 1)) >> BLOCK_SHIFT;
    return (BlockDescr *)((a & ~(Word)(MBLOCK_SIZE - 1)) | (index << BLOCK_DESCR_SHIFT));
}

static inline BlockDescr *block_head(BlockDescr *b) { return b->blocks ? b : b->link; }
static inline size_t block_group_words(const BlockDescr *b) { return (size_t)b->blocks * BLOCK_WORDS; }

/* ---- Sources: where megablocks come from. See blocks/source.h for the contract and the list. */
typedef struct BlockSource BlockSource;

/* ---- What the block layer tells. Every callback may be NULL; none may allocate or free blocks. */
typedef struct BlockObserver {
    void *context;
    void (*taken)(void *context, BlockDescr *group);
    void (*returned)(void *context, BlockDescr *group);                     /* before the group is freed */
    void (*resized)(void *context, BlockDescr *group, uint32_t old_blocks); /* after a shrink */
    void (*owned)(void *context, BlockDescr *group,
                  BlockOwner old); /* after a change of owner or generation */
} BlockObserver;

typedef struct BlockAllocator BlockAllocator;

typedef struct BlockCounters {
    size_t committed_mblocks, peak_mblocks;
    size_t touched_mblocks, peak_touched_mblocks; /* of the committed ones, that somebody has had blocks of */
    size_t allocated_blocks,
        peak_blocks; /* in groups that somebody has: the owner is not FREE, nor GUARDED */
    size_t groups_taken, groups_returned;
    size_t returned_mblocks;          /* given back to the source so far */
    size_t owner_blocks[OWNER_COUNT]; /* OWNER_FREE too; megagroups count their descriptor blocks' gap as in
                                         252 + 256k */
} BlockCounters;

/* Makes an allocator over a source, whose ownership it takes, with the default placement. NULL if there is no
 * source, or no memory. */
BlockAllocator *block_allocator_new(BlockSource *source);
/* The same with a placement (blocks/placement.h), whose ownership it takes too; NULL: the default. */
typedef struct BlockPlacer BlockPlacer;
BlockAllocator *block_allocator_new_placed(BlockSource *source, BlockPlacer *placer);
/* Gives all memory back. Groups still owned are the caller's leak: ask block_inventory first. */
void block_allocator_free(BlockAllocator *a);
void block_allocator_observe(BlockAllocator *a, const BlockObserver *observer); /* NULL: nobody listens */
const BlockSource *block_allocator_source(const BlockAllocator *a);
const char *block_allocator_placement(const BlockAllocator *a); /* its name */

/* A group of `blocks` blocks, contents undefined; free == start, link NULL. From 252 on rounded up to a
 * megagroup's count. NULL when the source is exhausted or the limit is reached: out of memory is an answer,
 * nothing has changed then. Constant time unless it takes whole megablocks, of which it finds the best fit.
 */
BlockDescr *block_group_alloc_at(BlockAllocator *a, uint32_t blocks, BlockOwner owner, BlockSite site);
static inline BlockDescr *block_group_alloc(BlockAllocator *a, uint32_t blocks, BlockOwner owner)
{
    return block_group_alloc_at(a, blocks, owner, SITE_NONE);
}
/* Frees a group (by its head), coalescing it with its free neighbours. Constant time for small groups. */
void block_group_free(BlockAllocator *a, BlockDescr *group);
/* Frees a list of groups chained through link. */
void block_chain_free(BlockAllocator *a, BlockDescr *first);
/* Somebody is about to fill this block, and those behind it next: the system gives them memory at once, up to
 * 64 KiB, unless it has. Changes nothing but what it costs. Any thread may call it. */
void block_populate(BlockDescr *block);
/* Keeps the first `blocks` blocks (of a megagroup from 252 on: as many whole megablocks as they need), frees
 * the rest. The caller sees to `free`, which may not lie beyond the new end. */
void block_group_shrink(BlockAllocator *a, BlockDescr *group, uint32_t blocks);
/* Changes owner, generation and destination together, and tells the observer. */
void block_group_own(BlockAllocator *a, BlockDescr *group, BlockOwner owner, void *generation, uint8_t gen_no,
                     uint8_t dest_no);

/* What whoever frees groups is doing, such as "collection" 17: told in reports about freed memory. `what` is
 * kept. */
typedef struct BlockDoing {
    const char *what;
    uint64_t number;
} BlockDoing;
void block_allocator_doing(BlockAllocator *a, BlockDoing doing);

/* Gives free megablocks back to the source beyond `keep`; returns how many went. With keep == 0 also what a
 * guard holds back. */
size_t block_allocator_trim(BlockAllocator *a, size_t keep_mblocks);
/* So many more megablocks, one or more in a row, become free ones: they are there before they are needed, and
 * are not touched until then. False: they are not to be had. */
bool block_allocator_commit(BlockAllocator *a, size_t mblocks);
/* Whole free megablocks: what could be given back. */
size_t block_allocator_idle(const BlockAllocator *a);
/* Limits committed memory (bytes; 0 = no limit): beyond it block_group_alloc answers NULL. */
void block_allocator_limit(BlockAllocator *a, size_t bytes);
/* Blocks that the source will ever have, USABLE_BLOCKS to a megablock; 0: as many as anybody may want. */
size_t block_allocator_most(const BlockAllocator *a);
/* The number, from 1, of the last request that the source refused; 0: it has refused none. */
size_t block_allocator_refused(const BlockAllocator *a);

void block_counters(const BlockAllocator *a, BlockCounters *out);
/* Calls visit for every group, free ones too, in order of block numbers; false from visit stops the walk. */
void block_each_group(BlockAllocator *a, bool (*visit)(void *context, BlockDescr *group), void *context);
/* True if p lies in a committed megablock of this allocator, beyond its descriptors. Never faults. */
bool block_contains(const BlockAllocator *a, const void *p);
/* The head of the group with an owner that holds p, also deep inside a megagroup; NULL if there is none. For
 * checks of words that may be no pointers: never faults. */
BlockDescr *block_group_at(const BlockAllocator *a, const void *p);
/* The name of an address in traces and reports: "block 37 +0x1c0". Writes at most size bytes. Undefined where
 * Bdescr is: beyond a megagroup's first megablock, and for memory that is not the block layer's. */
int block_address_print(const void *p, char *out, size_t size);

/* Does somebody have this group? Not if it is free, or guarded. */
static inline bool block_is_held(const BlockDescr *g)
{
    return g->owner != OWNER_FREE && g->owner != OWNER_GUARDED;
}
/* Prints the groups that somebody has, up to 20, with owner, generation and site; answers how many there are:
 * 0 when everything has been freed. */
size_t block_inventory(BlockAllocator *a, FILE *out);

/* ---- Checks. Each reports every violation of one invariant through `report`, and says how many things it
 * looked at. They rely on the descriptors only, never on counters that they are to prove. */
typedef void (*BlockReport)(void *context, int invariant, const void *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Invariants 1-10, 14, 15, and 11 if poisoning is on; what others follow from is reported first. When more
 * than 4 MiB are free, 11 is asked of one free block in sixteen, which `turn` chooses: sixteen turns see all.
 */
size_t block_check(BlockAllocator *a, uint32_t turn, BlockReport report, void *context);

/* Free memory is poisoned at this word when poisoning is on (invariant 11). */
#define BLOCK_POISON ((Word)0xF3F3F3F3F3F3F3F3u)
void block_allocator_poison(BlockAllocator *a, bool on);
/* The first word from `from` up to `end` that is not poison; `end` if all are. */
const Word *block_first_unpoisoned(const Word *from, const Word *end);

#endif
