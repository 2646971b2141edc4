/* gc/: hard cases, each a bug that a collector of this design has had or could have. Every case runs under
 * every collector of the table, with one to four generations, with and without ageing and eager promotion, in
 * a nursery of one block, checked at level 3 at every collection. Numbers (#) are those of GHC's bug tracker.
 */
#include "gc/heap_state.h"
#include "gc/stable.h"
#include "gc/weak.h"
#include "gc_mutator.h"

/* ---- Every collector */

typedef void (*Case)(Mutator *m);

static void run_case(const HeapConfig *config, Case run)
{
    Mutator *m = mutator_new(config, 1);
    cr_assert(m);
    run(m);
    cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK);
    cr_assert_eq(heap_check(m->heap, 3, stderr), 0);
    mutator_free(m);
}

static void each_heap(Case run)
{
    for (size_t i = 0; collector_at(i); i++)
        for (uint32_t variant = 0; variant < 12 && collector_is_tested(collector_at(i), COLLECTING);
             variant++) {
            HeapConfig config;
            heap_config_default(&config);
            config.nursery_bytes = 4096;
            config.minimum_old_bytes = (size_t)64 * 1024;
            config.clock = false;
            config.sanity_level = 3;
            config.collector = collector_at(i);
            config.generations = 1 + variant % 4;
            config.ageing = variant < 8;
            config.eager_promotion = variant >= 4;
            run_case(&config, run);
        }
}

