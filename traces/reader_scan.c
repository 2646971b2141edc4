/* The fast way to read a line: keys in the order in which the writer puts them, no white space.
 *
 * Made from events.def: one function per event, one per type of field. A function answers false at the first
 * byte that it does not expect; the line then goes the tolerant way, which also says what is wrong with it.
 */
#include <string.h>

#include "traces/trace_private.h"

typedef struct Scanner {
    const char *p, *end;
    Trace *trace;
} Scanner;

static inline bool scan_literal(Scanner *s, const char *text, size_t length)
{
    if ((size_t)(s->end - s->p) < length || memcmp(s->p, text, length) != 0) return false;
    s->p += length;
    return true;
}

static inline bool scan_char(Scanner *s, char c)
{
    if (s->p == s->end || *s->p != c) return false;
    s->p++;
    return true;
}

static inline bool scan_digits(Scanner *s, unsigned most, uint64_t *out)
{
    const char *start = s->p;
    uint64_t value = 0;
    for (; s->p < s->end && (unsigned)(*s->p - '0') < 10; s->p++) {
        if (s->p - start == most) return false;
        value = value * 10 + (uint64_t)(*s->p - '0');
    }
    *out = value;
    return s->p > start && (*start != '0' || s->p == start + 1);
}

/* ---- Strings */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool scan_hex4(Scanner *s, uint32_t *out)
{
    if (s->end - s->p < 4) return false;
    *out = 0;
    for (int k = 0; k < 4; k++) {
        int digit = hex_digit(*s->p++);
        if (digit < 0) return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

static size_t utf8_put(char *at, uint32_t c)
{
    if (c < 0x80) return at[0] = (char)c, 1;
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t k = length - 1; k > 0; k--, c >>= 6) at[k] = (char)(0x80 | (c & 0x3f));
    at[0] = (char)((0xf0 << (4 - length)) | c);
    return length;
}

/* After "\u": a code point, of one escape or of a pair of surrogates. Zero would end a C string: refused. */
static bool scan_code_point(Scanner *s, uint32_t *out)
{
    uint32_t low;
    if (!scan_hex4(s, out) || *out == 0) return false;
    if (*out < 0xd800 || *out > 0xdfff) return true;
    if (*out > 0xdbff || !scan_literal(s, "\\u", 2) || !scan_hex4(s, &low)) return false;
    if (low < 0xdc00 || low > 0xdfff) return false;
    *out = 0x10000 + ((*out - 0xd800) << 10) + (low - 0xdc00);
    return true;
}

static bool scan_escape(Scanner *s, char *at, size_t *length)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (s->p == s->end) return false;
    char c = *s->p++;
    if (c == 'u') {
        uint32_t code_point;
        if (!scan_code_point(s, &code_point)) return false;
        *length += utf8_put(at + *length, code_point);
        return true;
    }
    const char *found = c ? strchr(letters, c) : NULL;
    if (!found) return false;
    at[(*length)++] = meanings[found - letters];
    return true;
}

/* The rest of a string that contains escapes; what it means is never longer than what is written. */
static bool scan_escaped(Scanner *s, const char *start, TraceSTR *out)
{
    Trace *t = s->trace;
    t->text = memory_grow(t->text, &t->text_capacity, (size_t)(s->end - start), 1);
    size_t length = (size_t)(s->p - start);
    memcpy(t->text, start, length);
    while (s->p < s->end && *s->p != '"') {
        if ((uint8_t)*s->p < 0x20) return false;
        if (*s->p != '\\')
            t->text[length++] = *s->p++;
        else if (s->p++, !scan_escape(s, t->text, &length))
            return false;
    }
    if (!scan_char(s, '"') || !utf8_valid(t->text, length)) return false;
    *out = trace_intern(t->interned, t->text, length);
    return true;
}

static bool scan_string(Scanner *s, TraceSTR *out)
{
    if (!scan_char(s, '"')) return false;
    const char *start = s->p;
    uint8_t all = 0;
    for (; s->p < s->end && *s->p != '"'; s->p++) {
        if (*s->p == '\\') return scan_escaped(s, start, out);
        if ((uint8_t)*s->p < 0x20) return false;
        all |= (uint8_t)*s->p;
    }
    size_t length = (size_t)(s->p - start);
    if (!scan_char(s, '"') || (all & 0x80 && !utf8_valid(start, length))) return false;
    *out = trace_intern(s->trace->interned, start, length);
    return true;
}

