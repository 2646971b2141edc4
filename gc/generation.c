/* Generations and the lists of blocks they are made of. */
#include "gc/heap_state.h"

void block_list_append(BlockList *list, BlockDescr *group)
{
    group->link = NULL;
    if (list->last)
        list->last->link = group;
    else
        list->first = group;
    list->last = group;
    list->blocks += group->blocks;
}

static size_t group_words(const BlockDescr *group) { return (size_t)(group->free - group->start); }

void large_list_push(LargeList *list, BlockDescr *group)
{
    group->u.back = NULL;
    group->link = list->first;
    if (list->first) list->first->u.back = group;
    list->first = group;
    list->groups++;
    list->blocks += group->blocks;
    list->words += group_words(group);
}

void large_list_remove(LargeList *list, BlockDescr *group)
{
    if (group->u.back)
        group->u.back->link = group->link;
    else
        list->first = group->link;
    if (group->link) group->link->u.back = group->u.back;
    list->groups--;
    list->blocks -= group->blocks;
    list->words -= group_words(group);
}

void generations_init(HeapState *h)
{
    uint32_t count = generation_count(h);
    h->oldest = &h->generations[count - 1];
    for (uint32_t g = 0; g < count; g++) {
        Generation *generation = &h->generations[g];
        generation->no = (uint8_t)g;
        generation->to = g + 1 < count ? generation + 1 : generation;
    }
}

size_t generations_blocks(const HeapState *h)
{
    size_t blocks = h->pinned ? 1 : 0;
    for (uint32_t g = 0; g < generation_count(h); g++)
        blocks += h->generations[g].list.blocks + h->generations[g].large.blocks;
    return blocks;
}

size_t generations_words(const HeapState *h)
{
    size_t words = h->pinned ? group_words(h->pinned) : 0;
    for (uint32_t g = 0; g < generation_count(h); g++)
        words += generation_words(&h->generations[g]) + h->generations[g].large.words;
    return words;
}

/* Of those in front, which the last collection has kept, or which have come since. */
static size_t first_large_objects(const LargeList *list, bool kept)
{
    size_t objects = 0;
    for (const BlockDescr *b = list->first; b && kept == (bool)(b->flags & BF_TO_SPACE); b = b->link)
        objects += group_objects(b);
    return objects;
}

void generations_count_large(HeapState *h)
{
    for (uint32_t g = 0; g < generation_count(h); g++) {
        Generation *generation = &h->generations[g];
        generation->large_objects += first_large_objects(&generation->large, true);
    }
}

size_t generations_objects(const HeapState *h)
{
    size_t objects = h->pinned ? group_objects(h->pinned) : 0;
    objects += first_large_objects(&h->generations[0].large, false);
    for (uint32_t g = 0; g < generation_count(h); g++)
        objects += h->generations[g].objects + h->generations[g].large_objects;
    return objects;
}
