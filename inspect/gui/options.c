/* Parsing with getopt_long; a mistake is answered in one line and with exit code 2. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/options.h"
#include "inspect/gui/reach.h"

typedef enum Option {
    OPTION_LIVE_FD = 256,
    OPTION_FREE,
    OPTION_HEADLESS,
    OPTION_SEEK,
    OPTION_FRAMES,
    OPTION_VIEW,
    OPTION_SIZE,
    OPTION_THEME,
    OPTION_SELECT,
    OPTION_OUT,
    OPTION_DESCRIBE,
    OPTION_SCALE,
    OPTION_REPORT,
    OPTION_OVERLAY,
    OPTION_KEYS,
    OPTION_HELP
} Option;

static const struct option long_options[] = {{"live-fd", required_argument, NULL, OPTION_LIVE_FD},
                                             {"free", no_argument, NULL, OPTION_FREE},
                                             {"headless", no_argument, NULL, OPTION_HEADLESS},
                                             {"seek", required_argument, NULL, OPTION_SEEK},
                                             {"frames", required_argument, NULL, OPTION_FRAMES},
                                             {"view", required_argument, NULL, OPTION_VIEW},
                                             {"size", required_argument, NULL, OPTION_SIZE},
                                             {"theme", required_argument, NULL, OPTION_THEME},
                                             {"select", required_argument, NULL, OPTION_SELECT},
                                             {"out", required_argument, NULL, OPTION_OUT},
                                             {"describe", no_argument, NULL, OPTION_DESCRIBE},
                                             {"scale", required_argument, NULL, OPTION_SCALE},
                                             {"report", required_argument, NULL, OPTION_REPORT},
                                             {"overlay", required_argument, NULL, OPTION_OVERLAY},
                                             {"keys", no_argument, NULL, OPTION_KEYS},
                                             {"help", no_argument, NULL, OPTION_HELP},
                                             {0}};

static void print_help(void)
{
    puts("usage: thunkscope-view TRACE [options]\n"
         "       thunkscope-view --live-fd N [--free] [options]\n"
         "\n"
         "Opens a window on a trace: a recording (.jsonl, .jsonl.zst), or a run that happens now.\n"
         "\n"
         "  --seek N|end|step:N|gc:N   where to begin; a live run is driven there. Without it, a picture is\n"
         "                             of the end of a recording, or of the first step of a run\n"
         "  --select #ID               select this closure\n"
         "  --view lesson|lab|all|NAMES\n"
         "                             a layout, or panes separated by commas:");
    for (int k = 0; k < PANE_COUNT; k++)
        printf("                               %-10s %s\n", pane_name((PaneId)k), pane_sentence((PaneId)k));
    puts("  --size WxH                 of the window or picture (1280x800)\n"
         "  --theme dark|light|mono\n"
         "  --scale 1..3               of all text\n"
         "  --overlay keys|legend      begin with the keys, or the legend\n"
         "  --live-fd N                events come from this descriptor, commands go there; the run waits\n"
         "                             for the window, or with --free it does not\n"
         "  --headless --out FILE.png  no window: write a picture, and one line of JSON about it\n"
         "  --frames A..B:STEP         with --headless: pictures of these events, --out f-%05d.png\n"
         "  --describe                 no window: print what all panes show\n"
         "  --report FILE              rewrite FILE with what all panes show whenever it changes\n"
         "  --keys                     print the table of keys\n"
         "  --help");
}

static bool wrong(const char *option, const char *value, const char *wanted)
{
    fprintf(stderr, "thunkscope-view: --%s %s: %s\n", option, value, wanted);
    return false;
}

static bool parse_number(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return end != text && !*end && errno == 0;
}

static bool parse_size(Options *o, const char *text)
{
    int width, height;
    char rest;
    if (sscanf(text, "%dx%d%c", &width, &height, &rest) != 2 || width < 1024 || height < 640 ||
        width > 16384 || height > 16384)
        return wrong("size", text, "give WIDTHxHEIGHT, at least 1024x640");
    o->request.width = width;
    o->request.height = height;
    return true;
}

static bool parse_frames(Options *o, const char *text)
{
    char rest;
    o->frame_step = 1;
    int count = sscanf(text, "%" SCNd64 "..%" SCNd64 ":%" SCNd64 "%c", &o->first_frame, &o->last_frame,
                       &o->frame_step, &rest);
    if (count < 2 || count > 3 || o->frame_step < 1)
        return wrong("frames", text, "give FIRST..LAST or FIRST..LAST:STEP");
    return true;
}

static bool list_pane(Options *o, const char *name, const char *all)
{
    PaneId pane = pane_find(name);
    if (pane == PANE_NONE)
        return wrong("view", all, "give lesson, lab, all, or names of panes; --help lists them");
    for (int k = 0; k < o->request.listed_count; k++)
        if (o->request.listed[k] == pane) return true;
    o->request.listed[o->request.listed_count++] = pane;
    return true;
}

static bool parse_view(Options *o, const char *text)
{
    char names[256], *rest;
    o->layout_given = true;
    o->request.kind = strcmp(text, "lab") == 0 ? LAYOUT_LAB : LAYOUT_LESSON;
    if (strcmp(text, "all") == 0 || strcmp(text, "lesson") == 0 || strcmp(text, "lab") == 0) return true;
    o->request.kind = LAYOUT_LIST;
    o->request.listed_count = 0;
    SDL_strlcpy(names, text, sizeof names);
    for (char *name = strtok_r(names, ",", &rest); name; name = strtok_r(NULL, ",", &rest))
        if (!list_pane(o, name, text)) return false;
    return o->request.listed_count > 0 || wrong("view", text, "name at least one pane");
}

static bool parse_theme(Options *o, const char *text)
{
    o->theme = theme_find(text);
    return o->theme >= 0 || wrong("theme", text, "give dark, light or mono");
}

static bool parse_scale(Options *o, const char *text)
{
    char *end;
    o->request.scale = strtod(text, &end);
    if (end == text || *end || o->request.scale < 1 || o->request.scale > 3)
        return wrong("scale", text, "give a number from 1 to 3");
    return true;
}

static bool parse_fd(Options *o, const char *text)
{
    int64_t fd;
    if (!parse_number(text, &fd) || fd < 0 || fd > 1 << 20)
        return wrong("live-fd", text, "give the number of an open descriptor");
    o->live_fd = (int)fd;
    return true;
}

static bool parse_option(Options *o, int option, const char *value)
{
    switch ((Option)option) {
    case OPTION_LIVE_FD: return parse_fd(o, value);
    case OPTION_FREE: o->free_running = true; return true;
    case OPTION_HEADLESS: o->headless = true; return true;
    case OPTION_SEEK: o->seek = value; return true;
    case OPTION_FRAMES: return parse_frames(o, value);
    case OPTION_VIEW: return parse_view(o, value);
    case OPTION_SIZE: return parse_size(o, value);
    case OPTION_THEME: return parse_theme(o, value);
    case OPTION_SELECT: o->select = value; return true;
    case OPTION_OUT: o->out = value; return true;
    case OPTION_DESCRIBE: o->describe = true; return true;
    case OPTION_SCALE: return parse_scale(o, value);
    case OPTION_REPORT: o->report = value; return true;
    case OPTION_OVERLAY: o->overlay = value; return true;
    default: return false;
    }
}

static bool check(const Options *o, int operands)
{
    const char *problem = NULL;
    if (operands > 1)
        problem = "one trace at a time";
    else if (!o->trace && o->live_fd < 0)
        problem = "give a trace, or --live-fd; --help says more";
    else if (o->trace && o->live_fd >= 0)
        problem = "a trace or --live-fd, not both";
    else if (o->headless && !o->out && !o->describe)
        problem = "--headless needs --out FILE.png";
    else if (o->frame_step && (!o->out || !strchr(o->out, '%')))
        problem = "--frames needs --out with a %d in its name";
    if (problem) fprintf(stderr, "thunkscope-view: %s\n", problem);
    return !problem;
}

bool options_parse(Options *o, int argc, char **argv, int *exit_code)
{
    *o = (Options){.live_fd = -1,
                   .request = {.width = 1280, .height = 800, .scale = 1, .maximised = PANE_NONE}};
    *exit_code = 2;
    for (int option; (option = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
        if (option == OPTION_HELP || option == OPTION_KEYS) {
            if (option == OPTION_HELP)
                print_help();
            else
                keys_print(stdout);
            *exit_code = 0;
            return false;
        }
        if (!parse_option(o, option, optarg)) return false;
    }
    if (optind < argc) o->trace = argv[optind];
    return check(o, argc - optind);
}

static bool apply_select(App *a, const char *text)
{
    int64_t id;
    if (!parse_number(text + (text[0] == '#'), &id))
        return wrong("select", text, "give the number of a closure");
    if (!playback_object(model_playback(a->model), id))
        return wrong("select", text, "there is no such closure at this event");
    app_select(a, id);
    return true;
}

static bool apply_overlay(App *a, const char *text)
{
    if (strcmp(text, "keys") == 0)
        a->overlay = OVERLAY_HELP;
    else if (strcmp(text, "legend") == 0)
        a->overlay = OVERLAY_LEGEND;
    else
        return wrong("overlay", text, "give keys or legend");
    return true;
}

/* A picture or a text is of the end of a recording, or of the first step of a run; a window begins before. */
static const char *first_place(const Options *o)
{
    if (o->seek || (!o->headless && !o->describe)) return o->seek;
    return o->trace ? "end" : "step:0";
}

int options_apply(const Options *o, App *a)
{
    const char *where = first_place(o);
    LayoutKind automatic = a->request.kind;
    a->request = o->request;
    if (!o->layout_given) a->request.kind = automatic;
    if (a->request.listed_count) a->focus = a->request.listed[0];
    a->theme = o->theme;
    if (where && !reach(a, where)) return a->live ? 1 : 2;
    if (o->select && !apply_select(a, o->select)) return 2;
    return !o->overlay || apply_overlay(a, o->overlay) ? 0 : 2;
}
