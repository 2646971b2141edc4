/* Calls of C, and of GHC's runtime system: `%ccall`, `%primcall`. Many are what a primitive does, and become
 * it; the others run in line, with a liveness map for a run that stops in them. */
#include <string.h>

#include "eval/c_call_private.h"
#include "eval/compile_private.h"
#include "eval/front_private.h"

/* ---- What stands for a primitive */

static const struct {
    const char *name, *primitive, *exception;
} primcalls[] = {
#define PRIMCALL_IS(name, primitive)     {#name, primitive, NULL},
#define PRIMCALL_RAISES(name, exception) {#name, "raise#", exception},
#include "eval/primcalls.def"
#undef PRIMCALL_IS
#undef PRIMCALL_RAISES
};
enum { PRIMCALL_COUNT = sizeof primcalls / sizeof *primcalls };

static int primcall_row(const char *name)
{
    for (int i = 0; i < PRIMCALL_COUNT; i++)
        if (strcmp(primcalls[i].name, name) == 0) return i;
    return -1;
}

const Primop *primcall_primop(const char *name)
{
    int row = primcall_row(name);
    return row < 0 ? NULL : primop_find(primcalls[row].primitive);
}

bool ccall_is_known(const Expr *e)
{
    CTarget target;
    return e->ccall.is_primcall ? primcall_row(e->ccall.target) >= 0
                                : c_target_find(e->ccall.target, &target);
}

static Expr *primitive_new(Compiler *c, const Expr *e, const Primop *op, const Atom *argument)
{
    Expr *prim = compile_scratch(c, sizeof *prim);
    uint32_t count = primop_rep_count(op->args);
    Atom *args = compile_scratch(c, (count + 1) * sizeof *args);
    for (uint32_t i = 0; i < count; i++)
        args[i] = primop_rep(op->args, i) == REP_V ? (Atom){.kind = ATOM_VOID, .span = e->span} : *argument;
    *prim = (Expr){.kind = EXPR_PRIM, .span = e->span, .source = e->source};
    prim->prim.name = op->name;
    prim->prim.op = op;
    prim->prim.arg_count = count;
    prim->prim.args = args;
    return prim;
}

const Binder *compile_runtime_name(Compiler *c, const char *name, const char *user)
{
    const Binder *b = program_find_for_runtime(c->module->program, name);
    if (!b) compile_fail(c, "`%s` needs `%s`, which no module defines", user, name);
    return b;
}

static Atom runtime_name(Compiler *c, const Expr *e, const char *name)
{
    const Binder *b = compile_runtime_name(c, name, e->ccall.target);
    return (Atom){.kind = ATOM_VAR, .span = e->span, .name = b->name, .binder = (Binder *)b};
}

static const Expr *primcall_as_primitive(Compiler *c, const Expr *e)
{
    int row = primcall_row(e->ccall.target);
    if (row < 0)
        compile_fail(c, "`%%primcall %s`, in `%s`: the runtime has no such function", e->ccall.target,
                     c->unit.name);
    Atom argument = {0};
    if (primcalls[row].exception)
        argument = runtime_name(c, e, primcalls[row].exception);
    else if (e->ccall.arg_count)
        argument = e->ccall.args[0];
    return primitive_new(c, e, primop_find(primcalls[row].primitive), &argument);
}

static CTarget target_of(Compiler *c, const Expr *e)
{
    CTarget target;
    if (!c_target_find(e->ccall.target, &target))
        compile_fail(c, "`%%ccall %s`, in `%s`: there is no such C function", e->ccall.target, c->unit.name);
    return target;
}

static const Expr *ccall_as_primitive(Compiler *c, const Expr *e, const CTarget *target)
{
    Atom argument = {.kind = ATOM_LIT, .lit = {.kind = LIT_INT, .bits = (Word)~target->argument}};
    if (target->argument >= 0 && (uint32_t)target->argument < e->ccall.arg_count)
        argument = e->ccall.args[target->argument];
    return primitive_new(c, e, primop_find(target->primitive), &argument);
}

/* The primitive that the call stands for; NULL: none. */
static const Expr *as_primitive(Compiler *c, const Expr *e)
{
    if (e->ccall.is_primcall) return primcall_as_primitive(c, e);
    CTarget target = target_of(c, e);
    return target.primitive ? ccall_as_primitive(c, e, &target) : NULL;
}

/* ---- What does not */

static CCall *call_new(Compiler *c, const Expr *e)
{
    CTarget target = target_of(c, e);
    Rep reps[APPLY_MAX_ARGS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < e->ccall.arg_count; i++) {
        if (e->ccall.arg_reps[i] == REP_V) continue;
        if (count == APPLY_MAX_ARGS)
            compile_fail(c, "`%%ccall %s` has more than %u arguments", e->ccall.target, APPLY_MAX_ARGS);
        reps[count++] = e->ccall.arg_reps[i];
    }
    if (e->ccall.result.count > 1) compile_fail(c, "`%%ccall %s` has several results", e->ccall.target);
    if (target.is_dynamic && count == 0) compile_fail(c, "`%%ccall <dyn>` is given no address");
    Rep result = e->ccall.result.count ? e->ccall.result.each[0] : REP_V;
    CCall *call = c_call_new(c->infos, &target, e->ccall.target, reps, count, result);
    if (!call) compile_fail(c, "`%%ccall %s`: libffi cannot make such a call", e->ccall.target);
    return call;
}

void compile_ccall_inline(Compiler *c, const Expr *e, Slot slot, const Expr *whole, const Context *ctx)
{
    const Expr *prim = as_primitive(c, e);
    if (prim) {
        compile_prim_inline(c, prim, slot, whole, ctx);
        return;
    }
    const CCall *call = call_new(c, e);
    const InfoTable *live = compile_liveness(c, whole, ctx, NULL);
    emit(c, OP_CCALL);
    emit_slot(c, slot);
    emit_const(c, (Word)call);
    emit_const(c, (Word)live);
    emit_cell(c, call->count);
    for (uint32_t i = 0; i < e->ccall.arg_count; i++)
        if (e->ccall.arg_reps[i] != REP_V) emit_atom(c, &e->ccall.args[i]);
}

bool ccall_ends_straight_line(const Expr *e)
{
    CTarget target;
    return e->ccall.is_primcall || !c_target_find(e->ccall.target, &target) || target.primitive;
}

static Word result_shape(Reps result)
{
    return rep_is_void(result) ? answer_shape(0, 0) : answer_shape(1, rep_is_pointer(result.each[0]));
}

void compile_ccall(Compiler *c, const Expr *e, const Context *ctx)
{
    const Expr *prim = as_primitive(c, e);
    if (prim) {
        compile_prim(c, prim, ctx);
        return;
    }
    compile_site(c, e);
    compile_ccall_inline(c, e, scratch_slot(c), e, ctx);
    compile_yield_results(c, result_shape(e->ccall.result), ctx);
}
