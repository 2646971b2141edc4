/* A trace in memory: the events, decoded and in order; read from a file, a pipe or a socket, piece by piece.
 *
 * Always true: event k of a trace has number k, unless `lost` says otherwise; every info, site and source
 * that an event names was read before it; every id that an event names was allocated before it (or stands in
 * the same group). What does not hold is a TraceError with the line's number, and what came before it stays
 * usable. Format: traces/FORMAT.md, made from traces/events.def. */
#ifndef THUNKSCOPE_TRACES_TRACE_H
#define THUNKSCOPE_TRACES_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum TraceLevel { TRACE_HEAD, TRACE_GC, TRACE_BLOCKS, TRACE_HEAP, TRACE_STEP } TraceLevel;
extern const char *const trace_level_names[5];

typedef int64_t ObjectId; /* 0: none. Mutator's objects from 1, the runtime's from -1 downwards */

typedef enum TraceWordKind { WORD_NOTHING, WORD_ID, WORD_RAW } TraceWordKind;
typedef struct TraceWord {
    TraceWordKind kind;
    int64_t value; /* the id, or the raw word */
} TraceWord;
typedef struct TraceWords {
    uint32_t count;
    const TraceWord *at;
} TraceWords;
typedef struct TraceAddr {
    uint32_t block, offset; /* offset in words */
} TraceAddr;

#define TRACE_NO_NUMBER UINT32_MAX /* an INFO_OPT or SITE_OPT that is left out */

typedef uint64_t TraceNUM, TraceNUM_OPT, TraceHEX, TraceNS; /* NUM_OPT: 0 if it is left out */
typedef ObjectId TraceID, TraceID_OPT;
typedef uint32_t TraceINFO, TraceINFO_OPT, TraceSITE_OPT;
typedef const char *TraceSTR;     /* never NULL */
typedef const char *TraceSTR_OPT; /* NULL: left out */
typedef bool TraceBOOL_OPT;
typedef TraceAddr TraceADDR;
typedef TraceWord TraceWORD;
typedef TraceWords TraceWORDS;

#define F(field, type, sentence) Trace##type field;
#define EVENT(name, level, class, sentence, fields)                                                          \
    typedef struct Event_##name {                                                                            \
        fields                                                                                               \
    } Event_##name;
#include "traces/events.def"
#undef EVENT
#undef F

typedef enum EventType {
#define EVENT(name, level, class, sentence, fields) EVENT_##name,
#define F(field, type, sentence)
#include "traces/events.def"
#undef EVENT
    EVENT_COUNT,
    EVENT_UNKNOWN = EVENT_COUNT, /* of a later minor version: kept and counted */
    EVENT_NONE
} EventType;
extern const char *const event_names[EVENT_COUNT];

typedef struct TraceEvent {
    EventType type;
    uint64_t n; /* its number, from 0 */
    union {
#define EVENT(name, level, class, sentence, fields) Event_##name as_##name;
#include "traces/events.def"
#undef EVENT
#undef F
    };
} TraceEvent;

typedef struct TraceError {
    uint64_t line; /* from 1 */
    char text[200];
} TraceError;

typedef struct Trace Trace;

Trace *trace_new(void);
void trace_free(Trace *t);
/* Reads a whole file (.jsonl or .jsonl.zst). NULL and a sentence in `error` only if it cannot be opened or is
 * no trace at all; a broken line is kept as trace_error, with what came before it. */
Trace *trace_open(const char *path, TraceError *error);
/* The same, with a visit after each piece of the file; false: the rest is not read. Whoever has seen enough
 * of the events so far may forget them. */
typedef bool (*TraceVisitor)(void *context, Trace *t);
Trace *trace_pass(const char *path, TraceVisitor visit, void *context, TraceError *error);
/* Gives up the events read so far, with their words and the texts of marks. What they declare, and names,
 * stay. */
void trace_forget(Trace *t);
/* Appends bytes as they arrive; complete lines become events. False after an error: see trace_error. */
bool trace_feed(Trace *t, const char *bytes, size_t count);
/* No more bytes will come: a cut-off last line becomes an error. */
bool trace_finish(Trace *t);
const TraceError *trace_error(const Trace *t); /* NULL: none */
/* Its error is only that it stops in the middle of a line or of a compressed frame, as after a crash: a
 * warning, for nothing that was read contradicts anything. */
bool trace_is_cut_off(const Trace *t);
/* What a later minor version has added, which this reader passed over. */
uint64_t trace_unknown_events(const Trace *t);
uint64_t trace_unknown_fields(const Trace *t);
bool trace_complete(const Trace *t); /* its `end` has been read: */
const Event_end *trace_end(const Trace *t);

uint64_t trace_count(const Trace *t);
/* Event number k < trace_count, which has not been forgotten. Valid until the next trace_feed; strings and
 * words until it is forgotten. */
const TraceEvent *trace_event(const Trace *t, uint64_t k);

/* Declarations by number; NULL if there is none. */
const Event_trace *trace_header(const Trace *t);
const Event_info *trace_info(const Trace *t, uint32_t i);
const Event_site *trace_site(const Trace *t, uint32_t s);
uint32_t trace_source_count(const Trace *t);
/* The text of a source file of the program (all parts), NULL if the trace does not carry it. */
const char *trace_source(const Trace *t, uint32_t file, const char **path);

/* Collections, in order. */
typedef struct TraceCollection {
    uint64_t begin, end; /* event numbers; end 0: still running */
} TraceCollection;
uint32_t trace_collection_count(const Trace *t);
TraceCollection trace_collection(const Trace *t, uint32_t k);

#endif
