/* The table of invariants (gc/invariants.def), what fires each of them (injections and mutants), and which
 * tests hold those that are laws (gc/laws.def). */
#ifndef THUNKSCOPE_GC_INVARIANTS_H
#define THUNKSCOPE_GC_INVARIANTS_H

#include <stdbool.h>
#include <stdio.h>

typedef enum InvariantProof {
    INVARIANT_NONE, /* no row has that number */
    INVARIANT_STATE,
    INVARIANT_TRANSITION,
    INVARIANT_LAW,
    INVARIANT_WAITS,
    INVARIANT_STRUCK,
    INVARIANT_PROOFS
} InvariantProof;

/* The numbers are 1 to invariant_last(). */
int invariant_last(void);
InvariantProof invariant_proof(int number);
const char *invariant_sentence(int number);
/* Ways of gc/injections.def, and rows of gc/mutants.def, that are to fire it. */
size_t invariant_injections(int number);
size_t invariant_mutants(int number);

/* Rows of gc/laws.def; NULL behind its end. */
typedef struct InvariantTest {
    int number;
    const char *test, *name;
} InvariantTest;
const InvariantTest *invariant_test(size_t row);

/* The table for people: number, proof, sentence, what fires it or holds it; and how many there are of each.
 */
void invariants_help(FILE *out);

#endif
