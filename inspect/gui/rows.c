/* Builder, drawing and printing of rows. Text of all spans stands in one buffer, by offset, since it moves as
 * it grows. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/rows.h"

enum { BAR_COLUMNS = 12 };

void rows_init(Rows *r, int columns) { *r = (Rows){.columns = SDL_max(columns, 16)}; }

void rows_free(Rows *r)
{
    free(r->rows);
    free(r->spans);
    free(r->text);
    *r = (Rows){0};
}

/* Room for one more element; false if memory is out, and then nothing is added. */
static bool grow(void **at, size_t count, size_t *room, size_t size)
{
    if (count < *room) return true;
    size_t wanted = *room ? 2 * *room : 64;
    void *more = realloc(*at, wanted * size);
    if (!more) return false;
    *at = more;
    *room = wanted;
    return true;
}

void row_begin(Rows *r, RowTint tint)
{
    void *rows = r->rows;
    if (grow(&rows, r->row_count, &r->row_room, sizeof *r->rows)) {
        r->rows = rows;
        r->rows[r->row_count++] = (Row){r->span_count, tint};
    }
}

static size_t text_keep(Rows *r, const char *text)
{
    size_t length = strlen(text) + 1, at = r->text_used;
    if (at + length > r->text_room) {
        size_t wanted = 2 * r->text_room + length + 256;
        char *more = realloc(r->text, wanted);
        if (!more) return 0;
        r->text = more;
        r->text_room = wanted;
    }
    memcpy(r->text + at, text, length);
    r->text_used += length;
    return at;
}

static void span_add(Rows *r, Ink ink, HotKind hot, int64_t value, const char *text)
{
    void *spans = r->spans;
    if (!grow(&spans, r->span_count, &r->span_room, sizeof *r->spans)) return;
    r->spans = spans;
    size_t at = text_keep(r, text);
    if (r->text) r->spans[r->span_count++] = (Span){at, ink, hot, value};
}

void row_text(Rows *r, Ink ink, const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    span_add(r, ink, HOT_NONE, 0, text);
}

void row_link(Rows *r, HotKind hot, int64_t value, const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    span_add(r, INK_LINK, hot, value, text);
}

void row_badge(Rows *r, Kind kind) { span_add(r, INK_BADGE, HOT_NONE, kind, kind_style(kind)->glyph); }
void row_tab(Rows *r, int column) { span_add(r, INK_TAB, HOT_NONE, column, ""); }

void row_bar(Rows *r, uint64_t part, uint64_t whole)
{
    span_add(r, INK_BAR, HOT_NONE, whole ? (int64_t)(part * 1000 / whole) : 0, "");
}

/* How many bytes of the text fit into so many columns, broken at a space if there is one. */
static size_t fitting(const char *text, int columns)
{
    const char *at = text, *end = text;
    for (int column = 0; column < columns && *at; column++) {
        utf8_next(&at);
        if (*at == ' ' || !*at) end = at;
    }
    return (size_t)((end == text ? at : end) - text);
}

void row_paragraph(Rows *r, Ink ink, int hang, const char *text)
{
    char line[512];
    for (int indent = 0; *text; indent = hang) {
        size_t length = SDL_min(fitting(text, r->columns - indent), sizeof line - 1);
        memcpy(line, text, length);
        line[length] = 0;
        row_begin(r, TINT_NONE);
        if (indent) row_tab(r, indent);
        span_add(r, ink, HOT_NONE, 0, line);
        text += length;
        while (*text == ' ') text++;
    }
}

static size_t row_end(const Rows *r, size_t row)
{
    return row + 1 < r->row_count ? r->rows[row + 1].first : r->span_count;
}

/* ---- Drawing */

int rows_line_height(const Canvas *c) { return draw_text_height(c, TEXT_BODY) + px(c, 4); }
int rows_height(const Rows *r, const Canvas *c) { return (int)r->row_count * rows_line_height(c); }

static SDL_Color ink_color(const Theme *t, Ink ink)
{
    switch (ink) {
    case INK_DIM:
    case INK_STRUCK: return t->dim;
    case INK_ACCENT: return t->accent;
    case INK_LINK: return t->link;
    default: return t->text;
    }
}

