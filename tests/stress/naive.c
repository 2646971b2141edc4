#include "naive.h"

#include <stdlib.h>
#include <string.h>

const char *const what_names[WHAT_COUNT] = {
    "constructor",
    "function",
    "thunk",
    "selector thunk",
    "partial application",
    "application",
    "suspended evaluation",
    "black hole",
    "blocking queue",
    "CAF",
    "mutable variable",
    "MVar",
    "array",
    "small array",
    "byte array",
    "weak pointer",
    "stable name",
    "thread",
    "stack chunk",
};

static void *grown(void *items, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) return items;
    *room = *room ? 2 * *room : 4;
    items = realloc(items, *room * size);
    if (!items) abort();
    return items;
}

static void node_list_add(Node ***nodes, size_t *count, size_t *room, Node *n)
{
    if (*count == *room) {
        *room = *room ? 2 * *room : 1024;
        *nodes = realloc(*nodes, *room * sizeof **nodes);
        if (!*nodes) abort();
    }
    (*nodes)[(*count)++] = n;
}

Node *naive_new(NaiveHeap *h, What what, uint32_t words)
{
    Node *n = calloc(1, sizeof *n);
    if (!n) abort();
    n->what = (uint8_t)what;
    n->words = words;
    n->marked = h->epoch;
    node_list_add(&h->nodes, &h->count, &h->room, n);
    return n;
}

Edge *naive_edge(Node *n, uint32_t at, Node *to)
{
    n->edges = grown(n->edges, n->edge_count, &n->edge_room, sizeof *n->edges);
    n->edges[n->edge_count] = (Edge){.to = to, .at = at};
    return &n->edges[n->edge_count++];
}

void naive_raw(Node *n, uint32_t at, uint64_t word)
{
    n->raws = grown(n->raws, n->raw_count, &n->raw_room, sizeof *n->raws);
    n->raws[n->raw_count++] = (Raw){word, at};
}

uint64_t naive_bulk_word(const Node *n, uint32_t at) { return (n->bulk_seed + at) * 0x9e3779b97f4a7c15u; }

/* ---- Frames */

void naive_push_frame(Node *n, FrameWhat what, uint32_t words)
{
    n->frames = grown(n->frames, n->frame_count, &n->frame_room, sizeof *n->frames);
    n->frames[n->frame_count++] = (Frame){(uint8_t)what, words, 0, 0};
    n->sp -= words;
}

void naive_pop_frame(Node *n)
{
    const Frame *f = &n->frames[--n->frame_count];
    n->edge_count -= f->edges;
    n->raw_count -= f->raws;
    n->sp += f->words;
}

void naive_copy_frames(Node *to, const Node *from, uint32_t frames, int64_t shift)
{
    uint32_t first = from->frame_count - frames, edges = 0, raws = 0;
    for (uint32_t i = first; i < from->frame_count; i++) {
        const Frame *f = &from->frames[i];
        to->frames = grown(to->frames, to->frame_count, &to->frame_room, sizeof *to->frames);
        to->frames[to->frame_count++] = *f;
        edges += f->edges;
        raws += f->raws;
        to->sp -= f->words;
    }
    for (uint32_t i = from->edge_count - edges; i < from->edge_count; i++) {
        const Edge *e = &from->edges[i];
        naive_edge(to, (uint32_t)(e->at + shift), e->to)->keeps = e->keeps;
    }
    for (uint32_t i = from->raw_count - raws; i < from->raw_count; i++)
        naive_raw(to, (uint32_t)(from->raws[i].at + shift), from->raws[i].word);
}

void naive_clear(Node *n) { n->edge_count = n->raw_count = n->frame_count = 0; }

/* ---- Selectors */

/* Rings of selectors have no end: nobody asks for more than this many of them in a row. */
#define MOST_NESTED  100000
#define MOST_PENDING 4096

Node *naive_selected(Node *n)
{
    int depth = 0;
    Node *outer[MOST_PENDING];
    for (int nested = 0; nested < MOST_NESTED; nested++) {
        n = naive_resolve(n);
        if (n->what == WHAT_CAF && n->edge_count) {
            n = n->edges[0].to;
        } else if (n->what == WHAT_SELECTOR) {
            if (depth == MOST_PENDING) return NULL;
            outer[depth++] = n;
            n = n->edges[0].to;
        } else {
            if (depth == 0) return n;
            if (n->what != WHAT_CON || !n->pair) return NULL;
            n = n->edges[outer[--depth]->field].to;
            if (depth == 0) return naive_resolve(n);
        }
    }
    return NULL;
}

