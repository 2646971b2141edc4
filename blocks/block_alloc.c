/* Taking, freeing, shrinking groups: the allocator. Terms and structure: blocks/block.h, blocks/allocator.h.
 *
 * Always true between two calls:
 *   - Free neighbours are one group; a free group of all 252 blocks is on the mega list.
 *   - What a request gets depends on earlier requests only, not on addresses: equal calls get equal places.
 *   - A failed call has changed nothing that can be seen but `requests` of the source.
 *
 * Follows: GHC, rts/sm/BlockAlloc.c; unlike it the low end of a free group is handed out first (by buckets
 * and best fit), which keeps the heap at the bottom of its range, where the heap map shows it and trim does
 * not need it. */
#include "blocks/allocator.h"
#include "blocks/guard_private.h"
#include "blocks/source.h"

#include <stdlib.h>
#include <string.h>

/* ---- Descriptors */

static void head_mark_free(BlockDescr *head, uint32_t blocks)
{
    head->blocks = blocks;
    head->free = BLOCK_FREE;
    head->owner = OWNER_FREE;
}

static void group_init(BlockDescr *head, uint32_t blocks, BlockOwner owner)
{
    uint32_t described = blocks < USABLE_BLOCKS ? blocks : USABLE_BLOCKS;
    head->free = head->start;
    head->link = NULL;
    head->u.back = NULL;
    head->generation = NULL;
    head->aux = NULL;
    head->gen_no = head->dest_no = 0;
    head->flags = 0;
    head->blocks = blocks;
    head->owner = (uint16_t)owner;
    for (uint32_t i = 1; i < described; i++) {
        head[i].blocks = 0;
        head[i].link = head;
    }
}

/* A megablock comes to start a group: gives it descriptors that know their block. */
static void mblock_describe(BlockAllocator *a, char *mblock)
{
    BlockDescr *table = (BlockDescr *)mblock;
    if (unlikely(a->guard != NULL))
        require(guard_open(a->guard, mblock, FIRST_BLOCK),
                "the system does not open a megablock's descriptors");
    uint32_t first = mblock_number(&a->directory, mblock) * MBLOCK_BLOCKS;
    memset(table, 0, MBLOCK_BLOCKS * sizeof *table);
    for (uint32_t i = FIRST_BLOCK; i < MBLOCK_BLOCKS; i++) {
        table[i].start = (Word *)(mblock + ((size_t)i << BLOCK_SHIFT));
        table[i].number = first + i;
    }
    mblock_directory_carry(&a->directory, mblock, true);
}

/* ---- Poison */

#define LINE_WORDS 8

/* Line by line, with an eye on the block behind: it is mostly the next one that is given up. */
static void fill_with_poison(Word *w, const Word *end)
{
    for (; w < end; w += LINE_WORDS) {
        __builtin_prefetch(w + BLOCK_WORDS, 0, 2);
        for (int i = 0; i < LINE_WORDS; i++) w[i] = BLOCK_POISON;
    }
}

/* What is given up under a guard is closed instead. */
static void memory_poison(const BlockAllocator *a, void *from, size_t bytes)
{
    if (unlikely(a->poison) && !a->guard) fill_with_poison(from, (Word *)from + bytes / WORD_BYTES);
}

static void blocks_poison(const BlockAllocator *a, BlockDescr *from, uint32_t blocks)
{
    memory_poison(a, from->start, (size_t)blocks << BLOCK_SHIFT);
}

/* ---- Free megagroups */

static uint32_t mblock_number_of(const BlockDescr *g) { return g->number / MBLOCK_BLOCKS; }

static void mega_insert(BlockAllocator *a, BlockDescr *before, BlockDescr *g)
{
    list_insert_after(&a->mega, before, g);
    number_set_add(&a->directory.free_megas, mblock_number_of(g));
}

