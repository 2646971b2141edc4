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

static bool local_names(const Model *m, ObjectId id, int64_t eval, Text *t)
{
    const Event_eval *e = &trace_event(m->trace, (uint64_t)eval)->as_eval;
    const Event_site *site = e->s == TRACE_NO_NUMBER ? NULL : trace_site(m->trace, e->s);
    char name[48];
    for (uint32_t k = 0; site && k < e->f.count; k++) {
        if (e->f.at[k].kind != WORD_ID || e->f.at[k].value != id) continue;
        text_word(site->names, k, name, sizeof name);
        if (!name[0]) continue;
        text_add(t, "%s", name);
        return true;
    }
    return false;
}

/* The name by which the code that demanded it knows the object; its own label otherwise. What the library
 * calls a thunk of the program says nothing to who wrote it. */
void explain_name(Text *t, const Moment *x, ObjectId id)
{
    char label[64];
    const Model *m = x->m;
    const Event_site *site = moment_site(x);
    bool stranger = is_own_closure(m, id) && site && !is_own_file(m, site->file);
    if (site && site->text[0] && !stranger &&
        !strchr(site->text, ' ')) { /* a variable alone: its name is what was demanded */
        text_add(t, "%s", site->text);
        return;
    }
    int64_t eval = telling_event(m, x->first - 1);
    bool has_locals = eval >= 0 && trace_event(m->trace, (uint64_t)eval)->type == EVENT_eval;
    if (has_locals && !stranger && local_names(m, id, eval, t)) return;
    const PlayObject *o = playback_object(m->play, id);
    if (o && o->kind != KIND_CON)
        text_add(t, "%s", model_object_label(m, id, label, sizeof label));
    else
        text_add(t, "#%" PRId64, id);
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
        text_add(t, "#%" PRId64, id);
    else if (o->kind != KIND_CON)
        text_add(t, "the %s %s", kinds[o->kind].spoken, model_object_label(x->m, id, text, sizeof text));
    else if (object_is_literal(x->m, o))
        text_add(t, "%s", model_object_label(x->m, id, text, sizeof text));
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
