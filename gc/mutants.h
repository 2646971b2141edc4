/* Mutants: faults of the collector that a test build carries, to prove that the checker notices each of them.
 *
 * gc/mutants.def lists them. A build with -DTHUNKSCOPE_MUTANTS=ON knows the flag `--mutant=NAME`; in any
 * other MUTANT_IS is constant false, and nothing is left of them. tests/run-mutants runs each one.
 *
 * Always true: a heap is at most one mutant; one that is none behaves as in an ordinary build. */
#ifndef THUNKSCOPE_GC_MUTANTS_H
#define THUNKSCOPE_GC_MUTANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum Mutant {
    MUTANT_none,
#define MUTANT(name, sentence, run, ...) MUTANT_##name,
#include "gc/mutants.def"
#undef MUTANT
    MUTANT_COUNT
} Mutant;

/* The number of the mutant of that name, or MUTANT_none. */
uint32_t mutant_find(const char *name);
/* The one that THUNKSCOPE_MUTANT names in the environment of tests that take no flags, in a build that knows
 * mutants; or MUTANT_none. */
uint32_t mutant_of_environment(void);
/* Row `mutant` of the table, by its number; NULL behind its end. */
const char *mutant_name(uint32_t mutant);
const char *mutant_sentence(uint32_t mutant);

/* Writes to the first constructor of the oldest generation that has a word which is no pointer, and stands in
 * a block without any of these flags; if there is one. */
struct HeapState;
void mutant_write_old(struct HeapState *h, uint16_t flags);

/* Is this heap (a Heap or HeapState) that mutant? */
#ifdef THUNKSCOPE_MUTANTS
#define MUTANT_IS(h, name) (__builtin_expect(((const Heap *)(h))->config.mutant == MUTANT_##name, 0))
#else
#define MUTANT_IS(h, name) ((void)sizeof(h), (void)MUTANT_##name, false)
#endif

#endif
