/* Arena and scratch. Chunks are chained; the newest serves requests, a large request gets a chunk of its own
 * behind it. From the second half megabyte on, chunks are huge pages: the trees of a large program are read
 * in a few milliseconds, of which small pages would take a third. */
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

static void *alloc_large(Arena *a, size_t bytes)
{
    Chunk *c = chunk_new(a, bytes, a->newest->next);
    a->newest->next = c;
    return c->bytes;
}

void *eval_arena_alloc(Arena *a, size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    if (bytes > CHUNK_BYTES / 4) return alloc_large(a, bytes);
    if (a->newest->room - a->newest->used < bytes) a->newest = chunk_new(a, CHUNK_BYTES, a->newest);
    void *piece = a->newest->bytes + a->newest->used;
    a->newest->used += bytes;
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
