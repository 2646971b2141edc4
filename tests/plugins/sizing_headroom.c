/* A sizing policy of one's own, as a worked example: an old generation may grow by so many MiB beyond what
 * lives in it, however much that is. Without an argument: 16.
 *
 *   thunkscope run PROG +RTS --sizing=./sizing_headroom.so:64
 */
#include "gc/sizing.h"

#include <stdio.h>
#include <stdlib.h>

enum { BLOCKS_OF_MEBIBYTE = 256, MOST_MEBIBYTES = 1 << 24 };

typedef struct Headroom {
    size_t blocks;
} Headroom;

/* A number from 1 on that is no more than a machine could have; 0: it is none. strtol, unlike strtoul, does
 * not turn -3 into a very large one. */
static long parse_mebibytes(const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);
    return end == text || *end || n < 1 || n > MOST_MEBIBYTES ? 0 : n;
}

static void *headroom_open(const char *args, char *error, size_t size)
{
    long mebibytes = args ? parse_mebibytes(args) : 16;
    if (mebibytes == 0) {
        snprintf(error, size, "headroom wants a number of MiB, 1 to %d, not `%s`", MOST_MEBIBYTES, args);
        return NULL;
    }
    Headroom *h = calloc(1, sizeof *h);
    if (h) h->blocks = (size_t)mebibytes * BLOCKS_OF_MEBIBYTE;
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
