/* Scope: every name becomes its declaration.
 *
 * Always true: a symbol's `local` is the innermost binder of that name in scope, and what it hides stands on
 * `undo`; all names of a let are in scope in its right-hand sides, a case's binder in its alternatives.
 * A constructor without fields may be named as a value: it gets a static object, its worker. Void fields that
 * the source left out of a construction or a pattern are put in. */
#include "eval/check_private.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef struct Scope {
    Program *program;
    Names *names;
    Arena *arena;
    Home home;
    Scratch undo;
    uint32_t group; /* stamps the binders of one list, of which none may repeat */
} Scope;

static void scope_expr(Scope *s, Expr *e);

/* ---- Entering and leaving */

static bool may_repeat(const Binder *b)
{
    return strcmp(b->name, "_") == 0 || (b->reps.count == 1 && b->reps.each[0] == REP_V);
}

static void bind(Scope *s, Binder *b)
{
    Symbol *symbol = name_symbol(b->name);
    bool repeats = symbol->local && symbol->local->level == s->group;
    if (repeats && !may_repeat(b)) diagnose(s->program, b->span, "`%s` stands twice in this list", b->name);
    local_enter(&s->undo, b);
    b->level = s->group;
}

static void bind_all(Scope *s, Binder **binders, uint32_t count)
{
    s->group++;
    for (uint32_t i = 0; i < count; i++) bind(s, binders[i]);
}

static void leave(Scope *s, size_t mark) { locals_leave(&s->undo, mark); }

/* ---- Names */

/* "`a`, `b` or `c`" */
static void spell_nearest(const Guess *n, char *out, size_t size)
{
    size_t used = 0;
    *out = '\0';
    for (uint32_t i = 0; i < n->count && used < size; i++) {
        const char *join = i == 0 ? "" : i + 1 == n->count ? " or " : ", ";
        used += (size_t)snprintf(out + used, size - used, "%s`%s`", join, n->names[i]);
    }
}

static void unknown(Scope *s, Span span, const char *what, Name name, Guess nearest)
{
    char names[256];
    spell_nearest(&nearest, names, sizeof names);
    if (nearest.count)
        diagnose(s->program, span, "unknown %s `%s`; did you mean %s?", what, name, names);
    else
        diagnose(s->program, span, "unknown %s `%s`", what, name);
}

static void *resolve_top(Scope *s, Space space, Name name, bool *ambiguous)
{
    return name_resolve(s->names, space, s->home, name, ambiguous);
}

/* A type's name where a constructor should stand is not a misspelling. */
static Guess likely_con(Scope *s, Name name)
{
    bool ambiguous;
    const DataType *t = resolve_top(s, SPACE_TYPE, name, &ambiguous);
    if (!t || !t->con_count) return names_nearest(s->names, SPACE_CON, name);
    Guess n = {0};
    for (; n.count < t->con_count && n.count < GUESSES_MOST; n.count++)
        n.names[n.count] = t->cons[n.count].name;
    return n;
}

static Guess likely_name(Scope *s, Space space, Name name)
{
    return space == SPACE_CON ? likely_con(s, name) : names_nearest(s->names, space, name);
}

static void *require_top(Scope *s, Space space, Span span, const char *what, Name name)
{
    bool ambiguous;
    void *thing = resolve_top(s, space, name, &ambiguous);
    if (ambiguous)
        diagnose(s->program, span, "several modules define `%s`: write it with its module, as in Module.%s",
                 name, name);
    else if (!thing)
        unknown(s, span, what, name, likely_name(s, space, name));
    return thing;
}

static Binder *con_worker(Scope *s, DataCon *con)
{
    if (con->worker) return con->worker;
    Binder *b = con->worker = ARENA_NEW(s->arena, Binder);
    b->name = con->name;
    b->kind = BINDER_TOP;
    b->span = con->span;
    b->reps = reps_one(REP_P);
    b->rhs = ARENA_NEW(s->arena, Rhs);
    *b->rhs = (Rhs){.flag = RHS_CON, .span = con->span, .con_name = con->name, .con = con};
    s->program->tops = array_grow(s->program->tops, s->program->top_count, sizeof b);
    s->program->tops[s->program->top_count++] = b;
    return b;
}

