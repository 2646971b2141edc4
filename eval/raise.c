/* Exceptions: unwinding to the youngest handler.
 *
 * A thunk whose evaluation an exception leaves behind is updated with a closure that raises the same
 * exception again: its value is that failure. Follows: Marlow, Peyton Jones, Moran, Reppy, "Asynchronous
 * exceptions in Haskell" (PLDI 2001), section 8; GHC, rts/RaiseAsync.c, rts/Exception.cmm. */
#include "eval/prim_private.h"

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
    if (MUTANT_IS(m->heap, raise_forgets_thunk)) return;
    if (m->careful) machine_fill_behind(m, c);
    machine_update(m, c, raise_thunk);
    if (m->careful) heap_note_update(m->heap, c, raise_thunk);
    if (m->careful && m->observer.updated) m->observer.updated(m->observer.context, c, raise_thunk);
}

static void pop_frame(Machine *m)
{
    tell_frame(m, m->observer.popped, m->sp);
    m->sp += frame_size(m->sp);
}

/* ---- Masking: the state that a frame brings back is the one that was when it was pushed */

void machine_set_masking(Machine *m, Word masking)
{
    Word *state = &closure_words(m->tso)[TSO_STATE], old = *state;
    *state = masking;
    if (old != masking && m->careful && m->observer.wrote)
        m->observer.wrote(m->observer.context, m->tso, TSO_STATE, old, masking);
}

static void push_masking(Machine *m, Word masking)
{
    m->sp -= 2;
    m->sp[0] = (Word)m->mask_frame;
    m->sp[1] = masking;
    tell_frame(m, m->observer.pushed, m->sp);
}

/* Where the youngest frame would bring back this very state, it is needed no more: a loop that masks and
 * unmasks runs in constant space. */
void machine_mask(Machine *m, Word masking)
{
    if (machine_masking(m) == masking) return;
    if (m->sp[0] == (Word)m->mask_frame && m->sp[1] == masking)
        pop_frame(m);
    else
        push_masking(m, machine_masking(m));
    machine_set_masking(m, masking);
}

/* A handler runs masked, at least as much as its catch frame was, and what was comes back behind it. */
static void mask_handler(Machine *m, Word masking)
{
    if (masking == MASKING_NONE) push_masking(m, MASKING_NONE);
    machine_set_masking(m, masking == MASKING_NONE ? MASKING_INTERRUPTIBLE : masking);
}

bool prim_masking_state(Machine *m, const PrimCall *call)
{
    prim_result(m, call, 0, machine_masking(m));
    return true;
}

/* ---- Raising */

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
            Word handler = m->sp[CATCH_FRAME_HANDLER], masking = m->sp[CATCH_FRAME_MASKED];
            pop_frame(m);
            mask_handler(m, masking);
            *--m->sp = ((Word *)thunk)[THUNK_HEADER];
            m->r1 = handler;
            return RAISE_CAUGHT;
        }
        default:
            if (info == m->finalizers_frame) m->finalizing = false;
            break;
        }
        pop_frame(m);
    }
}
