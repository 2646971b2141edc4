#include "inspect/cli/process.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void become(const char *const *words, const char *folder)
{
    if (!folder || chdir(folder) == 0) execvp(words[0], (char *const *)(size_t)words);
    _exit(127);
}

static int wait_for(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int process_run(const char *const *words, const char *folder)
{
    pid_t child = fork();
    if (child < 0) return 127;
    if (child == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        become(words, folder);
    }
    return wait_for(child);
}

/* ---- What it says */

static ssize_t read_some(int from, char *out, size_t size)
{
    ssize_t n;
    do n = read(from, out, size);
    while (n < 0 && errno == EINTR);
    return n;
}

static void end_line(char *text, size_t length)
{
    if (length > 0 && text[length - 1] == '\n') length--;
    text[length] = '\0';
}

static void drain(int from, char *out, size_t size)
{
    size_t used = 0;
    char lost[512];
    for (;;) {
        bool fits = used + 1 < size;
        ssize_t n = read_some(from, fits ? out + used : lost, fits ? size - 1 - used : sizeof lost);
        if (n <= 0) break;
        if (fits) used += (size_t)n;
    }
    end_line(out, used);
}

/* Passes on what comes; its last bytes, a quarter of `size` at least, are kept. */
static void drain_heard(int from, char *said, size_t size)
{
    size_t used = 0;
    for (;;) {
        if (used > size / 2) {
            memmove(said, said + used - size / 4, size / 4);
            used = size / 4;
        }
        ssize_t n = read_some(from, said + used, size - 1 - used);
        if (n <= 0) break;
        if (write(STDERR_FILENO, said + used, (size_t)n) < 0 && errno == EPIPE) break;
        used += (size_t)n;
    }
    end_line(said, used);
}

/* A child whose stdout is read from *from, and whose stderr is `said`, or the same for -1. */
static pid_t start(const char *const *words, int said, int *from)
{
    int ends[2];
    if (pipe(ends) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(said < 0 ? ends[1] : said, STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        become(words, NULL);
    }
    close(ends[1]);
    if (child < 0) close(ends[0]);
    *from = ends[0];
    return child;
}

static int end_of(pid_t child, int from)
{
    close(from);
    return wait_for(child);
}

int process_run_heard(const char *const *words, char *said, size_t size)
{
    int from;
    said[0] = '\0';
    pid_t child = start(words, -1, &from);
    if (child < 0) return 127;
    drain_heard(from, said, size);
    return end_of(child, from);
}

static void read_end(FILE *f, char *said, size_t size)
{
    long length = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : 0, most = (long)size - 1;
    fseek(f, length > most ? length - most : 0, SEEK_SET);
    end_line(said, fread(said, 1, size - 1, f));
}

/* What it says goes to a file, which takes all of it while its stdout is read. */
static int output_of(const char *const *words, char *out, size_t size, int said)
{
    int from;
    pid_t child = start(words, said, &from);
    if (child < 0) return 127;
    drain(from, out, size);
    return end_of(child, from);
}

int process_output(const char *const *words, char *out, size_t size, char *said, size_t said_size)
{
    said[0] = '\0';
    FILE *f = tmpfile();
    if (!f) return 127;
    int status = output_of(words, out, size, fileno(f));
    read_end(f, said, said_size);
    fclose(f);
    return status;
}
