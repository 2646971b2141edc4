/* Command lines, read by tables: a subcommand is a row of subcommands.def and a table of options; the same
 * table parses, checks and prints --help, so that help cannot lie.
 *
 * Always true: options may stand before, between and behind the operands; `--` ends Thunkscope's own options,
 * what follows belongs to the program; `+RTS … -RTS` is taken out wherever it stands before `--`, and `--RTS`
 * is `--` said in GHC's way. A dash followed by a digit is an operand. */
#ifndef THUNKSCOPE_INSPECT_CLI_OPTIONS_H
#define THUNKSCOPE_INSPECT_CLI_OPTIONS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* As GHC's programs end; see also heap exhaustion (251) and failed sanity (254) below the command line. */
enum { STATUS_OK = 0, STATUS_ERROR = 1, STATUS_USAGE = 2, STATUS_HEAP_OVERFLOW = 251, STATUS_INTERNAL = 254 };

typedef enum OptionKind {
    OPTION_FLAG,   /* bool: true */
    OPTION_TEXT,   /* const char * */
    OPTION_NUMBER, /* int64_t; +N, -N and N */
    OPTION_CHOICE, /* int: index among the words of `argument`, which stand between bars */
    OPTION_LEVEL,  /* the same; the letter alone stands for the word 1, as GHC's -O does */
    OPTION_PASS    /* goes to another program as it is: see CommandLine.passed */
} OptionKind;

typedef struct Option {
    const char *name; /* --name */
    char letter;      /* -n; 0: none */
    OptionKind kind;
    size_t offset;        /* of the field in the subcommand's struct */
    const char *argument; /* as help shows it; NULL: takes none */
    const char *help;
} Option;

typedef struct Words {
    int count;
    char **at;
} Words;

typedef struct CommandLine {
    Words operands; /* before and after `--` */
    int own;        /* how many of them stood before `--` */
    Words rts;      /* inside +RTS … -RTS */
    Words passed;   /* OPTION_PASS, values as words of their own */
} CommandLine;

typedef struct Subcommand Subcommand;
struct Subcommand {
    const char *name, *arguments, *sentence;
    const Option *options; /* ends with a row without a name */
    bool takes_rts;
    const char *notes; /* printed at the end of --help; NULL: none */
    int (*run)(const Subcommand *self, int argc, char **argv);
};

#define SUBCOMMAND(name, arguments, sentence) extern const Subcommand subcommand_##name;
#include "inspect/cli/subcommands.def"
#undef SUBCOMMAND

typedef enum ParseResult { PARSE_OK, PARSE_HELP, PARSE_WRONG } ParseResult;

/* Fills `target` and `line` from argv[1..]; help goes to stdout, an error to stderr. At least `operands`
 * operands are demanded. Free the line in every case. */
ParseResult command_line_parse(const Subcommand *c, int argc, char **argv, int operands, void *target,
                               CommandLine *line);
void command_line_free(CommandLine *line);
/* The k-th of the words between bars, and its length. */
const char *choice_word(const char *words, int k, int *length);
/* The exit code that belongs to a result other than PARSE_OK. */
int parse_status(ParseResult r);
void subcommand_help(const Subcommand *c, FILE *out);
/* `thunkscope NAME: sentence` and where help is, on stderr; returns STATUS_USAGE. */
int usage_error(const Subcommand *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same; help is what `thunkscope NAME HELP` prints. */
int usage_error_see(const Subcommand *c, const char *help, const char *format, va_list ap)
    __attribute__((format(printf, 3, 0)));

#endif
