/* Live runs: a program that runs in a child process and tells a viewer over a socket pair what it does, while
 * the viewer tells it to pause, step and go on (traces/commands.def).
 *
 * Lockstep: the child waits at its first safe point, and goes on only as far as it is told. When the viewer
 * dies a program that a user runs goes on by itself (LOSS_GOES_ON); one that a window started does if it was
 * let run, and ends if it was kept waiting; one that is only stepped through ends. No child outlives the
 * process that started it. */
#ifndef THUNKSCOPE_INSPECT_CLI_LIVE_H
#define THUNKSCOPE_INSPECT_CLI_LIVE_H

#include <sys/types.h>

#include "inspect/cli/session.h"
#include "traces/control.h"

/* The side of the program. */
typedef enum ViewerLoss { LOSS_GOES_ON, LOSS_ENDS_IF_WAITING, LOSS_ENDS } ViewerLoss;
typedef struct Live {
    Control *control; /* NULL: none */
    ViewerLoss loss;  /* what to do when the viewer is gone */
} Live;
/* Connects to a viewer that listens; -1: nobody does. */
int live_connect(const char *path);
/* Sets the session to be recorded on fd, which it owns from then on, and to obey commands from there; `live`
 * must outlive it. */
void live_record(Live *live, int fd, bool paused, SessionConfig *s);
void live_end(Live *live);

/* The side of the viewer: starts the session in a child process, recorded at level step without clock. `out`
 * is the program's output if it is caught, which nobody sees but the viewer: such a program ends with it.
 * Otherwise the output goes where ours goes. */
typedef struct LiveChild {
    pid_t pid;
    int fd;  /* the trace comes, commands go */
    int out; /* the program's stdout; -1: not caught */
} LiveChild;
bool live_spawn(LiveChild *child, SessionConfig *s, bool paused, bool catch_output);
bool live_send(const LiveChild *child, const char *command, int64_t argument); /* argument < 0: none */
/* For a process that has just been forked: it gets the signal when its parent, process `parent`, ends. */
void live_die_with(pid_t parent, int signal_number);
/* Asks the child to end, by force if it does not within a second; live_wait comes after. */
void live_stop(const LiveChild *child);
/* Waits for the child's end; its exit code, or 128 + signal. */
int live_wait(LiveChild *child);

#endif
