/* blocks/: what a panic tells, and how it ends. */
#include "tests/unit/blocks_world.h"

#include <sys/wait.h>
#include <unistd.h>

static void tell(void *context) { fprintf(stderr, "story %s\n", (const char *)context); }
static void tell_and_panic(void *context) { panic("again %s", (const char *)context); }

/* A frame of its own in every build: not inlined, and its last call is no jump. */
static __attribute__((noinline)) void free_twice(void)
{
    BlockAllocator *a = tiny_world(1);
    BlockDescr *g = take(a, 2);
    panic_add_story(tell, "one");
    panic_add_story(tell, "two");
    panic_remove_story(tell, "one");
    printf("unflushed");
    block_group_free(a, g);
    block_group_free(a, g);
    printf("the second time, too");
}

static void panic_in_a_story(void)
{
    panic_add_story(tell_and_panic, "and again");
    panic("first");
}

/* Runs work in a child and collects what it writes; answers its exit code. */
static int outcome_of(void (*work)(void), char *text, size_t size)
{
    int ends[2], status;
    fflush(NULL);
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        work();
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    for (ssize_t n; (n = read(ends[0], text + length, size - 1 - length)) > 0;) length += (size_t)n;
    text[length] = 0;
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(panic, a_double_free_is_told_as_a_story)
{
    char text[8192];
    cr_assert_eq(outcome_of(free_twice, text, sizeof text), 254, "%s", text);
    const char *order[] = {"unflushed",
                           "internal error: block 4 is not the head of an allocated group",
                           "blocks/block_alloc.c:",
                           "block_group_free+0x",
                           "free_twice+0x",
                           "story two\n"};
    const char *at = text;
    for (unsigned i = 0; i < sizeof order / sizeof *order; i++) {
        at = strstr(at, order[i]);
        cr_assert_not_null(at, "%s is not where it should be in\n%s", order[i], text);
    }
    cr_assert_null(strstr(text, "story one"));
    cr_assert_null(strstr(text, "too"));
}

Test(panic, a_panic_in_a_story_ends)
{
    char text[8192];
    cr_assert_eq(outcome_of(panic_in_a_story, text, sizeof text), 254);
    cr_assert(strstr(text, "internal error: first") && strstr(text, "internal error: again and again"));
}
