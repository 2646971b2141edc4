/* The commands of keys.def, one function each. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/app.h"
#include "inspect/gui/live.h"

static bool at_live_end(const App *a)
{
    return a->live && !live_ended(a->live) && model_position(a->model) + 1 >= (int64_t)trace_count(a->trace);
}

static void hold(App *a)
{
    if (a->live) live_follow(a->live, false);
}

/* ---- Time */

static void act_play(App *a, int argument)
{
    (void)argument;
    if (a->live && !live_ended(a->live)) {
        live_follow(a->live, true);
        if (live_paused(a->live))
            live_continue(a->live);
        else
            live_pause(a->live);
    } else {
        a->playing = !a->playing;
        a->next_tick = SDL_GetTicks();
    }
}

/* At the live end there is no next event yet: the run is asked for a step. */
static bool ask_run(App *a, int direction)
{
    if (direction < 0 || !at_live_end(a)) return false;
    live_follow(a->live, true);
    live_step(a->live, 1);
    return true;
}

static void after_time(App *a, bool moved, const char *edge)
{
    a->playing = false;
    hold(a);
    app_moved(a);
    if (!moved) app_say(a, "%s", edge);
}

static void act_event_by(App *a, int direction)
{
    if (ask_run(a, direction)) return;
    bool moved = model_seek(a->model, model_position(a->model) + direction);
    after_time(a, moved, direction > 0 ? "the last event" : "before the first event");
}

static void act_step_by(App *a, int direction)
{
    if (ask_run(a, direction)) return;
    bool moved = model_step_by(a->model, direction);
    after_time(a, moved, direction > 0 ? "the last step" : "the first step");
}

static void act_gc_by(App *a, int direction)
{
    bool moved = model_gc_by(a->model, direction);
    after_time(a, moved, direction > 0 ? "no later collection" : "no earlier collection");
}

static void hunt(App *a, int direction, int64_t below)
{
    const PlayFrame *top = playback_stack(model_playback(a->model));
    int64_t depth = top ? (int64_t)top->depth + 1 : 0;
    hold(a);
    a->playing = false;
    a->hunt = (Hunt){direction, depth - below};
}

static void act_step_over(App *a, int direction) { hunt(a, direction, 0); }
static void act_step_out(App *a, int direction) { hunt(a, direction, 1); }

static void act_first(App *a, int argument)
{
    (void)argument;
    hold(a);
    app_seek(a, 0);
}

static void act_last(App *a, int argument)
{
    (void)argument;
    app_seek(a, (int64_t)trace_count(a->trace) - 1);
}

static void act_follow(App *a, int argument)
{
    act_last(a, argument);
    if (a->live)
        live_follow(a->live, true);
    else
        app_say(a, "this is a recording; its end is shown");
}

static void act_faster(App *a, int by)
{
    a->speed = SDL_clamp(a->speed + by, -2, 12);
    app_say(a, "speed ×%g", a->speed >= 0 ? (double)(1 << a->speed) : 1.0 / (1 << -a->speed));
}

static void act_prompt(App *a, int prompt)
{
    a->prompt = (Prompt)prompt;
    a->input[0] = 0;
}

/* ---- View */

static void act_maximise(App *a, int pane)
{
    a->request.maximised = a->request.maximised == (PaneId)pane ? PANE_NONE : (PaneId)pane;
    layout_bring_forward(&a->request, (PaneId)pane);
    a->focus = (PaneId)pane;
}

static void act_layout(App *a, int kind)
{
    a->request.kind = (LayoutKind)kind;
    a->request.maximised = PANE_NONE;
}

/* Panes in the order of their digits; those behind a tab come forward. */
static void act_focus_by(App *a, int direction)
{
    for (int k = 0; k < PANE_COUNT; k++) {
        a->focus = (PaneId)((a->focus + PANE_COUNT + direction) % PANE_COUNT);
        layout_bring_forward(&a->request, a->focus);
        PaneLayout l = layout_compute(&a->request);
        if (a->request.maximised == PANE_NONE && layout_place(&l, a->focus)) return;
        if (a->request.maximised != PANE_NONE) {
            a->request.maximised = a->focus;
            return;
        }
    }
}

static void act_zoom(App *a, int steps)
{
    SDL_Rect area = pane_area(a, a->focus);
    bool inside = rect_contains(area, a->mouse_x, a->mouse_y);
    int x = inside ? a->mouse_x : area.x + area.w / 2, y = inside ? a->mouse_y : area.y + area.h / 2;
    if (pane_types[a->focus].zoom && area.w)
        pane_types[a->focus].zoom(a, area, steps, x, y);
    else
        app_say(a, "%s has no zoom; Ctrl++ makes all text larger", pane_title(a->focus));
}

