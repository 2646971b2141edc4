/* The ring of events, and its place between the heap and whoever else listens. */
#include "gc/ring.h"

#include <stdlib.h>

#include "gc/heap_state.h"

/* ---- Events: 4 bits of kind, 12 of the collection's number, 48 of address */

enum { ADDRESS_BITS = 48, COLLECTION_BITS = 12, OWNER_BITS = 16, MOST_TOLD = 64 };

static Word event_address(const RingEvent *e) { return e->what & (((Word)1 << ADDRESS_BITS) - 1); }
static RingEventKind event_kind(const RingEvent *e)
{
    return (RingEventKind)(e->what >> (ADDRESS_BITS + COLLECTION_BITS));
}

/* Its number is known but for a multiple of 4096: the latest one that is not after `now`. */
static uint32_t event_collection(const RingEvent *e, uint32_t now)
{
    uint32_t low = (uint32_t)(e->what >> ADDRESS_BITS), wrap = (1u << COLLECTION_BITS) - 1;
    return now - ((now - low) & wrap);
}

EventRing *ring_new(size_t size)
{
    size_t room = 1;
    while (room < size) room *= 2;
    EventRing *ring = calloc(1, sizeof *ring + room * sizeof ring->events[0]);
    if (ring) ring->mask = room - 1;
    return ring;
}

void ring_note(EventRing *ring, RingEventKind kind, uint32_t collection, const void *address, Word other)
{
    Word number = collection & ((1u << COLLECTION_BITS) - 1);
    ring->events[ring->serial++ & ring->mask] = (RingEvent){
        (Word)kind << (ADDRESS_BITS + COLLECTION_BITS) | number << ADDRESS_BITS | (Word)address, other};
}

/* ---- Telling */

typedef enum OtherWord { OTHER_ADDRESS, OTHER_REASON, OTHER_BLOCKS } OtherWord;

static const struct {
    OtherWord other;
    const char *text;
} told[RING_EVENT_COUNT] = {
#define RING_EVENT(name, other, text) {OTHER_##other, text},
#include "gc/ring_events.def"
#undef RING_EVENT
};

static Word blocks_word(const BlockDescr *g) { return g->owner | (Word)g->blocks << OWNER_BITS; }

static bool in_blocks(const RingEvent *e, Word object)
{
    return object - event_address(e) < (e->other >> OWNER_BITS) << BLOCK_SHIFT;
}

/* Does the event touch the object that is at *at? A move to it leads to where it was before. *born: nothing
 * older can be about this object. */
static bool touches(const RingEvent *e, Word *at, bool *born)
{
    switch (event_kind(e)) {
    case RING_MOVED:
        if ((e->other & ~TAG_MASK) == *at && event_address(e) != *at) {
            *at = event_address(e);
            return true;
        }
        return event_address(e) == *at;
    case RING_TAKEN:
    case RING_RETURNED:
    case RING_RELEASED: return *born = in_blocks(e, *at);
    case RING_OWNED: return in_blocks(e, *at);
    case RING_UPDATED: return event_address(e) == *at || (e->other & ~TAG_MASK) == *at;
    default: return event_address(e) == *at;
    }
}

/* Memory may have been given back since. */
static void address_print(const Heap *heap, Word address, char *out, size_t size)
{
    if (block_contains(heap->blocks, (const void *)address))
        block_address_print((const void *)address, out, size);
    else
        snprintf(out, size, "%#zx", (size_t)address);
}

static void tell_event(const Heap *heap, const RingEvent *e, uint64_t serial, RingLine line, void *context)
{
    char text[256], address[64], other[64];
    address_print(heap, event_address(e), address, sizeof address);
    switch (told[event_kind(e)].other) {
    case OTHER_ADDRESS: address_print(heap, e->other, other, sizeof other); break;
    case OTHER_REASON: snprintf(other, sizeof other, "%s", (const char *)e->other); break;
    case OTHER_BLOCKS:
        snprintf(other, sizeof other, "(%u of %s)", (unsigned)(e->other >> OWNER_BITS),
                 block_owner_names[e->other & ((1u << OWNER_BITS) - 1)]);
        break;
    }
    snprintf(text, sizeof text, "#%llu, collection %u: %s %s %s", (unsigned long long)serial,
             event_collection(e, heap->gc_count), address, told[event_kind(e)].text, other);
    line(context, text);
}

void ring_tell(const Heap *heap, const void *object, size_t most, RingLine line, void *context)
{
    const EventRing *ring = ((const HeapState *)heap)->ring;
    uint64_t found[MOST_TOLD], oldest = ring->serial > ring->mask ? ring->serial - ring->mask - 1 : 0;
    size_t count = 0;
    Word at = (Word)object & ~TAG_MASK;
    bool born = false;
    for (uint64_t serial = ring->serial; serial-- > oldest && count < most && count < MOST_TOLD && !born;)
        if (touches(&ring->events[serial & ring->mask], &at, &born)) found[count++] = serial;
    while (count-- > 0)
        tell_event(heap, &ring->events[found[count] & ring->mask], found[count], line, context);
}

/* ---- Listening: each event is noted, and passed on */

