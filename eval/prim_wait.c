/* Primitives that wait. There is one thread, so that the whole program waits with it; a signal ends the wait,
 * at the latest a while after it. Follows: GHC, rts/posix/Select.c. */
#include <errno.h>
#include <poll.h>
#include <time.h>

#include "eval/prim_private.h"

enum { NANOSECONDS = 1000000000, MICROSECOND = 1000, A_WHILE = NANOSECONDS };

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * NANOSECONDS + t.tv_nsec;
}

/* False: the run is to stop, or an exception comes in the place of the wait. */
static bool go_on_waiting(Machine *m)
{
    if (m->config.interrupted && *m->config.interrupted) m->stopping = true;
    m->wait_ended = machine_is_interrupted(m, true);
    return !m->stopping && !m->wait_ended;
}

/* Until something has happened, or nothing has until then (0: without end). */
static bool wait_until(Machine *m, struct pollfd *what, int64_t end)
{
    fflush(m->config.out);
    while (go_on_waiting(m)) {
        int64_t left = end ? end - now() : A_WHILE;
        if (left <= 0) return true;
        if (left > A_WHILE) left = A_WHILE;
        int happened =
            ppoll(what, what ? 1 : 0, &(struct timespec){left / NANOSECONDS, left % NANOSECONDS}, NULL);
        if (happened > 0) return true;
        if (happened < 0 && errno != EINTR) return true; /* the operation that follows says what is wrong */
    }
    return false;
}

static bool wait_for(Machine *m, const PrimCall *call, short event)
{
    struct pollfd what = {.fd = (int)prim_arg(m, call, 0), .events = event};
    return wait_until(m, &what, 0);
}

bool prim_wait_read(Machine *m, const PrimCall *call) { return wait_for(m, call, POLLIN); }

bool prim_wait_write(Machine *m, const PrimCall *call) { return wait_for(m, call, POLLOUT); }

/* Microseconds; less than one is no wait. */
bool prim_delay(Machine *m, const PrimCall *call)
{
    int64_t span = (int64_t)prim_arg(m, call, 0), start = now();
    if (span <= 0) return true;
    bool is_endless = span > (INT64_MAX - start) / MICROSECOND;
    return wait_until(m, NULL, is_endless ? INT64_MAX : start + span * MICROSECOND);
}
