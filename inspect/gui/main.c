/* thunkscope-view: the window on a trace, or a picture of it, or its text. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/headless.h"
#include "inspect/gui/live.h"
#include "inspect/gui/options.h"
#include "inspect/gui/reach.h"
#include "inspect/gui/window.h"

static App *open_recording(const char *path)
{
    TraceError error = {0};
    Trace *trace = trace_open(path, &error);
    if (!trace) {
        fprintf(stderr, "thunkscope-view: %s: %s\n", path, error.text);
        return NULL;
    }
    const TraceError *broken = trace_error(trace);
    if (broken)
        fprintf(stderr, "%s:%" PRIu64 ": %s; what came before is shown\n", path, broken->line, broken->text);
    return app_new(trace, NULL);
}

static App *open_live(int fd, bool lockstep)
{
    Trace *trace = trace_new();
    Live *live = live_new(fd, lockstep);
    if (!trace || !live) return NULL;
    bool begun = live_read_header(live, trace);
    App *a = app_new(trace, live);
    if (begun) return a;
    fprintf(stderr, "thunkscope-view: the run ended before its trace began\n");
    app_free(a);
    return NULL;
}

/* Where a picture with this name may go: exactly one %d with a width, nothing else to format. */
static bool frame_name(const char *pattern, int64_t n, char *out, size_t size)
{
    int width = 0;
    const char *percent = strchr(pattern, '%'), *at = percent + 1;
    while (*at >= '0' && *at <= '9' && width < 100) width = 10 * width + *at++ - '0';
    if (*at != 'd' || strchr(at, '%')) return false;
    snprintf(out, size, "%.*s%0*" PRId64 "%s", (int)(percent - pattern), pattern, width, n, at + 1);
    return true;
}

static bool write_picture(App *a, const char *path)
{
    if (!headless_picture(a, path)) {
        fprintf(stderr, "thunkscope-view: %s: %s\n", path, SDL_GetError());
        return false;
    }
    printf("{\"out\":\"%s\",\"event\":%" PRId64 ",\"events\":%" PRIu64
           ",\"width\":%d,\"height\":%d,\"theme\":\"%s\"}\n",
           path, model_position(a->model), trace_count(a->trace), a->request.width, a->request.height,
           theme_at(a->theme)->name);
    return true;
}

static bool write_pictures(App *a, const Options *o)
{
    char path[4096];
    if (!o->frame_step) return write_picture(a, o->out);
    for (int64_t n = o->first_frame; n <= o->last_frame; n += o->frame_step) {
        char where[24];
        snprintf(where, sizeof where, "%" PRId64, n);
        if (!reach(a, where)) return false;
        if (!frame_name(o->out, n, path, sizeof path)) {
            fprintf(stderr, "thunkscope-view: --out %s: one %%d, please\n", o->out);
            return false;
        }
        if (!write_picture(a, path)) return false;
    }
    return true;
}

static int run_headless(App *a, const Options *o)
{
    bool done = true;
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
    if (o->out) {
        if (SDL_Init(SDL_INIT_VIDEO) != 0) return 1;
        done = write_pictures(a, o);
    }
    if (o->describe) app_describe(a, stdout);
    return done ? 0 : 1;
}

/* SDL, where it finds no display, may choose a driver that draws for nobody: nobody could ever close that
 * window. */
static bool has_display(void)
{
    static const char *const for_nobody[] = {"dummy", "offscreen", "evdev"};
    const char *driver = SDL_GetCurrentVideoDriver();
    if (getenv("SDL_VIDEODRIVER")) return true;
    for (size_t i = 0; i < sizeof for_nobody / sizeof *for_nobody; i++)
        if (strcmp(driver, for_nobody[i]) == 0) return SDL_SetError("there is no display") == 0;
    return true;
}

static int run_window(App *a, const Options *o)
{
    if (SDL_Init(SDL_INIT_VIDEO) == 0 && has_display() && window_run(a, o->report)) return 0;
    fprintf(stderr, "thunkscope-view: no window: %s; without a display, use --headless --out FILE.png\n",
            SDL_GetError());
    return 1;
}

int main(int argc, char **argv)
{
    Options o;
    int exit_code;
    if (!options_parse(&o, argc, argv, &exit_code)) return exit_code;
    App *a = o.trace ? open_recording(o.trace) : open_live(o.live_fd, !o.free_running);
    if (!a) return 1;
    exit_code = options_apply(&o, a);
    if (!exit_code) exit_code = o.headless || o.describe ? run_headless(a, &o) : run_window(a, &o);
    app_free(a);
    SDL_Quit();
    return exit_code;
}
