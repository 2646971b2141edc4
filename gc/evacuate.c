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

/* In a team: has another member kept it meanwhile, or is it straight, now that its code has been met? */
static bool has_become_straight(Collection *c, const Closure *from, const BlockDescr *block)
{
    const InfoTable *info = from_space_header(from);
    if (block->flags & BF_EVACUATED || header_is_forwarded((Word)info)) return true;
    if (info->kind > KIND_THUNK || block->flags & BF_LARGE || info->words == 0) return false;
    collection_code(c, info);
    return true;
}

/* False: the slot is to be looked at again. */
static bool evacuate_uncommon_once(Collection *c, Ref *slot, BlockDescr *block)
{
    Closure *from = ref_closure(*slot);
    Ref target;
    if (is_marked(from)) return true;
    if (unlikely(c->team) && has_become_straight(c, from, block)) return false;
    if (is_for_one_thread(c, from)) {
        team_defer(c, slot);
        return true;
    }
    if (from->info->kind <= KIND_THUNK || !collection_follow(c, from, &target)) {
        keep(c, slot, from, block);
        return true;
    }
    *slot = target;
    return false;
}

void evacuate_uncommon(Collection *c, Ref *slot)
{
    bool done;
    do {
        BlockDescr *block = Bdescr(ref_closure(*slot));
        bool locked = unlikely(c->team) && team_block_lock(block);
        done = evacuate_uncommon_once(c, slot, block);
        if (locked) team_block_unlock(block);
    } while (!done && !evacuate_straight(c, slot));
}

/* Copies first: what counts is whose copy the header leads to. */
static void copy_shared(Collection *c, Ref *slot, BlockDescr *block, const InfoTable *info)
{
    Closure *from = ref_closure(*slot);
    Word header = (Word)info;
    uint8_t usual = usual_destination(c, block);
    Generation *to = &c->generations[usual < c->evac_gen && c->eager ? c->evac_gen : usual];
    Word *copy = to_space_alloc(c, to, info->words);
    copy[0] = header;
    copy_payload(copy, closure_words(from), info->words);
    if (!team_forward(from, &header, copy)) {
        c->to[to->no].free -= info->words;
        moved_to(c, slot, header_forwardee(header));
        return;
    }
    count_promotion(c, block->gen_no, evacuate_destination(c, block, info->words), info->words);
    *slot = ref_make((Closure *)copy, evacuated_tag(c, *slot));
}

bool evacuate_shared(Collection *c, Ref *slot, BlockDescr *block)
{
    const Collection *owner = team_owner(c, block);
    if (owner == c) return evacuate_straight(c, slot);
    if (owner) {
        team_send(c, owner, slot, false);
        return true;
    }
    const InfoTable *info = from_space_header(ref_closure(*slot));
    if (header_is_forwarded((Word)info))
        moved_to(c, slot, header_forwardee((Word)info));
    else if (likely(is_straight(info, block)))
        copy_shared(c, slot, block, info);
    else
        return false;
    return true;
}

void evacuate(Collection *c, Ref *slot)
{
    if (!evacuate_straight(c, slot)) evacuate_uncommon(c, slot);
}

void evacuate_updatee(Collection *c, Ref *slot)
{
    Closure *from = ref_closure(*slot);
    BlockDescr *block = Bdescr(from);
    const Collection *owner = c->team && !(block->flags & BF_EVACUATED) ? team_owner(c, block) : NULL;
    if (owner && owner != c) {
        team_send(c, owner, slot, true);
        return;
    }
    bool locked = c->team && team_block_lock(block);
    const InfoTable *info = from_space_header(from);
    bool here = !(block->flags & BF_EVACUATED) && !header_is_forwarded((Word)info);
    bool itself = here && info->kind > KIND_THUNK;
    if (itself) keep(c, slot, from, block);
    if (locked) team_block_unlock(block);
    if (!itself) evacuate(c, slot);
}
