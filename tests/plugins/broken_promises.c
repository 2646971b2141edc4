/* Breaks promises, one for each argument: a source whose runs are `crooked` or that has `none`, a placement
 * that answers with a group that is too `small`. Each must end in a clear story, not in a crash later on. Its
 * collector and its sizing policy lack functions: they are refused. */
#include "blocks/placement.h"
#include "blocks/source_plugin.h"
#include "gc/collection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Broken {
    char promise[16];
    BlockDescr *only;
    char *memory;
} Broken;

static void *broken_open(const char *args, char *error, size_t size)
{
    Broken *b = calloc(1, sizeof *b);
    if (!args) snprintf(error, size, "say which promise is to be broken");
    if (!args || !b) {
        free(b);
        return NULL;
    }
    snprintf(b->promise, sizeof b->promise, "%s", args);
    return b;
}

static void broken_close(void *state)
{
    free(((Broken *)state)->memory);
    free(state);
}

static void *broken_commit(void *state, size_t mblocks)
{
    Broken *b = state;
    if (strcmp(b->promise, "none") == 0) return NULL;
    b->memory = malloc((mblocks + 1) << 20);
    return b->memory + 16;
}

static void broken_decommit(void *state, void *run, size_t mblocks)
{
    (void)state;
    (void)run;
    (void)mblocks;
}

const BlockSourcePlugin thunkscope_block_source = {.abi = BLOCK_SOURCE_ABI,
                                                   .name = "broken",
                                                   .open = broken_open,
                                                   .close = broken_close,
                                                   .commit = broken_commit,
                                                   .decommit = broken_decommit};

static void broken_insert(void *state, BlockDescr *g) { ((Broken *)state)->only = g; }

static void broken_remove(void *state, BlockDescr *g)
{
    (void)g;
    ((Broken *)state)->only = NULL;
}

static BlockDescr *broken_take(void *state, uint32_t blocks, uint32_t *offset)
{
    BlockDescr *g = ((Broken *)state)->only;
    if (g) *offset = g->blocks - blocks + 1;
    return g;
}

static void broken_check(void *state, const PlacementCheck *check)
{
    if (((Broken *)state)->only) check->member(check, ((Broken *)state)->only);
}

const BlockPlacement thunkscope_block_placement = {.abi = BLOCK_PLACEMENT_ABI,
                                                   .name = "broken",
                                                   .open = broken_open,
                                                   .close = broken_close,
                                                   .insert = broken_insert,
                                                   .remove = broken_remove,
                                                   .take = broken_take,
                                                   .check = broken_check};

const GcCollector thunkscope_gc_collector = {.version = GC_COLLECTOR_VERSION,
                                             .layout = GC_COLLECTOR_LAYOUT,
                                             .name = "broken",
                                             .about = "has no functions",
                                             .most_generations = 1};
const GcSizing thunkscope_gc_sizing = {.abi = GC_SIZING_ABI, .name = "broken", .open = broken_open};
