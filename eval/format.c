/* Printing STG text in one layout: what braces hold stands on lines of its own, four columns deeper.
 *
 * Always true: the text is read back as an equal tree; printing that prints the same text. What the source
 * left out is left out, after the check too where it goes without saying: P, free lists, workers. */
#include "eval/front_private.h"
#include "eval/lexer_private.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 4, DEEPEST_INDENT = 100 };

typedef struct Printer {
    const Program *program;
    Scratch out;
    uint32_t depth;
    Span note; /* the source note in force */
} Printer;

static void print_expr(Printer *pr, const Expr *e);

static void put(Printer *pr, const char *text) { scratch_push(&pr->out, text, strlen(text)); }
static void put_byte(Printer *pr, char c) { scratch_push(&pr->out, &c, 1); }

static void put_number(Printer *pr, unsigned long long n)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", n);
    put(pr, text);
}

static void new_line(Printer *pr)
{
    uint32_t columns = pr->depth * INDENT;
    put_byte(pr, '\n');
    for (uint32_t i = 0; i < columns && i < DEEPEST_INDENT; i++) put_byte(pr, ' ');
}

/* ---- Literals */

static void put_string_byte(Printer *pr, unsigned char c)
{
    char hex[8];
    snprintf(hex, sizeof hex, "\\x%02x", c);
    if (c == '\n')
        put(pr, "\\n");
    else if (c == '\t')
        put(pr, "\\t");
    else if (c == '"')
        put(pr, "\\\"");
    else if (c == '\\')
        put(pr, "\\\\");
    else if (c >= 0x20 && c < 0x7f)
        put_byte(pr, (char)c);
    else
        put(pr, hex);
}

static void put_quoted(Printer *pr, const char *bytes, size_t count)
{
    put_byte(pr, '"');
    for (size_t i = 0; i < count; i++) put_string_byte(pr, (unsigned char)bytes[i]);
    put_byte(pr, '"');
}

static void put_char(Printer *pr, Word code)
{
    char text[24];
    bool plain = code > 0x20 && code < 0x7f && code != '\'' && code != '\\';
    if (plain)
        snprintf(text, sizeof text, "'%c'#", (char)code);
    else
        snprintf(text, sizeof text, "'\\%llu'#", (unsigned long long)code);
    put(pr, text);
}

static void put_float(Printer *pr, const Literal *lit)
{
    char text[48];
    literal_print_float(lit, text);
    put(pr, text);
}

static void put_int(Printer *pr, Word bits)
{
    bool negative = (intptr_t)bits < 0;
    if (negative) put_byte(pr, '-');
    put_number(pr, negative ? -bits : bits);
    put_byte(pr, '#');
}

static void print_literal(Printer *pr, const Literal *lit)
{
    switch (lit->kind) {
    case LIT_INT: return put_int(pr, lit->bits);
    case LIT_WORD: put_number(pr, lit->bits); return put(pr, "##");
    case LIT_CHAR: return put_char(pr, lit->bits);
    case LIT_DOUBLE:
    case LIT_FLOAT: return put_float(pr, lit);
    case LIT_STRING: put_quoted(pr, lit->bytes, lit->byte_count); return put_byte(pr, '#');
    case LIT_NULL: return put(pr, "__NULL");
    case LIT_LABEL: put(pr, "__label "); return put(pr, lit->bytes);
    }
}

/* ---- Names and atoms */

static void put_reps(Printer *pr, Reps reps)
{
    for (uint32_t i = 0; i < reps.count; i++) put(pr, rep_spelling(reps.each[i]));
}

/* P goes without saying, unless the source says it or the name's own end would be taken for it. */
static void print_binder(Printer *pr, const Binder *b)
{
    bool is_string = b->kind == BINDER_TOP && !b->rhs;
    bool is_plain = b->reps.count == 0 || is_string || (b->reps.count == 1 && b->reps.each[0] == REP_P);
    bool misleads = reps_colon(b->name, strlen(b->name)) != NULL;
    put(pr, b->name);
    if (is_plain && !b->reps_written && !misleads) return;
    put_byte(pr, ':');
    put_reps(pr, b->reps.count ? b->reps : reps_one(REP_P));
}

static void print_binders(Printer *pr, Binder *const *binders, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i) put_byte(pr, ' ');
        print_binder(pr, binders[i]);
    }
}

static void print_atom(Printer *pr, const Atom *a)
{
    if (a->kind == ATOM_LIT)
        print_literal(pr, &a->lit);
    else
        put(pr, a->name);
}