/* ---- Values, one function per type of events.def */

static inline bool scan_number(Scanner *s, uint64_t limit, uint64_t *out)
{
    return scan_digits(s, 16, out) && *out <= limit;
}

static inline bool scan_object_id(Scanner *s, ObjectId *out)
{
    uint64_t value;
    bool negative = scan_char(s, '-');
    if (!scan_number(s, TRACE_NUM_LIMIT, &value) || value == 0) return false;
    *out = negative ? -(ObjectId)value : (ObjectId)value;
    return true;
}

/* A raw word: a string with a signed decimal number of 64 bits. */
static inline bool scan_raw(Scanner *s, int64_t *out)
{
    uint64_t value;
    bool negative = scan_char(s, '-');
    if (!scan_digits(s, 19, &value)) return false;
    if (value > (uint64_t)INT64_MAX + negative || (negative && value == 0)) return false;
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return scan_char(s, '"');
}

static inline bool scan_word(Scanner *s, TraceWord *out)
{
    if (s->p == s->end) return false;
    if (*s->p == '"') {
        s->p++;
        out->kind = WORD_RAW;
        return scan_raw(s, &out->value);
    }
    if (*s->p == 'n') {
        *out = (TraceWord){WORD_NOTHING, 0};
        return scan_literal(s, "null", 4);
    }
    out->kind = WORD_ID;
    return scan_object_id(s, &out->value);
}

static bool scan_words(Scanner *s, TraceWords *out)
{
    Trace *t = s->trace;
    size_t count = 0;
    if (!scan_char(s, '[')) return false;
    while (!scan_char(s, ']')) {
        if (count && !scan_char(s, ',')) return false;
        t->words = memory_grow(t->words, &t->words_capacity, count + 1, sizeof *t->words);
        if (!scan_word(s, &t->words[count++])) return false;
    }
    TraceWord *copy = count ? trace_arena_alloc(&t->rows, count * sizeof *copy) : NULL;
    if (count) memcpy(copy, t->words, count * sizeof *copy);
    *out = (TraceWords){(uint32_t)count, copy};
    return true;
}

static inline bool scan_index(Scanner *s, uint32_t *out)
{
    uint64_t value;
    if (!scan_number(s, UINT32_MAX - 1, &value)) return false;
    *out = (uint32_t)value;
    return true;
}

static inline bool scan_address(Scanner *s, TraceAddr *out)
{
    return scan_char(s, '[') && scan_index(s, &out->block) && scan_char(s, ',') &&
           scan_index(s, &out->offset) && scan_char(s, ']');
}

static bool scan_hex(Scanner *s, uint64_t *out)
{
    uint32_t part;
    *out = 0;
    if (!scan_char(s, '"')) return false;
    for (int k = 0; k < 4; k++) {
        if (!scan_hex4(s, &part)) return false;
        *out = *out << 16 | part;
    }
    return scan_char(s, '"');
}

/* ---- Fields: ,"key":value */

#define KEY                 const char *key, size_t length
#define FOUND               scan_literal(s, key, length)
#define OR_LEFT_OUT(nought) (!FOUND) return *out = nought, true

