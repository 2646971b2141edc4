/* The store: events in order, each in as many bytes as its type needs, and what they declare.
 *
 * Always true: events[k] for k < count have passed the checks; a broken line leaves the trace as it was
 * before it. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "traces/trace_private.h"

const char *const trace_level_names[5] = {"head", "gc", "blocks", "heap", "step"};

const char *const event_names[EVENT_COUNT] = {
#define F(field, type, sentence)
#define EVENT(name, level, class, sentence, fields) #name,
#include "traces/events.def"
#undef EVENT
};

static const size_t event_sizes[EVENT_COUNT + 1] = {
#define EVENT(name, level, class, sentence, fields) offsetof(TraceEvent, as_##name) + sizeof(Event_##name),
#include "traces/events.def"
#undef EVENT
#undef F
    offsetof(TraceEvent, as_end)};

/* ---- Names of events */

static unsigned event_slot(const char *name, size_t length)
{
    unsigned first = (uint8_t)name[0], last = (uint8_t)name[length - 1];
    return (unsigned)(length * 7 + first * 31 + last * 17) % EVENT_SLOTS;
}

void event_slots_fill(Trace *t)
{
    memset(t->event_slots, EVENT_UNKNOWN, sizeof t->event_slots);
    for (unsigned e = 0; e < EVENT_COUNT; e++) {
        unsigned slot = event_slot(event_names[e], strlen(event_names[e]));
        while (t->event_slots[slot] != EVENT_UNKNOWN) slot = (slot + 1) % EVENT_SLOTS;
        t->event_slots[slot] = (uint8_t)e;
    }
}

EventType event_find(const Trace *t, const char *name, size_t length)
{
    if (length == 0) return EVENT_UNKNOWN;
    for (unsigned slot = event_slot(name, length);; slot = (slot + 1) % EVENT_SLOTS) {
        unsigned e = t->event_slots[slot];
        if (e == EVENT_UNKNOWN) return EVENT_UNKNOWN;
        bool is_it = strlen(event_names[e]) == length && memcmp(event_names[e], name, length) == 0;
        if (is_it) return (EventType)e;
    }
}

/* ---- Life */

Trace *trace_new(void)
{
    Trace *t = memory_new_zeroed(sizeof *t);
    t->strings.arena = &t->arena;
    t->notes.arena = &t->rows;
    event_slots_fill(t);
    return t;
}

void trace_free(Trace *t)
{
    if (!t) return;
    for (size_t k = 0; k < t->source_count; k++) free(t->sources[k].text);
    trace_intern_free(&t->strings);
    trace_intern_free(&t->notes);
    trace_arena_free(&t->arena);
    trace_arena_free(&t->rows);
    void *owned[] = {t->events,      t->partial, t->infos, t->sites,  t->sources, t->collections,
                     t->check.stack, t->words,   t->text,  t->shapes, t};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) free(owned[k]);
}

bool trace_fail(Trace *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(t->error.text, sizeof t->error.text, format, arguments);
    va_end(arguments);
    t->error.line = t->line;
    t->failed = true;
    return false;
}

static bool fail_cut_off(Trace *t, const char *what)
{
    t->line++;
    t->cut_off = true;
    return trace_fail(t, "%s", what);
}

/* ---- Lines */

/* Its event is never forgotten. */
static bool is_kept(EventType type)
{
    return type == EVENT_trace || type == EVENT_info || type == EVENT_site || type == EVENT_source ||
           type == EVENT_end;
}

static void store_event(Trace *t, const TraceEvent *e)
{
    TraceArena *arena = is_kept(e->type) ? &t->arena : &t->rows;
    TraceEvent *copy = trace_arena_alloc(arena, event_sizes[e->type]);
    size_t kept = t->count - t->forgotten;
    memcpy(copy, e, event_sizes[e->type]);
    t->events = memory_grow(t->events, &t->capacity, kept + 1, sizeof(TraceEvent *));
    t->events[kept] = copy;
    t->count++;
    t->last_n = e->n;
    if (e->type == EVENT_trace) t->header = &copy->as_trace;
    if (e->type == EVENT_end) t->end = &copy->as_end;
}

