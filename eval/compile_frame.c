/* Places: where each local of a unit stands in its frame.
 *
 * Places count from the frame's end, where the caller has put the parameters; slots from its beginning, Sp[0]
 * being the return point: slot_of. A binder gets the last places that nothing stands in that is still read;
 * so what lives long stands last, and what a `case` keeps (compile_return.c) is mostly in its place already.
 * Always true: what is live together has different places; the fields of a pattern, and the components of a
 * multi-value pattern, stand in consecutive slots in the order of the object's words. */
#include "eval/compile_private.h"

/* ---- Numbers: every local has one, from 1, in the sets of compile_live.c */

static void number_expr(Compiler *c, const Expr *e);

static void number(Compiler *c, Binder *b)
{
    Unit *u = &c->unit;
    if (binder_is_void(b)) return;
    if (u->local_count + 1 >= u->local_capacity) {
        uint32_t capacity = u->local_capacity * 2 + 16;
        Binder **bigger = compile_scratch(c, capacity * sizeof *bigger);
        for (uint32_t i = 1; i <= u->local_count; i++) bigger[i] = u->locals_by_number[i];
        u->locals_by_number = bigger;
        u->local_capacity = capacity;
    }
    b->local = ++u->local_count;
    b->place = 0;
    u->locals_by_number[b->local] = b;
}

static void number_all(Compiler *c, uint32_t count, Binder *const *binders)
{
    for (uint32_t i = 0; i < count; i++) number(c, binders[i]);
}

static void number_case(Compiler *c, const Expr *e)
{
    number_expr(c, e->kase.scrutinee);
    if (e->kase.alt_kind != ALT_MULTI) number(c, e->kase.binder);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        number_all(c, e->kase.alts[i].binder_count, e->kase.alts[i].binders);
        number_expr(c, e->kase.alts[i].body);
    }
}

static void number_expr(Compiler *c, const Expr *e)
{
    for (; e->kind == EXPR_LET; e = e->let.body) number_all(c, e->let.bind_count, e->let.binders);
    if (e->kind == EXPR_CASE) number_case(c, e);
    if (e->kind != EXPR_LET_NO_ESCAPE) return;
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        number_all(c, e->let.rhss[i]->param_count, e->let.rhss[i]->params);
        number_expr(c, e->let.rhss[i]->body);
    }
    number_expr(c, e->let.body);
}

/* ---- Settling
 *
 * What a case keeps while it waits is moved to the frame's end (compile_return.c). If all that moves is read
 * in the case's alternatives alone, it stays where it has come to: those alternatives find it there. What
 * code behind the case reads as well, or a let-no-escape block around it, must stand where others who come
 * there have it. */

Slot slot_of(const Compiler *c, const Binder *b) { return (Slot)(c->unit.depth - b->place); }
Slot scratch_slot(const Compiler *c) { return (Slot)(c->unit.depth - c->unit.scratch); }

uint32_t live_by_place(Compiler *c, LocalSet live, Binder **out)
{
    Unit *u = &c->unit;
    uint32_t count = 0;
    for (uint32_t i = set_next(c, live, 1); i; i = set_next(c, live, i + 1)) {
        uint32_t at = count++;
        for (; at > 0 && out[at - 1]->place > u->locals_by_number[i]->place; at--) out[at] = out[at - 1];
        out[at] = u->locals_by_number[i];
    }
    return count;
}

bool frame_settles(Compiler *c, const Expr *e, LocalSet live, LocalSet around)
{
    Binder **binders = compile_scratch(c, (c->unit.local_count + 1) * sizeof *binders);
    if (!waits_once(e->kase.scrutinee)) return false;
    uint32_t count = live_by_place(c, live, binders);
    for (uint32_t i = 0; i < count; i++)
        if (binders[i]->place != i + 1 &&
            (set_has(around, binders[i]->local) || set_has(c->unit.joins, binders[i]->local)))
            return false;
    return true;
}

Settled frame_settle(Compiler *c, LocalSet live)
{
    Settled s = {0, compile_scratch(c, (c->unit.local_count + 1) * sizeof *s.binders), NULL};
    s.count = live_by_place(c, live, s.binders);
    s.places = compile_scratch(c, (s.count + 1) * sizeof *s.places);
    for (uint32_t i = 0; i < s.count; i++) {
        s.places[i] = s.binders[i]->place;
        s.binders[i]->place = i + 1;
    }
    return s;
}

