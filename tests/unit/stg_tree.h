/* Equality of STG programs, for suites: everything that the source says and the checker finds out, but for
 * places in the text. */
#ifndef THUNKSCOPE_TESTS_STG_TREE_H
#define THUNKSCOPE_TESTS_STG_TREE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/primops.h"
#include "eval/syntax.h"

static inline bool same_expr(const Program *p, const Expr *a, const Program *q, const Expr *b);

static inline bool same_name(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static inline bool same_reps(Reps a, Reps b)
{
    if (a.count != b.count || !a.each != !b.each) return false;
    return !a.each || memcmp(a.each, b.each, a.count * sizeof(Rep)) == 0;
}

static inline bool same_literal(const Literal *a, const Literal *b)
{
    if (a->kind != b->kind || a->bits != b->bits || a->byte_count != b->byte_count) return false;
    return a->byte_count == 0 || memcmp(a->bytes, b->bytes, a->byte_count) == 0;
}

static inline bool same_binder(const Binder *a, const Binder *b)
{
    if (!a != !b) return false;
    return !a || (same_name(a->name, b->name) && a->kind == b->kind && same_reps(a->reps, b->reps) &&
                  a->used == b->used);
}

static inline bool same_binders(Binder *const *a, uint32_t n, Binder *const *b, uint32_t m)
{
    bool same = n == m;
    for (uint32_t i = 0; same && i < n; i++) same = same_binder(a[i], b[i]);
    return same;
}

static inline bool same_atom(const Atom *a, const Atom *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == ATOM_LIT) return same_literal(&a->lit, &b->lit);
    return same_name(a->name, b->name) && (a->kind == ATOM_VOID || same_binder(a->binder, b->binder));
}

static inline bool same_atoms(const Atom *a, uint32_t n, const Atom *b, uint32_t m)
{
    bool same = n == m;
    for (uint32_t i = 0; same && i < n; i++) same = same_atom(&a[i], &b[i]);
    return same;
}

static inline bool same_con(const DataCon *a, const DataCon *b)
{
    if (!a || !b) return a == b;
    bool same = same_name(a->name, b->name) && a->tag == b->tag && a->field_count == b->field_count &&
                !a->field_names == !b->field_names;
    for (uint32_t i = 0; same && i < a->field_count; i++)
        same = a->fields[i] == b->fields[i] &&
               (!a->field_names || same_name(a->field_names[i], b->field_names[i]));
    return same;
}

static inline bool same_type(const DataType *a, const DataType *b)
{
    if (!a || !b) return a == b;
    bool same = same_name(a->name, b->name) && a->con_count == b->con_count;
    for (uint32_t i = 0; same && i < a->con_count; i++) same = same_con(&a->cons[i], &b->cons[i]);
    return same;
}

static inline bool same_rhs(const Program *p, const Rhs *a, const Program *q, const Rhs *b)
{
    if (!a || !b) return a == b;
    return a->flag == b->flag && a->has_free_list == b->has_free_list &&
           same_binders(a->free, a->free_count, b->free, b->free_count) &&
           same_binders(a->params, a->param_count, b->params, b->param_count) &&
           same_name(a->con_name, b->con_name) && same_con(a->con, b->con) &&
           same_atoms(a->args, a->arg_count, b->args, b->arg_count) && same_expr(p, a->body, q, b->body);
}

static inline bool same_alt(const Program *p, const Alt *a, const Program *q, const Alt *b)
{
    return a->kind == b->kind && same_literal(&a->lit, &b->lit) && same_con(a->con, b->con) &&
           same_name(a->con_name, b->con_name) &&
           same_binders(a->binders, a->binder_count, b->binders, b->binder_count) &&
           same_expr(p, a->body, q, b->body);
}

static inline bool same_case(const Program *p, const Expr *a, const Program *q, const Expr *b)
{
    bool same = same_expr(p, a->kase.scrutinee, q, b->kase.scrutinee) &&
                same_binder(a->kase.binder, b->kase.binder) && a->kase.alt_kind == b->kase.alt_kind &&
                same_type(a->kase.type, b->kase.type) && same_name(a->kase.type_name, b->kase.type_name) &&
                same_reps(a->kase.reps, b->kase.reps) && a->kase.alt_count == b->kase.alt_count;
    for (uint32_t i = 0; same && i < a->kase.alt_count; i++)
        same = same_alt(p, &a->kase.alts[i], q, &b->kase.alts[i]);
    return same;
}

