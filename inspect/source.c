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

bool model_source_span(const Model *m, int64_t n, uint32_t *file, uint32_t *line, uint32_t *column,
                       uint32_t *end_line, uint32_t *end_column)
{
    int64_t told = telling_event(m, n);
    uint32_t s = told < 0 ? TRACE_NO_NUMBER : site_of(trace_event(m->trace, (uint64_t)told));
    const Event_site *site = s == TRACE_NO_NUMBER ? NULL : trace_site(m->trace, s);
    if (!site) return false;
    bool haskell = site->source_line != 0;
    *file = (uint32_t)(haskell ? site->source_file : site->file);
    *line = (uint32_t)(haskell ? site->source_line : site->line);
    *column = (uint32_t)(haskell ? site->source_column : site->column);
    *end_line = (uint32_t)(haskell ? site->source_end_line : site->end_line);
    *end_column = (uint32_t)(haskell ? site->source_end_column : site->end_column);
    return *line != 0;
}
