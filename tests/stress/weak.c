/* Operations on what may die: weak pointers and their finalizers, stable names; and on stable pointers, which
 * keep what they stand for.
 *
 * Each weak pointer's value is a *ticket*, a constructor that holds its number: so it is known which one has
 * died although nobody refers to it any more. Which ones are alive, and where, is what the heap's own lists
 * say; that those are the right ones is compared with the naive heap, in both directions.
 *
 * Always true between operations: `live` holds the weak pointers that are no tombstones, `waiting` the nodes
 * of the finalizers that wait in the heap, in the same order. */
#include <stdlib.h>
#include <string.h>

#include "gc/heap_state.h"
#include "gc/weak.h"
#include "operations.h"

enum { MOST_WEAKS = 200 };

static void *with_room(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room) return items;
    *room = *room ? 2 * *room : 64;
    items = realloc(items, *room * size);
    if (!items) abort();
    return items;
}

/* ---- Lives */

static Word ticket_number(const Word *weak)
{
    const Word *ticket = words_of(weak[WEAK_VALUE]);
    if (ticket[0] & 1) ticket = (const Word *)(ticket[0] & ~(Word)1);
    return ticket[2];
}

static Node *weak_node(const World *w, const Word *weak)
{
    uint64_t ticket = ticket_number(weak);
    for (size_t i = 0; i < w->weaks.count; i++)
        if (w->weaks.live[i]->ticket == ticket) return w->weaks.live[i];
    world_fail(w, "weak pointer %llu is no living one's number", (unsigned long long)ticket);
}

static void live_add(World *w, Node *weak)
{
    Weaks *k = &w->weaks;
    k->live = with_room(k->live, k->count, &k->room, sizeof *k->live);
    k->live[k->count++] = weak;
}

static void live_remove(World *w, const Node *weak)
{
    Weaks *k = &w->weaks;
    size_t i = 0;
    while (i < k->count && k->live[i] != weak) i++;
    if (i == k->count) world_fail(w, "a weak pointer dies twice");
    memmove(&k->live[i], &k->live[i + 1], (--k->count - i) * sizeof *k->live);
}

static void waiting_add(World *w, Node *finalizer)
{
    Weaks *k = &w->weaks;
    k->waiting = with_room(k->waiting, k->waiting_count, &k->waiting_room, sizeof *k->waiting);
    k->waiting[k->waiting_count++] = finalizer;
}

static Node *waiting_take(World *w)
{
    Weaks *k = &w->weaks;
    Node *first = k->waiting[0];
    memmove(&k->waiting[0], &k->waiting[1], --k->waiting_count * sizeof *k->waiting);
    return first;
}

/* ---- Deaths */

static Node *edge_to(const Node *weak, uint32_t at) { return weak->edges[at - 1].to; }

static void make_tombstone(World *w, Node *weak)
{
    live_remove(w, weak);
    naive_clear(weak);
    weak->headers[0] = weak->headers[1] = std(w, STD_DEAD_WEAK);
    for (uint32_t at = WEAK_KEY; at <= WEAK_C_FINALIZERS; at++) naive_raw(weak, at, 0);
}

void weak_died(void *context, const Closure *weak, bool dead)
{
    World *w = context;
    Weaks *k = &w->weaks;
    Node *n = weak_node(w, (const Word *)weak);
    if (!dead) return; /* the program's own operation, which knows itself what it does */
    k->deaths = with_room(k->deaths, k->death_count, &k->death_room, sizeof *k->deaths);
    k->deaths[k->death_count++] = (Death){n, naive_resolve(edge_to(n, WEAK_KEY)), edge_to(n, WEAK_FINALIZER)};
}

void weaks_bury(World *w)
{
    Weaks *k = &w->weaks;
    for (size_t i = 0; i < k->death_count; i++) {
        make_tombstone(w, k->deaths[i].weak);
        if (k->deaths[i].finalizer) waiting_add(w, k->deaths[i].finalizer);
    }
    if (heap_finalizers_waiting(w->heap) != k->waiting_count)
        world_fail(w, "%zu finalizers wait, not %zu", heap_finalizers_waiting(w->heap), k->waiting_count);
}

/* ---- Looking */

