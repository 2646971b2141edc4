/* What sentences say of the code that runs: let, case, return, application. */
#include <inttypes.h>
#include <string.h>

#include "inspect/explain_private.h"

enum { MOST_NAMES = 16 };

/* ---- Allocation */

/* The k-th object that the step allocates: "xs as thunk #12 (4 words)". */
static void add_allocated(Text *t, const Moment *x, const Event_alloc *a, uint32_t k)
{
    char name[48];
    const Event_site *site = moment_site(x);
    Kind kind = kind_of_info(trace_info(x->m->trace, a->i));
    text_word(site ? site->text : "", k, name, sizeof name);
    if (name[0]) text_add(t, "%s as ", name);
    if (kind == KIND_CON) explain_con_name(t, info_short(x->m, a->i));
    if (kind == KIND_CON) text_put(t, " ");
    text_add(t, "%s #%" PRId64 " (", kind < KIND_COUNT ? kinds[kind].spoken : "object", a->id);
    explain_count(t, a->words, "word)", "words)");
}

void fill_allocated(Text *t, const Moment *x)
{
    uint32_t count = moment_count(x, EVENT_alloc), k = 0;
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type != EVENT_alloc) continue;
        explain_join(t, k++, count);
        add_allocated(t, x, &e->as_alloc, k);
    }
}

void fill_bound(Text *t, const Moment *x)
{
    const Event_site *site = moment_site(x);
    char name[48];
    uint32_t count = 0;
    while (site && text_word(site->text, count + 1, name, sizeof name)[0]) count++;
    for (uint32_t k = 0; k < count; k++) {
        explain_join(t, k, count);
        text_put(t, text_word(site->text, k + 1, name, sizeof name));
    }
}

void fill_allocated_words(Text *t, const Moment *x)
{
    uint64_t words = 0;
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type == EVENT_alloc) words += e->as_alloc.words;
    }
    if (words) explain_count(t, words, "word", "words");
}

/* ---- Case and return */

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == length && strncmp(at, word, length) == 0) return true;
    return false;
}

/* The expression of the site without its keyword: "case zipWith f as" is "zipWith f as". */
void fill_e(Text *t, const Moment *x)
{
    const Event_site *site = moment_site(x);
    const char *text = site ? site->text : "it";
    if (strncmp(text, "case ", 5) == 0) text += 5;
    text_put(t, text);
}

/* Names of the references in a frame; all of them, or those that are none of `kept`. */
static void add_frame_names(Text *t, const Moment *x, uint32_t info, TraceWords words, const char *kept)
{
    char names[MOST_NAMES][48];
    uint32_t count = 0;
    for (uint32_t w = 0; w < words.count && count < MOST_NAMES; w++) {
        char *name = names[count];
        if (words.at[w].kind != WORD_ID) continue;
        model_field_name(x->m, info, w, name, sizeof names[0]);
        if (name[0] && !(kept && has_word(kept, name))) count++;
    }
    for (uint32_t k = 0; k < count; k++) {
        explain_join(t, k, count);
        text_put(t, names[k]);
    }
}

void fill_live(Text *t, const Moment *x)
{
    const TraceEvent *push = moment_event(x, EVENT_push);
    if (push) add_frame_names(t, x, push->as_push.i, push->as_push.f, NULL);
}

void fill_value(Text *t, const Moment *x)
{
    char word[48];
    const Event_return *e = &x->e->as_return;
    if (e->id)
        explain_value(t, x, e->id);
    else if (e->value.kind == WORD_NOTHING)
        text_put(t, "The result");
    else
        text_put(t, model_word(x->m, e->value, e->rep ? e->rep[0] : 'I', word, sizeof word));
}

void fill_frame(Text *t, const Moment *x)
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
void fill_alt(Text *t, const Moment *x)
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
        explain_con_name(t, short_name(name));
    else if (is_alternative(frame->about, "_"))
        text_put(t, "_");
}

/* The variables that the code behind the step reads, by name; NULL if no event says. Its next event stands in
 * the branch that was taken, and lists all that the branch still holds. */
static const char *names_read_next(const Moment *x)
{
    uint64_t count = trace_count(x->m->trace);
    for (uint64_t n = (uint64_t)x->last + 1; n < count; n++) {
        const TraceEvent *e = trace_event(x->m->trace, n);
        if (e->type == EVENT_update || e->type == EVENT_raise || e->type == EVENT_gc_begin) return NULL;
        if (!begins_step(e->type)) continue;
        const Event_site *site = event_site(x->m, e);
        return site ? site->names : NULL;
    }
    return NULL;
}

/* What waited in the frame, and the branch that was taken does not read. */
void fill_dropped(Text *t, const Moment *x)
{
    const TraceEvent *pop = moment_event(x, EVENT_pop);
    const char *kept = names_read_next(x);
    if (!pop || !kept) return;
    playback_seek(x->m->play, (int64_t)pop->n - 1);
    const PlayFrame *f = playback_stack(x->m->play);
    if (f) add_frame_names(t, x, f->info, f->words, kept);
    playback_seek(x->m->play, x->last);
}

void fill_updatee(Text *t, const Moment *x)
{
    char label[48];
    for (int64_t n = x->last + 1; n < (int64_t)trace_count(x->m->trace) && n < x->last + 8; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        if (e->type != EVENT_update) continue;
        text_add(t, "#%" PRId64 " %s", e->as_update.id,
                 model_object_label(x->m, e->as_update.id, label, sizeof label));
        return;
    }
    text_put(t, "its thunk");
}

/* ---- Application */

void fill_f(Text *t, const Moment *x)
{
    char label[64];
    const PlayObject *o = playback_object(x->m->play, explain_subject(x));
    if (o && o->kind == KIND_PAP) text_put(t, "the partial application ");
    explain_con_name(t, model_object_label(x->m, explain_subject(x), label, sizeof label));
}

void fill_n(Text *t, const Moment *x) { text_add(t, "%" PRIu64, x->e->as_apply.args); }
void fill_m(Text *t, const Moment *x) { text_add(t, "%" PRIu64, x->e->as_apply.arity); }

void fill_k(Text *t, const Moment *x)
{
    const Event_apply *e = &x->e->as_apply;
    text_add(t, "%" PRIu64, e->args > e->arity ? e->args - e->arity : 0);
}

void fill_arguments(Text *t, const Moment *x)
{
    uint64_t n = x->e->as_apply.args;
    if (n == 1)
        text_put(t, "argument");
    else
        text_add(t, "%" PRIu64 " arguments", n);
}

void fill_pap(Text *t, const Moment *x)
{
    const TraceEvent *e = moment_event(x, EVENT_alloc);
    if (e) text_add(t, "%" PRId64, e->as_alloc.id);
}
