/* What level 4 watches besides the graph: words that nobody may write to (30, 77), who may promote at once
 * (78), and indirections that should be gone (29).
 *
 * After a collection every constructor, function and partial application of the generations is digested;
 * before the next one it must be what it was (30). Before a collection the same is done with every old object
 * that is not remembered; those of generations that have not been collected must be what they were when
 * everything has moved (77).
 *
 * What has come to an older generation than its block's destination was promoted for somebody's sake: an
 * immutable object of that generation, or an older one, refers to it (78). An indirection is copied for the
 * sake of an update frame only (29).
 *
 * Needs two words of memory for each object; if there are none, it watches nothing until the next one. */
#include <stdlib.h>

#include "gc/collection.h"
#include "gc/sanity_private.h"

enum { MARK_WATCHED = 128 }; /* with START */

/* ---- Words */

static uint64_t digest_of(const Closure *c)
{
    const Word *w = (const Word *)c, *end = w + closure_size(c);
    uint64_t digest = 0;
    if (c->info->kind == KIND_STACK) {
        digest = w[STACK_WORDS];
        w = (const Word *)w[STACK_SP]; /* what stands before the frames means nothing */
    }
    for (; w < end; w++) digest = (digest ^ *w) * 0x100000001b3u;
    return digest;
}

typedef struct Noting {
    Sanity *s;
    bool old; /* the ones that are not remembered; or the immutable ones */
} Noting;

static bool is_watched(const Noting *n, const Closure *c)
{
    const BlockDescr *b = Bdescr(c);
    if (b->owner != OWNER_GENERATION) return false;
    Kind kind = (Kind)c->info->kind;
    if (!n->old) return kind == KIND_CON || kind == KIND_FUN || kind == KIND_PAP;
    return b->gen_no > 0 && kind != KIND_WEAK && !sanity_is_marked(n->s, c, MARK_REMEMBERED);
}

static bool watched_add(SanityMap *map, const Closure *c)
{
    if (map->watched_count == map->watched_room) {
        size_t room = map->watched_room ? 2 * map->watched_room : 4096;
        Watched *bigger = realloc(map->watched, room * sizeof *bigger);
        if (!bigger) return false;
        map->watched = bigger;
        map->watched_room = room;
    }
    map->watched[map->watched_count++] = (Watched){c, digest_of(c)};
    return true;
}

static void note_object(void *context, Closure *c)
{
    const Noting *n = context;
    SanityMap *map = n->s->map;
    if (map->watching && is_watched(n, c)) map->watching = watched_add(map, c);
}

static void note_all(Sanity *s, bool old)
{
    s->map->watched_count = 0;
    s->map->watching = true;
    s->map->watched_at = s->h->heap.gc_count;
    heap_each_object(&s->h->heap, WALK_ALL, note_object, &(Noting){s, old});
}

void sanity_watch_immutable(Sanity *s) { note_all(s, false); }
void sanity_watch_old(Sanity *s) { note_all(s, true); }

/* Those of generations from `from` on. */
static void check_watched(Sanity *s, uint32_t from, int invariant, const char *who)
{
    const SanityMap *map = s->map;
    for (size_t i = 0; map->watching && i < map->watched_count; i++) {
        const Closure *c = map->watched[i].c;
        if (Bdescr(c)->gen_no < from || digest_of(c) == map->watched[i].digest) continue;
        sanity_report(s, invariant, c, "%s has written to a %s", who, kinds[c->info->kind].spoken);
    }
}

void sanity_check_immutable(Sanity *s)
{
    if (s->map->watched_at == s->h->heap.gc_count) check_watched(s, 0, 30, "somebody");
    s->map->watching = false;
}

void sanity_check_old(Sanity *s, const Collection *c)
{
    check_watched(s, c->collected + 1u, 77, "the collection");
    s->map->watching = false;
}

/* ---- Everything that stands in a generation now */

typedef struct Looking {
    Sanity *s;
    const SanityGroup *group;
} Looking;

