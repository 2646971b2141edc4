#include "eval/our_base.h"

#include <stdio.h>
#include <string.h>

#include "eval/embedded.h"

/* "Data.List.stg" is the file of Data.List. */
static bool is_file_of(const EmbeddedFile *file, const char *module)
{
    size_t length = strlen(module);
    return strncmp(file->name, module, length) == 0 && strcmp(file->name + length, ".stg") == 0;
}

bool our_base_read(Program *p, int level, const char *module)
{
    const EmbeddedFile *files = level ? our_base_at_O1 : our_base_at_O0;
    unsigned count = level ? our_base_at_O1_count : our_base_at_O0_count;
    for (unsigned i = 0; i < count; i++) {
        if (!is_file_of(&files[i], module)) continue;
        char path[128];
        snprintf(path, sizeof path, "eval/lib/base/stg/O%d/%s", level ? 1 : 0, files[i].name);
        stg_parse(p, path, files[i].text, (size_t)(files[i].end - files[i].text));
        return true;
    }
    return false;
}
