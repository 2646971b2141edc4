/* Exceptions: unwinding to the youngest handler.
 *
 * A thunk whose evaluation an exception leaves behind is updated with a closure that raises the same
 * exception again: its value is that failure. Follows: Marlow, Peyton Jones, Moran, Reppy, "Asynchronous
 * exceptions in Haskell" (PLDI 2001), section 8; GHC, rts/RaiseAsync.c, rts/Exception.cmm. */
#include "eval/machine_private.h"

/* The closure that raises r1's exception again. NULL: the heap is exhausted. */
static Word *make_raise_thunk(Machine *m)
{
    size_t words = m->raise_info->words;
    if (m->heap->hp + words > m->heap->hp_lim && !machine_need_saving(m, words)) return NULL;
    if (m->careful && m->observer.checked) m->observer.checked(m->observer.context, words);
    Word *thunk = m->heap->hp;
    thunk[0] = (Word)m->raise_info;
    thunk[1] = 0;
    thunk[THUNK_HEADER] = m->r1;
    m->heap->hp += words;
    machine_allocated(m, thunk, thunk + words);
    return thunk;
}

static void freeze_thunk(Machine *m, Word raise_thunk)
{
    Closure *c = (Closure *)m->sp[UPDATE_FRAME_UPDATEE];
    if (m->careful) machine_fill_behind(m, c);
    machine_update(m, c, raise_thunk);
    if (m->careful && m->observer.updated) m->observer.updated(m->observer.context, c, raise_thunk);
}

static void pop_frame(Machine *m)
{
    if (m->careful && m->observer.popped) m->observer.popped(m->observer.context, m->sp);
    m->sp += frame_size(m->sp);
}

RaiseNext machine_raise(Machine *m)
{
    if (m->careful && m->observer.raised) m->observer.raised(m->observer.context, m->r1);
    Word thunk = (Word)make_raise_thunk(m);
    if (!thunk) return RAISE_EXHAUSTED;
    m->loop_found = false;
    for (;;) {
        const InfoTable *info = (const InfoTable *)m->sp[0];
        if (m->careful && m->observer.unwound) m->observer.unwound(m->observer.context, m->sp);
        switch (info->kind) {
        case KIND_STOP_FRAME: return RAISE_UNCAUGHT;
        case KIND_UNDERFLOW_FRAME: stack_underflow(m); continue;
        case KIND_UPDATE_FRAME: freeze_thunk(m, thunk); break;
        case KIND_CATCH_FRAME: {
            Word handler = m->sp[CATCH_FRAME_HANDLER], exception = ((Word *)thunk)[THUNK_HEADER];
            pop_frame(m);
            *--m->sp = exception;
            m->r1 = handler;
            return RAISE_CAUGHT;
        }
        default: break;
        }
        pop_frame(m);
    }
}