static void each_object(Sanity *s, void (*look)(Looking *l, Closure *c))
{
    for (size_t i = 0; i < s->map->group_count; i++) {
        Looking l = {s, &s->map->groups[i]};
        bool moving = l.group->owner == OWNER_GENERATION || l.group->owner == OWNER_LARGE;
        if (!moving || !l.group->has_objects) continue;
        for (Word *w = l.group->start; w < l.group->free; w += closure_size((Closure *)w)) {
            if (((Closure *)w)->info->kind != KIND_FILLER) look(&l, (Closure *)w);
            if (l.group->owner == OWNER_LARGE) break;
        }
    }
}

static void unwatch(const Sanity *s, const Closure *c) { *sanity_mark(s, c) &= (uint8_t)~MARK_WATCHED; }

/* ---- Promotion at once */

static void excuse_slot(void *context, Ref *slot)
{
    const Looking *l = context;
    const SanityGroup *g = *slot ? sanity_group_of(l->s, ref_closure(*slot)) : NULL;
    if (g && g->has_objects && g->gen_no <= l->group->gen_no) unwatch(l->s, ref_closure(*slot));
}

static void excuse(Looking *l, Closure *c)
{
    if (l->group->gen_no > 0 && !(kinds[c->info->kind].flags & IS_MUTABLE))
        closure_each_pointer(c, excuse_slot, l);
}

/* Calls visit for each copy that has come further than its block's destination. */
static void each_promoted(Sanity *s, BlockDescr *first, void (*visit)(Sanity *s, const Closure *copy))
{
    for (const BlockDescr *b = first; b; b = b->link)
        for (const Word *w = b->start; w < b->free;) {
            const Closure *copy = header_is_forwarded(w[0]) ? header_forwardee(w[0]) : NULL;
            w += closure_size(copy ? copy : (const Closure *)w);
            if (copy && Bdescr(copy)->gen_no > b->dest_no) visit(s, copy);
        }
}

static void each_promoted_of_all(Sanity *s, const Collection *c, void (*visit)(Sanity *, const Closure *))
{
    each_promoted(s, s->h->nursery.first, visit);
    for (uint32_t g = 0; g <= c->collected; g++) each_promoted(s, s->h->generations[g].from.first, visit);
}

static void suspect(Sanity *s, const Closure *copy) { *sanity_mark(s, copy) |= MARK_WATCHED; }

static void accuse(Sanity *s, const Closure *copy)
{
    if (!sanity_is_marked(s, copy, MARK_WATCHED)) return;
    sanity_report(s, 78, copy, "a %s has come to generation %u, and nothing immutable there refers to it",
                  kinds[copy->info->kind].spoken, Bdescr(copy)->gen_no);
    unwatch(s, copy);
}

void sanity_check_promotion(Sanity *s, const Collection *c)
{
    each_promoted_of_all(s, c, suspect);
    each_object(s, excuse);
    each_promoted_of_all(s, c, accuse);
}

/* ---- Indirections */

static bool keep_updatee(void *context, Word *frame)
{
    const Looking *l = context;
    if (((const InfoTable *)frame[0])->kind != KIND_UPDATE_FRAME) return true;
    const Closure *updatee = ref_closure(frame[UPDATE_FRAME_UPDATEE]);
    if (sanity_object_group(l->s, updatee)) *sanity_mark(l->s, updatee) |= MARK_WATCHED;
    return true;
}

static void keep_updatees(Looking *l, Closure *c)
{
    Word *w = closure_words(c);
    if (c->info->kind == KIND_STACK)
        stack_each_frame((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], keep_updatee, l);
    if (c->info->kind == KIND_AP_STACK)
        stack_each_frame(&w[AP_STACK_PAYLOAD], &w[AP_STACK_PAYLOAD + w[AP_STACK_SIZE]], keep_updatee, l);
}

static void check_indirection(Looking *l, Closure *c)
{
    Ref value;
    bool copied = l->group->owner == OWNER_GENERATION && l->group->block->flags & BF_TO_SPACE &&
                  sanity_is_marked(l->s, c, MARK_REACHED);
    if (copied && stands_for(c, &value) && !sanity_is_marked(l->s, c, MARK_WATCHED))
        sanity_report(l->s, 29, c, "a %s was copied, and no update frame asks for it",
                      kinds[c->info->kind].spoken);
    unwatch(l->s, c);
}

void sanity_check_indirections(Sanity *s)
{
    each_object(s, keep_updatees);
    each_object(s, check_indirection);
}
