#include "inspect/cli/process.h"

#include <errno.h>
#include <fcntl.h>
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

static void drain(int from, char *out, size_t size)
{
    size_t used = 0;
    char lost[512];
    for (;;) {
        bool fits = used + 1 < size;
        ssize_t n = read(from, fits ? out + used : lost, fits ? size - 1 - used : sizeof lost);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        if (fits) used += (size_t)n;
    }
    if (used > 0 && out[used - 1] == '\n') used--;
    out[used] = '\0';
}

bool process_output(const char *const *words, char *out, size_t size)
{
    int ends[2];
    if (pipe(ends) != 0) return false;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(ends[1], STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        become(words, NULL);
    }
    close(ends[1]);
    if (child > 0) drain(ends[0], out, size);
    close(ends[0]);
    return child > 0 && wait_for(child) == 0;
}
