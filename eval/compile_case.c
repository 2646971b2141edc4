/* case: evaluate, bind, choose.
 *
 * Three ways to get the value: a primitive in line leaves it in slots; a variable that needs no evaluation is
 * moved; everything else is compiled as an expression whose value arrives in R1 (or in the machine's row of
 * multiple values) at a label behind it. */
#include "eval/compile_private.h"

static void compile_body(Compiler *c, const Alt *alt, const Context *ctx)
{
    uint32_t depth = c->unit.depth;
    c->unit.budget = 0;
    compile_expr(c, alt->body, ctx);
    c->unit.depth = depth;
}

/* The only alternative goes on in a straight line: what the last heap check covers is still covered. */
static void compile_only(Compiler *c, const Alt *alt, const Context *ctx) { compile_expr(c, alt->body, ctx); }

/* ---- Constructor alternatives; the value is in R1 */

FieldSpan fields_read(Compiler *c, const Alt *alt)
{
    const ConCode *con = con_code(c, alt->con);
    uint32_t first = UINT32_MAX, last = 0;
    for (uint32_t i = 0; i < alt->binder_count; i++) {
        uint32_t word = con->word_of[i];
        if (word == UINT16_MAX || !alt->binders[i]->used) continue;
        if (word < first) first = word;
        if (word > last) last = word;
    }
    return first == UINT32_MAX ? (FieldSpan){0, 0} : (FieldSpan){first, last - first + 1};
}

static Slot slot_of_word(Compiler *c, const Alt *alt, uint32_t word)
{
    uint32_t i = 0;
    while (con_code(c, alt->con)->word_of[i] != word) i++;
    return slot_of(c, alt->binders[i]);
}

static void bind_fields(Compiler *c, const Alt *alt)
{
    FieldSpan span = fields_read(c, alt);
    if (!span.count) return;
    emit(c, span.count == 1 ? OP_FIELD : OP_FIELDS);
    emit_slot(c, slot_of_word(c, alt, span.first));
    emit_cell(c, 1 + span.first);
    if (span.count != 1) emit_cell(c, span.count);
}

static const Alt *default_alt(const Expr *e)
{
    return e->kase.alt_count && e->kase.alts[0].kind == PAT_DEFAULT ? &e->kase.alts[0] : NULL;
}

/* What a program whose types fit does not come to. */
static void compile_no_alternative(Compiler *c)
{
    emit(c, OP_NO_ALTERNATIVE);
    emit_cell(c, c->unit.depth);
}

static void compile_con_switch(Compiler *c, const Expr *e, const Context *ctx)
{
    const DataType *type = e->kase.type;
    Label **targets = compile_scratch(c, (type->con_count + 1) * sizeof *targets);
    Label *otherwise = label_new(c);
    emit(c, OP_SWITCH_CON);
    emit_cell(c, type->con_count);
    for (uint32_t tag = 0; tag < type->con_count; tag++) targets[tag] = otherwise;
    for (uint32_t i = 0; i < e->kase.alt_count; i++)
        if (e->kase.alts[i].kind == PAT_CON) targets[e->kase.alts[i].con->tag] = label_new(c);
    for (uint32_t tag = 0; tag < type->con_count; tag++) emit_label(c, targets[tag]);
    if (!default_alt(e)) label_bind(c, otherwise);
    compile_no_alternative(c); /* of a tag that the type does not have */
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        const Alt *alt = &e->kase.alts[i];
        if (alt->kind != PAT_CON) continue;
        label_bind(c, targets[alt->con->tag]);
        bind_fields(c, alt);
        compile_body(c, alt, ctx);
    }
    if (!default_alt(e)) return;
    label_bind(c, otherwise);
    compile_body(c, default_alt(e), ctx);
}

void compile_expect(Compiler *c, Span span, const DataType *type)
{
    uint32_t count = type ? type->con_count : 0;
    CodeExpectation *x = info_registry_alloc(c->infos, sizeof *x + count * sizeof x->cons[0]);
    if (!x) compile_fail(c, "out of memory");
    x->span = site_span(c, span);
    x->type = type ? info_registry_string(c->infos, type->name) : NULL;
    x->count = count;
    for (uint32_t i = 0; i < count; i++) x->cons[i] = con_code(c, &type->cons[i])->info;
    emit(c, OP_EXPECT);
    emit_const(c, (Word)x);
    emit_cell(c, c->unit.depth);
}

static bool takes_apart(const Expr *e)
{
    return e->kase.alt_count && e->kase.alts[e->kase.alt_count - 1].kind == PAT_CON;
}

