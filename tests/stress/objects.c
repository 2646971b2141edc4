/* Operations that allocate: one for each kind of object. */
#include <string.h>

#include "operations.h"

static void payload_to_root(World *w, What what, const InfoTable *info, uint32_t first)
{
    Object o = payload_new(w, what, info, first);
    if (o.w) object_to_root(w, &o);
}

void operation_con(World *w) { payload_to_root(w, WHAT_CON, w->tables.con[chance(w, CON_SHAPES)], 1); }
void operation_big_con(World *w) { payload_to_root(w, WHAT_CON, w->tables.big_con, 1); }
void operation_thunk(World *w)
{
    payload_to_root(w, WHAT_THUNK, w->tables.thunk[chance(w, THUNK_SHAPES)], 2);
}

void operation_fun(World *w)
{
    const InfoTable *info = chance(w, 4) ? w->tables.fun[chance(w, FUN_SHAPES)] : w->tables.wide_fun;
    payload_to_root(w, WHAT_FUN, info, 1);
}

/* ---- Pairs, and what selects from them */

static bool is_pair(const Node *n) { return n->pair; }

/* A root that is a pair or will be one; a static pair if there is none. */
static Slot some_pair(World *w)
{
    Slot *slot = any_root(w, is_pair);
    return slot ? *slot : w->pair;
}

void operation_pair(World *w)
{
    Object o = object_new(w, WHAT_CON, w->tables.pair, 4);
    if (!o.w) return;
    o.n->pair = true;
    object_pointer(&o, 1, some_pair(w));
    object_pointer(&o, 2, *some_root(w));
    object_raw(w, &o, 3);
    object_to_root(w, &o);
}

void operation_pair_thunk(World *w)
{
    Object o = payload_new(w, WHAT_THUNK, w->tables.pair_thunk, 2);
    if (!o.w) return;
    o.n->pair = true;
    object_to_root(w, &o);
}

static void select_from(Object *o, uint32_t field, Slot from)
{
    o->n->field = field;
    o->n->pair = field == 0;
    object_pointer(o, 2, from);
}

static bool has_selector_of(const NaiveHeap *h, const InfoTable *table)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->nodes[i]->what == WHAT_SELECTOR && h->nodes[i]->headers[0] == table) return true;
    return false;
}

/* One that no other selector has; NULL: each has one. */
static const InfoTable *selector_table(World *w, uint32_t field)
{
    for (uint32_t i = 0; i < SELECTOR_TABLES; i++) {
        const InfoTable *table = w->tables.selector[field][w->tables.next_selector++ % SELECTOR_TABLES];
        if (!has_selector_of(&w->naive, table)) return table;
    }
    return NULL;
}

void operation_selector(World *w)
{
    uint32_t field = chance(w, 2);
    const InfoTable *table = selector_table(w, field);
    if (!table) return;
    Object o = object_new(w, WHAT_SELECTOR, table, 3);
    if (!o.w) return;
    select_from(&o, field, some_pair(w));
    object_to_root(w, &o);
}

/* One to three selectors that select from each other, the first perhaps through a pair that holds it: none of
 * them has a value. */
void operation_selector_ring(World *w)
{
    const InfoTable *infos[4] = {NULL};
    uint32_t selectors = 1 + chance(w, 3), through_pair = chance(w, 2), count = selectors + through_pair;
    for (uint32_t i = 0; i < selectors; i++)
        if (!(infos[i] = selector_table(w, 0))) return;
    infos[selectors] = w->tables.pair;
    What what[4] = {WHAT_SELECTOR, WHAT_SELECTOR, WHAT_SELECTOR, WHAT_CON};
    size_t words[4] = {3, 3, 3, 4};
    if (through_pair) what[selectors] = WHAT_CON, words[selectors] = 4;
    Object o[4];
    if (!objects_new(w, o, count, what, infos, words)) return;
    for (uint32_t i = 0; i < selectors; i++) select_from(&o[i], 0, object_slot(&o[(i + 1) % count]));
    if (through_pair) {
        o[selectors].n->pair = true;
        object_pointer(&o[selectors], 1, object_slot(&o[0]));
        object_pointer(&o[selectors], 2, *some_root(w));
        object_raw(w, &o[selectors], 3);
    }
    object_to_root(w, &o[chance(w, count)]);
}

/* A constructor and a thunk that refer to each other. */
void operation_knot(World *w)
{
    const InfoTable *infos[2] = {w->tables.con[1], w->tables.thunk[2]};
    Object o[2];
    if (!objects_new(w, o, 2, (What[]){WHAT_CON, WHAT_THUNK}, infos, (size_t[]){2, 4})) return;
    object_pointer(&o[0], 1, object_slot(&o[1]));
    object_pointer(&o[1], 2, object_slot(&o[0]));
    object_pointer(&o[1], 3, *some_root(w));
    object_to_root(w, &o[chance(w, 2)]);
}

/* ---- Applications */

static bool is_function(const Node *n) { return n->what == WHAT_FUN; }
static bool is_wide_function(const Node *n) { return n->what == WHAT_FUN && n->tag == 0; }

static uint32_t arity_of(const World *w, Slot function)
{
    return header_of(function.ref) == w->tables.wide_fun ? (uint32_t)WIDE_ARGS : (uint32_t)function.node->tag;
}

