/* What sentences say of a collection. All numbers are those of its gc_end. */
#include <inttypes.h>
#include <string.h>

#include "inspect/explain_private.h"

static const Event_gc_begin *gc_begin_of(const Moment *x) { return &x->e->as_gc_begin; }

static const Event_gc_end *gc_end_of(const Moment *x)
{
    const TraceEvent *end = moment_event(x, EVENT_gc_end);
    return end ? &end->as_gc_end : NULL;
}

void fill_cause(Text *t, const Moment *x)
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
    text_put(t, words);
}

void fill_l(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    if (e) text_add(t, "%" PRIu64, e->copied);
}

static uint64_t collected_words(const Event_gc_end *e) { return e ? e->copied + e->freed : 0; }

void fill_words(Text *t, const Moment *x) { text_add(t, "%" PRIu64, collected_words(gc_end_of(x))); }

void fill_p(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    uint64_t all = collected_words(e);
    text_add(t, "%" PRIu64, all ? e->copied * 100 / all : 0);
}

/* Below level heap nobody knows which objects died; the totals know how many words. */
void fill_died(Text *t, const Moment *x)
{
    if (!model_missing(x->m, TRACE_HEAP)) explain_count(t, moment_count(x, EVENT_die), "object", "objects");
}

void fill_freed(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    if (e && model_missing(x->m, TRACE_HEAP)) explain_count(t, e->freed, "word", "words");
}

void fill_promoted(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    text_add(t, "%" PRIu64, e ? e->promoted_objects : 0);
}

void fill_moved(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    explain_count(t, e ? e->promoted_objects : 0, "object", "objects");
}

void fill_g(Text *t, const Moment *x) { text_add(t, "%" PRIu64, gc_begin_of(x)->generation + 1); }

void fill_inds(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    explain_count(t, e ? e->ind_removed : 0, "indirection", "indirections");
}

void fill_cafs(Text *t, const Moment *x)
{
    uint32_t freed = 0;
    for (int64_t n = x->first; n <= x->last; n++) {
        const TraceEvent *e = trace_event(x->m->trace, (uint64_t)n);
        freed += e->type == EVENT_unroot && strcmp(e->as_unroot.class, "CAF") == 0;
    }
    if (freed) explain_count(t, freed, "CAF", "CAFs");
}

void fill_live_words(Text *t, const Moment *x)
{
    const Event_gc_end *e = gc_end_of(x);
    if (e) text_add(t, "%" PRIu64, e->live);
}
