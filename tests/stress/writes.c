/* Operations that write to mutable objects, and those that move references among the roots. */
#include <stdlib.h>
#include <string.h>

#include "operations.h"

enum { LARGE = 409 };

static bool forgets(const World *w, Barrier which) { return w->config.forget == which; }

static bool is_mut_var(const Node *n) { return n->what == WHAT_MUT_VAR; }
static bool is_mvar(const Node *n) { return n->what == WHAT_MVAR; }
static bool is_array(const Node *n) { return n->what == WHAT_ARRAY; }
static bool is_small_array(const Node *n) { return n->what == WHAT_SMALL; }
static bool is_bytes(const Node *n) { return n->what == WHAT_BYTES; }

/* Writes any root's reference into edge `edge` of the object. */
static void write_edge(World *w, const Slot *slot, uint32_t edge)
{
    const Slot *from = some_root(w);
    Edge *e = &slot->node->edges[edge];
    words_of(slot->ref)[e->at] = from->ref;
    e->to = from->node;
}

void operation_write_mut_var(World *w)
{
    const Slot *slot = any_root(w, is_mut_var);
    if (!slot) return;
    if (!forgets(w, BARRIER_mut_var)) heap_dirty_mut_var(w->heap, ref_closure(slot->ref));
    write_edge(w, slot, 0);
}

void operation_write_mvar(World *w)
{
    const Slot *slot = any_root(w, is_mvar);
    if (!slot) return;
    if (!forgets(w, BARRIER_mvar)) heap_dirty_mvar(w->heap, ref_closure(slot->ref));
    write_edge(w, slot, 2);
}

/* An array that is written to is not frozen any more. */
static void be_mutable(const World *w, Node *n)
{
    bool small = n->what == WHAT_SMALL;
    n->headers[0] = std(w, small ? STD_SMALL_MUT_ARR_PTRS_DIRTY : STD_MUT_ARR_PTRS_DIRTY);
    n->headers[1] = std(w, small ? STD_SMALL_MUT_ARR_PTRS_CLEAN : STD_MUT_ARR_PTRS_CLEAN);
}

static void be_frozen(const World *w, Node *n)
{
    bool small = n->what == WHAT_SMALL;
    n->headers[0] = std(w, small ? STD_SMALL_MUT_ARR_PTRS_FROZEN_DIRTY : STD_MUT_ARR_PTRS_FROZEN_DIRTY);
    n->headers[1] = std(w, small ? STD_SMALL_MUT_ARR_PTRS_FROZEN : STD_MUT_ARR_PTRS_FROZEN);
}

/* Who forgets the card marks the array all the same. */
static void note_written(World *w, const Slot *slot, uint32_t first, uint32_t count)
{
    if (forgets(w, BARRIER_card))
        words_of(slot->ref)[0] = (Word)slot->node->headers[0];
    else if (count == 1)
        heap_dirty_array(w->heap, ref_closure(slot->ref), first);
    else
        heap_dirty_elements(w->heap, ref_closure(slot->ref), first, count);
}

static void write_element(World *w, const Slot *slot)
{
    uint32_t index = chance(w, slot->node->edge_count);
    write_edge(w, slot, index);
    be_mutable(w, slot->node);
    note_written(w, slot, index, 1);
}

void operation_write_array(World *w)
{
    const Slot *slot = any_root(w, is_array);
    for (uint32_t writes = slot ? 1 + chance(w, 4) : 0; writes > 0; writes--) write_element(w, slot);
}

void operation_write_small_array(World *w)
{
    const Slot *slot = any_root(w, is_small_array);
    if (slot) write_element(w, slot);
}

static bool is_any_array(const Node *n) { return is_array(n) || is_small_array(n); }

void operation_freeze(World *w)
{
    const Slot *slot = any_root(w, is_any_array);
    if (!slot) return;
    heap_freeze_array(w->heap, ref_closure(slot->ref));
    be_frozen(w, slot->node);
}

void operation_thaw(World *w)
{
    const Slot *slot = any_root(w, is_any_array);
    if (!slot) return;
    heap_thaw_array(w->heap, ref_closure(slot->ref));
    be_mutable(w, slot->node);
}

/* Neighbouring elements of one array, or of two of the same sort. */
void operation_copy_elements(World *w)
{
    const Slot *to = any_root(w, is_any_array), *from = any_root(w, is_any_array);
    if (!to || from->node->what != to->node->what) return;
    Node *n = to->node;
    uint32_t most = n->edge_count < from->node->edge_count ? n->edge_count : from->node->edge_count;
    uint32_t count = 1 + chance(w, most), first = chance(w, n->edge_count - count + 1);
    const Edge *source = &from->node->edges[chance(w, from->node->edge_count - count + 1)];
    memmove(words_of(to->ref) + n->edges[first].at, words_of(from->ref) + source->at, count * sizeof(Word));
    Node **moved = malloc(count * sizeof *moved);
    if (!moved) abort();
    for (uint32_t i = 0; i < count; i++) moved[i] = source[i].to;
    for (uint32_t i = 0; i < count; i++) n->edges[first + i].to = moved[i];
    free(moved);
    be_mutable(w, n);
    note_written(w, to, first, count);
}

