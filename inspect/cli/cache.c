#include "inspect/cli/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gc/flag_values.h"
#include "inspect/cli/toolchain.h"

/* ---- Holding */

/* True if the open folder still goes by that path. */
static bool is_at(int folder, const char *path)
{
    struct stat open_one, named;
    return fstat(folder, &open_one) == 0 && stat(path, &named) == 0 && open_one.st_dev == named.st_dev &&
           open_one.st_ino == named.st_ino;
}

/* An open folder with its lock; -1: it is not there any more, or the lock is not to be had. */
static int lock_folder(const char *path, int how)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return -1;
    if (flock(folder, how) == 0 && is_at(folder, path)) return folder;
    close(folder);
    return -1;
}

/* The descriptor stays open: the lock ends with the process. */
bool cache_hold(const char *folder)
{
    int lock = -1;
    for (int tries = 0; lock < 0 && tries < 100; tries++) {
        if (!toolchain_make_folders(folder)) return false;
        lock = lock_folder(folder, LOCK_SH);
    }
    if (lock < 0)
        fprintf(stderr, "thunkscope ghc: cannot lock %s: %s\n", folder, strerror(errno));
    else
        futimens(lock, NULL); /* another user's can be used, too */
    return lock >= 0;
}

/* ---- Entries */

typedef struct Entry {
    char path[PATH_MAX];
    struct timespec used;
    uint64_t bytes;
} Entry;

typedef struct Entries {
    Entry *at;
    size_t count;
} Entries;

static FTS *walk(const char *folder)
{
    return fts_open((char *[]){(char *)(size_t)folder, NULL}, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
}

static uint64_t folder_bytes(const char *folder)
{
    uint64_t bytes = 0;
    FTS *f = walk(folder);
    for (const FTSENT *e; f && (e = fts_read(f));)
        if (e->fts_info != FTS_DP && e->fts_statp) bytes += (uint64_t)e->fts_statp->st_blocks * 512;
    if (f) fts_close(f);
    return bytes;
}

void cache_remove_folder(const char *folder)
{
    FTS *f = walk(folder);
    for (const FTSENT *e; f && (e = fts_read(f));)
        if (e->fts_info != FTS_D) remove(e->fts_accpath);
    if (f) fts_close(f);
}

static bool is_kept(const char *path, const char *const *kept)
{
    for (; *kept; kept++)
        if (strcmp(*kept, path) == 0) return true;
    return false;
}

static void add_entry(Entries *all, const char *path, const char *const *kept)
{
    struct stat s;
    if (is_kept(path, kept) || stat(path, &s) != 0 || !S_ISDIR(s.st_mode)) return;
    Entry *at = realloc(all->at, (all->count + 1) * sizeof *at);
    if (!at) return;
    all->at = at;
    Entry *e = &at[all->count++];
    snprintf(e->path, sizeof e->path, "%s", path);
    e->used = s.st_mtim;
    e->bytes = folder_bytes(path);
}

/* Not the folder of the programs, whose entries are one deeper, nor what real base is made of. */
static bool is_entry(const char *name)
{
    return name[0] != '.' && strcmp(name, "programs") != 0 && strcmp(name, "base-source") != 0;
}

static void find_entries(Entries *all, const char *folder, const char *const *kept)
{
    char path[PATH_MAX];
    DIR *entries = opendir(folder);
    for (const struct dirent *e; entries && (e = readdir(entries));) {
        int length = snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (is_entry(e->d_name) && length < PATH_MAX) add_entry(all, path, kept);
    }
    if (entries) closedir(entries);
}

static int order_entries(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    if (x->used.tv_sec != y->used.tv_sec) return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
    if (x->used.tv_nsec != y->used.tv_nsec) return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
    return strcmp(x->path, y->path);
}

/* ---- Removing */

/* What a process that was killed has not removed is an entry, too. */
static bool remove_entry(const char *cache, const Entry *e)
{
    char gone[PATH_MAX];
    const char *name = strrchr(e->path, '/') + 1;
    int lock = lock_folder(e->path, LOCK_EX | LOCK_NB);
    if (lock < 0) return false;
    int length =
        snprintf(gone, sizeof gone, "%s/gone-%s", cache, strncmp(name, "gone-", 5) == 0 ? name + 5 : name);
    bool renamed = length < PATH_MAX && (strcmp(gone, e->path) == 0 || rename(e->path, gone) == 0);
    close(lock);
    if (renamed) cache_remove_folder(gone);
    return renamed;
}

uint64_t cache_prune(const char *cache, const char *const *kept, uint64_t limit)
{
    char programs[PATH_MAX];
    Entries all = {0};
    uint64_t total = 0, removed = 0;
    find_entries(&all, cache, kept);
    if (snprintf(programs, sizeof programs, "%s/programs", cache) < PATH_MAX)
        find_entries(&all, programs, kept);
    if (all.count) qsort(all.at, all.count, sizeof *all.at, order_entries);
    for (size_t i = 0; i < all.count; i++) total += all.at[i].bytes;
    for (size_t i = 0; i < all.count && total - removed > limit; i++)
        if (remove_entry(cache, &all.at[i])) removed += all.at[i].bytes;
    free(all.at);
    return removed;
}

bool cache_limit(uint64_t *bytes)
{
    const char *text = getenv(CACHE_LIMIT_VARIABLE);
    if (!text || !text[0]) text = CACHE_LIMIT_DEFAULT;
    if (flag_size(text, bytes)) return true;
    fprintf(stderr, "thunkscope ghc: " CACHE_LIMIT_VARIABLE " is a size such as 200m or 2g, not `%s`\n",
            text);
    return false;
}
