/* The program's text: line numbers, how often a line allocated, the expression that runs boxed, the lines
 * that frames wait for tinted. The pane scrolls by itself only when the boxed line would be out of sight. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/app.h"

enum { NUMBER_COLUMNS = 5, MOST_WAITING = 256 };

typedef struct CodeSpan {
    bool known;
    uint32_t file, line, column, end_line, end_column;
} CodeSpan;

typedef struct CodeText {
    CodeSpan here;
    const char *text, *path;
    uint32_t waiting[MOST_WAITING]; /* lines */
    uint32_t waiting_count;
} CodeText;

/* Frames wait in their alternatives: the places of their info tables. */
static void find_waiting(const App *a, CodeText *code)
{
    const PlayFrame *f = playback_stack(model_playback(a->model));
    for (; f && code->waiting_count < MOST_WAITING; f = f->below) {
        const Event_info *i = trace_info(a->trace, f->info);
        ModelPlace place = i ? model_info_place(i) : (ModelPlace){0};
        if (place.line && place.file == code->here.file)
            code->waiting[code->waiting_count++] = (uint32_t)place.line;
    }
}

static CodeText code_now(const App *a)
{
    CodeText code = {0};
    CodeSpan *s = &code.here;
    s->known = model_source_span(a->model, model_position(a->model), &s->file, &s->line, &s->column,
                                 &s->end_line, &s->end_column);
    code.text = trace_source(a->trace, s->file, &code.path);
    if (code.text) find_waiting(a, &code);
    return code;
}

static bool is_waiting(const CodeText *code, uint32_t line)
{
    for (uint32_t k = 0; k < code->waiting_count; k++)
        if (code->waiting[k] == line) return true;
    return false;
}

static const char *line_copy(const char *text, char *out, size_t size)
{
    size_t length = strcspn(text, "\n");
    size_t kept = length < size ? length : size - 1;
    memcpy(out, text, kept);
    out[kept] = 0;
    return text[length] ? text + length + 1 : NULL;
}

/* ---- Drawing */

typedef struct Pen {
    App *a;
    Canvas *c;
    SDL_Rect area;
    int height, advance, text_x;
    uint32_t file;
} Pen;

static uint32_t count_lines(const char *text)
{
    uint32_t lines = 1;
    for (; (text = strchr(text, '\n')); text++) lines++;
    return lines;
}

/* As little as it takes to see where the expression begins and, if it is on one line, ends. */
static void scroll_sideways(Pen *p, const CodeSpan *s)
{
    int *scroll = &p->a->scroll_x[PANE_code], room = p->area.x + p->area.w - p->text_x;
    int left = ((int)s->column - 2) * p->advance;
    int right = s->line == s->end_line ? (int)s->end_column * p->advance : left;
    if (right > *scroll + room) *scroll = right - room;
    if (left < *scroll) *scroll = left;
    *scroll = SDL_max(*scroll, 0);
    if ((int)s->column * p->advance < room && right < room) *scroll = 0;
}

static void scroll_to(Pen *p, const CodeText *code)
{
    App *a = p->a;
    int top = (int)(code->here.line - 1) * p->height, *scroll = &a->scroll[PANE_code];
    int bottom = (int)code->here.end_line * p->height;
    int most = SDL_max(0, (int)count_lines(code->text) * p->height - p->area.h);
    int64_t place = (int64_t)code->here.file << 32 | code->here.line;
    if (code->here.known && a->scrolled_for[PANE_code] != place) {
        if (bottom > *scroll + p->area.h) *scroll = SDL_min(bottom - p->area.h * 2 / 3, top);
        if (top < *scroll) *scroll = top - p->area.h / 3;
        a->scrolled_for[PANE_code] = place;
        scroll_sideways(p, &code->here);
    }
    *scroll = SDL_clamp(*scroll, 0, most) / p->height * p->height;
}

static SDL_Color word_color(const Theme *t, const char *word, size_t length, bool comment)
{
    static const char *const keywords[] = {"let",    "letrec", "in",   "case", "of",
                                           "module", "main",   "data", "lne"};
    if (comment) return t->dim;
    for (size_t k = 0; k < sizeof keywords / sizeof keywords[0]; k++)
        if (strlen(keywords[k]) == length && strncmp(keywords[k], word, length) == 0) return t->link;
    return t->text;
}

