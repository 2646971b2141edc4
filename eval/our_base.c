#include "eval/our_base.h"

#include <stdio.h>

#include "eval/embedded.h"

bool our_base_read(Program *p, int level, const char *module)
{
    const EmbeddedFile *table = level ? our_base_at_O1 : our_base_at_O0;
    unsigned count = level ? our_base_at_O1_count : our_base_at_O0_count;
    char name[256], path[300];
    if (snprintf(name, sizeof name, "%s.stg", module) >= (int)sizeof name) return false;
    const EmbeddedFile *file = embedded_find(table, count, name);
    if (!file) return false;
    snprintf(path, sizeof path, "eval/lib/base/stg/O%d/%s", level ? 1 : 0, name);
    stg_parse(p, path, file->text, (size_t)(file->end - file->text));
    return true;
}
