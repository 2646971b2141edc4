/* The table of primitives. A program asks for each name once (its symbol keeps the answer), so a search from
 * the top is fast enough. */
#include "eval/primops.h"
#include "eval/front_private.h"

#include <string.h>

const Primop primops[PRIM_COUNT] = {
#define PRIMOP(id, name, args, results, class) {PRIM_##id, name, args, results, PRIM_##class},
#include "eval/primops.def"
#undef PRIMOP
};

const char *primop_refusal(const Primop *op)
{
    switch (op->class_) {
    case PRIM_THREADS: return "threads and STM are not there yet";
    case PRIM_REGIONS: return "compact regions are not there yet";
    case PRIM_VECTORS: return "vectors are not there, as in GHC's own code generator";
    case PRIM_INSIDE: return "what looks inside GHC's own closures, or makes them, is not there";
    default: return NULL;
    }
}

const Primop *primop_find(const char *name)
{
    for (int i = 0; i < PRIM_COUNT; i++)
        if (strcmp(primops[i].name, name) == 0) return &primops[i];
    return NULL;
}

static size_t spelling_length(const char *rep) { return 1 + strspn(rep + 1, "0123456789"); }

uint32_t primop_rep_count(const char *spelling)
{
    uint32_t count = 0;
    for (; *spelling; spelling += spelling_length(spelling)) count++;
    return count;
}

static const char *spelling_at(const char *spelling, uint32_t number)
{
    for (; number; number--) spelling += spelling_length(spelling);
    return spelling;
}

Kind primop_object(const char *spelling, uint32_t number)
{
    switch (*spelling_at(spelling, number)) {
    case 'b': return KIND_ARR_WORDS;
    case 'r': return KIND_MUT_ARR_PTRS;
    case 's': return KIND_SMALL_MUT_ARR_PTRS;
    case 'm': return KIND_MUT_VAR;
    case 'v': return KIND_MVAR;
    case 'w': return KIND_WEAK;
    case 'n': return KIND_STABLE_NAME;
    case 't': return KIND_TSO;
    default: return KIND_COUNT;
    }
}

Rep primop_rep(const char *spelling, uint32_t number)
{
    if (primop_object(spelling, number) != KIND_COUNT) return REP_U;
    spelling = spelling_at(spelling, number);
    size_t length = spelling_length(spelling);
    for (int r = 0; r < REP_COUNT; r++)
        if (strlen(rep_spelling((Rep)r)) == length && strncmp(rep_spelling((Rep)r), spelling, length) == 0)
            return (Rep)r;
    return REP_P; /* a: any lifted */
}