/* Words in their colours, one after the other; every glyph is equally wide. */
static void draw_code_line(Pen *p, int y, const char *line)
{
    int x = p->text_x - p->a->scroll_x[PANE_code];
    for (bool comment = false; *line;) {
        char word[256];
        size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789'#.");
        if (strncmp(line, "--", 2) == 0) comment = true;
        if (!length)
            length = strcspn(line, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789-");
        if (!length) length = 1;
        length = SDL_min(length, sizeof word - 1);
        memcpy(word, line, length);
        word[length] = 0;
        draw_text(p->c, TEXT_BODY, false, x, y, 1 << 20, word_color(p->c->theme, word, length, comment),
                  word);
        x += text_columns(word) * p->advance;
        line += length;
    }
}

static void draw_margin(Pen *p, int y, uint32_t line, bool current)
{
    char number[16];
    const Theme *t = p->c->theme;
    uint64_t heat = series_heat(p->a->timeline.series, p->file, line);
    snprintf(number, sizeof number, "%*u", NUMBER_COLUMNS - 1, line);
    draw_text(p->c, TEXT_BODY, current, p->area.x - px(p->c, 4), y, p->text_x - p->area.x,
              current ? t->accent : t->dim, number);
    int width = 0;
    for (; heat; heat /= 8) width++;
    draw_fill(p->c,
              (SDL_Rect){p->text_x - px(p->c, 6), y + px(p->c, 2), px(p->c, SDL_min(width, 4)),
                         p->height - px(p->c, 6)},
              t->heat);
}

static int column_x(const Pen *p, uint32_t column)
{
    return p->text_x - p->a->scroll_x[PANE_code] + ((int)column - 1) * p->advance;
}

/* The part of the line that belongs to the span: boxed where the expression begins, tinted where it goes on.
 */
static void draw_current(Pen *p, int y, const CodeSpan *s, uint32_t line, const char *text)
{
    const Theme *t = p->c->theme;
    int columns = text_columns(text), indent = (int)strspn(text, " ");
    int first = line == s->line ? (int)s->column : indent + 1;
    int last = line == s->end_line ? (int)s->end_column : columns;
    if (last < first) last = first;
    int left = column_x(p, (uint32_t)first) - px(p->c, 2);
    SDL_Rect box = {left, y - px(p->c, 1), column_x(p, (uint32_t)last + 1) + px(p->c, 2) - left, p->height};
    if (line != s->line) box.x = column_x(p, s->column) - px(p->c, 2), box.w += left - box.x;
    draw_fill(p->c, box, color_mix(t->pane, t->accent, line == s->line ? 0.28 : 0.10));
    if (line == s->line)
        draw_frame(p->c, box, t->accent, px(p->c, 1));
    else
        draw_fill(p->c, (SDL_Rect){box.x, box.y, px(p->c, 2), box.h}, color_mix(t->pane, t->accent, 0.6));
}

static void draw_line_of_code(Pen *p, const CodeText *code, uint32_t line, const char *text)
{
    const CodeSpan *s = &code->here;
    int y = p->area.y + (int)(line - 1) * p->height - p->a->scroll[PANE_code];
    if (y < p->area.y || y + p->height > p->area.y + p->area.h) return;
    bool current = s->known && line >= s->line && line <= s->end_line;
    if (is_waiting(code, line))
        draw_fill(p->c, (SDL_Rect){p->text_x - px(p->c, 2), y - px(p->c, 1), p->area.w, p->height},
                  p->c->theme->tint);
    if (is_waiting(code, line))
        draw_text(p->c, TEXT_BODY, false, p->area.x - px(p->c, 6), y, p->advance, p->c->theme->dim, "‥");
    SDL_Rect text_area = {p->text_x - px(p->c, 3), p->area.y,
                          p->area.x + p->area.w - p->text_x + px(p->c, 10), p->area.h};
    SDL_Rect before = canvas_clip(p->c, text_area);
    if (current) draw_current(p, y, s, line, text);
    draw_code_line(p, y, text);
    canvas_unclip(p->c, before);
    draw_margin(p, y, line, current);
}

void code_draw(App *a, Canvas *c, SDL_Rect area)
{
    CodeText code = code_now(a);
    const Font *font = font_at(c->fonts, px(c, TEXT_BODY), false);
    Pen p = {a, c, area, font_height(font) + px(c, 3), font_advance(font), 0, code.here.file};
    p.text_x = area.x + NUMBER_COLUMNS * p.advance + px(c, 4);
    p.area.h = p.area.h / p.height * p.height;
    if (!code.text) {
        draw_text(c, TEXT_BODY, false, area.x, area.y, area.w, c->theme->dim,
                  "the trace carries no program text");
        return;
    }
    scroll_to(&p, &code);
    char line[512];
    const char *at = code.text;
    for (uint32_t number = 1; at; number++) {
        at = line_copy(at, line, sizeof line);
        if (at || line[0]) draw_line_of_code(&p, &code, number, line);
    }
}

void code_describe(App *a, FILE *out)
{
    CodeText code = code_now(a);
    char line[512];
    const char *at = code.text;
    if (code.path) fprintf(out, "  %s\n", code.path);
    for (uint32_t number = 1; at; number++) {
        const CodeSpan *s = &code.here;
        at = line_copy(at, line, sizeof line);
        bool current = s->known && number >= s->line && number <= s->end_line;
        if (at || line[0])
            fprintf(out, "%s %4u %s\n", current ? ">" : is_waiting(&code, number) ? "." : " ", number, line);
    }
    if (code.here.known)
        fprintf(out, "  running: %u:%u-%u:%u\n", code.here.line, code.here.column, code.here.end_line,
                code.here.end_column);
}
