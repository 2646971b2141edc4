/* MVar#: one value, or none, which is 0.
 *
 * There is one thread: whoever would wait for another waits for ever, and is told so at once
 * (blockedIndefinitelyOnMVar), masked or not. GHC finds that out in a collection; no finalizer can put it
 * right there either, since the thread is told before they run. So the queue is always empty. Follows: GHC,
 * rts/PrimOps.cmm. */
#include "eval/prim_private.h"

static Word value_of(Closure *mvar) { return closure_words(mvar)[MVAR_VALUE]; }

static void set_value(Machine *m, Closure *mvar, Word value)
{
    Word old = value_of(mvar);
    heap_dirty_mvar(m->heap, mvar);
    closure_words(mvar)[MVAR_VALUE] = value;
    if (m->careful && m->observer.wrote) m->observer.wrote(m->observer.context, mvar, MVAR_VALUE, old, value);
}

/* The exception is the last argument: the compiler adds it. */
static bool blocked(Machine *m, const PrimCall *call, uint32_t exception)
{
    m->pending = prim_arg(m, call, exception);
    return true;
}

bool prim_new_mvar(Machine *m, const PrimCall *call)
{
    size_t words = kinds[KIND_MVAR].words;
    Word *w = machine_alloc(m, words);
    if (!w) return false;
    w[0] = (Word)info_std(m->infos, STD_MVAR_DIRTY);
    w[MVAR_HEAD] = w[MVAR_TAIL] = w[MVAR_VALUE] = 0;
    machine_allocated(m, w, w + words);
    prim_result(m, call, 0, (Word)w);
    return true;
}

/* takeMVar#, readMVar# */
bool prim_take_mvar(Machine *m, const PrimCall *call)
{
    Closure *mvar = prim_object(m, call, 0);
    Word value = value_of(mvar);
    if (!value) return blocked(m, call, 1);
    if (call->id == PRIM_TakeMVar) set_value(m, mvar, 0);
    prim_result(m, call, 0, value);
    return true;
}

/* tryTakeMVar#, tryReadMVar# */
bool prim_try_take_mvar(Machine *m, const PrimCall *call)
{
    Closure *mvar = prim_object(m, call, 0);
    Word value = value_of(mvar);
    if (value && call->id == PRIM_TryTakeMVar) set_value(m, mvar, 0);
    prim_result(m, call, 0, value != 0);
    prim_result(m, call, 1, value ? value : m->no_finalizer);
    return true;
}

bool prim_put_mvar(Machine *m, const PrimCall *call)
{
    Closure *mvar = prim_object(m, call, 0);
    if (value_of(mvar)) return blocked(m, call, 2);
    set_value(m, mvar, prim_arg(m, call, 1));
    return true;
}

bool prim_try_put_mvar(Machine *m, const PrimCall *call)
{
    Closure *mvar = prim_object(m, call, 0);
    bool empty = !value_of(mvar);
    if (empty) set_value(m, mvar, prim_arg(m, call, 1));
    prim_result(m, call, 0, empty);
    return true;
}

bool prim_is_empty_mvar(Machine *m, const PrimCall *call)
{
    prim_result(m, call, 0, !value_of(prim_object(m, call, 0)));
    return true;
}
