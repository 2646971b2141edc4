/* Reading and commanding without ever blocking: a command that does not fit into the socket waits its turn.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "inspect/gui/live.h"

enum { PIECE = 64 << 10, MOST_PIECES = 16, OUT_ROOM = 4096, HEADER_MS = 1000 };

struct Live {
    int fd;
    bool follows, paused, ended;
    char out[OUT_ROOM]; /* commands not sent yet */
    size_t out_used;
    char in[PIECE]; /* what has arrived; [in_at, in_end) is not fed yet */
    size_t in_at, in_end;
};

typedef enum Command {
#define COMMAND(name, argument, sentence) COMMAND_##name,
#include "traces/commands.def"
#undef COMMAND
} Command;

static const char *const command_names[] = {
#define COMMAND(name, argument, sentence) #name,
#include "traces/commands.def"
#undef COMMAND
};

static void send_waiting(Live *l)
{
    while (l->out_used && !l->ended) {
        ssize_t sent = send(l->fd, l->out, l->out_used, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent <= 0) return;
        l->out_used -= (size_t)sent;
        memmove(l->out, l->out + sent, l->out_used);
    }
}

static void command(Live *l, Command c, uint64_t argument)
{
    size_t room = sizeof l->out - l->out_used;
    int length = snprintf(l->out + l->out_used, room, "{\"c\":\"%s\",\"arg\":%" PRIu64 "}\n",
                          command_names[c], argument);
    if (length > 0 && (size_t)length < room) l->out_used += (size_t)length;
    send_waiting(l);
}

Live *live_new(int fd, bool lockstep)
{
    Live *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->fd = fd;
    l->follows = true;
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    if (lockstep) live_pause(l);
    return l;
}

void live_close(Live *l)
{
    if (!l) return;
    if (!l->ended && !l->paused) command(l, COMMAND_continue, 0);
    close(l->fd);
    free(l);
}

static void live_end(Live *l, Trace *t)
{
    l->ended = true;
    l->paused = false;
    trace_finish(t);
}

/* False: nothing has arrived that is not fed yet. */
static bool fetch(Live *l, Trace *t)
{
    if (l->in_at < l->in_end) return true;
    if (l->ended) return false;
    ssize_t count = read(l->fd, l->in, sizeof l->in);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return false;
    l->in_at = 0;
    l->in_end = count > 0 ? (size_t)count : 0;
    if (count <= 0) live_end(l, t);
    return count > 0;
}

static void feed(Live *l, Trace *t, size_t count)
{
    const char *bytes = l->in + l->in_at;
    l->in_at += count;
    if (trace_feed(t, bytes, count)) return;
    l->in_at = l->in_end;
    live_end(l, t);
}

bool live_read(Live *l, Trace *t)
{
    bool ended = l->ended, news = false;
    send_waiting(l);
    for (int k = 0; k < MOST_PIECES && fetch(l, t); k++) {
        feed(l, t, l->in_end - l->in_at);
        news = true;
    }
    return news || l->ended != ended;
}

bool live_read_line(Live *l, Trace *t, int ms)
{
    struct pollfd waits = {.fd = l->fd, .events = POLLIN};
    send_waiting(l);
    if (l->in_at == l->in_end && !l->ended && poll(&waits, 1, ms) <= 0) return false;
    if (!fetch(l, t)) return l->ended;
    const char *newline = memchr(l->in + l->in_at, '\n', l->in_end - l->in_at);
    feed(l, t, newline ? (size_t)(newline + 1 - l->in) - l->in_at : l->in_end - l->in_at);
    return true;
}

bool live_read_header(Live *l, Trace *t)
{
    while (!l->ended && !trace_header(t)) live_read_line(l, t, HEADER_MS);
    return trace_header(t) != NULL;
}

bool live_follows(const Live *l) { return l->follows; }
void live_follow(Live *l, bool follow) { l->follows = follow; }
bool live_paused(const Live *l) { return l->paused; }
bool live_ended(const Live *l) { return l->ended && l->in_at == l->in_end; }

void live_pause(Live *l)
{
    if (l->ended) return;
    l->paused = true;
    command(l, COMMAND_pause, 0);
}

void live_continue(Live *l)
{
    if (l->ended) return;
    l->paused = false;
    command(l, COMMAND_continue, 0);
}

void live_step(Live *l, uint64_t steps)
{
    if (l->ended) return;
    if (!l->paused) live_pause(l);
    command(l, COMMAND_step, steps);
}

const char *live_state(const Live *l)
{
    if (l->ended) return "live: the run has ended";
    if (l->paused) return l->follows ? "live: the run waits" : "live: the run waits, held here";
    return l->follows ? "live: following" : "live: running, held here";
}
