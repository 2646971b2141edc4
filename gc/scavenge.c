/* Scavenging: evacuating everything that an object refers to, and to-space as the list of what is to do.
 *
 * What immutable objects hold is promoted to their own generation at once (eager); what mutable objects hold
 * is not, for it may be overwritten before the next collection. An object that still holds something younger
 * goes to its generation's remembered set; mutable arrays always do.
 *
 * Follows: GHC, rts/sm/Scav.c. */
#include "gc/evacuate_private.h"
#include "gc/team.h"

/* ---- Pieces of objects */

static inline Word *scavenge_run(Collection *c, Ref *slot, size_t count)
{
    for (Ref *end = slot + count; slot < end; slot++)
        if (unlikely(!evacuate_straight(c, slot))) evacuate_uncommon(c, slot);
    return slot;
}

/* Constructors, functions and thunks. */
static inline uint32_t payload_header(const InfoTable *info)
{
    return info->kind == KIND_THUNK ? THUNK_HEADER : 1;
}

static inline Word *scavenge_payload(Collection *c, Word *w, const InfoTable *info)
{
    Ref *slot = w + payload_header(info);
    if (MUTANT_IS(c->h, forget_first) && info->ptrs > 0)
        return scavenge_run(c, slot + 1, info->ptrs - 1) + info->nptrs;
    if (MUTANT_IS(c->h, forget_last) && info->ptrs > 0)
        return scavenge_run(c, slot, info->ptrs - 1) + 1 + info->nptrs;
    return scavenge_run(c, slot, info->ptrs) + info->nptrs;
}

/* Slots of the runtime's own objects, which may be empty. */
static void scavenge_fixed(Collection *c, Word *w, const KindRow *row)
{
    uint32_t first = row->first, end = row->first + (uint32_t)row->pointers;
    if (MUTANT_IS(c->h, forget_mvar) && row == &kinds[KIND_MVAR]) end--;
    if (MUTANT_IS(c->h, forget_thread) && row == &kinds[KIND_TSO]) first++;
    for (uint32_t i = first; i < end; i++)
        if (w[i]) evacuate(c, &w[i]);
}

/* The function's info table describes the arguments. */
static const InfoTable *function_info(Ref function)
{
    const InfoTable *info = from_space_header(ref_closure(function));
    return header_is_forwarded((Word)info) ? header_forwardee((Word)info)->info : info;
}

static Word *scavenge_application(Collection *c, Word *w, uint32_t first)
{
    const InfoTable *function = function_info(w[first - 1]);
    uint32_t words = (uint32_t)(w[first - 2] >> 32), end = words;
    if (!MUTANT_IS(c->h, forget_pap_function)) evacuate(c, &w[first - 1]);
    if (MUTANT_IS(c->h, forget_pap_payload) && end > 0) end--;
    for (uint32_t i = 0; i < end; i++)
        if (bitmap_test(&function->bitmap, i)) evacuate(c, &w[first + i]);
    return &w[first + words];
}

static Word *scavenge_ap_stack(Collection *c, Word *w)
{
    Word *end = &w[AP_STACK_PAYLOAD + w[AP_STACK_SIZE]];
    evacuate(c, &w[AP_STACK_FUN]);
    if (!MUTANT_IS(c->h, forget_ap_stack)) scavenge_stack(c, &w[AP_STACK_PAYLOAD], end);
    return end;
}

/* ---- Arrays */

static uint8_t *array_cards(Word *w) { return (uint8_t *)&w[ARRAY_PAYLOAD + w[ARRAY_PTRS]]; }

/* One card's elements; its mark says afterwards whether it holds anything younger. */
static bool scavenge_card(Collection *c, Word *w, size_t card)
{
    size_t from = card << CARD_ELEMENTS_SHIFT, to = (card + 1) << CARD_ELEMENTS_SHIFT;
    if (to > w[ARRAY_PTRS]) to = w[ARRAY_PTRS];
    c->failed = false;
    scavenge_run(c, &w[ARRAY_PAYLOAD + from], to - from);
    array_cards(w)[card] = c->failed && !MUTANT_IS(c->h, card_cleaned);
    return c->failed;
}

