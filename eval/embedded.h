/* Files that are part of the program, so that nothing has to be found when it runs: the library in STG text,
 * and what `thunkscope ghc` gives to GHC. Made by embed.cmake. */
#ifndef THUNKSCOPE_EVAL_EMBEDDED_H
#define THUNKSCOPE_EVAL_EMBEDDED_H

#include <stddef.h>

typedef struct EmbeddedFile {
    const char *name;       /* without its folder */
    const char *text, *end; /* a NUL stands at the end */
} EmbeddedFile;

extern const EmbeddedFile library_files[]; /* eval/lib/NAME.stg */
extern const unsigned library_files_count;
extern const EmbeddedFile ghc_files[]; /* eval/ghc/NAME */
extern const unsigned ghc_files_count;

#endif
