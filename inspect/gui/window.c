/* Waits, passes events on, lets the App have its turn, paints if something changed. */
#include <stdio.h>

#include "inspect/gui/headless.h"
#include "inspect/gui/window.h"

enum { SMALLEST_WIDTH = 1024, SMALLEST_HEIGHT = 640 };

typedef struct Window {
    SDL_Window *window;
    SDL_Renderer *renderer;
    Fonts *fonts;
    bool full_screen;
    unsigned pictures;
    const char *report;
} Window;

static void window_close(Window *w)
{
    fonts_free(w->fonts);
    if (w->renderer) SDL_DestroyRenderer(w->renderer);
    if (w->window) SDL_DestroyWindow(w->window);
}

/* All drawing is in software: no driver of a graphics card is asked to show the result. */
static bool window_open(Window *w, const App *a)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    w->window = SDL_CreateWindow("Thunkscope", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                 a->request.width, a->request.height, SDL_WINDOW_RESIZABLE);
    if (!w->window) return false;
    SDL_SetWindowMinimumSize(w->window, SMALLEST_WIDTH, SMALLEST_HEIGHT);
    w->renderer = SDL_CreateRenderer(w->window, -1, SDL_RENDERER_SOFTWARE);
    w->fonts = w->renderer ? fonts_new(w->renderer) : NULL;
    return w->fonts != NULL;
}

/* Written beside and renamed, so that a reader never sees half of it. */
static void write_report(App *a, const char *path)
{
    char beside[4096];
    snprintf(beside, sizeof beside, "%s.new", path);
    FILE *out = fopen(beside, "w");
    if (!out) return;
    app_describe(a, out);
    if (fclose(out) == 0) rename(beside, path);
}

static void take_screenshot(App *a, Window *w)
{
    char path[64];
    FILE *taken;
    do {
        snprintf(path, sizeof path, "thunkscope-%03u.png", ++w->pictures);
        if ((taken = fopen(path, "rb"))) fclose(taken);
    } while (taken && w->pictures < 999);
    a->want_screenshot = false;
    if (renderer_save(w->renderer, path))
        app_say(a, "wrote %s", path);
    else
        app_say(a, "no picture: %s", SDL_GetError());
}

static void paint(App *a, Window *w)
{
    SDL_GetRendererOutputSize(w->renderer, &a->request.width, &a->request.height);
    app_paint(a, &(Canvas){.renderer = w->renderer, .fonts = w->fonts});
    if (a->want_screenshot) take_screenshot(a, w);
    SDL_RenderPresent(w->renderer);
    if (w->report) write_report(a, w->report);
}

static void obey_full_screen(const App *a, Window *w)
{
    if (a->want_full_screen == w->full_screen) return;
    w->full_screen = a->want_full_screen;
    SDL_SetWindowFullscreen(w->window, w->full_screen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

bool window_run(App *a, const char *report)
{
    Window w = {.report = report};
    SDL_Event e;
    bool opened = window_open(&w, a);
    for (int wait = 0; opened && !a->quit;) {
        if (SDL_WaitEventTimeout(&e, wait)) do
                app_event(a, &e);
            while (SDL_PollEvent(&e));
        wait = app_tick(a, SDL_GetTicks());
        obey_full_screen(a, &w);
        if (a->dirty) paint(a, &w);
        if (a->dirty) wait = 0;
    }
    window_close(&w);
    return opened;
}
