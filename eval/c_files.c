/* What base's handles need of C: output in order, waiting, locks, terminals. Follows: GHC, rts/FileLock.c,
 * libraries/base/cbits/inputReady.c. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "eval/c_base_private.h"

/* ---- Output */

/* What has been printed on the program's stdout or stderr before comes first. A stream that is no file takes
 * the bytes itself. */
ssize_t write_in_order(Machine *m, const Word *a)
{
    int fd = (int)a[0];
    const void *bytes = (const void *)a[1];
    FILE *stream = fd == STDOUT_FILENO ? m->config.out : fd == STDERR_FILENO ? m->config.err : NULL;
    if (!stream) return write(fd, bytes, a[2]);
    int file = fileno(stream);
    if (file < 0) return (ssize_t)fwrite(bytes, 1, a[2], stream);
    fflush(stream);
    return write(file, bytes, a[2]);
}

/* ---- Waiting: fdReady(fd, for writing, milliseconds, is a socket) */

int fd_ready(const Word *a)
{
    struct pollfd one = {.fd = (int)a[0], .events = a[1] ? POLLOUT : POLLIN};
    int64_t milliseconds = (int64_t)a[2];
    int limit = milliseconds < 0 ? -1 : milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds;
    int ready;
    do ready = poll(&one, 1, limit);
    while (ready < 0 && errno == EINTR && limit < 0);
    return ready < 0 ? -1 : ready > 0;
}

/* ---- Locks: lockFile(id, device, inode, for writing) */

static bool conflicts(const FileLock *lock, Word device, Word inode, bool for_writing)
{
    return lock->device == device && lock->inode == inode && (for_writing || lock->for_writing);
}

int lock_file(Machine *m, const Word *a)
{
    BaseState *base = &m->base;
    bool for_writing = (int)a[3] != 0;
    for (size_t i = 0; i < base->lock_count; i++)
        if (conflicts(&base->locks[i], a[1], a[2], for_writing)) return -1;
    if (base->lock_count == base->lock_room) {
        size_t room = base->lock_room ? 2 * base->lock_room : 8;
        FileLock *bigger = realloc(base->locks, room * sizeof *bigger);
        if (!bigger) return -1;
        base->locks = bigger;
        base->lock_room = room;
    }
    base->locks[base->lock_count++] = (FileLock){a[0], a[1], a[2], for_writing};
    return 0;
}

int unlock_file(Machine *m, Word id)
{
    BaseState *base = &m->base;
    for (size_t i = 0; i < base->lock_count; i++)
        if (base->locks[i].id == id) {
            base->locks[i] = base->locks[--base->lock_count];
            return 0;
        }
    return 1;
}

/* ---- Terminals */

void **saved_terminal(Machine *m, int fd)
{
    static void *nowhere;
    nowhere = NULL;
    return fd >= 0 && fd < SAVED_TERMINALS ? &m->base.terminals[fd] : &nowhere;
}
