/* mark-region: the oldest generation is marked and stays where it is; what dies in it leaves *holes*, which
 * what is promoted later fills. Younger generations are copied as ever. For large heaps whose old objects
 * live long: nothing old is moved, but for the few blocks that it would pay to empty.
 *
 * Terms. A *hole* is a filler of at least a *line* of words; the holes are linked, each through its third
 * word, for blocks cannot be walked: behind a thunk that was updated since, words may stand that belong to
 * no object. A block of which much is in gaps that are no holes carries BF_SPARSE: nothing fills it, and the
 * next collection of its generation copies what lives in it elsewhere. A *run* is a hole that is being
 * filled, or has been by the last collection: it has a descriptor of its own, which stands in for the
 * block's in to-space's lists.
 *
 * Always true between collections: the oldest generation's `holes` are the words of the fillers that
 * sweeping has left there and nothing has filled since.
 *
 * Follows: Blackburn, McKinley, "Immix: a mark-region garbage collector with space efficiency, fast
 * collection, and mutator performance" (PLDI 2008), with holes of any size in place of its lines. */
#include "gc/amounts.h"
#include "gc/mark_private.h"

#include <stdlib.h>

#define LINE_WORDS 32u

/* A block is sparse if more of its words than this are of no use. */
#define MOST_USELESS (BLOCK_WORDS / 4)

#define HOLE_NEXT (FILLER_WORDS + 1)

/* In the order of the blocks that hold them; NULL: there are none. */
typedef struct Holes {
    Word *first, *last;
} Holes;

typedef struct Region {
    MarkSpace marks;    /* first: see mark_space */
    Holes holes;        /* yet to be filled */
    BlockDescr *tables; /* blocks that hold the runs' descriptors */
} Region;

static Region *region(const Collection *c) { return c->h->heap.collector_state; }

/* ---- Life */

static bool region_start(Heap *heap)
{
    heap->collector_state = calloc(1, sizeof(Region));
    return heap->collector_state;
}

static void region_end(Heap *heap)
{
    Region *r = heap->collector_state;
    if (r) block_chain_free(heap->blocks, r->tables);
    free(r);
}

/* ---- Sparse blocks */

/* With one generation nothing is ever promoted into holes. */
static bool fills_holes(const HeapState *h) { return generation_count(h) > 1; }

static size_t sparse_blocks(const BlockList *list)
{
    size_t sparse = 0;
    for (const BlockDescr *b = list->first; b; b = b->link) sparse += (b->flags & BF_SPARSE) != 0;
    return sparse;
}

/* Three quarters of a sparse block are objects at most: copying these takes no more than twice their words.
 * With less memory than that takes, fewer are emptied. */
static size_t most_emptied(HeapState *h)
{
    const BlockList *list = &h->oldest->list;
    size_t most = at_most(sparse_blocks(list), list->blocks / (fills_holes(h) ? 8 : 2));
    while (most && !memory_promised(h, most + most / 2 + 1)) most /= 2;
    return most;
}

/* Takes the first sparse ones out of the list: from-space, as what is copied is. */
static BlockList take_sparse(HeapState *h)
{
    Generation *g = h->oldest;
    size_t most = most_emptied(h);
    BlockList rest = {0}, sparse = {0};
    for (BlockDescr *b = g->list.first, *next; b; b = next) {
        next = b->link;
        bool emptied = b->flags & BF_SPARSE && sparse.blocks < most;
        b->flags = emptied && !MUTANT_IS(h, region_sparse_stays) ? 0 : BF_EVACUATED;
        block_list_append(emptied ? &sparse : &rest, b);
    }
    g->list = rest;
    return sparse;
}

/* ---- Filling holes */

static void holes_append(Holes *holes, const Holes *more)
{
    if (!more->first) return;
    if (holes->last)
        holes->last[HOLE_NEXT] = (Word)more->first;
    else
        holes->first = more->first;
    holes->last = more->last;
}

/* The first hole, taken off the list; NULL: there is none. */
static Word *hole_take(Holes *holes)
{
    Word *hole = holes->first;
    if (hole == holes->last) holes->last = NULL;
    if (hole) holes->first = (Word *)hole[HOLE_NEXT];
    return hole;
}

