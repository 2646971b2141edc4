/* The source `faulty`: another source, one of whose requests fails: for tests of what happens then. */
#include "blocks/source.h"

#include <stdlib.h>

typedef struct Faulty {
    BlockSource *inner;
    size_t n;
    bool onwards;
} Faulty;

static void *faulty_commit(BlockSource *source, size_t mblocks)
{
    Faulty *faulty = source->state;
    source->requests++;
    bool fails = faulty->onwards ? source->requests >= faulty->n : source->requests == faulty->n;
    return fails ? NULL : faulty->inner->commit(faulty->inner, mblocks);
}

static void faulty_decommit(BlockSource *source, void *run, size_t mblocks)
{
    Faulty *faulty = source->state;
    faulty->inner->decommit(faulty->inner, run, mblocks);
}

static void faulty_close(BlockSource *source)
{
    Faulty *faulty = source->state;
    faulty->inner->close(faulty->inner);
    free(faulty);
    free(source);
}

BlockSource *block_source_faulty(BlockSource *inner, size_t n, bool onwards)
{
    if (!inner) return NULL;
    BlockSource *source = malloc(sizeof *source);
    Faulty *faulty = malloc(sizeof *faulty);
    if (!source || !faulty) {
        free(source);
        free(faulty);
        inner->close(inner);
        return NULL;
    }
    *faulty = (Faulty){inner, n, onwards};
    *source = (BlockSource){.name = "faulty",
                            .state = faulty,
                            .base = inner->base,
                            .inaccessible = inner->inaccessible,
                            .commit = faulty_commit,
                            .decommit = faulty_decommit,
                            .close = faulty_close};
    return source;
}
