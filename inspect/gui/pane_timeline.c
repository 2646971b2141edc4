/* Live words and stack depth over the events, collections as bars (minor short, major tall), marks, lost
 * events, the position. Below, a strip of the whole trace that is never zoomed. */
#include <inttypes.h>
#include <string.h>

#include "inspect/gui/app.h"

enum { STRIP_HEIGHT = 9, LABEL_WIDTH = 118 };

typedef struct Axis {
    SDL_Rect plot;
    uint64_t first, last;
} Axis;

static uint64_t event_count(const App *a) { return trace_count(a->trace); }

static Axis whole_axis(const App *a, SDL_Rect plot)
{
    uint64_t count = event_count(a);
    return (Axis){plot, 0, count ? count - 1 : 0};
}

static SDL_Rect plot_of(const App *a, SDL_Rect area)
{
    int label = (int)(LABEL_WIDTH * a->request.scale), strip = (int)((STRIP_HEIGHT + 5) * a->request.scale);
    return (SDL_Rect){area.x + label, area.y, SDL_max(1, area.w - label), SDL_max(1, area.h - strip)};
}

static Axis shown_axis(const App *a, SDL_Rect area)
{
    Axis x = whole_axis(a, plot_of(a, area));
    if (a->timeline.last <= a->timeline.first) return x;
    x.last = SDL_min(a->timeline.last, x.last);
    x.first = SDL_min(a->timeline.first, x.last);
    return x;
}

static double events_per_pixel(const Axis *x) { return (double)(x->last - x->first + 1) / x->plot.w; }

static uint64_t event_at(const Axis *x, int at)
{
    double n = (double)x->first + (at - x->plot.x) * events_per_pixel(x);
    return (uint64_t)SDL_clamp(n, (double)x->first, (double)x->last);
}

static int x_of(const Axis *x, uint64_t n)
{
    return x->plot.x + (int)(((double)n - (double)x->first + 0.5) / events_per_pixel(x));
}

static bool in_view(const Axis *x, uint64_t n) { return n >= x->first && n <= x->last; }

void timeline_seek_at(App *a, SDL_Rect area, int x)
{
    Axis axis = shown_axis(a, area);
    if (area.w && event_count(a)) app_seek(a, (int64_t)event_at(&axis, x));
}

void timeline_zoom(App *a, SDL_Rect area, int steps, int x, int y)
{
    (void)y;
    Axis axis = shown_axis(a, area);
    double width = (double)(axis.last - axis.first + 1), at = (double)event_at(&axis, x);
    double part = (at - (double)axis.first) / width, all = (double)event_count(a);
    double wider = SDL_clamp(width * (steps > 0 ? 1 / 1.4 : 1.4), SDL_min(16, all), all);
    double first = SDL_clamp(at - part * wider, 0, all - wider);
    a->timeline.first = (uint64_t)first;
    a->timeline.last = wider >= all ? 0 : (uint64_t)(first + wider);
    if (wider >= all) a->timeline.first = 0;
}

void timeline_pan(App *a, SDL_Rect area, int dx, int dy)
{
    (void)dy;
    Axis axis = shown_axis(a, area);
    int64_t by = (int64_t)(-dx * events_per_pixel(&axis)), all = (int64_t)event_count(a);
    if (a->timeline.last <= a->timeline.first) return;
    by = SDL_clamp(by, -(int64_t)axis.first, all - 1 - (int64_t)axis.last);
    a->timeline.first = (uint64_t)((int64_t)axis.first + by);
    a->timeline.last = (uint64_t)((int64_t)axis.last + by);
}

void timeline_fit(App *a) { a->timeline.first = a->timeline.last = 0; }

/* ---- Drawing */

static Sample sample_at(const App *a, const Axis *axis, int x)
{
    return series_sample(a->timeline.series, event_at(axis, x), event_at(axis, x + 1));
}

