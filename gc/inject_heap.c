/* Ways to break the heap's lists, generations, remembered sets, stacks, CAFs and the nursery. */
#include "gc/inject_private.h"

/* ---- Lists of blocks */

static Generation *oldest(const Injection *in) { return inject_state(in)->oldest; }

bool inject_9_off_its_list(Injection *in)
{
    BlockList *list = &oldest(in)->list;
    return list->first && inject_poke(in, &list->first, (Word)list->first->link);
}

static bool is_of_generation(Injection *in, BlockDescr *g)
{
    (void)in;
    return g->owner == OWNER_GENERATION;
}
bool inject_12_flags(Injection *in)
{
    BlockDescr *g = inject_group(in, is_of_generation);
    return g && inject_poke16(in, &g->flags, 0);
}

static bool is_old(Injection *in, BlockDescr *g) { return is_of_generation(in, g) && g->gen_no > 0; }
bool inject_13_generation(Injection *in)
{
    BlockDescr *g = inject_group(in, is_old);
    return g && inject_poke8(in, &g->gen_no, (uint8_t)(g->gen_no - 1));
}
bool inject_13_destination(Injection *in)
{
    BlockDescr *b = inject_state(in)->nursery.first;
    return inject_poke8(in, &b->dest_no, b->dest_no ^ 1);
}
bool inject_39_astray(Injection *in)
{
    Generation *g = oldest(in);
    return g->no > 0 && inject_poke(in, &g->to, (Word)(g - 1));
}
bool inject_41_words(Injection *in) { return inject_poke(in, &oldest(in)->words, oldest(in)->words + 1); }

bool inject_42_limit(Injection *in)
{
    Generation *g = oldest(in);
    return inject_state(in)->last_was_major && g->no > 0 &&
           inject_poke(in, &g->max_blocks, g->max_blocks + 1);
}

/* ---- Remembered sets */

static bool is_in_old_generation(Closure *c) { return !inject_is_static(c) && Bdescr(c)->gen_no > 0; }

static bool is_young_value(Injection *in, Closure *c)
{
    return Bdescr(c)->gen_no == 0 && !inject_is_static(c) && inject_is_con(in, c);
}

static bool is_forgetful(Injection *in, Closure *c)
{
    return is_in_old_generation(c) && c->info->kind <= KIND_THUNK && c->info->ptrs > 0 &&
           !inject_is_remembered(in, c);
}
bool inject_33_unremembered(Injection *in)
{
    Closure *c = inject_object(in, is_forgetful), *young = c ? inject_object(in, is_young_value) : NULL;
    return young && inject_poke(in, closure_words(c) + kinds[c->info->kind].first, ref_of(young));
}

/* An entry of an old generation's set, or NULL. */
static Word *any_entry(const Injection *in)
{
    for (uint32_t g = generation_count(inject_state(in)); g-- > 1;) {
        BlockDescr *b = inject_state(in)->generations[g].remembered.blocks;
        if (b && b->free > b->start) return b->free - 1;
    }
    return NULL;
}
bool inject_35_young_entry(Injection *in)
{
    Word *entry = any_entry(in);
    Closure *young = entry ? inject_object(in, is_young_value) : NULL;
    return young && inject_poke(in, entry, (Word)young);
}
bool inject_36_inside(Injection *in)
{
    Word *entry = any_entry(in);
    return entry && inject_poke(in, entry, *entry + WORD_BYTES);
}

static bool says_clean(Injection *in, Closure *c)
{
    if (!is_in_old_generation(c) || inject_is_remembered(in, c)) return false;
    const Word *w = closure_words(c);
    return c->info == inject_std(in, STD_MUT_VAR_CLEAN) || c->info == inject_std(in, STD_MVAR_CLEAN) ||
           (c->info->kind == KIND_STACK && !w[STACK_DIRTY]) || (c->info->kind == KIND_TSO && !w[TSO_DIRTY]);
}
bool inject_37_dirty(Injection *in)
{
    Closure *c = inject_object(in, says_clean);
    if (!c) return false;
    switch (c->info->kind) {
    case KIND_STACK: return inject_poke(in, &closure_words(c)[STACK_DIRTY], 1);
    case KIND_TSO: return inject_poke(in, &closure_words(c)[TSO_DIRTY], 1);
    case KIND_MVAR: return inject_poke(in, c, (Word)inject_std(in, STD_MVAR_DIRTY));
    default: return inject_poke(in, c, (Word)inject_std(in, STD_MUT_VAR_DIRTY));
    }
}

