/* The stack: chunks in the heap, underflow frames between them, and the pause that makes black holes lazily.
 *
 * The youngest frames of a full chunk go along into the next one (-kb). Always true: each chunk's frames end
 * exactly at its end; the last frame of the oldest chunk is STOP, of every other UNDERFLOW, which names the
 * next older chunk; TSO_STACK_WORDS is the sum of the chunks' capacities. Follows: GHC, rts/Threads.c
 * (threadStackOverflow, threadStackUnderflow), rts/ThreadPaused.c. */
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
    tell_frame(m, m->observer.pushed, m->sp);
    return true;
}

void stack_reload(Machine *m) { chunk_use(m, (Closure *)closure_words(m->tso)[TSO_STACK]); }

static Closure *chunk_for(Machine *m, size_t needed)
{
    size_t area = m->heap->config.stack_chunk / WORD_BYTES;
    if (area < needed + STACK_AREA) area = needed + STACK_AREA;
    return chunk_new(m, area - STACK_AREA);
}

static bool is_first_chunk(const Machine *m)
{
    return ((const Word *)chunk_end(m->stack))[-1] == (Word)info_std(m->infos, STD_STOP_FRAME);
}

void stack_abandon(Machine *m)
{
    m->sp = chunk_end(m->stack) - (is_first_chunk(m) ? 1 : 2);
    m->heap->holes_have_frames = false;
}

/* As in GHC the limit is compared with what the thread has, so that the last chunk may pass it; and every
 * thread may have one chunk beside its first, so that a handler of the overflow can run. */
static bool is_at_limit(const Machine *m)
{
    size_t limit = m->heap->config.stack_limit, has = closure_words(m->tso)[TSO_STACK_WORDS] * WORD_BYTES;
    return limit && has >= limit && !is_first_chunk(m);
}

/* Room for a frame more in m->met. False: no memory. */
static bool note_frame(Machine *m, size_t count, Word *frame)
{
    if (count == m->met_room) {
        size_t room = count ? 2 * count : 64;
        Word **bigger = realloc(m->met, room * sizeof *bigger);
        if (!bigger) return false;
        m->met = bigger;
        m->met_room = room;
    }
    m->met[count] = frame;
    return true;
}

/* The youngest frames go along, so that a thread at a chunk's edge does not leave the new chunk at once:
 * m->met. */
typedef struct Along {
    size_t frames, words, below; /* the most that one of them is made whole by */
} Along;

static bool ends_chunk(const Word *frame)
{
    Kind kind = ((const InfoTable *)frame[0])->kind;
    return kind == KIND_STOP_FRAME || kind == KIND_UNDERFLOW_FRAME;
}

void stack_tell_pushed(Machine *m, Word *frame, const Word *end)
{
    size_t count = 0;
    if (!m->careful || !m->observer.pushed) return;
    for (; frame < end; frame += frame_size(frame))
        require(note_frame(m, count++, frame), "out of memory for a suspended evaluation's frames");
    while (count-- > 0) tell_frame(m, m->observer.pushed, m->met[count]);
}

static Along frames_along(Machine *m, Word *frame)
{
    Along along = {0, 0, 0};
    size_t buffer = m->heap->config.stack_buffer / WORD_BYTES;
    for (; along.words < buffer && !ends_chunk(frame); frame += frame_size(frame)) {
        if (!note_frame(m, along.frames, frame)) break;
        uint32_t below = ((const InfoTable *)frame[0])->below;
        if (below > along.below) along.below = below;
        along.words += frame_size(frame);
        along.frames++;
    }
    return along;
}

static void push_underflow(Machine *m, Closure *chunk)
{
    Word *frame = chunk_end(chunk) - 2;
    frame[0] = (Word)info_std(m->infos, STD_UNDERFLOW_FRAME);
    frame[UNDERFLOW_FRAME_NEXT] = (Word)m->stack;
    closure_words(chunk)[STACK_SP] = (Word)frame;
    tell_frame(m, m->observer.pushed, frame);
}

/* Arguments and the frames above them, from the chunk in use into the one that takes its place. */
static void move_along(Machine *m, Closure *chunk, size_t arg_words, const Along *along)
{
    size_t words = arg_words + along->words;
    for (size_t i = 0; i < along->frames; i++) tell_frame(m, m->observer.popped, m->met[i]);
    push_underflow(m, chunk);
    Word *to = (Word *)closure_words(chunk)[STACK_SP] - words;
    memcpy(to, m->sp, words * sizeof(Word));
    closure_words(m->stack)[STACK_SP] = (Word)(m->sp + words);
    closure_words(chunk)[STACK_SP] = (Word)to;
    for (size_t i = along->frames; i-- > 0;) tell_frame(m, m->observer.pushed, to + (m->met[i] - m->sp));
}

StackGrowth stack_grow(Machine *m, size_t words, size_t arg_words)
{
    Word *tso = closure_words(m->tso);
    if (m->config.lazy_blackholing) stack_pause(m, m->sp + arg_words);
    if (m->loop_found) return STACK_LOOP;
    if (m->sp - words >= m->sp_lim) return STACK_GROWN; /* squeezing has made room */
    if (is_at_limit(m)) return STACK_OVERFLOW;
    Along along = frames_along(m, m->sp + arg_words);
    size_t beneath = words + arg_words > along.below ? words + arg_words : along.below;
    Closure *chunk = chunk_for(m, 2 + along.words + beneath + STACK_RESERVE);
    if (!chunk) return STACK_NO_MEMORY;
    move_along(m, chunk, arg_words, &along);
    tso[TSO_STACK_WORDS] += closure_words(chunk)[STACK_WORDS];
    tso_set_stack(m, chunk);
    chunk_use(m, chunk);
    return STACK_GROWN;
}

void stack_underflow(Machine *m)
{
    Closure *chunk = m->stack, *older = (Closure *)m->sp[UNDERFLOW_FRAME_NEXT];
    tell_frame(m, m->observer.popped, m->sp);
    closure_words(m->tso)[TSO_STACK_WORDS] -= closure_words(chunk)[STACK_WORDS];
    closure_words(chunk)[STACK_SP] = (Word)chunk_end(chunk);
    tso_set_stack(m, older);
    chunk_use(m, older);
}

/* Of its first chunk GHC takes away what the thread itself takes; the header of every other one has three
 * words. */
Word stack_words_of_ghc(const Machine *m)
{
    enum { GHC_THREAD = 18, GHC_HEADER = 3 };
    Word first = m->heap->config.stack_initial / WORD_BYTES,
         words = first > GHC_THREAD ? first - GHC_THREAD : 0;
    Closure *chunk = m->stack;
    for (;;) {
        const Word *end = chunk_end(chunk);
        if (end[-1] == (Word)info_std(m->infos, STD_STOP_FRAME)) return words;
        words += closure_words(chunk)[STACK_WORDS] + STACK_AREA - GHC_HEADER;
        chunk = (Closure *)end[UNDERFLOW_FRAME_NEXT - 2];
    }
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

void stack_pause(Machine *m, Word *at)
{
    bool squeeze = !m->config.no_squeezing;
    size_t count = 0;
    for (;; at += frame_size(at)) {
        if (ends_chunk(at) || !pause_frame(m, at)) break;
        if (squeeze) squeeze = note_frame(m, count++, at);
    }
    if (squeeze && count && !m->loop_found) stack_squeeze(m, m->met, count);
}
