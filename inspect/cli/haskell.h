/* Haskell made into a program: compiled by GHC through the exporter, linked with a base. Whatever fails has
 * been said on stderr, by GHC or here. */
#ifndef THUNKSCOPE_INSPECT_CLI_HASKELL_H
#define THUNKSCOPE_INSPECT_CLI_HASKELL_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "inspect/cli/toolchain.h"

typedef struct HaskellWay {
    int base;  /* a Base; -1: not said, which is ours */
    int level; /* of optimisation, 0 to 2; -1: not said, which is 0 */
} HaskellWay;

#define HASKELL_WAY_NOT_SAID                                                                                 \
    {                                                                                                        \
        -1, -1                                                                                               \
    }

#define HASKELL_BASES "ours|ours-O0|real" /* in the order of Base */

/* Their rows in a table of options, in a struct that holds a HaskellWay by the name `how`. */
#define HASKELL_WAY_OPTIONS(type)                                                                            \
    {"optimise",   'O',                                                                                      \
     OPTION_LEVEL, offsetof(type, how.level),                                                                \
     "0|1|2",      "how much GHC optimises (0); -O alone is -O1"},                                           \
    {                                                                                                        \
        "base", 0, OPTION_CHOICE, offsetof(type, how.base), HASKELL_BASES,                                   \
            "the libraries: a small base that needs no GHC to be linked, optimised as GHC's own always is; " \
            "the same as it is written, to be read and stepped through; those of the installed GHC (ours)"   \
    }

/* The options that say so, each with a space before it; none for what is so without them. */
void haskell_way_print(const HaskellWay *how, FILE *out);

#define MODULE_NAME_MAX 256

typedef struct HaskellJob {
    HaskellWay how;
    char *const *words; /* Haskell source, modules that have been exported (.stg), options for GHC */
    int word_count;
    /* Found here: */
    char entry[MODULE_NAME_MAX]; /* the module that it begins in */
    bool adds_entry;             /* of which GHC has to be told */
} HaskellJob;

/* Needs GHC if there is Haskell source, or for real base. */
bool haskell_make(const HaskellJob *job, const char *out);
/* Leaves what the exporter makes of the job's Haskell source in the folder, a file for each module. */
bool haskell_export(const HaskellJob *job, const char *modules);
/* True if the path is that of Haskell source: it ends in .hs or .lhs, in letters of any size. */
bool haskell_is_source(const char *path);
/* The program made of one file, in the cache, where it stays until the source changes. */
bool haskell_make_cached(const char *source, const HaskellWay *way, char *out);

#endif
