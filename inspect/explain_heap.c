/* What sentences say of the objects that a step enters, updates, remembers or throws. */
#include <inttypes.h>
#include <string.h>

#include "inspect/explain_private.h"

/* ---- Enter and update */

void fill_x(Text *t, const Moment *x) { explain_name(t, x, explain_subject(x)); }
void fill_id(Text *t, const Moment *x) { text_add(t, "%" PRId64, explain_subject(x)); }

void fill_to(Text *t, const Moment *x)
{
    const PlayObject *o = playback_object(x->m->play, explain_subject(x));
    ObjectId to = x->e->type == EVENT_update ? x->e->as_update.to : o ? o->target : 0;
    text_add(t, "%" PRId64, to);
}

void fill_con(Text *t, const Moment *x)
{
    const PlayObject *o = playback_object(x->m->play, explain_subject(x));
    if (o && (o->kind == KIND_FUN || o->kind == KIND_PAP))
        text_add(t, "a %s", kinds[o->kind].spoken);
    else
        explain_value(t, x, explain_subject(x));
}

void fill_others(Text *t, const Moment *x)
{
    const Reached *updated = reach_find(model_reach(x->m), explain_subject(x));
    explain_count(t, updated ? updated->sources : 0, "other reference", "other references");
}

/* The step at which the object was entered, before this one. */
void fill_s(Text *t, const Moment *x)
{
    for (int64_t n = x->first - 1; n >= 0; n--) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type != EVENT_enter || e->as_enter.id != explain_subject(x)) continue;
        text_add(t, "%" PRId64, model_step_at(x->m, n));
        return;
    }
}

/* ---- Remembered sets */

/* The first object of a younger generation that it refers to; 0: none. */
static ObjectId young_of(const Moment *x, ObjectId id)
{
    const PlayObject *o = playback_object(x->m->play, id);
    for (uint32_t k = 0; o && k < object_edge_count(o); k++) {
        const PlayObject *to = playback_object(x->m->play, object_edge(o, k));
        if (to && !to->is_static && to->generation < o->generation) return to->id;
    }
    return 0;
}

const Event_remember *moment_remembered(const Moment *x, ObjectId *young)
{
    const Event_remember *first = NULL;
    *young = 0;
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type != EVENT_remember) continue;
        if (!first) first = &e->as_remember;
        if ((*young = young_of(x, e->as_remember.id))) return &e->as_remember;
    }
    return first;
}

void fill_old(Text *t, const Moment *x)
{
    ObjectId young;
    const Event_remember *e = moment_remembered(x, &young);
    if (e) text_add(t, "%" PRId64, e->id);
}

void fill_young(Text *t, const Moment *x)
{
    ObjectId young;
    if (moment_remembered(x, &young)) text_add(t, "%" PRId64, young);
}

/* Whoever wrote the program knows no numbers of the runtime's own objects. */
void fill_written(Text *t, const Moment *x)
{
    ObjectId young;
    const Event_remember *e = moment_remembered(x, &young);
    const PlayObject *o = e ? playback_object(x->m->play, e->id) : NULL;
    if (o && (o->kind == KIND_STACK || o->kind == KIND_TSO))
        text_add(t, "The %s", kinds[o->kind].spoken);
    else if (e)
        text_add(t, "#%" PRId64, e->id);
}

/* ---- Exceptions */

void fill_exception(Text *t, const Moment *x)
{
    char text[64];
    text_add(t, "#%" PRId64 " %s", x->e->as_raise.id,
             model_object_label(x->m, x->e->as_raise.id, text, sizeof text));
}
