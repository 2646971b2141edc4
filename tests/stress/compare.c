/* The comparison: both graphs are walked side by side from the roots, and must be the same in every word that
 * means anything, sharing included, but for indirections and evaluated selectors. Then the naive heap is
 * marked and swept, and what lives in it must be what the collector says lives. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gc/heap_state.h"
#include "world.h"

typedef struct Pair {
    Ref ref;
    Node *node;
    const Node *parent;
    bool keeps;
} Pair;

typedef struct Comparison {
    World *w;
    uint32_t epoch;
    Pair *pairs;
    size_t count, room;
    const Word **seen; /* a hash set of objects: two nodes must not share one */
    size_t seen_mask, seen_count;
} Comparison;

static void describe(char *out, size_t size, const Node *n)
{
    size_t used = 0;
    for (int i = 0; n && i < 8 && used < size; i++, n = n->parent)
        used += (size_t)snprintf(out + used, size - used, "%s%s (%u words)", i ? " in a " : "",
                                 what_names[n->what], n->words);
}

#define differ(k, n, ...)                                                                                    \
    do {                                                                                                     \
        char place_[600], what_[200];                                                                        \
        describe(place_, sizeof place_, n);                                                                  \
        snprintf(what_, sizeof what_, __VA_ARGS__);                                                          \
        world_fail((k)->w, "%s: %s", place_, what_);                                                         \
    } while (0)

static void later(Comparison *k, Ref ref, Node *node, const Node *parent, bool keeps)
{
    if (k->count == k->room) {
        k->room = k->room ? 2 * k->room : 1024;
        k->pairs = realloc(k->pairs, k->room * sizeof *k->pairs);
        if (!k->pairs) abort();
    }
    k->pairs[k->count++] = (Pair){ref, node, parent, keeps};
}

/* ---- Sharing */

static void saw_grow(Comparison *k);

static void saw(Comparison *k, const Node *n, const Word *object)
{
    if (2 * ++k->seen_count > k->seen_mask) saw_grow(k);
    size_t i = ((Word)object >> 3) * 0x9e3779b97f4a7c15u >> 20;
    for (; k->seen[i & k->seen_mask]; i++)
        if (k->seen[i & k->seen_mask] == object) differ(k, n, "two objects have become one");
    k->seen[i & k->seen_mask] = object;
}

static void saw_grow(Comparison *k)
{
    const Word **old = k->seen;
    size_t old_slots = k->seen ? k->seen_mask + 1 : 0;
    k->seen_mask = old_slots ? 2 * old_slots - 1 : 4095;
    k->seen = calloc(k->seen_mask + 1, sizeof *k->seen);
    if (!k->seen) abort();
    for (size_t i = 0; i < old_slots; i++) {
        if (!old[i]) continue;
        size_t j = ((Word)old[i] >> 3) * 0x9e3779b97f4a7c15u >> 20;
        while (k->seen[j & k->seen_mask]) j++;
        k->seen[j & k->seen_mask] = old[i];
    }
    free((void *)old);
}

/* False if the node has been seen before, in the same place. */
static bool first_time(Comparison *k, Node *n, const Word *object, const Node *parent)
{
    if (n->compared == k->epoch) {
        if (n->seen != object) differ(k, n, "it is in two places");
        return false;
    }
    n->compared = k->epoch;
    n->seen = object;
    n->parent = parent;
    saw(k, n, object);
    return true;
}

/* ---- Objects */

static void compare_words(Comparison *k, const Node *n, const Word *object)
{
    for (uint32_t i = 0; i < n->raw_count; i++) {
        const Raw *raw = &n->raws[i];
        if (object[raw->at] != raw->word)
            differ(k, n, "word %u is 0x%llx, not 0x%llx", raw->at, (unsigned long long)object[raw->at],
                   (unsigned long long)raw->word);
    }
    for (uint32_t at = n->bulk_from; at < n->bulk_end; at++)
        if (object[at] != naive_bulk_word(n, at)) differ(k, n, "word %u of its bytes has changed", at);
    if (n->what == WHAT_STACK && object[2] != (Word)(object + n->sp))
        differ(k, n, "its stack pointer is at word %lld, not %u",
               (long long)((const Word *)object[2] - object), n->sp);
}

