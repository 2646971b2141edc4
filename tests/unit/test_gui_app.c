/* The App without a window: commands, folding, selection; and that no input whatever breaks it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/app.h"
#include "inspect/gui/headless.h"

enum { CELLS = 40 };

static void feed(Trace *t, uint64_t *n, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void feed(Trace *t, uint64_t *n, const char *format, ...)
{
    char rest[1024], line[1200];
    va_list list;
    va_start(list, format);
    vsnprintf(rest, sizeof rest, format, list);
    va_end(list);
    char *comma = strchr(rest, ',');
    int length = snprintf(line, sizeof line, "{\"e\":\"%.*s\",\"n\":%d%s}\n", (int)(comma - rest), rest,
                          (int)(*n)++, comma);
    cr_assert(trace_feed(t, line, (size_t)length), "%s: %s", line,
              trace_error(t) ? trace_error(t)->text : "");
}

static void feed_infos(Trace *t, uint64_t *n)
{
    feed(t, n,
         "trace,\"version\":\"1.0\",\"word\":8,\"block\":4096,\"program\":\"list.stg\",\"hash\":"
         "\"00000000deadbeef\",\"args\":\"\",\"seed\":0,\"collector\":\"copying\",\"generations\":2,"
         "\"ageing\":1,"
         "\"nursery\":4096,\"blackholing\":\"eager\",\"tagging\":\"on\",\"selectors\":\"on\",\"source\":"
         "\"reserve\",\"placement\":\"buckets\",\"flags\":\"\",\"level\":\"step\"");
    feed(t, n, "block,\"what\":\"taken\",\"b\":4,\"blocks\":1,\"owner\":\"NURSERY\",\"gen\":0");
    const char *info =
        "info,\"i\":%d,\"name\":\"%s\",\"kind\":\"%s\",\"reps\":\"%s\",\"fields\":\"%s\",\"tag\":%d,"
        "\"family\":0,\"words\":%d,\"file\":0,\"line\":0,\"column\":0,\"end_line\":0,"
        "\"end_column\":0";
    feed(t, n, info, 0, "I#", "CON", "I", "value", 0, 2);
    feed(t, n, info, 1, ":", "CON", "PP", "head tail", 1, 3);
    feed(t, n, info, 2, "more", "THUNK", "", "", 0, 3);
}

static App *app_of(Trace *t)
{
    App *a = app_new(t, NULL);
    a->request.width = 1280;
    a->request.height = 800;
    return a;
}

/* A list of CELLS cells, each made in front of the one before, held by a root that moves along. */
static App *app_with_list(void)
{
    Trace *t = trace_new();
    uint64_t n = 0;
    feed_infos(t, &n);
    feed(t, &n, "check,\"words\":2");
    feed(t, &n, "alloc,\"id\":1,\"i\":0,\"words\":2,\"f\":[\"7\"],\"at\":[4,0]");
    for (int id = 2; id <= CELLS + 1; id++) {
        if (id > 2) feed(t, &n, "unroot,\"class\":\"stable\",\"id\":%d", id - 1);
        feed(t, &n, "check,\"words\":3");
        feed(t, &n, "alloc,\"id\":%d,\"i\":1,\"words\":3,\"f\":[1,%d],\"at\":[4,%d]", id, id - 1, 3 * id);
        feed(t, &n, "root,\"class\":\"stable\",\"id\":%d", id);
    }
    return app_of(t);
}

