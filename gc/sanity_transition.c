/* Sanity across a collection (72, 73, 74), and of the nursery (67, 80): checked when everything has moved and
 * from-space is still there.
 *
 * The new heap is walked as ever, but from-space counts as memory that nothing may refer to (73). From-space
 * is walked, too: each forwarding address leads to the start of an object in to-space, no two to the same
 * (72), their number is what the collector has counted, and so are number and words of what stands there
 * (74). After from-space has been released it is enough that every other group is what it was: nothing has
 * written to objects in between.
 *
 * Relies on from-space tiling exactly, which the check before the collection has proved. */
#include "gc/collection.h"
#include "gc/sanity_private.h"

/* ---- The map, without from-space */

static void leave_out(Sanity *s, BlockDescr *first)
{
    for (BlockDescr *b = first; b; b = b->link) {
        SanityGroup *g = sanity_group_of_block(s, b);
        if (!g) continue; /* no group: the check of lists after the collection will tell */
        g->from_space = true;
        g->has_objects = false;
        SanityMegablock *m = sanity_megablock(s->map, (Word)g->start);
        memset(&m->rank[sanity_block_index((Word)g->start)], 0,
               g->block->blocks < MBLOCK_BLOCKS - sanity_block_index((Word)g->start)
                   ? g->block->blocks
                   : MBLOCK_BLOCKS - sanity_block_index((Word)g->start));
    }
}

static void leave_out_from_space(Sanity *s, uint8_t collected)
{
    leave_out(s, s->h->nursery.first);
    for (uint32_t g = 0; g <= collected; g++) {
        leave_out(s, s->h->generations[g].from.first);
        leave_out(s, s->h->generations[g].from_large.first);
    }
}

/* ---- To-space: what stands there */

typedef struct Sum {
    size_t objects, words;
} Sum;

static const Word *survivors_from(const Generation *generation, const BlockDescr *b)
{
    return b == generation->survivors ? generation->survivors_start : b->start;
}

static void note_copies_of(Sanity *s, const Generation *generation)
{
    size_t kept = generation->kept_blocks;
    for (BlockDescr *b = generation->survivors; b; b = b->link, kept -= kept > 0) {
        SanityGroup *g = kept ? NULL : sanity_group_of_block(s, b);
        if (g) g->copies = survivors_from(generation, b);
    }
}

static void note_copies(Sanity *s)
{
    for (uint32_t g = 0; g < generation_count(s->h); g++) note_copies_of(s, &s->h->generations[g]);
}

static size_t starts_between(const Sanity *s, const Word *from, const Word *end)
{
    size_t starts = 0;
    for (; from < end; from++) starts += sanity_is_marked(s, from, MARK_START);
    return starts;
}

/* Of what has survived: it was kept where it stood, or slid there; and what was copied. */
typedef struct Survivors {
    Sum kept, copied;
} Survivors;

static void add_survivors(Sanity *s, Survivors *sums, const Generation *generation)
{
    size_t kept = generation->kept_blocks;
    for (BlockDescr *b = generation->survivors; b; b = b->link, kept -= kept > 0) {
        const SanityGroup *g = sanity_group_of_block(s, b);
        const Word *from = survivors_from(generation, b);
        Sum *sum = kept ? &sums->kept : &sums->copied;
        sum->objects += g && from == b->start ? g->proof->objects : starts_between(s, from, b->free);
        sum->words += (size_t)(b->free - from);
    }
}

/* A generation that has been collected holds what has survived. */
static void check_generation_count(Sanity *s, const Generation *generation, size_t objects)
{
    if (generation->objects == objects) return;
    sanity_report(s, 74, NULL, "generation %u holds %zu objects, counted as %zu", generation->no, objects,
                  generation->objects);
}

static Survivors survivors(Sanity *s, uint8_t collected)
{
    Survivors sums = {{0, 0}, {0, 0}};
    for (uint32_t g = 0; g < generation_count(s->h); g++) {
        size_t before = sums.kept.objects + sums.copied.objects;
        add_survivors(s, &sums, &s->h->generations[g]);
        if (g > collected) continue;
        check_generation_count(s, &s->h->generations[g], sums.kept.objects + sums.copied.objects - before);
        sums.kept.words -= s->h->generations[g].holes;
    }
    return sums;
}

static void check_scavenged(Sanity *s)
{
    for (uint32_t g = 0; g < generation_count(s->h); g++)
        for (BlockDescr *b = s->h->generations[g].survivors; b; b = b->link)
            if (b->u.scan != b->free)
                sanity_report(s, 74, b->u.scan, "%td words are not scavenged", b->free - b->u.scan);
}

/* ---- All of it */

static void check_sum(Sanity *s, const char *what, Sum found, size_t objects, size_t words)
{
    if (found.objects == objects && found.words == words) return;
    sanity_report(s, 74, NULL, "%s %zu objects of %zu words, counted as %zu of %zu", what, found.objects,
                  found.words, objects, words);
}

static void check_sums(Sanity *s, const GcStats *stats, Survivors stand)
{
    char kept[40];
    if (s->forwarded != stats->copied_objects)
        sanity_report(s, 74, NULL, "%zu objects have been forwarded, counted as %zu", s->forwarded,
                      stats->copied_objects);
    check_sum(s, "in to-space stand", stand.copied, stats->copied_objects, stats->copied_words);
    snprintf(kept, sizeof kept, "generation %u has kept", s->h->oldest->no);
    check_sum(s, kept, stand.kept, stats->kept_objects, stats->kept_words);
}

void sanity_check_transition(Sanity *s, const Collection *c)
{
    s->collection = c;
    sanity_map_make(s);
    leave_out_from_space(s, c->collected);
    note_copies(s);
    sanity_tell_moves(s);
    sanity_walk(s);
    check_scavenged(s);
    if (s->violations == 0) check_sums(s, &c->stats, survivors(s, c->collected));
    if (s->h->heap.config.sanity_level >= 4 && s->violations == 0) sanity_check_forwarded(s);
}

/* ---- Afterwards */

static bool same_group(const SanityGroup *a, const SanityGroup *b)
{
    return a->block == b->block && a->start == b->start && a->free == b->free && a->gen_no == b->gen_no &&
           a->owner == b->owner;
}

static bool must_stay(const SanityGroup *g) { return g->has_objects && g->free > g->start; }

/* Both lists are in order of block numbers. */
void sanity_check_unchanged(Sanity *s)
{
    const SanityMap *map = s->map;
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < map->former_count && !must_stay(&map->former[i])) i++;
        while (k < map->group_count && !must_stay(&map->groups[k])) k++;
        if (i == map->former_count || k == map->group_count) break;
        if (!same_group(&map->former[i], &map->groups[k])) break;
    }
    if (i == map->former_count && k == map->group_count) return;
    const SanityGroup *g = i < map->former_count ? &map->former[i] : &map->groups[k];
    sanity_report(s, 73, g->start, "releasing from-space has changed a group of %s, or the one behind it",
                  block_owner_names[g->owner]);
}

/* ---- What nobody has allocated in the nursery: all of it afterwards (80) */

void sanity_check_poison(Sanity *s)
{
    const Nursery *n = &s->h->nursery;
    for (BlockDescr *b = n->first; b && s->h->heap.config.poison; b = b->link) {
        const Word *free = b == n->current ? s->h->heap.hp : b->free, *end = b->start + BLOCK_WORDS;
        const Word *bad = block_first_unpoisoned(free, end);
        if (bad == end) continue;
        sanity_report(s, s->after ? 80 : 67, bad, "a word of the nursery that is not in use is no poison");
        return;
    }
}
