/* Where the running code stands: in the Haskell source if a source note says so, else in the STG text; and
 * whether that, or the closure that is worked on, is the program's own or the library's. */
#include <inttypes.h>
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

#define PLACE_OF(x)                                                                                          \
    ((x)->source_line ? (ModelPlace){(uint32_t)(x)->source_file, (x)->source_line, (x)->source_column, true} \
                      : (ModelPlace){(uint32_t)(x)->file, (x)->line, (x)->column, false})

ModelPlace model_info_place(const Event_info *info) { return PLACE_OF(info); }

ModelPlace model_site_place(const Event_site *site) { return PLACE_OF(site); }

static const char *path_of(const Model *m, uint32_t file)
{
    const char *path = NULL;
    trace_source(m->trace, file, &path);
    return path ? path : "?";
}

static void add_place_in(Text *t, const char *path, ModelPlace place)
{
    if (place.line) text_add(t, "%s:%" PRIu64 ":%" PRIu64, path, place.line, place.column);
}

void add_place(Text *t, const Model *m, ModelPlace place) { add_place_in(t, path_of(m, place.file), place); }

void add_brief_place(Text *t, const Model *m, ModelPlace place)
{
    const char *path = path_of(m, place.file), *slash = strrchr(path, '/');
    add_place_in(t, slash ? slash + 1 : path, place);
}

const char *model_place_text(const Model *m, ModelPlace place, char *out, size_t size)
{
    Text t = text_into(out, size);
    add_place(&t, m, place);
    return out;
}

/* The last event up to n with a place; NULL: none. */
static const Event_site *site_at(const Model *m, int64_t n)
{
    int64_t told = telling_event(m, n);
    return told < 0 ? NULL : event_site(m, trace_event(m->trace, (uint64_t)told));
}

bool model_source_span(const Model *m, int64_t n, uint32_t *file, uint32_t *line, uint32_t *column,
                       uint32_t *end_line, uint32_t *end_column)
{
    const Event_site *site = site_at(m, n);
    if (!site) return false;
    ModelPlace place = model_site_place(site);
    *file = place.file;
    *line = (uint32_t)place.line;
    *column = (uint32_t)place.column;
    *end_line = (uint32_t)(place.is_haskell ? site->source_end_line : site->end_line);
    *end_column = (uint32_t)(place.is_haskell ? site->source_end_column : site->end_column);
    return *line != 0;
}

/* ---- Own or the library's */

bool is_of_haskell(const Model *m)
{
    for (uint32_t k = 0; k < trace_source_count(m->trace); k++) {
        const char *dot = strrchr(path_of(m, k), '.');
        if (dot && (strcmp(dot, ".hs") == 0 || strcmp(dot, ".lhs") == 0)) return true;
    }
    return false;
}

bool is_own_place(const Model *m, ModelPlace place)
{
    const Event_trace *header = trace_header(m->trace);
    if (!place.line || place.is_haskell) return place.is_haskell;
    return header && strcmp(path_of(m, place.file), header->program) == 0 && !is_of_haskell(m);
}

static bool is_own_code(const Model *m, int64_t n)
{
    const Event_site *site = site_at(m, n);
    return site && is_own_place(m, model_site_place(site));
}

bool is_own_closure(const Model *m, ObjectId id)
{
    const PlayObject *o = playback_object(m->play, id);
    const Event_info *i = o ? trace_info(m->trace, o->info) : NULL;
    return i && is_own_place(m, model_info_place(i));
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
