#include "inspect/cli/haskell.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "eval/link.h"
#include "eval/our_base.h"
#include "inspect/cli/cache.h"
#include "inspect/cli/haskell_advice.h"
#include "inspect/cli/options.h"
#include "inspect/cli/process.h"
#include "inspect/cli/whole_file.h"

static bool has_suffix(const char *path, const char *suffix)
{
    const char *dot = strrchr(path, '.');
    return dot && strcmp(dot, suffix) == 0;
}

/* GHC's own base is optimised, whatever the program is: so is ours, unless it is to be seen as it is written.
 */
static int our_level(const HaskellWay *how) { return how->base == BASE_OURS_O0 ? 0 : 1; }

static int level_of(const HaskellWay *how) { return how->level < 0 ? 0 : how->level; }

void haskell_way_print(const HaskellWay *how, FILE *out)
{
    int length;
    if (level_of(how) > 0) fprintf(out, " -O%d", level_of(how));
    if (how->base <= BASE_OURS) return;
    const char *name = choice_word(HASKELL_BASES, how->base, &length);
    fprintf(out, " --base %.*s", length, name);
}

/* In capitals, too: files_are_there says that GHC does not take them. */
bool haskell_is_source(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (strcasecmp(dot, ".hs") == 0 || strcasecmp(dot, ".lhs") == 0);
}

static bool is_shouted(const char *path) { return !has_suffix(path, ".hs") && !has_suffix(path, ".lhs"); }

/* ---- Modules: of the program, then of base */

typedef struct Modules {
    const HaskellJob *job;
    const char *compiled; /* a folder of what GHC has compiled; NULL: nothing */
    char base[PATH_MAX];  /* a folder of base's; empty: it is ours, which is part of this program */
} Modules;

static bool read_from_folder(Program *p, const char *folder, const char *module)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s.stg", folder, module);
    if (length >= (int)sizeof path || access(path, F_OK) != 0) return false;
    stg_parse_file(p, path);
    return true;
}

static bool read_module(void *context, Program *p, const char *module)
{
    const Modules *m = context;
    if (m->compiled && read_from_folder(p, m->compiled, module)) return true;
    if (m->base[0]) return read_from_folder(p, m->base, module);
    return our_base_read(p, our_level(&m->job->how), module);
}

/* A module that is given as text is not compiled as well. */
static bool is_given_once(const Modules *m, const Program *p)
{
    bool once = true;
    char name[NAME_MAX + 1];
    DIR *entries = m->compiled ? opendir(m->compiled) : NULL;
    for (const struct dirent *e; entries && once && (e = readdir(entries));) {
        if (!has_suffix(e->d_name, ".stg")) continue;
        snprintf(name, sizeof name, "%.*s", (int)(strlen(e->d_name) - 4), e->d_name);
        once = !program_has_module(p, name);
    }
    if (entries) closedir(entries);
    if (!once) fprintf(stderr, "thunkscope ghc: module %s is given as STG text and as Haskell, too\n", name);
    return once;
}

/* The modules that were given as STG text, and Main. */
static bool read_program(const Modules *m, Program *p)
{
    for (int i = 0; i < m->job->word_count; i++)
        if (has_suffix(m->job->words[i], ".stg")) stg_parse_file(p, m->job->words[i]);
    if (p->diagnosis_count > 0 || !is_given_once(m, p)) return false;
    const char *entry = m->job->entry;
    if (program_has_module(p, entry)) return true;
    if (m->compiled && read_from_folder(p, m->compiled, entry)) return p->diagnosis_count == 0;
    fprintf(stderr, "thunkscope ghc: there is no module %s, so nothing to start with\n", entry);
    return false;
}

/* ---- Where it begins: in Main, or in the module that -main-is names; of a program whose modules are all
 * called otherwise, in that of the first source, as for runghc. */

/* Behind blanks and comments. */
static const char *skip_comments(const char *at)
{
    for (int depth = 0;;) {
        if (strncmp(at, "{-", 2) == 0)
            depth++, at += 2;
        else if (depth && strncmp(at, "-}", 2) == 0)
            depth--, at += 2;
        else if (!depth && strncmp(at, "--", 2) == 0)
            at += strcspn(at, "\n");
        else if (*at && (depth || isspace((unsigned char)*at)))
            at++;
        else
            return at;
    }
}

/* The module's name as the source's beginning says it; "Main" if it says none. */
static void read_module_name(const char *source, char *name)
{
    char text[1 << 16] = "";
    FILE *f = fopen(source, "rb");
    text[f ? fread(text, 1, sizeof text - 1, f) : 0] = '\0';
    if (f) fclose(f);
    const char *at = skip_comments(text);
    bool is_said = strncmp(at, "module", 6) == 0 && isspace((unsigned char)at[6]);
    if (is_said) at = skip_comments(at + 6);
    size_t length = is_said ? strcspn(at, " \t\r\n({-") : 0;
    snprintf(name, MODULE_NAME_MAX, "%.*s", length ? (int)length : 4, length ? at : "Main");
}

