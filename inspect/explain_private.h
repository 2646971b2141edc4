/* Explaining a step: the moment that is explained, the rows of explanations.def, and the names that fill
 * them. */
#ifndef THUNKSCOPE_INSPECT_EXPLAIN_PRIVATE_H
#define THUNKSCOPE_INSPECT_EXPLAIN_PRIVATE_H

#include "inspect/model_private.h"

typedef enum Explanation {
#define EXPLANATION(key, sentence) EXPLAIN_##key,
#define CAUSE(reason, words)
#include "inspect/explanations.def"
#undef CAUSE
#undef EXPLANATION
    EXPLANATION_COUNT
} Explanation;

/* The playback stands at the last event of the step. */
typedef struct Moment {
    const Model *m;
    int64_t step, first, last; /* the step and its events */
    const TraceEvent *e;       /* the event that names the rule: at first, or, of a resumed step, before it */
} Moment;

/* The first event of that type within the step, NULL if there is none. */
const TraceEvent *moment_event(const Moment *x, EventType type);
/* What the step has remembered: of several, one that points to something young; NULL: nothing. *young: that
 * object, 0: the remembered one points to nothing young. */
const Event_remember *moment_remembered(const Moment *x, ObjectId *young);
uint32_t moment_count(const Moment *x, EventType type);
const Event_site *moment_site(const Moment *x);
/* Fills a template (explain_fill.c). */
void explain_fill(Text *t, const Moment *x, const char *sentence);

/* The fillers: explain_code.c, explain_heap.c, explain_collection.c, explain_fill.c. */
#define FILLER(name, sentence) void fill_##name(Text *t, const Moment *x);
#include "inspect/explain_fillers.def"
#undef FILLER

/* Words (explain_words.c). */
void explain_count(Text *t, uint64_t n, const char *one, const char *many);
void explain_join(Text *t, uint32_t k, uint32_t count); /* "x", "x and y", "x, y and z": before each item */
void explain_name(Text *t, const Moment *x, ObjectId id);
void explain_con_name(Text *t, const char *name);
void explain_value(Text *t, const Moment *x, ObjectId id);
ObjectId explain_subject(const Moment *x); /* the object that the step enters, applies or updates; 0: none */

#endif
