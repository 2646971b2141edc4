/* At most STRETCHES stretches of 2^shift events each: when they are full, neighbours are joined. */
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/series.h"
#include "inspect/model.h"

enum { STRETCHES = 8192, LINES = 65536, FILES = 64 };

typedef struct Counts {
    uint64_t *at;
    size_t count;
} Counts;

struct Series {
    Sample stretches[STRETCHES];
    unsigned shift;
    uint64_t seen; /* events */
    Sample now, peak;
    Counts words; /* by object */
    Counts heat[FILES];
    Counts marks; /* event numbers */
    uint32_t mark_count;
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
    free(s->words.at);
    free(s->marks.at);
    for (int k = 0; k < FILES; k++) free(s->heat[k].at);
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

/* Counter k; NULL if memory is out. */
static uint64_t *counter(Counts *c, size_t k)
{
    if (k >= c->count) {
        size_t wanted = 2 * k + 64;
        uint64_t *more = realloc(c->at, wanted * sizeof *more);
        if (!more) return NULL;
        memset(more + c->count, 0, (wanted - c->count) * sizeof *more);
        c->at = more;
        c->count = wanted;
    }
    return &c->at[k];
}

static void heat_add(Series *s, const Trace *t, uint32_t number)
{
    const Event_site *site = number == TRACE_NO_NUMBER ? NULL : trace_site(t, number);
    ModelPlace place = site ? model_site_place(site) : (ModelPlace){.file = FILES};
    if (place.file >= FILES || place.line >= LINES) return;
    uint64_t *heat = counter(&s->heat[place.file], (size_t)place.line);
    if (heat) ++*heat;
}

static void born(Series *s, const Event_alloc *e)
{
    if (e->loaded || e->id < 0) return;
    uint64_t *words = counter(&s->words, (size_t)e->id);
    if (words) *words = e->words;
    s->now.live += e->words;
}

static void died(Series *s, ObjectId id)
{
    if (id < 0 || (size_t)id >= s->words.count) return;
    s->now.live -= s->words.at[id];
    s->words.at[id] = 0;
}

static void marked(Series *s, uint64_t event)
{
    uint64_t *mark = counter(&s->marks, s->mark_count);
    if (!mark) return;
    *mark = event;
    s->mark_count++;
}

static void series_event(Series *s, const Trace *t, const TraceEvent *e)
{
    switch (e->type) {
    case EVENT_alloc:
        born(s, &e->as_alloc);
        heat_add(s, t, e->as_alloc.s);
        break;
    case EVENT_die: died(s, e->as_die.id); break;
    case EVENT_mark: marked(s, e->n); break;
    case EVENT_push: s->now.depth++; break;
    case EVENT_pop: s->now.depth -= s->now.depth > 0; break;
    case EVENT_gc_end:
        if (!s->words.count) s->now.live = e->as_gc_end.live;
        break;
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

uint64_t series_heat(const Series *s, uint32_t file, uint32_t line)
{
    return file < FILES && line < s->heat[file].count ? s->heat[file].at[line] : 0;
}

uint32_t series_mark_count(const Series *s) { return s->mark_count; }
uint64_t series_mark(const Series *s, uint32_t k) { return s->marks.at[k]; }
