/* What the files of the model share: the handle, growing text, and what is reachable at the position. */
#ifndef THUNKSCOPE_INSPECT_MODEL_PRIVATE_H
#define THUNKSCOPE_INSPECT_MODEL_PRIVATE_H

#include "inspect/model.h"

/* ---- Text that fits: what does not is cut at a character and ends in "…". */
typedef struct Text {
    char *out;
    size_t size, used;
    bool cut;
} Text;
Text text_into(char *out, size_t size);
void text_add(Text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_put(Text *t, const char *string); /* as it is */
void text_id(Text *t, ObjectId id);         /* "#12" */
/* The k-th of the words separated by spaces, "" beyond the last; "_" says that there is no name. */
const char *text_word(const char *words, uint32_t k, char *out, size_t size);

/* ---- What the roots reach, in a fixed order: locals, frames from the youngest, then root events; breadth
 * first, fields in order. */
typedef enum RootKind { ROOT_IS_LOCAL, ROOT_IS_FRAME, ROOT_IS_EVENT } RootKind;
typedef struct ReachRoot {
    RootKind kind;
    ObjectId id;
    uint32_t info;     /* of the frame */
    const char *class; /* of the root event */
    char local[48];    /* the variable */
} ReachRoot;

typedef struct Reached {
    ObjectId id;
    uint32_t rank;    /* references away from its root; 0: a root refers to it */
    uint32_t by;      /* index of the object that reached it first; of the root if rank is 0 */
    uint32_t field;   /* of that object */
    uint32_t sources; /* references to it from reached objects and roots */
    bool changed;     /* allocated, updated, black-holed or written by the step at the position */
} Reached;

typedef struct Reach {
    int64_t position; /* that it was made for */
    uint32_t limit;   /* objects that it takes; UINT32_MAX: all */
    bool beyond;      /* there are more than that */
    uint32_t root_count, root_room, count, room;
    ReachRoot *roots;
    Reached *at;     /* in the order in which they were reached */
    uint32_t *slots; /* by slot_of(id): index into at plus 1, 0: not reached */
    size_t slot_count;
} Reach;

struct Model {
    const Trace *trace;
    Playback *play;
    TraceLevel level; /* that the trace was recorded at; the highest before its header is read */
    uint64_t *steps;  /* the first event of each */
    uint64_t step_count, step_room;
    uint64_t indexed; /* events that the index of steps has seen */
    bool resume;      /* indexing: the event before was a gc_end */
    Reach *reach;     /* all; NULL: not made */
    Reach *near;      /* the first ones */
    char error[320];
};

void steps_index(Model *m);
bool begins_step(EventType type);

const Reach *model_reach(const Model *m);
void reach_free(Reach *r);
/* "local xs", "case in zipWith", "CAF fibs" */
const char *reach_root_name(const Model *m, const ReachRoot *root, char *out, size_t size);
const Reached *reach_find(const Reach *r, ObjectId id); /* NULL: not reached */
/* References of an object as the mutator sees them: an indirection's target only, nothing of a black hole. */
uint32_t object_edge_count(const PlayObject *o);
ObjectId object_edge(const PlayObject *o, uint32_t k); /* 0: no reference in that field */

/* ---- Names */
const char *short_name(const char *name); /* without its modules */
const char *info_short(const Model *m, uint32_t info);
/* What has no name of its own goes by its place in the source, too: "sat_5 (Queue.hs:12:3)". */
void add_place_of_nameless(Text *t, const Model *m, const Event_info *i);
Kind kind_of_info(const Event_info *info);
/* A constructor around one unboxed word ("I# 5"), or without fields. */
bool object_is_literal(const Model *m, const PlayObject *o);
bool object_is_static_code(const PlayObject *o);
const char *frame_name(const Model *m, uint32_t info, char *out, size_t size);

/* The place of the program that the event names; NULL: none. */
const Event_site *event_site(const Model *m, const TraceEvent *e);

void add_place(Text *t, const Model *m, ModelPlace place);       /* with the file's whole path */
void add_brief_place(Text *t, const Model *m, ModelPlace place); /* without its folders */

bool is_of_haskell(const Model *m); /* some of the program's text is Haskell */
/* The program's, not the library's: of a program in Haskell, what has a place there. */
bool is_own_place(const Model *m, ModelPlace place);
bool is_own_closure(const Model *m, ObjectId id);

/* The last event up to n that tells which code runs: eval, enter, return or apply; -1: none. */
int64_t telling_event(const Model *m, int64_t n);

#endif
