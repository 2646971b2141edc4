/* Selector thunks, evaluated by the collector.
 *
 * A selector thunk does nothing but take one field of a constructor: `case r of (p, _) -> p`. As long as it
 * is not demanded, it keeps the whole of r. When r has been evaluated, the collector can do what the selector
 * would, and keep the field alone: without it a lazy pair, of which one half is used up before the other is
 * looked at, is a leak.
 *
 * Always true: only selectors that have not been kept yet are evaluated, and become indirections to the
 * field; everything else is read, never written. While one is under evaluation its header has bit 1 set, its
 * padding word links it to the one that waits for it. What cannot be evaluated now cannot be in this
 * collection, and is not tried again: so the cost is linear, and chains and nests of any depth need no stack.
 *
 *   nested    a selector of a selector: the inner one is evaluated first
 *   chained   the field is again a selector: it is evaluated too, and both lead to the last value
 *   ring      a selector that needs itself is left alone, and what leads to it: who demands it learns that it
 * is a loop
 *
 * Follows: Wadler, "Fixing some space leaks with a garbage collector" (1987); GHC, rts/sm/Evac.c
 * (eval_thunk_selector). */
#include "gc/collection.h"

/* ---- Selectors under evaluation */

#define UNDER_EVALUATION ((Word)2)
enum { LINK = 1 }; /* the padding word */

static bool is_busy(const Closure *c) { return (Word)c->info & UNDER_EVALUATION; }
static void set_busy(Closure *c) { c->info = (const InfoTable *)((Word)c->info | UNDER_EVALUATION); }
static void set_idle(Closure *c) { c->info = (const InfoTable *)((Word)c->info & ~UNDER_EVALUATION); }

static void push(Closure **stack, Closure *selector)
{
    set_busy(selector);
    closure_words(selector)[LINK] = (Word)*stack;
    *stack = selector;
}

static Closure *pop(Closure **stack)
{
    Closure *selector = *stack;
    *stack = (Closure *)closure_words(selector)[LINK];
    return selector;
}

/* Tried in vain in this collection: so says the padding word, which means nothing otherwise. */
static Word tried_in(const Collection *c) { return 0x5e1ec7ed00000000u | c->stats.number; }

static void give_up(Collection *c, Closure **stack)
{
    while (*stack) {
        Closure *selector = pop(stack);
        set_idle(selector);
        closure_words(selector)[LINK] = tried_in(c);
    }
}

static bool can_be_evaluated(Collection *c, Closure *object)
{
    return !is_busy(object) && object->info->kind == KIND_THUNK_SELECTOR &&
           closure_words(object)[LINK] != tried_in(c) && !c->collector->survivor(c, object);
}

/* ---- Looking */

/* Where the reference leads: to where it is by now, through whatever stands for something else. It may be
 * busy. */
static Ref look_through(Ref ref)
{
    for (;;) {
        Closure *object = ref_closure(ref);
        if (header_is_forwarded((Word)object->info)) {
            ref = ref_make(header_forwardee((Word)object->info), ref_tag(ref));
            object = ref_closure(ref);
        }
        Ref target;
        if (is_busy(object) || !stands_for(object, &target)) return ref;
        ref = target;
    }
}

/* The same, and through entered CAFs too: references to them stay, what is selected from them need not. */
static Ref selectee_of(Ref ref)
{
    for (;;) {
        const Closure *object = ref_closure(ref = look_through(ref));
        if (is_busy(object) || object->info->kind != KIND_IND_STATIC) return ref;
        ref = ((const Word *)object)[IND_TARGET];
    }
}

/* It is its field's from now on. */
static void replace(Collection *c, Closure *selector, Ref value)
{
    set_idle(selector);
    filler_write(c->h->heap.infos, &closure_words(selector)[SELECTEE], 1);
    closure_words(selector)[IND_TARGET] = value;
    selector->info = info_std(c->h->heap.infos, STD_IND);
    note_selector(c, selector, value);
}

/* The field that the selector takes of an evaluated selectee. */
static bool field_of(const Closure *selector, const Closure *selectee, Ref *value)
{
    const InfoTable *info = (const InfoTable *)((Word)selector->info & ~UNDER_EVALUATION);
    if (selectee->info->kind != KIND_CON || info->con_tag >= selectee->info->ptrs) return false;
    *value = ((const Word *)selectee)[1 + info->con_tag];
    return true;
}

/* The field that the selector selects, looked through. It stays busy: the caller replaces it. False: it
 * cannot be evaluated now. */
static bool evaluate(Collection *c, Closure *selector, Ref *value)
{
    Closure *stack = NULL;
    Ref node = (Ref)selector, field;
    for (;;) {
        Closure *object = ref_closure(node);
        if (can_be_evaluated(c, object)) {
            push(&stack, object);
            node = selectee_of(closure_words(object)[SELECTEE]);
            continue;
        }
        if (!stack || is_busy(object) || !field_of(stack, object, &field)) break;
        if (MUTANT_IS(c->h, selector_first_field)) field = closure_words(object)[1];
        *value = look_through(field);
        if (stack == selector) return true;
        if (is_busy(ref_closure(*value))) break;
        replace(c, pop(&stack), *value);
        node = selectee_of(*value);
    }
    give_up(c, &stack);
    return false;
}

/* Selectors one after the other, each the field of the one before it, up to the first thing that is none or
 * cannot be evaluated. False: there is no end. */
static bool evaluate_chain(Collection *c, Closure *selector, Closure **chain, Ref *last)
{
    for (*last = (Ref)selector; can_be_evaluated(c, ref_closure(*last));) {
        Closure *next = ref_closure(*last);
        if (!evaluate(c, next, last)) {
            *last = (Ref)next;
            return true;
        }
        push(chain, next);
    }
    return !is_busy(ref_closure(*last));
}

bool selector_evaluate(Collection *c, Closure *selector, Ref *value)
{
    Closure *chain = NULL;
    if (!c->h->heap.config.selectors) return false;
    if (!evaluate_chain(c, selector, &chain, value)) give_up(c, &chain);
    bool found = chain;
    while (chain) replace(c, pop(&chain), *value);
    return found;
}
