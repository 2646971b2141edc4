/* blocks/: every invariant of the block layer is shown to fire, by a seeded corruption of a tiny world. */
#include "tests/unit/blocks_world.h"
#include <sys/mman.h>

/* In megablock 0: five, hole and one, the last two of which have other groups or the end of the megablock on
 * both sides; hole and rest are free. Megablocks 1, 3 USER, 2, 4 free. */
typedef struct Scene {
    BlockAllocator *a;
    BlockDescr *five, *hole, *one, *rest, *mega, *free_mega, *free_mega2;
} Scene;

static bool find_rest(void *context, BlockDescr *g)
{
    Scene *s = context;
    if (block_is_free(g) && !group_is_mega(g) && g != s->hole && (!s->rest || g->blocks > s->rest->blocks))
        s->rest = g;
    return true;
}

static Scene scene_new(const char *placement)
{
    Scene s = {.a = world("fixed:5m", placement)};
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
    block_each_group(s.a, find_rest, &s);
    cr_assert(s.hole->blocks == 3 && block_is_free(s.hole) && s.rest && s.rest->blocks > 200);
    expect_sound(s.a);
    return s;
}

/* The placement forgets a free group, or is told of one, behind the allocator's back. */
static void forget(Scene *s, BlockDescr *g) { s->a->placer->functions->remove(s->a->placer->state, g); }
static void learn(Scene *s, BlockDescr *g) { s->a->placer->functions->insert(s->a->placer->state, g); }
/* Where a placement keeps the link to the next group. */
static void **next_of(const char *placement, BlockDescr *g)
{
    return strcmp(placement, "buddy") ? (void **)&g->link : &g->generation;
}
/* The mega list without its first group. */
static void mega_unlink_first(Scene *s)
{
    s->a->mega = s->a->mega->link;
    s->a->mega->u.back = NULL;
}

#define BIT(n) (1u << (n))