/* "-main-is Foo", "-main-is Foo.start" or "-main-is start". */
static void entry_of_option(const char *word, char *entry)
{
    const char *dot = strrchr(word, '.'), *last = dot ? dot + 1 : word;
    bool names_function = !isupper((unsigned char)*last);
    int length = (int)(names_function ? (dot ? dot - word : 0) : (long)strlen(word));
    if (length > 0) snprintf(entry, MODULE_NAME_MAX, "%.*s", length, word);
}

static void find_entry(HaskellJob *job)
{
    char name[MODULE_NAME_MAX];
    bool is_first = true;
    strcpy(job->entry, "Main");
    for (int i = 0; i < job->word_count; i++) {
        const char *word = job->words[i];
        if (strcmp(word, "-main-is") == 0 && i + 1 < job->word_count) {
            job->adds_entry = false;
            strcpy(job->entry, "Main");
            return entry_of_option(job->words[i + 1], job->entry);
        }
        if (!haskell_is_source(word) && !has_suffix(word, ".stg")) continue;
        strcpy(name, "Main"); /* of text, for all that is known */
        if (haskell_is_source(word)) read_module_name(word, name);
        if (is_first || strcmp(name, "Main") == 0) strcpy(job->entry, name);
        is_first = false;
    }
    job->adds_entry = strcmp(job->entry, "Main") != 0;
}

/* ---- Linking */

static bool write_linked(const char *path, const char *text)
{
    if (whole_file_write(path, text)) return true;
    fprintf(stderr, "thunkscope ghc: cannot write %s: %s\n", path, strerror(errno));
    return false;
}

static bool link_program(Modules *m, const char *out)
{
    Program *p = program_new();
    ModuleSource modules = {m, read_module};
    bool linked = program_begin_linked(p) && read_program(m, p) && program_link(p, &modules);
    char *text =
        linked ? program_format(p) : NULL; /* as it has been read: a check fills in what is left out */
    bool good = linked && stg_check(p) && stg_check_main(p, "main") && write_linked(out, text);
    free(text);
    program_print_diagnoses(p, stderr);
    program_free(p);
    return good;
}

/* ---- Compiling */

static bool needs_ghc(const HaskellJob *job)
{
    for (int i = 0; i < job->word_count; i++)
        if (haskell_is_source(job->words[i])) return true;
    return false;
}

/* GHC's library takes a file that is missing for a bug of its own. */
static bool files_are_there(const HaskellJob *job)
{
    for (int i = 0; i < job->word_count; i++) {
        const char *word = job->words[i];
        bool is_source = haskell_is_source(word), is_file = is_source || has_suffix(word, ".stg");
        bool is_there = !is_file || access(word, R_OK) == 0;
        if (is_there && !(is_source && is_shouted(word))) continue;
        fprintf(stderr, "%s: error: %s%s\n", word, is_there ? "" : "cannot read this file: ",
                is_there ? "GHC takes Haskell source by its ending, .hs or .lhs in small letters: rename it"
                         : strerror(errno));
        return false;
    }
    return true;
}

#define OPTION_MAX (PATH_MAX + 2)

/* GHC's option that has modules sought beside the first source, too, after the folder where GHC is started.
 */
static void seek_beside_source(const HaskellJob *job, char *option)
{
    const char *source = ".";
    for (int i = job->word_count; i-- > 0;)
        if (haskell_is_source(job->words[i])) source = job->words[i];
    const char *slash = strrchr(source, '/');
    snprintf(option, OPTION_MAX, "-i%.*s", slash ? (int)(slash - source) + 1 : 1, slash ? source : ".");
}

/* Packages that can be linked are the only ones that GHC shows. Template Haskell runs while GHC compiles. */
static const char *const real_packages[] = {
#define PACKAGE(name) "-package", name
    "-hide-all-packages", PACKAGE("base"),         PACKAGE("ghc-prim"),        PACKAGE("ghc-bignum"),
    PACKAGE("array"),     PACKAGE("containers"),   PACKAGE("deepseq"),         PACKAGE("mtl"),
    PACKAGE("pretty"),    PACKAGE("transformers"), PACKAGE("template-haskell")};
#undef PACKAGE

typedef struct GhcCommand {
    const char **words;
    size_t count;
} GhcCommand;

static void add_words(GhcCommand *c, const char *const *words, size_t count)
{
    memcpy(c->words + c->count, words, count * sizeof *words);
    c->count += count;
}
#define ADD_WORDS(c, words) add_words(c, words, sizeof(words) / sizeof *(words))

static void add_job(GhcCommand *c, const HaskellJob *job)
{
    const char *entry[] = {"-main-is", job->entry};
    if (job->adds_entry) ADD_WORDS(c, entry);
    for (int i = 0; i < job->word_count; i++)
        if (!has_suffix(job->words[i], ".stg")) c->words[c->count++] = job->words[i];
}

