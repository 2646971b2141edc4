/* A profile of a run: how often the machine executes each instruction, and how its time is divided among
 * them. It is taken by an instance of the loop of its own, so that it costs nothing where nobody asks for it.
 *
 * Times are sampled: a timer asks a thousand times a second which instruction is being executed. What an
 * instruction calls counts as its own: a heap check's time has that of the collections it starts. */
#ifndef THUNKSCOPE_EVAL_PROFILE_H
#define THUNKSCOPE_EVAL_PROFILE_H

#include <stdio.h>

typedef struct Profile Profile;

Profile *profile_new(void); /* NULL: no memory */
void profile_free(Profile *p);
/* Starts and stops the timer: of one profile at a time. */
void profile_start(Profile *p);
void profile_stop(void);
/* A table of the instructions that were executed, those that took longest first; primitives that are called
 * or computed by functions go by their own names. */
void profile_print(const Profile *p, FILE *out);

#endif
