/* The line at the top: buttons, where we are in time, what happens live, what was just said. */
#include <inttypes.h>
#include <string.h>

#include "inspect/gui/app.h"
#include "inspect/gui/live.h"

typedef enum Icon { ICON_FIRST, ICON_BACK, ICON_PLAY, ICON_PAUSE, ICON_NEXT, ICON_LAST } Icon;

static void draw_icon(Canvas *c, SDL_Rect r, Icon icon, SDL_Color color)
{
    int size = px(c, 10), x = r.x + r.w / 2, y = r.y + r.h / 2, bar = px(c, 3);
    SDL_Rect left = {x - size / 2 - bar / 2, y - size / 2, bar, size};
    SDL_Rect right = {x + size / 2 - bar / 2, y - size / 2, bar, size};
    switch (icon) {
    case ICON_FIRST: draw_fill(c, left, color); /* fall through */
    case ICON_BACK:
        draw_triangle(c, x - size / 2 + (icon == ICON_FIRST ? bar : 0), y, size, HEADING_LEFT, color);
        break;
    case ICON_PLAY: draw_triangle(c, x + size / 2 + 1, y, size + 1, HEADING_RIGHT, color); break;
    case ICON_PAUSE:
        draw_fill(c, left, color);
        draw_fill(c, right, color);
        break;
    case ICON_LAST: draw_fill(c, right, color); /* fall through */
    case ICON_NEXT:
        draw_triangle(c, x + size / 2 - (icon == ICON_LAST ? bar : 0), y, size, HEADING_RIGHT, color);
        break;
    }
}

static bool runs(const App *a)
{
    if (a->live && !live_ended(a->live)) return !live_paused(a->live);
    return a->playing;
}

static int draw_buttons(App *a, Canvas *c, SDL_Rect bar)
{
    const struct {
        Icon icon;
        Key key;
    } buttons[] = {{ICON_FIRST, KEY_first},
                   {ICON_BACK, KEY_step_previous},
                   {runs(a) ? ICON_PAUSE : ICON_PLAY, KEY_play},
                   {ICON_NEXT, KEY_step_next},
                   {ICON_LAST, KEY_last}};
    int x = bar.x + px(c, 8), side = px(c, 26);
    for (size_t k = 0; k < sizeof buttons / sizeof buttons[0]; k++) {
        SDL_Rect button = {x, bar.y + (bar.h - side) / 2, side + px(c, 4), side};
        draw_fill(c, button, c->theme->header);
        draw_frame(c, button, c->theme->line, px(c, 1));
        draw_icon(c, button, buttons[k].icon, c->theme->text);
        canvas_hot(c, button, HOT_ACTION, buttons[k].key);
        x += button.w + px(c, 4);
    }
    return x;
}

static int64_t collection_before(const App *a)
{
    int64_t here = model_position(a->model), k = 0;
    while (k < trace_collection_count(a->trace) &&
           (int64_t)trace_collection(a->trace, (uint32_t)k).begin <= here)
        k++;
    return k;
}

typedef struct Reading {
    const char *word;
    char value[64];
} Reading;

static int readings(const App *a, Reading out[4])
{
    char here[32], all[32];
    const Event_trace *header = trace_header(a->trace);
    int64_t n = model_position(a->model);
    out[0].word = "event";
    snprintf(out[0].value, sizeof out[0].value, "%s%s / %s", n < 0 ? "-" : "",
             number_spoken((uint64_t)(n < 0 ? -n : n), here, sizeof here),
             number_spoken(trace_count(a->trace), all, sizeof all));
    out[1].word = "step";
    snprintf(out[1].value, sizeof out[1].value, "%" PRId64, model_step_at(a->model, n));
    out[2].word = "GC";
    snprintf(out[2].value, sizeof out[2].value, "#%" PRId64 "%s", collection_before(a),
             playback_collecting(model_playback(a->model)) >= 0 ? " running" : "");
    out[3].word = a->live ? live_state(a->live) : a->playing ? "playing" : "recording of";
    snprintf(out[3].value, sizeof out[3].value, "%s", header && !a->live ? header->program : "");
    char *slash = strrchr(out[3].value, '/');
    if (slash) memmove(out[3].value, slash + 1, strlen(slash));
    return 4;
}

static int draw_readings(App *a, Canvas *c, SDL_Rect bar, int x)
{
    Reading r[4];
    int count = readings(a, r), y = bar.y + (bar.h - draw_text_height(c, TEXT_BODY)) / 2;
    x += px(c, 12);
    for (int k = 0; k < count; k++) {
        x += draw_text(c, TEXT_BODY, false, x, y, bar.w, c->theme->dim, r[k].word) + px(c, 7);
        x += draw_text(c, TEXT_BODY, true, x, y, bar.w, c->theme->text, r[k].value) + px(c, 20);
    }
    return x;
}

static int draw_key_hint(Canvas *c, SDL_Rect bar, int right, Key key, const char *chord, const char *word)
{
    int width = draw_text_width(c, TEXT_BODY, false, word) + draw_text_width(c, TEXT_BODY, true, chord);
    SDL_Rect r = {right - width - px(c, 22), bar.y + px(c, 6), width + px(c, 22), bar.h - px(c, 12)};
    int y = bar.y + (bar.h - draw_text_height(c, TEXT_BODY)) / 2, x = r.x + px(c, 7);
    draw_frame(c, r, c->theme->line, px(c, 1));
    x += draw_text(c, TEXT_BODY, true, x, y, r.w, c->theme->accent, chord) + px(c, 8);
    draw_text(c, TEXT_BODY, false, x, y, r.w, c->theme->dim, word);
    canvas_hot(c, r, HOT_ACTION, key);
    return r.x - px(c, 6);
}

void toolbar_draw(App *a, Canvas *c, SDL_Rect area)
{
    draw_fill(c, area, c->theme->header);
    draw_fill(c, (SDL_Rect){area.x, area.y + area.h - px(c, 1), area.w, px(c, 1)}, c->theme->line);
    int left = draw_readings(a, c, area, draw_buttons(a, c, area));
    int right = draw_key_hint(c, area, area.x + area.w - px(c, 8), KEY_help, "?", "keys");
    right = draw_key_hint(c, area, right, KEY_legend, "^L", "legend");
    right = draw_key_hint(c, area, right, KEY_search, "/", "find");
    int y = area.y + (area.h - draw_text_height(c, TEXT_BODY)) / 2;
    if (a->status[0])
        draw_text(c, TEXT_BODY, false, left, y, right - left - px(c, 8), c->theme->accent, a->status);
}

void toolbar_describe(App *a, FILE *out)
{
    Reading r[4];
    int count = readings(a, r);
    for (int k = 0; k < count; k++) fprintf(out, "%s%s %s", k ? " · " : "", r[k].word, r[k].value);
    fprintf(out, "\nfocus %s%s\n", pane_name(a->focus),
            a->request.maximised == PANE_NONE ? "" : ", maximised");
    if (a->selected) fprintf(out, "selected #%" PRId64 "\n", a->selected);
    if (a->status[0]) fprintf(out, "status %s\n", a->status);
}
