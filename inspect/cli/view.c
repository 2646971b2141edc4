/* thunkscope view: starts the window, which is a program of its own, beside this one. For a program that is
 * to run, the run becomes a child at the other end of a socket pair; for unix:PATH, the next run that
 * connects. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "inspect/cli/live.h"
#include "inspect/cli/target.h"

typedef struct ViewOptions {
    bool free;
} ViewOptions;

static const Option view_options[] = {
    {"free", 0, OPTION_FLAG, offsetof(ViewOptions, free), NULL,
     "let the program run instead of waiting for the window"},
    {"headless", 0, OPTION_PASS, 0, NULL, "draw without a display; with --out"},
    {"out", 0, OPTION_PASS, 0, "FILE.png", "where to draw"},
    {"seek", 0, OPTION_PASS, 0, "N|end|step:N|gc:N", "the event, step or collection to look at"},
    {"view", 0, OPTION_PASS, 0, "graph,map,…|all", "the panes to draw"},
    {"size", 0, OPTION_PASS, 0, "WxH", "of the window or picture"},
    {"theme", 0, OPTION_PASS, 0, "dark|light", "colours"},
    {"scale", 0, OPTION_PASS, 0, "N", "of the letters, 1 to 3"},
    {"select", 0, OPTION_PASS, 0, "#id", "the object to select"},
    {"describe", 0, OPTION_PASS, 0, NULL, "all panes as text on stdout"},
    {"report", 0, OPTION_PASS, 0, "FILE", "rewrite FILE with what all panes show whenever it changes"},
    {0}};

/* The window's program stands beside this one. */
static bool view_program(char *out, size_t size)
{
    static const char name[] = "thunkscope-view";
    ssize_t length = readlink("/proc/self/exe", out, size - 1);
    if (length <= 0) return false;
    out[length] = 0;
    char *slash = strrchr(out, '/');
    if (!slash || (size_t)(slash + 1 - out) + sizeof name > size) return false;
    memcpy(slash + 1, name, sizeof name);
    return true;
}

/* Becomes the window; returns only if that fails. */
static int view_exec(const CommandLine *line, bool free_running, const char *what, const char *value)
{
    char program[4096];
    if (!view_program(program, sizeof program)) return STATUS_INTERNAL;
    int count = 0;
    char **argv = calloc((size_t)line->passed.count + 5, sizeof *argv);
    if (!argv) return STATUS_INTERNAL;
    argv[count++] = program;
    for (int k = 0; k < line->passed.count; k++) argv[count++] = line->passed.at[k];
    if (free_running) argv[count++] = (char *)"--free";
    if (what) argv[count++] = (char *)what;
    argv[count++] = (char *)value;
    execv(program, argv);
    fprintf(stderr, "thunkscope view: %s: %s\n", program, strerror(errno));
    free(argv);
    return STATUS_ERROR;
}

static int view_fd(const CommandLine *line, bool free_running, int fd)
{
    char number[16];
    snprintf(number, sizeof number, "%d", fd);
    return view_exec(line, free_running, "--live-fd", number);
}

/* ---- A run that we start. This process stays between window and run, and waits for both. */

static bool is_passed(const CommandLine *line, const char *option)
{
    for (int k = 0; k < line->passed.count; k++)
        if (strcmp(line->passed.at[k], option) == 0) return true;
    return false;
}

static LiveChild window_start(const CommandLine *line, bool free_running, int fd)
{
    pid_t parent = getpid();
    LiveChild window = {.pid = fork(), .fd = -1, .out = -1};
    if (window.pid != 0) return window;
    live_die_with(parent, SIGTERM);
    int kept = dup(fd); /* without close-on-exec */
    _exit(kept < 0 ? STATUS_ERROR : view_fd(line, free_running, kept));
}

/* Ends as a process that was ended by a signal. */
static int die_as(int status)
{
    if (status > 128) {
        signal(status - 128, SIG_DFL);
        raise(status - 128);
    }
    return status;
}

/* A picture is all that was wanted of the run; a run whose window did not come up ends too. Otherwise it
 * decides by itself: see ViewerLoss. */
static int view_wait(LiveChild *window, LiveChild *run, bool picture)
{
    signal(SIGINT, SIG_IGN); /* both get it from the terminal, and end */
    int shown = window->pid < 0 ? STATUS_ERROR : live_wait(window);
    bool stopped = picture || shown != STATUS_OK;
    if (stopped) live_stop(run);
    int status = live_wait(run);
    if (shown != STATUS_OK) return shown;
    return stopped && status == 128 + SIGTERM ? STATUS_OK : die_as(status);
}

static int view_run(const Subcommand *self, const CommandLine *line, bool free_running)
{
    SessionConfig s = {.level = TRACE_STEP, .clock = true, .out = stdout};
    LiveChild child;
    int status = session_prepare(self, line, &s);
    if (status >= 0) return status;
    /* What is wrong with the program is said here, before a window opens on nothing. */
    Program *p = program_load(s.path, &s.how);
    if (!p) return STATUS_ERROR;
    program_free(p);
    if (!live_spawn(&child, &s, !free_running, false)) return STATUS_ERROR;
    LiveChild window = window_start(line, free_running, child.fd);
    close(child.fd); /* or the run would never see that the window is gone */
    child.fd = -1;
    return view_wait(&window, &child, is_passed(line, "--headless") || is_passed(line, "--describe"));
}

/* ---- A run that comes to us */

static int view_listen(const CommandLine *line, bool free_running, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "thunkscope view: %s is too long for a socket's path\n", path);
        return STATUS_ERROR;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(listener, 1) < 0) {
        fprintf(stderr, "thunkscope view: cannot listen at %s: %s\n", path, strerror(errno));
        return STATUS_ERROR;
    }
    fprintf(stderr, "waiting for `thunkscope run PROG --trace unix:%s`\n", path);
    int fd = accept(listener, NULL, NULL);
    unlink(path);
    return fd < 0 ? STATUS_ERROR : view_fd(line, free_running, fd);
}

static int view_target(const Subcommand *self, const CommandLine *line, bool free_running)
{
    const char *target = line->operands.at[0];
    if (strncmp(target, "unix:", 5) == 0) return view_listen(line, free_running, target + 5);
    if (target_has_scheme(target))
        return usage_error(
            self, "%s: the window opens on a program, a trace or unix:PATH; a file of that name is ./%s",
            target, target);
    switch (target_kind(target)) {
    case TARGET_TRACE: return view_exec(line, false, NULL, target);
    case TARGET_PROGRAM: return view_run(self, line, free_running);
    case TARGET_NONE: break;
    }
    return STATUS_ERROR;
}

static int view(const Subcommand *self, int argc, char **argv)
{
    ViewOptions o = {0};
    CommandLine line;
    ParseResult parsed = command_line_parse(self, argc, argv, 1, &o, &line);
    int status = parsed == PARSE_OK ? view_target(self, &line, o.free) : parse_status(parsed);
    command_line_free(&line);
    return status;
}

const Subcommand subcommand_view = {
    "view",
    "PROG|TRACE|unix:PATH [ARGS …]",
    "Open the window, live on a running program or on a recorded one",
    view_options,
    true,
    "A program starts paused and goes as the window says (lockstep); unix:PATH waits for\n"
    "`thunkscope run PROG --trace unix:PATH`.\n",
    view};
