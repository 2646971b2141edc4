/* thunkscope ghc: Haskell, compiled by the installed GHC through the exporter, linked into one program. */
#include <string.h>

#include "inspect/cli/haskell.h"
#include "inspect/cli/options.h"

typedef struct GhcOptions {
    const char *out, *modules;
    HaskellWay how;
    bool setup_base;
} GhcOptions;

static const Option ghc_options[] = {
    HASKELL_WAY_OPTIONS(GhcOptions),
    {"output", 'o', OPTION_TEXT, offsetof(GhcOptions, out), "PROG.stg",
     "the program; without it, FILE.stg beside FILE.hs"},
    {"modules", 0, OPTION_TEXT, offsetof(GhcOptions, modules), "FOLDER",
     "instead of a program, the modules that FILE.hs … make, to be linked later: FOLDER/MODULE.stg"},
    {"setup-base", 0, OPTION_FLAG, offsetof(GhcOptions, setup_base), NULL,
     "fetch and export the source of the installed base first"},
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
    return !o->setup_base || (toolchain_find(&t) && toolchain_setup_base(&t));
}

static bool make(const GhcOptions *o, const CommandLine *line)
{
    char beside[PATH_MAX];
    HaskellJob job = {o->how, line->operands.at, line->operands.count};
    if (o->modules) return haskell_export(&job, o->modules);
    default_output(line->operands.at[0], beside);
    return haskell_make(&job, o->out ? o->out : beside);
}

static int run_ghc(const Subcommand *self, const GhcOptions *o, const CommandLine *line)
{
    if (line->own == 0 && !o->setup_base) return usage_error(self, "a Haskell file expected");
    if (line->own > 0 && !o->out && !haskell_is_source(line->operands.at[0]))
        return usage_error(self,
                           "-o PROG.stg expected: the first file is no Haskell source to be named after");
    if (o->out && o->modules) return usage_error(self, "--output and --modules exclude each other");
    if (!set_up(o)) return STATUS_ERROR;
    return line->own == 0 || make(o, line) ? STATUS_OK : STATUS_ERROR;
}

static int ghc(const Subcommand *self, int argc, char **argv)
{
    GhcOptions o = {0};
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 0, &o, &line);
    int status = parsed == PARSE_OK ? run_ghc(self, &o, &line) : parse_status(parsed);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_ghc = {"ghc",
                                   "FILE.hs|MODULE.stg … [-- GHC-OPTION …]",
                                   "Compile Haskell with the installed GHC, and link it into one program",
                                   ghc_options,
                                   false,
                                   "The program is STG text: `thunkscope run PROG.stg` runs it, here or "
                                   "where there is no GHC. Modules that --modules\n"
                                   "has left are linked as they are.\n",
                                   ghc};