void frame_unsettle(const Settled *s)
{
    for (uint32_t i = 0; i < s->count; i++) s->binders[i]->place = s->places[i];
}

LocalSet joins_enter(Compiler *c, const Expr *e)
{
    LocalSet outside = c->unit.joins;
    c->unit.joins = set_new(c);
    set_union(c, c->unit.joins, outside);
    for (uint32_t i = 0; i < e->let.bind_count; i++)
        set_union(c, c->unit.joins, ((const JoinCode *)e->let.binders[i]->compiled)->live);
    return outside;
}

void joins_leave(Compiler *c, LocalSet outside) { c->unit.joins = outside; }

/* ---- Places */

typedef struct Places {
    Compiler *c;
    uint32_t most;  /* the lowest place that is in use */
    uint32_t *used; /* by place: the last question in which something stood there */
    uint32_t question;
    bool needs_scratch;
} Places;

static void place_expr(Places *p, const Expr *e, LocalSet around);

static void place_at(Places *p, Binder *b, uint32_t place)
{
    b->place = place;
    if (place > p->most) p->most = place;
}

static void mark_used(Places *p, LocalSet busy)
{
    Unit *u = &p->c->unit;
    p->question++;
    for (uint32_t i = set_next(p->c, busy, 1); i; i = set_next(p->c, busy, i + 1))
        p->used[u->locals_by_number[i]->place] = p->question;
}

/* The lowest of so many places in a row, as near to the end as can be, in which none of `busy` stands. */
static uint32_t find_places(Places *p, uint32_t count, LocalSet busy)
{
    uint32_t place = 1, room = 0;
    mark_used(p, busy);
    for (; room < count; place++) room = p->used[place] == p->question ? 0 : room + 1;
    return place - 1;
}

static void place(Places *p, Binder *b, LocalSet busy)
{
    if (!binder_is_void(b)) place_at(p, b, find_places(p, 1, busy));
}

/* One by one, where each has to stay while the next is written. */
static void place_all(Places *p, uint32_t count, Binder *const *binders, LocalSet busy)
{
    for (uint32_t i = 0; i < count; i++) {
        place(p, binders[i], busy);
        if (!binder_is_void(binders[i])) set_add(busy, binders[i]->local);
    }
}

static LocalSet set_of(Places *p, LocalSet a, LocalSet b)
{
    LocalSet s = set_new(p->c);
    set_union(p->c, s, a);
    set_union(p->c, s, b);
    return s;
}

static void place_fields(Places *p, const Alt *alt, LocalSet busy)
{
    FieldSpan span = fields_read(p->c, alt);
    if (!span.count) return;
    uint32_t lowest = find_places(p, span.count, busy);
    const ConCode *con = con_code(p->c, alt->con);
    for (uint32_t i = 0; i < alt->binder_count; i++)
        if (con->word_of[i] != UINT16_MAX && alt->binders[i]->used)
            place_at(p, alt->binders[i], lowest - (con->word_of[i] - span.first));
    if (lowest > p->most) p->most = lowest;
}

static void place_components(Places *p, const Alt *alt, LocalSet busy)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < alt->binder_count; i++) count += !binder_is_void(alt->binders[i]);
    if (!count) return;
    uint32_t next = find_places(p, count, busy);
    for (uint32_t i = 0; i < alt->binder_count; i++)
        if (!binder_is_void(alt->binders[i])) place_at(p, alt->binders[i], next--);
}

static void place_alt(Places *p, const Alt *alt, LocalSet around)
{
    if (alt->kind == PAT_CON) place_fields(p, alt, set_of(p, live_in(p->c, alt->body), around));
    place_expr(p, alt->body, around);
}

/* What is written before the alternatives begin. A primitive in line may read its arguments when it has
 * written its first result: they stay. */
static void place_scrutinised(Places *p, const Expr *e, LocalSet busy)
{
    p->needs_scratch = true; /* for results that no binder takes */
    if (prim_is_inline(e->kase.scrutinee)) set_union(p->c, busy, live_in(p->c, e));
    if (e->kase.alt_kind == ALT_MULTI)
        place_components(p, &e->kase.alts[0], busy);
    else
        place(p, e->kase.binder, busy);
}

