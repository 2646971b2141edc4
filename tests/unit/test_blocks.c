/* blocks/: groups, megagroups, shrinking, accounts, addresses, limit and trim, in tiny worlds over a fixed
 * source. */
#include "tests/unit/blocks_world.h"

#include <sys/mman.h>

/* ---- Groups within a megablock */

Test(blocks, a_new_allocator_has_no_memory)
{
    BlockAllocator *a = tiny_world(2);
    cr_assert_eq(counters(a).committed_mblocks, 0u);
    expect_picture(a, "");
    block_allocator_free(a);
}

Test(blocks, the_lowest_blocks_go_out_first)
{
    BlockAllocator *a = tiny_world(1);
    cr_assert_eq(take(a, 1)->number, 4u);
    cr_assert_eq(take(a, 2)->number, 5u);
    cr_assert_eq(take(a, 3)->number, 7u);
    expect_picture(a, "4:1u 5:2u 7:3u 10:246f");
    block_allocator_free(a);
}

Test(blocks, a_group_knows_where_it_is)
{
    BlockAllocator *a = tiny_world(1);
    take(a, 3);
    BlockDescr *g = take(a, 5);
    cr_assert_eq(g->free, g->start);
    cr_assert_null(g->link);
    cr_assert_eq(g->owner, OWNER_USER);
    cr_assert_eq(Bdescr(g->start), g);
    for (uint32_t i = 0; i < 5; i++) {
        BlockDescr *b = Bdescr(g->start + i * BLOCK_WORDS + 7);
        cr_assert_eq(b->number, g->number + i);
        cr_assert_eq(block_head(b), g);
    }
    block_allocator_free(a);
}

/* Frees the groups of sizes 1, 2, 3, 4 that fill blocks 4-13 in this order and expects one free group. */
static void free_in_order(const unsigned order[4])
{
    BlockAllocator *a = tiny_world(1);
    BlockDescr *g[4];
    for (uint32_t i = 0; i < 4; i++) g[i] = take(a, i + 1);
    BlockDescr *wall = take(a, 1);
    for (unsigned i = 0; i < 4; i++) {
        block_group_free(a, g[order[i]]);
        expect_sound(a);
    }
    expect_picture(a, "4:10f 14:1u 15:241f");
    block_group_free(a, wall);
    expect_picture(a, "4:252f");
    expect_empty(a);
    block_allocator_free(a);
}

Test(blocks, freeing_coalesces_in_every_order)
{
    for (unsigned p = 0; p < 256; p++) {
        unsigned order[4] = {p & 3, p >> 2 & 3, p >> 4 & 3, p >> 6};
        unsigned seen = 1u << order[0] | 1u << order[1] | 1u << order[2] | 1u << order[3];
        if (seen == 15) free_in_order(order);
    }
}

Test(blocks, a_group_is_found_in_its_own_bucket_before_a_megablock_is_begun)
{
    BlockAllocator *a = tiny_world(1);
    BlockDescr *first = take(a, 151);
    take(a, 101);
    block_group_free(a, first);
    cr_assert_eq(take(a, 150), first, "151 free blocks lie in the bucket of 128 and more");
    expect_picture(a, "4:150u 154:1f 155:101u");
    block_allocator_free(a);
}

Test(blocks, a_chain_is_freed_as_one)
{
    BlockAllocator *a = tiny_world(4);
    BlockDescr *chain = NULL;
    for (uint32_t blocks = 1; blocks < 20; blocks++) {
        BlockDescr *g = take(a, blocks);
        g->link = chain;
        chain = g;
    }
    block_chain_free(a, chain);
    expect_empty(a);
    block_allocator_free(a);
}

/* ---- Megagroups */

Test(blocks, a_megagroup_has_252_blocks_and_256_for_each_further_megablock)
{
    const uint32_t asked[] = {251, 252, 253, 508, 509, 764}, got[] = {251, 252, 508, 508, 764, 764};
    for (unsigned i = 0; i < 6; i++) {
        BlockAllocator *a = tiny_world(3);
        BlockDescr *g = take(a, asked[i]);
        cr_assert_eq(g->blocks, got[i]);
        memset(g->start, 0xAB, (size_t)g->blocks * BLOCK_SIZE);
        expect_sound(a);
        block_group_free(a, g);
        expect_empty(a);
        block_allocator_free(a);
    }
}