static void mega_remove(BlockAllocator *a, BlockDescr *g)
{
    list_remove(&a->mega, g);
    number_set_remove(&a->directory.free_megas, mblock_number_of(g));
}

/* The last free megagroup with a lower number. */
static BlockDescr *mega_before(const BlockAllocator *a, const BlockDescr *g)
{
    uint32_t number = number_set_below(&a->directory.free_megas, mblock_number_of(g));
    return number == NO_NUMBER ? NULL : mblock_first(a->directory.entries[number].address);
}

static void mega_absorb(BlockAllocator *a, BlockDescr *g, BlockDescr *next)
{
    mega_remove(a, next);
    g->blocks += MBLOCK_BLOCKS * (uint32_t)mega_mblocks(next);
    mblock_directory_carry(&a->directory, mblock_of(next), false);
    memory_poison(a, mblock_of(next), FIRST_BLOCK * BLOCK_SIZE);
}

/* Puts whole megablocks on the mega list, one with their free neighbours. */
static void mega_release(BlockAllocator *a, BlockDescr *head, size_t mblocks)
{
    BlockDescr *before = mega_before(a, head), *after = before ? before->link : a->mega;
    head_mark_free(head, mega_blocks(mblocks));
    mega_insert(a, before, head);
    if (after && mega_adjacent(a, head, after)) mega_absorb(a, head, after);
    if (before && mega_adjacent(a, before, head)) {
        mega_absorb(a, before, head);
        head = before;
    }
    if (mega_mblocks(head) > a->mega_most) a->mega_most = mega_mblocks(head);
}

/* Cuts a free megagroup, or one that is being shrunk, behind `mblocks` megablocks; answers the second part.
 */
static BlockDescr *mega_cut(BlockAllocator *a, BlockDescr *g, size_t mblocks)
{
    char *rest = mblock_of(g) + mblocks * MBLOCK_SIZE;
    size_t rest_mblocks = mega_mblocks(g) - mblocks;
    mblock_describe(a, rest);
    g->blocks = mega_blocks(mblocks);
    head_mark_free(mblock_first(rest), mega_blocks(rest_mblocks));
    return mblock_first(rest);
}

/* The smallest free megagroup that is large enough, the lowest of these. Who has looked at all of them knows
 * how large they are. */
static BlockDescr *mega_best_fit(BlockAllocator *a, size_t mblocks)
{
    BlockDescr *best = NULL;
    size_t most = 0;
    if (mblocks > a->mega_most) return NULL;
    for (BlockDescr *g = a->mega; g; g = g->link) {
        size_t have = mega_mblocks(g);
        if (have == mblocks) return g;
        if (have > mblocks && (!best || g->blocks < best->blocks)) best = g;
        if (have > most) most = have;
    }
    a->mega_most = most;
    return best;
}

static void require_new(const BlockAllocator *a, const char *run, size_t mblocks)
{
    const char *met = mblock_directory_meets(&a->directory, run, mblocks);
    const BlockSource *source = a->source;
    while (source->inner) source = source->inner;
    require(!met, "the block source \"%s\" gives %zu MiB at %p, of which it has given %p already",
            source->name, mblocks, (const void *)run, (const void *)met);
}

static char *run_commit(BlockAllocator *a, size_t mblocks)
{
    size_t committed = a->directory.committed;
    if (committed > a->limit_mblocks || mblocks > a->limit_mblocks - committed) return NULL;
    char *run = a->source->commit(a->source, mblocks);
    if (!run) {
        a->refused = a->source->requests;
        return NULL;
    }
    require_new(a, run, mblocks);
    if (mblock_directory_add(&a->directory, run, mblocks)) return run;
    a->source->decommit(a->source, run, mblocks);
    return NULL;
}

/* New megablocks; if there are none, once more without those that lie idle: they count against the limit, and
 * a longer run may fit where they are. */