typedef struct Looking {
    World *w;
    void (*visit)(void *context, Slot slot);
    void *context;
    size_t finalizers;
} Looking;

static void look_at_root(void *context, RootClass class_, Ref *slot)
{
    Looking *l = context;
    if (class_ != ROOT_FINALIZER) return;
    if (l->finalizers < l->w->weaks.waiting_count)
        l->visit(l->context, (Slot){*slot, l->w->weaks.waiting[l->finalizers]});
    l->finalizers++;
}

static size_t look_at_list(const Looking *l, const Closure *first)
{
    size_t alive = 0;
    for (const Closure *c = first; c; c = (const Closure *)((const Word *)c)[WEAK_LINK]) {
        if (!weak_is_alive(l->w->heap, c)) continue;
        l->visit(l->context, (Slot){(Ref)c, weak_node(l->w, (const Word *)c)});
        alive++;
    }
    return alive;
}

void weaks_each(World *w, void (*visit)(void *context, Slot slot), void *context)
{
    Looking l = {w, visit, context, 0};
    const HeapState *h = heap_state(w->heap);
    size_t alive = 0;
    heap_each_root(w->heap, look_at_root, &l);
    for (uint32_t g = 0; g < generation_count(h); g++)
        alive += look_at_list(&l, h->generations[g].weaks.first);
    if (alive != w->weaks.count)
        world_fail(w, "%zu weak pointers are on the heap's lists, not %zu", alive, w->weaks.count);
    for (uint32_t i = 0; i < STABLE_PTRS; i++)
        if (w->weaks.ptrs[i])
            visit(context, (Slot){heap_stable_ptr_deref(w->heap, w->weaks.ptrs[i]), w->weaks.ptr_nodes[i]});
}

/* ---- Marking */

static size_t fresh_finalizers(const Weaks *k)
{
    size_t fresh = 0;
    for (size_t i = 0; i < k->death_count; i++) fresh += k->deaths[i].finalizer != NULL;
    return fresh;
}

/* A dead selector may have been evaluated afterwards, for a finalizer that selects from it. */
static void check_deaths(const World *w)
{
    const Weaks *k = &w->weaks;
    for (size_t i = 0; i < k->death_count; i++)
        if (naive_is_alive(&w->naive, k->deaths[i].key))
            world_fail(w, "weak pointer %llu has died, but its key, a %s, is alive",
                       (unsigned long long)k->deaths[i].weak->ticket, what_names[k->deaths[i].key->what]);
}

static void check_lives(const World *w)
{
    const Weaks *k = &w->weaks;
    for (size_t i = 0; i < k->count; i++)
        if (!naive_is_alive(&w->naive, naive_resolve(edge_to(k->live[i], WEAK_KEY))))
            world_fail(w, "weak pointer %llu lives, but its key, a %s, is dead",
                       (unsigned long long)k->live[i]->ticket,
                       what_names[naive_resolve(edge_to(k->live[i], WEAK_KEY))->what]);
}

static void mark_waiting(World *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) naive_mark(&w->naive, &w->weaks.waiting[i]);
    naive_drain(&w->naive);
    naive_mark_weaks(&w->naive, w->weaks.live, w->weaks.count);
}

void weaks_mark(World *w, const GcStats *stats)
{
    Weaks *k = &w->weaks;
    size_t fresh = fresh_finalizers(k);
    for (uint32_t i = 0; i < STABLE_PTRS; i++)
        if (k->ptrs[i]) naive_mark(&w->naive, &k->ptr_nodes[i]);
    mark_waiting(w, 0, k->waiting_count - fresh);
    check_deaths(w);
    if (stats && stats->major) check_lives(w);
    mark_waiting(w, k->waiting_count - fresh, k->waiting_count);
}

void weaks_keep(World *w)
{
    for (size_t i = 0; i < w->weaks.count; i++) naive_mark_weak(&w->naive, w->weaks.live[i]);
}

/* ---- Weak pointers: what a program does with them */

static bool is_weak(const Node *n) { return n->what == WHAT_WEAK; }

