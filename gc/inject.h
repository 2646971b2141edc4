/* Fault injection: one seeded corruption of a live heap for each invariant that the checker proves.
 *
 * The table gc/injections.def lists the ways; an invariant may have several, of which the seed chooses. A way
 * looks for a victim, breaks it by poking a few words, and remembers what they were. It answers false if the
 * heap holds no victim for it now. In a run (`--inject=NUMBER[:SEED]`) it is tried just before a check, from
 * a collection on that the seed chooses, until there is a victim; suites call it on heaps of their own.
 *
 * Always true: equal heaps and seeds give equal corruptions; inject_undo makes the heap whole again. */
#ifndef THUNKSCOPE_GC_INJECT_H
#define THUNKSCOPE_GC_INJECT_H

#include "gc/heap.h"

enum { INJECT_MOST_POKES = 24 };

typedef struct Injection {
    Heap *heap;
    uint64_t random;
    int number;      /* of the invariant; 0: nothing has been done */
    const char *way; /* what was done, in words */
    const void *where;
    struct {
        void *place;
        unsigned char old[8];
        size_t size;
    } pokes[INJECT_MOST_POKES];
    size_t count;
    void *opened; /* memory that was given back and has been made readable, or NULL */
} Injection;

/* Breaks the invariant in one of its ways; false: there is no victim, and nothing has changed. */
bool inject(Injection *in, Heap *heap, int number, uint64_t seed);
/* One way, by its row in the table. */
bool inject_row(Injection *in, Heap *heap, size_t row, uint64_t seed);
void inject_undo(Injection *in);

size_t inject_rows(void);
int inject_row_number(size_t row);
const char *inject_row_way(size_t row);
/* True if some row breaks that invariant. */
bool inject_is_known(int number);

#endif
