/* Random well-typed STG programs, as text.
 *
 * Types are the generator's own: STG has none. Whatever is written has the type that was asked for, and every
 * program ends: a function calls what stands before it, or itself with less fuel; what is recursive otherwise
 * is data.
 *
 * Everything comes from the seed. Each expression draws from a seed of its own, made of that of the
 * expression around it, so that one can be cut (the least of its type stands in its place) and the rest stays
 * as it was. */
#ifndef THUNKSCOPE_TESTS_GENERATE_H
#define THUNKSCOPE_TESTS_GENERATE_H

#include <stdint.h>

typedef struct Cuts {
    uint32_t count;
    uint64_t seeds[256];
} Cuts;

/* An expression that can be cut: its seed, and how many bytes it has become. */
typedef struct Piece {
    uint64_t seed;
    uint32_t bytes;
} Piece;

typedef struct Generated {
    char *text;
    uint32_t piece_count;
    Piece *pieces;
} Generated;

Generated generate_program(uint64_t seed, const Cuts *cuts);
void generated_free(Generated *g);

#endif
