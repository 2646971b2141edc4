/* The model of a heap at an event: what the window, the terminal tool and the exports show. Built from events
 * alone (traces/playback.h), never from heap memory; a live window, a file and a test are one code path.
 *
 * Terms. The *position* is an event number; every picture is of the heap after it. A *step* is one occurrence
 * of an evaluation rule: it begins with an event of type eval, enter, return, apply, update, raise or
 * gc_begin and reaches to the event before the next one (a collection is one step). The *locals* are the
 * variables of the code that runs, as the last event of the step says; they are not on the stack, and shown
 * as a pseudo frame.
 *
 * Rule: nothing here ever asks the heap, collects or forces; what is shown is what was recorded. */
#ifndef THUNKSCOPE_INSPECT_MODEL_H
#define THUNKSCOPE_INSPECT_MODEL_H

#include "traces/playback.h"

typedef struct Model Model;

/* trace outlives the model and may grow (live): call model_refresh after feeding it. */
Model *model_new(const Trace *trace);
void model_free(Model *m);
void model_refresh(Model *m);
const Trace *model_trace(const Model *m);
const Playback *model_playback(const Model *m);
/* NULL, or what went wrong in the trace or its playback, with the place. */
const char *model_error(const Model *m);
/* NULL if the trace carries what that level adds; else what to say instead: "not recorded at level gc". */
const char *model_missing(const Model *m, TraceLevel wanted);

/* ---- Time. All clamp; false if the position did not change. */
bool model_seek(Model *m, int64_t n);
int64_t model_position(const Model *m);
uint64_t model_step_count(const Model *m);
int64_t model_step_at(const Model *m,
                      int64_t n); /* index of the step that contains event n; -1 before the first */
int64_t model_step_first(const Model *m, int64_t step); /* its first event */
int64_t model_step_last(const Model *m,
                        int64_t step);       /* its last one: where the picture of the step is taken */
bool model_step_by(Model *m, int64_t steps); /* to the last event of the step so many ahead (or back) */
bool model_gc_by(
    Model *m,
    int64_t collections); /* to the begin of the next or previous collection; its end if at its begin */

/* ---- Names and words for people. Each writes at most `size` bytes, terminated; returns out. */
const char *
model_object_label(const Model *m, ObjectId id, char *out,
                   size_t size); /* short: "fibs", "I# 5", ": ", "zipWith…" for the box in the graph */
const char *model_object_line(const Model *m, ObjectId id, char *out,
                              size_t size); /* "#4812 THUNK Main.go 4 words: xs=#4801 n=5" */
const char *model_value_preview(const Model *m, ObjectId id, char *out,
                                size_t size); /* without forcing: "1 : 1 : <thunk>" */
const char *model_word(const Model *m, TraceWord w, char rep, char *out,
                       size_t size); /* "#12", "5", "'c'", "1.5" */
/* The same, but functions and literals of the program go by what they are: "zipWith", "(I# 1)", "[]". */
const char *model_word_named(const Model *m, TraceWord w, char rep, char *out, size_t size);
const char *model_frame_line(const Model *m, const PlayFrame *f, char *out, size_t size);
const char *model_field_name(const Model *m, uint32_t info, uint32_t k, char *out,
                             size_t size); /* "" if none is known */
char model_field_rep(const Model *m, const PlayObject *o, uint32_t k);
/* A place: in the Haskell source if the trace says so, else in the STG text. line 0: unknown. */
typedef struct ModelPlace {
    uint32_t file;
    uint64_t line, column;
    bool is_haskell;
} ModelPlace;
ModelPlace model_info_place(const Event_info *info); /* where what has this info table is defined */
ModelPlace model_site_place(const Event_site *site);
const char *model_place_text(const Model *m, ModelPlace place, char *out,
                             size_t size); /* "lib/Queue.hs:12:3"; "" if unknown */
bool model_source_span(const Model *m, int64_t n, uint32_t *file, uint32_t *line, uint32_t *column,
                       uint32_t *end_line, uint32_t *end_column); /* of the code that runs at event n */

/* True if the step at the position is one of the program's own: its code runs, one of its thunks is entered,
 * updated or read through, or a collection runs. What the library does in between is not. */
bool model_step_is_own(const Model *m);

/* ---- Locals of the running code at the position. Asking may move the playback there and back. */
typedef struct ModelLocal {
    char name[48];
    char rep;
    TraceWord word;
} ModelLocal;
uint32_t model_locals(const Model *m, ModelLocal *out, uint32_t most); /* returns how many there are */

