/* Weak pointers across a collection (weak.c), and what follows from one of them (weak_follow.c). */
#ifndef THUNKSCOPE_GC_WEAK_PRIVATE_H
#define THUNKSCOPE_GC_WEAK_PRIVATE_H

#include "gc/collection.h"

/* old: where it stood; kept: where it stands, NULL if it has not been kept for its key's sake. */
typedef struct Candidate {
    Closure *old, *kept;
} Candidate;

/* Also of an object that has been moved. */
static inline const InfoTable *info_of(const Closure *object)
{
    Word header = (Word)object->info;
    return header_is_forwarded(header) ? header_forwardee(header)->info : object->info;
}

/* Of a table from keys to candidates, and the objects that wait to be looked at. */
typedef struct WeakFollower WeakFollower;

/* Candidates that have not been kept can be found by their keys. */
WeakFollower *weak_follower_new(Collection *c, const Candidate *all, size_t count);
/* Keeps everything that the candidate's fields lead to, and notes the candidates whose keys are among it. */
void weak_follow(WeakFollower *f, const Candidate *candidate);
/* A candidate that has been noted, of those left the last; false: there is none. */
bool weak_follower_next(WeakFollower *f, size_t *candidate);
void weak_follower_free(WeakFollower *f);

#endif
