/* The App's life, and time: seeking, selecting, playing, hunting. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/app.h"
#include "inspect/gui/live.h"

enum { HUNT_SLICE_MS = 8, IDLE_MS = 250, LIVE_MS = 15 };

static LayoutKind default_layout(const Trace *t)
{
    const Event_trace *header = trace_header(t);
    return header && strcmp(header->level, "step") != 0 ? LAYOUT_LAB : LAYOUT_LESSON;
}

App *app_new(Trace *trace, Live *live)
{
    App *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->trace = trace;
    a->live = live;
    a->model = model_new(trace);
    if (live) model_seek(a->model, (int64_t)trace_count(trace) - 1);
    a->request = (LayoutRequest){.kind = default_layout(trace), .scale = 1, .maximised = PANE_NONE};
    a->focus = PANE_graph;
    for (int k = 0; k < PANE_COUNT; k++) {
        a->cursor[k] = -1;
        a->scrolled_for[k] = INT64_MIN;
    }
    a->graph = (GraphView){.places = places_new(), .zoom = 1, .follow = true};
    graph_options_default(&a->graph.options);
    a->graph.options.expanded = a->graph.expanded;
    a->timeline.series = series_new();
    a->dirty = true;
    return a;
}

void app_free(App *a)
{
    if (!a) return;
    live_close(a->live);
    graph_free(a->graph.graph);
    places_free(a->graph.places);
    series_free(a->timeline.series);
    hotspots_free(&a->hot);
    model_free(a->model);
    trace_free(a->trace);
    free(a);
}

void app_say(App *a, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(a->status, sizeof a->status, format, list);
    va_end(list);
    a->dirty = true;
}

/* ---- Time */

void app_moved(App *a)
{
    a->status[0] = 0;
    for (int k = 0; k < PANE_COUNT; k++)
        if (k != PANE_graph && k != PANE_map) a->cursor[k] = -1;
    if (model_error(a->model)) app_say(a, "%s", model_error(a->model));
    a->dirty = true;
}

void app_seek(App *a, int64_t n)
{
    if (model_seek(a->model, n)) app_moved(a);
}

static bool number_after(const char *where, const char *prefix, int64_t *out)
{
    size_t length = strlen(prefix);
    char *end;
    if (strncmp(where, prefix, length) != 0) return false;
    while (where[length] == ' ' || where[length] == ':' || where[length] == '#') length++;
    *out = strtoll(where + length, &end, 10);
    return end != where + length && !*end;
}

AppPlace place_parse(const char *where)
{
    AppPlace p = {PLACE_END, 0};
    if (strcmp(where, "end") == 0) return p;
    p.kind = PLACE_COLLECTION;
    if (number_after(where, "gc", &p.n)) return p;
    p.kind = PLACE_STEP;
    if (number_after(where, "step", &p.n)) return p;
    p.kind = number_after(where, "", &p.n) ? PLACE_EVENT : PLACE_MARK;
    return p;
}

static bool goto_collection(App *a, int64_t number)
{
    if (number < 1 || number > (int64_t)trace_collection_count(a->trace)) return false;
    app_seek(a, (int64_t)trace_collection(a->trace, (uint32_t)number - 1).begin);
    return true;
}

static bool goto_step(App *a, int64_t step)
{
    if (step < 0 || step >= (int64_t)model_step_count(a->model)) return false;
    app_seek(a, model_step_last(a->model, step));
    return true;
}

static bool goto_mark(App *a, const char *note)
{
    for (int k = 0; k < a->mark_count; k++)
        if (note[0] && strstr(a->marks[k].note, note)) {
            app_seek(a, a->marks[k].event);
            return true;
        }
    return false;
}

bool app_goto(App *a, const char *where)
{
    AppPlace p = place_parse(where);
    switch (p.kind) {
    case PLACE_END: app_seek(a, (int64_t)trace_count(a->trace) - 1); return true;
    case PLACE_EVENT: app_seek(a, p.n); return true;
    case PLACE_STEP: return goto_step(a, p.n);
    case PLACE_COLLECTION: return goto_collection(a, p.n);
    case PLACE_MARK: break;
    }
    return goto_mark(a, where);
}

/* ---- Selection */

void app_select(App *a, ObjectId id)
{
    a->dirty = true;
    a->scroll[PANE_inspector] = a->scroll[PANE_retainers] = 0;
    a->cursor[PANE_inspector] = a->cursor[PANE_retainers] = -1;
    if (a->selected == id) return;
    a->selected = id;
    if (!id) return;
    if (a->past_count == MOST_PAST) {
        memmove(a->past, a->past + 1, (MOST_PAST - 1) * sizeof a->past[0]);
        a->past_count--;
    }
    a->past_at = a->past_count;
    a->past[a->past_count++] = id;
}

/* ---- The clock */

static int64_t stack_depth(const App *a)
{
    const PlayFrame *top = playback_stack(model_playback(a->model));
    return top ? (int64_t)top->depth + 1 : 0;
}

static bool move_on(App *a, int direction)
{
    if (model_step_count(a->model) > 0) return model_step_by(a->model, direction);
    return model_seek(a->model, model_position(a->model) + direction);
}

/* Steps for a slice of time; the rest comes with the next turns, so that Esc is heard. */
static void tick_hunt(App *a, Uint32 now)
{
    while (a->hunt.direction) {
        bool moved = move_on(a, a->hunt.direction);
        if (!moved || stack_depth(a) <= a->hunt.depth) a->hunt.direction = 0;
        if (a->hunt.direction && SDL_GetTicks() - now > HUNT_SLICE_MS) break;
    }
    app_moved(a);
    if (a->hunt.direction)
        app_say(a, "stepping: event %" PRId64 " of %" PRIu64 " (Esc stops)", model_position(a->model),
                trace_count(a->trace));
}

static int play_interval(const App *a) { return SDL_max(8, 1000 >> SDL_clamp(a->speed + 2, 0, 7)); }

static void tick_play(App *a, Uint32 now)
{
    if ((Sint32)(now - a->next_tick) < 0) return;
    int steps = 1 << SDL_max(0, a->speed - 5);
    bool moved = false;
    for (int k = 0; k < steps; k++) moved = move_on(a, 1) || moved;
    a->next_tick = now + (Uint32)play_interval(a);
    app_moved(a);
    if (moved) return;
    a->playing = false;
    app_say(a, "end of the recording");
}

static void tick_live(App *a)
{
    if (!live_read(a->live, a->trace)) return;
    model_refresh(a->model);
    if (live_follows(a->live)) model_seek(a->model, (int64_t)trace_count(a->trace) - 1);
    app_moved(a);
}

int app_tick(App *a, Uint32 now)
{
    if (a->live) tick_live(a);
    if (a->hunt.direction)
        tick_hunt(a, now);
    else if (a->playing)
        tick_play(a, now);
    if (a->hunt.direction) return 0;
    if (a->playing) return SDL_clamp((int)(Sint32)(a->next_tick - now), 1, IDLE_MS);
    return a->live && !live_ended(a->live) ? LIVE_MS : IDLE_MS;
}