/* A descriptor for the run, or NULL: no memory. */
static BlockDescr *run_new(Collection *c, Region *r)
{
    BlockDescr *table = r->tables;
    if (!table || table->free + sizeof(BlockDescr) / WORD_BYTES > table->start + BLOCK_WORDS) {
        table = block_beside_copies(c->h, OWNER_COLLECTOR, SITE_MARKS);
        if (!table) return NULL;
        table->link = r->tables;
        r->tables = table;
    }
    BlockDescr *run = (BlockDescr *)table->free;
    table->free += sizeof(BlockDescr) / WORD_BYTES;
    return run;
}

/* What needs more than a line takes a fresh block, so that short holes are not passed over for it. */
static BlockDescr *region_refill(Collection *c, size_t words, Word **limit)
{
    Region *r = region(c);
    Word *hole = words <= LINE_WORDS ? hole_take(&r->holes) : NULL;
    BlockDescr *run = hole ? run_new(c, r) : NULL;
    if (!run) return NULL;
    *run = (BlockDescr){.start = hole, .free = hole, .blocks = 1};
    *limit = hole + closure_size((Closure *)hole) + MUTANT_IS(c->h, region_run_long);
    c->h->oldest->holes -= (size_t)(*limit - hole);
    Bdescr(hole)->flags |= BF_TO_SPACE;
    return run;
}

static bool is_run(const BlockDescr *b) { return Bdescr(b->start) != b; }

static void region_leave(Collection *c, BlockDescr *run, Word *limit)
{
    if (!is_run(run) || run->free == limit || MUTANT_IS(c->h, region_rest_left)) return;
    filler_write(c->h->heap.infos, run->free, (size_t)(limit - run->free));
    c->h->oldest->holes += (size_t)(limit - run->free);
}

/* ---- Runs do not stand on the generation's list, but have survivors */

/* Takes the runs out of to-space's list. */
static BlockList take_runs(ToSpace *space)
{
    BlockList runs = {0}, fresh = {0};
    for (BlockDescr *b = space->first, *next; b; b = next) {
        next = b->link;
        block_list_append(is_run(b) ? &runs : &fresh, b);
    }
    if (fresh.last) space->free = fresh.last->free;
    space->first = fresh.first;
    space->last = fresh.last;
    return runs;
}

static void runs_survive(Collection *c, const BlockList *runs)
{
    Generation *g = c->h->oldest;
    if (!runs->first) return;
    for (BlockDescr *b = runs->first; b; b = b->link) c->stats.copied_words += (size_t)(b->free - b->start);
    runs->last->link = g->survivors;
    g->survivors = runs->first;
    g->survivors_start = runs->first->start;
}

static void finish_minor(Collection *c)
{
    ToSpace *space = &c->to[c->h->oldest->no];
    BlockList runs = {0};
    if (space->last) {
        space->last->free = space->free;
        region_leave(c, space->last, space->limit);
        runs = take_runs(space);
    }
    spaces_finish(c);
    runs_survive(c, &runs);
}

/* ---- Sweeping */

typedef struct Sweep {
    Collection *c;
    BlockDescr *block;
    Holes holes;
    size_t gaps, useless; /* words: of all gaps; of those that nothing will fill */
} Sweep;

/* The first word from i on that is live, or is not; BLOCK_WORDS: there is none. */
static uint32_t find_word(const BlockMarks *marks, uint32_t i, bool live)
{
    for (uint32_t row = i >> 6; row < MARK_ROWS; row++, i = row << 6) {
        uint64_t bits = (live ? marks->live[row] : ~marks->live[row]) >> (i & 63) << (i & 63);
        if (bits) return row * 64 + (uint32_t)__builtin_ctzll(bits);
    }
    return (uint32_t)BLOCK_WORDS;
}

static void sweep_words(const HeapState *h, Word *start, uint32_t from, uint32_t end)
{
    if (MUTANT_IS(h, sweep_gap_left)) return;
    if (MUTANT_IS(h, sweep_late) && from + 1 < end) from++;
    if (MUTANT_IS(h, sweep_long) && end < BLOCK_WORDS) end++;
    filler_write(h->heap.infos, start + from, end - from);
}

