/* Painting the window: toolbar, the places of the layout with their panes, overlays. And the same in words.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "inspect/gui/app.h"

enum { TITLE_HEIGHT = 24, PADDING = 9 };

const PaneType pane_types[PANE_COUNT] = {
    [PANE_code] = {.draw = code_draw, .describe = code_describe},
    [PANE_graph] = {.draw = graph_draw,
                    .describe = graph_describe,
                    .zoom = graph_zoom,
                    .pan = graph_pan,
                    .fit = graph_fit},
    [PANE_map] =
        {.draw = map_draw, .describe = map_describe, .zoom = map_zoom, .pan = map_pan, .fit = map_fit},
    [PANE_stack] = {.rows = stack_rows},
    [PANE_inspector] = {.rows = inspector_rows},
    [PANE_retainers] = {.rows = retainers_rows},
    [PANE_explain] = {.rows = explain_rows},
    [PANE_timeline] = {.draw = timeline_draw,
                       .describe = timeline_describe,
                       .zoom = timeline_zoom,
                       .pan = timeline_pan,
                       .fit = timeline_fit},
    [PANE_census] = {.rows = census_rows},
};

const char *number_spoken(uint64_t n, char *out, size_t size)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
    size_t used = 0;
    for (int k = 0; k < length && used + 2 < size; k++) {
        if (k && (length - k) % 3 == 0) out[used++] = ' ';
        out[used++] = digits[k];
    }
    out[used] = 0;
    return out;
}

void row_object(App *a, Rows *r, ObjectId id)
{
    const PlayObject *o = playback_object(model_playback(a->model), id);
    if (o) row_badge(r, o->kind);
    row_link(r, HOT_SELECT, id, "#%" PRId64, id);
}

static SDL_Rect content_of(SDL_Rect place, double scale)
{
    int title = (int)(TITLE_HEIGHT * scale + 0.5), pad = (int)(PADDING * scale + 0.5);
    return (SDL_Rect){place.x + pad, place.y + title + pad / 2, SDL_max(0, place.w - 2 * pad),
                      SDL_max(0, place.h - title - pad)};
}

SDL_Rect pane_area(const App *a, PaneId pane)
{
    const Place *place = layout_place(&a->layout, pane);
    return place ? content_of(place->rect, a->request.scale) : (SDL_Rect){0};
}

void app_index(App *a)
{
    const Series *s = a->timeline.series;
    series_update(a->timeline.series, a->trace);
    for (; a->marks_seen < series_mark_count(s); a->marks_seen++) {
        const TraceEvent *e = trace_event(a->trace, series_mark(s, a->marks_seen));
        mark_add(a, (int64_t)e->n, e->as_mark.text);
    }
}

/* ---- Panes */

static int draw_title(App *a, Canvas *c, SDL_Rect bar, int x, PaneId pane, bool front)
{
    const Theme *t = c->theme;
    char digit[8];
    int y = bar.y + (bar.h - draw_text_height(c, TEXT_SMALL)) / 2, begin = x;
    snprintf(digit, sizeof digit, "%d", pane_digit(pane));
    x += draw_text(c, TEXT_SMALL, false, x, y, bar.w, t->dim, digit) + px(c, 6);
    x += draw_text(c, TEXT_SMALL, front, x, y, bar.w, front ? t->text : t->dim, pane_title(pane));
    SDL_Rect tab = {begin - px(c, 6), bar.y, x - begin + px(c, 12), bar.h};
    if (front && a->focus == pane)
        draw_fill(c, (SDL_Rect){tab.x, bar.y + bar.h - px(c, 2), tab.w, px(c, 2)}, t->accent);
    canvas_hot(c, tab, HOT_TAB, pane);
    return x + px(c, 20);
}

static void draw_titles(App *a, Canvas *c, const Place *p)
{
    SDL_Rect bar = {p->rect.x, p->rect.y, p->rect.w, px(c, TITLE_HEIGHT)};
    int x = bar.x + px(c, PADDING);
    draw_fill(c, bar, c->theme->header);
    for (int k = 0; k < p->tab_count; k++) x = draw_title(a, c, bar, x, p->tabs[k], p->tabs[k] == p->shown);
}

static void scroll_clamp(App *a, Canvas *c, PaneId pane, const Rows *r, SDL_Rect area)
{
    int most = SDL_max(0, rows_height(r, c) - area.h);
    a->scroll[pane] = SDL_clamp(a->scroll[pane], 0, most);
}

void pane_scrollbar(Canvas *c, SDL_Rect area, int scroll, int height)
{
    if (height <= area.h) return;
    int width = px(c, 4), bar = SDL_max(px(c, 16), area.h * area.h / height);
    int y = area.y + (int)((int64_t)(area.h - bar) * scroll / (height - area.h));
    draw_fill(c, (SDL_Rect){area.x + area.w + px(c, 3), y, width, bar}, c->theme->line);
}

