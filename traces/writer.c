#include "traces/writer_private.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "traces/trace_private.h"

#define SYNC_EVENTS    65536u
#define ROW_RESERVED   ((size_t)512) /* of a line, for what follows its row of words */
#define WORD_BYTES_MAX 24u           /* of one word as it is written, with its comma */

void writer_init(Writer *w, Sink *sink, bool clock)
{
    *w = (Writer){.sink = sink, .clock = clock, .next_sync = SYNC_EVENTS, .text_most = WRITER_TEXT};
    w->start_ns = clock ? writer_clock_ns() : 0;
    w->next = w->line = w->buffer = memory_new(WRITER_BUFFER);
}

void writer_flush(Writer *w)
{
    size_t count = (size_t)(w->next - w->buffer);
    w->flushing = true;
    sink_write(w->sink, w->buffer, count);
    w->flushing = false;
    w->bytes += count;
    w->next = w->line = w->buffer;
}

bool writer_close(Writer *w)
{
    writer_flush(w);
    free(w->buffer);
    return sink_close(w->sink);
}

uint64_t writer_clock_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- Bytes */

static inline void put(Writer *w, const char *bytes, size_t count)
{
    memcpy(w->next, bytes, count);
    w->next += count;
}

static inline void put_char(Writer *w, char c) { *w->next++ = c; }

static inline unsigned digits_of(uint64_t value)
{
    unsigned count = 1;
    for (; value >= 10000; value /= 10000) count += 4;
    return count + (value >= 10) + (value >= 100) + (value >= 1000);
}

static inline void put_number(Writer *w, uint64_t value)
{
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
        "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
        "8081828384858687888990919293949596979899";
    char *p = w->next + digits_of(value);
    w->next = p;
    for (; value >= 100; value /= 100) memcpy(p -= 2, pairs + value % 100 * 2, 2);
    if (value >= 10)
        memcpy(p - 2, pairs + value * 2, 2);
    else
        p[-1] = (char)('0' + value);
}

