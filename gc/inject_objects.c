/* Ways to break objects and references (16 to 31). */
#include "gc/inject_private.h"

/* ---- Objects that move, with pointers in a plain payload */

static bool moves(Injection *in, Closure *c)
{
    (void)in;
    return !inject_is_static(c);
}

static bool has_pointers(Injection *in, Closure *c)
{
    return moves(in, c) && c->info->kind <= KIND_THUNK && c->info->ptrs > 0;
}

/* A pointer slot of some such object, or NULL. */
static Ref *any_slot(Injection *in)
{
    Closure *c = inject_object(in, has_pointers);
    if (!c) return NULL;
    return closure_words(c) + kinds[c->info->kind].first + inject_chance(in, c->info->ptrs);
}

static bool poke_header(Injection *in, Word header)
{
    Closure *c = inject_object(in, moves);
    return c && inject_poke(in, c, header);
}

/* ---- Headers */

bool inject_16_unknown_header(Injection *in)
{
    Closure *c = inject_object(in, moves);
    return c && inject_poke(in, c, (Word)c->info + 8);
}
bool inject_16_frame(Injection *in) { return poke_header(in, (Word)inject_std(in, STD_STOP_FRAME)); }
bool inject_17_poison(Injection *in) { return poke_header(in, BLOCK_POISON); }
bool inject_17_nothing(Injection *in) { return poke_header(in, 0); }
bool inject_17_forwarded(Injection *in)
{
    Closure *c = inject_object(in, moves);
    return c && inject_poke(in, c, (Word)c | 1);
}

/* ---- Sizes */

static bool is_small_thunk(Injection *in, Closure *c)
{
    return moves(in, c) && c->info->kind == KIND_THUNK && !(Bdescr(c)->flags & BF_LARGE) &&
           closure_size(c) > 2;
}

/* A function without words of its own, and fillers behind it. */
bool inject_18_one_word(Injection *in)
{
    Closure *c = inject_object(in, is_small_thunk);
    if (!c) return false;
    size_t words = closure_size(c);
    inject_poke(in, &closure_words(c)[2], words - 1);
    inject_poke(in, &closure_words(c)[1], (Word)inject_std(in, STD_FILLER));
    return inject_poke(in, c, (Word)info_new(in->heap->infos, KIND_FUN));
}

bool inject_19_free_pointer(Injection *in)
{
    Heap *heap = in->heap;
    Word *start = inject_state(in)->nursery.current->start, *hp = heap->hp;
    while (hp > start && hp[-1] == (Word)inject_std(in, STD_FILLER_ONE)) hp--; /* without it all is well */
    if (hp == start) return false;
    if (heap->hp_lim <= heap->hp) inject_poke(in, &heap->hp_lim, (Word)(hp - 1));
    return inject_poke(in, &heap->hp, (Word)(hp - 1));
}

/* The word that an object of variable size counts its words in, or 0. */
static uint32_t size_word(const Closure *c)
{
    switch (c->info->kind) {
    case KIND_ARR_WORDS: return BYTES_COUNT;
    case KIND_SMALL_MUT_ARR_PTRS: return SMALL_PTRS;
    case KIND_MUT_ARR_PTRS: return ARRAY_SIZE;
    case KIND_STACK: return STACK_WORDS;
    case KIND_AP_STACK: return AP_STACK_SIZE;
    default: return 0;
    }
}

static bool counts_its_words(Injection *in, Closure *c)
{
    return moves(in, c) && size_word(c) && !(Bdescr(c)->flags & BF_LARGE);
}

bool inject_20_too_long(Injection *in)
{
    Closure *c = inject_object(in, counts_its_words);
    return c && inject_poke(in, &closure_words(c)[size_word(c)], BLOCK_SIZE * 4);
}

/* ---- References */

bool inject_21_inside(Injection *in)
{
    Ref *slot = any_slot(in);
    return slot && inject_poke(in, slot, (*slot & ~TAG_MASK) + WORD_BYTES);
}

static bool is_free(Injection *in, BlockDescr *g)
{
    (void)in;
    return g->owner == OWNER_FREE;
}

