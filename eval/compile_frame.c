/* Slots: where each local of a unit stands in its frame.
 *
 * Slots count from 1 (Sp[0] is the return point): free variables first, then what the body binds, innermost
 * last; branches that exclude each other share. The parameters stand above the locals, where the caller has
 * put them. Always true: two binders that are in scope together have different slots; the fields of a
 * pattern, and the components of a multi-value pattern, stand in consecutive slots in the order of the
 * object's words. */
#include "eval/compile_private.h"

typedef struct Slots {
    Compiler *c;
    uint32_t most; /* first slot that no branch has used */
    bool needs_scratch;
} Slots;

static void layout_expr(Slots *l, const Expr *e, uint32_t next);

static uint32_t take(Slots *l, Binder *b, uint32_t slot)
{
    b->slot = slot;
    if (slot + 1 > l->most) l->most = slot + 1;
    return slot + 1;
}

static uint32_t layout_fields(Slots *l, const Alt *alt, uint32_t next)
{
    const ConCode *con = con_code(l->c, alt->con);
    for (uint32_t i = 0; i < alt->binder_count; i++)
        if (con->word_of[i] != UINT16_MAX) take(l, alt->binders[i], next + con->word_of[i]);
    return next + con->words;
}

static uint32_t layout_components(Slots *l, const Alt *alt, uint32_t next)
{
    for (uint32_t i = 0; i < alt->binder_count; i++)
        if (!binder_is_void(alt->binders[i])) next = take(l, alt->binders[i], next);
    return next;
}

static void layout_alt(Slots *l, const Alt *alt, uint32_t next)
{
    if (alt->kind == PAT_CON)
        next = layout_fields(l, alt, next);
    else if (alt->kind == PAT_TUPLE)
        next = layout_components(l, alt, next);
    layout_expr(l, alt->body, next);
}

static void layout_case(Slots *l, const Expr *e, uint32_t next)
{
    const Expr *scrutinee = e->kase.scrutinee;
    if (!prim_is_inline(scrutinee)) layout_expr(l, scrutinee, next);
    if (e->kase.alt_kind == ALT_MULTI)
        l->needs_scratch = true; /* results that no binder takes */
    else if (!binder_is_void(e->kase.binder))
        next = take(l, e->kase.binder, next);
    else
        l->needs_scratch = true;
    for (uint32_t i = 0; i < e->kase.alt_count; i++) layout_alt(l, &e->kase.alts[i], next);
}

static void layout_join(Slots *l, const Rhs *rhs, uint32_t next)
{
    for (uint32_t i = 0; i < rhs->param_count; i++)
        if (!binder_is_void(rhs->params[i])) next = take(l, rhs->params[i], next);
    layout_expr(l, rhs->body, next);
}

static void layout_expr(Slots *l, const Expr *e, uint32_t next)
{
    for (; e->kind == EXPR_LET; e = e->let.body)
        for (uint32_t i = 0; i < e->let.bind_count; i++) next = take(l, e->let.binders[i], next);
    switch (e->kind) {
    case EXPR_CASE: layout_case(l, e, next); break;
    case EXPR_LET_NO_ESCAPE:
        for (uint32_t i = 0; i < e->let.bind_count; i++) layout_join(l, e->let.rhss[i], next);
        layout_expr(l, e->let.body, next);
        break;
    case EXPR_PRIM:
    case EXPR_CCALL: l->needs_scratch = true; break;
    default: break;
    }
}

void frame_layout(Compiler *c, const Rhs *rhs)
{
    Unit *u = &c->unit;
    Slots l = {.c = c, .most = 1};
    Binder **free = compile_scratch(c, (rhs->free_count + 1) * sizeof *free);
    uint32_t next = 1, n = rhs_free_in_order(rhs, free);
    for (uint32_t i = 0; i < n; i++) next = take(&l, free[i], next);
    layout_expr(&l, rhs->body, next);
    /* Two scratch slots: a primitive has at most two results that nobody reads. */
    u->scratch = l.needs_scratch ? l.most : 0;
    u->locals = l.most - 1 + (l.needs_scratch ? 2 : 0);
    uint32_t slot = u->locals + 1;
    for (uint32_t i = 0; i < rhs->param_count; i++)
        if (!binder_is_void(rhs->params[i])) rhs->params[i]->slot = slot++;
    u->total = slot;
    u->set_words = (u->total + 63) / 64;
    u->slot_names = compile_scratch(c, u->total * sizeof *u->slot_names);
    for (uint32_t i = 0; i < n; i++) u->slot_names[free[i]->slot] = free[i];
    for (uint32_t i = 0; i < rhs->param_count; i++)
        if (!binder_is_void(rhs->params[i])) u->slot_names[rhs->params[i]->slot] = rhs->params[i];
}