/* What static closures and the ticket itself hold may refer to the key: it does not live for that. */
void operation_weak(World *w)
{
    const InfoTable *infos[2] = {w->tables.ticket, std(w, STD_WEAK)};
    Object o[2];
    if (w->weaks.count >= MOST_WEAKS) return;
    if (!objects_new(w, o, 2, (What[]){WHAT_CON, WHAT_WEAK}, infos, (size_t[]){3, 6})) return;
    Slot key = *some_root(w);
    if (naive_resolve(key.node)->is_static && chance(w, 16)) key = object_slot(&o[chance(w, 2)]);
    object_pointer(&o[0], 1, chance(w, 3) ? *some_root(w) : key);
    object_word(&o[0], 2, o[1].n->ticket = ++w->weaks.made);
    object_pointer(&o[1], WEAK_KEY, key);
    object_pointer(&o[1], WEAK_VALUE, object_slot(&o[0]));
    if (chance(w, 2))
        object_pointer(&o[1], WEAK_FINALIZER, *some_root(w));
    else
        naive_edge(o[1].n, WEAK_FINALIZER, NULL);
    naive_edge(o[1].n, WEAK_C_FINALIZERS, NULL);
    o[1].n->weakly = true;
    heap_add_weak(w->heap, (Closure *)o[1].w);
    live_add(w, o[1].n);
    if (chance(w, 2)) object_to_root(w, &o[1]);
}

/* Its key or its value, if it is alive. */
void operation_load_weak(World *w)
{
    const Slot *slot = any_root(w, is_weak);
    if (!slot) return;
    if (weak_is_alive(w->heap, ref_closure(slot->ref)) == is_tombstone(slot->node))
        world_fail(w, "a weak pointer is %s, but should not be", is_tombstone(slot->node) ? "alive" : "dead");
    if (is_tombstone(slot->node)) return;
    uint32_t field = chance(w, 2) ? WEAK_KEY : WEAK_VALUE;
    *some_root(w) = (Slot){words_of(slot->ref)[field], edge_to(slot->node, field)};
}

void operation_finalize(World *w)
{
    const Slot *slot = any_root(w, is_weak);
    if (!slot) return;
    Node *n = slot->node, *finalizer = is_tombstone(n) ? NULL : edge_to(n, WEAK_FINALIZER);
    Ref ref = heap_finalize_weak(w->heap, ref_closure(slot->ref));
    if ((ref != 0) != (finalizer != NULL))
        world_fail(w, "a weak pointer that is finalized has %s finalizer", ref ? "a" : "no");
    if (!is_tombstone(n)) make_tombstone(w, n);
    if (finalizer) *some_root(w) = (Slot){ref, finalizer};
}

void operation_run_finalizer(World *w)
{
    if (heap_finalizers_waiting(w->heap) != w->weaks.waiting_count)
        world_fail(w, "finalizers have come or gone outside collections");
    for (uint32_t i = chance(w, 4); i > 0 && w->weaks.waiting_count > 0; i--) {
        Ref ref = heap_take_finalizer(w->heap);
        *some_root(w) = (Slot){ref, waiting_take(w)};
    }
}

/* ---- Stable pointers */

static void stable_ptr_free(World *w, uint32_t i)
{
    heap_stable_ptr_free(w->heap, w->weaks.ptrs[i]);
    w->weaks.ptrs[i] = 0;
}

void operation_stable_ptr(World *w)
{
    uint32_t i = chance(w, STABLE_PTRS);
    const Slot *slot = some_root(w);
    if (w->weaks.ptrs[i]) stable_ptr_free(w, i);
    w->weaks.ptrs[i] = heap_stable_ptr_new(w->heap, slot->ref);
    w->weaks.ptr_nodes[i] = slot->node;
    for (uint32_t k = 0; k < STABLE_PTRS; k++)
        if (k != i && w->weaks.ptrs[k] == w->weaks.ptrs[i]) world_fail(w, "two stable pointers are the same");
}

/* Its object becomes a root; then it may be freed. */
void operation_load_stable_ptr(World *w)
{
    uint32_t i = chance(w, STABLE_PTRS);
    if (!w->weaks.ptrs[i]) return;
    *some_root(w) = (Slot){heap_stable_ptr_deref(w->heap, w->weaks.ptrs[i]), w->weaks.ptr_nodes[i]};
    if (chance(w, 2)) stable_ptr_free(w, i);
}

