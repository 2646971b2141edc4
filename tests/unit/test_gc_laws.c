/* gc/: laws that no check of the heap's state can prove: 77, what a minor collection may write to; 78, for
 * whose sake it promotes at once. */
#include "gc_mutator.h"

#include "gc/heap_state.h"

/* ---- 77: the old generations' words before a minor collection, and after it */

typedef struct Copied {
    const BlockDescr *group;
    Word *words;
    size_t count;
} Copied;

typedef struct Before {
    Copied *groups;
    size_t count, room;
    const Closure **remembered;
    size_t remembered_count, remembered_room;
    size_t compared, changed;
} Before;

static Before before;

static void copy_group(const BlockDescr *group)
{
    if (before.count == before.room) {
        before.room = 2 * before.room + 64;
        before.groups = realloc(before.groups, before.room * sizeof *before.groups);
    }
    size_t words = (size_t)(group->free - group->start);
    Copied copied = {group, malloc(words * WORD_BYTES + 1), words};
    memcpy(copied.words, group->start, words * WORD_BYTES);
    before.groups[before.count++] = copied;
}

static void note_entry(void *context, Closure *entry)
{
    (void)context;
    if (before.remembered_count == before.remembered_room) {
        before.remembered_room = 2 * before.remembered_room + 64;
        before.remembered = realloc(before.remembered, before.remembered_room * sizeof(Closure *));
    }
    before.remembered[before.remembered_count++] = entry;
}

static void remember_before(void *context, const GcStats *so_far)
{
    Mutator *m = context;
    HeapState *h = heap_state(m->heap);
    before.count = before.remembered_count = 0;
    for (uint32_t g = so_far->generation + 1u; g < generation_count(h); g++) {
        remembered_each(&h->generations[g].remembered, note_entry, NULL);
        for (const BlockDescr *b = h->generations[g].list.first; b; b = b->link) copy_group(b);
        for (const BlockDescr *b = h->generations[g].large.first; b; b = b->link) copy_group(b);
    }
    if (before.remembered_count > 0)
        qsort(before.remembered, before.remembered_count, sizeof(Closure *), by_address);
}

static bool was_remembered(const Closure *c)
{
    size_t low = 0, high = before.remembered_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (before.remembered[middle] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < before.remembered_count && before.remembered[low] == c;
}

/* The link of a weak pointer is the heap's, not the object's. */
static bool is_same(const Word *now, const Word *then, size_t words)
{
    if (((const Closure *)now)->info->kind == KIND_WEAK) words = WEAK_LINK;
    return memcmp(now, then, words * WORD_BYTES) == 0;
}

/* What was a filler may have been filled with what has been promoted. */
static void compare_group(const Copied *copied)
{
    const Word *start = copied->group->start, *end = copied->words + copied->count;
    for (const Word *then = copied->words, *next; then < end; then = next) {
        const Closure *c = (const Closure *)(start + (then - copied->words));
        Kind kind = (Kind)((const Closure *)then)->info->kind;
        next = copied->group->flags & BF_LARGE ? end : then + closure_size((const Closure *)then);
        before.compared++;
        if (kind == KIND_FILLER || is_same((const Word *)c, then, (size_t)(next - then))) continue;
        before.changed++;
        cr_assert(was_remembered(c),
                  "%s: a minor collection has written to an old %s, which was not remembered", tested->name,
                  kinds[kind].spoken);
    }
}

static void compare_after(void *context, Heap *heap, const GcStats *stats)
{
    (void)context, (void)heap, (void)stats;
    for (size_t i = 0; i < before.count; i++) {
        compare_group(&before.groups[i]);
        free(before.groups[i].words);
    }
}

COLLECTOR_TEST(laws, minor_collections_77_write_to_remembered_objects_only, GENERATIONAL)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        HeapConfig config;
        heap_config_default(&config);
        config.nursery_bytes = 4096;
        config.minimum_old_bytes = (size_t)64 << 10;
        config.generations = 2 + seed % 2;
        config.collector = tested;
        Mutator *m = mutator_new(&config, seed);
        heap_observe(m->heap,
                     &(GcObserver){.context = m, .gc_begin = remember_before, .gc_end = compare_after});
        before.compared = before.changed = 0;
        mutator_run(m, 6000);
        cr_assert_gt(before.compared, 1000);
        cr_assert_gt(before.changed, 0, "what was remembered is written to");
        mutator_free(m);
    }
}

/* ---- 78 */

static size_t eager_moves;
static void count_eager_moves(void *context, const Closure *from, const Closure *to, size_t words,
                              uint8_t generation, MoveWhy why)
{
    (void)context, (void)from, (void)to, (void)words, (void)generation;
    eager_moves += why == MOVE_EAGER;
}

static void refer_from_old(Mutator *m, bool mutable)
{
    Closure *old = ref_closure(m->roots[0]);
    Word *young = take(m, m->con[0]->words);
    young[0] = (Word)m->con[0];
    young[1] = 4711;
    if (mutable) {
        heap_dirty_mut_var(m->heap, old);
        closure_words(old)[1] = ref_of((Closure *)young);
    } else {
        size_t words = closure_size(old);
        heap_update(m->heap, old, ref_of((Closure *)young), std(m, STD_IND));
        fill_behind(m, old, words);
    }
}

static size_t eager_moves_of(bool mutable)
{
    HeapConfig config;
    heap_config_default(&config);
    config.generations = 3;
    config.collector = tested;
    Mutator *m = mutator_new(&config, 1);
    Word *old = take(m, mutable ? 2 : m->thunk[0]->words);
    memset(old, 0, (mutable ? 2 : m->thunk[0]->words) * WORD_BYTES);
    old[0] = (Word)(mutable ? std(m, STD_MUT_VAR_DIRTY) : m->thunk[0]);
    if (mutable) old[1] = ref_of(m->nil);
    m->roots[0] = (Ref)old;
    for (int i = 0; i < 4; i++) heap_collect(m->heap, true, GC_REASON_REQUESTED);
    heap_observe(m->heap, &(GcObserver){.context = m, .moved = count_eager_moves});
    refer_from_old(m, mutable);
    eager_moves = 0;
    heap_collect(m->heap, false, GC_REASON_REQUESTED);
    mutator_free(m);
    return eager_moves;
}

COLLECTOR_TEST(laws, eager_promotion_78_is_for_immutable_referrers_only, GENERATIONAL)
{
    cr_assert_eq(eager_moves_of(true), 0, "for a mutable variable's sake");
    if (tested == collector_default()) cr_assert_eq(eager_moves_of(false), 1, "for an updated thunk's");
}