Test(blocks, free_megagroups_coalesce_over_what_was_data)
{
    BlockAllocator *a = tiny_world(6);
    BlockDescr *g[3];
    for (unsigned i = 0; i < 3; i++) {
        g[i] = take(a, 508);
        memset(g[i]->start, 0xAB, (size_t)g[i]->blocks * BLOCK_SIZE);
    }
    block_group_free(a, g[0]);
    block_group_free(a, g[2]);
    expect_picture(a, "4:508f 516:508u 1028:508f");
    block_group_free(a, g[1]);
    expect_picture(a, "4:1532f");
    cr_assert_eq(take(a, 764)->number, 4u);
    expect_picture(a, "4:764u 772:764f");
    block_allocator_free(a);
}

Test(blocks, the_smallest_free_megagroup_that_fits_is_taken)
{
    BlockAllocator *a = tiny_world(9);
    BlockDescr *wide = take(a, 1020), *wall = take(a, 252), *narrow = take(a, 508);
    take(a, 252);
    block_group_free(a, wide);
    block_group_free(a, narrow);
    cr_assert_eq(take(a, 252), narrow);
    cr_assert_eq(take(a, 508), wide);
    cr_assert_eq(take(a, 1)->number, narrow->number + 256);
    (void)wall;
    expect_sound(a);
    block_allocator_free(a);
}

Test(blocks, of_equal_megagroups_the_lowest_is_taken)
{
    BlockAllocator *a = tiny_world(4);
    BlockDescr *low = take(a, 252);
    take(a, 252);
    BlockDescr *high = take(a, 252);
    take(a, 252);
    block_group_free(a, low);
    block_group_free(a, high);
    cr_assert_eq(take(a, 252), low);
    block_allocator_free(a);
}

Test(blocks, blocks_from_a_part_of_a_megagroup_find_back_into_it)
{
    BlockAllocator *a = tiny_world(4);
    block_group_free(a, take(a, 1020));
    BlockDescr *small = take(a, 1);
    expect_picture(a, "4:1u 5:251f 260:764f");
    block_group_free(a, small);
    expect_picture(a, "4:1020f");
    cr_assert_eq(counters(a).committed_mblocks, 4u);
    block_allocator_free(a);
}

Test(blocks, a_request_beyond_any_address_space_is_answered)
{
    BlockAllocator *a = tiny_world(1);
    cr_assert_null(take(a, UINT32_MAX));
    cr_assert_null(take(a, 253));
    expect_empty(a);
    block_allocator_free(a);
}

/* ---- Shrinking */

Test(blocks, shrinking_frees_the_end)
{
    BlockAllocator *a = tiny_world(4);
    BlockDescr *small = take(a, 10);
    take(a, 1);
    block_group_shrink(a, small, 1);
    expect_picture(a, "4:1u 5:9f 14:1u 15:241f");
    block_group_shrink(a, small, 1);
    expect_picture(a, "4:1u 5:9f 14:1u 15:241f");
    block_allocator_free(a);
}

Test(blocks, shrinking_a_megagroup_frees_megablocks_and_blocks)
{
    const struct {
        uint32_t to;
        const char *picture;
    } cases[] = {{764, "4:764u"},
                 {509, "4:764u"},
                 {508, "4:508u 516:252f"},
                 {252, "4:252u 260:508f"},
                 {251, "4:251u 255:1f 260:508f"},
                 {1, "4:1u 5:251f 260:508f"}};
    for (unsigned i = 0; i < 6; i++) {
        BlockAllocator *a = tiny_world(3);
        BlockDescr *g = take(a, 764);
        memset(g->start, 0xAB, (size_t)g->blocks * BLOCK_SIZE);
        block_group_shrink(a, g, cases[i].to);
        expect_picture(a, cases[i].picture);
        block_group_free(a, g);
        expect_picture(a, "4:764f");
        block_allocator_free(a);
    }
}

/* ---- Accounts and observers */

Test(blocks, owners_are_accounted_for)
{
    BlockAllocator *a = tiny_world(4);
    BlockDescr *g = block_group_alloc(a, 3, OWNER_NURSERY);
    int generation;
    block_group_alloc(a, 508, OWNER_LARGE);
    block_group_own(a, g, OWNER_GENERATION, &generation, 1, 2);
    BlockCounters c = counters(a);
    cr_assert_eq(c.owner_blocks[OWNER_NURSERY], 0u);
    cr_assert_eq(c.owner_blocks[OWNER_GENERATION], 3u);
    cr_assert_eq(c.owner_blocks[OWNER_LARGE], 508u);
    cr_assert_eq(c.owner_blocks[OWNER_FREE], 249u);
    cr_assert_eq(c.allocated_blocks, 511u);
    cr_assert_eq(c.committed_mblocks, 3u);
    cr_assert(g->generation == &generation && g->gen_no == 1 && g->dest_no == 2);
    block_group_free(a, g);
    cr_assert_eq(counters(a).peak_blocks, 511u);
    cr_assert_eq(counters(a).allocated_blocks, 508u);
    expect_sound(a);
    block_allocator_free(a);
}

