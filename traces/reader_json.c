/* The tolerant way to read a line, and the one that says what is wrong: any order of keys, white space,
 * fields and events that a later minor version has added. cJSON's numbers are doubles and its plain look-up
 * ignores case: numbers are checked to be whole and below 2^53, keys are looked up with their case. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "traces/trace_private.h"

static bool json_number(const cJSON *item, double least, double most, double *out)
{
    if (!cJSON_IsNumber(item)) return false;
    *out = item->valuedouble;
    return *out >= least && *out <= most && *out == floor(*out);
}

static bool json_object_id(const cJSON *item, ObjectId *out)
{
    double value, limit = (double)TRACE_NUM_LIMIT;
    if (!json_number(item, -limit, limit, &value) || value == 0) return false;
    *out = (ObjectId)value;
    return true;
}

static bool json_index(const cJSON *item, uint32_t *out)
{
    double value;
    if (!json_number(item, 0, UINT32_MAX - 1, &value)) return false;
    *out = (uint32_t)value;
    return true;
}

static bool json_word(const cJSON *item, TraceWord *out)
{
    *out = (TraceWord){WORD_NOTHING, 0};
    if (cJSON_IsNull(item)) return true;
    if (cJSON_IsNumber(item)) return out->kind = WORD_ID, json_object_id(item, &out->value);
    if (!cJSON_IsString(item)) return false;
    const char *text = item->valuestring;
    char *end, back[24];
    out->kind = WORD_RAW;
    out->value = strtoll(text, &end, 10);
    snprintf(back, sizeof back, "%lld", (long long)out->value);
    return strcmp(text, back) == 0;
}

/* ---- One function per type of events.def */

static bool json_NUM(Trace *t, const cJSON *item, uint64_t *out)
{
    (void)t;
    double value;
    if (!json_number(item, 0, (double)TRACE_NUM_LIMIT, &value)) return false;
    *out = (uint64_t)value;
    return true;
}

static bool json_STR(Trace *t, const cJSON *item, TraceSTR *out)
{
    if (!cJSON_IsString(item)) return false;
    size_t length = strlen(item->valuestring);
    if (!utf8_valid(item->valuestring, length)) return false;
    *out = trace_intern(t->interned, item->valuestring, length);
    return true;
}

static bool json_HEX(Trace *t, const cJSON *item, uint64_t *out)
{
    (void)t;
    if (!cJSON_IsString(item) || strlen(item->valuestring) != 16) return false;
    if (strspn(item->valuestring, "0123456789abcdefABCDEF") != 16) return false;
    *out = strtoull(item->valuestring, NULL, 16);
    return true;
}

static bool json_ADDR(Trace *t, const cJSON *item, TraceAddr *out)
{
    (void)t;
    if (!cJSON_IsArray(item) || cJSON_GetArraySize(item) != 2) return false;
    return json_index(item->child, &out->block) && json_index(item->child->next, &out->offset);
}

static bool json_WORDS(Trace *t, const cJSON *item, TraceWords *out)
{
    if (!cJSON_IsArray(item)) return false;
    size_t count = (size_t)cJSON_GetArraySize(item), k = 0;
    TraceWord *words = count ? trace_arena_alloc(&t->rows, count * sizeof *words) : NULL;
    for (const cJSON *w = item->child; k < count; w = w->next)
        if (!json_word(w, &words[k++])) return false;
    *out = (TraceWords){(uint32_t)count, words};
    return true;
}

static bool json_WORD(Trace *t, const cJSON *item, TraceWord *out)
{
    (void)t;
    return item && json_word(item, out);
}
static bool json_ID(Trace *t, const cJSON *item, ObjectId *out)
{
    (void)t;
    return json_object_id(item, out);
}
static bool json_INFO(Trace *t, const cJSON *item, uint32_t *out)
{
    (void)t;
    return json_index(item, out);
}
static bool json_ID_OPT(Trace *t, const cJSON *item, ObjectId *out)
{
    return item ? json_ID(t, item, out) : (*out = 0, true);
}
static bool json_INFO_OPT(Trace *t, const cJSON *item, uint32_t *out)
{
    return item ? json_INFO(t, item, out) : (*out = TRACE_NO_NUMBER, true);
}
#define json_SITE_OPT json_INFO_OPT
static bool json_STR_OPT(Trace *t, const cJSON *item, TraceSTR *out)
{
    return item ? json_STR(t, item, out) : (*out = NULL, true);
}
static bool json_NUM_OPT(Trace *t, const cJSON *item, uint64_t *out)
{
    return item ? json_NUM(t, item, out) && *out : (*out = 0, true);
}
static bool json_NS(Trace *t, const cJSON *item, uint64_t *out)
{
    return item ? json_NUM(t, item, out) : (*out = 0, true);
}
static bool json_BOOL_OPT(Trace *t, const cJSON *item, bool *out)
{
    (void)t;
    *out = cJSON_IsTrue(item);
    return !item || cJSON_IsBool(item);
}

