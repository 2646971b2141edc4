/* Rows of rich text: what the panes of words are made of. A pane builds its rows once; the window draws them,
 * --describe and T print them, so that both say the same. */
#ifndef THUNKSCOPE_INSPECT_GUI_ROWS_H
#define THUNKSCOPE_INSPECT_GUI_ROWS_H

#include <stdio.h>

#include "inspect/gui/draw.h"

typedef enum Ink {
    INK_TEXT,
    INK_DIM,
    INK_BOLD,
    INK_ACCENT,
    INK_LINK,
    INK_STRUCK,
    INK_BADGE,
    INK_BAR,
    INK_TAB
} Ink;
typedef enum RowTint { TINT_NONE, TINT_FRAME, TINT_SELECTED, TINT_RULE } RowTint;

typedef struct Span {
    size_t text; /* offset */
    Ink ink;
    HotKind hot;
    int64_t value; /* of the hotspot; BADGE: the Kind; BAR: thousandths; TAB: column */
} Span;
typedef struct Row {
    size_t first; /* span */
    RowTint tint;
} Row;
typedef struct Rows {
    Row *rows;
    Span *spans;
    char *text;
    size_t row_count, row_room, span_count, span_room, text_used, text_room;
    int columns; /* paragraphs are broken at so many */
} Rows;

void rows_init(Rows *r, int columns);
void rows_free(Rows *r);
void row_begin(Rows *r, RowTint tint);
/* These add to the last row. */
void row_text(Rows *r, Ink ink, const char *format, ...) __attribute__((format(printf, 3, 4)));
void row_link(Rows *r, HotKind hot, int64_t value, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void row_badge(Rows *r, Kind kind);
void row_bar(Rows *r, uint64_t part, uint64_t whole);
void row_tab(Rows *r, int column);
/* Rows of their own, broken at spaces; all but the first begin at column `hang`. */
void row_paragraph(Rows *r, Ink ink, int hang, const char *text);

int rows_line_height(const Canvas *c);
int rows_height(const Rows *r, const Canvas *c);
/* scroll: pixels above the area. */
void rows_draw(const Rows *r, Canvas *c, SDL_Rect area, int scroll);
void rows_print(const Rows *r, FILE *out);

#endif
