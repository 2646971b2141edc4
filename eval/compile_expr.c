/* Expressions: literals, applications, constructors; heap checks, steps. See eval/code_private.h for the
 * frame. */
#include "eval/compile_private.h"

/* ---- Steps and sites: only in code that is compiled to be watched */

void compile_step(Compiler *c, StepRule rule, const Expr *e)
{
    if (!c->module->steps) return;
    emit(c, OP_STEP);
    emit_cell(c, rule);
    emit_const(c, (Word)site_new(c, e));
}

void compile_site(Compiler *c, const Expr *e)
{
    if (!c->module->steps) return;
    emit(c, OP_SITE);
    emit_const(c, (Word)site_new(c, e));
}

/* ---- Heap checks */

static uint32_t con_allocates(Compiler *c, DataCon *con, const Atom *args)
{
    const ConCode *code = con_code(c, con);
    return con_shared(c, code, args) ? 0 : 1 + code->words;
}

static uint32_t rhs_words(Compiler *c, const Rhs *rhs)
{
    if (rhs->flag == RHS_CON) return con_allocates(c, rhs->con, rhs->args);
    Binder **free = compile_scratch(c, (rhs->free_count + 1) * sizeof *free);
    uint32_t n = rhs_free_in_order(rhs, free);
    return rhs->flag == RHS_FUNCTION ? 1 + (n ? n : 1) : THUNK_HEADER + n;
}

/* It may collect: what is asked for before it does not last. */
static bool ends_straight_line(const Expr *prim)
{
    if (prim->kind == EXPR_CCALL) return ccall_ends_straight_line(prim);
    return prim->prim.op->id == PRIM_PerformGC || prim->prim.op->class_ == PRIM_CALL;
}

/* The words that `e` allocates before it evaluates or chooses. */
static uint32_t straight_words(Compiler *c, const Expr *e)
{
    uint32_t words = 0;
    for (;;) {
        if (e->kind == EXPR_LET) {
            for (uint32_t i = 0; i < e->let.bind_count; i++) words += rhs_words(c, e->let.rhss[i]);
            e = e->let.body;
        } else if (e->kind == EXPR_LET_NO_ESCAPE) {
            e = e->let.body;
        } else if (e->kind == EXPR_CASE && prim_is_inline(e->kase.scrutinee)) {
            if (ends_straight_line(e->kase.scrutinee)) return words;
            if (e->kase.scrutinee->kind == EXPR_PRIM) words += prim_words(e->kase.scrutinee->prim.op);
            if (e->kase.alt_count != 1) return words;
            e = e->kase.alts[0].body;
        } else {
            if (e->kind == EXPR_CON && e->con.con) words += con_allocates(c, e->con.con, e->con.args);
            if (e->kind == EXPR_PRIM) words += prim_words(e->prim.op);
            return words;
        }
        if (words >= LARGE_OBJECT_WORDS) return words;
    }
}

void compile_heap_check(Compiler *c, const Expr *e, const Context *ctx, uint32_t words)
{
    Unit *u = &c->unit;
    if (u->budget >= words) {
        u->budget -= words;
        return;
    }
    uint32_t all = straight_words(c, e);
    if (all > LARGE_OBJECT_WORDS || all < words) all = words;
    if (all > NURSERY_OBJECT_WORDS)
        compile_fail(c, "`%s` allocates %u words at once; %u are possible", u->name, all,
                     (unsigned)NURSERY_OBJECT_WORDS);
    Label *again = label_new(c);
    label_bind(c, again);
    emit(c, OP_HEAP_CHECK);
    emit_cell(c, all);
    emit_const(c, (Word)compile_liveness(c, e, ctx, again));
    u->budget = all - words;
}

/* ---- Values that are there already */

