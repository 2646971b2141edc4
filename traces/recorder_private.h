/* The recorder from within. recorder.c: life, collections, blocks; recorder_eval.c: what the evaluator tells;
 * recorder_ids.c: identity; recorder_words.c: payloads and frames as words of a trace; recorder_names.c:
 * infos, sites, sources; recorder_digest.c: digests of the real heap.
 *
 * Always true at levels heap and step: every object that an event names has had its `alloc`. Objects of the
 * mutator are announced by the machine; others (the runtime's: threads, stack chunks, suspended evaluations)
 * are *met*: they get their id when first named, and their `alloc` is written before the event that names
 * them. */
#ifndef THUNKSCOPE_TRACES_RECORDER_PRIVATE_H
#define THUNKSCOPE_TRACES_RECORDER_PRIVATE_H

#include "traces/arena_private.h"
#include "traces/playback.h"
#include "traces/writer_private.h"

/* What stands beside a block in its id array: an id and what happened to the object. */
typedef int64_t IdCell;
enum {
    ID_MOVED = 1,      /* it has left this place in the collection under way */
    ID_ELIMINATED = 2, /* its ind_elim or sel_elim has been written */
    ID_VISITED = 4,    /* by the traversal under way */
    ID_SHIFT = 3,
};
static inline ObjectId cell_id(IdCell c) { return c >> ID_SHIFT; }
static inline IdCell cell_make(ObjectId id) { return (IdCell)((uint64_t)id << ID_SHIFT); }

typedef struct Numbers { /* our number + 1 by the number of its maker; 0: not declared yet */
    uint32_t *at;
    size_t capacity, count;
} Numbers;

typedef struct Pointers {
    const Closure **at;
    size_t capacity, count;
} Pointers;

typedef struct Ids {
    ObjectId *at;
    size_t capacity, count;
} Ids;

/* Memory of the process's own: see recorder_outside.c. */
typedef struct OutsideRegion {
    Word start, end, name; /* name: what is written for the start */
    bool is_loaded;        /* a program or library */
} OutsideRegion;
typedef struct Outside {
    OutsideRegion *at; /* by start */
    size_t count, capacity;
    Word low, span; /* all of them lie in [low, low + span) */
} Outside;

struct Recorder {
    Heap *heap;
    Writer writer;
    TraceLevel level;
    bool (*control)(void *context);
    void *control_context;
    EvalObserver eval;
    BlockObserver blocks;
    bool collecting, live, steps;
    uint64_t next_digest; /* the number of events from which on one is due */
    ObjectId last_id, last_runtime_id;
    Numbers infos, sites;
    uint32_t site_count, info_count; /* declared */
    const char **files;              /* paths, by number */
    size_t file_count, file_capacity;
    TraceWord *words; /* of the event under way */
    size_t words_capacity, word_count;
    uint32_t *frames; /* infos of the frames on the stack, as they were pushed */
    size_t frame_count, frame_capacity;
    Pointers statics, met, work; /* statics: wait for their alloc; met: likewise */
    Outside outside;
    Ids dead, edges, roots; /* roots: other than stack and CAFs, at the last collection */
};

static inline bool records(const Recorder *r, TraceLevel level) { return r->level >= level; }
static inline void pointers_add(Pointers *p, const Closure *c)
{
    p->at = memory_grow(p->at, &p->capacity, p->count + 1, sizeof *p->at);
    p->at[p->count++] = c;
}
static inline void ids_add(Ids *ids, ObjectId id)
{
    ids->at = memory_grow(ids->at, &ids->capacity, ids->count + 1, sizeof *ids->at);
    ids->at[ids->count++] = id;
}

/* Identity. */
IdCell *id_cell(const Closure *c);
size_t group_cells(const BlockDescr *group);
void ids_drop(BlockDescr *group); /* the block goes: its array too */
ObjectId id_of_new(Recorder *r, const Closure *c);
/* The id of an object that an event is about to name; meets it if need be. */
ObjectId id_of(Recorder *r, const Closure *c);
static inline ObjectId id_of_ref(Recorder *r, Ref ref) { return id_of(r, ref_closure(ref)); }
TraceAddr address_of(const void *p);
/* Writes the alloc of every object met; true if there was one, which has used r->words. */
bool write_met(Recorder *r);
/* Writes static objects that have been announced, as one group. */
void write_statics(Recorder *r);

/* An address of the process's own has come in. */
void outside_meet(Outside *o, Word address);
Word outside_find_name(const Outside *o, Word w);
/* The word as it is written. */
static inline Word outside_name(const Outside *o, Word w)
{
    return likely(w - o->low >= o->span) ? w : outside_find_name(o, w);
}

/* Words: into r->words. */
TraceWords payload_words(Recorder *r, const Closure *c);
TraceWords frame_words(Recorder *r, const Word *frame);
TraceWords raw_words(Recorder *r, const Word *at, size_t count);
TraceWords local_words(Recorder *r, const char *reps, const Word *locals);
/* One word of an object, by its index from the header; *index: in the payload. False: it is no payload. */
bool payload_slot(const Closure *c, uint32_t slot, uint32_t *index, bool *pointer);
uint64_t bytes_in_part(const Closure *c);
TraceWord word_of(Recorder *r, Word w, bool pointer);
void write_alloc_of(Recorder *r, const Closure *c, size_t words, TraceWords f, const StepSite *site);

/* Names: the number under which the trace knows it; declares it first if need be. */
uint32_t info_number(Recorder *r, const InfoTable *info);
uint32_t site_number(Recorder *r, const StepSite *site); /* TRACE_NO_NUMBER for NULL */
void write_sources(Recorder *r, const RecorderConfig *config);

#define DIGEST_EVENTS 65536u /* between two digests at least */

/* Digests of the real heap. Survivors: valid in gc_end; all: wherever the heap tiles exactly. */
uint64_t digest_present(Recorder *r, WalkScope scope, uint64_t *objects);
uint64_t digest_reachable(Recorder *r);
/* A `digest` event; the stack must be whole for it to say what is reachable. */
void write_digest_now(Recorder *r, bool stack_is_whole);

/* Brings the trace's roots, other than stack and CAFs, up to date. */
void write_roots(Recorder *r);

void recorder_eval_init(Recorder *r);

#endif
