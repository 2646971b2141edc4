/* What the swift gait need not walk again: groups that are what they were when a walk last found the whole
 * heap sound.
 *
 * A walk leaves with each group a digest of its words, the counts of what it found there, and its slice of
 * the objects that were set aside; the starts stay marked in the map. The next walk *keeps* the group, that
 * is, takes all this over, if
 *   - its words have the same digest: any one word that changes changes it, and several hardly ever do not;
 *   - no info table has changed;
 *   - every group of its generation and older ones is still there, so that what it refers to stands where it
 *     stood; and where these have changed or grown themselves, they are walked, and must have the same starts
 *     with the same tags as before. If one has not, everything is walked.
 * What refers to something younger, what is mutable and old, and all that is not of a plain shape was set
 * aside, and is checked again, kept group or not; of these, what neither lists nor remembered sets nor frames
 * have a say in only if a group of its generation or an older one has changed, not only grown.
 *
 * At level 4 nothing is kept. */
#include "gc/sanity_private.h"

#include <stdlib.h>

/* ---- Digests */

/* Two lanes that advance together. */
typedef uint64_t Lanes __attribute__((vector_size(16)));

/* A bijection, of the digest as of the words: an odd multiple of their sum without carries. */
static inline Lanes step(Lanes digest, Lanes words)
{
    digest ^= words;
    return digest + (digest << 19);
}

static inline Lanes two_words(const Word *w)
{
    Lanes two;
    memcpy(&two, w, sizeof two);
    return two;
}

static uint64_t mixed(uint64_t digest, uint64_t word)
{
    digest = (digest ^ word) * 0x9e3779b97f4a7c15u;
    return digest ^ digest >> 29;
}

static uint64_t lanes_mixed(uint64_t digest, Lanes lanes) { return mixed(mixed(digest, lanes[0]), lanes[1]); }

/* Eight lanes; what becomes of each in the end is a bijection of it, too. */
static uint64_t digest_of(const Word *w, const Word *end)
{
    uint64_t digest = (uint64_t)(end - w);
    Lanes a = {1, 2}, b = {3, 4}, c = {5, 6}, d = {7, 8};
    for (; end - w >= 8; w += 8) {
        sanity_prefetch(w + 2 * BLOCK_WORDS);
        a = step(a, two_words(&w[0]));
        b = step(b, two_words(&w[2]));
        c = step(c, two_words(&w[4]));
        d = step(d, two_words(&w[6]));
    }
    for (; w < end; w++) digest = mixed(digest, *w);
    return lanes_mixed(lanes_mixed(lanes_mixed(lanes_mixed(digest, a), b), c), d);
}

/* Of what the checker reads of the first `count` tables. */
static uint64_t infos_digest(const Sanity *s, uint32_t count)
{
    uint64_t all = 0;
    for (uint32_t id = 0; id < count; id++) {
        const Word *w = (const Word *)info_by_id(s->h->heap.infos, id);
        all = (all ^ digest_of(w, w + offsetof(InfoTable, entry) / WORD_BYTES)) * 31;
    }
    return all;
}

static bool infos_are_the_same(const Sanity *s)
{
    return infos_digest(s, s->map->infos_count) == s->map->infos_digest;
}

/* ---- What has to be where it was */

/* The youngest generation of which, and of all older ones, every group is still there. */
static uint8_t oldest_whole(const SanityMap *map)
{
    uint8_t whole = 0;
    for (size_t i = 0; i < map->former_count; i++) {
        const SanityGroup *f = &map->former[i];
        if (f->has_objects && !f->stays && f->gen_no >= whole) whole = (uint8_t)(f->gen_no + 1);
    }
    return whole;
}

static void note_staying(SanityMap *map)
{
    for (size_t i = 0; i < map->group_count; i++) {
        SanityGroup *g = &map->groups[i];
        if (g->former && g->has_objects) map->former[g->former - 1].stays = true;
    }
}

/* Large and pinned objects are walked at little cost. */
static bool is_worth_keeping(const SanityGroup *g)
{
    return g->free > g->start && g->owner != OWNER_LARGE && g->owner != OWNER_PINNED;
}

/* Of a large object it is enough what it is. */
static uint64_t group_digest(const SanityGroup *g, const Word *end)
{
    if (g->owner == OWNER_PINNED || end == g->start) return 0;
    return digest_of(g->start, g->owner == OWNER_LARGE ? g->start + 1 : end);
}

/* ---- Marks */

static void unmark_all(const Sanity *s, const SanityGroup *g)
{
    for (size_t left = block_group_words(g->block), at = 0; left > 0;) {
        const Word *w = g->start + at;
        size_t here = MBLOCK_SIZE / WORD_BYTES - sanity_word_index((Word)w);
        if (here > left) here = left;
        memset(sanity_mark(s, w), 0, here);
        at += here;
        left -= here;
    }
}

/* Words of the group whose marks are together; every object starts in the group's first megablock. */
static size_t marked_words(const SanityGroup *g, const Word *end)
{
    size_t words = (size_t)(end - g->start),
           here = MBLOCK_SIZE / WORD_BYTES - sanity_word_index((Word)g->start);
    if (g->owner == OWNER_LARGE && words > 1) words = 1;
    return words < here ? words : here;
}

static void save_marks(Sanity *s, SanityGroup *g)
{
    SanityMap *map = s->map;
    size_t words = marked_words(g, g->proof->end);
    while (map->saved_count + words > map->saved_room) {
        map->saved_room = map->saved_room ? 2 * map->saved_room : 4096;
        map->saved = realloc(map->saved, map->saved_room);
        require(map->saved, "out of memory for a sanity check");
    }
    if (words) memcpy(map->saved + map->saved_count, sanity_mark(s, g->start), words);
    map->saved_count += words;
}

