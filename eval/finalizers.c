/* Finalizers of weak pointers: when they run, and on whose stack.
 *
 * Note [Finalizers]
 *
 * GHC runs the finalizers that a collection has found due in a thread of their own. Here is one thread: it is
 * interrupted where a frame is whole and can be returned to (a heap check, a collection on request), and runs
 * them on top of that frame, each under a handler that ignores what it raises (runFinalizer, lib/Weak.stg),
 * unmasked, as in a fresh thread. They are taken in batches: what becomes due meanwhile waits. A heap check
 * that has been interrupted is made again behind them, and does not run others, so that the program gets on
 * whatever its finalizers do.
 *
 * A finalizer that demands a thunk whose evaluation it has interrupted would be told <<loop>>, where GHC's
 * thread would wait. So none runs while an update frame stands on the stack: then everything that it can
 * reach is a value, or can be evaluated by it. Those that are due wait until the evaluation is over: for the
 * next heap check at which no update frame is found among the first frames (stack_is_idle), or for the end of
 * the program. A program that is always within one evaluation runs them there.
 *
 * At the end of the program those that are due are run; weak pointers whose keys are alive still are
 * not finalized, nor does anything run after exit#. So does GHC. */
#include "eval/machine_private.h"
#include "gc/weak.h"

bool machine_finalizers_are_due(Machine *m, bool is_check)
{
    bool is_again = m->resumed && is_check;
    m->resumed = false;
    return heap_finalizers_waiting(m->heap) && !m->finalizing && !is_again && stack_is_idle(m);
}

bool machine_finalizers_are_left(Machine *m)
{
    if (m->ended || !heap_finalizers_waiting(m->heap)) return false;
    return m->ended = true;
}

static void push_batch(Machine *m, Word left)
{
    m->sp -= 2;
    m->sp[0] = (Word)m->finalizers_frame;
    m->sp[1] = left;
    tell_frame(m, m->observer.pushed, m->sp);
}

static void take_finalizer(Machine *m)
{
    *--m->sp = heap_take_finalizer(m->heap);
    m->r1 = m->run_finalizer;
}

void machine_run_finalizers(Machine *m)
{
    m->finalizing = true;
    machine_mask(m, MASKING_NONE);
    push_batch(m, heap_finalizers_waiting(m->heap) - 1);
    take_finalizer(m);
}

bool machine_next_finalizer(Machine *m)
{
    Word left = m->sp[1];
    m->sp += 2;
    m->finalizing = left > 0;
    m->resumed = left == 0;
    if (!left) return false;
    push_batch(m, left - 1);
    take_finalizer(m);
    return true;
}