static void print_atoms(Printer *pr, const Atom *atoms, uint32_t count)
{
    put_byte(pr, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i) put_byte(pr, ' ');
        print_atom(pr, &atoms[i]);
    }
    put_byte(pr, ']');
}

/* ---- Right-hand sides */

static bool is_leaf(const Expr *e)
{
    return e->kind != EXPR_CASE && e->kind != EXPR_LET && e->kind != EXPR_LET_NO_ESCAPE;
}

static void print_closure(Printer *pr, const Rhs *rhs)
{
    static const char *const flags[] = {"\\r [", "\\u [", "\\s ["};
    if (rhs->has_free_list) {
        put_byte(pr, '{');
        print_binders(pr, rhs->free, rhs->free_count);
        put(pr, "} ");
    }
    put(pr, flags[rhs->flag]);
    print_binders(pr, rhs->params, rhs->param_count);
    put_byte(pr, ']');
    pr->depth++;
    if (is_leaf(rhs->body))
        put_byte(pr, ' ');
    else
        new_line(pr);
    print_expr(pr, rhs->body);
    pr->depth--;
}

static void print_rhs(Printer *pr, const Rhs *rhs)
{
    if (rhs->flag != RHS_CON) return print_closure(pr, rhs);
    put_byte(pr, '!');
    put(pr, rhs->con_name);
    put_byte(pr, ' ');
    print_atoms(pr, rhs->args, rhs->arg_count);
}

static void print_definition(Printer *pr, const Binder *b)
{
    print_binder(pr, b);
    put(pr, " = ");
    if (b->rhs) {
        print_rhs(pr, b->rhs);
    } else {
        put_quoted(pr, b->bytes, b->byte_count);
        put_byte(pr, '#');
    }
    put_byte(pr, ';');
}

/* ---- Expressions */

/* A note holds for what is inside its expression; one that says what is in force already is not repeated. */
static void print_note(Printer *pr, const Span *s)
{
    if (s->line == 0 || memcmp(s, &pr->note, sizeof *s) == 0) return;
    char places[64];
    const char *path = pr->program->files[s->file].path;
    if (s->line == s->end_line)
        snprintf(places, sizeof places, ":%u:%u-%u ", s->line, s->column, s->end_column);
    else
        snprintf(places, sizeof places, ":(%u,%u)-(%u,%u) ", s->line, s->column, s->end_line, s->end_column);
    put_byte(pr, '@');
    put_quoted(pr, path, strlen(path));
    put(pr, places);
    pr->note = *s;
}

static void print_application(Printer *pr, const Expr *e)
{
    print_atom(pr, &e->app.head);
    for (uint32_t i = 0; i < e->app.arg_count; i++) {
        put_byte(pr, ' ');
        print_atom(pr, &e->app.args[i]);
    }
}

static void print_construction(Printer *pr, const Expr *e)
{
    put(pr, e->con.name);
    put(pr, "! ");
    print_atoms(pr, e->con.args, e->con.arg_count);
}

static void print_primitive(Printer *pr, const Expr *e)
{
    put_byte(pr, '%');
    put(pr, e->prim.name);
    put_byte(pr, ' ');
    if (e->prim.type_name) {
        put(pr, e->prim.type_name);
        put_byte(pr, ' ');
    }
    print_atoms(pr, e->prim.args, e->prim.arg_count);
}

static void print_ccall_reps(Printer *pr, const Expr *e)
{
    put(pr, " (");
    for (uint32_t i = 0; i < e->ccall.arg_count; i++) {
        if (i) put_byte(pr, ' ');
        put(pr, rep_spelling(e->ccall.arg_reps[i]));
    }
    put(pr, ") -> ");
    put_reps(pr, e->ccall.result);
}

static void print_ccall(Printer *pr, const Expr *e)
{
    put(pr, e->ccall.is_primcall ? "%primcall " : "%ccall ");
    put(pr, e->ccall.target);
    if (!e->ccall.is_primcall) print_ccall_reps(pr, e);
    put_byte(pr, ' ');
    print_atoms(pr, e->ccall.args, e->ccall.arg_count);
}

static void print_alt_kind(Printer *pr, const Expr *e)
{
    switch (e->kase.alt_kind) {
    case ALT_UNKNOWN: return;
    case ALT_ALG: put(pr, " %alg "); return put(pr, e->kase.type_name);
    case ALT_PRIM: put(pr, " %prim "); return put_reps(pr, e->kase.reps);
    case ALT_MULTI: put(pr, " %multi "); return put_number(pr, e->kase.reps.count);
    case ALT_POLY: return put(pr, " %poly");
    }
}