static void compile_con_alts(Compiler *c, const Expr *e, const Context *ctx)
{
    if (c->module->checks && takes_apart(e)) compile_expect(c, e->span, e->kase.type);
    const Alt *alts = e->kase.alts;
    if (e->kase.alt_count == 0)
        compile_no_alternative(c); /* an empty type */
    else if (e->kase.alt_count == 1 && alts[0].kind == PAT_DEFAULT)
        compile_only(c, &alts[0], ctx);
    else if (e->kase.alt_count == 1 && alts[0].con->type->con_count == 1) {
        bind_fields(c, &alts[0]);
        compile_only(c, &alts[0], ctx);
    } else
        compile_con_switch(c, e, ctx);
}

/* ---- Literal alternatives; the value is in a slot */

/* The words that a literal matches: as numbers, both zeros are equal, and a NaN to nothing. GHC compares so.
 */
static uint32_t matching_words(const Literal *lit, Word words[2])
{
    bool is_double = lit->kind == LIT_DOUBLE, is_fraction = is_double || lit->kind == LIT_FLOAT;
    Word sign = (Word)1 << (is_double ? 63 : 31), infinity = is_double ? (Word)0x7ff << 52 : (Word)0xff << 23;
    words[0] = lit->bits;
    words[1] = lit->bits ^ sign;
    if (!is_fraction || (lit->bits & ~sign) - 1 < infinity) return 1;
    return (lit->bits & ~sign) == 0 ? 2 : 0;
}

static uint32_t count_matching_words(const Alt *alts, uint32_t count)
{
    uint32_t words = 0;
    Word ignored[2];
    for (uint32_t i = 0; i < count; i++) words += matching_words(&alts[i].lit, ignored);
    return words;
}

static void emit_matching_words(Compiler *c, const Literal *lit, Label *target)
{
    Word words[2];
    uint32_t count = matching_words(lit, words);
    for (uint32_t i = 0; i < count; i++) {
        emit_const(c, words[i]);
        emit_label(c, target);
    }
}