/* ---- Events */

/* What a field of a type must look like, for errors. */
#define WANTED_NUM      "a whole number below 2^53"
#define WANTED_NUM_OPT  "a whole number below 2^53 which is not 0, or nothing"
#define WANTED_NS       "a whole number below 2^53, or nothing"
#define WANTED_ID       "an object's id, which is not 0"
#define WANTED_ID_OPT   "an object's id, or nothing"
#define WANTED_INFO     "the number of an info"
#define WANTED_INFO_OPT "the number of an info, or nothing"
#define WANTED_SITE_OPT "the number of a site, or nothing"
#define WANTED_STR      "a string in UTF-8"
#define WANTED_STR_OPT  "a string in UTF-8, or nothing"
#define WANTED_BOOL_OPT "true, or nothing"
#define WANTED_HEX      "a string of 16 hexadecimal digits"
#define WANTED_ADDR     "an address [block, offset]"
#define WANTED_WORD     "a word: id, \"decimal\" or null"
#define WANTED_WORDS    "an array of words"

#define F(field, type, sentence)                                                                             \
    item = cJSON_GetObjectItemCaseSensitive(line, #field);                                                   \
    found += item != NULL;                                                                                   \
    if (!json_##type(t, item, &out->field))                                                                  \
        return trace_fail(t, "%s: field \"%s\" must be %s", event_name, #field, WANTED_##type);
#define EVENT(name, level, class, sentence, fields)                                                          \
    static bool json_event_##name(Trace *t, const cJSON *line, Event_##name *out)                            \
    {                                                                                                        \
        const char *event_name = #name;                                                                      \
        const cJSON *item;                                                                                   \
        unsigned found = 2; /* "e" and "n" */                                                                \
        fields t->unknown_fields += (unsigned)cJSON_GetArraySize(line) - found;                              \
        return true;                                                                                         \
    }
#include "traces/events.def"
#undef EVENT
#undef F

static bool json_fields(Trace *t, const cJSON *line, TraceEvent *out)
{
    switch (out->type) {
#define F(field, type, sentence)
#define EVENT(name, level, class, sentence, fields)                                                          \
    case EVENT_##name:                                                                                       \
        return json_event_##name(t, line, &out->as_##name);
#include "traces/events.def"
#undef EVENT
#undef F
    default: t->unknown_events++; return true;
    }
}

static bool json_event(Trace *t, const cJSON *line, TraceEvent *out)
{
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(line, "e");
    if (!cJSON_IsObject(line) || !cJSON_IsString(name)) return trace_fail(t, "not an event: it has no \"e\"");
    if (!json_NUM(t, cJSON_GetObjectItemCaseSensitive(line, "n"), &out->n))
        return trace_fail(t, "%.40s: field \"n\" must be %s", name->valuestring, WANTED_NUM);
    out->type = event_find(t, name->valuestring, strlen(name->valuestring));
    trace_intern_for(t, out->type);
    return json_fields(t, line, out);
}

static bool has_control_byte(const char *line, size_t length)
{
    for (size_t k = 0; k < length; k++)
        if ((uint8_t)line[k] < 0x20 && line[k] != '\t' && line[k] != '\r') return true;
    return false;
}

bool json_line(Trace *t, const char *line, size_t length, TraceEvent *out)
{
    if (has_control_byte(line, length)) return trace_fail(t, "a control character stands in the line");
    if (memmem(line, length, "\\u0000", 6)) return trace_fail(t, "a string contains the character 0");
    const char *end = line;
    cJSON *object = cJSON_ParseWithLengthOpts(line, length, &end, false);
    size_t rest = length - (size_t)(end - line);
    bool whole = object && strspn(end, " \t\r") >= rest;
    if (!whole) trace_fail(t, "not JSON, near byte %zu of the line", (size_t)(end - line) + 1);
    bool ok = whole && json_event(t, object, out);
    cJSON_Delete(object);
    return ok;
}