static BlockDescr *mega_commit(BlockAllocator *a, size_t mblocks)
{
    char *run = run_commit(a, mblocks);
    if (!run && block_allocator_trim(a, 0) > 0) run = run_commit(a, mblocks);
    if (!run) return NULL;
    memory_poison(a, run, mblocks * MBLOCK_SIZE);
    mblock_describe(a, run);
    if (a->directory.committed > a->counters.peak_mblocks) a->counters.peak_mblocks = a->directory.committed;
    return mblock_first(run);
}

static BlockDescr *mega_take_free(BlockAllocator *a, BlockDescr *g, size_t mblocks)
{
    if (mega_mblocks(g) > mblocks) mega_insert(a, g, mega_cut(a, g, mblocks));
    mega_remove(a, g);
    return g;
}

static BlockDescr *mega_take(BlockAllocator *a, size_t mblocks)
{
    BlockDescr *best = mega_best_fit(a, mblocks);
    BlockDescr *g = best ? mega_take_free(a, best, mblocks) : mega_commit(a, mblocks);
    if (!g) return NULL;
    bool fresh = mblock_directory_touch(&a->directory, mblock_of(g), mblocks);
    mblock_table(g)->flags = fresh ? 0 : PIECES_RESIDENT;
    if (a->directory.touched > a->counters.peak_touched_mblocks)
        a->counters.peak_touched_mblocks = a->directory.touched;
    return g;
}

/* ---- Free groups within a megablock: the placement's. `buckets` is its state if it is the default, whose
 * functions are inline, or NULL: asked once for each call, so that there are two ways through what follows.
 */

#define both_ways static inline __attribute__((always_inline))

both_ways void placement_insert(BlockAllocator *a, Buckets *buckets, BlockDescr *g)
{
    if (buckets)
        buckets_insert(buckets, g);
    else
        a->placer->functions->insert(a->placer->state, g);
}

both_ways void placement_remove(BlockAllocator *a, Buckets *buckets, BlockDescr *g)
{
    if (buckets)
        buckets_remove(buckets, g);
    else
        a->placer->functions->remove(a->placer->state, g);
}

/* Is this a group that the placement holds? Heads that are none any more have no blocks. */
static bool is_placed(const BlockAllocator *a, const BlockDescr *g)
{
    if (!block_is_descriptor(a, g) || !block_is_free(g)) return false;
    uint32_t last = g->blocks - 1;
    return last < MBLOCK_BLOCKS - block_index(g) && (last == 0 || g[last].link == g);
}

/* `begun` is the empty megablock that a request gets if no other group is large enough. */
static void require_fits(const BlockAllocator *a, const BlockDescr *g, uint32_t blocks, uint32_t offset,
                         const BlockDescr *begun)
{
    const char *name = a->placer->functions->name;
    require(is_placed(a, g) && (g == begun || !group_is_mega(g)),
            "the block placement \"%s\" answers a request with %p, which is no free group that it holds",
            name, (const void *)g);
    require(offset <= g->blocks && blocks <= g->blocks - offset,
            "the block placement \"%s\" answers a request for %u blocks with block %u of a group of %u", name,
            blocks, offset, g->blocks);
}

both_ways BlockDescr *placement_take(BlockAllocator *a, Buckets *buckets, uint32_t blocks, uint32_t *offset)
{
    if (buckets) return buckets_take(buckets, blocks);
    BlockDescr *g = a->placer->functions->take(a->placer->state, blocks, offset);
    if (g) require_fits(a, g, blocks, *offset, NULL);
    return g;
}

both_ways void small_insert(BlockAllocator *a, Buckets *buckets, BlockDescr *head, uint32_t blocks)
{
    BlockDescr *tail = head + blocks - 1;
    tail->blocks = 0;
    tail->link = head;
    head_mark_free(head, blocks);
    placement_insert(a, buckets, head);
}

