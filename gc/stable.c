/* Stable pointers and stable names. The hash finds names by address and is never walked: no result depends on
 * its order. It is filled anew at each collection that moves a named object. */
#include "gc/stable.h"
#include "gc/collection.h"

#include <stdlib.h>
#include <string.h>

/* ---- Tables that grow */

/* A free entry's number, from the list or at the end; 0: out of memory. */
static bool table_grow(void **entries, uint32_t *room, uint32_t end, size_t size)
{
    if (end < *room) return true;
    uint32_t wanted = *room ? 2 * *room : 64;
    void *bigger = wanted > *room ? realloc(*entries, wanted * size) : NULL;
    if (!bigger) return false;
    *entries = bigger;
    *room = wanted;
    return true;
}

/* ---- Stable pointers */

StablePtr heap_stable_ptr_new(Heap *heap, Ref object)
{
    HeapState *h = heap_state(heap);
    StableTables *t = &h->stable;
    uint32_t i = t->free_ptr;
    if (i) {
        t->free_ptr = t->ptrs[i].next;
    } else {
        uint32_t end = t->ptr_end ? t->ptr_end : 1;
        if (!table_grow((void **)&t->ptrs, &t->ptr_room, end, sizeof *t->ptrs)) return 0;
        i = end;
        t->ptr_end = end + 1;
    }
    t->ptrs[i] = (StablePtrEntry){.object = object};
    t->ptr_count++;
    if (h->observer.rooted) h->observer.rooted(h->observer.context, ROOT_STABLE, ref_closure(object));
    return i;
}

static bool ptr_in_use(const StableTables *t, StablePtr ptr)
{
    return ptr > 0 && ptr < t->ptr_end && t->ptrs[ptr].object;
}

Ref heap_stable_ptr_deref(const Heap *heap, StablePtr ptr)
{
    const StableTables *t = &((const HeapState *)heap)->stable;
    require(ptr_in_use(t, ptr), "stable pointer %zu is not in use", (size_t)ptr);
    return t->ptrs[ptr].object;
}

void heap_stable_ptr_free(Heap *heap, StablePtr ptr)
{
    HeapState *h = heap_state(heap);
    StableTables *t = &h->stable;
    if (ptr == 0) return;
    require(ptr_in_use(t, ptr), "stable pointer %zu is freed, but is not in use", (size_t)ptr);
    const Closure *object = ref_closure(t->ptrs[ptr].object);
    t->ptrs[ptr] = (StablePtrEntry){.next = t->free_ptr};
    t->free_ptr = (uint32_t)ptr;
    t->ptr_count--;
    if (h->observer.unrooted) h->observer.unrooted(h->observer.context, ROOT_STABLE, object);
}

size_t heap_stable_ptr_count(const Heap *heap) { return ((const HeapState *)heap)->stable.ptr_count; }

void stable_each_root(StableTables *t, void (*visit)(void *context, RootClass class_, Ref *slot),
                      void *context)
{
    for (uint32_t i = 1; i < t->ptr_end; i++)
        if (t->ptrs[i].object) visit(context, ROOT_STABLE, &t->ptrs[i].object);
}

/* ---- Names by address */

static uint32_t *hash_place(const StableTables *t, const Closure *object)
{
    uint32_t mask = t->hash_room - 1, i = (uint32_t)(((Word)object >> 3) * 0x9e3779b97f4a7c15u >> 40) & mask;
    while (t->hash[i] && t->names[t->hash[i]].object != object) i = (i + 1) & mask;
    return &t->hash[i];
}

uint32_t stable_name_at(const StableTables *t, const Closure *object)
{
    return t->hash_room ? *hash_place(t, object) : 0;
}

void stable_names_rehash(StableTables *t)
{
    if (t->hash_room) memset(t->hash, 0, t->hash_room * sizeof *t->hash);
    t->stale = 0;
    for (uint32_t i = 1; i < t->name_end; i++)
        if (t->names[i].name && t->names[i].object) *hash_place(t, t->names[i].object) = i;
}

static bool hash_has_room(StableTables *t)
{
    if (t->hash_room >= 4 * (t->name_end + 1)) return true;
    uint32_t room = t->hash_room ? 2 * t->hash_room : 256;
    uint32_t *bigger = room > t->hash_room ? calloc(room, sizeof *bigger) : NULL;
    if (!bigger) return false;
    free(t->hash);
    t->hash = bigger;
    t->hash_room = room;
    stable_names_rehash(t);
    return true;
}

/* ---- Stable names */