EveryPlacement(block_check, invariant_1_fires_for_a_free_group_that_is_not_marked_so)
{
    Scene s = scene_new(placement);
    s.hole->free = s.hole->start;
    expect_fires(s.a, 1, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_1_fires_for_a_group_in_the_wrong_bucket)
{
    Scene s = scene_new(placement);
    forget(&s, s.hole);
    s.hole->blocks = 1;
    learn(&s, s.hole);
    s.hole->blocks = 3;
    if (!strstr(placement, "first_fit")) expect_fires(s.a, 1, 0); /* which has no places for sizes */
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_2_fires_for_a_wrong_back_link)
{
    Scene s = scene_new(placement);
    s.free_mega2->u.back = s.free_mega2;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_2_fires_for_a_back_link_into_an_owned_group)
{
    Scene s = scene_new(placement);
    s.hole->u.back = s.one;
    expect_fires(s.a, 2, BIT(1) | BIT(9)); /* what hangs on the link may not be reached */
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_2_fires_for_a_link_to_itself)
{
    Scene s = scene_new(placement);
    *next_of(placement, s.rest) = s.rest;
    expect_fires(s.a, 2,
                 BIT(1) | BIT(9)); /* met again, it is on the list more than once; others cannot be reached */
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_2_fires_for_a_link_to_nowhere)
{
    Scene s = scene_new(placement);
    *next_of(placement, s.rest) = (char *)s.rest + 3;
    expect_fires(s.a, 2, BIT(1) | BIT(9));
    *next_of(placement, s.rest) = (void *)0x10;
    expect_fires(s.a, 2, BIT(1) | BIT(9));
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_3_fires_for_a_descriptor_inside_that_has_blocks)
{
    Scene s = scene_new(placement);
    s.five[2].blocks = 1;
    expect_fires(s.a, 3, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_3_fires_for_a_tail_that_leads_elsewhere)
{
    Scene s = scene_new(placement);
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

EveryPlacement(block_check, invariant_4_fires_for_adjacent_free_groups)
{
    Scene s = scene_new(placement);
    forget(&s, s.rest);
    BlockDescr *second = s.rest + 100;
    second->start = block_memory(second);
    second->blocks = s.rest->blocks - 100;
    second->free = BLOCK_FREE;
    second->owner = OWNER_FREE;
    second[second->blocks - 1].link = second;
    s.rest->blocks = 100;
    s.rest[99].blocks = 0;
    s.rest[99].link = s.rest;
    learn(&s, s.rest);
    learn(&s, second);
    expect_fires(s.a, 4, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_5_fires_for_a_mega_list_out_of_order)
{
    Scene s = scene_new(placement);
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

EveryPlacement(block_check, invariant_5_fires_for_a_small_group_among_the_megagroups)
{
    Scene s = scene_new(placement);
    forget(&s, s.hole);
    s.hole->link = s.a->mega;
    s.hole->u.back = NULL;
    s.a->mega = s.free_mega->u.back = s.hole;
    expect_fires(s.a, 5, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_6_fires_for_a_megablock_on_a_small_list)
{
    Scene s = scene_new(placement);
    mega_unlink_first(&s);
    learn(&s, s.free_mega);
    expect_fires(s.a, 6, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_7_fires_for_an_owner_that_was_not_told)
{
    Scene s = scene_new(placement);
    s.five->owner = OWNER_LARGE;
    expect_fires(s.a, 7, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_7_fires_for_a_counter_that_drifted)
{
    Scene s = scene_new(placement);
    s.a->counters.groups_taken++;
    expect_fires(s.a, 7, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_8_fires_for_a_group_beyond_its_megablock)
{
    Scene s = scene_new(placement);
    if (block_index(s.rest) + s.rest->blocks == MBLOCK_BLOCKS) { /* not where the high end goes out first */
        s.rest->blocks++;
        expect_fires(s.a, 8, BIT(7) | BIT(1));
    }
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_8_fires_for_a_gap)
{
    Scene s = scene_new(placement);
    s.five->blocks = 4;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_8_fires_for_a_megagroup_of_an_odd_size)
{
    Scene s = scene_new(placement);
    s.mega->blocks = 300;
    expect_fires(s.a, 8, BIT(7));
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_8_fires_for_a_megagroup_over_another)
{
    Scene s = scene_new(placement);
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

EveryPlacement(block_check, invariant_9_fires_for_a_free_group_on_no_list)
{
    Scene s = scene_new(placement);
    forget(&s, s.hole);
    expect_fires(s.a, 9, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariants_1_and_9_fire_for_a_free_group_on_two_lists)
{
    Scene s = scene_new("buckets");
    s.a->buckets->lists[bucket_of(3)] = s.rest;
    expect_fires(s.a, 1, BIT(9)); /* a second list can only be the wrong one */
    cr_assert(findings(s.a).fired & BIT(9));
    block_allocator_free(s.a);
}

Test(block_check, invariant_2_fires_for_a_first_group_with_one_before_it)
{
    Scene s = scene_new("buckets");
    cr_assert_eq(s.a->buckets->lists[bucket_of(3)], s.hole);
    s.hole->u.back = s.rest;
    expect_fires(s.a, 2, 0);
    block_allocator_free(s.a);
}

Test(block_check, invariant_1_fires_for_a_chunk_of_buddies_that_is_lost_or_of_another_run)
{
    Scene s = scene_new("buddy");
    BlockDescr *two = s.hole, *one = s.hole + 2; /* 4 and 5, and 6 */
    cr_assert(block_index(two) == 4 && one->aux == two);
    one->aux = s.rest;
    expect_fires(s.a, 1, 0);
    one->aux = two;
    expect_sound(s.a);
    forget(&s, s.rest);
    learn(&s, s.rest); /* its block 13 comes before 6 on the list of single blocks */
    BlockDescr *before = one->u.back, *after = one->generation;
    if (after) after->u.back = before;
    cr_assert_not_null(before);
    before->generation = after;
    expect_fires(s.a, 1, 0);
    block_allocator_free(s.a);
}

/* Groups of 7 blocks at 4, 12, 20...: best fit keeps them in one heap, whose top is the lowest. */
static BlockAllocator *heap_of_holes(BlockDescr *holes[8])
{
    BlockAllocator *a = world("fixed:1m", "best-fit");
    for (unsigned i = 0; i < 8; i++) {
        holes[i] = take(a, 7);
        take(a, 1);
    }
    for (unsigned i = 0; i < 8; i++) block_group_free(a, holes[i]);
    expect_sound(a);
    return a;
}

Test(block_check, invariant_2_fires_for_a_child_below_its_parent)
{
    BlockDescr *holes[8];
    BlockAllocator *a = heap_of_holes(holes);
    uint32_t number = holes[0]->number;
    holes[0]->number = holes[7]->number;
    expect_fires(a, 2, 0);
    holes[0]->number = number;
    expect_sound(a);
    holes[0]->generation = holes[0];
    expect_fires(a, 2, BIT(9));
    block_allocator_free(a);
}

EveryPlacement(block_check, invariant_9_fires_for_an_owned_group_on_a_list)
{
    Scene s = scene_new(placement);
    s.hole->owner = OWNER_USER;
    s.hole[1].blocks = 0;
    s.hole[1].link = s.hole;
    expect_fires(s.a, 9, BIT(7) | BIT(14));
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_9_fires_for_an_unknown_owner)
{
    Scene s = scene_new(placement);
    s.one->owner = OWNER_COUNT + 3;
    expect_fires(s.a, 9, BIT(7));
    block_allocator_free(s.a);
}

/* Over every source that promises that what is not committed is inaccessible. */
static void expect_10(const char *source)
{
    BlockAllocator *a = block_allocator_new(world_source(source));
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

Test(block_check, invariant_10_fires_for_memory_that_was_given_back_and_can_be_read)
{
    expect_10("reserve");
    expect_10("faulty:100:reserve");
}

Test(block_check, invariant_10_fires_for_committed_memory_that_cannot_be_read)
{
    BlockAllocator *a = block_allocator_new(world_source("reserve"));
    BlockDescr *g = take(a, 508);
    cr_assert_eq(mprotect(mblock_of(g) + MBLOCK_SIZE, BLOCK_SIZE, PROT_NONE), 0);
    expect_fires(a, 10, 0);
    block_allocator_free(a);
}

EveryPlacement(block_check, invariant_11_fires_for_a_write_to_free_memory)
{
    Scene s = scene_new(placement);
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

Test(block_check, invariant_11_fires_for_guarded_memory_that_can_be_read)
{
    BlockAllocator *a = world("guard", "buckets");
    BlockDescr *g = take(a, 5);
    Word *inside = g->start + 3 * BLOCK_WORDS;
    block_group_free(a, g);
    expect_sound(a);
    cr_assert_eq(mprotect(inside, BLOCK_SIZE, PROT_READ), 0);
    expect_fires(a, 11, 0);
    block_allocator_trim(a, 0);
    expect_sound(a);
    block_allocator_free(a);
}

EveryPlacement(block_check, invariant_14_fires_for_a_free_pointer_outside_its_group)
{
    Scene s = scene_new(placement);
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

EveryPlacement(block_check, invariant_15_fires_for_a_peak_below_the_present)
{
    Scene s = scene_new(placement);
    s.a->counters.peak_blocks = 5;
    expect_fires(s.a, 15, 0);
    s.a->counters.peak_blocks = s.a->counters.allocated_blocks;
    s.a->counters.peak_mblocks = 1;
    expect_fires(s.a, 15, 0);
    block_allocator_free(s.a);
}

EveryPlacement(block_check, invariant_15_fires_for_a_negative_counter)
{
    Scene s = scene_new(placement);
    s.a->counters.owner_blocks[OWNER_LARGE] = (size_t)-7;
    expect_fires(s.a, 7, BIT(15));
    cr_assert(findings(s.a).fired & BIT(15));
    block_allocator_free(s.a);
}
