/* thunkscope: one command, in the style of git. The table of subcommands is subcommands.def. */
#include <stdio.h>
#include <string.h>

#include "inspect/cli/options.h"
#include "inspect/cli/output.h"
#include "inspect/cli/rts_flags.h"

static const Subcommand *const subcommands[] = {
#define SUBCOMMAND(name, arguments, sentence) &subcommand_##name,
#include "inspect/cli/subcommands.def"
#undef SUBCOMMAND
};
enum { SUBCOMMAND_COUNT = sizeof subcommands / sizeof *subcommands };

static void print_help(FILE *out)
{
    fputs("Usage: thunkscope COMMAND …\n\n"
          "A garbage-collector-centric research toolkit with a heap inspector.\n\nCommands:\n",
          out);
    for (int k = 0; k < SUBCOMMAND_COUNT; k++)
        fprintf(out, "  %-8s%s\n", subcommands[k]->name, subcommands[k]->sentence);
    fputs("\n`thunkscope COMMAND --help` tells more. PROG is a program in STG text (.stg), TRACE a recorded "
          "run\n"
          "(.jsonl, .jsonl.zst). Whatever configures a heap is a flag between +RTS and -RTS, as GHC's "
          "programs\n"
          "take it: `thunkscope +RTS -?` lists them; `--` ends Thunkscope's own options.\n",
          out);
}

static const Subcommand *subcommand_named(const char *name)
{
    for (int k = 0; k < SUBCOMMAND_COUNT; k++)
        if (strcmp(subcommands[k]->name, name) == 0) return subcommands[k];
    return NULL;
}

static int print_help_for(const char *name)
{
    const Subcommand *c = name ? subcommand_named(name) : NULL;
    if (c)
        subcommand_help(c, stdout);
    else
        print_help(stdout);
    return STATUS_OK;
}

/* Flags without a command: nothing is run, but questions are answered. */
static int answer_rts(int count, char **flags)
{
    if (rts_flags_answer(&(Words){count, flags})) return STATUS_OK;
    fputs("thunkscope: +RTS stands behind a command that runs a heap: thunkscope run PROG +RTS … -RTS. See "
          "`thunkscope +RTS -?`.\n",
          stderr);
    return STATUS_USAGE;
}

static int run_command(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    if (!name) {
        print_help(stderr);
        return STATUS_USAGE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0)
        return print_help_for(argv[2]);
    if (strcmp(name, "--version") == 0) {
        puts("thunkscope " THUNKSCOPE_VERSION);
        return STATUS_OK;
    }
    if (strcmp(name, "+RTS") == 0) return answer_rts(argc - 2, argv + 2);
    const Subcommand *c = subcommand_named(name);
    if (!c) {
        fprintf(stderr, "thunkscope: unknown command `%s`. See `thunkscope --help`.\n", name);
        return STATUS_USAGE;
    }
    return c->run(c, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    output_reserve();
    return output_finish(run_command(argc, argv));
}
