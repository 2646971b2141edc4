/* thunkscope format: a program in the language's standard form. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "eval/syntax.h"
#include "inspect/cli/options.h"
#include "inspect/cli/whole_file.h"

typedef struct FormatOptions {
    bool in_place, check;
} FormatOptions;

static const Option format_options[] = {
    {"in-place", 'i', OPTION_FLAG, offsetof(FormatOptions, in_place), NULL,
     "write each file anew, if it is not in that form"},
    {"check", 0, OPTION_FLAG, offsetof(FormatOptions, check), NULL,
     "print the names of files that are not in that form; 1 if there are any"},
    {0}};

static bool is_stdin(const char *path) { return strcmp(path, "-") == 0; }

/* The text in standard form, the caller's to free; NULL: it has been said why not. same: the file has it. */
static char *formatted(const char *path, bool *same)
{
    Program *p = program_new();
    char *text = NULL;
    bool read = stg_parse_file(p, is_stdin(path) ? "/dev/stdin" : path);
    SourceFile *file = &p->files[p->file_count - 1];
    if (is_stdin(path)) file->path = "<stdin>";
    if (read) {
        text = program_format_commented(p);
        *same = strlen(text) == file->length && memcmp(text, file->text, file->length) == 0;
    } else {
        program_print_diagnoses(p, stderr);
    }
    program_free(p);
    return text;
}

static bool write_anew(const char *path, const char *text)
{
    if (whole_file_write(path, text)) return true;
    fprintf(stderr, "thunkscope format: cannot write %s: %s\n", path, strerror(errno));
    return false;
}

static bool format_one(const FormatOptions *o, const char *path)
{
    bool same = false, good = true;
    char *text = formatted(path, &same);
    if (!text) return false;
    if (o->check && !same) {
        printf("%s\n", is_stdin(path) ? "<stdin>" : path);
        good = false;
    }
    if (o->in_place && !same) good = write_anew(path, text);
    if (!o->check && !o->in_place) fputs(text, stdout);
    free(text);
    return good;
}

static int usage_status(const Subcommand *self, const FormatOptions *o, const Words *paths)
{
    if (o->check && o->in_place) return usage_error(self, "--check and --in-place exclude each other");
    for (int i = 0; o->in_place && i < paths->count; i++)
        if (is_stdin(paths->at[i]))
            return usage_error(self, "standard input has no place for --in-place to write to");
    return STATUS_OK;
}

static int format(const Subcommand *self, int argc, char **argv)
{
    CommandLine line;
    FormatOptions o = {0};
    ParseResult parsed = command_line_parse(self, argc, argv, 1, &o, &line);
    int status = parse_status(parsed);
    if (parsed == PARSE_OK && (status = usage_status(self, &o, &line.operands)) == STATUS_OK)
        for (int i = 0; i < line.operands.count; i++)
            if (!format_one(&o, line.operands.at[i])) status = STATUS_ERROR;
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_format = {"format",
                                      "FILE|- …",
                                      "Print STG programs in their standard form",
                                      format_options,
                                      false,
                                      "Reading the output gives the same program; comments stand before what "
                                      "they stood before, and numbers stay as they are written.\n",
                                      format};
