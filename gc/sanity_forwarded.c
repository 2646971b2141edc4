/* From-space when everything has moved: each forwarding address leads to the start of an object in to-space,
 * no two to the same (72), of the generation that was due at least (40).
 *
 * Where objects started in from-space, and with what tags, the check before the collection has marked. The
 * swift gait goes by these marks alone, before the walk over to-space: it leaves a mark with REACHED and the
 * tag wherever something should start. The walk, which meets as many marks as were left, proves the rest.
 *
 * The ring of events is told of moves only now, where nobody else listens to them, so that a collection runs
 * as it does unchecked. */
#include "gc/collection.h"
#include "gc/sanity_private.h"

typedef struct FromSpace {
    Sanity *s;
    size_t told, most_told; /* words */
} FromSpace;

/* Block by block, the youngest first, until one look is false. */
static bool each_block(FromSpace *f, bool (*look)(FromSpace *f, const BlockDescr *b))
{
    const Collection *c = f->s->collection;
    const BlockDescr *b = c->h->nursery.first;
    for (uint32_t g = 0;; b = c->generations[g++].from.first) {
        for (; b; b = b->link)
            if (!look(f, b)) return false;
        if (g > c->collected) return true;
    }
}

/* The mark of the copy at `to`. NULL: there is none, or it is younger than it should be. */
static inline uint8_t *copy_mark(const SanityMap *map, Word to, uint8_t rank)
{
    SanityMegablock *m = map->table[(to >> MBLOCK_SHIFT) & map->table_mask];
    Word offset = to ^ m->base;
    if (unlikely(offset & ~(Word)(MBLOCK_SIZE - WORD_BYTES))) return NULL;
    return likely(m->copies[offset >> BLOCK_SHIFT] >= rank) ? &m->word[offset / WORD_BYTES] : NULL;
}

/* ---- The swift gait: by marks */

/* False if it is none, or has been left already. */
static inline bool leave_mark(const SanityMap *map, Word to, uint8_t rank, uint8_t mark)
{
    uint8_t *copy = copy_mark(map, to, rank);
    if (unlikely(!copy || *copy)) return false;
    *copy = (mark & MARK_LASTING) | MARK_REACHED;
    return true;
}

/* The objects that start at eight words. *forwarded counts. */
static inline bool mark_eight(const SanityMap *map, const Word *words, uint64_t marks, uint8_t rank,
                              size_t *forwarded)
{
    for (uint64_t starts = marks & MARK_START * EACH_BYTE; starts; starts &= starts - 1) {
        int at = __builtin_ctzll(starts) / 8;
        bool left = leave_mark(map, words[at] ^ FORWARDED, rank, (uint8_t)(marks >> 8 * at));
        if (unlikely(!left && header_is_forwarded(words[at]))) return false;
        *forwarded += left;
    }
    return true;
}

static bool mark_block(FromSpace *f, const BlockDescr *b)
{
    const SanityMap map = {.table = f->s->map->table, .table_mask = f->s->map->table_mask};
    const uint8_t *marks = sanity_mark(f->s, b->start), rank = sanity_rank(b->dest_no);
    size_t forwarded = 0;
    for (const Word *w = b->start; w < b->free; w += sizeof(uint64_t), marks += sizeof(uint64_t)) {
        sanity_prefetch(w + 2 * BLOCK_WORDS);
        if (!mark_eight(&map, w, sanity_eight_marks(marks), rank, &forwarded)) return false;
    }
    f->s->forwarded += forwarded;
    return true;
}

bool sanity_mark_copies(Sanity *s)
{
    s->forwarded = 0;
    return each_block(&(FromSpace){.s = s}, mark_block);
}

/* ---- The exact gait: by headers */

static bool bad_forwardee(Sanity *s, const Word *from, const Closure *to, uint8_t least)
{
    SanityGroup *g = sanity_object_group(s, to);
    char word[SANITY_WORD_TEXT];
    sanity_word_print(s, (Word)to, word, sizeof word);
    if (!g || !(g->block->flags & BF_TO_SPACE))
        sanity_report(s, 72, from, "it was forwarded to %s", word);
    else if (g->gen_no < least)
        sanity_report(s, 40, from, "it was to go to generation %u, and stands in %u", least, g->gen_no);
    else
        sanity_report(s, 72, from, "two objects were forwarded to one place");
    return false;
}

static bool check_forwardee(Sanity *s, const BlockDescr *b, const Word *from, const Closure *to)
{
    uint8_t *mark = copy_mark(s->map, (Word)to, sanity_rank(b->dest_no));
    if (!mark || (*mark & (MARK_START | MARK_REACHED)) != MARK_START)
        return bad_forwardee(s, from, to, b->dest_no);
    *mark |= MARK_REACHED;
    s->forwarded++;
    return true;
}

static bool check_block(FromSpace *f, const BlockDescr *b)
{
    for (const Word *w = b->start; w < b->free;) {
        const Closure *copy = header_is_forwarded(w[0]) ? header_forwardee(w[0]) : NULL;
        if (copy && !check_forwardee(f->s, b, w, copy)) return false;
        w += closure_size(copy ? copy : (const Closure *)w);
    }
    return true;
}

/* The first copy that no forwarding address leads to. */
static void check_led(Sanity *s, const SanityGroup *g)
{
    for (const Word *w = g->copies; w && w < g->free; w++)
        if (sanity_is_marked(s, w, MARK_START) && !sanity_is_marked(s, w, MARK_REACHED)) {
            sanity_report(s, 74, w, "a copy that nothing was forwarded to");
            return;
        }
}

void sanity_check_forwarded(Sanity *s)
{
    s->forwarded = 0;
    if (!each_block(&(FromSpace){.s = s}, check_block)) return;
    for (size_t i = 0; i < s->map->group_count; i++) check_led(s, &s->map->groups[i]);
}

/* ---- The ring */

bool sanity_tells_moves(const Collection *c)
{
    const HeapState *h = c->h;
    return sanity_is_due(h, h->heap.gc_count) && h->heap.config.sanity_level >= 3 && !h->listener.moved &&
           !c->collector->in_place;
}

/* So much that half of the ring is left for other events. */
static bool tell_block(FromSpace *f, const BlockDescr *b)
{
    const HeapState *h = f->s->h;
    f->told += (size_t)(b->free - b->start);
    if (f->told > f->most_told) return false;
    const uint8_t *mark = sanity_mark(f->s, b->start);
    for (const Word *w = b->start; w < b->free; w++, mark++)
        if (*mark & MARK_START && header_is_forwarded(w[0]))
            ring_note(h->ring, RING_MOVED, h->heap.gc_count, w, (Word)header_forwardee(w[0]));
    return true;
}

void sanity_tell_moves(Sanity *s)
{
    if (s->h->ring && sanity_tells_moves(s->collection))
        each_block(&(FromSpace){.s = s, .most_told = s->h->ring->mask + 1}, tell_block);
}