static void draw_live(const App *a, Canvas *c, const Axis *axis, uint64_t peak)
{
    int bottom = axis->plot.y + axis->plot.h, above = 0;
    SDL_Color area = color_mix(c->theme->pane, c->theme->curve, 0.4);
    for (int x = axis->plot.x; x < axis->plot.x + axis->plot.w; x++) {
        int height = (int)(sample_at(a, axis, x).live * (uint64_t)(axis->plot.h - 4) / SDL_max(peak, 1));
        draw_fill(c, (SDL_Rect){x, bottom - height, 1, height}, area);
        int edge = SDL_max(px(c, 1), SDL_abs(height - above));
        if (x == axis->plot.x) edge = px(c, 1);
        draw_fill(c, (SDL_Rect){x, bottom - SDL_max(height, above), 1, edge}, c->theme->curve);
        above = height;
    }
}

static void draw_depth(const App *a, Canvas *c, const Axis *axis, uint64_t peak)
{
    int bottom = axis->plot.y + axis->plot.h, before = -1;
    for (int x = axis->plot.x; x < axis->plot.x + axis->plot.w; x++) {
        int y =
            bottom - (int)(sample_at(a, axis, x).depth * (uint64_t)(axis->plot.h - 4) / SDL_max(peak, 1)) - 1;
        int top = before < 0 ? y : SDL_min(y, before), end = before < 0 ? y : SDL_max(y, before);
        draw_fill(c, (SDL_Rect){x, top, 1, end - top + 1}, c->theme->depth);
        before = y;
    }
}

static void draw_collections(const App *a, Canvas *c, const Axis *axis)
{
    for (uint32_t k = 0; k < trace_collection_count(a->trace); k++) {
        TraceCollection gc = trace_collection(a->trace, k);
        const TraceEvent *e = trace_event(a->trace, gc.begin);
        if (!in_view(axis, gc.begin)) continue;
        bool major = e->type == EVENT_gc_begin && e->as_gc_begin.major;
        int x = x_of(axis, gc.begin), end = x_of(axis, SDL_max(gc.end, gc.begin));
        int height = major ? axis->plot.h : axis->plot.h / 3;
        SDL_Rect bar = {x, axis->plot.y + axis->plot.h - height, SDL_max(px(c, major ? 3 : 2), end - x),
                        height};
        draw_fill(c, bar, major ? c->theme->major : c->theme->minor);
        canvas_hot(c, rect_inset(bar, -px(c, 2)), HOT_SEEK, (int64_t)gc.begin);
    }
}

/* A note stands to the right of its mark, or to the left where the timeline ends. */
static void draw_flag(Canvas *c, const Axis *axis, uint64_t n, const char *note)
{
    int x = x_of(axis, n), width = draw_text_width(c, TEXT_SMALL, false, note);
    width = SDL_min(width, px(c, 160));
    bool fits = x + width + px(c, 4) < axis->plot.x + axis->plot.w;
    int left = fits ? x + px(c, 4) : x - width - px(c, 6);
    draw_fill(c, (SDL_Rect){x, axis->plot.y, px(c, 1), axis->plot.h}, c->theme->ring);
    draw_fill(c, (SDL_Rect){left - px(c, 1), axis->plot.y, width + px(c, 2), px(c, 15)}, c->theme->pane);
    draw_text(c, TEXT_SMALL, false, left, axis->plot.y, width, c->theme->ring, note);
    canvas_hot(c, (SDL_Rect){SDL_min(x, left), axis->plot.y, width + px(c, 6), px(c, 15)}, HOT_SEEK,
               (int64_t)n);
}

static void draw_marks(const App *a, Canvas *c, const Axis *axis)
{
    for (int k = 0; k < a->mark_count; k++)
        if (in_view(axis, (uint64_t)a->marks[k].event))
            draw_flag(c, axis, (uint64_t)a->marks[k].event, a->marks[k].note);
}

