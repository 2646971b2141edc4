/* Sanity across a collection (72, 73, 74, 80): checked when everything has moved and from-space is still
 * there.
 *
 * The new heap is walked as ever, but from-space counts as memory that nothing may refer to (73). Then
 * from-space is walked: each forwarding address leads to the start of an object in to-space, no two to the
 * same (72), and their number and words are those that the collector has counted and that stand there (74).
 * After from-space has been released it is enough that every other group is what it was: nothing has written
 * to objects in between.
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
        memset(&m->generation[sanity_block_index((Word)g->start)], SANITY_NO_OBJECTS,
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

/* ---- To-space: what stands there, by the marks */

static bool is_to_space(const SanityGroup *g) { return g->block->flags & BF_TO_SPACE; }

typedef struct Sum {
    size_t objects, words;
} Sum;

/* How many words carry that mark. */
static size_t marked(const uint8_t *marks, ptrdiff_t words, uint8_t mark)
{
    size_t count = 0;
    uint64_t eight;
    int shift = __builtin_ctz(mark);
    for (; words >= (ptrdiff_t)sizeof eight; words -= (ptrdiff_t)sizeof eight, marks += sizeof eight) {
        memcpy(&eight, marks, sizeof eight);
        count += (eight >> shift & EACH_BYTE) * EACH_BYTE >> 56;
    }
    for (ptrdiff_t i = 0; i < words; i++) count += (marks[i] & mark) != 0;
    return count;
}

/* The first copy that no forwarding address leads to. */
static void report_unled(Sanity *s, const Word *from, const uint8_t *marks, ptrdiff_t words)
{
    for (ptrdiff_t i = 0; i < words; i++)
        if ((marks[i] & (MARK_START | MARK_REACHED)) == MARK_START) {
            sanity_report(s, 74, from + i, "a copy that nothing was forwarded to");
            return;
        }
}

static void add_run(Sanity *s, Sum *sum, const Word *from, const Word *end, bool copied)
{
    if (from == end) return;
    const uint8_t *marks = sanity_mark(s, from);
    ptrdiff_t words = end - from;
    size_t objects = marked(marks, words, MARK_START);
    if (unlikely(copied && marked(marks, words, MARK_REACHED) != objects))
        report_unled(s, from, marks, words);
    sum->objects += objects;
    sum->words += (size_t)(end - from);
}

/* Of what has survived: it was kept where it stood, or slid there; and what was copied. */
typedef struct Survivors {
    Sum kept, copied;
} Survivors;

static void add_survivors(Sanity *s, Survivors *sums, const Generation *generation)
{
    size_t kept = generation->kept_blocks;
    for (BlockDescr *b = generation->survivors; b; b = b->link, kept -= kept > 0)
        add_run(s, kept ? &sums->kept : &sums->copied,
                b == generation->survivors ? generation->survivors_start : b->start, b->free, kept == 0);
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

/* ---- From-space: its forwarding addresses */

static size_t bad_forwardee(Sanity *s, const Word *from, const Closure *to)
{
    SanityGroup *g = sanity_object_group(s, to);
    char word[SANITY_WORD_TEXT];
    sanity_word_print(s, (Word)to, word, sizeof word);
    if (!g || !is_to_space(g))
        sanity_report(s, 72, from, "it was forwarded to %s", word);
    else
        sanity_report(s, 72, from, "two objects were forwarded to one place");
    return 0;
}

/* The copy's words, or 0 if the address is not one of a copy. It has come to the generation `least` at least.
 */
static inline size_t check_forwardee(Sanity *s, const Word *from, const Closure *to, uint8_t least)
{
    SanityMegablock *m = (Word)to % WORD_BYTES ? NULL : sanity_megablock(s->map, (Word)to);
    uint8_t *mark = m ? &m->word[sanity_word_index((Word)to)] : NULL;
    if (unlikely(!m || m->generation[sanity_block_index((Word)to)] == SANITY_NO_OBJECTS ||
                 (*mark & (MARK_START | MARK_REACHED)) != MARK_START || !(Bdescr(to)->flags & BF_TO_SPACE)))
        return bad_forwardee(s, from, to);
    *mark |= MARK_REACHED;
    if (unlikely(m->generation[sanity_block_index((Word)to)] < least))
        sanity_report(s, 40, from, "it was to go to generation %u, and stands in %u", least,
                      m->generation[sanity_block_index((Word)to)]);
    uint32_t words = to->info->words;
    return likely(words) ? words : closure_size(to);
}

static void check_from_block(Sanity *s, const BlockDescr *b, Sum *sum)
{
    for (const Word *w = b->start; w < b->free;) {
        if (!header_is_forwarded(w[0])) {
            w += closure_size((const Closure *)w);
            continue;
        }
        size_t size = check_forwardee(s, w, header_forwardee(w[0]), b->dest_no);
        if (size == 0) return;
        sum->objects++;
        sum->words += size;
        w += size;
    }
}

static Sum check_from_space(Sanity *s, uint8_t collected)
{
    Sum sum = {0, 0};
    for (BlockDescr *b = s->h->nursery.first; b; b = b->link) check_from_block(s, b, &sum);
    for (uint32_t g = 0; g <= collected; g++)
        for (BlockDescr *b = s->h->generations[g].from.first; b; b = b->link) check_from_block(s, b, &sum);
    return sum;
}

static void check_sum(Sanity *s, const char *what, Sum found, Sum counted)
{
    if (found.objects == counted.objects && found.words == counted.words) return;
    sanity_report(s, 74, NULL, "%s %zu objects of %zu words, counted as %zu of %zu", what, found.objects,
                  found.words, counted.objects, counted.words);
}

void sanity_check_transition(Sanity *s, const Collection *c)
{
    sanity_map_make(s);
    leave_out_from_space(s, c->collected);
    sanity_walk(s);
    check_scavenged(s);
    if (s->violations > 0) return;
    Sum forwarded = check_from_space(s, c->collected);
    if (s->violations > 0) return;
    const GcStats *stats = &c->stats;
    char kept[40];
    check_sum(s, "forwarded are", forwarded, (Sum){stats->copied_objects, stats->copied_words});
    Survivors stand = survivors(s, c->collected);
    check_sum(s, "in to-space stand", stand.copied, (Sum){stats->copied_objects, stats->copied_words});
    snprintf(kept, sizeof kept, "generation %u has kept", s->h->oldest->no);
    check_sum(s, kept, stand.kept, (Sum){stats->kept_objects, stats->kept_words});
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

/* ---- The nursery afterwards */

void sanity_check_poison(Sanity *s)
{
    for (BlockDescr *b = s->h->nursery.first; b && s->h->heap.config.poison; b = b->link) {
        const Word *bad = b->free, *end = b->start + BLOCK_WORDS;
        while (bad < end && *bad == BLOCK_POISON) bad++;
        if (bad == end) continue;
        sanity_report(s, 80, bad, "a word of the nursery is not poison");
        return;
    }
}
