/* The recorder: an observer of blocks, gc and eval that writes the trace.
 *
 * Identity costs one word per heap word while recording: every block carries an array of ids beside it
 * (BlockDescr.aux), one entry per word; an allocation writes one entry, a move copies one, what is left in a
 * released block is dead. Recording never allocates in the heap, so it changes nothing of what it records. */
#ifndef THUNKSCOPE_TRACES_RECORDER_H
#define THUNKSCOPE_TRACES_RECORDER_H

#include "eval/observer.h"
#include "gc/heap.h"
#include "traces/trace.h"

/* Where lines go: a file (.zst compresses), a file descriptor (pipe, socket), memory. */
typedef struct Sink Sink;
Sink *sink_file(const char *path, TraceError *error); /* "-": stdout */
Sink *sink_fd(int fd, bool close_it);
typedef void (*SinkReceiver)(void *context, const char *bytes, size_t count);
Sink *sink_callback(SinkReceiver receiver, void *context);
bool sink_close(Sink *s); /* flushes; false if anything could not be written */

typedef struct RecorderConfig {
    TraceLevel level;
    bool clock;          /* false: no field depends on time */
    const char *program; /* path, and below what the header carries */
    uint64_t program_hash;
    const char *args, *flags;
    uint64_t seed;
    const char *blackholing; /* "lazy" or "eager" */
    const char *block_source;
    /* Polled at safe points: returns false to stop the run. NULL: no control. */
    bool (*control)(void *context);
    void *control_context;
    uint32_t source_count;
    const struct {
        const char *path, *text;
        size_t length;
    } * sources;
} RecorderConfig;

typedef struct Recorder Recorder;
/* Writes the header and sources. Owns the sink. Attaches itself to the heap and its block layer. If a failed
 * check or a panic ends the process, what has been recorded is written first, with an `end` that says so. */
Recorder *recorder_new(Heap *heap, Sink *sink, const RecorderConfig *config);
/* To be given to the machine before it loads the program. */
const EvalObserver *recorder_eval_observer(Recorder *r);
uint64_t recorder_events(const Recorder *r);
/* A note of the program or the user. */
void recorder_mark(Recorder *r, const char *text);
/* Writes what is buffered through (live viewers). */
void recorder_flush(Recorder *r);
/* Writes `end`, detaches, closes the sink. False: something could not be written. */
bool recorder_close(Recorder *r, const char *reason, int exit_code);
ObjectId recorder_id(const Recorder *r, const Closure *c);

#endif
