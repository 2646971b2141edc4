/* Panics: a programmer's error told as a story (what, where, backtrace, what was going on), then exit code
 * 254.
 *
 * Always true:
 *   - A panic ends the process, whatever its stories and last acts do: a panic inside one is followed by no
 *     further one.
 *   - What was written before the panic reaches its reader: streams are flushed, last acts are done, exit
 *     handlers are not run.
 *
 * The table of hooks and the flags are the only state of the toolkit that belongs to the process and not to
 * a handle, because a panic does too. */
#define UNW_LOCAL_ONLY
#include "blocks/word.h"

#include <libunwind.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PANIC_HOOKS = 64, PANIC_EXIT = 254, BACKTRACE_FRAMES = 64, SYMBOL_BYTES = 128, HOW_BYTES = 256 };

/* A story, or a last act. */
typedef struct Hook {
    PanicStory tell;
    PanicLastAct act;
    void *context;
} Hook;

static Hook hooks[PANIC_HOOKS];
static pthread_mutex_t hooks_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_flag panicking = ATOMIC_FLAG_INIT, ending = ATOMIC_FLAG_INIT;

static bool hook_replace(Hook old, Hook new)
{
    bool found = false;
    pthread_mutex_lock(&hooks_lock);
    for (size_t i = 0; i < PANIC_HOOKS && !found; i++) {
        found = hooks[i].tell == old.tell && hooks[i].act == old.act && hooks[i].context == old.context;
        if (found) hooks[i] = new;
    }
    pthread_mutex_unlock(&hooks_lock);
    return found;
}

static void hook_add(Hook hook)
{
    bool added = hook_replace((Hook){0}, hook);
    require(added, "more than %d stories and last acts", PANIC_HOOKS);
}

static void hook_remove(Hook hook) { hook_replace(hook, (Hook){0}); }

void panic_add_story(PanicStory story, void *context) { hook_add((Hook){.tell = story, .context = context}); }

void panic_remove_story(PanicStory story, void *context)
{
    hook_remove((Hook){.tell = story, .context = context});
}

void panic_add_last_act(PanicLastAct act, void *context) { hook_add((Hook){.act = act, .context = context}); }

void panic_remove_last_act(PanicLastAct act, void *context)
{
    hook_remove((Hook){.act = act, .context = context});
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
    for (size_t i = 0; i < PANIC_HOOKS; i++)
        if (hooks[i].tell) hooks[i].tell(hooks[i].context);
}

void panic_exit(int exit_code, const char *how)
{
    fflush(NULL);
    if (!atomic_flag_test_and_set(&ending))
        for (size_t i = 0; i < PANIC_HOOKS; i++)
            if (hooks[i].act) hooks[i].act(hooks[i].context, how, exit_code);
    _exit(exit_code);
}

/* The first line of what a panic says. */
static void how_print(char *out, size_t size, const char *format, va_list args)
{
    int length = snprintf(out, size, "internal error: ");
    vsnprintf(out + length, size - (size_t)length, format, args);
    out[strcspn(out, "\n")] = '\0';
}

void panic_at(const char *file, int line, const char *format, ...)
{
    char how[HOW_BYTES];
    va_list args;
    va_start(args, format);
    how_print(how, sizeof how, format, args);
    va_end(args);
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
    panic_exit(PANIC_EXIT, how);
}
