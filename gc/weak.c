/* Weak pointers across a collection, in GHC's stages.
 *
 * The weak pointers of the generations that are collected are set aside. (1) Those whose key has been kept
 * are kept with everything that they hold; that may keep further keys, so it goes on until a round finds
 * none. Threads that nothing reaches would be woken here, and (1) gone through again: there is one thread, a
 * root. (2) The keys of the others are dead: their finalizers are kept and queued. (3) What these weak
 * pointers have become of, if anything leads to them, is a tombstone.
 *
 * Always true between collections: a weak pointer is on the list of its generation iff it is no tombstone, or
 * has become one by heap_finalize_weak since the last collection of that generation (61, 62).
 *
 * A round goes through the list in one direction, the next one in the other, and each key that is found alive
 * keeps what follows from it at once: a chain of n, in the order of the list or against it, takes two rounds.
 * When either has found any, there may be chains in no such order: what the next ones hold is gone through
 * for further keys (weak_follow.c). */
#include "gc/weak.h"
#include "gc/promises_private.h"
#include "gc/weak_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- Lists */

static void weak_list_append(WeakList *list, Closure *weak)
{
    closure_words(weak)[WEAK_LINK] = 0;
    if (list->last)
        closure_words(list->last)[WEAK_LINK] = (Word)weak;
    else
        list->first = weak;
    list->last = weak;
    list->count++;
}

void heap_add_weak(Heap *heap, Closure *weak)
{
    require(weak->info == info_std(heap->infos, STD_WEAK), "a %s is no weak pointer", weak->info->name);
    weak_list_append(&heap_state(heap)->generations[0].weaks, weak);
    if (MUTANT_IS(heap, weak_last)) heap_state(heap)->generations[0].weaks.last = NULL;
}

/* ---- Finalizers that wait */

/* Those that have been taken leave room at the start: half of all at least, before it is used again. */
static void queue_add(FinalizerQueue *q, Ref finalizer)
{
    if (q->first + q->count == q->room && q->first > q->count) {
        memmove(q->refs, q->refs + q->first, q->count * sizeof *q->refs);
        q->first = 0;
    }
    if (q->first + q->count == q->room) {
        q->room = q->room ? 2 * q->room : 64;
        q->refs = realloc(q->refs, q->room * sizeof *q->refs);
        require(q->refs, "out of memory for finalizers");
    }
    q->refs[q->first + q->count++] = finalizer;
}

size_t heap_finalizers_waiting(const Heap *heap) { return ((const HeapState *)heap)->finalizers.count; }

Ref heap_take_finalizer(Heap *heap)
{
    HeapState *h = heap_state(heap);
    FinalizerQueue *q = &h->finalizers;
    require(q->count > 0, "no finalizer waits");
    Ref finalizer = q->refs[q->first++];
    if (--q->count == 0) q->first = 0;
    if (h->observer.unrooted)
        h->observer.unrooted(h->observer.context, ROOT_FINALIZER, ref_closure(finalizer));
    return finalizer;
}

void weak_each_finalizer(HeapState *h, void (*visit)(void *context, RootClass class_, Ref *slot),
                         void *context)
{
    FinalizerQueue *q = &h->finalizers;
    for (size_t i = 0; i < q->count; i++) visit(context, ROOT_FINALIZER, &q->refs[q->first + i]);
}

void weak_free(HeapState *h)
{
    free(h->finalizers.refs);
    c_finalizers_free(h);
}

/* ---- Ends */

static void make_tombstone(HeapState *h, Closure *weak)
{
    Word *w = closure_words(weak);
    weak->info = info_std(h->heap.infos, STD_DEAD_WEAK);
    if (!MUTANT_IS(h, weak_buried_alive)) w[WEAK_KEY] = 0;
    w[WEAK_VALUE] = w[WEAK_FINALIZER] = w[WEAK_C_FINALIZERS] = 0;
}

static void tell_died(HeapState *h, const Closure *weak, bool dead)
{
    if (h->observer.weak_died) h->observer.weak_died(h->observer.context, weak, dead);
}

