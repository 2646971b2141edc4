/* Sources by name: the argument of `--block-source=NAME[:ARGS]`.
 *
 * A row of the table parses what follows its name. It answers NULL with a sentence in error, or a source. */
#include "blocks/shared_object.h"
#include "blocks/source.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Problem {
    char *text;
    size_t size;
} Problem;

/* A number of at least 1 at *text, which moves behind it. 0 if there is none, or if it is too large. */
static size_t number_parse(const char **text)
{
    char *end;
    if (!isdigit((unsigned char)**text)) return 0;
    errno = 0;
    unsigned long long n = strtoull(*text, &end, 10);
    *text = end;
    return errno ? 0 : (size_t)n;
}

static unsigned suffix_shift(const char **text)
{
    static const struct {
        char letter;
        unsigned shift;
    } suffixes[] = {{'k', 10}, {'m', 20}, {'g', 30}, {'t', 40}};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (tolower((unsigned char)**text) != suffixes[i].letter) continue;
        ++*text;
        return suffixes[i].shift;
    }
    return 0;
}

static size_t size_parse(const char *text)
{
    size_t n = number_parse(&text);
    unsigned shift = suffix_shift(&text);
    return *text || n > SIZE_MAX >> shift ? 0 : n << shift;
}

/* ---- Sources without arguments */

static BlockSource *plain_parse(const char *name, BlockSource *(*make)(void), const char *args,
                                Problem problem)
{
    if (args) {
        snprintf(problem.text, problem.size, "the block source \"%s\" takes no argument", name);
        return NULL;
    }
    BlockSource *source = make();
    if (!source)
        snprintf(problem.text, problem.size,
                 "the block source \"%s\" gets no address space: is it limited (ulimit -v)? mmap needs less",
                 name);
    return source;
}

#define PLAIN_SOURCE(name)                                                                                   \
    static BlockSource *name##_parse(const char *args, Problem problem)                                      \
    {                                                                                                        \
        return plain_parse(#name, block_source_##name, args, problem);                                       \
    }
PLAIN_SOURCE(reserve)
PLAIN_SOURCE(mmap)
PLAIN_SOURCE(malloc)
PLAIN_SOURCE(huge)

/* ---- Sources with arguments */

static BlockSource *fixed_parse(const char *args, Problem problem)
{
    size_t bytes = size_parse(args ? args : "1g");
    if (bytes < MBLOCK_SIZE) {
        snprintf(problem.text, problem.size, "\"%s\" is no size of at least 1m, such as 64m or 1g", args);
        return NULL;
    }
    BlockSource *source = block_source_fixed(NULL, bytes);
    if (!source) snprintf(problem.text, problem.size, "cannot map %zu bytes", bytes);
    return source;
}

static BlockSource *source_parse(const char *text, Problem problem);

static BlockSource *faulty_parse(const char *args, Problem problem)
{
    const char *rest = args ? args : "";
    size_t n = number_parse(&rest);
    bool onwards = *rest == '+';
    rest += onwards;
    if (n == 0 || (*rest && *rest != ':')) {
        snprintf(problem.text, problem.size,
                 "\"faulty\" needs the number of the request that fails, such as faulty:3");
        return NULL;
    }
    BlockSource *inner = source_parse(*rest ? rest + 1 : "reserve", problem);
    return inner ? block_source_faulty(inner, n, onwards) : NULL;
}

/* "SIZE", "SOURCE", "SIZE:SOURCE" or nothing: a size begins with a digit. */
static BlockSource *guard_parse(const char *args, Problem problem)
{
    char size[32] = "64m";
    const char *rest = args ? args : "";
    if (isdigit((unsigned char)*rest)) {
        size_t length = strcspn(rest, ":");
        snprintf(size, sizeof size, "%.*s", (int)length, rest);
        rest += length + (rest[length] == ':');
    }
    size_t bytes = size_parse(size);
    if (bytes == 0) {
        snprintf(problem.text, problem.size, "\"%s\" is no size of what \"guard\" holds back, such as 64m",
                 size);
        return NULL;
    }
    BlockSource *inner = source_parse(*rest ? rest : "reserve", problem);
    return inner ? block_source_guard(inner, bytes) : NULL;
}

static const struct SourceRow {
    const char *name, *usage;
    BlockSource *(*parse)(const char *args, Problem problem);
} sources[] = {
    {"reserve", "reserve", reserve_parse},
    {"mmap", "mmap", mmap_parse},
    {"malloc", "malloc", malloc_parse},
    {"huge", "huge", huge_parse},
    {"fixed", "fixed[:SIZE]", fixed_parse},
    {"guard", "guard[:SIZE][:SOURCE]", guard_parse},
    {"faulty", "faulty:N[+][:SOURCE]", faulty_parse},
};

enum { SOURCES = sizeof sources / sizeof *sources };

static void unknown_source(const char *text, Problem problem)
{
    char known[160] = "";
    for (size_t i = 0; i < SOURCES; i++) {
        strcat(known, sources[i].usage);
        strcat(known, ", ");
    }
    snprintf(problem.text, problem.size, "there is no block source \"%s\"; there are %s./FILE.so[:ARGS]",
             text, known);
}

static BlockSource *source_parse(const char *text, Problem problem)
{
    if (shared_object_is_named(text)) return block_source_shared(text, problem.text, problem.size);
    size_t length = strcspn(text, ":");
    const char *args = text[length] ? text + length + 1 : NULL;
    for (size_t i = 0; i < SOURCES; i++)
        if (strlen(sources[i].name) == length && !strncmp(sources[i].name, text, length))
            return sources[i].parse(args, problem);
    unknown_source(text, problem);
    return NULL;
}

BlockSource *block_source_parse(const char *text, char *error, size_t size)
{
    return source_parse(text, (Problem){error, size});
}
