/* Completing a case: its kind from its patterns and its scrutinee, the representations of its binders from
 * what the scrutinee answers.
 *
 *   constructor patterns          %alg T
 *   literal patterns              %prim, the representation of the literals
 *   an unboxed tuple pattern      %multi
 *   only __DEFAULT                %prim if an unboxed value is answered or the binder is written so,
 *                                 %poly, which evaluates, otherwise
 *
 * What a function answers does not show: it is taken to be lifted unless the case says otherwise. */
#include "eval/check_private.h"
#include "eval/link.h"

#include <string.h>

/* ---- Representations */

static bool is_word(Rep r) { return r == REP_W || r == REP_C; }

bool rep_agrees(Rep a, Rep b) { return a == b || (is_word(a) && is_word(b)); }

bool rep_fits(Rep expected, Rep actual)
{
    return rep_agrees(expected, actual) || (expected == REP_P && actual == REP_U);
}

bool binder_is_slot(const Binder *b)
{
    bool is_word = b->reps.count == 1 && b->reps.each[0] == REP_W;
    return is_word && (b->kind == BINDER_PARAM || b->kind == BINDER_FIELD || b->holds_slot);
}

bool slot_fits(Rep slot, Rep rep)
{
    return slot == REP_W && rep != REP_V && rep != REP_P && rep != REP_U && rep != REP_D && rep != REP_F;
}

void binder_set_rep(Program *p, Binder *b, Rep rep)
{
    if (b->reps.count == 0) b->reps = reps_one(rep);
    if (b->reps.count != 1)
        diagnose(p, b->span, "`%s` is an unboxed tuple, but what it is bound to has representation %s",
                 b->name, rep_spelling(rep));
    else if (!rep_agrees(b->reps.each[0], rep))
        diagnose(p, b->span, "`%s` has representation %s, but what it is bound to has %s", b->name,
                 rep_spelling(b->reps.each[0]), rep_spelling(rep));
}

/* The same where either may be a slot: `answered` says whether it is. */
static void binder_set_slot_rep(Program *p, Binder *b, Rep rep, bool answered)
{
    bool written = b->reps.count == 1;
    if (written && binder_is_slot(b) && slot_fits(REP_W, rep)) return;
    if (written && answered && slot_fits(rep, b->reps.each[0])) return;
    binder_set_rep(p, b, rep);
}

/* ---- Results */

Result result_value(Rep rep)
{
    return (Result){.kind = RESULT_VALUE, .reps = reps_one(rep), .token = rep == REP_V};
}

Result result_of_type(DataType *type)
{
    return (Result){.kind = RESULT_VALUE, .reps = reps_one(REP_P), .type = type};
}

Result result_tuple(Arena *a, const Rep *each, uint32_t count)
{
    Rep *solid = eval_arena_alloc(a, count * sizeof(Rep));
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        if (each[i] != REP_V) solid[n++] = each[i];
    return (Result){.kind = RESULT_TUPLE, .reps = {n, solid}, .token = n < count};
}

/* A primitive with a State# token answers an unboxed tuple; one that only raises answers nothing. */
Result result_of_primop(Arena *a, const Primop *op)
{
    if (op->id == PRIM_KillThread || op->id == PRIM_KeepAlive) return (Result){.kind = RESULT_UNKNOWN};
    if (op->id == PRIM_Raise || op->id == PRIM_RaiseIO || op->id == PRIM_Panic)
        return (Result){.kind = RESULT_UNKNOWN};
    uint32_t count = primop_rep_count(op->results);
    Rep *each = eval_arena_alloc(a, count * sizeof(Rep));
    for (uint32_t i = 0; i < count; i++) each[i] = primop_rep(op->results, i);
    if (count == 0) return result_value(REP_V);
    bool has_token = strchr(op->args, 'V') != NULL;
    bool is_index = op->id == PRIM_IndexArray || op->id == PRIM_IndexSmallArray; /* GHC: (# a #) */
    if (count == 1 && !has_token && !is_index) return result_value(each[0]);
    return (Result){.kind = RESULT_TUPLE, .reps = {count, each}, .token = has_token};
}

/* ---- The kind */

