/* FNV-1a, of 64 bits, over bytes: begin with HASH_START, or go on from another hash. */
#ifndef THUNKSCOPE_BLOCKS_HASH_H
#define THUNKSCOPE_BLOCKS_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#endif