static inline void put_signed(Writer *w, int64_t value)
{
    if (value < 0) put_char(w, '-');
    put_number(w, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static inline void put_word(Writer *w, TraceWord word)
{
    if (word.kind == WORD_ID) {
        put_signed(w, word.value);
    } else if (word.kind == WORD_RAW) {
        put_char(w, '"');
        put_signed(w, word.value);
        put_char(w, '"');
    } else {
        put(w, "null", 4);
    }
}

/* ---- Text */

/* Bytes that this byte takes in a string at most; 1 if it stands for itself. */
static size_t escaped_size(uint8_t c)
{
    if (c == '"' || c == '\\' || c == '\n' || c == '\t' || c >= 0x80) return 2;
    return c < 0x20 ? 6 : 1;
}

static void put_escaped(Writer *w, uint8_t c)
{
    static const char hex[] = "0123456789abcdef";
    if (c == '"' || c == '\\')
        put(w, (char[]){'\\', (char)c}, 2);
    else if (c == '\n')
        put(w, "\\n", 2);
    else if (c == '\t')
        put(w, "\\t", 2);
    else
        put(w, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
}

static bool is_utf8_tail(char c) { return ((uint8_t)c & 0xc0) == 0x80; }

size_t writer_text_fits(const char *text, size_t length, size_t most)
{
    size_t fits = 0, size = 0;
    for (; fits < length; fits++) {
        size += escaped_size((uint8_t)text[fits]);
        if (size > most) break;
    }
    if (fits == length) return fits;
    while (fits > 0 && is_utf8_tail(text[fits])) fits--;
    return fits;
}

static void put_high(Writer *w, uint8_t c, bool valid)
{
    if (valid)
        put_char(w, (char)c);
    else
        put(w, (char[]){(char)(0xc0 | c >> 6), (char)(0x80 | (c & 0x3f))}, 2);
}

/* What is no UTF-8 is written byte by byte as if it were Latin-1: a trace is always valid. */
static void put_text(Writer *w, const char *text, size_t most)
{
    size_t length = writer_text_fits(text, strlen(text), most);
    bool valid = utf8_valid(text, length);
    put_char(w, '"');
    for (size_t k = 0; k < length; k++) {
        uint8_t c = (uint8_t)text[k];
        if (c >= 0x80)
            put_high(w, c, valid);
        else if (escaped_size(c) == 1)
            put_char(w, (char)c);
        else
            put_escaped(w, c);
    }
    put_char(w, '"');
}

/* ---- Rows of words */

static size_t words_that_fit(const Writer *w)
{
    return (TRACE_LINE_MAX - ROW_RESERVED - (size_t)(w->next - w->line)) / WORD_BYTES_MAX;
}

static void put_row(Writer *w, TraceWords words)
{
    size_t fit = words_that_fit(w), count = words.count < fit ? words.count : fit;
    put_char(w, '[');
    for (size_t k = 0; k < count; k++) {
        if (k) put_char(w, ',');
        put_word(w, words.at[k]);
    }
    put_char(w, ']');
    w->rest = (TraceWords){words.count - (uint32_t)count, count ? words.at + count : words.at};
}

/* ---- One function per type of events.def */

#define KEY put(w, key, length)
#define FIELD(type)                                                                                          \
    static inline void write_field_##type(Writer *w, const char *key, size_t length, Trace##type value)

FIELD(NUM)
{
    KEY;
    put_number(w, value);
}
FIELD(NUM_OPT)
{
    if (value) write_field_NUM(w, key, length, value);
}
FIELD(ID)
{
    KEY;
    put_signed(w, value);
}
FIELD(ID_OPT)
{
    if (value) write_field_ID(w, key, length, value);
}
FIELD(INFO)
{
    KEY;
    put_number(w, value);
}
FIELD(INFO_OPT)
{
    if (value != TRACE_NO_NUMBER) write_field_INFO(w, key, length, value);
}
FIELD(SITE_OPT) { write_field_INFO_OPT(w, key, length, value); }
FIELD(STR)
{
    KEY;
    put_text(w, value ? value : "", w->text_most);
}
FIELD(STR_OPT)
{
    if (value) write_field_STR(w, key, length, value);
}
FIELD(BOOL_OPT)
{
    if (!value) return;
    KEY;
    put(w, "true", 4);
}
FIELD(HEX)
{
    KEY;
    put_char(w, '"');
    for (int shift = 60; shift >= 0; shift -= 4) put_char(w, "0123456789abcdef"[value >> shift & 15]);
    put_char(w, '"');
}
FIELD(ADDR)
{
    KEY;
    put_char(w, '[');
    put_number(w, value.block);
    put_char(w, ',');
    put_number(w, value.offset);
    put_char(w, ']');
}
FIELD(NS)
{
    if (w->clock) write_field_NUM(w, key, length, value);
}
FIELD(WORD)
{
    KEY;
    put_word(w, value);
}
FIELD(WORDS)
{
    KEY;
    put_row(w, value);
}

/* ---- Lines */

static inline void line_begin(Writer *w, const char *head, size_t length)
{
    if (unlikely((size_t)(w->buffer + WRITER_BUFFER - w->next) < TRACE_LINE_MAX)) writer_flush(w);
    w->line = w->next;
    put(w, head, length);
    put_number(w, w->events++);
}

static inline void line_end(Writer *w) { put(w, "}\n", 2); }

#define F(field, type, sentence)                                                                             \
    write_field_##type(w, ",\"" #field "\":", sizeof ",\"" #field "\":" - 1, e->field);
#define EVENT(name, level, class, sentence, fields)                                                          \
    static inline void write_line_##name(Writer *w, const Event_##name *e)                                   \
    {                                                                                                        \
        line_begin(w, "{\"e\":\"" #name "\",\"n\":", sizeof "{\"e\":\"" #name "\",\"n\":" - 1);              \
        fields line_end(w);                                                                                  \
    }
#include "traces/events.def"
#undef EVENT
#undef F

static void write_sync_now(Writer *w)
{
    Event_sync e = {.offset = w->bytes + (size_t)(w->next - w->buffer), .events = w->events};
    if (w->clock) e.clock = writer_clock_ns() - w->start_ns;
    w->next_sync += SYNC_EVENTS;
    write_line_sync(w, &e);
}

/* Whose row goes on: an object's, or a frame's or locals' (0). */
static void write_rest(Writer *w, ObjectId id)
{
    while (w->rest.count) write_line_fields(w, &(Event_fields){id, w->rest});
}

#define F(field, type, sentence)
#define EVENT(name, level, class, sentence, fields)                                                          \
    void write_##name(Writer *w, const Event_##name *e)                                                      \
    {                                                                                                        \
        if (unlikely(w->events >= w->next_sync)) write_sync_now(w);                                          \
        write_line_##name(w, e);                                                                             \
        if (unlikely(w->rest.count)) write_rest(w, EVENT_##name == EVENT_alloc ? *(const ObjectId *)e : 0);  \
    }
#include "traces/events.def"
#undef EVENT
#undef F

/* ---- The end */

void writer_end(Writer *w, const char *reason, int exit_code)
{
    w->next_sync = UINT64_MAX;
    write_end(w, &(Event_end){reason, (uint64_t)exit_code & 0xff, w->events + 1});
}

static bool line_is_under_way(const Writer *w) { return w->next > w->line && w->next[-1] != '\n'; }

static void take_line_back(Writer *w)
{
    w->rest = (TraceWords){0};
    w->text_most = WRITER_TEXT;
    if (!line_is_under_way(w)) return;
    w->next = w->line;
    w->events--;
}

void writer_end_by_failure(Writer *w, const char *reason, int exit_code)
{
    if (w->flushing) return; /* the sink is in between: what it has written is cut off there */
    take_line_back(w);
    writer_end(w, reason, exit_code);
    writer_flush(w);
    sink_finish(w->sink);
}
