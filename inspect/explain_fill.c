/* Filling a sentence: {name} calls the filler of that name, [ … ] vanishes if a filler in it adds nothing. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "inspect/explain_private.h"

static const Event_gc_begin *gc_begin_of(const Moment *x) { return &x->e->as_gc_begin; }

static const Event_gc_end *gc_end_of(const Moment *x)
{
    const TraceEvent *end = moment_event(x, EVENT_gc_end);
    return end ? &end->as_gc_end : NULL;
}

static void add_count(Text *t, uint64_t n, const char *one, const char *many)
{
    text_add(t, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

/* "x", "x and y", "x, y and z": call before each item. */
static void add_join(Text *t, uint32_t k, uint32_t count)
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

/* The name by which the code that demanded it knows the object; its own label otherwise. */
static void add_name(Text *t, const Moment *x, ObjectId id)
{
    char label[64];
    const Model *m = x->m;
    const Event_site *site = moment_site(x);
    if (site && site->text[0] &&
        !strchr(site->text, ' ')) { /* a variable alone: its name is what was demanded */
        text_add(t, "%s", site->text);
        return;
    }
    int64_t eval = telling_event(m, x->first - 1);
    bool has_locals = eval >= 0 && trace_event(m->trace, (uint64_t)eval)->type == EVENT_eval;
    if (has_locals && local_names(m, id, eval, t)) return;
    const PlayObject *o = playback_object(m->play, id);
    if (o && o->kind != KIND_CON)
        text_add(t, "%s", model_object_label(m, id, label, sizeof label));
    else
        text_add(t, "#%" PRId64, id);
}

/* A constructor as a person writes it alone: (:), Just, []. */
static void add_con_name(Text *t, const char *name)
{
    bool operator= ispunct((unsigned char)name[0]) && !strchr("([_", name[0]);
    text_add(t, operator? "(%s)" : "%s", name);
}

static void add_value(Text *t, const Moment *x, ObjectId id)
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
        add_con_name(t, info_short(x->m, o->info));
}

/* ---- Allocation */

/* The k-th object that the step allocates: "xs as thunk #12 (4 words)". */
static void add_allocated(Text *t, const Moment *x, const Event_alloc *a, uint32_t k)
{
    char name[48];
    const Event_site *site = moment_site(x);
    Kind kind = kind_of_info(trace_info(x->m->trace, a->i));
    text_word(site ? site->text : "", k, name, sizeof name);
    if (name[0]) text_add(t, "%s as ", name);
    if (kind == KIND_CON) add_con_name(t, info_short(x->m, a->i));
    if (kind == KIND_CON) text_add(t, " ");
    text_add(t, "%s #%" PRId64 " (", kind < KIND_COUNT ? kinds[kind].spoken : "object", a->id);
    add_count(t, a->words, "word)", "words)");
}

static void fill_allocated(Text *t, const Moment *x)
{
    uint32_t count = moment_count(x, EVENT_alloc), k = 0;
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type != EVENT_alloc) continue;
        add_join(t, k++, count);
        add_allocated(t, x, &e->as_alloc, k);
    }
}

static void fill_bound(Text *t, const Moment *x)
{
    const Event_site *site = moment_site(x);
    char name[48];
    uint32_t count = 0;
    while (site && text_word(site->text, count + 1, name, sizeof name)[0]) count++;
    for (uint32_t k = 0; k < count; k++) {
        add_join(t, k, count);
        text_add(t, "%s", text_word(site->text, k + 1, name, sizeof name));
    }
}

static void fill_allocated_words(Text *t, const Moment *x)
{
    uint64_t words = 0;
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type == EVENT_alloc) words += e->as_alloc.words;
    }
    if (words) add_count(t, words, "word", "words");
}

/* ---- Case and return */

/* The expression of the site without its keyword: "case zipWith f as" is "zipWith f as". */
static void fill_e(Text *t, const Moment *x)
{
    const Event_site *site = moment_site(x);
    const char *text = site ? site->text : "it";
    if (strncmp(text, "case ", 5) == 0) text += 5;
    text_add(t, "%s", text);
}

/* The names of a frame's live words, or those that `keep` says no to. */
static void add_frame_names(Text *t, const Moment *x, uint32_t info, TraceWords words,
                            bool (*skip)(const Moment *, TraceWord))
{
    char name[48];
    uint32_t count = 0, k = 0;
    for (uint32_t w = 0; w < words.count; w++)
        count += words.at[w].kind == WORD_ID && !(skip && skip(x, words.at[w]));
    for (uint32_t w = 0; w < words.count; w++) {
        if (words.at[w].kind != WORD_ID || (skip && skip(x, words.at[w]))) continue;
        add_join(t, k++, count);
        model_field_name(x->m, info, w, name, sizeof name);
        if (name[0])
            text_add(t, "%s", name);
        else
            text_add(t, "#%" PRId64, words.at[w].value);
    }
}

