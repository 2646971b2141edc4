/* Representations: every binder has one, every atom fits where it stands.
 *
 * Always true: a binder has its representation before an occurrence of it is looked at. Parameters, let and
 * top-level names are P unless written otherwise; case and field binders are told by the scrutinee and the
 * data declarations (check_case.c); a parameter of a let-no-escape is told by the first jump to it, which is
 * why its body is walked before its right-hand side. */
#include "eval/check_private.h"

#include <string.h>

static Result reps_expr(Program *p, Expr *e);

/* ---- Atoms */

/* The representation of an atom; an unboxed tuple is none, which is diagnosed. */
static Rep atom_rep(Program *p, const Atom *a)
{
    if (a->kind == ATOM_VOID) return REP_V;
    if (a->kind == ATOM_LIT) return literal_rep(&a->lit);
    if (a->binder->reps.count == 1) return a->binder->reps.each[0];
    if (a->binder->reps.count == 0) return REP_P;
    diagnose(p, a->span, "`%s` is an unboxed tuple: only its components can be used", a->name);
    return REP_COUNT;
}

static bool has_box(Rep rep)
{
    return rep == REP_I || rep == REP_W || rep == REP_C || rep == REP_D || rep == REP_F;
}

/* What lies between a number and a value of Haskell's. */
static void note_boxes(Program *p, const Atom *a, Rep expected, Rep actual)
{
    const char *box = rep_spelling(expected == REP_P ? actual : expected);
    bool is_answer = a->kind == ATOM_VAR && a->binder->kind == BINDER_CASE;
    if (expected == REP_P && actual == REP_A)
        diagnose_note(p, "a literal is the address of bytes, and a String made of it: let { s = \\u [] "
                         "unpackCString# \"…\"#; } in …");
    else if (expected == REP_P && has_box(actual))
        diagnose_note(p, "a lifted value is a box around it: let { x = !%s# [%s]; } in …", box,
                      a->kind == ATOM_LIT ? "5#" : a->name);
    else if (has_box(expected) && actual == REP_P && is_answer && !a->binder->reps_written)
        diagnose_note(p, "what is answered is lifted, if the case does not say otherwise: of %s:%s", a->name,
                      box);
    else if (has_box(expected) && actual == REP_P)
        diagnose_note(p, "a number is taken out of its box: case %s of _ { %s# n -> …; }", a->name, box);
}

/* `what` and `name` say where the atom stands: "the primitive `+#`". */
static void require_rep(Program *p, const Atom *a, Rep expected, const char *what, const char *name)
{
    Rep actual = atom_rep(p, a);
    if (actual == REP_COUNT || rep_fits(expected, actual)) return;
    if (a->kind == ATOM_VAR && binder_is_slot(a->binder) && slot_fits(actual, expected)) return;
    diagnose(p, a->span, "%s `%s` expects representation %s here, but this has %s", what, name,
             rep_spelling(expected), rep_spelling(actual));
    note_boxes(p, a, expected, actual);
}

/* What may be a slot of an unboxed sum takes any word. */
static void require_rep_of_slot(Program *p, const Atom *a, Rep expected, const char *what, const char *name)
{
    Rep actual = atom_rep(p, a);
    if (actual == REP_COUNT || !slot_fits(expected, actual)) require_rep(p, a, expected, what, name);
}

static void require_rep_of_binder(Program *p, const Atom *a, const Binder *param, const Binder *function)
{
    const char *what = function->kind == BINDER_JOIN ? "the let-no-escape" : "the function";
    require_rep_of_slot(p, a, param->reps.each[0], what, function->name);
}

static void require_field_reps(Program *p, const DataCon *con, const Atom *args)
{
    for (uint32_t i = 0; i < con->field_count; i++)
        require_rep_of_slot(p, &args[i], con->fields[i], "the constructor", con->name);
}

/* ---- Applications */