/* A frame compares the shape with what it waits for. */
void compile_answer(Compiler *c, Word shape, const Cell *operands, const Context *ctx)
{
    uint32_t count = apply_words(shape);
    bool is_one = count == 1;
    if (c->module->untyped && ctx->tail && shape != ANSWER_OBJECT) {
        emit(c, OP_ANSWERS);
        emit_const(c, shape);
    }
    if (is_one)
        emit(c, ctx->tail ? OP_RETURN : OP_SET_R1);
    else
        emit(c, ctx->tail ? OP_RETURN_MULTI : OP_SET_MULTI);
    if (!is_one && ctx->tail) emit_cell(c, c->unit.depth);
    if (!is_one) emit_cell(c, count);
    for (uint32_t i = 0; i < count; i++) emit_cell(c, operands[i]);
    if (is_one && ctx->tail) emit_cell(c, c->unit.depth);
    if (!ctx->tail) emit_jump(c, ctx->after, ctx->depth);
}

static bool atom_is_pointer(const Atom *a)
{
    char letter = atom_letter(a);
    return letter == 'P' || letter == 'U';
}

void compile_yield(Compiler *c, uint32_t count, const Atom *atoms, const Context *ctx)
{
    Cell operands[APPLY_MAX_ARGS];
    uint32_t n = 0;
    uint64_t pointers = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (atom_is_void(&atoms[i])) continue;
        if (n == APPLY_MAX_ARGS)
            compile_fail(c, "an unboxed tuple has more than %u components", APPLY_MAX_ARGS);
        pointers |= (uint64_t)atom_is_pointer(&atoms[i]) << n;
        operands[n++] = atom_operand(c, &atoms[i]);
    }
    compile_answer(c, answer_shape(n, pointers), operands, ctx);
}

/* ---- Applications */

Word call_shape(Compiler *c, uint32_t count, const Atom *args)
{
    uint32_t words = 0;
    uint64_t bitmap = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (atom_is_void(&args[i])) continue;
        bitmap |= (uint64_t)atom_is_pointer(&args[i]) << words++;
    }
    if (words > APPLY_MAX_ARGS || count > 0xff)
        compile_fail(c, "a call passes %u arguments; %u are possible", count, APPLY_MAX_ARGS);
    return apply_shape(words, count, bitmap);
}

void emit_arguments(Compiler *c, uint32_t count, const Atom *args, uint32_t words)
{
    emit_cell(c, words);
    for (uint32_t i = 0; i < count; i++)
        if (!atom_is_void(&args[i])) emit_atom(c, &args[i]);
}

/* The info table of a head that is known to be a function of exactly so many arguments; else NULL. */
static const InfoTable *known_function(Compiler *c, const Atom *head, uint32_t count)
{
    const Binder *b = head->binder;
    if (head->kind != ATOM_VAR || (b->kind != BINDER_TOP && b->kind != BINDER_LET)) return NULL;
    if (!b->rhs || b->rhs->flag != RHS_FUNCTION || b->rhs->param_count != count) return NULL;
    return b->kind == BINDER_TOP ? ref_closure(static_ref(c, b))->info : b->compiled;
}

static void compile_call(Compiler *c, const Expr *e, const Call *call, const Context *ctx)
{
    Word shape = call_shape(c, call->count, call->args);
    const InfoTable *known = known_function(c, call->head, call->count);
    compile_site(c, e);
    bool saves = !ctx->tail && ctx->ret->save_count;
    Opcode op;
    if (ctx->tail)
        op = known ? OP_TAIL_KNOWN : OP_TAIL_UNKNOWN;
    else if (saves)
        op = known ? OP_CALL_KNOWN_SAVE : OP_CALL_UNKNOWN_SAVE;
    else
        op = known ? OP_CALL_KNOWN : OP_CALL_UNKNOWN;
    emit(c, known ? boxed_call(c, op, call->head->binder) : op);
    emit_atom(c, call->head);
    emit_const(c, known ? (Word)known : shape);
    emit_destination(c, ctx, saves);
    emit_arguments(c, call->count, call->args, apply_words(shape));
}

static void compile_jump(Compiler *c, const Expr *e)
{
    const Binder *join = e->app.head.binder;
    const Rhs *rhs = join->rhs;
    const JoinCode *code = join->compiled;
    uint32_t moves = 0;
    compile_step(c, RULE_JUMP, e);
    for (uint32_t i = 0; i < e->app.arg_count; i++) moves += !binder_is_void(rhs->params[i]);
    if (moves) {
        emit(c, OP_MOVES);
        emit_cell(c, moves);
        for (uint32_t i = 0; i < e->app.arg_count; i++) {
            if (binder_is_void(rhs->params[i])) continue;
            emit_slot(c, (Slot)(c->unit.depth - code->places[i]));
            emit_atom(c, &e->app.args[i]);
        }
    }
    emit_jump(c, code->label, code->depth);
}