static void fill_live(Text *t, const Moment *x)
{
    const TraceEvent *push = moment_event(x, EVENT_push);
    if (push) add_frame_names(t, x, push->as_push.i, push->as_push.f, NULL);
}

static void fill_value(Text *t, const Moment *x)
{
    char word[48];
    const Event_return *e = &x->e->as_return;
    if (e->id)
        add_value(t, x, e->id);
    else if (e->value.kind == WORD_NOTHING)
        text_add(t, "The result");
    else
        text_add(t, "%s", model_word(x->m, e->value, e->rep ? e->rep[0] : 'I', word, sizeof word));
}

static void fill_frame(Text *t, const Moment *x)
{
    const Event_info *i = trace_info(x->m->trace, x->e->as_return.frame);
    text_add(t, "case in %s", i ? short_name(i->name) : "?");
}

static bool is_alternative(const char *about, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = about; at; at = strstr(at, " | ") ? strstr(at, " | ") + 3 : NULL) {
        size_t here = strstr(at, " | ") ? (size_t)(strstr(at, " | ") - at) : strlen(at);
        if (here == length && strncmp(at, name, length) == 0) return true;
    }
    return false;
}

/* Only a choice is worth a word: a case with one alternative takes that. */
static void fill_alt(Text *t, const Moment *x)
{
    char word[48] = "";
    const Event_return *e = &x->e->as_return;
    const Event_info *frame = trace_info(x->m->trace, e->frame);
    const PlayObject *o = e->id ? playback_object(x->m->play, e->id) : NULL;
    const Event_info *con = o ? trace_info(x->m->trace, o->info) : NULL;
    if (!frame || !frame->about || !strstr(frame->about, " | ")) return;
    if (!e->id) model_word(x->m, e->value, 'I', word, sizeof word);
    const char *name = con ? con->name : word;
    if (is_alternative(frame->about, name))
        add_con_name(t, short_name(name));
    else if (is_alternative(frame->about, "_"))
        text_add(t, "_");
}

/* Dropped by the chosen branch: what waited in the frame and is not among the locals that come next. */
static bool is_still_local(const Moment *x, TraceWord w)
{
    for (uint64_t n = (uint64_t)x->last + 1; n < trace_count(x->m->trace) && n <= (uint64_t)x->last + 64;
         n++) {
        const TraceEvent *e = trace_event(x->m->trace, n);
        if (e->type == EVENT_gc_begin || e->type == EVENT_enter || e->type == EVENT_apply ||
            e->type == EVENT_return)
            return true; /* nothing is told of the locals */
        if (e->type != EVENT_eval) continue;
        for (uint32_t k = 0; k < e->as_eval.f.count; k++)
            if (e->as_eval.f.at[k].kind == WORD_ID && e->as_eval.f.at[k].value == w.value) return true;
        return false;
    }
    return true;
}

static void fill_dropped(Text *t, const Moment *x)
{
    const TraceEvent *pop = moment_event(x, EVENT_pop);
    if (!pop || x->first < 1) return;
    playback_seek(x->m->play, (int64_t)pop->n - 1);
    const PlayFrame *f = playback_stack(x->m->play);
    if (f) add_frame_names(t, x, f->info, f->words, is_still_local);
    playback_seek(x->m->play, x->last);
}

static void fill_updatee(Text *t, const Moment *x)
{
    char label[48];
    for (int64_t n = x->last + 1; n < (int64_t)trace_count(x->m->trace) && n < x->last + 8; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type != EVENT_update) continue;
        text_add(t, "#%" PRId64 " %s", e->as_update.id,
                 model_object_label(x->m, e->as_update.id, label, sizeof label));
        return;
    }
    text_add(t, "its thunk");
}

/* ---- Enter and update */

static ObjectId subject(const Moment *x)
{
    switch (x->e->type) {
    case EVENT_enter: return x->e->as_enter.id;
    case EVENT_apply: return x->e->as_apply.id;
    case EVENT_update: return x->e->as_update.id;
    default: return 0;
    }
}

static void fill_x(Text *t, const Moment *x) { add_name(t, x, subject(x)); }
static void fill_id(Text *t, const Moment *x) { text_add(t, "%" PRId64, subject(x)); }