static void print_pattern(Printer *pr, const Alt *alt)
{
    if (alt->kind == PAT_DEFAULT)
        put(pr, "__DEFAULT");
    else if (alt->kind == PAT_LIT)
        print_literal(pr, &alt->lit);
    else
        put(pr, alt->con_name);
    if (alt->binder_count) put_byte(pr, ' ');
    print_binders(pr, alt->binders, alt->binder_count);
}

static void print_alts(Printer *pr, const Expr *e)
{
    pr->depth++;
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        new_line(pr);
        print_pattern(pr, &e->kase.alts[i]);
        put(pr, " -> ");
        print_expr(pr, e->kase.alts[i].body);
        put_byte(pr, ';');
    }
    pr->depth--;
    if (e->kase.alt_count) new_line(pr);
}

static void print_scrutinee(Printer *pr, const Expr *e)
{
    bool leaf = is_leaf(e);
    pr->depth += !leaf;
    if (leaf)
        put_byte(pr, ' ');
    else
        new_line(pr);
    print_expr(pr, e);
    pr->depth -= !leaf;
    if (leaf)
        put_byte(pr, ' ');
    else
        new_line(pr);
}

static void print_case(Printer *pr, const Expr *e)
{
    put(pr, "case");
    print_scrutinee(pr, e->kase.scrutinee);
    put(pr, "of ");
    print_binder(pr, e->kase.binder);
    print_alt_kind(pr, e);
    put(pr, " {");
    print_alts(pr, e);
    put_byte(pr, '}');
}

static void print_let_head(Printer *pr, const Expr *e)
{
    print_note(pr, &e->source);
    put(pr, e->kind == EXPR_LET ? "let {" : "let-no-escape {");
    pr->depth++;
    Span note = pr->note;
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        new_line(pr);
        print_definition(pr, e->let.binders[i]);
        pr->note = note;
    }
    pr->depth--;
    new_line(pr);
    put(pr, "} in ");
}

static void print_expr(Printer *pr, const Expr *e)
{
    Span note = pr->note;
    for (; e->kind == EXPR_LET || e->kind == EXPR_LET_NO_ESCAPE; e = e->let.body) print_let_head(pr, e);
    print_note(pr, &e->source);
    switch (e->kind) {
    case EXPR_LIT: print_literal(pr, &e->lit); break;
    case EXPR_APP: print_application(pr, e); break;
    case EXPR_CON: print_construction(pr, e); break;
    case EXPR_PRIM: print_primitive(pr, e); break;
    case EXPR_CCALL: print_ccall(pr, e); break;
    default: print_case(pr, e); break;
    }
    pr->note = note;
}

/* ---- The program */

/* A field is `name:reps` if the source names one of its type's; `_:P` reads back as a field without a name.
 */
static void print_con(Printer *pr, const DataCon *con)
{
    put(pr, con->name);
    put_byte(pr, '(');
    for (uint32_t i = 0; i < con->field_count; i++) {
        if (i) put(pr, ", ");
        if (con->field_names) {
            put(pr, con->field_names[i]);
            put_byte(pr, ':');
        }
        put(pr, rep_spelling(con->fields[i]));
    }
    put_byte(pr, ')');
}

static void print_type(Printer *pr, const DataType *t)
{
    put(pr, "data ");
    put(pr, t->name);
    put(pr, " =");
    for (uint32_t i = 0; i < t->con_count; i++) {
        put(pr, i ? " | " : " ");
        print_con(pr, &t->cons[i]);
    }
    put(pr, ";\n");
}

static bool is_worker(const Binder *b) { return b->rhs && b->rhs->con && b->rhs->con->worker == b; }

static void print_module(Printer *pr, uint32_t index)
{
    const Program *p = pr->program;
    const Module *m = &p->tables->modules[index];
    put(pr, index ? "\nmodule " : "module ");
    put(pr, m->unit);
    put_byte(pr, ' ');
    put(pr, m->name);
    put_byte(pr, '\n');
    if (m->first_type < module_types_end(p, index)) put_byte(pr, '\n');
    for (uint32_t i = m->first_type; i < module_types_end(p, index); i++) print_type(pr, p->types[i]);
    for (uint32_t i = m->first_top; i < module_tops_end(p, index); i++) {
        if (is_worker(p->tops[i])) continue;
        put_byte(pr, '\n');
        print_definition(pr, p->tops[i]);
        put_byte(pr, '\n');
    }
}

char *program_format(const Program *p)
{
    Printer pr = {.program = p};
    for (uint32_t i = 0; i < p->tables->module_count; i++) print_module(&pr, i);
    scratch_push(&pr.out, "", 1);
    return pr.out.bytes;
}
