/* Sources of a user's own, from shared objects: a BlockSource over a BlockSourcePlugin, which is not believed
 * to keep its promises. */
#include "blocks/shared_object.h"
#include "blocks/source_plugin.h"
#include "blocks/source_private.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Shared {
    const BlockSourcePlugin *plugin;
    void *state, *object;
} Shared;

static void require_aligned(const BlockSourcePlugin *plugin, const char *address)
{
    require(((Word)address & (MBLOCK_SIZE - 1)) == 0,
            "the block source \"%s\" gives %p, which is not aligned to 1 MiB", plugin->name,
            (const void *)address);
}

static void *shared_commit(BlockSource *source, size_t mblocks)
{
    Shared *s = source->state;
    source->requests++;
    char *run = s->plugin->commit(s->state, mblocks);
    require_aligned(s->plugin, run);
    require(!run || run >= source->base, "the block source \"%s\" gives %p, which lies below its base",
            s->plugin->name, (void *)run);
    return run;
}

static void shared_decommit(BlockSource *source, void *run, size_t mblocks)
{
    Shared *s = source->state;
    s->plugin->decommit(s->state, run, mblocks);
}

static void shared_free(Shared *s)
{
    if (s->state) s->plugin->close(s->state);
    shared_object_close(s->object);
    free(s);
}

static void shared_close(BlockSource *source)
{
    shared_free(source->state);
    free(source);
}

static Shared *shared_begin(const SharedObject *object, char *error, size_t size)
{
    Shared *s = calloc(1, sizeof *s);
    snprintf(error, size, "no memory for a block source");
    if (!s) {
        shared_object_close(object->handle);
        return NULL;
    }
    s->plugin = (const BlockSourcePlugin *)(const void *)object->exported;
    s->object = object->handle;
    s->state = s->plugin->open(object->args, error, size);
    if (s->state) return s;
    shared_free(s);
    return NULL;
}

BlockSource *block_source_shared(const char *text, char *error, size_t size)
{
    SharedObject object;
    if (!shared_object_open(&object, text, BLOCK_SOURCE_SYMBOL, BLOCK_SOURCE_ABI, "block source", error,
                            size))
        return NULL;
    Shared *s = shared_begin(&object, error, size);
    BlockSource *source = s ? malloc(sizeof *source) : NULL;
    if (!source) {
        if (s) shared_free(s);
        return NULL;
    }
    char *base = s->plugin->base ? s->plugin->base(s->state) : NULL;
    require_aligned(s->plugin, base);
    *source = (BlockSource){.name = s->plugin->name,
                            .state = s,
                            .base = base,
                            .commit = shared_commit,
                            .decommit = shared_decommit,
                            .close = shared_close};
    return source;
}
