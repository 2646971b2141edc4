/* How fast the collector copies: major collections of a live tree of three-word nodes, and of a list.
 *
 *   bench_gc [MEGABYTES] [COLLECTIONS] [THREADS] [COLLECTOR]     default: 100 10 1 gen-copy
 *
 * Prints, for each shape, live data copied, or marked in place, per second of CPU time that collections took,
 * and how long each of them kept the program waiting. `thinned` is the list, of which every second cell has
 * died since the last collection: one collection. `weaks` is a chain of weak pointers, shuffled, each of
 * which keeps the key of the next one. GHC's figure for the tree is in the project's performance
 * page. */
#include <stdio.h>
#include <stdlib.h>

#include "gc/heap.h"
#include "gc/weak.h"

typedef struct Bench {
    Heap *heap;
    InfoTable *node, *leaf;
    Ref root, spare[64];
} Bench;

static void roots(void *context, SlotVisitor visit, void *visit_context)
{
    Bench *b = context;
    if (b->root) visit(visit_context, &b->root);
    for (int i = 0; i < 64; i++)
        if (b->spare[i]) visit(visit_context, &b->spare[i]);
}

static Word *take(Bench *b, size_t words)
{
    Word *o = b->heap->hp;
    if (o + words > b->heap->hp_lim) {
        if (heap_need(b->heap, words) != HEAP_OK) exit(251);
        o = b->heap->hp;
    }
    b->heap->hp = o + words;
    return o;
}

static InfoTable *con(Bench *b, uint32_t ptrs, uint32_t nptrs, uint16_t tag)
{
    InfoTable *info = info_new(b->heap->infos, KIND_CON);
    info->ptrs = ptrs;
    info->nptrs = nptrs;
    info->words = 1 + ptrs + nptrs;
    info->tag = tag;
    info->con_tag = tag - 1u;
    return info;
}

/* Depth first, left before right, as a program builds a tree. */
static Ref tree(Bench *b, int depth)
{
    if (depth == 0) return b->spare[63];
    b->spare[2 * depth] = tree(b, depth - 1);
    Ref right = tree(b, depth - 1);
    b->spare[2 * depth + 1] = right;
    Word *o = take(b, 3);
    o[0] = (Word)b->node;
    o[1] = b->spare[2 * depth];
    o[2] = b->spare[2 * depth + 1];
    b->spare[2 * depth] = b->spare[2 * depth + 1] = 0;
    return ref_of((Closure *)o);
}

static void list(Bench *b, size_t cells)
{
    b->root = b->spare[63];
    for (size_t i = 0; i < cells; i++) {
        Word *o = take(b, 3);
        o[0] = (Word)b->node;
        o[1] = b->spare[63];
        o[2] = b->root;
        b->root = ref_of((Closure *)o);
    }
}

/* Drops every second cell. */
static void thin(Bench *b)
{
    for (Ref cell = b->root; cell != b->spare[63];) {
        Word *w = closure_words(ref_closure(cell));
        if (w[2] != b->spare[63]) w[2] = closure_words(ref_closure(w[2]))[2];
        cell = w[2];
    }
}

/* Key i, of the list of keys, keeps key i + 1, by weak pointers in an order of their own. */
static void weak_chain(Bench *b, size_t count)
{
    const size_t stride = 1000003; /* a prime */
    Ref *keys = malloc((count + 1) * sizeof *keys);
    list(b, count + 1);
    for (Ref cell = b->root, *key = keys; cell != b->spare[63]; cell = closure_words(ref_closure(cell))[2])
        *key++ = cell;
    for (size_t i = 0; i < count; i++) {
        Word *o = heap_alloc_no_gc(b->heap, kinds[KIND_WEAK].words);
        o[0] = (Word)info_std(b->heap->infos, STD_WEAK);
        o[WEAK_KEY] = keys[i * stride % count];
        o[WEAK_VALUE] = keys[i * stride % count + 1];
        o[WEAK_FINALIZER] = o[WEAK_C_FINALIZERS] = 0;
        heap_add_weak(b->heap, (Closure *)o);
    }
    for (size_t i = 0; i <= count; i++) closure_words(ref_closure(keys[i]))[2] = b->spare[63];
    b->root = keys[0];
    free(keys);
}

static void measure(Bench *b, const char *shape, int collections)
{
    HeapTotals before, after;
    heap_totals(b->heap, &before);
    uint32_t oldest = before.generation_count - 1;
    uint64_t cpu = before.gc_cpu_ns[oldest], pauses = before.gc_elapsed_ns[oldest],
             words = before.copied_words + before.kept_words;
    for (int i = 0; i < collections; i++) heap_collect(b->heap, true, GC_REASON_REQUESTED);
    heap_totals(b->heap, &after);
    double bytes = (double)(after.copied_words + after.kept_words - words) * WORD_BYTES,
           seconds = (double)(after.gc_cpu_ns[oldest] - cpu) / 1e9,
           pause = (double)(after.gc_elapsed_ns[oldest] - pauses) / 1e6 / collections;
    printf("%-7s %7.1f MB live, %2d collections: %.2f GB/s, %.1f ms each, pauses of %.1f ms\n", shape,
           bytes / collections / 1e6, collections, bytes / seconds / 1e9, 1000 * seconds / collections,
           pause);
}

static const GcCollector *collector_named(const char *name)
{
    char error[400];
    const GcCollector *collector = collector_find(name, error, sizeof error);
    if (!collector) fprintf(stderr, "bench_gc: %s\n", error);
    if (!collector) exit(2);
    return collector;
}

int main(int argc, char **argv)
{
    size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 100;
    int collections = argc > 2 ? atoi(argv[2]) : 10, depth = 1;
    HeapConfig config;
    heap_config_default(&config);
    if (argc > 3) config.gc_threads = (uint32_t)atoi(argv[3]);
    if (argc > 4) config.collector = collector_named(argv[4]);
    Bench b = {.heap = heap_new(&config)};
    b.node = con(&b, 2, 0, 2);
    b.leaf = con(&b, 0, 1, 1);
    Word *leaf = heap_alloc_static(b.heap, 2);
    leaf[0] = (Word)b.leaf;
    b.spare[63] = ref_of((Closure *)leaf);
    heap_add_roots(b.heap, ROOT_HANDLE, roots, &b);
    while (((size_t)24 << (depth + 1)) <= megabytes << 20) depth++;
    b.root = tree(&b, depth);
    heap_collect(b.heap, true, GC_REASON_REQUESTED);
    measure(&b, "tree", collections);
    b.root = 0;
    list(&b, (megabytes << 20) / 24);
    heap_collect(b.heap, true, GC_REASON_REQUESTED);
    measure(&b, "list", collections);
    thin(&b);
    measure(&b, "thinned", 1);
    b.root = 0;
    weak_chain(&b, megabytes << 10);
    measure(&b, "weaks", collections);
    heap_free(b.heap);
}
