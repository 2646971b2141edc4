/* Driving a run to a place: it is told as many steps as could be enough, and its lines are read one by one. A
 * run that falls silent before the place exists has passed safe points that left no event, and is told again.
 */
#include <inttypes.h>
#include <stdio.h>

#include "inspect/gui/live.h"
#include "inspect/gui/reach.h"

enum { PATIENCE_MS = 200 };

/* How many events, steps or collections are missing before the place exists; INT64_MAX: that cannot be told.
 * A step is there when the next one has begun. */
static int64_t missing(const App *a, AppPlace p)
{
    int64_t left = INT64_MAX;
    switch (p.kind) {
    case PLACE_END:
    case PLACE_MARK: return left;
    case PLACE_EVENT: left = p.n + 1 - (int64_t)trace_count(a->trace); break;
    case PLACE_STEP: left = p.n + 2 - (int64_t)model_step_count(a->model); break;
    case PLACE_COLLECTION: left = p.n - (int64_t)trace_collection_count(a->trace); break;
    }
    return SDL_max(left, 0);
}

static void ask(App *a, AppPlace p)
{
    int64_t steps = missing(a, p);
    if (p.kind == PLACE_EVENT || p.kind == PLACE_STEP)
        live_step(a->live, (uint64_t)steps);
    else
        live_continue(a->live);
}

static void drive(App *a, AppPlace p)
{
    bool waits = live_paused(a->live);
    if (waits && missing(a, p)) ask(a, p);
    while (missing(a, p) && !live_ended(a->live)) {
        bool news = live_read_line(a->live, a->trace, PATIENCE_MS);
        model_refresh(a->model);
        if (!news && waits) ask(a, p);
    }
    app_index(a);
}

static bool there_is_not(const App *a, const char *where)
{
    fprintf(stderr, "thunkscope-view: %s: %s at event %" PRId64 ", and there is no such place\n", where,
            !a->live                   ? "the trace ends"
            : trace_complete(a->trace) ? "the run ended"
                                       : "the run broke off",
            (int64_t)trace_count(a->trace) - 1);
    return false;
}

bool reach(App *a, const char *where)
{
    AppPlace p = place_parse(where);
    if (a->live) drive(a, p);
    int64_t last = (int64_t)trace_count(a->trace) - 1;
    bool past = p.kind == PLACE_EVENT && p.n > last;
    if (past && a->live) return there_is_not(a, where);
    if (!app_goto(a, where)) return there_is_not(a, where);
    if (a->live) live_follow(a->live, false);
    if (past)
        fprintf(stderr, "thunkscope-view: %s is past the end; event %" PRId64 " is the last\n", where, last);
    return true;
}
