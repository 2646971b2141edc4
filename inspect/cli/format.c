/* thunkscope format: a program in the language's standard form. */
#include <stdlib.h>
#include <string.h>

#include "eval/syntax.h"
#include "inspect/cli/options.h"

static const Option format_options[] = {{0}};

static bool print_formatted(const char *path)
{
    Program *p = program_new();
    bool read = stg_parse_file(p, strcmp(path, "-") == 0 ? "/dev/stdin" : path);
    if (read) {
        char *text = program_format_commented(p);
        fputs(text, stdout);
        free(text);
    } else {
        program_print_diagnoses(p, stderr);
    }
    program_free(p);
    return read;
}

static int format(const Subcommand *self, int argc, char **argv)
{
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 1, NULL, &line);
    int status = parse_status(parsed);
    for (int i = 0; parsed == PARSE_OK && i < line.operands.count; i++)
        if (!print_formatted(line.operands.at[i])) status = STATUS_ERROR;
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_format = {"format",
                                      "FILE|- …",
                                      "Print STG programs in their standard form",
                                      format_options,
                                      false,
                                      "Reading the output gives the same program; comments stand before what "
                                      "they stood before.\n",
                                      format};
