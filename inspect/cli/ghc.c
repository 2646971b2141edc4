/* thunkscope ghc: Haskell, compiled by the installed GHC through the exporter, linked into one program. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "eval/link.h"
#include "inspect/cli/options.h"
#include "inspect/cli/process.h"
#include "inspect/cli/toolchain.h"

typedef struct GhcOptions {
    const char *out;
    int level;
    bool setup_base;
} GhcOptions;

static const Option ghc_options[] = {
    {"optimise", 'O', OPTION_CHOICE, offsetof(GhcOptions, level), "0|1|2", "how much GHC optimises (0)"},
    {"output", 'o', OPTION_TEXT, offsetof(GhcOptions, out), "PROG.stg",
     "the program; without it, FILE.stg beside FILE.hs"},
    {"setup-base", 0, OPTION_FLAG, offsetof(GhcOptions, setup_base), NULL,
     "fetch and export the source of the installed base first"},
    {0}};

/* ---- Modules: of the program, then of base */

typedef struct Folders {
    const char *at[2];
} Folders;

static bool read_module(void *context, Program *p, const char *module)
{
    const Folders *folders = context;
    for (int i = 0; i < 2; i++) {
        char path[PATH_MAX];
        int length = snprintf(path, sizeof path, "%s/%s.stg", folders->at[i], module);
        if (length >= (int)sizeof path || access(path, R_OK) != 0) continue;
        stg_parse_file(p, path);
        return true;
    }
    return false;
}

/* ---- Linking */

static bool write_whole(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    bool good = f && fputs(text, f) >= 0;
    if (f && fclose(f) != 0) good = false;
    if (!good) fprintf(stderr, "thunkscope ghc: cannot write %s: %s\n", path, strerror(errno));
    return good;
}

static bool link_program(Folders *folders, const char *out)
{
    Program *p = program_new();
    ModuleSource modules = {folders, read_module};
    bool good = program_begin_linked(p) && read_module(folders, p, "Main") && p->diagnosis_count == 0 &&
                program_link(p, &modules);
    if (good) {
        char *text = program_format(p);
        good = write_whole(out, text);
        free(text);
    }
    program_print_diagnoses(p, stderr);
    program_free(p);
    return good;
}

/* ---- Compiling */

/* The exporter's own words, then what stood before and behind `--`. */
static bool compile(const Toolchain *t, const GhcOptions *o, const CommandLine *line, const char *folder)
{
    static const char *const levels[] = {"-O0", "-O1", "-O2"};
    const char *own[] = {t->exporter, t->libdir,    folder, levels[o->level], "-g",
                         "-v0",       "-outputdir", folder, "-no-link"};
    size_t count = sizeof own / sizeof *own, operands = (size_t)line->operands.count;
    const char **words = calloc(count + operands + 1, sizeof *words);
    if (!words) return false;
    memcpy(words, own, sizeof own);
    memcpy(words + count, line->operands.at, operands * sizeof *words);
    bool good = process_run(words, NULL) == 0;
    free(words);
    return good;
}

static void remove_folder(const char *folder)
{
    process_run((const char *[]){"rm", "-rf", "--", folder, NULL}, NULL);
}

static bool make_program(const Toolchain *t, const GhcOptions *o, const CommandLine *line, const char *out)
{
    char folder[] = "/tmp/thunkscope-XXXXXX", base[PATH_MAX];
    if (!toolchain_base(t, base)) return false;
    if (!mkdtemp(folder)) {
        fprintf(stderr, "thunkscope ghc: cannot make a folder in /tmp: %s\n", strerror(errno));
        return false;
    }
    Folders folders = {{folder, base}};
    bool good = compile(t, o, line, folder) && link_program(&folders, out);
    remove_folder(folder);
    return good;
}

/* ---- The command */

static void default_output(const char *source, char *out)
{
    const char *dot = strrchr(source, '.'), *slash = strrchr(source, '/');
    bool has_suffix = dot && (!slash || dot > slash + 1);
    snprintf(out, PATH_MAX, "%.*s.stg", has_suffix ? (int)(dot - source) : (int)strlen(source), source);
}

static int run_ghc(const Subcommand *self, const GhcOptions *o, const CommandLine *line)
{
    Toolchain t;
    char out[PATH_MAX];
    if (line->own == 0 && !o->setup_base) return usage_error(self, "a Haskell file expected");
    if (!toolchain_find(&t) || (o->setup_base && !toolchain_setup_base(&t))) return STATUS_ERROR;
    if (line->own == 0) return STATUS_OK;
    default_output(line->operands.at[0], out);
    return make_program(&t, o, line, o->out ? o->out : out) ? STATUS_OK : STATUS_ERROR;
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

const Subcommand subcommand_ghc = {
    "ghc",
    "FILE.hs … [-- GHC-OPTION …]",
    "Compile Haskell with the installed GHC, and link it into one program",
    ghc_options,
    false,
    "The program is STG text: `thunkscope run PROG.stg` runs it, here or where there is no GHC.\n",
    ghc};
