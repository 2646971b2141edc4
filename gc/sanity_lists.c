/* Sanity of the heap's lists: counters, nursery, generations, remembered sets, CAFs. */
#include "gc/sanity_private.h"

/* ---- Level 1: counters that cost nothing to compare */

static void account(Sanity *s, const char *what, size_t lists, size_t blocks)
{
    if (lists != blocks)
        sanity_report(s, 41, NULL, "%s: %zu blocks on lists, %zu with that owner", what, lists, blocks);
}

static void check_block_counters(Sanity *s)
{
    BlockCounters n;
    size_t of_generations = 0, large = s->h->pinned ? 1 : 0;
    block_counters(s->h->heap.blocks, &n);
    for (uint32_t g = 0; g < generation_count(s->h); g++) {
        of_generations += s->h->generations[g].list.blocks;
        large += s->h->generations[g].large.blocks;
    }
    account(s, "generations", of_generations, n.owner_blocks[OWNER_GENERATION]);
    account(s, "large objects", large, n.owner_blocks[OWNER_LARGE] + n.owner_blocks[OWNER_PINNED]);
    account(s, "the nursery", s->h->nursery.blocks, n.owner_blocks[OWNER_NURSERY]);
    account(s, "static closures", s->h->statics.blocks, n.owner_blocks[OWNER_STATIC]);
}

void sanity_check_counters(Sanity *s)
{
    const Word *start = s->h->nursery.current->start, *end = start + BLOCK_WORDS;
    const Heap *heap = &s->h->heap;
    if (heap->hp < start || heap->hp > end) sanity_report(s, 68, NULL, "hp is not in the current block");
    if (heap->hp_lim < start || heap->hp_lim > end)
        sanity_report(s, 68, NULL, "hp_lim is not in the current block");
    else if (heap->hp_lim > heap->hp && heap->hp_lim < end)
        sanity_report(s, 68, NULL, "hp_lim lies %td words behind hp and %td before the block's end",
                      heap->hp_lim - heap->hp, end - heap->hp_lim);
    check_block_counters(s);
}

/* ---- Membership */

/* Counts one membership. False if the list cannot be followed any further. */
static bool on_list(Sanity *s, BlockDescr *block, BlockOwner owner, const char *list)
{
    SanityGroup *g = sanity_group_of_block(s, block);
    if (!g) {
        sanity_report(s, 9, NULL, "the list of %s leads to something that is not a group", list);
        return false;
    }
    if (g->owner != owner && !(owner == OWNER_LARGE && g->owner == OWNER_PINNED))
        sanity_report(s, 9, g->start, "a group of owner %s is on the list of %s", block_owner_names[g->owner],
                      list);
    if (++g->lists == 1) return true;
    sanity_report(s, 9, g->start, "a group is twice on lists, one of them that of %s", list);
    return false;
}

/* The lists are followed no further than to the first group that is wrong. */
static void list_members(Sanity *s, BlockDescr *first, BlockOwner owner, const char *list)
{
    for (BlockDescr *b = first; b && on_list(s, b, owner, list);) b = b->link;
}

static void check_members(Sanity *s)
{
    list_members(s, s->h->nursery.first, OWNER_NURSERY, "the nursery");
    list_members(s, s->h->statics.first, OWNER_STATIC, "static closures");
    list_members(s, s->h->pinned, OWNER_PINNED, "pinned objects");
    for (uint32_t g = 0; g < generation_count(s->h); g++) {
        const Generation *generation = &s->h->generations[g];
        list_members(s, generation->list.first, OWNER_GENERATION, "a generation");
        list_members(s, generation->large.first, OWNER_LARGE, "large objects");
        list_members(s, generation->remembered.blocks, OWNER_REMEMBERED, "a remembered set");
    }
}

static void check_unlisted(Sanity *s)
{
    for (size_t i = 0; i < s->map->group_count; i++) {
        const SanityGroup *g = &s->map->groups[i];
        bool wanted = sanity_owner_has_objects(g->owner) || g->owner == OWNER_REMEMBERED;
        if (wanted && g->lists == 0)
            sanity_report(s, 9, g->start, "a group of owner %s is on no list", block_owner_names[g->owner]);
    }
}

static void report_flags(Sanity *s, const BlockDescr *b, const char *what)
{
    char flags[BLOCK_FLAGS_TEXT];
    block_flags_print(b->flags, flags, sizeof flags);
    sanity_report(s, 12, b->start, "%s has flags %s", what, flags);
}

/* ---- Nursery */

static void check_nursery_block(Sanity *s, const BlockDescr *b, bool behind_current)
{
    if (b->gen_no != 0 || b->dest_no != nursery_dest(s->h))
        sanity_report(s, 13, b->start, "a nursery block of generation %u for %u", b->gen_no, b->dest_no);
    if (b->flags != 0) report_flags(s, b, "a nursery block");
    if (behind_current && b->free != b->start)
        sanity_report(s, 67, b->start, "%td words are used", b->free - b->start);
}

