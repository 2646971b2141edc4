/* Exports the right versions and nothing behind them: refused before what is not there is read. */
#include "blocks/placement.h"
#include "blocks/source_plugin.h"
#include "gc/collector.h"
#include "gc/sizing.h"

const uint32_t thunkscope_block_source = BLOCK_SOURCE_ABI;
const uint32_t thunkscope_block_placement = BLOCK_PLACEMENT_ABI;
const uint32_t thunkscope_gc_collector = GC_COLLECTOR_VERSION;
const uint32_t thunkscope_gc_sizing = GC_SIZING_ABI;