/* The same, but the tail of each cell was a thunk, and is an indirection to the cell before. */
static App *app_with_lazy_list(void)
{
    Trace *t = trace_new();
    uint64_t n = 0;
    feed_infos(t, &n);
    feed(t, &n, "check,\"words\":2");
    feed(t, &n, "alloc,\"id\":1,\"i\":0,\"words\":2,\"f\":[\"7\"],\"at\":[4,0]");
    for (int more = 2; more <= 2 * CELLS; more += 2) {
        if (more > 2) feed(t, &n, "unroot,\"class\":\"stable\",\"id\":%d", more - 1);
        feed(t, &n, "check,\"words\":6");
        feed(t, &n, "alloc,\"id\":%d,\"i\":2,\"words\":3,\"f\":[],\"at\":[4,%d]", more, 3 * more);
        feed(t, &n, "update,\"id\":%d,\"to\":%d", more, more - 1);
        feed(t, &n, "alloc,\"id\":%d,\"i\":1,\"words\":3,\"f\":[1,%d],\"at\":[4,%d]", more + 1, more,
             3 * more + 3);
        feed(t, &n, "root,\"class\":\"stable\",\"id\":%d", more + 1);
    }
    return app_of(t);
}

static App *app_on(const char *name)
{
    char path[512];
    TraceError error;
    snprintf(path, sizeof path, "%s/tests/golden/%s", THUNKSCOPE_SOURCE_DIR, name);
    Trace *t = trace_open(path, &error);
    cr_assert_not_null(t, "%s", path);
    App *a = app_new(t, NULL);
    a->request.width = 1280;
    a->request.height = 800;
    return a;
}

static char *described(App *a)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    app_describe(a, out);
    fclose(out);
    return text;
}

static void check_says(App *a, const char *wanted, bool yes)
{
    char *text = described(a);
    cr_assert((strstr(text, wanted) != NULL) == yes, "%s: \"%s\"\n%s", yes ? "missing" : "unwanted", wanted,
              text);
    free(text);
}

Test(gui_app, events_forth_and_back)
{
    App *a = app_with_list();
    app_act(a, KEY_last);
    int64_t end = model_position(a->model);
    cr_assert_eq(end, (int64_t)trace_count(a->trace) - 1);
    app_act(a, KEY_event_next);
    cr_assert_eq(model_position(a->model), end);
    cr_assert_str_eq(a->status, "the last event");
    app_act(a, KEY_event_previous);
    cr_assert_eq(model_position(a->model), end - 1);
    app_act(a, KEY_first);
    cr_assert_eq(model_position(a->model), 0);
    app_free(a);
}

Test(gui_app, a_long_run_folds_and_opens)
{
    App *a = app_with_list();
    app_act(a, KEY_last);
    check_says(a, "×", true);
    char *folded = described(a);
    SDL_strlcpy(a->input, "#30", sizeof a->input);
    ObjectId run = 0;
    const Graph *g = a->graph.graph;
    for (uint32_t k = 0; k < g->node_count; k++)
        if (g->nodes[k].kind == NODE_RUN) run = g->nodes[k].id;
    cr_assert_neq(run, 0);
    app_select(a, run);
    app_act(a, KEY_expand);
    check_says(a, "×", false);
    cr_assert_geq(a->graph.graph->node_count, CELLS);
    app_act(a, KEY_expand);
    app_select(a, 0);
    a->status[0] = 0;
    char *again = described(a);
    cr_assert_str_eq(again, folded, "folding gives the same picture as before");
    free(folded);
    free(again);
    app_free(a);
}

Test(gui_app, indirections_fold_with_the_run_that_they_hold_together)
{
    App *a = app_with_lazy_list();
    app_act(a, KEY_last);
    free(described(a));
    const GraphNode *run = NULL;
    for (uint32_t k = 0; k < a->graph.graph->node_count; k++)
        if (a->graph.graph->nodes[k].kind == NODE_RUN) run = &a->graph.graph->nodes[k];
    cr_assert_not_null(run);
    cr_assert_geq(run->count, 2 * CELLS - 4);
    ObjectId first = run->id;
    uint32_t boxes = a->graph.graph->node_count;
    cr_assert_leq(boxes, 6);
    app_select(a, first);
    app_act(a, KEY_expand);
    check_says(a, "×", false);
    cr_assert_geq(a->graph.graph->node_count, boxes + 2 * CELLS - 5);
    app_free(a);
}

