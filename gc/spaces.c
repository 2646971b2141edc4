/* From-space and to-space: what a collection sets aside, fills, counts, and gives up. Collectors choose from
 * these services; see gc/collection.h. */
#include <sched.h>

#include "gc/team.h"

/* ---- Setting aside */

/* Large survivors stand first in their list, but in generation 0, where the mutator's new ones stand before
 * them. */
void space_forget_survivors(Generation *g)
{
    for (BlockDescr *b = g->survivors; b; b = b->link) Bdescr(b->start)->flags &= (uint16_t)~BF_TO_SPACE;
    for (BlockDescr *b = g->large.first; b && (g->no == 0 || b->flags & BF_TO_SPACE); b = b->link)
        b->flags &= (uint16_t)~BF_TO_SPACE;
    g->survivors = NULL;
    g->survivors_start = NULL;
    g->kept_blocks = 0;
}

void space_set_aside(Generation *g)
{
    space_forget_survivors(g);
    for (BlockDescr *b = g->list.first; b; b = b->link) b->flags &= (uint16_t)~BF_EVACUATED;
    for (BlockDescr *b = g->large.first; b; b = b->link) b->flags &= (uint16_t)~BF_EVACUATED;
    g->from = g->list;
    g->from_large = g->large;
    g->list = (BlockList){0};
    g->large = (LargeList){0};
    g->words = g->objects = g->large_objects = g->holes = g->variable_words = 0;
}

void space_receive(Collection *c, Generation *g)
{
    BlockDescr *last = g->list.last;
    ToSpace *space = &c->to[g->no];
    space_forget_survivors(g);
    if (!last) return;
    last->u.scan = last->free;
    last->flags |= BF_TO_SPACE;
    g->survivors = last;
    g->survivors_start = last->free;
    space->first = space->last = last;
    space->free = last->free;
    space->limit = last->start + BLOCK_WORDS;
}

void space_prepare(Collection *c, Generation *g)
{
    if (g->no <= c->collected)
        space_set_aside(g);
    else
        space_receive(c, g);
}

void spaces_prepare(Collection *c)
{
    for (uint32_t g = 0; g < generation_count(c->h); g++) space_prepare(c, &c->generations[g]);
}

/* Note [How many blocks copying takes]
 *
 * A block is closed when the next object does not fit: what is left of it is wasted, and smaller than that
 * object, which then opens the next block. So two neighbours hold more than a block's words together, and N
 * words take no more than 2 N / BLOCK_WORDS blocks, and one that is not full for each list.
 *
 * That would be twice of what is mostly needed. But no small object whose size an info table says is larger
 * than the largest table's M words, and a block that such a one closes wastes less than that. The others
 * (arrays, suspended evaluations, stacks) have V words in all, as the mutator has told of new ones
 * (heap_note_words) and as has been counted when they were copied; each closes one block at most, and wastes
 * less than its own size. So closed blocks hold N words and V more, but for less than M in each: they are no
 * more than (N + V) / (BLOCK_WORDS - M + 1). Both are true, so the smaller one is. */
static size_t closed_blocks(size_t words, size_t variable, size_t largest)
{
    size_t by_neighbours = 2 * words / BLOCK_WORDS,
           by_size = (words + variable) / (BLOCK_WORDS - largest + 1);
    return by_neighbours < by_size ? by_neighbours : by_size;
}

/* Of the largest object that it describes: a function's applications too. */
static size_t words_of_table(const InfoTable *info)
{
    const size_t fixed = 8;
    size_t application = info->kind == KIND_FUN ? AP_PAYLOAD + info->arg_words : fixed;
    return info->kind <= KIND_THUNK && info->words > application ? info->words : application;
}

void spaces_note_tables(HeapState *h)
{
    for (uint32_t end = info_count(h->heap.infos); h->tables_seen < end; h->tables_seen++) {
        size_t words = words_of_table(info_by_id(h->heap.infos, h->tables_seen));
        if (words < LARGE_OBJECT_WORDS && words > h->largest_table) h->largest_table = words;
    }
}

size_t spaces_copying(const Heap *heap, uint32_t generations)
{
    const HeapState *h = (const HeapState *)heap;
    size_t words = nursery_words(h), variable = h->heap.variable_told;
    for (uint32_t g = 0; g < generations; g++) {
        words += h->generations[g].words;
        variable += h->generations[g].variable_words;
    }
    size_t largest = h->largest_table > PLAIN_OBJECT_WORDS ? h->largest_table : PLAIN_OBJECT_WORDS;
    return closed_blocks(words, variable, largest) + generation_count(h);
}

size_t spaces_worst_case(const Heap *heap, uint32_t collected) { return spaces_copying(heap, collected + 1); }

/* ---- Filling. A team shares what others may take blocks from. */

