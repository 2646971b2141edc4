/* A block source of one's own, as a worked example: the heap lies in a file, so that another process can look
 * at it while the program runs (`xxd`, `strings`), and a heap larger than memory goes to that file's disk.
 *
 *   thunkscope run PROG +RTS --block-source=./source_file.so:/tmp/heap.img
 *
 * Each run of megablocks is the next piece of the file, mapped shared; what is given back is punched out of
 * it. Without a path the file has no name and goes away with the program (memfd_create). */
#define _GNU_SOURCE 1 /* memfd_create, fallocate */
#include "blocks/source_plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MEGABLOCK ((size_t)1 << 20)

enum { RANGE_MEGABLOCKS = 1 << 16 }; /* 64 GiB of addresses; the file grows as it is used */

typedef struct FileHeap {
    int fd;
    char *mapping, *base;        /* base: the first multiple of a megablock in the mapping */
    size_t file_megablocks;      /* how long the file is */
    char used[RANGE_MEGABLOCKS]; /* by place in the file */
} FileHeap;

static size_t mapping_bytes(void) { return (RANGE_MEGABLOCKS + 1) * MEGABLOCK; }

static void file_close(void *state)
{
    FileHeap *h = state;
    if (h->mapping) munmap(h->mapping, mapping_bytes());
    if (h->fd >= 0) close(h->fd);
    free(h);
}

static void *file_open(const char *path, char *error, size_t size)
{
    FileHeap *h = calloc(1, sizeof *h);
    if (!h) return NULL;
    h->fd =
        path ? open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : memfd_create("heap", MFD_CLOEXEC);
    if (h->fd < 0) {
        snprintf(error, size, "%s: %s", path ? path : "memfd", strerror(errno));
        file_close(h);
        return NULL;
    }
    char *mapping =
        mmap(NULL, mapping_bytes(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED) {
        snprintf(error, size, "no address space for a heap in a file");
        file_close(h);
        return NULL;
    }
    h->mapping = mapping;
    h->base = mapping + (-(uintptr_t)mapping & (MEGABLOCK - 1));
    return h;
}

/* The lowest place where so many megablocks are unused; RANGE_MEGABLOCKS if there is none. */
static size_t place_for(const FileHeap *h, size_t megablocks)
{
    size_t run = 0;
    for (size_t at = 0; at < RANGE_MEGABLOCKS; at++) {
        run = h->used[at] ? 0 : run + 1;
        if (run == megablocks) return at + 1 - megablocks;
    }
    return RANGE_MEGABLOCKS;
}

static int file_grow(FileHeap *h, size_t megablocks)
{
    if (megablocks <= h->file_megablocks) return 1;
    if (ftruncate(h->fd, (off_t)(megablocks * MEGABLOCK)) != 0) return 0;
    h->file_megablocks = megablocks;
    return 1;
}

static void *file_commit(void *state, size_t megablocks)
{
    FileHeap *h = state;
    size_t place = place_for(h, megablocks);
    if (place == RANGE_MEGABLOCKS || !file_grow(h, place + megablocks)) return NULL;
    char *run = h->base + place * MEGABLOCK;
    if (mmap(run, megablocks * MEGABLOCK, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, h->fd,
             (off_t)(place * MEGABLOCK)) == MAP_FAILED)
        return NULL;
    memset(h->used + place, 1, megablocks);
    return run;
}

static void file_decommit(void *state, void *run, size_t megablocks)
{
    FileHeap *h = state;
    size_t place = (size_t)((char *)run - h->base) / MEGABLOCK, bytes = megablocks * MEGABLOCK;
    memset(h->used + place, 0, megablocks);
    mmap(run, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    fallocate(h->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)(place * MEGABLOCK), (off_t)bytes);
}

static void *file_base(void *state) { return ((FileHeap *)state)->base; }

const BlockSourcePlugin thunkscope_block_source = {
    .abi = BLOCK_SOURCE_ABI,
    .name = "file",
    .open = file_open,
    .close = file_close,
    .commit = file_commit,
    .decommit = file_decommit,
    .base = file_base,
};
