/* The stack: chunks in the heap, underflow frames between them, and the pause that makes black holes lazily.
 *
 * Always true: each chunk's frames end exactly at its end; the last frame of the oldest chunk is STOP, of
 * every other UNDERFLOW, which names the next older chunk; TSO_STACK_WORDS is the sum of the chunks'
 * capacities. Follows: GHC, rts/Threads.c (threadStackOverflow, threadStackUnderflow), rts/ThreadPaused.c. */
#include <stdlib.h>
#include <string.h>

#include "eval/machine_private.h"

enum { IDLE_FRAMES = 1000 };

static Word *chunk_end(Closure *stack)
{
    return closure_words(stack) + STACK_AREA + closure_words(stack)[STACK_WORDS];
}

static Closure *chunk_new(Machine *m, size_t area)
{
    Word *w = heap_alloc_no_gc(m->heap, STACK_AREA + area);
    if (!w) return NULL;
    w[0] = (Word)info_std(m->infos, STD_STACK);
    w[STACK_WORDS] = area;
    w[STACK_SP] = (Word)(w + STACK_AREA + area);
    w[STACK_DIRTY] = 1;
    return (Closure *)w;
}

static void chunk_use(Machine *m, Closure *stack)
{
    m->stack = stack;
    m->sp = (Word *)closure_words(stack)[STACK_SP];
    m->sp_lim = closure_words(stack) + STACK_AREA + STACK_RESERVE;
    heap_dirty_stack(m->heap, stack);
}

static void tso_set_stack(Machine *m, Closure *stack)
{
    closure_words(m->tso)[TSO_STACK] = (Word)stack;
    heap_dirty_tso(m->heap, m->tso);
}

bool stack_start(Machine *m)
{
    Word *tso = heap_alloc_no_gc(m->heap, kinds[KIND_TSO].words);
    if (!tso) return false;
    memset(tso, 0, kinds[KIND_TSO].words * sizeof(Word));
    tso[0] = (Word)info_std(m->infos, STD_TSO);
    tso[TSO_ID] = 1;
    tso[TSO_DIRTY] = 1;
    m->tso = (Closure *)tso;
    size_t area = m->heap->config.stack_initial / WORD_BYTES;
    if (area < STACK_RESERVE + 16) area = STACK_RESERVE + 16;
    Closure *stack = chunk_new(m, area);
    if (!stack) return false;
    closure_words(stack)[STACK_SP] = (Word)(chunk_end(stack) - 1);
    chunk_end(stack)[-1] = (Word)info_std(m->infos, STD_STOP_FRAME);
    tso[TSO_STACK] = (Word)stack;
    tso[TSO_STACK_WORDS] = area;
    chunk_use(m, stack);
    if (m->careful && m->observer.thread) m->observer.thread(m->observer.context, "new", m->tso, NULL);
    if (m->careful && m->observer.pushed) m->observer.pushed(m->observer.context, m->sp);
    return true;
}

void stack_reload(Machine *m) { chunk_use(m, (Closure *)closure_words(m->tso)[TSO_STACK]); }

static Closure *chunk_for(Machine *m, size_t needed)
{
    size_t area = m->heap->config.stack_chunk / WORD_BYTES;
    if (area < needed + STACK_AREA) area = needed + STACK_AREA;
    area -= STACK_AREA;
    Closure *spare = m->spare_chunk;
    if (spare && closure_words(spare)[STACK_WORDS] >= area) {
        m->spare_chunk = NULL;
        return spare;
    }
    return chunk_new(m, area);
}

/* As in GHC the limit is compared with what the thread has, so that the last chunk may pass it; and every
 * thread may have one chunk beside its first, so that a handler of the overflow can run. */
static bool is_at_limit(const Machine *m)
{
    size_t limit = m->heap->config.stack_limit, has = closure_words(m->tso)[TSO_STACK_WORDS] * WORD_BYTES;
    bool is_first = ((const Word *)chunk_end(m->stack))[-1] == (Word)info_std(m->infos, STD_STOP_FRAME);
    return limit && has >= limit && !is_first;
}

