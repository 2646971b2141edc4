/* Spots stand in a hash table by key; the cells that this graph's boxes occupy in another, made anew for each
 * graph, so that the places of boxes that are gone can be used again. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/graph_layout.h"
#include "inspect/gui/text.h"

#define NO_CELL    INT64_MIN
#define ROOT_SPACE ((int64_t)1 << 62)
enum { SEARCH_ROWS = 60 };

typedef struct Entry {
    bool used;
    Spot spot;
} Entry;

struct Places {
    Entry *entries;
    size_t room, count;
};

/* The arranging of one graph. */
typedef struct Arranger {
    Places *p;
    const Graph *g;
    int64_t *cells; /* open addressing; NO_CELL: free */
    size_t cell_room;
    bool *settled;        /* by node */
    uint32_t *first_edge; /* by node: into order; first_edge[n] is the end */
    uint32_t *order;      /* edges, by source */
    int next_row;         /* below everything so far */
} Arranger;

static uint64_t scatter(int64_t key)
{
    uint64_t x = (uint64_t)key * 0x9E3779B97F4A7C15u;
    return x ^ x >> 29;
}

int64_t node_key(const GraphNode *node)
{
    if (node->kind == NODE_OBJECT || node->kind == NODE_RUN) return node->id;
    uint32_t hash = 2166136261u;
    for (const char *s = node->kind == NODE_ROOT ? node->root : "more"; *s; s++)
        hash = (hash ^ (unsigned char)*s) * 16777619u;
    return ROOT_SPACE + hash;
}

/* Two lines: glyph and label; id and ports. */
int node_width(const Graph *g, uint32_t node)
{
    char id[32];
    int ports = 0;
    const GraphNode *n = &g->nodes[node];
    for (uint32_t k = 0; k < g->edge_count; k++) ports += g->edges[k].from == node;
    snprintf(id, sizeof id, "*#%" PRId64, n->id);
    int label = 17 + 8 * text_columns(n->label), below = 7 * text_columns(id) + 15 * ports;
    return (label > below ? label : below) + 16;
}

int spot_width(const Spot *s) { return s->span * CELL_WIDTH - CELL_GAP; }

/* ---- The table of spots */

Places *places_new(void) { return calloc(1, sizeof(Places)); }

void places_free(Places *p)
{
    if (!p) return;
    free(p->entries);
    free(p);
}

static Entry *entry_of(const Places *p, int64_t key)
{
    if (!p->room) return NULL;
    size_t at = scatter(key) & (p->room - 1);
    while (p->entries[at].used && p->entries[at].spot.key != key) at = (at + 1) & (p->room - 1);
    return &p->entries[at];
}

static void places_grow(Places *p)
{
    Places old = *p;
    p->room = old.room ? 2 * old.room : 256;
    p->entries = calloc(p->room, sizeof *p->entries);
    if (!p->entries) abort();
    for (size_t k = 0; k < old.room; k++)
        if (old.entries[k].used) *entry_of(p, old.entries[k].spot.key) = old.entries[k];
    free(old.entries);
}

static Spot *spot_make(Places *p, int64_t key)
{
    if (2 * p->count >= p->room) places_grow(p);
    Entry *e = entry_of(p, key);
    if (!e->used) {
        *e = (Entry){true, {.key = key}};
        p->count++;
    }
    return &e->spot;
}

static Spot *spot_of(const Places *p, int64_t key)
{
    Entry *e = entry_of(p, key);
    return e && e->used ? &e->spot : NULL;
}

const Spot *places_spot(const Places *p, int64_t key) { return spot_of(p, key); }

void places_pin(Places *p, int64_t key, int x, int y)
{
    Spot *s = spot_make(p, key);
    s->x = x;
    s->y = y;
    s->pinned = true;
}

void places_unpin(Places *p, int64_t key)
{
    Spot *s = spot_of(p, key);
    if (!s || !s->pinned) return;
    s->pinned = false;
    s->x = (s->x + CELL_WIDTH / 2) / CELL_WIDTH * CELL_WIDTH;
    s->y = (s->y + CELL_HEIGHT / 2) / CELL_HEIGHT * CELL_HEIGHT;
}

/* ---- Cells */

static int64_t cell_of(int column, int row) { return column * ((int64_t)1 << 32) + row; }

static int64_t *cell_slot(const Arranger *a, int64_t cell)
{
    size_t at = scatter(cell) & (a->cell_room - 1);
    while (a->cells[at] != NO_CELL && a->cells[at] != cell) at = (at + 1) & (a->cell_room - 1);
    return &a->cells[at];
}

static bool cells_free(const Arranger *a, int column, int row, int span)
{
    for (int k = 0; k < span; k++)
        if (*cell_slot(a, cell_of(column + k, row)) != NO_CELL) return false;
    return row >= 0;
}

static void cells_take(Arranger *a, int column, int row, int span)
{
    for (int k = 0; k < span; k++) *cell_slot(a, cell_of(column + k, row)) = cell_of(column + k, row);
    if (row >= a->next_row) a->next_row = row + 1;
}

/* The free row of the column that is nearest to the wished one, lower ones first. */
static int row_near(const Arranger *a, int column, int row, int span)
{
    for (int away = 0; away < SEARCH_ROWS; away++) {
        if (cells_free(a, column, row + away, span)) return row + away;
        if (cells_free(a, column, row - away, span)) return row - away;
    }
    return a->next_row;
}