Ref heap_finalize_weak(Heap *heap, Closure *weak)
{
    if (!weak_is_alive(heap, weak)) return 0;
    Ref finalizer = closure_words(weak)[WEAK_FINALIZER];
    tell_died(heap_state(heap), weak, false);
    c_finalizers_note(heap_state(heap), weak);
    make_tombstone(heap_state(heap), weak);
    c_finalizers_call(heap_state(heap));
    return finalizer;
}

/* ---- A collection */

typedef struct Candidates {
    Collection *c;
    const GcCollector *collector;
    Candidate *all;
    size_t count;
} Candidates;

/* The lists of the collected generations, oldest first, without tombstones. */
static bool candidates_take(Candidates *k)
{
    size_t room = 0;
    Collection *c = k->c;
    for (uint32_t g = 0; g <= c->collected; g++) room += c->generations[g].weaks.count;
    if (room == 0) return false;
    k->all = malloc(room * sizeof *k->all);
    require(k->all, "out of memory for weak pointers");
    for (int g = c->collected; g >= 0; g--) {
        for (Closure *w = c->generations[g].weaks.first; w; w = (Closure *)closure_words(w)[WEAK_LINK])
            if (info_of(w) == info_std(c->h->heap.infos, STD_WEAK)) k->all[k->count++] = (Candidate){w, NULL};
        c->generations[g].weaks = (WeakList){0};
    }
    return true;
}

Closure *collection_kept(Collection *c, Closure *object)
{
    return Bdescr(object)->owner == OWNER_STATIC ? object : promised_survivor(c, object);
}

Closure *collection_survivor(Collection *c, Ref ref)
{
    for (;;) {
        Closure *object = ref_closure(ref), *kept = collection_kept(c, object);
        if (kept || !stands_for(object, &ref)) return kept;
    }
}

static void keep(Candidates *k, Ref *slot)
{
    if (*slot) k->collector->evacuate(k->c, slot);
}

/* Whether a mutant forgets that field. */
static bool field_is_forgotten(const HeapState *h, int field)
{
    return (MUTANT_IS(h, weak_forgets_key) && field == WEAK_KEY) ||
           (MUTANT_IS(h, weak_forgets_value) && field == WEAK_VALUE) ||
           (MUTANT_IS(h, weak_forgets_finalizer) && field == WEAK_FINALIZER);
}

/* What a weak pointer holds is not promoted for its sake. */
static void keep_fields(Candidates *k, Closure *weak)
{
    Collection *c = k->c;
    Generation *generation = &c->generations[Bdescr(weak)->gen_no];
    bool eager = c->eager;
    c->evac_gen = generation->no;
    c->eager = c->failed = false;
    for (int field = WEAK_KEY; field <= WEAK_C_FINALIZERS; field++)
        if (!field_is_forgotten(c->h, field)) keep(k, &closure_words(weak)[field]);
    if (c->failed && generation->no > 0 && !MUTANT_IS(c->h, weak_unremembered))
        remembered_add(c->h, generation, weak, "weak pointer");
    c->evac_gen = 0;
    c->eager = eager;
    c->failed = false;
}

/* Whether a mutant lets all weak pointers die. */
static bool dies_early(const Collection *c)
{
    return MUTANT_IS(c->h, weak_dies_early) || (MUTANT_IS(c->h, weak_dies_in_major) && c->stats.major);
}

/* True if its key was found alive just now. */
static bool try_candidate(Candidates *k, Candidate *candidate)
{
    Word *w = closure_words(candidate->old);
    if (candidate->kept || !collection_survivor(k->c, w[WEAK_KEY]) || dies_early(k->c)) return false;
    Ref ref = (Ref)candidate->old;
    keep(k, &ref);
    candidate->kept = ref_closure(ref);
    keep_fields(k, candidate->kept);
    k->collector->drain(k->c);
    return true;
}

/* True if any was found. */
static bool round_through(Candidates *k, bool forward)
{
    bool found = false;
    for (size_t i = 0; i < k->count; i++) found |= try_candidate(k, &k->all[forward ? i : k->count - 1 - i]);
    return found;
}