static AltKind kind_of_pattern(PatKind kind)
{
    switch (kind) {
    case PAT_CON: return ALT_ALG;
    case PAT_LIT: return ALT_PRIM;
    case PAT_TUPLE: return ALT_MULTI;
    case PAT_DEFAULT: return ALT_UNKNOWN;
    }
    return ALT_UNKNOWN;
}

static bool is_unlifted_value(Reps reps) { return reps.count == 1 && reps.each[0] != REP_P; }

/* The kind of a case with __DEFAULT only. */
static AltKind kind_of_default(const Expr *e, Result r)
{
    Reps written = e->kase.binder->reps;
    if (written.count) return is_unlifted_value(written) ? ALT_PRIM : ALT_POLY;
    return r.kind != RESULT_UNKNOWN && is_unlifted_value(r.reps) ? ALT_PRIM : ALT_POLY;
}

/* ALT_UNKNOWN if the patterns are of different kinds, which is then diagnosed. */
static AltKind infer_kind(Program *p, const Expr *e, Result r)
{
    AltKind kind = ALT_UNKNOWN;
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        const Alt *alt = &e->kase.alts[i];
        AltKind its = kind_of_pattern(alt->kind);
        if (its == ALT_UNKNOWN) continue;
        if (kind != ALT_UNKNOWN && kind != its) {
            diagnose(p, alt->span, "this pattern is of another kind than those before it");
            return ALT_UNKNOWN;
        }
        kind = its;
    }
    return kind != ALT_UNKNOWN ? kind : kind_of_default(e, r);
}

/* A written kind must be able to hold the patterns. */
static bool written_kind_holds(AltKind written, AltKind inferred, const Expr *e)
{
    bool only_default = e->kase.alt_count == 0 || e->kase.alts[e->kase.alt_count - 1].kind == PAT_DEFAULT;
    return written == inferred || (only_default && written != ALT_MULTI);
}

/* ---- %alg */

static void set_field_reps(Program *p, const Alt *alt)
{
    for (uint32_t i = 0; i < alt->binder_count; i++) binder_set_rep(p, alt->binders[i], alt->con->fields[i]);
}

static void complete_alg_alt(Program *p, Expr *e, const Alt *alt, bool *seen)
{
    if (alt->kind != PAT_CON) return;
    if (alt->con->type != e->kase.type)
        diagnose(p, alt->span, "`%s` is a constructor of %s, but this is a case on %s", alt->con->name,
                 alt->con->type->name, e->kase.type->name);
    else if (seen[alt->con->tag])
        diagnose(p, alt->span, "a second alternative for `%s`", alt->con->name);
    else
        seen[alt->con->tag] = true;
    set_field_reps(p, alt);
}

static void require_scrutinee(Program *p, const Expr *e, Result r, Rep rep)
{
    if (r.kind == RESULT_UNKNOWN) return;
    bool fits =
        r.reps.count == 1 && rep_fits(rep, r.reps.each[0]) && !(r.kind == RESULT_TUPLE && rep == REP_P);
    if (fits || (r.slot && slot_fits(r.reps.each[0], rep))) return;
    if (r.kind == RESULT_TUPLE)
        diagnose(p, e->kase.scrutinee->span,
                 "this answers an unboxed tuple of %u: take it apart with a pattern such as %s", r.reps.count,
                 r.reps.count == 0   ? "(##)"
                 : r.reps.count == 1 ? "(#_#) x"
                                     : "(#,#) x y");
    else
        diagnose(p, e->kase.scrutinee->span, "this has representation %s, but the case is on %s",
                 rep_spelling(r.reps.each[0]), rep_spelling(rep));
    if (r.kind == RESULT_VALUE && r.reps.each[0] == REP_I && rep == REP_P)
        diagnose_note(p, "a comparison of numbers answers 1# or 0#; a Bool of it: %%tagToEnum# Bool [c]");
}

/* In programs of GHC's a value may be of another type: coercions leave no trace in STG, and where a cast was
   refuted a branch that is never taken takes apart what it holds for another type's. */
static void require_type(Program *p, const Expr *e, const DataType *known)
{
    const DataType *type = e->kase.type;
    if (!known || known == type || program_is_linked(p)) return;
    diagnose(p, e->kase.scrutinee->span, "this is a value of %s, but the case is on %s", known->name,
             type->name);
}

