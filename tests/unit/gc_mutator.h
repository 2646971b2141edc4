/* A hand-made mutator on top of gc/heap.h, and the naive model that knows what its heap must hold.
 *
 * The mutator keeps MUTATOR_ROOTS references and a thread with a stack of real frames, and does random things
 * to them: every kind of object, updates, black holes, writes, frames, CAFs. Beside each object stands a
 * *shadow*: its shape, its pointers as numbers of other shadows, one raw word. mutator_compare walks heap and
 * shadows side by side from the roots and asserts that they are the same graph, sharing included, but for
 * indirections. Of a weak pointer it asserts that it is a tombstone only if its key is dead; after a
 * major collection, exactly if. All randomness comes from one seed. */
#ifndef THUNKSCOPE_TESTS_GC_MUTATOR_H
#define THUNKSCOPE_TESTS_GC_MUTATOR_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "gc/heap.h"
#include "gc/weak.h"
#include "tests/unit/gc_tables.h"

#define MUTATOR_ROOTS 48u
#define MUTATOR_CAFS  4u
#define MAX_FIELDS    3000u
#define SELECTORS_MAX 200u /* that are followed one after the other */

typedef struct Shadow {
    const InfoTable *info;
    uint32_t *fields; /* shadows of the pointers, in the walk's order; a stack's in reverse */
    uint32_t count;
    uint32_t forward; /* updated: the value's shadow; else 0 */
    uint32_t raw_at;  /* offset of the raw word; 0: none */
    Word raw;
    uint32_t alive[2]; /* the last comparison that found it alive: ALIVE_AT_LEAST, ALIVE_AT_MOST */
    uint32_t epoch;    /* of the comparison that saw it at: */
    Closure *seen;
} Shadow;

typedef struct Mutator {
    Heap *heap;
    uint64_t seed;
    bool exhausted; /* an allocation failed: the mutator stops */
    Ref roots[MUTATOR_ROOTS];
    uint32_t ids[MUTATOR_ROOTS];
    Ref tso;
    uint32_t tso_id;
    Closure *cafs[MUTATOR_CAFS];
    uint32_t caf_ids[MUTATOR_CAFS];
    uint32_t *frame_fields; /* pointers of each frame, oldest first */
    size_t frames;
    Shadow *shadows; /* [0] stands for no object */
    uint32_t shadow_count, shadow_room;
    uint32_t *weaks, weak_count; /* shadows of all weak pointers */
    uint32_t epoch;
    uint32_t compare_every, collections; /* compare at every k-th collection */
    uint32_t settled;                    /* roots_settle has been here after so many collections */
    bool after_major; /* nothing has happened since the last collection, and it was major */
    size_t moved_objects, moved_words, relinked_objects;
    size_t kept_objects, kept_words, swept_alive; /* of a generation that is collected in place */
    InfoTable *con[5], *fun, *thunk[5], *selector, *caf, *case_frame;
    Closure *static_fun, *nil;
    uint32_t static_fun_id, nil_id;
} Mutator;

/* ---- Over collectors */

/* The collector under test. Run with --verbose to see which one a failure is of. */
static const GcCollector *tested;

typedef enum TestedCollectors {
    ALL_COLLECTORS,
    COLLECTING,   /* not those that never collect */
    GENERATIONAL, /* those that tell generations apart */
} TestedCollectors;

static inline bool collector_is_tested(const GcCollector *collector, TestedCollectors which)
{
    if (which == ALL_COLLECTORS) return true;
    return which == COLLECTING ? !collector->instead : collector->most_generations > 1;
}

/* Those of the table, then one of a user's own. NULL behind the end. */
static inline const GcCollector *tested_collector(size_t index)
{
    static const GcCollector *loaded;
    static size_t last = SIZE_MAX;
    char error[400];
    const GcCollector *collector = collector_at(index);
    if (collector || (last != SIZE_MAX && index > last)) return collector;
    last = index;
    if (!loaded) loaded = collector_find(THUNKSCOPE_PLUGINS "/collector_depth_first.so", error, sizeof error);
    cr_assert(loaded, "%s", error);
    return loaded;
}

static inline void each_collector(TestedCollectors which, void (*test)(void))
{
    for (size_t i = 0; (tested = tested_collector(i)); i++) {
        if (!collector_is_tested(tested, which)) continue;
        cr_log_info("collector %s", tested->name);
        test();
    }
}