/* A name that means nothing: a primitive without its sign, a word of Haskell's. */
static Binder *refuse_value(Scope *s, const Atom *a)
{
    bool ambiguous = false;
    if (resolve_top(s, SPACE_VALUE, a->name, &ambiguous) || ambiguous || !name_primop(a->name)) {
        return require_top(s, SPACE_VALUE, a->span, "name", a->name);
    }
    diagnose(s->program, a->span, "`%s` is a primitive: `%%%s [...]`", a->name, a->name);
    return NULL;
}

/* A name that is no variable may be that of a constructor. */
static Binder *resolve_con_as_value(Scope *s, const Atom *a)
{
    bool ambiguous;
    DataCon *con = resolve_top(s, SPACE_CON, a->name, &ambiguous);
    if (con && con->field_count == 0) return con_worker(s, con);
    if (con) {
        diagnose(s->program, a->span, "`%s` is a constructor with %u field%s: build it with `%s! [...]`",
                 a->name, con->field_count, plural(con->field_count), a->name);
        return NULL;
    }
    return refuse_value(s, a);
}

static Binder *resolve_variable(Scope *s, const Atom *a)
{
    Symbol *symbol = name_symbol(a->name);
    if (symbol->local) return symbol->local;
    bool ambiguous;
    Binder *top = resolve_top(s, SPACE_VALUE, a->name, &ambiguous);
    return top ? top : resolve_con_as_value(s, a);
}

static void scope_literal(Scope *s, Span span, const Literal *lit)
{
    if (lit->kind == LIT_LABEL && !c_label_is_known(lit->bytes))
        diagnose(s->program, span, "unknown address `%s`: neither a C function nor a datum here is called so",
                 lit->bytes);
}

static void scope_atom(Scope *s, Atom *a)
{
    if (a->kind == ATOM_VAR) a->binder = resolve_variable(s, a);
    if (a->kind == ATOM_LIT) scope_literal(s, a->span, &a->lit);
}

static void scope_atoms(Scope *s, Atom *atoms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) scope_atom(s, &atoms[i]);
}

/* ---- Constructors */

static uint32_t solid_fields(const DataCon *con)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < con->field_count; i++) n += con->fields[i] != REP_V;
    return n;
}

/* True if all fields are there; *solid_only if just the void ones are left out. */
static bool count_fields(Scope *s, const DataCon *con, uint32_t given, Span span, bool *solid_only)
{
    *solid_only = given != con->field_count && given == solid_fields(con);
    bool ok = given == con->field_count || *solid_only;
    if (!ok)
        diagnose(s->program, span, "`%s` has %u field%s, but %u stand%s here", con->name, con->field_count,
                 plural(con->field_count), given, given == 1 ? "s" : "");
    return ok;
}

static Atom *insert_void_atoms(Scope *s, const DataCon *con, const Atom *given)
{
    Atom *all = eval_arena_alloc(s->arena, con->field_count * sizeof(Atom));
    Name token = name_intern(s->names, "void#", 5);
    for (uint32_t i = 0; i < con->field_count; i++)
        all[i] = con->fields[i] == REP_V ? (Atom){.kind = ATOM_VOID, .name = token} : *given++;
    return all;
}

static Binder **insert_void_binders(Scope *s, const DataCon *con, Binder **given)
{
    Binder **all = eval_arena_alloc(s->arena, con->field_count * sizeof(Binder *));
    for (uint32_t i = 0; i < con->field_count; i++) {
        if (con->fields[i] != REP_V) {
            all[i] = *given++;
            continue;
        }
        all[i] = ARENA_NEW(s->arena, Binder);
        *all[i] =
            (Binder){.name = name_intern(s->names, "void", 4), .kind = BINDER_FIELD, .reps = reps_one(REP_V)};
    }
    return all;
}

/* A construction in an expression or a right-hand side. */
static DataCon *scope_construction(Scope *s, Name name, Span span, Atom **args, uint32_t *count)
{
    scope_atoms(s, *args, *count);
    DataCon *con = require_top(s, SPACE_CON, span, "constructor", name);
    bool solid_only;
    if (con && count_fields(s, con, *count, span, &solid_only) && solid_only) {
        *args = insert_void_atoms(s, con, *args);
        *count = con->field_count;
    }
    return con;
}

static void scope_tuple_arity(Scope *s, Name name, uint32_t given, Span span)
{
    uint32_t arity = (uint32_t)tuple_arity(name);
    if (arity != given)
        diagnose(s->program, span, "`%s` has %u component%s, but %u stand%s here", name, arity, plural(arity),
                 given, given == 1 ? "s" : "");
}