static void fill_to(Text *t, const Moment *x)
{
    const PlayObject *o = playback_object(x->m->play, subject(x));
    ObjectId to = x->e->type == EVENT_update ? x->e->as_update.to : o ? o->target : 0;
    text_add(t, "%" PRId64, to);
}

static void fill_con(Text *t, const Moment *x)
{
    const PlayObject *o = playback_object(x->m->play, subject(x));
    if (o && (o->kind == KIND_FUN || o->kind == KIND_PAP))
        text_add(t, "a %s", kinds[o->kind].spoken);
    else
        add_value(t, x, subject(x));
}

static void fill_others(Text *t, const Moment *x)
{
    const Reached *updated = reach_find(model_reach(x->m), subject(x));
    add_count(t, updated ? updated->sources : 0, "other reference", "other references");
}

/* The step at which the object was entered, before this one. */
static void fill_s(Text *t, const Moment *x)
{
    for (int64_t n = x->first - 1; n >= 0; n--) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type != EVENT_enter || e->as_enter.id != subject(x)) continue;
        text_add(t, "%" PRId64, model_step_at(x->m, n));
        return;
    }
}

static void fill_old(Text *t, const Moment *x)
{
    const TraceEvent *e = moment_event(x, EVENT_remember);
    if (e) text_add(t, "%" PRId64, e->as_remember.id);
}

static void fill_young(Text *t, const Moment *x)
{
    const TraceEvent *e = moment_event(x, EVENT_remember);
    const PlayObject *o = e ? playback_object(x->m->play, e->as_remember.id) : NULL;
    for (uint32_t k = 0; o && k < object_edge_count(o); k++) {
        const PlayObject *to = playback_object(x->m->play, object_edge(o, k));
        if (!to || to->generation >= o->generation) continue;
        text_add(t, "%" PRId64, to->id);
        return;
    }
    text_add(t, "objects");
}

/* ---- Application */

static void fill_f(Text *t, const Moment *x)
{
    char label[64];
    const PlayObject *o = playback_object(x->m->play, subject(x));
    if (o && o->kind == KIND_PAP) text_add(t, "the partial application ");
    add_con_name(t, model_object_label(x->m, subject(x), label, sizeof label));
}

static void fill_n(Text *t, const Moment *x) { text_add(t, "%" PRIu64, x->e->as_apply.args); }
static void fill_m(Text *t, const Moment *x) { text_add(t, "%" PRIu64, x->e->as_apply.arity); }

static void fill_k(Text *t, const Moment *x)
{
    const Event_apply *e = &x->e->as_apply;
    text_add(t, "%" PRIu64, e->args > e->arity ? e->args - e->arity : 0);
}

static void fill_arguments(Text *t, const Moment *x)
{
    uint64_t n = x->e->as_apply.args;
    if (n == 1)
        text_add(t, "argument");
    else
        text_add(t, "%" PRIu64 " arguments", n);
}

static void fill_pap(Text *t, const Moment *x)
{
    const TraceEvent *e = moment_event(x, EVENT_alloc);
    if (e) text_add(t, "%" PRId64, e->as_alloc.id);
}

/* ---- Exceptions */

static void fill_exception(Text *t, const Moment *x)
{
    char text[64];
    text_add(t, "#%" PRId64 " %s", x->e->as_raise.id,
             model_object_label(x->m, x->e->as_raise.id, text, sizeof text));
}

/* ---- Collections */

static void fill_cause(Text *t, const Moment *x)
{
    static const char *const causes[][2] = {
#define EXPLANATION(key, sentence)
#define CAUSE(reason, words) {reason, words},
#include "inspect/explanations.def"
#undef CAUSE
#undef EXPLANATION
    };
    const char *reason = gc_begin_of(x)->reason, *words = reason;
    for (size_t k = 0; k < sizeof causes / sizeof *causes; k++)
        if (strcmp(causes[k][0], reason) == 0) words = causes[k][1];
    text_add(t, "%s", words);
}

static void fill_l(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    if (e) text_add(t, "%" PRIu64, e->copied);
}

static uint64_t collected_words(const Event_gc_end *e) { return e ? e->copied + e->freed : 0; }

static void fill_words(Text *t, const Moment *x) { text_add(t, "%" PRIu64, collected_words(gc_end_of(x))); }

static void fill_p(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    uint64_t all = collected_words(e);
    text_add(t, "%" PRIu64, all ? e->copied * 100 / all : 0);
}

static void fill_died(Text *t, const Moment *x)
{
    add_count(t, moment_count(x, EVENT_die), "object", "objects");
}

