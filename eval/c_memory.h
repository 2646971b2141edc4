/* What C's malloc and its like give a program: memory where equal runs have it.
 *
 * A store is a range of addresses in one of a few slots, far from the heap, the program and its libraries.
 * Its chunks have sizes that are powers of two, each size a list of free ones; a chunk begins with its head,
 * or for the sake of alignment has it later, just before what the program sees. Memory that C's own functions
 * have taken for the program is C's: it can be given back and resized here, too. Not the other way round:
 * what stands in a store is not to be freed by C itself. */
#ifndef THUNKSCOPE_EVAL_C_MEMORY_H
#define THUNKSCOPE_EVAL_C_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct CMemory CMemory;

CMemory *c_memory_new(void); /* NULL: no slot is to be had; then all memory is C's */
void c_memory_delete(CMemory *memory);
/* Aligned to `align`, a power of two, and to 16 bytes. NULL, with errno: no memory. */
void *c_memory_take(CMemory *memory, size_t bytes, size_t align);
void *c_memory_take_zeroed(CMemory *memory, size_t count, size_t bytes);
void *c_memory_resize(CMemory *memory, void *old, size_t bytes);
char *c_memory_copy(CMemory *memory, const char *text);
void c_memory_free(
    void *old); /* of whichever store, or C's; a function that a program may have the address of */
/* True if some store has, or could have, this address. */
bool c_memory_is_at(const void *address);

#endif
