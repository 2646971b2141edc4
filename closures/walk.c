/* Sizes, and the one pointer walk: everything that has to know where an object's pointers are, but for the
 * collector's own fast paths, asks here. Both follow the layout of the object's kind (closures/kinds.def).
 *
 * The arguments of a PAP or AP are described by its function's info table, so that the function must be whole
 * (not forwarded) when the object is walked. */
#include "closures/closure.h"

/* ---- Sizes */

size_t closure_size(const Closure *c)
{
    const InfoTable *info = c->info;
    const Word *w = (const Word *)c;
    if (info->words) return info->words;
    const KindRow *row = &kinds[info->kind];
    switch (row->layout) {
    case LAYOUT_PAYLOAD: return row->first + (size_t)info->ptrs + info->nptrs;
    case LAYOUT_FIXED:
    case LAYOUT_WEAK: return row->words;
    case LAYOUT_PAP: return row->first + (w[row->first - 2] >> 32);
    case LAYOUT_AP_STACK: return row->first + w[AP_STACK_SIZE];
    case LAYOUT_ARRAY: return row->first + w[ARRAY_SIZE];
    case LAYOUT_SMALL: return row->first + w[SMALL_PTRS];
    case LAYOUT_BYTES: return row->first + (w[BYTES_COUNT] + WORD_BYTES - 1) / WORD_BYTES;
    case LAYOUT_STACK: return row->first + w[STACK_WORDS];
    case LAYOUT_FILL: return w[FILLER_WORDS];
    case LAYOUT_FRAME:
    case LAYOUT_APPLY: break;
    }
    panic("a %s is not a heap object", row->spoken);
}

size_t frame_size(const Word *frame)
{
    const InfoTable *info = (const InfoTable *)frame[0];
    if (kinds[info->kind].layout == LAYOUT_APPLY)
        return APPLY_FRAME_ARGS + apply_words(frame[APPLY_FRAME_SHAPE]);
    return 1 + (size_t)info->ptrs;
}

void filler_write(const InfoRegistry *r, Word *at, size_t words)
{
    require(words > 0, "a filler has at least one word");
    at[0] = (Word)info_std(r, words == 1 ? STD_FILLER_ONE : STD_FILLER);
    if (words > 1) at[FILLER_WORDS] = words;
}

/* ---- Pointers */

static void each_of_run(Ref *slots, size_t count, SlotVisitor visit, void *context)
{
    for (size_t i = 0; i < count; i++) visit(context, &slots[i]);
}

static void each_of_bitmap(Ref *slots, uint32_t count, const Bitmap *bitmap, SlotVisitor visit, void *context)
{
    for (uint32_t i = 0; i < count; i++)
        if (bitmap_test(bitmap, i)) visit(context, &slots[i]);
}

/* Only kinds that the mutator writes to have slots that may be empty. */
static void each_of_fixed(Ref *slots, const KindRow *row, SlotVisitor visit, void *context)
{
    bool may_be_empty = row->flags & IS_MUTABLE;
    for (size_t i = 0; i < row->pointers; i++)
        if (slots[i] || !may_be_empty) visit(context, &slots[i]);
}

/* The function, then the arguments that it describes. */
static void each_of_application(Word *w, uint32_t first, SlotVisitor visit, void *context)
{
    visit(context, &w[first - 1]);
    const InfoTable *function = ref_closure(w[first - 1])->info;
    each_of_bitmap(&w[first], (uint32_t)(w[first - 2] >> 32), &function->bitmap, visit, context);
}

static void each_of_ap_stack(Word *w, SlotVisitor visit, void *context)
{
    visit(context, &w[AP_STACK_FUN]);
    stack_each_pointer(&w[AP_STACK_PAYLOAD], &w[AP_STACK_PAYLOAD + w[AP_STACK_SIZE]], visit, context);
}

void closure_each_pointer(Closure *c, SlotVisitor visit, void *context)
{
    Word *w = closure_words(c);
    const InfoTable *info = c->info;
    const KindRow *row = &kinds[info->kind];
    switch (row->layout) {
    case LAYOUT_PAYLOAD: each_of_run(&w[row->first], info->ptrs, visit, context); return;
    case LAYOUT_FIXED:
    case LAYOUT_WEAK: each_of_fixed(&w[row->first], row, visit, context); return;
    case LAYOUT_PAP: each_of_application(w, row->first, visit, context); return;
    case LAYOUT_AP_STACK: each_of_ap_stack(w, visit, context); return;
    case LAYOUT_ARRAY:
    case LAYOUT_SMALL: each_of_run(&w[row->first], w[ARRAY_PTRS], visit, context); return;
    case LAYOUT_STACK:
        stack_each_pointer((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], visit, context);
        return;
    case LAYOUT_BYTES:
    case LAYOUT_FILL: return;
    case LAYOUT_FRAME:
    case LAYOUT_APPLY: break;
    }
    panic("a %s is not a heap object", row->spoken);
}

void closure_each_strong_pointer(Closure *c, SlotVisitor visit, void *context)
{
    if (kinds[c->info->kind].layout != LAYOUT_WEAK) closure_each_pointer(c, visit, context);
}

void frame_each_pointer(Word *frame, SlotVisitor visit, void *context)
{
    const InfoTable *info = (const InfoTable *)frame[0];
    if (kinds[info->kind].layout == LAYOUT_APPLY) {
        Word shape = frame[APPLY_FRAME_SHAPE];
        Bitmap bitmap = {.inline_bits = apply_bitmap(shape)};
        each_of_bitmap(&frame[APPLY_FRAME_ARGS], apply_words(shape), &bitmap, visit, context);
    } else {
        each_of_bitmap(&frame[1], info->ptrs, &info->bitmap, visit, context);
    }
}

void stack_each_pointer(Word *sp, Word *end, SlotVisitor visit, void *context)
{
    for (Word *frame = sp; frame < end; frame += frame_size(frame)) frame_each_pointer(frame, visit, context);
}

void stack_each_frame(Word *sp, Word *end, bool (*visit)(void *context, Word *frame), void *context)
{
    for (Word *frame = sp; frame < end; frame += frame_size(frame))
        if (!visit(context, frame)) return;
}