static BlockDescr *free_group_behind(BlockDescr *head, uint32_t blocks)
{
    BlockDescr *next = head + blocks;
    return block_index(head) + blocks < MBLOCK_BLOCKS && block_is_free(next) ? next : NULL;
}

static BlockDescr *free_group_before(BlockDescr *head)
{
    if (block_index(head) == FIRST_BLOCK) return NULL;
    BlockDescr *before = block_head(head - 1);
    return block_is_free(before) ? before : NULL;
}

/* Takes a free neighbour from the placement. What a placement of a user's own may answer with later is told
 * from stale heads by these having no blocks. */
both_ways uint32_t neighbour_remove(BlockAllocator *a, Buckets *buckets, BlockDescr *neighbour)
{
    uint32_t blocks = neighbour->blocks;
    placement_remove(a, buckets, neighbour);
    if (!buckets) neighbour->blocks = 0;
    return blocks;
}

/* Puts blocks of one megablock on the free lists, one with their free neighbours. */
both_ways void release_by(BlockAllocator *a, Buckets *buckets, BlockDescr *head, uint32_t blocks)
{
    BlockDescr *behind = free_group_behind(head, blocks);
    BlockDescr *before = free_group_before(head);
    if (behind) blocks += neighbour_remove(a, buckets, behind);
    if (before) {
        blocks += neighbour_remove(a, buckets, before);
        if (!buckets) head->blocks = 0;
        head = before;
    }
    if (blocks == USABLE_BLOCKS)
        mega_release(a, head, 1);
    else
        small_insert(a, buckets, head, blocks);
}

#define off_the_way static __attribute__((noinline))

off_the_way void small_release_placed(BlockAllocator *a, BlockDescr *head, uint32_t blocks)
{
    release_by(a, NULL, head, blocks);
}

both_ways void small_release(BlockAllocator *a, BlockDescr *head, uint32_t blocks)
{
    if (likely(a->buckets != NULL))
        release_by(a, a->buckets, head, blocks);
    else
        small_release_placed(a, head, blocks);
}

/* A whole free megablock, for a request that no group of the placement's can meet: it picks the place. */
static BlockDescr *small_begin(BlockAllocator *a, uint32_t blocks, uint32_t *offset)
{
    BlockDescr *g = mega_take(a, 1);
    if (!g) return NULL;
    head_mark_free(g, USABLE_BLOCKS);
    if (likely(a->buckets != NULL)) return g;
    small_insert(a, NULL, g, USABLE_BLOCKS);
    BlockDescr *taken = a->placer->functions->take(a->placer->state, blocks, offset);
    require(taken, "the block placement \"%s\" finds no place in an empty megablock",
            a->placer->functions->name);
    require_fits(a, taken, blocks, *offset, g);
    return taken;
}

both_ways BlockDescr *take_by(BlockAllocator *a, Buckets *buckets, uint32_t blocks)
{
    uint32_t offset = 0;
    BlockDescr *g = placement_take(a, buckets, blocks, &offset);
    if (unlikely(!g)) g = small_begin(a, blocks, &offset);
    if (unlikely(!g)) return NULL;
    uint32_t behind = g->blocks - offset - blocks;
    if (unlikely(offset > 0)) small_insert(a, buckets, g, offset);
    g += offset;
    if (behind) small_insert(a, buckets, g + blocks, behind);
    return g;
}

off_the_way BlockDescr *small_take_placed(BlockAllocator *a, uint32_t blocks)
{
    return take_by(a, NULL, blocks);
}

both_ways BlockDescr *small_take(BlockAllocator *a, uint32_t blocks)
{
    return likely(a->buckets != NULL) ? take_by(a, a->buckets, blocks) : small_take_placed(a, blocks);
}

both_ways void group_release(BlockAllocator *a, BlockDescr *g, uint32_t blocks)
{
    head_mark_free(g, blocks);
    if (likely(blocks < USABLE_BLOCKS))
        small_release(a, g, blocks);
    else
        mega_release(a, g, mega_mblocks(g));
}