static void scope_con_expr(Scope *s, Expr *e)
{
    if (tuple_arity(e->con.name) >= 0) {
        scope_atoms(s, e->con.args, e->con.arg_count);
        scope_tuple_arity(s, e->con.name, e->con.arg_count, e->span);
    } else {
        e->con.con = scope_construction(s, e->con.name, e->span, &e->con.args, &e->con.arg_count);
    }
}

/* ---- Primitives */

static void scope_primitive(Scope *s, Expr *e)
{
    scope_atoms(s, e->prim.args, e->prim.arg_count);
    if (e->prim.type_name) e->prim.type = require_top(s, SPACE_TYPE, e->span, "type", e->prim.type_name);
    const Primop *op = e->prim.op = name_primop(e->prim.name);
    if (!op) return unknown(s, e->span, "primitive", e->prim.name, primops_nearest(e->prim.name));
    if (primop_refusal(op))
        return diagnose(s->program, e->span, "the primitive `%s` is refused: %s", op->name,
                        primop_refusal(op));
    uint32_t arity = primop_rep_count(op->args), given = e->prim.arg_count;
    if (arity != given)
        diagnose(s->program, e->span, "the primitive `%s` takes %u argument%s, but %u stand%s here", op->name,
                 arity, plural(arity), given, given == 1 ? "s" : "");
}

static void scope_ccall(Scope *s, Expr *e)
{
    scope_atoms(s, e->ccall.args, e->ccall.arg_count);
    if (ccall_is_known(e)) return;
    diagnose(s->program, e->span,
             e->ccall.is_primcall ? "unknown function of the runtime `%s`" : "unknown C function `%s`",
             e->ccall.target);
}

/* ---- Right-hand sides */

/* What kinds of right-hand side may stand where: only let-no-escape binds \r [], and nothing else. */
static const char *rhs_problem(const Binder *b)
{
    const Rhs *rhs = b->rhs;
    bool is_function = rhs->flag == RHS_FUNCTION;
    if (b->kind == BINDER_JOIN && !is_function) return "a let-no-escape binds only \\r";
    if (rhs->flag == RHS_CON)
        return tuple_arity(rhs->con_name) >= 0 ? "an unboxed tuple cannot be bound" : NULL;
    if (!is_function && rhs->param_count > 0)
        return "a thunk (\\u, \\s) has no parameters: is it a function, \\r?";
    bool is_join = b->kind == BINDER_JOIN;
    if (is_function && rhs->param_count == 0 && !is_join)
        return "a function (\\r) has parameters: is it a thunk, \\u?";
    return NULL;
}

/* The names that the source says are free become the binders that they mean. */
static void scope_free_list(Scope *s, Rhs *rhs)
{
    for (uint32_t i = 0; i < rhs->free_count; i++) {
        Binder *written = rhs->free[i], *meant = name_symbol(written->name)->local;
        if (meant)
            rhs->free[i] = meant;
        else
            diagnose(s->program, written->span, "`%s` is no local variable, so it is not free here",
                     written->name);
    }
}

static bool is_worker(const Binder *b) { return b->rhs->con && b->rhs->con->worker == b; }

static void scope_rhs(Scope *s, Binder *b)
{
    if (is_worker(b)) return;
    Rhs *rhs = b->rhs;
    size_t mark = s->undo.used;
    const char *problem = rhs_problem(b);
    if (problem) return diagnose(s->program, rhs->span, "%s", problem);
    if (rhs->flag == RHS_CON) {
        rhs->con = scope_construction(s, rhs->con_name, rhs->span, &rhs->args, &rhs->arg_count);
        return;
    }
    if (rhs->has_free_list) scope_free_list(s, rhs);
    bind_all(s, rhs->params, rhs->param_count);
    scope_expr(s, rhs->body);
    leave(s, mark);
}

/* ---- Case */

/* "D1": a Double# or Float#, but for its point. */
static bool is_fraction_without_point(Name name)
{
    return (name[0] == 'D' || name[0] == 'F') && name[1] && name[1 + strspn(name + 1, "0123456789")] == '\0';
}

