/* blocks/: the source `guard`. A dangling pointer faults at once and its story names the block, its owner and
 * what freed it; what is taken again can be used again; faults of others take their course. */
#include "blocks/block_report.h"
#include "tests/unit/blocks_world.h"
#include "tests/unit/ending.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

/* ---- Dangling pointers */

typedef struct Dangling {
    const char *source;
    uint32_t blocks;
    size_t word;
    bool write, shrink, let_go;
} Dangling;

static void dangle(void *context)
{
    const Dangling *d = context;
    BlockAllocator *a = world(d->source, "buckets");
    BlockDescr *low = take(a, 2), *g = block_group_alloc_at(a, d->blocks, OWNER_LARGE, SITE_LARGE_OBJECT);
    int generation;
    block_group_own(a, g, OWNER_LARGE, &generation, 1, 1);
    Word *volatile p = g->start + d->word;
    *p = 42;
    block_allocator_doing(a, (BlockDoing){"in collection", 17});
    block_group_free(a, low);
    if (d->shrink)
        block_group_shrink(a, g, 1);
    else
        block_group_free(a, g);
    block_allocator_doing(a, (BlockDoing){"after collection", 18});
    if (d->let_go) /* out of quarantine, but not taken again */
        for (unsigned i = 0; i < 100; i++) block_group_free(a, take(a, 1));
    if (d->write)
        *p = 43;
    else
        _exit(*p == 42);
}

Test(block_guard, a_read_through_a_dangling_pointer_tells_its_story)
{
    End end = end_of(dangle, &(Dangling){.source = "guard", .blocks = 3, .word = 2 * BLOCK_WORDS + 7});
    expect_story(&end, "  its address: 0x");
    expect_story(&end, "freed memory: block 8 +0x38, in a group of 3 block(s) from block 6");
    expect_story(&end, "its last owner: LARGE, generation 1; taken for: large object");
    expect_story(&end, "freed: in collection 17, free number 2, since when 0 group(s) have been freed; now: "
                       "after collection 18");
    expect_story(&end, "#0 "); /* the C backtrace */
    expect_story(&end, "dangle");
#ifdef __x86_64__
    expect_story(&end, "read of freed memory");
    end = end_of(dangle, &(Dangling){.source = "guard", .blocks = 3, .word = 5, .write = true});
    expect_story(&end, "write to freed memory");
#endif
}

EverySource(block_guard, every_source_can_be_guarded)
{
    char guarded[300];
    snprintf(guarded, sizeof guarded, "guard:1m:%s", strncmp(text, "guard", 5) ? text : "mmap");
    const uint32_t sizes[] = {1, 251, 252, 700};
    for (unsigned i = 0; i < 4; i++) {
        Dangling d = {
            .source = guarded, .blocks = sizes[i], .word = sizes[i] * BLOCK_WORDS - 1, .write = true};
        End end = end_of(dangle, &d);
        expect_story(&end, "free number 2");
    }
}

Test(block_guard, what_a_shrink_frees_is_guarded_too)
{
    End end = end_of(
        dangle, &(Dangling){.source = "guard", .blocks = 700, .word = 300 * BLOCK_WORDS, .shrink = true});
    expect_story(&end, "its last owner: LARGE");
    end =
        end_of(dangle, &(Dangling){.source = "guard", .blocks = 7, .word = 2 * BLOCK_WORDS, .shrink = true});
    expect_story(&end, "its last owner: LARGE");
}

Test(block_guard, what_is_free_stays_closed_until_it_is_taken_again)
{
    End end = end_of(
        dangle, &(Dangling){.source = "guard:4k", .blocks = 200, .word = 190 * BLOCK_WORDS, .let_go = true});
    expect_story(&end, "free number 2, since when 100 group(s) have been freed");
}

/* ---- Reuse */

EveryPlacement(block_guard, what_is_taken_again_can_be_used_again)
{
    BlockAllocator *a = world("guard:1m", placement);
    for (unsigned i = 0; i < 3000; i++) {
        BlockDescr *g = take(a, 1 + i % 300);
        memset(g->start, (int)i, block_group_words(g) * WORD_BYTES);
        block_group_free(a, g);
        if (i % 500 == 0) expect_sound(a);
    }
    expect_empty(a);
    block_allocator_free(a);
}

Test(block_guard, a_group_is_out_of_use_until_enough_has_been_freed_after_it)
{
    BlockAllocator *a = world("guard:40k", "buckets");
    BlockDescr *g = take(a, 3);
    block_group_free(a, g);
    cr_assert_eq(g->owner, OWNER_GUARDED);
    cr_assert_null(block_group_at(a, g->start));
    cr_assert_neq(take(a, 3), g);
    block_group_free(a, take(a, 7));
    cr_assert_eq(g->owner, OWNER_GUARDED, "10 blocks are held back");
    block_group_free(a, take(a, 1));
    cr_assert_eq(g->owner, OWNER_FREE, "an 11th is one too many");
    expect_sound(a);
    block_allocator_free(a);
}

