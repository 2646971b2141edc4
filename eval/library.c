/* The library that the evaluator ships, and the module that goes with programs of GHC's. */
#include <stdio.h>
#include <stdlib.h>

#include "eval/embedded.h"
#include "eval/front_private.h"
#include "eval/link.h"
#include "eval/machine.h"

bool library_load(Program *p)
{
    bool good = true;
    for (unsigned i = 0; i < library_files_count; i++) {
        const EmbeddedFile *file = &library_files[i];
        char path[128];
        snprintf(path, sizeof path, "eval/lib/%s", file->name);
        good = stg_parse_kept(p, path, file->text, (size_t)(file->end - file->text)) && good;
    }
    p->library_files = p->file_count;
    return good;
}

bool program_read(Program *p, const char *path)
{
    size_t length;
    char *text = file_read(p->arena, path, &length);
    if (!text) return stg_parse_file(p, path);
    bool good = stg_text_is_linked(text, length) || library_load(p);
    return good && stg_parse_kept(p, path, text, length);
}