static void check_nursery(Sanity *s)
{
    const Nursery *n = &s->h->nursery;
    size_t blocks = 0;
    bool seen_current = false;
    BlockDescr *back = NULL;
    for (BlockDescr *b = n->first; b; back = b, b = b->link, blocks++) {
        if (b->u.back != back) sanity_report(s, 66, b->start, "the link back is wrong");
        check_nursery_block(s, b, seen_current);
        seen_current |= b == n->current;
    }
    if (!seen_current) sanity_report(s, 66, NULL, "the current block is not in the nursery");
    if (blocks != n->blocks) sanity_report(s, 66, NULL, "%zu blocks, counted as %zu", blocks, n->blocks);
    if (back != n->last) sanity_report(s, 66, NULL, "the last block is not the last");
}

/* ---- Generations */

static void check_generation_block(Sanity *s, const Generation *g, const BlockDescr *b)
{
    if (b->gen_no != g->no || b->generation != g)
        sanity_report(s, 13, b->start, "a block of generation %u is on the list of %u", b->gen_no, g->no);
    if (b->dest_no != g->to->no)
        sanity_report(s, 13, b->start, "survivors would go to generation %u", b->dest_no);
    uint16_t flags = b->flags & (uint16_t) ~(BF_TO_SPACE | BF_SPARSE);
    if (flags != BF_EVACUATED) report_flags(s, b, "a block of a generation");
}

static void check_blocks(Sanity *s, const Generation *g)
{
    size_t blocks = 0, words = 0;
    for (BlockDescr *b = g->list.first; b; b = b->link) {
        check_generation_block(s, g, b);
        blocks += b->blocks;
        words += (size_t)(b->free - b->start);
    }
    if (blocks != g->list.blocks || words != g->words)
        sanity_report(s, 41, NULL, "generation %u: %zu blocks, %zu words, counted as %zu, %zu", g->no, blocks,
                      words, g->list.blocks, g->words);
}

static void check_large_group(Sanity *s, const Generation *g, const BlockDescr *b)
{
    if (b->gen_no != g->no || b->generation != g)
        sanity_report(s, 13, b->start, "a large object of generation %u is on the list of %u", b->gen_no,
                      g->no);
    bool survived = b->flags & BF_EVACUATED, pinned = b->flags & BF_PINNED;
    if (!(b->flags & BF_LARGE) || (!survived && g->no > 0) || b->flags & BF_MARKED ||
        pinned != (b->owner == OWNER_PINNED))
        report_flags(s, b, "a large object");
}

static void check_large(Sanity *s, const Generation *g)
{
    size_t groups = 0, blocks = 0, words = 0;
    BlockDescr *back = NULL;
    for (BlockDescr *b = g->large.first; b; back = b, b = b->link) {
        if (b->u.back != back) sanity_report(s, 2, b->start, "a large object's link back is wrong");
        check_large_group(s, g, b);
        groups++;
        blocks += b->blocks;
        words += (size_t)(b->free - b->start);
    }
    if (groups != g->large.groups || blocks != g->large.blocks || words != g->large.words)
        sanity_report(s, 41, NULL,
                      "generation %u: %zu large groups, %zu blocks, %zu words, counted as %zu, %zu, %zu",
                      g->no, groups, blocks, words, g->large.groups, g->large.blocks, g->large.words);
}

static void check_pinned(Sanity *s)
{
    const BlockDescr *b = s->h->pinned;
    if (!b) return;
    if (b->gen_no != 0 || b->dest_no != nursery_dest(s->h))
        sanity_report(s, 13, b->start, "the current block of pinned objects is of generation %u for %u",
                      b->gen_no, b->dest_no);
    if (b->flags != (BF_LARGE | BF_PINNED | BF_EVACUATED) || b->blocks != 1)
        report_flags(s, b, "the current block of pinned objects");
}

static void check_generation(Sanity *s, const Generation *g)
{
    bool oldest = g->no + 1u == generation_count(s->h);
    if (g->to != (oldest ? g : g + 1)) sanity_report(s, 39, NULL, "generation %u goes astray", g->no);
    check_blocks(s, g);
    check_large(s, g);
}

/* ---- Sizes (42): what generations may grow to after a major collection, computed anew */

/* The default policy, written out again; others are asked again. */
static size_t grown_by_factor(const HeapState *h)
{
    const HeapConfig *config = &h->heap.config;
    size_t live = (generation_words(h->oldest) + BLOCK_WORDS - 1) / BLOCK_WORDS + h->oldest->large.blocks;
    size_t grown = (size_t)((double)live * config->factor),
           least = blocks_of_bytes(config->minimum_old_bytes);
    return grown > least ? grown : least;
}

void sanity_check_policy(Sanity *s)
{
    const HeapState *h = s->h;
    const HeapConfig *config = &h->heap.config;
    if (!h->last_was_major || generation_count(h) == 1) return;
    bool is_limited = config->heap_limit || block_allocator_most(h->heap.blocks);
    size_t most = grown_by_factor(h);
    if (config->sizer->functions != sizing_at(0))
        most = config->sizer->functions->old_generation(config->sizer->state, &h->sizes);
    for (uint32_t g = 0; g < generation_count(h); g++) {
        size_t blocks = h->generations[g].max_blocks;
        if (blocks > most || (blocks < most && !is_limited))
            sanity_report(s, 42, NULL, "generation %u may grow to %zu blocks, not %zu", g, blocks, most);
    }
}

