/* The table of primitives. A program asks for each name once (its symbol keeps the answer), so a search from
 * the top is fast enough. */
#include "eval/primops.h"

#include <string.h>

const Primop primops[PRIM_COUNT] = {
#define PRIMOP(id, name, args, results, class) {PRIM_##id, name, args, results, PRIM_##class},
#include "eval/primops.def"
#undef PRIMOP
};

const Primop *primop_find(const char *name)
{
    for (int i = 0; i < PRIM_COUNT; i++)
        if (strcmp(primops[i].name, name) == 0) return &primops[i];
    return NULL;
}
