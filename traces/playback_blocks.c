/* What stands where: per block the objects that start in it, in order of offset; and the groups of blocks.
 *
 * A *cell* is what is known of one block number; cells are made when first named and never move. An object
 * that leaves its place leaves a gap (id 0) behind, which the next one at this offset fills: objects come in
 * order of offset and leave in any order. The list of groups is made from the cells when somebody asks. */
#include <stdlib.h>
#include <string.h>

#include "traces/playback_private.h"

typedef struct Place {
    uint32_t offset;
    ObjectId id; /* 0: a gap */
} Place;

typedef struct Cell {
    PlayBlock group;
    bool is_group; /* a group of blocks that was once taken starts here */
    Place *places;
    size_t count, capacity;
} Cell;

struct BlockMap {
    TraceArena arena;
    Cell **cells; /* in order of making */
    size_t cell_count, cell_capacity;
    uint32_t *buckets; /* index + 1 of a cell; open addressing, at most half full */
    size_t bucket_count;
    PlayBlock *groups; /* stale after a block event */
    size_t group_count, group_capacity;
    bool stale;
};

BlockMap *block_map_new(void) { return memory_new_zeroed(sizeof(BlockMap)); }

void block_map_free(BlockMap *map)
{
    for (size_t k = 0; k < map->cell_count; k++) free(map->cells[k]->places);
    trace_arena_free(&map->arena);
    free(map->cells);
    free(map->buckets);
    free(map->groups);
    free(map);
}

/* ---- Cells */

static uint32_t *bucket_find(const BlockMap *map, uint32_t block)
{
    for (size_t k = block * (size_t)0x9e3779b97f4a7c15u >> 32;; k++) {
        uint32_t *bucket = &map->buckets[k & (map->bucket_count - 1)];
        if (*bucket == 0 || map->cells[*bucket - 1]->group.number == block) return bucket;
    }
}

static void buckets_widen(BlockMap *map)
{
    free(map->buckets);
    map->bucket_count = map->bucket_count ? map->bucket_count * 2 : 64;
    map->buckets = memory_new_zeroed(map->bucket_count * sizeof *map->buckets);
    for (size_t k = 0; k < map->cell_count; k++)
        *bucket_find(map, map->cells[k]->group.number) = (uint32_t)k + 1;
}

static Cell *cell_find(const BlockMap *map, uint32_t block)
{
    if (map->bucket_count == 0) return NULL;
    uint32_t k = *bucket_find(map, block);
    return k ? map->cells[k - 1] : NULL;
}

static Cell *cell_of(BlockMap *map, uint32_t block)
{
    Cell *cell = cell_find(map, block);
    if (cell) return cell;
    if (map->cell_count * 2 >= map->bucket_count) buckets_widen(map);
    cell = trace_arena_alloc(&map->arena, sizeof *cell);
    *cell = (Cell){.group = {.number = block, .blocks = 1, .owner = "FREE"}};
    map->cells = memory_grow(map->cells, &map->cell_capacity, map->cell_count + 1, sizeof *map->cells);
    map->cells[map->cell_count++] = cell;
    *bucket_find(map, block) = (uint32_t)map->cell_count;
    return cell;
}

/* ---- Places */