/* Every card, or the dirty ones only. True if one of them holds anything younger. */
static bool scavenge_cards(Collection *c, Word *w, bool dirty_only)
{
    size_t cards = (w[ARRAY_PTRS] + (1u << CARD_ELEMENTS_SHIFT) - 1) >> CARD_ELEMENTS_SHIFT;
    bool younger = false;
    if (MUTANT_IS(c->h, forget_last_card) && cards > 0) cards--;
    for (size_t card = 0; card < cards; card++)
        if (!dirty_only || array_cards(w)[card]) younger |= scavenge_card(c, w, card);
    return younger;
}

static const InfoTable *std(const Collection *c, StdInfo which) { return info_std(c->h->heap.infos, which); }

static bool is_frozen(const Collection *c, const Word *w)
{
    return w[0] == (Word)std(c, STD_MUT_ARR_PTRS_FROZEN) ||
           w[0] == (Word)std(c, STD_MUT_ARR_PTRS_FROZEN_DIRTY);
}

static void scavenge_array(Collection *c, Word *w, bool dirty_only)
{
    bool frozen = is_frozen(c, w), younger = scavenge_cards(c, w, dirty_only);
    if (frozen)
        w[0] = (Word)std(c, younger ? STD_MUT_ARR_PTRS_FROZEN_DIRTY : STD_MUT_ARR_PTRS_FROZEN);
    else
        w[0] = (Word)std(c, younger ? STD_MUT_ARR_PTRS_DIRTY : STD_MUT_ARR_PTRS_CLEAN);
    c->failed = younger || !frozen;
}

static void scavenge_small_array(Collection *c, Word *w)
{
    bool frozen = w[0] == (Word)std(c, STD_SMALL_MUT_ARR_PTRS_FROZEN) ||
                  w[0] == (Word)std(c, STD_SMALL_MUT_ARR_PTRS_FROZEN_DIRTY);
    size_t count = w[SMALL_PTRS];
    if (MUTANT_IS(c->h, forget_small_array) && count > 0) count--;
    scavenge_run(c, &w[SMALL_PAYLOAD], count);
    if (frozen) {
        w[0] = (Word)std(c, c->failed ? STD_SMALL_MUT_ARR_PTRS_FROZEN_DIRTY : STD_SMALL_MUT_ARR_PTRS_FROZEN);
        return;
    }
    w[0] = (Word)std(c, c->failed ? STD_SMALL_MUT_ARR_PTRS_DIRTY : STD_SMALL_MUT_ARR_PTRS_CLEAN);
    c->failed = true;
}

/* ---- Mutable objects: what they hold is not promoted for their sake */

static void scavenge_mutable(Collection *c, Word *w, const InfoTable *info)
{
    bool eager = c->eager;
    c->eager = eager && MUTANT_IS(c->h, eager_for_mutable);
    switch (info->kind) {
    case KIND_MUT_VAR:
        evacuate(c, &w[1]);
        w[0] = (Word)std(c, c->failed ? STD_MUT_VAR_DIRTY : STD_MUT_VAR_CLEAN);
        break;
    case KIND_MVAR:
        scavenge_fixed(c, w, &kinds[KIND_MVAR]);
        w[0] = (Word)std(c, c->failed ? STD_MVAR_DIRTY : STD_MVAR_CLEAN);
        break;
    case KIND_MUT_ARR_PTRS: scavenge_array(c, w, false); break;
    case KIND_SMALL_MUT_ARR_PTRS: scavenge_small_array(c, w); break;
    case KIND_TSO:
        scavenge_fixed(c, w, &kinds[KIND_TSO]);
        w[TSO_DIRTY] = c->failed;
        break;
    case KIND_STACK:
        scavenge_stack(c, (Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]]);
        w[STACK_DIRTY] = c->failed && !MUTANT_IS(c->h, stack_cleaned);
        break;
    default: scavenge_fixed(c, w, &kinds[info->kind]); break;
    }
    c->eager = eager;
}

