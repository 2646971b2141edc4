/* What turns Haskell into STG: the installed GHC, the exporter built by it, and real base as STG text. Both
 * are kept in the user's cache, $XDG_CACHE_HOME/thunkscope or ~/.cache/thunkscope, and made when they are
 * first needed. Whatever fails has been said on stderr. */
#ifndef THUNKSCOPE_INSPECT_CLI_TOOLCHAIN_H
#define THUNKSCOPE_INSPECT_CLI_TOOLCHAIN_H

#include <limits.h>
#include <stdbool.h>

typedef enum Base { BASE_OURS, BASE_OURS_O0, BASE_REAL } Base;

typedef struct Toolchain {
    char version[32], libdir[PATH_MAX];
    char cache[PATH_MAX];    /* of this version of GHC */
    char exporter[PATH_MAX]; /* a program: see eval/ghc/Driver.hs */
} Toolchain;

/* GHC of a version that the exporter is made for, and the exporter. */
bool toolchain_find(Toolchain *t);
/* A package database of our base, for programs that are compiled at that level. Made when it is first needed.
 */
bool toolchain_our_packages(const Toolchain *t, int level, char *packages);
/* Fetches and exports real base, unless it is there: minutes. */
bool toolchain_setup_base(const Toolchain *t);
/* The folder of real base's modules; false: it has not been set up, which is said. */
bool toolchain_real_base(const Toolchain *t, char *folder);
/* The folder and those around it, as far as they are not there. */
bool toolchain_make_folders(const char *path);
/* Removes what the cache holds and nobody uses, but for real base of this version. */
bool toolchain_clear_cache(void);
/* A folder of the cache for what is made of that source file, in that way, and of no other. */
bool toolchain_folder_for(const Toolchain *t, const char *source, const char *way, char *folder);

#endif