typedef struct Youngest {
    uint8_t generation;
} Youngest;
static void note_generation(void *context, Ref *slot)
{
    Youngest *y = context;
    const BlockDescr *b = Bdescr(ref_closure(*slot));
    if (b->owner != OWNER_STATIC && b->gen_no < y->generation) y->generation = b->gen_no;
}
static bool holds_younger(Closure *c)
{
    Youngest y = {UINT8_MAX};
    closure_each_pointer(c, note_generation, &y);
    return y.generation < Bdescr(c)->gen_no;
}

static bool is_dirty(Injection *in, Closure *c)
{
    if (!is_in_old_generation(c) || !inject_is_remembered(in, c) || !holds_younger(c)) return false;
    return c->info == inject_std(in, STD_MUT_VAR_DIRTY) || c->info->kind == KIND_STACK ||
           c->info->kind == KIND_TSO;
}
bool inject_37_clean(Injection *in)
{
    Closure *c = inject_object(in, is_dirty);
    if (!c) return false;
    switch (c->info->kind) {
    case KIND_STACK: return inject_poke(in, &closure_words(c)[STACK_DIRTY], 0);
    case KIND_TSO: return inject_poke(in, &closure_words(c)[TSO_DIRTY], 0);
    default: return inject_poke(in, c, (Word)inject_std(in, STD_MUT_VAR_CLEAN));
    }
}

/* The card of the array's first younger element, or NULL. */
static uint8_t *younger_card(Closure *c)
{
    Word *w = closure_words(c);
    uint8_t *cards = (uint8_t *)&w[ARRAY_PAYLOAD + w[ARRAY_PTRS]];
    for (size_t i = 0; i < w[ARRAY_PTRS]; i++) {
        const BlockDescr *b = Bdescr(ref_closure(w[ARRAY_PAYLOAD + i]));
        if (b->gen_no < Bdescr(c)->gen_no) return &cards[i >> CARD_ELEMENTS_SHIFT];
    }
    return NULL;
}
static bool has_younger_card(Injection *in, Closure *c)
{
    return is_in_old_generation(c) && c->info == inject_std(in, STD_MUT_ARR_PTRS_DIRTY) && younger_card(c);
}
bool inject_38_card(Injection *in)
{
    Closure *c = inject_object(in, has_younger_card);
    return c && inject_poke8(in, younger_card(c), 0);
}

/* ---- Stacks */

static bool is_stack_in_use(Injection *in, Closure *c)
{
    Word *w = closure_words(c);
    (void)in;
    return c->info->kind == KIND_STACK && (Word *)w[STACK_SP] < &w[STACK_AREA + w[STACK_WORDS]];
}
bool inject_43_pointer(Injection *in)
{
    Closure *c = inject_object(in, is_stack_in_use);
    return c && inject_poke(in, &closure_words(c)[STACK_SP], (Word)&closure_words(c)[STACK_AREA - 1]);
}
static bool poke_youngest_frame(Injection *in, Word header)
{
    Closure *c = inject_object(in, is_stack_in_use);
    return c && inject_poke(in, (Word *)closure_words(c)[STACK_SP], header);
}
bool inject_43_frame(Injection *in) { return poke_youngest_frame(in, 0); }
bool inject_43_header(Injection *in) { return poke_youngest_frame(in, 1); }

static bool is_thread(Injection *in, Closure *c)
{
    (void)in;
    return c->info->kind == KIND_TSO;
}
static bool is_queue(Injection *in, Closure *c)
{
    (void)in;
    const Closure *hole = ref_closure(closure_words(c)[QUEUE_HOLE]);
    return c->info->kind == KIND_BLOCKING_QUEUE && hole->info->kind == KIND_BLACKHOLE &&
           ((const Word *)hole)[IND_TARGET] == (Word)c;
}
bool inject_48_owner(Injection *in)
{
    Word *queue = (Word *)inject_object(in, is_queue);
    if (!queue) return false;
    return inject_poke(in, &closure_words(ref_closure(queue[QUEUE_HOLE]))[IND_TARGET], queue[QUEUE_OWNER]);
}

bool inject_48_thread(Injection *in)
{
    Word *queue = (Word *)inject_object(in, is_queue);
    return queue && inject_poke(in, &queue[QUEUE_OWNER], queue[QUEUE_HOLE]);
}

bool inject_49_state(Injection *in)
{
    Closure *c = inject_object(in, is_thread);
    return c && inject_poke(in, &closure_words(c)[TSO_STATE], MASKING_COUNT);
}
bool inject_49_link(Injection *in)
{
    Closure *c = inject_object(in, is_thread);
    return c && inject_poke(in, &closure_words(c)[TSO_LINK], closure_words(c)[TSO_STACK]);
}

