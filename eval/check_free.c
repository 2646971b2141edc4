/* Free variables, recursion, use, and the places of let-no-escape names.
 *
 * Terms: right-hand sides around a place are its levels, the top level 0. A local binder knows the level that
 * binds it; the right-hand sides at deeper levels around an occurrence have it free. `captured` is the
 * deepest open level that has listed it already, so each list names a binder once and the work is linear in
 * the lists. Void variables are in no list; let-no-escape names, which are no values, have one of their own.
 *
 * A let-no-escape name may be jumped to where the answer of the place is the answer of the let-no-escape. The
 * names in scope are counted; `jumpable` is the number of the first that is still in reach. A scrutinee, a
 * thunk and a function put all of them out of reach. */
#include "eval/check_private.h"

#include <stdlib.h>
#include <string.h>

typedef struct Level {
    Rhs *rhs;
    Binder **free, **jumps;
    uint32_t count, jump_count;
} Level;

typedef struct Free {
    Program *program;
    Level *levels; /* of open right-hand sides; levels[0] is not in use */
    uint32_t level, room;
    uint32_t joins, jumpable;
} Free;

static void free_expr(Free *f, Expr *e);

/* ---- Levels */

static void level_open(Free *f, Rhs *rhs)
{
    if (++f->level == f->room) {
        f->room *= 2;
        f->levels = realloc(f->levels, f->room * sizeof(Level));
        require(f->levels, "out of memory");
    }
    f->levels[f->level] = (Level){.rhs = rhs};
}

static void level_add(Level *l, Binder *b)
{
    l->free = array_grow(l->free, l->count, sizeof b);
    l->free[l->count++] = b;
}

static void level_add_jump(Level *l, Binder *join)
{
    l->jumps = array_grow(l->jumps, l->jump_count, sizeof join);
    l->jumps[l->jump_count++] = join;
}

/* The written list of free variables, compared with the computed one. Both have no repeats: equal sizes and
 * one within the other will do. `captured` of a binder still says whether this level has it. */
static void compare_free_list(Free *f, const Rhs *rhs)
{
    const Level *l = &f->levels[f->level];
    uint32_t both = 0;
    for (uint32_t i = 0; i < rhs->free_count; i++) {
        const Binder *b = rhs->free[i];
        bool is_void = b->reps.count == 1 && b->reps.each[0] == REP_V;
        bool is_join = b->kind == BINDER_JOIN, is_free = b->level < f->level && b->captured >= f->level;
        if (is_free)
            both++;
        else if (!is_void && !is_join)
            diagnose(f->program, rhs->span, "`%s` is listed as free, but does not occur here", b->name);
    }
    if (both >= l->count) return;
    for (uint32_t i = 0; i < l->count; i++) {
        uint32_t at = 0;
        while (at < rhs->free_count && rhs->free[at] != l->free[i]) at++;
        if (at == rhs->free_count)
            diagnose(f->program, rhs->span, "`%s` is free here, but not listed", l->free[i]->name);
    }
}

/* The list, in memory of the program; the level that has been closed has its names no more. */
static Binder **level_take(const Free *f, Binder **list, uint32_t count)
{
    Binder **kept = count ? eval_arena_alloc(f->program->arena, count * sizeof(Binder *)) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        list[i]->captured = f->level;
        kept[i] = list[i];
    }
    free(list);
    return kept;
}

static void level_close(Free *f)
{
    Level *l = &f->levels[f->level];
    Rhs *rhs = l->rhs;
    if (rhs->has_free_list) compare_free_list(f, rhs);
    f->level--;
    rhs->free_count = l->count;
    rhs->free = level_take(f, l->free, l->count);
    rhs->jump_count = l->jump_count;
    rhs->jumps = level_take(f, l->jumps, l->jump_count);
}

/* ---- Binders and occurrences */

static void bind(Free *f, Binder *b)
{
    b->level = b->captured = f->level;
    b->used = false;
}

static void bind_all(Free *f, Binder **binders, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) bind(f, binders[i]);
}

static bool is_value(const Binder *b)
{
    bool is_void = b->reps.count == 1 && b->reps.each[0] == REP_V;
    return b->kind != BINDER_TOP && b->kind != BINDER_JOIN && !is_void;
}

static void occur(Free *f, Binder *b)
{
    b->used = true;
    if (!is_value(b)) return;
    uint32_t from = b->level > b->captured ? b->level : b->captured;
    for (uint32_t level = from + 1; level <= f->level; level++) level_add(&f->levels[level], b);
    if (f->level > b->captured) b->captured = f->level;
}

static void free_atom(Free *f, const Atom *a)
{
    if (a->kind != ATOM_VAR) return;
    if (a->binder->kind == BINDER_JOIN)
        diagnose(f->program, a->span, "`%s` is bound by let-no-escape: it can be jumped to, but is no value",
                 a->name);
    occur(f, a->binder);
}

