/* Arena and scratch. Chunks are chained; the first one serves requests: of the last two that were made, the
 * one of which more is left. From the second half megabyte on, chunks are huge pages: the trees of a large
 * program are read in a few milliseconds, of which small pages would take a third. */
#include "eval/arena_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { CHUNK_BYTES = 64 * 1024, LARGE_BYTES = 512 * 1024, HUGE_BYTES = 2 * 1024 * 1024 };

typedef struct Chunk {
    struct Chunk *next;
    size_t used, room;
    bool is_mapped;
    _Alignas(16) char bytes[];
} Chunk;

struct Arena {
    Chunk *newest;
    size_t bytes; /* of all chunks */
};

static void *checked(void *memory)
{
    require(memory, "out of memory");
    return memory;
}

/* So many bytes of memory aligned for huge pages, or NULL. */
static void *map_huge(size_t bytes)
{
    char *start = mmap(NULL, bytes + HUGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return NULL;
    size_t before = -(uintptr_t)start % HUGE_BYTES;
    if (before) munmap(start, before);
    munmap(start + before + bytes, HUGE_BYTES - before);
    madvise(start + before, bytes, MADV_HUGEPAGE);
    return start + before;
}

static Chunk *chunk_new(Arena *a, size_t room, Chunk *next)
{
    size_t bytes = sizeof(Chunk) + room;
    Chunk *c = NULL;
    if (a->bytes + bytes > LARGE_BYTES) {
        size_t huge = (bytes + HUGE_BYTES - 1) & -(size_t)HUGE_BYTES;
        c = map_huge(huge);
        if (c) bytes = huge;
    }
    bool is_mapped = c;
    if (!c) c = checked(calloc(1, bytes));
    *c = (Chunk){.next = next, .room = bytes - sizeof(Chunk), .is_mapped = is_mapped};
    a->bytes += bytes;
    return c;
}

Arena *eval_arena_new(void)
{
    Arena *a = checked(calloc(1, sizeof *a));
    a->newest = chunk_new(a, CHUNK_BYTES, NULL);
    return a;
}

void eval_arena_free(Arena *a)
{
    for (Chunk *c = a->newest, *next; c; c = next) {
        next = c->next;
        if (c->is_mapped)
            munmap(c, sizeof(Chunk) + c->room);
        else
            free(c);
    }
    free(a);
}

static size_t left(const Chunk *c) { return c->room - c->used; }

/* Behind the newest, or in its place if more is left of it then. */
static Chunk *chunk_add(Arena *a, size_t bytes)
{
    Chunk *newest = a->newest, *c = chunk_new(a, bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES, newest->next);
    if (left(c) - bytes > left(newest)) {
        c->next = newest;
        a->newest = c;
    } else {
        newest->next = c;
    }
    return c;
}

void *eval_arena_alloc(Arena *a, size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    Chunk *c = left(a->newest) < bytes ? chunk_add(a, bytes) : a->newest;
    void *piece = c->bytes + c->used;
    c->used += bytes;
    return piece;
}

char *eval_arena_copy(Arena *a, const void *bytes, size_t count)
{
    char *copy = eval_arena_alloc(a, count + 1);
    if (count) memcpy(copy, bytes, count);
    return copy;
}

void scratch_push(Scratch *s, const void *item, size_t bytes)
{
    if (s->room - s->used < bytes) {
        s->room = (s->used + bytes) * 2 + 1024;
        s->bytes = checked(realloc(s->bytes, s->room));
    }
    memcpy(s->bytes + s->used, item, bytes);
    s->used += bytes;
}

void *scratch_take(Scratch *s, size_t mark, Arena *a)
{
    size_t bytes = s->used - mark;
    s->used = mark;
    return bytes ? memcpy(eval_arena_alloc(a, bytes), s->bytes + mark, bytes) : NULL;
}

void scratch_free(Scratch *s)
{
    free(s->bytes);
    *s = (Scratch){0};
}

void *array_grow(void *array, uint32_t count, size_t element)
{
    bool full = (count & (count - 1)) == 0; /* 0 or a power of two */
    return full ? checked(realloc(array, (count ? (size_t)count * 2 : 1) * element)) : array;
}
