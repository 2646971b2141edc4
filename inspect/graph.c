/* The graph around the roots: which objects become boxes, which become text, which fold.
 *
 * Terms. An *item* is an object that could be shown: reached ones in the order of reach.c, then garbage by
 * id. Its *role* says what becomes of it: a box of its own, text in its parents' boxes (literals), nothing
 * (static code), a part of a run, or, beyond the limit of nodes, a part of the one "more" box. Always true of
 * the result: every edge joins two nodes; every reachable object is in a box, in a text, in a run's count or
 * in `hidden`. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/model_private.h"

enum { SHORTEST_RUN = 6, FOCUS_HOPS = 3 };
#define NO_NODE UINT32_MAX

typedef enum Role { ROLE_BOX, ROLE_TEXT, ROLE_NOTHING, ROLE_FOLDED, ROLE_FAR } Role;

typedef struct Item {
    ObjectId id;
    const Reached *reached; /* NULL: garbage */
    Role role;
    uint32_t node;   /* its own, its run's, or "more" */
    uint32_t run;    /* of a run's first item: how many cells it folds; else 0 */
    uint32_t folded; /* and how many objects, with the indirections between them */
    uint32_t first;  /* of what a run folds: its first item */
    uint32_t last;   /* and the last of them */
    bool open;       /* of a run that the user opened */
} Item;

typedef struct Builder {
    const Model *m;
    const GraphOptions *o;
    const Reach *r;
    Item *items;
    uint32_t item_count;
    Graph *g;
    uint32_t node_room, edge_room, more;
} Builder;

void graph_options_default(GraphOptions *o)
{
    *o = (GraphOptions){.most_nodes = 200, .inline_literals = true, .hide_static = true};
}

void graph_free(Graph *g)
{
    if (!g) return;
    free(g->nodes);
    free(g->edges);
    free(g);
}

static void *checked(void *memory)
{
    if (!memory) abort();
    return memory;
}

static const PlayObject *object_of(const Builder *b, const Item *x)
{
    return playback_object(b->m->play, x->id);
}

/* ---- Items */

static int64_t collection_step_first(const Model *m)
{
    int64_t step = model_step_at(m, model_position(m)), first = model_step_first(m, step);
    bool collects = first >= 0 && trace_event(m->trace, (uint64_t)first)->type == EVENT_gc_begin;
    return collects ? first : INT64_MAX;
}

/* Garbage worth showing: what the collection at the position has found dead, and, if asked for, what no root
 * reaches any more. */
static bool is_garbage_item(const Builder *b, const PlayObject *o, int64_t collection)
{
    if (!o || o->is_static || reach_find(b->r, o->id)) return false;
    return o->dead ? (int64_t)o->last >= collection : b->o->garbage_too;
}

static void items_gather(Builder *b)
{
    ObjectId last = playback_last_id(b->m->play);
    int64_t collection = collection_step_first(b->m);
    uint32_t room = b->r->count + 1;
    b->items = checked(calloc(room, sizeof *b->items));
    for (uint32_t k = 0; k < b->r->count; k++)
        b->items[k] = (Item){.id = b->r->at[k].id, .reached = &b->r->at[k], .node = NO_NODE};
    b->item_count = b->r->count;
    if (!b->o->garbage_too && collection == INT64_MAX) return;
    for (ObjectId id = 1; id <= last; id++) {
        if (!is_garbage_item(b, playback_object(b->m->play, id), collection)) continue;
        if (b->item_count == room) b->items = checked(realloc(b->items, (room *= 2) * sizeof *b->items));
        b->items[b->item_count++] = (Item){.id = id, .node = NO_NODE};
    }
}

