/* Sizing: how big generations and nursery may get (`--sizing=NAME[:ARGS]`, or `./FILE.so[:ARGS]`).
 *
 * The heap decides when: an old generation is collected when it holds more than the policy said after the
 * last major collection, and the nursery is resized after every collection. -M stands above every policy:
 * what it says is cut to what the limit leaves, and never below one block; nor is a nursery larger than the
 * machine's memory.
 *
 * A policy of one's own is a shared object that exports one GcSizing under the name thunkscope_gc_sizing:
 *
 *   #include "gc/sizing.h"
 *   const GcSizing thunkscope_gc_sizing = {.abi = GC_SIZING_ABI, .name = "mine", …};
 *
 *   cc -shared -fPIC -I THUNKSCOPE -o mine.so mine.c
 *   thunkscope run PROG +RTS --sizing=./mine.so:ARGS
 *
 * tests/plugins/sizing_headroom.c is a worked example. The answers must depend on what is asked alone: the
 * sanity checker asks again (42), and equal runs are to collect alike. */
#ifndef THUNKSCOPE_GC_SIZING_H
#define THUNKSCOPE_GC_SIZING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GC_SIZING_ABI    1u
#define GC_SIZING_SYMBOL "thunkscope_gc_sizing"

/* What a policy may go by. In blocks of 4 KiB, but for what says otherwise. */
typedef struct GcSizes {
    uint32_t generations;
    bool in_place;          /* the next collection of the oldest generation takes no room for its copy */
    double factor;          /* -F */
    size_t minimum_old;     /* -O */
    size_t minimum_nursery; /* -A */
    size_t limit;           /* -M; 0: none */
    size_t suggested;       /* -H; 0: none */
    size_t live;            /* in the oldest generation, large objects included, after a major collection */
    size_t live_small;      /* of these, not large */
    size_t promoted;        /* that came to the oldest generation from one major collection to the last one */
    size_t allocated;       /* by the program in the same time */
    size_t taken;           /* that generations hold, and copying will take at the next collection */
    size_t nursery_survivors; /* of a hundred blocks of the nursery, full again after the last minor one */
} GcSizes;

typedef struct GcSizing {
    uint32_t abi; /* GC_SIZING_ABI: what these structs look like */
    const char *name, *about;
    /* Begins a policy for one heap; args is what follows "NAME:", or NULL. What it answers is `state` for the
     * others. NULL, and a sentence in error (of `size` bytes), if that cannot be. */
    void *(*open)(const char *args, char *error, size_t size);
    void (*close)(void *state);
    /* After a major collection: what an old generation may hold before it is collected. Not asked of a heap
     * of one generation. */
    size_t (*old_generation)(void *state, const GcSizes *sizes);
    /* After every collection: the nursery. NULL: sizing_nursery. */
    size_t (*nursery)(void *state, const GcSizes *sizes);
} GcSizing;

/* GHC's nursery: -A; with -H what the suggested size leaves, so much that copying what will live of it has
 * room too; with one generation as much as may grow there before it is copied. */
size_t sizing_nursery(const GcSizes *sizes);

/* ---- Chosen policies */

typedef struct GcSizer {
    const GcSizing *functions;
    void *state, *object;
} GcSizer;

/* NULL, and a sentence in error, if there is none of that name, or it does not like its argument. */
GcSizer *sizer_parse(const char *text, char *error, size_t size);
void sizer_free(GcSizer *sizer); /* NULL: nothing happens */
/* Row `index` of the table of policies, the default first; NULL behind its end. */
const GcSizing *sizing_at(size_t index);

#endif
