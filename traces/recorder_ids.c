/* Identity: every group of blocks that holds objects has an array of cells beside it, one per word. The array
 * is made when the first object of the group gets its id, and freed with the group. */
#include <stdlib.h>

#include "traces/recorder_private.h"

/* A large object needs one; pinned ones share their group. */
size_t group_cells(const BlockDescr *group)
{
    return group->flags & BF_LARGE && !(group->flags & BF_PINNED) ? 1 : block_group_words(group);
}

static IdCell *cells_make(BlockDescr *group)
{
    return group->aux = memory_new_zeroed(group_cells(group) * sizeof(IdCell));
}

IdCell *id_cell(const Closure *c)
{
    BlockDescr *group = block_head(Bdescr(c));
    IdCell *cells = group->aux ? group->aux : cells_make(group);
    return &cells[(const Word *)c - group->start];
}

void ids_drop(BlockDescr *group)
{
    free(group->aux);
    group->aux = NULL;
}

ObjectId recorder_id(const Recorder *r, const Closure *c)
{
    (void)r;
    return cell_id(*id_cell(c));
}

TraceAddr address_of(const void *p)
{
    Word offset = (Word)p & (BLOCK_SIZE - 1);
    return (TraceAddr){Bdescr(p)->number, (uint32_t)(offset / WORD_BYTES)};
}

ObjectId id_of_new(Recorder *r, const Closure *c)
{
    ObjectId id = ++r->last_id;
    *id_cell(c) = cell_make(id);
    return id;
}

static ObjectId id_of_met(Recorder *r, const Closure *c, IdCell *cell)
{
    ObjectId id = --r->last_runtime_id;
    *cell = cell_make(id);
    pointers_add(&r->met, c);
    return id;
}

ObjectId id_of(Recorder *r, const Closure *c)
{
    IdCell *cell = id_cell(c);
    return likely(*cell) ? cell_id(*cell) : id_of_met(r, c, cell);
}

/* Their words may meet others, which join the row. Nobody is met while the collector runs. */
bool write_met(Recorder *r)
{
    if (likely(r->met.count == 0)) return false;
    for (size_t k = 0; k < r->met.count; k++) {
        const Closure *c = r->met.at[k];
        write_alloc_of(r, c, closure_size(c), payload_words(r, c), NULL);
    }
    r->met.count = 0;
    return true;
}

void write_statics(Recorder *r)
{
    if (likely(r->statics.count == 0)) return;
    for (size_t k = 0; k < r->statics.count; k++) id_of_new(r, r->statics.at[k]);
    for (size_t k = 0; k < r->statics.count; k++) {
        const Closure *c = r->statics.at[k];
        write_alloc_of(r, c, closure_size(c), payload_words(r, c), NULL);
    }
    r->statics.count = 0;
    write_met(r);
}
