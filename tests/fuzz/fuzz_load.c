/* A program that the checker accepts is loaded, or there is a sentence why not; on a heap that may be too
 * small for it. If the reference (tests/random) finds it well typed and runs it to its end, the machine says
 * the same. */
#include <sys/resource.h>

#include "eval/machine.h"
#include "tests/fuzz/printing.h"
#include "tests/random/reference.h"

enum { MOST_STEPS = 3000, STACK_BYTES = 64 << 20 };

static void need_sentence(const Machine *m, const char *sentence, bool has_memory)
{
    if (m || *sentence || !has_memory) return;
    fprintf(stderr, "there is no machine, and nothing says why\n");
    abort();
}

static void need_agreement(const Reference *expected, const char *out, int exit_code)
{
    if (strcmp(expected->out, out) == 0 && expected->exit_code == exit_code) return;
    fprintf(stderr, "---- the reference: %d\n%s---- the machine: %d\n%s", expected->exit_code, expected->out,
            exit_code, out);
    abort();
}

static void run(Machine *m, const Reference *expected, char **out, FILE *stream)
{
    int exit_code;
    RunStatus status = machine_run(m, "main", &exit_code);
    fflush(stream);
    if (status != RUN_HEAP_EXHAUSTED) need_agreement(expected, *out, exit_code);
}

/* expected: NULL: the program is not run. */
static void load(const Program *p, const char *source, const Reference *expected)
{
    char why[256] = "", *out = NULL;
    size_t length;
    HeapConfig config;
    heap_config_default(&config);
    config.clock = false;
    heap_config_flag(&config, "-A4k", why, sizeof why);
    if (source) heap_config_flag(&config, source, why, sizeof why);
    Heap *heap = heap_new(&config);
    if (!heap) return;
    FILE *stream = open_memstream(&out, &length);
    MachineConfig mc = {.program_name = "random", .out = stream, .err = stream};
    Machine *m = machine_new(heap, p, &mc, why, sizeof why);
    need_sentence(m, why, !source);
    if (m && expected) run(m, expected, &out, stream);
    machine_free(m);
    heap_free(heap);
    fclose(stream);
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Coverage coverage;
    setrlimit(RLIMIT_STACK,
              &(struct rlimit){STACK_BYTES, RLIM_INFINITY}); /* evaluations nest in the reference */
    Program *p = program_new();
    if (library_load(p) && stg_parse(p, "input.stg", (const char *)data, size) && stg_check(p)) {
        bool has_main = stg_check_main(p, "main");
        Reference r = {0};
        if (has_main) r = reference_run(p, MOST_STEPS, &coverage);
        bool ends = has_main && r.end == REFERENCE_ENDED && !r.loops;
        load(p, NULL, ends ? &r : NULL);
        load(p, "--block-source=fixed:1m", NULL);
        free(r.out);
    }
    program_free(p);
    return 0;
}
