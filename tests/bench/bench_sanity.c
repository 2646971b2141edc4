/* What sanity checking costs: milliseconds per megabyte of residency and collection, by level.
 *
 *   bench_sanity [MEGABYTES] [COLLECTIONS] [LEVEL [SHAPE [major|minor]]]     default: 100 8, all there are
 *
 * Measured as GHC's -DS is: the extra CPU time of a collection (the median), divided by what lives. Each
 * shape is built twice, with checks off and on; the check before and the check after a collection together
 * are one collection's cost. That the checker looked at every object and every reference is asserted: the
 * shapes know how many they have. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gc/heap.h"
#include "tests/unit/gc_tables.h"

enum { SPARE = 64, NIL = 63, MOST_COLLECTIONS = 1000 };

typedef struct Bench {
    Heap *heap;
    InfoTable *node, *leaf, *thunk, *fun, *selector;
    Ref root, spare[SPARE];
    uint64_t objects, references; /* of the shape */
} Bench;

static void roots(void *context, SlotVisitor visit, void *visit_context)
{
    Bench *b = context;
    if (b->root) visit(visit_context, &b->root);
    for (int i = 0; i < SPARE; i++)
        if (b->spare[i]) visit(visit_context, &b->spare[i]);
}

static Word *take(Bench *b, size_t words, size_t references)
{
    Word *o = b->heap->hp;
    if (o + words > b->heap->hp_lim) {
        if (heap_need(b->heap, words) != HEAP_OK) exit(251);
        o = b->heap->hp;
    }
    b->heap->hp = o + words;
    b->objects++;
    b->references += references;
    return o;
}

/* ---- Shapes */

/* Depth first, left before right, as a program builds a tree. */
static Ref tree(Bench *b, int depth)
{
    if (depth == 0) return b->spare[NIL];
    b->spare[2 * depth] = tree(b, depth - 1);
    Ref right = tree(b, depth - 1);
    b->spare[2 * depth + 1] = right;
    Word *o = take(b, 3, 2);
    o[0] = (Word)b->node;
    o[1] = b->spare[2 * depth];
    o[2] = b->spare[2 * depth + 1];
    b->spare[2 * depth] = b->spare[2 * depth + 1] = 0;
    return ref_of((Closure *)o);
}

static void build_tree(Bench *b, size_t bytes)
{
    int depth = 1;
    while (((size_t)24 << (depth + 1)) <= bytes) depth++;
    b->root = tree(b, depth);
}

static void build_list(Bench *b, size_t bytes)
{
    b->root = b->spare[NIL];
    for (size_t i = 0; i < bytes / 24; i++) {
        Word *o = take(b, 3, 2);
        o[0] = (Word)b->node;
        o[1] = b->spare[NIL];
        o[2] = b->root;
        b->root = ref_of((Closure *)o);
    }
}

static Word *link_cell(Bench *b, size_t words, size_t references, const void *header)
{
    Word *o = take(b, words, references);
    memset(o, 0, words * WORD_BYTES);
    o[0] = (Word)header;
    return o;
}

static const InfoTable *std(Bench *b, StdInfo which) { return info_std(b->heap->infos, which); }

/* The object number i of a chain through every kind; what it links to is b->root. */
static Word *any_kind(Bench *b, size_t i)
{
    Word *o;
    switch (i % 16) {
    case 0: o = link_cell(b, 4, 2, b->thunk), o[2] = b->root, o[3] = b->spare[NIL]; return o;
    case 1: o = link_cell(b, 2, 1, std(b, STD_MUT_VAR_DIRTY)), o[1] = b->root; return o;
    case 2: o = link_cell(b, 3, 1, b->selector), o[SELECTEE] = b->root; return o;
    case 3:
        o = link_cell(b, PAP_PAYLOAD + 2, 3, std(b, STD_PAP));
        o[PAP_COUNTS] = pap_counts(1, 2), o[PAP_FUN] = b->spare[NIL - 1];
        o[PAP_PAYLOAD] = b->root, o[PAP_PAYLOAD + 1] = b->spare[NIL];
        return o;
    case 4:
        o = link_cell(b, AP_PAYLOAD + 1, 2, std(b, STD_AP));
        o[AP_COUNTS] = pap_counts(0, 1), o[AP_FUN] = b->spare[NIL - 1], o[AP_PAYLOAD] = b->root;
        return o;
    case 5:
        o = link_cell(b, SMALL_PAYLOAD + 4, 4, std(b, STD_SMALL_MUT_ARR_PTRS_FROZEN));
        o[SMALL_PTRS] = 4;
        for (int k = 0; k < 4; k++) o[SMALL_PAYLOAD + k] = b->root;
        return o;
    case 6:
        o = link_cell(b, ARRAY_PAYLOAD + 9, 8, std(b, STD_MUT_ARR_PTRS_FROZEN));
        o[ARRAY_PTRS] = 8, o[ARRAY_SIZE] = 9;
        for (int k = 0; k < 8; k++) o[ARRAY_PAYLOAD + k] = b->root;
        return o;
    case 7:
        o = link_cell(b, BYTES_PAYLOAD + 6, 0, std(b, STD_ARR_WORDS)), o[BYTES_COUNT] = 45;
        b->spare[0] = ref_of((Closure *)o);
        o = link_cell(b, 3, 2, b->node), o[1] = b->spare[0], o[2] = b->root, b->spare[0] = 0;
        return o;
    default: o = link_cell(b, 3, 2, b->node), o[1] = b->spare[NIL], o[2] = b->root; return o;
    }
}

