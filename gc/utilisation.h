/* Minimum mutator utilisation: the smallest share of any window of time that was left to the mutator.
 *
 * Time is cut into slots, UTILISATION_SLOTS to a window; what is kept is how much of each of the last slots
 * collections took. Windows begin at slots: the answer is at most one slot's share, half a percentage point,
 * above the true minimum. Only windows that lie between the beginning and the last pause's end count.
 *
 * Always true: busy[] holds the last UTILISATION_SLOTS slots up to `slot`, and `sum` is their sum.
 *
 * Follows: Cheng, Blelloch, "A parallel, real-time garbage collector" (PLDI 2001), section 1. */
#ifndef THUNKSCOPE_GC_UTILISATION_H
#define THUNKSCOPE_GC_UTILISATION_H

#include <stdbool.h>
#include <stdint.h>

#define UTILISATION_SLOTS 200u

typedef struct Utilisation {
    uint64_t slot_ns;
    uint64_t slot; /* the number of the one that is being filled, counted from the beginning */
    uint64_t sum, worst;
    bool known; /* a whole window has passed */
    uint64_t busy[UTILISATION_SLOTS];
} Utilisation;

void utilisation_init(Utilisation *u, uint64_t window_ns);
/* A pause from `begin` to `end`, in ns since the beginning; pauses come in order. */
void utilisation_pause(Utilisation *u, uint64_t begin, uint64_t end);
/* 0 to 1; negative if no whole window has passed. */
double utilisation_minimum(const Utilisation *u);

#endif