/* ---- Keeping */

static void list_slice(ClosureList *to, size_t *first, const ClosureList *from, size_t count)
{
    size_t at = *first;
    *first = to->count;
    sanity_list_reserve(to, count);
    if (count) memcpy(&to->closures[to->count], &from->closures[at], count * sizeof *to->closures);
    to->count += count;
}

static void take_over(Sanity *s, SanityGroup *g)
{
    SanityMap *map = s->map;
    list_slice(&map->aside, &g->proof->aside, &map->aside_former, g->proof->aside_count);
    list_slice(&map->asked, &g->proof->asked, &map->asked_former, g->proof->asked_count);
    s->objects += g->proof->objects;
    s->references += g->proof->references;
    g->walked = true;
}

/* True if [start, proved) has not changed; *changed: it has, where something may rely on it. */
static bool is_unchanged(const SanityGroup *g, bool *changed)
{
    bool same = group_digest(g, g->proof->end) == g->proof->digest;
    *changed |= !same && g->owner != OWNER_PINNED;
    return same;
}

static void decide(SanityGroup *g, uint8_t whole, bool *changed)
{
    g->guarded = g->gen_no >= whole && g->former && g->proof->end;
    if (!g->guarded || !is_unchanged(g, changed)) return;
    g->kept = g->proof->end == g->free && is_worth_keeping(g);
    g->guarded = !g->kept;
}

static void begin_group(Sanity *s, SanityGroup *g)
{
    g->kept &= !(s->map->changed && g->proof->looks_behind);
    if (g->kept) {
        take_over(s, g);
        return;
    }
    if (g->guarded) save_marks(s, g);
    if (g->former) unmark_all(s, g); /* others are new, and without marks */
    g->proof->asked_count = g->proof->settled_references = 0;
}

static void exchange(ClosureList *a, ClosureList *b)
{
    ClosureList list = *a;
    *a = *b;
    *b = list;
    a->count = 0;
}

void sanity_keep_begin(Sanity *s)
{
    SanityMap *map = s->map;
    uint8_t whole = UINT8_MAX;
    exchange(&map->aside, &map->aside_former);
    exchange(&map->asked, &map->asked_former);
    map->saved_count = 0;
    map->changed = false;
    note_staying(map);
    bool walk_all = s->h->heap.config.sanity_level >= 4;
    if (map->sound && !walk_all && infos_are_the_same(s)) whole = oldest_whole(map);
    map->sound = false;
    for (size_t i = 0; i < map->group_count; i++)
        if (map->groups[i].has_objects) decide(&map->groups[i], whole, &map->changed);
    for (size_t i = 0; i < map->group_count; i++)
        if (map->groups[i].has_objects) begin_group(s, &map->groups[i]);
}

void sanity_keep_nothing(Sanity *s)
{
    SanityMap *map = s->map;
    map->aside.count = map->asked.count = 0;
    map->changed = true;
    for (size_t i = 0; i < map->group_count; i++) {
        SanityGroup *g = &map->groups[i];
        g->kept = g->guarded = false;
        if (!g->has_objects) continue;
        g->proof->asked_count = g->proof->settled_references = 0;
        unmark_all(s, g);
    }
}

bool sanity_keep_holds(const Sanity *s)
{
    const SanityMap *map = s->map;
    const uint8_t *saved = map->saved;
    for (size_t i = 0; i < map->group_count; i++) {
        const SanityGroup *g = &map->groups[i];
        if (!g->guarded) continue;
        size_t words = marked_words(g, g->proof->end);
        const uint8_t *marks = sanity_mark(s, g->start);
        for (size_t k = 0; k < words; k++)
            if ((marks[k] ^ saved[k]) & MARK_LASTING) return false;
        saved += words;
    }
    return true;
}

void sanity_keep_record(SanityGroup *g) { g->proof->digest = group_digest(g, g->free); }

/* ---- What was set aside */

static void check_all_aside(Sanity *s, SanityGroup *g)
{
    const SanityMap *map = s->map;
    g->proof->asked = map->asked.count;
    g->proof->settled_references = 0;
    for (size_t i = 0; i < g->proof->aside_count; i++) {
        Closure *c = map->aside.closures[g->proof->aside + i];
        size_t references = s->references;
        if (sanity_check_object(s, g, c))
            g->proof->settled_references += s->references - references;
        else
            sanity_list_add(&s->map->asked, c);
    }
    g->proof->asked_count = map->asked.count - g->proof->asked;
}

static void check_asked(Sanity *s, SanityGroup *g)
{
    const SanityMap *map = s->map;
    for (size_t i = 0; i < g->proof->asked_count; i++)
        sanity_check_object(s, g, map->asked.closures[g->proof->asked + i]);
    s->references += g->proof->settled_references;
}

void sanity_keep_check_aside(Sanity *s)
{
    SanityMap *map = s->map;
    for (size_t i = 0; i < map->group_count; i++) {
        SanityGroup *g = &map->groups[i];
        if (!g->has_objects || g->proof->aside_count == 0) continue;
        if (g->kept && !map->changed)
            check_asked(s, g);
        else
            check_all_aside(s, g);
    }
}

void sanity_keep_end(Sanity *s)
{
    SanityMap *map = s->map;
    for (size_t i = 0; i < map->group_count; i++)
        if (map->groups[i].has_objects) map->groups[i].proof->end = map->groups[i].free;
    if (s->h->heap.config.sanity_level < 4) sanity_unmark_listed(s);
    map->infos_count = info_count(s->h->heap.infos);
    map->infos_digest = infos_digest(s, map->infos_count);
    map->sound = true;
}