Test(blocks, what_is_committed_is_touched_when_it_is_given)
{
    BlockAllocator *a = block_allocator_new(block_source_reserve());
    cr_assert(block_allocator_commit(a, 4));
    cr_assert_eq(counters(a).committed_mblocks, 4);
    cr_assert_eq(counters(a).touched_mblocks, 0);
    cr_assert_eq(counters(a).peak_blocks, 0);
    BlockDescr *small = block_group_alloc(a, 1, OWNER_GENERATION);
    cr_assert_eq(counters(a).touched_mblocks, 1);
    BlockDescr *large = block_group_alloc(a, 2 * MBLOCK_BLOCKS, OWNER_LARGE);
    cr_assert_eq(counters(a).touched_mblocks, 4, "three more");
    cr_assert_eq(counters(a).committed_mblocks, 4);
    block_group_free(a, large);
    block_group_free(a, small);
    cr_assert_eq(counters(a).touched_mblocks, 4, "as long as they are there");
    block_allocator_trim(a, 1);
    cr_assert_eq(counters(a).touched_mblocks, 1);
    cr_assert_eq(counters(a).peak_touched_mblocks, 4);
    expect_sound(a);
    block_allocator_free(a);
}

/* The megablock's blocks that have memory, of those up to `end`; the descriptors' own not counted. */
static size_t resident_blocks(const BlockDescr *b, size_t end)
{
    unsigned char pages[MBLOCK_BLOCKS];
    size_t resident = 0;
    cr_assert_eq(mincore(mblock_of(b), MBLOCK_SIZE, pages), 0);
    for (size_t i = FIRST_BLOCK; i < end; i++) resident += pages[i] & 1;
    return resident;
}

/* Nobody has to, before Linux 5.14: then none have memory before they are touched. */
static void expect_populated(const BlockDescr *b, size_t first, size_t end)
{
    size_t resident = resident_blocks(b, end);
    cr_assert(resident == end - first || resident == 0, "%zu blocks", resident);
    cr_assert_eq(resident_blocks(b, MBLOCK_BLOCKS), resident);
}

static void populate_over(BlockSource *source)
{
    BlockAllocator *a = block_allocator_new(source);
    BlockDescr *b = take(a, 1);
    cr_assert_eq(resident_blocks(b, MBLOCK_BLOCKS), 0u, "taking touches nothing");
    block_populate(b);
    expect_populated(b, FIRST_BLOCK, 16);
    block_populate(take(a, 1));
    expect_populated(b, FIRST_BLOCK, 16);
    madvise(b->start, USABLE_BLOCKS * BLOCK_SIZE, MADV_DONTNEED);
    take(a, 18);
    block_populate(b + 16);
    expect_populated(b, 20, 32);
    block_populate(b);
    expect_populated(b, 20, 32);
    expect_sound(a);
    block_allocator_free(a);
}

Test(blocks, what_is_to_be_filled_gets_memory_a_piece_at_a_time_and_once)
{
    populate_over(block_source_reserve());
    populate_over(block_source_mmap());
}

Test(blocks, a_megablock_that_somebody_has_had_is_taken_to_have_memory)
{
    BlockAllocator *a = block_allocator_new(block_source_reserve());
    BlockDescr *b = take(a, 1);
    block_group_free(a, b);
    cr_assert_eq(take(a, 1), b);
    block_populate(b);
    cr_assert_eq(resident_blocks(b, MBLOCK_BLOCKS), 0u);
    block_group_free(a, b);
    block_allocator_trim(a, 0);
    cr_assert_eq(take(a, 1), b);
    block_populate(b);
    expect_populated(b, FIRST_BLOCK, 16);
    block_allocator_free(a);
}

static void heard(void *context, const char *format, ...)
{
    char *text = context;
    size_t length = strlen(text);
    va_list args;
    va_start(args, format);
    vsnprintf(text + length, 256 - length, format, args);
    va_end(args);
}
static void hear_taken(void *context, BlockDescr *g) { heard(context, "taken %u:%u;", g->number, g->blocks); }
static void hear_returned(void *context, BlockDescr *g)
{
    heard(context, "returned %u:%u %s;", g->number, g->blocks, block_owner_names[g->owner]);
}
static void hear_resized(void *context, BlockDescr *g, uint32_t old)
{
    heard(context, "resized %u:%u>%u;", g->number, old, g->blocks);
}
static void hear_owned(void *context, BlockDescr *g, BlockOwner old)
{
    heard(context, "owned %u %s>%s;", g->number, block_owner_names[old], block_owner_names[g->owner]);
}

