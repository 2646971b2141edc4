/* The locals of the code that runs at the position: what is alive but stands neither on the stack nor in a
 * root.
 *
 * Some steps list them, for others they follow from the step before:
 *   eval        the variables that it lists, and what the step has bound since
 *   enter       a thunk's free variables, which have been loaded; for a value, what was there before, and the
 * value return      the value, and what waited in the frame that it reached apply       what was there
 * before, which the arguments are among, and the function So they may hold a little longer than the machine
 * does, until the next step that lists them; never shorter. */
#include <string.h>

#include "inspect/model_private.h"

/* How far back what "was there before" is looked for. */
enum { MOST_BACK = 16 };

typedef struct Locals {
    const Model *m;
    ModelLocal *out;
    uint32_t most, count;
} Locals;

static bool is_known(const Locals *l, TraceWord w)
{
    for (uint32_t k = 0; k < l->count && k < l->most; k++)
        if (w.kind == WORD_ID && l->out[k].word.kind == WORD_ID && l->out[k].word.value == w.value)
            return true;
    return false;
}

/* What a collection has found dead since it was told cannot be held any more. */
static bool is_dead(const Locals *l, TraceWord w)
{
    const PlayObject *o = w.kind == WORD_ID ? playback_object(l->m->play, w.value) : NULL;
    return o && o->dead;
}

static bool is_taken(const Locals *l, const char *name)
{
    for (uint32_t k = 0; k < l->count && k < l->most; k++)
        if (strcmp(l->out[k].name, name) == 0) return true;
    return false;
}

/* Of two of a name, the later one gets a prime: x, x'. */
static void name_local(const Locals *l, const char *name, char *out, size_t size)
{
    Text t = text_into(out, size);
    text_put(&t, name);
    while (is_taken(l, out) && !t.cut) text_put(&t, "'");
}

static void locals_add(Locals *l, const char *name, char rep, TraceWord w)
{
    if (w.kind == WORD_NOTHING || is_known(l, w) || is_dead(l, w)) return;
    if (l->count < l->most) {
        ModelLocal *local = &l->out[l->count];
        name_local(l, name, local->name, sizeof local->name);
        local->rep = rep;
        local->word = w;
    }
    l->count++;
}

static void add_id(Locals *l, const char *name, ObjectId id)
{
    if (id) locals_add(l, name, 'P', (TraceWord){WORD_ID, id});
}

/* ---- Frames */

/* The frame that event n has popped. Moves the playback there and back; the frame was there before and stays.
 */
static const PlayFrame *frame_popped(const Model *m, int64_t n)
{
    int64_t here = model_position(m);
    playback_seek(m->play, n - 1);
    const PlayFrame *f = playback_stack(m->play);
    playback_seek(m->play, here);
    return f;
}

/* The words of the frames popped between n and end are locals of the code that goes on. */
static void add_popped(Locals *l, int64_t n, int64_t end)
{
    char name[48];
    for (int64_t at = n + 1; at < end; at++) {
        const TraceEvent *e = trace_event(l->m->trace, (uint64_t)at);
        const PlayFrame *f = e->type == EVENT_pop ? frame_popped(l->m, at) : NULL;
        const Event_info *i = f ? trace_info(l->m->trace, f->info) : NULL;
        for (uint32_t k = 0; i && k < f->words.count; k++)
            locals_add(l, text_word(i->fields, k, name, sizeof name), k < strlen(i->reps) ? i->reps[k] : 'P',
                       f->words.at[k]);
    }
}

/* ---- eval */

static void add_listed(Locals *l, const Event_eval *e, const Event_site *site)
{
    char name[48];
    for (uint32_t k = 0; k < e->f.count; k++) {
        text_word(site ? site->names : "", k, name, sizeof name);
        char rep = site && k < strlen(site->reps) ? site->reps[k] : 'P';
        locals_add(l, name[0] ? name : "_", rep, e->f.at[k]);
    }
}

/* What a let has allocated until `end`; the names stand in the site's text, in order: "let xs ys". What comes
 * after them is the value that the code is about to return. */
static void add_bound(Locals *l, int64_t n, int64_t end, const Event_site *site)
{
    char name[48];
    uint32_t k = 1;
    for (int64_t at = n + 1; at < end; at++) {
        const TraceEvent *e = trace_event(l->m->trace, (uint64_t)at);
        if (e->type != EVENT_alloc || e->as_alloc.loaded || e->as_alloc.id < 0) continue;
        text_word(site->text, k++, name, sizeof name);
        add_id(l, name[0] ? name : "value", e->as_alloc.id);
    }
}

