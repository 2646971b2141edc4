/* Fault injection: the table, pokes, and the choice of victims. */
#include "gc/inject_private.h"

#include <sys/mman.h>

typedef struct InjectionRow {
    int number;
    const char *way;
    bool (*make)(Injection *in);
} InjectionRow;

static const InjectionRow rows[] = {
#define INJECTION(number, name, way) {number, way, inject_##number##_##name},
#include "gc/injections.def"
#undef INJECTION
};

enum { ROWS = sizeof rows / sizeof rows[0] };

size_t inject_rows(void) { return ROWS; }
int inject_row_number(size_t row) { return rows[row].number; }
const char *inject_row_way(size_t row) { return rows[row].way; }

bool inject_is_known(int number)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].number == number) return true;
    return false;
}

/* ---- Chance: splitmix64 */

uint32_t inject_chance(Injection *in, size_t below)
{
    uint64_t z = in->random += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)((z ^ z >> 31) % below);
}

/* ---- Pokes */

bool inject_poke_bytes(Injection *in, void *place, const void *value, size_t size)
{
    require(in->count < INJECT_MOST_POKES, "an injection pokes more than %d words", INJECT_MOST_POKES);
    in->pokes[in->count].place = place;
    in->pokes[in->count].size = size;
    memcpy(in->pokes[in->count++].old, place, size);
    memcpy(place, value, size);
    if (!in->where) in->where = place;
    return true;
}

void inject_undo(Injection *in)
{
    while (in->count > 0) {
        in->count--;
        memcpy(in->pokes[in->count].place, in->pokes[in->count].old, in->pokes[in->count].size);
    }
    if (in->opened) mprotect(in->opened, BLOCK_SIZE, PROT_NONE);
    in->opened = NULL;
}

/* ---- Victims */

typedef struct ObjectChoice {
    Injection *in;
    ObjectFits fits;
    Closure *chosen;
    size_t seen;
} ObjectChoice;

/* Each of those that fit is chosen with equal chance, whatever their number. */
static void consider_object(void *context, Closure *c)
{
    ObjectChoice *choice = context;
    if (choice->fits(choice->in, c) && inject_chance(choice->in, ++choice->seen) == 0) choice->chosen = c;
}

Closure *inject_object(Injection *in, ObjectFits fits)
{
    ObjectChoice choice = {in, fits, NULL, 0};
    heap_each_object(in->heap, WALK_ALL, consider_object, &choice);
    return choice.chosen;
}

typedef struct GroupChoice {
    Injection *in;
    GroupFits fits;
    BlockDescr *chosen;
    size_t seen;
} GroupChoice;

static bool consider_group(void *context, BlockDescr *g)
{
    GroupChoice *choice = context;
    if (choice->fits(choice->in, g) && inject_chance(choice->in, ++choice->seen) == 0) choice->chosen = g;
    return true;
}

BlockDescr *inject_group(Injection *in, GroupFits fits)
{
    GroupChoice choice = {in, fits, NULL, 0};
    block_each_group(in->heap->blocks, consider_group, &choice);
    return choice.chosen;
}

typedef struct FrameChoice {
    Injection *in;
    FrameFits fits;
    Word *chosen;
    size_t seen;
} FrameChoice;

static bool consider_frame(void *context, Word *frame)
{
    FrameChoice *choice = context;
    if (choice->fits(choice->in, frame) && inject_chance(choice->in, ++choice->seen) == 0)
        choice->chosen = frame;
    return true;
}

static void consider_stack(void *context, Closure *c)
{
    Word *w = closure_words(c);
    if (c->info->kind == KIND_STACK)
        stack_each_frame((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], consider_frame, context);
}

Word *inject_frame(Injection *in, FrameFits fits)
{
    FrameChoice choice = {in, fits, NULL, 0};
    heap_each_object(in->heap, WALK_ALL, consider_stack, &choice);
    return choice.chosen;
}

typedef struct Entry {
    const Closure *wanted;
    bool found;
} Entry;

static void compare_entry(void *context, Closure *c)
{
    Entry *entry = context;
    entry->found |= c == entry->wanted;
}

bool inject_is_remembered(const Injection *in, const Closure *c)
{
    Entry entry = {c, false};
    remembered_each(&inject_state(in)->generations[Bdescr(c)->gen_no].remembered, compare_entry, &entry);
    return entry.found;
}

/* ---- Injections */

bool inject_row(Injection *in, Heap *heap, size_t row, uint64_t seed)
{
    *in = (Injection){.heap = heap, .random = seed};
    if (!rows[row].make(in)) {
        inject_undo(in);
        return false;
    }
    in->number = rows[row].number;
    in->way = rows[row].way;
    return true;
}

bool inject(Injection *in, Heap *heap, int number, uint64_t seed)
{
    for (size_t i = 0, first = seed % ROWS; i < ROWS; i++) {
        size_t row = (first + i) % ROWS;
        if (rows[row].number == number && inject_row(in, heap, row, seed)) return true;
    }
    return false;
}
