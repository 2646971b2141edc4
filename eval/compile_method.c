/* Note [Methods]
 *
 * What GHC compiles without optimising is full of `+ dictionary x y`, where `+` does nothing but take a field
 * of the dictionary. As a call it pushes a frame for x and y, enters the selector, evaluates the dictionary,
 * and applies what it finds. Where the dictionary is a static constructor the field is known here, and its
 * function, too, mostly with its arity: the application is compiled as one of that function. Where it is not,
 * the dictionary is evaluated in place, and one instruction applies its field. Neither allocates otherwise
 * than the call would have. */
#include "eval/compile_private.h"

bool expr_is_variable(const Expr *e, const Binder *b)
{
    return e->kind == EXPR_APP && e->app.arg_count == 0 && e->app.head.kind == ATOM_VAR &&
           e->app.head.binder == b;
}

static bool is_selecting_case(const Expr *e, const Binder *param)
{
    return e->kind == EXPR_CASE && e->kase.alt_kind == ALT_ALG &&
           expr_is_variable(e->kase.scrutinee, param) && e->kase.alt_count == 1 &&
           e->kase.alts[0].kind == PAT_CON && e->kase.alts[0].con->type->con_count == 1;
}

static bool find_selector(const Atom *head, Selector *out)
{
    if (head->kind != ATOM_VAR || head->binder->kind != BINDER_TOP) return false;
    const Rhs *rhs = head->binder->rhs;
    if (!rhs || rhs->flag != RHS_FUNCTION || rhs->param_count != 1) return false;
    if (!is_selecting_case(rhs->body, rhs->params[0])) return false;
    const Alt *alt = &rhs->body->kase.alts[0];
    for (uint32_t i = 0; i < alt->binder_count; i++) {
        if (!expr_is_variable(alt->body, alt->binders[i]) || binder_rep(alt->binders[i]) != REP_P) continue;
        *out = (Selector){alt->con, i};
        return true;
    }
    return false;
}

/* The constructor that the atom is a static closure of; NULL: it is none. */
static const Rhs *static_construction(const Atom *a)
{
    bool is_top = a->kind == ATOM_VAR && a->binder->kind == BINDER_TOP;
    const Rhs *rhs = is_top ? a->binder->rhs : NULL;
    return rhs && rhs->flag == RHS_CON ? rhs : NULL;
}

/* A field may be another dictionary, and what is taken of it stands before the next selector. */
Call method_call(const Expr *e)
{
    Call call = {&e->app.head, e->app.args, e->app.arg_count, {NULL, 0}};
    while (call.count > 0 && find_selector(call.head, &call.selector)) {
        const Rhs *dictionary = static_construction(&call.args[0]);
        if (!dictionary || dictionary->con != call.selector.con) break;
        call = (Call){&dictionary->args[call.selector.field], call.args + 1, call.count - 1, {NULL, 0}};
    }
    return call;
}

void compile_method(Compiler *c, const Expr *e, const Call *call, const Context *ctx)
{
    const Selector *s = &call->selector;
    Label *evaluated = label_new(c);
    Word shape = call_shape(c, call->count - 1, call->args + 1);
    compile_site(c, e);
    bool saves = !ctx->tail && ctx->ret->save_count;
    LocalSet live = live_behind(c, ctx);
    live_in_atoms(c, live, call->count - 1, call->args + 1);
    emit_eval(c, &call->args[0], compile_return_point(c, live, NULL, evaluated, false));
    label_bind(c, evaluated);
    if (c->module->untyped) compile_expect(c, e->span, s->con->type);
    emit(c, ctx->tail ? OP_TAIL_METHOD : saves ? OP_CALL_METHOD_SAVE : OP_CALL_METHOD);
    emit_cell(c, 1 + con_code(c, (DataCon *)s->con)->word_of[s->field]);
    emit_const(c, shape);
    emit_destination(c, ctx, saves);
    emit_arguments(c, call->count - 1, call->args + 1, apply_words(shape));
}
