/* Squeezing: update frames that stand one on the other become one.
 *
 * The thunks of adjacent update frames all get the same value. At a pause the youngest frame of such a run
 * stays, and the thunks of the others become indirections to its thunk; younger frames and arguments move up
 * over the room. So a chain of thunks that call each other last runs in constant space. As in GHC it is done
 * if it gains more words than it moves. Follows: GHC, rts/ThreadPaused.c (stackSqueeze).
 *
 * Whoever observes hears of pops and pushes of all frames that change or move, and of the updates between
 * them: what he takes for the stack stays exact. */
#include <stdlib.h>
#include <string.h>

#include "eval/machine_private.h"

static bool is_update(const Word *frame) { return ((const InfoTable *)frame[0])->kind == KIND_UPDATE_FRAME; }

/* Frame i is dropped: its younger neighbour gives the value. */
static bool is_dropped(const Machine *m, Word *const *frames, size_t i)
{
    size_t neighbour = MUTANT_IS(m->heap, squeeze_too_far) ? 2 : 1;
    return i >= neighbour && is_update(frames[i]) && is_update(frames[i - neighbour]);
}

static size_t oldest_dropped(const Machine *m, Word *const *frames, size_t count)
{
    while (count > 0 && !is_dropped(m, frames, count - 1)) count--;
    return count;
}

/* Words that would be gained, and words that would be moved for it: of younger frames. */
static bool is_worth_it(const Machine *m, Word *const *frames, size_t count)
{
    size_t gained = 0, moved = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_dropped(m, frames, i))
            gained += frame_size(frames[i]);
        else if (!is_update(frames[i]))
            moved += frame_size(frames[i]);
    }
    return gained > 0 && (moved <= 8 || moved < gained);
}

/* The thunk of a dropped frame stands for that of the frame that stays, if it is not that one, or has its
 * value. */
static void update_with(Machine *m, Closure *c, Closure *kept)
{
    if (c == kept || kinds[c->info->kind].flags & IS_INDIRECTION) return;
    if (m->careful) machine_fill_behind(m, c);
    machine_update(m, c, (Ref)kept);
    if (m->careful && m->observer.updated) m->observer.updated(m->observer.context, c, (Ref)kept);
}

static void update_dropped(Machine *m, Word *const *frames, size_t count)
{
    Closure *kept = NULL;
    for (size_t i = 0; i < count; i++) {
        if (is_dropped(m, frames, i))
            update_with(m, (Closure *)frames[i][UPDATE_FRAME_UPDATEE], kept);
        else if (is_update(frames[i]))
            kept = (Closure *)frames[i][UPDATE_FRAME_UPDATEE];
    }
}

/* Moves what stays up to `end`, the oldest first; frames[] are the new places, NULL where dropped. */
static Word *move_up(const Machine *m, Word **frames, size_t count, Word *end)
{
    for (size_t i = count; i-- > 0;) {
        size_t words = frame_size(frames[i]);
        if (is_dropped(m, frames, i)) {
            frames[i] = NULL;
            continue;
        }
        end -= words;
        memmove(end, frames[i], words * sizeof(Word));
        frames[i] = end;
    }
    return end;
}

void stack_squeeze(Machine *m, Word **frames, size_t count)
{
    Word *at = frames[0];
    count = oldest_dropped(m, frames, count);
    if (!is_worth_it(m, frames, count)) return;
    Word *end = frames[count - 1] + frame_size(frames[count - 1]);
    for (size_t i = 0; i < count; i++) tell_frame(m, m->observer.popped, frames[i]);
    update_dropped(m, frames, count);
    Word *top = move_up(m, frames, count, end);
    for (size_t i = count; i-- > 0;)
        if (frames[i]) tell_frame(m, m->observer.pushed, frames[i]);
    size_t arg_words = (size_t)(at - m->sp);
    memmove(top - arg_words, m->sp, arg_words * sizeof(Word));
    m->sp = top - arg_words;
    closure_words(m->stack)[STACK_SP] = (Word)m->sp;
}
