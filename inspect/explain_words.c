/* Words that sentences are made of: numbers, lists, and what objects are called. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "inspect/explain_private.h"

void explain_count(Text *t, uint64_t n, const char *one, const char *many)
{
    text_add(t, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

/* "x", "x and y", "x, y and z": call before each item. */
void explain_join(Text *t, uint32_t k, uint32_t count)
{
    if (k > 0) text_add(t, k + 1 == count ? " and " : ", ");
}

/* ---- Names of objects */

/* Among the locals that an eval lists; "" if it is none of them. */
static void name_among_locals(const Model *m, ObjectId id, const TraceEvent *e, char *out, size_t size)
{
    const Event_site *site = event_site(m, e);
    const TraceWords locals = e->as_eval.f;
    for (uint32_t k = 0; site && k < locals.count && !out[0]; k++)
        if (locals.at[k].kind == WORD_ID && locals.at[k].value == id) text_word(site->names, k, out, size);
}

/* What the code that demanded it calls the object, "" if it has no name there: a variable that stands alone
 * is what was demanded. */
static void name_in_code(const Moment *x, ObjectId id, char *out, size_t size)
{
    const Event_site *site = moment_site(x);
    Text name = text_into(out, size);
    if (site && !strchr(site->text, ' ')) text_put(&name, site->text);
    int64_t told = telling_event(x->m, x->first - 1);
    const TraceEvent *e = told < 0 ? NULL : trace_event(x->m->trace, (uint64_t)told);
    if (!out[0] && e && e->type == EVENT_eval) name_among_locals(x->m, id, e, out, size);
}

/* The name in the code, else the object's own. To who wrote the program, what the library calls one of its
 * thunks says little: then both. */
void explain_name(Text *t, const Moment *x, ObjectId id)
{
    char here[64], own[64];
    const Event_site *site = moment_site(x);
    const PlayObject *o = playback_object(x->m->play, id);
    name_in_code(x, id, here, sizeof here);
    model_object_label(x->m, id, own, sizeof own);
    bool stranger = site && is_own_closure(x->m, id) && !is_own_place(x->m, model_site_place(site));
    if (here[0] && stranger && strcmp(here, own) != 0)
        text_add(t, "%s (here %s)", own, here);
    else if (here[0])
        text_put(t, here);
    else if (o && o->kind != KIND_CON)
        text_put(t, own);
    else
        text_id(t, id);
}

/* A constructor as a person writes it alone: (:), Just, []. */
void explain_con_name(Text *t, const char *name)
{
    bool operator= ispunct((unsigned char)name[0]) && !strchr("([_", name[0]);
    text_add(t, operator? "(%s)" : "%s", name);
}

void explain_value(Text *t, const Moment *x, ObjectId id)
{
    char text[64];
    const PlayObject *o = playback_object(x->m->play, id);
    if (!o)
        text_id(t, id);
    else if (o->kind != KIND_CON)
        text_add(t, "the %s %s", kinds[o->kind].spoken, model_object_label(x->m, id, text, sizeof text));
    else if (object_is_literal(x->m, o))
        text_put(t, model_object_label(x->m, id, text, sizeof text));
    else
        explain_con_name(t, info_short(x->m, o->info));
}

ObjectId explain_subject(const Moment *x)
{
    switch (x->e->type) {
    case EVENT_enter: return x->e->as_enter.id;
    case EVENT_apply: return x->e->as_apply.id;
    case EVENT_update: return x->e->as_update.id;
    default: return 0;
    }
}
