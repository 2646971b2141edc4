/* thunkscope ghc: Haskell, compiled by the installed GHC through the exporter, linked into one program. */
#include <string.h>
#include <sys/stat.h>

#include "eval/link.h"
#include "inspect/cli/cache.h"
#include "inspect/cli/haskell.h"
#include "inspect/cli/options.h"

typedef struct GhcOptions {
    const char *out, *modules;
    HaskellWay how;
    bool setup_base, clear_cache;
} GhcOptions;

static const Option ghc_options[] = {
    HASKELL_WAY_OPTIONS(GhcOptions),
    {"output", 'o', OPTION_TEXT, offsetof(GhcOptions, out), "PROG.stg",
     "the program; without it, FILE.stg beside FILE.hs"},
    {"modules", 0, OPTION_TEXT, offsetof(GhcOptions, modules), "FOLDER",
     "instead of a program, the modules that FILE.hs … make, to be linked later: FOLDER/MODULE.stg"},
    {"setup-base", 0, OPTION_FLAG, offsetof(GhcOptions, setup_base), NULL,
     "fetch and export the source of the installed base first"},
    {"clear-cache", 0, OPTION_FLAG, offsetof(GhcOptions, clear_cache), NULL,
     "remove first what the cache holds and nobody uses, but for real base"},
    {0}};

static void default_output(const char *source, char *out)
{
    const char *dot = strrchr(source, '.'), *slash = strrchr(source, '/');
    bool has_suffix = dot && (!slash || dot > slash + 1);
    snprintf(out, PATH_MAX, "%.*s.stg", has_suffix ? (int)(dot - source) : (int)strlen(source), source);
}

static bool set_up(const GhcOptions *o)
{
    Toolchain t;
    if (o->clear_cache && !toolchain_clear_cache()) return false;
    return !o->setup_base || (toolchain_find(&t) && toolchain_setup_base(&t));
}

static bool make(const GhcOptions *o, const CommandLine *line)
{
    char beside[PATH_MAX];
    HaskellJob job = {.how = o->how, .words = line->operands.at, .word_count = line->operands.count};
    if (o->modules) return haskell_export(&job, o->modules);
    default_output(line->operands.at[0], beside);
    return haskell_make(&job, o->out ? o->out : beside);
}

/* ---- What cannot be meant */

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* Nothing that the program is made of is lost. */
static int refuse_output(const Subcommand *self, const char *out, const Words *operands)
{
    for (int i = 0; i < operands->count; i++)
        if (is_same_file(out, operands->at[i]))
            return usage_error(
                self, "the program would overwrite %s, which it is made of: name it with -o PROG.stg",
                operands->at[i]);
    if (!haskell_is_source(out)) return -1;
    return usage_error(self, "-o %s: that is the name of Haskell source; a program's ends in .stg", out);
}

/* Nor is what a person wrote, for want of an -o. */
static int refuse_unasked(const Subcommand *self, const char *beside)
{
    char first[64];
    FILE *there = fopen(beside, "rb");
    if (!there) return -1;
    size_t length = fread(first, 1, sizeof first, there);
    fclose(there);
    if (length == 0 || stg_text_is_linked(first, length)) return -1;
    return usage_error(
        self, "%s is there, and is no program that this command has made: name another with -o PROG.stg",
        beside);
}

/* Modules that are text already are neither compiled nor left. */
static int refuse_text(const Subcommand *self, const GhcOptions *o, const CommandLine *line)
{
    bool compiles = false;
    for (int i = 0; i < line->operands.count; i++) {
        const char *word = line->operands.at[i];
        compiles |= haskell_is_source(word);
        if (o->modules && i < line->own && !haskell_is_source(word))
            return usage_error(self, "--modules takes Haskell source, which %s is not", word);
    }
    if (compiles || o->how.level < 0) return -1;
    return usage_error(self, "-O says how Haskell is compiled, but there is no Haskell source");
}

static int refuse(const Subcommand *self, const GhcOptions *o, const CommandLine *line)
{
    char beside[PATH_MAX];
    if (line->own == 0)
        return o->setup_base || o->clear_cache
                   ? -1
                   : usage_error(self, "a Haskell file expected%s",
                                 line->operands.count ? " before `--`, behind which options for GHC stand"
                                                      : "");
    if (!o->out && !o->modules && !haskell_is_source(line->operands.at[0]))
        return usage_error(self,
                           "-o PROG.stg expected: the first file is no Haskell source to be named after");
    if (o->out && o->modules) return usage_error(self, "--output and --modules exclude each other");
    int status = refuse_text(self, o, line);
    if (status >= 0 || o->modules) return status;
    default_output(line->operands.at[0], beside);
    status = refuse_output(self, o->out ? o->out : beside, &line->operands);
    return status >= 0 || o->out ? status : refuse_unasked(self, beside);
}

static int run_ghc(const Subcommand *self, const GhcOptions *o, const CommandLine *line)
{
    int status = refuse(self, o, line);
    if (status >= 0) return status;
    if (!set_up(o)) return STATUS_ERROR;
    return line->own == 0 || make(o, line) ? STATUS_OK : STATUS_ERROR;
}

static int ghc(const Subcommand *self, int argc, char **argv)
{
    GhcOptions o = {.how = HASKELL_WAY_NOT_SAID};
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 0, &o, &line);
    int status = parsed == PARSE_OK ? run_ghc(self, &o, &line) : parse_status(parsed);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_ghc = {
    "ghc",
    "FILE.hs|MODULE.stg … [-- GHC-OPTION …]",
    "Compile Haskell with the installed GHC, and link it into one program",
    ghc_options,
    false,
    "The program is STG text: `thunkscope run PROG.stg` runs it, here or "
    "where there is no GHC. Modules that --modules\n"
    "has left are linked as they are. What FILE.hs imports is sought here and "
    "beside it. It begins with `main` of Main,\n"
    "of what `-- -main-is` names, or of the first FILE.hs.\n"
    "What is made is kept in ~/.cache/thunkscope, or below XDG_CACHE_HOME. What was used least recently "
    "goes when there is more\nthan " CACHE_LIMIT_VARIABLE " of it (" CACHE_LIMIT_DEFAULT
    "); this version's exporter and bases neither go nor count.\n",
    ghc};
