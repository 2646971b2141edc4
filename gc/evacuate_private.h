/* The straight path of evacuation, inlined where it counts: what stays, what has been forwarded, and small
 * objects of plain payload are dealt with here; evacuate.c says how it all works and does the rest. */
#ifndef THUNKSCOPE_GC_EVACUATE_PRIVATE_H
#define THUNKSCOPE_GC_EVACUATE_PRIVATE_H

#include "gc/gen_copy_private.h"

/* ---- evacuate.c */
/* evacuate, for what is not on the straight path. */
void evacuate_uncommon(Collection *c, Ref *slot);

static inline Generation *evacuate_destination(Collection *c, const BlockDescr *from)
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

static inline void copy_words(Word *to, const Word *from, size_t words)
{
    for (size_t i = 0; i < words; i++) to[i] = from[i];
}

static inline Closure *copy_object(Collection *c, Closure *from, const BlockDescr *block, size_t words)
{
    Generation *to = evacuate_destination(c, block);
    Word *object = to_space_alloc(c, to, words);
    copy_words(object, (const Word *)from, words);
    forward(c, from, block, to, object, words);
    return (Closure *)object;
}

static inline void forwarded_to(Collection *c, Ref *slot, Word header)
{
    Closure *to = header_forwardee(header);
    *slot = ref_make(to, ref_tag(*slot));
    if (c->evac_gen && Bdescr(to)->gen_no < c->evac_gen) c->failed = true;
}

/* True if the reference was on the straight path, and has been dealt with. */
static inline bool evacuate_straight(Collection *c, Ref *slot)
{
    Closure *from = ref_closure(*slot);
    const BlockDescr *block = Bdescr(from);
    if (block->flags & BF_EVACUATED) {
        if (block->gen_no < c->evac_gen) c->failed = true;
        return true;
    }
    Word header = (Word)from->info;
    if (header_is_forwarded(header)) {
        forwarded_to(c, slot, header);
        return true;
    }
    const InfoTable *info = from->info;
    if (unlikely(info->kind > KIND_THUNK || block->flags & BF_LARGE || info->words == 0)) return false;
    *slot = ref_make(copy_object(c, from, block, info->words), ref_tag(*slot));
    return true;
}

#endif
