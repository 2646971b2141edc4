/* What somebody may have meant who wrote a name that there is not: of candidates, those whose spelling is
 * nearest. */
#ifndef THUNKSCOPE_EVAL_GUESS_H
#define THUNKSCOPE_EVAL_GUESS_H

#include <stddef.h>
#include <stdint.h>

enum { GUESSES_MOST = 3 };

typedef struct Guess {
    const char *wanted;
    size_t length;
    uint32_t distance; /* of the nearest; where none has been near, a candidate must be nearer than this */
    uint32_t count;
    const char *names[GUESSES_MOST]; /* equally near, in the order in which they were tried */
} Guess;

/* wanted stays the caller's, `length` bytes of it. */
Guess guess_begin(const char *wanted, size_t length);
/* The first `length` bytes of the candidate count. What is farther away than it is forgotten. */
void guess_try(Guess *g, const char *candidate, size_t length);
/* The candidate is meant, however it is spelt. */
void guess_add(Guess *g, const char *candidate);

#endif
