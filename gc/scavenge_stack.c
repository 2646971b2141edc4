/* Scavenging stack frames. Every frame carries an exact bitmap of its live pointers. */
#include "gc/gen_copy_private.h"

static inline void scavenge_bits(Collection *c, Word *slots, uint64_t bits)
{
    if (MUTANT_IS(c->h, forget_frame_slot) && bits) bits &= ~((uint64_t)1 << (63 - __builtin_clzll(bits)));
    for (; bits; bits &= bits - 1) evacuate(c, &slots[__builtin_ctzll(bits)]);
}

static void scavenge_large_bitmap(Collection *c, Word *slots, const InfoTable *info)
{
    if (MUTANT_IS(c->h, forget_wide_frame)) return;
    for (uint32_t i = 0; i < info->ptrs; i += 64) scavenge_bits(c, slots + i, info->bitmap.large[i >> 6]);
}

static uint64_t apply_arguments(const Collection *c, Word shape)
{
    uint64_t bits = apply_bitmap(shape);
    return MUTANT_IS(c->h, forget_apply_argument) ? bits & (bits - 1) : bits;
}

void scavenge_stack(Collection *c, Word *sp, Word *end)
{
    for (Word *frame = sp; frame < end;) {
        const InfoTable *info = (const InfoTable *)frame[0];
        switch (info->kind) {
        case KIND_UPDATE_FRAME:
            if (!MUTANT_IS(c->h, forget_updatee)) evacuate_updatee(c, &frame[UPDATE_FRAME_UPDATEE]);
            frame += 1 + info->ptrs;
            break;
        case KIND_APPLY_FRAME:
            scavenge_bits(c, &frame[APPLY_FRAME_ARGS], apply_arguments(c, frame[APPLY_FRAME_SHAPE]));
            frame += APPLY_FRAME_ARGS + apply_words(frame[APPLY_FRAME_SHAPE]);
            break;
        default:
            collection_code(c, info);
            if (info->bitmap.large)
                scavenge_large_bitmap(c, frame + 1, info);
            else
                scavenge_bits(c, frame + 1, info->bitmap.inline_bits);
            frame += 1 + info->ptrs;
        }
    }
}
