/* The placement `best-fit`: the smallest free group that is large enough, and of equal ones the lowest.
 *
 * A heap for each size: pairing heaps, whose order is that of block numbers, and a bit for each size that has
 * any. In a group's head, `generation` leads to the first child, `link` to the next sibling, `u.back` to the
 * sibling before it, or from a first child to its parent.
 *
 * Always true: a child's number is above its parent's; a size's bit is set iff its heap is not empty.
 *
 * Follows: Fredman, Sedgewick, Sleator, Tarjan, "The pairing heap" (Algorithmica 1986). */
#include "blocks/placement.h"
#include "blocks/placement_private.h"

#include <stdlib.h>

enum { SIZES = USABLE_BLOCKS + 1, SIZE_WORDS = (SIZES + 63) / 64 };

typedef struct BestFit {
    BlockDescr *heaps[SIZES];
    uint64_t sizes[SIZE_WORDS];
} BestFit;

/* ---- Heaps */

static BlockDescr *first_child(const BlockDescr *g) { return g->generation; }

static void child_add(BlockDescr *parent, BlockDescr *child)
{
    child->link = first_child(parent);
    if (child->link) child->link->u.back = child;
    child->u.back = parent;
    parent->generation = child;
}

/* One heap of two, either of which may be NULL. */
static BlockDescr *meld(BlockDescr *a, BlockDescr *b)
{
    if (!a || !b) return a ? a : b;
    BlockDescr *top = a->number < b->number ? a : b;
    child_add(top, top == a ? b : a);
    return top;
}

/* One heap of a row of siblings: in pairs from the left, then all from the right. */
static BlockDescr *meld_siblings(BlockDescr *first)
{
    BlockDescr *pairs = NULL, *heap = NULL;
    while (first) {
        BlockDescr *second = first->link, *rest = second ? second->link : NULL;
        BlockDescr *pair = meld(first, second);
        pair->link = pairs;
        pairs = pair;
        first = rest;
    }
    while (pairs) {
        BlockDescr *next = pairs->link;
        heap = meld(heap, pairs);
        pairs = next;
    }
    if (heap) heap->link = heap->u.back = NULL;
    return heap;
}

/* Takes a group that is not the top of its heap out of its row of siblings. */
static void detach(BlockDescr *g)
{
    BlockDescr *before = g->u.back;
    if (first_child(before) == g)
        before->generation = g->link;
    else
        before->link = g->link;
    if (g->link) g->link->u.back = before;
}

/* ---- Sizes */

static void heap_set(BestFit *f, uint32_t size, BlockDescr *top)
{
    uint64_t bit = UINT64_C(1) << (size % 64);
    f->heaps[size] = top;
    if (top)
        f->sizes[size / 64] |= bit;
    else
        f->sizes[size / 64] &= ~bit;
}

static bool has_size(const BestFit *f, uint32_t size) { return f->sizes[size / 64] >> (size % 64) & 1; }

/* The smallest size from `blocks` on of which there is a group; SIZES if there is none. */
static uint32_t size_from(const BestFit *f, uint32_t blocks)
{
    uint64_t here = f->sizes[blocks / 64] & ~UINT64_C(0) << (blocks % 64);
    for (uint32_t word = blocks / 64;; here = f->sizes[word]) {
        if (here) return word * 64 + (uint32_t)__builtin_ctzll(here);
        if (++word == SIZE_WORDS) return SIZES;
    }
}

/* ---- The placement */

static void *best_fit_open(const char *args, char *error, size_t size)
{
    return placement_state_new("best-fit", sizeof(BestFit), args, error, size);
}

static void insert(void *state, BlockDescr *g)
{
    BestFit *f = state;
    g->link = g->u.back = NULL;
    g->generation = NULL;
    heap_set(f, g->blocks, meld(f->heaps[g->blocks], g));
}

static void remove_group(void *state, BlockDescr *g)
{
    BestFit *f = state;
    BlockDescr *top = f->heaps[g->blocks], *children = meld_siblings(first_child(g));
    if (g == top) {
        heap_set(f, g->blocks, children);
        return;
    }
    detach(g);
    heap_set(f, g->blocks, meld(top, children));
}

static BlockDescr *take(void *state, uint32_t blocks, uint32_t *offset)
{
    BestFit *f = state;
    uint32_t size = size_from(f, blocks);
    (void)offset;
    if (size == SIZES) return NULL;
    BlockDescr *g = f->heaps[size];
    remove_group(f, g);
    return g;
}

/* ---- Check */

/* The groups of one heap, parents before children; each row of siblings is walked when its parent's turn has
 * come. */
typedef struct Walk {
    const PlacementCheck *check;
    BlockDescr **groups;
    size_t count, room;
} Walk;

static void walk_add(Walk *w, BlockDescr *g)
{
    if (w->count == w->room) {
        w->room = w->room ? 2 * w->room : 64;
        w->groups = realloc(w->groups, w->room * sizeof(BlockDescr *));
        require(w->groups, "no memory to check the free groups");
    }
    w->groups[w->count++] = g;
}

static void check_row(Walk *w, BlockDescr *parent, BlockDescr *first)
{
    const BlockDescr *before = parent;
    for (BlockDescr *g = first; g; before = g, g = g->link) {
        if (!w->check->member(w->check, g)) {
            if (before)
                w->check->report(w->check, 2, before, "is linked to itself, or to what is no free group");
            return;
        }
        if (g->u.back != before) w->check->report(w->check, 2, g, "does not lead back to the one before it");
        if (parent && g->number <= parent->number)
            w->check->report(w->check, 2, g, "lies below %u, its parent in the heap", parent->number);
        walk_add(w, g);
    }
}

static void check_heap(BestFit *f, uint32_t size, const PlacementCheck *check)
{
    Walk w = {.check = check};
    BlockDescr *top = f->heaps[size];
    check_row(&w, NULL, top);
    for (size_t i = 0; i < w.count; i++) check_row(&w, w.groups[i], first_child(w.groups[i]));
    for (size_t i = 0; i < w.count; i++)
        if (w.groups[i]->blocks != size)
            check->report(check, 1, w.groups[i], "has %u blocks and is in the heap of size %u",
                          w.groups[i]->blocks, size);
    if (top && !has_size(f, size))
        check->report(check, 1, top, "is in the heap of a size that is marked empty");
    free(w.groups);
}

static void check(void *state, const PlacementCheck *check)
{
    for (uint32_t size = 0; size < SIZES; size++) check_heap(state, size, check);
}

const BlockPlacement block_placement_best_fit = {BLOCK_PLACEMENT_ABI, "best-fit", best_fit_open, free, insert,
                                                 remove_group,        take,       check};
