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
#include "gc/collector_private.h"

#include <string.h>

/* ---- Destinations */

static Generation *destination(Collector *c, const BlockDescr *from)
{
    uint8_t no = from->dest_no;
    if (unlikely(no < c->evac_gen)) {
        if (c->eager)
            no = c->evac_gen;
        else
            c->failed = true;
    }
    return &c->generations[no];
}

static MoveWhy why_moved(const BlockDescr *from, uint8_t from_gen, uint8_t from_dest, const Generation *to)
{
    if (to->no > from_dest) return MOVE_EAGER;
    if (to->no > from_gen) return MOVE_PROMOTED;
    return from->owner == OWNER_NURSERY ? MOVE_AGED : MOVE_SURVIVED;
}

static void note_promotion(Collector *c, uint8_t from_gen, const Generation *to, size_t words)
{
    if (to->no == from_gen) return;
    c->stats.promoted_objects++;
    c->stats.promoted_words += words;
}

/* A fresh block at the end of the generation's list, its predecessor closed. */
static void to_space_extend(Collector *c, Generation *to)
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

static inline Word *to_space_alloc(Collector *c, Generation *to, size_t words)
{
    if (unlikely((size_t)(to->limit - to->free) < words)) to_space_extend(c, to);
    Word *object = to->free;
    to->free += words;
    to->objects++;
    return object;
}

/* ---- Copying */

static inline void copy_words(Word *to, const Word *from, size_t words)
{
    for (size_t i = 0; i < words; i++) to[i] = from[i];
}

static inline Closure *forward(Collector *c, Closure *from, BlockDescr *block, Generation *to, Word *copy,
                               size_t words)
{
    from->info = (const InfoTable *)((Word)copy | FORWARDED);
    note_promotion(c, block->gen_no, to, words);
    if (unlikely(c->watched))
        c->h->observer.moved(c->h->observer.context, from, (Closure *)copy, words, to->no,
                             why_moved(block, block->gen_no, block->dest_no, to));
    return (Closure *)copy;
}

static inline Closure *copy(Collector *c, Closure *from, BlockDescr *block, size_t words)
{
    Generation *to = destination(c, block);
    Word *object = to_space_alloc(c, to, words);
    copy_words(object, (const Word *)from, words);
    return forward(c, from, block, to, object, words);
}

/* Only the frames in use are copied; sp moves with them. */
static Closure *copy_stack(Collector *c, Closure *from, BlockDescr *block, size_t words)
{
    Generation *to = destination(c, block);
    Word *object = to_space_alloc(c, to, words), *old = closure_words(from);
    size_t sp = (size_t)((Word *)old[STACK_SP] - old);
    copy_words(object, old, STACK_AREA);
    copy_words(object + sp, old + sp, words - sp);
    object[STACK_SP] = (Word)(object + sp);
    return forward(c, from, block, to, object, words);
}

static Closure *copy_any(Collector *c, Closure *from, BlockDescr *block)
{
    size_t words = closure_size(from);
    return from->info->kind == KIND_STACK ? copy_stack(c, from, block, words) : copy(c, from, block, words);
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

/* ---- What does not move */

static void large_relink(Collector *c, BlockDescr *group)
{
    uint8_t from_gen = group->gen_no, from_dest = group->dest_no;
    size_t words = (size_t)(group->free - group->start);
    Generation *to = destination(c, group);
    large_list_remove(&c->generations[from_gen].from_large, group);
    group->flags |= BF_EVACUATED | BF_TO_SPACE;
    block_group_own(c->h->heap.blocks, group, (BlockOwner)group->owner, to, to->no, to->to->no);
    large_list_push(&to->large_todo, group);
    note_promotion(c, from_gen, to, words);
    if (c->watched) {
        const Closure *object = (const Closure *)group->start;
        c->h->observer.moved(c->h->observer.context, object, object, words, to->no,
                             why_moved(group, from_gen, from_dest, to));
    }
}

static inline void stay(Collector *c, const BlockDescr *block)
{
    if (block->gen_no < c->evac_gen) c->failed = true;
}

static inline void forwarded_to(Collector *c, Ref *slot, Word header, Word tag)
{
    Closure *to = header_forwardee(header);
    *slot = ref_make(to, tag);
    if (c->evac_gen && Bdescr(to)->gen_no < c->evac_gen) c->failed = true;
}

/* ---- The reference */

void evacuate(Collector *c, Ref *slot)
{
    for (Ref r = *slot;;) {
        Closure *from = ref_closure(r);
        BlockDescr *block = Bdescr(from);
        if (block->flags & BF_EVACUATED) {
            *slot = r;
            stay(c, block);
            return;
        }
        Word header = (Word)from->info;
        if (header_is_forwarded(header)) {
            forwarded_to(c, slot, header, ref_tag(r));
            return;
        }
        Ref target;
        const InfoTable *info = from->info;
        bool common = info->kind <= KIND_THUNK && info->words;
        if (!common && stands_for(from, &target)) {
            note_indirection(c, from, target);
            r = target;
            continue;
        }
        if (unlikely(block->flags & BF_LARGE)) {
            *slot = r;
            large_relink(c, block);
        } else if (likely(common)) {
            *slot = ref_make(copy(c, from, block, info->words), ref_tag(r));
        } else {
            *slot = ref_make(copy_any(c, from, block), ref_tag(r));
        }
        return;
    }
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