Test(blocks, an_observer_hears_everything_once)
{
    BlockAllocator *a = tiny_world(4);
    char text[256] = "";
    BlockObserver observer = {text, hear_taken, hear_returned, hear_resized, hear_owned};
    block_allocator_observe(a, &observer);
    BlockDescr *g = take(a, 600);
    block_group_own(a, g, OWNER_LARGE, NULL, 0, 0);
    block_group_shrink(a, g, 600);
    block_group_shrink(a, g, 2);
    block_group_free(a, g);
    block_allocator_observe(a, NULL);
    block_group_free(a, take(a, 1));
    cr_assert_str_eq(text, "taken 4:764;owned 4 USER>LARGE;resized 4:764>2;returned 4:2 LARGE;");
    block_allocator_free(a);
}

/* ---- What an address belongs to */

Test(blocks, every_word_of_a_group_is_contained_and_no_descriptor_is)
{
    BlockAllocator *a = tiny_world(4);
    BlockDescr *g = take(a, 508), *small = take(a, 1);
    char *mblock = mblock_of(g);
    cr_assert_not(block_contains(a, mblock));
    cr_assert_not(block_contains(a, (char *)g->start - 1));
    for (size_t at = 4 * BLOCK_SIZE; at < 2 * MIB; at += BLOCK_SIZE / 2) {
        cr_assert(block_contains(a, mblock + at));
        cr_assert_eq(block_group_at(a, mblock + at), g);
    }
    cr_assert_not(block_contains(a, mblock + 2 * MIB), "the third megablock starts with descriptors");
    cr_assert_eq(block_group_at(a, small->start + 9), small);
    cr_assert(block_contains(a, small->start + BLOCK_WORDS));
    cr_assert_null(block_group_at(a, small->start + BLOCK_WORDS), "that is free");
    cr_assert_not(block_contains(a, mblock + 3 * MIB), "not committed");
    cr_assert_not(block_contains(a, NULL));
    cr_assert_not(block_contains(a, (void *)~(Word)0));
    cr_assert_not(block_contains(a, &a));
    block_allocator_free(a);
}

Test(blocks, no_group_is_at_an_address_whose_old_group_is_gone)
{
    BlockAllocator *a = tiny_world(1);
    BlockDescr *g = take(a, 10);
    Word *inside = g->start + 7 * BLOCK_WORDS;
    cr_assert_eq(block_group_at(a, inside), g);
    block_group_free(a, g);
    cr_assert_null(block_group_at(a, inside));
    cr_assert_eq(take(a, 2), g);
    cr_assert_null(block_group_at(a, inside), "its stale descriptor leads to a head that holds less");
    block_allocator_free(a);
}

Test(blocks, an_address_has_a_name)
{
    BlockAllocator *a = tiny_world(2);
    char text[32];
    take(a, 252);
    BlockDescr *g = take(a, 2);
    cr_assert_eq(block_address_print(g->start + BLOCK_WORDS + 0x38, text, sizeof text), 16);
    cr_assert_str_eq(text, "block 261 +0x1c0");
    block_address_print(g->start, text, 6);
    cr_assert_str_eq(text, "block");
    block_allocator_free(a);
}

/* ---- Limit and trim */

Test(blocks, the_limit_is_an_answer_and_changes_nothing)
{
    BlockAllocator *a = block_allocator_new(block_source_reserve());
    block_allocator_limit(a, 2 * MIB + 5);
    BlockDescr *g = take(a, 200), *h = take(a, 200);
    cr_assert(g && h);
    BlockCounters before = counters(a);
    cr_assert_null(take(a, 200));
    cr_assert_null(take(a, 508));
    BlockCounters after = counters(a);
    cr_assert_arr_eq(&before, &after, sizeof before);
    cr_assert_not_null(take(a, 52), "what fits is still given");
    block_allocator_limit(a, 0);
    cr_assert_not_null(take(a, 508));
    expect_sound(a);
    block_allocator_free(a);
}

Test(blocks, idle_megablocks_give_way_to_a_longer_run)
{
    BlockAllocator *a = tiny_world(8);
    BlockDescr *low = take(a, mega_blocks(4));
    block_group_free(a, low);
    cr_assert_not_null(take(a, mega_blocks(7)), "four idle at the bottom, four not committed");
    cr_assert_eq(counters(a).committed_mblocks, 7u);
    expect_sound(a);
    block_allocator_free(a);
}

