/* The graph: boxes of closures with a port for each reference, orthogonal arrows through the gaps between
 * cells, roots as tabs on the left edge. Terms: world coordinates are graph_layout's; the view maps them to
 * the pane. Arrows run in lanes below rows and before columns, so they cross no box that the user did not
 * move. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "inspect/gui/app.h"

enum {
    TAB_WIDTH = 106,
    TAB_GAP = 40,
    MARGIN = 14,
    LANES = 5,
    LANE_STEP = 4,
    PORT_STEP = 15,
    BOX_TEXT = 12,
    BOX_SMALL = 11
};
#define SMALLEST_ZOOM 0.12
#define LARGEST_ZOOM  3.0
#define READABLE_ZOOM 0.7 /* chosen for the user when not everything fits */
#define FITTING_ZOOM  0.6 /* and, so that everything does */

/* What drawing one picture needs. */
typedef struct Picture {
    App *a;
    Canvas *c;
    SDL_Rect area;
    double zoom; /* the view's, times the scale */
    const Graph *g;
    uint32_t drawn_edges;
} Picture;

/* ---- The graph at the position */

void graph_forget(App *a)
{
    graph_free(a->graph.graph);
    a->graph.graph = NULL;
}

static const Graph *graph_now(App *a)
{
    GraphView *v = &a->graph;
    int64_t here = model_position(a->model);
    if (v->graph && v->position == here) return v->graph;
    graph_forget(a);
    v->graph = model_graph(a->model, &v->options);
    v->position = here;
    places_arrange(v->places, v->graph);
    return v->graph;
}

/* ---- From the world to the pane */

static int tab_room(const App *a) { return (int)((TAB_WIDTH + TAB_GAP) * a->request.scale); }

static uint32_t ports_of(const Graph *g, uint32_t node)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < g->edge_count; k++) count += g->edges[k].from == node;
    return count;
}

static SDL_Rect world_box(const App *a, const Graph *g, uint32_t node)
{
    const GraphNode *n = &g->nodes[node];
    const Spot *s = places_spot(a->graph.places, node_key(n));
    int width = s ? SDL_clamp(node_width(g, node), 62, spot_width(s)) : 62;
    return (SDL_Rect){s ? s->x : 0, s ? s->y : 0, width, BOX_HEIGHT};
}

static int to_x(const Picture *p, double x)
{
    return p->area.x + tab_room(p->a) + (int)floor((x - p->a->graph.x) * p->zoom);
}
static int to_y(const Picture *p, double y) { return p->area.y + (int)floor((y - p->a->graph.y) * p->zoom); }

static SDL_Rect screen_box(const Picture *p, uint32_t node)
{
    SDL_Rect w = world_box(p->a, p->g, node);
    int x = to_x(p, w.x), y = to_y(p, w.y);
    return (SDL_Rect){x, y, to_x(p, w.x + w.w) - x, to_y(p, w.y + w.h) - y};
}

static SDL_Rect screen_tab(const Picture *p, uint32_t node)
{
    SDL_Rect w = world_box(p->a, p->g, node);
    int height = px(p->c, 24), middle = to_y(p, w.y + BOX_HEIGHT / 2.0);
    int columns = text_columns(p->g->nodes[node].root);
    int width = SDL_min(px(p->c, TAB_WIDTH), columns * px(p->c, 8) + px(p->c, 18));
    return (SDL_Rect){p->area.x - px(p->c, 9), middle - height / 2, width, height};
}

static int scaled(const Picture *p, double n) { return (int)(n * p->zoom + 0.5); }

/* ---- The view */

static bool world_bounds(const App *a, const Graph *g, SDL_Rect *out)
{
    bool any = false;
    for (uint32_t k = 0; k < g->node_count; k++) {
        SDL_Rect box = world_box(a, g, k);
        if (g->nodes[k].kind == NODE_ROOT) box.w = 1;
        if (any)
            SDL_UnionRect(out, &box, out);
        else
            *out = box;
        any = true;
    }
    return any;
}

