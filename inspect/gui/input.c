/* From SDL's events to commands: keys by the key table, the pointer by hotspots, and what only a pointer does
 * (dragging) by the panes' functions, for each of which a key exists as well. */
#include <string.h>

#include "inspect/gui/app.h"

enum { DRAG_THRESHOLD = 4, WHEEL_ROWS = 3 };

/* ---- Prompt */

static void prompt_erase(App *a)
{
    size_t length = strlen(a->input);
    while (length && (a->input[length - 1] & 0xC0) == 0x80) length--;
    if (length) a->input[length - 1] = 0;
}

static void prompt_key(App *a, SDL_Keycode sym)
{
    switch (sym) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER: prompt_done(a); break;
    case SDLK_BACKSPACE: prompt_erase(a); break;
    case SDLK_ESCAPE: a->prompt = PROMPT_NONE; break;
    default: return;
    }
    a->dirty = true;
}

/* ---- Keys */

static void key_pressed(App *a, SDL_Keysym pressed)
{
    a->swallow_typed = false;
    if (a->prompt != PROMPT_NONE) {
        prompt_key(a, pressed.sym);
        return;
    }
    Key key = key_of_press(pressed);
    if (key == KEY_NONE) return;
    app_act(a, key);
    a->swallow_typed = true;
}

static void typed(App *a, const char *utf8)
{
    if (a->swallow_typed) return;
    if (a->prompt == PROMPT_NONE) {
        app_act(a, key_of_typed(utf8));
    } else {
        SDL_strlcat(a->input, utf8, sizeof a->input);
        a->dirty = true;
    }
}

/* ---- Hotspots */

static void expand_toggle(App *a, ObjectId id)
{
    GraphView *g = &a->graph;
    uint32_t k = 0;
    while (k < g->options.expanded_count && g->expanded[k] != id) k++;
    if (k < g->options.expanded_count) {
        g->expanded[k] = g->expanded[--g->options.expanded_count];
        app_say(a, "folded");
    } else if (k < MOST_EXPANDED) {
        g->expanded[g->options.expanded_count++] = id;
        app_say(a, "opened; X folds it again");
    }
    graph_forget(a);
}

void app_press_hot(App *a, const Hotspot *h, int x, int y)
{
    (void)y;
    a->dirty = true;
    switch (h->kind) {
    case HOT_NONE: break;
    case HOT_ACTION: app_act(a, (Key)h->value); break;
    case HOT_PANE: a->focus = (PaneId)h->value; break;
    case HOT_TAB:
        layout_bring_forward(&a->request, (PaneId)h->value);
        a->focus = (PaneId)h->value;
        break;
    case HOT_SELECT: app_select(a, h->value); break;
    case HOT_EXPAND:
        app_select(a, h->value);
        expand_toggle(a, h->value);
        break;
    case HOT_SEEK: app_seek(a, h->value); break;
    case HOT_SCRUB: timeline_seek_at(a, pane_area(a, PANE_timeline), x); break;
    }
}

/* ---- Pointer */

static PaneId pane_at(const App *a, int x, int y)
{
    for (int k = 0; k < a->layout.count; k++)
        if (rect_contains(a->layout.places[k].rect, x, y)) return a->layout.places[k].shown;
    return PANE_NONE;
}

static void button_down(App *a, const SDL_MouseButtonEvent *b)
{
    PaneId pane = pane_at(a, b->x, b->y);
    const Hotspot *h = hotspots_find(&a->hot, b->x, b->y);
    a->dirty = true;
    if (a->overlay != OVERLAY_NONE) {
        a->overlay = OVERLAY_NONE;
        return;
    }
    if (pane != PANE_NONE) a->focus = pane;
    if (b->button == SDL_BUTTON_MIDDLE) app_act(a, KEY_fit);
    a->drag = (Drag){.active = pane != PANE_NONE, .button = b->button, .x = b->x, .y = b->y, .pane = pane};
    if (pane == PANE_graph) a->drag.box = graph_box_at(a, pane_area(a, pane), b->x, b->y);
    if (!h || b->button != SDL_BUTTON_LEFT) return;
    if (h->kind == HOT_SELECT && b->clicks == 2 && h->pane == PANE_graph)
        app_act(a, KEY_expand);
    else
        app_press_hot(a, h, b->x, b->y);
}

static void scroll_by(App *a, PaneId pane, int dx, int dy)
{
    a->scroll[pane] = SDL_max(0, a->scroll[pane] - dy);
    a->scroll_x[pane] = SDL_max(0, a->scroll_x[pane] - dx);
}

static void drag_to(App *a, int x, int y)
{
    Drag *d = &a->drag;
    int dx = x - d->x, dy = y - d->y;
    if (!d->moved && SDL_abs(dx) + SDL_abs(dy) < DRAG_THRESHOLD) return;
    SDL_Rect area = pane_area(a, d->pane);
    d->moved = true;
    d->x = x;
    d->y = y;
    a->dirty = true;
    if (d->pane == PANE_timeline && d->button == SDL_BUTTON_LEFT)
        timeline_seek_at(a, area, x);
    else if (d->box && d->button == SDL_BUTTON_LEFT)
        graph_move_box(a, d->box, dx, dy);
    else if (pane_types[d->pane].pan)
        pane_types[d->pane].pan(a, area, dx, dy);
    else
        scroll_by(a, d->pane, dx, dy);
}

static void wheel(App *a, const SDL_MouseWheelEvent *w)
{
    PaneId pane = pane_at(a, a->mouse_x, a->mouse_y);
    int row = (int)(20 * a->request.scale) * WHEEL_ROWS;
    bool sideways = SDL_GetModState() & KMOD_SHIFT;
    a->dirty = true;
    if (a->overlay != OVERLAY_NONE) {
        a->overlay_scroll = SDL_max(0, a->overlay_scroll - w->y * row);
        return;
    }
    if (pane == PANE_NONE) return;
    SDL_Rect area = pane_area(a, pane);
    if (sideways && pane_types[pane].pan)
        pane_types[pane].pan(a, area, w->y * row, 0);
    else if (pane_types[pane].zoom)
        pane_types[pane].zoom(a, area, w->y, a->mouse_x, a->mouse_y);
    else if (sideways)
        scroll_by(a, pane, w->y * row, 0);
    else
        scroll_by(a, pane, w->x * row, w->y * row);
}

static void pointer_moved(App *a, const SDL_MouseMotionEvent *m)
{
    a->mouse_x = m->x;
    a->mouse_y = m->y;
    if (a->drag.active) drag_to(a, m->x, m->y);
}

void app_event(App *a, const SDL_Event *e)
{
    switch (e->type) {
    case SDL_QUIT: a->quit = true; break;
    case SDL_KEYDOWN: key_pressed(a, e->key.keysym); break;
    case SDL_TEXTINPUT: typed(a, e->text.text); break;
    case SDL_MOUSEBUTTONDOWN: button_down(a, &e->button); break;
    case SDL_MOUSEBUTTONUP: a->drag.active = false; break;
    case SDL_MOUSEMOTION: pointer_moved(a, &e->motion); break;
    case SDL_MOUSEWHEEL: wheel(a, &e->wheel); break;
    case SDL_WINDOWEVENT: a->dirty = true; break;
    default: break;
    }
}
