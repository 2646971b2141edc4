/* Marking: mark_private.h says what is always true. */
#include "gc/mark_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- Life */

bool mark_start(Heap *heap)
{
    heap->collector_state = calloc(1, sizeof(MarkSpace));
    return heap->collector_state;
}

void mark_end(Heap *heap) { free(heap->collector_state); }

static size_t table_blocks(size_t blocks) { return (blocks + MARKS_PER_BLOCK - 1) / MARKS_PER_BLOCK; }
static size_t most_stack_blocks(size_t blocks) { return 2 + blocks / 32; }

size_t mark_worst_case(const Heap *heap, uint32_t collected)
{
    const HeapState *h = (const HeapState *)heap;
    if (collected < h->oldest->no) return spaces_worst_case(heap, collected);
    size_t blocks = h->oldest->list.blocks;
    return spaces_copying(heap, h->oldest->no) + table_blocks(blocks) + most_stack_blocks(blocks);
}

/* ---- Tables */

static BlockDescr *own_block(Collection *c)
{
    return block_group_alloc_at(c->h->heap.blocks, 1, OWNER_COLLECTOR, SITE_MARKS);
}

/* The first object counts as marked. */
static void mutant_mark_first(const BlockDescr *block, BlockMarks *marks)
{
    const Closure *first = (const Closure *)block->start;
    if (block->free == block->start || first->info->kind == KIND_FILLER) return;
    marks->starts[0] |= 1;
    for (size_t i = 0; i < closure_size(first); i++) marks->live[i >> 6] |= (uint64_t)1 << (i & 63);
}

static void table_new(Collection *c, MarkSpace *m)
{
    BlockDescr *table = own_block(c);
    if (!table) heap_out_of_memory();
    memset(table->start, 0, BLOCK_SIZE);
    table->link = m->tables;
    m->tables = table;
}

static void mark_block(Collection *c, MarkSpace *m, BlockDescr *block, uint32_t no)
{
    size_t index = no % MARKS_PER_BLOCK;
    if (index == 0) table_new(c, m);
    BlockMarks *marks = (BlockMarks *)m->tables->start + index;
    marks->no = no;
    block->u.scan = (Word *)marks;
    block->flags = BF_MARKED;
    if (MUTANT_IS(c->h, mark_left_over)) mutant_mark_first(block, marks);
}

void mark_space_make(Collection *c, Generation *g)
{
    MarkSpace *m = mark_space(c);
    uint32_t no = 0;
    space_set_aside(g);
    *m = (MarkSpace){.list = g->from, .most_stack_blocks = most_stack_blocks(g->from.blocks)};
    g->from = (BlockList){0};
    for (BlockDescr *b = m->list.first; b; b = b->link) mark_block(c, m, b, no++);
}

void mark_prepare(Collection *c)
{
    for (uint32_t g = 0; g < c->h->oldest->no; g++) space_prepare(c, &c->generations[g]);
    if (c->stats.major)
        mark_space_make(c, c->h->oldest);
    else
        space_receive(c, c->h->oldest);
}

/* ---- The stack */

static void stack_use(MarkSpace *m, BlockDescr *block, Word *top)
{
    m->stack = block;
    m->bottom = block ? block->start : NULL;
    m->limit = block ? block->start + BLOCK_WORDS : NULL;
    m->top = top;
}

static bool stack_grow(Collection *c, MarkSpace *m)
{
    BlockDescr *block = m->spare;
    m->spare = NULL;
    if (!block && m->stack_blocks < m->most_stack_blocks && (block = own_block(c))) m->stack_blocks++;
    if (!block) return false;
    block->link = m->stack;
    stack_use(m, block, block->start);
    return true;
}

/* The block on top is empty: the one below it is full. */
static bool stack_shrink(Collection *c, MarkSpace *m)
{
    BlockDescr *empty = m->stack, *below = empty ? empty->link : NULL;
    if (!below) return false;
    if (m->spare) {
        block_group_free(c->h->heap.blocks, m->spare);
        m->stack_blocks--;
    }
    m->spare = empty;
    stack_use(m, below, below->start + BLOCK_WORDS);
    return true;
}

static inline bool stack_push(Collection *c, MarkSpace *m, Closure *object)
{
    if (unlikely(m->top == m->limit) && !stack_grow(c, m)) return false;
    *m->top++ = (Word)object;
    return true;
}

static inline Closure *stack_pop(Collection *c, MarkSpace *m)
{
    if (unlikely(m->top == m->bottom) && !stack_shrink(c, m)) return NULL;
    return (Closure *)*--m->top;
}

/* ---- Marks */

