/* Which sentence a step gets; filling it is explain_fill.c's. */
#include <string.h>

#include "inspect/explain_private.h"

static const char *const sentences[EXPLANATION_COUNT] = {
#define EXPLANATION(key, sentence) [EXPLAIN_##key] = sentence,
#define CAUSE(reason, words)
#include "inspect/explanations.def"
#undef CAUSE
#undef EXPLANATION
};

const TraceEvent *moment_event(const Moment *x, EventType type)
{
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type == type) return e;
    }
    return NULL;
}

uint32_t moment_count(const Moment *x, EventType type)
{
    uint32_t count = 0;
    for (int64_t n = x->first; n <= x->last; n++)
        count += trace_event(x->m->trace, (uint64_t)n)->type == type;
    return count;
}

const Event_site *moment_site(const Moment *x) { return event_site(x->m, x->e); }

/* ---- Choosing */

static bool is(const char *rule, const char *name) { return strcmp(rule, name) == 0; }

static bool allocates(const Moment *x) { return moment_event(x, EVENT_alloc) != NULL; }

static Explanation of_letrec(const Moment *x)
{
    const Event_site *site = moment_site(x);
    bool one = site && strchr(site->text, ' ') == strrchr(site->text, ' ');
    return one ? EXPLAIN_LETREC_ONE : EXPLAIN_LETREC;
}

/* Without a frame: either the scrutinee is a variable, which is looked at next, or a primitive, which is
 * done. */
static Explanation of_case(const Moment *x)
{
    if (moment_event(x, EVENT_push)) return EXPLAIN_CASE;
    const Event_site *site = moment_site(x);
    int64_t next = x->last + 1;
    EventType type = next < (int64_t)trace_count(x->m->trace) ? trace_event(x->m->trace, (uint64_t)next)->type
                                                              : EVENT_NONE;
    bool computed = type == EVENT_eval && is(trace_event(x->m->trace, (uint64_t)next)->as_eval.rule, "catch");
    bool variable = site && strchr(site->text, ' ') == strrchr(site->text, ' ');
    return variable || computed || type == EVENT_enter || type == EVENT_raise ? EXPLAIN_CASE_LOOK
                                                                              : EXPLAIN_CASE_INLINE;
}

static Explanation of_eval(const Moment *x)
{
    const char *rule = x->e->as_eval.rule;
    bool lets = is(rule, "let") || is(rule, "letrec");
    if (lets && !allocates(x)) return EXPLAIN_LET_WAITS;
    if (is(rule, "letrec")) return of_letrec(x);
    if (lets) return EXPLAIN_LET;
    if (is(rule, "case")) return of_case(x);
    if (is(rule, "jump")) return EXPLAIN_JUMP;
    if (is(rule, "catch")) return EXPLAIN_CATCH;
    if (is(rule, "raise")) return EXPLAIN_RAISING;
    return EXPLANATION_COUNT;
}

static Explanation of_enter(const Moment *x)
{
    const Event_enter *e = &x->e->as_enter;
    if (is(e->rule, "enter-caf")) return EXPLAIN_ENTER_CAF;
    if (is(e->rule, "follow-ind")) return EXPLAIN_FOLLOW_IND;
    if (is(e->rule, "blackhole-self")) return EXPLAIN_BLACKHOLE_SELF;
    if (is(e->rule, "enter-value")) return is(e->tag, "hit") ? EXPLAIN_ENTER_VALUE : EXPLAIN_ENTER_VALUE_MISS;
    if (moment_event(x, EVENT_blackhole)) return EXPLAIN_ENTER_THUNK;
    return moment_event(x, EVENT_push) ? EXPLAIN_ENTER_THUNK_LAZY : EXPLAIN_ENTER_ONCE;
}

static Explanation of_apply(const Moment *x)
{
    const char *rule = x->e->as_apply.rule;
    return is(rule, "app-few")    ? EXPLAIN_APPLY_FEW
           : is(rule, "app-many") ? EXPLAIN_APPLY_MANY
                                  : EXPLAIN_APPLY_EXACT;
}

static Explanation of_return(const Moment *x)
{
    uint32_t frame = x->e->as_return.frame;
    switch (frame == TRACE_NO_NUMBER ? KIND_STOP_FRAME : kind_of_info(trace_info(x->m->trace, frame))) {
    case KIND_UPDATE_FRAME: return EXPLAIN_RETURN_UPDATE;
    case KIND_APPLY_FRAME: return EXPLAIN_RETURN_APPLY;
    case KIND_CATCH_FRAME: return EXPLAIN_RETURN_CATCH;
    case KIND_STOP_FRAME: return EXPLAIN_RETURN_STOP;
    default: return EXPLAIN_RETURN;
    }
}

/* A value is never a thunk; what an unwinding leaves behind is one, which raises. */
static Explanation of_update(const Moment *x)
{
    const PlayObject *to = playback_object(x->m->play, x->e->as_update.to);
    if (to && (kinds[to->kind].flags & IS_THUNK)) return EXPLAIN_UNWIND;
    const Reached *updated = reach_find(model_reach(x->m), x->e->as_update.id);
    return updated && updated->sources ? EXPLAIN_UPDATE : EXPLAIN_UPDATE_ALONE;
}

