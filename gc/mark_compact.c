/* mark-compact: the oldest generation is marked where it is, and then compacted by sliding; younger
 * generations are copied as ever. For large heaps: a major collection needs a twentieth of the old generation
 * beside it, not its double. GHC's is chosen by -c.
 *
 * Live objects keep their order: they slide to the front of the generation's list of blocks, whatever
 * addresses these have. Where an object goes follows from the marks: its block knows where its first live
 * word goes, the marks say how many live words stand before the object. No object crosses the end of a block,
 * so that a block's objects go to at most two.
 *
 * Always true while it slides: objects move in the order of the list, each to a place before its own or to
 * its own; what stood there has moved, or is dead. A reference to an object that has moved leads to its new
 * place, any other into the mark space to its old one.
 *
 * Follows: Kermany, Petrank, "The Compressor" (PLDI 2006), and Abuaiadh et al., "An efficient parallel heap
 * compaction algorithm" (OOPSLA 2004), for tables computed from mark bits; Jones, Hosking, Moss, 3.4. */
#include "gc/mark_private.h"

#include <string.h>

/* ---- Where everything goes */

/* A block whose objects all live stays where it is, if that wastes no more words before it. */
#define MOST_WASTE 16u

typedef struct Plan {
    BlockDescr *to; /* block that is being filled */
    uint32_t filled, blocks;
    size_t words;
    bool moves; /* something does */
} Plan;

static void plan_next(Plan *p)
{
    p->to->free = p->to->start + p->filled;
    p->to = p->to->link;
    p->filled = 0;
    p->blocks++;
}

/* Live words before the object that holds the n-th one. */
static uint32_t words_before_object(const BlockMarks *marks, uint32_t n)
{
    uint32_t row = MARK_ROWS - 1, words = 0, i;
    while (marks->before[row] > n) row--;
    for (;; row--) {
        uint32_t found = UINT32_MAX;
        EACH_BIT(marks->starts, row, i)
        if ((words = marks_words_before(marks, i)) <= n) found = words;
        if (found != UINT32_MAX) return found;
    }
}

static bool stays(const BlockDescr *block, const BlockMarks *marks, uint32_t live)
{
    const Word *to = marks->split ? marks->first_to : marks->second_to;
    return to == block->start && live == (size_t)(block->free - block->start);
}

static void plan_block(Plan *p, BlockDescr *block)
{
    BlockMarks *marks = block_marks(block);
    uint32_t live = marks_words(marks), room = (uint32_t)BLOCK_WORDS - p->filled;
    bool full = live == (size_t)(block->free - block->start);
    if (full && p->to->link == block && room <= MOST_WASTE) room = 0;
    marks->split = (uint16_t)(live <= room ? live : room ? words_before_object(marks, room) : 0);
    marks->first_to = p->to->start + p->filled;
    p->filled += marks->split;
    if (marks->split < live) {
        plan_next(p);
        marks->second_to = p->to->start - marks->split;
        p->filled = live - marks->split;
    }
    p->words += live;
    p->moves |= live > 0 && !stays(block, marks, live);
}

static void plan_all(Plan *p, BlockDescr *first)
{
    for (BlockDescr *b = first; b; b = b->link) plan_block(p, b);
    if (p->filled) plan_next(p);
}

static inline Word *place(const BlockMarks *marks, uint32_t i)
{
    uint32_t n = marks_words_before(marks, i);
    return (n < marks->split ? marks->first_to : marks->second_to) + n;
}

/* ---- References */

/* How far the slide has come: objects before word `word` of block `no` have moved. */
typedef struct Slide {
    const HeapState *h;
    uint32_t no, word;
    const GcObserver *told; /* NULL: nobody */
} Slide;

static inline void update(const Slide *s, Ref *slot)
{
    Ref ref = *slot;
    const BlockDescr *block = Bdescr((void *)ref);
    if (block->flags & BF_MARKED)
        *slot = ref_make((Closure *)place(block_marks(block), word_in_block((void *)ref)), ref_tag(ref));
    if (MUTANT_IS(s->h, compact_wrong_block)) *slot -= BLOCK_SIZE;
    if (MUTANT_IS(s->h, compact_tag_wrong)) *slot ^= 1;
}

static void update_slot(void *context, Ref *slot) { update(context, slot); }

static void update_root(void *context, RootClass class_, Ref *slot)
{
    (void)class_;
    if (*slot) update(context, slot);
}

/* The function that a slot refers to, which may not have been updated yet: where it stands now. */
static const InfoTable *function_now(const Slide *s, Ref function)
{
    const Closure *c = ref_closure(function);
    const BlockDescr *block = Bdescr(c);
    if (!(block->flags & BF_MARKED)) return c->info;
    const BlockMarks *marks = block_marks(block);
    uint32_t i = word_in_block(c);
    bool moved = marks->no < s->no || (marks->no == s->no && i < s->word);
    return moved ? ((const Closure *)place(marks, i))->info : c->info;
}

static void update_application(const Slide *s, Word *w, uint32_t first)
{
    const InfoTable *function = function_now(s, w[first - 1]);
    uint32_t words = (uint32_t)(w[first - 2] >> 32);
    update(s, &w[first - 1]);
    for (uint32_t i = 0; i < words - (MUTANT_IS(s->h, compact_forgets_argument) && words); i++)
        if (bitmap_test(&function->bitmap, i)) update(s, &w[first + i]);
}

