/* Operations on what waits for its value: updates, black holes, blocking queues, CAFs. */
#include "operations.h"

enum { LARGE = 409 };

static bool is_pair_value(const Node *n) { return n->is_value && n->pair; }

Slot some_value_for(World *w, const Node *n)
{
    const Slot *slot = any_root(w, n->pair ? is_pair_value : is_value);
    if (slot) return *slot;
    return n->pair ? w->pair : w->nil;
}

/* A selector whose value is known already must have that one, for the collector may have seen it. */
bool may_overwrite(Node *n) { return n->what != WHAT_SELECTOR || !naive_selected(n); }

/* Two words are left of it, the rest is filler; a large object keeps its blocks. */
static void shrink(World *w, Word *object, Node *n)
{
    if (n->words > 2) filler_write(w->heap->infos, object + 2, n->words - 2);
    if (n->words < LARGE) n->words = 2;
}

void barrier_remember(World *w, Closure *c, Barrier which)
{
    if (w->config.forget != which) heap_remember(w->heap, c, "black hole");
}

void object_update(World *w, Slot slot, Slot value)
{
    Closure *c = ref_closure(slot.ref);
    const InfoTable *ind = std(w, chance(w, 3) ? STD_IND : STD_BLACKHOLE);
    if (w->config.forget == BARRIER_update) {
        closure_words(c)[1] = value.ref;
        c->info = ind;
    } else {
        heap_update(w->heap, c, value.ref, ind);
    }
    shrink(w, words_of(slot.ref), slot.node);
    naive_clear(slot.node);
    slot.node->value = value.node;
}

void object_black_hole(World *w, Slot slot, Slot owner)
{
    Word *object = words_of(slot.ref);
    Node *n = slot.node;
    object[1] = owner.ref;
    object[0] = (Word)std(w, STD_BLACKHOLE);
    barrier_remember(w, ref_closure(slot.ref), BARRIER_black_hole);
    shrink(w, object, n);
    naive_clear(n);
    n->what = WHAT_BLACKHOLE;
    n->headers[0] = n->headers[1] = std(w, STD_BLACKHOLE);
    naive_edge(n, 1, owner.node);
}

/* The value of a selector that has one, if it is evaluated itself. */
static Slot selected_value(World *w, Slot selector)
{
    Slot from = {words_of(selector.ref)[2], selector.node->edges[0].to};
    settle(w, &from);
    if (from.node->what != WHAT_CON) return (Slot){0};
    const Edge *e = &from.node->edges[selector.node->field];
    Slot value = {words_of(from.ref)[e->at], e->to};
    settle(w, &value);
    return value.node->is_value ? value : (Slot){0};
}

void operation_update(World *w)
{
    Slot *slot = any_root(w, is_unevaluated);
    if (!slot) return;
    Slot value = may_overwrite(slot->node) ? some_value_for(w, slot->node) : selected_value(w, *slot);
    if (value.ref && value.node != slot->node) object_update(w, *slot, value);
}

/* ---- Who waits for a black hole */

static bool is_owned_hole(const Node *n)
{
    return n->what == WHAT_BLACKHOLE && n->edges[0].to->what == WHAT_TSO;
}

void operation_queue(World *w)
{
    Slot *hole = any_root(w, is_owned_hole);
    if (!hole) return;
    Object o = object_new(w, WHAT_QUEUE, std(w, STD_BLOCKING_QUEUE), 5);
    if (!o.w) return;
    settle(w, hole);
    naive_edge(o.n, 1, NULL);
    object_pointer(&o, 2, *hole);
    object_pointer(&o, 3, (Slot){words_of(hole->ref)[1], hole->node->edges[0].to});
    naive_edge(o.n, 4, NULL);
    words_of(hole->ref)[1] = (Word)o.w;
    hole->node->edges[0].to = o.n;
    barrier_remember(w, ref_closure(hole->ref), BARRIER_black_hole);
}

/* ---- CAFs */

void operation_enter_caf(World *w)
{
    Slot *caf = &w->cafs[chance(w, CAFS)];
    Closure *c = ref_closure(caf->ref);
    if (caf->node->edge_count > 0 || !stack_make_room(w, 2)) return;
    Object hole = object_new_now(w, WHAT_BLACKHOLE, std(w, STD_CAF_BLACKHOLE), 2);
    if (!hole.w) return;
    object_pointer(&hole, 1, w->threads[w->running]);
    closure_words(c)[1] = (Word)hole.w;
    c->info = std(w, STD_IND_STATIC);
    caf->node->headers[0] = caf->node->headers[1] = c->info;
    naive_edge(caf->node, 1, hole.n);
    if (w->config.forget != BARRIER_caf) heap_add_caf(w->heap, c);
    stack_push_update(w, object_slot(&hole));
}