/* The first place at or beyond the offset. */
static size_t place_find(const Cell *cell, uint32_t offset)
{
    size_t low = 0, high = cell->count;
    if (high && cell->places[high - 1].offset < offset) return high;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cell->places[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool place_is_at(const Cell *cell, size_t k, uint32_t offset)
{
    return k < cell->count && cell->places[k].offset == offset;
}

void block_map_insert(BlockMap *map, TraceAddr at, ObjectId id)
{
    Cell *cell = cell_of(map, at.block);
    size_t k = place_find(cell, at.offset);
    if (!place_is_at(cell, k, at.offset)) {
        cell->places = memory_grow(cell->places, &cell->capacity, cell->count + 1, sizeof *cell->places);
        memmove(cell->places + k + 1, cell->places + k, (cell->count - k) * sizeof *cell->places);
        cell->count++;
    }
    cell->places[k] = (Place){at.offset, id};
}

void block_map_remove(BlockMap *map, TraceAddr at, ObjectId id)
{
    Cell *cell = cell_of(map, at.block);
    size_t k = place_find(cell, at.offset);
    if (!place_is_at(cell, k, at.offset) || cell->places[k].id != id) return;
    cell->places[k].id = 0;
    while (cell->count && cell->places[cell->count - 1].id == 0) cell->count--;
}

ObjectId block_map_at(const BlockMap *map, TraceAddr at)
{
    const Cell *cell = cell_find(map, at.block);
    if (!cell) return 0;
    size_t k = place_find(cell, at.offset);
    return place_is_at(cell, k, at.offset) ? cell->places[k].id : 0;
}

void block_map_each(const BlockMap *map, void (*visit)(void *context, ObjectId id), void *context)
{
    for (size_t k = 0; k < map->cell_count; k++)
        for (size_t j = 0; j < map->cells[k]->count; j++)
            if (map->cells[k]->places[j].id) visit(context, map->cells[k]->places[j].id);
}

/* ---- Groups */

bool block_apply(Playback *p, const Event_block *e)
{
    if (e->b > UINT32_MAX || e->blocks > UINT32_MAX || e->gen > UINT8_MAX)
        return playback_fail(p, "a group of blocks cannot have these numbers");
    Cell *cell = cell_of(p->blocks, (uint32_t)e->b);
    trail_save(&p->trail, &cell->group, sizeof cell->group, false);
    trail_save(&p->trail, &cell->is_group, sizeof cell->is_group, false);
    bool returned = strcmp(e->what, "returned") == 0;
    cell->group =
        (PlayBlock){(uint32_t)e->b, (uint32_t)e->blocks, returned ? "FREE" : e->owner, (uint8_t)e->gen};
    cell->is_group = true;
    p->blocks->stale = true;
    return true;
}

void block_taken_back(Playback *p) { p->blocks->stale = true; }

static int by_number(const void *a, const void *b)
{
    uint32_t x = ((const PlayBlock *)a)->number, y = ((const PlayBlock *)b)->number;
    return x < y ? -1 : x > y;
}

static bool is_free(const PlayBlock *b) { return strcmp(b->owner, "FREE") == 0; }

/* A free group gives way to what was later made of its blocks. */
static void groups_clip(BlockMap *map)
{
    size_t kept = 0;
    uint64_t end = 0;
    for (size_t k = 0; k < map->group_count; k++) {
        PlayBlock group = map->groups[k];
        if (is_free(&group) && group.number < end) continue;
        if (kept && is_free(&map->groups[kept - 1]) && end > group.number)
            map->groups[kept - 1].blocks = group.number - map->groups[kept - 1].number;
        map->groups[kept++] = group;
        end = (uint64_t)group.number + group.blocks;
    }
    map->group_count = kept;
}

static void groups_make(BlockMap *map)
{
    map->groups = memory_grow(map->groups, &map->group_capacity, map->cell_count, sizeof *map->groups);
    map->group_count = 0;
    for (size_t k = 0; k < map->cell_count; k++)
        if (map->cells[k]->is_group) map->groups[map->group_count++] = map->cells[k]->group;
    if (map->group_count) qsort(map->groups, map->group_count, sizeof *map->groups, by_number);
    groups_clip(map);
    map->stale = false;
}

uint32_t playback_block_count(const Playback *p)
{
    if (p->blocks->stale) groups_make(p->blocks);
    return (uint32_t)p->blocks->group_count;
}

const PlayBlock *playback_block(const Playback *p, uint32_t k)
{
    return k < playback_block_count(p) ? &p->blocks->groups[k] : NULL;
}

/* The group that holds a block, NULL if none does. */
static const PlayBlock *group_of(const Playback *p, uint32_t block)
{
    size_t low = 0, high = playback_block_count(p);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (p->blocks->groups[middle].number <= block)
            low = middle + 1;
        else
            high = middle;
    }
    const PlayBlock *group = low ? &p->blocks->groups[low - 1] : NULL;
    return group && block - group->number < group->blocks ? group : NULL;
}

/* ---- Questions about addresses */

static const PlayObject *last_before(const Playback *p, TraceAddr at)
{
    const Cell *cell = cell_find(p->blocks, at.block);
    if (!cell) return NULL;
    size_t k = place_find(cell, at.offset);
    if (!place_is_at(cell, k, at.offset) || cell->places[k].id == 0) {
        while (k && cell->places[k - 1].id == 0) k--;
        if (k == 0) return NULL;
        k--;
    }
    return playback_object(p, cell->places[k].id);
}

const PlayObject *playback_object_at(const Playback *p, TraceAddr at)
{
    const PlayObject *o = last_before(p, at);
    if (o) return at.offset < (uint64_t)o->at.offset + o->words ? o : NULL;
    const PlayBlock *group = group_of(p, at.block);
    if (!group || group->number == at.block) return NULL;
    uint64_t block_words = trace_header(p->trace)->block / 8;
    uint64_t offset = (uint64_t)(at.block - group->number) * block_words + at.offset;
    o = last_before(p, (TraceAddr){group->number, (uint32_t)block_words - 1});
    return o && offset < (uint64_t)o->at.offset + o->words ? o : NULL;
}

void playback_each_in_block(const Playback *p, uint32_t block,
                            void (*visit)(void *context, const PlayObject *o), void *context)
{
    const Cell *cell = cell_find(p->blocks, block);
    for (size_t k = 0; cell && k < cell->count; k++)
        if (cell->places[k].id) visit(context, playback_object(p, cell->places[k].id));
}
