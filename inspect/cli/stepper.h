/* A model under the feet of someone who steps: of a recorded trace, or of a run that goes on in lockstep.
 *
 * Always true: a step is shown only when it is complete, that is, when the next one has begun or the run is
 * over. So a live program is one step ahead of what is shown, never more. */
#ifndef THUNKSCOPE_INSPECT_CLI_STEPPER_H
#define THUNKSCOPE_INSPECT_CLI_STEPPER_H

#include "inspect/cli/live.h"
#include "inspect/model.h"

typedef struct Output {
    int64_t step; /* during which it was written */
    char *text;
    size_t length;
} Output;

typedef struct Stepper {
    Trace *trace;
    Model *model;
    LiveChild child;
    bool live, over; /* over: no more events will come */
    int status;      /* of a run that is over: its exit code */
    Output *outputs; /* what the program printed, in order */
    uint32_t output_count, output_room;
} Stepper;

/* False: said why on stderr. */
bool stepper_open_trace(Stepper *s, const char *path);
bool stepper_open_run(Stepper *s, SessionConfig *config);
/* Ends a run that still goes on. Returns the exit code. */
int stepper_close(Stepper *s);
/* Runs until the step is complete. False: the run is over before it. */
bool stepper_reach(Stepper *s, int64_t step);
/* The position goes to the end of the step, or of the last one there is. */
void stepper_go(Stepper *s, int64_t step);
int64_t stepper_at(const Stepper *s);

#endif