static void compare_object(Comparison *k, Slot s, const Node *parent)
{
    Node *n = s.node;
    const Word *object = words_of(s.ref);
    if (n->pinned && n->pinned != object) differ(k, n, "it was pinned, and has moved");
    if ((s.ref & 7) != n->tag) {
        n->parent = parent;
        differ(k, n, "the reference to it has tag %u, not %u", (unsigned)(s.ref & 7), n->tag);
    }
    if (!first_time(k, n, object, parent)) return;
    const InfoTable *header = (const InfoTable *)object[0];
    if (header != n->headers[0] && header != n->headers[1])
        differ(k, n, "its header is %s",
               info_is_known(k->w->heap->infos, object[0]) ? header->name : "no info table");
    compare_words(k, n, object);
    for (uint32_t i = 0; i < n->edge_count; i++) {
        Edge *e = &n->edges[i];
        if ((e->to != NULL) != (object[e->at] != 0))
            differ(k, n, "word %u is %s", e->at, e->to ? "empty" : "not empty");
        if (e->to) later(k, object[e->at], e->to, n, e->keeps);
    }
}

/* What an update frame is to update: itself, not what it stands for. */
static void compare_updatee(Comparison *k, Ref ref, Node *n, const Node *parent)
{
    World *w = k->w;
    if (!n->value && is_overwritten(w, ref)) {
        Slot slot = {ref, n};
        settle(w, &slot);
        if (!n->value) differ(k, n, "it has been updated by nobody");
    }
    if (!n->value) {
        compare_object(k, (Slot){ref, n}, parent);
        return;
    }
    if (!is_overwritten(w, ref)) differ(k, n, "an update frame has lost what it is to update");
    if (first_time(k, n, words_of(ref), parent)) later(k, words_of(ref)[1], n->value, n, false);
}

static void compare_all(Comparison *k)
{
    while (k->count > 0) {
        Pair p = k->pairs[--k->count];
        if (p.keeps) {
            compare_updatee(k, p.ref, p.node, p.parent);
            continue;
        }
        Slot slot = {p.ref, p.node};
        settle(k->w, &slot);
        compare_object(k, slot, p.parent);
    }
}

/* ---- What lives */

static void mark_all(World *w)
{
    NaiveHeap *h = &w->naive;
    naive_mark_begin(h);
    if (heap_state(w->heap)->pinned) naive_mark_group(h, heap_state(w->heap)->pinned);
    for (uint32_t i = 0; i < ROOTS; i++) naive_mark(h, &w->roots[i].node);
    for (uint32_t i = 0; i < THREADS; i++) naive_mark(h, &w->threads[i].node);
    for (uint32_t i = 0; i < CAFS; i++) naive_mark(h, &w->cafs[i].node);
    naive_mark(h, &w->pair.node);
    naive_mark(h, &w->function.node);
    naive_drain(h);
}

static size_t group_words(const BlockDescr *group) { return (size_t)(group->free - group->start); }

/* Pinned objects count with all that stands in their block. */
static size_t words_with_pinned(const World *w)
{
    const NaiveHeap *h = &w->naive;
    size_t live = h->live_words;
    for (size_t i = 0; i < h->count; i++)
        if (h->nodes[i]->group && naive_is_marked(h, h->nodes[i])) live -= h->nodes[i]->words;
    for (size_t i = 0; i < h->group_count; i++) live += group_words(h->groups[i]);
    return live;
}

static void check_live(const World *w, const GcStats *stats)
{
    size_t live = words_with_pinned(w);
    if (stats->live_words < live || (stats->major && stats->live_words != live))
        world_fail(w, "%zu words are said to live, but %zu do", stats->live_words, live);
}

static void later_too(void *context, Slot slot) { later(context, slot.ref, slot.node, NULL, false); }

void world_compare(World *w, const GcStats *stats)
{
    Comparison k = {.w = w, .epoch = (uint32_t)++w->comparisons};
    saw_grow(&k);
    for (uint32_t i = 0; i < ROOTS; i++) later(&k, w->roots[i].ref, w->roots[i].node, NULL, false);
    for (uint32_t i = 0; i < THREADS; i++) later(&k, w->threads[i].ref, w->threads[i].node, NULL, false);
    for (uint32_t i = 0; i < CAFS; i++) later(&k, w->cafs[i].ref, w->cafs[i].node, NULL, false);
    weaks_each(w, later_too, &k);
    compare_all(&k);
    w->compared_objects += k.seen_count;
    mark_all(w);
    weaks_mark(w, stats);
    if (stats) check_live(w, stats);
    weaks_keep(w);
    names_sweep(w);
    naive_sweep(&w->naive);
    w->live_nodes = w->naive.count;
    free(k.pairs);
    free((void *)k.seen);
}