/* The function may have moved when the object has been allocated: it is looked up again. */
static void new_application(World *w, What what, StdInfo info, uint32_t first)
{
    Slot *chosen = any_root(w, chance(w, 3) ? is_function : is_wide_function);
    Slot *function = chosen ? chosen : &w->function;
    uint32_t arity = arity_of(w, *function), n_args = what == WHAT_AP ? arity : chance(w, arity);
    if (n_args == 0) return;
    Object o = object_new(w, what, std(w, info), first + n_args);
    if (!o.w) return;
    object_word(&o, first - 2, (what == WHAT_AP ? 0 : arity - n_args) | (Word)n_args << 32);
    object_pointer(&o, first - 1, *function);
    for (uint32_t i = 0; i < n_args; i++)
        if (argument_is_pointer(i))
            object_pointer(&o, first + i, *some_root(w));
        else
            object_raw(w, &o, first + i);
    object_to_root(w, &o);
}

void operation_pap(World *w) { new_application(w, WHAT_PAP, STD_PAP, 3); }
void operation_ap(World *w) { new_application(w, WHAT_AP, STD_AP, 4); }

static void new_ap_stack(World *w, uint32_t frames)
{
    Object o = object_new(w, WHAT_AP_STACK, std(w, STD_AP_STACK), 4 + 4 * frames);
    if (!o.w) return;
    object_word(&o, 2, 4 * frames);
    object_pointer(&o, 3, *some_root(w));
    o.n->sp = 4 + 4 * frames;
    for (uint32_t i = 0; i < frames; i++) frame_write(w, o.w, o.n, chance(w, 2) ? FRAME_CASE : FRAME_APPLY);
    object_to_root(w, &o);
}

void operation_ap_stack(World *w) { new_ap_stack(w, 1 + chance(w, 8)); }
void operation_large_ap_stack(World *w) { new_ap_stack(w, 102 + chance(w, 60)); }

/* ---- Mutable objects */

static Object mutable_new(World *w, What what, StdInfo clean, StdInfo dirty, size_t words)
{
    Object o = object_new(w, what, std(w, dirty), words);
    if (o.w) o.n->headers[1] = std(w, clean);
    return o;
}

void operation_mut_var(World *w)
{
    Object o = mutable_new(w, WHAT_MUT_VAR, STD_MUT_VAR_CLEAN, STD_MUT_VAR_DIRTY, 2);
    if (!o.w) return;
    object_pointer(&o, 1, *some_root(w));
    object_to_root(w, &o);
}

/* Nobody waits there: its queue is empty. */
void operation_mvar(World *w)
{
    Object o = mutable_new(w, WHAT_MVAR, STD_MVAR_CLEAN, STD_MVAR_DIRTY, 4);
    if (!o.w) return;
    naive_edge(o.n, 1, NULL);
    naive_edge(o.n, 2, NULL);
    object_pointer(&o, 3, *some_root(w));
    object_to_root(w, &o);
}

/* Elements, then a card of 128 of them to a byte. */
static void new_array(World *w, uint32_t elements)
{
    uint32_t cards = (elements + 127) / 128, card_words = (cards + 7) / 8;
    Object o =
        mutable_new(w, WHAT_ARRAY, STD_MUT_ARR_PTRS_CLEAN, STD_MUT_ARR_PTRS_DIRTY, 3 + elements + card_words);
    if (!o.w) return;
    object_word(&o, 1, elements);
    object_word(&o, 2, elements + card_words);
    for (uint32_t i = 0; i < elements; i++) object_pointer(&o, 3 + i, *some_root(w));
    memset(&o.w[3 + elements], 1, cards);
    object_to_root(w, &o);
}

void operation_array(World *w) { new_array(w, chance(w, 8) ? 1 + chance(w, 20) : 100 + chance(w, 280)); }
void operation_large_array(World *w) { new_array(w, 450 + chance(w, 700)); }

void operation_small_array(World *w)
{
    uint32_t elements = 1 + chance(w, 12);
    Object o =
        mutable_new(w, WHAT_SMALL, STD_SMALL_MUT_ARR_PTRS_CLEAN, STD_SMALL_MUT_ARR_PTRS_DIRTY, 2 + elements);
    if (!o.w) return;
    object_word(&o, 1, elements);
    for (uint32_t i = 0; i < elements; i++) object_pointer(&o, 2 + i, *some_root(w));
    object_to_root(w, &o);
}

/* ---- Objects without pointers */

static void bytes_to_root(World *w, Object o, uint32_t bytes)
{
    if (!o.w) return;
    object_word(&o, 1, bytes);
    bytes_fill(w, (Slot){(Word)o.w, o.n});
    object_to_root(w, &o);
}

static void new_bytes(World *w, uint32_t bytes)
{
    bytes_to_root(w, object_new(w, WHAT_BYTES, std(w, STD_ARR_WORDS), 2 + (bytes + 7) / 8), bytes);
}

static void new_pinned(World *w, uint32_t bytes, uint32_t align)
{
    Object o = object_new_pinned(w, WHAT_BYTES, std(w, STD_ARR_WORDS), 2 + (bytes + 7) / 8, align);
    if (o.w && (Word)(o.w + 2) % align) world_fail(w, "a pinned byte array is not aligned to %u", align);
    bytes_to_root(w, o, bytes);
}

void operation_pinned(World *w) { new_pinned(w, 1 + chance(w, 300), 8u << chance(w, 8)); }
void operation_large_pinned(World *w) { new_pinned(w, 2600 + chance(w, 9000), 8u << chance(w, 8)); }
void operation_bytes(World *w) { new_bytes(w, 1 + chance(w, 200)); }
void operation_large_bytes(World *w) { new_bytes(w, 3500 + chance(w, 20000)); }
