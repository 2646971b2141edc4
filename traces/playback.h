/* Playback: the heap as it was at any event, rebuilt from events alone. Owns the table of objects.
 *
 * A playback stands *after* an event: position n means that events 0 to n have been applied; position -1 is
 * before the first. It goes forwards by applying and backwards by taking back, so one step costs the same in
 * both directions. Digests (gc_end, digest) are confirmed as they are passed for the first time. What an
 * event does to the picture is in playback_apply.c, one function per event. */
#ifndef THUNKSCOPE_TRACES_PLAYBACK_H
#define THUNKSCOPE_TRACES_PLAYBACK_H

#include "closures/closure.h"
#include "traces/trace.h"

typedef struct PlayObject {
    ObjectId id;
    uint32_t info;  /* its info table at birth */
    Kind kind;      /* now: a THUNK becomes BLACKHOLE, then IND */
    uint32_t words; /* size, header included: as at birth until it is copied as a (smaller) black hole */
    uint64_t bytes; /* of a byte array */
    TraceAddr at;
    uint8_t generation;
    uint8_t age; /* collections survived, up to 255 */
    bool is_static, is_large;
    bool dead;       /* found dead by a collection; its last state is kept */
    bool eliminated; /* an indirection whose references go to its target now: see playback_resolve */
    bool root;       /* by a root event, static ones excepted */
    bool remembered;
    ObjectId target;     /* IND: what it stands for; 0: none */
    TraceWords fields;   /* payload words, now; none of a black hole or an indirection */
    uint64_t born, last; /* event numbers: allocation; the last event that named it, up to the position */
} PlayObject;

typedef struct PlayFrame PlayFrame;
struct PlayFrame {
    const PlayFrame *below; /* the next older one; NULL at the bottom */
    uint32_t info;
    TraceWords words;
    uint64_t pushed; /* event number */
    uint32_t depth;  /* frames below this one */
};

typedef struct PlayBlock {
    uint32_t number, blocks;
    const char *owner; /* name in blocks/owners.def; "FREE" if returned */
    uint8_t generation;
} PlayBlock;

typedef struct Playback Playback;

/* trace outlives it and may grow. */
Playback *playback_new(const Trace *trace);
/* One that only goes forwards, event by event as the trace is read, and needs no event that lies before the
 * collection under way: see playback_forget. It keeps what stands, and takes memory for no more. */
Playback *playback_new_once(const Trace *trace);
/* What it does not need of the trace any more is forgotten (trace_forget). */
void playback_forget(Playback *p, Trace *trace);
void playback_free(Playback *p);
int64_t playback_position(const Playback *p);
/* Goes to event n (clamped to [-1, count)). False if an event could not be applied or a digest was not
 * confirmed: playback_error says at which event and why; the position is before it. */
bool playback_seek(Playback *p, int64_t n);
const TraceError *playback_error(const Playback *p); /* NULL: none; `line` holds the event's number */
uint64_t playback_digests_confirmed(const Playback *p);

/* Objects. Pointers are valid until the next seek. */
const PlayObject *playback_object(const Playback *p, ObjectId id); /* NULL: not allocated at this position */
/* The target of an indirection that collections have eliminated, any other id itself. At the end of a
 * collection all words that named such an indirection name its target; only while it runs, and for ids that
 * came from elsewhere (an old event, a selection), is this needed. */
ObjectId playback_resolve(const Playback *p, ObjectId id);
ObjectId
playback_last_runtime_id(const Playback *p);     /* ids -1 downwards to it: the runtime's objects; or 0 */
ObjectId playback_last_id(const Playback *p);    /* ids 1 .. last have been allocated */
uint64_t playback_live_count(const Playback *p); /* allocated and not found dead, static ones excepted */
uint64_t playback_live_words(const Playback *p);
/* The object that stands at this address or covers it, now; NULL: none. */
const PlayObject *playback_object_at(const Playback *p, TraceAddr at);
/* Objects of a block in order of offset: calls visit with each live one. */
void playback_each_in_block(const Playback *p, uint32_t block,
                            void (*visit)(void *context, const PlayObject *o), void *context);

const PlayFrame *playback_stack(const Playback *p); /* the youngest frame, NULL: empty */
uint32_t playback_root_count(const Playback *p);    /* root events in force, CAFs and the like */
ObjectId playback_root(const Playback *p, uint32_t k, const char **class_);

/* Groups of blocks in order of number, free ones that were once taken included. 0 below level blocks. */
uint32_t playback_block_count(const Playback *p);
const PlayBlock *playback_block(const Playback *p, uint32_t k);

/* The collection that is running at the position (its number from 0), or -1. */
int64_t playback_collecting(const Playback *p);

/* ---- Digests (also used by the recorder, which feeds them from the real heap). Order-independent. */
typedef struct Digest {
    uint64_t sum, mix;
} Digest;
void digest_object(Digest *d, ObjectId id, Kind kind, uint32_t edge_count, const ObjectId *edges);
uint64_t digest_value(const Digest *d);

#endif