/* ---- Stable names */

static Name *name_entry(World *w, Word number)
{
    Weaks *k = &w->weaks;
    if (number >= 1u << 20) world_fail(w, "a stable name has number %zu", (size_t)number);
    while (k->name_end <= number) {
        size_t more = k->name_end ? k->name_end : 64;
        k->names = realloc(k->names, (k->name_end + more) * sizeof *k->names);
        if (!k->names) abort();
        memset(&k->names[k->name_end], 0, more * sizeof *k->names);
        k->name_end += more;
    }
    return &k->names[number];
}

static bool is_held(const World *w, const Node *name)
{
    for (uint32_t i = 0; i < ROOTS; i++)
        if (name && w->roots[i].node == name) return true;
    return false;
}

/* The number of the name that the object must have, for a root holds it; 0: any. */
static size_t name_expected(const World *w, const Node *object)
{
    const Weaks *k = &w->weaks;
    for (size_t i = 1; i < k->name_end; i++)
        if (k->names[i].object == object && k->names[i].sure && is_held(w, k->names[i].name)) return i;
    return 0;
}

static void name_become(World *w, Node *n)
{
    n->what = WHAT_STABLE_NAME;
    n->headers[0] = n->headers[1] = std(w, STD_STABLE_NAME);
    n->tag = 0;
}

/* It may be one that the naive heap has forgotten, or an evaluated thunk's. */
static void name_found(World *w, Node *object, const Closure *name)
{
    Word number = stable_name_number(name);
    Name *e = name_entry(w, number);
    if (e->name && e->object && naive_resolve(e->object) != object)
        world_fail(w, "a %s has the name %zu, which is another object's", what_names[object->what],
                   (size_t)number);
    if (!e->name) {
        e->name = naive_new(&w->naive, WHAT_STABLE_NAME, 2);
        name_become(w, e->name);
        e->name->is_value = true;
        naive_raw(e->name, 1, number);
    }
    e->object = object;
    e->sure = true;
    *some_root(w) = (Slot){(Word)name, e->name};
}

static void name_added(World *w, Node *object, Object *o)
{
    Name *e = name_entry(w, stable_name_number((Closure *)o->w));
    if (is_held(w, e->name)) world_fail(w, "a stable name's number is used again while a root holds it");
    name_become(w, o->n);
    o->n->raws[0].word = o->w[1];
    *e = (Name){o->n, object, true};
    object_to_root(w, o);
}

void operation_stable_name(World *w)
{
    Object o = object_new(w, WHAT_CON, w->tables.con[0], STABLE_NAME_WORDS);
    if (!o.w) return;
    object_word(&o, 1, w->operation);
    const Slot *slot = any_root(w, is_value);
    if (!slot) return;
    Slot object = *slot;
    size_t expected = name_expected(w, object.node);
    const Closure *name = heap_stable_name_find(w->heap, object.ref);
    if (expected && (!name || stable_name_number(name) != expected))
        world_fail(w, "a %s has lost its stable name %zu", what_names[object.node->what], expected);
    if (name)
        name_found(w, object.node, name);
    else if (heap_stable_name_add(w->heap, object.ref, o.w))
        name_added(w, object.node, &o);
}

void names_sweep(World *w)
{
    for (size_t i = 1; i < w->weaks.name_end; i++) {
        Name *e = &w->weaks.names[i];
        Node *object = e->object ? naive_resolve(e->object) : NULL;
        if (e->name && !naive_is_marked(&w->naive, e->name)) *e = (Name){0};
        if (!e->name || !object) continue;
        e->sure = e->sure && object == e->object;
        e->object = naive_is_marked(&w->naive, object) ? object : NULL;
    }
}

/* ---- The end of much */

void weaks_drop(World *w)
{
    while (w->weaks.waiting_count > 0) {
        heap_take_finalizer(w->heap);
        waiting_take(w);
    }
    for (uint32_t i = 0; i < STABLE_PTRS; i++)
        if (w->weaks.ptrs[i] && chance(w, 4)) stable_ptr_free(w, i);
}

void weaks_free(World *w)
{
    free(w->weaks.live);
    free(w->weaks.waiting);
    free(w->weaks.deaths);
    free(w->weaks.names);
}