/* ---- Objects */

Word *scavenge_object(Collection *c, Word *w)
{
    const InfoTable *info = (const InfoTable *)w[0];
    switch (info->kind) {
    case KIND_CON:
    case KIND_FUN:
    case KIND_THUNK: return scavenge_payload(c, w, info);
    case KIND_THUNK_SELECTOR:
        return MUTANT_IS(c->h, forget_selectee) ? w + SELECTEE + 1 : scavenge_run(c, w + SELECTEE, 1);
    case KIND_IND:
    case KIND_BLACKHOLE:
        return MUTANT_IS(c->h, forget_hole) ? w + IND_TARGET + 1 : scavenge_run(c, w + IND_TARGET, 1);
    case KIND_PAP: return scavenge_application(c, w, PAP_PAYLOAD);
    case KIND_AP: return scavenge_application(c, w, AP_PAYLOAD);
    case KIND_AP_STACK: return scavenge_ap_stack(c, w);
    case KIND_BLOCKING_QUEUE:
    case KIND_MVAR:
    case KIND_MUT_VAR:
    case KIND_MUT_ARR_PTRS:
    case KIND_SMALL_MUT_ARR_PTRS:
    case KIND_TSO:
    case KIND_STACK: scavenge_mutable(c, w, info); return w + closure_size((Closure *)w);
    case KIND_WEAK: /* see weak.c */
    case KIND_ARR_WORDS:
    case KIND_STABLE_NAME:
    case KIND_FILLER: return w + closure_size((Closure *)w);
    default: panic("a %s stands in to-space", kinds[info->kind].spoken);
    }
}

/* Remembers the object that has just been scavenged, if it holds anything younger. */
static inline void remember_if_failed(Collection *c, Generation *generation, Word *object, const char *why)
{
    if (likely(!c->failed)) return;
    c->failed = false;
    if (generation->no > 0 && !MUTANT_IS(c->h, failed_ignored))
        remember_survivor(c, generation, (Closure *)object, why);
}

/* ---- To-space */

static inline const Word *filled_end(const ToSpace *space, const BlockDescr *block)
{
    return block == space->last ? space->free : block->free;
}

static void scavenge_block(Collection *c, Generation *generation, BlockDescr *block)
{
    ToSpace *space = &c->to[generation->no];
    Word *object = block->u.scan;
    if (MUTANT_IS(c->h, scan_late) && object == block->start) object += closure_size((Closure *)object);
    while (object < filled_end(space, block)) {
        const InfoTable *info = (const InfoTable *)object[0];
        Word *next;
        c->object = (Closure *)object;
        if (likely(info->kind <= KIND_THUNK))
            next = scavenge_payload(c, object, info);
        else
            next = scavenge_object(c, object);
        remember_if_failed(c, generation, object, "promoted");
        space->objects++;
        object = next;
    }
    block->u.scan = object;
}

/* ---- To-space where nobody listens: the hot loops
 *
 * Whatever a constructor, function or thunk of the oldest generation refers to is promoted to it, and most of
 * what one of a younger one refers to comes there, or ages there with it: there is one destination, whose
 * free pointer stays in a register. What has another one is out of line. */

/* What stands some words ahead in to-space will be evacuated soon. It may be any word: a prefetch never
 * faults. */
#define PREFETCH_WORDS 12
/* Where the last collection, or the program, wrote a list, its cells follow each other: what stands so far
 * behind the one that is copied is needed soon, and processors do not fetch beyond a page by themselves. */
#define PREFETCH_NEIGHBOURS 256

static __attribute__((noinline)) void evacuate_out_of_line(Collection *c, Ref *slot) { evacuate(c, slot); }