static Item *item_of(const Builder *b, ObjectId id)
{
    const Reached *x = id ? reach_find(b->r, id) : NULL;
    if (x) return &b->items[x - b->r->at];
    uint32_t low = b->r->count, high = b->item_count; /* garbage stands by rising id */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (b->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return id && low < b->item_count && b->items[low].id == id ? &b->items[low] : NULL;
}

static Role role_of(const Builder *b, const Item *x)
{
    const PlayObject *o = object_of(b, x);
    bool from_root = x->reached && x->reached->rank == 0 && !o->is_static;
    if (b->o->hide_static && (object_is_static_code(o) || (kinds[o->kind].flags & IS_RUNTIME)))
        return ROLE_NOTHING;
    if (b->o->inline_literals && !from_root && object_is_literal(b->m, o)) return ROLE_TEXT;
    return ROLE_BOX;
}

/* ---- Focus: what the object leads to within a few hops, and what refers to it. */

static bool refers_to(const PlayObject *o, ObjectId id)
{
    for (uint32_t k = 0; k < object_edge_count(o); k++)
        if (object_edge(o, k) == id) return true;
    return false;
}

static void focus_spread(Builder *b, bool *near, ObjectId id, int hops)
{
    Item *x = item_of(b, id);
    if (!x || hops < 0) return;
    near[x - b->items] = true;
    const PlayObject *o = object_of(b, x);
    uint32_t edges = object_edge_count(o), most = b->o->most_nodes;
    for (uint32_t k = 0; k < edges && k < most; k++) focus_spread(b, near, object_edge(o, k), hops - 1);
}

static void focus_apply(Builder *b)
{
    if (!b->o->focus || !item_of(b, b->o->focus)) return;
    bool *near = checked(calloc(b->item_count + 1, sizeof *near));
    focus_spread(b, near, b->o->focus, FOCUS_HOPS);
    for (uint32_t k = 0; k < b->item_count; k++) {
        bool keep = near[k] || refers_to(object_of(b, &b->items[k]), b->o->focus);
        if (!keep && b->items[k].role == ROLE_BOX) b->items[k].role = ROLE_FAR;
    }
    free(near);
}

/* ---- Runs: objects of the same info table, the run's cells, each held by the one before it through the same
 * field only. Indirections that nothing else refers to stand between cells, and between a cell and its text:
 * they fold with it. */

/* Hides nothing that matters if it is folded. */
static bool is_link(const Builder *b, const Item *x)
{
    bool passes = x->role == ROLE_BOX || x->role == ROLE_FOLDED;
    return passes && x->reached && !x->reached->changed && x->reached->sources == 1 &&
           object_of(b, x)->kind == KIND_IND;
}

/* What edge k of the object leads to, behind links. */
static Item *edge_end(const Builder *b, const PlayObject *o, uint32_t k)
{
    Item *to = item_of(b, object_edge(o, k));
    while (to && is_link(b, to)) to = item_of(b, object_edge(object_of(b, to), 0));
    return to;
}

static bool is_expanded(const Builder *b, ObjectId id)
{
    for (uint32_t k = 0; k < b->o->expanded_count; k++)
        if (b->o->expanded[k] == id) return true;
    return false;
}

/* May be folded: not changed, and all but field `along` is text. */
static bool may_fold(const Builder *b, const Item *x, uint32_t along)
{
    const PlayObject *o = object_of(b, x);
    if (x->role != ROLE_BOX || !x->reached || x->reached->changed || o->target) return false;
    for (uint32_t k = 0; k < object_edge_count(o); k++) {
        const Item *to = k == along ? NULL : edge_end(b, o, k);
        if (to && to->role != ROLE_TEXT && to->role != ROLE_NOTHING) return false;
    }
    return true;
}

static Item *run_next(const Builder *b, const Item *x, uint32_t along)
{
    const PlayObject *o = object_of(b, x);
    Item *next = along < object_edge_count(o) ? edge_end(b, o, along) : NULL;
    if (!next || !next->reached || next->reached->sources != 1 || next == x) return NULL;
    const PlayObject *to = object_of(b, next);
    return to->info == o->info && to->kind == o->kind ? next : NULL;
}

static uint32_t run_measure(const Builder *b, const Item *first, uint32_t along, Item **last)
{
    uint32_t count = 0;
    const Item *x = first;
    while (x && may_fold(b, x, along) && count < b->item_count) {
        *last = (Item *)x;
        count++;
        x = run_next(b, x, along);
        if (x == first) break;
    }
    return count;
}

static void item_fold(Builder *b, Item *x, Item *first)
{
    x->role = ROLE_FOLDED;
    x->first = (uint32_t)(first - b->items);
    first->folded++;
}

static void links_fold(Builder *b, const Item *x, uint32_t k, Item *first)
{
    for (Item *to = item_of(b, object_edge(object_of(b, x), k)); to && is_link(b, to);
         to = item_of(b, object_edge(object_of(b, to), 0)))
        item_fold(b, to, first);
}

/* The links that lead on from the last cell stay. */
static void run_fold(Builder *b, Item *first, uint32_t along, uint32_t count, const Item *last)
{
    Item *x = first;
    for (uint32_t k = 0; k < count; k++) {
        Item *next = run_next(b, x, along);
        uint32_t edges = object_edge_count(object_of(b, x));
        for (uint32_t f = 0; f < edges; f++)
            if (f != along || x != last) links_fold(b, x, f, first);
        item_fold(b, x, first);
        x = next;
    }
    first->role = ROLE_BOX;
    first->run = count;
    first->last = (uint32_t)(last - b->items);
}

static void run_open(const Builder *b, Item *first, uint32_t along, uint32_t count)
{
    Item *x = first;
    for (uint32_t k = 0; k < count; k++, x = run_next(b, x, along)) x->open = true;
}

static void runs_fold(Builder *b)
{
    for (uint32_t k = 0; k < b->item_count; k++) {
        Item *first = &b->items[k], *last = first;
        if (first->role != ROLE_BOX || first->open) continue;
        uint32_t edges = object_edge_count(object_of(b, first));
        for (uint32_t along = 0; along < edges; along++) {
            uint32_t count = run_measure(b, first, along, &last);
            if (count < SHORTEST_RUN) continue;
            if (is_expanded(b, first->id))
                run_open(b, first, along, count);
            else
                run_fold(b, first, along, count, last);
            break;
        }
    }
}

/* ---- Labels */

static void add_text_of(const Builder *b, Text *t, const PlayObject *o, uint32_t k)
{
    char text[48];
    TraceWord w = o->fields.at[k];
    const Item *to = w.kind == WORD_ID ? item_of(b, w.value) : NULL;
    if (to && to->role == ROLE_FOLDED) to = edge_end(b, o, k);
    if (w.kind == WORD_RAW)
        text_put(t, model_word(b->m, w, model_field_rep(b->m, o, k), text, sizeof text));
    else if (to && to->role == ROLE_TEXT)
        text_put(t, model_value_preview(b->m, to->id, text, sizeof text));
    else if (to && to->role == ROLE_NOTHING)
        text_put(t, model_object_label(b->m, to->id, text, sizeof text));
    else
        text_put(t, "·");
}

static bool field_is_text(const Builder *b, const PlayObject *o, uint32_t k)
{
    TraceWord w = o->fields.at[k];
    const Item *to = w.kind == WORD_ID ? item_of(b, w.value) : NULL;
    return w.kind == WORD_RAW || (to && (to->role == ROLE_TEXT || to->role == ROLE_NOTHING));
}

static bool has_text(const Builder *b, const PlayObject *o)
{
    for (uint32_t k = 0; k < o->fields.count; k++)
        if (field_is_text(b, o, k)) return true;
    return false;
}

static void label_con(const Builder *b, Text *t, const PlayObject *o)
{
    const char *name = info_short(b->m, o->info);
    if (o->fields.count == 2 && strcmp(name, ":") == 0) {
        add_text_of(b, t, o, 0);
        text_put(t, " : ");
        add_text_of(b, t, o, 1);
        return;
    }
    text_put(t, name);
    for (uint32_t k = 0; k < o->fields.count; k++) {
        text_put(t, " ");
        add_text_of(b, t, o, k);
    }
}

static void label_closure(const Builder *b, Text *t, const PlayObject *o)
{
    char name[48];
    model_object_label(b->m, o->id, t->out + t->used, t->size - t->used);
    t->used = strlen(t->out);
    uint32_t from = o->kind == KIND_PAP || o->kind == KIND_AP; /* the function is in the label */
    for (uint32_t k = from; k < o->fields.count && !o->target && o->kind != KIND_BLACKHOLE; k++) {
        if (!field_is_text(b, o, k)) continue;
        model_field_name(b->m, o->info, k, name, sizeof name);
        text_add(t, " %s%s", name, name[0] ? "=" : "");
        add_text_of(b, t, o, k);
    }
}

static void label_run(const Builder *b, Text *t, const Item *first)
{
    const PlayObject *o = object_of(b, first);
    text_add(t, "(%s ×%" PRIu32 ")", info_short(b->m, o->info), first->run);
    const Item *x = first;
    for (uint32_t k = 0; k < first->run && !t->cut; k++) {
        o = object_of(b, x);
        const Item *next = NULL;
        for (uint32_t f = 0; f < o->fields.count; f++) {
            const Item *to = item_of(b, object_edge(o, f));
            if (to && to->role == ROLE_FOLDED) to = edge_end(b, o, f);
            if (to && to->role == ROLE_TEXT) {
                text_put(t, " ");
                add_text_of(b, t, o, f);
            } else if (to && to->role == ROLE_FOLDED) {
                next = to;
            }
        }
        if (!next) break;
        x = next;
    }
}

static void node_label(const Builder *b, GraphNode *node, const Item *x)
{
    const PlayObject *o = object_of(b, x);
    Text t = text_into(node->label, sizeof node->label);
    if (x->run)
        label_run(b, &t, x);
    else if (o->kind == KIND_CON && has_text(b, o))
        label_con(b, &t, o);
    else
        label_closure(b, &t, o);
}

/* ---- Nodes */

static uint32_t node_add(Builder *b, NodeKind kind)
{
    Graph *g = b->g;
    if (g->node_count == b->node_room) {
        b->node_room = b->node_room ? 2 * b->node_room : 64;
        g->nodes = checked(realloc(g->nodes, b->node_room * sizeof *g->nodes));
    }
    g->nodes[g->node_count] = (GraphNode){.kind = kind};
    return g->node_count++;
}

static void node_of_item(Builder *b, Item *x)
{
    x->node = node_add(b, x->run ? NODE_RUN : NODE_OBJECT);
    GraphNode *node = &b->g->nodes[x->node];
    node->id = x->id;
    node->last = x->run ? b->items[x->last].id : x->id;
    node->count = x->run ? x->folded : 1;
    node->changed = x->reached && x->reached->changed;
    node->garbage = !x->reached;
    node->rank = x->reached ? x->reached->rank + 1 : 1;
    node_label(b, node, x);
}

static void nodes_of_items(Builder *b)
{
    uint32_t shown = 0;
    for (uint32_t k = 0; k < b->item_count; k++) {
        Item *x = &b->items[k];
        if (x->role == ROLE_FAR) b->g->hidden++;
        if (x->role != ROLE_BOX) continue;
        if (shown++ < b->o->most_nodes) {
            node_of_item(b, x);
            continue;
        }
        if (b->more == NO_NODE) b->more = node_add(b, NODE_MORE);
        uint64_t folded = x->run ? x->folded : 1;
        x->node = b->more;
        b->g->nodes[b->more].count += folded;
        b->g->hidden += folded;
    }
    if (b->more == NO_NODE) return;
    Text t = text_into(b->g->nodes[b->more].label, sizeof b->g->nodes[b->more].label);
    text_add(&t, "+%" PRIu64 " objects", b->g->nodes[b->more].count);
}

/* What a run folds stands for its first item's node. */
static void nodes_of_runs(Builder *b)
{
    for (uint32_t k = 0; k < b->item_count; k++) {
        Item *x = &b->items[k];
        if (x->role == ROLE_FOLDED) x->node = b->items[x->first].node;
    }
}

/* ---- Edges */

static void edge_add(Builder *b, uint32_t from, uint32_t to, uint32_t field, const char *label)
{
    Graph *g = b->g;
    if (g->edge_count == b->edge_room) {
        b->edge_room = b->edge_room ? 2 * b->edge_room : 128;
        g->edges = checked(realloc(g->edges, b->edge_room * sizeof *g->edges));
    }
    GraphEdge *e = &g->edges[g->edge_count++];
    *e = (GraphEdge){.from = from, .to = to, .field = field};
    Text t = text_into(e->label, sizeof e->label);
    text_put(&t, label);
}

static bool edge_is_new(const Builder *b, uint32_t from, uint32_t to, uint32_t since)
{
    for (uint32_t k = since; k < b->g->edge_count; k++)
        if (b->g->edges[k].from == from && b->g->edges[k].to == to) return false;
    return true;
}

static void edges_of_item(Builder *b, const Item *x, uint32_t from)
{
    char name[32];
    const PlayObject *o = object_of(b, x);
    uint32_t since = b->g->edge_count;
    for (uint32_t k = 0; k < object_edge_count(o); k++) {
        const Item *to = item_of(b, object_edge(o, k));
        if (!to || to->node == NO_NODE) continue;
        bool many = to->node == b->more || b->g->nodes[from].kind == NODE_RUN;
        if (many && (to->node == from || !edge_is_new(b, from, to->node, since))) continue;
        edge_add(b, from, to->node, k,
                 o->target ? "" : model_field_name(b->m, o->info, k, name, sizeof name));
    }
}

static void edges_of_items(Builder *b)
{
    for (uint32_t k = 0; k < b->item_count; k++) {
        const Item *x = &b->items[k];
        if (x->role != ROLE_BOX || x->node == b->more) continue;
        /* A run's arrows are those of its last object; the others lead into the run. */
        edges_of_item(b, x->run ? &b->items[x->last] : x, x->node);
    }
}

/* ---- Roots */

static uint32_t root_node(Builder *b, const ReachRoot *root, uint32_t stack)
{
    if (root->kind == ROOT_IS_FRAME && stack != NO_NODE) return stack;
    uint32_t k = node_add(b, NODE_ROOT);
    GraphNode *node = &b->g->nodes[k];
    if (root->kind == ROOT_IS_FRAME)
        strcpy(node->root, "stack");
    else
        reach_root_name(b->m, root, node->root, sizeof node->root);
    memcpy(node->label, node->root, sizeof node->root);
    return k;
}

static void roots_join(Builder *b)
{
    char name[48];
    uint32_t stack = NO_NODE, since = b->g->edge_count;
    for (uint32_t k = 0; k < b->r->root_count; k++) {
        const ReachRoot *root = &b->r->roots[k];
        const Item *to = item_of(b, root->id);
        if (!to || to->node == NO_NODE || to->node == b->more) continue;
        uint32_t from = root_node(b, root, stack);
        bool is_frame = root->kind == ROOT_IS_FRAME;
        if (is_frame) stack = from;
        if (!edge_is_new(b, from, to->node, since)) continue;
        edge_add(b, from, to->node, 0, is_frame ? reach_root_name(b->m, root, name, sizeof name) : "");
    }
}

Graph *model_graph(const Model *m, const GraphOptions *o)
{
    Builder b = {.m = m, .o = o, .r = model_reach(m), .more = NO_NODE};
    b.g = checked(calloc(1, sizeof *b.g));
    items_gather(&b);
    for (uint32_t k = 0; k < b.item_count; k++) b.items[k].role = role_of(&b, &b.items[k]);
    focus_apply(&b);
    runs_fold(&b);
    nodes_of_items(&b);
    nodes_of_runs(&b);
    edges_of_items(&b);
    roots_join(&b);
    free(b.items);
    return b.g;
}