/* A test that runs once with each of these collectors as `tested`. */
#define COLLECTOR_TEST(suite, name, which)                                                                   \
    static void suite##_##name(void);                                                                        \
    Test(suite, name) { each_collector(which, suite##_##name); }                                             \
    static void suite##_##name(void)

/* ---- Chance */

static inline uint32_t chance(Mutator *m, uint32_t below)
{
    m->seed ^= m->seed << 13;
    m->seed ^= m->seed >> 7;
    m->seed ^= m->seed << 17;
    return (uint32_t)((m->seed >> 16) % below);
}

/* ---- Shadows */

static inline uint32_t shadow_new(Mutator *m, const InfoTable *info)
{
    if (m->shadow_count == m->shadow_room) {
        m->shadow_room = m->shadow_room ? 2 * m->shadow_room : 1024;
        m->shadows = realloc(m->shadows, m->shadow_room * sizeof *m->shadows);
    }
    m->shadows[m->shadow_count] = (Shadow){.info = info};
    return m->shadow_count++;
}

static inline void shadow_add(Mutator *m, uint32_t id, uint32_t field)
{
    Shadow *s = &m->shadows[id];
    if ((s->count & (s->count - 1)) == 0)
        s->fields = realloc(s->fields, (s->count ? 2 * s->count : 1) * sizeof *s->fields);
    s->fields[s->count++] = field;
}

static inline void shadow_raw(Mutator *m, uint32_t id, Word *object, uint32_t at)
{
    m->shadows[id].raw_at = at;
    m->shadows[id].raw = object[at] = 0x5eed0000u + id;
}

static inline uint32_t shadow_resolve(const Mutator *m, uint32_t id)
{
    while (m->shadows[id].forward) id = m->shadows[id].forward;
    return id;
}

/* What the collector may have put in the place of a selector: the first field of an evaluated selectee, and
 * so on while that is a selector. A ring, or a selectee that is not evaluated: the selector itself. */
static inline uint32_t shadow_selected(const Mutator *m, uint32_t id, uint32_t depth)
{
    id = shadow_resolve(m, id);
    const Shadow *s = &m->shadows[id];
    if (!s->info || s->info->kind != KIND_THUNK_SELECTOR || depth == SELECTORS_MAX) return id;
    const Shadow *selectee = &m->shadows[shadow_selected(m, s->fields[0], depth + 1)];
    while (selectee->info->kind == KIND_IND_STATIC)
        selectee = &m->shadows[shadow_selected(m, selectee->fields[0], depth + 1)];
    if (selectee->info->kind != KIND_CON || selectee->info->ptrs == 0) return id;
    return shadow_selected(m, selectee->fields[0], depth + 1);
}

/* ---- Objects */

static inline bool stands_for_value(const Closure *c)
{
    if (c->info->kind == KIND_IND) return true;
    if (c->info->kind != KIND_BLACKHOLE) return false;
    Ref owner = ((const Word *)c)[IND_TARGET];
    Kind kind = (Kind)ref_closure(owner)->info->kind;
    return ref_tag(owner) || (kind != KIND_TSO && kind != KIND_BLOCKING_QUEUE);
}

static inline Ref resolve(Ref r)
{
    while (stands_for_value(ref_closure(r))) r = closure_words(ref_closure(r))[IND_TARGET];
    return r;
}

/* The same as shadow_selected, in the heap. */
static inline const Closure *closure_selected(const Mutator *m, Ref r, uint32_t depth)
{
    const Closure *c = ref_closure(resolve(r));
    if (c->info != m->selector || depth == SELECTORS_MAX) return c;
    const Closure *selectee = closure_selected(m, ((const Word *)c)[SELECTEE], depth + 1);
    while (selectee->info->kind == KIND_IND_STATIC)
        selectee = closure_selected(m, selectee->payload[0], depth + 1);
    if (selectee->info->kind != KIND_CON || selectee->info->ptrs == 0) return c;
    return closure_selected(m, selectee->payload[0], depth + 1);
}

/* The shadow of a selector that the collector has replaced becomes its field's. A selector stands in the
 * place of another one if it cannot be evaluated, and that one can. */
static inline uint32_t shadow_at(Mutator *m, Ref r, uint32_t id)
{
    const Closure *c = ref_closure(resolve(r));
    id = shadow_resolve(m, id);
    if (m->shadows[id].info != m->selector) return id;
    if (c->info == m->selector && closure_selected(m, (Ref)c, 0) != c) return id;
    uint32_t value = shadow_selected(m, id, 0);
    if (value == id && c->info == m->selector) return id;
    cr_assert_neq(value, id, "shadow %u: a selector that cannot be evaluated became a %s", id,
                  kinds[c->info->kind].name);
    return m->shadows[id].forward = value;
}

static inline const InfoTable *std(const Mutator *m, StdInfo which)
{
    return info_std(m->heap->infos, which);
}

/* Words for an object, or NULL and m->exhausted. May collect. */
static inline Word *take(Mutator *m, size_t words)
{
    Heap *h = m->heap;
    Word *object = h->hp;
    if (words >= LARGE_OBJECT_WORDS) {
        object = heap_alloc(h, words);
    } else {
        if (object + words > h->hp_lim) object = heap_need(h, words) == HEAP_OK ? h->hp : NULL;
        if (object) h->hp = object + words;
        heap_note_words(h, words);
    }
    if (!object) m->exhausted = true;
    return object;
}

static inline uint32_t any_root(Mutator *m) { return chance(m, MUTATOR_ROOTS); }

static inline void set_root(Mutator *m, uint32_t slot, Word *object, uint32_t id)
{
    m->roots[slot] = ref_of((Closure *)object);
    m->ids[slot] = id;
}

/* Writes any root's reference into the word, and its shadow into the shadow. */
static inline void fill_pointer(Mutator *m, Word *at, uint32_t id)
{
    uint32_t from = any_root(m);
    *at = m->roots[from];
    shadow_add(m, id, m->ids[from]);
}

static inline void new_payload(Mutator *m, const InfoTable *info, uint32_t first)
{
    Word *o = take(m, info->words);
    if (!o) return;
    o[0] = (Word)info;
    uint32_t id = shadow_new(m, info);
    for (uint32_t i = 0; i < info->ptrs; i++) fill_pointer(m, &o[first + i], id);
    shadow_raw(m, id, o, first + info->ptrs);
    set_root(m, any_root(m), o, id);
}

static inline void new_fixed(Mutator *m, const InfoTable *info, uint32_t first, uint32_t pointers,
                             uint32_t raw_at)
{
    Word *o = take(m, info->words);
    if (!o) return;
    memset(o, 0, info->words * WORD_BYTES);
    o[0] = (Word)info;
    uint32_t id = shadow_new(m, info);
    for (uint32_t i = 0; i < pointers; i++) fill_pointer(m, &o[first + i], id);
    if (raw_at) shadow_raw(m, id, o, raw_at);
    set_root(m, any_root(m), o, id);
}

/* Key, value, no finalizers. */
static inline void new_weak(Mutator *m)
{
    Word *o = take(m, kinds[KIND_WEAK].words);
    if (!o) return;
    uint32_t id = shadow_new(m, std(m, STD_WEAK));
    o[0] = (Word)std(m, STD_WEAK);
    fill_pointer(m, &o[WEAK_KEY], id);
    fill_pointer(m, &o[WEAK_VALUE], id);
    o[WEAK_FINALIZER] = o[WEAK_C_FINALIZERS] = 0;
    heap_add_weak(m->heap, (Closure *)o);
    m->weaks = realloc(m->weaks, (m->weak_count + 1) * sizeof *m->weaks);
    m->weaks[m->weak_count++] = id;
    set_root(m, any_root(m), o, id);
}

/* A root that is a function whose arguments are described, or the static one. */
static inline uint32_t function_root(Mutator *m)
{
    for (int tries = 0; tries < 8; tries++) {
        uint32_t slot = any_root(m);
        if (ref_closure(m->roots[slot])->info == m->fun) return slot;
    }
    uint32_t slot = any_root(m);
    m->roots[slot] = ref_of(m->static_fun);
    m->ids[slot] = m->static_fun_id;
    return slot;
}

/* PAP or AP of m->fun: pointer, word, pointer. */
static inline void new_application(Mutator *m, StdInfo which, uint32_t first)
{
    uint32_t words = which == STD_AP ? 3 : 1 + chance(m, 3), slot = function_root(m);
    Word *o = take(m, first + words);
    if (!o) return;
    uint32_t id = shadow_new(m, std(m, which));
    o[0] = (Word)std(m, which);
    if (first == AP_PAYLOAD) o[1] = 0;
    o[first - 2] = pap_counts(which == STD_AP ? 0 : 4 - words, words);
    o[first - 1] = m->roots[slot];
    shadow_add(m, id, m->ids[slot]);
    for (uint32_t i = 0; i < words; i++) {
        if (i == 1)
            shadow_raw(m, id, o, first + i);
        else
            fill_pointer(m, &o[first + i], id);
    }
    set_root(m, any_root(m), o, id);
}

static inline void new_array(Mutator *m, uint32_t elements)
{
    size_t cards = card_table_words(elements);
    Word *o = take(m, ARRAY_PAYLOAD + elements + cards);
    if (!o) return;
    uint32_t id = shadow_new(m, std(m, STD_MUT_ARR_PTRS_DIRTY));
    o[0] = (Word)std(m, chance(m, 4) ? STD_MUT_ARR_PTRS_DIRTY : STD_MUT_ARR_PTRS_FROZEN);
    o[ARRAY_PTRS] = elements;
    o[ARRAY_SIZE] = elements + cards;
    for (uint32_t i = 0; i < elements; i++) fill_pointer(m, &o[ARRAY_PAYLOAD + i], id);
    memset(&o[ARRAY_PAYLOAD + elements], 1, cards * WORD_BYTES);
    set_root(m, any_root(m), o, id);
}

static inline void new_small_array(Mutator *m, uint32_t elements)
{
    Word *o = take(m, SMALL_PAYLOAD + elements);
    if (!o) return;
    uint32_t id = shadow_new(m, std(m, STD_SMALL_MUT_ARR_PTRS_DIRTY));
    o[0] = (Word)std(m, chance(m, 4) ? STD_SMALL_MUT_ARR_PTRS_DIRTY : STD_SMALL_MUT_ARR_PTRS_FROZEN);
    o[SMALL_PTRS] = elements;
    for (uint32_t i = 0; i < elements; i++) fill_pointer(m, &o[SMALL_PAYLOAD + i], id);
    set_root(m, any_root(m), o, id);
}

static inline void new_bytes(Mutator *m, uint32_t bytes)
{
    size_t words = BYTES_PAYLOAD + (bytes + WORD_BYTES - 1) / WORD_BYTES;
    Word *o = take(m, words);
    if (!o) return;
    uint32_t id = shadow_new(m, std(m, STD_ARR_WORDS));
    o[0] = (Word)std(m, STD_ARR_WORDS);
    o[BYTES_COUNT] = bytes;
    memset(&o[BYTES_PAYLOAD], 0xb7, (words - BYTES_PAYLOAD) * WORD_BYTES);
    shadow_raw(m, id, o, (uint32_t)words - 1);
    set_root(m, any_root(m), o, id);
}

/* A case frame (pointer, word, pointer) or an apply frame (word, pointer) at the words; its pointers are any
 * roots'. Returns the words it took. */
static inline size_t write_case_frame(Mutator *m, Word *at, uint32_t field[2])
{
    uint32_t first = any_root(m), second = any_root(m);
    at[0] = (Word)m->case_frame;
    at[1] = m->roots[first];
    at[2] = 12345;
    at[3] = m->roots[second];
    field[0] = m->ids[first];
    field[1] = m->ids[second];
    return 4;
}

static inline size_t write_apply_frame(Mutator *m, Word *at, uint32_t *field)
{
    uint32_t root = any_root(m);
    at[0] = (Word)std(m, STD_APPLY_FRAME);
    at[APPLY_FRAME_SHAPE] = apply_shape(2, 2, 2);
    at[APPLY_FRAME_ARGS] = 54321;
    at[APPLY_FRAME_ARGS + 1] = m->roots[root];
    *field = m->ids[root];
    return 4;
}

static inline void new_ap_stack(Mutator *m)
{
    Word *o = take(m, AP_STACK_PAYLOAD + 8);
    if (!o) return;
    uint32_t id = shadow_new(m, std(m, STD_AP_STACK)), field[3];
    o[0] = (Word)std(m, STD_AP_STACK);
    o[1] = 0;
    o[AP_STACK_SIZE] = 8;
    fill_pointer(m, &o[AP_STACK_FUN], id);
    write_case_frame(m, &o[AP_STACK_PAYLOAD], field);
    write_apply_frame(m, &o[AP_STACK_PAYLOAD + 4], &field[2]);
    for (int i = 0; i < 3; i++) shadow_add(m, id, field[i]);
    set_root(m, any_root(m), o, id);
}

/* ---- Stack */

static inline Closure *current_stack(const Mutator *m)
{
    return ref_closure(closure_words(ref_closure(m->tso))[TSO_STACK]);
}
static inline uint32_t current_stack_id(const Mutator *m) { return m->shadows[m->tso_id].fields[0]; }

/* A chunk without frames. NULL: no memory. Does not collect. */
static inline Word *chunk_new(Mutator *m, size_t words, uint32_t *id)
{
    Word *o = heap_alloc_no_gc(m->heap, words);
    if (!o) return NULL;
    o[0] = (Word)std(m, STD_STACK);
    o[STACK_WORDS] = words - STACK_AREA;
    o[STACK_SP] = (Word)(o + words);
    o[STACK_DIRTY] = 1;
    *id = shadow_new(m, std(m, STD_STACK));
    return o;
}

static inline Word *push(Mutator *m, size_t words)
{
    Closure *stack = current_stack(m);
    heap_dirty_stack(m->heap, stack);
    Word *w = closure_words(stack);
    w[STACK_SP] -= words * WORD_BYTES;
    return (Word *)w[STACK_SP];
}

static inline void pushed(Mutator *m, uint32_t fields)
{
    m->frame_fields = realloc(m->frame_fields, (m->frames + 1) * sizeof *m->frame_fields);
    m->frame_fields[m->frames++] = fields;
}

static inline void set_stack(Mutator *m, Ref stack)
{
    heap_dirty_tso(m->heap, ref_closure(m->tso));
    closure_words(ref_closure(m->tso))[TSO_STACK] = stack;
}

static inline void overflow(Mutator *m)
{
    uint32_t id = 0, old_id = current_stack_id(m);
    Ref old = closure_words(ref_closure(m->tso))[TSO_STACK];
    Word *chunk = chunk_new(m, chance(m, 3) ? 128 : 600, &id);
    if (!chunk) {
        m->exhausted = true;
        return;
    }
    set_stack(m, (Word)chunk);
    closure_words(ref_closure(m->tso))[TSO_STACK_WORDS] += chunk[STACK_WORDS];
    m->shadows[m->tso_id].fields[0] = id;
    Word *frame = push(m, 2);
    frame[0] = (Word)std(m, STD_UNDERFLOW_FRAME);
    frame[UNDERFLOW_FRAME_NEXT] = old;
    shadow_add(m, id, old_id);
    pushed(m, 1);
}

static inline void make_room(Mutator *m, size_t words)
{
    Word *w = closure_words(current_stack(m));
    if ((Word *)w[STACK_SP] - words < &w[STACK_AREA]) overflow(m);
}

static inline void push_plain(Mutator *m)
{
    uint32_t field[2] = {0, 0};
    make_room(m, 4);
    if (m->exhausted) return;
    if (chance(m, 2)) {
        write_case_frame(m, push(m, 4), field);
        shadow_add(m, current_stack_id(m), field[1]);
        shadow_add(m, current_stack_id(m), field[0]);
        pushed(m, 2);
    } else {
        write_apply_frame(m, push(m, 4), field);
        shadow_add(m, current_stack_id(m), field[0]);
        pushed(m, 1);
    }
}

/* ---- Thunks */

static inline bool is_unevaluated(Ref r)
{
    Kind kind = (Kind)ref_closure(r)->info->kind;
    return kinds[kind].flags & IS_THUNK && kind != KIND_THUNK_STATIC;
}

static inline void fill_behind(Mutator *m, Closure *c, size_t words)
{
    if (words > 2) filler_write(m->heap->infos, closure_words(c) + 2, words - 2);
}

/* A root with a value, not itself waiting for anything; its resolved reference. */
static inline uint32_t value_root(Mutator *m)
{
    for (int tries = 0; tries < 50; tries++) {
        uint32_t slot = any_root(m);
        Ref r = resolve(m->roots[slot]);
        if (kinds[ref_closure(r)->info->kind].flags & IS_VALUE) return slot;
    }
    uint32_t slot = any_root(m);
    m->roots[slot] = ref_of(m->nil);
    m->ids[slot] = m->nil_id;
    return slot;
}

/* The update of an object that waits for its value. */
static inline void update(Mutator *m, Closure *c, uint32_t id)
{
    uint32_t value = value_root(m);
    size_t words = closure_size(c);
    const InfoTable *ind = std(m, chance(m, 3) ? STD_IND : STD_BLACKHOLE);
    Ref target = resolve(m->roots[value]);
    heap_update(m->heap, c, target, ref_tag(target) ? ind : std(m, STD_IND));
    fill_behind(m, c, words);
    m->shadows[id].forward = shadow_resolve(m, m->ids[value]);
}

static inline void update_some_thunk(Mutator *m)
{
    uint32_t slot = any_root(m);
    if (is_unevaluated(m->roots[slot])) update(m, ref_closure(m->roots[slot]), m->ids[slot]);
}

static inline void make_black_hole(Mutator *m, Closure *c)
{
    size_t words = closure_size(c);
    closure_words(c)[IND_TARGET] = m->tso;
    c->info = std(m, STD_BLACKHOLE);
    heap_remember(m->heap, c, "black hole");
    fill_behind(m, c, words);
}

static inline void black_hole(Mutator *m, Closure *c, uint32_t id)
{
    make_black_hole(m, c);
    Shadow *s = &m->shadows[id];
    s->info = c->info;
    s->count = s->raw_at = 0;
    shadow_add(m, id, m->tso_id);
}

static inline void push_update(Mutator *m)
{
    uint32_t slot = any_root(m);
    if (!is_unevaluated(m->roots[slot])) return;
    make_room(m, 2);
    if (m->exhausted) return;
    Word *frame = push(m, 2);
    frame[0] = (Word)std(m, STD_UPDATE_FRAME);
    frame[UPDATE_FRAME_UPDATEE] = m->roots[slot];
    shadow_add(m, current_stack_id(m), m->ids[slot]);
    pushed(m, 1);
    if (chance(m, 2)) black_hole(m, ref_closure(m->roots[slot]), m->ids[slot]);
}

static inline bool pause_frame(void *context, Word *frame)
{
    Mutator *m = context;
    if (frame[0] != (Word)std(m, STD_UPDATE_FRAME)) return true;
    frame[0] = (Word)std(m, STD_MARKED_UPDATE_FRAME);
    Closure *c = ref_closure(frame[UPDATE_FRAME_UPDATEE]);
    if (kinds[c->info->kind].flags & IS_THUNK) make_black_hole(m, c);
    return true;
}

static inline void pause_chunk(void *context, Closure *c)
{
    Word *w = closure_words(c);
    if (c->info->kind == KIND_STACK)
        stack_each_frame((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], pause_frame, context);
}

/* Pauses the thread and keeps the promise of holes_have_frames from now on. Shadows are not told: the mutator
 * has run its last. */
static inline void mutator_pause_for_good(Mutator *m)
{
    heap_each_object(m->heap, WALK_ALL, pause_chunk, m);
    m->heap->holes_have_frames = true;
}

static inline void return_to_update(Mutator *m, Ref updatee, uint32_t id)
{
    Closure *c = ref_closure(updatee);
    cr_assert_not(kinds[c->info->kind].flags & IS_VALUE, "an update frame lost its updatee");
    if (stands_for_value(c))
        heap_update(m->heap, c, closure_words(c)[IND_TARGET], c->info);
    else if (!m->shadows[id].forward)
        update(m, c, id);
}

static inline void pop(Mutator *m)
{
    Closure *stack = current_stack(m);
    Word *w = closure_words(stack), *frame = (Word *)w[STACK_SP];
    Kind kind = (Kind)((const InfoTable *)frame[0])->kind;
    if (kind == KIND_STOP_FRAME) return;
    heap_dirty_stack(m->heap, stack);
    uint32_t stack_id = current_stack_id(m);
    uint32_t last = m->shadows[stack_id].fields[m->shadows[stack_id].count - 1];
    m->shadows[stack_id].count -= m->frame_fields[--m->frames];
    w[STACK_SP] += frame_size(frame) * WORD_BYTES;
    if (kind == KIND_UPDATE_FRAME) return_to_update(m, frame[UPDATE_FRAME_UPDATEE], last);
    if (kind != KIND_UNDERFLOW_FRAME) return;
    closure_words(ref_closure(m->tso))[TSO_STACK_WORDS] -= w[STACK_WORDS];
    set_stack(m, frame[UNDERFLOW_FRAME_NEXT]);
    m->shadows[m->tso_id].fields[0] = last;
}

/* ---- Writes */

static inline void write_mutable(Mutator *m)
{
    uint32_t slot = any_root(m), from = any_root(m), id = shadow_resolve(m, m->ids[slot]);
    Closure *c = ref_closure(m->roots[slot]);
    Word *w = closure_words(c);
    uint32_t at = 0;
    if (c->info->kind == KIND_MUT_VAR) {
        heap_dirty_mut_var(m->heap, c);
        w[1] = m->roots[from];
    } else if (c->info->kind == KIND_MVAR) {
        heap_dirty_mvar(m->heap, c);
        w[3] = m->roots[from];
        at = 2;
    } else if (c->info == std(m, STD_MUT_ARR_PTRS_CLEAN) || c->info == std(m, STD_MUT_ARR_PTRS_DIRTY)) {
        at = chance(m, (uint32_t)w[ARRAY_PTRS]);
        w[ARRAY_PAYLOAD + at] = m->roots[from];
        heap_dirty_array(m->heap, c, at);
    } else if (c->info == std(m, STD_SMALL_MUT_ARR_PTRS_CLEAN) ||
               c->info == std(m, STD_SMALL_MUT_ARR_PTRS_DIRTY)) {
        at = chance(m, (uint32_t)w[SMALL_PTRS]);
        w[SMALL_PAYLOAD + at] = m->roots[from];
        heap_dirty_array(m->heap, c, at);
    } else {
        return;
    }
    m->shadows[id].fields[at] = m->ids[from];
}

typedef struct PointerList {
    Ref refs[MAX_FIELDS];
    size_t count;
} PointerList;

static inline void list_pointer(void *context, Ref *slot)
{
    PointerList *l = context;
    cr_assert_lt(l->count, MAX_FIELDS);
    l->refs[l->count++] = *slot;
}

static inline uint32_t nth_field(const Shadow *s, size_t i)
{
    return s->fields[s->info->kind == KIND_STACK ? s->count - 1 - i : i];
}

/* Loads any field of any root into a root. */
static inline void load(Mutator *m)
{
    static PointerList l;
    uint32_t slot = any_root(m);
    Closure *c = ref_closure(resolve(m->roots[slot]));
    const Shadow *s = &m->shadows[shadow_at(m, m->roots[slot], m->ids[slot])];
    l.count = 0;
    if (kinds[c->info->kind].flags & IS_RUNTIME || c->info->kind == KIND_BLACKHOLE) return;
    if (c->info == std(m, STD_DEAD_WEAK)) return;
    closure_each_pointer(c, list_pointer, &l);
    cr_assert_eq(l.count, s->count);
    if (l.count == 0) return;
    size_t i = chance(m, (uint32_t)l.count);
    uint32_t to = any_root(m);
    if (kinds[ref_closure(l.refs[i])->info->kind].flags & IS_RUNTIME) return;
    m->roots[to] = l.refs[i];
    m->ids[to] = shadow_at(m, l.refs[i], nth_field(s, i));
}

static inline void enter_caf(Mutator *m)
{
    uint32_t i = chance(m, MUTATOR_CAFS);
    Closure *caf = m->cafs[i];
    if (caf->info->kind != KIND_THUNK_STATIC) return;
    make_room(m, 2);
    Word *hole = m->exhausted ? NULL : heap_alloc_no_gc(m->heap, 2);
    if (!hole) return;
    uint32_t id = shadow_new(m, std(m, STD_CAF_BLACKHOLE));
    hole[0] = (Word)std(m, STD_CAF_BLACKHOLE);
    hole[IND_TARGET] = m->tso;
    shadow_add(m, id, m->tso_id);
    closure_words(caf)[IND_TARGET] = (Word)hole;
    caf->info = std(m, STD_IND_STATIC);
    m->shadows[m->caf_ids[i]].info = caf->info;
    shadow_add(m, m->caf_ids[i], id);
    heap_add_caf(m->heap, caf);
    Word *frame = push(m, 2);
    frame[0] = (Word)std(m, STD_UPDATE_FRAME);
    frame[UPDATE_FRAME_UPDATEE] = (Word)hole;
    shadow_add(m, current_stack_id(m), id);
    pushed(m, 1);
}

static inline void forget(Mutator *m)
{
    uint32_t slot = any_root(m), from = any_root(m);
    bool caf = chance(m, 8) == 0;
    uint32_t i = chance(m, MUTATOR_CAFS);
    m->roots[slot] = caf ? (Word)m->cafs[i] : m->roots[from];
    m->ids[slot] = caf ? m->caf_ids[i] : m->ids[from];
}

/* ---- One random step */

static inline void allocate_something(Mutator *m)
{
    switch (chance(m, 32)) {
    case 0: new_application(m, STD_PAP, PAP_PAYLOAD); return;
    case 1: new_application(m, STD_AP, AP_PAYLOAD); return;
    case 2: new_ap_stack(m); return;
    case 3: new_fixed(m, m->selector, SELECTEE, 1, 0); return;
    case 4: new_fixed(m, std(m, STD_MUT_VAR_DIRTY), 1, 1, 0); return;
    case 5: new_fixed(m, std(m, STD_MVAR_DIRTY), 1, 3, 0); return;
    case 6: new_weak(m); return;
    case 7: new_fixed(m, std(m, STD_STABLE_NAME), 1, 0, 1); return;
    case 8: new_array(m, 1 + chance(m, 20)); return;
    case 9: new_small_array(m, 1 + chance(m, 10)); return;
    case 10: new_bytes(m, 1 + chance(m, 100)); return;
    case 11:
        if (chance(m, 8) == 0) new_array(m, 450 + chance(m, 400));
        return;
    case 12:
        if (chance(m, 8) == 0) new_bytes(m, 3500 + chance(m, 20000));
        return;
    case 13: new_payload(m, m->fun, 1); return;
    default:
        if (chance(m, 2))
            new_payload(m, m->con[chance(m, 5)], 1);
        else
            new_payload(m, m->thunk[chance(m, 5)], THUNK_HEADER);
    }
}

/* What the last collection has made of selectors. */
static inline void roots_settle(Mutator *m)
{
    if (m->settled == m->heap->gc_count) return;
    m->settled = m->heap->gc_count;
    for (uint32_t i = 0; i < MUTATOR_ROOTS; i++) m->ids[i] = shadow_at(m, m->roots[i], m->ids[i]);
}

static inline void mutator_step(Mutator *m)
{
    m->after_major = false;
    roots_settle(m);
    switch (chance(m, 24)) {
    case 0: update_some_thunk(m); return;
    case 1:
    case 2: push_plain(m); return;
    case 3: push_update(m); return;
    case 4:
    case 5:
    case 6: pop(m); return;
    case 7:
    case 8: write_mutable(m); return;
    case 9:
    case 10: load(m); return;
    case 11: forget(m); return;
    case 12:
        if (chance(m, 50) == 0) enter_caf(m);
        return;
    default: allocate_something(m);
    }
}

/* ---- Comparison */

typedef struct Pair {
    Ref ref;
    uint32_t id;
} Pair;

typedef struct Comparison {
    Mutator *m;
    Pair *pairs;
    size_t count, room;
    Closure **seen;
    size_t seen_count, seen_room;
    uint32_t
        *weaks; /* shadows of weak pointers that were seen; 0: its fields are compared like others' by now */
    size_t weak_count;
} Comparison;

static inline void compare_later(Comparison *k, Ref ref, uint32_t id)
{
    if (k->count == k->room) {
        k->room = k->room ? 2 * k->room : 1024;
        k->pairs = realloc(k->pairs, k->room * sizeof *k->pairs);
    }
    k->pairs[k->count++] = (Pair){ref, id};
}

static inline void compare_saw(Comparison *k, Closure *c)
{
    if (k->seen_count == k->seen_room) {
        k->seen_room = k->seen_room ? 2 * k->seen_room : 1024;
        k->seen = realloc(k->seen, k->seen_room * sizeof *k->seen);
    }
    k->seen[k->seen_count++] = c;
}

static inline void compare_fields(Comparison *k, Closure *c, const Shadow *s, uint32_t id)
{
    static PointerList l;
    l.count = 0;
    closure_each_pointer(c, list_pointer, &l);
    cr_assert_eq(l.count, s->count, "%s, shadow %u: %zu pointers, not %u", kinds[c->info->kind].name, id,
                 l.count, s->count);
    for (size_t i = 0; i < l.count; i++) compare_later(k, l.refs[i], nth_field(s, i));
}

/* ---- What is alive, by the shadows alone: at least, if all selectors whose selectee is evaluated are
 * replaced by the field; at most, if none is */

enum { ALIVE_AT_LEAST, ALIVE_AT_MOST };

typedef struct Alive {
    Mutator *m;
    int bound;
    uint32_t *ids;
    size_t count, room;
} Alive;

static inline bool is_alive(const Mutator *m, uint32_t id, int bound)
{
    return m->shadows[shadow_resolve(m, id)].alive[bound] == m->epoch;
}

/* A selector that is met and replaced counts as alive, as the field that stands for it does; one that nobody
 * meets is dead, whether that field is alive or not. */
static inline void alive_meet(Alive *a, uint32_t id)
{
    id = shadow_resolve(a->m, id);
    if (a->m->shadows[id].alive[a->bound] == a->m->epoch) return;
    a->m->shadows[id].alive[a->bound] = a->m->epoch;
    uint32_t selected = a->bound == ALIVE_AT_LEAST ? shadow_selected(a->m, id, 0) : id;
    if (selected != id) {
        alive_meet(a, selected);
        return;
    }
    if (a->count == a->room) a->ids = realloc(a->ids, (a->room = 2 * a->room + 64) * sizeof *a->ids);
    a->ids[a->count++] = id;
}

static inline void alive_drain(Alive *a)
{
    while (a->count > 0) {
        uint32_t id = a->ids[--a->count];
        const Shadow *s = &a->m->shadows[id];
        for (uint32_t i = 0; i < s->count && s->info->kind != KIND_WEAK; i++) alive_meet(a, s->fields[i]);
    }
}

/* A weak pointer, and what it holds, is alive if its key is, whether anything leads to it or not. */
static inline bool alive_weaks(Alive *a)
{
    bool found = false;
    for (uint32_t i = 0; i < a->m->weak_count; i++) {
        uint32_t id = a->m->weaks[i], value = a->m->shadows[id].fields[1];
        if (!is_alive(a->m, a->m->shadows[id].fields[0], a->bound)) continue;
        found |= !is_alive(a->m, id, a->bound) || !is_alive(a->m, value, a->bound);
        alive_meet(a, id);
        alive_meet(a, value);
    }
    return found;
}

static inline void find_alive(Mutator *m, int bound)
{
    Alive a = {.m = m, .bound = bound};
    for (uint32_t i = 0; i < MUTATOR_ROOTS; i++) alive_meet(&a, m->ids[i]);
    for (uint32_t i = 0; i < MUTATOR_CAFS; i++) alive_meet(&a, m->caf_ids[i]);
    alive_meet(&a, m->tso_id);
    alive_meet(&a, m->nil_id);
    alive_meet(&a, m->static_fun_id);
    do {
        alive_drain(&a);
    } while (alive_weaks(&a));
    free(a.ids);
}

/* A tombstone's key is dead; after a major collection, what is none has one that is alive. */
static inline bool compare_weak(const Comparison *k, const Closure *c, uint32_t id)
{
    uint32_t key = k->m->shadows[id].fields[0];
    bool tombstone = !weak_is_alive(k->m->heap, c);
    cr_assert_not(tombstone && is_alive(k->m, key, ALIVE_AT_LEAST),
                  "shadow %u: a tombstone, but its key is alive", id);
    cr_assert_not(k->m->after_major && !tombstone && !is_alive(k->m, key, ALIVE_AT_MOST),
                  "shadow %u: its key is dead, but it is no tombstone", id);
    return !tombstone;
}

static inline void compare_object(Comparison *k, Closure *c, uint32_t id)
{
    Shadow *s = &k->m->shadows[id];
    if (s->epoch == k->m->epoch) {
        cr_assert_eq(s->seen, c, "shadow %u, a %s, is in two places", id, kinds[c->info->kind].name);
        return;
    }
    s->epoch = k->m->epoch;
    s->seen = c;
    compare_saw(k, c);
    cr_assert_eq(c->info->kind, s->info->kind, "shadow %u: a %s became a %s", id, kinds[s->info->kind].name,
                 kinds[c->info->kind].name);
    if (!(kinds[c->info->kind].flags & IS_MUTABLE)) cr_assert_eq(c->info, s->info);
    if (s->raw_at) cr_assert_eq(closure_words(c)[s->raw_at], s->raw, "shadow %u: its raw word changed", id);
    if (c->info->kind != KIND_WEAK || compare_weak(k, c, id)) compare_fields(k, c, s, id);
}

static inline int by_address(const void *a, const void *b)
{
    Word x = *(const Word *)a, y = *(const Word *)b;
    return x < y ? -1 : x > y;
}

/* Two shadows must not share one object. */
static inline void compare_injective(Comparison *k)
{
    if (k->seen_count == 0) return;
    qsort(k->seen, k->seen_count, sizeof *k->seen, by_address);
    for (size_t i = 1; i < k->seen_count; i++)
        cr_assert_neq(k->seen[i], k->seen[i - 1], "two objects became one");
}

/* Asserts that heap and shadows are the same graph. Returns the objects that are reached. */
static inline size_t mutator_compare(Mutator *m)
{
    Comparison k = {.m = m};
    m->epoch++;
    find_alive(m, ALIVE_AT_LEAST);
    find_alive(m, ALIVE_AT_MOST);
    for (uint32_t i = 0; i < MUTATOR_ROOTS; i++) compare_later(&k, m->roots[i], m->ids[i]);
    for (uint32_t i = 0; i < MUTATOR_CAFS; i++) compare_later(&k, (Word)m->cafs[i], m->caf_ids[i]);
    compare_later(&k, m->tso, m->tso_id);
    while (k.count > 0) {
        Pair p = k.pairs[--k.count];
        Ref r = resolve(p.ref);
        Closure *c = ref_closure(r);
        cr_assert(ref_tag(r) == c->info->tag, "a reference to a %s has tag %u", kinds[c->info->kind].name,
                  (unsigned)ref_tag(r));
        compare_object(&k, c, shadow_at(m, p.ref, p.id));
    }
    compare_injective(&k);
    size_t reached = k.seen_count;
    free(k.pairs);
    free(k.seen);
    return reached;
}

/* ---- World */

static inline void infos_new(Mutator *m)
{
    for (uint32_t i = 0; i < 5; i++) {
        m->con[i] = payload_info(m->heap->infos, KIND_CON, i, 1, (uint8_t)(i + 1));
        m->thunk[i] = payload_info(m->heap->infos, KIND_THUNK, i, 1, 0);
    }
    m->fun = payload_info(m->heap->infos, KIND_FUN, 1, 1, 4);
    m->fun->arg_words = 4;
    m->fun->bitmap.inline_bits = 5;
    m->selector = info_new(m->heap->infos, KIND_THUNK_SELECTOR);
    m->caf = info_new(m->heap->infos, KIND_THUNK_STATIC);
    m->case_frame = info_new(m->heap->infos, KIND_CASE_FRAME);
    m->case_frame->ptrs = 3;
    m->case_frame->words = 4;
    m->case_frame->bitmap.inline_bits = 5;
}

static inline void statics_new(Mutator *m)
{
    Word *nil = heap_alloc_static(m->heap, 2);
    nil[0] = (Word)m->con[0];
    m->nil = (Closure *)nil;
    m->nil_id = shadow_new(m, m->con[0]);
    shadow_raw(m, m->nil_id, nil, 1);
    Word *fun = heap_alloc_static(m->heap, 3);
    fun[0] = (Word)m->fun;
    fun[1] = ref_of(m->nil);
    m->static_fun = (Closure *)fun;
    m->static_fun_id = shadow_new(m, m->fun);
    shadow_add(m, m->static_fun_id, m->nil_id);
    shadow_raw(m, m->static_fun_id, fun, 2);
    for (uint32_t i = 0; i < MUTATOR_CAFS; i++) {
        Word *caf = heap_alloc_static(m->heap, 3);
        caf[0] = (Word)m->caf;
        caf[1] = caf[2] = 0;
        m->cafs[i] = (Closure *)caf;
        m->caf_ids[i] = shadow_new(m, m->caf);
    }
}

static inline void thread_new(Mutator *m)
{
    uint32_t stack_id = 0;
    Word *tso = heap_alloc_no_gc(m->heap, 8), *chunk = chunk_new(m, 128, &stack_id);
    memset(tso, 0, 8 * WORD_BYTES);
    tso[0] = (Word)std(m, STD_TSO);
    tso[TSO_STACK] = (Word)chunk;
    tso[TSO_STACK_WORDS] = chunk[STACK_WORDS];
    tso[TSO_DIRTY] = 1;
    m->tso = (Word)tso;
    m->tso_id = shadow_new(m, std(m, STD_TSO));
    shadow_add(m, m->tso_id, stack_id);
    push(m, 1)[0] = (Word)std(m, STD_STOP_FRAME);
}

static inline void mutator_roots(void *context, SlotVisitor visit, void *visit_context)
{
    Mutator *m = context;
    for (uint32_t i = 0; i < MUTATOR_ROOTS; i++) visit(visit_context, &m->roots[i]);
}

static inline void mutator_thread_root(void *context, SlotVisitor visit, void *visit_context)
{
    visit(visit_context, &((Mutator *)context)->tso);
}

static inline void mutator_moved(void *context, const Closure *from, const Closure *to, size_t words,
                                 uint8_t generation, MoveWhy why)
{
    Mutator *m = context;
    (void)why;
    cr_assert_eq(Bdescr(to)->gen_no, generation);
    cr_assert_eq(closure_size(to), from == to ? closure_size(to) : words);
    if (Bdescr(from)->flags & BF_MARKED) {
        m->kept_objects++;
        m->kept_words += words;
    } else if (from == to) {
        m->relinked_objects++;
    } else {
        m->moved_objects++;
        m->moved_words += words;
        cr_assert_eq((Word)from->info, (Word)to | 1, "the old header is a forwarding address");
    }
}

/* What is said to live of a block will be told to be kept. */
static inline void mutator_swept(void *context, BlockDescr *block, const uint64_t *starts)
{
    Mutator *m = context;
    cr_assert(block->flags & BF_MARKED);
    for (size_t i = 0; i < BLOCK_WORDS; i++) m->swept_alive += starts[i / 64] >> i % 64 & 1;
}

static inline void mutator_gc_end(void *context, Heap *heap, const GcStats *stats)
{
    Mutator *m = context;
    (void)heap;
    cr_assert_eq(m->moved_objects, stats->copied_objects);
    cr_assert_eq(m->moved_words, stats->copied_words);
    cr_assert_eq(m->kept_objects, stats->kept_objects);
    cr_assert_eq(m->kept_words, stats->kept_words);
    cr_assert_eq(m->swept_alive, stats->kept_objects);
    m->moved_objects = m->moved_words = m->relinked_objects = 0;
    m->kept_objects = m->kept_words = m->swept_alive = 0;
    m->after_major = stats->major;
    if (m->compare_every && ++m->collections % m->compare_every == 0) mutator_compare(m);
}

/* A heap of this configuration, ready for random steps. NULL if there is no memory for it. */
static inline Mutator *mutator_new(const HeapConfig *config, uint64_t seed)
{
    Heap *heap = heap_new(config);
    if (!heap) return NULL;
    Mutator *m = calloc(1, sizeof *m);
    m->heap = heap;
    m->seed = seed * 0x9e3779b97f4a7c15u + 1;
    shadow_new(m, NULL);
    infos_new(m);
    statics_new(m);
    for (uint32_t i = 0; i < MUTATOR_ROOTS; i++) set_root(m, i, closure_words(m->nil), m->nil_id);
    thread_new(m);
    heap_add_roots(heap, ROOT_HANDLE, mutator_roots, m);
    heap_add_roots(heap, ROOT_STACK, mutator_thread_root, m);
    heap_observe(heap,
                 &(GcObserver){
                     .context = m, .moved = mutator_moved, .swept = mutator_swept, .gc_end = mutator_gc_end});
    return m;
}

static inline void mutator_run(Mutator *m, size_t steps)
{
    for (size_t i = 0; i < steps && !m->exhausted; i++) mutator_step(m);
}

static inline void mutator_free(Mutator *m)
{
    if (!m) return;
    heap_free(m->heap);
    for (uint32_t i = 0; i < m->shadow_count; i++) free(m->shadows[i].fields);
    free(m->shadows);
    free(m->weaks);
    free(m->frame_fields);
    free(m);
}

#endif
