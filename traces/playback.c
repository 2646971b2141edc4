#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "traces/playback_private.h"

Playback *playback_new(const Trace *trace)
{
    Playback *p = memory_new_zeroed(sizeof *p);
    p->trace = trace;
    p->position = p->confirmed_to = p->state.collecting = -1;
    p->objects.item = p->runtime_objects.item = sizeof(Slot);
    p->roots.item = sizeof(Root);
    p->remembered.item = sizeof(ObjectId);
    p->blocks = block_map_new();
    return p;
}

Playback *playback_new_once(const Trace *trace)
{
    Playback *p = playback_new(trace);
    p->once = p->trail.off = true;
    return p;
}

/* The number of the last event stays what it is. */
void playback_forget(Playback *p, Trace *trace)
{
    bool played = p->position + 1 == (int64_t)trace_count(trace);
    if (p->once && played && p->state.collecting < 0) trace_forget(trace);
}

void playback_free(Playback *p)
{
    if (!p) return;
    play_slots_free(p);
    trail_free(&p->trail);
    table_free(&p->objects);
    table_free(&p->runtime_objects);
    table_free(&p->roots);
    table_free(&p->remembered);
    block_map_free(p->blocks);
    void *owned[] = {p->kinds, p->frames, p->work, p->edges, p->root_view, p};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) free(owned[k]);
}

bool playback_fail(Playback *p, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(p->error.text, sizeof p->error.text, format, arguments);
    va_end(arguments);
    p->failed = true;
    return false;
}

/* ---- Moving */

static void take_back(Playback *p)
{
    const TrailWatch watch = {p, play_slot_leave, play_slot_join};
    trail_take_back_event(&p->trail, &watch);
    p->root_view_stale = true;
    block_taken_back(p);
}

static bool step_forward(Playback *p)
{
    const TraceEvent *e = trace_event(p->trace, (uint64_t)(p->position + 1));
    trail_begin_event(&p->trail);
    if (!playback_apply(p, e)) {
        if (!p->once) take_back(p);
        p->error.line = e->n;
        return false;
    }
    p->position++;
    if (p->position > p->confirmed_to) p->confirmed_to = p->position;
    return true;
}

static void step_back(Playback *p)
{
    take_back(p);
    p->position--;
}

bool playback_seek(Playback *p, int64_t n)
{
    int64_t last = (int64_t)trace_count(p->trace) - 1;
    if (n < -1) n = -1;
    if (n > last) n = last;
    while (p->position > n && !p->once) step_back(p);
    while (p->position < n)
        if (!step_forward(p)) return false;
    return true;
}

/* ---- Questions */

int64_t playback_position(const Playback *p) { return p->position; }
const TraceError *playback_error(const Playback *p) { return p->failed ? &p->error : NULL; }
uint64_t playback_digests_confirmed(const Playback *p) { return p->confirmed; }

const PlayObject *playback_object(const Playback *p, ObjectId id)
{
    Slot *slot = play_slot_find(p, id);
    return slot ? &slot->o : NULL;
}

/* Elimination refuses to close a ring (playback_apply.c), so this ends. */
ObjectId playback_resolve(const Playback *p, ObjectId id)
{
    for (Slot *slot = play_slot_find(p, id); slot && slot->o.eliminated; slot = play_slot_find(p, id))
        id = slot->o.target;
    return id;
}

ObjectId playback_last_id(const Playback *p) { return p->state.last_id; }
ObjectId playback_last_runtime_id(const Playback *p) { return p->state.last_runtime_id; }
uint64_t playback_live_count(const Playback *p) { return p->live_count; }
uint64_t playback_live_words(const Playback *p) { return p->live_words; }
int64_t playback_collecting(const Playback *p) { return p->state.collecting; }
const PlayFrame *playback_stack(const Playback *p) { return p->state.stack ? &p->state.stack->f : NULL; }
uint32_t playback_root_count(const Playback *p) { return p->state.root_count; }

static void root_view_make(Playback *p)
{
    size_t count = 0;
    p->root_view =
        memory_grow(p->root_view, &p->root_view_capacity, p->state.root_count + 1, sizeof(uint32_t));
    for (uint32_t k = 0; k < p->state.root_slots; k++)
        if (((Root *)table_get(&p->roots, k))->id) p->root_view[count++] = k;
    p->root_view_stale = false;
}

ObjectId playback_root(const Playback *p, uint32_t k, const char **class_)
{
    if (p->root_view_stale) root_view_make((Playback *)p); /* a cache: nothing that can be seen changes */
    const Root *root = table_get(&p->roots, p->root_view[k]);
    if (class_) *class_ = root->class_;
    return playback_resolve(p, root->id);
}
