/* Where panes stand. A layout is a set of places; a place shows one of its panes, the others are tabs.
 *
 * Always true of a window of at least 1024x640 (times the scale): places do not overlap, lie in the window,
 * and none is thinner than a line of text. */
#ifndef THUNKSCOPE_INSPECT_GUI_LAYOUT_H
#define THUNKSCOPE_INSPECT_GUI_LAYOUT_H

#include "inspect/gui/draw.h"

typedef enum LayoutKind { LAYOUT_LESSON, LAYOUT_LAB, LAYOUT_LIST } LayoutKind;

typedef struct LayoutRequest {
    LayoutKind kind;
    int width, height;
    double scale;
    PaneId maximised; /* PANE_NONE: none */
    PaneId listed[PANE_COUNT];
    int listed_count;       /* LAYOUT_LIST: these, one above the other */
    bool front[PANE_COUNT]; /* that this one is shown where it shares a place */
} LayoutRequest;

typedef struct Place {
    SDL_Rect rect; /* w 0: not shown */
    PaneId shown;
    PaneId tabs[3];
    int tab_count;
} Place;

typedef struct PaneLayout {
    SDL_Rect toolbar; /* w 0: none */
    Place places[PANE_COUNT];
    int count;
} PaneLayout;

PaneLayout layout_compute(const LayoutRequest *r);
/* The place that shows the pane now; NULL: none does. */
const Place *layout_place(const PaneLayout *l, PaneId pane);
/* Puts the pane in front of those that share its place. */
void layout_bring_forward(LayoutRequest *r, PaneId pane);
const char *pane_title(PaneId pane);
const char *pane_name(PaneId pane);
const char *pane_sentence(PaneId pane);
int pane_digit(PaneId pane);
PaneId pane_find(const char *name); /* PANE_NONE: none */

#endif
