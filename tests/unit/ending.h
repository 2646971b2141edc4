/* What a child process comes to: its status, and what it wrote to stderr. */
#ifndef THUNKSCOPE_TESTS_ENDING_H
#define THUNKSCOPE_TESTS_ENDING_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct End {
    int status;
    char text[8192]; /* what it wrote to stderr */
} End;

static inline End end_of(void (*work)(void *), void *context)
{
    End end = {0};
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        work(context);
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t got, at = 0; (got = read(ends[0], end.text + at, sizeof end.text - 1 - (size_t)at)) > 0;
         at += got) {
    }
    close(ends[0]);
    waitpid(child, &end.status, 0);
    return end;
}

static inline void expect_story(const End *end, const char *sentence)
{
    cr_assert(WIFEXITED(end->status) && WEXITSTATUS(end->status) == 254, "status %x: %s", end->status,
              end->text);
    cr_assert_not_null(strstr(end->text, sentence), "\"%s\" is missing:\n%s", sentence, end->text);
}

#endif