static void reps_jump(Program *p, const Expr *e, const Binder *join)
{
    const Rhs *rhs = join->rhs;
    uint32_t given = e->app.arg_count;
    if (rhs->param_count != given)
        return diagnose(p, e->span, "the let-no-escape `%s` takes %u argument%s, but %u stand%s here",
                        join->name, rhs->param_count, plural(rhs->param_count), given, given == 1 ? "s" : "");
    for (uint32_t i = 0; i < given; i++) {
        Rep rep = atom_rep(p, &e->app.args[i]);
        if (rhs->params[i]->reps.count == 0 && rep != REP_COUNT)
            rhs->params[i]->reps = reps_one(rep);
        else
            require_rep_of_binder(p, &e->app.args[i], rhs->params[i], join);
    }
}

static void reps_call(Program *p, const Expr *e, const Binder *head)
{
    if (head->type)
        return diagnose(p, e->app.head.span,
                        "`%s` is a value of %s, built by a constructor: it cannot be applied", head->name,
                        head->type->name);
    if (atom_rep(p, &e->app.head) != REP_P)
        return diagnose(p, e->app.head.span, "`%s` has representation %s: it cannot be applied", head->name,
                        head->reps.count == 1 ? rep_spelling(head->reps.each[0]) : "of a tuple");
    uint32_t known = head->rhs ? head->rhs->param_count : 0;
    for (uint32_t i = 0; i < e->app.arg_count; i++) {
        if (i < known)
            require_rep_of_binder(p, &e->app.args[i], head->rhs->params[i], head);
        else
            atom_rep(p, &e->app.args[i]);
    }
}

/* What a variable alone answers: itself, if it is unlifted; what evaluating it answers does not show. */
static Result reps_variable(Program *p, const Atom *a)
{
    Rep rep = atom_rep(p, a);
    bool unlifted = rep != REP_P && rep != REP_COUNT;
    if (!unlifted && a->kind == ATOM_VAR && a->binder->type) return result_of_type(a->binder->type);
    if (!unlifted) return (Result){.kind = RESULT_UNKNOWN};
    Result r = result_value(rep);
    r.slot = a->kind == ATOM_VAR && binder_is_slot(a->binder);
    return r;
}

static Result reps_application(Program *p, const Expr *e)
{
    const Atom *head = &e->app.head;
    if (head->kind == ATOM_VOID && e->app.arg_count == 0) return result_value(REP_V);
    if (head->kind == ATOM_VOID)
        diagnose(p, head->span, "`%s` cannot be applied", head->name);
    else if (head->binder->kind == BINDER_JOIN)
        reps_jump(p, e, head->binder);
    else if (e->app.arg_count == 0)
        return reps_variable(p, head);
    else
        reps_call(p, e, head->binder);
    return expr_is_partial(e) ? result_value(REP_P) : (Result){.kind = RESULT_UNKNOWN};
}

static Result reps_construction(Program *p, const Expr *e)
{
    if (e->con.con) {
        require_field_reps(p, e->con.con, e->con.args);
        return result_of_type(e->con.con->type);
    }
    Rep *each = eval_arena_alloc(p->arena, e->con.arg_count * sizeof(Rep));
    for (uint32_t i = 0; i < e->con.arg_count; i++) {
        Rep rep = atom_rep(p, &e->con.args[i]);
        each[i] = rep == REP_COUNT ? REP_P : rep;
    }
    Result r = result_tuple(p->arena, each, e->con.arg_count);
    r.slot = true;
    return r;
}

static Result reps_primitive(Program *p, const Expr *e)
{
    const Primop *op = e->prim.op;
    for (uint32_t i = 0; i < e->prim.arg_count; i++)
        require_rep(p, &e->prim.args[i], primop_rep(op->args, i), "the primitive", op->name);
    return result_of_primop(p->arena, op);
}

