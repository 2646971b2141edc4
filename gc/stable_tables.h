/* The tables behind gc/stable.h. For gc/, and for tests that corrupt them. */
#ifndef THUNKSCOPE_GC_STABLE_TABLES_H
#define THUNKSCOPE_GC_STABLE_TABLES_H

#include "closures/closure.h"
#include "gc/observer.h"

/* Entry 0 is nobody's. Free entries are linked through `next`; the list ends with 0. */
typedef struct StablePtrEntry {
    Ref object; /* 0: free */
    uint32_t next;
} StablePtrEntry;

typedef struct StableNameEntry {
    Closure *name;   /* NULL: free */
    Closure *object; /* NULL: it has died, or another name is its value's; untagged */
    uint32_t next;
    bool young; /* it is on the list of young ones */
} StableNameEntry;

/* Always true (63): the list of free entries ends, and holds exactly those that are not in use; names of live
 * objects are in `hash`, each where its address leads. An entry whose name or object is not in the oldest
 * generation is on the list of young ones, so that minor collections need not look at the others. */
typedef struct StableTables {
    StablePtrEntry *ptrs;
    uint32_t ptr_end, ptr_room, free_ptr; /* entries [1, ptr_end) have been in use */
    size_t ptr_count;
    StableNameEntry *names;
    uint32_t name_end, name_room, free_name;
    size_t name_count;
    uint32_t *young; /* numbers of entries, as much room as names */
    uint32_t young_count;
    bool readdressed;   /* by stable_each_name_slot, since the last rehash */
    uint32_t *hash;     /* entry by address, open addressing; 0: nobody */
    uint32_t hash_room; /* a power of two, at least four times name_end */
    uint32_t stale;     /* places in hash that lead nowhere: at most name_end */
} StableTables;

void stable_each_root(StableTables *t, void (*visit)(void *context, RootClass class_, Ref *slot),
                      void *context);
void stable_each_name_slot(StableTables *t, SlotVisitor visit, void *context);
/* At a collection's end: if the collector has given other addresses, finds every name anew. */
void stable_names_finish(StableTables *t);
/* The entry whose object it is, or 0. */
uint32_t stable_name_at(const StableTables *t, const Closure *object);
/* Minor collections need not look at it: it is in the oldest generation, does not move, or is NULL. */
struct HeapState;
bool stable_is_settled(const struct HeapState *h, const Closure *object);
void stable_free(StableTables *t);

#endif