/* What stands in other places behind the case stands there in all of its alternatives. */
static void place_alts(Places *p, const Expr *e, LocalSet around, LocalSet behind)
{
    Settled settled = frame_settles(p->c, e, behind, around) ? frame_settle(p->c, behind) : (Settled){0};
    place_scrutinised(p, e, behind);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) place_alt(p, &e->kase.alts[i], around);
    frame_unsettle(&settled);
}

static void place_case(Places *p, const Expr *e, LocalSet around)
{
    LocalSet behind = set_of(p, around, around);
    live_in_alternatives(p->c, behind, e);
    if (!prim_is_inline(e->kase.scrutinee)) place_expr(p, e->kase.scrutinee, behind);
    place_alts(p, e, around, behind);
}

static void place_let(Places *p, const Expr *e, LocalSet around)
{
    LocalSet busy = set_of(p, live_in(p->c, e), around);
    set_union(p->c, busy, live_in(p->c, e->let.body));
    place_all(p, e->let.bind_count, e->let.binders, busy);
}

/* A jump has read all that it gives before it writes a parameter. */
static void place_joins(Places *p, const Expr *e, LocalSet around)
{
    LocalSet outside = joins_enter(p->c, e);
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        const Rhs *rhs = e->let.rhss[i];
        JoinCode *join = e->let.binders[i]->compiled;
        place_all(p, rhs->param_count, rhs->params, set_of(p, live_in(p->c, rhs->body), around));
        join->places = compile_scratch(p->c, (rhs->param_count + 1) * sizeof *join->places);
        for (uint32_t k = 0; k < rhs->param_count; k++) join->places[k] = rhs->params[k]->place;
        place_expr(p, rhs->body, around);
    }
    place_expr(p, e->let.body, around);
    joins_leave(p->c, outside);
}

/* `around`: what is read behind the expression. */
static void place_expr(Places *p, const Expr *e, LocalSet around)
{
    for (; e->kind == EXPR_LET; e = e->let.body) place_let(p, e, around);
    switch (e->kind) {
    case EXPR_CASE: place_case(p, e, around); break;
    case EXPR_LET_NO_ESCAPE: place_joins(p, e, around); break;
    case EXPR_PRIM:
    case EXPR_CCALL: p->needs_scratch = true; break;
    default: break;
    }
}

/* What the code finds there: parameters, and beneath them the free variables, which it puts there first. */
static void place_given(Places *p, const Rhs *rhs, uint32_t free_count, Binder *const *free)
{
    uint32_t next = rhs_arg_words(rhs);
    for (uint32_t i = 0; i < rhs->param_count; i++)
        if (!binder_is_void(rhs->params[i])) place_at(p, rhs->params[i], next--);
    next = rhs_arg_words(rhs) + free_count;
    if (rhs->self) place_at(p, rhs->self, next + 1);
    for (uint32_t i = 0; i < free_count; i++) place_at(p, free[i], next--);
}

void frame_layout(Compiler *c, const Rhs *rhs)
{
    Unit *u = &c->unit;
    Binder **free = compile_scratch(c, (rhs->free_count + 1) * sizeof *free);
    uint32_t n = rhs_free_in_order(rhs, free), params = rhs_arg_words(rhs);
    number_all(c, n, free);
    if (rhs->self) number_all(c, 1, (Binder *const *)&rhs->self);
    number_all(c, rhs->param_count, rhs->params);
    number_expr(c, rhs->body);
    u->set_words = u->local_count / 64 + 1;
    Places p = {.c = c, .most = params + n + (rhs->self != NULL)};
    p.used = compile_scratch(c, (2 * (u->local_count + 1)) * sizeof *p.used);
    u->joins = set_new(c);
    live_in(c, rhs->body); /* of joins as well, where they are bound */
    place_given(&p, rhs, n, free);
    place_expr(&p, rhs->body, set_new(c));
    /* Two scratch slots: a primitive has at most two results that nobody reads. */
    u->scratch = p.most + 2;
    u->total = p.most + (p.needs_scratch ? 2 : 0) + 1;
    u->depth = params;
}