/* ---- Under a guard: from its owner to quarantine, and from there to the free groups */

static void guarded_let_go(BlockAllocator *a, bool all)
{
    for (BlockDescr *g; (g = guard_let_go(a->guard, all));) {
        a->counters.owner_blocks[OWNER_GUARDED] -= g->blocks;
        group_release(a, g, g->blocks);
    }
}

off_the_way void group_guard(BlockAllocator *a, BlockDescr *g)
{
    guard_close(a->guard, g, g->blocks);
    g->owner = OWNER_GUARDED;
    a->counters.owner_blocks[OWNER_GUARDED] += g->blocks;
    guard_hold(a->guard, g);
    guarded_let_go(a, false);
}

/* ---- Accounts */

static bool owner_may_hold(BlockOwner owner)
{
    return owner != OWNER_FREE && owner != OWNER_GUARDED && owner < OWNER_COUNT;
}

static void account_add(BlockAllocator *a, BlockOwner owner, uint32_t blocks)
{
    BlockCounters *c = &a->counters;
    c->owner_blocks[owner] += blocks;
    c->allocated_blocks += blocks;
    if (c->allocated_blocks > c->peak_blocks) c->peak_blocks = c->allocated_blocks;
}

static void account_remove(BlockAllocator *a, BlockOwner owner, uint32_t blocks)
{
    a->counters.owner_blocks[owner] -= blocks;
    a->counters.allocated_blocks -= blocks;
}

/* ---- The public calls */

static size_t mblocks_for(uint32_t blocks)
{
    if (blocks <= USABLE_BLOCKS) return 1;
    return 1 + ((size_t)blocks - USABLE_BLOCKS + MBLOCK_BLOCKS - 1) / MBLOCK_BLOCKS;
}

static const size_t mblocks_limit = (UINT32_MAX - USABLE_BLOCKS) / MBLOCK_BLOCKS + 1;

static BlockDescr *mega_take_blocks(BlockAllocator *a, uint32_t blocks)
{
    size_t mblocks = mblocks_for(blocks);
    return mblocks <= mblocks_limit ? mega_take(a, mblocks) : NULL;
}

/* How many blocks a request for so many gets. */
static uint32_t blocks_given(uint32_t blocks)
{
    return blocks < USABLE_BLOCKS ? blocks : mega_blocks(mblocks_for(blocks));
}

both_ways BlockDescr *group_take(BlockAllocator *a, uint32_t blocks)
{
    return likely(blocks < USABLE_BLOCKS) ? small_take(a, blocks) : mega_take_blocks(a, blocks);
}

/* Under a guard what is held back is let go before there is no memory, and what is taken is opened. */
off_the_way BlockDescr *group_take_guarded(BlockAllocator *a, uint32_t blocks)
{
    BlockDescr *g = group_take(a, blocks);
    if (!g && guard_held_blocks(a->guard) > 0) {
        guarded_let_go(a, true);
        g = group_take(a, blocks);
    }
    if (!g || guard_open(a->guard, g->start, blocks_given(blocks))) return g;
    group_release(a, g, blocks_given(blocks));
    return NULL;
}

BlockDescr *block_group_alloc_at(BlockAllocator *a, uint32_t blocks, BlockOwner owner, BlockSite site)
{
    require(blocks > 0 && owner_may_hold(owner), "%u blocks for owner %d", blocks, owner);
    BlockDescr *g = likely(!a->guard) ? group_take(a, blocks) : group_take_guarded(a, blocks);
    if (unlikely(!g)) return NULL;
    blocks = blocks_given(blocks);
    group_init(g, blocks, owner);
    g->site = (uint16_t)site;
    account_add(a, owner, blocks);
    a->counters.groups_taken++;
    if (a->observer && a->observer->taken) a->observer->taken(a->observer->context, g);
    return g;
}