static void complete_alg(Program *p, Expr *e, Result r)
{
    const Alt *first = e->kase.alts;
    if (!e->kase.type) e->kase.type = first[first->kind == PAT_DEFAULT].con->type;
    e->kase.type_name = e->kase.type->name;
    bool *seen = eval_arena_alloc(p->arena, e->kase.type->con_count);
    require_scrutinee(p, e, r, REP_P);
    require_type(p, e, r.type);
    binder_set_rep(p, e->kase.binder, REP_P);
    e->kase.binder->type = e->kase.type;
    for (uint32_t i = 0; i < e->kase.alt_count; i++) complete_alg_alt(p, e, &e->kase.alts[i], seen);
}

/* ---- %prim */

static Rep prim_rep(const Expr *e, Result r)
{
    if (e->kase.reps.count) return e->kase.reps.each[0];
    if (is_unlifted_value(e->kase.binder->reps)) return e->kase.binder->reps.each[0];
    if (r.kind != RESULT_UNKNOWN && r.reps.count == 1) return r.reps.each[0];
    for (uint32_t i = 0; i < e->kase.alt_count; i++)
        if (e->kase.alts[i].kind == PAT_LIT) return literal_rep(&e->kase.alts[i].lit);
    return REP_P;
}

static bool literal_repeats(const Expr *e, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (e->kase.alts[i].kind == PAT_LIT && e->kase.alts[i].lit.bits == e->kase.alts[at].lit.bits)
            return true;
    return false;
}

static void diagnose_pattern_rep(Program *p, const Alt *alt, Rep rep)
{
    Rep its = literal_rep(&alt->lit);
    diagnose(p, alt->span, "this pattern has representation %s, but the case is on %s", rep_spelling(its),
             rep_spelling(rep));
    if (rep == REP_D || rep == REP_F)
        diagnose_note(p, "a %s is written %s1.5", rep == REP_D ? "Double#" : "Float#", rep_spelling(rep));
    if (rep == REP_P)
        diagnose_note(p, "what stands in a box is taken out first: { %s# x -> case x of _ { … } }",
                      rep_spelling(its));
}

static void complete_prim_alt(Program *p, const Expr *e, uint32_t at, Rep rep)
{
    const Alt *alt = &e->kase.alts[at];
    if (alt->kind != PAT_LIT) return;
    if (alt->lit.kind == LIT_STRING || alt->lit.kind == LIT_LABEL)
        diagnose(p, alt->span, "addresses cannot be matched");
    else if (!rep_agrees(literal_rep(&alt->lit), rep))
        diagnose_pattern_rep(p, alt, rep);
    else if (literal_repeats(e, at))
        diagnose(p, alt->span, "a second alternative for this literal");
}

static void complete_prim(Program *p, Expr *e, Result r)
{
    Rep rep = prim_rep(e, r);
    e->kase.reps = reps_one(rep);
    require_scrutinee(p, e, r, rep);
    e->kase.binder->holds_slot = r.slot;
    binder_set_slot_rep(p, e->kase.binder, rep, false);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) complete_prim_alt(p, e, i, rep);
}

/* ---- %multi */

static uint32_t solid_binders(const Alt *alt)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < alt->binder_count; i++)
        n += !(alt->binders[i]->reps.count == 1 && alt->binders[i]->reps.each[0] == REP_V);
    return n;
}

/* Gives the components what is answered, in order. If a State# token comes with that and there are more
 * components, the first of them not written otherwise are tokens. */
static bool set_component_reps(Program *p, const Alt *alt, Reps answered, const Result *r)
{
    uint32_t solid = solid_binders(alt), next = 0;
    for (uint32_t i = 0; i < alt->binder_count; i++) {
        Binder *b = alt->binders[i];
        bool is_void = b->reps.count == 1 && b->reps.each[0] == REP_V;
        if (is_void) continue;
        bool is_token = r->token && b->reps.count == 0 && solid > answered.count;
        if (is_token) solid--;
        if (!is_token && next == answered.count) return false;
        if (is_token)
            binder_set_rep(p, b, REP_V);
        else
            binder_set_slot_rep(p, b, answered.each[next++], r->slot);
    }
    return next == answered.count;
}

static void set_unknown_component_reps(const Alt *alt)
{
    for (uint32_t i = 0; i < alt->binder_count; i++)
        if (alt->binders[i]->reps.count == 0) alt->binders[i]->reps = reps_one(REP_P);
}

