/* semispace, but for the promise that the environment variable BROKEN_PROMISE names when it is loaded: a
 * collection may need `endless` blocks, or `no` blocks; in place of one nothing is done (`idle`), or what is
 * answered is no status (`unknown`); what survives is said to be where it was (`unmoved`), or `nowhere`. Each
 * must end in a clear story, not in a crash later on. */
#include "gc/collection.h"

#include <stdlib.h>
#include <string.h>

extern const GcCollector collector_semispace;

GcCollector thunkscope_gc_collector;

static size_t endless(const Heap *heap, uint32_t collected)
{
    (void)heap;
    (void)collected;
    return SIZE_MAX;
}

static size_t no(const Heap *heap, uint32_t collected)
{
    (void)heap;
    (void)collected;
    return 0;
}

static HeapStatus idle(Heap *heap, GcReason reason)
{
    (void)heap;
    (void)reason;
    return HEAP_OK;
}

static HeapStatus unknown(Heap *heap, GcReason reason)
{
    (void)heap;
    (void)reason;
    return (HeapStatus)7;
}

static Closure *unmoved(Collection *c, Closure *object)
{
    (void)c;
    return object;
}

static Closure *nowhere(Collection *c, Closure *object)
{
    (void)c;
    (void)object;
    return (Closure *)8;
}

__attribute__((constructor)) static void choose(void)
{
    const char *promise = getenv("BROKEN_PROMISE");
    GcCollector *c = &thunkscope_gc_collector;
    *c = collector_semispace;
    c->layout = GC_COLLECTOR_LAYOUT;
    c->name = "broken collector";
    if (!promise) return;
    if (strcmp(promise, "endless") == 0) c->worst_case_blocks = endless;
    if (strcmp(promise, "no") == 0) c->worst_case_blocks = no;
    if (strcmp(promise, "idle") == 0) c->instead = idle;
    if (strcmp(promise, "unknown") == 0) c->instead = unknown;
    if (strcmp(promise, "unmoved") == 0) c->survivor = unmoved;
    if (strcmp(promise, "nowhere") == 0) c->survivor = nowhere;
}
