#include "eval/embedded.h"

#include <string.h>

const EmbeddedFile *embedded_find(const EmbeddedFile *table, unsigned count, const char *name)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(table[i].name, name) == 0) return &table[i];
    return NULL;
}
