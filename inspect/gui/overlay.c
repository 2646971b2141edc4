/* What lies over the panes: the keys, the legend of kinds, a pane as text, and the line to type in. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/app.h"

static SDL_Rect panel(Canvas *c, SDL_Rect window, int width, int height, const char *title)
{
    width = SDL_min(width, window.w - px(c, 24));
    height = SDL_min(height, window.h - px(c, 24));
    SDL_Rect r = {(window.w - width) / 2, (window.h - height) / 2, width, height};
    SDL_SetRenderDrawBlendMode(c->renderer, SDL_BLENDMODE_BLEND);
    draw_fill(c, window, (SDL_Color){0, 0, 0, 120});
    SDL_SetRenderDrawBlendMode(c->renderer, SDL_BLENDMODE_NONE);
    draw_fill(c, r, c->theme->pane);
    draw_frame(c, r, c->theme->accent, px(c, 2));
    draw_text(c, TEXT_LARGE, true, r.x + px(c, 18), r.y + px(c, 12), r.w, c->theme->text, title);
    const char *hint = "Esc closes";
    int wide = draw_text_width(c, TEXT_SMALL, false, hint);
    draw_text(c, TEXT_SMALL, false, r.x + r.w - wide - px(c, 18), r.y + px(c, 15), wide, c->theme->dim, hint);
    return (SDL_Rect){r.x + px(c, 18), r.y + px(c, 44), r.w - px(c, 36), r.h - px(c, 56)};
}

/* ---- Keys: the table, group after group, in as many columns as are needed */

enum { KEY_LINE = 17, CHORD_COLUMNS = 18 };

typedef struct HelpPen {
    Canvas *c;
    SDL_Rect area;
    int x, y, column, columns;
} HelpPen;

static void help_feed(HelpPen *p, int lines)
{
    p->y += lines * px(p->c, KEY_LINE);
    if (p->y + px(p->c, KEY_LINE) <= p->area.y + p->area.h) return;
    p->column++;
    p->x = p->area.x + p->column * (p->area.w / p->columns);
    p->y = p->area.y;
}

static void help_row(HelpPen *p, Key key)
{
    char chords[96];
    int advance = font_advance(font_at(p->c->fonts, px(p->c, TEXT_SMALL), false));
    int chord_room = CHORD_COLUMNS * advance, room = p->area.w / p->columns - px(p->c, 14);
    key_spoken(key, text_columns(key_spoken(key, true, chords, sizeof chords)) < CHORD_COLUMNS, chords,
               sizeof chords);
    draw_text(p->c, TEXT_SMALL, true, p->x, p->y, chord_room, p->c->theme->accent, chords);
    draw_text(p->c, TEXT_SMALL, false, p->x + chord_room, p->y, room - chord_room, p->c->theme->text,
              key_rows[key].sentence);
    help_feed(p, 1);
}

void help_draw(App *a, Canvas *c, SDL_Rect window)
{
    (void)a;
    int rows = KEY_COUNT + 2 * GROUP_COUNT, line = px(c, KEY_LINE), room = window.h - px(c, 90);
    int columns = SDL_max(2, (rows * line + room - 1) / SDL_max(room, 1));
    int height = SDL_min(room, ((rows + columns - 1) / columns + 2) * line);
    SDL_Rect area = panel(c, window, columns * px(c, 610), height + px(c, 60), "Keys");
    HelpPen p = {c, area, area.x, area.y, 0, columns};
    for (int group = 0; group < GROUP_COUNT; group++) {
        draw_text(c, TEXT_SMALL, true, p.x, p.y, area.w, c->theme->dim, key_group_titles[group]);
        help_feed(&p, 1);
        for (int k = 0; k < KEY_COUNT; k++)
            if (key_rows[k].group == (KeyGroup)group) help_row(&p, (Key)k);
        if (p.y > area.y) help_feed(&p, 1);
    }
}

/* ---- Legend: every kind as the graph draws it, and what else a box can say */

enum { LEGEND_COLUMNS = 3, LEGEND_CELL = 46, LEGEND_BOX = 88 };

static void legend_cell(Canvas *c, SDL_Rect cell, const KindStyle *style, BoxLook look, const char *name,
                        const char *words)
{
    SDL_Rect box = {cell.x + px(c, 8), cell.y + px(c, 6), px(c, LEGEND_BOX), px(c, 32)};
    int x = box.x + box.w + px(c, 16), room = cell.x + cell.w - x - px(c, 4);
    draw_box(c, box, style, look);
    draw_text_centred(c, TEXT_BODY, true, box, look.ghost ? c->theme->text : kind_ink(c, style),
                      style->glyph);
    draw_text(c, TEXT_BODY, true, x, cell.y + px(c, 5), room, c->theme->text, name);
    draw_text(c, TEXT_SMALL, false, x, cell.y + px(c, 22), room, c->theme->dim, words);
}

