/* The handle, and time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/model_private.h"

Model *model_new(const Trace *trace)
{
    Model *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    m->trace = trace;
    m->play = playback_new(trace);
    model_refresh(m);
    return m;
}

void model_free(Model *m)
{
    if (!m) return;
    reach_free(m->reach);
    reach_free(m->near);
    playback_free(m->play);
    free(m->steps);
    free(m);
}

const Trace *model_trace(const Model *m) { return m->trace; }
const Playback *model_playback(const Model *m) { return m->play; }
const char *model_error(const Model *m) { return m->error[0] ? m->error : NULL; }

static void note_errors(Model *m)
{
    const TraceError *reading = trace_error(m->trace), *playing = playback_error(m->play);
    if (reading)
        snprintf(m->error, sizeof m->error, "line %llu: %s", (unsigned long long)reading->line,
                 reading->text);
    else if (playing)
        snprintf(m->error, sizeof m->error, "event %llu: %s", (unsigned long long)playing->line,
                 playing->text);
}

const char *model_missing(const Model *m, TraceLevel wanted)
{
    static const char *const words[] = {"not recorded at level head", "not recorded at level gc",
                                        "not recorded at level blocks", "not recorded at level heap"};
    return m->level < wanted ? words[m->level] : NULL;
}

static TraceLevel level_of(const Trace *trace)
{
    const Event_trace *header = trace_header(trace);
    TraceLevel level = TRACE_STEP;
    while (header && level > TRACE_HEAD && strcmp(header->level, trace_level_names[level]) != 0) level--;
    return level;
}

void model_refresh(Model *m)
{
    m->level = level_of(m->trace);
    steps_index(m);
    note_errors(m);
}

int64_t model_position(const Model *m) { return playback_position(m->play); }

static int64_t last_event(const Model *m) { return (int64_t)trace_count(m->trace) - 1; }

static int64_t clamp(int64_t n, int64_t low, int64_t high) { return n < low ? low : n > high ? high : n; }

bool model_seek(Model *m, int64_t n)
{
    int64_t before = model_position(m);
    playback_seek(m->play, clamp(n, -1, last_event(m)));
    note_errors(m);
    return model_position(m) != before;
}

/* ---- Steps */

uint64_t model_step_count(const Model *m) { return m->step_count; }

int64_t model_step_at(const Model *m, int64_t n)
{
    uint64_t low = 0,
             high = m->step_count; /* steps below low begin at n or before, those from high on behind n */
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if ((int64_t)m->steps[middle] <= n)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)low - 1;
}

int64_t model_step_first(const Model *m, int64_t step)
{
    if (step < 0) return -1;
    return (uint64_t)step < m->step_count ? (int64_t)m->steps[step] : last_event(m);
}

int64_t model_step_last(const Model *m, int64_t step)
{
    return step + 1 < (int64_t)m->step_count ? (int64_t)m->steps[step + 1] - 1 : last_event(m);
}

bool model_step_by(Model *m, int64_t steps)
{
    int64_t n = model_position(m), at = model_step_at(m, n);
    if (at < 0 && steps < 0) return false;
    if (at >= 0 && steps > 0 && n < model_step_last(m, at))
        steps--; /* the rest of this step is the first one */
    return model_seek(m, model_step_last(m, clamp(at + steps, -1, (int64_t)m->step_count - 1)));
}

/* ---- Collections */

static bool gc_forward(Model *m)
{
    int64_t n = model_position(m);
    uint32_t count = trace_collection_count(m->trace);
    for (uint32_t k = 0; k < count; k++) {
        TraceCollection c = trace_collection(m->trace, k);
        if ((int64_t)c.begin == n && c.end) return model_seek(m, (int64_t)c.end);
        if ((int64_t)c.begin > n) return model_seek(m, (int64_t)c.begin);
    }
    return false;
}

static bool gc_back(Model *m)
{
    int64_t n = model_position(m);
    for (uint32_t k = trace_collection_count(m->trace); k-- > 0;) {
        TraceCollection c = trace_collection(m->trace, k);
        if ((int64_t)c.begin < n) return model_seek(m, (int64_t)c.begin);
    }
    return false;
}

bool model_gc_by(Model *m, int64_t collections)
{
    bool moved = false;
    for (; collections > 0 && gc_forward(m); collections--) moved = true;
    for (; collections < 0 && gc_back(m); collections++) moved = true;
    return moved;
}
