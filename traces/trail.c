#include "traces/trail_private.h"

#include <stdlib.h>
#include <string.h>

#define TRAIL_FIRST_CHUNK ((size_t)16 << 10)
#define TRAIL_CHUNK       ((size_t)1 << 20)

/* memory == NULL: the start of an event, in chunk `bytes`, which was filled so far. */
struct TrailRecord {
    TrailRecord *before;
    void *memory;
    uint32_t bytes;
    bool watched;
    uint64_t saved[];
};

static void trail_next_chunk(Trail *t, size_t bytes)
{
    size_t next = t->count ? t->current + 1 : 0;
    size_t size = next == 0 ? TRAIL_FIRST_CHUNK : TRAIL_CHUNK;
    if (size < bytes) size = bytes;
    if (next == t->count) {
        t->chunks = memory_grow(t->chunks, &t->capacity, next + 1, sizeof *t->chunks);
        t->chunks[t->count++] = (TrailChunk){memory_new(size), size, 0};
    } else if (t->chunks[next].size < bytes) {
        free(t->chunks[next].bytes);
        t->chunks[next] = (TrailChunk){memory_new(size), size, 0};
    }
    t->chunks[next].used = 0;
    t->current = next;
}

void *trail_alloc(Trail *t, size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    if (t->count == 0 || t->chunks[t->current].size - t->chunks[t->current].used < bytes)
        trail_next_chunk(t, bytes);
    TrailChunk *chunk = &t->chunks[t->current];
    void *p = chunk->bytes + chunk->used;
    chunk->used += bytes;
    return p;
}

static TrailRecord *trail_push(Trail *t, void *memory, size_t bytes, size_t saved)
{
    TrailRecord *record = trail_alloc(t, sizeof *record + saved);
    *record = (TrailRecord){t->last, memory, (uint32_t)bytes, false};
    t->last = record;
    return record;
}

void trail_begin_event(Trail *t)
{
    if (t->off) return;
    TrailRecord *record = trail_push(t, NULL, 0, 0);
    record->bytes = (uint32_t)t->current;
}

void trail_save(Trail *t, void *memory, size_t bytes, bool watched)
{
    if (t->off) return;
    TrailRecord *record = trail_push(t, memory, bytes, bytes);
    record->watched = watched;
    memcpy(record->saved, memory, bytes);
}

static void trail_restore(const TrailRecord *record, const TrailWatch *watch)
{
    if (record->watched) watch->before(watch->context, record->memory);
    memcpy(record->memory, record->saved, record->bytes);
    if (record->watched) watch->after(watch->context, record->memory);
}

void trail_take_back_event(Trail *t, const TrailWatch *watch)
{
    TrailRecord *record = t->last;
    for (; record->memory; record = record->before) trail_restore(record, watch);
    t->last = record->before;
    t->current = record->bytes;
    t->chunks[t->current].used = (size_t)((char *)record - t->chunks[t->current].bytes);
}

void trail_free(Trail *t)
{
    for (size_t k = 0; k < t->count; k++) free(t->chunks[k].bytes);
    free(t->chunks);
    *t = (Trail){0};
}
