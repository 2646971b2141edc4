/* The table of mutants, by name. */
#include "gc/mutants.h"

#include <string.h>

typedef struct MutantRow {
    const char *name, *sentence;
} MutantRow;

static const MutantRow rows[MUTANT_COUNT] = {
    {"none", "nothing is wrong"},
#define MUTANT(name, sentence, run, ...) {#name, sentence},
#include "gc/mutants.def"
#undef MUTANT
};

uint32_t mutant_find(const char *name)
{
    uint32_t mutant = 1;
    while (mutant < MUTANT_COUNT && strcmp(rows[mutant].name, name) != 0) mutant++;
    return mutant < MUTANT_COUNT ? mutant : MUTANT_none;
}

const char *mutant_name(uint32_t mutant) { return mutant < MUTANT_COUNT ? rows[mutant].name : NULL; }
const char *mutant_sentence(uint32_t mutant) { return mutant < MUTANT_COUNT ? rows[mutant].sentence : NULL; }
