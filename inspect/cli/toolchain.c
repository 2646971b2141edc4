#include "inspect/cli/toolchain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "blocks/hash.h"
#include "blocks/word.h"
#include "eval/embedded.h"
#include "inspect/cli/cache.h"
#include "inspect/cli/process.h"

/* The only version that the exporter has been tried with: it is tied to GHC's own interface. */
#define GHC_VERSION "9.0.2"

static bool fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
static bool fail(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    fputs("thunkscope ghc: ", stderr);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    return false;
}

static bool join(char *out, const char *folder, const char *name)
{
    int length = snprintf(out, PATH_MAX, "%s/%s", folder, name);
    return (length > 0 && length < PATH_MAX) || fail("the path of %s is too long", name);
}

/* ---- The cache */

bool toolchain_make_folders(const char *path)
{
    char part[PATH_MAX];
    if (strlen(path) >= sizeof part) return false;
    for (size_t i = 1;; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return fail("cannot make %s: %s", part, strerror(errno));
        if (path[i] == '\0') return true;
    }
}

static bool find_cache(Toolchain *t)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    bool given = cache && cache[0] == '/';
    if (!given && !home) return fail("there is no place for a cache: neither XDG_CACHE_HOME nor HOME is set");
    int length = snprintf(t->cache, sizeof t->cache, "%s%s/thunkscope/ghc-%s", given ? cache : home,
                          given ? "" : "/.cache", t->version);
    if (length >= (int)sizeof t->cache) return fail("the path of the cache is too long");
    return toolchain_make_folders(t->cache);
}

/* Of two that find something missing, one makes it. The lock ends with the descriptor; -1: there is none. */
static int lock_cache(const Toolchain *t)
{
    char path[PATH_MAX];
    int lock = join(path, t->cache, "lock") ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (lock >= 0) flock(lock, LOCK_EX);
    return lock;
}

static bool make_folder_of(char *path)
{
    char *slash = strrchr(path, '/');
    *slash = '\0';
    bool good = toolchain_make_folders(path);
    *slash = '/';
    return good;
}

static bool write_file(const char *folder, const EmbeddedFile *file)
{
    char path[PATH_MAX];
    if (!join(path, folder, file->name) || !make_folder_of(path)) return false;
    FILE *f = fopen(path, "wb");
    size_t length = (size_t)(file->end - file->text);
    bool good = f && fwrite(file->text, 1, length, f) == length;
    if (f && fclose(f) != 0) good = false;
    return good || fail("cannot write %s: %s", path, strerror(errno));
}

static bool write_files(const char *folder, const EmbeddedFile *files, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (!write_file(folder, &files[i])) return false;
    return true;
}

static uint64_t hash_file(uint64_t hash, const EmbeddedFile *file)
{
    return hash_bytes(hash, file->text, (size_t)(file->end - file->text));
}

/* A folder for what has been made of what has this hash: of anything else, it is another one. */
static bool folder_for(const Toolchain *t, const char *what, uint64_t hash, char *folder)
{
    char name[64];
    snprintf(name, sizeof name, "%s-%016llx", what, (unsigned long long)hash);
    return join(folder, t->cache, name);
}

/* ---- The exporter */

static bool build_exporter(const char *folder, const char *program)
{
    if (access(program, X_OK) == 0) return true;
    fprintf(stderr, "thunkscope ghc: building the exporter, once\n");
    if (!write_files(folder, ghc_files, ghc_files_count)) return false;
    char unfinished[PATH_MAX];
    if (!join(unfinished, folder, "unfinished")) return false;
    static const char *const words[] = {"ghc", "-v0", "--make",     "Driver.hs", "-package",
                                        "ghc", "-o",  "unfinished", NULL};
    if (process_run(words, folder) != 0) return fail("GHC does not compile the exporter in %s", folder);
    return rename(unfinished, program) == 0 || fail("cannot write %s: %s", program, strerror(errno));
}

static bool is_haskell(const EmbeddedFile *file)
{
    const char *dot = strrchr(file->name, '.');
    return dot && strcmp(dot, ".hs") == 0;
}

static uint64_t exporter_hash(void)
{
    uint64_t hash = HASH_START;
    for (unsigned i = 0; i < ghc_files_count; i++)
        if (is_haskell(&ghc_files[i])) hash = hash_file(hash, &ghc_files[i]);
    return hash;
}

static bool find_exporter(Toolchain *t)
{
    char folder[PATH_MAX];
    if (!folder_for(t, "exporter", exporter_hash(), folder)) return false;
    if (!cache_hold(folder) || !join(t->exporter, folder, "exporter")) return false;
    if (access(t->exporter, X_OK) == 0) return true;
    int lock = lock_cache(t);
    bool good = build_exporter(folder, t->exporter);
    close(lock);
    return good;
}

static bool ask_ghc(const char *option, char *out, size_t size)
{
    char said[512];
    int status = process_output((const char *[]){"ghc", option, NULL}, out, size, said, sizeof said);
    if (status == 0) return true;
    if (status == 127 && !said[0])
        return fail("there is no `ghc` in PATH (on Debian: apt-get install ghc); "
                    "programs that have been linked run without it");
    return fail("the `ghc` in PATH fails: `ghc %s` ends with exit code %d%s%s", option, status,
                said[0] ? ", and says: " : "", said);
}

