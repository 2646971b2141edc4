/* Operations on threads and their stacks: frames of every sort, chunks, unwinding, suspending, squeezing. */
#include <string.h>

#include "operations.h"

static Slot running(const World *w) { return w->threads[w->running]; }

/* The youngest chunk of the running thread. */
static Slot chunk_of(const World *w)
{
    Slot thread = running(w);
    return (Slot){words_of(thread.ref)[1], thread.node->edges[0].to};
}

static void dirty_chunk(World *w, Slot chunk)
{
    if (w->config.forget != BARRIER_stack) heap_dirty_stack(w->heap, ref_closure(chunk.ref));
}

/* ---- Frames */

static const InfoTable *frame_info(const World *w, FrameWhat what, bool wide)
{
    static const StdInfo infos[] = {[FRAME_APPLY] = STD_APPLY_FRAME,
                                    [FRAME_UPDATE] = STD_UPDATE_FRAME,
                                    [FRAME_CATCH] = STD_CATCH_FRAME,
                                    [FRAME_UNDERFLOW] = STD_UNDERFLOW_FRAME,
                                    [FRAME_STOP] = STD_STOP_FRAME};
    if (what == FRAME_CASE) return wide ? w->tables.wide_frame : w->tables.case_frame;
    return std(w, infos[what]);
}

/* Makes room for a frame on top of what the object holds, and writes its header. */
static Word *frame_begin(World *w, Word *object, Node *n, FrameWhat what, uint32_t words)
{
    naive_push_frame(n, what, words);
    Word *frame = object + n->sp;
    frame[0] = (Word)frame_info(w, what, words > 4);
    naive_raw(n, n->sp, frame[0]);
    n->frames[n->frame_count - 1].raws++;
    if (n->what == WHAT_STACK) object[2] = (Word)frame;
    return frame;
}

static Edge *frame_pointer(Node *n, Word *frame, uint32_t at, Slot from)
{
    frame[at] = from.ref;
    n->frames[n->frame_count - 1].edges++;
    return naive_edge(n, n->sp + at, from.node);
}

static void frame_word(Node *n, Word *frame, uint32_t at, Word word)
{
    frame[at] = word;
    n->frames[n->frame_count - 1].raws++;
    naive_raw(n, n->sp + at, word);
}

void frame_write(World *w, Word *object, Node *n, FrameWhat what)
{
    Word *frame = frame_begin(w, object, n, what, what == FRAME_CATCH ? 3 : 4);
    switch (what) {
    case FRAME_CASE:
        frame_pointer(n, frame, 1, *some_root(w));
        frame_word(n, frame, 2, world_random(w));
        frame_pointer(n, frame, 3, *some_root(w));
        return;
    case FRAME_APPLY: /* two words, for two arguments; the second one is a pointer */
        frame_word(n, frame, 1, 2 | 2 << 8 | 2 << 16);
        frame_word(n, frame, 2, some_root(w)->ref);
        frame_pointer(n, frame, 3, *some_root(w));
        return;
    default: frame_pointer(n, frame, 1, *some_root(w)); frame_word(n, frame, 2, chance(w, 3));
    }
}

static void wide_frame_write(World *w, Word *object, Node *n)
{
    Word *frame = frame_begin(w, object, n, FRAME_CASE, WIDE_ARGS + 1);
    for (uint32_t i = 0; i < WIDE_ARGS; i++)
        if (argument_is_pointer(i))
            frame_pointer(n, frame, 1 + i, *some_root(w));
        else
            frame_word(n, frame, 1 + i, some_root(w)->ref);
}

/* ---- Chunks and threads */

static Object chunk_new(World *w, uint32_t area)
{
    Object o = object_new_now(w, WHAT_STACK, std(w, STD_STACK), 4 + area);
    if (!o.w) return o;
    object_word(&o, 1, area);
    o.w[2] = (Word)(o.w + 4 + area);
    o.w[3] = 1;
    o.n->sp = 4 + area;
    return o;
}

bool thread_new(World *w, uint32_t index)
{
    Object chunk = chunk_new(w, 128), o = {0};
    if (chunk.w) o = object_new_now(w, WHAT_TSO, std(w, STD_TSO), 8);
    if (!o.w) return false;
    frame_begin(w, chunk.w, chunk.n, FRAME_STOP, 1);
    object_pointer(&o, 1, object_slot(&chunk));
    naive_edge(o.n, 2, NULL);
    naive_edge(o.n, 3, NULL);
    object_word(&o, 4, w->operation);
    object_word(&o, 6, 128);
    object_word(&o, 5, 0);
    o.w[7] = 1;
    w->threads[index] = object_slot(&o);
    return true;
}