/* ---- Smaller */

static void note_shrunk(World *w, const Slot *slot, uint32_t old_words, uint32_t words)
{
    slot->node->raws[0].word = words_of(slot->ref)[1];
    heap_shrunk(w->heap, ref_closure(slot->ref), old_words);
    if (slot->node->words < LARGE) slot->node->words = words;
}

static bool can_shrink(const Node *n) { return is_bytes(n) || (is_small_array(n) && n->edge_count > 1); }

void operation_shrink(World *w)
{
    const Slot *slot = any_root(w, can_shrink);
    if (!slot) return;
    Node *n = slot->node;
    uint32_t items = (uint32_t)words_of(slot->ref)[1], left = 1 + chance(w, items);
    words_of(slot->ref)[1] = left;
    if (n->what == WHAT_SMALL) {
        n->edge_count = left;
        note_shrunk(w, slot, 2 + items, 2 + left);
    } else {
        n->bulk_end = 2 + (left + 7) / 8;
        note_shrunk(w, slot, 2 + (items + 7) / 8, n->bulk_end);
    }
}

/* ---- Bytes */

void bytes_fill(World *w, Slot bytes)
{
    Node *n = bytes.node;
    n->bulk_seed = world_random(w);
    n->bulk_from = 2;
    n->bulk_end = 2 + (uint32_t)(n->raws[0].word + 7) / 8;
    for (uint32_t at = n->bulk_from; at < n->bulk_end; at++) words_of(bytes.ref)[at] = naive_bulk_word(n, at);
}

void operation_write_bytes(World *w)
{
    const Slot *slot = any_root(w, is_bytes);
    if (slot) bytes_fill(w, *slot);
}

/* What a thread links to and waits for: nothing, a thread, any object. */
void operation_write_thread(World *w)
{
    const Slot *thread = &w->threads[chance(w, THREADS)], *other = &w->threads[chance(w, THREADS)];
    const Slot *from = chance(w, 2) ? some_root(w) : NULL;
    uint32_t edge = 1 + chance(w, 2);
    if (edge == 1 && from) from = other;
    if (!forgets(w, BARRIER_thread)) heap_dirty_tso(w->heap, ref_closure(thread->ref));
    words_of(thread->ref)[1 + edge] = from ? from->ref : 0;
    thread->node->edges[edge].to = from ? from->node : NULL;
}

void operation_mask(World *w)
{
    const Slot *thread = &w->threads[chance(w, THREADS)];
    words_of(thread->ref)[5] = thread->node->raws[2].word = chance(w, 3);
}

/* ---- Roots */

static bool has_fields(const Node *n)
{
    bool whole = n->what != WHAT_BLACKHOLE && n->what != WHAT_AP_STACK && n->what != WHAT_CAF;
    return n->edge_count > 0 && whole && n->what < WHAT_TSO;
}

static bool is_of_the_program(const Node *n)
{
    return n->what != WHAT_TSO && n->what != WHAT_STACK && n->what != WHAT_QUEUE;
}

/* Any field of any root becomes a root. */
void operation_load(World *w)
{
    const Slot *slot = any_root(w, has_fields);
    if (!slot) return;
    const Edge *e = &slot->node->edges[chance(w, slot->node->edge_count)];
    if (e->to && is_of_the_program(naive_resolve(e->to)))
        *some_root(w) = (Slot){words_of(slot->ref)[e->at], e->to};
}

void operation_copy(World *w)
{
    Slot *to = some_root(w);
    *to = *some_root(w);
}

void operation_forget(World *w) { *some_root(w) = w->nil; }

void operation_load_caf(World *w) { *some_root(w) = w->cafs[chance(w, CAFS)]; }

/* Most of what lives dies. */
void operation_drop(World *w)
{
    for (uint32_t i = 0; i < ROOTS; i++)
        if (chance(w, 8)) w->roots[i] = w->nil;
    weaks_drop(w);
    for (uint32_t i = 0; i < THREADS; i++)
        if (chance(w, 2)) thread_new(w, i);
}

/* ---- The heap */

void operation_interrupt(World *w) { heap_interrupt(w->heap); }
void operation_collect_minor(World *w) { heap_collect(w->heap, false, GC_REASON_REQUESTED); }
void operation_collect_major(World *w) { heap_collect(w->heap, true, GC_REASON_REQUESTED); }
