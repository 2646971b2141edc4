/* Evacuation: one reference at a time.
 *
 * A reference leads to one of:
 *   - something that stays where it is: a static closure, an object of a generation that is not collected, or
 *     one that has been evacuated already (its block carries BF_EVACUATED);
 *   - a large object: its group changes lists, its address stays;
 *   - an object that is marked where it is (its block carries BF_MARKED: mark_private.h);
 *   - an object that has been copied: its header is the copy's address with bit 0 set;
 *   - an indirection, or a black hole that has its value: the reference moves on to what it stands for;
 *   - a selector thunk: the reference moves on to the field, if that is there already (selector.c);
 *   - any other object: it is copied behind its destination's free pointer.
 *
 * Destination: the block knows where its survivors go (ageing by block); an older referrer may ask for more
 * (evac_gen, eager promotion). What comes to lie in a younger generation than its referrer sets c->failed.
 *
 * Follows: GHC, rts/sm/Evac.c; Cheney (CACM 1970). */
#include "gc/evacuate_private.h"
#include "gc/mark_private.h"

/* What is not on the straight path, once nothing stands for something else any more. */
static void keep(Collection *c, Ref *slot, Closure *from, BlockDescr *block)
{
    if (block->flags & BF_MARKED) {
        mark_keep(c, from);
        return;
    }
    size_t words = block->flags & BF_LARGE ? (size_t)(block->free - block->start) : closure_size(from);
    Generation *to = evacuate_destination(c, block, words);
    collection_code(c, from->info);
    if (!(block->flags & BF_LARGE))
        *slot = ref_make(copy_any(c, from, block, to), ref_tag(*slot));
    else if (!MUTANT_IS(c->h, large_lost))
        large_keep(c, block, to);
}

/* It stays where it is, and has been kept already: the reference is as it should be. */
static bool is_marked(const Closure *from) { return Bdescr(from)->flags & BF_MARKED && mark_is_kept(from); }

/* Evaluating a selector may write to others, in blocks that other members have claimed. */
static bool is_for_one_thread(const Collection *c, const Closure *from)
{
    return unlikely(c->team) && from->info->kind == KIND_THUNK_SELECTOR && c->h->heap.config.selectors;
}

void evacuate_uncommon(Collection *c, Ref *slot)
{
    for (;;) {
        Closure *from = ref_closure(*slot);
        Ref target;
        if (is_marked(from)) return;
        if (is_for_one_thread(c, from)) {
            team_defer(c, slot);
            return;
        }
        if (from->info->kind <= KIND_THUNK || !collection_follow(c, from, &target)) {
            keep(c, slot, from, Bdescr(from));
            return;
        }
        *slot = target;
        if (evacuate_straight(c, slot)) return;
    }
}

void evacuate(Collection *c, Ref *slot)
{
    if (!evacuate_straight(c, slot)) evacuate_uncommon(c, slot);
}

void evacuate_updatee(Collection *c, Ref *slot)
{
    Closure *from = ref_closure(*slot);
    BlockDescr *block = Bdescr(from);
    if (c->team && !(block->flags & BF_EVACUATED) && !team_claim(c, block)) {
        team_send(c, block, slot, true);
        return;
    }
    bool here = !(block->flags & BF_EVACUATED) && !header_is_forwarded((Word)from->info);
    if (here && from->info->kind > KIND_THUNK)
        keep(c, slot, from, block);
    else
        evacuate(c, slot);
}
