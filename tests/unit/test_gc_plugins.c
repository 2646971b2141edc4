/* gc/collectors.c, gc/sizings.c: collectors and sizing policies by name, those of a user's own too. Suites
 * that run over all collectors run over tests/plugins/collector_depth_first.c as well (gc_mutator.h). */
#include "gc_mutator.h"

#include <math.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gc/heap_state.h"

#define PLUGIN(name) THUNKSCOPE_PLUGINS "/" name ".so"

/* ---- Collectors */

static void expect_no_collector(const char *name, const char *sentence)
{
    char error[400] = "";
    cr_assert_null(collector_find(name, error, sizeof error));
    cr_assert(strstr(error, sentence), "%s: %s", name, error);
}

Test(plugins, a_collector_that_cannot_be_used_is_refused_with_a_sentence)
{
    expect_no_collector("mark", "there are gen-copy, mark-compact,");
    expect_no_collector("./nowhere.so", "cannot be read");
    expect_no_collector(PLUGIN("source_file"), "exports no thunkscope_gc_collector");
    expect_no_collector(PLUGIN("broken_version"), "was built for version 4 of thunkscope_gc_collector");
    expect_no_collector(PLUGIN("broken_sizes"), "exports a thunkscope_gc_collector of 4 bytes; it has");
    expect_no_collector(PLUGIN("broken_halves"), "nor all that a collection needs");
    expect_no_collector(PLUGIN("collector_depth_first") ":fast", "takes no argument");
}

/* The worked example, with two rows, flags or fields exchanged. */
Test(plugins, a_collector_that_was_built_against_other_headers_is_refused_with_a_sentence)
{
    expect_no_collector(PLUGIN("other_kinds"), "where they have KIND_AP, this thunkscope has KIND_PAP");
    expect_no_collector(PLUGIN("other_flags"), "where they have BF_EVACUATED, this thunkscope has BF_LARGE");
    expect_no_collector(PLUGIN("other_fields"), "the place of ToSpace.objects is ");
}

Test(plugins, a_collector_is_loaded_once)
{
    char error[400];
    const GcCollector *one = collector_find(PLUGIN("collector_depth_first"), error, sizeof error);
    cr_assert(one, "%s", error);
    cr_assert_eq(one, collector_find(PLUGIN("collector_depth_first"), error, sizeof error));
    cr_assert_str_eq(one->name, "depth-first");
}

/* ---- A collector's promises */

/* Weak pointers come and go; so do names for what soon dies. */
static void use_broken_collector(void)
{
    HeapConfig config;
    char error[400];
    heap_config_default(&config);
    config.nursery_bytes = 16384;
    config.clock = false;
    config.collector = collector_find(PLUGIN("broken_collector"), error, sizeof error);
    Mutator *m = mutator_new(&config, 11);
    mutator_run(m, 3000);
    mutator_free(m);
}

/* The exit code of a process that uses a collector which breaks the promise, and what it says. */
static int broken(const char *promise, char *said, size_t size)
{
    FILE *out = tmpfile();
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (dup2(fileno(out), STDERR_FILENO) < 0) _exit(99);
        setenv("BROKEN_PROMISE", promise, true);
        use_broken_collector();
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status), "%s: ended by signal %d", promise, WTERMSIG(status));
    rewind(out);
    said[fread(said, 1, size - 1, out)] = '\0';
    fclose(out);
    return WEXITSTATUS(status);
}

static void expect_story(const char *promise, const char *sentence)
{
    char said[4096];
    cr_assert_eq(broken(promise, said, sizeof said), 254, "%s: %s", promise, said);
    cr_assert(strstr(said, "the collector \"broken collector\""), "%s: %s", promise, said);
    cr_assert(strstr(said, sentence), "%s: %s", promise, said);
}

Test(plugins, a_collectors_broken_promise_ends_in_a_story)
{
    char said[4096];
    cr_assert_eq(broken("none", said, sizeof said), 0, "%s", said);
    expect_story("endless", "may need 18446744073709551615 blocks at worst");
    expect_story("no", "blocks, and has said that it may need 0 at worst");
    expect_story("idle", "has no empty block to go on in");
    expect_story("unknown", "answers 7 in place of a collection");
    expect_story("unmoved", "but that is given up after the collection");
    expect_story("nowhere", "and is at 0x8 now");
}

/* ---- Sizing policies */

static void expect_no_sizing(const char *name, const char *sentence)
{
    char error[400] = "";
    cr_assert_null(sizer_parse(name, error, sizeof error));
    cr_assert(strstr(error, sentence), "%s: %s", name, error);
}

Test(plugins, a_sizing_policy_that_cannot_be_used_is_refused_with_a_sentence)
{
    expect_no_sizing("largest", "there are factor, square-root, fixed, ./FILE.so");
    expect_no_sizing("factor:3", "takes no argument");
    expect_no_sizing("fixed", "wants how many");
    expect_no_sizing("fixed:many", "wants how many");
    expect_no_sizing("square-root:-1", "wants a number above 0");
    expect_no_sizing("./nowhere.so", "cannot be read");
    expect_no_sizing(PLUGIN("collector_depth_first"), "exports no thunkscope_gc_sizing");
    expect_no_sizing(PLUGIN("broken_version"), "was built for version 2 of thunkscope_gc_sizing");
    expect_no_sizing(PLUGIN("broken_sizes"), "exports a thunkscope_gc_sizing of 4 bytes; it has");
    expect_no_sizing(PLUGIN("broken_halves") ":x", "needs a name, open, close and old_generation");
    expect_no_sizing(PLUGIN("broken_promises") ":silent",
                     "the sizing policy \"broken sizing policy\" does not begin, and does not say why");
    expect_no_sizing(PLUGIN("sizing_headroom") ":none", "wants a number of MiB");
    expect_no_sizing(PLUGIN("sizing_headroom") ":-3", "wants a number of MiB");
    expect_no_sizing(PLUGIN("sizing_headroom") ":0", "wants a number of MiB");
    expect_no_sizing(PLUGIN("sizing_headroom") ":72057594037927936", "not `72057594037927936`");
    expect_no_sizing(PLUGIN("sizing_headroom") ":99999999999999999999", "wants a number of MiB");
}

