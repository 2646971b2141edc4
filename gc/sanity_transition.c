/* Sanity across a collection (72, 74, 80): checked when everything has moved and from-space is still there.
 *
 * Relies on from-space tiling exactly, which the check before the collection has proved. */
#include "gc/collection.h"
#include "gc/sanity_private.h"

/* ---- To-space: its objects, by walking it */

static bool is_to_space(const SanityGroup *g) { return g->block->flags & BF_TO_SPACE; }

static void find_to_space(Sanity *s)
{
    for (size_t i = 0; i < s->group_count; i++)
        if (is_to_space(&s->groups[i])) sanity_find_in_group(s, &s->groups[i]);
}

typedef struct Sum {
    size_t objects, words;
} Sum;

static void add_run(Sum *sum, const Word *w, const Word *end)
{
    while (w < end) {
        size_t size = closure_size((const Closure *)w);
        sum->objects++;
        sum->words += size;
        w += size;
    }
}

static Sum survivors_sum(const Generation *generation)
{
    Sum sum = {0, 0};
    for (BlockDescr *b = generation->survivors; b; b = b->link)
        add_run(&sum, b == generation->survivors ? generation->survivors_start : b->start, b->free);
    return sum;
}

/* A generation that has been collected holds what has survived. */
static void check_generation_count(Sanity *s, const Generation *generation, size_t objects)
{
    if (generation->objects == objects) return;
    sanity_report(s, 74, NULL, "generation %u holds %zu objects, counted as %zu", generation->no, objects,
                  generation->objects);
}

static Sum to_space_sum(Sanity *s, uint8_t collected)
{
    Sum sum = {0, 0};
    for (uint32_t g = 0; g < generation_count(s->h); g++) {
        Sum of_one = survivors_sum(&s->h->generations[g]);
        if (g <= collected) check_generation_count(s, &s->h->generations[g], of_one.objects);
        sum.objects += of_one.objects;
        sum.words += of_one.words;
    }
    return sum;
}

static void check_scavenged(Sanity *s)
{
    for (uint32_t g = 0; g < generation_count(s->h); g++)
        for (BlockDescr *b = s->h->generations[g].survivors; b; b = b->link)
            if (b->u.scan != b->free)
                sanity_report(s, 74, b->u.scan, "%td words are not scavenged", b->free - b->u.scan);
}

/* ---- From-space: its forwarding addresses */

/* The copy's words, or 0 if the address is not one of a copy. */
static size_t check_forwardee(Sanity *s, const Word *from, const Closure *to)
{
    SanityGroup *g = sanity_object_group(s, to);
    if (!g || !is_to_space(g)) {
        sanity_report(s, 72, from, "it was forwarded to %p", (const void *)to);
        return 0;
    }
    size_t bit = sanity_bit(g, to);
    if (bit_test(s->remembered, bit)) sanity_report(s, 72, from, "two objects were forwarded to one place");
    bit_set(s->remembered, bit);
    return closure_size(to);
}

static void check_from_block(Sanity *s, const BlockDescr *b, Sum *sum)
{
    for (const Word *w = b->start; w < b->free;) {
        if (!header_is_forwarded(w[0])) {
            w += closure_size((const Closure *)w);
            continue;
        }
        size_t size = check_forwardee(s, w, header_forwardee(w[0]));
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

static void check_sum(Sanity *s, const char *what, Sum found, const GcStats *stats)
{
    if (found.objects == stats->copied_objects && found.words == stats->copied_words) return;
    sanity_report(s, 74, NULL, "%s %zu objects of %zu words, counted as %zu of %zu", what, found.objects,
                  found.words, stats->copied_objects, stats->copied_words);
}

void sanity_check_transition(Sanity *s, const Collection *c)
{
    sanity_map_make(s);
    find_to_space(s);
    check_scavenged(s);
    Sum forwarded = check_from_space(s, c->collected);
    if (s->violations > 0) return;
    check_sum(s, "forwarded are", forwarded, &c->stats);
    check_sum(s, "in to-space stand", to_space_sum(s, c->collected), &c->stats);
}

/* ---- The nursery afterwards */

void sanity_check_poison(Sanity *s)
{
    for (BlockDescr *b = s->h->nursery.first; b && s->h->heap.config.poison; b = b->link)
        for (const Word *w = b->free; w < b->start + BLOCK_WORDS; w++)
            if (*w != BLOCK_POISON) {
                sanity_report(s, 80, w, "a word of the nursery is not poison");
                return;
            }
}