static inline void update_object(const Slide *s, Word *w, const InfoTable *info)
{
    if (likely(info->kind <= KIND_THUNK)) {
        Ref *slot = w + (info->kind == KIND_THUNK ? THUNK_HEADER : 1);
        for (Ref *end = slot + info->ptrs; slot < end; slot++) update(s, slot);
        if (info->ptrs && MUTANT_IS(s->h, compact_updates_twice)) update(s, slot - 1);
        return;
    }
    if (MUTANT_IS(s->h, compact_forgets_frames) && info->kind == KIND_STACK) return;
    switch (kinds[info->kind].layout) {
    case LAYOUT_PAP: update_application(s, w, kinds[info->kind].first); return;
    default: closure_each_pointer((Closure *)w, update_slot, (void *)s);
    }
}

/* ---- What has not been marked but copied, or stays: all that may refer into the mark space */

static void update_run(const Slide *s, Word *object, const Word *end)
{
    for (; object < end; object += closure_size((Closure *)object))
        update_object(s, object, ((Closure *)object)->info);
}

static void update_large(const Slide *s, const LargeList *list)
{
    for (BlockDescr *b = list->first; b && !MUTANT_IS(s->h, compact_forgets_large); b = b->link)
        if (!(b->flags & BF_PINNED)) update_object(s, b->start, ((Closure *)b->start)->info);
}

static void update_generation(const Slide *s, const Generation *g)
{
    for (BlockDescr *b = g->survivors; b && !MUTANT_IS(s->h, compact_forgets_copies); b = b->link)
        update_run(s, b == g->survivors ? g->survivors_start : b->start, b->free);
    update_large(s, &g->large);
}

static void update_remembered(const Slide *s, const RememberedSet *set)
{
    for (BlockDescr *b = set->blocks; b; b = b->link)
        for (Word *entry = b->start; entry < b->free; entry++) update(s, entry);
}

static void update_all(HeapState *h)
{
    Slide not_begun = {.h = h};
    if (!MUTANT_IS(h, compact_forgets_roots)) heap_each_root(&h->heap, update_root, &not_begun);
    if (!MUTANT_IS(h, compact_forgets_weak)) collection_each_weak_slot(h, update_slot, &not_begun);
    for (uint32_t g = 0; g < generation_count(h); g++) update_generation(&not_begun, &h->generations[g]);
    if (!MUTANT_IS(h, compact_forgets_remembered)) update_remembered(&not_begun, &h->oldest->remembered);
}

/* ---- The slide */

static inline void move_words(Word *to, const Word *from, size_t words)
{
    for (size_t i = 0; i < words; i++) to[i] = from[i];
}

/* Only the frames in use are moved; sp moves with them. */
static void move_stack(const Slide *s, Word *to, Word *from, size_t words)
{
    size_t sp = (size_t)((Word *)from[STACK_SP] - from);
    if (!MUTANT_IS(s->h, compact_stack_pointer)) from[STACK_SP] = (Word)(to + sp);
    memmove(to, from, STACK_AREA * WORD_BYTES);
    memmove(to + sp, from + sp, (words - sp) * WORD_BYTES);
}

static inline void slide_object(const Slide *s, const BlockMarks *marks, Word *object)
{
    const InfoTable *info = (const InfoTable *)object[0];
    size_t words = closure_size((Closure *)object);
    Word *to = place(marks, s->word);
    update_object(s, object, info);
    if (to != object && info->kind == KIND_STACK)
        move_stack(s, to, object, words);
    else if (to != object)
        move_words(to, object, words - MUTANT_IS(s->h, compact_moves_short));
    if (s->told)
        s->told->moved(s->told->context, (Closure *)object, (Closure *)to, words, Bdescr(to)->gen_no,
                       MOVE_SURVIVED);
}

static void slide_block(Slide *s, BlockDescr *block)
{
    const BlockMarks *marks = block_marks(block);
    s->no = marks->no;
    for (uint32_t row = 0; row < MARK_ROWS; row++)
        EACH_BIT(marks->starts, row, s->word) slide_object(s, marks, block->start + s->word);
}

static void slide(Collection *c, const MarkSpace *m)
{
    Slide s = {.h = c->h, .told = c->watched ? &c->h->observer : NULL};
    for (BlockDescr *b = m->list.first; b; b = b->link) slide_block(&s, b);
}

/* ---- finish */

/* Blocks behind those that have been filled hold nothing any more. */
static BlockList cut(MarkSpace *m, size_t left)
{
    BlockList kept = {0};
    BlockDescr *next;
    for (BlockDescr *b = m->list.first; b && left > 0; b = next, left--) {
        next = b->link;
        block_list_append(&kept, b);
    }
    return kept;
}

static void give_up(Generation *g, BlockDescr *first)
{
    for (BlockDescr *b = first, *next; b; b = next) {
        next = b->link;
        mark_give_up(g, b);
    }
}

static void compact(Collection *c)
{
    MarkSpace *m = mark_space(c);
    Plan plan = {.to = m->list.first};
    if (!m->list.first) return;
    mark_count(c);
    plan_all(&plan, m->list.first);
    if (plan.moves) update_all(c->h);
    if (plan.moves || c->watched) slide(c, m);
    BlockList kept = cut(m, plan.blocks);
    if (!MUTANT_IS(c->h, compact_keeps_empty)) give_up(c->h->oldest, plan.to);
    mark_space_return(c, kept, plan.words);
}

static void mark_compact_finish(Collection *c)
{
    spaces_finish(c);
    if (c->stats.major) compact(c);
}

const GcCollector collector_mark_compact = {
    .version = GC_COLLECTOR_VERSION,
    .name = "mark-compact",
    .about = "young generations copied, the oldest one marked and slid together",
    .most_generations = MAX_GENERATIONS,
    .in_place = true,
    .follows_code = true,
    .start = mark_start,
    .end = mark_end,
    .worst_case_blocks = mark_worst_case,
    .prepare = mark_prepare,
    .remembered = scavenge_remembered,
    .evacuate = evacuate,
    .drain = mark_drain,
    .survivor = mark_survivor,
    .finish = mark_compact_finish,
};