/* A variable that is known to hold a value, so that it need not be entered. */
static bool is_value(const Atom *a)
{
    if (a->kind != ATOM_VAR) return true;
    const Binder *b = a->binder;
    if (binder_rep(b) != REP_P) return true;
    return (b->kind == BINDER_TOP || b->kind == BINDER_LET) && b->rhs &&
           (b->rhs->flag == RHS_FUNCTION || b->rhs->flag == RHS_CON);
}

bool waits_once(const Expr *e)
{
    if (e->kind != EXPR_APP) return false;
    if (e->app.head.kind == ATOM_VAR && e->app.head.binder->kind == BINDER_JOIN) return false;
    Call call = method_call(e);
    return call.count || !is_value(call.head);
}

void compile_enter(Compiler *c, const Atom *a, const Context *ctx)
{
    if (ctx->tail) {
        emit(c, OP_ENTER);
        emit_atom(c, a);
        emit_cell(c, c->unit.depth);
        return;
    }
    emit_eval(c, a, ctx->ret);
    emit_jump(c, ctx->after, ctx->depth);
}

static void compile_variable(Compiler *c, const Expr *e, const Atom *a, const Context *ctx)
{
    compile_site(c, e);
    if (is_value(a)) {
        compile_yield(c, 1, a, ctx);
        return;
    }
    compile_enter(c, a, ctx);
}

static void compile_application(Compiler *c, const Expr *e, const Context *ctx)
{
    if (e->app.head.kind == ATOM_VAR && e->app.head.binder->kind == BINDER_JOIN) {
        compile_jump(c, e);
        return;
    }
    Call call = method_call(e);
    if (!call.count)
        compile_variable(c, e, call.head, ctx);
    else if (call.selector.con && call.count > 1)
        compile_method(c, e, &call, ctx);
    else
        compile_call(c, e, &call, ctx);
}

/* ---- Constructors */

static void compile_con(Compiler *c, const Expr *e, const Context *ctx)
{
    const ConCode *con = con_code(c, e->con.con);
    Ref shared = con_shared(c, con, e->con.args);
    compile_site(c, e);
    if (shared) {
        Cell operand = const_operand(c, shared);
        compile_answer(c, ANSWER_OBJECT, &operand, ctx);
        return;
    }
    compile_heap_check(c, e, ctx, 1 + con->words);
    emit(c, ctx->tail ? OP_RETURN_CON : OP_ALLOC_R1);
    emit_const(c, (Word)con->info);
    if (ctx->tail) emit_cell(c, c->unit.depth);
    emit_cell(c, con->words);
    emit_con_fields(c, con, e->con.arg_count, e->con.args);
    if (!ctx->tail) emit_jump(c, ctx->after, ctx->depth);
}

void compile_expr(Compiler *c, const Expr *e, const Context *ctx)
{
    for (; e->kind == EXPR_LET; e = e->let.body) compile_let(c, e, ctx);
    switch (e->kind) {
    case EXPR_LIT: {
        Atom a = {.kind = ATOM_LIT, .span = e->span, .lit = e->lit};
        compile_site(c, e);
        compile_yield(c, 1, &a, ctx);
        break;
    }
    case EXPR_APP: compile_application(c, e, ctx); break;
    case EXPR_CON:
        if (e->con.con) {
            compile_con(c, e, ctx);
        } else {
            compile_site(c, e);
            compile_yield(c, e->con.arg_count, e->con.args, ctx);
        }
        break;
    case EXPR_PRIM: compile_prim(c, e, ctx); break;
    case EXPR_CCALL: compile_ccall(c, e, ctx); break;
    case EXPR_CASE: compile_case(c, e, ctx); break;
    case EXPR_LET: break;
    case EXPR_LET_NO_ESCAPE: compile_let_no_escape(c, e, ctx); break;
    }
}