static bool is_mvar(Injection *in, Closure *c)
{
    (void)in;
    return c->info->kind == KIND_MVAR && closure_words(c)[MVAR_VALUE];
}
bool inject_53_head(Injection *in)
{
    Word *mvar = (Word *)inject_object(in, is_mvar);
    return mvar && inject_poke(in, &mvar[MVAR_HEAD], mvar[MVAR_VALUE]) &&
           inject_poke(in, &mvar[MVAR_TAIL], 0);
}

bool inject_44_words(Injection *in)
{
    Closure *c = inject_object(in, is_thread);
    return c && inject_poke(in, &closure_words(c)[TSO_STACK_WORDS], closure_words(c)[TSO_STACK_WORDS] + 1);
}

static bool is_apply_frame(Injection *in, Word *frame)
{
    (void)in;
    return ((const InfoTable *)frame[0])->kind == KIND_APPLY_FRAME;
}
bool inject_45_bitmap(Injection *in)
{
    Word *frame = inject_frame(in, is_apply_frame);
    if (!frame) return false;
    Word shape = frame[APPLY_FRAME_SHAPE];
    uint32_t words = apply_words(shape);
    if (words >= APPLY_MAX_ARGS) return false;
    return inject_poke(in, &frame[APPLY_FRAME_SHAPE],
                       apply_shape(words, apply_args(shape), apply_bitmap(shape) | (uint64_t)1 << words));
}

static bool is_update_frame(Injection *in, Word *frame)
{
    (void)in;
    return ((const InfoTable *)frame[0])->kind == KIND_UPDATE_FRAME;
}

/* Static: no question of age comes up. */
static bool is_static_con(Injection *in, Closure *c) { return inject_is_static(c) && inject_is_con(in, c); }
static bool is_catch_frame(Injection *in, Word *frame)
{
    (void)in;
    return ((const InfoTable *)frame[0])->kind == KIND_CATCH_FRAME;
}

bool inject_54_mask(Injection *in)
{
    Word *frame = inject_frame(in, is_catch_frame);
    return frame && inject_poke(in, &frame[CATCH_FRAME_MASKED], MASKING_COUNT);
}

bool inject_46_updatee(Injection *in)
{
    Word *frame = inject_frame(in, is_update_frame);
    Closure *con = frame ? inject_object(in, is_static_con) : NULL;
    return con && inject_poke(in, &frame[UPDATE_FRAME_UPDATEE], ref_of(con));
}

/* The hole's frame becomes one that updates a static closure, of which no question of age comes up. */
static bool is_frame_of_hole(Injection *in, Word *frame)
{
    if (!is_update_frame(in, frame)) return false;
    const Closure *c = ref_closure(frame[UPDATE_FRAME_UPDATEE]);
    Ref owner = ((const Word *)c)[IND_TARGET];
    return c->info->kind == KIND_BLACKHOLE && !ref_tag(owner) && ref_closure(owner)->info->kind == KIND_TSO;
}
static bool is_entered_caf(Injection *in, Closure *c)
{
    (void)in;
    return c->info->kind == KIND_IND_STATIC;
}
bool inject_47_frame(Injection *in)
{
    Word *frame = in->heap->holes_have_frames ? inject_frame(in, is_frame_of_hole) : NULL;
    Closure *caf = frame ? inject_object(in, is_entered_caf) : NULL;
    return caf && inject_poke(in, &frame[UPDATE_FRAME_UPDATEE], (Word)caf);
}

/* A young one: no question of age comes up. */
static bool is_frame_of_young_hole(Injection *in, Word *frame)
{
    return is_frame_of_hole(in, frame) && Bdescr(ref_closure(frame[UPDATE_FRAME_UPDATEE]))->gen_no == 0;
}
static bool is_idle_thread(Injection *in, Closure *c)
{
    if (!is_thread(in, c)) return false;
    const Word *stack = closure_words(ref_closure(closure_words(c)[TSO_STACK]));
    return *(const Word *)stack[STACK_SP] == (Word)inject_std(in, STD_STOP_FRAME);
}
bool inject_46_other_thread(Injection *in)
{
    Word *frame = in->heap->holes_have_frames ? inject_frame(in, is_frame_of_young_hole) : NULL;
    Closure *thread = frame ? inject_object(in, is_idle_thread) : NULL;
    return thread && inject_poke(in, &closure_words(ref_closure(frame[UPDATE_FRAME_UPDATEE]))[IND_TARGET],
                                 (Word)thread);
}