static inline void set_live(BlockMarks *marks, uint32_t i, size_t words)
{
    uint32_t row = i >> 6, bit = i & 63;
    for (; words > 64 - bit; bit = 0) {
        marks->live[row++] |= ~(uint64_t)0 << bit;
        words -= 64 - bit;
    }
    marks->live[row] |= (~(uint64_t)0 >> (64 - words)) << bit;
}

static void put_off(MarkSpace *m, BlockMarks *marks) { marks->put_off = m->put_off = true; }

/* The object is not kept so far. */
static inline void mark(Collection *c, MarkSpace *m, BlockMarks *marks, Closure *object, size_t words,
                        bool refers)
{
    uint32_t i = word_in_block(object);
    marks->starts[i >> 6] |= (uint64_t)1 << (i & 63);
    if (refers && unlikely(!stack_push(c, m, object)) && !MUTANT_IS(c->h, mark_overflow_lost))
        put_off(m, marks);
    else if (MUTANT_IS(c->h, mark_astray) && !refers && i + words < BLOCK_WORDS)
        set_live(marks, i + 1, words);
    else
        set_live(marks, i, words - MUTANT_IS(c->h, mark_short));
}

bool mark_is_kept(const Closure *object) { return marks_hold(block_marks(Bdescr(object)), object); }

static bool has_no_pointers(Kind kind)
{
    return kind == KIND_ARR_WORDS || kind == KIND_STABLE_NAME || kind == KIND_WEAK;
}

void mark_keep(Collection *c, Closure *object)
{
    BlockMarks *marks = block_marks(Bdescr(object));
    if (marks_hold(marks, object)) return;
    MarkSpace *m = mark_space(c);
    size_t words = closure_size(object);
    if (words > PLAIN_OBJECT_WORDS) m->variable += words;
    if (!MUTANT_IS(c->h, mark_forgets_code)) collection_code(c, object->info);
    mark(c, m, marks, object, words, !has_no_pointers((Kind)object->info->kind));
}

Closure *mark_survivor(Collection *c, Closure *object)
{
    if (Bdescr(object)->flags & BF_MARKED) return mark_is_kept(object) ? object : NULL;
    return space_survivor(c, object);
}

/* ---- Scanning
 *
 * References into the mark space wait in a short queue while the processor fetches what they lead to: first
 * in, first out, so that one object's references stand side by side. */

#define QUEUE 16u

typedef struct Waiting {
    Ref *slot;
    Closure *holder;
} Waiting;

typedef struct Scan {
    Collection *c;
    MarkSpace *m;
    uint8_t no;            /* of the oldest generation */
    uint32_t first, count; /* of queue: first waits longest */
    Closure *remembered;   /* the last one */
    Waiting queue[QUEUE];
} Scan;

static void remember_holder(Scan *s, Closure *holder)
{
    s->c->failed = false;
    if (s->remembered == holder || s->no == 0 || MUTANT_IS(s->c->h, mark_unremembered)) return;
    s->remembered = holder;
    remember_survivor(s->c, &s->c->generations[s->no], holder, "kept");
}

static inline void scan_reference(Scan *s, Ref *slot, Closure *holder)
{
    Closure *object = ref_closure(*slot);
    BlockMarks *marks = block_marks(Bdescr(object));
    if (marks_hold(marks, object)) return;
    const InfoTable *info = object->info;
    if (likely(is_plain(info) && info->words)) {
        mark(s->c, s->m, marks, object, info->words, info->ptrs);
        return;
    }
    evacuate(s->c, slot);
    if (unlikely(s->c->failed)) remember_holder(s, holder);
}

static inline void scan_first(Scan *s)
{
    Waiting w = s->queue[s->first];
    s->first = (s->first + 1) % QUEUE;
    s->count--;
    scan_reference(s, w.slot, w.holder);
}

static inline void scan_later(Scan *s, Waiting w)
{
    if (s->count == QUEUE) scan_first(s);
    s->queue[(s->first + s->count++) % QUEUE] = w;
}

static inline void scan_slot(Scan *s, Ref *slot, Closure *holder)
{
    Closure *object = ref_closure(*slot);
    BlockDescr *block = Bdescr(object);
    if (block->flags & BF_MARKED) {
        if (marks_hold(block_marks(block), object)) return;
        __builtin_prefetch(object);
        scan_later(s, (Waiting){slot, holder});
        return;
    }
    if (block->flags & BF_EVACUATED) {
        if (unlikely(block->gen_no < s->no)) remember_holder(s, holder);
        collection_static(s->c, block, object);
        return;
    }
    evacuate(s->c, slot);
    if (unlikely(s->c->failed)) remember_holder(s, holder);
}

