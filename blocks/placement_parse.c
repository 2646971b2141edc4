/* Placements by name: the argument of `--block-placement=NAME[:ARGS]`. */
#include "blocks/placement.h"
#include "blocks/placement_private.h"
#include "blocks/shared_object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const BlockPlacement *const placements[] = {&block_placement_buckets, &block_placement_best_fit,
                                                   &block_placement_buddy};

enum { PLACEMENTS = sizeof placements / sizeof *placements };

void *placement_state_new(const char *name, size_t bytes, const char *args, char *error, size_t size)
{
    if (!args) return calloc(1, bytes);
    snprintf(error, size, "the block placement \"%s\" takes no argument", name);
    return NULL;
}

BlockPlacer *block_placer_new(const BlockPlacement *functions, const char *args, char *error, size_t size)
{
    BlockPlacer *placer = calloc(1, sizeof *placer);
    snprintf(error, size, "no memory for the block placement \"%s\"", functions->name);
    if (!placer) return NULL;
    placer->functions = functions;
    placer->state =
        shared_object_begin("block placement", functions->name, functions->open, args, error, size);
    if (placer->state) return placer;
    free(placer);
    return NULL;
}

void block_placer_free(BlockPlacer *placer)
{
    if (!placer) return;
    placer->functions->close(placer->state);
    shared_object_close(placer->object);
    free(placer);
}

static const char *placement_fault(const SharedStruct *exported)
{
    const BlockPlacement *p = (const BlockPlacement *)(const void *)exported;
    if (p->name && p->open && p->close && p->insert && p->remove && p->take && p->check) return NULL;
    return "needs a name, open, close, insert, remove, take and check";
}

static BlockPlacer *shared_placer(const char *text, char *error, size_t size)
{
    static const SharedPart part = {.what = "block placement",
                                    .symbol = BLOCK_PLACEMENT_SYMBOL,
                                    .abi = BLOCK_PLACEMENT_ABI,
                                    .bytes = sizeof(BlockPlacement),
                                    .fault = placement_fault};
    SharedObject object;
    if (!shared_object_open(&object, text, &part, error, size)) return NULL;
    BlockPlacer *placer =
        block_placer_new((const BlockPlacement *)(const void *)object.exported, object.args, error, size);
    if (placer)
        placer->object = object.handle;
    else
        shared_object_close(object.handle);
    return placer;
}

static const char *placement_name_at(size_t index)
{
    return index < PLACEMENTS ? placements[index]->name : NULL;
}

BlockPlacer *block_placement_parse(const char *text, char *error, size_t size)
{
    if (shared_object_is_named(text)) return shared_placer(text, error, size);
    size_t length = strcspn(text, ":");
    const char *args = text[length] ? text + length + 1 : NULL;
    for (size_t i = 0; i < PLACEMENTS; i++)
        if (strlen(placements[i]->name) == length && !strncmp(placements[i]->name, text, length))
            return block_placer_new(placements[i], args, error, size);
    shared_object_unknown("block placement", text, placement_name_at, error, size);
    return NULL;
}
