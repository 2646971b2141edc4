/* blocks/: random work with a model beside it over every source, every request failing once, sources by name.
 */
#include "tests/unit/blocks_world.h"

#include <sys/mman.h>

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

Test(block_sources, random_operations_agree_with_a_model)
{
    for (uint64_t seed = 1; seed <= 3; seed++)
        model_run(block_source_fixed(NULL, 40 * MIB), seed, 100000, false);
}

Test(block_sources, random_operations_leave_free_memory_alone)
{
    model_run(block_source_fixed(NULL, 24 * MIB), 4, 5000, true);
}

Test(block_sources, random_operations_over_runs_that_lie_anywhere)
{
    model_run(anywhere(), 5, 30000, false);
    model_run(anywhere(), 6, 3000, true);
}

Test(block_sources, equal_runs_give_equal_numbers_whatever_the_source)
{
    uint64_t names = model_run(block_source_reserve(), 7, 10000, false);
    cr_assert_eq(names, model_run(block_source_reserve(), 7, 10000, false));
    cr_assert_eq(names, model_run(block_source_fixed(NULL, 1024 * MIB), 7, 10000, false));
    cr_assert_neq(names, model_run(block_source_reserve(), 8, 10000, false));
}

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

Test(block_sources, each_single_request_may_fail)
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

Test(block_sources, all_requests_from_one_on_may_fail)
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

Test(block_sources, sources_have_names)
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
