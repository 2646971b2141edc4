/* thunkscope step: the pager. One block of text per rule, forwards and backwards, over a recorded trace or a
 * program that runs in lockstep; from the keyboard, from a script, or straight through. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "inspect/cli/page.h"
#include "inspect/cli/query.h"
#include "inspect/cli/target.h"

typedef struct StepOptions {
    int64_t count, from, to, verbosity;
    int color;
    bool own;
    const char *script;
} StepOptions;
enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
#define NOT_GIVEN INT64_MIN

static const Option step_options[] = {
    {"steps", 'n', OPTION_NUMBER, offsetof(StepOptions, count), "±N", "the first N steps; -N: the last N"},
    {"from", 0, OPTION_NUMBER, offsetof(StepOptions, from), "N", "begin at step N"},
    {"to", 0, OPTION_NUMBER, offsetof(StepOptions, to), "N", "end with step N"},
    {"verbosity", 'v', OPTION_NUMBER, offsetof(StepOptions, verbosity), "0..2",
     "0 a sentence a step; 1 source, locals, stack, heap (default); 2 addresses and events too"},
    {"own", 0, OPTION_FLAG, offsetof(StepOptions, own), NULL,
     "only steps of the program's own code and thunks, and collections: the library is passed over"},
    {"color", 0, OPTION_CHOICE, offsetof(StepOptions, color), "auto|always|never", "auto: on a terminal"},
    {"script", 0, OPTION_TEXT, offsetof(StepOptions, script), "FILE|-",
     "commands, one a line, instead of the keyboard"},
    {0}};

typedef struct Pager {
    Stepper stepper;
    Page page;
    bool own, quit, failed;
} Pager;

/* ---- Commands, the same for keys and scripts */

static void show(Pager *p, int64_t since) { page_step(&p->page, &p->stepper, since); }

static int64_t number_or(const char *text, int64_t otherwise)
{
    char *end;
    int64_t n = strtoll(text, &end, 10);
    return end == text ? otherwise : n;
}

/* True if the step that the stepper stands at is one of those that are to be seen: see --own. */
static bool is_shown(const Pager *p) { return !p->own || model_step_is_own(p->stepper.model); }

/* The `count`th shown step from `step` on, or back; the last one if the run ends before. Goes there. */
static int64_t shown_from(Pager *p, int64_t step, int64_t count)
{
    int64_t way = count < 0 ? -1 : 1, found = step;
    for (int64_t at = step + way; count != 0 && at >= -1 && (at < 0 || stepper_reach(&p->stepper, at));
         at += way) {
        stepper_go(&p->stepper, at);
        if (!is_shown(p)) continue;
        found = at;
        count -= way;
    }
    return found;
}

/* At the end of the run there is nothing more to show. */
static void go(Pager *p, int64_t before, int64_t step, bool onwards)
{
    stepper_go(&p->stepper, step < -1 ? -1 : step);
    int64_t at = stepper_at(&p->stepper);
    if (at == before && onwards)
        page_end(&p->page, &p->stepper, before);
    else
        show(p, at > before ? before : at - 1);
}

static void do_step(Pager *p, const char *n)
{
    int64_t at = stepper_at(&p->stepper);
    go(p, at, shown_from(p, at, number_or(n, 1)), true);
}

static void do_back(Pager *p, const char *n)
{
    int64_t at = stepper_at(&p->stepper);
    go(p, at, shown_from(p, at, -number_or(n, 1)), false);
}

static void do_goto(Pager *p, const char *n)
{
    int64_t at = stepper_at(&p->stepper), step = number_or(n, at);
    go(p, at, step, step > at);
}

static void do_quit(Pager *p, const char *nothing)
{
    (void)nothing;
    p->quit = true;
}

static void do_help(Pager *p, const char *nothing);