static void space_lock(const Collection *c, ToSpace *space)
{
    while (unlikely(c->team) && atomic_flag_test_and_set_explicit(&space->lock, memory_order_acquire))
        sched_yield();
}

static void space_unlock(const Collection *c, ToSpace *space)
{
    if (unlikely(c->team)) atomic_flag_clear_explicit(&space->lock, memory_order_release);
}

/* Under the space's lock; others look without it whether there is anything to take. */
static void peekable_set(BlockDescr **place, BlockDescr *block)
{
    __atomic_store_n(place, block, __ATOMIC_RELAXED);
}

static BlockDescr *block_take(Collection *c, Generation *to)
{
    BlockDescr *block = block_group_alloc_at(c->h->heap.blocks, 1, OWNER_GENERATION, SITE_TO_SPACE);
    if (!block) heap_out_of_memory();
    if (c->h->promised) c->h->promised--;
    block_group_own(c->h->heap.blocks, block, OWNER_GENERATION, to, to->no, to->to->no);
    return block;
}

static BlockDescr *block_from_reserve(Collection *c, ToSpace *space, Generation *to)
{
    if (!space->reserve) {
        team_lock(c);
        BlockDescr **link = &space->reserve;
        for (uint32_t i = 0; i < TEAM_RESERVE_BLOCKS; i++, link = &(*link)->link) *link = block_take(c, to);
        team_unlock(c);
    }
    BlockDescr *block = space->reserve;
    space->reserve = block->link;
    block->link = NULL;
    return block;
}

/* A fresh block, or a collector's own room: *limit is its end. */
static BlockDescr *room_take(Collection *c, Generation *to, size_t words, Word **limit)
{
    ToSpace *space = &c->to[to->no];
    BlockDescr *block = c->refill && to == c->h->oldest ? c->refill(c, words, limit) : NULL;
    if (block) return block;
    block = c->team ? block_from_reserve(c, space, to) : block_take(c, to);
    block_populate(block);
    block->flags = BF_EVACUATED | BF_TO_SPACE;
    *limit = block->start + BLOCK_WORDS;
    space->blocks++;
    return block;
}

void to_space_extend(Collection *c, Generation *to, size_t words)
{
    ToSpace *space = &c->to[to->no];
    Word *limit;
    BlockDescr *full = space->last, *block = room_take(c, to, words, &limit);
    block->u.scan = block->start;
    space_lock(c, space);
    if (full) {
        full->free = space->free;
        full->link = block;
    } else {
        space->first = block;
    }
    bool unfinished = full && full->u.scan != full->free && full != space->scanned;
    if (!space->todo) peekable_set(&space->todo, unfinished ? full : block);
    peekable_set(&space->last, block);
    space_unlock(c, space);
    if (full && c->leave) c->leave(c, full, space->limit);
    space->free = block->start;
    space->limit = limit;
}

static void copy_words(Word *to, const Word *from, size_t words)
{
    for (size_t i = 0; i < words; i++) to[i] = from[i];
}

/* Only the frames in use are copied; sp moves with them. */
static void copy_stack(Word *to, const Word *from, size_t words)
{
    size_t sp = (size_t)((const Word *)from[STACK_SP] - from);
    copy_words(to, from, STACK_AREA);
    copy_words(to + sp, from + sp, words - sp);
    to[STACK_SP] = (Word)(to + sp);
}

Closure *copy_any(Collection *c, Closure *from, BlockDescr *block, Generation *to)
{
    size_t words = closure_size(from);
    if (words > PLAIN_OBJECT_WORDS) c->to[to->no].variable += words;
    Word *object = to_space_alloc(c, to, words);
    if (from->info->kind == KIND_STACK)
        copy_stack(object, closure_words(from), words);
    else
        copy_words(object, closure_words(from), words);
    if (MUTANT_IS(c->h, copy_stack_pointer) && from->info->kind == KIND_STACK)
        object[STACK_SP] = (Word)(object + words);
    if (MUTANT_IS(c->h, copy_short) && from->info->kind == KIND_ARR_WORDS && words > BYTES_PAYLOAD)
        object[words - 1] = 0;
    return forward(c, from, block, to, object, words);
}

/* ---- Telling */

static MoveWhy why_moved(const BlockDescr *from, uint8_t from_gen, uint8_t from_dest, uint8_t to)
{
    if (to > from_dest) return MOVE_EAGER;
    if (to > from_gen) return MOVE_PROMOTED;
    return from->owner == OWNER_NURSERY ? MOVE_AGED : MOVE_SURVIVED;
}

void tell_moved(Collection *c, const Closure *from, const BlockDescr *block, const Closure *copy,
                size_t words)
{
    uint8_t to = Bdescr(copy)->gen_no;
    const GcObserver *o = &c->h->observer;
    o->moved(o->context, from, copy, words, to, why_moved(block, block->gen_no, block->dest_no, to));
}

