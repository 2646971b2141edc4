/* What somebody may have meant who wrote a name that there is not: of candidates, the one whose spelling is
 * nearest. */
#ifndef THUNKSCOPE_EVAL_GUESS_H
#define THUNKSCOPE_EVAL_GUESS_H

#include <stddef.h>
#include <stdint.h>

typedef struct Guess {
    const char *wanted, *best; /* NULL: none has been near */
    size_t length;
    uint32_t best_distance; /* a candidate must be nearer than this */
} Guess;

/* wanted stays the caller's, `length` bytes of it. */
Guess guess_begin(const char *wanted, size_t length);
/* The first `length` bytes of the candidate count; it becomes `best` if nothing nearer has been tried. */
void guess_try(Guess *g, const char *candidate, size_t length);

#endif
