/* The cache: what goes, what stays, and who is never robbed of what he uses. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inspect/cli/cache.h"
#include "inspect/cli/toolchain.h"

static char cache[] = "/tmp/thunkscope-cache-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", cache, name);
    return path;
}

static bool is_there(const char *name) { return access(path_of(name), F_OK) == 0; }

/* An entry of 64 KB in a file below a folder, used at that second. */
static void make_entry(const char *name, time_t used)
{
    static const char bytes[1 << 16] = {1};
    char file[PATH_MAX + 8];
    cr_assert(toolchain_make_folders(path_of(name)));
    snprintf(file, sizeof file, "%s/deep", path_of(name));
    cr_assert(mkdir(file, 0777) == 0);
    strcat(file, "/f");
    FILE *f = fopen(file, "wb");
    cr_assert(f && fwrite(bytes, 1, sizeof bytes, f) == sizeof bytes && fclose(f) == 0);
    cr_assert(utimensat(AT_FDCWD, path_of(name), (struct timespec[]){{used, 0}, {used, 0}}, 0) == 0);
}

static uint64_t prune(uint64_t limit, const char *kept)
{
    return cache_prune(cache, (const char *[]){kept, NULL}, limit);
}

static void set_up(void)
{
    cr_assert(mkdtemp(cache));
    make_entry("programs/new", 3000);
    make_entry("programs/old", 1000);
    make_entry("exporter-1", 2000);
    make_entry("base-1", 10);
    make_entry("base-source", 1);
}

static void tear_down(void)
{
    prune(0, NULL);
    char command[PATH_MAX];
    snprintf(command, sizeof command, "rm -rf %s", cache);
    cr_assert(system(command) == 0);
}

TestSuite(cache, .init = set_up, .fini = tear_down);

Test(cache, what_was_used_least_recently_goes_first)
{
    cr_assert(prune((uint64_t)1 << 30, NULL) == 0);
    cr_assert(prune(250000, NULL) >= 1 << 16);
    cr_assert(!is_there("base-1") && is_there("programs/old") && is_there("exporter-1"));
    prune(100000, NULL);
    cr_assert(!is_there("programs/old") && !is_there("exporter-1") && is_there("programs/new"));
}

Test(cache, using_an_entry_makes_it_the_newest)
{
    pid_t child = fork();
    if (child == 0) _exit(cache_hold(path_of("programs/old")) ? 0 : 1);
    int status;
    cr_assert(waitpid(child, &status, 0) == child && status == 0);
    prune(100000, NULL);
    cr_assert(is_there("programs/old") && !is_there("programs/new"));
}

Test(cache, what_is_kept_neither_goes_nor_counts)
{
    char kept[PATH_MAX];
    snprintf(kept, sizeof kept, "%s", path_of("base-1"));
    cr_assert(prune(250000, kept) == 0);
    prune(0, kept);
    cr_assert(is_there("base-1") && is_there("base-source") && !is_there("programs/new"));
}

Test(cache, what_another_process_uses_stays)
{
    int ready[2], done[2];
    char byte;
    cr_assert(pipe(ready) == 0 && pipe(done) == 0);
    pid_t child = fork();
    if (child == 0) {
        close(done[1]);
        bool held = cache_hold(path_of("programs/old"));
        _exit(held && write(ready[1], "", 1) == 1 && read(done[0], &byte, 1) == 0 ? 0 : 1);
    }
    close(done[0]);
    cr_assert(read(ready[0], &byte, 1) == 1);
    prune(0, NULL);
    cr_assert(is_there("programs/old/deep/f") && !is_there("programs/new"));
    close(done[1]);
    int status;
    cr_assert(waitpid(child, &status, 0) == child && status == 0);
    prune(0, NULL);
    cr_assert(!is_there("programs/old"));
}

/* Processes that make, use and remove one entry: what is held has its file as long as it is held. */
Test(cache, many_at_once)
{
    enum { PROCESSES = 6, ROUNDS = 60 };
    for (int p = 0; p < PROCESSES; p++) {
        if (fork() != 0) continue;
        for (int k = 0; k < ROUNDS; k++) {
            pid_t child = fork();
            if (child == 0) {
                char file[PATH_MAX];
                snprintf(file, sizeof file, "%s/%d", path_of("programs/shared"), p);
                if (!cache_hold(path_of("programs/shared"))) _exit(1);
                FILE *f = fopen(file, "wb");
                if (!f || fclose(f) != 0) _exit(2);
                usleep(500);
                _exit(access(file, F_OK) == 0 ? 0 : 3);
            }
            int status;
            prune(0, NULL);
            if (waitpid(child, &status, 0) != child || status != 0) _exit(1);
        }
        _exit(0);
    }
    for (int p = 0, status; p < PROCESSES; p++) {
        cr_assert(wait(&status) > 0);
        cr_assert(status == 0, "a process was robbed: %d", WEXITSTATUS(status));
    }
}

Test(cache, limits)
{
    uint64_t bytes = 0;
    unsetenv(CACHE_LIMIT_VARIABLE);
    cr_assert(cache_limit(&bytes) && bytes == (uint64_t)1 << 30);
    setenv(CACHE_LIMIT_VARIABLE, "20M", 1);
    cr_assert(cache_limit(&bytes) && bytes == 20 << 20);
    setenv(CACHE_LIMIT_VARIABLE, "0", 1);
    cr_assert(cache_limit(&bytes) && bytes == 0);
    setenv(CACHE_LIMIT_VARIABLE, "1.5k", 1);
    cr_assert(cache_limit(&bytes) && bytes == 1536);
    const char *const wrong[] = {"m", "-1", "20mb", "20x", "17179869184g", "99999999999999999999"};
    for (int k = 0; k < 6; k++) {
        setenv(CACHE_LIMIT_VARIABLE, wrong[k], 1);
        cr_assert(!cache_limit(&bytes), "%s", wrong[k]);
    }
}