static void draw_position(const App *a, Canvas *c, const Axis *axis, int knob)
{
    int64_t n = SDL_max(model_position(a->model), 0);
    if (!in_view(axis, (uint64_t)n)) return;
    int x = x_of(axis, (uint64_t)n);
    draw_fill(c, (SDL_Rect){x - px(c, 1), axis->plot.y, px(c, 2), axis->plot.h}, c->theme->accent);
    if (knob) draw_triangle(c, x, axis->plot.y + knob, knob, HEADING_DOWN, c->theme->accent);
}

static void draw_strip(App *a, Canvas *c, SDL_Rect area, const Axis *shown)
{
    int height = px(c, STRIP_HEIGHT);
    SDL_Rect plot = plot_of(a, area);
    Axis axis = whole_axis(a, (SDL_Rect){plot.x, area.y + area.h - height, plot.w, height});
    draw_fill(c, axis.plot, c->theme->header);
    draw_collections(a, c, &axis);
    SDL_Rect window = {x_of(&axis, shown->first), axis.plot.y, 0, height};
    window.w = SDL_max(px(c, 3), x_of(&axis, shown->last) - window.x);
    draw_frame(c, window, c->theme->dim, px(c, 1));
    draw_position(a, c, &axis, 0);
}

static void draw_label(Canvas *c, SDL_Rect area, int row, SDL_Color color, const char *word, uint64_t value)
{
    char number[32], text[64];
    int y = area.y + row * px(c, 16);
    snprintf(text, sizeof text, "%s %s", number_spoken(value, number, sizeof number), word);
    draw_fill(c, (SDL_Rect){area.x, y + px(c, 4), px(c, 7), px(c, 7)}, color);
    draw_text(c, TEXT_SMALL, false, area.x + px(c, 12), y, px(c, LABEL_WIDTH - 14), c->theme->dim, text);
}

static void count_collections(const App *a, uint64_t *minor, uint64_t *major)
{
    *minor = *major = 0;
    for (uint32_t k = 0; k < trace_collection_count(a->trace); k++) {
        const TraceEvent *e = trace_event(a->trace, trace_collection(a->trace, k).begin);
        bool is_major = e->type == EVENT_gc_begin && e->as_gc_begin.major;
        ++*(is_major ? major : minor);
    }
}

void timeline_draw(App *a, Canvas *c, SDL_Rect area)
{
    Axis axis = shown_axis(a, area);
    Sample peak = series_peak(a->timeline.series);
    uint64_t minor, major;
    if (!event_count(a)) return;
    canvas_hot(c, axis.plot, HOT_SCRUB, 0);
    draw_live(a, c, &axis, peak.live);
    draw_depth(a, c, &axis, peak.depth);
    draw_collections(a, c, &axis);
    draw_marks(a, c, &axis);
    draw_position(a, c, &axis, px(c, 9));
    draw_strip(a, c, area, &axis);
    count_collections(a, &minor, &major);
    draw_label(c, area, 0, c->theme->curve, "words", peak.live);
    draw_label(c, area, 1, c->theme->depth, "frames", peak.depth);
    draw_label(c, area, 2, c->theme->minor, "minor", minor);
    draw_label(c, area, 3, c->theme->major, "major", major);
}

void timeline_describe(App *a, FILE *out)
{
    Sample peak = series_peak(a->timeline.series);
    const Playback *p = model_playback(a->model);
    uint64_t minor, major;
    count_collections(a, &minor, &major);
    fprintf(out,
            "  live %" PRIu64 " words in %" PRIu64 " objects; at most %" PRIu64 " words, %" PRIu64
            " frames\n",
            playback_live_words(p), playback_live_count(p), peak.live, peak.depth);
    fprintf(out, "  %" PRIu64 " minor and %" PRIu64 " major collections\n", minor, major);
    for (uint32_t k = 0; k < trace_collection_count(a->trace) && k < 50; k++)
        fprintf(out, "  GC #%" PRIu32 " at event %" PRIu64 "\n", k + 1, trace_collection(a->trace, k).begin);
    for (int k = 0; k < a->mark_count; k++)
        fprintf(out, "  mark %" PRId64 " %s\n", a->marks[k].event, a->marks[k].note);
}
