/* A run that is watched while it happens: events come in, commands (traces/commands.def) go out, on the same
 * descriptor. The window follows the newest event or holds where it is; holding never stops the run, pausing
 * does. In lockstep the run waits for the window from the start. */
#ifndef THUNKSCOPE_INSPECT_GUI_LIVE_H
#define THUNKSCOPE_INSPECT_GUI_LIVE_H

#include "traces/trace.h"

typedef struct Live Live;
/* Owns fd. NULL: memory is out. */
Live *live_new(int fd, bool lockstep);
void live_close(Live *l); /* a run that waits is left waiting: it knows what to do without a window */
/* Feeds what has arrived, never waits. True: there is something new, or the run ended. */
bool live_read(Live *l, Trace *t);
/* Feeds the next line only, so that what follows it is not there yet; waits for it so many ms. False: the run
 * is quiet. */
bool live_read_line(Live *l, Trace *t, int ms);
/* Waits until the header is there. False: the run has ended without one. */
bool live_read_header(Live *l, Trace *t);

bool live_follows(const Live *l);
void live_follow(Live *l, bool follow);
bool live_paused(const Live *l);
bool live_ended(const Live *l);
void live_pause(Live *l);
void live_continue(Live *l);
void live_step(Live *l, uint64_t steps);
/* "live, paused, following" */
const char *live_state(const Live *l);

#endif
