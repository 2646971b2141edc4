#include "inspect/cli/toolchain.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "eval/embedded.h"
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

#define HASH_START UINT64_C(0xcbf29ce484222325) /* FNV-1a */

static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return hash;
}

/* ---- The cache */

static bool make_folders(const char *path)
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
    return make_folders(t->cache);
}

static bool write_file(const char *folder, const EmbeddedFile *file)
{
    char path[PATH_MAX];
    if (!join(path, folder, file->name)) return false;
    FILE *f = fopen(path, "wb");
    size_t length = (size_t)(file->end - file->text);
    bool good = f && fwrite(file->text, 1, length, f) == length;
    if (f && fclose(f) != 0) good = false;
    return good || fail("cannot write %s: %s", path, strerror(errno));
}

/* ---- The exporter */

/* Of its sources: another exporter gets another folder. */
static uint64_t exporter_hash(void)
{
    uint64_t hash = HASH_START;
    for (unsigned i = 0; i < ghc_files_count; i++)
        hash = hash_bytes(hash, ghc_files[i].text, (size_t)(ghc_files[i].end - ghc_files[i].text));
    return hash;
}

static bool build_exporter(const char *folder, const char *program)
{
    fprintf(stderr, "thunkscope ghc: building the exporter, once\n");
    if (!make_folders(folder)) return false;
    for (unsigned i = 0; i < ghc_files_count; i++)
        if (!write_file(folder, &ghc_files[i])) return false;
    char unfinished[PATH_MAX];
    if (!join(unfinished, folder, "unfinished")) return false;
    const char *words[] = {"ghc", "-v0", "--make", "Driver.hs", "-package", "ghc", "-o", "unfinished", NULL};
    if (process_run(words, folder) != 0) return fail("GHC does not compile the exporter in %s", folder);
    return rename(unfinished, program) == 0 || fail("cannot write %s: %s", program, strerror(errno));
}

static bool find_exporter(Toolchain *t)
{
    char name[64], folder[PATH_MAX];
    snprintf(name, sizeof name, "exporter-%016llx", (unsigned long long)exporter_hash());
    if (!join(folder, t->cache, name) || !join(t->exporter, folder, "exporter")) return false;
    return access(t->exporter, X_OK) == 0 || build_exporter(folder, t->exporter);
}

bool toolchain_find(Toolchain *t)
{
    if (!process_output((const char *[]){"ghc", "--numeric-version", NULL}, t->version, sizeof t->version))
        return fail("there is no `ghc` in PATH (on Debian: apt-get install ghc); "
                    "programs that have been linked run without it");
    if (strcmp(t->version, GHC_VERSION) != 0)
        return fail("the `ghc` in PATH is %s; the exporter works with %s", t->version, GHC_VERSION);
    if (!process_output((const char *[]){"ghc", "--print-libdir", NULL}, t->libdir, sizeof t->libdir))
        return fail("`ghc --print-libdir` fails");
    return find_cache(t) && find_exporter(t);
}

/* ---- Programs */

bool toolchain_folder_for(const Toolchain *t, const char *source, char *folder)
{
    char path[PATH_MAX], name[64];
    if (!realpath(source, path)) return fail("cannot read %s: %s", source, strerror(errno));
    snprintf(name, sizeof name, "programs/%016llx",
             (unsigned long long)hash_bytes(HASH_START, path, strlen(path)));
    return join(folder, t->cache, name) && make_folders(folder);
}

/* ---- Real base */

bool toolchain_setup_base(const Toolchain *t)
{
    char script[PATH_MAX], base[PATH_MAX];
    memcpy(script, t->exporter, sizeof script);
    memcpy(strrchr(script, '/') + 1, "setup-base", sizeof "setup-base");
    if (!join(base, t->cache, "base")) return false;
    return process_run((const char *[]){"bash", script, t->exporter, base, NULL}, NULL) == 0 ||
           fail("real base has not been set up; the same command goes on where this one has stopped");
}

bool toolchain_base(const Toolchain *t, char *folder)
{
    char done[PATH_MAX];
    if (!join(done, t->cache, "base/done") || !join(folder, t->cache, "base/stg")) return false;
    return access(done, R_OK) == 0 ||
           fail("real base is not there yet: `thunkscope ghc --setup-base` fetches it");
}