static Reps component_reps(Program *p, const Alt *alt)
{
    Rep *each = eval_arena_alloc(p->arena, alt->binder_count * sizeof(Rep));
    for (uint32_t i = 0; i < alt->binder_count; i++) each[i] = alt->binders[i]->reps.each[0];
    return (Reps){alt->binder_count, each};
}

static bool reps_agree(Reps a, Reps b)
{
    bool agree = a.count == b.count;
    for (uint32_t i = 0; agree && i < a.count; i++) agree = rep_agrees(a.each[i], b.each[i]);
    return agree;
}

static void set_tuple_binder(Program *p, Binder *b, Reps components)
{
    Reps solid = result_tuple(p->arena, components.each, components.count).reps;
    Reps reps = solid.count ? solid : reps_one(REP_V);
    if (b->reps.count == 0) b->reps = reps;
    Reps written = result_tuple(p->arena, b->reps.each, b->reps.count).reps;
    if (!reps_agree(written, solid))
        diagnose(p, b->span, "`%s` has other representations than the components of the pattern", b->name);
}

/* What a tuple pattern can take apart: a tuple, nothing but a State# token, a lone unlifted result. */
static bool answers_tuple(Result r) { return r.kind == RESULT_TUPLE || is_unlifted_value(r.reps); }

bool expr_is_partial(const Expr *e)
{
    if (e->kind != EXPR_APP || e->app.head.kind != ATOM_VAR) return false;
    const Rhs *rhs = e->app.head.binder->rhs;
    return rhs && rhs->flag == RHS_FUNCTION && e->app.arg_count < rhs->param_count;
}

void refuse_partial(Program *p, const Expr *e)
{
    uint32_t given = e->app.arg_count, wanted = e->app.head.binder->rhs->param_count;
    diagnose(p, e->span,
             "`%s` takes %u argument%s, but %u stand%s here: this is a function, not yet what it answers",
             e->app.head.name, wanted, plural(wanted), given, given == 1 ? "s" : "");
}

static void complete_multi(Program *p, Expr *e, Result r)
{
    const Alt *alt = e->kase.alts;
    if (e->kase.alt_count != 1 || alt->kind != PAT_TUPLE)
        return diagnose(p, e->span, "a case on an unboxed tuple has one alternative, a tuple pattern");
    uint32_t written = e->kase.alt_kind == ALT_MULTI ? e->kase.reps.count : alt->binder_count;
    if (expr_is_partial(e->kase.scrutinee)) return refuse_partial(p, e->kase.scrutinee);
    if (r.kind == RESULT_UNKNOWN) {
        set_unknown_component_reps(alt);
    } else {
        Reps answered = result_tuple(p->arena, r.reps.each, r.reps.count).reps;
        if (!answers_tuple(r) || !set_component_reps(p, alt, answered, &r))
            return diagnose(p, alt->span,
                            "this pattern has %u component%s that are not void, the scrutinee %u",
                            solid_binders(alt), plural(solid_binders(alt)), answered.count);
    }
    e->kase.reps = component_reps(p, alt);
    if (written != alt->binder_count && written != solid_binders(alt))
        diagnose(p, e->span, "%%multi %u, but the pattern has %u components", written, alt->binder_count);
    set_tuple_binder(p, e->kase.binder, e->kase.reps);
}

/* ---- %poly */

static void complete_poly(Program *p, Expr *e, Result r)
{
    require_scrutinee(p, e, r, REP_P);
    binder_set_rep(p, e->kase.binder, REP_P);
    e->kase.binder->type = r.type;
}

void case_complete(Program *p, Expr *e, Result r)
{
    AltKind inferred = infer_kind(p, e, r), written = e->kase.alt_kind;
    if (inferred == ALT_UNKNOWN) return;
    if (written != ALT_UNKNOWN && !written_kind_holds(written, inferred, e))
        return diagnose(p, e->span, "the patterns of this case do not fit its written kind");
    AltKind kind = written != ALT_UNKNOWN ? written : inferred;
    switch (kind) {
    case ALT_ALG: complete_alg(p, e, r); break;
    case ALT_PRIM: complete_prim(p, e, r); break;
    case ALT_MULTI: complete_multi(p, e, r); break;
    default: complete_poly(p, e, r); break;
    }
    e->kase.alt_kind = kind;
}