static inline bool same_let(const Program *p, const Expr *a, const Program *q, const Expr *b)
{
    bool same = a->let.recursive == b->let.recursive &&
                same_binders(a->let.binders, a->let.bind_count, b->let.binders, b->let.bind_count);
    for (uint32_t i = 0; same && i < a->let.bind_count; i++)
        same = same_rhs(p, a->let.rhss[i], q, b->let.rhss[i]);
    return same;
}

static inline bool same_ccall(const Expr *a, const Expr *b)
{
    if (!same_name(a->ccall.target, b->ccall.target) || a->ccall.is_primcall != b->ccall.is_primcall)
        return false;
    if (!same_atoms(a->ccall.args, a->ccall.arg_count, b->ccall.args, b->ccall.arg_count)) return false;
    Reps x = {a->ccall.arg_count, a->ccall.arg_reps}, y = {b->ccall.arg_count, b->ccall.arg_reps};
    return same_reps(x, y) && same_reps(a->ccall.result, b->ccall.result);
}

static inline bool same_source(const Program *p, const Span *a, const Program *q, const Span *b)
{
    if (a->line == 0 || b->line == 0) return a->line == b->line;
    return strcmp(p->files[a->file].path, q->files[b->file].path) == 0 &&
           memcmp(&a->line, &b->line, 4 * sizeof(uint32_t)) == 0;
}

/* Lets in a row may be many. */
static inline bool same_expr(const Program *p, const Expr *a, const Program *q, const Expr *b)
{
    for (; a && b && a->kind == b->kind; a = a->let.body, b = b->let.body) {
        if (!same_source(p, &a->source, q, &b->source)) return false;
        switch (a->kind) {
        case EXPR_LIT: return same_literal(&a->lit, &b->lit);
        case EXPR_APP:
            return same_atom(&a->app.head, &b->app.head) &&
                   same_atoms(a->app.args, a->app.arg_count, b->app.args, b->app.arg_count);
        case EXPR_CON:
            return same_name(a->con.name, b->con.name) && same_con(a->con.con, b->con.con) &&
                   same_atoms(a->con.args, a->con.arg_count, b->con.args, b->con.arg_count);
        case EXPR_PRIM:
            return same_name(a->prim.name, b->prim.name) && a->prim.op == b->prim.op &&
                   same_name(a->prim.type_name, b->prim.type_name) && same_type(a->prim.type, b->prim.type) &&
                   same_atoms(a->prim.args, a->prim.arg_count, b->prim.args, b->prim.arg_count);
        case EXPR_CCALL: return same_ccall(a, b);
        case EXPR_CASE: return same_case(p, a, q, b);
        case EXPR_LET:
        case EXPR_LET_NO_ESCAPE:
            if (!same_let(p, a, q, b)) return false;
        }
    }
    return a == b;
}

static inline bool same_top(const Program *p, const Binder *a, const Program *q, const Binder *b)
{
    Literal x = {.kind = LIT_STRING, .bytes = a->bytes, .byte_count = a->byte_count};
    Literal y = {.kind = LIT_STRING, .bytes = b->bytes, .byte_count = b->byte_count};
    return same_binder(a, b) && same_literal(&x, &y) && same_rhs(p, a->rhs, q, b->rhs);
}

static inline bool same_program(const Program *p, const Program *q)
{
    bool same = p->top_count == q->top_count && p->type_count == q->type_count &&
                same_name(p->unit, q->unit) && same_name(p->module, q->module);
    for (uint32_t i = 0; same && i < p->type_count; i++) same = same_type(p->types[i], q->types[i]);
    for (uint32_t i = 0; same && i < p->top_count; i++) same = same_top(p, p->tops[i], q, q->tops[i]);
    return same;
}

/* ---- Making programs and seeing what is wrong with them */

static inline bool parse_text(Program *p, const char *text)
{
    return stg_parse(p, "test.stg", text, strlen(text));
}

/* All diagnoses, one per line: "3:14 what is wrong". The caller frees it. */
static inline char *diagnoses_text(const Program *p)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    for (uint32_t i = 0; i < p->diagnosis_count; i++)
        fprintf(out, "%u:%u %s\n", p->diagnoses[i].span.line, p->diagnoses[i].span.column,
                p->diagnoses[i].text);
    fclose(out);
    return text;
}

#endif