static void require_allocated(const BlockDescr *g)
{
    require(g->blocks > 0 && block_is_held(g), "block %u is not the head of an allocated group", g->number);
}

void block_group_free(BlockAllocator *a, BlockDescr *g)
{
    require_allocated(g);
    if (a->observer && a->observer->returned) a->observer->returned(a->observer->context, g);
    account_remove(a, g->owner, g->blocks);
    a->counters.groups_returned++;
    if (likely(!a->guard)) {
        blocks_poison(a, g, g->blocks);
        group_release(a, g, g->blocks);
    } else {
        group_guard(a, g);
    }
}

void block_chain_free(BlockAllocator *a, BlockDescr *first)
{
    for (BlockDescr *next; first; first = next) {
        next = first->link;
        block_group_free(a, first);
    }
}

/* What a shrink frees is poisoned, or closed at once, and told as the group's that it was of. */
static void rest_give_up(BlockAllocator *a, const BlockDescr *g, BlockDescr *rest, uint32_t blocks)
{
    blocks_poison(a, rest, blocks);
    if (likely(!a->guard)) return;
    rest->owner = g->owner;
    rest->site = g->site;
    rest->gen_no = g->gen_no;
    guard_close(a->guard, rest, blocks);
    rest->owner = OWNER_FREE;
}

/* Frees the whole megablocks that a megagroup does not need for so many blocks. */
static void mega_shrink(BlockAllocator *a, BlockDescr *g, uint32_t blocks)
{
    size_t keep = mblocks_for(blocks);
    if (keep == mega_mblocks(g)) return;
    BlockDescr *rest = mega_cut(a, g, keep);
    rest_give_up(a, g, rest, rest->blocks);
    mega_release(a, rest, mega_mblocks(rest));
}

static void small_shrink(BlockAllocator *a, BlockDescr *g, uint32_t blocks)
{
    uint32_t freed = g->blocks - blocks;
    g->blocks = blocks;
    rest_give_up(a, g, g + blocks, freed);
    head_mark_free(g + blocks, freed);
    small_release(a, g + blocks, freed);
}

void block_group_shrink(BlockAllocator *a, BlockDescr *g, uint32_t blocks)
{
    require_allocated(g);
    uint32_t old = g->blocks;
    require(blocks > 0 && blocks <= old, "shrinking block %u from %u to %u blocks", g->number, old, blocks);
    if (group_is_mega(g)) mega_shrink(a, g, blocks);
    if (blocks < g->blocks && blocks < USABLE_BLOCKS) small_shrink(a, g, blocks);
    if (g->blocks == old) return;
    account_remove(a, g->owner, old - g->blocks);
    if (a->observer && a->observer->resized) a->observer->resized(a->observer->context, g, old);
}

void block_group_own(BlockAllocator *a, BlockDescr *g, BlockOwner owner, void *generation, uint8_t gen_no,
                     uint8_t dest_no)
{
    require_allocated(g);
    require(owner_may_hold(owner), "block %u for owner %d", g->number, owner);
    BlockOwner old = g->owner;
    a->counters.owner_blocks[old] -= g->blocks;
    a->counters.owner_blocks[owner] += g->blocks;
    g->owner = (uint16_t)owner;
    g->generation = generation;
    g->gen_no = gen_no;
    g->dest_no = dest_no;
    if (a->observer && a->observer->owned) a->observer->owned(a->observer->context, g, old);
}

/* ---- Megablocks back to the source */

/* Gives up to `most` megablocks from the end of a free megagroup; answers how many. */
static size_t mega_decommit(BlockAllocator *a, BlockDescr *g, size_t most)
{
    size_t have = mega_mblocks(g), gone = have < most ? have : most;
    char *run = mega_end(g) - gone * MBLOCK_SIZE;
    if (gone == have)
        mega_remove(a, g);
    else
        g->blocks = mega_blocks(have - gone);
    if (unlikely(a->guard != NULL)) guard_open(a->guard, run, gone * MBLOCK_BLOCKS);
    mblock_directory_remove(&a->directory, run, gone);
    a->source->decommit(a->source, run, gone);
    a->counters.returned_mblocks += gone;
    return gone;
}