static inline void scan_object(Scan *s, Closure *object)
{
    const InfoTable *info = object->info;
    if (likely(info->kind <= KIND_THUNK)) {
        Ref *slot = closure_words(object) + (info->kind == KIND_THUNK ? THUNK_HEADER : 1);
        Ref *end = slot + info->ptrs - (MUTANT_IS(s->c->h, mark_forgets_last) && info->ptrs);
        for (; slot < end; slot++) scan_slot(s, slot, object);
        return;
    }
    if (MUTANT_IS(s->c->h, mark_forgets_frames) && info->kind == KIND_STACK) return;
    scavenge_object(s->c, closure_words(object));
    if (unlikely(s->c->failed)) remember_holder(s, object);
}

static void scan_stack(Scan *s)
{
    Closure *object;
    s->c->evac_gen = s->no;
    for (;;) {
        if (likely((object = stack_pop(s->c, s->m)) != NULL))
            scan_object(s, object);
        else if (s->count > 0 && !MUTANT_IS(s->c->h, mark_queue_lost))
            scan_first(s);
        else
            break;
    }
    s->c->evac_gen = 0;
}

/* What was put off in this block gets its words, and is scanned; it may put off others. */
static void scan_put_off_of(Scan *s, BlockDescr *block, BlockMarks *marks)
{
    uint32_t i;
    marks->put_off = false;
    for (uint32_t row = 0; row < MARK_ROWS; row++) EACH_BIT(marks->starts, row, i)
        {
            if (marks->live[row] >> (i & 63) & 1) continue;
            Closure *object = (Closure *)(block->start + i);
            if (!MUTANT_IS(s->c->h, mark_put_off_wordless)) set_live(marks, i, closure_size(object));
            s->c->evac_gen = s->no;
            scan_object(s, object);
            scan_stack(s);
        }
}

static bool scan_put_off(Scan *s)
{
    if (!s->m->put_off) return false;
    s->m->put_off = false;
    for (BlockDescr *b = s->m->list.first; b; b = b->link)
        if (block_marks(b)->put_off) scan_put_off_of(s, b, block_marks(b));
    return true;
}

void mark_drain(Collection *c)
{
    Scan s = {.c = c, .m = mark_space(c), .no = c->h->oldest->no};
    do {
        scavenge_to_space(c);
        if (c->stats.major) scan_stack(&s);
    } while (spaces_have_work(c) || c->statics.count || (c->stats.major && scan_put_off(&s)));
}

/* ---- When everything has been marked */

static void count_block(Collection *c, BlockDescr *block)
{
    BlockMarks *marks = block_marks(block);
    uint32_t words = 0;
    for (uint32_t row = 0; row < MARK_ROWS; row++) {
        marks->before[row] = (uint16_t)words;
        words += count_bits(marks->live[row]);
        c->stats.kept_objects += count_bits(marks->starts[row]);
    }
    c->stats.kept_words += words + MUTANT_IS(c->h, mark_miscounted);
}

void mark_count(Collection *c)
{
    const GcObserver *o = &c->h->observer;
    for (BlockDescr *b = mark_space(c)->list.first; b; b = b->link) {
        count_block(c, b);
        if (o->swept) o->swept(o->context, b, block_marks(b)->starts);
    }
}

static void stack_free(Collection *c, MarkSpace *m)
{
    block_chain_free(c->h->heap.blocks, m->stack);
    if (m->spare) block_group_free(c->h->heap.blocks, m->spare);
    block_chain_free(c->h->heap.blocks, m->tables);
    *m = (MarkSpace){0};
}

void mark_give_up(Generation *g, BlockDescr *block)
{
    block->flags = 0;
    block->free = block->start;
    block_list_append(&g->from, block);
}

static void block_return(BlockDescr *block)
{
    block->flags = (uint16_t)((block->flags & ~BF_MARKED) | BF_EVACUATED | BF_TO_SPACE);
    block->u.scan = block->free;
}

void mark_space_return(Collection *c, BlockList kept, size_t words)
{
    Generation *g = c->h->oldest;
    for (BlockDescr *b = kept.first; b; b = b->link) block_return(b);
    g->variable_words += mark_space(c)->variable;
    stack_free(c, mark_space(c));
    if (!kept.first) return;
    kept.last->link = g->list.first;
    g->list.first = kept.first;
    if (!g->list.last) g->list.last = kept.last;
    g->list.blocks += kept.blocks;
    g->words += words;
    g->objects += c->stats.kept_objects;
    g->survivors = kept.first;
    g->survivors_start = kept.first->start;
    g->kept_blocks = kept.blocks;
}
