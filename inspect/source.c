/* Where the running code stands: in the Haskell source if a source note says so, else in the STG text. */
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
