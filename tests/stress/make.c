/* Making objects: words and node together; the info tables and static closures of a world. */
#include <string.h>

#include "world.h"

enum { LARGE = 409 }; /* words from which on an object has blocks of its own */

/* ---- Words */

static Word *take(World *w, size_t words, bool now)
{
    Heap *h = w->heap;
    Word *object = NULL;
    if (now)
        object = heap_alloc_no_gc(h, words);
    else if (words >= LARGE || chance(w, 4) == 0)
        object = heap_alloc(h, words);
    else if (h->hp + words <= h->hp_lim || heap_need(h, words) == HEAP_OK) {
        object = h->hp;
        h->hp += words;
        heap_note_words(h, words);
    }
    if (object)
        w->allocated_words += words;
    else
        w->failures++;
    return object;
}

static Node *node_new(World *w, What what, const InfoTable *info, size_t words)
{
    Node *n = naive_new(&w->naive, what, (uint32_t)words);
    n->headers[0] = n->headers[1] = info;
    n->tag = (uint8_t)info->tag;
    n->is_value = what != WHAT_BLACKHOLE && what != WHAT_QUEUE && what != WHAT_CAF && what != WHAT_TSO &&
                  what != WHAT_STACK && !is_unevaluated(n);
    return n;
}

static Object object_at(World *w, Word *at, What what, const InfoTable *info, size_t words)
{
    if (!at) return (Object){0};
    memset(at, 0, words * sizeof *at);
    at[0] = (Word)info;
    return (Object){at, node_new(w, what, info, words)};
}

Object object_new(World *w, What what, const InfoTable *info, size_t words)
{
    return object_at(w, take(w, words, false), what, info, words);
}

Object object_new_now(World *w, What what, const InfoTable *info, size_t words)
{
    return object_at(w, take(w, words, true), what, info, words);
}

/* What alignment leaves out counts as allocated. */
static Word *take_pinned(World *w, size_t words, size_t align)
{
    Word *object = heap_alloc_pinned(w->heap, words, align);
    if (!object) {
        w->failures++;
        return NULL;
    }
    const BlockDescr *block = Bdescr(object);
    bool current = w->pinned_end && Bdescr(w->pinned_end - 1) == block;
    w->allocated_words += (size_t)(object + words - (current ? w->pinned_end : block->start));
    if (words + align / sizeof *object < LARGE) w->pinned_end = object + words;
    return object;
}

Object object_new_pinned(World *w, What what, const InfoTable *info, size_t words, size_t align)
{
    Object o = object_at(w, take_pinned(w, words, align), what, info, words);
    if (o.w) o.n->pinned = o.w, o.n->group = Bdescr(o.w);
    return o;
}

bool objects_new(World *w, Object *out, uint32_t count, const What *what, const InfoTable *const *infos,
                 const size_t *words)
{
    size_t all = 0;
    for (uint32_t i = 0; i < count; i++) all += words[i];
    Word *at = take(w, all, false);
    if (!at) return false;
    for (uint32_t i = 0; i < count; at += words[i++]) out[i] = object_at(w, at, what[i], infos[i], words[i]);
    return true;
}

void object_pointer(Object *o, uint32_t at, Slot from)
{
    o->w[at] = from.ref;
    naive_edge(o->n, at, from.node);
}

void object_word(Object *o, uint32_t at, Word word)
{
    o->w[at] = word;
    naive_raw(o->n, at, word);
}

/* Any word; often enough one that looks like a reference. */
void object_raw(World *w, Object *o, uint32_t at)
{
    object_word(o, at, chance(w, 4) ? world_random(w) : some_root(w)->ref);
}

void object_to_root(World *w, const Object *o) { *some_root(w) = object_slot(o); }

Object payload_new(World *w, What what, const InfoTable *info, uint32_t first)
{
    Object o = object_new(w, what, info, first + info->ptrs + info->nptrs);
    if (!o.w) return o;
    for (uint32_t i = 0; i < info->ptrs; i++) object_pointer(&o, first + i, *some_root(w));
    for (uint32_t i = 0; i < info->nptrs; i++) object_raw(w, &o, first + info->ptrs + i);
    return o;
}

/* ---- Info tables */

static InfoTable *payload_info(World *w, Kind kind, uint32_t first, uint32_t ptrs, uint32_t nptrs,
                               const char *name)
{
    InfoTable *info = info_new(w->heap->infos, kind);
    info->ptrs = ptrs;
    info->nptrs = nptrs;
    info->words = first + ptrs + nptrs;
    info->name = name;
    return info;
}

static InfoTable *con_info(World *w, uint32_t ptrs, uint32_t nptrs, uint32_t number)
{
    InfoTable *info = payload_info(w, KIND_CON, 1, ptrs, nptrs ? nptrs : ptrs == 0, "con");
    info->con_tag = number;
    info->tag = (uint8_t)(number < 6 ? number + 1 : 7);
    return info;
}

