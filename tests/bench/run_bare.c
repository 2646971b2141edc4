/* Runs a program with the evaluator alone: no recorder is linked in, nor anything else above eval/. What
 * `thunkscope run` costs more than this, without --trace, is what being able to record costs.
 *
 *   run_bare PROG.stg [ARGS ...] */
#include <stdio.h>
#include <stdlib.h>

#include "eval/machine.h"

#define HEAP_BYTES ((size_t)64 << 20) /* as bench/overhead asks of `thunkscope run` */

static Program *load(const char *path)
{
    Program *p = program_new();
    if (library_load(p) && stg_parse_file(p, path) && stg_check(p)) return p;
    program_print_diagnoses(p, stderr);
    program_free(p);
    return NULL;
}

static int run(const Program *p, int argc, char **argv)
{
    HeapConfig heap_config;
    heap_config_default(&heap_config);
    heap_config.source = block_source_fixed(NULL, HEAP_BYTES);
    Heap *heap = heap_new(&heap_config);
    if (!heap) return 1;
    MachineConfig config = {
        .program_name = "run_bare", .arg_count = argc, .args = argv, .out = stdout, .err = stderr};
    char error[256];
    Machine *m = machine_new(heap, p, &config, error, sizeof error);
    int exit_code = 1;
    if (!m)
        fprintf(stderr, "%s\n", error);
    else if (machine_run(m, "main", &exit_code) != RUN_OK)
        fprintf(stderr, "the run did not end by itself\n");
    if (m) machine_free(m);
    heap_free(heap);
    return exit_code;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: run_bare PROG.stg [ARGS ...]\n");
        return 2;
    }
    Program *p = load(argv[1]);
    if (!p) return 1;
    int status = run(p, argc - 2, argv + 2);
    program_free(p);
    return status;
}
