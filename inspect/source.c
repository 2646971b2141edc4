/* Where the running code stands: in the Haskell source if a source note says so, else in the STG text; and
 * whether that, or the closure that is worked on, is the program's own or the library's. */
#include <string.h>

#include "inspect/model_private.h"

static uint32_t site_of(const TraceEvent *e)
{
    switch (e->type) {
    case EVENT_eval: return e->as_eval.s;
    case EVENT_enter: return e->as_enter.s;
    case EVENT_return: return e->as_return.s;
    case EVENT_apply: return e->as_apply.s;
    default: return TRACE_NO_NUMBER;
    }
}

const Event_site *event_site(const Model *m, const TraceEvent *e)
{
    uint32_t s = site_of(e);
    return s == TRACE_NO_NUMBER ? NULL : trace_site(m->trace, s);
}

bool model_source_span(const Model *m, int64_t n, uint32_t *file, uint32_t *line, uint32_t *column,
                       uint32_t *end_line, uint32_t *end_column)
{
    int64_t told = telling_event(m, n);
    const Event_site *site = told < 0 ? NULL : event_site(m, trace_event(m->trace, (uint64_t)told));
    if (!site) return false;
    bool haskell = site->source_line != 0;
    *file = (uint32_t)(haskell ? site->source_file : site->file);
    *line = (uint32_t)(haskell ? site->source_line : site->line);
    *column = (uint32_t)(haskell ? site->source_column : site->column);
    *end_line = (uint32_t)(haskell ? site->source_end_line : site->end_line);
    *end_column = (uint32_t)(haskell ? site->source_end_column : site->end_column);
    return *line != 0;
}

/* ---- Own or the library's */

bool is_own_file(const Model *m, uint64_t file)
{
    const char *path = NULL;
    const Event_trace *header = trace_header(m->trace);
    trace_source(m->trace, (uint32_t)file, &path);
    return header && path && strcmp(path, header->program) == 0;
}

static bool is_own_code(const Model *m, int64_t n)
{
    uint32_t file, line, column, end_line, end_column;
    return model_source_span(m, n, &file, &line, &column, &end_line, &end_column) && is_own_file(m, file);
}

bool is_own_closure(const Model *m, ObjectId id)
{
    const PlayObject *o = playback_object(m->play, id);
    const Event_info *i = o ? trace_info(m->trace, o->info) : NULL;
    return i && i->line && is_own_file(m, i->file);
}

/* The closure whose evaluation begins, ends or is read by the event; 0: none. */
static ObjectId evaluated_by(const TraceEvent *e)
{
    switch (e->type) {
    case EVENT_enter: return e->as_enter.id;
    case EVENT_update: return e->as_update.id;
    case EVENT_blackhole: return e->as_blackhole.id;
    default: return 0;
    }
}

bool model_step_is_own(const Model *m)
{
    int64_t step = model_step_at(m, model_position(m)), first = model_step_first(m, step);
    if (step < 0) return true;
    if (trace_event(m->trace, (uint64_t)first)->type == EVENT_gc_begin || is_own_code(m, first)) return true;
    for (int64_t n = first; n <= model_step_last(m, step); n++)
        if (is_own_closure(m, evaluated_by(trace_event(m->trace, (uint64_t)n)))) return true;
    return false;
}
