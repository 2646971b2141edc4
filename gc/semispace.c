/* semispace: Cheney's collector as the textbooks have it. One generation, no ageing, no remembered set: every
 * collection copies everything that lives, breadth first, with to-space as the queue of what is still to be
 * scanned. It knows objects only through closure_each_pointer and closure_size, so that it shares nothing
 * with gen-copy's hand-made paths, and can be the judge of them.
 *
 * Always true while it runs: what stands in a block before u.scan refers to to-space, to large objects that
 * have been relinked and to static closures only; what stands behind it refers to from-space.
 *
 * Follows: Cheney, "A nonrecursive list compacting algorithm" (CACM 1970); Jones, Hosking, Moss, "The Garbage
 * Collection Handbook", 4.1. */
#include "gc/collection.h"

/* The only generation, which is from-space and to-space in turns. */
static Generation *space(Collection *c) { return &c->generations[0]; }

static void keep(Collection *c, Ref *slot, Closure *object, BlockDescr *block)
{
    collection_code(c, object->info);
    if (block->flags & BF_LARGE)
        large_keep(c, block, space(c));
    else
        *slot = ref_make(copy_any(c, object, block, space(c)), ref_tag(*slot));
}

static void copy(Collection *c, Ref *slot)
{
    Closure *object = ref_closure(*slot);
    BlockDescr *block = Bdescr(object);
    if (block->flags & BF_EVACUATED)
        collection_static(c, block, object);
    else if (header_is_forwarded((Word)object->info))
        *slot = ref_make(header_forwardee((Word)object->info), ref_tag(*slot));
    else
        keep(c, slot, object, block);
}

/* True if the slot referred to something in from-space that only stood for something else. */
static bool follow(Collection *c, Ref *slot)
{
    Closure *object = ref_closure(*slot);
    Ref target;
    if (Bdescr(object)->flags & BF_EVACUATED || header_is_forwarded((Word)object->info)) return false;
    if (!collection_follow(c, object, &target)) return false;
    *slot = target;
    return true;
}

static void evacuate_slot(Collection *c, Ref *slot)
{
    while (follow(c, slot)) continue;
    copy(c, slot);
}

/* ---- Scanning */

static void visit_slot(void *c, Ref *slot) { evacuate_slot(c, slot); }

/* What an update frame is going to update is kept as it is, an indirection too. */
static bool scan_frame(void *c, Word *frame)
{
    if (MUTANT_IS(((Collection *)c)->h, semispace_forgets)) return false;
    collection_code(c, (const InfoTable *)frame[0]);
    if (((const InfoTable *)frame[0])->kind == KIND_UPDATE_FRAME)
        copy(c, &frame[UPDATE_FRAME_UPDATEE]);
    else
        frame_each_pointer(frame, visit_slot, c);
    return true;
}

static void scan_object(Collection *c, Word *w)
{
    switch (((const InfoTable *)w[0])->kind) {
    case KIND_STACK:
        stack_each_frame((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], scan_frame, c);
        return;
    case KIND_AP_STACK:
        evacuate_slot(c, &w[AP_STACK_FUN]);
        stack_each_frame(&w[AP_STACK_PAYLOAD], &w[AP_STACK_PAYLOAD + w[AP_STACK_SIZE]], scan_frame, c);
        return;
    default: closure_each_strong_pointer((Closure *)w, visit_slot, c);
    }
}

/* The block's first object that has not been scanned. */
static bool scan_next(Collection *c, BlockDescr *block)
{
    Word *object = block->u.scan;
    if (object == (block == c->to[0].last ? c->to[0].free : block->free)) return false;
    block->u.scan = object + closure_size((Closure *)object);
    scan_object(c, object);
    c->to[0].objects++;
    return true;
}

static bool scan_large(Collection *c)
{
    LargeList *todo = &c->to[0].large_todo;
    BlockDescr *group = todo->first;
    if (!group) return false;
    large_list_remove(todo, group);
    large_list_push(&space(c)->large, group);
    scan_object(c, group->start);
    return true;
}

static void scan_block(Collection *c, BlockDescr *block)
{
    while (scan_next(c, block)) continue;
}

/* The block that is scanned stays noted: more may have come to it when this is called again. */
static void scan_to_space(Collection *c)
{
    ToSpace *to = &c->to[0];
    do {
        if (!to->scanned) to->scanned = to->first;
        if (to->scanned) scan_block(c, to->scanned);
        while (to->scanned && to->scanned != to->last) scan_block(c, to->scanned = to->scanned->link);
    } while (scan_large(c) || collection_scan_statics(c));
}

const GcCollector collector_semispace = {
    .version = GC_COLLECTOR_VERSION,
    .name = "semispace",
    .about = "Cheney's: one generation, copied as a whole",
    .most_generations = 1,
    .follows_code = true,
    .worst_case_blocks = spaces_worst_case,
    .prepare = spaces_prepare,
    .evacuate = evacuate_slot,
    .drain = scan_to_space,
    .survivor = space_survivor,
    .finish = spaces_finish,
};