/* ---- Nodes */

static bool is_root(const GraphNode *n) { return n->kind == NODE_ROOT; }

/* Column 0 is the roots'; column k + 1 begins at k cell widths. */
static int column_of(const GraphNode *n, const Spot *s) { return is_root(n) ? 0 : s->x / CELL_WIDTH + 1; }

static void settle(Arranger *a, uint32_t node, int column, int row)
{
    const GraphNode *n = &a->g->nodes[node];
    Spot *s = spot_make(a->p, node_key(n));
    if (is_root(n)) column = 0;
    if (!s->span) s->span = !is_root(n) && node_width(a->g, node) > CELL_WIDTH - CELL_GAP ? 2 : 1;
    row = row_near(a, column, row, s->span);
    s->x = is_root(n) ? 0 : (column - 1) * CELL_WIDTH;
    s->y = row * CELL_HEIGHT;
    cells_take(a, column, row, s->span);
    a->settled[node] = true;
}

static uint32_t target(const Arranger *a, uint32_t k) { return a->g->edges[a->order[k]].to; }

static void settle_children(Arranger *a, uint32_t node);

static void settle_child(Arranger *a, uint32_t child, int column, int row)
{
    if (a->settled[child]) return;
    settle(a, child, column, row);
    settle_children(a, child);
}

/* The last field first, since it goes on in the row; then the others, below. */
static void settle_children(Arranger *a, uint32_t node)
{
    const GraphNode *n = &a->g->nodes[node];
    Spot s = *spot_of(a->p, node_key(n));
    int column = column_of(n, &s) + s.span, row = s.y / CELL_HEIGHT;
    uint32_t first = a->first_edge[node], end = a->first_edge[node + 1];
    if (first == end) return;
    settle_child(a, target(a, end - 1), column, row);
    for (uint32_t k = first; k + 1 < end; k++) settle_child(a, target(a, k), column, row + 1);
}

/* Spots from before, in the order of the graph; who finds the cell taken gets a new one later. */
static void settle_known(Arranger *a)
{
    for (uint32_t k = 0; k < a->g->node_count; k++) {
        const GraphNode *n = &a->g->nodes[k];
        const Spot *s = spot_of(a->p, node_key(n));
        if (!s) continue;
        int column = column_of(n, s), row = s->y / CELL_HEIGHT;
        if (!s->pinned && !cells_free(a, column, row, s->span)) continue;
        if (s->y >= 0) cells_take(a, column, row, s->span);
        a->settled[k] = true;
    }
}

/* The first row with room for a root and the first boxes of what it holds. */
static int row_for_root(const Arranger *a)
{
    int row = 0;
    while (!cells_free(a, 0, row, 3)) row++;
    return row;
}

static void settle_root(Arranger *a, uint32_t node)
{
    uint32_t first = a->first_edge[node], end = a->first_edge[node + 1];
    int row = row_for_root(a);
    for (uint32_t k = end; k-- > first;)
        if (a->settled[target(a, k)])
            row = spot_of(a->p, node_key(&a->g->nodes[target(a, k)]))->y / CELL_HEIGHT;
    settle(a, node, 0, row);
}

static void settle_all(Arranger *a)
{
    settle_known(a);
    for (uint32_t k = 0; k < a->g->node_count; k++)
        if (a->settled[k]) settle_children(a, k);
    for (uint32_t k = 0; k < a->g->node_count; k++)
        if (is_root(&a->g->nodes[k]) && !a->settled[k]) {
            settle_root(a, k);
            settle_children(a, k);
        }
    for (uint32_t k = 0; k < a->g->node_count; k++) settle_child(a, k, 1, a->next_row);
}

/* ---- Edges by source */

static void sort_edges(Arranger *a)
{
    const Graph *g = a->g;
    for (uint32_t k = 0; k < g->edge_count; k++) a->first_edge[g->edges[k].from + 1]++;
    for (uint32_t k = 0; k < g->node_count; k++) a->first_edge[k + 1] += a->first_edge[k];
    uint32_t *next = calloc(g->node_count + 1, sizeof *next);
    if (!next) abort();
    memcpy(next, a->first_edge, g->node_count * sizeof *next);
    for (uint32_t k = 0; k < g->edge_count; k++) a->order[next[g->edges[k].from]++] = k;
    free(next);
}

static size_t cells_for(uint32_t nodes)
{
    size_t room = 64;
    while (room < 6 * (size_t)nodes) room *= 2;
    return room;
}

void places_arrange(Places *p, const Graph *g)
{
    Arranger a = {.p = p, .g = g, .cell_room = cells_for(g->node_count)};
    a.cells = malloc(a.cell_room * sizeof *a.cells);
    a.settled = calloc(g->node_count + 1, sizeof *a.settled);
    a.first_edge = calloc(g->node_count + 2, sizeof *a.first_edge);
    a.order = calloc(g->edge_count + 1, sizeof *a.order);
    if (!a.cells || !a.settled || !a.first_edge || !a.order) abort();
    for (size_t k = 0; k < a.cell_room; k++) a.cells[k] = NO_CELL;
    sort_edges(&a);
    settle_all(&a);
    free(a.cells);
    free(a.settled);
    free(a.first_edge);
    free(a.order);
}
