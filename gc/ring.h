/* The ring of events: what happened lately to blocks and objects, for reports of failures.
 *
 * It remembers the last events by address, at two words each, with the number of the collection. Asked about
 * an object, it follows the object's moves backwards, so that its history under earlier addresses is told
 * too, and stops where its memory was last empty. It hears of events as the heap's observer does, and passes
 * them on: a trace recorder listens beside it.
 *
 * Always true: an event's serial number is its place since the heap began; the ring holds the last `size`. */
#ifndef THUNKSCOPE_GC_RING_H
#define THUNKSCOPE_GC_RING_H

#include "gc/heap.h"

typedef enum RingEventKind {
#define RING_EVENT(name, other, text) RING_##name,
#include "gc/ring_events.def"
#undef RING_EVENT
    RING_EVENT_COUNT
} RingEventKind;

typedef struct RingEvent {
    Word what;  /* kind, collection, address: see ring.c */
    Word other; /* an address, a text, or owner and blocks */
} RingEvent;

typedef struct EventRing {
    uint64_t serial; /* of the next event */
    size_t mask;
    RingEvent events[];
} EventRing;

/* A ring of at least `size` events; NULL: no memory. */
EventRing *ring_new(size_t size);
void ring_note(EventRing *ring, RingEventKind kind, uint32_t collection, const void *address, Word other);
typedef void (*RingLine)(void *context, const char *line);
/* The last `most` events that touched the object, oldest first, each as a line of text. */
void ring_tell(const Heap *heap, const void *object, size_t most, RingLine line, void *context);

#endif