typedef enum Interest { INTEREST_CHANGED, INTEREST_SELECTED, INTEREST_HELD, INTEREST_COUNT } Interest;

static bool is_of_interest(const App *a, const GraphNode *n, Interest why)
{
    if (n->kind == NODE_ROOT) return false;
    switch (why) {
    case INTEREST_CHANGED: return n->changed;
    case INTEREST_SELECTED: return a->selected && n->id == a->selected;
    default: return n->rank <= 1;
    }
}

/* What has to be in sight, with what is around it: what this step changed, or else the selection, or what the
 * roots refer to. What lies too far apart from the first of them is left out. */
static bool world_focus(const App *a, const Graph *g, double width, double height, SDL_Rect *out)
{
    bool any = false;
    for (int why = 0; why < INTEREST_COUNT && !any; why++)
        for (uint32_t k = 0; k < g->node_count; k++) {
            if (!is_of_interest(a, &g->nodes[k], (Interest)why)) continue;
            SDL_Rect box = world_box(a, g, k), both;
            box = (SDL_Rect){box.x - CELL_WIDTH / 2, box.y - BOX_HEIGHT / 2, box.w + CELL_WIDTH,
                             CELL_HEIGHT + BOX_HEIGHT / 2};
            if (any)
                SDL_UnionRect(out, &box, &both);
            else
                both = box;
            if (!any || (both.w <= width && both.h <= height)) *out = both;
            any = true;
        }
    return any;
}

/* The start of a window `room` long that has from..to in it, moved from `at` as little as possible. */
static double slide(double at, double room, double from, double to)
{
    if (to > at + room) at = to - room;
    return from < at ? from : at;
}

/* The whole graph if it can be read so; else what matters now, in a view that moves as little as possible. */
static void view_follow(App *a, const Graph *g, SDL_Rect area)
{
    GraphView *v = &a->graph;
    SDL_Rect all, focus;
    double scale = a->request.scale, width = area.w - tab_room(a), height = area.h;
    if (!v->follow || !world_bounds(a, g, &all) || width < 10 || height < 10) return;
    double fit_x = width / ((all.w + 2 * MARGIN) * scale), fit_y = height / ((all.h + 2 * MARGIN) * scale);
    double fits = SDL_min(fit_x, fit_y);
    v->zoom = fits >= FITTING_ZOOM ? SDL_min(fits, 1.0) : READABLE_ZOOM;
    width /= v->zoom * scale;
    height /= v->zoom * scale;
    if (!world_focus(a, g, width, height, &focus) || fits >= FITTING_ZOOM) focus = all;
    v->x = slide(v->x, width, focus.x - MARGIN, focus.x + focus.w + MARGIN);
    v->y = slide(v->y, height, focus.y - MARGIN, focus.y + focus.h + MARGIN);
    v->x = SDL_max(all.x - MARGIN, SDL_min(v->x, all.x + all.w + MARGIN - width));
    v->y = SDL_max(all.y - MARGIN, SDL_min(v->y, all.y + all.h + MARGIN - height));
}

static double view_zoom(const App *a) { return a->graph.zoom * a->request.scale; }

static void zoom_about(App *a, SDL_Rect area, double factor, int x, int y)
{
    GraphView *v = &a->graph;
    double before = view_zoom(a), left = x - area.x - tab_room(a), top = y - area.y;
    v->follow = false;
    v->zoom = SDL_clamp(v->zoom * factor, SMALLEST_ZOOM, LARGEST_ZOOM);
    v->x += left / before - left / view_zoom(a);
    v->y += top / before - top / view_zoom(a);
}

void graph_zoom(App *a, SDL_Rect area, int steps, int x, int y)
{
    zoom_about(a, area, pow(1.15, steps), x, y);
}

void graph_pan(App *a, SDL_Rect area, int dx, int dy)
{
    (void)area;
    a->graph.follow = false;
    a->graph.x -= dx / view_zoom(a);
    a->graph.y -= dy / view_zoom(a);
}