static const struct {
    const char *word, *argument, *sentence;
    void (*run)(Pager *p, const char *argument);
} commands[] = {
    {"step", "[N]", "so many steps on", do_step},
    {"back", "[N]", "so many steps back", do_back},
    {"goto", "N", "to step N", do_goto},
    {"help", "", "this list", do_help},
    {"quit", "", "end, and the run with it", do_quit},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

/* Keys say commands; what ends in a space asks for the rest. */
static const struct {
    char key;
    const char *shown, *command;
} keys[] = {
    {'\n', "Enter", "step 1"}, {' ', "Space", "step 1"}, {'n', "n", "step 1"}, {'b', "b", "back 1"},
    {'g', "g", "goto "},       {'/', "/", "find "},      {'p', "p", "peek "},  {'r', "r", "path "},
    {'c', "c", "census "},     {'w', "w", "why"},        {'?', "?", "help"},   {'q', "q", "quit"},
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

static void do_help(Pager *p, const char *nothing)
{
    (void)nothing;
    FILE *out = p->page.out;
    for (int k = 0; k < COMMAND_COUNT; k++) {
        char usage[48];
        snprintf(usage, sizeof usage, "%s %s", commands[k].word, commands[k].argument);
        fprintf(out, "  %-34s%s\n", usage, commands[k].sentence);
    }
    query_help(out);
    fputs("Keys:\n", out);
    for (int k = 0; k < KEY_COUNT; k++) fprintf(out, "  %-10s%s\n", keys[k].shown, keys[k].command);
}

static void command_run(Pager *p, const char *line)
{
    size_t length = strcspn(line, " ");
    const char *argument = line + length + strspn(line + length, " ");
    for (int k = 0; k < COMMAND_COUNT; k++)
        if (strlen(commands[k].word) == length && strncmp(commands[k].word, line, length) == 0) {
            commands[k].run(p, argument);
            return;
        }
    if (!query_answer(p->stepper.model, line, p->page.out)) p->failed = true;
}

/* ---- Straight through */

static void print_range(Pager *p, const StepOptions *o)
{
    int64_t from = o->from == NOT_GIVEN ? 0 : o->from, to = o->to == NOT_GIVEN ? INT64_MAX - 1 : o->to;
    if (o->count != NOT_GIVEN && o->count >= 0 && to > from + o->count - 1) to = from + o->count - 1;
    if (o->count != NOT_GIVEN && o->count < 0) {
        stepper_reach(&p->stepper, INT64_MAX - 1);
        int64_t first = (int64_t)model_step_count(p->stepper.model) + o->count;
        if (from < first) from = first;
    }
    int64_t since = from - 1;
    for (int64_t step = from; step <= to && !ferror(p->page.out); step++) {
        if (!stepper_reach(&p->stepper, step)) {
            page_end(&p->page, &p->stepper, since);
            return;
        }
        stepper_go(&p->stepper, step);
        if (!is_shown(p)) continue;
        show(p, since);
        since = step;
    }
}

/* ---- From a script */

static bool run_script(Pager *p, const char *path)
{
    char line[256];
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    if (!f) {
        fprintf(stderr, "thunkscope step: %s: %s\n", path, strerror(errno));
        return false;
    }
    while (!p->quit && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\r\n")] = 0;
        if (line[0] && line[0] != '-') command_run(p, line);
        fflush(p->page.out);
    }
    if (f != stdin) fclose(f);
    return !p->failed;
}

/* ---- From the keyboard */

static bool read_rest(const char *command, char *line, size_t size)
{
    printf("%s", command);
    fflush(stdout);
    size_t used = (size_t)snprintf(line, size, "%s", command);
    if (!fgets(line + used, (int)(size - used), stdin)) return false;
    line[strcspn(line, "\r\n")] = 0;
    return true;
}

static void key_run(Pager *p, int key, const struct termios *cooked, const struct termios *raw)
{
    char line[256];
    for (int k = 0; k < KEY_COUNT; k++) {
        if (keys[k].key != key) continue;
        bool asks = keys[k].command[strlen(keys[k].command) - 1] == ' ';
        tcsetattr(STDIN_FILENO, TCSANOW, cooked);
        if (!asks)
            command_run(p, keys[k].command);
        else if (read_rest(keys[k].command, line, sizeof line))
            command_run(p, line);
        tcsetattr(STDIN_FILENO, TCSANOW, raw);
    }
}

static void run_keyboard(Pager *p)
{
    struct termios cooked, raw;
    tcgetattr(STDIN_FILENO, &cooked);
    raw = cooked;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    setvbuf(stdin, NULL, _IONBF, 0);
    int64_t first = shown_from(p, -1, 1);
    go(p, -1, first, true);
    puts("Enter next, b back, g goto, / find, ? help, q quit");
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    for (int key; !p->quit && (key = getchar()) != EOF;) {
        key_run(p, key, &cooked, &raw);
        fflush(stdout);
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &cooked);
}

/* ---- The subcommand */

/* path: of what is stepped through */
static int pager_run(Pager *p, const char *path, const StepOptions *o)
{
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    bool range = o->from != NOT_GIVEN || o->to != NOT_GIVEN || o->count != NOT_GIVEN;
    bool fine = true;
    p->own = o->own;
    p->page = (Page){.out = stdout,
                     .color = o->color == COLOR_ALWAYS || (o->color == COLOR_AUTO && isatty(STDOUT_FILENO)),
                     .verbosity = (int)o->verbosity};
    if (o->script)
        fine = run_script(p, o->script);
    else if (terminal && !range)
        run_keyboard(p);
    else
        print_range(p, o);
    const Model *m = p->stepper.model;
    bool broken = target_status(path, model_trace(m), model_playback(m)) != STATUS_OK;
    int status = stepper_close(&p->stepper);
    return !fine || broken ? STATUS_ERROR : status;
}

static int step_target(const Subcommand *self, const CommandLine *line, const StepOptions *o)
{
    Pager p = {0};
    SessionConfig s = {.level = TRACE_STEP, .out = stdout};
    const char *path = line->operands.at[0];
    switch (target_kind(path)) {
    case TARGET_NONE: return STATUS_ERROR;
    case TARGET_TRACE: return stepper_open_trace(&p.stepper, path) ? pager_run(&p, path, o) : STATUS_ERROR;
    case TARGET_PROGRAM: break;
    }
    int status = session_prepare(self, line, &s);
    if (status >= 0) return status;
    return stepper_open_run(&p.stepper, &s) ? pager_run(&p, path, o) : STATUS_ERROR;
}

static int step(const Subcommand *self, int argc, char **argv)
{
    StepOptions o = {.count = NOT_GIVEN, .from = NOT_GIVEN, .to = NOT_GIVEN, .verbosity = 1};
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 1, &o, &line);
    int status = parsed == PARSE_OK ? step_target(self, &line, &o) : parse_status(parsed);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_step = {
    "step",
    "PROG|TRACE [ARGS …]",
    "Step through a program in the terminal, one block of text per rule",
    step_options,
    true,
    "On a terminal the keyboard leads (? lists the keys); otherwise all steps are printed, or those that\n"
    "-n, --from and --to choose. A program runs in lockstep: it waits for whoever steps.\n",
    step};
