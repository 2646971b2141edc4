/* Evacuation: one reference at a time.
 *
 * A reference leads to one of:
 *   - something that stays where it is: a static closure, an object of a generation that is not collected, or
 *     one that has been evacuated already (its block carries BF_EVACUATED);
 *   - a large object: its group changes lists, its address stays;
 *   - an object that has been copied: its header is the copy's address with bit 0 set;
 *   - an indirection, or a black hole that has its value: the reference moves on to what it stands for;
 *   - any other object: it is copied behind its destination's free pointer.
 *
 * Destination: the block knows where its survivors go (ageing by block); an older referrer may ask for more
 * (evac_gen, eager promotion). What comes to lie in a younger generation than its referrer sets c->failed.
 *
 * Follows: GHC, rts/sm/Evac.c; Cheney (CACM 1970). */
#include "gc/evacuate_private.h"

/* ---- Destinations */

static MoveWhy why_moved(const BlockDescr *from, uint8_t from_gen, uint8_t from_dest, uint8_t to)
{
    if (to > from_dest) return MOVE_EAGER;
    if (to > from_gen) return MOVE_PROMOTED;
    return from->owner == OWNER_NURSERY ? MOVE_AGED : MOVE_SURVIVED;
}

void tell_moved(Collector *c, const Closure *from, const BlockDescr *block, const Closure *copy, size_t words)
{
    uint8_t to = Bdescr(copy)->gen_no;
    const GcObserver *o = &c->h->observer;
    o->moved(o->context, from, copy, words, to, why_moved(block, block->gen_no, block->dest_no, to));
}

/* A fresh block at the end of the generation's list, its predecessor closed. */
void to_space_extend(Collector *c, Generation *to)
{
    HeapState *h = c->h;
    if (to->list.last) to->list.last->free = to->free;
    BlockDescr *block = block_group_alloc(h->heap.blocks, 1, OWNER_GENERATION);
    if (!block) heap_out_of_memory();
    block_group_own(h->heap.blocks, block, OWNER_GENERATION, to, to->no, to->to->no);
    block->flags = BF_EVACUATED | BF_TO_SPACE;
    block->u.scan = block->start;
    block_list_append(&to->list, block);
    if (!to->scan) to->scan = block;
    if (!to->survivors) {
        to->survivors = block;
        to->survivors_start = block->start;
    }
    to->free = block->start;
    to->limit = block->start + BLOCK_WORDS;
}

/* ---- Copying */

/* Only the frames in use are copied; sp moves with them. */
static Closure *copy_stack(Collector *c, Closure *from, BlockDescr *block, size_t words)
{
    Generation *to = evacuate_destination(c, block);
    Word *object = to_space_alloc(c, to, words), *old = closure_words(from);
    size_t sp = (size_t)((Word *)old[STACK_SP] - old);
    copy_words(object, old, STACK_AREA);
    copy_words(object + sp, old + sp, words - sp);
    object[STACK_SP] = (Word)(object + sp);
    forward(c, from, block, to, object, words);
    return (Closure *)object;
}

static Closure *copy_any(Collector *c, Closure *from, BlockDescr *block)
{
    size_t words = closure_size(from);
    return from->info->kind == KIND_STACK ? copy_stack(c, from, block, words)
                                          : copy_object(c, from, block, words);
}

/* ---- Indirections */

/* True if a black hole's word 1 is its value: tagged, or not one of the two things that own black holes. */
static bool blackhole_has_value(Ref owner)
{
    if (ref_tag(owner)) return true;
    Word header = (Word)ref_closure(owner)->info;
    const InfoTable *info = header_is_forwarded(header) ? header_forwardee(header)->info : (void *)header;
    return info->kind != KIND_TSO && info->kind != KIND_BLOCKING_QUEUE;
}

/* True if the object stands for another one, *target. */
static bool stands_for(const Closure *object, Ref *target)
{
    *target = ((const Word *)object)[IND_TARGET];
    if (object->info->kind == KIND_IND) return true;
    return object->info->kind == KIND_BLACKHOLE && blackhole_has_value(*target);
}

static void note_indirection(Collector *c, const Closure *ind, Ref target)
{
    c->stats.ind_removed++;
    if (c->h->observer.ind_removed)
        c->h->observer.ind_removed(c->h->observer.context, ind, ref_closure(target));
}

/* ---- Large objects */

static void large_relink(Collector *c, BlockDescr *group)
{
    uint8_t from_gen = group->gen_no, from_dest = group->dest_no;
    size_t words = (size_t)(group->free - group->start);
    Generation *to = evacuate_destination(c, group);
    large_list_remove(&c->generations[from_gen].from_large, group);
    group->flags |= BF_EVACUATED | BF_TO_SPACE;
    block_group_own(c->h->heap.blocks, group, (BlockOwner)group->owner, to, to->no, to->to->no);
    large_list_push(&to->large_todo, group);
    count_promotion(c, from_gen, to, words);
    if (!c->watched) return;
    const Closure *object = (const Closure *)group->start;
    const GcObserver *o = &c->h->observer;
    o->moved(o->context, object, object, words, to->no, why_moved(group, from_gen, from_dest, to->no));
}

/* ---- The reference */

/* True if *slot referred to something that stands for something else, to which it now refers. */
static bool follow(Collector *c, Ref *slot)
{
    const Closure *from = ref_closure(*slot);
    Ref target;
    if (from->info->kind <= KIND_THUNK || !stands_for(from, &target)) return false;
    note_indirection(c, from, target);
    *slot = target;
    return true;
}

void evacuate_uncommon(Collector *c, Ref *slot)
{
    while (follow(c, slot))
        if (evacuate_straight(c, slot)) return;
    Closure *from = ref_closure(*slot);
    BlockDescr *block = Bdescr(from);
    if (block->flags & BF_LARGE)
        large_relink(c, block);
    else
        *slot = ref_make(copy_any(c, from, block), ref_tag(*slot));
}

void evacuate(Collector *c, Ref *slot)
{
    if (!evacuate_straight(c, slot)) evacuate_uncommon(c, slot);
}

void evacuate_updatee(Collector *c, Ref *slot)
{
    Closure *from = ref_closure(*slot);
    BlockDescr *block = Bdescr(from);
    Ref target;
    bool here = !(block->flags & BF_EVACUATED) && !header_is_forwarded((Word)from->info);
    if (!here || !stands_for(from, &target))
        evacuate(c, slot);
    else if (block->flags & BF_LARGE)
        large_relink(c, block);
    else
        *slot = ref_make(copy_any(c, from, block), 0);
}
