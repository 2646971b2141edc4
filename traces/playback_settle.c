/* At the end of a collection, references to indirections that it eliminated go to their targets, where the
 * collector has looked: in what it moved, in what was remembered when it began, in CAFs and on the stack.
 *
 * Note [Settled frames]
 * A deep stack is not scanned at every collection. Frame.young is a lower bound of the generations of all
 * that this frame and the older ones refer to; objects only ever grow older. A collection of generation g
 * eliminates nothing beyond g, so the scan stops at the first frame whose bound is beyond g. */
#include "traces/playback_private.h"

/* What no collection reaches: static objects. */
#define NEVER_COLLECTED UINT8_MAX

static bool refers_to_eliminated(const Playback *p, TraceWord w)
{
    if (w.kind != WORD_ID) return false;
    const PlayObject *o = playback_object(p, w.value);
    return o && o->eliminated;
}

static bool words_refer_to_eliminated(const Playback *p, TraceWords words)
{
    for (uint32_t k = 0; k < words.count; k++)
        if (refers_to_eliminated(p, words.at[k])) return true;
    return false;
}

/* The owner of the words has been saved. */
static void settle_words(Playback *p, TraceWords *words, uint32_t *capacity)
{
    play_words_own(p, words, capacity, words->count);
    for (uint32_t k = 0; k < words->count; k++) {
        TraceWord *word = (TraceWord *)&words->at[k];
        if (!refers_to_eliminated(p, *word)) continue;
        trail_save(&p->trail, word, sizeof *word, false);
        word->value = playback_resolve(p, word->value);
    }
}

static void settle_object(Playback *p, ObjectId id)
{
    Slot *s = play_slot_find(p, id);
    ObjectId target = s ? playback_resolve(p, s->o.target) : 0;
    if (!s || (target == s->o.target && !words_refer_to_eliminated(p, s->o.fields))) return;
    trail_save(&p->trail, s, sizeof *s, false);
    s->o.target = target;
    settle_words(p, &s->o.fields, &s->capacity);
}

static void settle_moved(Playback *p, const TraceCollection *c)
{
    for (uint64_t k = c->begin; k <= (uint64_t)p->position; k++) {
        const TraceEvent *e = trace_event(p->trace, k);
        if (e->type == EVENT_move) settle_object(p, e->as_move.id);
    }
}

static void settle_remembered(Playback *p)
{
    for (uint32_t k = p->state.remembered_before; k < p->state.remembered_first; k++)
        settle_object(p, *(ObjectId *)table_get(&p->remembered, k));
}

static void settle_roots(Playback *p)
{
    for (uint32_t k = 0; k < p->state.root_slots; k++)
        settle_object(p, ((Root *)table_get(&p->roots, k))->id);
}

/* ---- Frames */

static uint8_t youngest_of(const Playback *p, TraceWords words)
{
    uint8_t youngest = NEVER_COLLECTED;
    for (uint32_t k = 0; k < words.count; k++) {
        const PlayObject *o = words.at[k].kind == WORD_ID ? playback_object(p, words.at[k].value) : NULL;
        if (o && !o->is_static && o->generation < youngest) youngest = o->generation;
    }
    return youngest;
}

static void settle_frame(Playback *p, Frame *frame)
{
    const Frame *below = (const Frame *)frame->f.below;
    uint8_t limit = below ? below->young : NEVER_COLLECTED;
    trail_save(&p->trail, frame, sizeof *frame, false);
    if (words_refer_to_eliminated(p, frame->f.words)) settle_words(p, &frame->f.words, &frame->capacity);
    frame->young = youngest_of(p, frame->f.words);
    if (frame->young > limit) frame->young = limit;
}

/* From the oldest frame that may be touched to the youngest. */
static void settle_stack(Playback *p, uint64_t collected)
{
    size_t count = 0;
    for (Frame *f = p->state.stack; f && f->young <= collected; f = (Frame *)f->f.below) {
        p->frames = memory_grow(p->frames, &p->frames_capacity, count + 1, sizeof *p->frames);
        p->frames[count++] = f;
    }
    while (count) settle_frame(p, p->frames[--count]);
}

void play_settle(Playback *p, const TraceCollection *c)
{
    if (p->state.eliminations == 0) return;
    settle_moved(p, c);
    settle_remembered(p);
    settle_roots(p);
    settle_stack(p, trace_event(p->trace, c->begin)->as_gc_begin.generation);
}
