/* The layouts as tables of places in 1/1000 of the room between toolbar and strips. */
#include <string.h>

#include "inspect/gui/layout.h"

enum { TOOLBAR_HEIGHT = 38, EXPLAIN_HEIGHT = 118, TIMELINE_HEIGHT = 104, GAP = 5, FULL = 1000 };

/* bottom, if not 0: a strip of this height across the window; strips pile up from the bottom. */
typedef struct PlaceRow {
    LayoutKind layout;
    int x, y, w, h;
    int bottom;
    int tab_count;
    PaneId tabs[3];
} PlaceRow;

static const PlaceRow rows[] = {
    {LAYOUT_LESSON, 0, 0, 0, 0, TIMELINE_HEIGHT, 1, {PANE_timeline}},
    {LAYOUT_LESSON, 0, 0, 0, 0, EXPLAIN_HEIGHT, 1, {PANE_explain}},
    {LAYOUT_LESSON, 0, 0, 260, FULL, 0, 1, {PANE_code}},
    {LAYOUT_LESSON, 260, 0, 460, 660, 0, 1, {PANE_graph}},
    {LAYOUT_LESSON, 260, 660, 460, 340, 0, 2, {PANE_map, PANE_census}},
    {LAYOUT_LESSON, 720, 0, 280, 470, 0, 1, {PANE_stack}},
    {LAYOUT_LESSON, 720, 470, 280, 530, 0, 2, {PANE_inspector, PANE_retainers}},
    {LAYOUT_LAB, 0, 0, 0, 0, TIMELINE_HEIGHT, 1, {PANE_timeline}},
    {LAYOUT_LAB, 0, 0, 480, FULL, 0, 3, {PANE_map, PANE_graph, PANE_code}},
    {LAYOUT_LAB, 480, 0, 260, FULL, 0, 1, {PANE_census}},
    {LAYOUT_LAB, 740, 0, 260, 600, 0, 3, {PANE_inspector, PANE_retainers, PANE_stack}},
    {LAYOUT_LAB, 740, 600, 260, 400, 0, 1, {PANE_explain}},
};
enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

static const struct {
    const char *name;
    int digit;
    const char *title, *sentence;
} panes[] = {
#define PANE(name, digit, title, sentence) {#name, digit, title, sentence},
#include "inspect/gui/panes.def"
#undef PANE
    {"", -1, "", ""},
};

const char *pane_title(PaneId pane) { return panes[pane].title; }
const char *pane_name(PaneId pane) { return panes[pane].name; }
const char *pane_sentence(PaneId pane) { return panes[pane].sentence; }
int pane_digit(PaneId pane) { return panes[pane].digit; }

PaneId pane_find(const char *name)
{
    int k = 0;
    while (k < PANE_COUNT && strcmp(panes[k].name, name) != 0) k++;
    return (PaneId)k;
}

static int scaled(const LayoutRequest *r, int n) { return (int)(n * r->scale + 0.5); }

static PaneId row_front(const LayoutRequest *r, const PlaceRow *row)
{
    for (int k = 0; k < row->tab_count; k++)
        if (r->front[row->tabs[k]]) return row->tabs[k];
    return row->tabs[0];
}

static void place_add(PaneLayout *l, const LayoutRequest *r, const PlaceRow *row, SDL_Rect rect)
{
    Place *p = &l->places[l->count++];
    *p = (Place){.rect = rect, .shown = row_front(r, row), .tab_count = row->tab_count};
    memcpy(p->tabs, row->tabs, sizeof p->tabs);
}

static SDL_Rect part_of(SDL_Rect room, const PlaceRow *row, int gap)
{
    int left = room.x + room.w * row->x / FULL, right = room.x + room.w * (row->x + row->w) / FULL;
    int top = room.y + room.h * row->y / FULL, bottom = room.y + room.h * (row->y + row->h) / FULL;
    int gap_right = row->x + row->w < FULL ? gap : 0, gap_below = row->y + row->h < FULL ? gap : 0;
    return (SDL_Rect){left, top, right - left - gap_right, bottom - top - gap_below};
}

static void lay_rows(PaneLayout *l, const LayoutRequest *r, SDL_Rect room)
{
    int gap = scaled(r, GAP);
    for (int k = 0; k < ROW_COUNT; k++) {
        const PlaceRow *row = &rows[k];
        if (row->layout != r->kind) continue;
        if (row->bottom) {
            int height = scaled(r, row->bottom);
            place_add(l, r, row, (SDL_Rect){room.x, room.y + room.h - height, room.w, height});
            room.h -= height + gap;
        } else {
            place_add(l, r, row, part_of(room, row, gap));
        }
    }
}

static int wish(PaneId pane) { return pane == PANE_timeline || pane == PANE_explain ? 1 : 3; }

static void lay_list(PaneLayout *l, const LayoutRequest *r, SDL_Rect room)
{
    int gap = scaled(r, GAP), all = 0, before = 0, height = room.h - gap * (r->listed_count - 1);
    for (int k = 0; k < r->listed_count; k++) all += wish(r->listed[k]);
    for (int k = 0; k < r->listed_count; k++) {
        PlaceRow row = {.tab_count = 1, .tabs = {r->listed[k]}};
        int top = height * before / all, bottom = height * (before + wish(r->listed[k])) / all;
        place_add(l, r, &row, (SDL_Rect){room.x, room.y + top + gap * k, room.w, bottom - top});
        before += wish(r->listed[k]);
    }
}

static void lay_maximised(PaneLayout *l, const LayoutRequest *r, SDL_Rect room)
{
    PlaceRow row = {.tab_count = 1, .tabs = {r->maximised}};
    place_add(l, r, &row, room);
}

PaneLayout layout_compute(const LayoutRequest *r)
{
    PaneLayout l = {0};
    int gap = scaled(r, GAP), bar = r->kind == LAYOUT_LIST ? 0 : scaled(r, TOOLBAR_HEIGHT);
    if (bar) l.toolbar = (SDL_Rect){0, 0, r->width, bar};
    SDL_Rect room = {gap, bar + gap, r->width - 2 * gap, r->height - bar - 2 * gap};
    if (r->maximised != PANE_NONE)
        lay_maximised(&l, r, room);
    else if (r->kind == LAYOUT_LIST)
        lay_list(&l, r, room);
    else
        lay_rows(&l, r, room);
    return l;
}

const Place *layout_place(const PaneLayout *l, PaneId pane)
{
    for (int k = 0; k < l->count; k++)
        if (l->places[k].shown == pane) return &l->places[k];
    return NULL;
}

void layout_bring_forward(LayoutRequest *r, PaneId pane)
{
    for (int k = 0; k < ROW_COUNT; k++)
        for (int t = 0; t < rows[k].tab_count; t++)
            if (rows[k].layout == r->kind && rows[k].tabs[t] == pane)
                for (int other = 0; other < rows[k].tab_count; other++) r->front[rows[k].tabs[other]] = false;
    r->front[pane] = true;
}