void legend_draw(App *a, Canvas *c, SDL_Rect window)
{
    (void)a;
    const struct {
        const char *name, *words;
        BoxLook look;
    } more[] = {{"SELECTED", "what the inspector shows", {.selected = true}},
                {"CHANGED", "by this step; * in text", {.changed = true}},
                {"GARBAGE", "found dead, or unreachable", {.ghost = true}}};
    int extra = sizeof more / sizeof more[0], count = KIND_COUNT + extra;
    int rows = (count + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    SDL_Rect area = panel(c, window, px(c, 1010), rows * px(c, LEGEND_CELL) + px(c, 64),
                          "Legend: hue is family, pattern and border are member");
    for (int k = 0; k < count; k++) {
        SDL_Rect cell = {area.x + k / rows * (area.w / LEGEND_COLUMNS),
                         area.y + k % rows * px(c, LEGEND_CELL), area.w / LEGEND_COLUMNS, px(c, LEGEND_CELL)};
        int e = k - KIND_COUNT;
        if (k < KIND_COUNT)
            legend_cell(c, cell, kind_style((Kind)k), (BoxLook){0}, kinds[k].name, kinds[k].spoken);
        else
            legend_cell(c, cell, kind_style(KIND_CON), more[e].look, more[e].name, more[e].words);
    }
}

/* ---- A pane as text */

void text_overlay_draw(App *a, Canvas *c, SDL_Rect window)
{
    char *text = NULL, *line, *rest;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out) return;
    pane_describe(a, a->focus, out);
    fclose(out);
    SDL_Rect area =
        panel(c, window, px(c, 940), window.h * 4 / 5, "This pane as text (in the clipboard, too)");
    Rows r;
    rows_init(&r, 120);
    for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        row_begin(&r, TINT_NONE);
        row_text(&r, INK_TEXT, "%s", line);
    }
    a->overlay_scroll = SDL_clamp(a->overlay_scroll, 0, SDL_max(0, rows_height(&r, c) - area.h));
    SDL_Rect before = canvas_clip(c, area);
    rows_draw(&r, c, area, a->overlay_scroll);
    canvas_unclip(c, before);
    rows_free(&r);
    free(text);
}

/* ---- The line to type in */

static const char *const prompt_words[] = {
    [PROMPT_SEARCH] = "find", [PROMPT_GOTO] = "go to", [PROMPT_MARK] = "note"};
static const char *const prompt_hints[] = {
    [PROMPT_SEARCH] = "name · #id · kind:thunk · gen:1, then Enter; N goes on",
    [PROMPT_GOTO] = "event number · end · step:N · gc:N · a mark's note",
    [PROMPT_MARK] = "a note for this event"};

void prompt_draw(App *a, Canvas *c, SDL_Rect window)
{
    const Theme *t = c->theme;
    char line[LONGEST_INPUT + 4];
    int width = SDL_min(px(c, 560), window.w - px(c, 40)), pad = px(c, 12);
    SDL_Rect r = {(window.w - width) / 2, px(c, 54), width, px(c, 62)};
    draw_fill(c, r, t->header);
    draw_frame(c, r, t->accent, px(c, 2));
    int x = r.x + pad, y = r.y + px(c, 10);
    x += draw_text(c, TEXT_LARGE, true, x, y, r.w, t->accent, prompt_words[a->prompt]) + px(c, 12);
    snprintf(line, sizeof line, "%s▏", a->input);
    draw_text(c, TEXT_LARGE, false, x, y, r.x + r.w - x - pad, t->text, line);
    draw_text(c, TEXT_SMALL, false, r.x + pad, y + px(c, 25), r.w - 2 * pad, t->dim, prompt_hints[a->prompt]);
}

void overlay_describe(App *a, FILE *out)
{
    char chords[96];
    if (a->prompt != PROMPT_NONE) fprintf(out, "== PROMPT %s\n  %s\n", prompt_words[a->prompt], a->input);
    if (a->overlay == OVERLAY_TEXT) fprintf(out, "== OVERLAY TEXT\n");
    if (a->overlay == OVERLAY_HELP) {
        fprintf(out, "== OVERLAY KEYS\n");
        for (int k = 0; k < KEY_COUNT; k++)
            fprintf(out, "  %-24s %s\n", key_spoken((Key)k, true, chords, sizeof chords),
                    key_rows[k].sentence);
    }
    if (a->overlay == OVERLAY_LEGEND) {
        fprintf(out, "== OVERLAY LEGEND\n");
        for (int k = 0; k < KIND_COUNT; k++)
            fprintf(out, "  %-6s %-20s %s\n", kind_style((Kind)k)->glyph, kinds[k].name, kinds[k].spoken);
    }
}
