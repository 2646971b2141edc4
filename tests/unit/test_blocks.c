/* blocks/: tiny worlds over a fixed source; a model beside the allocator; every invariant shown to fire. */
#include "blocks/allocator.h"
#include "blocks/source.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB ((size_t)1 << 20)

/* ---- Worlds and what a check says about them */

static BlockAllocator *tiny_world(size_t mblocks)
{
    return block_allocator_new(block_source_fixed(NULL, mblocks * MIB));
}

static BlockDescr *take(BlockAllocator *a, uint32_t blocks)
{
    return block_group_alloc(a, blocks, OWNER_USER);
}

typedef struct Findings {
    int first;
    unsigned fired; /* bit k: invariant k */
    char text[256]; /* of the first */
} Findings;

__attribute__((format(printf, 4, 5))) static void find(void *context, int invariant, const void *place,
                                                       const char *format, ...)
{
    Findings *f = context;
    (void)place;
    if (!f->fired) {
        va_list args;
        va_start(args, format);
        vsnprintf(f->text, sizeof f->text, format, args);
        va_end(args);
        f->first = invariant;
    }
    f->fired |= 1u << invariant;
}

static Findings findings(BlockAllocator *a)
{
    Findings f = {0};
    cr_assert_gt(block_check(a, find, &f), 0u);
    return f;
}

static void expect_sound(BlockAllocator *a)
{
    Findings f = findings(a);
    cr_assert_eq(f.fired, 0u, "invariant %d: %s", f.first, f.text);
}

/* This invariant is reported first; beside it only those of `implied` (a set of bits) are. */
static void expect_fires(BlockAllocator *a, int invariant, unsigned implied)
{
    Findings f = findings(a);
    cr_expect_eq(f.first, invariant, "%d came first: %s", f.first, f.text);
    cr_expect_eq(f.fired & ~(implied | 1u << invariant), 0u, "fired %#x, first: %s", f.fired, f.text);
}

static BlockCounters counters(BlockAllocator *a)
{
    BlockCounters c;
    block_counters(a, &c);
    return c;
}

static void expect_empty(BlockAllocator *a)
{
    BlockCounters c = counters(a);
    expect_sound(a);
    cr_assert_eq(c.allocated_blocks, 0u);
    cr_assert_eq(c.groups_taken, c.groups_returned);
    for (unsigned owner = 0; owner < OWNER_COUNT; owner++)
        if (owner != OWNER_FREE) cr_assert_eq(c.owner_blocks[owner], 0u);
}

/* The groups of a world, as text: "4:2u 6:250f" is two blocks of USER at block 4, 250 free ones at block 6.
 */
static bool picture_add(void *context, BlockDescr *g)
{
    char *text = context;
    size_t length = strlen(text);
    snprintf(text + length, 256 - length, "%s%u:%u%c", length ? " " : "", g->number, g->blocks,
             g->owner == OWNER_FREE ? 'f' : 'u');
    return true;
}

static void expect_picture(BlockAllocator *a, const char *expected)
{
    char text[256] = "";
    block_each_group(a, picture_add, text);
    cr_assert_str_eq(text, expected);
    expect_sound(a);
}

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

/* ---- Every invariant fires */

/* Blocks 4-8 USER, 9-11 free, 12 USER, 13-255 free; megablocks 1, 3 USER, 2, 4 free. */
typedef struct Scene {
    BlockAllocator *a;
    BlockDescr *five, *hole, *one, *rest, *mega, *free_mega, *free_mega2;
} Scene;

static Scene scene_new(void)
{
    Scene s = {.a = tiny_world(5)};
    s.five = take(s.a, 5);
    s.hole = take(s.a, 3);
    s.one = take(s.a, 1);
    s.mega = take(s.a, 252);
    s.free_mega = take(s.a, 252);
    take(s.a, 252);
    s.free_mega2 = take(s.a, 252);
    block_group_free(s.a, s.hole);
    block_group_free(s.a, s.free_mega);
    block_group_free(s.a, s.free_mega2);
    s.rest = s.one + 1;
    expect_picture(s.a, "4:5u 9:3f 12:1u 13:243f 260:252u 516:252f 772:252u 1028:252f");
    return s;
}