Test(block_guard, quarantine_gives_way_before_there_is_no_memory)
{
    BlockAllocator *a = world("guard:fixed:3m", "buckets");
    for (unsigned i = 0; i < 100; i++) {
        BlockDescr *g = take(a, i % 2 ? 508 : 90);
        cr_assert_not_null(g, "round %u", i);
        memset(g->start, 1, block_group_words(g) * WORD_BYTES);
        block_group_free(a, g);
    }
    expect_sound(a);
    block_allocator_free(a);
}

static void free_twice(void *context)
{
    BlockAllocator *a = world(context, "buckets");
    BlockDescr *g = take(a, 3);
    block_group_free(a, g);
    block_group_free(a, g);
}

Test(block_guard, freeing_twice_is_a_panic)
{
    End end = end_of(free_twice, "guard");
    expect_story(&end, "is not the head of an allocated group");
}

/* ---- Faults that are not ours */

static sigjmp_buf back;
static void jump_back(int signal_number) { siglongjmp(back, signal_number); }

static void fault_elsewhere(void *context)
{
    const struct sigaction mine = {.sa_handler = context ? jump_back : SIG_DFL};
    char *elsewhere = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaction(SIGSEGV, &mine, NULL);
    BlockAllocator *a = world("guard", "buckets");
    block_group_free(a, take(a, 1));
    if (sigsetjmp(back, 1)) _exit(77);
    *(volatile char *)elsewhere = 1;
}

Test(block_guard, a_fault_elsewhere_goes_to_who_was_there_before)
{
    End end = end_of(fault_elsewhere, &back);
    cr_assert(WIFEXITED(end.status) && WEXITSTATUS(end.status) == 77, "%x: %s", end.status, end.text);
    end = end_of(fault_elsewhere, NULL);
    cr_assert(WIFSIGNALED(end.status) && WTERMSIG(end.status) == SIGSEGV, "%x: %s", end.status, end.text);
}

Test(block_guard, handlers_come_and_go_with_the_guards)
{
    struct sigaction before, during, after;
    sigaction(SIGSEGV, NULL, &before);
    BlockAllocator *first = world("guard", "buckets"), *second = world("guard", "buckets");
    sigaction(SIGSEGV, NULL, &during);
    cr_assert(during.sa_sigaction != before.sa_sigaction);
    block_allocator_free(first);
    sigaction(SIGSEGV, NULL, &after);
    cr_assert(during.sa_sigaction == after.sa_sigaction, "there is one left");
    block_allocator_free(second);
    sigaction(SIGSEGV, NULL, &after);
    cr_assert(after.sa_sigaction == before.sa_sigaction);
}

/* ---- Inventory */

Test(block_guard, an_inventory_names_what_was_not_freed)
{
    char *text = NULL;
    size_t size;
    BlockAllocator *a = world("reserve", "buckets");
    BlockDescr *g = block_group_alloc_at(a, 3, OWNER_NURSERY, SITE_NURSERY);
    for (unsigned i = 0; i < 30; i++) take(a, 1);
    FILE *out = open_memstream(&text, &size);
    cr_assert_eq(block_inventory(a, out), 31u);
    fclose(out);
    cr_assert_not_null(strstr(text, "block 4: 3 block(s) of NURSERY, generation 0; taken for: nursery\n"),
                       "%s", text);
    cr_assert_not_null(strstr(text, "  and 11 more group(s)\n"), "%s", text);
    free(text);
    cr_assert_str_eq(block_site_text(SITE_COUNT), "a site that there is not");
    (void)g;
    block_allocator_free(a);
}

/* ---- The report */

static size_t half_alive(void *context, const BlockDescr *group)
{
    (void)context;
    size_t words = (size_t)(group->free - group->start);
    return group->owner == OWNER_NURSERY ? BLOCK_LIVE_UNKNOWN : words / 2;
}

static char *report_of(BlockAllocator *a, bool json)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    block_report(a, out, &(BlockReportForm){.json = json, .when = "now", .live_words = half_alive});
    fclose(out);
    return text;
}

static void expect_in(const char *text, const char *part)
{
    cr_assert_not_null(strstr(text, part), "%s is missing:\n%s", part, text);
}

/* Megablock 0 is kept by 2 + 1 blocks, megablock 1 is full. */
static BlockAllocator *fragmented(void)
{
    BlockAllocator *a = world("fixed:8m", "buckets");
    BlockDescr *holes[2], *g = block_group_alloc_at(a, 2, OWNER_LARGE, SITE_LARGE_OBJECT);
    block_group_own(a, g, OWNER_LARGE, &holes, 1, 1);
    g->free = g->start + BLOCK_WORDS;
    holes[0] = take(a, 100);
    block_group_alloc_at(a, 1, OWNER_REMEMBERED, SITE_REMEMBERED);
    holes[1] = take(a, 149);
    take(a, 252);
    block_group_free(a, holes[0]);
    block_group_free(a, holes[1]);
    return a;
}

