/* Where the slots of objects are, and the memory of their words: one way for a playback that goes both ways,
 * in which nothing is ever given up but by the trail, another for one that goes once, which keeps what
 * stands.
 *
 * Once, the words of slots and frames are always copies, with their capacity; for the trace forgets its own.
 */
#include <stdlib.h>
#include <string.h>

#include "traces/playback_private.h"

/* ---- Slots by id, once */

static size_t map_home(const SlotMap *map, ObjectId id)
{
    return ((uint64_t)id * 0x9e3779b97f4a7c15u) >> 20 & (map->capacity - 1);
}

/* Where the id's slot is, or would be. */
static size_t map_find(const SlotMap *map, ObjectId id)
{
    size_t k = map_home(map, id);
    while (map->at[k] && map->at[k]->o.id != id) k = (k + 1) & (map->capacity - 1);
    return k;
}

static void map_widen(SlotMap *map)
{
    SlotMap wide = {.count = map->count, .capacity = map->capacity ? map->capacity * 2 : 64};
    wide.at = memory_new_zeroed(wide.capacity * sizeof(Slot *));
    for (size_t k = 0; k < map->capacity; k++)
        if (map->at[k]) wide.at[map_find(&wide, map->at[k]->o.id)] = map->at[k];
    free(map->at);
    *map = wide;
}

static void map_add(SlotMap *map, Slot *s)
{
    if (map->count * 2 >= map->capacity) map_widen(map);
    map->at[map_find(map, s->o.id)] = s;
    map->count++;
}

/* What follows the gap moves up, unless it stands at or behind its home already. */
static void map_remove(SlotMap *map, ObjectId id)
{
    size_t mask = map->capacity - 1, gap = map_find(map, id);
    for (size_t k = (gap + 1) & mask; map->at[k]; k = (k + 1) & mask) {
        size_t home = map_home(map, map->at[k]->o.id);
        if (((k - home) & mask) < ((k - gap) & mask)) continue;
        map->at[gap] = map->at[k];
        gap = k;
    }
    map->at[gap] = NULL;
    map->count--;
}

/* ---- Both ways */

static bool is_born(const Playback *p, ObjectId id)
{
    return id > 0 ? id <= p->state.last_id : id < 0 && id >= p->state.last_runtime_id;
}

Slot *play_slot_find(const Playback *p, ObjectId id)
{
    if (p->once) return p->slots.count ? p->slots.at[map_find(&p->slots, id)] : NULL;
    if (!is_born(p, id)) return NULL;
    return id > 0 ? table_get(&p->objects, (size_t)id) : table_get(&p->runtime_objects, (size_t)-id);
}

Slot *play_slot_new(Playback *p, ObjectId id)
{
    if (!p->once)
        return id > 0 ? table_at(&p->objects, (size_t)id) : table_at(&p->runtime_objects, (size_t)-id);
    Slot *s = memory_new_zeroed(sizeof *s);
    s->o.id = id;
    map_add(&p->slots, s);
    return s;
}

void play_slot_drop(Playback *p, Slot *s)
{
    if (!p->once) return;
    map_remove(&p->slots, s->o.id);
    play_words_drop(p, &s->o.fields, &s->capacity);
    free(s);
}

void play_slots_free(Playback *p)
{
    for (size_t k = 0; k < p->slots.capacity; k++) {
        Slot *s = p->slots.at[k];
        if (s) play_words_drop(p, &s->o.fields, &s->capacity);
        free(s);
    }
    free(p->slots.at);
    for (Frame *f = p->once ? p->state.stack : NULL, *below; f; f = below) {
        below = (Frame *)f->f.below;
        play_words_drop(p, &f->f.words, &f->capacity);
        free(f);
    }
}

/* ---- Memory */

void *play_take(Playback *p, size_t bytes)
{
    return p->once ? memory_new(bytes) : trail_alloc(&p->trail, bytes);
}

void play_give(const Playback *p, const void *memory)
{
    if (p->once) free((void *)memory);
}

void play_words_drop(const Playback *p, TraceWords *words, uint32_t *capacity)
{
    words->count = 0;
    if (!p->once || *capacity == 0) return;
    free((void *)words->at);
    *words = (TraceWords){0};
    *capacity = 0;
}

void play_words_own(Playback *p, TraceWords *words, uint32_t *capacity, uint32_t wanted)
{
    if (wanted <= *capacity) return;
    uint32_t room = *capacity * 2 > wanted ? *capacity * 2 : wanted;
    TraceWord *copy = play_take(p, room * sizeof *copy);
    if (words->count) memcpy(copy, words->at, words->count * sizeof *copy);
    if (*capacity) play_give(p, words->at);
    words->at = copy;
    *capacity = room;
}
