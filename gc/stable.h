/* Stable pointers and stable names: GHC's, for the evaluator and for embedders.
 *
 * A *stable pointer* is a number that stands for an object while the collector moves it, and keeps it alive,
 * until it is freed. Numbers count from 1; a freed one is used again, the one that was freed last first.
 *
 * A *stable name* is an object (kind STABLE_NAME) with a number, one for each object that was asked for its
 * name: the same name for the same object, whatever has moved it, other names for other objects. A name keeps
 * nothing alive; its number is free again when a collection finds the name dead. Indirections are looked
 * through: a thunk that was named and then evaluated hands its name on to its value, unless that has one of
 * its own. (GHC gives the value another name until the next collection.)
 *
 * Nothing here collects. Follows: GHC, rts/StablePtr.c, rts/StableName.c; Peyton Jones, Marlow, Elliott,
 * "Stretching the storage manager" (IFL 1999). */
#ifndef THUNKSCOPE_GC_STABLE_H
#define THUNKSCOPE_GC_STABLE_H

#include "gc/heap.h"

typedef Word StablePtr; /* 0 is none */

/* 0: out of memory. */
StablePtr heap_stable_ptr_new(Heap *heap, Ref object);
/* A number that is not in use is a programmer's error (a story, 254). */
Ref heap_stable_ptr_deref(const Heap *heap, StablePtr ptr);
/* 0 is ignored, as GHC does. */
void heap_stable_ptr_free(Heap *heap, StablePtr ptr);
size_t heap_stable_ptr_count(const Heap *heap);

/* The object's name, NULL if it has none yet. */
Closure *heap_stable_name_find(Heap *heap, Ref object);
#define STABLE_NAME_WORDS 2u
/* Makes the fresh words (STABLE_NAME_WORDS) the name of an object that has none. False: out of memory, and
 * the words are as they were. */
bool heap_stable_name_add(Heap *heap, Ref object, Word *words);
static inline Word stable_name_number(const Closure *name) { return ((const Word *)name)[1]; }

#endif
