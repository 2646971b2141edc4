/* One collection while it runs: what evacuate, scavenge and collect share. For gc/ only.
 *
 * Always true while it runs:
 *   - an object of from-space whose header has bit 0 set has been copied: the rest of the header is the
 *     copy's address (72);
 *   - everything in to-space before its generation's scan pointers holds no reference into from-space;
 *   - an object of generation g > 0 that was scavenged and still holds a reference to a younger generation
 *     is in g's remembered set. */
#ifndef THUNKSCOPE_GC_COLLECTOR_PRIVATE_H
#define THUNKSCOPE_GC_COLLECTOR_PRIVATE_H

#include "gc/heap_state.h"

typedef struct Collector {
    HeapState *h;
    Generation *generations;
    uint8_t collected; /* the oldest generation that is collected */
    uint8_t evac_gen;  /* what is evacuated now should come to this generation at least */
    bool eager;        /* evac_gen may be obeyed: promote at once; false for what mutable objects hold */
    bool failed;       /* something that was evacuated is younger than evac_gen */
    bool watched;      /* somebody listens to moved */
    GcStats stats;
} Collector;

#define FORWARDED ((Word)1)
static inline bool header_is_forwarded(Word header) { return header & FORWARDED; }
static inline Closure *header_forwardee(Word header) { return (Closure *)(header & ~FORWARDED); }

/* ---- evacuate.c */
/* Makes *slot refer to the object's place after the collection, copying or relinking the object if nobody
 * has yet. References to indirections become references to what they stand for. */
void evacuate(Collector *c, Ref *slot);
/* The same for an update frame's slot: the thing to be updated stays itself, indirection or not. */
void evacuate_updatee(Collector *c, Ref *slot);

/* ---- scavenge.c */
/* Evacuates everything that the object refers to; returns its end. c->evac_gen is its generation; c->failed
 * is set if it has to be remembered. */
Word *scavenge_object(Collector *c, Word *object);
/* Scavenges to-space, oldest generation first, until nothing is left to do. */
void scavenge_to_space(Collector *c);
/* Scavenges an entry of the remembered set of an older generation; remembers it again if need be. */
void scavenge_remembered(Collector *c, Generation *generation, Closure *entry);

/* ---- scavenge_stack.c */
void scavenge_stack(Collector *c, Word *sp, Word *end);

#endif
