/* let, letrec and let-no-escape. */
#include "eval/compile_private.h"

typedef struct LetObject {
    const Binder *binder;
    InfoTable *info;
    const ConCode *con; /* NULL: a closure */
    Ref shared;         /* nothing is allocated: it is this static closure */
    uint32_t words;     /* of payload */
} LetObject;

static LetObject let_object(Compiler *c, const Binder *b)
{
    const Rhs *rhs = b->rhs;
    if (rhs->flag == RHS_CON) {
        const ConCode *con = con_code(c, rhs->con);
        return (LetObject){b, con->info, con, con_shared(c, con, rhs->args), con->words};
    }
    InfoTable *info = info_for_rhs(c, b, false);
    ((Binder *)b)->compiled = info;
    compile_queue(c, b, info, false);
    return (LetObject){b, info, NULL, 0, info->ptrs + info->nptrs};
}

static uint32_t object_words(const LetObject *o)
{
    if (o->shared) return 0;
    return kinds[o->info->kind].first + o->words;
}

static void emit_fields(Compiler *c, const LetObject *o)
{
    const Rhs *rhs = o->binder->rhs;
    if (o->con) {
        emit_con_fields(c, o->con, rhs->arg_count, rhs->args);
        return;
    }
    Binder **free = compile_scratch(c, (rhs->free_count + 1) * sizeof *free);
    uint32_t n = rhs_free_in_order(rhs, free);
    for (uint32_t i = 0; i < n; i++) emit_slot(c, slot_of(c, free[i]));
    if (!n && o->words) emit_const_atom(c, 0); /* the word that pads a function without free variables */
}

static void emit_one(Compiler *c, const LetObject *o)
{
    emit(c, kinds[o->info->kind].first == 1 ? OP_ALLOC_VALUE : OP_ALLOC_THUNK);
    emit_slot(c, slot_of(c, o->binder));
    emit_const(c, (Word)o->info);
    emit_cell(c, o->words);
    emit_fields(c, o);
}

static void emit_group(Compiler *c, uint32_t count, const LetObject *objects)
{
    emit(c, OP_LETREC);
    emit_cell(c, count);
    for (uint32_t i = 0; i < count; i++) {
        emit_slot(c, slot_of(c, objects[i].binder));
        emit_const(c, (Word)objects[i].info);
        emit_cell(c, objects[i].words);
    }
    for (uint32_t i = 0; i < count; i++) emit_fields(c, &objects[i]);
}

/* A field may be one of the objects that the let makes. */
static bool holds_itself(const Expr *let)
{
    return let->let.recursive && (let->let.bind_count > 1 || let->let.rhss[0]->flag == RHS_CON);
}

void compile_let(Compiler *c, const Expr *e, const Context *ctx)
{
    LetObject *objects = compile_scratch(c, e->let.bind_count * sizeof *objects);
    uint32_t count = 0, words = 0;
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        LetObject o = let_object(c, e->let.binders[i]);
        if (object_words(&o)) objects[count++] = o;
        words += object_words(&o);
    }
    compile_step(c, e->let.recursive ? RULE_LETREC : RULE_LET, e);
    if (words) compile_heap_check(c, e, ctx, words);
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        const Binder *b = e->let.binders[i];
        Ref shared = b->rhs->flag == RHS_CON ? con_shared(c, con_code(c, b->rhs->con), b->rhs->args) : 0;
        if (!shared) continue;
        emit(c, OP_MOVE);
        emit_slot(c, slot_of(c, b));
        emit_const_atom(c, shared);
    }
    if (count == 1 && !holds_itself(e))
        emit_one(c, &objects[0]);
    else if (count)
        emit_group(c, count, objects);
}

void compile_let_no_escape(Compiler *c, const Expr *e, const Context *ctx)
{
    LocalSet outside = joins_enter(c, e);
    uint32_t depth = c->unit.depth;
    for (uint32_t i = 0; i < e->let.bind_count; i++) ((JoinCode *)e->let.binders[i]->compiled)->depth = depth;
    compile_expr(c, e->let.body, ctx);
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        const Rhs *rhs = e->let.rhss[i];
        c->unit.depth = depth;
        label_bind(c, ((const JoinCode *)e->let.binders[i]->compiled)->label);
        compile_expr(c, rhs->body, ctx);
    }
    joins_leave(c, outside);
}
