/* The linker is given modules that are cut out of the input: one begins at each line that begins with
 * `module`, the first of them is the program's, and the others are read when they are asked for by name.
 * Whatever they are, it says what is wrong, or makes a program that is printed as one that needs no library,
 * and is read as the same. */
#include "eval/link.h"
#include "tests/fuzz/printing.h"

typedef struct Input {
    const char *text, *last;
} Input;

static bool begins_module(const char *at, const char *last)
{
    return last - at > 7 && memcmp(at, "module ", 7) == 0;
}

/* The end of the module that begins there. */
static const char *module_end(const char *at, const char *last)
{
    while ((at = memchr(at, '\n', (size_t)(last - at)))) {
        at++;
        if (begins_module(at, last)) return at;
    }
    return last;
}

/* `module UNIT NAME`, and white space or the end behind it. */
static bool has_name(const char *at, const char *last, const char *name)
{
    size_t length = strlen(name);
    const char *space = memchr(at + 7, ' ', (size_t)(last - at - 7));
    if (!space || (size_t)(last - space - 1) < length || memcmp(space + 1, name, length) != 0) return false;
    return space + 1 + length == last || strchr(" \t\n", space[1 + length]);
}

static bool read_module(void *context, Program *p, const char *name)
{
    const Input *input = context;
    const char *at = module_end(input->text, input->last);
    for (const char *next; at < input->last; at = next) {
        next = module_end(at, input->last);
        if (!has_name(at, next, name)) continue;
        stg_parse(p, name, at, (size_t)(next - at));
        return true;
    }
    return false;
}

/* As the formatter prints what has been linked and checked; NULL: it is wrong. */
static char *linked_and_printed(Input *input)
{
    Program *p = program_new();
    ModuleSource modules = {input, read_module};
    size_t length = (size_t)(module_end(input->text, input->last) - input->text);
    bool good = program_begin_linked(p) && stg_parse(p, "input.stg", input->text, length) &&
                program_link(p, &modules) && stg_check(p);
    if (!good && !p->diagnosis_count) {
        fprintf(stderr, "it is wrong, and nothing says why\n");
        abort();
    }
    char *printed = good ? program_format(p) : NULL;
    program_free(p);
    return printed;
}

static char *checked_and_printed(const char *text)
{
    Program *p = program_new();
    bool good = stg_text_is_linked(text, strlen(text)) && stg_parse(p, "linked.stg", text, strlen(text)) &&
                stg_check(p) && program_is_linked(p);
    char *printed = good ? program_format(p) : NULL;
    program_free(p);
    return printed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input = {(const char *)data, (const char *)data + size};
    char *once = linked_and_printed(&input);
    if (!once) return 0;
    char *twice = checked_and_printed(once);
    need_same(once, twice);
    free(once);
    free(twice);
    return 0;
}