/* Static indirections too, which lead to no object that has been moved: no collection is under way. */
static bool leads_on(const Closure *object, Ref *target)
{
    *target = ((const Word *)object)[IND_TARGET];
    return object->info->kind == KIND_IND_STATIC || stands_for(object, target);
}

/* The last object that it leads to, and the entry of the last one that has a name. */
static const Closure *resolve(const StableTables *t, Ref ref, uint32_t *entry)
{
    const Closure *object;
    *entry = 0;
    do {
        object = ref_closure(ref);
        uint32_t found = stable_name_at(t, object);
        if (found) *entry = found;
    } while (leads_on(object, &ref));
    return object;
}

/* Its old place in the hash stays, and leads nowhere. */
static void name_move(StableTables *t, uint32_t entry, Closure *object)
{
    t->names[entry].object = object;
    if (++t->stale > t->name_end)
        stable_names_rehash(t);
    else
        *hash_place(t, object) = entry;
}

Closure *heap_stable_name_find(Heap *heap, Ref ref)
{
    StableTables *t = &heap_state(heap)->stable;
    uint32_t entry;
    const Closure *object = resolve(t, ref, &entry);
    if (!entry) return NULL;
    if (t->names[entry].object != object) name_move(t, entry, (Closure *)object);
    return t->names[entry].name;
}

bool heap_stable_name_add(Heap *heap, Ref ref, Word *words)
{
    StableTables *t = &heap_state(heap)->stable;
    uint32_t i, none;
    if (!hash_has_room(t)) return false;
    if ((i = t->free_name) != 0) {
        t->free_name = t->names[i].next;
    } else {
        i = t->name_end ? t->name_end : 1;
        if (!table_grow((void **)&t->names, &t->name_room, i, sizeof *t->names)) return false;
        t->name_end = i + 1;
    }
    words[0] = (Word)info_std(heap->infos, STD_STABLE_NAME);
    words[1] = i;
    t->names[i] = (StableNameEntry){(Closure *)words, (Closure *)resolve(t, ref, &none), 0};
    *hash_place(t, t->names[i].object) = i;
    t->name_count++;
    return true;
}

/* ---- Across a collection */

static void name_forget(StableTables *t, uint32_t i)
{
    t->names[i] = (StableNameEntry){.next = t->free_name};
    t->free_name = i;
    t->name_count--;
}

/* What it stands for has the name now, if it had none. */
static void name_hand_on(StableTables *t, uint32_t i, Closure *value)
{
    bool named = value && stable_name_at(t, value);
    t->names[i].object = named ? NULL : value;
    if (value && !named) *hash_place(t, value) = i;
}

/* The first two names stand for each other's objects. */
static void mutate_names(StableTables *t)
{
    Closure *object = t->names[1].object;
    if (!t->names[1].name || !t->names[2].name || !object || !t->names[2].object) return;
    t->names[1].object = t->names[2].object;
    t->names[2].object = object;
}

void stable_names_collect(Collection *c)
{
    StableTables *t = &c->h->stable;
    const GcCollector *collector = c->h->heap.config.collector;
    if (t->name_count == 0) return;
    bool *led_on = calloc(t->name_end, 1);
    Closure **values = calloc(t->name_end, sizeof *values);
    require(led_on && values, "out of memory for stable names");
    for (uint32_t i = 1; i < t->name_end; i++) {
        StableNameEntry *e = &t->names[i];
        if (!e->name) continue;
        e->name = Bdescr(e->name)->owner == OWNER_STATIC ? e->name : collector->survivor(c, e->name);
        if (!e->name) name_forget(t, i);
        if (!e->object) continue;
        values[i] = collection_survivor(c, (Ref)e->object);
        led_on[i] = Bdescr(e->object)->owner != OWNER_STATIC && !collector->survivor(c, e->object);
        e->object = led_on[i] ? NULL : values[i];
    }
    if (!MUTANT_IS(c->h, names_not_rehashed)) stable_names_rehash(t);
    for (uint32_t i = 1; i < t->name_end; i++)
        if (led_on[i]) name_hand_on(t, i, values[i]);
    if (MUTANT_IS(c->h, names_exchanged) && t->name_end > 2) mutate_names(t);
    free(led_on);
    free(values);
}

void stable_each_name_slot(StableTables *t, SlotVisitor visit, void *context)
{
    for (uint32_t i = 1; i < t->name_end; i++) {
        Ref name = (Ref)t->names[i].name, object = (Ref)t->names[i].object;
        if (name) visit(context, &name);
        if (object) visit(context, &object);
        t->names[i].name = ref_closure(name);
        t->names[i].object = ref_closure(object);
    }
}

void stable_free(StableTables *t)
{
    free(t->ptrs);
    free(t->names);
    free(t->hash);
}
