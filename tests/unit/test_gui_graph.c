/* Places of the graph's boxes: they stay, they do not overlap, data goes to the right. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/graph_layout.h"

enum { MOST = 64 };

typedef struct Made {
    GraphNode nodes[MOST];
    GraphEdge edges[MOST];
    Graph graph;
} Made;

static void add_node(Made *m, NodeKind kind, ObjectId id, const char *label)
{
    GraphNode *n = &m->nodes[m->graph.node_count++];
    *n = (GraphNode){.kind = kind, .id = id};
    snprintf(kind == NODE_ROOT ? n->root : n->label, 32, "%s", label);
}

static void add_edge(Made *m, uint32_t from, uint32_t to)
{
    m->edges[m->graph.edge_count++] = (GraphEdge){.from = from, .to = to};
}

/* A root, and a list of so many cells from #first on. */
static Made list(ObjectId first, uint32_t cells)
{
    Made m = {0};
    add_node(&m, NODE_ROOT, 0, "local xs");
    for (uint32_t k = 0; k < cells; k++) {
        add_node(&m, NODE_OBJECT, first + k, "1 : ");
        add_edge(&m, k, k + 1);
    }
    return m;
}

static void arrange(Places *p, Made *m)
{
    m->graph.nodes = m->nodes;
    m->graph.edges = m->edges;
    places_arrange(p, &m->graph);
}

static const Spot *spot(const Places *p, const Made *m, uint32_t node)
{
    const Spot *s = places_spot(p, node_key(&m->nodes[node]));
    cr_assert_not_null(s);
    return s;
}

static void check_no_overlap(const Places *p, const Made *m)
{
    for (uint32_t a = 0; a < m->graph.node_count; a++)
        for (uint32_t b = a + 1; b < m->graph.node_count; b++) {
            const Spot *x = spot(p, m, a), *y = spot(p, m, b);
            bool both_roots = m->nodes[a].kind == NODE_ROOT && m->nodes[b].kind == NODE_ROOT;
            bool one_root = m->nodes[a].kind == NODE_ROOT || m->nodes[b].kind == NODE_ROOT;
            if (x->y != y->y || (one_root && !both_roots)) continue;
            cr_assert(!both_roots && (x->x + spot_width(x) < y->x || y->x + spot_width(y) < x->x),
                      "boxes %u and %u overlap", a, b);
        }
}

Test(gui_graph, a_list_runs_to_the_right_in_one_row)
{
    Places *p = places_new();
    Made m = list(1, 8);
    arrange(p, &m);
    for (uint32_t k = 2; k <= 8; k++) {
        cr_assert_eq(spot(p, &m, k)->y, spot(p, &m, 1)->y);
        cr_assert_gt(spot(p, &m, k)->x, spot(p, &m, k - 1)->x);
    }
    cr_assert_eq(spot(p, &m, 0)->y, spot(p, &m, 1)->y, "the root stands in the row of what it holds");
    check_no_overlap(p, &m);
    places_free(p);
}

Test(gui_graph, boxes_stay_when_others_come_and_go)
{
    Places *p = places_new();
    Made before = list(1, 6), after = list(2, 9);
    arrange(p, &before);
    Spot kept[7];
    for (uint32_t k = 2; k <= 6; k++) kept[k] = *spot(p, &before, k);
    arrange(p, &after);
    check_no_overlap(p, &after);
    for (uint32_t k = 2; k <= 6; k++) {
        const Spot *now = places_spot(p, before.nodes[k].id);
        cr_assert(now->x == kept[k].x && now->y == kept[k].y, "#%d moved", (int)before.nodes[k].id);
    }
    arrange(p, &before);
    cr_assert_eq(spot(p, &before, 6)->x, kept[6].x, "a step back restores the picture");
    places_free(p);
}

Test(gui_graph, the_last_field_goes_on_and_the_others_go_below)
{
    Places *p = places_new();
    Made m = {0};
    add_node(&m, NODE_ROOT, 0, "stack");
    add_node(&m, NODE_OBJECT, 1, "pair");
    add_node(&m, NODE_OBJECT, 2, "first");
    add_node(&m, NODE_OBJECT, 3, "last");
    add_edge(&m, 0, 1);
    add_edge(&m, 1, 2);
    add_edge(&m, 1, 3);
    add_edge(&m, 3, 1);
    arrange(p, &m);
    cr_assert_eq(spot(p, &m, 3)->y, spot(p, &m, 1)->y);
    cr_assert_gt(spot(p, &m, 2)->y, spot(p, &m, 1)->y);
    check_no_overlap(p, &m);
    places_free(p);
}

/* Random graphs, changing: whatever happens, boxes of one picture do not overlap. */
Test(gui_graph, random_graphs_never_overlap)
{
    Places *p = places_new();
    unsigned seed = 20;
    for (int round = 0; round < 200; round++) {
        Made m = {0};
        add_node(&m, NODE_ROOT, 0, "stack");
        add_node(&m, NODE_ROOT, 0, "CAF xs");
        for (int k = 0; k < 40; k++) {
            static const char *const labels[] = {"T", "a label that takes two cells", "x : "};
            ObjectId id = round * 10 + k * 3 + 1;
            add_node(&m, NODE_OBJECT, id, labels[(seed = seed * 1103515245u + 12345u) >> 16 & 1 ? k % 3 : 0]);
        }
        for (int k = 0; k < 60; k++) {
            uint32_t from = (seed = seed * 1103515245u + 12345u) >> 16;
            uint32_t to = (seed = seed * 1103515245u + 12345u) >> 16;
            add_edge(&m, from % 42, 2 + to % 40);
        }
        arrange(p, &m);
        check_no_overlap(p, &m);
    }
    places_free(p);
}

Test(gui_graph, a_pinned_box_stays_where_the_user_put_it)
{
    Places *p = places_new();
    Made m = list(1, 4);
    arrange(p, &m);
    places_pin(p, 3, 1000, -50);
    arrange(p, &m);
    cr_assert(places_spot(p, 3)->x == 1000 && places_spot(p, 3)->y == -50 && places_spot(p, 3)->pinned);
    places_unpin(p, 3);
    cr_assert(!places_spot(p, 3)->pinned);
    places_free(p);
}
