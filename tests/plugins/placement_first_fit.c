/* A block placement of one's own, as a worked example: first fit in order of address, or with the argument
 * `high` the highest group that is large enough, from its upper end.
 *
 *   thunkscope run PROG +RTS --block-placement=./placement_first_fit.so:high
 *
 * Free groups are one list in order of their numbers, linked through link and u.back. */
#include "blocks/placement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct FirstFit {
    BlockDescr *lowest;
    bool high;
} FirstFit;

static void *first_fit_open(const char *args, char *error, size_t size)
{
    if (args && strcmp(args, "high") != 0) {
        snprintf(error, size, "first-fit knows the argument `high`, not `%s`", args);
        return NULL;
    }
    FirstFit *f = calloc(1, sizeof *f);
    if (f) f->high = args != NULL;
    return f;
}

static void first_fit_insert(void *state, BlockDescr *g)
{
    FirstFit *f = state;
    BlockDescr *before = NULL, *after = f->lowest;
    for (; after && after->number < g->number; after = after->link) before = after;
    g->link = after;
    g->u.back = before;
    if (after) after->u.back = g;
    if (before)
        before->link = g;
    else
        f->lowest = g;
}

static void first_fit_remove(void *state, BlockDescr *g)
{
    FirstFit *f = state;
    if (g->link) g->link->u.back = g->u.back;
    if (g->u.back)
        g->u.back->link = g->link;
    else
        f->lowest = g->link;
}

static BlockDescr *first_fit_take(void *state, uint32_t blocks, uint32_t *offset)
{
    FirstFit *f = state;
    BlockDescr *found = NULL;
    for (BlockDescr *g = f->lowest; g && (f->high || !found); g = g->link)
        if (g->blocks >= blocks) found = g;
    if (!found) return NULL;
    if (f->high) *offset = found->blocks - blocks;
    first_fit_remove(f, found);
    return found;
}

static void first_fit_check(void *state, const PlacementCheck *check)
{
    const FirstFit *f = state;
    const BlockDescr *before = NULL;
    for (BlockDescr *g = f->lowest; g; before = g, g = g->link) {
        if (!check->member(check, g)) {
            if (before) check->report(check, 2, before, "is linked to itself, or to what is no free group");
            return;
        }
        if (g->u.back != before) check->report(check, 2, g, "does not lead back to the one before it");
        if (before && g->number <= before->number)
            check->report(check, 1, g, "stands behind %u in a list that goes upwards", before->number);
    }
}

const BlockPlacement thunkscope_block_placement = {
    .abi = BLOCK_PLACEMENT_ABI,
    .name = "first-fit",
    .open = first_fit_open,
    .close = free,
    .insert = first_fit_insert,
    .remove = first_fit_remove,
    .take = first_fit_take,
    .check = first_fit_check,
};