static InfoTable *fun_info(World *w, uint32_t ptrs, uint32_t nptrs, uint32_t arity)
{
    InfoTable *info = payload_info(w, KIND_FUN, 1, ptrs, nptrs ? nptrs : ptrs == 0, "fun");
    info->con_tag = info->arg_words = arity;
    info->tag = (uint8_t)(arity <= 7 ? arity : 0);
    return info;
}

/* Which argument words are pointers: every third one is not. */
bool argument_is_pointer(uint32_t i) { return i % 3 != 1; }

static uint64_t *wide_bits(World *w, uint32_t words)
{
    uint64_t *bits = info_registry_alloc(w->heap->infos, 2 * sizeof *bits);
    bits[0] = bits[1] = 0;
    for (uint32_t i = 0; i < words; i++)
        if (argument_is_pointer(i)) bits[i / 64] |= (uint64_t)1 << i % 64;
    return bits;
}

static void frame_tables_new(World *w)
{
    Tables *t = &w->tables;
    t->case_frame = info_new(w->heap->infos, KIND_CASE_FRAME);
    t->case_frame->ptrs = 3;
    t->case_frame->words = 4;
    t->case_frame->bitmap.inline_bits = 5;
    t->case_frame->name = "case";
    t->wide_frame = info_new(w->heap->infos, KIND_CASE_FRAME);
    t->wide_frame->ptrs = WIDE_ARGS;
    t->wide_frame->words = WIDE_ARGS + 1;
    t->wide_frame->bitmap.large = wide_bits(w, WIDE_ARGS);
    t->wide_frame->name = "wide case";
}

static void function_tables_new(World *w)
{
    Tables *t = &w->tables;
    for (uint32_t i = 0; i < FUN_SHAPES; i++) {
        t->fun[i] = fun_info(w, i % 3, i / 3, 1 + i % 5);
        t->fun[i]->bitmap.inline_bits = wide_bits(w, t->fun[i]->arg_words)[0];
    }
    t->wide_fun = fun_info(w, 1, 1, WIDE_ARGS);
    t->wide_fun->bitmap.large = wide_bits(w, WIDE_ARGS);
}

void tables_new(World *w)
{
    Tables *t = &w->tables;
    for (uint32_t i = 0; i < CON_SHAPES; i++) t->con[i] = con_info(w, i % 7, i / 7, i % 9);
    t->pair = con_info(w, 2, 1, 0);
    t->big_con = con_info(w, 40, 3, 1);
    for (uint32_t i = 0; i < THUNK_SHAPES; i++)
        t->thunk[i] = payload_info(w, KIND_THUNK, 2, i % 5, i / 5, "thunk");
    t->pair_thunk = payload_info(w, KIND_THUNK, 2, 1, 1, "pair thunk");
    t->raise = payload_info(w, KIND_THUNK, 2, 1, 0, "raise");
    for (uint32_t i = 0; i < 2; i++) {
        for (uint32_t k = 0; k < SELECTOR_TABLES; k++) {
            t->selector[i][k] = info_new(w->heap->infos, KIND_THUNK_SELECTOR);
            t->selector[i][k]->con_tag = i;
            t->selector[i][k]->name = "selector";
        }
    }
    t->ticket = con_info(w, 1, 1, 0);
    t->caf = info_new(w->heap->infos, KIND_THUNK_STATIC);
    t->caf->name = "CAF";
    function_tables_new(w);
    frame_tables_new(w);
}

/* ---- Static closures */

static Object static_new(World *w, What what, const InfoTable *info, size_t words)
{
    Object o = object_at(w, heap_alloc_static(w->heap, words), what, info, words);
    if (!o.w) world_fail(w, "there is no memory for static closures");
    o.n->is_static = true;
    return o;
}

void statics_new(World *w)
{
    const Tables *t = &w->tables;
    Object nil = static_new(w, WHAT_CON, t->con[0], 2);
    object_word(&nil, 1, 76);
    w->nil = object_slot(&nil);
    Object pair = static_new(w, WHAT_CON, t->pair, 4);
    pair.n->pair = true;
    object_pointer(&pair, 1, object_slot(&pair));
    object_pointer(&pair, 2, w->nil);
    object_word(&pair, 3, 77);
    w->pair = object_slot(&pair);
    Object function = static_new(w, WHAT_FUN, t->fun[4], 3);
    object_pointer(&function, 1, w->nil);
    object_word(&function, 2, 78);
    w->function = object_slot(&function);
    for (uint32_t i = 0; i < CAFS; i++) {
        Object caf = static_new(w, WHAT_CAF, t->caf, 3);
        w->cafs[i] = object_slot(&caf);
    }
}
