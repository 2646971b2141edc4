/* Drawing: a canvas, primitives on it, and the boxes of closures. What is drawn and can be pressed leaves a
 * hotspot behind; the pointer finds them by place, the keyboard walks them in order. */
#ifndef THUNKSCOPE_INSPECT_GUI_DRAW_H
#define THUNKSCOPE_INSPECT_GUI_DRAW_H

#include "inspect/gui/text.h"
#include "inspect/gui/theme.h"

typedef enum PaneId {
#define PANE(name, digit, title, sentence) PANE_##name,
#include "inspect/gui/panes.def"
#undef PANE
    PANE_COUNT,
    PANE_NONE = PANE_COUNT
} PaneId;

typedef enum HotKind {
    HOT_NONE,
    HOT_ACTION, /* value: an Action */
    HOT_PANE,   /* focus this pane; value: PaneId */
    HOT_TAB,    /* show this pane in its place; value: PaneId */
    HOT_SELECT, /* value: ObjectId */
    HOT_EXPAND, /* open or close the run that begins with object `value` */
    HOT_SEEK,   /* value: event */
    HOT_SCRUB   /* the timeline: the event follows from where it is pressed */
} HotKind;

typedef struct Hotspot {
    SDL_Rect rect;
    HotKind kind;
    PaneId pane;
    int64_t value;
} Hotspot;

typedef struct Hotspots {
    Hotspot *at;
    int count, room;
} Hotspots;

void hotspots_clear(Hotspots *hot);
void hotspots_free(Hotspots *hot);
/* The last one drawn at this place; NULL: none. */
const Hotspot *hotspots_find(const Hotspots *hot, int x, int y);
/* The k-th that a key can reach in the pane (HOT_PANE and HOT_SCRUB are for the pointer; other keys do them).
 */
const Hotspot *hotspots_of_pane(const Hotspots *hot, PaneId pane, int k);
int hotspots_in_pane(const Hotspots *hot, PaneId pane);

typedef struct Canvas {
    SDL_Renderer *renderer;
    Fonts *fonts;
    const Theme *theme;
    double scale; /* 1 to 3: of everything but the graph's zoom */
    Hotspots *hot;
    PaneId pane; /* that is being drawn */
    SDL_Rect clip;
} Canvas;

enum { TEXT_SMALL = 11, TEXT_BODY = 13, TEXT_LARGE = 15 };

int px(const Canvas *c, int n);
SDL_Rect rect_inset(SDL_Rect r, int by);
bool rect_contains(SDL_Rect r, int x, int y);
/* Narrows clipping to r; the rectangle to go back to is returned. */
SDL_Rect canvas_clip(Canvas *c, SDL_Rect r);
void canvas_unclip(Canvas *c, SDL_Rect before);
/* Leaves a hotspot where r is visible. */
void canvas_hot(Canvas *c, SDL_Rect r, HotKind kind, int64_t value);

void draw_fill(Canvas *c, SDL_Rect r, SDL_Color color);
void draw_frame(Canvas *c, SDL_Rect r, SDL_Color color, int width);
void draw_dashed_frame(Canvas *c, SDL_Rect r, SDL_Color color, int width, int on, int off);
void draw_line(Canvas *c, int x1, int y1, int x2, int y2, SDL_Color color, int width);
void draw_hatch(Canvas *c, SDL_Rect r, SDL_Color color, int step);
typedef enum Heading { HEADING_LEFT, HEADING_RIGHT, HEADING_UP, HEADING_DOWN } Heading;
void draw_triangle(Canvas *c, int x, int y, int size, Heading heading, SDL_Color color); /* tip at x, y */
int draw_text(Canvas *c, int size, bool bold, int x, int y, int room, SDL_Color color, const char *utf8);
int draw_text_width(const Canvas *c, int size, bool bold, const char *utf8);
int draw_text_height(const Canvas *c, int size);
/* Centred in r, in both directions. */
void draw_text_centred(Canvas *c, int size, bool bold, SDL_Rect r, SDL_Color color, const char *utf8);

typedef struct BoxLook {
    bool selected, changed, ghost, pulse;
} BoxLook;
/* The body of a closure in its kind's style; the caller writes on it in kind_ink. */
void draw_box(Canvas *c, SDL_Rect r, const KindStyle *style, BoxLook look);
SDL_Color kind_fill(const Canvas *c, const KindStyle *style);
SDL_Color kind_ink(const Canvas *c, const KindStyle *style);
/* A small box with the kind's glyph; as wide as it needs to be, which is returned. */
int draw_badge(Canvas *c, int x, int y, int height, Kind kind);

#endif