static void note(HeapState *h, RingEventKind kind, const void *address, Word other)
{
    ring_note(h->ring, kind, h->heap.gc_count, address, other);
}

static void heard_moved(void *context, const Closure *from, const Closure *to, size_t words,
                        uint8_t generation, MoveWhy why)
{
    HeapState *h = context;
    note(h, RING_MOVED, from, (Word)to);
    if (h->listener.moved) h->listener.moved(h->listener.context, from, to, words, generation, why);
}
static void heard_remembered(void *context, const Closure *object, const char *why)
{
    HeapState *h = context;
    note(h, RING_REMEMBERED, object, (Word)why);
    if (h->listener.remembered) h->listener.remembered(h->listener.context, object, why);
}
static void heard_released(void *context, BlockDescr *group)
{
    HeapState *h = context;
    note(h, RING_RELEASED, group->start, blocks_word(group));
    if (h->listener.released) h->listener.released(h->listener.context, group);
}

static void heard_begin(void *context, const GcStats *stats)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->gc_begin(o->context, stats);
}
static void heard_phase(void *context, const char *name, uint64_t ns)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->gc_phase(o->context, name, ns);
}
static void heard_indirection(void *context, const Closure *ind, const Closure *target)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->ind_removed(o->context, ind, target);
}
static void heard_selector(void *context, const Closure *selector, const Closure *value)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->selector_removed(o->context, selector, value);
}
static void heard_rooted(void *context, RootClass class_, const Closure *object)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->rooted(o->context, class_, object);
}
static void heard_unrooted(void *context, RootClass class_, const Closure *object)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->unrooted(o->context, class_, object);
}
static void heard_weak_died(void *context, const Closure *weak, bool dead)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->weak_died(o->context, weak, dead);
}
static void heard_finalizer_due(void *context, const Closure *weak, const Closure *finalizer)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->finalizer_due(o->context, weak, finalizer);
}
static void heard_swept(void *context, BlockDescr *block, const uint64_t *starts)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->swept(o->context, block, starts);
}
static void heard_end(void *context, Heap *heap, const GcStats *stats)
{
    const GcObserver *o = &((HeapState *)context)->listener;
    o->gc_end(o->context, heap, stats);
}

/* A callback that is not passed on would be lost to whoever listens beside the ring. */
_Static_assert(sizeof(GcObserver) == 14 * sizeof(void *), "heap_observe has to pass on every callback");

void heap_observe(Heap *heap, const GcObserver *observer)
{
    HeapState *h = heap_state(heap);
    h->listener = observer ? *observer : (GcObserver){0};
    h->observer = h->listener;
    if (!h->ring) return;
    h->observer = (GcObserver){.context = h,
                               .gc_begin = h->listener.gc_begin ? heard_begin : NULL,
                               .gc_phase = h->listener.gc_phase ? heard_phase : NULL,
                               .moved = heard_moved,
                               .ind_removed = h->listener.ind_removed ? heard_indirection : NULL,
                               .selector_removed = h->listener.selector_removed ? heard_selector : NULL,
                               .rooted = h->listener.rooted ? heard_rooted : NULL,
                               .unrooted = h->listener.unrooted ? heard_unrooted : NULL,
                               .weak_died = h->listener.weak_died ? heard_weak_died : NULL,
                               .finalizer_due = h->listener.finalizer_due ? heard_finalizer_due : NULL,
                               .remembered = heard_remembered,
                               .swept = h->listener.swept ? heard_swept : NULL,
                               .released = heard_released,
                               .gc_end = h->listener.gc_end ? heard_end : NULL};
}

/* ---- Blocks */

static void heard_taken(void *context, BlockDescr *g)
{
    HeapState *h = context;
    note(h, RING_TAKEN, g->start, blocks_word(g));
    const BlockObserver *o = h->block_listener;
    if (o && o->taken) o->taken(o->context, g);
}
static void heard_returned(void *context, BlockDescr *g)
{
    HeapState *h = context;
    note(h, RING_RETURNED, g->start, blocks_word(g));
    const BlockObserver *o = h->block_listener;
    if (o && o->returned) o->returned(o->context, g);
}
static void heard_resized(void *context, BlockDescr *g, uint32_t old_blocks)
{
    const BlockObserver *o = ((HeapState *)context)->block_listener;
    if (o && o->resized) o->resized(o->context, g, old_blocks);
}
static void heard_owned(void *context, BlockDescr *g, BlockOwner old)
{
    HeapState *h = context;
    note(h, RING_OWNED, g->start, blocks_word(g));
    const BlockObserver *o = h->block_listener;
    if (o && o->owned) o->owned(o->context, g, old);
}

void heap_observe_blocks(Heap *heap, const BlockObserver *observer)
{
    HeapState *h = heap_state(heap);
    h->block_listener = observer;
    h->block_observer = (BlockObserver){h, heard_taken, heard_returned, heard_resized, heard_owned};
    block_allocator_observe(heap->blocks, h->ring ? &h->block_observer : observer);
}

void heap_note_update(Heap *heap, const Closure *c, Ref value)
{
    HeapState *h = heap_state(heap);
    if (h->ring) note(h, RING_UPDATED, c, value);
    if (h->heap.config.sanity_level >= 3) sanity_at_update(h, c);
}
