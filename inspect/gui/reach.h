/* Going to a place from the command line, where nobody is there to press keys. */
#ifndef THUNKSCOPE_INSPECT_GUI_REACH_H
#define THUNKSCOPE_INSPECT_GUI_REACH_H

#include "inspect/gui/app.h"

/* Goes to where app_goto would. A live run is driven until the place exists: what it does behind the place is
 * not in the trace yet, so that the picture is the same each time. An event past the end of a recording is
 * its end, said on stderr. False: there is no such place, which is said. */
bool reach(App *a, const char *where);

#endif