static void sweep_gap(Sweep *s, uint32_t from, uint32_t end)
{
    bool hole = end - from >= LINE_WORDS && fills_holes(s->c->h), last = end == BLOCK_WORDS;
    s->block->free = s->block->start + (last && !hole ? from : BLOCK_WORDS);
    if (last && !hole) return;
    sweep_words(s->c->h, s->block->start, from, end);
    s->gaps += end - from;
    if (hole) {
        Word *gap = s->block->start + from;
        gap[HOLE_NEXT] = 0;
        holes_append(&s->holes, &(Holes){gap, gap});
    } else {
        s->useless += end - from;
    }
}

static void sweep_gaps(Sweep *s, const BlockMarks *marks)
{
    s->block->free = s->block->start + BLOCK_WORDS;
    for (uint32_t end = 0, from; (from = find_word(marks, end, false)) < BLOCK_WORDS;)
        sweep_gap(s, from, end = find_word(marks, from, true));
    if (s->useless > MOST_USELESS)
        s->block->flags |= BF_SPARSE;
    else
        holes_append(&region(s->c)->holes, &s->holes);
}

static void tell_kept(const Collection *c, BlockDescr *block, const BlockMarks *marks)
{
    const GcObserver *o = &c->h->observer;
    uint32_t i;
    for (uint32_t row = 0; row < MARK_ROWS; row++) EACH_BIT(marks->starts, row, i)
        {
            Closure *object = (Closure *)(block->start + i);
            o->moved(o->context, object, object, closure_size(object), block->gen_no, MOVE_SURVIVED);
        }
}

static void sweep_block(Collection *c, BlockDescr *block, BlockList *kept, size_t *words)
{
    const BlockMarks *marks = block_marks(block);
    Generation *g = c->h->oldest;
    if (marks_words(marks) <= (MUTANT_IS(c->h, sweep_frees_live) ? LINE_WORDS : 0)) {
        mark_give_up(g, block);
        return;
    }
    Sweep s = {.c = c, .block = block};
    sweep_gaps(&s, marks);
    if (c->watched) tell_kept(c, block, marks);
    g->holes += s.gaps + MUTANT_IS(c->h, sweep_miscounts);
    *words += (size_t)(block->free - block->start);
    block_list_append(kept, block);
}

static void finish_major(Collection *c)
{
    BlockList kept = {0};
    size_t words = 0;
    spaces_finish(c);
    mark_count(c);
    for (BlockDescr *b = mark_space(c)->list.first, *next; b; b = next) {
        next = b->link;
        sweep_block(c, b, &kept, &words);
    }
    mark_space_return(c, kept, words);
}

/* ---- GcCollector */

static void region_prepare(Collection *c)
{
    Generation *g = c->h->oldest;
    Region *r = region(c);
    for (uint32_t i = 0; i < g->no; i++) space_prepare(c, &c->generations[i]);
    space_forget_survivors(g);
    block_chain_free(c->h->heap.blocks, r->tables);
    r->tables = NULL;
    if (c->stats.major) {
        r->holes = (Holes){0};
        BlockList sparse = take_sparse(c->h);
        mark_space_make(c, g);
        g->from = sparse;
    } else {
        c->refill = region_refill;
        c->leave = region_leave;
    }
}

static void region_finish(Collection *c)
{
    if (c->stats.major)
        finish_major(c);
    else
        finish_minor(c);
}

const GcCollector collector_mark_region = {
    .version = GC_COLLECTOR_VERSION,
    .name = "mark-region",
    .about = "young generations copied, the oldest one marked in place, its holes filled by what is promoted",
    .most_generations = MAX_GENERATIONS,
    .in_place = true,
    .follows_code = true,
    .start = region_start,
    .end = region_end,
    .worst_case_blocks = mark_worst_case,
    .prepare = region_prepare,
    .remembered = scavenge_remembered,
    .evacuate = evacuate,
    .drain = mark_drain,
    .survivor = mark_survivor,
    .finish = region_finish,
};
