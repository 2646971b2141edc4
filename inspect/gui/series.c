/* At most STRETCHES stretches of 2^shift events each: when they are full, neighbours are joined. */
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/series.h"

enum { STRETCHES = 8192, LINES = 65536 };

struct Series {
    Sample stretches[STRETCHES];
    unsigned shift;
    uint64_t seen; /* events */
    Sample now, peak;
    uint64_t *heat;
    uint32_t heat_lines;
};

Series *series_new(void)
{
    Series *s = calloc(1, sizeof *s);
    if (!s) abort();
    return s;
}

void series_free(Series *s)
{
    if (!s) return;
    free(s->heat);
    free(s);
}

static void sample_raise(Sample *s, Sample to)
{
    if (to.live > s->live) s->live = to.live;
    if (to.depth > s->depth) s->depth = to.depth;
}

static void join_neighbours(Series *s)
{
    for (int k = 0; k < STRETCHES / 2; k++) {
        Sample both = s->stretches[2 * k];
        sample_raise(&both, s->stretches[2 * k + 1]);
        s->stretches[k] = both;
    }
    memset(s->stretches + STRETCHES / 2, 0, sizeof(Sample) * (STRETCHES / 2));
    s->shift++;
}

static void heat_add(Series *s, const Trace *t, uint32_t number)
{
    const Event_site *site = number == TRACE_NO_NUMBER ? NULL : trace_site(t, number);
    if (!site || site->file != 0 || site->line >= LINES) return;
    uint32_t line = (uint32_t)site->line;
    if (line >= s->heat_lines) {
        uint64_t *more = realloc(s->heat, (line + 64) * sizeof *more);
        if (!more) return;
        memset(more + s->heat_lines, 0, (line + 64 - s->heat_lines) * sizeof *more);
        s->heat = more;
        s->heat_lines = line + 64;
    }
    s->heat[line]++;
}

static void series_event(Series *s, const Trace *t, const TraceEvent *e)
{
    switch (e->type) {
    case EVENT_alloc:
        if (!e->as_alloc.loaded) s->now.live += e->as_alloc.words;
        heat_add(s, t, e->as_alloc.s);
        break;
    case EVENT_push: s->now.depth++; break;
    case EVENT_pop: s->now.depth -= s->now.depth > 0; break;
    case EVENT_gc_end: s->now.live = e->as_gc_end.live; break;
    default: break;
    }
}

void series_update(Series *s, const Trace *t)
{
    for (; s->seen < trace_count(t); s->seen++) {
        series_event(s, t, trace_event(t, s->seen));
        if (s->seen >> s->shift >= STRETCHES) join_neighbours(s);
        sample_raise(&s->stretches[s->seen >> s->shift], s->now);
        sample_raise(&s->peak, s->now);
    }
}

Sample series_sample(const Series *s, uint64_t first, uint64_t last)
{
    Sample most = {0, 0};
    for (uint64_t k = first >> s->shift; k <= last >> s->shift && k < STRETCHES; k++)
        sample_raise(&most, s->stretches[k]);
    return most;
}

Sample series_peak(const Series *s) { return s->peak; }
uint64_t series_heat(const Series *s, uint32_t line) { return line < s->heat_lines ? s->heat[line] : 0; }
