/* Marking in place: what the collectors share that leave the oldest generation where it is (mark_compact.c,
 * mark_region.c). Younger generations are copied as ever (gen_copy.c).
 *
 * Terms. The *mark space* is what the oldest generation held when a collection of it began, large objects
 * not included: its blocks carry BF_MARKED until `finish`, and their u.scan leads to their BlockMarks. An
 * object of it is kept iff the bit of its first word is set in `starts`.
 *
 * Always true while it runs: an object that is kept, and refers to anything, has been scanned, waits on the
 * mark stack, or is *put off*: its words are not in `live` yet. The stack has a limit that was made sure of
 * beforehand; what finds no place there is put off, and found again by its marks.
 *
 * Follows: Jones, Hosking, Moss, "The Garbage Collection Handbook", 2.4-2.6 (bitmaps, overflow), 3;
 * Cher, Hosking, Vitek, "Software prefetching for mark-sweep garbage collection" (ASPLOS 2004). */
#ifndef THUNKSCOPE_GC_MARK_PRIVATE_H
#define THUNKSCOPE_GC_MARK_PRIVATE_H

#include "gc/evacuate_private.h"

#define MARK_ROWS (BLOCK_WORDS / 64)

/* One block's marks, a bit for each word. */
typedef struct BlockMarks {
    uint64_t starts[MARK_ROWS]; /* first words of objects that are kept */
    uint64_t live[MARK_ROWS];   /* all words of these objects */
    uint16_t before[MARK_ROWS]; /* words of `live` in the rows before it; once everything has been marked */
    /* Where they go, if they are moved: the n-th live word to first_to + n, or from the n-th == split on to
     * second_to + n. */
    Word *first_to, *second_to;
    uint16_t split;
    bool put_off; /* an object of it is */
    uint32_t no;  /* of the block, in the order of the list */
} BlockMarks;

#define MARKS_PER_BLOCK (BLOCK_SIZE / sizeof(BlockMarks))

/* A collector's state: the tables and the stack are there while the oldest generation is collected. */
typedef struct MarkSpace {
    BlockList list;     /* the mark space */
    BlockDescr *tables; /* blocks that hold the BlockMarks */
    BlockDescr *stack;  /* blocks of objects to be scanned, the one that is being filled first */
    BlockDescr *spare;  /* one more, or NULL */
    Word *bottom, *top, *limit;
    size_t stack_blocks, most_stack_blocks;
    size_t variable; /* words that are kept, of objects whose size no table says */
    bool put_off;    /* something is */
} MarkSpace;

static inline MarkSpace *mark_space(const Collection *c) { return c->h->heap.collector_state; }
static inline BlockMarks *block_marks(const BlockDescr *block) { return (BlockMarks *)block->u.scan; }
static inline uint32_t word_in_block(const void *p)
{
    return (uint32_t)(((Word)p & (BLOCK_SIZE - 1)) / WORD_BYTES);
}
static inline bool marks_hold(const BlockMarks *marks, const Closure *object)
{
    uint32_t i = word_in_block(object);
    return marks->starts[i >> 6] >> (i & 63) & 1;
}

/* Bits that are set, on processors without an instruction for it too. */
static inline uint32_t count_bits(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

/* Live words before word i of the block, once they have been counted. */
static inline uint32_t marks_words_before(const BlockMarks *marks, uint32_t i)
{
    return marks->before[i >> 6] + count_bits(marks->live[i >> 6] & (((uint64_t)1 << (i & 63)) - 1));
}

/* All of them. */
static inline uint32_t marks_words(const BlockMarks *marks)
{
    return marks->before[MARK_ROWS - 1] + count_bits(marks->live[MARK_ROWS - 1]);
}

extern const GcCollector collector_mark_compact;

/* ---- GcCollector's functions */
bool mark_start(Heap *heap);
void mark_end(Heap *heap);
size_t mark_worst_case(const Heap *heap, uint32_t collected);
/* The generation's list becomes the mark space; it is collected. */
void mark_space_make(Collection *c, Generation *g);
/* As spaces_prepare, but the oldest generation, if it is collected, becomes the mark space. */
void mark_prepare(Collection *c);
void mark_drain(Collection *c);
Closure *mark_survivor(Collection *c, Closure *object);

/* ---- For evacuate.c: an object of the mark space, which stands for nothing else, is kept. */
bool mark_is_kept(const Closure *object);
void mark_keep(Collection *c, Closure *object);

/* ---- For `finish` */
/* Counts what has been marked: BlockMarks.before, stats. Who listens hears of what has died. */
void mark_count(Collection *c);
/* Nothing lives in the block any more, or what does has slid out of it: it goes the way of from-space. */
void mark_give_up(Generation *g, BlockDescr *block);
/* The mark space's blocks, or some of them in another order, are the generation's first; all that it holds
 * has survived. Tables and stack are given up. */
void mark_space_return(Collection *c, BlockList kept, size_t words);
/* The index of each word of the row whose bit is set, in i. */
#define EACH_BIT(bits, row, i)                                                                               \
    for (uint64_t rest_ = (bits)[row]; rest_ && ((i) = (row)*64 + (uint32_t)__builtin_ctzll(rest_), true);   \
         rest_ &= rest_ - 1)

#endif
