/* Does a row of words fit its info table? Where the table fixes the layout, the row has one word for each of
 * its letters; a reference stands where the letter says so, and nowhere else.
 *
 * Not known, and not checked here: rows of arrays, suspended evaluations, apply frames and static thunks, and
 * of tables whose letters may have been clipped. An object of the runtime that is met in a collection comes
 * without its words. */
#include <string.h>

#include "traces/trace_private.h"

#define LETTERS_SURE 2047u /* the writer clips longer ones, or may */

static bool has_letters(Kind kind)
{
    switch (kinds[kind].layout) {
    case LAYOUT_PAYLOAD:
    case LAYOUT_FRAME: return true;
    case LAYOUT_FIXED:
    case LAYOUT_WEAK: return !(kinds[kind].flags & IS_STATIC);
    default: return false;
    }
}

InfoShape info_shape(const Event_info *e)
{
    InfoShape shape = {.kind = kind_find(e->kind), .words = e->words};
    size_t count = strlen(e->reps);
    if (!has_letters(shape.kind) || count >= LETTERS_SURE) return shape;
    shape.letters = e->reps;
    shape.count = (uint32_t)count;
    return shape;
}

static bool word_fits(char letter, TraceWord word)
{
    bool pointer = letter == 'P' || letter == 'U';
    return word.kind != (pointer ? WORD_RAW : WORD_ID);
}

static bool row_fits(Trace *t, const char *event, const InfoShape *shape, TraceWords row)
{
    if (!shape->letters) return true;
    if (row.count != shape->count)
        return trace_fail(t, "%s: %u words, but its info has %u", event, row.count, shape->count);
    for (uint32_t k = 0; k < row.count; k++)
        if (!word_fits(shape->letters[k], row.at[k]))
            return trace_fail(t, "%s: word %u is %s", event, k,
                              row.at[k].kind == WORD_ID ? "an object, but should be no reference"
                                                        : "no reference, but should be one");
    return true;
}

static bool application_fits(Trace *t, const Event_alloc *e, Kind kind)
{
    return e->words + 1 == (uint64_t)kinds[kind].first + e->f.count ||
           trace_fail(t, "alloc: %u words, but a %s of this size has others", e->f.count, kinds[kind].name);
}

bool alloc_fits(Trace *t, const Event_alloc *e)
{
    const InfoShape *shape = &t->shapes[e->i];
    if (kinds[shape->kind].flags & IS_FRAME) return trace_fail(t, "alloc: info %u is a frame's", e->i);
    if (shape->words && e->words != shape->words)
        return trace_fail(t, "alloc: %llu words, but its info says %llu", (unsigned long long)e->words,
                          (unsigned long long)shape->words);
    if (e->id < 0 && e->f.count == 0) return true;
    if (kinds[shape->kind].layout == LAYOUT_PAP) return application_fits(t, e, shape->kind);
    return row_fits(t, "alloc", shape, e->f);
}

bool push_fits(Trace *t, const Event_push *e)
{
    const InfoShape *shape = &t->shapes[e->i];
    if (!(kinds[shape->kind].flags & IS_FRAME)) return trace_fail(t, "push: info %u is no frame's", e->i);
    return row_fits(t, "push", shape, e->f);
}
