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

enum { PIECE = 64 << 10, MOST_PIECES = 16, OUT_ROOM = 4096 };

struct Live {
    int fd;
    bool follows, paused, ended;
    char out[OUT_ROOM]; /* commands not sent yet */
    size_t out_used;
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
    if (!l->ended) command(l, COMMAND_continue, 0);
    close(l->fd);
    free(l);
}

static void live_end(Live *l, Trace *t)
{
    l->ended = true;
    l->paused = false;
    trace_finish(t);
}

bool live_read(Live *l, Trace *t)
{
    static const size_t piece = PIECE;
    char bytes[PIECE];
    bool news = false;
    send_waiting(l);
    for (int k = 0; k < MOST_PIECES && !l->ended; k++) {
        ssize_t count = read(l->fd, bytes, piece);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) break;
        news = true;
        if (count <= 0 || !trace_feed(t, bytes, (size_t)count)) live_end(l, t);
    }
    return news;
}

void live_read_header(Live *l, Trace *t)
{
    while (!l->ended && !trace_header(t)) {
        struct pollfd waits = {.fd = l->fd, .events = POLLIN};
        poll(&waits, 1, 1000);
        live_read(l, t);
    }
}

bool live_follows(const Live *l) { return l->follows; }
void live_follow(Live *l, bool follow) { l->follows = follow; }
bool live_paused(const Live *l) { return l->paused; }
bool live_ended(const Live *l) { return l->ended; }

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
