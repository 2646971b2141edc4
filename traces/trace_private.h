/* A trace from within: what the parts of the reader share. A line goes through decode (reader_scan.c, or
 * reader_json.c if its keys stand in another order), check (reader_check.c) and the store (trace.c). */
#ifndef THUNKSCOPE_TRACES_TRACE_PRIVATE_H
#define THUNKSCOPE_TRACES_TRACE_PRIVATE_H

#include "closures/closure.h"
#include "traces/arena_private.h"
#include "traces/trace.h"

#define TRACE_MAJOR     1u
#define TRACE_MINOR     2u
#define TRACE_LINE_MAX  ((size_t)64 << 10) /* bytes, with the newline */
#define TRACE_NUM_LIMIT ((uint64_t)1 << 53)

typedef struct SourceText {
    const char *path;
    char *text;
    size_t length, capacity;
    uint64_t parts_read, parts;
} SourceText;

/* Open addressing on a few letters of the name: see event_slot. */
#define EVENT_SLOTS 256u

/* What an info table says of its objects or frames: see reader_shape.c. */
typedef struct InfoShape {
    Kind kind;
    uint32_t count;      /* of the letters */
    const char *letters; /* one per word of a row; NULL: not known */
    uint64_t words;      /* of an object, header included; 0: it varies */
} InfoShape;

/* What reader_check.c remembers between lines. */
typedef struct TraceCheck {
    ObjectId last_id, last_runtime_id;       /* allocated so far */
    ObjectId forward_id, forward_runtime_id; /* the farthest that the group under way has named */
    ObjectId row_id;                         /* whose `f` a `fields` row continues; 0: a frame's or locals' */
    bool row_open;
    uint64_t row_words, row_limit;
    uint32_t *stack; /* infos of the frames */
    size_t depth, stack_capacity;
    uint64_t collections;
    bool collecting, ended;
    bool loose;     /* after `lost`: only types and names are checked */
    bool anonymous; /* below level heap, where no object is declared */
} TraceCheck;

struct Trace {
    TraceArena arena;           /* of declarations and names */
    TraceArena rows;            /* of other events, until they are forgotten */
    TraceIntern strings, notes; /* notes: of the rows */
    TraceIntern *interned;      /* one of the two: for the strings of the line that is being read */
    uint8_t event_slots[EVENT_SLOTS];
    TraceEvent **events; /* from number `forgotten` on */
    size_t count, forgotten, capacity;
    uint64_t last_n; /* of the event read last */
    const Event_trace *header;
    const Event_end *end;
    char *partial;
    size_t partial_count, partial_capacity;
    uint64_t line;  /* that is being read, from 1 */
    uint64_t bytes; /* before it */
    bool failed;
    bool cut_off; /* which is all that has failed */
    TraceError error;
    const Event_info **infos;
    size_t info_count, info_capacity;
    InfoShape *shapes; /* of the infos */
    size_t shape_capacity;
    const Event_site **sites;
    size_t site_count, site_capacity;
    SourceText *sources;
    size_t source_count, source_capacity;
    TraceCollection *collections;
    size_t collection_count, collection_capacity;
    uint64_t unknown_events, unknown_fields;
    TraceCheck check;
    TraceWord *words; /* of the row that is being read */
    size_t words_capacity;
    char *text; /* of the string that is being read */
    size_t text_capacity;
};

/* Notes the error at the current line; false, for its caller to return. */
bool trace_fail(Trace *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* EVENT_UNKNOWN if there is none of that name. */
EventType event_find(const Trace *t, const char *name, size_t length);
void event_slots_fill(Trace *t);

/* A line without its newline. False: not in the written order, or wrong; nothing has been reported. */
bool scan_line(Trace *t, const char *line, size_t length, TraceEvent *out);
/* The tolerant way: any order, unknown fields and events. False: reported. */
bool json_line(Trace *t, const char *line, size_t length, TraceEvent *out);
/* False: reported. Registers what the event declares. */
bool check_event(Trace *t, const TraceEvent *e);

InfoShape info_shape(const Event_info *e);
/* False: reported. The info is known. */
bool alloc_fits(Trace *t, const Event_alloc *e);
bool push_fits(Trace *t, const Event_push *e);

/* What the strings of such an event live as long as. */
static inline void trace_intern_for(Trace *t, EventType type)
{
    t->interned = type == EVENT_mark ? &t->notes : &t->strings;
}

bool utf8_valid(const char *text, size_t length);

#endif
