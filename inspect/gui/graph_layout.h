/* Where the boxes of the graph stand, by identity.
 *
 * A box gets a place when it is first seen and keeps it for good: a step, a seek, a collection never move it;
 * only the user does. New boxes take a free cell of a grid near what refers to them: data grows to the right,
 * the last field goes on in its parent's row, the others go below. Roots stand in a column of their own. */
#ifndef THUNKSCOPE_INSPECT_GUI_GRAPH_LAYOUT_H
#define THUNKSCOPE_INSPECT_GUI_GRAPH_LAYOUT_H

#include "inspect/model.h"

/* A box takes one cell, or two side by side if it needs them when it is first seen. */
enum { CELL_WIDTH = 118, CELL_HEIGHT = 74, CELL_GAP = 36, BOX_HEIGHT = 42 };

typedef struct Spot {
    int64_t key;
    int x, y; /* of the top left corner; roots: x is 0 and means nothing */
    int span; /* cells, 1 or 2 */
    bool pinned;
} Spot;

typedef struct Places Places;
Places *places_new(void);
void places_free(Places *p);
/* Identity of a node across positions: an object's id, a root's name. */
int64_t node_key(const GraphNode *node);
/* How wide the box has to be for its label and ports, in world pixels. */
int node_width(const Graph *g, uint32_t node);
int spot_width(const Spot *s); /* how wide it may be */
/* Gives every node of the graph a spot; those that have one keep it, unless an other node of this graph got
 * there first. */
void places_arrange(Places *p, const Graph *g);
const Spot *places_spot(const Places *p, int64_t key); /* NULL: never seen */
void places_pin(Places *p, int64_t key, int x, int y);
void places_unpin(Places *p, int64_t key);

#endif