Test(block_guard, a_report_says_who_keeps_which_megablock)
{
    BlockAllocator *a = fragmented();
    char *text = report_of(a, false);
    expect_in(
        text,
        "blocks now: source fixed, placement buckets\n  2 megablocks committed, 2 at most; 0 given back");
    expect_in(text, "  LARGE                1           2       0.0    50.0%\n");
    expect_in(text, "free groups, by blocks; the largest has 149\n  64-127               1         100\n  "
                    "128-251              1         149\n");
    expect_in(text,
              "in use): 1 of 2\n"
              "  kept by         groups      blocks  megablocks  taken for\n"
              "  LARGE                1           2           1  large object\n"
              "  REMEMBERED           1           1           1  remembered set\n"
              "  megablock 0: 3 block(s) in 2 group(s)\n"
              "    2 block(s) in 1 group(s) of LARGE, from block 4, up to generation 1; taken for: large "
              "object\n"
              "    1 block(s) in 1 group(s) of REMEMBERED, from block 106, up to generation 0; taken for: "
              "remembered set\n");
    expect_in(
        text,
        "  LARGE                1         512     50.0%        0        0        1        0  large object\n");
    free(text);
    text = report_of(a, true);
    expect_in(text, "\"alive\":[{\"owner\":\"LARGE\",\"site\":\"large object\",\"groups\":1,\"words\":512,"
                    "\"alive_words\":256,\"groups_by_quarter_alive\":[0,0,1,0]}]");
    expect_in(text, "{\"owner\":\"LARGE\",\"groups\":1,\"blocks\":2,\"words\":512}");
    expect_in(text, "\"largest_free\":149,");
    expect_in(text,
              "\"pinned_megablocks\":1,\"pinned_by\":["
              "{\"owner\":\"LARGE\",\"site\":\"large object\",\"groups\":1,\"blocks\":2,\"megablocks\":1},"
              "{\"owner\":\"REMEMBERED\",\"site\":\"remembered set\",\"groups\":1,\"blocks\":1,"
              "\"megablocks\":1}],\"pinned\":[{\"megablock\":0,\"blocks\":3,\"groups\":2,\"by\":["
              "{\"owner\":\"LARGE\",\"site\":\"large object\",\"groups\":1,\"blocks\":2,\"from_block\":4,"
              "\"oldest_generation\":1},");
    free(text);
    block_allocator_free(a);
}

static void take_many(BlockAllocator *a, unsigned groups, BlockOwner owner, BlockSite site)
{
    for (unsigned i = 0; i < groups; i++) cr_assert_not_null(block_group_alloc_at(a, 1, owner, site));
}

/* In each of two megablocks 40 PINNED groups lie behind others, in the second behind one only; a third has
 * fewer blocks in use than both, but all of them can be moved. */
Test(block_guard, a_report_names_the_hardest_to_move_first)
{
    BlockAllocator *a = world("fixed:8m", "buckets");
    BlockDescr *rest[3];
    for (unsigned i = 0; i < 3; i++) {
        take_many(a, i == 0 ? 10 : 1, OWNER_NURSERY, SITE_NURSERY);
        if (i < 2) take_many(a, 40, OWNER_PINNED, SITE_PINNED);
        if (i == 1) take_many(a, 1, OWNER_STATIC, SITE_STATIC);
        rest[i] = take(a, i == 0 ? 202 : i == 1 ? 210 : 251);
    }
    for (unsigned i = 0; i < 3; i++) block_group_free(a, rest[i]);
    char *text = report_of(a, false);
    expect_in(text, "in use): 3 of 3\n"
                    "  kept by         groups      blocks  megablocks  taken for\n"
                    "  PINNED              80          80           2  pinned objects\n"
                    "  STATIC               1           1           1  static closures\n"
                    "  NURSERY             12          12           3  nursery\n"
                    "  megablock 1: 42 block(s) in 42 group(s)\n"
                    "    40 block(s) in 40 group(s) of PINNED, from block 261, ");
    expect_in(text, "  megablock 0: 50 block(s) in 50 group(s)\n    40 block(s) in 40 group(s) of PINNED, "
                    "from block 14, ");
    expect_in(text, "; taken for: nursery\n  megablock 2: 1 block(s) in 1 group(s)\n");
    free(text);
    block_allocator_free(a);
}

/* Of 20 megablocks with 1 to 20 blocks in use the ten emptiest are listed, the emptiest first. */
Test(block_guard, a_report_lists_the_emptiest_megablocks)
{
    BlockAllocator *a = world("fixed:32m", "buckets");
    BlockDescr *g[20], *last[20];
    for (unsigned i = 0; i < 20; i++) {
        g[i] = take(a, 1 + (i * 7) % 20);
        last[i] = take(a, 251 - g[i]->blocks); /* no other fits into the block that is left */
    }
    for (unsigned i = 0; i < 20; i++) block_group_free(a, last[i]);
    char *text = report_of(a, false), *at = text;
    expect_in(text, "in use): 20 of 20");
    for (unsigned blocks = 1; blocks <= 10; blocks++) {
        char line[64];
        snprintf(line, sizeof line, ": %u block(s) in 1 group(s)\n", blocks);
        at = strstr(at, line);
        cr_assert_not_null(at, "%s in\n%s", line, text);
    }
    cr_assert_null(strstr(text, ": 11 block(s)"));
    expect_in(at, "  and 10 more megablock(s)\n");
    free(text);
    block_allocator_free(a);
}
