/* blocks/: random work with a model beside it over every source, every request failing once, sources by name.
 */
#include "tests/unit/blocks_world.h"

#include <math.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

/* Runs random operations over an allocator, checks at intervals, ends empty; answers the digest of all
 * answers.
 */
static uint64_t model_run(BlockAllocator *a, uint64_t seed, unsigned steps, bool poison)
{
    Model *m = calloc(1, sizeof *m);
    m->a = a;
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

EveryPlacement(block_sources, random_operations_agree_with_a_model)
{
    for (uint64_t seed = 1; seed <= 3; seed++) model_run(world("fixed:40m", placement), seed, 8000, false);
}

EveryWorld(block_sources, random_operations_agree_with_a_model_everywhere)
{
    model_run(world(text, placement), 5, 1200, false);
    model_run(world(text, placement), 6, 300, true);
}

EveryPlacement(block_sources, random_operations_in_too_little_memory)
{
    model_run(world("fixed:6m", placement), 4, 10000, false);
}

/* A source with a range gives the same numbers as every other such; one without, the same in every run. */
EveryPlacement(block_sources, equal_runs_give_equal_numbers_whatever_the_source)
{
    uint64_t in_range = model_run(world("reserve", placement), 7, 1000, false);
    cr_assert_neq(in_range, model_run(world("reserve", placement), 8, 1000, false));
    for (unsigned i = 0; i < WORLD_SOURCES; i++) {
        BlockAllocator *a =
            world(strncmp(world_sources[i], "fixed", 5) ? world_sources[i] : "fixed:1g", placement);
        bool range = block_allocator_source(a)->base && !block_allocator_source(a)->quarantine;
        uint64_t names = model_run(a, 7, 1000, false);
        cr_assert_eq(names, range ? in_range : model_run(world(world_sources[i], placement), 7, 1000, false),
                     "%s with %s", world_sources[i], placement);
    }
}

/* ---- What a placement is for */

Test(block_sources, placements_differ_in_where_things_come_to_lie)
{
    uint64_t names[WORLD_PLACEMENTS];
    for (unsigned i = 0; i < WORLD_PLACEMENTS; i++)
        names[i] = model_run(world("fixed:1g", world_placements[i]), 11, 1000, false);
    for (unsigned i = 0; i < WORLD_PLACEMENTS; i++)
        for (unsigned k = 0; k < i; k++)
            cr_assert_neq(names[i], names[k], "%s places as %s does", world_placements[i],
                          world_placements[k]);
}

/* GHC answers a request for 129 to 251 blocks with a fresh megablock, whatever is free. Here a megablock with
 * so many blocks in a row serves it. */
EveryPlacement(block_sources, a_request_of_129_to_251_blocks_is_served_from_what_is_free)
{
    for (uint32_t blocks = 129; blocks < USABLE_BLOCKS; blocks++) {
        BlockAllocator *a = world("fixed:2m", placement);
        BlockDescr *low = take(a, blocks), *high = take(a, USABLE_BLOCKS - blocks);
        cr_assert_eq(counters(a).committed_mblocks, 1u);
        block_group_free(a, low);
        cr_assert_eq(take(a, blocks), low, "%s: %u blocks", placement, blocks);
        cr_assert_eq(counters(a).committed_mblocks, 1u);
        (void)high;
        expect_sound(a);
        block_allocator_free(a);
    }
}

/* The same in the middle of a megablock, where no chunk of a buddy system would do. */
EveryPlacement(block_sources, a_run_in_the_middle_of_a_megablock_serves_as_well)
{
    BlockAllocator *a = world("fixed:2m", placement);
    BlockDescr *each[USABLE_BLOCKS];
    for (unsigned i = 0; i < USABLE_BLOCKS; i++) each[i] = take(a, 1);
    for (unsigned i = 0; i < USABLE_BLOCKS; i++)
        if (each[i]->number >= 60 && each[i]->number < 60 + 150) block_group_free(a, each[i]);
    for (uint32_t blocks = 150; blocks > 64; blocks -= 10) {
        BlockDescr *g = take(a, blocks);
        cr_assert(g->number >= 60 && g->number + blocks <= 210, "%s: %u blocks at %u", placement, blocks,
                  g->number);
        block_group_free(a, g);
        expect_sound(a);
    }
    cr_assert_eq(counters(a).committed_mblocks, 1u);
    block_allocator_free(a);
}

Test(block_sources, best_fit_takes_the_smallest_hole_and_of_equal_ones_the_lowest)
{
    BlockAllocator *a = world("fixed:2m", "best-fit");
    const uint32_t sizes[] = {9, 6, 5, 8, 5};
    BlockDescr *holes[5];
    for (unsigned i = 0; i < 5; i++) {
        holes[i] = take(a, sizes[i]);
        take(a, 1);
    }
    for (unsigned i = 5; i-- > 0;) block_group_free(a, holes[i]);
    cr_assert_eq(take(a, 5), holes[2]);
    cr_assert_eq(take(a, 5), holes[4]);
    cr_assert_eq(take(a, 5), holes[1]);
    cr_assert_eq(take(a, 7), holes[3]);
    cr_assert_eq(take(a, 7), holes[0]);
    block_allocator_free(a);
}

Test(block_sources, buddies_lie_at_multiples_of_their_size)
{
    BlockAllocator *a = world("fixed:2m", "buddy");
    const struct {
        uint32_t blocks, number;
        const char *why;
    } cases[] = {{1, 4, "the lowest of 4 to 7"},
                 {5, 8, "a chunk of 8, whose last 3 blocks are free again"},
                 {3, 16, "there is no chunk of 4 below 16"},
                 {1, 19, "what 3 blocks leave of 4"},
                 {1, 13, "what 5 blocks leave of 8, in 1 and 2"},
                 {2, 14, "the other part of that"},
                 {100, 128, "a chunk of 128"},
                 {1, 5, "the buddy of the first"},
                 {2, 6, "and the next larger"},
                 {16, 240, "what 100 blocks leave of 128 has a chunk of 16"}};
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_assert_eq(take(a, cases[i].blocks)->number, cases[i].number, "%u: %s", i, cases[i].why);
    expect_sound(a);
    block_allocator_free(a);
}

/* ---- What a source is for */

Test(block_sources, a_fixed_source_maps_at_the_same_address_again)
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

Test(block_sources, a_callers_buffer_gives_the_whole_megablocks_in_it)
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
static Outcome faulty_work(BlockSource *source, const char *placement)
{
    static const uint32_t sizes[] = {1, 251, 3, 252, 509, 40, 300, 120, 764, 200, 5, 252, 1, 1000, 252};
    enum { N = sizeof sizes / sizeof *sizes };
    BlockAllocator *a = block_allocator_new_placed(source, world_placer(placement));
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

static BlockSource *faulty(const char *text, size_t n, bool onwards)
{
    return block_source_faulty(world_source(text), n, onwards);
}

EveryWorld(block_sources, each_single_request_may_fail)
{
    Outcome whole = faulty_work(world_source(text), placement);
    cr_assert_eq(whole.failures, 0u);
    cr_assert_geq(whole.requests, 8u);
    size_t failures = 0;
    for (size_t n = 1; n <= whole.requests; n++)
        failures += faulty_work(faulty(text, n, false), placement).failures;
    cr_assert_geq(failures, whole.requests / 2, "most faults are seen; idle megablocks may save the others");
    cr_assert_eq(faulty_work(faulty(text, whole.requests + 1, false), placement).failures, 0u);
}

EveryWorld(block_sources, all_requests_from_one_on_may_fail)
{
    size_t last = SIZE_MAX;
    for (size_t n = 1; n <= 12; n++) {
        size_t failures = faulty_work(faulty(text, n, true), placement).failures;
        cr_assert_leq(failures, last);
        if (n == 1) cr_assert_eq(failures, 15u, "nothing can be had at all");
        last = failures;
    }
}

/* Memory that the process has: what the system says, in bytes. */
static size_t resident(void)
{
    size_t all, pages;
    FILE *statm = fopen("/proc/self/statm", "r");
    cr_assert_eq(fscanf(statm, "%zu %zu", &all, &pages), 2);
    fclose(statm);
    return pages * 4096;
}

EverySource(block_sources, memory_that_is_trimmed_goes_back_to_the_system)
{
    enum { GROUPS = 8, MBLOCKS = 6 };
    BlockAllocator *a = block_allocator_new(world_source(text));
    BlockDescr *g[GROUPS];
    for (unsigned i = 0; i < GROUPS; i++) {
        g[i] = take(a, mega_blocks(MBLOCKS));
        memset(g[i]->start, 1, block_group_words(g[i]) * WORD_BYTES);
    }
    size_t full = resident();
    for (unsigned i = 0; i < GROUPS; i += 2) block_group_free(a, g[i]);
    cr_assert_eq(block_allocator_trim(a, 0), (size_t)GROUPS / 2 * MBLOCKS);
    size_t half = resident();
    if (!UNDER_ASAN || !strstr(text, "malloc"))
        cr_assert_lt(half, full - (GROUPS / 2 * MBLOCKS - 2) * MIB, "%s: %zu MiB, after trimming %zu", text,
                     full / MIB, half / MIB);
    cr_assert_eq(counters(a).returned_mblocks, (size_t)GROUPS / 2 * MBLOCKS);
    for (unsigned i = 0; i < GROUPS; i += 2) {
        BlockDescr *again = take(a, mega_blocks(MBLOCKS));
        memset(again->start, 1, block_group_words(again) * WORD_BYTES);
    }
    if (!UNDER_ASAN || !strstr(text, "malloc"))
        cr_assert_gt(resident(), half + (GROUPS / 2 * MBLOCKS - 2) * MIB, "and comes back");
    expect_sound(a);
    block_allocator_free(a);
}

/* ---- Many megablocks */

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* What it takes to get so many megablocks one by one, to free them in random order, to use some again, and to
 * give all back. */
static double seconds_for(const char *source, unsigned mblocks)
{
    double start = cpu_seconds();
    BlockAllocator *a = block_allocator_new(world_source(source));
    BlockDescr **g = malloc(mblocks * sizeof *g);
    Random r = {mblocks};
    for (unsigned i = 0; i < mblocks; i++) {
        unsigned k = random_below(&r, i + 1);
        g[i] = g[k];
        g[k] = take(a, 252);
    }
    for (unsigned i = 0; i < mblocks; i++) block_group_free(a, g[i]);
    for (unsigned i = 0; i < mblocks; i++) g[i] = take(a, 1 + i % 252);
    for (unsigned i = 0; i < mblocks; i++) block_group_free(a, g[i]);
    cr_assert_eq(block_allocator_trim(a, 0), mblocks);
    block_allocator_free(a);
    free(g);
    return cpu_seconds() - start;
}

static double least_seconds_for(const char *source, unsigned mblocks)
{
    double least = seconds_for(source, mblocks);
    for (unsigned i = 0; i < 2; i++) least = fmin(least, seconds_for(source, mblocks));
    return least;
}

/* Eight times as many take eight times as long, not sixty-four. */
Test(block_sources, work_grows_with_the_megablocks_not_with_their_square)
{
    static const char *const sources[] = {"reserve", "mmap", "malloc"};
    for (unsigned i = 0; i < 3 && !UNDER_ASAN; i++) {
        double few = least_seconds_for(sources[i], 1000), many = least_seconds_for(sources[i], 8000);
        cr_assert_lt(many, 24 * few, "%s: %.1f ms for 1000, %.1f for 8000", sources[i], few * 1e3,
                     many * 1e3);
    }
}

/* A part of a run that lies in its middle goes back, and is used again. */
EverySource(block_sources, a_part_of_a_run_goes_back_by_itself)
{
    if (strstr(text, "guard")) return; /* what is freed is not taken again so soon */
    BlockAllocator *a = block_allocator_new(world_source(text));
    BlockDescr *run = take(a, mega_blocks(6)), *first = run;
    block_group_free(a, run);
    BlockDescr *low = take(a, mega_blocks(2)), *middle = take(a, mega_blocks(2)),
               *high = take(a, mega_blocks(2));
    cr_assert_eq(low, first);
    cr_assert_eq(counters(a).committed_mblocks, 6u);
    block_group_free(a, middle);
    cr_assert_eq(block_allocator_trim(a, 0), 2u);
    cr_assert_not(block_contains(a, (char *)high - MIB), "the middle is gone");
    memset(high->start, 7, block_group_words(high) * WORD_BYTES);
    BlockDescr *again = take(a, mega_blocks(2));
    memset(again->start, 8, block_group_words(again) * WORD_BYTES);
    expect_sound(a);
    block_group_free(a, low);
    block_group_free(a, high);
    block_group_free(a, again);
    cr_assert_eq(block_allocator_trim(a, 0), 6u);
    expect_empty(a);
    block_allocator_free(a);
}

Test(block_sources, huge_says_what_the_system_makes_of_it)
{
    char text[200] = "";
    BlockSource *source = world_source("huge");
    void *run = source->commit(source, 5);
    memset(run, 1, 5 * MIB);
    source->describe(source, text, sizeof text);
    size_t huge, all;
    const char *figures = strstr(text, "): ");
    cr_assert(figures && sscanf(figures, "): %zu of %zu MiB", &huge, &all) == 2, "%s", text);
    cr_assert(huge <= all && all >= 5 && all <= 6, "%s", text);
    source->close(source);
}

/* ---- Out of address space: an answer too */

/* In a process of its own that may have `mib` MiB more than it has: what a source says, and what becomes of
 * it when it is asked for more than there is. */
static int limited_run(const char *text, size_t mib)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        size_t pages;
        FILE *statm = fopen("/proc/self/statm", "r");
        if (!statm || fscanf(statm, "%zu", &pages) != 1) _exit(99);
        fclose(statm);
        rlim_t bytes = pages * 4096 + mib * MIB;
        setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
        char error[320];
        BlockSource *source = block_source_parse(text, error, sizeof error);
        if (!source) _exit(strstr(error, "ulimit -v") ? 1 : 98);
        BlockAllocator *a = block_allocator_new(source);
        size_t groups = 0;
        for (BlockDescr *g; (g = take(a, 252)); groups++) memset(g->start, 1, 252 * BLOCK_SIZE);
        _exit(groups == 0 ? 2 : groups <= mib ? 0 : 97);
    }
    int status;
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status), "%s: ended by signal %d", text, WTERMSIG(status));
    return WEXITSTATUS(status);
}

