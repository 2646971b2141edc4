/* A sizing policy of one's own, as a worked example: an old generation may grow by so many MiB beyond what
 * lives in it, however much that is. Without an argument: 16.
 *
 *   thunkscope run PROG +RTS --sizing=./sizing_headroom.so:64
 */
#include "gc/sizing.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCKS_OF_MEBIBYTE = 256 };

typedef struct Headroom {
    size_t blocks;
} Headroom;

static void *headroom_open(const char *args, char *error, size_t size)
{
    char *end = NULL;
    unsigned long mebibytes = args ? strtoul(args, &end, 10) : 16;
    if (args && (end == args || *end || mebibytes == 0)) {
        snprintf(error, size, "headroom wants a number of MiB, not `%s`", args);
        return NULL;
    }
    Headroom *h = calloc(1, sizeof *h);
    if (h) h->blocks = mebibytes * BLOCKS_OF_MEBIBYTE;
    return h;
}

static size_t headroom_old_generation(void *state, const GcSizes *sizes)
{
    return sizes->live + ((Headroom *)state)->blocks;
}

const GcSizing thunkscope_gc_sizing = {
    .abi = GC_SIZING_ABI,
    .name = "headroom",
    .about = "[:MEBIBYTES] an old generation may grow by so much beyond what lives",
    .open = headroom_open,
    .close = free,
    .old_generation = headroom_old_generation,
};