void graph_fit(App *a) { a->graph.follow = true; }

/* Moves the view as little as it takes to have the box in sight. */
void graph_center(App *a, ObjectId id)
{
    const Spot *s = (graph_now(a), places_spot(a->graph.places, id));
    SDL_Rect area = pane_area(a, PANE_graph);
    if (!s || !area.w) return;
    if (a->graph.follow) a->graph.zoom = SDL_max(a->graph.zoom, 0.6);
    a->graph.follow = false;
    double width = (area.w - tab_room(a)) / view_zoom(a), height = area.h / view_zoom(a);
    a->graph.x = s->x + CELL_WIDTH / 2.0 - width / 2;
    a->graph.y = s->y + BOX_HEIGHT / 2.0 - height / 2;
}

int64_t graph_box_at(App *a, SDL_Rect area, int x, int y)
{
    const Graph *g = graph_now(a);
    Picture p = {.a = a, .area = area, .zoom = view_zoom(a), .g = g};
    for (uint32_t k = 0; k < g->node_count; k++)
        if (g->nodes[k].kind != NODE_ROOT && rect_contains(screen_box(&p, k), x, y))
            return node_key(&g->nodes[k]);
    return 0;
}

void graph_move_box(App *a, int64_t key, int dx, int dy)
{
    const Spot *s = places_spot(a->graph.places, key);
    if (!s) return;
    a->graph.follow = false;
    places_pin(a->graph.places, key, s->x + (int)lround(dx / view_zoom(a)),
               s->y + (int)lround(dy / view_zoom(a)));
}

/* ---- Arrows */

typedef struct Route {
    SDL_Point from; /* the port */
    int exit_y;     /* where it leaves its row: the lane */
    int turn_x;     /* before the target's column */
    SDL_Point to;
    bool straight;
} Route;

static bool row_is_free(const Picture *p, uint32_t from, uint32_t to)
{
    SDL_Rect a = world_box(p->a, p->g, from), b = world_box(p->a, p->g, to);
    bool tab = p->g->nodes[from].kind == NODE_ROOT;
    int left = tab ? INT32_MIN : a.x + a.w;
    if (a.y != b.y || b.x < left) return false;
    for (uint32_t k = 0; k < p->g->node_count; k++) {
        SDL_Rect r = world_box(p->a, p->g, k);
        bool between = k != from && k != to && p->g->nodes[k].kind != NODE_ROOT && r.x >= left && r.x < b.x;
        if (between && r.y < a.y + BOX_HEIGHT && r.y + BOX_HEIGHT > a.y) return false;
    }
    return true;
}

static SDL_Point port_point(const Picture *p, uint32_t node, uint32_t port, uint32_t ports)
{
    if (p->g->nodes[node].kind == NODE_ROOT) {
        SDL_Rect tab = screen_tab(p, node);
        return (SDL_Point){tab.x + tab.w, tab.y + tab.h / 2};
    }
    SDL_Rect box = screen_box(p, node);
    int room = box.w - scaled(p, 20), step = scaled(p, PORT_STEP);
    if (ports > 1) step = SDL_min(step, room / (int)(ports - 1));
    int from_right = scaled(p, 10) + (int)(ports - 1 - port) * step;
    return (SDL_Point){box.x + box.w - from_right, box.y + box.h - scaled(p, 11)};
}

static Route route_of(const Picture *p, const GraphEdge *e, uint32_t port, uint32_t ports)
{
    bool tab = p->g->nodes[e->from].kind == NODE_ROOT;
    SDL_Rect target = screen_box(p, e->to), source = world_box(p->a, p->g, e->from);
    int lane = (int)((e->from * 2 + port) % LANES), back = target.y + target.h - scaled(p, 11);
    Route r = {.from = port_point(p, e->from, port, ports)};
    r.straight = (tab || port + 1 == ports) && row_is_free(p, e->from, e->to);
    r.exit_y = to_y(p, source.y + BOX_HEIGHT + 6 + lane * LANE_STEP);
    r.turn_x = target.x - scaled(p, 11 + lane * LANE_STEP);
    r.to = (SDL_Point){target.x, r.straight ? (tab ? target.y + target.h / 2 : r.from.y)
                                            : SDL_min(back, target.y + scaled(p, 10 + lane * 5))};
    return r;
}

