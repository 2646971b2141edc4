/* Liveness: which locals an expression still reads. It decides the bitmaps of return points and heap checks,
 * hence what the collector keeps.
 *
 * Exact but for mutually recursive let-no-escape groups, whose members share one set. */
#include <stdlib.h>
#include <string.h>

#include "eval/compile_private.h"

LocalSet set_new(Compiler *c) { return (LocalSet){compile_scratch(c, c->unit.set_words * sizeof(uint64_t))}; }
void set_add(LocalSet s, uint32_t local) { s.bits[local / 64] |= (uint64_t)1 << (local % 64); }
void set_remove(LocalSet s, uint32_t local) { s.bits[local / 64] &= ~((uint64_t)1 << (local % 64)); }
bool set_has(LocalSet s, uint32_t local) { return s.bits[local / 64] >> (local % 64) & 1; }

uint32_t set_next(const Compiler *c, LocalSet s, uint32_t from)
{
    for (uint32_t word = from / 64; word < c->unit.set_words; word++) {
        uint64_t bits = s.bits[word];
        if (word == from / 64) bits &= ~(uint64_t)0 << (from % 64);
        if (bits) return word * 64 + (uint32_t)__builtin_ctzll(bits);
    }
    return 0;
}

void set_union(Compiler *c, LocalSet into, LocalSet other)
{
    for (uint32_t i = 0; i < c->unit.set_words; i++) into.bits[i] |= other.bits[i];
}

static void live_binder(Compiler *c, LocalSet s, const Binder *b)
{
    if (b->kind == BINDER_JOIN)
        set_union(c, s, ((const JoinCode *)b->compiled)->live);
    else if (b->kind != BINDER_TOP && !binder_is_void(b))
        set_add(s, b->local);
}

void live_in_atoms(Compiler *c, LocalSet s, uint32_t count, const Atom *atoms)
{
    for (uint32_t i = 0; i < count; i++)
        if (atoms[i].kind == ATOM_VAR) live_binder(c, s, atoms[i].binder);
}

static void unlive(LocalSet s, const Binder *b)
{
    if (!binder_is_void(b)) set_remove(s, b->local);
}

static void live_rhs(Compiler *c, LocalSet s, const Rhs *rhs)
{
    if (rhs->flag == RHS_CON) {
        live_in_atoms(c, s, rhs->arg_count, rhs->args);
        return;
    }
    for (uint32_t i = 0; i < rhs->free_count; i++) live_binder(c, s, rhs->free[i]);
    for (uint32_t i = 0; i < rhs->jump_count; i++) live_binder(c, s, rhs->jumps[i]);
}

void live_in_alternatives(Compiler *c, LocalSet s, const Expr *e)
{
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        const Alt *alt = &e->kase.alts[i];
        LocalSet inside = set_new(c);
        set_union(c, inside, live_in(c, alt->body));
        for (uint32_t k = 0; k < alt->binder_count; k++) unlive(inside, alt->binders[k]);
        set_union(c, s, inside);
    }
    if (e->kase.alt_kind != ALT_MULTI) unlive(s, e->kase.binder);
}

static void live_case(Compiler *c, LocalSet s, const Expr *e)
{
    live_in_alternatives(c, s, e);
    set_union(c, s, live_in(c, e->kase.scrutinee));
}

static void live_let(Compiler *c, LocalSet s, const Expr *e)
{
    set_union(c, s, live_in(c, e->let.body));
    for (uint32_t i = 0; i < e->let.bind_count; i++) live_rhs(c, s, e->let.rhss[i]);
    for (uint32_t i = 0; i < e->let.bind_count; i++) unlive(s, e->let.binders[i]);
}

/* The set that a jump to any of the group's blocks brings with it: what the blocks read from outside, and
 * what the blocks around them read that they jump to. */
static void live_joins(Compiler *c, const Expr *e)
{
    LocalSet group = set_new(c);
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        JoinCode *join = e->let.binders[i]->compiled = compile_scratch(c, sizeof *join);
        *join = (JoinCode){.live = group, .label = label_new(c)};
    }
    for (uint32_t i = 0; i < e->let.bind_count; i++) live_rhs(c, group, e->let.rhss[i]);
}

static void live_fill(Compiler *c, LocalSet s, const Expr *e)
{
    switch (e->kind) {
    case EXPR_LIT: break;
    case EXPR_APP:
        if (e->app.head.kind == ATOM_VAR) live_binder(c, s, e->app.head.binder);
        live_in_atoms(c, s, e->app.arg_count, e->app.args);
        break;
    case EXPR_CON: live_in_atoms(c, s, e->con.arg_count, e->con.args); break;
    case EXPR_PRIM: live_in_atoms(c, s, e->prim.arg_count, e->prim.args); break;
    case EXPR_CCALL: live_in_atoms(c, s, e->ccall.arg_count, e->ccall.args); break;
    case EXPR_CASE: live_case(c, s, e); break;
    case EXPR_LET: live_let(c, s, e); break;
    case EXPR_LET_NO_ESCAPE:
        live_joins(c, e);
        set_union(c, s, live_in(c, e->let.body));
        break;
    }
}

/* Entries of other units are free ones. */
static bool is_filled(const Compiler *c, const LiveMemo *m) { return m->unit == c->unit_number; }

static LiveMemo *memo_place(Compiler *c, const Expr *e)
{
    uint32_t mask = c->memo_capacity - 1, i = (uint32_t)((Word)e >> 4) * 2654435761u & mask;
    while (is_filled(c, &c->memo[i]) && c->memo[i].expr != e) i = (i + 1) & mask;
    return &c->memo[i];
}

static void memo_grow(Compiler *c)
{
    LiveMemo *old = c->memo;
    uint32_t count = c->memo_capacity;
    c->memo_capacity = count ? count * 2 : 64;
    c->memo = calloc(c->memo_capacity, sizeof *c->memo);
    if (!c->memo) compile_fail(c, "out of memory");
    for (uint32_t i = 0; i < count; i++)
        if (is_filled(c, &old[i])) *memo_place(c, old[i].expr) = old[i];
    free(old);
}

static LocalSet live_one(Compiler *c, const Expr *e)
{
    if (c->memo_count * 2 >= c->memo_capacity) memo_grow(c);
    LiveMemo *m = memo_place(c, e);
    if (is_filled(c, m)) return m->set;
    LocalSet s = set_new(c);
    live_fill(c, s, e);
    if (c->memo_count * 2 >= c->memo_capacity) memo_grow(c);
    *memo_place(c, e) = (LiveMemo){e, s, c->unit_number};
    c->memo_count++;
    return s;
}

/* Long chains of lets are done from the inside out, so that they cost no C stack. */
LocalSet live_in(Compiler *c, const Expr *e)
{
    if (c->memo_capacity && is_filled(c, memo_place(c, e))) return memo_place(c, e)->set;
    uint32_t lets = 0;
    for (const Expr *at = e; at->kind == EXPR_LET; at = at->let.body) lets++;
    const Expr **chain = compile_scratch(c, (lets + 1) * sizeof *chain);
    lets = 0;
    for (const Expr *at = e; at->kind == EXPR_LET; at = at->let.body) chain[lets++] = at;
    while (lets) live_one(c, chain[--lets]);
    return live_one(c, e);
}