/* A call of C may answer in a tuple or alone: the case decides. */
static Result reps_ccall(Program *p, const Expr *e)
{
    for (uint32_t i = 0; i < e->ccall.arg_count; i++) {
        if (e->ccall.is_primcall)
            atom_rep(p, &e->ccall.args[i]);
        else
            require_rep(p, &e->ccall.args[i], e->ccall.arg_reps[i], "the C function", e->ccall.target);
    }
    if (e->ccall.is_primcall) {
        const Primop *op = primcall_primop(e->ccall.target);
        return op ? result_of_primop(p->arena, op) : (Result){.kind = RESULT_UNKNOWN};
    }
    Result r = result_tuple(p->arena, e->ccall.result.each, e->ccall.result.count);
    if (r.reps.count <= 1) r = result_value(r.reps.count ? r.reps.each[0] : REP_V);
    r.token = true;
    return r;
}

/* ---- Right-hand sides */

static void default_reps(Binder *b)
{
    if (b->reps.count == 0) b->reps = reps_one(REP_P);
}

static void require_single_params(Program *p, const Rhs *rhs)
{
    for (uint32_t i = 0; i < rhs->param_count; i++)
        if (rhs->params[i]->reps.count > 1)
            diagnose(p, rhs->params[i]->span, "a parameter cannot be an unboxed tuple: pass its components");
}

static void default_param_reps(const Rhs *rhs)
{
    for (uint32_t i = 0; i < rhs->param_count; i++) default_reps(rhs->params[i]);
}

static bool is_pointer_rep(Reps reps)
{
    return reps.count == 1 && (reps.each[0] == REP_P || reps.each[0] == REP_U);
}

/* Before any occurrence of the binder is looked at. */
static void prepare_definition(Program *p, Binder *b)
{
    if (!b->rhs) {
        b->reps = reps_one(REP_A); /* a top-level string */
        return;
    }
    default_reps(b);
    if (b->rhs->flag == RHS_CON) b->type = b->rhs->con->type;
    require_single_params(p, b->rhs);
    if (b->kind == BINDER_JOIN) return;
    default_param_reps(b->rhs);
    if (!is_pointer_rep(b->reps))
        diagnose(p, b->span, "`%s` is bound to an object: its representation can only be P or U", b->name);
}

static void require_lifted_answer(Program *p, const Rhs *rhs, Result r)
{
    bool is_thunk = rhs->flag == RHS_UPDATABLE || rhs->flag == RHS_SINGLE_ENTRY;
    bool lifted = r.kind == RESULT_UNKNOWN || (r.kind == RESULT_VALUE && r.reps.each[0] == REP_P);
    if (is_thunk && !lifted)
        diagnose(p, rhs->body->span, "a thunk answers a lifted value, but this is %s",
                 r.kind == RESULT_TUPLE ? "an unboxed tuple" : "unlifted or unboxed");
}

static Result reps_definition(Program *p, Binder *b)
{
    Rhs *rhs = b->rhs;
    if (rhs->flag == RHS_CON) {
        require_field_reps(p, rhs->con, rhs->args);
        return result_value(REP_P);
    }
    default_param_reps(rhs); /* of a let-no-escape: those that no jump has told */
    Result r = reps_expr(p, rhs->body);
    require_lifted_answer(p, rhs, r);
    return r;
}

/* ---- Case */

/* slot: in one of them a word of an unboxed sum may stand, which is any word. */
static bool component_agrees(Rep a, Rep b, bool slot)
{
    return rep_fits(a, b) || rep_fits(b, a) || (slot && slot_fits(REP_W, a) && slot_fits(REP_W, b));
}

/* Results of alternatives that show must agree. */
static bool results_agree(Result a, Result b)
{
    bool agree = a.reps.count == b.reps.count;
    for (uint32_t i = 0; agree && i < a.reps.count; i++)
        agree = component_agrees(a.reps.each[i], b.reps.each[i], a.slot || b.slot);
    return agree;
}

static Result join_results(Program *p, Result first, Result next, Span span)
{
    if (first.type != next.type) first.type = next.type = NULL;
    if (first.kind == RESULT_UNKNOWN) return next;
    if (next.kind == RESULT_UNKNOWN) return first;
    bool voids = first.reps.count + next.reps.count <= 1; /* void alone or as an empty tuple */
    if (!voids && !results_agree(first, next))
        diagnose(p, span, "this alternative answers another representation than one before it");
    return first;
}

