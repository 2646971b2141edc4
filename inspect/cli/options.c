#include "inspect/cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/cli/rts_flags.h"

typedef struct Parser {
    const Subcommand *command;
    void *target;
    CommandLine *line;
    int argc, next;
    char **argv;
    bool in_rts, own_ended;
} Parser;

int usage_error_see(const Subcommand *c, const char *help, const char *format, va_list ap)
{
    fprintf(stderr, "thunkscope %s: ", c->name);
    vfprintf(stderr, format, ap);
    fprintf(stderr, "\nSee `thunkscope %s %s`.\n", c->name, help);
    return STATUS_USAGE;
}

int usage_error(const Subcommand *c, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int status = usage_error_see(c, "--help", format, ap);
    va_end(ap);
    return status;
}

int parse_status(ParseResult r) { return r == PARSE_WRONG ? STATUS_USAGE : STATUS_OK; }

static void words_add(Words *w, char *word) { w->at[w->count++] = word; }

void command_line_free(CommandLine *line)
{
    free(line->operands.at);
    free(line->rts.at);
    free(line->passed.at);
    *line = (CommandLine){0};
}

/* ---- Help */

static void option_help(const Option *o, FILE *out)
{
    char spelling[64];
    const char *join = o->letter && o->name[0] ? ", " : "";
    char letter[3] = {'-', o->letter, 0};
    snprintf(spelling, sizeof spelling, "%s%s--%s%s%s", o->letter ? letter : "", join, o->name,
             o->argument ? " " : "", o->argument ? o->argument : "");
    fprintf(out, strlen(spelling) < 28 ? "  %-28s%s\n" : "  %s\n                              %s\n", spelling,
            o->help);
}

void subcommand_help(const Subcommand *c, FILE *out)
{
    fprintf(out, "Usage: thunkscope %s %s%s%s\n\n%s.\n", c->name, c->arguments,
            c->options->name ? " [OPTIONS]" : "", c->takes_rts ? " [+RTS … -RTS]" : "", c->sentence);
    fprintf(out, "\nOptions:\n");
    for (const Option *o = c->options; o->name; o++) option_help(o, out);
    fprintf(out, "  -h, --help                  this text\n");
    if (c->takes_rts) fprintf(out, "  +RTS -?                     the flags between +RTS and -RTS\n");
    if (c->notes) fprintf(out, "\n%s", c->notes);
}

/* ---- Values */

static const Option *option_named(const Subcommand *c, const char *name, size_t length)
{
    for (const Option *o = c->options; o->name; o++)
        if (strlen(o->name) == length && strncmp(o->name, name, length) == 0) return o;
    return NULL;
}

static const Option *option_lettered(const Subcommand *c, char letter)
{
    for (const Option *o = c->options; o->name; o++)
        if (o->letter == letter) return o;
    return NULL;
}

/* The index of `word` among the words between bars; -1: none of them. */
static int choice_index(const char *words, const char *word)
{
    int k = 0;
    for (const char *at = words; at; k++) {
        size_t length = strcspn(at, "|");
        if (strlen(word) == length && strncmp(at, word, length) == 0) return k;
        at = at[length] ? at + length + 1 : NULL;
    }
    return -1;
}

const char *choice_word(const char *words, int k, int *length)
{
    for (; k > 0; k--) words += strcspn(words, "|") + 1;
    *length = (int)strcspn(words, "|");
    return words;
}

static bool set_number(const Parser *p, const Option *o, const char *value)
{
    char *end;
    errno = 0;
    int64_t n = strtoll(value, &end, 10);
    if (end == value || *end || errno) {
        usage_error(p->command, "--%s wants a number, got `%s`", o->name, value);
        return false;
    }
    *(int64_t *)((char *)p->target + o->offset) = n;
    return true;
}

static bool set_choice(const Parser *p, const Option *o, const char *value)
{
    int k = choice_index(o->argument, value);
    if (k < 0) {
        usage_error(p->command, "--%s is one of %s, not `%s`", o->name, o->argument, value);
        return false;
    }
    *(int *)((char *)p->target + o->offset) = k;
    return true;
}

