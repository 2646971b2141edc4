/* The index of steps: the events at which a step begins, made once and lengthened as the trace grows.
 *
 * A step begins with an event of type eval, enter, return, apply, update, raise or gc_begin. A collection
 * that interrupts a step (the heap check of a let, say) is a step of its own, and what the interrupted step
 * does after it is a third one: it begins behind the gc_end. So a collection's step is gc_begin to gc_end,
 * exactly. */
#include <stdlib.h>
#include <string.h>

#include "inspect/model_private.h"

bool begins_step(EventType type)
{
    switch (type) {
    case EVENT_eval:
    case EVENT_enter:
    case EVENT_return:
    case EVENT_apply:
    case EVENT_update:
    case EVENT_raise:
    case EVENT_gc_begin: return true;
    default: return false;
    }
}

static bool steps_add(Model *m, uint64_t n)
{
    if (m->step_count == m->step_room) {
        uint64_t room = m->step_room ? 2 * m->step_room : 1024;
        uint64_t *steps = realloc(m->steps, room * sizeof *steps);
        if (!steps) return false;
        m->steps = steps;
        m->step_room = room;
    }
    m->steps[m->step_count++] = n;
    return true;
}

/* The update by which an entered CAF becomes an indirection to its black hole. */
static bool is_caf_update(const Model *m, const TraceEvent *e)
{
    if (e->type != EVENT_update || m->step_count == 0) return false;
    const TraceEvent *step = trace_event(m->trace, m->steps[m->step_count - 1]);
    return step->type == EVENT_enter && strcmp(step->as_enter.rule, "enter-caf") == 0 &&
           step->as_enter.id == e->as_update.id;
}

static bool pops_update_frame(const Model *m, const TraceEvent *e)
{
    return e->type == EVENT_pop && kind_of_info(trace_info(m->trace, e->as_pop.i)) == KIND_UPDATE_FRAME;
}

/* Where the step begins that event n begins. */
static uint64_t step_start(const Model *m, uint64_t n)
{
    uint64_t last = m->step_count ? m->steps[m->step_count - 1] : 0;
    bool updates = trace_event(m->trace, n)->type == EVENT_update && n > last + 1;
    return updates && pops_update_frame(m, trace_event(m->trace, n - 1)) ? n - 1 : n;
}

void steps_index(Model *m)
{
    uint64_t count = trace_count(m->trace);
    for (; m->indexed < count; m->indexed++) {
        const TraceEvent *e = trace_event(m->trace, m->indexed);
        EventType type = e->type;
        bool begins = (begins_step(type) && !is_caf_update(m, e)) || (m->resume && type != EVENT_end);
        if (begins && !steps_add(m, step_start(m, m->indexed))) return;
        m->resume = type == EVENT_gc_end;
    }
}

int64_t telling_event(const Model *m, int64_t n)
{
    if (m->level < TRACE_STEP) return -1;
    for (int64_t step = model_step_at(m, n); step >= 0; step--) {
        EventType type = trace_event(m->trace, m->steps[step])->type;
        if (type == EVENT_eval || type == EVENT_enter || type == EVENT_return || type == EVENT_apply)
            return (int64_t)m->steps[step];
    }
    return -1;
}