static void draw_tint(Canvas *c, SDL_Rect line, RowTint tint)
{
    const Theme *t = c->theme;
    if (tint == TINT_FRAME) draw_fill(c, line, t->tint);
    if (tint == TINT_RULE)
        draw_fill(c, (SDL_Rect){line.x, line.y + line.h / 2, line.w, SDL_max(1, px(c, 1))}, t->faint_line);
    if (tint == TINT_SELECTED) {
        draw_fill(c, line, color_mix(t->pane, t->ring, 0.18));
        draw_fill(c, (SDL_Rect){line.x, line.y, px(c, 3), line.h}, t->ring);
    }
}

static int draw_bar(Canvas *c, SDL_Rect line, int x, int64_t thousandths)
{
    int width = BAR_COLUMNS * font_advance(font_at(c->fonts, px(c, TEXT_BODY), false));
    SDL_Rect bar = {x, line.y + line.h / 4, width, line.h / 2};
    draw_fill(c, bar, c->theme->faint_line);
    bar.w = (int)SDL_max(thousandths > 0, width * thousandths / 1000);
    draw_fill(c, bar, c->theme->curve);
    return width;
}

static int draw_words(Canvas *c, const Span *s, const char *text, SDL_Rect line, int x)
{
    int y = line.y + (line.h - draw_text_height(c, TEXT_BODY)) / 2;
    SDL_Color color = ink_color(c->theme, s->ink);
    int width = draw_text(c, TEXT_BODY, s->ink == INK_BOLD, x, y, line.x + line.w - x, color, text);
    if (s->ink == INK_STRUCK)
        draw_fill(c, (SDL_Rect){x, line.y + line.h / 2, width, SDL_max(1, px(c, 1))}, color);
    if (s->hot != HOT_NONE) canvas_hot(c, (SDL_Rect){x, line.y, width, line.h}, s->hot, s->value);
    return width;
}

static int draw_span(Canvas *c, const Span *s, const char *text, SDL_Rect line, int x)
{
    switch (s->ink) {
    case INK_BADGE: return draw_badge(c, x, line.y + px(c, 1), line.h - px(c, 2), (Kind)s->value) + px(c, 6);
    case INK_BAR: return draw_bar(c, line, x, s->value);
    case INK_TAB: {
        int to = line.x + (int)s->value * font_advance(font_at(c->fonts, px(c, TEXT_BODY), false));
        return SDL_max(to - x, 0);
    }
    default: return draw_words(c, s, text, line, x);
    }
}

void rows_draw(const Rows *r, Canvas *c, SDL_Rect area, int scroll)
{
    int height = rows_line_height(c);
    size_t first = scroll > 0 ? (size_t)(scroll / height) : 0;
    for (size_t row = first; row < r->row_count; row++) {
        SDL_Rect line = {area.x, area.y + (int)row * height - scroll, area.w, height};
        if (line.y >= area.y + area.h) break;
        SDL_Rect wide = {line.x - px(c, 6), line.y, line.w + px(c, 12), line.h};
        draw_tint(c, wide, r->rows[row].tint);
        int x = line.x;
        for (size_t k = r->rows[row].first; k < row_end(r, row); k++)
            x += draw_span(c, &r->spans[k], r->text + r->spans[k].text, line, x);
    }
}

/* ---- Printing */

static int print_span(const Rows *r, const Span *s, int column, FILE *out)
{
    const char *text = r->text + s->text;
    int bars = (int)(s->value * BAR_COLUMNS / 1000);
    switch (s->ink) {
    case INK_TAB: return column < s->value ? fprintf(out, "%*s", (int)s->value - column, "") : 0;
    case INK_BAR: return fprintf(out, "%.*s%*s", bars, "############", BAR_COLUMNS - bars, "");
    case INK_BADGE: fprintf(out, "%s ", text); return text_columns(text) + 1;
    case INK_STRUCK: fprintf(out, "~%s~", text); return text_columns(text) + 2;
    default: fputs(text, out); return text_columns(text);
    }
}

void rows_print(const Rows *r, FILE *out)
{
    for (size_t row = 0; row < r->row_count; row++) {
        int column = r->rows[row].tint == TINT_SELECTED ? fprintf(out, "> ") : fprintf(out, "  ");
        column -= 2;
        for (size_t k = r->rows[row].first; k < row_end(r, row); k++)
            column += print_span(r, &r->spans[k], column, out);
        fputc('\n', out);
    }
}
