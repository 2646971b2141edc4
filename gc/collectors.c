/* Collectors by name: the argument of `--collector=NAME`. */
#include <stdio.h>
#include <string.h>

#include "blocks/shared_object.h"
#include "gc/collection.h"

#define COLLECTOR(name) extern const GcCollector collector_##name;
#include "gc/collectors.def"
#undef COLLECTOR

static const GcCollector *const collectors[] = {
#define COLLECTOR(name) &collector_##name,
#include "gc/collectors.def"
#undef COLLECTOR
};

enum { COLLECTORS = sizeof collectors / sizeof *collectors };

const GcCollector *collector_at(size_t index) { return index < COLLECTORS ? collectors[index] : NULL; }
const GcCollector *collector_default(void) { return collectors[0]; }

static const char *collector_name_at(size_t index)
{
    return index < COLLECTORS ? collectors[index]->name : NULL;
}

/* ---- A user's own */

static bool collects(const GcCollector *c)
{
    return c->worst_case_blocks && c->prepare && c->evacuate && c->drain && c->survivor && c->finish &&
           (c->remembered || c->most_generations == 1);
}

static const char *layout_fault(const SharedStruct *exported)
{
    const GcCollector *c = (const GcCollector *)(const void *)exported;
    return c->layout ? NULL : "does not say against which headers it was built (GC_COLLECTOR_LAYOUT)";
}

/* False, and a sentence in error: it sees the heap otherwise than it is. */
static bool layout_agrees(const GcLayoutRow *theirs, const char *path, char *error, size_t size)
{
    const GcLayoutRow *ours = GC_COLLECTOR_LAYOUT;
    for (; ours->name && theirs->name && strcmp(ours->name, theirs->name) == 0; ours++, theirs++) {
        if (ours->value == theirs->value) continue;
        snprintf(
            error, size,
            "the collector in %s was built against other headers: %s is %#zx there, %#zx here; build it anew",
            path, ours->name, theirs->value, ours->value);
        return false;
    }
    if (!ours->name && !theirs->name) return true;
    snprintf(
        error, size,
        "the collector in %s was built against other headers: where they have %s, this thunkscope has %s; "
        "build it anew",
        path, theirs->name ? theirs->name : "nothing", ours->name ? ours->name : "nothing");
    return false;
}

/* NULL: it can be used. */
static const char *collector_fault(const GcCollector *c)
{
    if (!c->name || !c->about) return "has no name, or does not say what it is about";
    if (c->most_generations < 1 || c->most_generations > MAX_GENERATIONS)
        return "can tell 1 to 32 generations apart (most_generations)";
    if (!c->instead && !collects(c)) return "has neither `instead` nor all that a collection needs";
    return NULL;
}

static bool collector_is_usable(const GcCollector *c, const SharedObject *object, const char *path,
                                char *error, size_t size)
{
    if (!layout_agrees(c->layout, path, error, size)) return false;
    const char *fault = object->args ? "takes no argument" : collector_fault(c);
    if (fault) snprintf(error, size, "the collector in %s %s", path, fault);
    return !fault;
}

static const GcCollector *collector_load(const char *path, char *error, size_t size)
{
    static const SharedPart part = {.what = "collector",
                                    .symbol = GC_COLLECTOR_SYMBOL,
                                    .abi = GC_COLLECTOR_VERSION,
                                    .bytes = sizeof(GcCollector),
                                    .fault = layout_fault};
    SharedObject object;
    if (!shared_object_open(&object, path, &part, error, size)) return NULL;
    const GcCollector *c = (const GcCollector *)(const void *)object.exported;
    if (collector_is_usable(c, &object, path, error, size)) return c;
    shared_object_close(object.handle);
    return NULL;
}

/* ---- By name */

const GcCollector *collector_find(const char *name, char *error, size_t size)
{
    if (shared_object_is_named(name)) return collector_load(name, error, size);
    for (size_t i = 0; i < COLLECTORS; i++)
        if (strcmp(collectors[i]->name, name) == 0) return collectors[i];
    shared_object_unknown("collector", name, collector_name_at, error, size);
    return NULL;
}