/* Takes the only group of a bucket off it, or puts a group on an empty bucket. */
static void bucket_set(Scene *s, unsigned bucket, BlockDescr *g)
{
    s->a->buckets[bucket] = g;
    if (g) g->link = g->u.back = NULL;
}

#define BIT(n) (1u << (n))

Test(blocks, invariant_1_fires_for_a_free_group_that_is_not_marked_so)
{
    Scene s = scene_new();
    s.hole->free = s.hole->start;
    expect_fires(s.a, 1, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_1_fires_for_a_group_in_the_wrong_bucket)
{
    Scene s = scene_new();
    bucket_set(&s, bucket_of(3), NULL);
    bucket_set(&s, bucket_of(4), s.hole);
    expect_fires(s.a, 1, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_2_fires_for_a_wrong_back_link)
{
    Scene s = scene_new();
    s.free_mega2->u.back = s.free_mega2;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_2_fires_for_a_first_group_with_one_before_it)
{
    Scene s = scene_new();
    s.hole->u.back = s.rest;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_2_fires_for_a_link_to_itself)
{
    Scene s = scene_new();
    s.rest->link = s.rest;
    expect_fires(s.a, 2, BIT(9)); /* met again and again, it is on the list more than once */
    block_allocator_free(s.a);
}

Test(blocks, invariant_2_fires_for_a_link_to_nowhere)
{
    Scene s = scene_new();
    s.rest->link = (BlockDescr *)((char *)s.rest + 3);
    expect_fires(s.a, 2, 0);
    s.rest->link = (BlockDescr *)0x10;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_3_fires_for_a_descriptor_inside_that_has_blocks)
{
    Scene s = scene_new();
    s.five[2].blocks = 1;
    expect_fires(s.a, 3, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_3_fires_for_a_tail_that_leads_elsewhere)
{
    Scene s = scene_new();
    s.five[4].link = s.one;
    expect_fires(s.a, 3, 0);
    s.five[4].link = s.five;
    s.hole[2].link = s.one;
    expect_fires(s.a, 3, 0);
    s.hole[2].link = s.hole;
    s.mega[251].link = NULL;
    expect_fires(s.a, 3, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_4_fires_for_adjacent_free_groups)
{
    Scene s = scene_new();
    BlockDescr *second = s.rest + 100;
    second->start = block_memory(second);
    second->blocks = 143;
    second->free = BLOCK_FREE;
    second->owner = OWNER_FREE;
    second[142].link = second;
    s.rest->blocks = 100;
    s.rest[99].blocks = 0;
    s.rest[99].link = s.rest;
    bucket_set(&s, bucket_of(143), second);
    bucket_set(&s, bucket_of(100), s.rest);
    expect_fires(s.a, 4, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_5_fires_for_a_mega_list_out_of_order)
{
    Scene s = scene_new();
    s.a->mega = s.free_mega2;
    s.free_mega2->u.back = NULL;
    s.free_mega2->link = s.free_mega;
    s.free_mega->u.back = s.free_mega2;
    s.free_mega->link = NULL;
    expect_fires(s.a, 5, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_5_fires_for_adjacent_megagroups)
{
    BlockAllocator *a = tiny_world(2);
    BlockDescr *low = take(a, 252), *high = take(a, 252);
    block_group_free(a, low);
    /* high is freed by hand: onto the list, without coalescing */
    high->free = BLOCK_FREE;
    high->owner = OWNER_FREE;
    high->u.back = low;
    low->link = high;
    a->counters.allocated_blocks -= 252;
    a->counters.owner_blocks[OWNER_USER] -= 252;
    a->counters.groups_returned++;
    expect_fires(a, 5, 0);
    block_allocator_free(a);
}

Test(blocks, invariant_5_fires_for_a_small_group_among_the_megagroups)
{
    Scene s = scene_new();
    bucket_set(&s, bucket_of(3), NULL);
    s.hole->link = s.a->mega;
    s.hole->u.back = NULL;
    s.a->mega = s.free_mega->u.back = s.hole;
    expect_fires(s.a, 5, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_6_fires_for_a_megablock_on_a_small_list)
{
    Scene s = scene_new();
    s.a->mega = s.free_mega2;
    s.free_mega2->u.back = NULL;
    s.free_mega->link = s.rest;
    s.rest->u.back = s.free_mega;
    s.a->buckets[7] = s.free_mega;
    expect_fires(s.a, 6, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_7_fires_for_an_owner_that_was_not_told)
{
    Scene s = scene_new();
    s.five->owner = OWNER_LARGE;
    expect_fires(s.a, 7, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_7_fires_for_a_counter_that_drifted)
{
    Scene s = scene_new();
    s.a->counters.groups_taken++;
    expect_fires(s.a, 7, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_8_fires_for_a_group_beyond_its_megablock)
{
    Scene s = scene_new();
    s.rest->blocks++;
    expect_fires(s.a, 8, BIT(7) | BIT(1));
    block_allocator_free(s.a);
}

Test(blocks, invariant_8_fires_for_a_gap)
{
    Scene s = scene_new();
    s.five->blocks = 4;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

Test(blocks, invariant_8_fires_for_a_megagroup_of_an_odd_size)
{
    Scene s = scene_new();
    s.mega->blocks = 300;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

Test(blocks, invariant_8_fires_for_a_megagroup_over_another)
{
    Scene s = scene_new();
    s.mega->blocks = 508;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

Test(blocks, invariant_8_fires_for_a_megablock_without_a_group)
{
    BlockAllocator *a = tiny_world(3);
    BlockDescr *g = take(a, 764);
    g->blocks = 508;
    expect_fires(a, 8, BIT(7));
    block_allocator_free(a);
}

Test(blocks, invariant_9_fires_for_a_free_group_on_no_list)
{
    Scene s = scene_new();
    bucket_set(&s, bucket_of(3), NULL);
    expect_fires(s.a, 9, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariants_1_and_9_fire_for_a_free_group_on_two_lists)
{
    Scene s = scene_new();
    BlockDescr *g = s.rest;
    s.a->buckets[bucket_of(3)] = g;
    expect_fires(s.a, 1, BIT(9)); /* a second list can only be the wrong one */
    cr_assert(findings(s.a).fired & BIT(9));
    block_allocator_free(s.a);
}

Test(blocks, invariant_9_fires_for_an_owned_group_on_a_list)
{
    Scene s = scene_new();
    s.hole->owner = OWNER_USER;
    s.hole[1].blocks = 0;
    s.hole[1].link = s.hole;
    expect_fires(s.a, 9, BIT(7) | BIT(14));
    block_allocator_free(s.a);
}

Test(blocks, invariant_9_fires_for_an_unknown_owner)
{
    Scene s = scene_new();
    s.one->owner = OWNER_COUNT + 3;
    expect_fires(s.a, 9, BIT(7));
    block_allocator_free(s.a);
}

Test(blocks, invariant_11_fires_for_a_write_to_free_memory)
{
    Scene s = scene_new();
    s.hole->start[700] = 1;
    expect_sound(s.a);
    block_allocator_poison(s.a, true);
    expect_sound(s.a);
    s.hole->start[700] = 1;
    expect_fires(s.a, 11, 0);
    s.hole->start[700] = BLOCK_POISON;
    s.free_mega2->start[252 * BLOCK_WORDS - 1] ^= 1;
    expect_fires(s.a, 11, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_14_fires_for_a_free_pointer_outside_its_group)
{
    Scene s = scene_new();
    s.five->free = s.five->start + 5 * BLOCK_WORDS;
    expect_sound(s.a);
    s.five->free++;
    expect_fires(s.a, 14, 0);
    s.five->free = s.five->start - 1;
    expect_fires(s.a, 14, 0);
    s.five->free = s.five->start;
    s.one->start++;
    expect_fires(s.a, 14, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_15_fires_for_a_peak_below_the_present)
{
    Scene s = scene_new();
    s.a->counters.peak_blocks = 5;
    expect_fires(s.a, 15, 0);
    s.a->counters.peak_blocks = s.a->counters.allocated_blocks;
    s.a->counters.peak_mblocks = 1;
    expect_fires(s.a, 15, 0);
    block_allocator_free(s.a);
}

Test(blocks, invariant_15_fires_for_a_negative_counter)
{
    Scene s = scene_new();
    s.a->counters.owner_blocks[OWNER_LARGE] = (size_t)-7;
    expect_fires(s.a, 7, BIT(15));
    cr_assert(findings(s.a).fired & BIT(15));
    block_allocator_free(s.a);
}

/* ---- A model beside the allocator */

typedef struct Random {
    uint64_t state;
} Random;

static uint32_t random_below(Random *r, uint32_t n)
{
    r->state = r->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((r->state >> 33) % n);
}

enum { LIVE = 400 };

/* What was asked for and must still be so. `names` digests every answer, in order. */
typedef struct Model {
    BlockAllocator *a;
    Random random;
    struct {
        BlockDescr *group;
        uint32_t blocks, number;
    } live[LIVE];
    unsigned count;
    size_t blocks;
    uint64_t names;
} Model;

static uint32_t random_size(Random *r)
{
    uint32_t kind = random_below(r, 100);
    if (kind < 60) return 1;
    if (kind < 85) return 1 + random_below(r, 12);
    if (kind < 97) return 1 + random_below(r, 260);
    return 1 + random_below(r, 1000);
}

/* Every block of a group bears the mark of its group at both ends. */
static void group_sign(BlockDescr *g)
{
    for (size_t i = 0; i < g->blocks; i++) {
        g->start[i * BLOCK_WORDS] = (Word)g + i;
        g->start[(i + 1) * BLOCK_WORDS - 1] = (Word)g - i;
    }
}

static void expect_signed(const BlockDescr *g)
{
    for (size_t i = 0; i < g->blocks; i++)
        if (g->start[i * BLOCK_WORDS] != (Word)g + i || g->start[(i + 1) * BLOCK_WORDS - 1] != (Word)g - i)
            cr_assert_fail("block %zu of group %u was overwritten", i, g->number);
}

static void model_note(Model *m, uint64_t name) { m->names = (m->names ^ name) * 1099511628211u; }

static void model_alloc(Model *m)
{
    uint32_t blocks = random_size(&m->random);
    BlockDescr *g = take(m->a, blocks);
    model_note(m, g ? g->number : 0);
    if (!g) return;
    cr_assert(g->blocks == blocks || (group_is_mega(g) && g->blocks > blocks && g->blocks < blocks + 256));
    group_sign(g);
    m->live[m->count].group = g;
    m->live[m->count].number = g->number;
    m->live[m->count++].blocks = g->blocks;
    m->blocks += g->blocks;
}

static void model_free(Model *m, unsigned i)
{
    BlockDescr *g = m->live[i].group;
    cr_assert(g->blocks == m->live[i].blocks && g->number == m->live[i].number);
    expect_signed(g);
    m->blocks -= g->blocks;
    m->live[i] = m->live[--m->count];
    block_group_free(m->a, g);
}

static void model_shrink(Model *m, unsigned i)
{
    BlockDescr *g = m->live[i].group;
    uint32_t blocks = 1 + random_below(&m->random, g->blocks);
    m->blocks -= g->blocks;
    block_group_shrink(m->a, g, blocks);
    cr_assert(g->blocks == blocks || (blocks >= 252 && g->blocks < blocks + 256));
    m->live[i].blocks = g->blocks;
    m->blocks += g->blocks;
}

static void model_step(Model *m)
{
    uint32_t kind = random_below(&m->random, 1000);
    if (m->count < LIVE && (m->count == 0 || kind < 500))
        model_alloc(m);
    else if (kind < 900)
        model_free(m, random_below(&m->random, m->count));
    else if (kind < 998)
        model_shrink(m, random_below(&m->random, m->count));
    else
        model_note(m, block_allocator_trim(m->a, random_below(&m->random, 8)));
}

static void expect_as_modelled(Model *m)
{
    BlockCounters c = counters(m->a);
    expect_sound(m->a);
    cr_assert_eq(c.allocated_blocks, m->blocks);
    cr_assert_eq(c.owner_blocks[OWNER_USER], m->blocks);
    for (unsigned i = 0; i < m->count; i++) {
        BlockDescr *g = m->live[i].group;
        cr_assert_eq(block_group_at(m->a, g->start + block_group_words(g) - 1), g);
        expect_signed(g);
    }
}

/* Runs random operations over a source, checks at intervals, ends empty; answers the digest of all answers.
 */
static uint64_t model_run(BlockSource *source, uint64_t seed, unsigned steps, bool poison)
{
    Model *m = calloc(1, sizeof *m);
    m->a = block_allocator_new(source);
    m->random.state = seed;
    block_allocator_poison(m->a, poison);
    for (unsigned i = 0; i < steps; i++) {
        model_step(m);
        if (i % 1000 == 0) expect_as_modelled(m);
    }
    while (m->count) model_free(m, random_below(&m->random, m->count));
    expect_empty(m->a);
    size_t committed = counters(m->a).committed_mblocks;
    cr_assert_eq(block_allocator_trim(m->a, 0), committed);
    expect_picture(m->a, "");
    uint64_t names = m->names;
    block_allocator_free(m->a);
    free(m);
    return names;
}

/* A source of a user's own, whose runs lie anywhere. */
static void *anywhere_commit(BlockSource *source, size_t mblocks)
{
    size_t bytes = (mblocks + 1) * MIB;
    source->requests++;
    char *mapped =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) return NULL;
    size_t skip = -(Word)mapped & (MIB - 1);
    if (skip) munmap(mapped, skip);
    munmap(mapped + skip + mblocks * MIB, MIB - skip);
    return mapped + skip;
}

static void anywhere_decommit(BlockSource *source, void *run, size_t mblocks)
{
    (void)source;
    munmap(run, mblocks * MIB);
}

static void anywhere_close(BlockSource *source) { free(source); }

static BlockSource *anywhere(void)
{
    BlockSource *source = calloc(1, sizeof *source);
    *source = (BlockSource){.name = "anywhere",
                            .commit = anywhere_commit,
                            .decommit = anywhere_decommit,
                            .close = anywhere_close};
    return source;
}

Test(blocks, random_operations_agree_with_a_model)
{
    for (uint64_t seed = 1; seed <= 3; seed++)
        model_run(block_source_fixed(NULL, 40 * MIB), seed, 100000, false);
}

Test(blocks, random_operations_leave_free_memory_alone)
{
    model_run(block_source_fixed(NULL, 24 * MIB), 4, 5000, true);
}

Test(blocks, random_operations_over_runs_that_lie_anywhere)
{
    model_run(anywhere(), 5, 30000, false);
    model_run(anywhere(), 6, 3000, true);
}

Test(blocks, equal_runs_give_equal_numbers_whatever_the_source)
{
    uint64_t names = model_run(block_source_reserve(), 7, 10000, false);
    cr_assert_eq(names, model_run(block_source_reserve(), 7, 10000, false));
    cr_assert_eq(names, model_run(block_source_fixed(NULL, 1024 * MIB), 7, 10000, false));
    cr_assert_neq(names, model_run(block_source_reserve(), 8, 10000, false));
}

Test(blocks, a_fixed_source_maps_at_the_same_address_again)
{
    BlockAllocator *a = tiny_world(4);
    BlockDescr *first = take(a, 1);
    block_allocator_free(a);
    a = tiny_world(4);
    cr_assert_eq(take(a, 1), first);
    BlockAllocator *beside = tiny_world(4);
    cr_assert_eq(take(beside, 1)->number, 4u, "a second world beside it counts from its own beginning");
    block_allocator_free(beside);
    block_allocator_free(a);
}

Test(blocks, a_callers_buffer_gives_the_whole_megablocks_in_it)
{
    char *buffer = malloc(4 * MIB);
    BlockAllocator *a = block_allocator_new(block_source_fixed(buffer, 4 * MIB));
    BlockDescr *g = take(a, mega_blocks(3));
    cr_assert(g && (char *)g >= buffer && mega_end(g) <= buffer + 4 * MIB);
    cr_assert_null(take(a, 252));
    block_allocator_free(a);
    cr_assert_null(block_source_fixed(buffer + 1, MIB - 1));
    free(buffer);
}

/* ---- Failing requests */

typedef struct Outcome {
    size_t requests, failures;
} Outcome;

static void expect_unchanged(BlockAllocator *a, const BlockCounters *before)
{
    BlockCounters after = counters(a);
    cr_assert_eq(after.allocated_blocks, before->allocated_blocks);
    cr_assert_eq(after.groups_taken, before->groups_taken);
    cr_assert_leq(after.committed_mblocks, before->committed_mblocks); /* idle ones may have gone back */
    expect_sound(a);
}

static BlockDescr *faulty_take(BlockAllocator *a, uint32_t blocks, Outcome *outcome)
{
    BlockCounters before = counters(a);
    BlockDescr *g = take(a, blocks);
    if (g) return g;
    outcome->failures++;
    expect_unchanged(a, &before);
    return NULL;
}

/* A fixed piece of work that asks for megablocks in all ways; everything it gets it frees. */
static Outcome faulty_work(BlockSource *source)
{
    static const uint32_t sizes[] = {1, 251, 3, 252, 509, 40, 300, 120, 764, 200, 5, 252, 1, 1000, 252};
    enum { N = sizeof sizes / sizeof *sizes };
    BlockAllocator *a = block_allocator_new(source);
    BlockDescr *got[N];
    Outcome outcome = {0};
    for (unsigned i = 0; i < N; i++) {
        got[i] = faulty_take(a, sizes[i], &outcome);
        if (i % 4 == 3 && got[i - 2]) {
            block_group_free(a, got[i - 2]);
            got[i - 2] = NULL;
        }
        if (i == 9) block_allocator_trim(a, 0);
    }
    for (unsigned i = 0; i < N; i++)
        if (got[i]) block_group_free(a, got[i]);
    expect_empty(a);
    outcome.requests = source->requests;
    block_allocator_free(a);
    return outcome;
}

Test(blocks, each_single_request_may_fail)
{
    Outcome whole = faulty_work(block_source_fixed(NULL, 64 * MIB));
    cr_assert_eq(whole.failures, 0u);
    cr_assert_geq(whole.requests, 8u);
    size_t failures = 0;
    for (size_t n = 1; n <= whole.requests; n++)
        failures += faulty_work(block_source_faulty(block_source_fixed(NULL, 64 * MIB), n, false)).failures;
    cr_assert_geq(failures, whole.requests / 2, "most faults are seen; idle megablocks may save the others");
    cr_assert_eq(faulty_work(block_source_faulty(block_source_reserve(), whole.requests + 1, false)).failures,
                 0u);
}

Test(blocks, all_requests_from_one_on_may_fail)
{
    size_t last = SIZE_MAX;
    for (size_t n = 1; n <= 12; n++) {
        size_t failures = faulty_work(block_source_faulty(block_source_reserve(), n, true)).failures;
        cr_assert_leq(failures, last);
        if (n == 1) cr_assert_eq(failures, 15u, "nothing can be had at all");
        last = failures;
    }
}

/* ---- Sources by name */

static void expect_source(const char *text, const char *name)
{
    char error[200] = "";
    BlockSource *source = block_source_parse(text, error, sizeof error);
    cr_assert_not_null(source, "%s: %s", text, error);
    cr_assert_str_eq(source->name, name);
    source->close(source);
}

static void expect_no_source(const char *text, const char *sentence)
{
    char error[200] = "";
    cr_assert_null(block_source_parse(text, error, sizeof error), "%s", text);
    cr_assert_not_null(strstr(error, sentence), "%s: %s", text, error);
}

Test(blocks, sources_have_names)
{
    expect_source("reserve", "reserve");
    expect_source("fixed", "fixed");
    expect_source("fixed:2m", "fixed");
    expect_source("fixed:3145728", "fixed");
    expect_source("faulty:3", "faulty");
    expect_source("faulty:3+", "faulty");
    expect_source("faulty:3+:fixed:4m", "faulty");
    expect_no_source("", "there is no block source \"\"");
    expect_no_source("reserved", "there are reserve, fixed[:SIZE], faulty:N[+][:SOURCE]");
    expect_no_source("reserve:1", "takes no argument");
    expect_no_source("fixed:", "no size");
    expect_no_source("fixed:12q", "no size");
    expect_no_source("fixed:1k", "at least 1m");
    expect_no_source("fixed:99999999999999999999", "no size");
    expect_no_source("fixed:17179869184g", "no size");
    expect_no_source("faulty", "number of the request");
    expect_no_source("faulty:0", "number of the request");
    expect_no_source("faulty:3x", "number of the request");
    expect_no_source("faulty:3:nowhere", "no block source \"nowhere\"");
}

Test(blocks, a_parsed_fault_comes_when_it_was_asked_for)
{
    char error[200];
    BlockAllocator *a = block_allocator_new(block_source_parse("faulty:2:fixed:8m", error, sizeof error));
    cr_assert_not_null(take(a, 252));
    cr_assert_null(take(a, 252));
    cr_assert_not_null(take(a, 252));
    cr_assert_eq(block_allocator_source(a)->requests, 3u);
    block_allocator_free(a);
}

/* ---- Panics */

static void tell(void *context) { fprintf(stderr, "story %s\n", (const char *)context); }
static void tell_and_panic(void *context) { panic("again %s", (const char *)context); }

static void free_twice(void)
{
    BlockAllocator *a = tiny_world(1);
    BlockDescr *g = take(a, 2);
    panic_add_story(tell, "one");
    panic_add_story(tell, "two");
    panic_remove_story(tell, "one");
    printf("unflushed");
    block_group_free(a, g);
    block_group_free(a, g);
}

static void panic_in_a_story(void)
{
    panic_add_story(tell_and_panic, "and again");
    panic("first");
}

/* Runs work in a child and collects what it writes; answers its exit code. */
static int outcome_of(void (*work)(void), char *text, size_t size)
{
    int ends[2], status;
    fflush(NULL);
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        work();
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    for (ssize_t n; (n = read(ends[0], text + length, size - 1 - length)) > 0;) length += (size_t)n;
    text[length] = 0;
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(blocks, a_double_free_is_told_as_a_story)
{
    char text[8192];
    cr_assert_eq(outcome_of(free_twice, text, sizeof text), 254, "%s", text);
    const char *order[] = {"unflushed",
                           "internal error: block 4 is not the head of an allocated group",
                           "blocks/block_alloc.c:",
                           "block_group_free+0x",
                           "free_twice+0x",
                           "story two\n"};
    const char *at = text;
    for (unsigned i = 0; i < sizeof order / sizeof *order; i++) {
        at = strstr(at, order[i]);
        cr_assert_not_null(at, "%s is not where it should be in\n%s", order[i], text);
    }
    cr_assert_null(strstr(text, "story one"));
}

Test(blocks, a_panic_in_a_story_ends)
{
    char text[8192];
    cr_assert_eq(outcome_of(panic_in_a_story, text, sizeof text), 254);
    cr_assert(strstr(text, "internal error: first") && strstr(text, "internal error: again and again"));
}
