/* Weak#, StableName#, StablePtr#: the primitives over gc/weak.h and gc/stable.h.
 *
 * Where GHC answers a closure that stands for "nothing there" (the value of a dead weak pointer, the
 * finalizer of one that has none), ours answers noFinalizer, an action that does nothing. Follows: GHC,
 * rts/PrimOps.cmm. */
#include "eval/prim_private.h"
#include "gc/stable.h"
#include "gc/weak.h"

/* ---- Weak pointers */

bool prim_make_weak(Machine *m, const PrimCall *call)
{
    size_t words = kinds[KIND_WEAK].words;
    Word *w = machine_alloc(m, words);
    if (!w) return false;
    w[0] = (Word)info_std(m->infos, STD_WEAK);
    w[WEAK_KEY] = prim_arg(m, call, 0);
    w[WEAK_VALUE] = prim_arg(m, call, 1);
    w[WEAK_FINALIZER] = call->id == PRIM_MkWeak ? prim_arg(m, call, 2) : 0;
    w[WEAK_C_FINALIZERS] = w[WEAK_LINK] = 0;
    machine_allocated(m, w, w + words);
    heap_add_weak(m->heap, (Closure *)w);
    prim_result(m, call, 0, (Word)w);
    return true;
}

bool prim_deref_weak(Machine *m, const PrimCall *call)
{
    Closure *weak = prim_object(m, call, 0);
    bool alive = weak_is_alive(m->heap, weak);
    prim_result(m, call, 0, alive);
    prim_result(m, call, 1, alive ? closure_words(weak)[WEAK_VALUE] : m->no_finalizer);
    return true;
}

bool prim_finalize_weak(Machine *m, const PrimCall *call)
{
    Ref finalizer = heap_finalize_weak(m->heap, prim_object(m, call, 0));
    prim_result(m, call, 0, finalizer != 0);
    prim_result(m, call, 1, finalizer ? finalizer : m->no_finalizer);
    return true;
}

/* Answers whether the weak pointer is alive: its key may die of the room that is made. */
bool prim_add_c_finalizer(Machine *m, const PrimCall *call)
{
    enum { FUNCTION, POINTER, HAS_ENVIRONMENT, ENVIRONMENT, WEAK_POINTER };
    size_t words = heap_c_finalizer_words(prim_object(m, call, WEAK_POINTER));
    Word *array = machine_alloc(m, words);
    if (!array) return false;
    Closure *weak = prim_object(m, call, WEAK_POINTER);
    bool alive = weak_is_alive(m->heap, weak);
    prim_result(m, call, 0, alive);
    if (!alive) {
        filler_write(m->infos, array, words);
        return true;
    }
    Word before = closure_words(weak)[WEAK_C_FINALIZERS];
    heap_add_c_finalizer(m->heap, weak, array,
                         (CFinalizer){prim_arg(m, call, FUNCTION), prim_arg(m, call, POINTER),
                                      prim_arg(m, call, HAS_ENVIRONMENT), prim_arg(m, call, ENVIRONMENT)});
    machine_allocated(m, array, array + words);
    if (m->careful && m->observer.wrote)
        m->observer.wrote(m->observer.context, weak, WEAK_C_FINALIZERS, before, (Word)array);
    return true;
}

/* ---- Stable names */

bool prim_make_stable_name(Machine *m, const PrimCall *call)
{
    Closure *name = heap_stable_name_find(m->heap, prim_arg(m, call, 0));
    if (!name) {
        Word *w = machine_alloc(m, STABLE_NAME_WORDS);
        if (!w) return false;
        if (!heap_stable_name_add(m->heap, prim_arg(m, call, 0), w)) {
            filler_write(m->infos, w, STABLE_NAME_WORDS);
            return false;
        }
        machine_allocated(m, w, w + STABLE_NAME_WORDS);
        name = (Closure *)w;
    }
    prim_result(m, call, 0, (Word)name);
    return true;
}

/* ---- Stable pointers */

bool prim_make_stable_ptr(Machine *m, const PrimCall *call)
{
    StablePtr ptr = heap_stable_ptr_new(m->heap, prim_arg(m, call, 0));
    prim_result(m, call, 0, ptr);
    return ptr != 0;
}

bool prim_deref_stable_ptr(Machine *m, const PrimCall *call)
{
    prim_result(m, call, 0, heap_stable_ptr_deref(m->heap, prim_arg(m, call, 0)));
    return true;
}

bool prim_free_stable_ptr(Machine *m, const PrimCall *call)
{
    heap_stable_ptr_free(m->heap, prim_arg(m, call, 0));
    return true;
}
