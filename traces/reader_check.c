/* Is the event legal here? One function per rule; each says what it found in the words of the trace.
 *
 * Rules: the first line is `trace`, of our major version; numbers are dense; infos, sites, parts of sources
 * and ids are declared in order and before use, where the objects of a group of allocations may name each
 * other; collections are dense and nested as gc_begin … gc_end, the mutator stands still inside; a pop takes
 * what was pushed; words fit their info (reader_shape.c); nothing follows `end`. After `lost` only types,
 * names and numbers are checked, for the reader no longer knows what is there. */
#include <stdio.h>
#include <string.h>

#include "closures/closure.h"
#include "traces/trace_private.h"

/* ---- Names: infos, sites and objects are known */

static bool known_info(Trace *t, uint32_t i)
{
    return i < t->info_count || trace_fail(t, "info %u has not been declared", i);
}

static bool known_site(Trace *t, uint32_t s)
{
    return s < t->site_count || trace_fail(t, "site %u has not been declared", s);
}

static bool known_id(Trace *t, ObjectId id)
{
    TraceCheck *c = &t->check;
    if (c->loose || c->anonymous || (id <= c->last_id && id >= c->last_runtime_id)) return true;
    return trace_fail(t, "object %lld has not been allocated", (long long)id);
}

/* A word of a group under way may name an object that the group will bring. */
static bool known_soon(TraceCheck *c, ObjectId id)
{
    if (id > c->forward_id) c->forward_id = id;
    if (id < c->forward_runtime_id) c->forward_runtime_id = id;
    return true;
}

static bool known_words(Trace *t, TraceWords words, bool group)
{
    for (uint32_t k = 0; k < words.count; k++) {
        if (words.at[k].kind != WORD_ID) continue;
        if (group)
            known_soon(&t->check, words.at[k].value);
        else if (!known_id(t, words.at[k].value))
            return false;
    }
    return true;
}

#define check_NUM(value)      true
#define check_NUM_OPT(value)  true
#define check_NS(value)       true
#define check_STR(value)      true
#define check_STR_OPT(value)  true
#define check_BOOL_OPT(value) true
#define check_HEX(value)      true
#define check_ADDR(value)     true
#define check_ID(value)       known_id(t, value)
#define check_ID_OPT(value)   ((value) == 0 || known_id(t, value))
#define check_INFO(value)     known_info(t, value)
#define check_INFO_OPT(value) ((value) == TRACE_NO_NUMBER || known_info(t, value))
#define check_SITE_OPT(value) ((value) == TRACE_NO_NUMBER || known_site(t, value))
#define check_WORD(word)      ((word).kind != WORD_ID || known_id(t, (word).value))
#define check_WORDS(value)    known_words(t, value, group)

static bool check_names(Trace *t, const TraceEvent *event, bool group)
{
    switch (event->type) {
#define F(field, type, sentence) &&check_##type(e->field)
#define EVENT(name, level, class, sentence, fields)                                                          \
    case EVENT_##name: {                                                                                     \
        const Event_##name *e = &event->as_##name;                                                           \
        (void)e;                                                                                             \
        return true fields;                                                                                  \
    }
#include "traces/events.def"
#undef EVENT
#undef F
    default: return true;
    }
}

/* ---- Numbers and phases */

static bool check_number(Trace *t, const TraceEvent *e)
{
    uint64_t expected = t->count ? t->last_n + 1 : 0;
    const Event_lost *lost = &e->as_lost;
    if (e->type != EVENT_lost)
        return e->n == expected || trace_fail(t, "event %llu stands where %llu is due",
                                              (unsigned long long)e->n, (unsigned long long)expected);
    t->check.loose = true;
    bool fits = lost->first == expected && lost->last >= lost->first && e->n == lost->last + 1 &&
                lost->count == e->n - expected;
    return fits ||
           trace_fail(t, "lost: its numbers do not follow event %llu", (unsigned long long)expected - 1);
}

/* Where an event may stand: the mutator's outside a collection, the collector's inside, others anywhere. */
enum { OUTSIDE = 1, INSIDE = 2 };

static unsigned event_places(const TraceEvent *e)
{
    static const char classes[EVENT_COUNT] = {
#define F(field, type, sentence)
#define EVENT(name, level, class, sentence, fields) #class[0],
#include "traces/events.def"
#undef EVENT
#undef F
    };
    switch (e->type) {
    case EVENT_gc_begin:
    case EVENT_input:
    case EVENT_digest: return OUTSIDE;
    case EVENT_gc_phase:
    case EVENT_move:
    case EVENT_ind_elim:
    case EVENT_sel_elim:
    case EVENT_finalize:
    case EVENT_die:
    case EVENT_gc_end: return INSIDE;
    case EVENT_alloc: return e->as_alloc.id < 0 ? OUTSIDE | INSIDE : OUTSIDE;
    case EVENT_fields:
    case EVENT_blackhole:
    case EVENT_root:
    case EVENT_unroot:
    case EVENT_UNKNOWN: return OUTSIDE | INSIDE;
    default: return classes[e->type] == 'M' || classes[e->type] == 'T' ? OUTSIDE : OUTSIDE | INSIDE;
    }
}

