/* The table of mutants, by name. */
#include "gc/heap_state.h"

#include <stdlib.h>
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

uint32_t mutant_of_environment(void)
{
#ifdef THUNKSCOPE_MUTANTS
    const char *name = getenv("THUNKSCOPE_MUTANT");
    return name ? mutant_find(name) : MUTANT_none;
#else
    return MUTANT_none;
#endif
}

const char *mutant_name(uint32_t mutant) { return mutant < MUTANT_COUNT ? rows[mutant].name : NULL; }
const char *mutant_sentence(uint32_t mutant) { return mutant < MUTANT_COUNT ? rows[mutant].sentence : NULL; }

void mutant_write_old(HeapState *h, uint16_t flags)
{
    for (const BlockDescr *b = h->oldest->list.first; b; b = b->link)
        for (Word *w = b->start; w < b->free && !(b->flags & flags); w += closure_size((Closure *)w)) {
            const InfoTable *info = ((const Closure *)w)->info;
            if (info->kind != KIND_CON || info->nptrs == 0) continue;
            w[1 + info->ptrs]++;
            return;
        }
}
