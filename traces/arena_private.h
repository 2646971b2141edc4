/* Memory for a trace and its playback.
 *
 * An *arena* hands out memory that lives as long as it does; addresses are stable. Chunks grow from small to
 * large, so that a short trace costs little and a long one few chunks. A *table* is an array whose items
 * never move. *Interned* strings are equal if and only if their addresses are.
 *
 * Memory exhausted is the one error that stops the process: these are tools, not the mutator. */
#ifndef THUNKSCOPE_TRACES_ARENA_PRIVATE_H
#define THUNKSCOPE_TRACES_ARENA_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* malloc and realloc that answer or stop. */
void *memory_new(size_t bytes);
void *memory_new_zeroed(size_t bytes);
void *memory_resize(void *old, size_t bytes);
/* Room for `wanted` items in a growing array: doubles, never shrinks. */
void *memory_grow(void *old, size_t *capacity, size_t wanted, size_t item);

typedef struct TraceArenaChunk TraceArenaChunk;
typedef struct TraceArena {
    TraceArenaChunk *chunks;
    char *next, *limit;
    size_t chunk_bytes;
} TraceArena;

void *trace_arena_alloc(TraceArena *a, size_t bytes); /* aligned to 8 */
void trace_arena_free(TraceArena *a);

#define TABLE_CHUNK_SHIFT 8u
typedef struct Table {
    size_t item, chunk_count, capacity;
    char **chunks;
} Table;

/* Item number k, which is made (zeroed) if it is the first of its chunk: grow one by one. */
void *table_at(Table *t, size_t k);
static inline void *table_get(const Table *t, size_t k)
{
    return t->chunks[k >> TABLE_CHUNK_SHIFT] + (k & ((1u << TABLE_CHUNK_SHIFT) - 1)) * t->item;
}
void table_free(Table *t);

typedef struct InternEntry {
    const char *text;
    uint32_t length, hash;
} InternEntry;
typedef struct TraceIntern {
    TraceArena *arena;
    InternEntry *entries;
    size_t count, capacity; /* a power of two */
} TraceIntern;

const char *trace_intern(TraceIntern *s, const char *text, size_t length);
void trace_intern_free(TraceIntern *s);

#endif
