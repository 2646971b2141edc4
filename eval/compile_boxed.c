/* Which functions do nothing but boxed arithmetic: see Note [Boxed arithmetic] in boxed.def. */
#include "eval/compile_private.h"

/* case param of { Con x -> body }, of a type with one constructor of one word: the body; else NULL. */
static const Expr *unboxing(const Expr *e, const Binder *param, const DataCon **con, const Binder **word)
{
    if (e->kind != EXPR_CASE || e->kase.alt_kind != ALT_ALG || e->kase.alt_count != 1) return NULL;
    const Alt *alt = &e->kase.alts[0];
    if (!expr_is_variable(e->kase.scrutinee, param) || alt->kind != PAT_CON) return NULL;
    if (alt->con->type->con_count != 1 || alt->binder_count != 1) return NULL;
    if (rep_is_pointer(binder_rep(alt->binders[0])) || binder_is_void(alt->binders[0])) return NULL;
    *con = alt->con;
    *word = alt->binders[0];
    return alt->body;
}

static bool is_of(const Atom *a, const Binder *b) { return a->kind == ATOM_VAR && a->binder == b; }

static bool is_primitive_of(const Expr *e, const Binder *x, const Binder *y)
{
    return e->kind == EXPR_PRIM && e->prim.arg_count == 2 && is_of(&e->prim.args[0], x) &&
           is_of(&e->prim.args[1], y);
}

/* The two constructors of the first type that a test answers, for all that follow. */
static bool answers_truths(Compiler *c, const Expr *e, const Binder *result)
{
    if (e->kind != EXPR_PRIM || e->prim.op->id != PRIM_TagToEnum || !is_of(&e->prim.args[0], result))
        return false;
    const DataType *type = e->prim.type;
    if (type->con_count != 2) return false;
    for (int tag = 0; tag < 2; tag++) {
        Ref con = con_code(c, &type->cons[tag])->nullary;
        if (!c->module->truths[tag]) c->module->truths[tag] = con;
        if (!con || c->module->truths[tag] != con) return false;
    }
    return true;
}

static bool boxes(const Expr *e, const DataCon *con, const Binder *result)
{
    return e->kind == EXPR_CON && e->con.con == con && is_of(&e->con.args[0], result);
}

/* The primitive that the function executes; PRIM_COUNT: it does something else. */
static uint32_t boxed_primitive(Compiler *c, const Rhs *f, bool *is_test)
{
    const DataCon *con, *same;
    const Binder *x, *y;
    const Expr *inner = unboxing(f->body, f->params[0], &con, &x);
    const Expr *whole = inner ? unboxing(inner, f->params[1], &same, &y) : NULL;
    if (!whole || con != same || whole->kind != EXPR_CASE || whole->kase.alt_count != 1) return PRIM_COUNT;
    const Expr *primitive = whole->kase.scrutinee, *answer = whole->kase.alts[0].body;
    if (whole->kase.alts[0].kind != PAT_DEFAULT || !is_primitive_of(primitive, x, y)) return PRIM_COUNT;
    *is_test = answers_truths(c, answer, whole->kase.binder);
    return *is_test || boxes(answer, con, whole->kase.binder) ? primitive->prim.op->id : PRIM_COUNT;
}

typedef struct BoxedRow {
    uint32_t primitive;
    bool is_test;
    Opcode tail_call, call, call_save;
} BoxedRow;

enum { BOX, TEST };
static const BoxedRow rows[] = {
#define BOXED(name, answer)                                                                                  \
    {PRIM_##name, answer, OP_TAIL_KNOWN__##name, OP_CALL_KNOWN__##name, OP_CALL_KNOWN_SAVE__##name},
#include "eval/boxed.def"
#undef BOXED
};

static Opcode opcode_in(const BoxedRow *row, Opcode call)
{
    return call == OP_TAIL_KNOWN ? row->tail_call : call == OP_CALL_KNOWN ? row->call : row->call_save;
}

Opcode boxed_call(Compiler *c, Opcode call, const Binder *function)
{
    const Rhs *f = function->rhs;
    if (c->module->checks || function->kind != BINDER_TOP || f->param_count != 2) return call;
    bool is_test = false;
    uint32_t primitive = boxed_primitive(c, f, &is_test);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].primitive == primitive && rows[i].is_test == is_test) return opcode_in(&rows[i], call);
    return call;
}