static void follow_from(Candidates *k, WeakFollower *f, size_t first)
{
    size_t i = first;
    do {
        Word *w = closure_words(k->all[i].old);
        if (k->all[i].kept || !collection_survivor(k->c, w[WEAK_KEY])) continue;
        weak_follow(f, &k->all[i]);
        try_candidate(k, &k->all[i]);
    } while (weak_follower_next(f, &i));
}

static void follow_all(Candidates *k)
{
    WeakFollower *f = weak_follower_new(k->c, k->all, k->count);
    for (size_t i = 0; i < k->count; i++) follow_from(k, f, i);
    weak_follower_free(f);
}

static void keep_reachable(Candidates *k)
{
    if (!round_through(k, true)) return;
    while (round_through(k, false)) follow_all(k);
}

static void schedule(Candidates *k, const Closure *weak, Ref finalizer)
{
    HeapState *h = k->c->h;
    const GcObserver *o = &h->observer;
    keep(k, &finalizer);
    if (MUTANT_IS(h, finalizer_twice)) queue_add(&h->finalizers, finalizer);
    if (!MUTANT_IS(h, finalizer_lost) && !(MUTANT_IS(h, finalizer_lost_in_major) && k->c->stats.major))
        queue_add(&h->finalizers, finalizer);
    if (o->rooted) o->rooted(o->context, ROOT_FINALIZER, ref_closure(finalizer));
    if (o->finalizer_due) o->finalizer_due(o->context, weak, ref_closure(finalizer));
}

static void schedule_finalizers(Candidates *k)
{
    for (size_t i = 0; i < k->count; i++) {
        Closure *weak = k->all[i].old;
        if (k->all[i].kept) continue;
        tell_died(k->c->h, weak, true);
        c_finalizers_note(k->c->h, weak);
        if (closure_words(weak)[WEAK_FINALIZER]) schedule(k, weak, closure_words(weak)[WEAK_FINALIZER]);
    }
    k->collector->drain(k->c);
}

static Generation *list_of(const Collection *c, const Closure *weak)
{
    return MUTANT_IS(c->h, weak_astray) ? c->generations : &c->generations[Bdescr(weak)->gen_no];
}

static void list_kept(Candidates *k)
{
    for (size_t i = 0; i < k->count; i++)
        if (k->all[i].kept && !MUTANT_IS(k->c->h, weak_list_lost))
            weak_list_append(&list_of(k->c, k->all[i].kept)->weaks, k->all[i].kept);
}

static void bury_dead(Candidates *k)
{
    for (size_t i = 0; i < k->count; i++) {
        Closure *there = k->all[i].kept ? NULL : k->collector->survivor(k->c, k->all[i].old);
        if (there) make_tombstone(k->c->h, there);
    }
}

void weak_collect(Collection *c)
{
    Candidates k = {.c = c, .collector = c->collector};
    if (!candidates_take(&k)) return;
    keep_reachable(&k);
    schedule_finalizers(&k);
    list_kept(&k);
    bury_dead(&k);
    free(k.all);
}

/* ---- Slots that keep nothing */

static void visit_address(Closure **address, SlotVisitor visit, void *context)
{
    Ref ref = (Ref)*address;
    if (!ref) return;
    visit(context, &ref);
    *address = ref_closure(ref);
}

/* Each address is read before it is changed, and the link of an object after the address that leads to it:
 * the visitor may give addresses at which the objects do not stand yet. */
static void visit_weak_list(WeakList *list, SlotVisitor visit, void *context)
{
    Closure *next;
    visit_address(&list->last, visit, context);
    for (Closure **slot = &list->first; *slot; slot = (Closure **)&closure_words(next)[WEAK_LINK]) {
        next = *slot;
        visit_address(slot, visit, context);
    }
}

void collection_each_weak_slot(HeapState *h, SlotVisitor visit, void *context)
{
    for (uint32_t g = 0; g < generation_count(h); g++)
        visit_weak_list(&h->generations[g].weaks, visit, context);
    stable_each_name_slot(&h->stable, visit, context);
    sanity_each_slot(h, visit, context);
}