Test(blocks, a_run_that_was_not_long_enough_may_become_so)
{
    BlockAllocator *a = tiny_world(10);
    BlockDescr *one = take(a, 252), *two = take(a, 252), *three = take(a, 252);
    take(a, 252);
    block_group_free(a, one);
    cr_assert_not_null(take(a, mega_blocks(2)), "one is free, and looked at in vain");
    cr_assert_eq(counters(a).committed_mblocks, 6u);
    block_group_free(a, two);
    cr_assert_eq(take(a, mega_blocks(2)), one, "it has grown by its neighbour");
    block_group_free(a, three);
    cr_assert_null(take(a, mega_blocks(5)), "nor is there room for more than four");
    cr_assert_not_null(take(a, 252));
    cr_assert_eq(counters(a).committed_mblocks, 6u);
    expect_sound(a);
    block_allocator_free(a);
}

/* ---- Sets of numbers */

enum { NUMBERS = 1 << 18 };

static void expect_below(const NumberSet *set, const bool *in, uint32_t number)
{
    uint32_t below = number;
    while (below > 0 && !in[below - 1]) below--;
    cr_assert_eq(number_set_below(set, number), below > 0 ? below - 1 : NO_NUMBER, "below %u", number);
}

/* Members lie close together at first, then further and further apart. */
Test(blocks, a_number_below_is_found_at_every_distance)
{
    static const uint32_t places[] = {0, 1, 63, 64, 65, 127, 4095, 4096, 4097, 8191, 100000, NUMBERS - 1};
    static bool in[NUMBERS];
    NumberSet set = {0};
    for (uint32_t number = 0, step = 1; number < NUMBERS; number += step, step += number / 5000) {
        cr_assert(number_set_grow(&set, number + 1), "it grows with what is in it");
        number_set_add(&set, number);
        in[number] = true;
    }
    cr_assert(number_set_grow(&set, NUMBERS));
    for (uint32_t number = 0; number < NUMBERS; number++)
        cr_assert_eq(number_set_has(&set, number), in[number]);
    cr_assert_not(number_set_has(&set, UINT32_MAX));
    for (uint32_t number = 0; number < NUMBERS; number += 37) expect_below(&set, in, number);
    for (uint32_t number = 0; number < NUMBERS; number++) {
        if (!in[number] || number % 7 == 0) continue;
        number_set_remove(&set, number);
        in[number] = false;
    }
    for (uint32_t number = 0; number < NUMBERS; number += 41) expect_below(&set, in, number);
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) expect_below(&set, in, places[i]);
    for (uint32_t number = 0; number < NUMBERS; number++)
        if (in[number]) number_set_remove(&set, number);
    cr_assert_eq(number_set_below(&set, NUMBERS - 1), NO_NUMBER);
    number_set_free(&set);
}

Test(blocks, trim_gives_back_the_highest_free_megablocks)
{
    BlockAllocator *a = tiny_world(8);
    BlockDescr *g[4];
    for (unsigned i = 0; i < 4; i++) g[i] = take(a, 508);
    block_group_free(a, g[1]);
    block_group_free(a, g[3]);
    cr_assert_eq(block_allocator_trim(a, 5), 0u);
    cr_assert_eq(block_allocator_trim(a, 1), 3u);
    expect_picture(a, "4:508u 516:252f 1028:508u");
    cr_assert_not(block_contains(a, g[3]->start));
    cr_assert_eq(block_allocator_trim(a, 0), 1u);
    expect_picture(a, "4:508u 1028:508u");
    cr_assert_eq(take(a, 508), g[1], "the same place, the same name");
    cr_assert_eq(g[1]->number, 516u);
    expect_sound(a);
    block_allocator_free(a);
}

Test(blocks, flags_by_name)
{
    char text[BLOCK_FLAGS_TEXT], cut[10];
    block_flags_print(0, text, sizeof text);
    cr_assert_str_eq(text, "none");
    block_flags_print(BF_EVACUATED | BF_TO_SPACE, text, sizeof text);
    cr_assert_str_eq(text, "EVACUATED|TO_SPACE");
    block_flags_print(BF_SPARSE | 0x8100, text, sizeof text);
    cr_assert_str_eq(text, "SPARSE|0x8100");
    block_flags_print(UINT16_MAX, text, sizeof text);
    cr_assert_str_eq(text, "LARGE|EVACUATED|PINNED|MARKED|TO_SPACE|SPARSE|TRACED|0xff80");
    block_flags_print(BF_EVACUATED | BF_TO_SPACE, cut, sizeof cut);
    cr_assert_str_eq(cut, "EVACUATED");
}
