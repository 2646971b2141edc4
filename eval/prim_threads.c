/* The thread that runs, which is the only one: what it may ask about itself. Follows: GHC, rts/PrimOps.cmm.
 */
#include "eval/prim_private.h"
#include "gc/statistics.h"

/* Counts down from 0, a byte at a time. */
bool prim_allocation_counter(Machine *m, const PrimCall *call)
{
    HeapTotals totals;
    heap_totals(m->heap, &totals);
    prim_result(m, call, 0, 0 - totals.allocated_words * sizeof(Word));
    return true;
}

/* GHC's own library has come to where it believes it cannot. */
bool prim_panic(Machine *m, const PrimCall *call) { panic("%s", (const char *)prim_arg(m, call, 0)); }

bool prim_my_thread(Machine *m, const PrimCall *call)
{
    prim_result(m, call, 0, (Word)m->tso);
    return true;
}
