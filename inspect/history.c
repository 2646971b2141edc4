/* Events as lines, and the events that touched an object. Both derive from the table of events. */
#include <inttypes.h>
#include <string.h>

#include "inspect/model_private.h"

/* ---- Which event names which object: its fields of type ID, and the words that a write exchanges. The words
 * of allocations, frames and locals are not touches: they say who could reach it, not that something happened
 * to it. */

#define NAMES_NUM(v)      false
#define NAMES_NUM_OPT(v)  false
#define NAMES_HEX(v)      false
#define NAMES_NS(v)       false
#define NAMES_ID(v)       ((v) == id)
#define NAMES_ID_OPT(v)   ((v) == id)
#define NAMES_INFO(v)     false
#define NAMES_INFO_OPT(v) false
#define NAMES_SITE_OPT(v) false
#define NAMES_STR(v)      false
#define NAMES_STR_OPT(v)  false
#define NAMES_BOOL_OPT(v) false
#define NAMES_ADDR(v)     false
#define NAMES_WORD(v)     ((v).kind == WORD_ID && (v).value == id)
#define NAMES_WORDS(v)    false

static bool event_touches(const TraceEvent *e, ObjectId id)
{
    switch (e->type) {
#define EVENT(name, level, class, sentence, fields)                                                          \
    case EVENT_##name: {                                                                                     \
        const Event_##name *x = &e->as_##name;                                                               \
        (void)x;                                                                                             \
        return false fields;                                                                                 \
    }
#define F(field, type, sentence) || NAMES_##type(x->field)
#include "traces/events.def"
#undef F
#undef EVENT
    default: return false;
    }
}

uint32_t model_history(const Model *m, ObjectId id, uint64_t *out, uint32_t most)
{
    uint32_t count = 0;
    uint64_t end = trace_count(m->trace);
    const PlayObject *o = playback_object(m->play, id);
    for (uint64_t n = o ? o->born : 0; id && n < end; n++) {
        if (!event_touches(trace_event(m->trace, n), id)) continue;
        if (count < most) out[count] = n;
        count++;
    }
    return count;
}

/* ---- Lines */

static void add_word(const Model *m, Text *t, TraceWord w)
{
    char word[48];
    text_add(t, " %s", model_word(m, w, w.kind == WORD_ID ? 'P' : 'I', word, sizeof word));
}

static void add_words(const Model *m, Text *t, TraceWords words)
{
    for (uint32_t k = 0; k < words.count && !t->cut; k++) add_word(m, t, words.at[k]);
}

static void add_site(const Model *m, Text *t, uint32_t s)
{
    const Event_site *site = s == TRACE_NO_NUMBER ? NULL : trace_site(m->trace, s);
    if (!site) return;
    text_put(t, " at ");
    if (model_site_place(site).is_haskell)
        add_brief_place(t, m, model_site_place(site));
    else
        text_add(t, "%" PRIu64 ":%" PRIu64, site->line, site->column);
    text_add(t, " %s", site->text);
}

#define ADD_NUM(name, v) text_add(t, " " name "=%" PRIu64, v)
#define ADD_NUM_OPT(name, v)                                                                                 \
    if (v) ADD_NUM(name, v)
#define ADD_HEX(name, v) text_add(t, " " name "=%016" PRIx64, v)
#define ADD_NS(name, v)  (void)(v)
#define ADD_ID(name, v)  text_add(t, " %s#%" PRId64, strcmp(name, "to") == 0 ? "→ " : "", v)
#define ADD_ID_OPT(name, v)                                                                                  \
    if (v) ADD_ID(name, v)
#define ADD_INFO(name, v) text_add(t, " %s", info_short(m, v))
#define ADD_INFO_OPT(name, v)                                                                                \
    if ((v) != TRACE_NO_NUMBER) text_add(t, " " name " %s", info_short(m, v))
#define ADD_SITE_OPT(name, v) add_site(m, t, v)
#define ADD_STR(name, v)      text_add(t, " %.60s", v)
#define ADD_STR_OPT(name, v)                                                                                 \
    if (v) ADD_STR(name, v)
#define ADD_BOOL_OPT(name, v)                                                                                \
    if (v) text_add(t, " " name)
#define ADD_ADDR(name, v)  text_add(t, " " name " %u+0x%x", (v).block, 8 * (v).offset)
#define ADD_WORD(name, v)  add_word(m, t, v)
#define ADD_WORDS(name, v) add_words(m, t, v)

/* The event as its row of the table says it. */
static void add_fields(const Model *m, Text *t, const TraceEvent *e)
{
    switch (e->type) {
#define EVENT(name, level, class, sentence, fields)                                                          \
    case EVENT_##name: {                                                                                     \
        const Event_##name *x = &e->as_##name;                                                               \
        (void)x;                                                                                             \
        fields break;                                                                                        \
    }
#define F(field, type, sentence) ADD_##type(#field, x->field);
#include "traces/events.def"
#undef F
#undef EVENT
    default: break;
    }
}

static void add_alloc(const Model *m, Text *t, const Event_alloc *a)
{
    const Event_info *info = trace_info(m->trace, a->i);
    text_add(t, " #%" PRId64 " %s %s %" PRIu64 " word%s", a->id, info ? info->kind : "?", info_short(m, a->i),
             a->words, a->words == 1 ? "" : "s");
}

const char *model_event_line(const Model *m, int64_t n, char *out, size_t size)
{
    Text t = text_into(out, size);
    if (n < 0 || (uint64_t)n >= trace_count(m->trace)) return out;
    const TraceEvent *e = trace_event(m->trace, (uint64_t)n);
    text_put(&t, e->type < EVENT_COUNT ? event_names[e->type] : "unknown");
    if (e->type == EVENT_alloc)
        add_alloc(m, &t, &e->as_alloc);
    else
        add_fields(m, &t, e);
    return out;
}
