/* The straight path of evacuation, inlined where it counts: what stays, what has been forwarded, and small
 * objects of plain payload are dealt with here; evacuate.c says how it all works and does the rest. */
#ifndef THUNKSCOPE_GC_EVACUATE_PRIVATE_H
#define THUNKSCOPE_GC_EVACUATE_PRIVATE_H

#include <stddef.h>
#include <string.h>

#include "gc/gen_copy_private.h"
#include "gc/team.h"

/* ---- evacuate.c */
/* evacuate, for what is not on the straight path. */
void evacuate_uncommon(Collection *c, Ref *slot);
/* evacuate_straight, for an object of a block that this member of a team does not have to itself. */
bool evacuate_shared(Collection *c, Ref *slot, BlockDescr *block);

static inline Word evacuated_tag(const Collection *c, Ref ref)
{
    if (MUTANT_IS(c->h, tag_wrong) && ref_tag(ref)) return ref_tag(ref) % TAG_MASK + 1;
    if (MUTANT_IS(c->h, tag_lost)) return 0;
    return ref_tag(ref);
}

/* Where survivors of the block go for nobody's sake. */
static inline uint8_t usual_destination(const Collection *c, const BlockDescr *from)
{
    uint8_t no = MUTANT_IS(c->h, promote_not) ? from->gen_no : from->dest_no;
    return MUTANT_IS(c->h, ageing_skipped) && from->owner == OWNER_NURSERY ? c->generations[no].to->no : no;
}

/* Where an object of so many words goes from this block. */
static inline Generation *evacuate_destination(Collection *c, const BlockDescr *from, size_t words)
{
    uint8_t no = usual_destination(c, from);
    if (unlikely(no < c->evac_gen)) {
        if (c->eager) {
            count_eager(c, no, c->evac_gen, words);
            no = c->evac_gen;
        } else {
            c->failed = true;
        }
    }
    return &c->generations[no];
}

/* What stands behind the header. Most objects have two to four words. */
static inline void copy_payload(Word *to, const Word *from, size_t words)
{
    switch (words) {
    case 4: to[3] = from[3]; /* fall through */
    case 3: to[2] = from[2]; /* fall through */
    case 2: to[1] = from[1]; break;
    default:
        for (size_t i = 1; i < words; i++) to[i] = from[i];
    }
}

static inline void moved_to(Collection *c, Ref *slot, Closure *to)
{
    *slot = ref_make(to, evacuated_tag(c, *slot));
    if (c->evac_gen && Bdescr(to)->gen_no < c->evac_gen) c->failed = true;
}

_Static_assert(offsetof(InfoTable, unreached) == offsetof(InfoTable, kind) + 1 &&
                   __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "a kind whose code has not been reached is a number beyond all kinds");

/* A constructor, function or thunk whose code is known to live, if it has any: one comparison answers both.
 */
static inline bool is_plain(const InfoTable *info)
{
    uint16_t kind;
    memcpy(&kind, &info->kind, sizeof kind);
    return kind <= KIND_THUNK;
}

/* Can the object be copied as so many plain words? */
static inline bool is_straight(const InfoTable *info, const BlockDescr *block)
{
    return likely(is_plain(info) && !(block->flags & (BF_LARGE | BF_MARKED)) && info->words != 0);
}

/* True if the reference was on the straight path, and has been dealt with. */
static inline bool evacuate_straight(Collection *c, Ref *slot)
{
    Closure *from = ref_closure(*slot);
    BlockDescr *block = Bdescr(from);
    if (block->flags & BF_EVACUATED) {
        if (block->gen_no < c->evac_gen) c->failed = true;
        collection_static(c, block, from);
        return true;
    }
    if (unlikely(c->team) && !team_has_claimed(c, block)) return evacuate_shared(c, slot, block);
    const InfoTable *info = from->info;
    if (header_is_forwarded((Word)info)) {
        moved_to(c, slot, header_forwardee((Word)info));
        return true;
    }
    if (unlikely(!is_straight(info, block))) return false;
    Generation *to = evacuate_destination(c, block, info->words);
    Word *copy = to_space_alloc(c, to, info->words);
    copy_payload(copy, closure_words(from), info->words);
    if (MUTANT_IS(c->h, copy_swapped) && info->kind == KIND_CON && info->ptrs == 2) {
        copy[1] = closure_words(from)[2];
        copy[2] = closure_words(from)[1];
    }
    *slot = ref_make(forward(c, from, block, to, copy, info->words), evacuated_tag(c, *slot));
    return true;
}

#endif
