/* Pictures and text without a window: dummy driver, software renderer, the same pixels everywhere. */
#ifndef THUNKSCOPE_INSPECT_GUI_HEADLESS_H
#define THUNKSCOPE_INSPECT_GUI_HEADLESS_H

#include "inspect/gui/app.h"

/* Writes what the App shows to a PNG file. False: SDL_GetError says why. */
bool headless_picture(App *a, const char *path);
/* What a renderer shows now, to a PNG file. */
bool renderer_save(SDL_Renderer *renderer, const char *path);

#endif