static bool option_set(Parser *p, const Option *o, char *value)
{
    void *field = (char *)p->target + o->offset;
    switch (o->kind) {
    case OPTION_FLAG: *(bool *)field = true; return true;
    case OPTION_TEXT: *(const char **)field = value; return true;
    case OPTION_NUMBER: return set_number(p, o, value);
    case OPTION_CHOICE:
    case OPTION_LEVEL: return set_choice(p, o, value);
    case OPTION_PASS:
        if (value) words_add(&p->line->passed, value);
        return true;
    }
    return false;
}

/* `value` stands in the same word, or NULL; then the next word is the value, if one is wanted. */
static bool option_take(Parser *p, const Option *o, char *word, char *value)
{
    if (o->kind == OPTION_PASS) {
        words_add(&p->line->passed, word);
        if (value && word[1] == '-') return true; /* --name=value goes on as one word */
    }
    if (!o->argument && value) {
        usage_error(p->command, "--%s takes no value", o->name);
        return false;
    }
    if (o->argument && !value) {
        if (p->next >= p->argc) {
            usage_error(p->command, "--%s wants a value: %s", o->name, o->argument);
            return false;
        }
        value = p->argv[p->next++];
    }
    return option_set(p, o, value);
}

static ParseResult option_parse(Parser *p, char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        subcommand_help(p->command, stdout);
        return PARSE_HELP;
    }
    bool is_long = word[1] == '-';
    char *name = word + (is_long ? 2 : 1);
    size_t length = is_long ? strcspn(name, "=") : 1;
    const Option *o = is_long ? option_named(p->command, name, length) : option_lettered(p->command, name[0]);
    if (!o) {
        usage_error(p->command, "unknown option `%s`; what is meant for the program stands after `--`", word);
        return PARSE_WRONG;
    }
    char *rest = name + length;
    char *value = *rest ? rest + is_long : NULL;
    static char one[] = "1";
    if (!value && !is_long && o->kind == OPTION_LEVEL) value = one;
    return option_take(p, o, word, value) ? PARSE_OK : PARSE_WRONG;
}

/* ---- Words */

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] && !isdigit((unsigned char)word[1]);
}

static void operand_take(Parser *p, char *word)
{
    words_add(&p->line->operands, word);
    if (!p->own_ended) p->line->own++;
}

static ParseResult word_parse(Parser *p, char *word)
{
    if (p->own_ended) {
        operand_take(p, word);
    } else if (strcmp(word, "--RTS") == 0 || (!p->in_rts && strcmp(word, "--") == 0)) {
        p->own_ended = true;
    } else if (strcmp(word, "+RTS") == 0 || strcmp(word, "-RTS") == 0) {
        p->in_rts = word[0] == '+';
    } else if (p->in_rts) {
        words_add(&p->line->rts, word);
    } else if (is_option(word)) {
        return option_parse(p, word);
    } else {
        operand_take(p, word);
    }
    return PARSE_OK;
}

static ParseResult line_check(const Subcommand *c, const CommandLine *line, int operands)
{
    if (line->rts.count && !c->takes_rts) {
        usage_error(c, "`+RTS` has no meaning here: no heap is run");
        return PARSE_WRONG;
    }
    if (rts_flags_answer(&line->rts)) return PARSE_HELP;
    if (line->operands.count < operands) {
        usage_error(c, "%s expected", c->arguments);
        return PARSE_WRONG;
    }
    return PARSE_OK;
}

ParseResult command_line_parse(const Subcommand *c, int argc, char **argv, int operands, void *target,
                               CommandLine *line)
{
    size_t most = 2 * (size_t)argc;
    *line = (CommandLine){.operands.at = calloc(most, sizeof(char *)),
                          .rts.at = calloc(most, sizeof(char *)),
                          .passed.at = calloc(most, sizeof(char *))};
    Parser p = {.command = c, .target = target, .line = line, .argc = argc, .next = 1, .argv = argv};
    while (p.next < argc) {
        ParseResult r = word_parse(&p, argv[p.next++]);
        if (r != PARSE_OK) return r;
    }
    return line_check(c, line, operands);
}