static bool check_place(Trace *t, const TraceEvent *e)
{
    TraceCheck *c = &t->check;
    if (c->ended) return trace_fail(t, "a line follows the end");
    if ((t->count == 0) != (e->type == EVENT_trace))
        return trace_fail(t,
                          t->count ? "a second first line" : "not a trace: its first line is no \"trace\"");
    if (c->loose || event_places(e) & (c->collecting ? INSIDE : OUTSIDE)) return true;
    return trace_fail(t, "%s stands %s a collection", event_names[e->type],
                      c->collecting ? "inside" : "outside");
}

static bool joins_group(EventType type)
{
    return type == EVENT_alloc || type == EVENT_fields || type == EVENT_info || type == EVENT_site ||
           type == EVENT_source || type == EVENT_sync;
}

/* At the end of a group its forward names must have come true. */
static bool check_group(Trace *t, EventType type)
{
    TraceCheck *c = &t->check;
    if (joins_group(type) || c->loose) return true;
    ObjectId id = c->forward_id > c->last_id ? c->forward_id : c->forward_runtime_id;
    if (!known_id(t, id)) return false;
    c->forward_id = c->forward_runtime_id = 0;
    return true;
}

/* ---- One function per event that declares or changes something */

static bool check_trace(Trace *t, const Event_trace *e)
{
    unsigned major, minor;
    if (sscanf(e->version, "%u.%u", &major, &minor) != 2)
        return trace_fail(t, "\"%.20s\" is no version", e->version);
    if (major != TRACE_MAJOR)
        return trace_fail(t, "version %u.%u of the format; this reader knows %u", major, minor, TRACE_MAJOR);
    if (e->word != 8 || e->block < 64 || e->block % 8 != 0)
        return trace_fail(t, "words must be of 8 bytes, blocks of a multiple");
    bool ids = strcmp(e->level, "heap") == 0 || strcmp(e->level, "step") == 0;
    t->check.anonymous = !ids;
    return true;
}

static bool check_source(Trace *t, const Event_source *e)
{
    bool first = e->file == t->source_count && e->part == 0;
    bool next = e->file + 1 == t->source_count && e->part == t->sources[e->file].parts_read;
    if ((first || next) && e->part < e->parts) return true;
    return trace_fail(t, "part %llu of source file %llu is not due", (unsigned long long)e->part,
                      (unsigned long long)e->file);
}

static bool check_file(Trace *t, uint64_t file, uint64_t line)
{
    return line == 0 || file < t->source_count ||
           trace_fail(t, "source file %llu has not been declared", (unsigned long long)file);
}

static bool check_info(Trace *t, const Event_info *e)
{
    if (e->i != t->info_count) return trace_fail(t, "info %u stands where %zu is due", e->i, t->info_count);
    if (kind_find(e->kind) == KIND_COUNT) return trace_fail(t, "\"%.40s\" is no kind", e->kind);
    return check_file(t, e->file, e->line);
}

static bool check_site(Trace *t, const Event_site *e)
{
    if (e->s != t->site_count)
        return trace_fail(t, "site %llu stands where %zu is due", (unsigned long long)e->s, t->site_count);
    return check_file(t, e->file, e->line) && check_file(t, e->source_file, e->source_line);
}

/* Where they stand they end in the last word, and do not fill it. */
static bool bytes_fit(Trace *t, const char *event, uint64_t bytes, uint64_t words)
{
    return bytes == 0 || (bytes % WORD_BYTES && words == BYTES_PAYLOAD + bytes / WORD_BYTES + 1) ||
           trace_fail(t, "%s: %llu bytes do not end in the last word of %llu", event,
                      (unsigned long long)bytes, (unsigned long long)words);
}

static bool check_alloc(Trace *t, const Event_alloc *e)
{
    TraceCheck *c = &t->check;
    uint64_t block_words = t->header->block / 8;
    ObjectId due = e->id > 0 ? c->last_id + 1 : c->last_runtime_id - 1;
    if (!c->loose && e->id != due)
        return trace_fail(t, "object %lld stands where %lld is due", (long long)e->id, (long long)due);
    if (e->words == 0 || e->words > UINT32_MAX)
        return trace_fail(t, "alloc: an object cannot have this size");
    if (e->f.count > e->words) return trace_fail(t, "alloc: more fields than words");
    if (!bytes_fit(t, "alloc", e->bytes, e->words)) return false;
    if (e->at.offset >= block_words) return trace_fail(t, "alloc: the offset is beyond the block");
    if (!c->loose && (!known_info(t, e->i) || !alloc_fits(t, e))) return false;
    if (e->id > 0)
        c->last_id = e->id;
    else
        c->last_runtime_id = e->id;
    return true;
}