static void free_atoms(Free *f, const Atom *atoms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) free_atom(f, &atoms[i]);
}

static void free_head(Free *f, const Atom *head)
{
    if (head->kind != ATOM_VAR || head->binder->kind != BINDER_JOIN) return free_atom(f, head);
    Binder *join = head->binder;
    join->used = true;
    for (uint32_t level = join->captured + 1; level <= f->level; level++)
        level_add_jump(&f->levels[level], join);
    if (f->level > join->captured) join->captured = f->level;
    if (join->level < f->jumpable)
        diagnose(f->program, head->span,
                 "a jump to `%s` must be in tail position: not in a scrutinee, a thunk or a function",
                 join->name);
}

/* ---- Right-hand sides */

static void free_rhs_at_level(Free *f, Rhs *rhs)
{
    level_open(f, rhs);
    bind_all(f, rhs->params, rhs->param_count);
    free_atoms(f, rhs->args, rhs->arg_count);
    if (rhs->body) free_expr(f, rhs->body);
    level_close(f);
}

static void free_rhs(Free *f, Rhs *rhs)
{
    uint32_t jumpable = f->jumpable;
    f->jumpable = f->joins;
    free_rhs_at_level(f, rhs);
    f->jumpable = jumpable;
}

/* ---- Expressions */

static bool any_used(Binder **binders, uint32_t count)
{
    bool used = false;
    for (uint32_t i = 0; i < count; i++) used |= binders[i]->used;
    return used;
}

static Binder *self_among_free(const Rhs *rhs, Binder *bound)
{
    for (uint32_t i = 0; i < rhs->free_count; i++)
        if (rhs->free[i] == bound) return bound;
    return NULL;
}

static void free_let(Free *f, Expr *e)
{
    bind_all(f, e->let.binders, e->let.bind_count);
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        free_rhs(f, e->let.rhss[i]);
        e->let.rhss[i]->self = self_among_free(e->let.rhss[i], e->let.binders[i]);
    }
    e->let.recursive = any_used(e->let.binders, e->let.bind_count);
}

/* Jumps go by number: `level` of a let-no-escape name counts names, not right-hand sides. */
static void free_let_no_escape(Free *f, Expr *e)
{
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        e->let.binders[i]->level = f->joins++;
        e->let.binders[i]->captured = f->level;
        e->let.binders[i]->used = false;
    }
    for (uint32_t i = 0; i < e->let.bind_count; i++) free_rhs_at_level(f, e->let.rhss[i]);
    e->let.recursive = any_used(e->let.binders, e->let.bind_count);
}

static void free_scrutinee(Free *f, Expr *e)
{
    uint32_t jumpable = f->jumpable;
    f->jumpable = f->joins;
    free_expr(f, e);
    f->jumpable = jumpable;
}

static void free_alt(Free *f, Alt *alt)
{
    bind_all(f, alt->binders, alt->binder_count);
    free_expr(f, alt->body);
}

static void free_case(Free *f, Expr *e)
{
    Binder *b = e->kase.binder;
    free_scrutinee(f, e->kase.scrutinee);
    bind(f, b);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) free_alt(f, &e->kase.alts[i]);
    if (e->kase.alt_kind == ALT_MULTI && b->used && is_value(b))
        diagnose(f->program, b->span, "`%s` stands for an unboxed tuple: only its components can be used",
                 b->name);
}

static void free_expr(Free *f, Expr *e)
{
    uint32_t joins = f->joins;
    for (; e->kind == EXPR_LET || e->kind == EXPR_LET_NO_ESCAPE; e = e->let.body) {
        if (e->kind == EXPR_LET)
            free_let(f, e);
        else
            free_let_no_escape(f, e);
    }
    switch (e->kind) {
    case EXPR_APP:
        free_head(f, &e->app.head);
        free_atoms(f, e->app.args, e->app.arg_count);
        break;
    case EXPR_CON: free_atoms(f, e->con.args, e->con.arg_count); break;
    case EXPR_PRIM: free_atoms(f, e->prim.args, e->prim.arg_count); break;
    case EXPR_CCALL: free_atoms(f, e->ccall.args, e->ccall.arg_count); break;
    case EXPR_CASE: free_case(f, e); break;
    default: break;
    }
    f->joins = joins;
}

void check_free(Program *p)
{
    Free f = {.program = p, .room = 64};
    f.levels = calloc(f.room, sizeof(Level));
    require(f.levels, "out of memory");
    for (uint32_t i = 0; i < p->top_count; i++) p->tops[i]->used = false;
    for (uint32_t i = 0; i < p->top_count; i++)
        if (p->tops[i]->rhs) free_rhs(&f, p->tops[i]->rhs);
    free(f.levels);
}