bool sanity_check_lists(Sanity *s)
{
    size_t before = s->violations;
    check_members(s);
    check_unlisted(s);
    if (s->violations > before) return false;
    check_nursery(s);
    check_pinned(s);
    for (uint32_t g = 0; g < generation_count(s->h); g++) check_generation(s, &s->h->generations[g]);
    if (s->violations == 0) sanity_check_policy(s);
    return true;
}

/* ---- Remembered sets */

/* Kinds that say by a flag whether they are remembered: one entry is enough. */
static bool has_dirty_flag(Kind kind)
{
    return kind == KIND_MUT_VAR || kind == KIND_MVAR || kind == KIND_TSO || kind == KIND_STACK;
}

static void check_entry(Sanity *s, const Generation *generation, Closure *entry)
{
    SanityGroup *g = sanity_object_group(s, entry);
    if (!g) {
        char word[SANITY_WORD_TEXT];
        sanity_word_print(s, (Word)entry, word, sizeof word);
        sanity_report(s, 36, NULL, "an entry of generation %u is not the start of an object: %s",
                      generation->no, word);
        return;
    }
    if (g->gen_no != generation->no)
        sanity_report(s, 35, entry, "it lies in generation %u, the set is that of %u", g->gen_no,
                      generation->no);
    if (sanity_is_marked(s, entry, MARK_REMEMBERED) && has_dirty_flag((Kind)entry->info->kind))
        sanity_report(s, 36, entry, "it is remembered twice");
    *sanity_mark(s, entry) |= MARK_REMEMBERED;
}

static size_t check_entries(Sanity *s, const Generation *generation)
{
    size_t entries = 0;
    for (BlockDescr *b = generation->remembered.blocks; b; b = b->link)
        for (Word *entry = b->start; entry < b->free; entry++, entries++)
            check_entry(s, generation, (Closure *)*entry);
    return entries;
}

void sanity_check_remembered(Sanity *s)
{
    for (uint32_t g = 0; g < generation_count(s->h); g++) {
        const Generation *generation = &s->h->generations[g];
        size_t entries = check_entries(s, generation);
        if (entries != generation->remembered.entries)
            sanity_report(s, 41, NULL, "generation %u: %zu remembered, counted as %zu", generation->no,
                          entries, generation->remembered.entries);
    }
}

/* ---- Entries that could be forgotten (34): no violation, but a cost */

typedef struct Youngest {
    const Sanity *s;
    uint8_t generation;
} Youngest;

static void note_generation(void *context, Ref *slot)
{
    Youngest *y = context;
    uint8_t generation = sanity_generation_at(y->s, *slot);
    if (generation < y->generation) y->generation = generation;
}

void sanity_count_stale(Sanity *s)
{
    for (uint32_t g = 1; g < generation_count(s->h); g++)
        for (BlockDescr *b = s->h->generations[g].remembered.blocks; b; b = b->link)
            for (Word *entry = b->start; entry < b->free; entry++) {
                Youngest y = {s, SANITY_NO_OBJECTS};
                closure_each_pointer((Closure *)*entry, note_generation, &y);
                s->remembered++;
                s->stale += y.generation >= g;
            }
}

/* ---- CAFs */

/* True if the list may be followed to the next CAF. */
static bool check_caf(Sanity *s, Closure *caf)
{
    SanityGroup *g = sanity_object_group(s, caf);
    if (!g || g->owner != OWNER_STATIC || caf->info->kind != KIND_IND_STATIC) {
        sanity_report(s, 58, g ? caf : NULL,
                      "the list of CAFs leads to something that is not an entered CAF");
        return false;
    }
    if (sanity_is_marked(s, caf, MARK_CAF)) {
        sanity_report(s, 57, caf, "a CAF is twice on the list");
        return false;
    }
    *sanity_mark(s, caf) |= MARK_CAF;
    return true;
}

void sanity_check_cafs(Sanity *s)
{
    size_t count = 0;
    for (Closure *caf = s->h->first_caf; caf; caf = (Closure *)closure_words(caf)[CAF_LINK], count++) {
        if (check_caf(s, caf)) continue;
        s->cafs_broken = true;
        return;
    }
    if (count != s->h->caf_count)
        sanity_report(s, 57, NULL, "%zu CAFs, counted as %zu", count, s->h->caf_count);
}

static void unmark(const Sanity *s, const Closure *c, uint8_t mark) { *sanity_mark(s, c) &= (uint8_t)~mark; }

void sanity_unmark_listed(Sanity *s)
{
    for (Closure *caf = s->h->first_caf; caf; caf = (Closure *)closure_words(caf)[CAF_LINK])
        unmark(s, caf, MARK_CAF);
    for (uint32_t g = 0; g < generation_count(s->h); g++)
        for (BlockDescr *b = s->h->generations[g].remembered.blocks; b; b = b->link)
            for (Word *entry = b->start; entry < b->free; entry++)
                unmark(s, (const Closure *)*entry, MARK_REMEMBERED);
}
