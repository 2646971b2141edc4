/* A playback from within. playback.c moves, playback_apply.c applies, playback_blocks.c knows what stands
 * where, playback_slots.c who is there, playback_settle.c ends collections, playback_digest.c confirms.
 *
 * Always true: a slot that *stands* (born, not dead) is in the index of its block and counted as live; who
 * changes a slot takes it out before (slot_change) and puts it back after (slot_changed). Everything else
 * that an event changes is saved on the trail first; so the state at a position does not depend on the way
 * that led there. */
#ifndef THUNKSCOPE_TRACES_PLAYBACK_PRIVATE_H
#define THUNKSCOPE_TRACES_PLAYBACK_PRIVATE_H

#include "traces/playback.h"
#include "traces/trail_private.h"

/* o.id == 0: not born at this position. */
typedef struct Slot {
    PlayObject o;
    uint32_t capacity;    /* of o.fields, if they are a copy of our own; else 0 */
    uint32_t mark;        /* the last traversal that reached it */
    uint32_t newest_root; /* index + 1 in the table of roots, 0: none */
} Slot;

typedef struct Frame {
    PlayFrame f;
    uint32_t capacity; /* of f.words, as in Slot */
    uint8_t young;     /* see Note [Settled frames] */
    uint32_t rows;     /* that brought its words: `push` and `fields` that follow it at once */
} Frame;

typedef struct Root {
    ObjectId id; /* 0: free */
    const char *class_;
    uint32_t count; /* so many times */
    uint32_t next;  /* index + 1: the same object's next older root, or the next free entry */
} Root;

/* All that is small and saved as a whole, field by field. */
typedef struct PlayState {
    ObjectId last_id, last_runtime_id;
    Frame *stack;
    int64_t collecting, collections;
    uint32_t root_slots, root_free, root_count;
    uint32_t remembered_end;    /* of the table of `remember` events, of which those */
    uint32_t remembered_first;  /* from here on are in force, those */
    uint32_t remembered_before; /* from here on were when the last collection began */
    uint32_t eliminations;      /* of indirections, by the collection under way */
} PlayState;

typedef struct BlockMap BlockMap;

/* Slots by id, of a playback that goes once: playback_slots.c. */
typedef struct SlotMap {
    Slot **at; /* open addressing, at most half full; NULL: nothing there */
    size_t count, capacity;
} SlotMap;

struct Playback {
    const Trace *trace;
    bool once; /* no trail is kept, nor what is dead */
    SlotMap slots;
    int64_t position, confirmed_to;
    uint64_t confirmed;
    bool failed;
    TraceError error;
    Trail trail;
    PlayState state;
    Table objects, runtime_objects, roots, remembered;
    BlockMap *blocks;
    uint64_t live_count, live_words, live_mutator_count;
    Kind *kinds; /* of the infos */
    size_t kind_count, kind_capacity;
    Frame **frames; /* of a scan of the stack */
    size_t frames_capacity;
    ObjectId *work; /* of a traversal */
    size_t work_count, work_capacity;
    ObjectId *edges;
    size_t edges_capacity;
    uint32_t mark;
    uint32_t *root_view; /* roots in force; stale after a root event */
    size_t root_view_capacity;
    bool root_view_stale;
};

bool playback_fail(Playback *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool playback_apply(Playback *p, const TraceEvent *e);

/* Slots. */
Slot *play_slot_find(const Playback *p, ObjectId id); /* NULL: not born */
Kind playback_info_kind(Playback *p, uint32_t info);
bool play_slot_stands(const Slot *s);
void play_slot_leave(void *playback, void *slot);
void play_slot_join(void *playback, void *slot);

/* Where slots are, however they are kept: playback_slots.c. */
Slot *play_slot_new(Playback *p, ObjectId id);
void play_slot_drop(Playback *p, Slot *s); /* once: the object is dead, and nothing leads to it */
void play_slots_free(Playback *p);

/* Memory until the event under way is taken back; once: until play_give. */
void *play_take(Playback *p, size_t bytes);
void play_give(const Playback *p, const void *memory);
/* The words are gone. */
void play_words_drop(const Playback *p, TraceWords *words, uint32_t *capacity);
/* Makes the words a copy of the playback's own with room for so many, on the trail. */
void play_words_own(Playback *p, TraceWords *words, uint32_t *capacity, uint32_t wanted);

/* At the end of a collection: see playback_settle.c. */
void play_settle(Playback *p, const TraceCollection *c);

/* Where objects stand. */
BlockMap *block_map_new(void);
void block_map_free(BlockMap *map);
void block_map_insert(BlockMap *map, TraceAddr at, ObjectId id);
void block_map_remove(BlockMap *map, TraceAddr at, ObjectId id);
ObjectId block_map_at(const BlockMap *map, TraceAddr at); /* that starts there; 0: none */
void block_map_each(const BlockMap *map, void (*visit)(void *context, ObjectId id), void *context);
bool block_apply(Playback *p, const Event_block *e);
void block_taken_back(Playback *p);

/* Digests from the table of objects. False: playback_fail has been called. */
bool confirm_collection(Playback *p, const Event_gc_end *e, const TraceCollection *c);
bool confirm_digest(Playback *p, const Event_digest *e);

#endif