static SDL_Color edge_color(const Picture *p, const GraphEdge *e)
{
    const Theme *t = p->c->theme;
    const GraphNode *from = &p->g->nodes[e->from], *to = &p->g->nodes[e->to];
    bool chosen = p->a->selected && (from->id == p->a->selected || to->id == p->a->selected);
    if (chosen) return t->ring;
    if (from->kind == NODE_ROOT) return color_mix(t->pane, t->dim, 0.75);
    return color_mix(t->pane, t->text, 0.62);
}

static void draw_route(const Picture *p, const Route *r, SDL_Color color)
{
    Canvas *c = p->c;
    int width = SDL_max(1, scaled(p, 1.3)), tip = SDL_max(3, scaled(p, 7));
    if (r->straight) {
        draw_line(c, r->from.x, r->to.y, r->to.x - 2, r->to.y, color, width);
    } else {
        draw_line(c, r->from.x, r->from.y, r->from.x, r->exit_y, color, width);
        draw_line(c, r->from.x, r->exit_y, r->turn_x, r->exit_y, color, width);
        draw_line(c, r->turn_x, r->exit_y, r->turn_x, r->to.y, color, width);
        draw_line(c, r->turn_x, r->to.y, r->to.x - 2, r->to.y, color, width);
    }
    draw_triangle(c, r->to.x - 1, r->to.y, tip, HEADING_RIGHT, color);
}

/* A tab's arrow leaves to the right first, to stay off the tabs below. */
static void tab_detour(const Picture *p, Route *r, uint32_t index)
{
    int x = p->area.x + tab_room(p->a) - px(p->c, 6) - (int)(index % LANES) * px(p->c, LANE_STEP);
    if (r->straight) return;
    draw_line(p->c, r->from.x, r->from.y, x, r->from.y, color_mix(p->c->theme->pane, p->c->theme->dim, 0.75),
              SDL_max(1, scaled(p, 1.3)));
    r->from.x = x;
}

static void draw_edge(Picture *p, const GraphEdge *e, uint32_t port, uint32_t ports)
{
    Route r = route_of(p, e, port, ports);
    if (p->g->nodes[e->from].kind == NODE_ROOT) tab_detour(p, &r, e->from + port);
    draw_route(p, &r, edge_color(p, e));
    p->drawn_edges++;
}

static void draw_edges(Picture *p, bool chosen)
{
    for (uint32_t node = 0; node < p->g->node_count; node++) {
        uint32_t ports = ports_of(p->g, node), port = 0;
        for (uint32_t k = 0; k < p->g->edge_count; k++) {
            const GraphEdge *e = &p->g->edges[k];
            if (e->from != node) continue;
            bool touches = p->a->selected && (p->g->nodes[e->from].id == p->a->selected ||
                                              p->g->nodes[e->to].id == p->a->selected);
            if (touches == chosen) draw_edge(p, e, port, ports);
            port++;
        }
    }
}

/* ---- Boxes */

static Kind kind_of(const Picture *p, const GraphNode *n)
{
    const PlayObject *o = playback_object(model_playback(p->a->model), n->id);
    return o ? o->kind : KIND_COUNT;
}

static void draw_ports(const Picture *p, uint32_t node, SDL_Color ink)
{
    uint32_t ports = ports_of(p->g, node);
    int side = SDL_max(2, scaled(p, 5));
    for (uint32_t k = 0; k < ports; k++) {
        SDL_Point at = port_point(p, node, k, ports);
        draw_fill(p->c, (SDL_Rect){at.x - side / 2, at.y - side / 2, side, side}, ink);
    }
}

