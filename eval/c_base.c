/* The functions of eval/c_base.def. Each takes words and answers one; what needs more than an expression
 * stands here, or in c_files.c and c_unicode.c. */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <md5.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "eval/c_base_private.h"
#include "eval/c_bignum.h"
#include "eval/c_memory.h"
#include "eval/numbers.h"

#define STAT(a) ((const struct stat *)(a)[0])

/* base reserves so many bytes for a digest under way. */
_Static_assert(sizeof(MD5_CTX) <= 88, "MD5_CTX is larger than base's struct MD5Context");

/* ---- Memory */

static CMemory *memory_of(Machine *m)
{
    BaseState *base = &m->base;
    if (!base->has_asked_for_memory) base->memory = c_memory_new();
    base->has_asked_for_memory = true;
    return base->memory;
}

/* posix_memalign(void **memptr, size_t alignment, size_t size) */
static int take_aligned(Machine *m, const Word *a)
{
    if (a[1] < sizeof(void *) || (a[1] & (a[1] - 1))) return EINVAL;
    void *p = c_memory_take(memory_of(m), a[2], a[1]);
    if (!p) return ENOMEM;
    *(void **)a[0] = p;
    return 0;
}

/* putenv(char *string); the environment keeps a copy, which outlives the program. As glibc's: a name alone is
 * taken away. */
static int put_environment(const char *text)
{
    const char *equals = strchr(text, '=');
    if (!equals) return unsetenv(text);
    char *name = strndup(text, (size_t)(equals - text));
    int result = name ? setenv(name, equals + 1, 1) : -1;
    free(name);
    return result;
}

/* ---- The program */

static int belch(const Machine *m, const Word *a, bool is_error)
{
    fflush(m->config.out);
    if (is_error) fprintf(m->config.err, "%s: ", m->config.program_name);
    fprintf(m->config.err, (const char *)a[0], (const char *)a[1]);
    if (is_error) putc('\n', m->config.err);
    return 0;
}

static int put_line(FILE *stream, const char *text)
{
    fprintf(stream, "%s\n", text);
    return 0;
}

static int report_stack_overflow(const Machine *m)
{
    const char *name = m->config.program_name;
    Word bytes = stack_words_of_ghc(m) * sizeof(Word);
    fprintf(m->config.err, "%s: Stack space overflow: current size %llu bytes.\n", name,
            (unsigned long long)bytes);
    fprintf(m->config.err, "%s: Use `+RTS -Ksize -RTS' to increase it.\n", name);
    return 0;
}

/* Once made, it stands where equal runs have it. False: no memory. */
static bool make_arguments(Machine *m)
{
    size_t count = (size_t)m->config.arg_count + 1;
    Word *vector = malloc((count + 1) * sizeof *vector);
    if (!vector) return false;
    vector[0] = m->program_name;
    memcpy(vector + 1, m->args, (count - 1) * sizeof *vector);
    vector[count] = 0;
    m->base.argument_count = (int)count;
    m->base.argument_vector = code_static_bytes(m->heap, (const char *)vector, (count + 1) * sizeof *vector);
    free(vector);
    if (!m->base.argument_vector) return false;
    machine_input_text(m, "text", 0, m->base.argument_vector, (count + 1) * sizeof *vector);
    return true;
}

/* getProgArgv(int *argc, char ***argv) */
static int get_arguments(Machine *m, const Word *a)
{
    bool there = m->base.argument_vector || make_arguments(m);
    *(int *)a[0] = there ? m->base.argument_count : 0;
    *(Word *)a[1] = m->base.argument_vector;
    return 0;
}

static void free_arguments(BaseState *base)
{
    for (char **at = base->set_arguments; at && *at; at++) c_memory_free(*at);
    c_memory_free(base->set_arguments);
}

/* setProgArgv(int argc, char **argv) */
static int set_arguments(Machine *m, const Word *a)
{
    size_t count = (size_t)(int)a[0];
    char *const *from = (char *const *)a[1];
    char **copies = c_memory_take_zeroed(memory_of(m), count + 1, sizeof *copies);
    require(copies, "out of memory for the program's arguments");
    for (size_t i = 0; i < count; i++)
        require(copies[i] = c_memory_copy(memory_of(m), from[i]), "out of memory for an argument");
    free_arguments(&m->base);
    m->base.set_arguments = copies;
    m->base.argument_count = (int)count;
    m->base.argument_vector = (Word)copies;
    return 0;
}