static Explanation of_collection(const Moment *x)
{
    if (!moment_event(x, EVENT_gc_end)) return EXPLAIN_GC_RUNNING;
    return x->e->as_gc_begin.major ? EXPLAIN_GC_MAJOR : EXPLAIN_GC_MINOR;
}

static Explanation choose(const Moment *x)
{
    switch (x->e->type) {
    case EVENT_eval: return of_eval(x);
    case EVENT_enter: return of_enter(x);
    case EVENT_apply: return of_apply(x);
    case EVENT_return: return of_return(x);
    case EVENT_update: return of_update(x);
    case EVENT_raise: return EXPLAIN_RAISE;
    case EVENT_gc_begin: return of_collection(x);
    default: return EXPLANATION_COUNT;
    }
}

/* ---- The moment */

/* Outside a collection, a remembered-set entry is worth a sentence of its own. */
static void explain_remembered(Text *t, const Moment *x)
{
    ObjectId young;
    if (x->e->type == EVENT_gc_begin || !moment_remembered(x, &young)) return;
    text_put(t, " ");
    explain_fill(t, x, sentences[young ? EXPLAIN_REMEMBERED : EXPLAIN_REMEMBERED_WRITTEN]);
}

static Moment moment_at(const Model *m, int64_t step)
{
    Moment x = {.m = m, .step = step, .first = model_step_first(m, step), .last = model_step_last(m, step)};
    for (int64_t n = x.first; n <= x.last; n++) {
        x.e = trace_event(m->trace, (uint64_t)n);
        if (begins_step(x.e->type)) return x;
    }
    int64_t before = telling_event(m, x.first); /* resumed after a collection: the rule stands before it */
    x.e = trace_event(m->trace, (uint64_t)(before >= 0 ? before : x.first));
    return x;
}

static void explain_step(Text *t, const Model *m, int64_t step, int level)
{
    char line[160];
    Moment x = moment_at(m, step);
    Explanation chosen = choose(&x);
    if (chosen == EXPLANATION_COUNT)
        text_add(t, "%s.", model_event_line(m, x.first, line, sizeof line));
    else
        explain_fill(t, &x, sentences[chosen]);
    explain_remembered(t, &x);
    if (level > 0) {
        text_put(t, " ");
        explain_fill(t, &x, sentences[EXPLAIN_TECHNICAL]);
    }
}

const char *model_explain(const Model *m, int64_t n, int level, char *out, size_t size)
{
    Text t = text_into(out, size);
    int64_t step = model_step_at(m, n), here = model_position(m);
    if (step < 0) {
        text_put(&t, sentences[EXPLAIN_START]);
        return out;
    }
    int64_t last = model_step_last(m, step);
    if (last != here) playback_seek(m->play, last);
    explain_step(&t, m, step, level);
    if (strncmp(out, "the ", 4) == 0) out[0] = 'T'; /* a name keeps its own case */
    if (last != here) playback_seek(m->play, here);
    return out;
}

/* ---- Why: the chain of demand is the stack. */

static void why_update(Text *t, const Model *m, const PlayFrame *f)
{
    char label[96];
    ObjectId id = f->words.count ? f->words.at[0].value : 0;
    text_add(t, "because #%lld %s was demanded and is being computed", (long long)id,
             model_object_label(m, id, label, sizeof label));
}

static void why_place(Text *t, const Model *m, ModelPlace place)
{
    if (place.line) text_put(t, ", ");
    if (place.is_haskell)
        add_brief_place(t, m, place);
    else if (place.line)
        text_add(t, "line %llu%s", (unsigned long long)place.line,
                 is_of_haskell(m) ? " of the STG text" : "");
}

static void why_frame(Text *t, const Model *m, const PlayFrame *f)
{
    const Event_info *i = trace_info(m->trace, f->info);
    switch (kind_of_info(i)) {
    case KIND_UPDATE_FRAME: why_update(t, m, f); break;
    case KIND_CASE_FRAME:
        text_add(t, "because %s waits to choose a branch", short_name(i->name));
        if (i->about) text_add(t, " (%s)", i->about);
        why_place(t, m, model_info_place(i));
        break;
    case KIND_APPLY_FRAME: text_put(t, "because arguments wait for a function"); break;
    case KIND_CATCH_FRAME: text_put(t, "inside a handler of exceptions"); break;
    case KIND_STOP_FRAME: text_put(t, "because the program runs"); break;
    default: text_add(t, "because of %s", i ? short_name(i->name) : "?");
    }
}

uint32_t model_why(const Model *m, int64_t n, char (*lines)[160], uint32_t most)
{
    int64_t here = model_position(m);
    if (n != here) playback_seek(m->play, n);
    uint32_t count = 0;
    for (const PlayFrame *f = playback_stack(m->play); f && count < most; f = f->below) {
        if (kind_of_info(trace_info(m->trace, f->info)) == KIND_UNDERFLOW_FRAME) continue;
        Text t = text_into(lines[count++], sizeof lines[0]);
        why_frame(&t, m, f);
    }
    if (n != here) playback_seek(m->play, here);
    return count;
}
