/* blocks/: every invariant of the block layer is shown to fire, by a seeded corruption of a tiny world. */
#include "tests/unit/blocks_world.h"
#include <sys/mman.h>

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

Test(block_check, invariant_1_fires_for_a_free_group_that_is_not_marked_so)
{
    Scene s = scene_new();
    s.hole->free = s.hole->start;
    expect_fires(s.a, 1, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_1_fires_for_a_group_in_the_wrong_bucket)
{
    Scene s = scene_new();
    bucket_set(&s, bucket_of(3), NULL);
    bucket_set(&s, bucket_of(4), s.hole);
    expect_fires(s.a, 1, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_2_fires_for_a_wrong_back_link)
{
    Scene s = scene_new();
    s.free_mega2->u.back = s.free_mega2;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_2_fires_for_a_first_group_with_one_before_it)
{
    Scene s = scene_new();
    s.hole->u.back = s.rest;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_2_fires_for_a_link_to_itself)
{
    Scene s = scene_new();
    s.rest->link = s.rest;
    expect_fires(s.a, 2, BIT(9)); /* met again and again, it is on the list more than once */
    block_allocator_free(s.a);
}

Test(block_check, invariant_2_fires_for_a_link_to_nowhere)
{
    Scene s = scene_new();
    s.rest->link = (BlockDescr *)((char *)s.rest + 3);
    expect_fires(s.a, 2, 0);
    s.rest->link = (BlockDescr *)0x10;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_3_fires_for_a_descriptor_inside_that_has_blocks)
{
    Scene s = scene_new();
    s.five[2].blocks = 1;
    expect_fires(s.a, 3, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_3_fires_for_a_tail_that_leads_elsewhere)
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

Test(block_check, invariant_4_fires_for_adjacent_free_groups)
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

Test(block_check, invariant_5_fires_for_a_mega_list_out_of_order)
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

Test(block_check, invariant_5_fires_for_adjacent_megagroups)
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

Test(block_check, invariant_5_fires_for_a_small_group_among_the_megagroups)
{
    Scene s = scene_new();
    bucket_set(&s, bucket_of(3), NULL);
    s.hole->link = s.a->mega;
    s.hole->u.back = NULL;
    s.a->mega = s.free_mega->u.back = s.hole;
    expect_fires(s.a, 5, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_6_fires_for_a_megablock_on_a_small_list)
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

Test(block_check, invariant_7_fires_for_an_owner_that_was_not_told)
{
    Scene s = scene_new();
    s.five->owner = OWNER_LARGE;
    expect_fires(s.a, 7, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_7_fires_for_a_counter_that_drifted)
{
    Scene s = scene_new();
    s.a->counters.groups_taken++;
    expect_fires(s.a, 7, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_8_fires_for_a_group_beyond_its_megablock)
{
    Scene s = scene_new();
    s.rest->blocks++;
    expect_fires(s.a, 8, BIT(7) | BIT(1));
    block_allocator_free(s.a);
}

Test(block_check, invariant_8_fires_for_a_gap)
{
    Scene s = scene_new();
    s.five->blocks = 4;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

Test(block_check, invariant_8_fires_for_a_megagroup_of_an_odd_size)
{
    Scene s = scene_new();
    s.mega->blocks = 300;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

Test(block_check, invariant_8_fires_for_a_megagroup_over_another)
{
    Scene s = scene_new();
    s.mega->blocks = 508;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

Test(block_check, invariant_8_fires_for_a_megablock_without_a_group)
{
    BlockAllocator *a = tiny_world(3);
    BlockDescr *g = take(a, 764);
    g->blocks = 508;
    expect_fires(a, 8, BIT(7));
    block_allocator_free(a);
}

Test(block_check, invariant_9_fires_for_a_free_group_on_no_list)
{
    Scene s = scene_new();
    bucket_set(&s, bucket_of(3), NULL);
    expect_fires(s.a, 9, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariants_1_and_9_fire_for_a_free_group_on_two_lists)
{
    Scene s = scene_new();
    BlockDescr *g = s.rest;
    s.a->buckets[bucket_of(3)] = g;
    expect_fires(s.a, 1, BIT(9)); /* a second list can only be the wrong one */
    cr_assert(findings(s.a).fired & BIT(9));
    block_allocator_free(s.a);
}

Test(block_check, invariant_9_fires_for_an_owned_group_on_a_list)
{
    Scene s = scene_new();
    s.hole->owner = OWNER_USER;
    s.hole[1].blocks = 0;
    s.hole[1].link = s.hole;
    expect_fires(s.a, 9, BIT(7) | BIT(14));
    block_allocator_free(s.a);
}

Test(block_check, invariant_9_fires_for_an_unknown_owner)
{
    Scene s = scene_new();
    s.one->owner = OWNER_COUNT + 3;
    expect_fires(s.a, 9, BIT(7));
    block_allocator_free(s.a);
}

Test(block_check, invariant_10_fires_for_memory_that_was_given_back_and_can_be_read)
{
    BlockAllocator *a = block_allocator_new(block_source_reserve());
    BlockDescr *first = take(a, USABLE_BLOCKS), *second = take(a, USABLE_BLOCKS),
               *third = take(a, USABLE_BLOCKS);
    char *given_back = (char *)((Word)second & ~(Word)(MBLOCK_SIZE - 1));
    block_group_free(a, second);
    cr_assert_eq(block_allocator_trim(a, 0), 1u);
    expect_sound(a);
    cr_assert_eq(mprotect(given_back, BLOCK_SIZE, PROT_READ), 0);
    expect_fires(a, 10, 0);
    cr_assert_eq(mprotect(given_back, BLOCK_SIZE, PROT_NONE), 0);
    expect_sound(a);
    block_group_free(a, first);
    block_group_free(a, third);
    block_allocator_free(a);
}

Test(block_check, invariant_11_fires_for_a_write_to_free_memory)
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

Test(block_check, invariant_14_fires_for_a_free_pointer_outside_its_group)
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

Test(block_check, invariant_15_fires_for_a_peak_below_the_present)
{
    Scene s = scene_new();
    s.a->counters.peak_blocks = 5;
    expect_fires(s.a, 15, 0);
    s.a->counters.peak_blocks = s.a->counters.allocated_blocks;
    s.a->counters.peak_mblocks = 1;
    expect_fires(s.a, 15, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_15_fires_for_a_negative_counter)
{
    Scene s = scene_new();
    s.a->counters.owner_blocks[OWNER_LARGE] = (size_t)-7;
    expect_fires(s.a, 7, BIT(15));
    cr_assert(findings(s.a).fired & BIT(15));
    block_allocator_free(s.a);
}
