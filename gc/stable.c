/* Stable pointers and stable names. The hash finds names by address and is never walked: no result depends on
 * its order. Names and objects that are both old are left alone by minor collections. */
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
    uint32_t mask = t->hash_room - 1, i = (uint32_t)(((Word)object >> 3) * 0x9e3779b97f4a7c15u >> 32) & mask;
    while (t->hash[i] && t->names[t->hash[i]].object != object) i = (i + 1) & mask;
    return &t->hash[i];
}

uint32_t stable_name_at(const StableTables *t, const Closure *object)
{
    return t->hash_room ? *hash_place(t, object) : 0;
}

static void names_rehash(StableTables *t)
{
    t->readdressed = false;
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
    names_rehash(t);
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
        names_rehash(t);
    else
        *hash_place(t, object) = entry;
}

static void name_is_young(StableTables *t, uint32_t i)
{
    if (t->names[i].young) return;
    t->names[i].young = true;
    t->young[t->young_count++] = i;
}

Closure *heap_stable_name_find(Heap *heap, Ref ref)
{
    StableTables *t = &heap_state(heap)->stable;
    uint32_t entry;
    const Closure *object = resolve(t, ref, &entry);
    if (!entry) return NULL;
    if (t->names[entry].object != object) {
        name_move(t, entry, (Closure *)object);
        name_is_young(t, entry);
    }
    return t->names[entry].name;
}

static bool names_have_room(StableTables *t, uint32_t end)
{
    uint32_t room = t->name_room;
    return table_grow((void **)&t->young, &room, end, sizeof *t->young) &&
           table_grow((void **)&t->names, &t->name_room, end, sizeof *t->names);
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
        if (!names_have_room(t, i)) return false;
        t->name_end = i + 1;
    }
    words[0] = (Word)info_std(heap->infos, STD_STABLE_NAME);
    words[1] = i;
    t->names[i] = (StableNameEntry){.name = (Closure *)words, .object = (Closure *)resolve(t, ref, &none)};
    name_is_young(t, i);
    *hash_place(t, t->names[i].object) = i;
    t->name_count++;
    return true;
}

/* ---- Across a collection */

/* What the names go through: entries whose object is an indirection now, or what was one, wait for their
 * value's name to be known. */
typedef struct NamesPass {
    Collection *c;
    StableTables *t;
    uint32_t *waiting;
    Closure **values; /* of those that wait */
    uint32_t waiting_count;
} NamesPass;

/* It leaves the list of young ones when that is next gone through. */
static void name_forget(StableTables *t, uint32_t i)
{
    t->names[i] = (StableNameEntry){.next = t->free_name, .young = t->names[i].young};
    t->free_name = i;
    t->name_count--;
}

/* In a major collection all names are found anew, at the end. */
static void name_moves(NamesPass *p, uint32_t i, Closure *to)
{
    if (p->c->stats.major || MUTANT_IS(p->c->h, names_not_rehashed))
        p->t->names[i].object = to;
    else
        name_move(p->t, i, to);
}

static void name_update(NamesPass *p, uint32_t i)
{
    StableNameEntry *e = &p->t->names[i];
    if (!e->name) return;
    e->name = collection_kept(p->c, e->name);
    if (!e->name) name_forget(p->t, i);
    if (!e->object) return;
    Closure *value = collection_survivor(p->c, (Ref)e->object);
    if (collection_kept(p->c, e->object)) {
        if (e->object != value) name_moves(p, i, value);
        return;
    }
    e->object = NULL;
    if (!value) return;
    p->waiting[p->waiting_count] = i;
    p->values[p->waiting_count++] = value;
}

/* What it stands for has the name now, if it had none. */
static void name_hand_on(StableTables *t, uint32_t i, Closure *value)
{
    if (stable_name_at(t, value)) return;
    t->names[i].object = value;
    *hash_place(t, value) = i;
    name_is_young(t, i);
}

/* The first two names stand for each other's objects, and are found there. */
static void mutate_names(StableTables *t)
{
    Closure *object = t->names[1].object;
    if (!t->names[1].name || !t->names[2].name || !object || !t->names[2].object) return;
    t->names[1].object = t->names[2].object;
    t->names[2].object = object;
    names_rehash(t);
}

bool stable_is_settled(const HeapState *h, const Closure *object)
{
    return !object || Bdescr(object)->owner == OWNER_STATIC || Bdescr(object)->gen_no == h->oldest->no;
}

static void young_list_again(const HeapState *h, StableTables *t)
{
    uint32_t count = t->young_count;
    t->young_count = 0;
    for (uint32_t k = 0; k < count; k++) {
        StableNameEntry *e = &t->names[t->young[k]];
        e->young = !MUTANT_IS(h, names_settle_early) && e->name &&
                   !(stable_is_settled(h, e->name) && stable_is_settled(h, e->object));
        if (e->young) t->young[t->young_count++] = t->young[k];
    }
}

static void names_update(NamesPass *p)
{
    StableTables *t = p->t;
    if (!p->c->stats.major)
        for (uint32_t k = 0; k < t->young_count; k++) name_update(p, t->young[k]);
    else
        for (uint32_t i = 1; i < t->name_end; i++) name_update(p, i);
    if (p->c->stats.major && !MUTANT_IS(p->c->h, names_not_rehashed)) names_rehash(t);
    for (uint32_t k = 0; k < p->waiting_count; k++) name_hand_on(t, p->waiting[k], p->values[k]);
}

void stable_names_collect(Collection *c)
{
    StableTables *t = &c->h->stable;
    if (t->name_count == 0) return;
    size_t most = c->stats.major ? t->name_end : t->young_count + 1;
    NamesPass p = {c, t, malloc(most * sizeof *p.waiting), malloc(most * sizeof *p.values), 0};
    require(p.waiting && p.values, "out of memory for stable names");
    names_update(&p);
    young_list_again(c->h, t);
    if (MUTANT_IS(c->h, names_exchanged) && t->name_end > 2) mutate_names(t);
    free(p.waiting);
    free(p.values);
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
    t->readdressed = true;
}

void stable_names_finish(StableTables *t)
{
    if (t->readdressed) names_rehash(t);
}

void stable_free(StableTables *t)
{
    free(t->ptrs);
    free(t->names);
    free(t->young);
    free(t->hash);
}