/* ---- What the roots reach at the position, breadth first: locals, frames from the youngest, then other
 * roots. Static functions and static constructors without fields are left out: they are the program, not its
 * heap. */
typedef struct ModelReached {
    ObjectId id;
    uint32_t rank; /* references away from its root */
    bool changed;  /* allocated, updated, black-holed or written by the step at the position */
} ModelReached;
uint32_t model_reached(const Model *m, ModelReached *out, uint32_t most); /* returns how many there are */
/* The same for as many as a page has use for: those among the first thousands; `beyond` says whether there
 * are others. Costs no more than that, however large the heap and deep the stack. */
uint32_t model_reached_near(const Model *m, ModelReached *out, uint32_t most, bool *beyond);

/* ---- Explanations (inspect/explanations.def). The sentence for the step at event n; level 0 plain, 1
 * technical. Explaining another step than the position's moves the playback there and back. */
const char *model_explain(const Model *m, int64_t n, int level, char *out, size_t size);
/* Who demanded it: one line per frame upward; returns how many were written. */
uint32_t model_why(const Model *m, int64_t n, char (*lines)[160], uint32_t most);

/* ---- The graph around the roots: which objects are shown, with runs folded. Ids are stable; what is folded
 * says how many. */
typedef enum NodeKind { NODE_OBJECT, NODE_RUN, NODE_ROOT, NODE_MORE } NodeKind;
typedef struct GraphNode {
    NodeKind kind;
    ObjectId id;    /* OBJECT; RUN: its first object */
    ObjectId last;  /* RUN: the last one folded */
    uint64_t count; /* RUN, MORE: objects that it stands for */
    char label[64];
    char root[32]; /* ROOT: "stack", "CAF fibs", "local xs", "remembered" */
    bool changed;  /* by the step at the position */
    bool garbage;  /* found dead by the collection at the position: drawn as a ghost */
    uint32_t rank; /* distance from the roots */
} GraphNode;
typedef struct GraphEdge {
    uint32_t from, to; /* indexes of nodes */
    uint32_t field;    /* of the source object */
    char label[32];
} GraphEdge;
typedef struct Graph {
    uint32_t node_count, edge_count;
    GraphNode *nodes;
    GraphEdge *edges;
    uint64_t hidden; /* objects reachable but not shown */
} Graph;
typedef struct GraphOptions {
    uint32_t most_nodes;  /* 200 */
    bool inline_literals; /* evaluated boxed literals are text in their parent's box */
    bool hide_static; /* library functions and static constructors are left out (names are in the labels); so
                         are threads and stack chunks */
    const ObjectId *expanded; /* runs that the user opened, by first id */
    uint32_t expanded_count;
    ObjectId focus;   /* 0, or show what is around this object */
    bool garbage_too; /* objects not reachable but not collected yet, too */
} GraphOptions;
void graph_options_default(GraphOptions *o);
Graph *model_graph(const Model *m, const GraphOptions *o); /* the caller frees it */
void graph_free(Graph *g);

/* ---- Census at the position. */
typedef struct CensusRow {
    char name[64];
    Kind kind;
    uint64_t count, words;
} CensusRow;
typedef enum CensusBy { CENSUS_KIND, CENSUS_INFO, CENSUS_GENERATION } CensusBy;
/* Rows by falling words, then name; returns how many there are, writes at most `most`. */
uint32_t model_census(const Model *m, CensusBy by, CensusRow *out, uint32_t most);

/* ---- Search: a part of a name, "#id", "kind:thunk", "gen:1", words joined by spaces mean all of them. From
 * `after` on, cyclic; 0: none. */
ObjectId model_search(const Model *m, const char *query, ObjectId after, bool backwards);
/* Shortest path from a root to the object: ids, root first; returns its length, 0: not reachable. `root`
 * receives the root's name. */
uint32_t model_path(const Model *m, ObjectId id, ObjectId *out, uint32_t most, char *root, size_t root_size);
/* Events that touched the object, in order; returns how many there are. */
uint32_t model_history(const Model *m, ObjectId id, uint64_t *out, uint32_t most);
/* One line about an event: "alloc #12 THUNK xs 4 words". */
const char *model_event_line(const Model *m, int64_t n, char *out, size_t size);

#endif
