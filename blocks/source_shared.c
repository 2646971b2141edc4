/* Sources of a user's own, from shared objects: a BlockSource over a BlockSourcePlugin, which is not believed
 * to keep its promises. */
#include "blocks/mblock_directory.h"
#include "blocks/shared_object.h"
#include "blocks/source_plugin.h"
#include "blocks/source_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct Shared {
    const BlockSourcePlugin *plugin;
    void *state, *object;
} Shared;

/* ---- What it gives */

static void require_aligned(const BlockSourcePlugin *plugin, const char *address)
{
    require(((Word)address & (MBLOCK_SIZE - 1)) == 0,
            "the block source \"%s\" gives %p, which is not aligned to 1 MiB", plugin->name,
            (const void *)address);
}

static void require_in_range(const BlockSourcePlugin *plugin, const char *base, const char *run,
                             size_t mblocks)
{
    require(mblocks <= (UINTPTR_MAX - (Word)run) >> MBLOCK_SHIFT,
            "the block source \"%s\" gives %p, which has no %zu MiB behind it", plugin->name,
            (const void *)run, mblocks);
    require(run >= base, "the block source \"%s\" gives %p, which lies below its base", plugin->name,
            (const void *)run);
    require(!base || (size_t)(run - base) >> MBLOCK_SHIFT <= MBLOCKS_AT_MOST - mblocks,
            "the block source \"%s\" gives %p, which lies more than %zu MiB above its base", plugin->name,
            (const void *)run, MBLOCKS_AT_MOST);
}

/* Has the system read a byte and write it back: it answers with an error where we would fault. */
static bool can_be_used(const int ends[2], char *p)
{
    return write(ends[1], p, 1) == 1 && read(ends[0], p, 1) == 1;
}

/* Where there is no pipe to be had, it is believed. */
static void require_usable(const BlockSourcePlugin *plugin, char *run, size_t mblocks)
{
    int ends[2];
    if (pipe(ends) != 0) return;
    char *last = run + mblocks * MBLOCK_SIZE - 1;
    for (char *mblock = run; mblock <= last; mblock += MBLOCK_SIZE)
        require(can_be_used(ends, mblock) && can_be_used(ends, last),
                "the block source \"%s\" gives %zu MiB at %p, of which not all can be read and written",
                plugin->name, mblocks, (void *)run);
    close(ends[0]);
    close(ends[1]);
}

static void *shared_commit(BlockSource *source, size_t mblocks)
{
    Shared *s = source->state;
    source->requests++;
    char *run = s->plugin->commit(s->state, mblocks);
    if (!run) return NULL;
    require_aligned(s->plugin, run);
    require_in_range(s->plugin, source->base, run, mblocks);
    require_usable(s->plugin, run, mblocks);
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

/* ---- Beginning */

static const char *plugin_fault(const SharedStruct *exported)
{
    const BlockSourcePlugin *p = (const BlockSourcePlugin *)(const void *)exported;
    if (p->name && p->open && p->close && p->commit && p->decommit) return NULL;
    return "needs a name, open, close, commit and decommit";
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
    s->state =
        shared_object_begin("block source", s->plugin->name, s->plugin->open, object->args, error, size);
    if (s->state) return s;
    shared_free(s);
    return NULL;
}

BlockSource *block_source_shared(const char *text, char *error, size_t size)
{
    static const SharedPart part = {.what = "block source",
                                    .symbol = BLOCK_SOURCE_SYMBOL,
                                    .abi = BLOCK_SOURCE_ABI,
                                    .bytes = sizeof(BlockSourcePlugin),
                                    .fault = plugin_fault};
    SharedObject object;
    if (!shared_object_open(&object, text, &part, error, size)) return NULL;
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