/* The end of the last collection between n and end, -1: none. */
static int64_t last_collection(const Model *m, int64_t n, int64_t end)
{
    for (int64_t at = end - 1; at > n; at--)
        if (trace_event(m->trace, (uint64_t)at)->type == EVENT_gc_end) return at;
    return -1;
}

static void add_eval(Locals *l, int64_t n, int64_t end)
{
    const Event_eval *e = &trace_event(l->m->trace, (uint64_t)n)->as_eval;
    const Event_site *site = e->s == TRACE_NO_NUMBER ? NULL : trace_site(l->m->trace, e->s);
    int64_t resumed = last_collection(l->m, n, end);
    if (resumed >= 0)
        add_popped(l, resumed, end);
    else
        add_listed(l, e, site);
    if (site && strncmp(e->rule, "let", 3) == 0) add_bound(l, resumed >= 0 ? resumed : n, end, site);
}

/* ---- enter, return, apply */

static void add_before(Locals *l, int64_t n, int back);

/* True of what the step at the position says, false of what was there before it. */
static bool is_latest(int back) { return back == MOST_BACK; }

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

static void add_enter(Locals *l, int64_t n, int back)
{
    const Event_enter *e = &trace_event(l->m->trace, (uint64_t)n)->as_enter;
    if (strcmp(e->rule, "enter-thunk") == 0) {
        add_free_variables(l, e->id);
    } else if (strcmp(e->rule, "enter-caf") != 0) {
        bool left = strcmp(e->rule, "follow-ind") == 0 && !is_latest(back);
        add_before(l, n, back);
        if (!left) add_id(l, "value", e->id);
    }
}

static void add_return(Locals *l, int64_t n, int64_t end)
{
    const Event_return *e = &trace_event(l->m->trace, (uint64_t)n)->as_return;
    if (e->id)
        add_id(l, "result", e->id);
    else
        locals_add(l, "result", e->rep && e->rep[0] ? e->rep[0] : 'I', e->value);
    add_popped(l, n, end);
}

/* A function that has called on may still hold what it passed: its free variables. */
static void add_apply(Locals *l, int64_t n, int back)
{
    ObjectId id = trace_event(l->m->trace, (uint64_t)n)->as_apply.id;
    const PlayObject *o = playback_object(l->m->play, id);
    add_before(l, n, back);
    if (is_latest(back))
        add_id(l, "function", id);
    else if (o && !object_is_static_code(o))
        add_id(l, "caller", id);
}

/* ---- All */

/* What the telling event n leaves alive until `end`. */
static void add_of_event(Locals *l, int64_t n, int64_t end, int back)
{
    if (n < 0) return;
    switch (trace_event(l->m->trace, (uint64_t)n)->type) {
    case EVENT_eval: add_eval(l, n, end); break;
    case EVENT_enter: add_enter(l, n, back); break;
    case EVENT_return: add_return(l, n, end); break;
    case EVENT_apply: add_apply(l, n, back); break;
    default: break;
    }
}

static void add_before(Locals *l, int64_t n, int back)
{
    if (back > 0) add_of_event(l, telling_event(l->m, n - 1), n, back - 1);
}

/* True if the step at the position ends or interrupts what ran before: then only what it hands on is there.
 */
static bool add_ended(Locals *l, int64_t n)
{
    for (int64_t at = model_step_first(l->m, model_step_at(l->m, n)); at >= 0 && at <= n; at++) {
        const TraceEvent *e = trace_event(l->m->trace, (uint64_t)at);
        if (e->type == EVENT_update) add_id(l, "value", e->as_update.to);
        if (e->type == EVENT_raise) add_id(l, "exception", e->as_raise.id);
        if (e->type == EVENT_update || e->type == EVENT_raise || e->type == EVENT_gc_begin) return true;
        if (begins_step(e->type)) return false;
    }
    return false;
}

uint32_t model_locals(const Model *m, ModelLocal *out, uint32_t most)
{
    Locals l = {m, out, most, 0};
    int64_t n = model_position(m);
    if (!add_ended(&l, n)) add_of_event(&l, telling_event(m, n), n + 1, MOST_BACK);
    return l.count;
}
