/* Panics: a programmer's error told as a story (what, where, backtrace, what was going on), then exit code
 * 254.
 *
 * Always true:
 *   - A panic ends the process, whatever its stories do: a panic inside a story tells no further story.
 *   - What was written before the panic reaches its reader: streams are flushed, exit handlers are not run.
 *
 * The table of stories and the flag are the only state of the toolkit that belongs to the process and not to
 * a handle, because a panic does too. */
#define UNW_LOCAL_ONLY
#include "blocks/word.h"

#include <libunwind.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { PANIC_STORIES = 32, PANIC_EXIT = 254, BACKTRACE_FRAMES = 64, SYMBOL_BYTES = 128 };

typedef struct Story {
    PanicStory tell;
    void *context;
} Story;

static Story stories[PANIC_STORIES];
static pthread_mutex_t stories_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_flag panicking = ATOMIC_FLAG_INIT;

static bool story_replace(Story old, Story new)
{
    bool found = false;
    pthread_mutex_lock(&stories_lock);
    for (size_t i = 0; i < PANIC_STORIES && !found; i++) {
        found = stories[i].tell == old.tell && stories[i].context == old.context;
        if (found) stories[i] = new;
    }
    pthread_mutex_unlock(&stories_lock);
    return found;
}

void panic_add_story(PanicStory story, void *context)
{
    bool added = story_replace((Story){NULL, NULL}, (Story){story, context});
    require(added, "more than %d panic stories", PANIC_STORIES);
}

void panic_remove_story(PanicStory story, void *context)
{
    story_replace((Story){story, context}, (Story){NULL, NULL});
}

static void frame_print(int depth, unw_cursor_t *cursor, char *out, size_t size)
{
    char name[SYMBOL_BYTES];
    unw_word_t offset = 0, ip = 0;
    if (unw_get_proc_name(cursor, name, sizeof name, &offset) == 0) {
        snprintf(out, size, "#%-2d %s+0x%lx", depth, name, (unsigned long)offset);
    } else {
        unw_get_reg(cursor, UNW_REG_IP, &ip);
        snprintf(out, size, "#%-2d 0x%lx", depth, (unsigned long)ip);
    }
}

void backtrace_each(void (*visit)(void *context, const char *frame), void *context)
{
    unw_context_t here;
    unw_cursor_t cursor;
    char text[SYMBOL_BYTES + 32];
    if (unw_getcontext(&here) != 0 || unw_init_local(&cursor, &here) != 0) return;
    for (int depth = 0; depth < BACKTRACE_FRAMES && unw_step(&cursor) > 0; depth++) {
        frame_print(depth, &cursor, text, sizeof text);
        visit(context, text);
    }
}

static void frame_to_stderr(void *context, const char *frame)
{
    (void)context;
    fprintf(stderr, "  %s\n", frame);
}

void backtrace_print(void) { backtrace_each(frame_to_stderr, NULL); }

void panic_tell_stories(void)
{
    for (size_t i = 0; i < PANIC_STORIES; i++)
        if (stories[i].tell) stories[i].tell(stories[i].context);
}

void panic_at(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fflush(stdout);
    fprintf(stderr, "thunkscope: internal error: ");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n  at %s:%d\n", file, line);
    va_end(args);
    if (!atomic_flag_test_and_set(&panicking)) {
        backtrace_print();
        panic_tell_stories();
    }
    fflush(NULL);
    _exit(PANIC_EXIT);
}
