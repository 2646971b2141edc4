/* Collectors by name: the argument of `--collector=NAME`. */
#include <stdio.h>
#include <string.h>

#include "gc/collector.h"

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

static void unknown_collector(const char *name, char *error, size_t size)
{
    int at = snprintf(error, size, "there is no collector \"%s\"; there are", name);
    for (size_t i = 0; i < COLLECTORS && at > 0 && (size_t)at < size; i++)
        at += snprintf(error + at, size - (size_t)at, "%s %s", i ? "," : "", collectors[i]->name);
}

const GcCollector *collector_find(const char *name, char *error, size_t size)
{
    for (size_t i = 0; i < COLLECTORS; i++)
        if (strcmp(collectors[i]->name, name) == 0) return collectors[i];
    unknown_collector(name, error, size);
    return NULL;
}
