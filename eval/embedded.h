/* Files that are part of the program, so that nothing has to be found when it runs: libraries, and what
 * `thunkscope ghc` gives to GHC. Made by embed.cmake; each table ends where its count says. */
#ifndef THUNKSCOPE_EVAL_EMBEDDED_H
#define THUNKSCOPE_EVAL_EMBEDDED_H

#include <stddef.h>

typedef struct EmbeddedFile {
    const char *name;       /* seen from its folder */
    const char *text, *end; /* a NUL stands at the end */
} EmbeddedFile;

/* The file of that name; NULL: the table has none. */
const EmbeddedFile *embedded_find(const EmbeddedFile *table, unsigned count, const char *name);

/* What a linked program begins with. */
const EmbeddedFile *runtime_module(void);

#define EMBEDDED(table)                                                                                      \
    extern const EmbeddedFile table[];                                                                       \
    extern const unsigned table##_count;
EMBEDDED(library_files)   /* eval/lib/NAME.stg */
EMBEDDED(ghc_files)       /* eval/ghc/NAME */
EMBEDDED(our_base_at_O0)  /* eval/lib/base/stg/O0/MODULE.stg */
EMBEDDED(our_base_at_O1)  /* the same in O1 */
EMBEDDED(our_base_source) /* eval/lib/base/…: what makes them, and the interface files */
#undef EMBEDDED

#endif
