/* Live control: a viewer says on a socket what a run shall do (traces/commands.def); the run asks at safe
 * points. When the viewer dies, or says nothing that can be understood, the run goes on by itself. */
#ifndef THUNKSCOPE_TRACES_CONTROL_H
#define THUNKSCOPE_TRACES_CONTROL_H

#include <stdbool.h>

typedef struct Control Control;

/* fd: the viewer's socket, which somebody else owns. paused: wait at the first safe point (lockstep). */
Control *control_new(int fd, bool paused);
void control_free(Control *c);
/* For RecorderConfig.control, the control being the context: reads what has come, waits while paused, unless
 * a signal comes. False: the run shall end. */
bool control_poll(void *control);
/* Whether somebody still watches, and whether the run was let run or kept waiting when the viewer left. */
typedef enum ControlViewer { VIEWER_WATCHES, VIEWER_LEFT, VIEWER_LEFT_WAITING } ControlViewer;
ControlViewer control_viewer(const Control *c);

#endif
