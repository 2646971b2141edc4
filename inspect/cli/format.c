/* thunkscope format: a program in the language's standard form. */
#include <stdlib.h>

#include "eval/syntax.h"
#include "inspect/cli/options.h"

static const Option format_options[] = {{0}};

static int print_formatted(const char *path)
{
    Program *p = program_new();
    bool read = stg_parse_file(p, path);
    if (read) {
        char *text = program_format(p);
        fputs(text, stdout);
        free(text);
    } else {
        program_print_diagnoses(p, stderr);
    }
    program_free(p);
    return read ? STATUS_OK : STATUS_ERROR;
}

static int format(const Subcommand *self, int argc, char **argv)
{
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 1, NULL, &line);
    int status = parsed == PARSE_OK ? print_formatted(line.operands.at[0]) : parse_status(parsed);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_format = {
    "format",       "FILE", "Print an STG program in its standard form",
    format_options, false,  "Reading the output gives the same program; comments are not kept.\n",
    format};