static void act_fit(App *a, int argument)
{
    (void)argument;
    if (pane_types[a->focus].fit) pane_types[a->focus].fit(a);
    a->scroll[a->focus] = a->scroll_x[a->focus] = 0;
}

static void act_zoom_selection(App *a, int argument)
{
    (void)argument;
    if (a->selected)
        graph_center(a, a->selected);
    else
        app_say(a, "nothing is selected");
}

/* argument: 0 up, 1 left, 2 down, 3 right; 4 more: four times as far. */
static void act_pan(App *a, int argument)
{
    static const int direction[4][2] = {{0, -1}, {-1, 0}, {0, 1}, {1, 0}};
    int far = 48 * (argument >= 4 ? 4 : 1), d = argument % 4;
    SDL_Rect area = pane_area(a, a->focus);
    if (pane_types[a->focus].pan && area.w)
        pane_types[a->focus].pan(a, area, -direction[d][0] * far, -direction[d][1] * far);
    else {
        a->scroll[a->focus] = SDL_max(0, a->scroll[a->focus] + direction[d][1] * far);
        a->scroll_x[a->focus] = SDL_max(0, a->scroll_x[a->focus] + direction[d][0] * far);
    }
}

static void act_palette(App *a, int argument)
{
    (void)argument;
    a->theme = (a->theme + 1) % THEME_COUNT;
    app_say(a, "palette: %s", theme_at(a->theme)->name);
}

static void act_larger(App *a, int by)
{
    a->request.scale = SDL_clamp(a->request.scale + 0.25 * by, 1.0, 3.0);
    app_say(a, "text scale %g", a->request.scale);
}

static void act_full_screen(App *a, int argument)
{
    (void)argument;
    a->want_full_screen = !a->want_full_screen;
}

/* ---- Select */

/* Walking closures selects them; other lines only get the cursor, Enter acts. */
static void act_cursor_by(App *a, int by)
{
    int count = hotspots_in_pane(&a->hot, a->focus), *cursor = &a->cursor[a->focus];
    if (!count) return;
    int next = *cursor + by;
    if (next >= count || next < 0)
        a->scroll[a->focus] = SDL_max(0, a->scroll[a->focus] + by * (int)(20 * a->request.scale));
    *cursor = SDL_clamp(*cursor < 0 && by < 0 ? count - 1 : next, 0, count - 1);
    const Hotspot *h = hotspots_of_pane(&a->hot, a->focus, *cursor);
    bool walks = a->focus == PANE_graph || a->focus == PANE_map;
    if (walks && h && h->kind == HOT_SELECT) app_select(a, h->value);
}

static void act_activate(App *a, int argument)
{
    (void)argument;
    const Hotspot *h = hotspots_of_pane(&a->hot, a->focus, a->cursor[a->focus]);
    if (h)
        app_press_hot(a, h, h->rect.x + h->rect.w / 2, h->rect.y + h->rect.h / 2);
    else if (a->focus == PANE_explain)
        act_step_by(a, 1);
}

static void act_history_by(App *a, int by)
{
    int to = a->past_at + by;
    if (to < 0 || to >= a->past_count) {
        app_say(a, by < 0 ? "no earlier selection" : "no later selection");
        return;
    }
    a->past_at = to;
    a->selected = a->past[to];
    a->scroll[PANE_inspector] = a->scroll[PANE_retainers] = 0;
}

static void act_expand(App *a, int argument)
{
    (void)argument;
    Hotspot h = {.kind = HOT_EXPAND, .value = a->selected};
    if (a->selected)
        app_press_hot(a, &h, 0, 0);
    else
        app_say(a, "select a run first");
}

static void act_retainers(App *a, int argument)
{
    (void)argument;
    bool shown = a->request.front[PANE_retainers];
    layout_bring_forward(&a->request, shown ? PANE_inspector : PANE_retainers);
    a->focus = shown ? PANE_inspector : PANE_retainers;
}

static void act_reveal(App *a, int argument)
{
    (void)argument;
    if (!a->selected) {
        app_say(a, "nothing is selected");
        return;
    }
    graph_center(a, a->selected);
    map_fit(a);
    layout_bring_forward(&a->request, PANE_inspector);
    if (a->request.maximised != PANE_NONE && a->request.maximised != PANE_graph)
        a->request.maximised = PANE_NONE;
}

static void act_pin(App *a, int argument)
{
    (void)argument;
    places_unpin(a->graph.places, a->selected);
}

static void act_move_box(App *a, int direction)
{
    static const int by[4][2] = {{0, -16}, {-16, 0}, {0, 16}, {16, 0}};
    if (a->selected) graph_move_box(a, a->selected, by[direction][0], by[direction][1]);
}