/* Glyphs are whole pixels wide, so a size may be wider than the zoom says: then the next smaller one fits. */
static void draw_at_zoom(const Picture *p, int size, bool bold, int x, int y, int room, SDL_Color color,
                         const char *text)
{
    int pixels = scaled(p, size);
    if (pixels < 5) return;
    const Font *font = font_at(p->c->fonts, pixels, bold);
    if (text_width(font, text) > room) font = font_at(p->c->fonts, pixels - 1, bold);
    text_draw(p->c->renderer, font, x, y, room, color, text);
}

/* First row: glyph and label; second: id and ports. */
static void draw_box_text(const Picture *p, SDL_Rect box, uint32_t node, const KindStyle *style, BoxLook look)
{
    char id[32];
    const GraphNode *n = &p->g->nodes[node];
    SDL_Color ink = look.ghost ? p->c->theme->text : kind_ink(p->c, style);
    int left = box.x + scaled(p, 8), room = box.w - scaled(p, 12), line = scaled(p, 4);
    int glyph = scaled(p, 16);
    draw_at_zoom(p, BOX_TEXT, true, left, box.y + line, room, ink, style->glyph);
    draw_at_zoom(p, BOX_TEXT, false, left + glyph, box.y + line, room - glyph, ink, n->label);
    if (n->kind == NODE_RUN)
        snprintf(id, sizeof id, "#%" PRId64 "… X opens", n->id);
    else
        snprintf(id, sizeof id, "%s#%" PRId64, n->changed ? "*" : "", n->id);
    int ports = (int)ports_of(p->g, node) * PORT_STEP;
    SDL_Color faint = color_mix(look.ghost ? p->c->theme->pane : kind_fill(p->c, style), ink, 0.75);
    draw_at_zoom(p, BOX_SMALL, false, left, box.y + scaled(p, 23), box.w - scaled(p, 14 + ports), faint, id);
    draw_ports(p, node, ink);
}

static void draw_stacked(const Picture *p, SDL_Rect box, const KindStyle *style)
{
    for (int k = 2; k >= 1; k--) {
        SDL_Rect behind = {box.x + scaled(p, 4 * k), box.y - scaled(p, 4 * k), box.w, box.h};
        draw_box(p->c, behind, style, (BoxLook){0});
    }
}

static void draw_node(const Picture *p, uint32_t node)
{
    const GraphNode *n = &p->g->nodes[node];
    SDL_Rect box = screen_box(p, node);
    const KindStyle *style = kind_style(kind_of(p, n));
    BoxLook look = {.selected = n->id && n->id == p->a->selected, .changed = n->changed, .ghost = n->garbage};
    if (n->kind == NODE_RUN) draw_stacked(p, box, style);
    draw_box(p->c, box, style, look);
    draw_box_text(p, box, node, style, look);
    if (n->id) canvas_hot(p->c, box, HOT_SELECT, n->id);
}

static void draw_more(const Picture *p, uint32_t node)
{
    SDL_Rect box = screen_box(p, node);
    draw_dashed_frame(p->c, box, p->c->theme->dim, px(p->c, 1), 4, 4);
    draw_at_zoom(p, TEXT_BODY, false, box.x + scaled(p, 8), box.y + scaled(p, 12), box.w - scaled(p, 12),
                 p->c->theme->dim, p->g->nodes[node].label);
}

static void draw_tab(const Picture *p, uint32_t node)
{
    const Theme *t = p->c->theme;
    SDL_Rect tab = screen_tab(p, node);
    draw_fill(p->c, tab, t->header);
    draw_frame(p->c, tab, t->line, px(p->c, 1));
    draw_fill(p->c, (SDL_Rect){tab.x + tab.w - px(p->c, 3), tab.y, px(p->c, 3), tab.h}, t->dim);
    int y = tab.y + (tab.h - draw_text_height(p->c, TEXT_SMALL)) / 2;
    draw_text(p->c, TEXT_SMALL, false, tab.x + px(p->c, 7), y, tab.w - px(p->c, 12), t->text,
              p->g->nodes[node].root);
}