static void scope_pattern(Scope *s, Alt *alt)
{
    if (alt->kind == PAT_TUPLE) scope_tuple_arity(s, alt->con_name, alt->binder_count, alt->span);
    if (alt->kind != PAT_CON) return;
    DataCon *con = alt->con = require_top(s, SPACE_CON, alt->span, "constructor", alt->con_name);
    if (!con && is_fraction_without_point(alt->con_name))
        diagnose_note(s->program, "a fraction has a point: %s.0", alt->con_name);
    else if (!con && (alt->con_name[0] == '_' || islower((unsigned char)alt->con_name[0])))
        diagnose_note(s->program,
                      "what no other pattern fits is __DEFAULT, and its value is named behind `of`");
    bool solid_only;
    if (con && count_fields(s, con, alt->binder_count, alt->span, &solid_only) && solid_only) {
        alt->binders = insert_void_binders(s, con, alt->binders);
        alt->binder_count = con->field_count;
    }
}

static void scope_alt(Scope *s, Alt *alt)
{
    size_t mark = s->undo.used;
    scope_pattern(s, alt);
    bind_all(s, alt->binders, alt->binder_count);
    scope_expr(s, alt->body);
    leave(s, mark);
}

/* __DEFAULT comes first, whatever the source says; there is one at most. */
static void order_alts(Scope *s, Expr *e)
{
    Alt *alts = e->kase.alts;
    for (uint32_t i = 1; i < e->kase.alt_count; i++) {
        if (alts[i].kind != PAT_DEFAULT) continue;
        Alt moved = alts[i];
        if (alts[0].kind == PAT_DEFAULT) return diagnose(s->program, moved.span, "a second __DEFAULT");
        memmove(alts + 1, alts, i * sizeof(Alt));
        alts[0] = moved;
    }
}

static void scope_case(Scope *s, Expr *e)
{
    size_t mark = s->undo.used;
    scope_expr(s, e->kase.scrutinee);
    if (e->kase.type_name) e->kase.type = require_top(s, SPACE_TYPE, e->span, "type", e->kase.type_name);
    bind_all(s, &e->kase.binder, 1);
    order_alts(s, e);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) scope_alt(s, &e->kase.alts[i]);
    leave(s, mark);
}

/* ---- Expressions */

static void scope_let(Scope *s, Expr *e)
{
    bind_all(s, e->let.binders, e->let.bind_count);
    for (uint32_t i = 0; i < e->let.bind_count; i++) scope_rhs(s, e->let.binders[i]);
}

/* `if c then x else y` is an application of an unknown name, to read. */
static bool refuse_if(Scope *s, const Atom *head)
{
    bool ambiguous;
    if (head->kind != ATOM_VAR || strcmp(head->name, "if") != 0 || name_symbol(head->name)->local ||
        resolve_top(s, SPACE_VALUE, head->name, &ambiguous))
        return false;
    diagnose(s->program, head->span, "there is no `if`: case c of _ { True -> …; False -> …; }");
    return true;
}

static void scope_application(Scope *s, Expr *e)
{
    if (refuse_if(s, &e->app.head)) return;
    scope_atom(s, &e->app.head);
    scope_atoms(s, e->app.args, e->app.arg_count);
}

static void scope_expr(Scope *s, Expr *e)
{
    size_t mark = s->undo.used;
    for (; e->kind == EXPR_LET || e->kind == EXPR_LET_NO_ESCAPE; e = e->let.body) scope_let(s, e);
    switch (e->kind) {
    case EXPR_APP: scope_application(s, e); break;
    case EXPR_CON: scope_con_expr(s, e); break;
    case EXPR_PRIM: scope_primitive(s, e); break;
    case EXPR_CCALL: scope_ccall(s, e); break;
    case EXPR_LIT: scope_literal(s, e->span, &e->lit); break;
    case EXPR_CASE: scope_case(s, e); break;
    default: break;
    }
    leave(s, mark);
}

static void scope_module(Scope *s, uint32_t module, uint32_t tops_end)
{
    const Module *m = &s->program->tables->modules[module];
    s->home = (Home){m->unit, m->name};
    for (uint32_t i = m->first_top; i < tops_end; i++)
        if (s->program->tops[i]->rhs) scope_rhs(s, s->program->tops[i]);
}

void check_scope(Program *p)
{
    Scope s = {.program = p, .names = &p->tables->names, .arena = p->arena};
    uint32_t modules = p->tables->module_count;
    uint32_t end = p->top_count; /* workers are added behind it */
    for (uint32_t i = 0; i < modules; i++) scope_module(&s, i, i + 1 < modules ? module_tops_end(p, i) : end);
    scratch_free(&s.undo);
}
