/* The window: SDL's event loop around an App. */
#ifndef THUNKSCOPE_INSPECT_GUI_WINDOW_H
#define THUNKSCOPE_INSPECT_GUI_WINDOW_H

#include "inspect/gui/app.h"

/* Until the user quits. report: a file that gets the text of all panes after each change, or NULL. False:
 * SDL_GetError says why no window could be opened. */
bool window_run(App *a, const char *report);

#endif
