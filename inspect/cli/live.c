#include "inspect/cli/live.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inspect/cli/output.h"

enum { STOP_MS = 1000 };

int live_connect(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return -1;
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    close(fd);
    return -1;
}

static bool poll_viewer(void *context)
{
    const Live *live = context;
    if (!control_poll(live->control)) return false;
    switch (control_viewer(live->control)) {
    case VIEWER_WATCHES: return true;
    case VIEWER_LEFT: return live->loss != LOSS_ENDS;
    case VIEWER_LEFT_WAITING: return live->loss == LOSS_GOES_ON;
    }
    return true;
}

void live_record(Live *live, int fd, bool paused, SessionConfig *s)
{
    live->control = control_new(fd, paused);
    s->sink = sink_fd(fd, true);
    s->control = poll_viewer;
    s->control_context = live;
}

void live_end(Live *live)
{
    if (live->control) control_free(live->control);
    live->control = NULL;
}

/* ---- The viewer's side */

void live_die_with(pid_t parent, int signal_number)
{
    prctl(PR_SET_PDEATHSIG, signal_number);
    if (getppid() != parent) raise(signal_number); /* it has ended already */
}

_Noreturn static void child_main(int fd, int out, SessionConfig *s, bool paused)
{
    Live live = {.loss = out >= 0 ? LOSS_ENDS : LOSS_ENDS_IF_WAITING};
    if (out >= 0) {
        dup2(out, STDOUT_FILENO);
        close(out);
        setvbuf(stdout, NULL, _IONBF, 0); /* what a step printed is there when the step is */
    }
    s->out = stdout;
    live_record(&live, fd, paused, s);
    int status = session_run(s);
    live_end(&live);
    status = output_finish(status);
    fflush(NULL);
    _exit(status);
}

static void close_pair(int pair[2])
{
    if (pair[0] >= 0) close(pair[0]);
    if (pair[1] >= 0) close(pair[1]);
}

bool live_spawn(LiveChild *child, SessionConfig *s, bool paused, bool catch_output)
{
    int trace[2] = {-1, -1}, out[2] = {-1, -1};
    bool made =
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, trace) == 0 && (!catch_output || pipe(out) == 0);
    fflush(NULL);
    pid_t parent = getpid(), pid = made ? fork() : -1;
    if (pid < 0) {
        perror("thunkscope: cannot start the run");
        close_pair(trace);
        close_pair(out);
        return false;
    }
    if (pid == 0) {
        close(trace[0]);
        if (out[0] >= 0) close(out[0]);
        live_die_with(parent, catch_output ? SIGKILL : SIGTERM);
        child_main(trace[1], out[1], s, paused);
    }
    close(trace[1]);
    if (out[1] >= 0) close(out[1]);
    *child = (LiveChild){pid, trace[0], out[0]};
    return true;
}

bool live_send(const LiveChild *child, const char *command, int64_t argument)
{
    char line[64];
    int length = argument < 0 ? snprintf(line, sizeof line, "{\"c\":\"%s\"}\n", command)
                              : snprintf(line, sizeof line, "{\"c\":\"%s\",\"arg\":%lld}\n", command,
                                         (long long)argument);
    for (int sent = 0; sent < length;) {
        ssize_t n = send(child->fd, line + sent, (size_t)(length - sent), MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        sent += (int)n;
    }
    return true;
}

void live_stop(const LiveChild *child)
{
    siginfo_t ended = {0};
    kill(child->pid, SIGTERM);
    for (int patience = STOP_MS; patience > 0 && ended.si_pid == 0; patience -= 10) {
        waitid(P_PID, (id_t)child->pid, &ended, WEXITED | WNOHANG | WNOWAIT);
        if (ended.si_pid == 0) poll(NULL, 0, 10);
    }
    if (ended.si_pid == 0) kill(child->pid, SIGKILL);
}

int live_wait(LiveChild *child)
{
    int status = 0;
    if (child->fd >= 0) close(child->fd);
    if (child->out >= 0) close(child->out);
    while (waitpid(child->pid, &status, 0) < 0)
        if (errno != EINTR) return STATUS_INTERNAL;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
