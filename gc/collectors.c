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

/* NULL: it can be used. */
static const char *collector_fault(const SharedStruct *exported)
{
    const GcCollector *c = (const GcCollector *)(const void *)exported;
    if (c->layout != GC_COLLECTOR_LAYOUT)
        return "was built against other headers than this thunkscope: build it anew";
    if (!c->name || !c->about) return "has no name, or does not say what it is about";
    if (c->most_generations < 1 || c->most_generations > MAX_GENERATIONS)
        return "can tell 1 to 32 generations apart (most_generations)";
    if (!c->instead && !collects(c)) return "has neither `instead` nor all that a collection needs";
    return NULL;
}

static const GcCollector *collector_load(const char *path, char *error, size_t size)
{
    static const SharedPart part = {.what = "collector",
                                    .symbol = GC_COLLECTOR_SYMBOL,
                                    .abi = GC_COLLECTOR_VERSION,
                                    .bytes = sizeof(GcCollector),
                                    .fault = collector_fault};
    SharedObject object;
    if (!shared_object_open(&object, path, &part, error, size)) return NULL;
    if (!object.args) return (const GcCollector *)(const void *)object.exported;
    snprintf(error, size, "the collector in %s takes no argument", path);
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
