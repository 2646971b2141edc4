/* MutVar#: the primitives that swap a variable's value, and the thunks that they make.
 *
 * Modifying a variable evaluates nothing: what it holds afterwards is a thunk of the function applied to what
 * it held (ap_2), or of that application's first component (sel_0). Follows: GHC, rts/PrimOps.cmm. */
#include "eval/prim_private.h"

enum { AP_2_WORDS = THUNK_HEADER + 2, SEL_WORDS = THUNK_HEADER + 1 };

static void write_mut_var(Machine *m, Closure *var, Ref value)
{
    Ref old = closure_words(var)[1];
    heap_dirty_mut_var(m->heap, var);
    closure_words(var)[1] = value;
    if (m->careful && m->observer.wrote) m->observer.wrote(m->observer.context, var, 1, old, value);
}

/* The words of a thunk of `function argument`. */
static void make_application(const Machine *m, Word *w, Ref function, Ref argument)
{
    w[0] = (Word)m->ap_2_info;
    w[1] = 0;
    w[THUNK_HEADER] = function;
    w[THUNK_HEADER + 1] = argument;
}

static void make_selector(const Machine *m, Word *w, Ref selectee)
{
    w[0] = (Word)m->sel_0_info;
    w[1] = 0;
    w[SELECTEE] = selectee;
}

/* GHC: atomicModifyMutVar2# var f, which makes the variable hold the first component of f's answer. */
bool prim_modify_to_first(Machine *m, const PrimCall *call)
{
    Word *w = machine_alloc(m, AP_2_WORDS + SEL_WORDS);
    if (!w) return false;
    Closure *var = prim_object(m, call, 0);
    Ref old = closure_words(var)[1];
    make_application(m, w, prim_arg(m, call, 1), old);
    make_selector(m, w + AP_2_WORDS, (Word)w);
    machine_allocated(m, w, w + AP_2_WORDS + SEL_WORDS);
    write_mut_var(m, var, (Word)(w + AP_2_WORDS));
    prim_result(m, call, 0, old);
    prim_result(m, call, 1, (Word)w);
    return true;
}

/* GHC: atomicModifyMutVar_# var f */
bool prim_modify(Machine *m, const PrimCall *call)
{
    Word *w = machine_alloc(m, AP_2_WORDS);
    if (!w) return false;
    Closure *var = prim_object(m, call, 0);
    Ref old = closure_words(var)[1];
    make_application(m, w, prim_arg(m, call, 1), old);
    machine_allocated(m, w, w + AP_2_WORDS);
    write_mut_var(m, var, (Word)w);
    prim_result(m, call, 0, old);
    prim_result(m, call, 1, (Word)w);
    return true;
}

bool prim_cas_mut_var(Machine *m, const PrimCall *call)
{
    Closure *var = prim_object(m, call, 0);
    Ref expected = prim_arg(m, call, 1), value = prim_arg(m, call, 2), found = closure_words(var)[1];
    bool same = ref_closure(found) == ref_closure(expected);
    if (same) write_mut_var(m, var, value);
    prim_result(m, call, 0, !same);
    prim_result(m, call, 1, same ? value : found);
    return true;
}
