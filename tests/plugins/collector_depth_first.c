/* A collector of one's own, as a worked example: semispace's, but depth first. Cheney's order puts objects
 * side by side that are equally far from the roots; this one puts behind an object what it refers to, and
 * then what the last of these refers to, so that a walk along a list or down a tree goes forward through
 * memory.
 *
 *   thunkscope run PROG +RTS --collector=./collector_depth_first.so
 *
 * Objects that have been copied but not scanned are on a stack, the last one first. One generation: nothing
 * is remembered. What it does not do itself are the services of gc/collection.h: from-space and to-space,
 * large objects, indirections and selectors, counting. */
#include "gc/collection.h"

#include <stdlib.h>

typedef struct Stack {
    Closure **objects;
    size_t count, room;
} Stack;

static bool start(Heap *heap)
{
    heap->collector_state = calloc(1, sizeof(Stack));
    return heap->collector_state;
}

static void end(Heap *heap)
{
    Stack *stack = heap->collector_state;
    if (stack) free(stack->objects);
    free(stack);
}

/* ---- Objects to be scanned */

static Stack *stack_of(const Collection *c) { return c->h->heap.collector_state; }

static void push(Collection *c, Closure *object)
{
    Stack *s = stack_of(c);
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 1024;
        s->objects = realloc(s->objects, s->room * sizeof *s->objects);
        require(s->objects, "out of memory for the stack of objects to be scanned");
    }
    s->objects[s->count++] = object;
}

/* ---- One reference */

static void keep(Collection *c, Ref *slot)
{
    Closure *object = ref_closure(*slot);
    BlockDescr *block = Bdescr(object);
    if (block->flags & BF_EVACUATED) {
        collection_static(c, block, object);
        return;
    }
    if (header_is_forwarded((Word)object->info)) {
        *slot = ref_make(header_forwardee((Word)object->info), ref_tag(*slot));
    } else if (block->flags & BF_LARGE) {
        large_keep(c, block, c->h->oldest);
    } else {
        Closure *copy = copy_any(c, object, block, c->h->oldest);
        *slot = ref_make(copy, ref_tag(*slot));
        push(c, copy);
    }
}

/* Goes past what only stands for something else; copies of it, and large ones, are what they are. */
static void evacuate_slot(Collection *c, Ref *slot)
{
    Ref target;
    for (;;) {
        Closure *object = ref_closure(*slot);
        bool kept = Bdescr(object)->flags & BF_EVACUATED || header_is_forwarded((Word)object->info);
        if (kept || !collection_follow(c, object, &target)) break;
        *slot = target;
    }
    keep(c, slot);
}

/* ---- One object */

static void visit(void *c, Ref *slot) { evacuate_slot(c, slot); }

/* What an update frame is going to update is kept as it is, an indirection too. */
static bool scan_frame(void *c, Word *frame)
{
    collection_code(c, (const InfoTable *)frame[0]);
    if (((const InfoTable *)frame[0])->kind == KIND_UPDATE_FRAME)
        keep(c, &frame[UPDATE_FRAME_UPDATEE]);
    else
        frame_each_pointer(frame, visit, c);
    return true;
}

static void scan(Collection *c, Closure *object)
{
    Word *w = closure_words(object);
    collection_code(c, object->info);
    switch (object->info->kind) {
    case KIND_STACK:
        stack_each_frame((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], scan_frame, c);
        break;
    case KIND_AP_STACK:
        evacuate_slot(c, &w[AP_STACK_FUN]);
        stack_each_frame(&w[AP_STACK_PAYLOAD], &w[AP_STACK_PAYLOAD + w[AP_STACK_SIZE]], scan_frame, c);
        break;
    default: closure_each_strong_pointer(object, visit, c);
    }
}

static bool scan_large(Collection *c)
{
    BlockDescr *group = c->to[0].large_todo.first;
    if (!group) return false;
    large_list_remove(&c->to[0].large_todo, group);
    large_list_push(&c->h->oldest->large, group);
    scan(c, (Closure *)group->start);
    return true;
}

static void drain(Collection *c)
{
    Stack *s = stack_of(c);
    do
        while (s->count > 0) {
            c->to[0].objects++;
            scan(c, s->objects[--s->count]);
        }
    while (scan_large(c) || collection_scan_statics(c));
}

/* Everything in to-space has been scanned. */
static void finish(Collection *c)
{
    spaces_finish(c);
    for (BlockDescr *b = c->h->oldest->list.first; b; b = b->link) b->u.scan = b->free;
}

const GcCollector thunkscope_gc_collector = {
    .version = GC_COLLECTOR_VERSION,
    .layout = GC_COLLECTOR_LAYOUT,
    .name = "depth-first",
    .about = "one generation, copied depth first",
    .most_generations = 1,
    .follows_code = true,
    .start = start,
    .end = end,
    .worst_case_blocks = spaces_worst_case,
    .prepare = spaces_prepare,
    .evacuate = evacuate_slot,
    .drain = drain,
    .survivor = space_survivor,
    .finish = finish,
};
