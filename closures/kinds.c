/* The table of kinds, and looking a kind up by name. */
#include "closures/closure.h"

#include <string.h>

const KindRow kinds[KIND_COUNT] = {
#define KIND(name, spoken, layout, first, pointers, words, flags)                                            \
    [KIND_##name] = {#name, spoken, LAYOUT_##layout, first, pointers, words, flags},
#include "closures/kinds.def"
#undef KIND
};

Kind kind_find(const char *name)
{
    for (int k = 0; k < KIND_COUNT; k++)
        if (strcmp(kinds[k].name, name) == 0) return (Kind)k;
    return KIND_COUNT;
}