typedef struct Relinked {
    const Collection *c;
    const BlockDescr *group;
    MoveWhy why;
} Relinked;

static void tell_relinked(void *context, Closure *object)
{
    const Relinked *r = context;
    const GcObserver *o = &r->c->h->observer;
    o->moved(o->context, object, object, closure_size(object), r->group->gen_no, r->why);
}

/* Whatever stays where it is counts as moved there; pinned neighbours do, dead or alive. */
static void tell_group_relinked(const Collection *c, const BlockDescr *group, MoveWhy why)
{
    Relinked relinked = {c, group, why};
    if (!c->watched) return;
    if (group->flags & BF_PINNED)
        pinned_each_object(group, tell_relinked, &relinked);
    else
        tell_relinked(&relinked, (Closure *)group->start);
}

void tell_pinned_current(const Collection *c)
{
    if (c->h->pinned) tell_group_relinked(c, c->h->pinned, MOVE_SURVIVED);
}

static void large_relink(Collection *c, BlockDescr *group, Generation *to)
{
    uint8_t from_gen = group->gen_no, from_dest = group->dest_no;
    size_t words = (size_t)(group->free - group->start);
    large_list_remove(&c->generations[from_gen].from_large, group);
    block_group_own(c->h->heap.blocks, group, (BlockOwner)group->owner, to, to->no, to->to->no);
    group->flags |= BF_EVACUATED | BF_TO_SPACE;
    large_list_push(&c->to[to->no].large_todo, group);
    count_promotion(c, from_gen, to, words);
    tell_group_relinked(c, group, why_moved(group, from_gen, from_dest, to->no));
}

void large_keep(Collection *c, BlockDescr *group, Generation *to)
{
    team_lock(c);
    large_relink(c, group, to);
    team_unlock(c);
}

void remember_survivor(Collection *c, Generation *generation, Closure *object, const char *why)
{
    team_lock(c);
    if (MUTANT_IS(c->h, remember_twice)) remembered_add(c->h, generation, object, why);
    remembered_add(c->h, MUTANT_IS(c->h, remember_astray) ? generation - 1 : generation, object, why);
    team_unlock(c);
}

/* ---- Blocks to scavenge */

/* What the last block holds behind its u.scan waits for its owner. */
static BlockDescr *own_block(ToSpace *space)
{
    if (space->todo) return space->todo;
    return space->last && space->last->u.scan != space->free ? space->last : NULL;
}

BlockDescr *to_space_next(Collection *c, ToSpace *space)
{
    space_lock(c, space);
    BlockDescr *block = own_block(space);
    if (space->todo) peekable_set(&space->todo, block->link);
    space->scanned = block;
    space_unlock(c, space);
    return block;
}

bool spaces_have_work(Collection *c)
{
    for (uint32_t g = 0; g < generation_count(c->h); g++)
        if (own_block(&c->to[g]) || c->to[g].large_todo.first) return true;
    return false;
}

#define MOST_STOLEN 32u /* blocks at a time: neighbours refer to neighbours */

/* Half of what there is. */
static uint32_t loot(const ToSpace *space)
{
    uint32_t blocks = 0;
    for (BlockDescr *b = space->todo; b != space->last && blocks < 2 * MOST_STOLEN; b = b->link) blocks++;
    return (blocks + 1) / 2;
}

uint32_t to_space_steal(Collection *c, ToSpace *space, BlockDescr **first)
{
    if (!__atomic_load_n(&space->todo, __ATOMIC_RELAXED)) return 0;
    space_lock(c, space);
    uint32_t blocks = space->todo ? loot(space) : 0;
    *first = space->todo;
    for (uint32_t i = 0; i < blocks; i++) peekable_set(&space->todo, space->todo->link);
    space_unlock(c, space);
    return blocks;
}

/* ---- Indirections */

/* True if a black hole's word 1 is its value: tagged, or not one of the two things that own black holes. */
static bool blackhole_has_value(Ref owner)
{
    if (ref_tag(owner)) return true;
    Word header = (Word)from_space_header(ref_closure(owner));
    const InfoTable *info = header_is_forwarded(header) ? header_forwardee(header)->info : (void *)header;
    return info->kind != KIND_TSO && info->kind != KIND_BLOCKING_QUEUE;
}

bool stands_for(const Closure *object, Ref *target)
{
    *target = ((const Word *)object)[IND_TARGET];
    if (object->info->kind == KIND_IND) return true;
    return object->info->kind == KIND_BLACKHOLE && blackhole_has_value(*target);
}

