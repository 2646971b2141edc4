/* What comes in from outside the heap, told to the observer: results of C calls and what they write into byte
 * arrays, the command line, texts of the C library's, what is read in memory that is not the heap's.
 *
 * Static byte arrays are the heap's, but nobody is told of them when the program is loaded: what they hold is
 * the program's own text, or told here. */
#include "eval/machine_private.h"

#include <string.h>

#include "eval/c_memory.h"

static void tell(Machine *m, const EvalInput *input)
{
    if (machine_hears_input(m)) m->observer.input(m->observer.context, input);
}

/* Whatever a system puts elsewhere in each run lies beyond; numbers in the guise of addresses do not. */
static const Word first_random_address = (Word)1 << 32;

/* The process's own, which another run has elsewhere. */
static bool is_of_process(const Machine *m, Word address)
{
    const void *at = (const void *)address;
    return address >= first_random_address && !block_contains(m->heap->blocks, at) && !c_memory_is_at(at);
}

void machine_input_value(Machine *m, const char *from, Word value, bool is_address)
{
    tell(m, &(EvalInput){.from = from,
                         .has_value = true,
                         .value = value,
                         .is_of_process = is_address && is_of_process(m, value)});
}

void machine_input_nothing(Machine *m, const char *from) { tell(m, &(EvalInput){.from = from}); }

void machine_input_text(Machine *m, const char *from, Word number, Word address, size_t bytes)
{
    tell(m, &(EvalInput){.from = from,
                         .has_value = true,
                         .value = number,
                         .address = address,
                         .words = (const Word *)address,
                         .count = bytes / WORD_BYTES + 1});
}

void machine_input_memory(Machine *m, const void *at, Word value, bool is_address)
{
    if (!machine_hears_input(m) || block_contains(m->heap->blocks, at)) return;
    tell(m, &(EvalInput){.from = "memory",
                         .has_value = true,
                         .value = value,
                         .is_of_process = is_address && is_of_process(m, value),
                         .address = (Word)at});
}

/* One event for each row of words that have changed. */
void machine_input_array(Machine *m, const char *from, const Closure *array, size_t first, size_t count,
                         const Word *old)
{
    const Word *now = (const Word *)array + first;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && now[end] != old[end];) end++;
        if (end > i)
            tell(m, &(EvalInput){.from = from,
                                 .array = array,
                                 .slot = (uint32_t)(first + i),
                                 .words = now + i,
                                 .count = end - i});
        else
            end++;
    }
}

static void tell_labels(Machine *m)
{
    for (uint32_t i = 0; i < m->code.label_count; i++)
        machine_input_value(m, "label", m->code.labels[i], true);
}

void machine_input_start(Machine *m)
{
    if (!machine_hears_input(m)) return;
    machine_input_text(m, "argument", 0, m->program_name, strlen(m->config.program_name));
    for (int i = 0; i < m->config.arg_count; i++)
        machine_input_text(m, "argument", (Word)i + 1, m->args[i], strlen(m->config.args[i]));
    tell_labels(m);
}
