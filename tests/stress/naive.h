/* The naive heap: the oracle that the real one is compared with.
 *
 * A node stands for one object. It is malloc'd, never moves, and says itself which words of the object hold
 * references, which hold raw words, and what they are: nothing here knows an info table's layout, a block or
 * a generation. What lives is found by marking everything from the roots. This file and naive.c include
 * nothing of Thunkscope.
 *
 * Always true: a node that has a value (`value`) stands for an object that has been updated; whoever refers
 * to it means its value, but for an update frame, which means the thing itself (`keeps`). Edges and raw words
 * of a node stand in the order in which they were added, so that a stack's frames can be popped. What a weak
 * pointer refers to, its key first, is not marked for its sake (`weakly`), but by naive_mark_weaks. */
#ifndef THUNKSCOPE_TESTS_STRESS_NAIVE_H
#define THUNKSCOPE_TESTS_STRESS_NAIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum What {
    WHAT_CON,
    WHAT_FUN,
    WHAT_THUNK,
    WHAT_SELECTOR,
    WHAT_PAP,
    WHAT_AP,
    WHAT_AP_STACK,
    WHAT_BLACKHOLE,
    WHAT_QUEUE,
    WHAT_CAF,
    WHAT_MUT_VAR,
    WHAT_MVAR,
    WHAT_ARRAY,
    WHAT_SMALL,
    WHAT_BYTES,
    WHAT_WEAK,
    WHAT_STABLE_NAME,
    WHAT_TSO,
    WHAT_STACK,
    WHAT_COUNT
} What;
extern const char *const what_names[WHAT_COUNT];

typedef struct Node Node;

typedef struct Edge {
    Node *to; /* NULL: the word is 0 */
    uint32_t at;
    bool keeps; /* an update frame's */
} Edge;

typedef struct Raw {
    uint64_t word;
    uint32_t at;
} Raw;

typedef enum FrameWhat {
    FRAME_CASE,
    FRAME_APPLY,
    FRAME_UPDATE,
    FRAME_CATCH,
    FRAME_UNDERFLOW,
    FRAME_STOP
} FrameWhat;

/* Frames of a stack chunk or a suspended evaluation, the oldest first. */
typedef struct Frame {
    uint8_t what;
    uint32_t words, edges, raws;
} Frame;

struct Node {
    uint8_t what, tag;
    bool pair;      /* it is, or will be evaluated to, a constructor whose first field is such a thing too */
    bool is_static; /* its words count nowhere */
    bool is_value;
    bool weakly;            /* what it refers to is not kept for its sake */
    uint32_t field;         /* of a selector: 0 or 1 */
    const void *headers[2]; /* what the object's first word may be */
    uint32_t words;
    uint32_t edge_count, edge_room, raw_count, raw_room, frame_count, frame_room;
    Edge *edges;
    Raw *raws;
    Frame *frames;
    uint32_t sp;                  /* of a stack: the index of the youngest frame's first word */
    uint32_t bulk_from, bulk_end; /* words that follow from bulk_seed */
    uint64_t bulk_seed;
    uint64_t ticket;    /* of a weak pointer: its number among all */
    const void *pinned; /* where it is to stay; NULL: anywhere */
    const void *group;  /* that it shares with neighbours: all of them live while one of them does */
    Node *value;
    uint32_t marked, kept; /* epochs of the marking that reached it; kept: as an indirection */
    uint32_t compared;     /* the comparison that saw it, at: */
    const void *seen;
    const Node *parent;
};

typedef struct NaiveHeap {
    Node **nodes;
    size_t count, room;
    uint32_t epoch;
    Node **todo;
    size_t todo_count, todo_room;
    size_t live_words; /* of the marking that is going on, or the last one */
    const void **groups;
    size_t group_count, group_room; /* that live, in that marking */
} NaiveHeap;

Node *naive_new(NaiveHeap *h, What what, uint32_t words);
Edge *naive_edge(Node *n, uint32_t at, Node *to);
void naive_raw(Node *n, uint32_t at, uint64_t word);
uint64_t naive_bulk_word(const Node *n, uint32_t at);
void naive_push_frame(Node *n, FrameWhat what, uint32_t words);
/* Forgets the youngest frame. */
void naive_pop_frame(Node *n);
/* Copies the youngest `frames` frames of `from` to `to`, so that word w of from becomes word w + shift. */
void naive_copy_frames(Node *to, const Node *from, uint32_t frames, int64_t shift);
/* An object that waits for its value becomes a black hole: its old payload is gone. */
void naive_clear(Node *n);

static inline Node *naive_resolve(Node *n)
{
    while (n->value) n = n->value;
    return n;
}

/* What a selector selects, if what it selects from is evaluated; else NULL. Changes nothing. */
Node *naive_selected(Node *n);

/* Marking: begin, mark each root, sweep. Words of what lives are in live_words afterwards. */
void naive_mark_begin(NaiveHeap *h);
/* Marks what *root means, and makes *root mean it directly. */
void naive_mark(NaiveHeap *h, Node **root);
bool naive_is_marked(const NaiveHeap *h, const Node *n);
/* The group lives whatever is marked. */
void naive_mark_group(NaiveHeap *h, const void *group);
/* Marked, or a neighbour of what is. */
bool naive_is_alive(const NaiveHeap *h, const Node *n);
void naive_drain(NaiveHeap *h);
/* Marks those of the weak pointers whose keys are alive, and what they hold, until there are no more. */
void naive_mark_weaks(NaiveHeap *h, Node *const *weaks, size_t count);
/* Marks the weak pointer, and all that it refers to. */
void naive_mark_weak(NaiveHeap *h, Node *weak);
void naive_sweep(NaiveHeap *h);
void naive_free(NaiveHeap *h);

#endif
