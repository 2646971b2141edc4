/* The trail: what it takes to go back. A log of saved bytes, cut into events, and the memory that the events
 * brought with them.
 *
 * Before an apply function changes memory it saves it; going back over an event restores what was saved since
 * the event began, youngest first, and gives up the memory that it took. So no event needs a function of its
 * own to be taken back. Saved memory must not move. */
#ifndef THUNKSCOPE_TRACES_TRAIL_PRIVATE_H
#define THUNKSCOPE_TRACES_TRAIL_PRIVATE_H

#include "traces/arena_private.h"

typedef struct TrailChunk {
    char *bytes;
    size_t size, used;
} TrailChunk;

typedef struct TrailRecord TrailRecord;

typedef struct Trail {
    TrailChunk *chunks;
    size_t count, capacity; /* chunks; the last one in use is `current` */
    size_t current;
    TrailRecord *last;
    bool off; /* nothing will be taken back: nothing is saved */
} Trail;

/* Told around the restoration of memory that was saved with `watched`. */
typedef struct TrailWatch {
    void *context;
    void (*before)(void *context, void *memory), (*after)(void *context, void *memory);
} TrailWatch;

void trail_begin_event(Trail *t);
void *trail_alloc(Trail *t, size_t bytes); /* until the event under way is taken back */
void trail_save(Trail *t, void *memory, size_t bytes, bool watched);
void trail_take_back_event(Trail *t, const TrailWatch *watch);
void trail_free(Trail *t);

#endif
