/* Arrays of references: Array# with a card table, SmallArray# without. Both have their count in word 1, so
 * that one function serves both; the header says which it is.
 *
 * Barriers: a write marks header and card; freezing and thawing are the heap's (gc/heap.h). Fresh arrays are
 * young, or large and young: their cards are clean.
 *
 * Follows: GHC, rts/PrimOps.cmm. */
#include <string.h>

#include "eval/prim_private.h"

#define ARRAY_MOST ((Word)1 << 58) /* elements: their bytes are a number still */

static bool is_small(const Closure *c) { return c->info->kind == KIND_SMALL_MUT_ARR_PTRS; }
static Word array_count(const Closure *c) { return ((const Word *)c)[ARRAY_PTRS]; }
static Ref *array_elements(Closure *c)
{
    return closure_words(c) + (is_small(c) ? SMALL_PAYLOAD : ARRAY_PAYLOAD);
}

void prim_need_range(const Machine *m, const PrimCall *call, Word offset, Word count, Word size)
{
    if (m->checked && (offset > size || count > size - offset))
        panic("%s: %lld from %lld on, but there are %llu", primops[call->id].name, (long long)count,
              (long long)offset, (unsigned long long)size);
}

/* ---- Making */

/* Header and an empty card table; the elements are the caller's. NULL: no memory. */
static Closure *array_make(Machine *m, bool small, Word count)
{
    if (count > ARRAY_MOST) return NULL;
    Word cards = small ? 0 : card_table_words(count);
    Word *w = machine_alloc(m, (small ? SMALL_PAYLOAD : ARRAY_PAYLOAD) + count + cards);
    if (!w) return NULL;
    w[0] = (Word)info_std(m->infos, small ? STD_SMALL_MUT_ARR_PTRS_DIRTY : STD_MUT_ARR_PTRS_DIRTY);
    w[ARRAY_PTRS] = count;
    if (!small) {
        w[ARRAY_SIZE] = count + cards;
        memset(&w[ARRAY_PAYLOAD + count], 0, cards * sizeof(Word));
    }
    return (Closure *)w;
}

static void array_made(Machine *m, const PrimCall *call, Closure *array)
{
    machine_allocated(m, closure_words(array), closure_words(array) + closure_size(array));
    prim_result(m, call, 0, (Word)array);
}

bool prim_new_array(Machine *m, const PrimCall *call)
{
    Word count = prim_arg(m, call, 0);
    Closure *array = array_make(m, call->id == PRIM_NewSmallArray, count);
    if (!array) return false;
    Ref value = prim_arg(m, call, 1), *elements = array_elements(array);
    for (Word i = 0; i < count; i++) elements[i] = value;
    array_made(m, call, array);
    return true;
}

bool prim_new_array_array(Machine *m, const PrimCall *call)
{
    Word count = prim_arg(m, call, 0);
    Closure *array = array_make(m, false, count);
    if (!array) return false;
    for (Word i = 0; i < count; i++) array_elements(array)[i] = (Ref)array;
    array_made(m, call, array);
    return true;
}

/* A new array of a part of another one. */
static Closure *array_clone(Machine *m, const PrimCall *call)
{
    Word offset = prim_arg(m, call, 1), count = prim_arg(m, call, 2);
    prim_need_range(m, call, offset, count, array_count(prim_object(m, call, 0)));
    Closure *array = array_make(m, is_small(prim_object(m, call, 0)), count);
    if (!array) return NULL;
    memcpy(array_elements(array), array_elements(prim_object(m, call, 0)) + offset, count * sizeof(Word));
    return array;
}

bool prim_clone_mutable(Machine *m, const PrimCall *call)
{
    Closure *array = array_clone(m, call);
    if (array) array_made(m, call, array);
    return array;
}

bool prim_clone_frozen(Machine *m, const PrimCall *call)
{
    Closure *array = array_clone(m, call);
    if (!array) return false;
    array->info =
        info_std(m->infos, is_small(array) ? STD_SMALL_MUT_ARR_PTRS_FROZEN : STD_MUT_ARR_PTRS_FROZEN);
    array_made(m, call, array);
    return true;
}

/* ---- Changing */

static void tell_element(Machine *m, Closure *array, Word index, Ref value)
{
    const Ref *slot = &array_elements(array)[index];
    if (m->careful && m->observer.wrote)
        m->observer.wrote(m->observer.context, array, (uint32_t)(slot - closure_words(array)), *slot, value);
}

void prim_write_element(Machine *m, Closure *array, Word index, Ref value)
{
    tell_element(m, array, index, value);
    array_elements(array)[index] = value;
    heap_dirty_array(m->heap, array, index);
}

bool prim_copy_elements(Machine *m, const PrimCall *call)
{
    Closure *from = prim_object(m, call, 0), *to = prim_object(m, call, 2);
    Word from_at = prim_arg(m, call, 1), to_at = prim_arg(m, call, 3), count = prim_arg(m, call, 4);
    prim_need_range(m, call, from_at, count, array_count(from));
    prim_need_range(m, call, to_at, count, array_count(to));
    const Ref *source = array_elements(from) + from_at;
    for (Word i = 0; m->careful && i < count; i++) tell_element(m, to, to_at + i, source[i]);
    memmove(array_elements(to) + to_at, source, count * sizeof(Word));
    heap_dirty_elements(m->heap, to, to_at, count);
    return true;
}

bool prim_cas_element(Machine *m, const PrimCall *call)
{
    Closure *array = prim_object(m, call, 0);
    Word index = prim_arg(m, call, 1), expected = prim_arg(m, call, 2), value = prim_arg(m, call, 3);
    prim_need_range(m, call, index, 1, array_count(array));
    Ref found = array_elements(array)[index];
    bool same = ref_closure(found) == ref_closure(expected);
    if (same) prim_write_element(m, array, index, value);
    prim_result(m, call, 0, !same);
    prim_result(m, call, 1, same ? value : found);
    return true;
}

bool prim_freeze_in_place(Machine *m, const PrimCall *call)
{
    heap_freeze_array(m->heap, prim_object(m, call, 0));
    prim_result(m, call, 0, prim_arg(m, call, 0));
    return true;
}

bool prim_thaw_in_place(Machine *m, const PrimCall *call)
{
    heap_thaw_array(m->heap, prim_object(m, call, 0));
    prim_result(m, call, 0, prim_arg(m, call, 0));
    return true;
}

bool prim_shrink_array(Machine *m, const PrimCall *call)
{
    Closure *array = prim_object(m, call, 0);
    Word count = prim_arg(m, call, 1);
    prim_need_range(m, call, 0, count, array_count(array));
    size_t old_words = closure_size(array);
    closure_words(array)[SMALL_PTRS] = count;
    machine_shrunk(m, array, old_words);
    return true;
}