size_t block_allocator_idle(const BlockAllocator *a)
{
    size_t idle = 0;
    for (BlockDescr *g = a->mega; g; g = g->link) idle += mega_mblocks(g);
    return idle;
}

size_t block_allocator_trim(BlockAllocator *a, size_t keep_mblocks)
{
    if (a->guard && keep_mblocks == 0) guarded_let_go(a, true);
    size_t idle = block_allocator_idle(a), gone = 0;
    BlockDescr *last = a->mega;
    while (last && last->link) last = last->link;
    while (last && idle - gone > keep_mblocks) {
        BlockDescr *before = last->u.back;
        gone += mega_decommit(a, last, idle - gone - keep_mblocks);
        last = before;
    }
    return gone;
}

bool block_allocator_commit(BlockAllocator *a, size_t mblocks)
{
    require(mblocks > 0, "no megablocks are to be committed");
    BlockDescr *run = mblocks <= mblocks_limit ? mega_commit(a, mblocks) : NULL;
    if (run) mega_release(a, run, mblocks);
    return run;
}

void block_allocator_limit(BlockAllocator *a, size_t bytes)
{
    a->limit_mblocks = bytes ? bytes >> MBLOCK_SHIFT : SIZE_MAX;
}

size_t block_allocator_most(const BlockAllocator *a)
{
    const size_t terabyte = (size_t)1 << (40 - MBLOCK_SHIFT);
    return a->source->mblocks < terabyte ? a->source->mblocks * USABLE_BLOCKS : 0;
}

size_t block_allocator_refused(const BlockAllocator *a) { return a->refused; }

/* ---- Beginning and end */

static BlockPlacer *default_placer(void)
{
    char error[64];
    return block_placer_new(&block_placement_buckets, NULL, error, sizeof error);
}

BlockAllocator *block_allocator_new_placed(BlockSource *source, BlockPlacer *placer)
{
    BlockAllocator *a = calloc(1, sizeof *a);
    if (!placer) placer = default_placer();
    if (!a || !source || !placer) {
        if (source) source->close(source);
        block_placer_free(placer);
        free(a);
        return NULL;
    }
    a->source = source;
    a->placer = placer;
    a->doing.what = "before collection";
    a->doing.number = 1;
    if (source->quarantine && !(a->guard = guard_new(a, source->quarantine))) {
        block_allocator_free(a);
        return NULL;
    }
    if (placer->functions == &block_placement_buckets) a->buckets = placer->state;
    a->directory.base = source->base;
    a->limit_mblocks = SIZE_MAX;
    return a;
}

BlockAllocator *block_allocator_new(BlockSource *source) { return block_allocator_new_placed(source, NULL); }

void block_allocator_free(BlockAllocator *a)
{
    if (!a) return;
    guard_free(a->guard);
    a->source->close(a->source);
    block_placer_free(a->placer);
    mblock_directory_free(&a->directory);
    free(a);
}

void block_allocator_doing(BlockAllocator *a, BlockDoing doing) { a->doing = doing; }
void block_allocator_observe(BlockAllocator *a, const BlockObserver *observer) { a->observer = observer; }
const BlockSource *block_allocator_source(const BlockAllocator *a) { return a->source; }
const char *block_allocator_placement(const BlockAllocator *a) { return a->placer->functions->name; }

static bool group_poison(void *context, BlockDescr *g)
{
    if (block_is_free(g)) blocks_poison(context, g, g->blocks);
    return true;
}

void block_allocator_poison(BlockAllocator *a, bool on)
{
    a->poison = on;
    if (on) block_each_group(a, group_poison, a);
}