static bool check_fields(Trace *t, const Event_fields *e)
{
    TraceCheck *c = &t->check;
    if (c->loose) return true;
    if (!c->row_open || e->id != c->row_id) return trace_fail(t, "fields: no row of this object goes before");
    c->row_words += e->f.count;
    if (c->row_words > c->row_limit) return trace_fail(t, "fields: more words than the object has");
    return true;
}

/* Words from outside are no references. */
static bool check_input(Trace *t, const Event_input *e)
{
    bool raw = e->value.kind != WORD_ID && e->address.kind != WORD_ID;
    for (uint32_t k = 0; k < e->f.count; k++) raw &= e->f.at[k].kind == WORD_RAW;
    return raw || trace_fail(t, "input: objects do not come from outside");
}

static bool check_push(Trace *t, const Event_push *e)
{
    TraceCheck *c = &t->check;
    if (!known_info(t, e->i) || !push_fits(t, e)) return false;
    c->stack = memory_grow(c->stack, &c->stack_capacity, c->depth + 1, sizeof *c->stack);
    c->stack[c->depth++] = e->i;
    return true;
}

static bool check_pop(Trace *t, const Event_pop *e)
{
    TraceCheck *c = &t->check;
    if (c->loose) return true;
    if (c->depth == 0) return trace_fail(t, "pop: the stack is empty");
    if (c->stack[c->depth - 1] != e->i)
        return trace_fail(t, "pop: the youngest frame is of info %u, not %u", c->stack[c->depth - 1], e->i);
    c->depth--;
    return true;
}

static bool check_gc_begin(Trace *t, const Event_gc_begin *e)
{
    TraceCheck *c = &t->check;
    if (e->number != c->collections + 1 && t->collection_count)
        return trace_fail(t, "collection %llu stands where %llu is due", (unsigned long long)e->number,
                          (unsigned long long)c->collections + 1);
    c->collections = e->number;
    return c->collecting = true;
}

static bool check_gc_end(Trace *t, const Event_gc_end *e)
{
    TraceCheck *c = &t->check;
    c->collecting = false;
    return e->number == c->collections ||
           trace_fail(t, "collection %llu ends, but %llu began", (unsigned long long)e->number,
                      (unsigned long long)c->collections);
}

static bool check_address(Trace *t, TraceAddr at)
{
    uint64_t block_words = t->header->block / 8;
    return at.offset < block_words || trace_fail(t, "move: the offset is beyond the block");
}

static bool check_sync(Trace *t, const Event_sync *e)
{
    return e->offset == t->bytes || trace_fail(t, "sync: %llu bytes stand before it, not %llu",
                                               (unsigned long long)t->bytes, (unsigned long long)e->offset);
}

static bool check_end(Trace *t, const TraceEvent *e)
{
    t->check.ended = true;
    return e->as_end.events == e->n + 1 ||
           trace_fail(t, "end: it counts %llu events", (unsigned long long)e->as_end.events);
}

static bool check_own_rules(Trace *t, const TraceEvent *e)
{
    switch (e->type) {
    case EVENT_trace: return check_trace(t, &e->as_trace);
    case EVENT_source: return check_source(t, &e->as_source);
    case EVENT_info: return check_info(t, &e->as_info);
    case EVENT_site: return check_site(t, &e->as_site);
    case EVENT_alloc: return check_alloc(t, &e->as_alloc);
    case EVENT_fields: return check_fields(t, &e->as_fields);
    case EVENT_shrink: return bytes_fit(t, "shrink", e->as_shrink.bytes, e->as_shrink.words);
    case EVENT_input: return check_input(t, &e->as_input);
    case EVENT_push: return check_push(t, &e->as_push);
    case EVENT_pop: return check_pop(t, &e->as_pop);
    case EVENT_gc_begin: return check_gc_begin(t, &e->as_gc_begin);
    case EVENT_gc_end: return check_gc_end(t, &e->as_gc_end);
    case EVENT_move: return check_address(t, e->as_move.from) && check_address(t, e->as_move.to);
    case EVENT_sync: return check_sync(t, &e->as_sync);
    case EVENT_end: return check_end(t, e);
    default: return true;
    }
}

/* A `fields` row goes on with the row before it. */
static void note_row(TraceCheck *c, const TraceEvent *e)
{
    c->row_open = true;
    if (e->type == EVENT_alloc) {
        c->row_id = e->as_alloc.id;
        c->row_words = e->as_alloc.f.count;
        c->row_limit = e->as_alloc.words;
    } else if (e->type == EVENT_push || e->type == EVENT_eval) {
        c->row_id = 0;
        c->row_words = 0;
        c->row_limit = UINT32_MAX;
    } else if (e->type != EVENT_fields) {
        c->row_open = false;
    }
}

bool check_event(Trace *t, const TraceEvent *e)
{
    bool group = e->type == EVENT_alloc || (e->type == EVENT_fields && t->check.row_id != 0);
    if (!check_number(t, e) || !check_place(t, e) || !check_group(t, e->type)) return false;
    if (!check_own_rules(t, e)) return false;
    note_row(&t->check, e);
    return e->type == EVENT_info || check_names(t, e, group);
}