static inline bool scan_NUM(Scanner *s, KEY, TraceNUM *out)
{
    return FOUND && scan_number(s, TRACE_NUM_LIMIT, out);
}
static inline bool scan_ID(Scanner *s, KEY, ObjectId *out) { return FOUND && scan_object_id(s, out); }
static inline bool scan_INFO(Scanner *s, KEY, uint32_t *out) { return FOUND && scan_index(s, out); }
static inline bool scan_STR(Scanner *s, KEY, TraceSTR *out) { return FOUND && scan_string(s, out); }
static inline bool scan_HEX(Scanner *s, KEY, uint64_t *out) { return FOUND && scan_hex(s, out); }
static inline bool scan_ADDR(Scanner *s, KEY, TraceAddr *out) { return FOUND && scan_address(s, out); }
static inline bool scan_WORD(Scanner *s, KEY, TraceWord *out) { return FOUND && scan_word(s, out); }
static inline bool scan_WORDS(Scanner *s, KEY, TraceWords *out) { return FOUND && scan_words(s, out); }
static inline bool scan_NUM_OPT(Scanner *s, KEY, TraceNUM *out)
{
    if OR_LEFT_OUT (0)
        ;
    return scan_number(s, TRACE_NUM_LIMIT, out) && *out;
}
static inline bool scan_ID_OPT(Scanner *s, KEY, ObjectId *out)
{
    if OR_LEFT_OUT (0)
        ;
    return scan_object_id(s, out);
}
static inline bool scan_INFO_OPT(Scanner *s, KEY, uint32_t *out)
{
    if OR_LEFT_OUT (TRACE_NO_NUMBER)
        ;
    return scan_index(s, out);
}
static inline bool scan_SITE_OPT(Scanner *s, KEY, uint32_t *out)
{
    if OR_LEFT_OUT (TRACE_NO_NUMBER)
        ;
    return scan_index(s, out);
}
static inline bool scan_STR_OPT(Scanner *s, KEY, TraceSTR *out)
{
    if OR_LEFT_OUT (NULL)
        ;
    return scan_string(s, out);
}
static inline bool scan_BOOL_OPT(Scanner *s, KEY, bool *out)
{
    if OR_LEFT_OUT (false)
        ;
    return *out = true, scan_literal(s, "true", 4);
}
static inline bool scan_NS(Scanner *s, KEY, TraceNS *out)
{
    if OR_LEFT_OUT (0)
        ;
    return scan_number(s, TRACE_NUM_LIMIT, out);
}

/* ---- Events */

#define F(field, type, sentence)                                                                             \
    &&scan_##type(s, ",\"" #field "\":", sizeof ",\"" #field "\":" - 1, &out->field)
#define EVENT(name, level, class, sentence, fields)                                                          \
    static bool scan_event_##name(Scanner *s, Event_##name *out) { return true fields; }
#include "traces/events.def"
#undef EVENT
#undef F

static bool scan_fields(Scanner *s, TraceEvent *out)
{
    switch (out->type) {
#define F(field, type, sentence)
#define EVENT(name, level, class, sentence, fields)                                                          \
    case EVENT_##name:                                                                                       \
        return scan_event_##name(s, &out->as_##name);
#include "traces/events.def"
#undef EVENT
#undef F
    default: return false;
    }
}

static bool scan_event_name(Scanner *s, EventType *out)
{
    const char *start = s->p;
    while (s->p < s->end && *s->p != '"') s->p++;
    *out = event_find(s->trace, start, (size_t)(s->p - start));
    trace_intern_for(s->trace, *out);
    return *out != EVENT_UNKNOWN;
}

bool scan_line(Trace *t, const char *line, size_t length, TraceEvent *out)
{
    Scanner s = {line, line + length, t};
    return scan_literal(&s, "{\"e\":\"", 6) && scan_event_name(&s, &out->type) &&
           scan_literal(&s, "\",\"n\":", 6) && scan_number(&s, TRACE_NUM_LIMIT, &out->n) &&
           scan_fields(&s, out) && scan_char(&s, '}') && s.p == s.end;
}

/* ---- UTF-8 */

static size_t utf8_sequence(const uint8_t *p, size_t left)
{
    if (p[0] < 0x80) return 1;
    size_t length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] < 0xc2 || p[0] > 0xf4 || length > left) return 0;
    for (size_t k = 1; k < length; k++)
        if ((p[k] & 0xc0) != 0x80) return 0;
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool surrogate = p[0] == 0xed && p[1] > 0x9f, beyond = p[0] == 0xf4 && p[1] > 0x8f;
    return overlong || surrogate || beyond ? 0 : length;
}

bool utf8_valid(const char *text, size_t length)
{
    for (size_t k = 0, step; k < length; k += step) {
        step = utf8_sequence((const uint8_t *)text + k, length - k);
        if (step == 0) return false;
    }
    return true;
}
