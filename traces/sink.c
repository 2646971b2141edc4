#include "traces/sink_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "traces/arena_private.h"

struct Sink {
    int fd; /* -1: none */
    bool close_it, is_socket, quiet;
    SinkReceiver receiver;
    void *context;
    ZSTD_CCtx *compressor; /* NULL: plain */
    char *compressed;
    size_t compressed_size;
};

bool sink_is_quiet(const Sink *s) { return s->quiet; }

bool sink_is_live(const Sink *s)
{
    struct stat status;
    return s->fd >= 0 && fstat(s->fd, &status) == 0 && (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode));
}

/* ---- File descriptors */

/* A write to a pipe whose reader is gone must answer EPIPE, not end the process: SIGPIPE is held back for
 * this thread, and taken if this write raised it. Sockets have a flag for that. */
static ssize_t write_pipe(int fd, const char *bytes, size_t count)
{
    sigset_t pipe_set, old, pending;
    sigemptyset(&pipe_set);
    sigaddset(&pipe_set, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_set, &old);
    ssize_t written = write(fd, bytes, count);
    int error = errno;
    if (written < 0 && error == EPIPE && !was_pending) sigtimedwait(&pipe_set, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = error;
    return written;
}

static ssize_t write_some(const Sink *s, const char *bytes, size_t count)
{
    return s->is_socket ? send(s->fd, bytes, count, MSG_NOSIGNAL) : write_pipe(s->fd, bytes, count);
}

static bool wait_until_writable(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

static bool may_write_again(const Sink *s)
{
    if (errno == EINTR) return true;
    return (errno == EAGAIN || errno == EWOULDBLOCK) && wait_until_writable(s->fd);
}

static void write_fd(Sink *s, const char *bytes, size_t count)
{
    while (count && !s->quiet) {
        ssize_t written = write_some(s, bytes, count);
        if (written < 0) {
            s->quiet = !may_write_again(s);
            continue;
        }
        bytes += written;
        count -= (size_t)written;
    }
}

static void write_out(Sink *s, const char *bytes, size_t count)
{
    if (s->receiver)
        s->receiver(s->context, bytes, count);
    else
        write_fd(s, bytes, count);
}

/* ---- Compression */

static void write_compressed(Sink *s, const char *bytes, size_t count, ZSTD_EndDirective directive)
{
    ZSTD_inBuffer in = {bytes, count, 0};
    for (size_t left = 1; left && !s->quiet;) {
        ZSTD_outBuffer out = {s->compressed, s->compressed_size, 0};
        left = ZSTD_compressStream2(s->compressor, &out, &in, directive);
        if (ZSTD_isError(left))
            s->quiet = true;
        else
            write_out(s, s->compressed, out.pos);
        if (directive == ZSTD_e_continue && in.pos == in.size) break;
    }
}

void sink_write(Sink *s, const char *bytes, size_t count)
{
    if (s->quiet || count == 0) return;
    if (s->compressor)
        write_compressed(s, bytes, count, ZSTD_e_continue);
    else
        write_out(s, bytes, count);
}

static bool ends_in(const char *path, const char *end)
{
    size_t length = strlen(path), wanted = strlen(end);
    return length >= wanted && strcmp(path + length - wanted, end) == 0;
}

static void compress(Sink *s)
{
    s->compressor = ZSTD_createCCtx();
    s->compressed_size = ZSTD_CStreamOutSize();
    s->compressed = memory_new(s->compressed_size);
}

/* ---- Making and closing */

Sink *sink_fd(int fd, bool close_it)
{
    Sink *s = memory_new_zeroed(sizeof *s);
    int type;
    s->fd = fd;
    s->close_it = close_it;
    s->is_socket = getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &(socklen_t){sizeof type}) == 0;
    return s;
}

Sink *sink_file(const char *path, TraceError *error)
{
    if (strcmp(path, "-") == 0) return sink_fd(STDOUT_FILENO, false);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        *error = (TraceError){0, ""};
        snprintf(error->text, sizeof error->text, "cannot write %.120s: %s", path, strerror(errno));
        return NULL;
    }
    Sink *s = sink_fd(fd, true);
    if (ends_in(path, ".zst")) compress(s);
    return s;
}

Sink *sink_callback(SinkReceiver receiver, void *context)
{
    Sink *s = memory_new_zeroed(sizeof *s);
    s->fd = -1;
    s->receiver = receiver;
    s->context = context;
    return s;
}

void sink_finish(Sink *s)
{
    if (s->compressor) write_compressed(s, NULL, 0, ZSTD_e_end);
}

bool sink_close(Sink *s)
{
    sink_finish(s);
    bool ok = !s->quiet;
    if (s->close_it && close(s->fd) != 0) ok = false;
    ZSTD_freeCCtx(s->compressor);
    free(s->compressed);
    free(s);
    return ok;
}
