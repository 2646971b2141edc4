/* Doubly linked lists of free groups through link and u.back, ended by NULL on both sides. */
#ifndef THUNKSCOPE_BLOCKS_FREE_LIST_H
#define THUNKSCOPE_BLOCKS_FREE_LIST_H

#include "blocks/placement.h"

static inline void list_push(BlockDescr **list, BlockDescr *g)
{
    g->link = *list;
    g->u.back = NULL;
    if (*list) (*list)->u.back = g;
    *list = g;
}

static inline void list_insert_after(BlockDescr **list, BlockDescr *before, BlockDescr *g)
{
    if (!before) {
        list_push(list, g);
        return;
    }
    g->link = before->link;
    g->u.back = before;
    if (g->link) g->link->u.back = g;
    before->link = g;
}

static inline void list_remove(BlockDescr **list, BlockDescr *g)
{
    if (g->u.back)
        g->u.back->link = g->link;
    else
        *list = g->link;
    if (g->link) g->link->u.back = g->u.back;
}

/* Says each member, and reports 2 where link and back do not mirror each other. Answers how many members can
 * be followed from the first one on. */
size_t list_check(BlockDescr *first, const PlacementCheck *check);

#endif
