/* Colours and the looks of kinds. A theme is a value; every colour of the window comes from one. */
#ifndef THUNKSCOPE_INSPECT_GUI_THEME_H
#define THUNKSCOPE_INSPECT_GUI_THEME_H

#include <SDL2/SDL.h>

#include "inspect/model.h"

typedef enum Hue {
    HUE_SKY,
    HUE_YELLOW,
    HUE_VERMILLION,
    HUE_ORANGE,
    HUE_BLACK,
    HUE_BLUE,
    HUE_PURPLE,
    HUE_PAPER,
    HUE_FRAME,
    HUE_NONE, /* hollow: nothing is filled */
    HUE_COUNT
} Hue;
typedef enum Pattern { PATTERN_SOLID, PATTERN_HATCH } Pattern;
typedef enum Shape { SHAPE_SQUARE, SHAPE_ROUNDED, SHAPE_CUT } Shape;
typedef enum Border {
    BORDER_PLAIN,
    BORDER_DASHED,
    BORDER_THICK_DASHED,
    BORDER_DOTTED,
    BORDER_DOUBLE,
    BORDER_THICK,
    BORDER_RING
} Border;

typedef struct KindStyle {
    const char *glyph;
    Hue hue;
    Pattern pattern;
    Shape shape;
    Border border;
} KindStyle;
const KindStyle *kind_style(Kind kind);

typedef struct Theme {
    const char *name;
    bool dark;
    SDL_Color window, pane, header, line, faint_line; /* surfaces and what divides them */
    SDL_Color text, dim, link, accent;                /* accent: focus, current expression, the position */
    SDL_Color ring;                                   /* selected, just changed */
    SDL_Color tint, heat;                             /* lines of code that wait; allocation in the margin */
    SDL_Color curve, depth, minor, major, lost;       /* of the timeline */
    SDL_Color fill[HUE_COUNT], ink[HUE_COUNT];        /* ink: text on the fill */
    SDL_Color outline;                                /* of filled boxes */
    SDL_Color border[HUE_COUNT];                      /* of boxes whose border is more than an outline */
} Theme;
#define THEME_COUNT 3
const Theme *theme_at(int k);
int theme_find(const char *name); /* -1: none */

SDL_Color color_mix(SDL_Color a, SDL_Color b, double part_of_b);

#endif
