/* Weak pointers: GHC's, with its semantics. For the evaluator and for embedders.
 *
 * A weak pointer (an object of kind WEAK: key, value, finalizer, C finalizers) does not keep what it refers
 * to. While its key is alive, it, its value and its finalizer are: whether anything else leads to them or
 * not. When a collection finds its key dead, the weak pointer becomes a tombstone (DEAD_WEAK, without
 * fields), and its finalizer waits to be run, once. Keys that finalizers bring back are dead to weak pointers
 * all the same.
 *
 * Finalizers of one collection wait in the order in which their weak pointers came to their generation, older
 * generations first; equal runs give the same order, GHC promises none.
 *
 * C finalizers are calls of C functions, which run when the collection that found the key dead is over, when
 * the program finalizes the weak pointer, or when the program ends: once, and not on the heap, which they
 * must leave alone. The field holds a byte array of CFinalizers, or 0.
 *
 * Follows: GHC, rts/sm/MarkWeak.c, rts/Weak.c; Peyton Jones, Marlow, Elliott, "Stretching the storage
 * manager: weak pointers and stable names in Haskell" (IFL 1999); Hayes, "Ephemerons" (OOPSLA 1997). */
#ifndef THUNKSCOPE_GC_WEAK_H
#define THUNKSCOPE_GC_WEAK_H

#include "gc/heap.h"

/* A weak pointer has been made, all of its fields are set (no finalizer: 0; no C finalizers: 0). To be called
 * before the next collection. Never collects. */
void heap_add_weak(Heap *heap, Closure *weak);
/* The program finalizes it: it becomes a tombstone. Answers its finalizer, 0 if it has none or is a tombstone
 * already. Never collects. */
Ref heap_finalize_weak(Heap *heap, Closure *weak);
/* True if its key is not known to be dead. */
static inline bool weak_is_alive(const Heap *heap, const Closure *weak)
{
    return weak->info == info_std(heap->infos, STD_WEAK);
}

/* function(pointer), or function(environment, pointer). */
typedef struct CFinalizer {
    Word function, pointer, has_environment, environment;
} CFinalizer;

void c_finalizer_call(const CFinalizer *f);
/* Words of the byte array that heap_add_c_finalizer needs for one more. */
size_t heap_c_finalizer_words(const Closure *weak);
/* `array` is fresh, of so many words: it becomes the weak pointer's, with what it had before. The weak
 * pointer is alive. Never collects. */
void heap_add_c_finalizer(Heap *heap, Closure *weak, Word *array, CFinalizer finalizer);
/* The program ends: runs those of all weak pointers that are alive. None is run after that. */
void heap_run_c_finalizers(Heap *heap);

/* Finalizers that wait, roots until they are taken; and the next one of them (there is one), from here on the
 * caller's to keep. Neither collects. */
size_t heap_finalizers_waiting(const Heap *heap);
Ref heap_take_finalizer(Heap *heap);

#endif
