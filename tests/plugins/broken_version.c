/* Built for a version of all structs that does not exist: refused before any function is called. */
#include "blocks/placement.h"
#include "blocks/source_plugin.h"
#include "gc/collector.h"
#include "gc/sizing.h"

const BlockSourcePlugin thunkscope_block_source = {.abi = BLOCK_SOURCE_ABI + 1, .name = "of another time"};
const GcCollector thunkscope_gc_collector = {.version = GC_COLLECTOR_VERSION + 1};
const GcSizing thunkscope_gc_sizing = {.abi = GC_SIZING_ABI + 1};
const BlockPlacement thunkscope_block_placement = {.abi = BLOCK_PLACEMENT_ABI + 1, .name = "of another time"};
