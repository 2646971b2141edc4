/* Words, sizes and the programmer's-error check: the vocabulary of every folder.
 *
 * A word is the unit of the heap: one header, pointer, Int# or Double#. All sizes in the heap are counted in
 * words unless a name says bytes or blocks. The toolkit supports 64-bit little-endian machines only. */
#ifndef THUNKSCOPE_BLOCKS_WORD_H
#define THUNKSCOPE_BLOCKS_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uintptr_t Word;

_Static_assert(sizeof(Word) == 8, "Thunkscope needs 64-bit words");

#define WORD_BYTES 8u

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* A programmer's error: prints what and where, the C backtrace (libunwind), runs the registered stories (last
 * events, command line), and ends the process with exit code 254, as panic_exit does. Never for the world's
 * errors. The first line says what is wrong without addresses, so that equal runs end equally. */
_Noreturn void panic_at(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#define panic(...) panic_at(__FILE__, __LINE__, __VA_ARGS__)
#define require(condition, ...)                                                                              \
    do {                                                                                                     \
        if (unlikely(!(condition))) panic(__VA_ARGS__);                                                      \
    } while (0)

/* A story is told after a panic's backtrace: what the process was doing. Registration keeps the pointers. */
typedef void (*PanicStory)(void *context);
void panic_add_story(PanicStory story, void *context);
void panic_remove_story(PanicStory story, void *context);

/* Tells them now: for failures that are reported in another way than by a panic. */
void panic_tell_stories(void);

/* A last act is done when a failure that has been told ends the process: whoever has something that others
 * wait for finishes it, and says how all ended. It may come anywhere, in a handler of SIGSEGV even: it trusts
 * nothing but its own data, and neither allocates nor waits for locks. Registration keeps the pointers. */
typedef void (*PanicLastAct)(void *context, const char *how, int exit_code);
void panic_add_last_act(PanicLastAct act, void *context);
void panic_remove_last_act(PanicLastAct act, void *context);

/* Ends the process after a failure that has been told: flushes streams, then does the last acts. No exit
 * handler is run. */
_Noreturn void panic_exit(int exit_code, const char *how);

/* The calling thread's C backtrace, youngest first: visit has each frame as a line of text. */
void backtrace_each(void (*visit)(void *context, const char *frame), void *context);
/* Prints it on stderr. */
void backtrace_print(void);

#endif