Test(gui_app, a_seek_and_back_moves_no_box)
{
    App *a = app_with_list();
    app_seek(a, 21);
    free(described(a));
    Spot before[4];
    for (ObjectId id = 2; id <= 5; id++) before[id - 2] = *places_spot(a->graph.places, id);
    for (int64_t n = 0; n < (int64_t)trace_count(a->trace); n += 7) {
        app_seek(a, n);
        free(described(a));
    }
    app_seek(a, 21);
    free(described(a));
    for (ObjectId id = 2; id <= 5; id++) {
        const Spot *now = places_spot(a->graph.places, id);
        cr_assert(now->x == before[id - 2].x && now->y == before[id - 2].y, "#%d moved", (int)id);
    }
    app_free(a);
}

/* The boxes on screen at the time: their keys and places. */
static uint32_t spots_now(const App *a, Spot out[64])
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < a->graph.graph->node_count && count < 64; k++)
        out[count++] = *places_spot(a->graph.places, node_key(&a->graph.graph->nodes[k]));
    return count;
}

Test(gui_app, showing_more_and_less_moves_no_box)
{
    const Key keys[] = {KEY_literals, KEY_statics, KEY_garbage};
    App *apps[] = {app_on("every_kind.jsonl"), app_with_list(), app_with_lazy_list()};
    for (int which = 0; which < 3; which++) {
        Spot before[64];
        app_act(apps[which], KEY_last);
        free(described(apps[which]));
        uint32_t count = spots_now(apps[which], before);
        cr_assert_gt(count, 0);
        for (int k = 0; k < 6; k++) {
            app_act(apps[which], keys[k % 3]);
            free(described(apps[which]));
            for (uint32_t b = 0; b < count; b++) {
                const Spot *now = places_spot(apps[which]->graph.places, before[b].key);
                cr_assert(now->x == before[b].x && now->y == before[b].y, "%s moves #%d",
                          key_rows[keys[k % 3]].sentence, (int)before[b].key);
            }
        }
        app_free(apps[which]);
    }
}

Test(gui_app, search_selects_and_history_goes_back)
{
    App *a = app_on("every_kind.jsonl");
    app_act(a, KEY_last);
    a->prompt = PROMPT_SEARCH;
    SDL_strlcpy(a->input, "kind:weak", sizeof a->input);
    prompt_done(a);
    ObjectId weak = a->selected;
    check_says(a, "WEAK", true);
    SDL_strlcpy(a->query, "kind:blackhole", sizeof a->query);
    app_act(a, KEY_find_next);
    cr_assert_neq(a->selected, weak);
    cr_assert_neq(a->selected, 0);
    app_act(a, KEY_back);
    cr_assert_eq(a->selected, weak);
    SDL_strlcpy(a->query, "no such name", sizeof a->query);
    app_act(a, KEY_find_next);
    cr_assert_eq(a->selected, weak);
    cr_assert_not_null(strstr(a->status, "nothing here matches"));
    app_free(a);
}

Test(gui_app, places_in_time)
{
    App *a = app_on("tiny.jsonl");
    cr_assert(app_goto(a, "gc:2"));
    cr_assert_eq(model_position(a->model), 56);
    cr_assert(!app_goto(a, "gc:3"));
    cr_assert(app_goto(a, "12"));
    cr_assert_eq(model_position(a->model), 12);
    cr_assert(app_goto(a, "step:1"));
    cr_assert_eq(model_step_at(a->model, model_position(a->model)), 1);
    cr_assert(!app_goto(a, "nowhere"));
    app_index(a);
    cr_assert(app_goto(a, "first collection"), "the program's own marks have names");
    cr_assert_eq(model_position(a->model), 42);
    app_free(a);
}

