/* The command line of thunkscope-view. */
#ifndef THUNKSCOPE_INSPECT_GUI_OPTIONS_H
#define THUNKSCOPE_INSPECT_GUI_OPTIONS_H

#include "inspect/gui/app.h"

typedef struct Options {
    const char *trace; /* file; NULL with live_fd */
    int live_fd;       /* -1: none */
    bool free_running; /* live: no lockstep */
    bool headless, describe;
    const char *seek, *select, *out, *report, *overlay;
    int64_t first_frame, last_frame, frame_step; /* frame_step 0: one picture */
    LayoutRequest request;                       /* width, height, scale, what to show */
    bool layout_given;
    int theme;
} Options;

/* False: the program should end with *exit_code; what is wrong, or the help, has been printed. */
bool options_parse(Options *o, int argc, char **argv, int *exit_code);
/* Brings the App to where the options say. Not 0: it cannot, which is printed; the exit code. */
int options_apply(const Options *o, App *a);

#endif