static bool is_marked_frame(Injection *in, Word *frame)
{
    return frame[0] == (Word)inject_std(in, STD_MARKED_UPDATE_FRAME);
}
bool inject_46_unmarked(Injection *in)
{
    Word *frame = in->heap->holes_have_frames ? inject_frame(in, is_marked_frame) : NULL;
    return frame && inject_poke(in, frame, (Word)inject_std(in, STD_UPDATE_FRAME));
}

/* ---- Static closures */

bool inject_57_cycle(Injection *in)
{
    const HeapState *h = inject_state(in);
    return h->last_caf && inject_poke(in, &closure_words(h->last_caf)[CAF_LINK], (Word)h->first_caf);
}
bool inject_58_unlisted(Injection *in)
{
    HeapState *h = inject_state(in);
    if (!h->first_caf) return false;
    inject_poke(in, &h->caf_count, h->caf_count - 1);
    return inject_poke(in, &h->first_caf, closure_words(h->first_caf)[CAF_LINK]);
}

static bool is_static_with_pointers(Injection *in, Closure *c)
{
    (void)in;
    return inject_is_static(c) && c->info->kind <= KIND_FUN && c->info->ptrs > 0;
}
static bool is_moving_con(Injection *in, Closure *c) { return !inject_is_static(c) && inject_is_con(in, c); }
bool inject_58_moving(Injection *in)
{
    Closure *c = inject_object(in, is_static_with_pointers),
            *con = c ? inject_object(in, is_moving_con) : NULL;
    return con && inject_poke(in, closure_words(c) + 1, ref_of(con));
}

/* ---- Weak pointers, stable pointers and names */

static WeakList *any_weaks(const Injection *in)
{
    for (uint32_t g = 0; g < generation_count(inject_state(in)); g++)
        if (inject_state(in)->generations[g].weaks.count) return &inject_state(in)->generations[g].weaks;
    return NULL;
}
bool inject_61_member(Injection *in)
{
    WeakList *list = any_weaks(in);
    Closure *con = list ? inject_object(in, is_moving_con) : NULL;
    return con && inject_poke(in, &list->first, (Word)con);
}
bool inject_61_count(Injection *in)
{
    WeakList *list = any_weaks(in);
    return list && inject_poke(in, &list->count, list->count + 1);
}

static bool is_live_weak(Injection *in, Closure *c) { return c->info == inject_std(in, STD_WEAK); }
bool inject_62_tombstone(Injection *in)
{
    Closure *c = inject_object(in, is_live_weak);
    return c && inject_poke(in, &closure_words(c)[WEAK_KEY], 0);
}

bool inject_63_pointers(Injection *in)
{
    StableTables *t = &inject_state(in)->stable;
    return t->ptr_count && inject_poke(in, &t->ptr_count, t->ptr_count + 1);
}
bool inject_63_names(Injection *in)
{
    StableTables *t = &inject_state(in)->stable;
    return t->name_count && inject_poke(in, &t->name_count, t->name_count + 1);
}

/* ---- The nursery */

bool inject_66_link_back(Injection *in)
{
    BlockDescr *last = inject_state(in)->nursery.last;
    return inject_poke(in, &last->u.back, (Word)last);
}
bool inject_67_used(Injection *in)
{
    BlockDescr *last = inject_state(in)->nursery.last;
    if (last == inject_state(in)->nursery.current) return false;
    inject_poke(in, &last->start[1], 4);
    inject_poke(in, last->start, (Word)inject_std(in, STD_FILLER));
    return inject_poke(in, &last->free, (Word)(last->start + 4));
}
static bool poke_unallocated(Injection *in, Word *from)
{
    size_t words = BLOCK_WORDS - (size_t)(from - Bdescr(from)->start);
    return inject_poke(in, from + inject_chance(in, words), 1);
}
bool inject_67_written(Injection *in)
{
    const Nursery *n = &inject_state(in)->nursery;
    return in->heap->config.poison && n->last != n->current && poke_unallocated(in, n->last->start);
}
bool inject_67_beyond(Injection *in)
{
    const Word *end = inject_state(in)->nursery.current->start + BLOCK_WORDS;
    return in->heap->config.poison && in->heap->hp < end && poke_unallocated(in, in->heap->hp);
}
bool inject_68_short_limit(Injection *in)
{
    const Word *end = inject_state(in)->nursery.current->start + BLOCK_WORDS;
    return end - in->heap->hp > 1 && inject_poke(in, &in->heap->hp_lim, (Word)(in->heap->hp + 1));
}
bool inject_68_limit(Injection *in)
{
    return inject_poke(in, &in->heap->hp_lim,
                       (Word)(inject_state(in)->nursery.current->start + BLOCK_WORDS + 1));
}