bool inject_22_free_memory(Injection *in)
{
    Ref *slot = any_slot(in);
    BlockDescr *g = slot ? inject_group(in, is_free) : NULL;
    return g && inject_poke(in, slot, (Word)g->start + WORD_BYTES * inject_chance(in, BLOCK_WORDS));
}
bool inject_22_foreign(Injection *in)
{
    Ref *slot = any_slot(in);
    return slot && inject_poke(in, slot, (Word)in & ~TAG_MASK);
}
bool inject_23_number(Injection *in)
{
    Ref *slot = any_slot(in);
    return slot && inject_poke(in, slot, inject_chance(in, 4000));
}
bool inject_24_tag(Injection *in)
{
    Ref *slot = any_slot(in);
    return slot &&
           inject_poke(in, slot, (*slot & ~TAG_MASK) | (ref_closure(*slot)->info->tag % TAG_MASK + 1));
}

/* ---- Kinds */

#define IS_KIND(name)                                                                                        \
    static bool is_##name(Injection *in, Closure *c) { return moves(in, c) && c->info->kind == KIND_##name; }
IS_KIND(PAP)
IS_KIND(AP)
IS_KIND(AP_STACK)
IS_KIND(IND)

static bool poke_with_con(Injection *in, ObjectFits fits, uint32_t word)
{
    Closure *c = inject_object(in, fits), *con = c ? inject_object(in, inject_is_con) : NULL;
    return con && inject_poke(in, &closure_words(c)[word], ref_of(con));
}

bool inject_25_nothing_missing(Injection *in)
{
    Closure *c = inject_object(in, is_PAP);
    return c && inject_poke(in, &closure_words(c)[PAP_COUNTS], pap_counts(0, pap_n_args(c)));
}
bool inject_25_no_function(Injection *in) { return poke_with_con(in, is_PAP, PAP_FUN); }
bool inject_26_no_function(Injection *in) { return poke_with_con(in, is_AP, AP_FUN); }

/* The youngest frame becomes an apply frame that is longer than all there is. */
bool inject_26_frames(Injection *in)
{
    Closure *c = inject_object(in, is_AP_STACK);
    Word *w = c ? closure_words(c) : NULL;
    if (!c || w[AP_STACK_SIZE] < APPLY_FRAME_ARGS || w[AP_STACK_SIZE] >= APPLY_MAX_ARGS) return false;
    inject_poke(in, &w[AP_STACK_PAYLOAD + 1], apply_shape(APPLY_MAX_ARGS, APPLY_MAX_ARGS, 0));
    return inject_poke(in, &w[AP_STACK_PAYLOAD], (Word)inject_std(in, STD_APPLY_FRAME));
}

static bool has_own_tag(Injection *in, Closure *c)
{
    (void)in;
    return c->info->kind == KIND_CON && c->info->tag < TAG_MASK && !inject_is_static(c);
}
bool inject_27_tag(Injection *in)
{
    Closure *c = inject_object(in, has_own_tag);
    return c && inject_poke32(in, (uint32_t *)&c->info->con_tag, c->info->con_tag + 3);
}

static bool selects_from_con(Injection *in, Closure *c)
{
    return moves(in, c) && c->info->kind == KIND_THUNK_SELECTOR &&
           ref_closure(closure_words(c)[SELECTEE])->info->kind == KIND_CON;
}
bool inject_28_field(Injection *in)
{
    Closure *c = inject_object(in, selects_from_con);
    if (!c) return false;
    const InfoTable *con = ref_closure(closure_words(c)[SELECTEE])->info;
    return inject_poke32(in, (uint32_t *)&c->info->con_tag, con->ptrs + con->nptrs);
}

bool inject_29_cycle(Injection *in)
{
    Closure *c = inject_object(in, is_IND);
    return c && inject_poke(in, &closure_words(c)[IND_TARGET], (Word)c);
}

static bool is_array(Injection *in, Closure *c)
{
    return moves(in, c) && c->info->kind == KIND_MUT_ARR_PTRS && closure_words(c)[ARRAY_PTRS] > 0;
}
bool inject_31_elements(Injection *in)
{
    Closure *c = inject_object(in, is_array);
    return c && inject_poke(in, &closure_words(c)[ARRAY_PTRS], closure_words(c)[ARRAY_PTRS] - 1);
}

static bool is_large_bytes(Injection *in, Closure *c)
{
    bool is_large = (Bdescr(c)->flags & (BF_LARGE | BF_PINNED)) == BF_LARGE;
    return moves(in, c) && c->info->kind == KIND_ARR_WORDS && is_large;
}
bool inject_32_bytes(Injection *in)
{
    Closure *c = inject_object(in, is_large_bytes);
    return c && inject_poke(in, &closure_words(c)[BYTES_COUNT], closure_words(c)[BYTES_COUNT] - WORD_BYTES);
}
