/* The library that the evaluator ships: the build embeds the text of eval/lib/ in the program. */
#include "eval/machine.h"

bool library_load(Program *p)
{
    bool good = true;
    for (unsigned i = 0; i < library_file_count; i++) {
        const LibraryFile *file = &library_files[i];
        char path[128];
        snprintf(path, sizeof path, "eval/lib/%s.stg", file->name);
        good = stg_parse(p, path, file->text, file->length) && good;
    }
    return good;
}
