/* One picture is one surface, one renderer and one set of glyphs; none of them outlives it. */
#include <SDL2/SDL_image.h>

#include "inspect/gui/headless.h"

static bool paint_on(App *a, SDL_Surface *surface)
{
    SDL_Renderer *renderer = SDL_CreateSoftwareRenderer(surface);
    Fonts *fonts = renderer ? fonts_new(renderer) : NULL;
    if (fonts) {
        app_paint(a, &(Canvas){.renderer = renderer, .fonts = fonts});
        SDL_RenderPresent(renderer);
    }
    fonts_free(fonts);
    if (renderer) SDL_DestroyRenderer(renderer);
    return fonts != NULL;
}

bool headless_picture(App *a, const char *path)
{
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, a->request.width, a->request.height, 32, SDL_PIXELFORMAT_RGB888);
    if (!surface) return false;
    bool done = paint_on(a, surface) && IMG_SavePNG(surface, path) == 0;
    SDL_FreeSurface(surface);
    return done;
}

bool renderer_save(SDL_Renderer *renderer, const char *path)
{
    int width, height;
    if (SDL_GetRendererOutputSize(renderer, &width, &height) != 0) return false;
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_RGB888);
    if (!surface) return false;
    SDL_RenderSetClipRect(renderer, NULL);
    bool done =
        SDL_RenderReadPixels(renderer, NULL, SDL_PIXELFORMAT_RGB888, surface->pixels, surface->pitch) == 0 &&
        IMG_SavePNG(surface, path) == 0;
    SDL_FreeSurface(surface);
    return done;
}