static void draw_rows_pane(App *a, Canvas *c, PaneId pane, SDL_Rect area)
{
    Rows r;
    rows_init(&r, area.w / font_advance(font_at(c->fonts, px(c, TEXT_BODY), false)));
    pane_types[pane].rows(a, &r);
    area.h = area.h / rows_line_height(c) * rows_line_height(c);
    scroll_clamp(a, c, pane, &r, area);
    SDL_Rect lines = {area.x - px(c, PADDING), area.y, area.w + 2 * px(c, PADDING), area.h};
    SDL_Rect before = canvas_clip(c, lines);
    rows_draw(&r, c, area, a->scroll[pane]);
    canvas_unclip(c, before);
    pane_scrollbar(c, area, a->scroll[pane], rows_height(&r, c));
    rows_free(&r);
}

static void draw_cursor(App *a, Canvas *c, PaneId pane)
{
    const Hotspot *h = a->focus == pane ? hotspots_of_pane(c->hot, pane, a->cursor[pane]) : NULL;
    if (h && h->kind != HOT_SELECT)
        draw_frame(c, rect_inset(h->rect, -px(c, 1)), c->theme->accent, px(c, 2));
    else if (h && pane != PANE_graph && pane != PANE_map)
        draw_frame(c, rect_inset(h->rect, -px(c, 1)), c->theme->accent, px(c, 2));
}

static void draw_place(App *a, Canvas *c, const Place *p)
{
    bool focused = a->focus == p->shown;
    c->pane = p->shown;
    SDL_Rect window = canvas_clip(c, p->rect);
    draw_fill(c, p->rect, c->theme->pane);
    canvas_hot(c, p->rect, HOT_PANE, p->shown);
    draw_titles(a, c, p);
    SDL_Rect area = content_of(p->rect, c->scale);
    SDL_Rect wide = {p->rect.x, area.y - px(c, PADDING) / 2, p->rect.w, area.h + px(c, PADDING)};
    SDL_Rect before = canvas_clip(c, wide);
    if (pane_types[p->shown].rows)
        draw_rows_pane(a, c, p->shown, area);
    else
        pane_types[p->shown].draw(a, c, area);
    draw_cursor(a, c, p->shown);
    canvas_unclip(c, before);
    draw_frame(c, p->rect, focused ? c->theme->accent : c->theme->line, px(c, focused ? 2 : 1));
    canvas_unclip(c, window);
}

static void draw_overlay(App *a, Canvas *c, SDL_Rect window)
{
    c->pane = PANE_NONE;
    switch (a->overlay) {
    case OVERLAY_NONE: break;
    case OVERLAY_HELP: help_draw(a, c, window); break;
    case OVERLAY_LEGEND: legend_draw(a, c, window); break;
    case OVERLAY_TEXT: text_overlay_draw(a, c, window); break;
    }
    if (a->prompt != PROMPT_NONE) prompt_draw(a, c, window);
}

void app_paint(App *a, Canvas *c)
{
    SDL_Rect window = {0, 0, a->request.width, a->request.height};
    a->layout = layout_compute(&a->request);
    app_index(a);
    c->scale = a->request.scale;
    c->theme = theme_at(a->theme);
    c->hot = &a->hot;
    c->clip = window;
    hotspots_clear(c->hot);
    SDL_RenderSetClipRect(c->renderer, &window);
    draw_fill(c, window, c->theme->window);
    c->pane = PANE_NONE;
    if (a->layout.toolbar.w) toolbar_draw(a, c, a->layout.toolbar);
    for (int k = 0; k < a->layout.count; k++) draw_place(a, c, &a->layout.places[k]);
    draw_overlay(a, c, window);
    a->dirty = false;
}

/* ---- In words */

void pane_describe(App *a, PaneId pane, FILE *out)
{
    fprintf(out, "== %s\n", pane_title(pane));
    if (!pane_types[pane].rows) {
        pane_types[pane].describe(a, out);
        return;
    }
    Rows r;
    rows_init(&r, 100);
    pane_types[pane].rows(a, &r);
    rows_print(&r, out);
    rows_free(&r);
}

void app_describe(App *a, FILE *out)
{
    a->layout = layout_compute(&a->request);
    app_index(a);
    toolbar_describe(a, out);
    for (int pane = 0; pane < PANE_COUNT; pane++)
        if (layout_place(&a->layout, (PaneId)pane)) pane_describe(a, (PaneId)pane, out);
    overlay_describe(a, out);
}
