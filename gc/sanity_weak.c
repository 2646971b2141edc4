/* Sanity of weak pointers, stable pointers and stable names (61-63).
 *
 * Relies on what the checks before have proved: objects tile their blocks, references lead to objects. Weak
 * pointers are counted as they are met in the heap (sanity_check_weak_shape); the lists hold as many, each of
 * them once, so the lists hold them all. */
#include "gc/sanity_private.h"

#include <stdlib.h>

/* ---- Weak pointers */

static bool is_tombstone(const Sanity *s, const Closure *c)
{
    return c->info == info_std(s->h->heap.infos, STD_DEAD_WEAK);
}

void sanity_check_weak_shape(Sanity *s, const Closure *c)
{
    const Word *w = (const Word *)c;
    bool tombstone = is_tombstone(s, c);
    for (int field = WEAK_KEY; field <= WEAK_C_FINALIZERS; field++)
        if (tombstone && w[field]) {
            sanity_report(s, 62, c, "a tombstone still has its word %d", field);
            return;
        }
    if (!tombstone && !w[WEAK_KEY]) sanity_report(s, 62, c, "a weak pointer without a key is no tombstone");
    s->weaks += !tombstone;
}

typedef struct Members {
    const Closure **at;
    size_t count, room, alive;
} Members;

static void member_add(Members *m, const Closure *c)
{
    if (m->count == m->room) {
        m->room = m->room ? 2 * m->room : 256;
        m->at = realloc(m->at, m->room * sizeof *m->at);
        require(m->at, "out of memory for a sanity check");
    }
    m->at[m->count++] = c;
}

/* True if the list may be followed beyond this weak pointer. */
static bool check_member(Sanity *s, const Generation *generation, const Closure *c)
{
    const SanityGroup *g = sanity_object_group(s, c);
    if (!g || c->info->kind != KIND_WEAK) {
        sanity_report(s, 61, g ? c : NULL, "generation %u's list leads to something that is none",
                      generation->no);
        return false;
    }
    if (g->gen_no == generation->no) return true;
    sanity_report(s, 62, c, "it stands in generation %u and on the list of %u", g->gen_no, generation->no);
    return false;
}

/* A list that leads back into itself is longer than it says. False: it cannot be followed. */
static bool check_list(Sanity *s, const Generation *generation, Members *m)
{
    const WeakList *list = &generation->weaks;
    const Closure *last = NULL;
    size_t count = 0;
    for (const Closure *c = list->first; c; c = (const Closure *)((const Word *)c)[WEAK_LINK]) {
        if (!check_member(s, generation, c)) return false;
        if (count++ == list->count) break;
        m->alive += !is_tombstone(s, c);
        member_add(m, c);
        last = c;
    }
    if (count == list->count && list->last == last) return true;
    sanity_report(s, 61, last, "generation %u's list does not end after %zu, where it says", generation->no,
                  list->count);
    return false;
}

static int by_address(const void *a, const void *b)
{
    Word x = *(const Word *)a, y = *(const Word *)b;
    return x < y ? -1 : x > y;
}

static void check_once(Sanity *s, Members *m)
{
    if (m->count) qsort(m->at, m->count, sizeof *m->at, by_address);
    for (size_t i = 1; i < m->count; i++)
        if (m->at[i] == m->at[i - 1]) sanity_report(s, 62, m->at[i], "it is twice on lists");
}

static void check_listed(Sanity *s, const Members *m, const Closure *c)
{
    if (c->info->kind != KIND_WEAK || is_tombstone(s, c)) return;
    if (m->count && bsearch(&c, m->at, m->count, sizeof c, by_address)) return;
    sanity_report(s, 62, c, "it is on no list");
}

static void find_unlisted(Sanity *s, const Members *m)
{
    for (size_t i = 0; i < s->map->group_count; i++) {
        const SanityGroup *g = &s->map->groups[i];
        if (!g->walked || g->from_space || g->owner == OWNER_LARGE || g->owner == OWNER_PINNED) continue;
        for (const Word *w = g->start; w < g->free; w += closure_size((const Closure *)w))
            check_listed(s, m, (const Closure *)w);
    }
}

static void check_weaks(Sanity *s)
{
    Members m = {0};
    bool followed = true;
    for (uint32_t g = 0; g < generation_count(s->h); g++)
        followed &= check_list(s, &s->h->generations[g], &m);
    if (followed) check_once(s, &m);
    if (followed && m.alive != s->weaks) find_unlisted(s, &m);
    free(m.at);
}

/* ---- Stable pointers. That those in use are roots, the check of roots has seen. */

static void check_ptrs(Sanity *s)
{
    const StableTables *t = &s->h->stable;
    uint32_t used = 0, free_count = 0;
    for (uint32_t i = 1; i < t->ptr_end; i++) used += t->ptrs[i].object != 0;
    uint32_t all = t->ptr_end ? t->ptr_end - 1 : 0, i = t->free_ptr;
    for (; i && i < t->ptr_end && free_count <= all; i = t->ptrs[i].next, free_count++)
        if (t->ptrs[i].object) {
            sanity_report(s, 63, NULL, "stable pointer %u is in use, and on the list of free ones", i);
            return;
        }
    if (i || used + free_count != all || used != t->ptr_count)
        sanity_report(s, 63, NULL, "of %u stable pointers %u are in use, counted as %zu, and %u are free",
                      all, used, t->ptr_count, free_count);
}

/* ---- Stable names */

static void check_name(Sanity *s, uint32_t i)
{
    const StableTables *t = &s->h->stable;
    const StableNameEntry *e = &t->names[i];
    if (!sanity_object_group(s, e->name) || e->name->info->kind != KIND_STABLE_NAME)
        sanity_report(s, 63, NULL, "stable name %u is no object of that kind", i);
    else if (((const Word *)e->name)[1] != i)
        sanity_report(s, 63, e->name, "stable name %u says that it is %zu", i, ((const Word *)e->name)[1]);
    else if (e->object && !sanity_object_group(s, e->object))
        sanity_report(s, 63, e->name, "the object of stable name %u is none", i);
    else if (e->object && stable_name_at(t, e->object) != i)
        sanity_report(s, 63, e->name, "the object of stable name %u is not found by its address", i);
    else if (!e->young && !(stable_is_settled(s->h, e->name) && stable_is_settled(s->h, e->object)))
        sanity_report(s, 63, e->name, "stable name %u, or its object, is young, and not on the list of those",
                      i);
}

static void check_names(Sanity *s)
{
    const StableTables *t = &s->h->stable;
    uint32_t used = 0, free_count = 0, young = 0, i = t->free_name, all = t->name_end ? t->name_end - 1 : 0;
    for (; i && i < t->name_end && free_count <= all && !t->names[i].name; i = t->names[i].next) free_count++;
    for (uint32_t k = 1; k < t->name_end; k++) {
        young += t->names[k].young;
        if (!t->names[k].name) continue;
        used++;
        check_name(s, k);
    }
    if (i || used + free_count != all || used != t->name_count)
        sanity_report(s, 63, NULL, "of %u stable names %u are in use, counted as %zu, and %u are free", all,
                      used, t->name_count, free_count);
    if (young != t->young_count)
        sanity_report(s, 63, NULL, "%u stable names are on the list of young ones, counted as %u", young,
                      t->young_count);
}

void sanity_check_weak(Sanity *s)
{
    check_weaks(s);
    check_ptrs(s);
    check_names(s);
}