Test(gui_app, every_pane_describes_every_event)
{
    const char *const traces[] = {"tiny.jsonl", "every_kind.jsonl"};
    for (int k = 0; k < 2; k++) {
        App *a = app_on(traces[k]);
        for (int64_t n = -1; n < (int64_t)trace_count(a->trace); n++) {
            app_seek(a, n);
            for (int pane = 0; pane < PANE_COUNT; pane++) {
                char *text = NULL;
                size_t size;
                FILE *out = open_memstream(&text, &size);
                pane_describe(a, (PaneId)pane, out);
                fclose(out);
                cr_assert_gt(size, strlen(pane_title((PaneId)pane)));
                free(text);
            }
        }
        app_free(a);
    }
}

/* ---- Any input */

static unsigned next(unsigned *seed) { return (*seed = *seed * 1103515245u + 12345u) >> 8; }

static SDL_Event random_pointer(unsigned *seed)
{
    int x = (int)(next(seed) % 1280), y = (int)(next(seed) % 800);
    Uint8 button = (Uint8)(1 + next(seed) % 3), clicks = (Uint8)(1 + next(seed) % 2);
    switch (next(seed) % 4) {
    case 0:
        return (SDL_Event){
            .button = {.type = SDL_MOUSEBUTTONDOWN, .button = button, .clicks = clicks, .x = x, .y = y}};
    case 1: return (SDL_Event){.button = {.type = SDL_MOUSEBUTTONUP, .button = button, .x = x, .y = y}};
    case 2: return (SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .y = (int)(next(seed) % 7) - 3}};
    default: return (SDL_Event){.motion = {.type = SDL_MOUSEMOTION, .x = x, .y = y}};
    }
}

static void check_app(const App *a)
{
    int64_t n = model_position(a->model);
    cr_assert(n >= -1 && n < (int64_t)trace_count(a->trace));
    cr_assert(a->graph.zoom >= 0.1 && a->graph.zoom <= 4);
    cr_assert(a->focus < PANE_COUNT);
    cr_assert(a->mark_count <= MOST_MARKS && a->past_count <= MOST_PAST);
    cr_assert(a->past_count == 0 || a->past_at < a->past_count);
    cr_assert(a->request.scale >= 1 && a->request.scale <= 3);
    cr_assert(a->timeline.last == 0 || a->timeline.first < a->timeline.last);
}

static void random_input(App *a, Canvas *c, unsigned seed, int rounds)
{
    for (int k = 0; k < rounds; k++) {
        if (next(&seed) % 2) {
            Key key = (Key)(next(&seed) % KEY_COUNT);
            if (key != KEY_quit && key != KEY_screenshot) app_act(a, key);
        } else {
            SDL_Event e = random_pointer(&seed);
            app_event(a, &e);
        }
        if (a->prompt != PROMPT_NONE && next(&seed) % 3 == 0) {
            SDL_strlcpy(a->input, next(&seed) % 2 ? "kind:con" : "step:3", sizeof a->input);
            prompt_done(a);
        }
        app_tick(a, SDL_GetTicks());
        if (k % 4 == 0) app_paint(a, c);
        check_app(a);
        cr_assert(!a->quit);
    }
}

Test(gui_app, no_input_breaks_it)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, 1280, 800, 32, SDL_PIXELFORMAT_RGB888);
    SDL_Renderer *renderer = SDL_CreateSoftwareRenderer(surface);
    Fonts *fonts = fonts_new(renderer);
    cr_assert_not_null(fonts, "%s", SDL_GetError());
    Canvas c = {.renderer = renderer, .fonts = fonts};
    App *apps[] = {app_on("tiny.jsonl"), app_on("every_kind.jsonl"), app_with_list()};
    for (int k = 0; k < 3; k++) {
        random_input(apps[k], &c, 17u + (unsigned)k, 250);
        app_free(apps[k]);
    }
    fonts_free(fonts);
    SDL_DestroyRenderer(renderer);
    SDL_FreeSurface(surface);
}
