/* The census: what the heap holds at the position; dead objects, static ones and the runtime's own are left
 * out. */
#include <stdlib.h>
#include <string.h>

#include "inspect/model_private.h"

typedef struct Tally {
    uint32_t key;
    Kind kind;
    uint64_t count, words;
} Tally;

typedef struct Tallies {
    Tally *at; /* by key */
    uint32_t room;
} Tallies;

static Tally *tally_of(Tallies *all, uint32_t key)
{
    if (key >= all->room) {
        uint32_t room = all->room ? all->room : 64;
        while (room <= key) room *= 2;
        Tally *at = realloc(all->at, room * sizeof *at);
        if (!at) abort();
        memset(at + all->room, 0, (room - all->room) * sizeof *at);
        all->at = at;
        all->room = room;
    }
    return &all->at[key];
}

static uint32_t key_of(const PlayObject *o, CensusBy by)
{
    return by == CENSUS_KIND ? o->kind : by == CENSUS_INFO ? o->info : o->generation;
}

static void tally_object(Tallies *all, const PlayObject *o, CensusBy by)
{
    if (!o || o->dead || o->is_static) return;
    uint32_t key = key_of(o, by);
    Tally *t = tally_of(all, key);
    t->key = key;
    t->kind = o->kind;
    t->count++;
    t->words += o->words;
}

static void add_info(Text *t, const Model *m, const Event_info *info)
{
    text_put(t, info ? info->name : "?");
    add_place_of_nameless(t, m, info);
}

static void row_fill(const Model *m, CensusBy by, const Tally *t, CensusRow *row)
{
    *row = (CensusRow){.kind = t->kind, .count = t->count, .words = t->words};
    Text name = text_into(row->name, sizeof row->name);
    const Event_info *info = trace_info(m->trace, t->key);
    if (by == CENSUS_KIND)
        text_put(&name, kinds[t->key].spoken);
    else if (by == CENSUS_INFO)
        add_info(&name, m, info);
    else
        text_add(&name, "generation %u", t->key);
}

static int row_order(const void *a, const void *b)
{
    const CensusRow *x = a, *y = b;
    if (x->words != y->words) return x->words > y->words ? -1 : 1;
    return strcmp(x->name, y->name);
}

static CensusRow *rows_of(const Model *m, CensusBy by, const Tallies *all, uint32_t *count)
{
    CensusRow *rows = calloc(all->room + 1, sizeof *rows);
    if (!rows) abort();
    *count = 0;
    for (uint32_t k = 0; k < all->room; k++)
        if (all->at[k].count) row_fill(m, by, &all->at[k], &rows[(*count)++]);
    qsort(rows, *count, sizeof *rows, row_order);
    return rows;
}

uint32_t model_census(const Model *m, CensusBy by, CensusRow *out, uint32_t most)
{
    Tallies all = {0};
    ObjectId last = playback_last_id(m->play);
    for (ObjectId id = 1; id <= last; id++) tally_object(&all, playback_object(m->play, id), by);
    uint32_t count;
    CensusRow *rows = rows_of(m, by, &all, &count);
    memcpy(out, rows, (count < most ? count : most) * sizeof *rows);
    free(rows);
    free(all.at);
    return count;
}
