/* The writer: events to lines, into a buffer, into a sink.
 *
 * One function per event, made from events.def: write_alloc(w, &(Event_alloc){...}). Keys stand in the order
 * of the table, numbers are formatted here; no line is longer than 64 KiB: long texts are clipped, long rows
 * of words go on in `fields` rows. Every 65,536 events a `sync` says where we are. */
#ifndef THUNKSCOPE_TRACES_WRITER_PRIVATE_H
#define THUNKSCOPE_TRACES_WRITER_PRIVATE_H

#include "traces/sink_private.h"

#define WRITER_BUFFER ((size_t)256 << 10)
#define WRITER_TEXT   ((size_t)3 << 10)  /* bytes of a string as it is written; of a source's part: */
#define WRITER_PART   ((size_t)48 << 10) /* more */

typedef struct Writer {
    Sink *sink; /* owned */
    bool clock, flushing;
    uint64_t start_ns;
    char *buffer, *next, *line; /* line: where the one under way began */
    uint64_t events, bytes;     /* bytes: given to the sink */
    uint64_t next_sync;
    TraceWords rest;  /* of the row that did not fit */
    size_t text_most; /* WRITER_TEXT, or WRITER_PART while a source is written */
} Writer;

void writer_init(Writer *w, Sink *sink, bool clock);
void writer_flush(Writer *w);
bool writer_close(Writer *w); /* closes the sink */
/* The last line; no `sync` goes before it, for nothing is to be resumed there. */
void writer_end(Writer *w, const char *reason, int exit_code);
/* The same when the process ends by a failure, whatever was under way: a line that was is taken back, and
 * nothing is freed or allocated. */
void writer_end_by_failure(Writer *w, const char *reason, int exit_code);
uint64_t writer_clock_ns(void);

#define F(field, type, sentence)
#define EVENT(name, level, class, sentence, fields) void write_##name(Writer *w, const Event_##name *e);
#include "traces/events.def"
#undef EVENT
#undef F

/* The first `most` bytes of text as they are written, or fewer: what fits a part. Returns bytes of text. */
size_t writer_text_fits(const char *text, size_t length, size_t most);

#endif
