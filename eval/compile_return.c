/* Return points: what a frame holds while it waits, and how the code goes on.
 *
 * A frame that waits for an evaluation holds what is read behind it and nothing else, as GHC's does, so that
 * a deep recursion takes no more of the stack, and of the heap, than it takes there: what is live is moved to
 * the frame's end, if it does not stand there already, and Sp to the words that are kept. When the code goes
 * on, Sp stays there and what was moved stays where it is (frame_settles); or code behind the unit's own puts
 * both back. */
#include "eval/compile_private.h"

static ReturnPoint *return_point_new(Compiler *c, InfoTable *info, Label *label)
{
    Unit *u = &c->unit;
    if (u->return_count == u->return_capacity) {
        uint32_t capacity = u->return_capacity * 2 + 16;
        ReturnPoint **bigger = compile_scratch(c, capacity * sizeof *bigger);
        for (uint32_t i = 0; i < u->return_count; i++) bigger[i] = u->returns[i];
        u->returns = bigger;
        u->return_capacity = capacity;
    }
    ReturnPoint *r = u->returns[u->return_count++] = compile_scratch(c, sizeof *r);
    r->info = info;
    r->entry = label;
    return r;
}

LocalSet live_behind(Compiler *c, const Context *ctx)
{
    LocalSet live = set_new(c);
    if (!ctx->tail) set_union(c, live, ctx->live);
    return live;
}

static uint32_t live_words(Compiler *c, LocalSet set, Binder ***live)
{
    *live = compile_scratch(c, (c->unit.local_count + 1) * sizeof **live);
    return live_by_place(c, set, *live);
}

InfoTable *compile_liveness(Compiler *c, const Expr *e, const Context *ctx, Label *resume)
{
    uint32_t total = c->unit.total;
    Binder **live, **words = compile_scratch(c, total * sizeof *words);
    LocalSet set = live_behind(c, ctx);
    set_union(c, set, live_in(c, e));
    for (uint32_t i = live_words(c, set, &live); i-- > 0;) words[total - 1 - live[i]->place] = live[i];
    ReturnPoint *r = return_point_new(c, info_for_return(c, total - 1, words, NULL), resume);
    r->info->below = total - c->unit.depth;
    r->words = total - 1;
    r->depth = c->unit.depth;
    return r->info;
}

/* From place to place, that nearest to the frame's end first: none is overwritten before it is read. */
static void append_saves(Compiler *c, ReturnPoint *r, Binder *const *live)
{
    int32_t depth = (int32_t)r->words + 1;
    uint32_t first = 0;
    while (first < r->words && live[first]->place == first + 1) first++;
    r->save_count = r->words - first;
    if (!r->save_count) return;
    r->saves = const_append(c, r->save_count);
    for (uint32_t i = first; i < r->words; i++)
        const_append(c, SAVE_MOVE(depth - (int32_t)live[i]->place, depth - (int32_t)(i + 1)));
}

ReturnPoint *compile_return_point(Compiler *c, LocalSet set, const Expr *kase, Label *after, bool settles)
{
    Binder **live;
    uint32_t count = live_words(c, set, &live);
    Binder **words = compile_scratch(c, (count + 1) * sizeof *words);
    for (uint32_t i = 0; i < count; i++) words[count - 1 - i] = live[i];
    ReturnPoint *r = return_point_new(c, info_for_return(c, count, words, kase), after);
    r->info->below = c->unit.total - (count + 1);
    r->words = count;
    r->depth = c->unit.depth;
    r->is_settled = settles;
    append_saves(c, r, live);
    return r;
}

void emit_return_point(Compiler *c, const ReturnPoint *r, bool with_saves)
{
    emit_const(c, (Word)r->info);
    if (with_saves) emit_cell(c, r->save_count ? r->saves : const_index(c, 0));
    emit_words(c, (int32_t)(c->unit.depth - (r->words + 1)));
}

void emit_destination(Compiler *c, const Context *ctx, bool with_saves)
{
    if (ctx->tail)
        emit_cell(c, c->unit.depth);
    else
        emit_return_point(c, ctx->ret, with_saves);
}

/* The moves in the instruction itself. */
static void emit_moves(Compiler *c, const ReturnPoint *r)
{
    emit_cell(c, r->save_count);
    for (uint32_t i = 1; i <= r->save_count; i++) {
        Word move = c->unit.consts[r->saves + i];
        emit_slot(c, (int32_t)(uint32_t)move);
        emit_slot(c, (int32_t)(uint32_t)(move >> 32));
    }
}

void emit_eval(Compiler *c, const Atom *a, const ReturnPoint *r)
{
    emit(c, !r->is_settled ? OP_EVAL_SAVE : r->save_count ? OP_EVAL_MOVE : OP_EVAL);
    emit_atom(c, a);
    emit_return_point(c, r, !r->is_settled);
    if (r->is_settled && r->save_count) emit_moves(c, r);
}

/* Where a frame is returned to whose code goes on with Sp elsewhere, or with what it keeps in other places.
 */
void compile_restores(Compiler *c)
{
    for (uint32_t i = 0; i < c->unit.return_count; i++) {
        ReturnPoint *r = c->unit.returns[i];
        if (r->is_settled || !r->entry || !r->entry->bound) continue;
        Label *entry = label_new(c);
        label_bind(c, entry);
        emit(c, OP_RESTORE);
        emit_cell(c, r->save_count ? r->saves : const_index(c, 0));
        emit_words(c, (int32_t)(r->words + 1 - r->depth));
        emit_label(c, r->entry);
        r->entry = entry;
    }
}
