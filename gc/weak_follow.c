/* Which weak pointers' keys come alive with what another one holds, without asking all of them.
 *
 * A collector does not tell what it keeps. So what a weak pointer holds is gone through here, before the
 * collector comes to it: every object that has not been kept is looked up among the keys, what it refers to
 * is noted, and then it is kept, which is how it is known later that it has been seen. Each object is looked
 * at once, so that chains of weak pointers in any order take time in proportion to what they keep.
 *
 * What static closures lead to is left to the collector: keys that come alive by way of them are found when
 * all are asked again (weak.c).
 *
 * Follows: Hayes, "Ephemerons" (OOPSLA 1997). */
#include "gc/weak_private.h"

#include <stdlib.h>

#define NONE SIZE_MAX

typedef struct Numbers {
    size_t *at, count, room;
} Numbers;

/* NULL: an empty slot. */
typedef struct Key {
    const Closure *key;
    size_t first; /* of its candidates */
} Key;

struct WeakFollower {
    Collection *c;
    Key *keys;    /* hashed by address, in 2^bits slots of which at least half are empty */
    size_t *next; /* by candidate: the next one of the same key, NONE */
    unsigned bits;
    Numbers found; /* candidates */
    Numbers todo;  /* references to objects */
};

static void number_push(Numbers *n, size_t number)
{
    if (n->count == n->room) {
        n->room = n->room ? 2 * n->room : 256;
        n->at = realloc(n->at, n->room * sizeof *n->at);
        require(n->at, "out of memory for what weak pointers lead to");
    }
    n->at[n->count++] = number;
}

/* ---- Keys */

/* The object that has to be kept: behind what only stands for it. */
static Closure *key_of(const Candidate *candidate)
{
    Ref ref = closure_words(candidate->old)[WEAK_KEY];
    for (;;) {
        Closure *key = ref_closure(ref);
        if (header_is_forwarded((Word)key->info) || !stands_for(key, &ref)) return key;
    }
}

/* The key's slot, or the empty one where it would be. Fibonacci hashing. */
static Key *slot_of(const WeakFollower *f, const Closure *key)
{
    size_t mask = ((size_t)1 << f->bits) - 1;
    size_t slot = (Word)key / WORD_BYTES * UINT64_C(0x9E3779B97F4A7C15) >> (64 - f->bits);
    while (f->keys[slot].key && f->keys[slot].key != key) slot = (slot + 1) & mask;
    return &f->keys[slot];
}

static void enter(WeakFollower *f, const Closure *key, size_t candidate)
{
    Key *slot = slot_of(f, key);
    f->next[candidate] = slot->key ? slot->first : NONE;
    *slot = (Key){key, candidate};
}

WeakFollower *weak_follower_new(Collection *c, const Candidate *all, size_t count)
{
    WeakFollower *f = calloc(1, sizeof *f);
    require(f, "out of memory for keys of weak pointers");
    *f = (WeakFollower){.c = c, .bits = 1};
    while ((size_t)1 << f->bits < 2 * count) f->bits++;
    f->keys = calloc((size_t)1 << f->bits, sizeof *f->keys);
    f->next = calloc(count, sizeof *f->next);
    require(f->keys && f->next, "out of memory for keys of weak pointers");
    for (size_t i = 0; i < count; i++)
        if (!all[i].kept) enter(f, key_of(&all[i]), i);
    return f;
}

void weak_follower_free(WeakFollower *f)
{
    free(f->keys);
    free(f->next);
    free(f->found.at);
    free(f->todo.at);
    free(f);
}

bool weak_follower_next(WeakFollower *f, size_t *candidate)
{
    if (f->found.count == 0) return false;
    *candidate = f->found.at[--f->found.count];
    return true;
}

/* ---- Objects */

static void note_slot(void *f, Ref *slot) { number_push(&((WeakFollower *)f)->todo, *slot); }

/* The function, which describes the arguments, may have been moved. */
static void note_application(WeakFollower *f, Word *w, uint32_t first)
{
    const InfoTable *function = info_of(ref_closure(w[first - 1]));
    note_slot(f, &w[first - 1]);
    for (uint32_t i = 0; i < w[first - 2] >> 32; i++)
        if (bitmap_test(&function->bitmap, i)) note_slot(f, &w[first + i]);
}

static void note_fields(WeakFollower *f, Closure *object)
{
    switch (object->info->kind) {
    case KIND_PAP: note_application(f, closure_words(object), PAP_PAYLOAD); break;
    case KIND_AP: note_application(f, closure_words(object), AP_PAYLOAD); break;
    default: closure_each_strong_pointer(object, note_slot, f);
    }
}

static void note_candidates(WeakFollower *f, const Closure *key)
{
    const Key *slot = slot_of(f, key);
    for (size_t i = slot->key ? slot->first : NONE; i != NONE; i = f->next[i]) number_push(&f->found, i);
}

/* True if the object need not be kept, as *target stands for it. */
static bool leads_on(const WeakFollower *f, Closure *object, Ref *target)
{
    return object->info->kind == KIND_THUNK_SELECTOR ? collection_follow(f->c, object, target)
                                                     : stands_for(object, target);
}

static void look_at(WeakFollower *f, Closure *object)
{
    Ref ref = (Ref)object, target;
    if (collection_kept(f->c, object)) return;
    note_candidates(f, object);
    if (leads_on(f, object, &target)) {
        note_slot(f, &target);
    } else {
        note_fields(f, object);
        f->c->collector->evacuate(f->c, &ref);
    }
}

void weak_follow(WeakFollower *f, const Candidate *candidate)
{
    Word *w = closure_words(candidate->old);
    for (int field = WEAK_KEY; field <= WEAK_C_FINALIZERS; field++)
        if (w[field]) note_slot(f, &w[field]);
    while (f->todo.count > 0) look_at(f, ref_closure(f->todo.at[--f->todo.count]));
}