static void fill_promoted(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    text_add(t, "%" PRIu64, e ? e->promoted_objects : 0);
}

static void fill_g(Text *t, const Moment *x) { text_add(t, "%" PRIu64, gc_begin_of(x)->generation + 1); }

static void fill_inds(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    add_count(t, e ? e->ind_removed : 0, "indirection", "indirections");
}

static void fill_cafs(Text *t, const Moment *x)
{
    uint32_t freed = 0;
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        freed += e->type == EVENT_unroot && strcmp(e->as_unroot.class, "CAF") == 0;
    }
    if (freed) add_count(t, freed, "CAF", "CAFs");
}

static void fill_live_words(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    if (e) text_add(t, "%" PRIu64, e->live);
}

/* ---- The technical sentence */

static void fill_rule(Text *t, const Moment *x)
{
    switch (x->e->type) {
    case EVENT_eval: text_add(t, "%s", x->e->as_eval.rule); break;
    case EVENT_enter: text_add(t, "%s", x->e->as_enter.rule); break;
    case EVENT_apply: text_add(t, "%s", x->e->as_apply.rule); break;
    case EVENT_gc_begin: text_add(t, "collection %" PRIu64, gc_begin_of(x)->number); break;
    default: text_add(t, "%s", x->e->type < EVENT_COUNT ? event_names[x->e->type] : "?");
    }
}

static void fill_place(Text *t, const Moment *x)
{
    const char *path = NULL;
    const Event_site *site = moment_site(x);
    if (!site || !site->line) return;
    trace_source(x->m->trace, (uint32_t)site->file, &path);
    text_add(t, "%s:%" PRIu64 ":%" PRIu64, path ? path : "?", site->line, site->column);
}

static void fill_address(Text *t, const Moment *x)
{
    const PlayObject *o = subject(x) ? playback_object(x->m->play, subject(x)) : NULL;
    if (!o) return;
    text_add(t, "#%" PRId64 " is at block %u +0x%x, generation %u", o->id, o->at.block,
             (unsigned)(o->at.offset * sizeof(int64_t)), o->generation);
}

/* ---- Templates */

static const struct {
    const char *name;
    void (*fill)(Text *t, const Moment *x);
} fillers[] = {
    {"allocated", fill_allocated},
    {"bound", fill_bound},
    {"allocated_words", fill_allocated_words},
    {"e", fill_e},
    {"live", fill_live},
    {"value", fill_value},
    {"frame", fill_frame},
    {"alt", fill_alt},
    {"dropped", fill_dropped},
    {"updatee", fill_updatee},
    {"x", fill_x},
    {"id", fill_id},
    {"to", fill_to},
    {"con", fill_con},
    {"others", fill_others},
    {"s", fill_s},
    {"old", fill_old},
    {"young", fill_young},
    {"f", fill_f},
    {"n", fill_n},
    {"m", fill_m},
    {"k", fill_k},
    {"arguments", fill_arguments},
    {"pap", fill_pap},
    {"exception", fill_exception},
    {"cause", fill_cause},
    {"l", fill_l},
    {"words", fill_words},
    {"p", fill_p},
    {"died", fill_died},
    {"promoted", fill_promoted},
    {"g", fill_g},
    {"inds", fill_inds},
    {"cafs", fill_cafs},
    {"rule", fill_rule},
    {"place", fill_place},
    {"address", fill_address},
    {"live_words", fill_live_words},
};

/* Fills {name} at `at`; returns what stands behind it. `empty` is set if nothing was added. */
static const char *fill_name(Text *t, const Moment *x, const char *at, bool *empty)
{
    size_t length = strcspn(at + 1, "}"), before = t->used;
    for (size_t k = 0; k < sizeof fillers / sizeof *fillers; k++)
        if (strlen(fillers[k].name) == length && strncmp(fillers[k].name, at + 1, length) == 0)
            fillers[k].fill(t, x);
    if (t->used == before && !t->cut) *empty = true;
    return at + length + 2;
}

void explain_fill(Text *t, const Moment *x, const char *sentence)
{
    Text group = *t; /* as the text was when the bracket opened */
    bool empty = false;
    for (const char *at = sentence; *at;) {
        if (*at == '{') {
            at = fill_name(t, x, at, &empty);
            continue;
        }
        if (*at == '[') {
            group = *t;
            empty = false;
        } else if (*at == ']') {
            if (empty) *t = group;
            if (empty && t->size > t->used) t->out[t->used] = 0;
        } else {
            text_add(t, "%c", *at);
        }
        at++;
    }
}