/* A local lifted variable answers a lifted value; of anything else reps_expr knows. */
static Result reps_scrutinee(Program *p, Expr *e)
{
    Result r = reps_expr(p, e);
    bool is_variable = e->kind == EXPR_APP && e->app.arg_count == 0 && e->app.head.kind == ATOM_VAR;
    bool is_local =
        is_variable && e->app.head.binder->kind != BINDER_TOP && e->app.head.binder->kind != BINDER_JOIN;
    return is_local && r.kind == RESULT_UNKNOWN ? result_value(REP_P) : r;
}

/* So that the walk can go on behind an error. */
static void default_binders_of_case(Expr *e)
{
    default_reps(e->kase.binder);
    for (uint32_t i = 0; i < e->kase.alt_count; i++)
        for (uint32_t j = 0; j < e->kase.alts[i].binder_count; j++) default_reps(e->kase.alts[i].binders[j]);
}

static Result reps_case(Program *p, Expr *e)
{
    Result scrutinee = reps_scrutinee(p, e->kase.scrutinee), all = {.kind = RESULT_UNKNOWN};
    case_complete(p, e, scrutinee);
    default_binders_of_case(e);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        Expr *body = e->kase.alts[i].body;
        Result r = reps_expr(p, body);
        all = i ? join_results(p, all, r, body->span) : r;
    }
    return all;
}

/* ---- Let */

/* Walks lets down to the first expression that is none. The definitions of let-no-escapes wait until the body
 * has been walked, which is done by walking the chain backwards. */
static Expr *reps_lets(Program *p, Expr *e, Scratch *waiting)
{
    for (; e->kind == EXPR_LET || e->kind == EXPR_LET_NO_ESCAPE; e = e->let.body) {
        for (uint32_t i = 0; i < e->let.bind_count; i++) prepare_definition(p, e->let.binders[i]);
        if (e->kind == EXPR_LET_NO_ESCAPE)
            scratch_push(waiting, &e, sizeof e);
        else
            for (uint32_t i = 0; i < e->let.bind_count; i++) reps_definition(p, e->let.binders[i]);
    }
    return e;
}

static Result reps_waiting(Program *p, Scratch *waiting, Result r)
{
    while (waiting->used > 0) {
        Expr *e;
        waiting->used -= sizeof e;
        memcpy(&e, waiting->bytes + waiting->used, sizeof e);
        for (uint32_t i = 0; i < e->let.bind_count; i++)
            r = join_results(p, r, reps_definition(p, e->let.binders[i]), e->let.rhss[i]->body->span);
    }
    return r;
}

static Result reps_let(Program *p, Expr *e)
{
    Scratch waiting = {0};
    Result r = reps_expr(p, reps_lets(p, e, &waiting));
    r = reps_waiting(p, &waiting, r);
    scratch_free(&waiting);
    return r;
}

/* ---- Expressions */

static Result reps_expr(Program *p, Expr *e)
{
    switch (e->kind) {
    case EXPR_LIT: return result_value(literal_rep(&e->lit));
    case EXPR_APP: return reps_application(p, e);
    case EXPR_CON: return reps_construction(p, e);
    case EXPR_PRIM: return reps_primitive(p, e);
    case EXPR_CCALL: return reps_ccall(p, e);
    case EXPR_CASE: return reps_case(p, e);
    case EXPR_LET:
    case EXPR_LET_NO_ESCAPE: return reps_let(p, e);
    }
    panic("expression kind %d", (int)e->kind);
}

void check_reps(Program *p)
{
    for (uint32_t i = 0; i < p->top_count; i++) prepare_definition(p, p->tops[i]);
    for (uint32_t i = 0; i < p->top_count; i++)
        if (p->tops[i]->rhs) reps_definition(p, p->tops[i]);
}