/* The thread's stack is another chunk from now on; it has `change` words more. */
static void thread_use(World *w, Slot chunk, int64_t change)
{
    Slot thread = running(w);
    if (w->config.forget != BARRIER_thread) heap_dirty_tso(w->heap, ref_closure(thread.ref));
    words_of(thread.ref)[1] = chunk.ref;
    thread.node->edges[0].to = chunk.node;
    words_of(thread.ref)[6] += (Word)change;
    thread.node->raws[1].word += (Word)change;
}

static bool overflow(World *w, uint32_t words)
{
    uint32_t area = chance(w, 3) ? 128 : 600;
    if (area < words + 2) area = words + 2;
    Slot old = chunk_of(w);
    Object chunk = chunk_new(w, area);
    if (!chunk.w) return false;
    Word *frame = frame_begin(w, chunk.w, chunk.n, FRAME_UNDERFLOW, 2);
    frame_pointer(chunk.n, frame, 1, old);
    thread_use(w, object_slot(&chunk), area);
    return true;
}

bool stack_make_room(World *w, uint32_t words)
{
    if (chunk_of(w).node->sp >= 4 + words) return true;
    threads_pause(w);
    return overflow(w, words);
}

/* ---- Pushing */

static void push(World *w, FrameWhat what)
{
    if (!stack_make_room(w, 4)) return;
    Slot chunk = chunk_of(w);
    dirty_chunk(w, chunk);
    frame_write(w, words_of(chunk.ref), chunk.node, what);
}

void operation_push_case(World *w) { push(w, FRAME_CASE); }
void operation_push_apply(World *w) { push(w, FRAME_APPLY); }
void operation_push_catch(World *w) { push(w, FRAME_CATCH); }

void operation_push_wide(World *w)
{
    if (!stack_make_room(w, WIDE_ARGS + 1)) return;
    Slot chunk = chunk_of(w);
    dirty_chunk(w, chunk);
    wide_frame_write(w, words_of(chunk.ref), chunk.node);
}

void stack_push_update(World *w, Slot updatee)
{
    Slot chunk = chunk_of(w);
    dirty_chunk(w, chunk);
    Word *frame = frame_begin(w, words_of(chunk.ref), chunk.node, FRAME_UPDATE, 2);
    frame_pointer(chunk.node, frame, 1, updatee)->keeps = true;
}

void operation_push_update(World *w)
{
    Slot *slot = any_root(w, is_unevaluated);
    if (!slot || !may_overwrite(slot->node) || !stack_make_room(w, 2)) return;
    stack_push_update(w, *slot);
    settle(w, slot);
    if (!w->lazy && is_unevaluated(slot->node)) object_black_hole(w, *slot, running(w));
}

/* ---- Popping */

typedef struct Popped {
    FrameWhat what;
    uint32_t words;
    Slot first; /* what its first pointer referred to */
} Popped;

static Popped pop(World *w)
{
    Slot chunk = chunk_of(w);
    Node *n = chunk.node;
    Word *object = words_of(chunk.ref);
    const Frame *f = &n->frames[n->frame_count - 1];
    Popped p = {(FrameWhat)f->what, f->words, {0}};
    if (f->edges) {
        const Edge *e = &n->edges[n->edge_count - f->edges];
        p.first = (Slot){object[e->at], e->to};
    }
    if (p.what == FRAME_STOP) return p;
    dirty_chunk(w, chunk);
    naive_pop_frame(n);
    object[2] = (Word)(object + n->sp);
    if (p.what == FRAME_UNDERFLOW) thread_use(w, p.first, -(int64_t)object[1]);
    return p;
}

/* True if what an update frame was to update still waits for its value, and may get one. */
static bool awaits(World *w, Slot updatee)
{
    if (updatee.node->value || is_overwritten(w, updatee.ref)) return false;
    return may_overwrite(updatee.node);
}

void operation_pop(World *w)
{
    Popped p = pop(w);
    if (p.what == FRAME_UPDATE && awaits(w, p.first))
        object_update(w, p.first, some_value_for(w, p.first.node));
}

/* Unwinding: everything under evaluation becomes a thunk that raises, up to a handler. */
void operation_raise(World *w)
{
    Object raise = payload_new(w, WHAT_THUNK, w->tables.raise, 2);
    if (!raise.w) return;
    raise.n->pair = true;
    for (;;) {
        Popped p = pop(w);
        if (p.what == FRAME_UPDATE && awaits(w, p.first)) object_update(w, p.first, object_slot(&raise));
        if (p.what == FRAME_CATCH) *some_root(w) = p.first;
        if (p.what == FRAME_STOP || p.what == FRAME_CATCH) return;
    }
}

/* ---- Suspending and resuming */

