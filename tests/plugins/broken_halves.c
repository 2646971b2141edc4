/* Parts that lack what they must have: refused when they are loaded. */
#include "blocks/placement.h"
#include "blocks/source_plugin.h"
#include "gc/collection.h"
#include "gc/sizing.h"

static void *half_open(const char *args, char *error, size_t size)
{
    (void)args;
    (void)error;
    (void)size;
    return NULL;
}

const BlockSourcePlugin thunkscope_block_source = {
    .abi = BLOCK_SOURCE_ABI, .name = "half", .open = half_open};
const BlockPlacement thunkscope_block_placement = {.abi = BLOCK_PLACEMENT_ABI};
const GcCollector thunkscope_gc_collector = {.version = GC_COLLECTOR_VERSION,
                                             .layout = GC_COLLECTOR_LAYOUT,
                                             .name = "half",
                                             .about = "has no functions",
                                             .most_generations = 1};
const GcSizing thunkscope_gc_sizing = {.abi = GC_SIZING_ABI, .name = "half", .open = half_open};