typedef struct Settled {
    Collection *c;
    Generation *to;
    ToSpace *space;
    BlockDescr *block; /* that is scavenged */
    size_t objects;    /* that have been */
    Ref staying;       /* has been met last of those that stay as they are: unit, the end of a list */
    Word *free, *limit;
    const Word *end; /* of what the block holds so far; NULL: it is the last one, whose end is `free` */
    uint8_t no;
    bool young;   /* not the oldest generation: what has aged there goes elsewhere */
    bool in_team; /* blocks have to be claimed */
} Settled;

static inline void settled_load(Settled *s)
{
    s->free = s->space->free;
    s->limit = s->space->limit;
    s->end = s->block == s->space->last ? NULL : s->block->free;
}

static inline const Word *settled_end(const Settled *s) { return s->end ? s->end : s->free; }

static inline void settled_uncommon(Settled *s, Word *object, Ref *slot)
{
    s->c->object = (Closure *)object;
    s->space->free = s->free;
    evacuate_out_of_line(s->c, slot);
    settled_load(s);
}

static inline void settled_stays(Settled *s, Ref ref, BlockDescr *block)
{
    if (likely(block->gen_no >= s->no) || MUTANT_IS(s->c->h, settled_stays))
        s->staying = ref;
    else
        s->c->failed = true;
    collection_static(s->c, block, ref_closure(ref));
}

/* Does the copy go to where `free` is? */
static inline bool settled_receives(const Settled *s, const InfoTable *info, const BlockDescr *block)
{
    bool here = !s->young || block->dest_no <= s->no || MUTANT_IS(s->c->h, settled_keeps);
    return likely(here) && likely(s->free + info->words <= s->limit);
}

/* What a member has claimed does not stay where it is: in a team either question is answered by one look. */
static inline __attribute__((always_inline)) bool settled_may_copy(Settled *s, Word *object, Ref *slot,
                                                                   BlockDescr *block)
{
    if (s->in_team && likely(team_has_claimed(s->c, block))) return true;
    if (block->flags & BF_EVACUATED)
        settled_stays(s, *slot, block);
    else if (s->in_team)
        settled_uncommon(s, object, slot);
    else
        return true;
    return false;
}

/* The oldest generation's is known to be eager when all have been counted (count_settled). */
static inline void settled_promoted(Settled *s, const BlockDescr *block, size_t words)
{
    s->c->stats.promoted_objects++;
    if (!s->young) {
        s->c->settled_from[block->dest_no] += words;
        return;
    }
    s->c->stats.promoted_words += words;
    if (block->dest_no < s->no) count_eager(s->c, block->dest_no, s->no, words);
}

static inline __attribute__((always_inline)) void settled_evacuate(Settled *s, Word *object, Ref *slot)
{
    Ref ref = *slot;
    if (ref == s->staying) return;
    Closure *from = ref_closure(ref);
    BlockDescr *block = Bdescr(from);
    if (!settled_may_copy(s, object, slot, block)) return;
    const InfoTable *info = from->info;
    if (unlikely(header_is_forwarded((Word)info)) || unlikely(!is_straight(info, block)) ||
        !settled_receives(s, info, block)) {
        settled_uncommon(s, object, slot);
        return;
    }
    size_t words = info->words;
    Word *copy = s->free;
    __builtin_prefetch(closure_words(from) + PREFETCH_NEIGHBOURS, 1);
    copy[0] = (Word)info;
    copy_payload(copy, closure_words(from), words);
    __atomic_store_n((Word *)&from->info, (Word)copy | FORWARDED, __ATOMIC_RELEASE);
    s->free += words;
    *slot = ref_make((Closure *)copy, ref_tag(ref));
    if (unlikely(block->gen_no != s->no)) settled_promoted(s, block, words);
}

static inline __attribute__((always_inline)) void settled_slot(Settled *s, Word *object, Ref *slot,
                                                               bool ahead)
{
    if (ahead) __builtin_prefetch((const void *)slot[PREFETCH_WORDS], 1);
    settled_evacuate(s, object, slot);
}

