/* Built for a version of both structs that does not exist: refused before any function is called. */
#include "blocks/placement.h"
#include "blocks/source_plugin.h"

const BlockSourcePlugin thunkscope_block_source = {.abi = BLOCK_SOURCE_ABI + 1, .name = "of another time"};
const BlockPlacement thunkscope_block_placement = {.abi = BLOCK_PLACEMENT_ABI + 1, .name = "of another time"};
