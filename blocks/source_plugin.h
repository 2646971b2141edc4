/* A block source of one's own: `--block-source=./FILE.so[:ARGS]`.
 *
 * Build a shared object that exports one BlockSourcePlugin under the name thunkscope_block_source:
 *
 *   #include "blocks/source_plugin.h"
 *   const BlockSourcePlugin thunkscope_block_source = {.abi = BLOCK_SOURCE_ABI, .name = "mine", …};
 *
 *   cc -shared -fPIC -I THUNKSCOPE -o mine.so mine.c
 *   thunkscope run PROG +RTS --block-source=./mine.so:ARGS
 *
 * A *megablock* is 1 MiB at an address that is a multiple of 1 MiB; a *run* is one megablock or several, one
 * behind the other. The source gives runs and takes them back; tests/plugins/source_file.c is a worked
 * example. Functions are called by one thread at a time for each state; several heaps have several states. */
#ifndef THUNKSCOPE_BLOCKS_SOURCE_PLUGIN_H
#define THUNKSCOPE_BLOCKS_SOURCE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define BLOCK_SOURCE_ABI    1u
#define BLOCK_SOURCE_SYMBOL "thunkscope_block_source"

typedef struct BlockSourcePlugin {
    uint32_t abi;     /* BLOCK_SOURCE_ABI: what this struct looks like */
    const char *name; /* for reports and traces */
    /* Begins a source; args is what follows "FILE:", or NULL. What it answers is `state` for the others.
     * NULL, and a sentence in error (of `size` bytes), if that cannot be. */
    void *(*open)(const char *args, char *error, size_t size);
    /* Ends it; all its runs are given up with it. */
    void (*close)(void *state);
    /* A run that can be read and written, of any contents; NULL: out of memory, which the heap survives. */
    void *(*commit)(void *state, size_t mblocks);
    /* Takes back a run, or a part of one: `mblocks` megablocks from `run` on. */
    void (*decommit)(void *state, void *run, size_t mblocks);
    /* The lowest address that it can give, if all that it gives lies within one range, and neighbouring runs
     * may be used as one and given back in other parts. May be NULL, or answer NULL: runs lie anywhere. */
    void *(*base)(void *state);
} BlockSourcePlugin;

#endif
