#include "inspect/cli/haskell.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "eval/link.h"
#include "inspect/cli/process.h"

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

static bool read_main(Folders *folders, Program *p)
{
    if (read_module(folders, p, "Main")) return p->diagnosis_count == 0;
    fprintf(stderr, "thunkscope ghc: there is no module Main, so nothing to start with\n");
    return false;
}

/* ---- Linking */

/* All of it or nothing: who runs it meanwhile sees the old one. */
static bool write_whole(const char *path, const char *text)
{
    char unfinished[PATH_MAX + 16];
    snprintf(unfinished, sizeof unfinished, "%s.%d", path, (int)getpid());
    FILE *f = fopen(unfinished, "wb");
    bool good = f && fputs(text, f) >= 0;
    if (f && fclose(f) != 0) good = false;
    good = good && rename(unfinished, path) == 0;
    if (good) return true;
    fprintf(stderr, "thunkscope ghc: cannot write %s: %s\n", path, strerror(errno));
    unlink(unfinished);
    return false;
}

static bool link_program(Folders *folders, const char *out)
{
    Program *p = program_new();
    ModuleSource modules = {folders, read_module};
    bool good = program_begin_linked(p) && read_main(folders, p) && program_link(p, &modules);
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

static bool compile(const HaskellJob *job, const char *folder)
{
    static const char *const levels[] = {"-O0", "-O1", "-O2"};
    const Toolchain *t = job->toolchain;
    const char *own[] = {t->exporter, t->libdir,    folder, levels[job->level], "-g", "-v0",
                         "-no-link",  "-outputdir", folder};
    size_t own_count = sizeof own / sizeof *own, count = (size_t)job->word_count;
    const char **words = calloc(own_count + count + 1, sizeof *words);
    if (!words) return false;
    memcpy(words, own, sizeof own);
    memcpy(words + own_count, job->words, count * sizeof *words);
    bool good = process_run(words, NULL) == 0;
    free(words);
    return good;
}

/* GHC's library takes a file that is missing for a bug of its own. */
static bool sources_are_there(const HaskellJob *job)
{
    for (int i = 0; i < job->word_count; i++) {
        const char *word = job->words[i];
        if (!haskell_is_source(word) || access(word, R_OK) == 0) continue;
        fprintf(stderr, "%s: error: cannot read this file: %s\n", word, strerror(errno));
        return false;
    }
    return true;
}

bool haskell_make(const HaskellJob *job, const char *out)
{
    char folder[] = "/tmp/thunkscope-XXXXXX", base[PATH_MAX];
    if (!sources_are_there(job) || !toolchain_base(job->toolchain, base)) return false;
    if (!mkdtemp(folder)) {
        fprintf(stderr, "thunkscope ghc: cannot make a folder in /tmp: %s\n", strerror(errno));
        return false;
    }
    bool good = compile(job, folder) && link_program(&(Folders){{folder, base}}, out);
    process_run((const char *[]){"rm", "-rf", "--", folder, NULL}, NULL);
    return good;
}

/* ---- In the cache */

bool haskell_is_source(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (strcmp(dot, ".hs") == 0 || strcmp(dot, ".lhs") == 0);
}

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
        const char *dot = strrchr(e->d_name, '.');
        if (!dot || strcmp(dot, ".stg") != 0) continue;
        current = fstatat(dirfd(entries), e->d_name, &module, 0) == 0 && !is_newer(&module, &made);
    }
    if (entries) closedir(entries);
    return current;
}

bool haskell_make_cached(const char *source, char *out)
{
    Toolchain t;
    char folder[PATH_MAX], base[PATH_MAX];
    if (!toolchain_find(&t) || !toolchain_base(&t, base) || !toolchain_folder_for(&t, source, folder))
        return false;
    HaskellJob job = {&t, 0, (char *[]){(char *)(size_t)source}, 1};
    int length = snprintf(out, PATH_MAX, "%s/program", folder);
    if (length >= PATH_MAX || !sources_are_there(&job) || !compile(&job, folder)) return false;
    return is_up_to_date(out, folder) || link_program(&(Folders){{folder, base}}, out);
}
