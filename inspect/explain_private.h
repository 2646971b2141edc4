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
uint32_t moment_count(const Moment *x, EventType type);
const Event_site *moment_site(const Moment *x);
/* Fills a template. */
void explain_fill(Text *t, const Moment *x, const char *sentence);

#endif