#define HARD_CASE(name)                                                                                      \
    static void case_##name(Mutator *m);                                                                     \
    Test(hard_cases, name) { each_heap(case_##name); }                                                       \
    static void case_##name(Mutator *m)

/* ---- Small worlds */

static void minor(Mutator *m) { cr_assert_eq(heap_collect(m->heap, false, GC_REASON_REQUESTED), HEAP_OK); }
static void major(Mutator *m) { cr_assert_eq(heap_collect(m->heap, true, GC_REASON_REQUESTED), HEAP_OK); }

/* What the roots hold comes to the oldest generation. */
static void grow_old(Mutator *m)
{
    for (int i = 0; i < 6; i++) major(m);
}

/* A fresh object of the table, its pointers nil, at root `slot`; its raw word, if it has one, is `raw`. */
static Word *make(Mutator *m, uint32_t slot, const InfoTable *info, uint32_t first, Word raw)
{
    Word *o = take(m, info->words);
    cr_assert(o);
    o[0] = (Word)info;
    if (first == THUNK_HEADER) o[1] = 0;
    for (uint32_t i = 0; i < info->ptrs; i++) o[first + i] = ref_of(m->nil);
    if (info->nptrs) o[first + info->ptrs] = raw;
    m->roots[slot] = ref_of((Closure *)o);
    return o;
}

static Word *make_con(Mutator *m, uint32_t slot, uint32_t pointers, Word raw)
{
    return make(m, slot, m->con[pointers], 1, raw);
}
static Word *make_thunk(Mutator *m, uint32_t slot, uint32_t pointers, Word raw)
{
    return make(m, slot, m->thunk[pointers], THUNK_HEADER, raw);
}

static Word *at(const Mutator *m, uint32_t slot) { return closure_words(ref_closure(m->roots[slot])); }
static Word *behind(Ref r) { return closure_words(ref_closure(r)); }

/* A root is a constructor without pointers that holds the word. */
static void assert_con(const Mutator *m, Ref r, Word raw)
{
    cr_assert_eq((Word)ref_closure(r)->info, (Word)m->con[0]);
    cr_assert_eq(ref_tag(r), 1);
    cr_assert_eq(behind(r)[1], raw);
}

static void write_update(Mutator *m, Closure *c, Ref value)
{
    size_t words = closure_size(c);
    heap_update(m->heap, c, value, std(m, STD_IND));
    fill_behind(m, c, words);
}

static void write_black_hole(Mutator *m, Closure *c)
{
    size_t words = closure_size(c);
    closure_words(c)[IND_TARGET] = m->tso;
    c->info = std(m, STD_BLACKHOLE);
    heap_remember(m->heap, c, "black hole");
    fill_behind(m, c, words);
}

static void push_update_of(Mutator *m, Ref updatee)
{
    make_room(m, 2);
    Word *frame = push(m, 2);
    frame[0] = (Word)std(m, STD_UPDATE_FRAME);
    frame[UPDATE_FRAME_UPDATEE] = updatee;
}

static Word *top_frame(const Mutator *m) { return (Word *)closure_words(current_stack(m))[STACK_SP]; }

static void drop_frame(Mutator *m)
{
    Closure *stack = current_stack(m);
    heap_dirty_stack(m->heap, stack);
    closure_words(stack)[STACK_SP] += frame_size(top_frame(m)) * WORD_BYTES;
}

/* Words that live, all of them reachable; the world itself needs some. */
static size_t live_words(Mutator *m)
{
    major(m);
    return generations_words(heap_state(m->heap));
}

/* ---- Updates */

HARD_CASE(an_old_thunk_updated_with_a_young_value)
{
    make_thunk(m, 0, 2, 1);
    grow_old(m);
    make_con(m, 1, 0, 4711);
    write_update(m, ref_closure(m->roots[0]), m->roots[1]);
    m->roots[1] = ref_of(m->nil);
    minor(m);
    minor(m);
    assert_con(m, resolve(m->roots[0]), 4711);
}

HARD_CASE(an_old_thunk_black_holed_then_updated_between_two_minors)
{
    make_thunk(m, 0, 1, 1);
    grow_old(m);
    push_update_of(m, m->roots[0]);
    write_black_hole(m, ref_closure(m->roots[0]));
    minor(m);
    make_con(m, 1, 0, 17);
    write_update(m, ref_closure(top_frame(m)[UPDATE_FRAME_UPDATEE]), m->roots[1]);
    m->roots[1] = ref_of(m->nil);
    drop_frame(m);
    minor(m);
    assert_con(m, resolve(m->roots[0]), 17);
}

/* The reference in the frame must stay the thing itself when every other reference moves on. */
HARD_CASE(an_update_frame_whose_updatee_has_its_value_already)
{
    make_thunk(m, 0, 1, 1);
    push_update_of(m, m->roots[0]);
    make_con(m, 1, 0, 5);
    write_update(m, ref_closure(m->roots[0]), m->roots[1]);
    grow_old(m);
    const Closure *updatee = ref_closure(top_frame(m)[UPDATE_FRAME_UPDATEE]);
    cr_assert(stands_for_value(updatee));
    assert_con(m, resolve((Word)updatee), 5);
    cr_assert_eq(m->roots[0], m->roots[1], "the root has moved on to the value");
}

HARD_CASE(two_squeezed_update_frames)
{
    make_thunk(m, 0, 1, 1);
    make_thunk(m, 1, 1, 2);
    push_update_of(m, m->roots[0]);
    push_update_of(m, m->roots[1]);
    write_black_hole(m, ref_closure(m->roots[0]));
    write_black_hole(m, ref_closure(m->roots[1]));
    drop_frame(m);
    write_update(m, ref_closure(m->roots[1]), m->roots[0]);
    grow_old(m);
    cr_assert_eq(m->roots[0], m->roots[1], "the younger one stands for the older one's black hole");
    cr_assert_eq(ref_closure(m->roots[0])->info->kind, KIND_BLACKHOLE);
    cr_assert_eq(top_frame(m)[UPDATE_FRAME_UPDATEE], m->roots[0]);
    make_con(m, 2, 0, 99);
    write_update(m, ref_closure(m->roots[0]), m->roots[2]);
    drop_frame(m);
    minor(m);
    assert_con(m, resolve(m->roots[0]), 99);
    assert_con(m, resolve(m->roots[1]), 99);
}

/* No collector may recurse along them. */
HARD_CASE(a_hundred_thousand_indirections_in_a_row)
{
    m->heap->config.sanity_level = 0; /* until the end */
    make_con(m, 0, 0, 3);
    for (int i = 0; i < 100000; i++) {
        Word *ind = take(m, 2);
        ind[0] = (Word)std(m, STD_IND);
        ind[1] = m->roots[0];
        m->roots[0] = (Word)ind;
    }
    major(m);
    assert_con(m, m->roots[0], 3);
}

/* ---- Black holes and large objects */

/* Its frames hold what root `held` refers to. */
static void make_large_ap_stack(Mutator *m, uint32_t slot, uint32_t frames, uint32_t held)
{
    Word *o = take(m, AP_STACK_PAYLOAD + 4 * frames);
    cr_assert(o);
    o[0] = (Word)std(m, STD_AP_STACK);
    o[1] = 0;
    o[AP_STACK_SIZE] = 4 * frames;
    o[AP_STACK_FUN] = ref_of(m->nil);
    for (uint32_t i = 0; i < frames; i++) {
        Word *frame = &o[AP_STACK_PAYLOAD + 4 * i];
        frame[0] = (Word)m->case_frame;
        frame[1] = frame[3] = m->roots[held];
        frame[2] = i;
    }
    m->roots[slot] = (Word)o;
}

HARD_CASE(a_large_suspended_evaluation)
{
    make_con(m, 0, 0, 12);
    make_large_ap_stack(m, 1, 150, 0);
    Word *before = at(m, 1);
    for (int i = 0; i < 4; i++) {
        minor(m);
        for (uint32_t f = 0; f < 150; f++) {
            const Word *frame = &at(m, 1)[AP_STACK_PAYLOAD + 4 * f];
            cr_assert_eq(frame[1], m->roots[0]);
            cr_assert_eq(frame[2], f);
            cr_assert_eq(frame[3], m->roots[0]);
        }
    }
    cr_assert_eq(at(m, 1), before, "large objects do not move");
}

/* An old one that has nothing younger, and then has. */
HARD_CASE(an_old_suspended_evaluation_is_remembered)
{
    make_con(m, 0, 0, 12);
    make_large_ap_stack(m, 1, 3, 0);
    grow_old(m);
    make_con(m, 2, 0, 13);
    write_update(m, ref_closure(m->roots[1]), m->roots[2]);
    m->roots[2] = ref_of(m->nil);
    minor(m);
    minor(m);
    assert_con(m, resolve(m->roots[1]), 13);
}

/* #24791: what a large object held before it became a black hole must not be looked at again. */
HARD_CASE(a_black_hole_in_a_large_object)
{
    size_t world = live_words(m);
    make_con(m, 0, 0, 1);
    make_large_ap_stack(m, 1, 150, 0);
    m->roots[0] = ref_of(m->nil);
    grow_old(m);
    push_update_of(m, m->roots[1]);
    write_black_hole(m, ref_closure(m->roots[1]));
    size_t large = AP_STACK_PAYLOAD + 4 * 150;
    cr_assert_eq(live_words(m), world + large, "its frames keep nothing alive");
    make_con(m, 2, 0, 8);
    write_update(m, ref_closure(m->roots[1]), m->roots[2]);
    drop_frame(m);
    minor(m);
    assert_con(m, resolve(m->roots[1]), 8);
    m->roots[2] = ref_of(m->nil);
    cr_assert_eq(live_words(m), world + 2, "its blocks are given back");
    assert_con(m, m->roots[1], 8);
}

HARD_CASE(an_object_of_several_megablocks)
{
    uint32_t elements = 300000;
    size_t cards = card_table_words(elements);
    Word *o = heap_alloc(m->heap, ARRAY_PAYLOAD + elements + cards);
    cr_assert(o);
    o[0] = (Word)std(m, STD_MUT_ARR_PTRS_DIRTY);
    o[ARRAY_PTRS] = elements;
    o[ARRAY_SIZE] = elements + cards;
    for (uint32_t i = 0; i < elements; i++) o[ARRAY_PAYLOAD + i] = ref_of(m->nil);
    memset(&o[ARRAY_PAYLOAD + elements], 1, cards * WORD_BYTES);
    m->roots[0] = (Word)o;
    major(m);
    for (uint32_t i = 0; i < elements; i += 99999) {
        make_con(m, 1, 0, i);
        at(m, 0)[ARRAY_PAYLOAD + i] = m->roots[1];
        heap_dirty_array(m->heap, ref_closure(m->roots[0]), i);
        m->roots[1] = ref_of(m->nil);
        minor(m);
    }
    for (uint32_t i = 0; i < elements; i += 99999) assert_con(m, at(m, 0)[ARRAY_PAYLOAD + i], i);
}

/* ---- Sizes at their limits */

HARD_CASE(objects_around_the_size_of_a_large_one)
{
    for (uint32_t words = LARGE_OBJECT_WORDS - 3; words <= LARGE_OBJECT_WORDS + 3; words++) {
        Word *o = take(m, words);
        cr_assert(o);
        o[0] = (Word)std(m, STD_ARR_WORDS);
        o[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
        for (uint32_t i = BYTES_PAYLOAD; i < words; i++) o[i] = words * 1000 + i;
        m->roots[words % 8] = (Word)o;
    }
    for (int i = 0; i < 3; i++) minor(m);
    for (uint32_t words = LARGE_OBJECT_WORDS - 3; words <= LARGE_OBJECT_WORDS + 3; words++)
        for (uint32_t i = BYTES_PAYLOAD; i < words; i++) cr_assert_eq(at(m, words % 8)[i], words * 1000 + i);
}

/* A frame and a partial application of exactly as many words as a bitmap's word has bits, and one more. */
HARD_CASE(bitmaps_of_64_and_65_words)
{
    for (uint32_t words = 63; words <= 66; words++) {
        InfoTable *info = info_new(m->heap->infos, KIND_CASE_FRAME);
        uint64_t *bits = info_registry_alloc(m->heap->infos, 2 * sizeof *bits);
        bits[0] = UINT64_C(1) << 62;
        bits[1] = 0;
        bits[(words - 1) / 64] |= UINT64_C(1) << (words - 1) % 64;
        info->ptrs = words;
        info->words = words + 1;
        if (words > 64)
            info->bitmap.large = bits;
        else
            info->bitmap.inline_bits = bits[0];
        make_con(m, 0, 0, words);
        make_room(m, words + 1);
        Word *frame = push(m, words + 1);
        frame[0] = (Word)info;
        for (uint32_t i = 1; i <= words; i++) frame[i] = 12345;
        frame[63] = frame[words] = m->roots[0];
        major(m);
        frame = top_frame(m);
        for (uint32_t i = 1; i <= words; i++)
            cr_assert_eq(frame[i], i == 63 || i == words ? m->roots[0] : 12345, "word %u of %u", i, words);
    }
}

/* No C stack grows with it, and it is whole. */
HARD_CASE(a_list_of_a_hundred_thousand_cells)
{
    m->heap->config.sanity_level = 0; /* until the end */
    m->roots[0] = ref_of(m->nil);
    for (Word i = 0; i < 100000; i++) {
        Word *o = take(m, 3);
        o[0] = (Word)m->con[1];
        o[1] = m->roots[0];
        o[2] = i;
        m->roots[0] = ref_of((Closure *)o);
    }
    major(m);
    Ref r = m->roots[0];
    for (Word i = 100000; i-- > 0; r = behind(r)[1]) cr_assert_eq(behind(r)[2], i);
    cr_assert_eq(r, ref_of(m->nil));
}

/* ---- Remembered sets */

/* Clean again after a minor collection, it needs its barrier again. */
HARD_CASE(a_mutable_variable_is_dirtied_twice)
{
    Word *var = take(m, 2);
    var[0] = (Word)std(m, STD_MUT_VAR_DIRTY);
    var[1] = ref_of(m->nil);
    m->roots[0] = (Word)var;
    grow_old(m);
    for (Word i = 1; i < 6; i++) {
        make_con(m, 1, 0, i);
        heap_dirty_mut_var(m->heap, ref_closure(m->roots[0]));
        at(m, 0)[1] = m->roots[1];
        m->roots[1] = ref_of(m->nil);
        for (Word collections = 0; collections < i; collections++) minor(m);
        assert_con(m, at(m, 0)[1], i);
    }
}

static void make_mutable_array(Mutator *m, uint32_t slot, uint32_t elements)
{
    size_t cards = card_table_words(elements);
    Word *o = take(m, ARRAY_PAYLOAD + elements + cards);
    cr_assert(o);
    o[0] = (Word)std(m, STD_MUT_ARR_PTRS_DIRTY);
    o[ARRAY_PTRS] = elements;
    o[ARRAY_SIZE] = elements + cards;
    for (uint32_t i = 0; i < elements; i++) o[ARRAY_PAYLOAD + i] = ref_of(m->nil);
    memset(&o[ARRAY_PAYLOAD + elements], 1, cards * WORD_BYTES);
    m->roots[slot] = (Word)o;
}

/* #650 and its kin: the last card is not a whole one, and each card stands for itself. */
HARD_CASE(a_large_array_written_at_the_edges_of_its_cards)
{
    static const uint32_t edges[] = {0, 127, 128, 255, 256, 1023, 1024, 1099};
    enum { EDGES = sizeof edges / sizeof *edges };
    make_mutable_array(m, 0, 1100);
    grow_old(m);
    for (int i = 0; i < EDGES; i++) {
        make_con(m, 1, 0, edges[i]);
        at(m, 0)[ARRAY_PAYLOAD + edges[i]] = m->roots[1];
        heap_dirty_array(m->heap, ref_closure(m->roots[0]), edges[i]);
        m->roots[1] = ref_of(m->nil);
        if (i % 3 == 2) minor(m);
    }
    for (int i = 0; i < 3; i++) minor(m);
    for (int i = 0; i < EDGES; i++) assert_con(m, at(m, 0)[ARRAY_PAYLOAD + edges[i]], edges[i]);
}

/* The value has been evacuated to a young generation before the old referrer comes: it cannot be promoted any
 * more, and the referrer has to be remembered. */
HARD_CASE(eager_promotion_that_comes_too_late)
{
    make_thunk(m, 0, 1, 1);
    grow_old(m);
    make_con(m, 2, 0, 31);
    Word *young = make_con(m, 1, 1, 32);
    young[1] = m->roots[2];
    write_update(m, ref_closure(m->roots[0]), m->roots[1]);
    m->roots[1] =
        ref_of(m->nil); /* root 2 still holds the innermost one: it is reached by a young root too */
    minor(m);
    m->roots[2] = ref_of(m->nil);
    for (int i = 0; i < 5; i++) {
        minor(m);
        Ref middle = resolve(m->roots[0]);
        cr_assert_eq(behind(middle)[2], 32);
        assert_con(m, behind(middle)[1], 31);
    }
}

/* A mutable object promotes nothing for its sake: what it holds ages, while the entry stays. */
HARD_CASE(ageing_below_a_remembered_array)
{
    make_mutable_array(m, 0, 4);
    grow_old(m);
    make_con(m, 1, 0, 71);
    Word *outer = make_con(m, 2, 1, 72);
    outer[1] = m->roots[1];
    at(m, 0)[ARRAY_PAYLOAD + 3] = m->roots[2];
    heap_dirty_array(m->heap, ref_closure(m->roots[0]), 3);
    m->roots[1] = m->roots[2] = ref_of(m->nil);
    for (int i = 0; i < 8; i++) {
        minor(m);
        Ref middle = at(m, 0)[ARRAY_PAYLOAD + 3];
        cr_assert_eq(behind(middle)[2], 72);
        assert_con(m, behind(middle)[1], 71);
    }
}

/* A chain through three generations, each link written when the outer one is old. */
HARD_CASE(a_chain_of_old_mutable_variables)
{
    enum { LINKS = 6 };
    m->roots[0] = ref_of(m->nil);
    for (int i = 0; i < LINKS; i++) {
        Word *var = take(m, 2);
        var[0] = (Word)std(m, STD_MUT_VAR_DIRTY);
        var[1] = ref_of(m->nil);
        if (i == 0) {
            m->roots[0] = (Word)var;
        } else {
            Word *last = at(m, 0);
            while (ref_closure(last[1])->info->kind == KIND_MUT_VAR) last = behind(last[1]);
            heap_dirty_mut_var(m->heap, (Closure *)last);
            last[1] = (Word)var;
        }
        minor(m);
        if (i % 2) minor(m);
    }
    int links = 0;
    for (Ref r = m->roots[0]; ref_closure(r)->info->kind == KIND_MUT_VAR; r = behind(r)[1]) links++;
    cr_assert_eq(links, LINKS);
}

/* A large object that only an old remembered one refers to is relinked, and its contents with it. */
HARD_CASE(a_young_large_object_below_an_old_one)
{
    make_mutable_array(m, 0, 500);
    grow_old(m);
    make_con(m, 2, 0, 61);
    make_mutable_array(m, 1, 600);
    at(m, 1)[ARRAY_PAYLOAD + 599] = m->roots[2];
    heap_dirty_array(m->heap, ref_closure(m->roots[1]), 599);
    at(m, 0)[ARRAY_PAYLOAD + 499] = m->roots[1];
    heap_dirty_array(m->heap, ref_closure(m->roots[0]), 499);
    m->roots[1] = m->roots[2] = ref_of(m->nil);
    for (int i = 0; i < 5; i++) {
        minor(m);
        assert_con(m, behind(at(m, 0)[ARRAY_PAYLOAD + 499])[ARRAY_PAYLOAD + 599], 61);
    }
}

/* ---- CAFs */

/* Entered after it has been scavenged for ever: it is a root all the same, and so is what it will hold. */
HARD_CASE(a_caf_entered_between_two_minor_collections)
{
    grow_old(m);
    Closure *caf = m->cafs[0];
    make_room(m, 2);
    Word *hole = heap_alloc_no_gc(m->heap, 2);
    hole[0] = (Word)std(m, STD_CAF_BLACKHOLE);
    hole[IND_TARGET] = m->tso;
    closure_words(caf)[IND_TARGET] = (Word)hole;
    caf->info = std(m, STD_IND_STATIC);
    heap_add_caf(m->heap, caf);
    push_update_of(m, (Word)hole);
    minor(m);
    minor(m);
    Ref updatee = top_frame(m)[UPDATE_FRAME_UPDATEE];
    cr_assert_eq(closure_words(caf)[IND_TARGET], updatee, "the CAF and the frame mean the same black hole");
    make_con(m, 1, 0, 55);
    write_update(m, ref_closure(top_frame(m)[UPDATE_FRAME_UPDATEE]), m->roots[1]);
    m->roots[1] = ref_of(m->nil);
    drop_frame(m);
    for (int i = 0; i < 3; i++) minor(m);
    assert_con(m, resolve(closure_words(caf)[IND_TARGET]), 55);
}

/* ---- Stacks */

/* An old thread whose youngest chunk is new, and an old chunk that is written to when it is the current one
 * again. */
HARD_CASE(old_chunks_below_young_ones)
{
    for (Word i = 0; i < 200; i++) {
        make_con(m, 0, 0, i);
        make_room(m, 4);
        Word *frame = push(m, 4);
        frame[0] = (Word)m->case_frame;
        frame[1] = frame[3] = m->roots[0];
        frame[2] = i;
        if (i % 40 == 0) minor(m);
        if (i == 100) grow_old(m);
    }
    m->roots[0] = ref_of(m->nil);
    for (Word i = 200; i-- > 0;) {
        while (((const InfoTable *)top_frame(m)[0])->kind == KIND_UNDERFLOW_FRAME) {
            Ref older = top_frame(m)[UNDERFLOW_FRAME_NEXT];
            closure_words(ref_closure(m->tso))[TSO_STACK_WORDS] -=
                closure_words(current_stack(m))[STACK_WORDS];
            set_stack(m, older);
        }
        assert_con(m, top_frame(m)[1], i);
        assert_con(m, top_frame(m)[3], i);
        drop_frame(m);
        if (i % 30 == 0) minor(m);
    }
    cr_assert_eq(((const InfoTable *)top_frame(m)[0])->kind, KIND_STOP_FRAME);
}

/* An exception goes through chunk after chunk: each is left while what it held is being updated, and a
 * collection may come at any step. */
HARD_CASE(stack_underflow_while_raising)
{
    enum { FRAMES = 150 };
    m->roots[1] = ref_of(m->nil);
    for (Word i = 0; i < FRAMES; i++) { /* thunks under evaluation, all of them in a list at root 1 */
        make_thunk(m, 0, 1, i);
        make_con(m, 2, 2, i);
        at(m, 2)[1] = m->roots[0];
        at(m, 2)[2] = m->roots[1];
        m->roots[1] = m->roots[2];
        push_update_of(m, m->roots[0]);
        write_black_hole(m, ref_closure(m->roots[0]));
        if (i % 32 == 0) minor(m);
    }
    make_thunk(m, 0, 0, 4711);
    int chunks = 0;
    for (Kind kind; (kind = (Kind)((const InfoTable *)top_frame(m)[0])->kind) != KIND_STOP_FRAME;) {
        const Word *frame = top_frame(m);
        if (kind == KIND_UNDERFLOW_FRAME) {
            closure_words(ref_closure(m->tso))[TSO_STACK_WORDS] -=
                closure_words(current_stack(m))[STACK_WORDS];
            set_stack(m, frame[UNDERFLOW_FRAME_NEXT]);
            minor(m);
            chunks++;
            continue;
        }
        write_update(m, ref_closure(frame[UPDATE_FRAME_UPDATEE]), m->roots[0]);
        drop_frame(m);
        if (m->heap->gc_count % 3 == 0) minor(m);
    }
    cr_assert_geq(chunks, 1);
    grow_old(m);
    Ref list = m->roots[1];
    for (int i = 0; i < FRAMES; i++, list = behind(list)[2])
        cr_assert_eq(resolve(behind(list)[1]), m->roots[0], "thunk %d does not raise", i);
    cr_assert_eq(at(m, 0)[THUNK_HEADER], 4711);
}

/* ---- Pinned objects, weak pointers, stable names */

/* One word of each block lives, and keeps the block; when it has died, all of them are given back. */
HARD_CASE(pinned_fragmentation)
{
    enum { BLOCKS = 30, IN_A_BLOCK = 16 };
    size_t world = live_words(m), words = BLOCK_WORDS / IN_A_BLOCK;
    const Word *places[BLOCKS];
    for (int i = 0; i < BLOCKS * IN_A_BLOCK; i++) {
        Word *o = heap_alloc_pinned(m->heap, words, WORD_BYTES);
        cr_assert(o);
        o[0] = (Word)std(m, STD_ARR_WORDS);
        o[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
        for (size_t k = BYTES_PAYLOAD; k < words; k++) o[k] = (Word)i;
        if (i % IN_A_BLOCK != 7) continue;
        places[i / IN_A_BLOCK] = o;
        m->roots[i / IN_A_BLOCK] = (Ref)o;
    }
    grow_old(m);
    for (int i = 0; i < BLOCKS; i++) {
        cr_assert_eq(at(m, (uint32_t)i), places[i], "it was pinned");
        cr_assert_eq(at(m, (uint32_t)i)[words - 1], (Word)(i * IN_A_BLOCK + 7));
    }
    cr_assert_eq(live_words(m), world + BLOCKS * BLOCK_WORDS, "dead neighbours float");
    for (uint32_t i = 0; i < BLOCKS; i++) m->roots[i] = ref_of(m->nil);
    cr_assert_leq(live_words(m), world + BLOCK_WORDS, "but for the block that is being filled");
}

static size_t weaks_alive(const Mutator *m)
{
    const HeapState *h = heap_state(m->heap);
    size_t count = 0;
    for (uint32_t g = 0; g < generation_count(h); g++) count += h->generations[g].weaks.count;
    return count;
}

/* The value of each is the key of the next one; nothing else leads to either. */
static void make_weak_chain(Mutator *m, uint32_t length)
{
    make_con(m, 0, 0, 0);
    m->roots[1] = m->roots[0];
    for (uint32_t i = 1; i <= length; i++) {
        make_con(m, 2, 0, i);
        Word *o = take(m, kinds[KIND_WEAK].words);
        o[0] = (Word)std(m, STD_WEAK);
        o[WEAK_KEY] = m->roots[1];
        o[WEAK_VALUE] = o[WEAK_FINALIZER] = m->roots[2];
        o[WEAK_C_FINALIZERS] = 0;
        heap_add_weak(m->heap, (Closure *)o);
        m->roots[1] = m->roots[2];
        if (i == 1) m->roots[3] = (Ref)o;
    }
    m->roots[1] = m->roots[2] = ref_of(m->nil);
}

HARD_CASE(a_weak_chain_of_n)
{
    enum { LENGTH = 1000 };
    m->heap->config.sanity_period = 16;
    make_weak_chain(m, LENGTH);
    for (int i = 0; i < 3; i++) minor(m);
    major(m);
    cr_assert_eq(weaks_alive(m), LENGTH, "its first key lives, and so do all");
    cr_assert_eq(heap_finalizers_waiting(m->heap), 0);
    assert_con(m, at(m, 3)[WEAK_VALUE], 1);
    m->roots[0] = ref_of(m->nil);
    major(m);
    major(m);
    cr_assert_eq(weaks_alive(m), 0);
    cr_assert_eq(heap_finalizers_waiting(m->heap), LENGTH);
    cr_assert_not(weak_is_alive(m->heap, ref_closure(m->roots[3])));
    for (Word seen = 0, i = 1; i <= LENGTH; i++) {
        Word raw = behind(heap_take_finalizer(m->heap))[1];
        cr_assert(raw >= 1 && raw <= LENGTH);
        seen += raw;
        if (i == LENGTH) cr_assert_eq(seen, LENGTH * (LENGTH + 1) / 2, "each of them once");
    }
}

/* A thunk has a name, is updated, and its indirection disappears: the value answers to the name. */
HARD_CASE(a_stable_name_across_an_indirection)
{
    make_thunk(m, 0, 1, 1);
    Word *name = take(m, STABLE_NAME_WORDS);
    cr_assert(heap_stable_name_add(m->heap, m->roots[0], name));
    m->roots[3] = (Ref)name;
    Word number = stable_name_number((Closure *)name);
    grow_old(m);
    make_con(m, 1, 0, 9);
    write_update(m, ref_closure(m->roots[0]), m->roots[1]);
    for (int i = 0; i < 4; i++) {
        const Closure *found = heap_stable_name_find(m->heap, m->roots[0]);
        cr_assert_eq(found, ref_closure(m->roots[3]), "after %d collections", i);
        cr_assert_eq(stable_name_number(found), number);
        if (i % 2)
            major(m);
        else
            minor(m);
    }
    cr_assert_eq(m->roots[0], m->roots[1], "no indirection is left");
    cr_assert_eq(heap_stable_name_find(m->heap, m->roots[1]), ref_closure(m->roots[3]));
}

/* ---- Selectors */

/* At root `slot`, from what root `from` refers to. */
static void make_selector(Mutator *m, uint32_t slot, uint32_t from)
{
    Word *o = take(m, 3);
    cr_assert(o);
    o[0] = (Word)m->selector;
    o[1] = 0;
    o[SELECTEE] = m->roots[from];
    m->roots[slot] = (Word)o;
}

/* It has no value: it must stay, and no collector may look for one for ever. */
HARD_CASE(a_thunk_that_is_its_own_selectee)
{
    make_selector(m, 0, 1);
    at(m, 0)[SELECTEE] = m->roots[0];
    for (int i = 0; i < 4; i++) minor(m);
    major(m);
    cr_assert_eq((Word)ref_closure(m->roots[0])->info, (Word)m->selector);
    cr_assert_eq(at(m, 0)[SELECTEE], m->roots[0]);
}

HARD_CASE(a_cycle_of_selectors)
{
    enum { RING = 40 };
    Word *o = take(m, 3 * RING);
    cr_assert(o);
    for (uint32_t i = 0; i < RING; i++) {
        o[3 * i] = (Word)m->selector;
        o[3 * i + 1] = 0;
        o[3 * i + SELECTEE] = (Word)&o[3 * ((i + 1) % RING)];
    }
    m->roots[0] = (Word)o;
    for (int i = 0; i < 4; i++) minor(m);
    major(m);
    Ref r = m->roots[0];
    for (uint32_t i = 0; i < RING; i++, r = behind(r)[SELECTEE])
        cr_assert_eq((Word)ref_closure(r)->info, (Word)m->selector, "selector %u", i);
    cr_assert_eq(r, m->roots[0]);
}

/* let p = (sel p): the selector's value is itself. */
HARD_CASE(a_selector_that_selects_itself_from_a_constructor)
{
    Word *o = take(m, 6);
    cr_assert(o);
    o[0] = (Word)m->selector;
    o[1] = 0;
    o[SELECTEE] = ref_make((Closure *)&o[3], m->con[1]->tag);
    o[3] = (Word)m->con[1];
    o[4] = (Word)o;
    o[5] = 44;
    m->roots[0] = (Word)o;
    for (int i = 0; i < 4; i++) minor(m);
    major(m);
    Closure *c = ref_closure(m->roots[0]);
    cr_assert(c->info == m->selector || c->info->kind == KIND_BLACKHOLE, "nobody can have given it a value");
}

/* Whether it is evaluated or not: never with another value, and never twice. */
HARD_CASE(a_chain_of_selectors_longer_than_any_bound)
{
    enum { CHAIN = 2000 };
    m->roots[0] = ref_of(m->nil);
    make_con(m, 0, 0, 7);
    for (int i = 0; i < CHAIN; i++) {
        Word *o = take(m, 3);
        o[0] = (Word)m->con[1];
        o[1] = m->roots[0];
        o[2] = (Word)i;
        m->roots[0] = ref_of((Closure *)o);
    }
    for (int i = 0; i < CHAIN; i++) make_selector(m, 0, 0);
    m->roots[1] = m->roots[0];
    for (int i = 0; i < 4; i++) minor(m);
    major(m);
    cr_assert_eq(resolve(m->roots[0]), resolve(m->roots[1]));
    Ref r = resolve(m->roots[0]);
    int selectors = 0;
    while (ref_closure(r)->info == m->selector) selectors++, r = resolve(behind(r)[SELECTEE]);
    for (; selectors > 0; selectors--) r = resolve(behind(r)[1]);
    assert_con(m, r, 7);
}