Test(block_sources, a_limited_address_space_is_an_answer)
{
    static const char *const sources[] = {"reserve", "huge", "mmap", "malloc"};
    if (UNDER_ASAN) return;
    for (unsigned i = 0; i < 4; i++) cr_assert_eq(limited_run(sources[i], 200), 0, "%s", sources[i]);
    cr_assert_eq(limited_run("reserve", 10), 1);
    cr_assert_eq(limited_run("huge", 10), 1);
    cr_assert_eq(limited_run("fixed:2g", 200), 98);
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

Test(block_sources, sources_have_names)
{
    expect_source("reserve", "reserve");
    expect_source("mmap", "mmap");
    expect_source("malloc", "malloc");
    expect_source("huge", "huge");
    expect_source("fixed", "fixed");
    expect_source("fixed:2m", "fixed");
    expect_source("fixed:3145728", "fixed");
    expect_source("guard", "guard");
    expect_source("guard:1m", "guard");
    expect_source("guard:mmap", "guard");
    expect_source("guard:1m:fixed:4m", "guard");
    expect_source("faulty:3:guard", "faulty");
    expect_no_source("guard:0", "no size");
    expect_no_source("guard:1m:nowhere", "no block source \"nowhere\"");
    expect_source("faulty:3", "faulty");
    expect_source("faulty:3+", "faulty");
    expect_source("faulty:3+:fixed:4m", "faulty");
    expect_no_source("", "there is no block source \"\"");
    expect_no_source("reserved", "there are reserve, mmap, malloc, huge, fixed[:SIZE], "
                                 "guard[:SIZE][:SOURCE], faulty:N[+][:SOURCE], ./FILE.so[:ARGS]");
    expect_no_source("reserve:1", "takes no argument");
    expect_no_source("mmap:", "takes no argument");
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

Test(block_sources, a_parsed_fault_comes_when_it_was_asked_for)
{
    char error[200];
    BlockAllocator *a = block_allocator_new(block_source_parse("faulty:2:fixed:8m", error, sizeof error));
    cr_assert_not_null(take(a, 252));
    cr_assert_null(take(a, 252));
    cr_assert_not_null(take(a, 252));
    cr_assert_eq(block_allocator_source(a)->requests, 3u);
    block_allocator_free(a);
}

/* ---- A user's own */

Test(block_sources, a_shared_object_that_cannot_be_had_says_why)
{
    expect_no_source("./nowhere.so", "./nowhere.so cannot be read");
    expect_no_source(THUNKSCOPE_SOURCE_DIR "/README.md", "cannot be loaded");
    expect_no_source(THUNKSCOPE_PLUGINS "/placement_first_fit.so", "exports no thunkscope_block_source");
    expect_no_source(THUNKSCOPE_PLUGINS "/broken_version.so",
                     "was built for version 2 of thunkscope_block_source, this is version 1");
    expect_no_source(THUNKSCOPE_PLUGINS "/broken_sizes.so",
                     "exports a thunkscope_block_source of 4 bytes; it has");
    expect_no_source(THUNKSCOPE_PLUGINS "/broken_halves.so",
                     "needs a name, open, close, commit and decommit");
    expect_no_source(THUNKSCOPE_PLUGINS "/broken_promises.so", "say which promise");
    expect_no_source(THUNKSCOPE_PLUGINS "/broken_promises.so:silent",
                     "the block source \"broken source\" does not begin, and does not say why");
    expect_no_source(THUNKSCOPE_PLUGINS "/source_file.so:/nowhere/heap.img",
                     "/nowhere/heap.img: No such file");
}

static void expect_no_placement(const char *text, const char *sentence)
{
    char error[320] = "";
    cr_assert_null(block_placement_parse(text, error, sizeof error), "%s", text);
    cr_assert_not_null(strstr(error, sentence), "%s: %s", text, error);
}

Test(block_sources, placements_have_names)
{
    expect_no_placement("",
                        "there is no block placement \"\"; there are buckets, best-fit, buddy, ./FILE.so");
    expect_no_placement("bucket", "no block placement \"bucket\"");
    expect_no_placement("buddy:2", "takes no argument");
    expect_no_placement("./nowhere.so", "./nowhere.so cannot be read");
    expect_no_placement(THUNKSCOPE_PLUGINS "/source_file.so", "exports no thunkscope_block_placement");
    expect_no_placement(THUNKSCOPE_PLUGINS "/broken_version.so",
                        "was built for version 2 of thunkscope_block_placement");
    expect_no_placement(THUNKSCOPE_PLUGINS "/broken_sizes.so",
                        "exports a thunkscope_block_placement of 4 bytes; it has");
    expect_no_placement(THUNKSCOPE_PLUGINS "/broken_halves.so",
                        "needs a name, open, close, insert, remove, take and check");
    expect_no_placement(THUNKSCOPE_PLUGINS "/broken_promises.so:silent",
                        "the block placement \"broken placement\" does not begin, and does not say why");
    expect_no_placement(THUNKSCOPE_PLUGINS "/placement_first_fit.so:low", "the argument `high`, not `low`");
}

/* dlopen would wait for who writes, or die of SIGBUS. */
Test(block_sources, a_file_that_is_no_whole_shared_object_is_refused_with_a_sentence)
{
    char folder[] = "/tmp/thunkscope-plugins-XXXXXX", fifo[100], cut[100], command[400];
    cr_assert_not_null(mkdtemp(folder));
    snprintf(fifo, sizeof fifo, "%s/fifo.so", folder);
    snprintf(cut, sizeof cut, "%s/cut.so", folder);
    cr_assert_eq(mkfifo(fifo, 0600), 0);
    expect_no_source(fifo, "is not a regular file");
    expect_no_source(folder, "is not a regular file");
    for (unsigned bytes = 100; bytes <= 8100; bytes += 4000) {
        snprintf(command, sizeof command, "head -c %u %s/source_file.so > %s", bytes, THUNKSCOPE_PLUGINS,
                 cut);
        cr_assert_eq(system(command), 0);
        expect_no_source(cut, "has been cut short");
    }
    unlink(fifo);
    unlink(cut);
    rmdir(folder);
}

Test(block_sources, a_heap_may_lie_in_a_file)
{
    char path[] = "/tmp/thunkscope-heap-XXXXXX", text[200];
    cr_assert_geq(mkstemp(path), 0);
    snprintf(text, sizeof text, "%s/source_file.so:%s", THUNKSCOPE_PLUGINS, path);
    BlockAllocator *a = block_allocator_new(world_source(text));
    BlockDescr *g = take(a, 300);
    strcpy((char *)(g->start + 290 * BLOCK_WORDS), "seen from outside");
    char found[32] = "";
    FILE *file = fopen(path, "r");
    cr_assert_eq(fseek(file, (long)((4 + 290) * BLOCK_SIZE), SEEK_SET), 0);
    cr_assert_not_null(fgets(found, sizeof "seen from outside", file));
    cr_assert_str_eq(found, "seen from outside");
    fclose(file);
    block_allocator_free(a);
    unlink(path);
}

/* A group behind another is freed, then that one, so that they become one; and what is asked for next fits
 * into what was there. */
static bool promises_used(BlockAllocator *a)
{
    BlockDescr *first = take(a, 3), *second = take(a, 3);
    if (!first || !second || !take(a, 3) || !take(a, 600)) return false;
    block_group_free(a, second);
    block_group_free(a, first);
    BlockDescr *again = take(a, 3);
    if (!again) return false;
    expect_sound(a);
    return true;
}

/* The exit code of a process in which these are used, and what it says. */
static int promise(const char *source, const char *placement, char *said, size_t size)
{
    FILE *out = tmpfile();
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (dup2(fileno(out), STDERR_FILENO) < 0) _exit(99);
        _exit(promises_used(world(source, placement)) ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status), "%s, %s: ended by signal %d", source, placement, WTERMSIG(status));
    rewind(out);
    said[fread(said, 1, size - 1, out)] = '\0';
    fclose(out);
    return WEXITSTATUS(status);
}

static void expect_promise(const char *source, const char *placement, int code, const char *sentence)
{
    char said[4096];
    int ended = promise(source, placement, said, sizeof said);
    cr_assert_eq(ended, code, "%s, %s: %d, not %d: %s", source, placement, ended, code, said);
    cr_assert(strstr(said, sentence), "%s, %s: %s", source, placement, said);
}

#define BROKEN THUNKSCOPE_PLUGINS "/broken_promises.so:"

Test(block_sources, a_broken_promise_ends_in_a_story)
{
    expect_promise(BROKEN "kept", "buckets", 0, "");
    expect_promise("reserve", BROKEN "kept", 0, "");
    expect_promise(BROKEN "none", "buckets", 1, "");
    expect_promise(BROKEN "crooked", "buckets", 254, "\"broken source\" gives 0x");
    expect_promise(BROKEN "crooked", "buckets", 254, "which is not aligned to 1 MiB");
    expect_promise(BROKEN "twice", "buckets", 254, "\"broken source\" gives 3 MiB at 0x");
    expect_promise("guard:1m:" BROKEN "twice", "best-fit", 254, "\"broken source\" gives 3 MiB at 0x");
    expect_promise(BROKEN "low", "buckets", 254, "which lies below its base");
    expect_promise(BROKEN "high", "buckets", 254, "more than 16777216 MiB above its base");
    expect_promise(BROKEN "end", "buckets", 254, "which has no 1 MiB behind it");
    expect_promise(BROKEN "closed", "buckets", 254, "of which not all can be read and written");
    expect_promise(BROKEN "read-only", "buckets", 254, "of which not all can be read and written");
    expect_promise(BROKEN "short", "buckets", 254, "\"broken source\" gives 3 MiB at 0x");
    expect_promise("reserve", BROKEN "small", 254,
                   "\"broken placement\" answers a request for 3 blocks with block");
    expect_promise("reserve", BROKEN "foreign", 254, "which is no free group that it holds");
    expect_promise("reserve", BROKEN "stale", 254, "which is no free group that it holds");
    expect_promise("reserve", BROKEN "never", 254, "finds no place in an empty megablock");
}
