/* An arena: memory that is given out piece by piece and freed all at once. A scratch: a stack of bytes on
 * which a list of unknown length is gathered before it moves into an arena.
 *
 * Always true: pieces are zeroed, aligned to a word, and never move. Out of memory is a panic. */
#ifndef THUNKSCOPE_EVAL_ARENA_PRIVATE_H
#define THUNKSCOPE_EVAL_ARENA_PRIVATE_H

#include "blocks/word.h"

typedef struct Arena Arena;

Arena *eval_arena_new(void);
void eval_arena_free(Arena *a);
void *eval_arena_alloc(Arena *a, size_t bytes);
/* A copy of the bytes, with a NUL beyond them. */
char *eval_arena_copy(Arena *a, const void *bytes, size_t count);

#define ARENA_NEW(arena, type) ((type *)eval_arena_alloc(arena, sizeof(type)))

/* Lists nest: whoever pushes notes `used` first and takes everything above it. */
typedef struct Scratch {
    char *bytes;
    size_t used, room;
} Scratch;

void scratch_push(Scratch *s, const void *item, size_t bytes);
/* Moves what lies above `mark` into the arena; NULL if that is nothing. */
void *scratch_take(Scratch *s, size_t mark, Arena *a);
void scratch_free(Scratch *s);

/* Makes room for one more element in an array on the C heap that grows by doubling. */
void *array_grow(void *array, uint32_t count, size_t element);

#endif
