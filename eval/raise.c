/* Exceptions: unwinding to the youngest handler.
 *
 * A thunk whose evaluation an exception leaves behind is updated with a closure that raises the same
 * exception again: its value is that failure. But an asynchronous one has nothing to do with the thunk, which
 * is updated with its evaluation as it stands, suspended (AP_STACK). Follows: Marlow, Peyton Jones, Moran,
 * Reppy, "Asynchronous exceptions in Haskell" (PLDI 2001), section 8; GHC, rts/RaiseAsync.c,
 * rts/Exception.cmm. */
#include <string.h>

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

static void tell_raised(const Machine *m)
{
    if (m->careful && m->observer.raised) m->observer.raised(m->observer.context, m->r1);
}

static RaiseNext unwind(Machine *m)
{
    Word thunk = (Word)make_raise_thunk(m);
    if (!thunk) return RAISE_EXHAUSTED;
    m->loop_found = false;
    for (;;) {
        const InfoTable *info = (const InfoTable *)m->sp[0];
        tell_frame(m, m->observer.unwound, m->sp);
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

RaiseNext machine_raise(Machine *m)
{
    tell_raised(m);
    return unwind(m);
}

/* ---- Raising asynchronously: what is under evaluation, down to the youngest handler, is suspended first */

/* A closure that goes on with `next`, on top of the frames from `from` to m->sp. One that has a chunk's other
 * frames to return to is not updated: its value may be of any kind. 0: the heap is exhausted. */
static Word suspend(Machine *m, const Word *from, Word next, const InfoTable *info)
{
    size_t count = (size_t)(m->sp - from), words = AP_STACK_PAYLOAD + count;
    if (count == 0 && info == m->ap_stack_noupd) return next;
    Word *w = heap_alloc_no_gc(m->heap, words);
    if (!w) return 0;
    w[0] = (Word)info;
    w[1] = 0;
    w[AP_STACK_SIZE] = count;
    w[AP_STACK_FUN] = next;
    memcpy(w + AP_STACK_PAYLOAD, from, count * sizeof(Word));
    machine_allocated(m, w, w + words);
    return (Word)w;
}

/* The frame at m->sp is left; younger ones of the same evaluation begin at `from`. */
static void leave_frame(Machine *m, const Word **from, Word next)
{
    Kind kind = ((const InfoTable *)m->sp[0])->kind;
    tell_frame(m, m->observer.unwound, m->sp);
    if (kind == KIND_UPDATE_FRAME) freeze_thunk(m, next);
    if (kind == KIND_UNDERFLOW_FRAME)
        stack_underflow(m);
    else
        pop_frame(m);
    if (kind == KIND_UPDATE_FRAME || kind == KIND_UNDERFLOW_FRAME) *from = m->sp;
}

/* False: the heap is exhausted. The first frame is returned to with a value that it does not look at. */
static bool suspend_evaluations(Machine *m)
{
    Word next = m->no_finalizer;
    const Word *from = m->sp;
    while (next) {
        switch (((const InfoTable *)m->sp[0])->kind) {
        case KIND_STOP_FRAME:
        case KIND_CATCH_FRAME: return true;
        case KIND_UPDATE_FRAME: next = suspend(m, from, next, info_std(m->infos, STD_AP_STACK)); break;
        case KIND_UNDERFLOW_FRAME: next = suspend(m, from, next, m->ap_stack_noupd); break;
        default: break;
        }
        if (next) leave_frame(m, &from, next);
    }
    return false;
}

RaiseNext machine_raise_async(Machine *m)
{
    if (m->config.lazy_blackholing) stack_pause(m, m->sp);
    if (m->loop_found) m->r1 = m->non_termination;
    tell_raised(m);
    if (!m->loop_found && !suspend_evaluations(m)) return RAISE_EXHAUSTED;
    return unwind(m);
}