static GcSizer *sizer(const char *text)
{
    char error[400] = "";
    GcSizer *s = sizer_parse(text, error, sizeof error);
    cr_assert(s, "%s", error);
    return s;
}

static size_t live_blocks(const HeapState *h)
{
    return (h->oldest->words + BLOCK_WORDS - 1) / BLOCK_WORDS + h->oldest->large.blocks;
}

/* A heap in which random things have happened under the policy, right after a major collection. */
static Mutator *grown_world(const char *policy, size_t limit)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 16384;
    config.minimum_old_bytes = 4096;
    config.heap_limit = limit;
    config.sanity_level = 3;
    config.sanity_period = 5;
    config.clock = false;
    config.sizer = sizer(policy);
    Mutator *m = mutator_new(&config, 11);
    mutator_run(m, 30000);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    return m;
}

Test(plugins, fixed_stays_what_it_is)
{
    Mutator *m = grown_world("fixed:0.5", 0);
    cr_assert_eq(heap_state(m->heap)->oldest->max_blocks, 128);
    mutator_free(m);
}

Test(plugins, headroom_is_added_to_what_lives)
{
    Mutator *m = grown_world(PLUGIN("sizing_headroom") ":2", 0);
    const HeapState *h = heap_state(m->heap);
    cr_assert_gt(live_blocks(h), 1);
    cr_assert_eq(h->oldest->max_blocks, live_blocks(h) + 512);
    mutator_free(m);
}

Test(plugins, a_limit_stands_above_every_policy)
{
    Mutator *m = grown_world("fixed:900", (size_t)16 << 20);
    cr_assert_leq(heap_state(m->heap)->oldest->max_blocks, ((size_t)16 << 20) / BLOCK_SIZE);
    mutator_free(m);
}

Test(plugins, no_nursery_is_larger_than_the_machines_memory)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 16384;
    config.sanity_level = 3;
    config.clock = false;
    config.sizer = sizer(PLUGIN("broken_promises") ":kept");
    Mutator *m = mutator_new(&config, 11);
    heap_state(m->heap)->memory_words = 600 * BLOCK_WORDS;
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    cr_assert_eq(heap_state(m->heap)->nursery.blocks, 600);
    mutator_run(m, 3000);
    mutator_free(m);
}

Test(plugins, room_grows_with_the_square_root_of_what_lives_and_of_the_share_that_is_promoted)
{
    GcSizer *s = sizer("square-root:2");
    GcSizes sizes = {.generations = 2, .live = 400, .promoted = 100, .allocated = 1000, .minimum_old = 1};
    size_t room = s->functions->old_generation(s->state, &sizes) - 400;
    cr_assert_eq(room, (size_t)(2 * 506.0 * sqrt(400 * 0.1)));
    sizes.live = 1600;
    size_t of_four_times = s->functions->old_generation(s->state, &sizes) - 1600;
    cr_assert(of_four_times >= 2 * room && of_four_times <= 2 * room + 1);
    sizes.promoted = 400;
    cr_assert(s->functions->old_generation(s->state, &sizes) - 1600 >= 4 * room);
    sizes.allocated = 0;
    cr_assert_eq(s->functions->old_generation(s->state, &sizes), 1600);
    sizer_free(s);
}

/* What it is asked is what has happened. */
Test(plugins, promoted_and_allocated_blocks_are_counted)
{
    Mutator *m = grown_world("square-root", 0);
    const HeapState *h = heap_state(m->heap);
    const GcSizes *s = &h->sizes;
    cr_assert_eq(s->live, live_blocks(h));
    cr_assert(s->promoted > 0 && s->promoted <= s->allocated);
    cr_assert_gt(h->oldest->max_blocks, s->live);
    mutator_free(m);
}

Test(plugins, flags_name_policies_and_collectors)
{
    HeapConfig config;
    char error[400] = "";
    heap_config_default(&config);
    cr_assert_eq(heap_config_flag(&config, "--sizing=fixed:3", error, sizeof error), 1);
    cr_assert_eq(heap_config_flag(&config, "--sizing=square-root", error, sizeof error), 1);
    cr_assert_str_eq(config.sizer->functions->name, "square-root");
    cr_assert_eq(heap_config_flag(&config, "--sizing=worst", error, sizeof error), -1);
    cr_assert(strstr(error, "--sizing=worst: there is no sizing policy"), "%s", error);
    cr_assert_eq(
        heap_config_flag(&config, "--collector=" PLUGIN("collector_depth_first"), error, sizeof error), 1);
    cr_assert_str_eq(config.collector->name, "depth-first");
    sizer_free(config.sizer);
}