/* ---- Threads, signals, stable pointers */

static Word thread_number(Word tso) { return closure_words(ref_closure(tso))[TSO_ID]; }

static int thread_order(const Word *a)
{
    Word x = thread_number(a[0]), y = thread_number(a[1]);
    return (x > y) - (x < y);
}

static int set_capabilities(const Machine *m, Word count)
{
    if (count != 1)
        fprintf(m->config.err, "%s: setNumCapabilities: not supported in the non-threaded RTS\n",
                m->config.program_name);
    return 0;
}

/* GHC's numbers for what is done about a signal: -1 the default, -2 nothing, -3 an error, -4 a handler, -5 a
 * handler once. The run's own way with signals stays. */
static int install_signal(Machine *m, const Word *a)
{
    enum { DEFAULT = -1, ERROR = -3, HANDLE_ONCE = -5 };
    int number = (int)a[0], action = (int)a[1];
    bool known = number > 0 && number < SIGNAL_COUNT && action <= DEFAULT && action >= HANDLE_ONCE;
    if (!known || action == ERROR) return ERROR;
    int before = m->base.signal_actions[number];
    m->base.signal_actions[number] = action;
    return before ? before : DEFAULT;
}

static Word get_or_set(Word *store, Word ptr)
{
    if (!*store) *store = ptr;
    return *store;
}

/* ---- Time, text, numbers */

static Word monotonic_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (Word)now.tv_sec * 1000000000 + (Word)now.tv_nsec;
}

/* A copy of the text, which stands where equal runs have it; one for equal texts. 0: no text, or no memory.
 */
static Word steady_text(Machine *m, const char *text)
{
    BaseState *base = &m->base;
    if (!text) return 0;
    for (size_t i = 0; i < base->text_count; i++)
        if (strcmp((const char *)base->texts[i], text) == 0) return base->texts[i];
    if (base->text_count == base->text_room) {
        base->text_room = base->text_room ? 2 * base->text_room : 8;
        base->texts = realloc(base->texts, base->text_room * sizeof *base->texts);
        require(base->texts, "out of memory for a text of the C library's");
    }
    Word copy = code_static_bytes(m->heap, text, strlen(text));
    if (!copy) return 0;
    base->texts[base->text_count++] = copy;
    machine_input_text(m, "text", base->text_count, copy, strlen(text));
    return copy;
}

/* Of the environment, as a program that has called setlocale finds it. */
static Word locale_encoding(Machine *m)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    Word name = steady_text(m, locale ? nl_langinfo_l(CODESET, locale) : "ANSI_X3.4-1968");
    if (locale) freelocale(locale);
    return name;
}

static double scaled(double significand, Word exponent)
{
    int64_t e = (int64_t)exponent;
    return ldexp(significand, e > INT32_MAX ? INT32_MAX : e < INT32_MIN ? INT32_MIN : (int)e);
}

/* ---- The table */

#define C_CALL(name, what, value)                                                                            \
    static Word call_##name(Machine *m, const Word *a)                                                       \
    {                                                                                                        \
        (void)m, (void)a;                                                                                    \
        return (Word)(value);                                                                                \
    }
#include "eval/c_base.def"

static const struct {
    const char *name;
    BaseFunction function;
} functions[] = {
#define C_CALL(name, what, value) {#name, call_##name},
#include "eval/c_base.def"
};

BaseFunction c_base_find(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0) return functions[i].function;
    return NULL;
}

static void free_nothing(void) {}
static uint32_t one_capability = 1;

void *c_base_label(const char *name)
{
#define C_DATUM(label, what, address)                                                                        \
    if (strcmp(name, #label) == 0) return (void *)(address);
#include "eval/c_base.def"
    return NULL;
}

void c_base_free(BaseState *base)
{
    free_arguments(base);
    c_memory_delete(base->memory);
    free(base->locks);
    free(base->texts);
}