static void draw_nodes(const Picture *p)
{
    for (uint32_t k = 0; k < p->g->node_count; k++) {
        if (p->g->nodes[k].kind == NODE_ROOT) continue;
        if (p->g->nodes[k].kind == NODE_MORE)
            draw_more(p, k);
        else
            draw_node(p, k);
    }
    for (uint32_t k = 0; k < p->g->node_count; k++)
        if (p->g->nodes[k].kind == NODE_ROOT) draw_tab(p, k);
}

static void count_boxes(const Picture *p, uint32_t *seen, uint32_t *all)
{
    *seen = *all = 0;
    for (uint32_t k = 0; k < p->g->node_count; k++) {
        if (p->g->nodes[k].kind == NODE_ROOT) continue;
        SDL_Rect box = screen_box(p, k), common;
        *all += 1;
        *seen += SDL_IntersectRect(&box, &p->area, &common) && common.w == box.w && common.h == box.h;
    }
}

static void draw_footer(const Picture *p)
{
    char text[96];
    uint32_t seen, all;
    count_boxes(p, &seen, &all);
    SDL_Color dim = p->c->theme->dim;
    int y = p->area.y + p->area.h - draw_text_height(p->c, TEXT_SMALL) + px(p->c, 2);
    snprintf(text, sizeof text, "%u of %u box%s in view%s, zoom %d %%", seen, all, all == 1 ? "" : "es",
             p->g->hidden ? ", some folded" : "", (int)(p->a->graph.zoom * 100 + 0.5));
    int width = draw_text_width(p->c, TEXT_SMALL, false, text);
    SDL_Rect ground = {p->area.x + p->area.w - width - px(p->c, 4), y - 1, width + px(p->c, 12),
                       px(p->c, 18)};
    draw_fill(p->c, ground, p->c->theme->pane);
    draw_text(p->c, TEXT_SMALL, false, ground.x + px(p->c, 4), y, width, dim, text);
}

void graph_draw(App *a, Canvas *c, SDL_Rect area)
{
    const Graph *g = graph_now(a);
    view_follow(a, g, area);
    Picture p = {.a = a, .c = c, .area = area, .zoom = view_zoom(a), .g = g};
    if (!g->node_count) {
        draw_text(c, TEXT_BODY, false, area.x, area.y, area.w, c->theme->dim, "no root holds anything here");
        return;
    }
    draw_edges(&p, false);
    draw_edges(&p, true);
    draw_nodes(&p);
    draw_footer(&p);
}

/* ---- In words */

static void describe_edges(const Graph *g, uint32_t node, FILE *out)
{
    for (uint32_t k = 0; k < g->edge_count; k++) {
        const GraphEdge *e = &g->edges[k];
        if (e->from == node) fprintf(out, " %s→#%" PRId64, e->label, g->nodes[e->to].id);
    }
}

void graph_describe(App *a, FILE *out)
{
    const Graph *g = graph_now(a);
    Picture p = {.a = a, .g = g};
    for (uint32_t k = 0; k < g->node_count; k++) {
        const GraphNode *n = &g->nodes[k];
        if (n->kind == NODE_ROOT)
            fprintf(out, "  root %s:", n->root);
        else if (n->kind == NODE_MORE)
            fprintf(out, "  %s", n->label);
        else
            fprintf(out, "%s %s #%" PRId64 " %s%s%s", n->id == a->selected ? ">" : " ",
                    kind_style(kind_of(&p, n))->glyph, n->id, n->label, n->changed ? " *changed" : "",
                    n->garbage ? " garbage" : "");
        describe_edges(g, k, out);
        fputc('\n', out);
    }
    if (g->hidden) fprintf(out, "  %" PRIu64 " more objects are folded or out of sight\n", g->hidden);
}
