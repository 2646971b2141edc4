/* Primitives, all of filled rectangles and copied glyphs: what SDL's software renderer does fast. */
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/draw.h"

int px(const Canvas *c, int n) { return (int)(n * c->scale + 0.5); }

SDL_Rect rect_inset(SDL_Rect r, int by)
{
    return (SDL_Rect){r.x + by, r.y + by, SDL_max(0, r.w - 2 * by), SDL_max(0, r.h - 2 * by)};
}

bool rect_contains(SDL_Rect r, int x, int y)
{
    return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

/* ---- Clipping */

SDL_Rect canvas_clip(Canvas *c, SDL_Rect r)
{
    SDL_Rect before = c->clip, both;
    if (!SDL_IntersectRect(&before, &r, &both)) both = (SDL_Rect){r.x, r.y, 0, 0};
    c->clip = both;
    SDL_RenderSetClipRect(c->renderer, &both);
    return before;
}

void canvas_unclip(Canvas *c, SDL_Rect before)
{
    c->clip = before;
    SDL_RenderSetClipRect(c->renderer, &before);
}

static bool clipped_away(const Canvas *c, SDL_Rect r) { return !SDL_HasIntersection(&c->clip, &r); }

/* ---- Rectangles and lines */

void draw_fill(Canvas *c, SDL_Rect r, SDL_Color color)
{
    if (r.w <= 0 || r.h <= 0) return;
    SDL_SetRenderDrawColor(c->renderer, color.r, color.g, color.b, color.a);
    SDL_RenderFillRect(c->renderer, &r);
}

void draw_frame(Canvas *c, SDL_Rect r, SDL_Color color, int width)
{
    width = SDL_min(width, SDL_min(r.w, r.h));
    draw_fill(c, (SDL_Rect){r.x, r.y, r.w, width}, color);
    draw_fill(c, (SDL_Rect){r.x, r.y + r.h - width, r.w, width}, color);
    draw_fill(c, (SDL_Rect){r.x, r.y, width, r.h}, color);
    draw_fill(c, (SDL_Rect){r.x + r.w - width, r.y, width, r.h}, color);
}

void draw_dashed_frame(Canvas *c, SDL_Rect r, SDL_Color color, int width, int on, int off)
{
    for (int at = 0; at < r.w; at += on + off) {
        int length = SDL_min(on, r.w - at);
        draw_fill(c, (SDL_Rect){r.x + at, r.y, length, width}, color);
        draw_fill(c, (SDL_Rect){r.x + at, r.y + r.h - width, length, width}, color);
    }
    for (int at = 0; at < r.h; at += on + off) {
        int length = SDL_min(on, r.h - at);
        draw_fill(c, (SDL_Rect){r.x, r.y + at, width, length}, color);
        draw_fill(c, (SDL_Rect){r.x + r.w - width, r.y + at, width, length}, color);
    }
}

void draw_line(Canvas *c, int x1, int y1, int x2, int y2, SDL_Color color, int width)
{
    int left = SDL_min(x1, x2), top = SDL_min(y1, y2), half = width / 2;
    if (y1 == y2) {
        draw_fill(c, (SDL_Rect){left - half, y1 - half, abs(x2 - x1) + width, width}, color);
    } else if (x1 == x2) {
        draw_fill(c, (SDL_Rect){x1 - half, top - half, width, abs(y2 - y1) + width}, color);
    } else {
        SDL_SetRenderDrawColor(c->renderer, color.r, color.g, color.b, color.a);
        for (int k = 0; k < width; k++) SDL_RenderDrawLine(c->renderer, x1, y1 + k, x2, y2 + k);
    }
}

void draw_hatch(Canvas *c, SDL_Rect r, SDL_Color color, int step)
{
    SDL_Rect before = canvas_clip(c, r);
    SDL_SetRenderDrawColor(c->renderer, color.r, color.g, color.b, color.a);
    for (int at = r.x - r.h; at < r.x + r.w; at += step)
        for (int k = 0; k < SDL_max(1, step / 4); k++)
            SDL_RenderDrawLine(c->renderer, at + k, r.y + r.h, at + k + r.h, r.y);
    canvas_unclip(c, before);
}

void draw_triangle(Canvas *c, int x, int y, int size, Heading heading, SDL_Color color)
{
    for (int k = 0; k < size; k++) {
        int half = k / 2 + (k > 0);
        switch (heading) {
        case HEADING_LEFT: draw_fill(c, (SDL_Rect){x + k, y - half, 1, 2 * half + 1}, color); break;
        case HEADING_RIGHT: draw_fill(c, (SDL_Rect){x - k, y - half, 1, 2 * half + 1}, color); break;
        case HEADING_UP: draw_fill(c, (SDL_Rect){x - half, y + k, 2 * half + 1, 1}, color); break;
        case HEADING_DOWN: draw_fill(c, (SDL_Rect){x - half, y - k, 2 * half + 1, 1}, color); break;
        }
    }
}

/* ---- Text */

int draw_text(Canvas *c, int size, bool bold, int x, int y, int room, SDL_Color color, const char *utf8)
{
    return text_draw(c->renderer, font_at(c->fonts, px(c, size), bold), x, y, room, color, utf8);
}

int draw_text_width(const Canvas *c, int size, bool bold, const char *utf8)
{
    return text_width(font_at(c->fonts, px(c, size), bold), utf8);
}

int draw_text_height(const Canvas *c, int size) { return font_height(font_at(c->fonts, px(c, size), false)); }

void draw_text_centred(Canvas *c, int size, bool bold, SDL_Rect r, SDL_Color color, const char *utf8)
{
    int width = SDL_min(draw_text_width(c, size, bold, utf8), r.w);
    draw_text(c, size, bold, r.x + (r.w - width) / 2, r.y + (r.h - draw_text_height(c, size)) / 2, r.w, color,
              utf8);
}

/* ---- Boxes of closures */

SDL_Color kind_fill(const Canvas *c, const KindStyle *style) { return c->theme->fill[style->hue]; }
SDL_Color kind_ink(const Canvas *c, const KindStyle *style) { return c->theme->ink[style->hue]; }

/* How many pixels a shape leaves out at the left and right of its row k. */
static void shape_insets(Shape shape, int corner, int height, int k, int *left, int *right)
{
    int from_edge = SDL_min(k, height - 1 - k);
    *left = *right = 0;
    if (shape == SHAPE_CUT) {
        *left = SDL_max(0, corner - k);
        *right = SDL_max(0, corner - (height - 1 - k));
    } else if (shape == SHAPE_ROUNDED && from_edge < corner) {
        int up = corner - from_edge, in = corner;
        while (in > 0 && (in - 1) * (in - 1) + up * up >= corner * corner) in--;
        *left = *right = corner - in;
    }
}

static int corner_of(SDL_Rect r, Shape shape)
{
    int most = SDL_min(r.w, r.h);
    return shape == SHAPE_CUT ? SDL_min(9, most / 3) : SDL_min(7, most / 3);
}

static void fill_shape(Canvas *c, SDL_Rect r, Shape shape, int corner, SDL_Color color)
{
    int left, right;
    for (int k = 0; k < r.h; k++) {
        bool even = shape == SHAPE_SQUARE || (k > corner && k < r.h - 1 - corner);
        int rows = even ? (shape == SHAPE_SQUARE ? r.h : r.h - 1 - corner - k) : 1;
        shape_insets(shape, corner, r.h, k, &left, &right);
        draw_fill(c, (SDL_Rect){r.x + left, r.y + k, r.w - left - right, rows}, color);
        k += rows - 1;
    }
}

/* A shape with an outline is a shape inside a larger one. */
static void fill_outlined(Canvas *c, SDL_Rect r, Shape shape, int width, SDL_Color line, SDL_Color fill)
{
    int corner = corner_of(r, shape);
    fill_shape(c, r, shape, corner, line);
    fill_shape(c, rect_inset(r, width), shape, SDL_max(0, corner - (shape == SHAPE_CUT ? width / 2 : width)),
               fill);
}

static void draw_double(Canvas *c, SDL_Rect r, const KindStyle *style, int unit)
{
    SDL_Color fill = kind_fill(c, style), line = c->theme->border[style->hue];
    fill_outlined(c, r, style->shape, unit, fill, line);
    fill_outlined(c, rect_inset(r, 2 * unit), style->shape, unit, fill, fill);
}

static void draw_broken(Canvas *c, SDL_Rect r, const KindStyle *style, int unit)
{
    SDL_Color line = c->theme->border[style->hue];
    fill_outlined(c, r, style->shape, 0, line, kind_fill(c, style));
    if (style->border == BORDER_DOTTED)
        draw_dashed_frame(c, r, line, 2 * unit, 2 * unit, 3 * unit);
    else
        draw_dashed_frame(c, r, line, style->border == BORDER_THICK_DASHED ? 3 * unit : unit, 6 * unit,
                          4 * unit);
}

static void draw_body(Canvas *c, SDL_Rect r, const KindStyle *style, int unit)
{
    SDL_Color line = c->theme->border[style->hue];
    switch (style->border) {
    case BORDER_PLAIN: fill_outlined(c, r, style->shape, unit, c->theme->outline, kind_fill(c, style)); break;
    case BORDER_THICK: fill_outlined(c, r, style->shape, 3 * unit, line, kind_fill(c, style)); break;
    case BORDER_RING:
        fill_outlined(c, r, style->shape, unit, kind_fill(c, style), line);
        fill_outlined(c, rect_inset(r, unit), style->shape, 2 * unit, line, kind_fill(c, style));
        break;
    case BORDER_DOUBLE: draw_double(c, r, style, unit); break;
    case BORDER_DASHED:
    case BORDER_THICK_DASHED:
    case BORDER_DOTTED: draw_broken(c, r, style, unit); break;
    }
}

/* Hatching stays off the middle, where the text is. */
static void draw_pattern(Canvas *c, SDL_Rect r, const KindStyle *style, int unit)
{
    if (style->pattern != PATTERN_HATCH) return;
    SDL_Color line = color_mix(kind_fill(c, style), kind_ink(c, style), c->theme->dark ? 0.32 : 0.28);
    draw_hatch(c, rect_inset(r, 5 * unit), line, 7 * unit);
}

static void draw_ghost(Canvas *c, SDL_Rect r, const KindStyle *style, int unit)
{
    SDL_Color own = style->hue == HUE_NONE ? c->theme->dim : kind_fill(c, style);
    draw_fill(c, r, color_mix(c->theme->pane, own, 0.25));
    draw_dashed_frame(c, r, c->theme->dim, unit, 2 * unit, 3 * unit);
    draw_line(c, r.x, r.y + r.h, r.x + r.w, r.y, c->theme->dim, unit);
}

static void draw_rings(Canvas *c, SDL_Rect r, BoxLook look, int unit)
{
    if (look.changed) draw_frame(c, rect_inset(r, -3 * unit), c->theme->ring, 2 * unit);
    if (look.selected) draw_frame(c, rect_inset(r, -7 * unit), c->theme->ring, 3 * unit);
}

void draw_box(Canvas *c, SDL_Rect r, const KindStyle *style, BoxLook look)
{
    int unit = SDL_max(1, px(c, 1));
    if (clipped_away(c, rect_inset(r, -8 * unit))) return;
    if (look.ghost) {
        draw_ghost(c, r, style, unit);
    } else {
        draw_body(c, r, style, unit);
        draw_pattern(c, r, style, unit);
    }
    draw_rings(c, r, look, unit);
}

int draw_badge(Canvas *c, int x, int y, int height, Kind kind)
{
    const KindStyle *style = kind_style(kind);
    int width = SDL_max(height, draw_text_width(c, TEXT_SMALL, true, style->glyph) + px(c, 8));
    KindStyle plain = *style;
    if (height < px(c, 24)) plain.pattern = PATTERN_SOLID;
    draw_box(c, (SDL_Rect){x, y, width, height}, &plain, (BoxLook){0});
    draw_text_centred(c, TEXT_SMALL, true, (SDL_Rect){x, y, width, height}, kind_ink(c, style), style->glyph);
    return width;
}

/* ---- Hotspots */

void hotspots_clear(Hotspots *hot) { hot->count = 0; }

void hotspots_free(Hotspots *hot)
{
    free(hot->at);
    *hot = (Hotspots){0};
}

void canvas_hot(Canvas *c, SDL_Rect r, HotKind kind, int64_t value)
{
    Hotspots *hot = c->hot;
    SDL_Rect visible;
    if (!SDL_IntersectRect(&r, &c->clip, &visible)) return;
    if (hot->count == hot->room) {
        int room = hot->room ? 2 * hot->room : 256;
        Hotspot *more = realloc(hot->at, (size_t)room * sizeof *more);
        if (!more) return;
        hot->at = more;
        hot->room = room;
    }
    hot->at[hot->count++] = (Hotspot){visible, kind, c->pane, value};
}

const Hotspot *hotspots_find(const Hotspots *hot, int x, int y)
{
    for (int k = hot->count - 1; k >= 0; k--)
        if (rect_contains(hot->at[k].rect, x, y)) return &hot->at[k];
    return NULL;
}

static bool by_key(const Hotspot *h, PaneId pane)
{
    return h->pane == pane && h->kind != HOT_PANE && h->kind != HOT_SCRUB && h->kind != HOT_TAB;
}

const Hotspot *hotspots_of_pane(const Hotspots *hot, PaneId pane, int k)
{
    for (int i = 0; i < hot->count; i++)
        if (by_key(&hot->at[i], pane) && k-- == 0) return &hot->at[i];
    return NULL;
}

int hotspots_in_pane(const Hotspots *hot, PaneId pane)
{
    int count = 0;
    for (int i = 0; i < hot->count; i++) count += by_key(&hot->at[i], pane);
    return count;
}