static inline __attribute__((always_inline)) void settled_slots(Settled *s, Word *object, size_t header,
                                                                size_t count)
{
    Ref *slots = object + header;
    bool ahead = slots + count + PREFETCH_WORDS < settled_end(s);
    if (count % 2) settled_slot(s, object, slots, ahead);
    for (size_t i = count % 2; i < count; i += 2) {
        settled_slot(s, object, &slots[i], ahead);
        settled_slot(s, object, &slots[i + 1], ahead);
    }
}

static inline __attribute__((always_inline)) Word *settled_run_of(Settled *s, Word *object, size_t header,
                                                                  size_t ptrs)
{
    Collection *c = s->c;
    const InfoTable *info = (const InfoTable *)object[0];
    const size_t words = header + ptrs + info->nptrs;
    do {
        settled_slots(s, object, header, ptrs - (MUTANT_IS(c->h, settled_forgets) && ptrs > 0));
        remember_if_failed(c, s->to, object, "promoted");
        s->objects++;
        object += words;
    } while (object < settled_end(s) && object[0] == (Word)info);
    return object;
}

/* Constructors, functions or thunks of one table, as far as they follow each other. Where the next one stands
 * is known before its header has been read, so that a processor goes on to it at once. Pairs, such as cells
 * and nodes, have a loop of their own: either of their pointers has branches of its own to be predicted. */
static inline __attribute__((always_inline)) Word *settled_run(Settled *s, Word *object)
{
    const InfoTable *info = (const InfoTable *)object[0];
    uint32_t header = payload_header(info);
    return header == 1 && info->ptrs == 2 ? settled_run_of(s, object, 1, 2)
                                          : settled_run_of(s, object, header, info->ptrs);
}

static inline Word *settled_other(Settled *s, Word *object)
{
    s->c->object = (Closure *)object;
    s->space->free = s->free;
    Word *next = scavenge_object(s->c, object);
    settled_load(s);
    remember_if_failed(s->c, s->to, object, "promoted");
    s->objects++;
    return next;
}

static inline __attribute__((always_inline)) void
scavenge_settled(Collection *c, Generation *generation, BlockDescr *block, bool young, bool in_team)
{
    Settled s = {.c = c,
                 .to = generation,
                 .space = &c->to[generation->no],
                 .block = block,
                 .no = generation->no,
                 .young = young,
                 .in_team = in_team};
    Word *object = block->u.scan;
    settled_load(&s);
    while (object < settled_end(&s)) {
        const InfoTable *info = (const InfoTable *)object[0];
        object = likely(info->kind <= KIND_THUNK) ? settled_run(&s, object) : settled_other(&s, object);
    }
    s.space->free = s.free;
    s.space->objects += s.objects;
    block->u.scan = object;
}

static void scavenge_block_young(Collection *c, Generation *generation, BlockDescr *block)
{
    scavenge_settled(c, generation, block, true, false);
}

static void scavenge_block_alone(Collection *c, Generation *generation, BlockDescr *block)
{
    scavenge_settled(c, generation, block, false, false);
}

static void scavenge_block_in_team(Collection *c, Generation *generation, BlockDescr *block)
{
    scavenge_settled(c, generation, block, false, true);
}

/* ---- Until nothing is left to do */

/* What is not eager in an older generation has two destinations; a team's loop is for the oldest one. */
static void scavenge_one_block(Collection *c, Generation *generation, BlockDescr *block)
{
    bool oldest = generation == c->h->oldest;
    c->evac_gen = generation->no;
    if (c->watched || (!c->eager && generation->no > 0) || (c->team && !oldest))
        scavenge_block(c, generation, block);
    else if (!oldest)
        scavenge_block_young(c, generation, block);
    else if (c->team)
        scavenge_block_in_team(c, generation, block);
    else
        scavenge_block_alone(c, generation, block);
}