static void act_graph_option(App *a, int which)
{
    GraphOptions *o = &a->graph.options;
    bool *options[] = {&o->inline_literals, &o->hide_static, &o->garbage_too};
    static const char *const words[][2] = {
        {"evaluated literals are boxes", "evaluated literals are text in their parent"},
        {"what the program's text holds is shown", "what the program's text holds is hidden"},
        {"uncollected garbage is hidden", "uncollected garbage is shown"}};
    *options[which] = !*options[which];
    graph_forget(a);
    app_say(a, "%s", words[which][*options[which]]);
}

/* ---- Find and marks */

void app_find(App *a, bool backwards)
{
    ObjectId id = a->query[0] ? model_search(a->model, a->query, a->selected, backwards) : 0;
    if (id) {
        app_select(a, id);
        graph_center(a, id);
        app_say(a, "found #%" PRId64 " for “%s”; N: next", id, a->query);
    } else {
        app_say(a, a->query[0] ? "nothing here matches “%s”" : "press / to search%s", a->query);
    }
}

static void act_find_by(App *a, int direction) { app_find(a, direction < 0); }

bool mark_add(App *a, int64_t event, const char *note)
{
    int at = a->mark_count;
    if (at == MOST_MARKS) return false;
    for (; at > 0 && a->marks[at - 1].event > event; at--) a->marks[at] = a->marks[at - 1];
    a->marks[at].event = event;
    SDL_strlcpy(a->marks[at].note, note, sizeof a->marks[at].note);
    a->mark_count++;
    return true;
}

static void mark_here(App *a, const char *note)
{
    if (mark_add(a, model_position(a->model), note))
        app_say(a, "marked event %" PRId64, model_position(a->model));
    else
        app_say(a, "no room for more than %d marks", MOST_MARKS);
}

static void act_mark(App *a, int argument)
{
    char note[24];
    (void)argument;
    snprintf(note, sizeof note, "mark %d", a->mark_count + 1);
    mark_here(a, note);
}

static void act_mark_by(App *a, int direction)
{
    int64_t here = model_position(a->model);
    for (int k = 0; k < a->mark_count; k++) {
        int at = direction > 0 ? k : a->mark_count - 1 - k;
        int64_t event = a->marks[at].event;
        if (direction > 0 ? event > here : event < here) {
            app_seek(a, event);
            app_say(a, "%s", a->marks[at].note);
            return;
        }
    }
    app_say(a, direction > 0 ? "no later mark" : "no earlier mark");
}

void prompt_done(App *a)
{
    Prompt prompt = a->prompt;
    a->prompt = PROMPT_NONE;
    if (prompt == PROMPT_SEARCH) {
        SDL_strlcpy(a->query, a->input, sizeof a->query);
        app_find(a, false);
    } else if (prompt == PROMPT_GOTO) {
        hold(a);
        if (!app_goto(a, a->input)) app_say(a, "no such place: %s", a->input);
    } else if (prompt == PROMPT_MARK) {
        mark_here(a, a->input);
    }
}

/* ---- Help and out */

static void act_technical(App *a, int argument)
{
    (void)argument;
    a->technical = !a->technical;
}

static void act_overlay(App *a, int overlay)
{
    a->overlay = a->overlay == (Overlay)overlay ? OVERLAY_NONE : (Overlay)overlay;
    a->overlay_scroll = 0;
    if (a->overlay != OVERLAY_TEXT) return;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out) return;
    pane_describe(a, a->focus, out);
    fclose(out);
    if (SDL_WasInit(SDL_INIT_VIDEO)) SDL_SetClipboardText(text);
    free(text);
}

static void act_screenshot(App *a, int argument)
{
    (void)argument;
    a->want_screenshot = true;
}

static void act_escape(App *a, int argument)
{
    (void)argument;
    if (a->prompt != PROMPT_NONE)
        a->prompt = PROMPT_NONE;
    else if (a->hunt.direction)
        a->hunt.direction = 0;
    else if (a->overlay != OVERLAY_NONE)
        a->overlay = OVERLAY_NONE;
    else if (a->playing)
        a->playing = false;
    else if (a->status[0])
        a->status[0] = 0;
    else
        app_select(a, 0);
}

static void act_quit(App *a, int argument)
{
    (void)argument;
    a->quit = true;
}

/* ---- Dispatch */

static const struct {
    void (*function)(App *a, int argument);
    int argument;
} commands[KEY_COUNT] = {
#define KEY(name, function, argument, group, chords, sentence) {act_##function, argument},
#include "inspect/gui/keys.def"
#undef KEY
};

void app_act(App *a, Key key)
{
    if (key == KEY_NONE) return;
    a->dirty = true;
    commands[key].function(a, commands[key].argument);
}