static void build_mix(Bench *b, size_t bytes)
{
    b->root = b->spare[NIL];
    for (size_t i = 0; b->objects < bytes / 32; i++) {
        Word *o = any_kind(b, i);
        b->root = ref_of((Closure *)o);
    }
}

typedef struct Shape {
    const char *name;
    void (*build)(Bench *b, size_t bytes);
} Shape;
static const Shape shapes[] = {{"tree", build_tree}, {"list", build_list}, {"mix", build_mix}};

/* ---- Measuring */

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void bench_new(Bench *b, uint32_t level)
{
    HeapConfig config;
    heap_config_default(&config);
    config.sanity_level = level;
    config.sanity_period = UINT32_MAX; /* not while it is built */
    *b = (Bench){.heap = heap_new(&config)};
    b->node = payload_info(b->heap->infos, KIND_CON, 2, 0, 2);
    b->leaf = payload_info(b->heap->infos, KIND_CON, 0, 1, 1);
    b->thunk = payload_info(b->heap->infos, KIND_THUNK, 2, 0, 0);
    b->fun = payload_info(b->heap->infos, KIND_FUN, 0, 1, 3);
    b->fun->arg_words = 3, b->fun->bitmap.inline_bits = 7;
    b->selector = info_new(b->heap->infos, KIND_THUNK_SELECTOR);
    Word *leaf = heap_alloc_static(b->heap, 2), *fun = heap_alloc_static(b->heap, 2);
    leaf[0] = (Word)b->leaf, leaf[1] = 0;
    fun[0] = (Word)b->fun, fun[1] = 0;
    b->spare[NIL] = ref_of((Closure *)leaf);
    b->spare[NIL - 1] = ref_of((Closure *)fun);
    heap_add_roots(b->heap, ROOT_HANDLE, roots, b);
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, by_time);
    return times[count / 2];
}

typedef struct Cost {
    double ms, megabytes; /* of one collection, the median; what lives */
} Cost;

static void assert_seen(Bench *b, const char *shape)
{
    HeapCheckCounts counts;
    heap_check(b->heap, 3, NULL);
    heap_check_counts(b->heap, &counts);
    if (counts.objects == b->objects + 2 && counts.references == b->references + 3) return;
    fprintf(stderr, "bench_sanity: %s: %zu objects and %zu references were checked, %zu and %zu are there\n",
            shape, counts.objects, counts.references, (size_t)b->objects + 2, (size_t)b->references + 3);
    exit(1);
}

/* The time of so many collections of the shape under a level. */
static Cost cost_of(const Shape *shape, uint32_t level, size_t bytes, int collections, bool major)
{
    Bench b;
    bench_new(&b, level);
    shape->build(&b, bytes);
    for (int i = 0; i < 2; i++) heap_collect(b.heap, true, GC_REASON_REQUESTED);
    if (level >= 3) assert_seen(&b, shape->name);
    b.heap->config.sanity_period = 1;
    heap_collect(b.heap, true, GC_REASON_REQUESTED);
    double times[MOST_COLLECTIONS];
    for (int i = 0; i < collections; i++) {
        double before = cpu_ms();
        heap_collect(b.heap, major, GC_REASON_REQUESTED);
        times[i] = cpu_ms() - before;
    }
    Cost cost = {median(times, collections), 0};
    HeapTotals totals;
    heap_totals(b.heap, &totals);
    cost.megabytes = (double)totals.max_live_words * WORD_BYTES / 1048576;
    heap_free(b.heap);
    return cost;
}

static void measure(const Shape *shape, uint32_t level, size_t bytes, int collections, bool major)
{
    Cost off = cost_of(shape, 0, bytes, collections, major),
         on = cost_of(shape, level, bytes, collections, major);
    printf("%-5s level %u, %s: %.3f ms per MB and collection (%.1f MB, %.1f ms each; unchecked %.1f ms)\n",
           shape->name, level, major ? "major" : "minor", (on.ms - off.ms) / on.megabytes, on.megabytes,
           on.ms, off.ms);
}

static bool is_wanted(const char *wanted, const char *name) { return !*wanted || !strcmp(wanted, name); }

int main(int argc, char **argv)
{
    size_t bytes = (argc > 1 ? strtoul(argv[1], NULL, 10) : 100) << 20;
    int collections = argc > 2 ? atoi(argv[2]) : 8;
    if (collections < 1 || collections > MOST_COLLECTIONS) return 2;
    uint32_t only = argc > 3 ? (uint32_t)atoi(argv[3]) : 0;
    const char *shape = argc > 4 ? argv[4] : "", *kind = argc > 5 ? argv[5] : "";
    for (uint32_t level = only ? only : 1; level <= (only ? only : 4); level++)
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
            for (int major = 1; major >= 0; major--)
                if (is_wanted(shape, shapes[i].name) && is_wanted(kind, major ? "major" : "minor"))
                    measure(&shapes[i], level, bytes, collections, major);
    return 0;
}