static bool scavenge_blocks(Collection *c, Generation *generation)
{
    ToSpace *space = &c->to[generation->no];
    BlockDescr *block = to_space_next(c, space);
    if (block) scavenge_one_block(c, generation, block);
    space->scanned = NULL;
    return block;
}

static bool scavenge_large(Collection *c, Generation *generation)
{
    LargeList *todo = &c->to[generation->no].large_todo;
    BlockDescr *group = todo->first;
    if (!group) return false;
    large_list_remove(todo, group);
    team_lock(c);
    large_list_push(&generation->large, group);
    team_unlock(c);
    if (group->flags & BF_PINNED || MUTANT_IS(c->h, scan_large))
        return true; /* a pinned one has no pointers */
    c->evac_gen = generation->no;
    c->object = (Closure *)group->start;
    scavenge_object(c, group->start);
    remember_if_failed(c, generation, group->start, "promoted");
    return true;
}

static bool scavenge_some(Collection *c)
{
    for (int g = c->h->oldest->no; g >= 0; g--)
        if (scavenge_blocks(c, &c->generations[g]) || scavenge_large(c, &c->generations[g])) return true;
    return collection_scan_statics(c);
}

void scavenge_to_space(Collection *c)
{
    while (scavenge_some(c)) continue;
    c->evac_gen = 0;
}

/* ---- In a team */

/* Own blocks, and what others send meanwhile. */
static void scavenge_own(Collection *c)
{
    while (scavenge_some(c) || team_answer(c)) team_answer(c);
    c->evac_gen = 0;
}

static bool scavenge_stolen_from(Collection *c, const Collection *other, Generation *generation)
{
    BlockDescr *block;
    uint32_t blocks = to_space_steal(c, (ToSpace *)&other->to[generation->no], &block);
    for (uint32_t i = 0; i < blocks; i++, block = block->link) scavenge_one_block(c, generation, block);
    return blocks;
}

static bool scavenge_stolen(Collection *c)
{
    const GcTeam *team = c->team;
    for (int g = c->h->oldest->no; g >= 0; g--)
        for (uint32_t i = 0; i < team->count; i++)
            if (scavenge_stolen_from(c, team->collections[i], &c->generations[g])) return true;
    return false;
}

static bool anything_to_steal(const Collection *c)
{
    const GcTeam *team = c->team;
    for (uint32_t i = 0; i < team->count; i++)
        for (uint32_t g = 0; g < generation_count(c->h); g++) {
            const ToSpace *space = &team->collections[i]->to[g];
            const BlockDescr *todo = __atomic_load_n(&space->todo, __ATOMIC_RELAXED);
            if (todo && todo != __atomic_load_n(&space->last, __ATOMIC_RELAXED)) return true;
        }
    return false;
}

static void scavenge_as_member(Collection *c)
{
    do {
        do scavenge_own(c);
        while (scavenge_stolen(c));
        team_flush(c);
    } while (team_wait(c, anything_to_steal));
}

void scavenge_in_team(GcTeam *team)
{
    team_run(team, scavenge_as_member);
    team_answer_deferred(team, team->collections[0]);
    scavenge_to_space(team->collections[0]);
}

/* ---- Remembered sets */

void scavenge_remembered(Collection *c, Generation *generation, Closure *entry)
{
    Word *w = closure_words(entry);
    c->evac_gen = generation->no;
    if (entry->info == std(c, STD_MUT_ARR_PTRS_CLEAN)) {
        c->failed = true;
    } else if (entry->info->kind == KIND_MUT_ARR_PTRS) {
        c->eager = false;
        scavenge_array(c, w, true);
        c->eager = c->h->heap.config.eager_promotion;
    } else if (entry->info->kind == KIND_WEAK) {
        scavenge_mutable(c, w, entry->info); /* its generation is not collected: its key counts as alive */
    } else {
        scavenge_object(c, w);
    }
    remember_if_failed(c, generation, w, "kept");
    c->evac_gen = 0;
}