bool toolchain_find(Toolchain *t)
{
    if (!ask_ghc("--numeric-version", t->version, sizeof t->version)) return false;
    if (strcmp(t->version, GHC_VERSION) != 0)
        return fail("the `ghc` in PATH is %s; the exporter works with %s", t->version, GHC_VERSION);
    return ask_ghc("--print-libdir", t->libdir, sizeof t->libdir) && find_cache(t) && find_exporter(t);
}

/* ---- Our base */

/* The exporter takes part in making it. */
static bool our_folder(const Toolchain *t, char *folder)
{
    uint64_t hash = exporter_hash();
    for (unsigned i = 0; i < our_base_source_count; i++) hash = hash_file(hash, &our_base_source[i]);
    return folder_for(t, "our-base", hash, folder);
}

static bool is_made(const char *made)
{
    char done[PATH_MAX];
    return join(done, made, "done") && access(done, R_OK) == 0;
}

static bool build_our_packages(const Toolchain *t, const char *folder, const char *made, const char *flag)
{
    if (is_made(made)) return true;
    fprintf(stderr, "thunkscope ghc: compiling our base at %s, once\n", flag);
    if (!write_files(folder, our_base_source, our_base_source_count)) return false;
    return process_run((const char *[]){"bash", "build", t->exporter, made, flag, NULL}, folder) == 0 ||
           fail("GHC does not compile our base in %s", folder);
}

bool toolchain_our_packages(const Toolchain *t, int level, char *packages)
{
    const char *flag = level ? "-O1" : "-O0";
    char folder[PATH_MAX], made[PATH_MAX];
    if (!our_folder(t, folder) || !join(made, folder, flag + 1) || !join(packages, made, "db")) return false;
    if (!cache_hold(folder)) return false;
    if (is_made(made)) return true;
    int lock = lock_cache(t);
    bool good = build_our_packages(t, folder, made, flag);
    close(lock);
    return good;
}

/* ---- Real base */

static const EmbeddedFile *setup_script(void)
{
    const EmbeddedFile *script = embedded_find(ghc_files, ghc_files_count, "setup-base");
    require(script, "there is no setup-base");
    return script;
}

static bool real_folder(const Toolchain *t, char *folder)
{
    return folder_for(t, "base", hash_file(exporter_hash(), setup_script()), folder);
}

bool toolchain_setup_base(const Toolchain *t)
{
    char source[PATH_MAX], base[PATH_MAX];
    if (!join(source, t->cache, "base-source") || !real_folder(t, base)) return false;
    if (!cache_hold(base) || !write_file(base, setup_script())) return false;
    return process_run((const char *[]){"bash", "setup-base", t->exporter, source, ".", NULL}, base) == 0 ||
           fail("real base has not been set up; the same command goes on where this one has stopped");
}

/* True if there is one of another exporter, or one that is not finished. */
static bool is_stale(const Toolchain *t)
{
    bool found = false;
    DIR *entries = opendir(t->cache);
    for (const struct dirent *e; entries && !found && (e = readdir(entries));)
        found = strcmp(e->d_name, "base") == 0 ||
                (strncmp(e->d_name, "base-", 5) == 0 && strcmp(e->d_name, "base-source") != 0);
    if (entries) closedir(entries);
    return found;
}

bool toolchain_real_base(const Toolchain *t, char *folder)
{
    char base[PATH_MAX], done[PATH_MAX];
    if (!real_folder(t, base) || !join(done, base, "done") || !join(folder, base, "stg")) return false;
    if (access(done, R_OK) == 0 && cache_hold(base) && access(done, R_OK) == 0) return true;
    return fail(is_stale(t)
                    ? "the real base that is there is not finished, or of another exporter than this one: "
                      "`thunkscope ghc --setup-base` makes it anew"
                    : "real base is not there yet: `thunkscope ghc --setup-base` fetches it");
}

/* ---- Programs, and what there is room for */

/* Of this version, what takes long to be made; folders, as the cache knows them. */
typedef struct Current {
    char exporter[PATH_MAX], ours[PATH_MAX], real[PATH_MAX];
} Current;

static bool find_current(const Toolchain *t, Current *c)
{
    return folder_for(t, "exporter", exporter_hash(), c->exporter) && our_folder(t, c->ours) &&
           real_folder(t, c->real);
}

static bool make_room(const Toolchain *t)
{
    Current c;
    uint64_t limit;
    if (!cache_limit(&limit) || !find_current(t, &c)) return false;
    cache_prune(t->cache, (const char *[]){c.exporter, c.ours, c.real, NULL}, limit);
    return true;
}

bool toolchain_folder_for(const Toolchain *t, const char *source, const char *way, char *folder)
{
    char path[PATH_MAX], name[64];
    if (!realpath(source, path)) return fail("cannot read %s: %s", source, strerror(errno));
    uint64_t hash = hash_file(HASH_START, runtime_module());
    hash = hash_bytes(hash_bytes(hash, path, strlen(path) + 1), way, strlen(way));
    snprintf(name, sizeof name, "programs/%016llx", (unsigned long long)hash);
    if (!join(folder, t->cache, name)) return false;
    bool is_new = access(folder, F_OK) != 0;
    return cache_hold(folder) && (!is_new || make_room(t));
}

bool toolchain_clear_cache(void)
{
    Toolchain t = {.version = GHC_VERSION};
    Current c;
    if (!find_cache(&t) || !find_current(&t, &c)) return false;
    uint64_t removed = cache_prune(t.cache, (const char *[]){c.real, NULL}, 0);
    fprintf(stderr, "thunkscope ghc: %llu MB removed from %s\n", (unsigned long long)(removed >> 20),
            t.cache);
    return true;
}