StackGrowth stack_grow(Machine *m, size_t words, size_t arg_words)
{
    Word *tso = closure_words(m->tso);
    if (m->config.lazy_blackholing) stack_pause(m, m->sp + arg_words);
    if (m->loop_found) return STACK_LOOP;
    if (m->sp - words >= m->sp_lim) return STACK_GROWN; /* squeezing has made room */
    if (is_at_limit(m)) return STACK_OVERFLOW;
    Closure *chunk = chunk_for(m, words + arg_words + 2 + STACK_RESERVE), *old = m->stack;
    if (!chunk) return STACK_NO_MEMORY;
    Word *frame = chunk_end(chunk) - 2, *args = frame - arg_words;
    frame[0] = (Word)info_std(m->infos, STD_UNDERFLOW_FRAME);
    frame[UNDERFLOW_FRAME_NEXT] = (Word)old;
    memcpy(args, m->sp, arg_words * sizeof(Word));
    closure_words(old)[STACK_SP] = (Word)(m->sp + arg_words);
    closure_words(chunk)[STACK_SP] = (Word)args;
    tso[TSO_STACK_WORDS] += closure_words(chunk)[STACK_WORDS];
    tso_set_stack(m, chunk);
    chunk_use(m, chunk);
    if (m->careful && m->observer.pushed) m->observer.pushed(m->observer.context, frame);
    return STACK_GROWN;
}

void stack_underflow(Machine *m)
{
    Closure *chunk = m->stack, *older = (Closure *)m->sp[UNDERFLOW_FRAME_NEXT];
    if (m->careful && m->observer.popped) m->observer.popped(m->observer.context, m->sp);
    closure_words(m->tso)[TSO_STACK_WORDS] -= closure_words(chunk)[STACK_WORDS];
    closure_words(chunk)[STACK_SP] = (Word)chunk_end(chunk);
    m->spare_chunk = chunk;
    tso_set_stack(m, older);
    chunk_use(m, older);
}

bool stack_is_idle(const Machine *m)
{
    const Word *frame = m->sp;
    for (uint32_t looked = 0; looked < IDLE_FRAMES; looked++) {
        switch (((const InfoTable *)frame[0])->kind) {
        case KIND_UPDATE_FRAME: return false;
        case KIND_STOP_FRAME: return true;
        case KIND_UNDERFLOW_FRAME:
            frame = (const Word *)((const Word *)frame[UNDERFLOW_FRAME_NEXT])[STACK_SP];
            break;
        default: frame += frame_size(frame);
        }
    }
    return false;
}

/* ---- The pause: it looks at the current chunk only, since no chunk is left for a younger one without a
 * pause */

static void blackhole_lazily(Machine *m, Closure *c)
{
    if (m->careful) machine_fill_behind(m, c);
    machine_blackhole(m, c);
    if (m->careful && m->observer.blackholed) m->observer.blackholed(m->observer.context, c, false);
}

/* False at the first marked frame: what is older was paused before. */
static bool pause_frame(Machine *m, Word *frame)
{
    if (frame[0] == (Word)info_std(m->infos, STD_MARKED_UPDATE_FRAME)) return false;
    if (frame[0] != (Word)info_std(m->infos, STD_UPDATE_FRAME)) return true;
    Closure *c = (Closure *)frame[UPDATE_FRAME_UPDATEE];
    if (kinds[c->info->kind].flags & IS_THUNK)
        blackhole_lazily(m, c);
    else if (c->info == m->blackhole)
        m->loop_found = true; /* a younger frame of this stack has made it one just now */
    frame[0] = (Word)info_std(m->infos, STD_MARKED_UPDATE_FRAME);
    return true;
}

/* Room for a frame more in m->paused. False: no memory, so that nothing will be squeezed. */
static bool note_frame(Machine *m, size_t count, Word *frame)
{
    if (count == m->paused_room) {
        size_t room = count ? 2 * count : 64;
        Word **bigger = realloc(m->paused, room * sizeof *bigger);
        if (!bigger) return false;
        m->paused = bigger;
        m->paused_room = room;
    }
    m->paused[count] = frame;
    return true;
}

void stack_pause(Machine *m, Word *at)
{
    bool squeeze = !m->config.no_squeezing;
    size_t count = 0;
    for (;; at += frame_size(at)) {
        const InfoTable *info = (const InfoTable *)at[0];
        if (info->kind == KIND_STOP_FRAME || info->kind == KIND_UNDERFLOW_FRAME || !pause_frame(m, at)) break;
        if (squeeze) squeeze = note_frame(m, count++, at);
    }
    if (squeeze && count && !m->loop_found) stack_squeeze(m, m->paused, count);
}