void note_indirection(Collection *c, const Closure *ind, Ref target)
{
    c->stats.ind_removed++;
    if (c->h->observer.ind_removed)
        c->h->observer.ind_removed(c->h->observer.context, ind, ref_closure(target));
}

Closure *space_survivor(Collection *c, Closure *object)
{
    (void)c;
    if (Bdescr(object)->flags & BF_EVACUATED) return object;
    Word header = (Word)object->info;
    return header_is_forwarded(header) ? header_forwardee(header) : NULL;
}

void note_selector(Collection *c, const Closure *selector, Ref value)
{
    c->stats.sel_removed++;
    if (c->h->observer.selector_removed)
        c->h->observer.selector_removed(c->h->observer.context, selector, ref_closure(value));
}

bool collection_follow(Collection *c, Closure *object, Ref *target)
{
    if (object->info->kind == KIND_THUNK_SELECTOR) return selector_evaluate(c, object, target);
    if (MUTANT_IS(c->h, keep_indirection) && object->info->kind == KIND_IND) return false;
    if (MUTANT_IS(c->h, hole_for_owner) && object->info->kind == KIND_BLACKHOLE) {
        *target = closure_words(object)[IND_TARGET];
        return true;
    }
    if (!stands_for(object, target)) return false;
    note_indirection(c, object, *target);
    return true;
}

/* ---- Counting, and giving up */

static size_t words_between(BlockDescr *first, const Word *start)
{
    size_t words = 0;
    for (BlockDescr *b = first; b; b = b->link) words += (size_t)(b->free - (b == first ? start : b->start));
    return words;
}

/* What mutants do to the blocks that have been filled. */
static void mutate_blocks(Collection *c, Generation *g, const ToSpace *space)
{
    if (space->first == space->last) return;
    if (MUTANT_IS(c->h, lose_block)) g->list.first = g->list.first->link;
    if (MUTANT_IS(c->h, free_early)) block_group_free(c->h->heap.blocks, space->last);
}

/* The generation's list goes on with what has been copied. */
static void to_space_join(Collection *c, Generation *g)
{
    ToSpace *space = &c->to[g->no];
    if (!space->last) return;
    space->last->free = space->free;
    space->last->link = NULL;
    if (!g->list.last)
        g->list.first = space->first;
    else if (g->list.last != space->first)
        g->list.last->link = space->first;
    g->list.last = space->last;
    g->list.blocks += space->blocks + MUTANT_IS(c->h, count_blocks);
    mutate_blocks(c, g, space);
    if (!g->survivors) {
        g->survivors = space->first;
        g->survivors_start = space->first->start;
    }
}

static void count_survivors(Collection *c, Generation *g, size_t words, size_t objects)
{
    g->words += words + MUTANT_IS(c->h, count_words);
    g->objects += objects + MUTANT_IS(c->h, count_objects);
    c->stats.copied_words += words;
    c->stats.copied_objects += objects;
}

/* The space's blocks are the last ones of the generation's list now. */
static size_t words_copied_to(const Generation *g, const ToSpace *space)
{
    if (!space->first) return 0;
    return words_between(space->first,
                         space->first == g->survivors ? g->survivors_start : space->first->start);
}

void spaces_finish_of(Collection *c, const GcTeam *team)
{
    uint32_t members = team ? team->count : 1;
    for (uint32_t g = 0; g < generation_count(c->h); g++) {
        Generation *generation = &c->generations[g];
        size_t words = 0, objects = 0;
        for (uint32_t i = 0; i < members; i++) {
            Collection *member = i ? team->collections[i] : c;
            to_space_join(member, generation);
            size_t copied = words_copied_to(generation, &member->to[g]);
            block_chain_free(c->h->heap.blocks, member->to[g].reserve);
            words += copied;
            objects += member->to[g].objects;
            generation->variable_words += member->to[g].variable;
            if (team) team->members[i].copied_words += copied;
        }
        count_survivors(c, generation, words, objects);
    }
}

void spaces_finish(Collection *c) { spaces_finish_of(c, NULL); }

static void release_list(Collection *c, BlockDescr *first)
{
    const GcObserver *o = &c->h->observer;
    for (BlockDescr *b = first; b && o->released; b = b->link) o->released(o->context, b);
    if (MUTANT_IS(c->h, keep_block) && first) first = first->link;
    block_chain_free(c->h->heap.blocks, first);
}

void spaces_release(Collection *c)
{
    nursery_reset(c->h);
    for (uint32_t g = 0; g <= c->collected; g++) {
        Generation *generation = &c->generations[g];
        release_list(c, generation->from.first);
        release_list(c, generation->from_large.first);
        generation->from = (BlockList){0};
        generation->from_large = (LargeList){0};
    }
    c->h->new_large_words = c->h->pinned_new_words = 0;
    c->h->heap.variable_told = 0; /* they have been copied, or are dead */
}