void trace_forget(Trace *t)
{
    trace_intern_free(&t->notes);
    trace_arena_free(&t->rows);
    t->notes = (TraceIntern){.arena = &t->rows};
    t->forgotten = t->count;
}

static void store_collection(Trace *t, EventType type)
{
    if (type == EVENT_gc_begin) {
        t->collections = memory_grow(t->collections, &t->collection_capacity, t->collection_count + 1,
                                     sizeof *t->collections);
        t->collections[t->collection_count++] = (TraceCollection){t->count, 0};
    } else if (type == EVENT_gc_end && t->collection_count) {
        t->collections[t->collection_count - 1].end = t->count;
    }
}

static void store_source(Trace *t, const Event_source *e)
{
    if (e->file == t->source_count) {
        t->sources = memory_grow(t->sources, &t->source_capacity, t->source_count + 1, sizeof *t->sources);
        t->sources[t->source_count++] = (SourceText){.path = e->path, .parts = e->parts};
    }
    SourceText *source = &t->sources[e->file];
    size_t more = strlen(e->text);
    source->text = memory_grow(source->text, &source->capacity, source->length + more + 1, 1);
    memcpy(source->text + source->length, e->text, more + 1);
    source->length += more;
    source->parts_read++;
}

/* Declarations point into the stored event, which never moves. */
static void store_declaration(Trace *t, const TraceEvent *e)
{
    if (e->type == EVENT_info) {
        t->infos = memory_grow(t->infos, &t->info_capacity, t->info_count + 1, sizeof *t->infos);
        t->shapes = memory_grow(t->shapes, &t->shape_capacity, t->info_count + 1, sizeof *t->shapes);
        t->shapes[t->info_count] = info_shape(&e->as_info);
        t->infos[t->info_count++] = &e->as_info;
    } else if (e->type == EVENT_site) {
        t->sites = memory_grow(t->sites, &t->site_capacity, t->site_count + 1, sizeof *t->sites);
        t->sites[t->site_count++] = &e->as_site;
    } else if (e->type == EVENT_source) {
        store_source(t, &e->as_source);
    }
}

static bool read_line(Trace *t, const char *line, size_t length)
{
    TraceEvent e;
    t->line++;
    if (length >= TRACE_LINE_MAX) return trace_fail(t, "the line is longer than 64 KiB");
    if (!scan_line(t, line, length, &e) && !json_line(t, line, length, &e)) return false;
    if (!check_event(t, &e)) return false;
    store_collection(t, e.type);
    store_event(t, &e);
    store_declaration(t, trace_event(t, t->count - 1));
    t->bytes += length + 1;
    return true;
}

static void keep_partial(Trace *t, const char *bytes, size_t count)
{
    t->partial = memory_grow(t->partial, &t->partial_capacity, t->partial_count + count, 1);
    if (count) memcpy(t->partial + t->partial_count, bytes, count);
    t->partial_count += count;
}

/* Completes the partial line with what ends it. */
static bool read_partial(Trace *t, const char *bytes, size_t count)
{
    keep_partial(t, bytes, count);
    size_t length = t->partial_count - 1;
    t->partial_count = 0;
    return read_line(t, t->partial, length);
}