/* Frames of the chunk that are younger than its youngest update frame; 0 if it has none. */
static uint32_t frames_above_update(const Node *n, uint32_t *words)
{
    *words = 0;
    for (uint32_t i = 0; i < n->frame_count; i++) {
        const Frame *f = &n->frames[n->frame_count - 1 - i];
        if (f->what == FRAME_UPDATE) return i;
        *words += f->words;
    }
    return 0;
}

/* An exception from outside: the frames down to an update frame become the value of what it updates. */
void operation_suspend(World *w)
{
    uint32_t words, frames = frames_above_update(chunk_of(w).node, &words);
    if (frames == 0) return;
    Object o = object_new(w, WHAT_AP_STACK, std(w, STD_AP_STACK), 4 + words);
    if (!o.w) return;
    Slot chunk = chunk_of(w);
    const Word *top = words_of(chunk.ref) + chunk.node->sp;
    object_word(&o, 2, words);
    object_pointer(&o, 3, *some_root(w));
    o.n->sp = 4 + words;
    memcpy(o.w + 4, top, words * sizeof *top);
    naive_copy_frames(o.n, chunk.node, frames, 4 - (int64_t)chunk.node->sp);
    while (frames-- > 0) pop(w);
    Popped update = pop(w);
    o.n->pair = update.first.node->pair;
    if (awaits(w, update.first)) object_update(w, update.first, object_slot(&o));
    object_to_root(w, &o);
}

static bool is_suspended(const Node *n) { return n->what == WHAT_AP_STACK; }

/* A suspended evaluation is entered: its frames come back on top of its update frame. */
void operation_resume(World *w)
{
    Slot *slot = any_root(w, is_suspended);
    if (!slot) return;
    uint32_t words = slot->node->words - 4, frames = slot->node->frame_count;
    if (!stack_make_room(w, words + 2)) return;
    settle(w, slot);
    if (!is_suspended(slot->node)) return;
    stack_push_update(w, *slot);
    Slot chunk = chunk_of(w);
    Word *object = words_of(chunk.ref);
    uint32_t sp = chunk.node->sp - words;
    memcpy(object + sp, words_of(slot->ref) + 4, words * sizeof *object);
    naive_copy_frames(chunk.node, slot->node, frames, (int64_t)sp - 4);
    object[2] = (Word)(object + sp);
    object_black_hole(w, *slot, running(w));
}

/* ---- Squeezing */

/* Two update frames, one on the other: the younger one's updatee will have the value of the older one's. */
void operation_squeeze(World *w)
{
    const Node *n = chunk_of(w).node;
    if (n->frame_count < 2 || n->frames[n->frame_count - 1].what != FRAME_UPDATE ||
        n->frames[n->frame_count - 2].what != FRAME_UPDATE)
        return;
    Slot older = {0}, chunk = chunk_of(w);
    const Edge *e = &n->edges[n->edge_count - 2];
    older = (Slot){words_of(chunk.ref)[e->at], e->to};
    settle(w, &older);
    if (older.node->what == WHAT_SELECTOR) return;
    Popped younger = pop(w);
    bool fits = !younger.first.node->pair || older.node->pair;
    if (fits && younger.first.node != older.node && awaits(w, younger.first))
        object_update(w, younger.first, older);
}

/* ---- The pause */

/* The updatee of frame `frame` of the chunk, whose pointer is edge `edge`. */
static void pause_updatee(World *w, Slot chunk, const Edge *e)
{
    Slot updatee = {words_of(chunk.ref)[e->at], e->to};
    if (awaits(w, updatee) && is_unevaluated(updatee.node)) object_black_hole(w, updatee, running(w));
}

/* Down to a frame that an earlier pause has marked; older chunks have been paused when they were left. */
void threads_pause(World *w)
{
    Slot chunk = chunk_of(w);
    Node *n = chunk.node;
    const InfoTable *marked = std(w, STD_MARKED_UPDATE_FRAME);
    uint32_t edges = n->edge_count, raws = n->raw_count;
    if (!w->lazy) return;
    for (uint32_t i = n->frame_count; i-- > 0;) {
        const Frame *f = &n->frames[i];
        edges -= f->edges;
        raws -= f->raws;
        if (f->what != FRAME_UPDATE) continue;
        Raw *header = &n->raws[raws];
        if (header->word == (Word)marked) return;
        pause_updatee(w, chunk, &n->edges[edges]);
        words_of(chunk.ref)[header->at] = header->word = (Word)marked;
    }
}

void operation_switch_thread(World *w)
{
    threads_pause(w);
    w->running = chance(w, THREADS);
}

void operation_new_thread(World *w) { thread_new(w, chance(w, THREADS)); }