/* The modules go to `modules`, what GHC itself writes to `folder`. */
static bool compile(const HaskellJob *job, const Toolchain *t, const char *modules, const char *folder)
{
    static const char *const levels[] = {"-O0", "-O1", "-O2"};
    char beside[OPTION_MAX], packages[PATH_MAX], said[HEARD_MAX];
    const char *own[] = {
        t->exporter,  t->libdir,
        modules,      levels[level_of(&job->how)],
        "-g",         "-v0",
        "-no-link",   "-package-env",
        "-",          isatty(STDERR_FILENO) ? "-fdiagnostics-color=always" : "-fdiagnostics-color=never",
        "-outputdir", folder,
        beside};
    const char *ours[] = {"-clear-package-db", "-package-db", packages};
    bool is_ours = job->how.base != BASE_REAL;
    seek_beside_source(job, beside);
    if (is_ours && !toolchain_our_packages(t, our_level(&job->how), packages)) return false;
    GhcCommand c = {calloc(64 + (size_t)job->word_count, sizeof *c.words), 0};
    if (!c.words) return false;
    ADD_WORDS(&c, own);
    if (is_ours)
        ADD_WORDS(&c, ours);
    else
        ADD_WORDS(&c, real_packages);
    add_job(&c, job);
    int status = process_run_heard(c.words, said, sizeof said);
    free(c.words);
    if (status != 0) haskell_advise(said, status, is_ours);
    return status == 0;
}

#define TEMPORARY "/tmp/thunkscope-XXXXXX"

static bool make_temporary(char *folder)
{
    if (mkdtemp(folder)) return true;
    fprintf(stderr, "thunkscope ghc: cannot make a folder in /tmp: %s\n", strerror(errno));
    return false;
}

static bool compile_apart(const HaskellJob *job, const Toolchain *t, Modules *m, const char *out)
{
    char folder[] = TEMPORARY;
    if (!make_temporary(folder)) return false;
    m->compiled = folder;
    bool good = compile(job, t, folder, folder) && link_program(m, out);
    cache_remove_folder(folder);
    m->compiled = NULL;
    return good;
}

bool haskell_make(const HaskellJob *given, const char *out)
{
    Toolchain t;
    HaskellJob found = *given, *job = &found;
    Modules m = {.job = job};
    find_entry(job);
    if (!files_are_there(job)) return false;
    if (!needs_ghc(job) && job->how.base != BASE_REAL) return link_program(&m, out);
    if (!toolchain_find(&t)) return false;
    if (job->how.base == BASE_REAL && !toolchain_real_base(&t, m.base)) return false;
    return needs_ghc(job) ? compile_apart(job, &t, &m, out) : link_program(&m, out);
}

bool haskell_export(const HaskellJob *job, const char *modules)
{
    Toolchain t;
    char folder[] = TEMPORARY;
    if (!files_are_there(job) || !toolchain_make_folders(modules)) return false;
    if (!toolchain_find(&t) || !make_temporary(folder)) return false;
    bool good = compile(job, &t, modules, folder);
    cache_remove_folder(folder);
    return good;
}

/* ---- In the cache */

static bool is_newer(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec > b->st_mtim.tv_sec
                                                  : a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* True if no module in the folder has been written since the program was. */
static bool is_up_to_date(const char *program, const char *folder)
{
    struct stat made, module;
    DIR *entries = opendir(folder);
    bool current = entries && stat(program, &made) == 0;
    for (const struct dirent *e; current && (e = readdir(entries));) {
        if (!has_suffix(e->d_name, ".stg")) continue;
        current = fstatat(dirfd(entries), e->d_name, &module, 0) == 0 && !is_newer(&module, &made);
    }
    if (entries) closedir(entries);
    return current;
}

/* What tells the ways apart: of two bases the older one is another. */
static bool describe_way(const Toolchain *t, Modules *m, char *text, size_t size)
{
    char packages[PATH_MAX];
    const HaskellWay *how = &m->job->how;
    bool real = how->base == BASE_REAL;
    if (!(real ? toolchain_real_base(t, m->base) : toolchain_our_packages(t, our_level(how), packages)))
        return false;
    snprintf(text, size, "-O%d %s", level_of(how), real ? m->base : packages);
    return true;
}

bool haskell_make_cached(const char *source, const HaskellWay *way, char *out)
{
    Toolchain t;
    char folder[PATH_MAX], text[PATH_MAX + 16];
    HaskellJob job = {.how = *way, .words = (char *[]){(char *)(size_t)source}, .word_count = 1};
    Modules m = {.job = &job, .compiled = folder};
    find_entry(&job);
    if (!files_are_there(&job) || !toolchain_find(&t) || !describe_way(&t, &m, text, sizeof text))
        return false;
    if (!toolchain_folder_for(&t, source, text, folder)) return false;
    int length = snprintf(out, PATH_MAX, "%s/program", folder);
    if (length >= PATH_MAX || !compile(&job, &t, folder, folder)) return false;
    return is_up_to_date(out, folder) || link_program(&m, out);
}