bool trace_feed(Trace *t, const char *bytes, size_t count)
{
    const char *end = bytes + count, *newline;
    while (!t->failed && bytes < end && (newline = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        if (t->partial_count)
            read_partial(t, bytes, (size_t)(newline + 1 - bytes));
        else
            read_line(t, bytes, (size_t)(newline - bytes));
        bytes = newline + 1;
    }
    if (t->failed) return false;
    keep_partial(t, bytes, (size_t)(end - bytes));
    if (t->partial_count < TRACE_LINE_MAX) return true;
    t->line++;
    return trace_fail(t, "the line is longer than 64 KiB");
}

bool trace_finish(Trace *t)
{
    if (t->failed) return false;
    if (t->partial_count == 0) return true;
    return fail_cut_off(t, "the last line is cut off");
}

/* ---- Files */

typedef struct Feeder {
    FILE *file;
    Trace *trace;
    TraceVisitor visit; /* of each piece that has been read; NULL: nobody */
    void *context;
    char *in, *out;
    size_t in_size, out_size;
} Feeder;

/* False: enough. */
static bool feed(Feeder *f, const char *bytes, size_t count)
{
    bool good = trace_feed(f->trace, bytes, count);
    return (!f->visit || f->visit(f->context, f->trace)) && good;
}

static void feed_plain(Feeder *f, size_t count)
{
    while (count && feed(f, f->in, count)) count = fread(f->in, 1, f->in_size, f->file);
}

static bool feed_frame(Feeder *f, ZSTD_DStream *stream, ZSTD_inBuffer *in, size_t *left)
{
    while (in->pos < in->size) {
        ZSTD_outBuffer out = {f->out, f->out_size, 0};
        *left = ZSTD_decompressStream(stream, &out, in);
        if (ZSTD_isError(*left)) {
            f->trace->line++;
            return trace_fail(f->trace, "the compressed file is broken: %s", ZSTD_getErrorName(*left));
        }
        if (!feed(f, f->out, out.pos)) return false;
    }
    return true;
}

static void feed_compressed(Feeder *f, size_t count)
{
    ZSTD_DStream *stream = ZSTD_createDStream();
    size_t left = 0;
    f->out_size = ZSTD_DStreamOutSize();
    f->out = memory_new(f->out_size);
    while (count) {
        ZSTD_inBuffer in = {f->in, count, 0};
        if (!feed_frame(f, stream, &in, &left)) break;
        count = fread(f->in, 1, f->in_size, f->file);
    }
    if (left && !f->trace->failed) fail_cut_off(f->trace, "the compressed file is cut off");
    ZSTD_freeDStream(stream);
    free(f->out);
}

static void feed_file(Trace *t, FILE *file, TraceVisitor visit, void *context)
{
    static const char zstd_magic[4] = "\x28\xb5\x2f\xfd";
    Feeder f = {.file = file, .trace = t, .visit = visit, .context = context, .in_size = (size_t)256 << 10};
    f.in = memory_new(f.in_size);
    size_t count = fread(f.in, 1, f.in_size, file);
    if (count >= 4 && memcmp(f.in, zstd_magic, 4) == 0)
        feed_compressed(&f, count);
    else
        feed_plain(&f, count);
    free(f.in);
}

Trace *trace_open(const char *path, TraceError *error) { return trace_pass(path, NULL, NULL, error); }

Trace *trace_pass(const char *path, TraceVisitor visit, void *context, TraceError *error)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        *error = (TraceError){0, ""};
        snprintf(error->text, sizeof error->text, "cannot open %.120s: %s", path, strerror(errno));
        return NULL;
    }
    Trace *t = trace_new();
    feed_file(t, file, visit, context);
    fclose(file);
    trace_finish(t);
    if (t->count) return t;
    if (!t->failed) trace_fail(t, "the file is empty");
    *error = t->error;
    trace_free(t);
    return NULL;
}

/* ---- Questions */

const TraceError *trace_error(const Trace *t) { return t->failed ? &t->error : NULL; }
bool trace_is_cut_off(const Trace *t) { return t->cut_off; }
bool trace_complete(const Trace *t) { return t->check.ended; }
const Event_end *trace_end(const Trace *t) { return t->end; }
uint64_t trace_count(const Trace *t) { return t->count; }
const TraceEvent *trace_event(const Trace *t, uint64_t k) { return t->events[k - t->forgotten]; }

const Event_trace *trace_header(const Trace *t) { return t->header; }
const Event_info *trace_info(const Trace *t, uint32_t i) { return i < t->info_count ? t->infos[i] : NULL; }
const Event_site *trace_site(const Trace *t, uint32_t s) { return s < t->site_count ? t->sites[s] : NULL; }
uint32_t trace_source_count(const Trace *t) { return (uint32_t)t->source_count; }

const char *trace_source(const Trace *t, uint32_t file, const char **path)
{
    if (file >= t->source_count) return NULL;
    const SourceText *source = &t->sources[file];
    if (path) *path = source->path;
    return source->length && source->parts_read == source->parts ? source->text : NULL;
}

uint64_t trace_unknown_events(const Trace *t) { return t->unknown_events; }
uint64_t trace_unknown_fields(const Trace *t) { return t->unknown_fields; }
uint32_t trace_collection_count(const Trace *t) { return (uint32_t)t->collection_count; }
TraceCollection trace_collection(const Trace *t, uint32_t k) { return t->collections[k]; }
