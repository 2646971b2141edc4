/* Arena and scratch. Chunks are chained; the newest serves requests, a large request gets a chunk of its own
 * behind it. */
#include "eval/arena_private.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 64 * 1024 };

typedef struct Chunk {
    struct Chunk *next;
    size_t used, room;
    _Alignas(16) char bytes[];
} Chunk;

struct Arena {
    Chunk *newest;
};

static void *checked(void *memory)
{
    require(memory, "out of memory");
    return memory;
}

static Chunk *chunk_new(size_t room, Chunk *next)
{
    Chunk *c = checked(calloc(1, sizeof(Chunk) + room));
    c->next = next;
    c->room = room;
    return c;
}

Arena *eval_arena_new(void)
{
    Arena *a = checked(malloc(sizeof *a));
    a->newest = chunk_new(CHUNK_BYTES, NULL);
    return a;
}

void eval_arena_free(Arena *a)
{
    for (Chunk *c = a->newest, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(a);
}

static void *alloc_large(Arena *a, size_t bytes)
{
    Chunk *c = chunk_new(bytes, a->newest->next);
    a->newest->next = c;
    return c->bytes;
}

void *eval_arena_alloc(Arena *a, size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    if (bytes > CHUNK_BYTES / 4) return alloc_large(a, bytes);
    if (a->newest->room - a->newest->used < bytes) a->newest = chunk_new(CHUNK_BYTES, a->newest);
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