/* ---- Marking */

void naive_mark_begin(NaiveHeap *h)
{
    h->epoch++;
    h->live_words = h->group_count = 0;
}

bool naive_is_marked(const NaiveHeap *h, const Node *n) { return n->is_static || n->marked == h->epoch; }

static bool group_is_marked(const NaiveHeap *h, const void *group)
{
    for (size_t i = 0; i < h->group_count; i++)
        if (h->groups[i] == group) return true;
    return false;
}

void naive_mark_group(NaiveHeap *h, const void *group)
{
    if (group_is_marked(h, group)) return;
    if (h->group_count == h->group_room) {
        h->group_room = 2 * h->group_room + 16;
        h->groups = realloc(h->groups, h->group_room * sizeof *h->groups);
        if (!h->groups) abort();
    }
    h->groups[h->group_count++] = group;
}

bool naive_is_alive(const NaiveHeap *h, const Node *n)
{
    return naive_is_marked(h, n) || (n->group && group_is_marked(h, n->group));
}

void naive_mark(NaiveHeap *h, Node **root)
{
    Node *n = *root = naive_resolve(*root);
    if (n->marked == h->epoch) return;
    n->marked = h->epoch;
    if (!n->is_static) h->live_words += n->words;
    if (n->group) naive_mark_group(h, n->group);
    if (!n->weakly) node_list_add(&h->todo, &h->todo_count, &h->todo_room, n);
}

/* What is to be updated stays itself, if only as an indirection to its value. */
static void mark_updatee(NaiveHeap *h, Node *n)
{
    if (n->value && n->kept != h->epoch) {
        n->kept = h->epoch;
        n->marked = h->epoch;
        h->live_words += n->words;
        naive_mark(h, &n->value);
    } else if (!n->value) {
        naive_mark(h, &n);
    }
}

void naive_drain(NaiveHeap *h)
{
    while (h->todo_count > 0) {
        Node *n = h->todo[--h->todo_count];
        for (uint32_t i = 0; i < n->edge_count; i++) {
            Edge *e = &n->edges[i];
            if (e->to && e->keeps)
                mark_updatee(h, e->to);
            else if (e->to)
                naive_mark(h, &e->to);
        }
    }
}

void naive_mark_weak(NaiveHeap *h, Node *weak)
{
    naive_mark(h, &weak);
    for (uint32_t i = 0; i < weak->edge_count; i++)
        if (weak->edges[i].to) naive_mark(h, &weak->edges[i].to);
    naive_drain(h);
}

/* True if marking the weak pointer has anything to add. */
static bool weak_adds(const NaiveHeap *h, Node *weak)
{
    bool all = naive_is_marked(h, weak);
    if (!naive_is_alive(h, naive_resolve(weak->edges[0].to))) return false;
    for (uint32_t i = 1; i < weak->edge_count; i++)
        all = all && (!weak->edges[i].to || naive_is_marked(h, naive_resolve(weak->edges[i].to)));
    return !all;
}

void naive_mark_weaks(NaiveHeap *h, Node *const *weaks, size_t count)
{
    bool found = true;
    while (found) {
        found = false;
        for (size_t i = 0; i < count; i++) {
            if (!weak_adds(h, weaks[i])) continue;
            naive_mark_weak(h, weaks[i]);
            found = true;
        }
    }
}

static void node_free(Node *n)
{
    free(n->edges);
    free(n->raws);
    free(n->frames);
    free(n);
}

void naive_sweep(NaiveHeap *h)
{
    size_t kept = 0;
    for (size_t i = 0; i < h->count; i++) {
        Node *n = h->nodes[i];
        if (naive_is_marked(h, n))
            h->nodes[kept++] = n;
        else
            node_free(n);
    }
    h->count = kept;
}

void naive_free(NaiveHeap *h)
{
    for (size_t i = 0; i < h->count; i++) node_free(h->nodes[i]);
    free(h->nodes);
    free(h->todo);
    free(h->groups);
}
