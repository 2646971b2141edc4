/* Sources over another source: `faulty`, one of whose requests fails, for tests of what happens then;
 * `guard`, which gives what the other gives and has freed groups guarded (blocks/guard_private.h). */
#include "blocks/source_private.h"

#include <stdlib.h>

typedef struct Over {
    BlockSource *inner;
    size_t fails; /* the request that fails; 0: none */
    bool onwards;
} Over;

static void *over_commit(BlockSource *source, size_t mblocks)
{
    Over *over = source->state;
    source->requests++;
    bool fails = source->requests == over->fails || (over->onwards && source->requests > over->fails);
    return fails ? NULL : over->inner->commit(over->inner, mblocks);
}

static void over_decommit(BlockSource *source, void *run, size_t mblocks)
{
    Over *over = source->state;
    over->inner->decommit(over->inner, run, mblocks);
}

static void over_close(BlockSource *source)
{
    Over *over = source->state;
    over->inner->close(over->inner);
    free(over);
    free(source);
}

static void over_describe(const BlockSource *source, char *out, size_t size)
{
    const BlockSource *inner = ((const Over *)source->state)->inner;
    inner->describe(inner, out, size);
}

static BlockSource *source_over(const char *name, size_t quarantine, Over over)
{
    if (!over.inner) return NULL;
    Over *state = malloc(sizeof *state);
    if (state) *state = over;
    BlockSource *source =
        source_new(state, (BlockSource){.name = name,
                                        .base = over.inner->base,
                                        .inaccessible = over.inner->inaccessible,
                                        .mblocks = over.inner->mblocks,
                                        .quarantine = quarantine,
                                        .inner = over.inner,
                                        .commit = over_commit,
                                        .decommit = over_decommit,
                                        .close = over_close,
                                        .describe = over.inner->describe ? over_describe : NULL});
    if (!source) over.inner->close(over.inner);
    return source;
}

BlockSource *block_source_faulty(BlockSource *inner, size_t n, bool onwards)
{
    return source_over("faulty", inner ? inner->quarantine : 0, (Over){inner, n, onwards});
}

BlockSource *block_source_guard(BlockSource *inner, size_t bytes)
{
    return source_over("guard", bytes >> BLOCK_SHIFT ? bytes >> BLOCK_SHIFT : 1, (Over){.inner = inner});
}