static void compile_literal_alts(Compiler *c, const Expr *e, Slot slot, const Context *ctx)
{
    const Alt *otherwise = default_alt(e);
    uint32_t first = otherwise ? 1 : 0, count = e->kase.alt_count - first;
    if (count == 0) {
        if (otherwise)
            compile_only(c, otherwise, ctx);
        else
            compile_no_alternative(c);
        return;
    }
    Label *other = label_new(c), **targets = compile_scratch(c, count * sizeof *targets);
    emit(c, OP_SWITCH_WORD);
    emit_slot(c, slot);
    emit_label(c, other);
    emit_cell(c, count_matching_words(e->kase.alts + first, count));
    for (uint32_t i = 0; i < count; i++) {
        targets[i] = label_new(c);
        emit_matching_words(c, &e->kase.alts[first + i].lit, targets[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        label_bind(c, targets[i]);
        compile_body(c, &e->kase.alts[first + i], ctx);
    }
    label_bind(c, other);
    if (otherwise)
        compile_body(c, otherwise, ctx);
    else
        compile_no_alternative(c);
}

/* ---- Comparisons that only choose: compare and branch in one */

static int fused_opcode(PrimopId id)
{
    switch (id) {
    case PRIM_IntEq:
    case PRIM_WordEq:
    case PRIM_CharEq: return OP_UNLESS_IntEq;
    case PRIM_IntNe:
    case PRIM_WordNe:
    case PRIM_CharNe: return OP_UNLESS_IntNe;
    case PRIM_IntLt: return OP_UNLESS_IntLt;
    case PRIM_IntLe: return OP_UNLESS_IntLe;
    case PRIM_IntGt: return OP_UNLESS_IntGt;
    case PRIM_IntGe: return OP_UNLESS_IntGe;
    default: return -1;
    }
}

/* The alternative that is taken for the value, 0 or 1. */
static const Alt *alt_for(const Expr *e, Word value)
{
    for (uint32_t i = 0; i < e->kase.alt_count; i++)
        if (e->kase.alts[i].kind == PAT_LIT && e->kase.alts[i].lit.bits == value) return &e->kase.alts[i];
    return default_alt(e);
}

static bool compile_fused(Compiler *c, const Expr *e, const Context *ctx)
{
    const Expr *scrutinee = e->kase.scrutinee;
    if (scrutinee->kind != EXPR_PRIM) return false;
    int op = fused_opcode(scrutinee->prim.op->id);
    const Alt *yes = alt_for(e, 1), *no = alt_for(e, 0);
    if (op < 0 || e->kase.binder->used || !yes || !no || yes == no) return false;
    Label *otherwise = label_new(c);
    emit(c, (Opcode)op);
    emit_atom(c, &scrutinee->prim.args[0]);
    emit_atom(c, &scrutinee->prim.args[1]);
    emit_label(c, otherwise);
    compile_body(c, yes, ctx);
    label_bind(c, otherwise);
    compile_body(c, no, ctx);
    return true;
}

/* ---- The three ways */

/* The slot of the first component that a multi-value pattern names; if there is none, one for what nobody
 * reads. */
static Slot components_slot(const Compiler *c, const Alt *alt, uint32_t *count)
{
    Slot first = scratch_slot(c);
    *count = 0;
    for (uint32_t i = 0; i < alt->binder_count; i++) {
        const Binder *b = alt->binders[i];
        if (binder_is_void(b)) continue;
        if (!(*count)++) first = slot_of(c, b);
    }
    return first;
}

static void compile_inline_case(Compiler *c, const Expr *e, const Context *ctx)
{
    if (e->kase.alt_kind != ALT_MULTI && compile_fused(c, e, ctx)) return;
    Slot slot = scratch_slot(c);
    uint32_t count;
    if (e->kase.alt_kind == ALT_MULTI)
        slot = components_slot(c, &e->kase.alts[0], &count);
    else if (!binder_is_void(e->kase.binder))
        slot = slot_of(c, e->kase.binder);
    if (e->kase.scrutinee->kind == EXPR_CCALL)
        compile_ccall_inline(c, e->kase.scrutinee, slot, e, ctx);
    else
        compile_prim_inline(c, e->kase.scrutinee, slot, e, ctx);
    if (e->kase.alt_kind == ALT_MULTI) {
        compile_only(c, &e->kase.alts[0], ctx);
        return;
    }
    if (e->kase.alt_kind == ALT_PRIM) {
        compile_literal_alts(c, e, slot, ctx);
        return;
    }
    emit(c, OP_SET_R1);
    emit_slot(c, slot);
    compile_con_alts(c, e, ctx);
}

static void compile_alts(Compiler *c, const Expr *e, const Context *ctx)
{
    const Binder *b = e->kase.binder;
    if (e->kase.alt_kind == ALT_MULTI) {
        uint32_t count;
        Slot first = components_slot(c, &e->kase.alts[0], &count);
        if (count) {
            emit(c, count == 1 ? OP_GET_R1 : OP_GET_MULTI);
            emit_slot(c, first);
            if (count != 1) emit_cell(c, count);
        }
        compile_only(c, &e->kase.alts[0], ctx);
        return;
    }
    if (!binder_is_void(b) && (b->used || e->kase.alt_kind == ALT_PRIM)) {
        emit(c, OP_GET_R1);
        emit_slot(c, slot_of(c, b));
    }
    if (e->kase.alt_kind == ALT_PRIM)
        compile_literal_alts(c, e, slot_of(c, b), ctx);
    else
        compile_con_alts(c, e, ctx);
}

/* A variable or literal that is there already, of a representation that is never entered. */
static bool is_ready(const Expr *scrutinee)
{
    if (scrutinee->kind == EXPR_LIT) return true;
    if (scrutinee->kind != EXPR_APP || scrutinee->app.arg_count || scrutinee->app.head.kind != ATOM_VAR)
        return false;
    const Binder *b = scrutinee->app.head.binder;
    return b->kind != BINDER_JOIN && !binder_is_void(b) && binder_rep(b) != REP_P;
}

static void compile_ready_case(Compiler *c, const Expr *e, const Context *ctx)
{
    const Expr *scrutinee = e->kase.scrutinee;
    Atom literal = {.kind = ATOM_LIT, .lit = scrutinee->lit};
    emit(c, OP_MOVE);
    emit_slot(c, slot_of(c, e->kase.binder));
    emit_atom(c, scrutinee->kind == EXPR_LIT ? &literal : &scrutinee->app.head);
    compile_literal_alts(c, e, slot_of(c, e->kase.binder), ctx);
}

void compile_case(Compiler *c, const Expr *e, const Context *ctx)
{
    if (prim_is_inline(e->kase.scrutinee)) {
        compile_inline_case(c, e, ctx);
        return;
    }
    if (is_ready(e->kase.scrutinee) && e->kase.alt_kind != ALT_MULTI && e->kase.alt_kind != ALT_ALG &&
        !binder_is_void(e->kase.binder)) {
        compile_ready_case(c, e, ctx);
        return;
    }
    LocalSet live = live_behind(c, ctx), around = live_behind(c, ctx);
    live_in_alternatives(c, live, e);
    Label *after = label_new(c);
    compile_step(c, RULE_CASE, e);
    bool settles = frame_settles(c, e, live, around);
    uint32_t depth = c->unit.depth;
    Context scrutinee = {.after = after, .depth = depth, .live = live};
    scrutinee.ret = compile_return_point(c, live, e, after, settles);
    compile_expr(c, e->kase.scrutinee, &scrutinee);
    label_bind(c, after);
    c->unit.depth = settles ? scrutinee.ret->words + 1 : depth;
    Settled settled = settles ? frame_settle(c, live) : (Settled){0};
    compile_alts(c, e, ctx);
    frame_unsettle(&settled);
}
