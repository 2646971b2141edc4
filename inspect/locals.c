/* The locals of the code that runs at the position: what is alive but stands neither on the stack nor in a
 * root.
 *
 * They are what the last telling event says: of an eval, the variables that it lists and those that the step
 * has bound since; of an enter, the free variables that the thunk brought, or the value that was met; of a
 * return, the value. A call still has the locals of the code that made it. */
#include <string.h>

#include "inspect/model_private.h"

typedef struct Locals {
    const Model *m;
    ModelLocal *out;
    uint32_t most, count;
} Locals;

static void locals_add(Locals *l, const char *name, char rep, TraceWord w)
{
    if (w.kind == WORD_NOTHING) return;
    if (l->count < l->most) {
        ModelLocal *local = &l->out[l->count];
        Text t = text_into(local->name, sizeof local->name);
        text_add(&t, "%s", name);
        local->rep = rep;
        local->word = w;
    }
    l->count++;
}

static void add_id(Locals *l, const char *name, ObjectId id)
{
    if (id) locals_add(l, name, 'P', (TraceWord){WORD_ID, id});
}

static void add_eval(Locals *l, const Event_eval *e)
{
    const Event_site *site = e->s == TRACE_NO_NUMBER ? NULL : trace_site(l->m->trace, e->s);
    char name[48];
    for (uint32_t k = 0; k < e->f.count; k++) {
        text_word(site ? site->names : "", k, name, sizeof name);
        char rep = site && k < strlen(site->reps) ? site->reps[k] : 'P';
        locals_add(l, name[0] ? name : "_", rep, e->f.at[k]);
    }
}

/* What a let has allocated up to the position; the names stand in the site's text, in order: "let xs ys". */
static void add_bound(Locals *l, int64_t n)
{
    const Event_eval *e = &trace_event(l->m->trace, (uint64_t)n)->as_eval;
    const Event_site *site = e->s == TRACE_NO_NUMBER ? NULL : trace_site(l->m->trace, e->s);
    if (!site || strncmp(e->rule, "let", 3) != 0) return;
    char name[48];
    uint32_t k = 1;
    for (int64_t at = n + 1; at <= model_position(l->m); at++) {
        const TraceEvent *event = trace_event(l->m->trace, (uint64_t)at);
        if (event->type == EVENT_alloc && !event->as_alloc.loaded)
            add_id(l, text_word(site->text, k++, name, sizeof name), event->as_alloc.id);
    }
}

/* The words a thunk was born with, by name: they have been loaded, whatever the black hole keeps. */
static void add_free_variables(Locals *l, ObjectId id)
{
    const PlayObject *o = playback_object(l->m->play, id);
    const TraceEvent *born = o ? trace_event(l->m->trace, o->born) : NULL;
    if (!born || born->type != EVENT_alloc) return;
    char name[48];
    for (uint32_t k = 0; k < born->as_alloc.f.count; k++)
        locals_add(l, model_field_name(l->m, o->info, k, name, sizeof name), model_field_rep(l->m, o, k),
                   born->as_alloc.f.at[k]);
}

static void add_enter(Locals *l, const Event_enter *e)
{
    if (strcmp(e->rule, "enter-thunk") == 0)
        add_free_variables(l, e->id);
    else if (strcmp(e->rule, "enter-caf") != 0)
        add_id(l, "value", e->id);
}

static void add_return(Locals *l, const Event_return *e)
{
    if (e->id)
        add_id(l, "result", e->id);
    else
        locals_add(l, "result", e->rep && e->rep[0] ? e->rep[0] : 'I', e->value);
}

static void add_of_event(Locals *l, int64_t n)
{
    const TraceEvent *e = n < 0 ? NULL : trace_event(l->m->trace, (uint64_t)n);
    if (!e) return;
    switch (e->type) {
    case EVENT_eval:
        add_eval(l, &e->as_eval);
        add_bound(l, n);
        break;
    case EVENT_enter: add_enter(l, &e->as_enter); break;
    case EVENT_return: add_return(l, &e->as_return); break;
    default: break;
    }
}

uint32_t model_locals(const Model *m, ModelLocal *out, uint32_t most)
{
    Locals l = {m, out, most, 0};
    int64_t n = telling_event(m, model_position(m));
    const TraceEvent *e = n < 0 ? NULL : trace_event(m->trace, (uint64_t)n);
    if (e && e->type == EVENT_apply) {
        int64_t caller = telling_event(m, n - 1);
        bool from_code = caller >= 0 && trace_event(m->trace, (uint64_t)caller)->type == EVENT_eval;
        if (from_code) add_eval(&l, &trace_event(m->trace, (uint64_t)caller)->as_eval);
        add_id(&l, "function", e->as_apply.id);
    }
    add_of_event(&l, n);
    return l.count;
}
