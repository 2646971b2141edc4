#include "traces/arena_private.h"

#include <stdlib.h>
#include <string.h>

#include "blocks/word.h"

/* ---- Plain memory */

void *memory_resize(void *old, size_t bytes)
{
    void *new_ = realloc(old, bytes ? bytes : 1);
    require(new_, "out of memory: %zu bytes for a trace", bytes);
    return new_;
}

void *memory_new(size_t bytes) { return memory_resize(NULL, bytes); }

void *memory_new_zeroed(size_t bytes)
{
    void *new_ = calloc(1, bytes ? bytes : 1);
    require(new_, "out of memory: %zu bytes for a trace", bytes);
    return new_;
}

void *memory_grow(void *old, size_t *capacity, size_t wanted, size_t item)
{
    if (wanted <= *capacity) return old;
    size_t grown = *capacity ? *capacity * 2 : 16;
    *capacity = grown < wanted ? wanted : grown;
    return memory_resize(old, *capacity * item);
}

/* ---- TraceArena */

#define ARENA_FIRST_CHUNK ((size_t)16 << 10)
#define ARENA_LAST_CHUNK  ((size_t)4 << 20)

struct TraceArenaChunk {
    TraceArenaChunk *next;
    uint64_t bytes[];
};

static void trace_arena_extend(TraceArena *a, size_t bytes)
{
    size_t grown = a->chunk_bytes ? a->chunk_bytes * 2 : ARENA_FIRST_CHUNK;
    a->chunk_bytes = grown < ARENA_LAST_CHUNK ? grown : ARENA_LAST_CHUNK;
    size_t size = bytes > a->chunk_bytes ? bytes : a->chunk_bytes;
    TraceArenaChunk *chunk = memory_new(sizeof *chunk + size);
    chunk->next = a->chunks;
    a->chunks = chunk;
    a->next = (char *)chunk->bytes;
    a->limit = a->next + size;
}

void *trace_arena_alloc(TraceArena *a, size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    if ((size_t)(a->limit - a->next) < bytes) trace_arena_extend(a, bytes);
    void *p = a->next;
    a->next += bytes;
    return p;
}

void trace_arena_free(TraceArena *a)
{
    for (TraceArenaChunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    *a = (TraceArena){0};
}

/* ---- Table */

void *table_at(Table *t, size_t k)
{
    size_t chunk = k >> TABLE_CHUNK_SHIFT;
    while (t->chunk_count <= chunk) {
        t->chunks = memory_grow(t->chunks, &t->capacity, t->chunk_count + 1, sizeof *t->chunks);
        t->chunks[t->chunk_count++] = memory_new_zeroed(t->item << TABLE_CHUNK_SHIFT);
    }
    return table_get(t, k);
}

void table_free(Table *t)
{
    for (size_t k = 0; k < t->chunk_count; k++) free(t->chunks[k]);
    free(t->chunks);
    *t = (Table){.item = t->item};
}

/* ---- Interned strings: open addressing, at most half full */

static uint32_t intern_hash(const char *text, size_t length)
{
    uint32_t h = 2166136261u;
    for (size_t k = 0; k < length; k++) h = (h ^ (uint8_t)text[k]) * 16777619u;
    return h ^ h >> 15;
}

static InternEntry *intern_find(TraceIntern *s, const char *text, size_t length, uint32_t hash)
{
    for (size_t k = hash;; k++) {
        InternEntry *e = &s->entries[k & (s->capacity - 1)];
        if (!e->text) return e;
        if (e->hash == hash && e->length == length && memcmp(e->text, text, length) == 0) return e;
    }
}

static void intern_widen(TraceIntern *s)
{
    InternEntry *old = s->entries;
    size_t old_capacity = s->capacity;
    s->capacity = old_capacity ? old_capacity * 2 : 64;
    s->entries = memory_new_zeroed(s->capacity * sizeof *s->entries);
    for (size_t k = 0; k < old_capacity; k++)
        if (old[k].text) *intern_find(s, old[k].text, old[k].length, old[k].hash) = old[k];
    free(old);
}

const char *trace_intern(TraceIntern *s, const char *text, size_t length)
{
    if (s->count * 2 >= s->capacity) intern_widen(s);
    uint32_t hash = intern_hash(text, length);
    InternEntry *e = intern_find(s, text, length, hash);
    if (e->text) return e->text;
    char *copy = trace_arena_alloc(s->arena, length + 1);
    memcpy(copy, text, length);
    copy[length] = 0;
    *e = (InternEntry){copy, (uint32_t)length, hash};
    s->count++;
    return copy;
}

void trace_intern_free(TraceIntern *s)
{
    free(s->entries);
    s->entries = NULL;
}
