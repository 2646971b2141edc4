/* A profile of a run: how often the machine enters each function and thunk and executes each instruction, and
 * how its time is divided among them. It is taken by an instance of the loop of its own, so that it costs
 * nothing where nobody asks for it.
 *
 * Times are sampled: a timer asks a thousand times a second which instruction is being executed. What an
 * instruction calls counts as its own: a heap check's time has that of the collections it starts. */
#ifndef THUNKSCOPE_EVAL_PROFILE_H
#define THUNKSCOPE_EVAL_PROFILE_H

#include <stdbool.h>
#include <stdio.h>

typedef struct Profile Profile;
struct CodeModule;

Profile *profile_new(void); /* NULL: no memory */
void profile_free(Profile *p);
/* Starts and stops the timer: of one profile at a time. False: no memory. The code may be gone when the
 * profile is printed. */
bool profile_start(Profile *p, const struct CodeModule *code);
void profile_stop(void);
/* A table of the functions and thunks that were executed, the most costly ones first, by name and by where
 * their text stands, Haskell's if it is known. Then one of the instructions that were executed, those that
 * took longest first; primitives that are called or computed by functions go by their own names. */
void profile_print(const Profile *p, FILE *out);

#endif
