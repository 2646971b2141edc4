/* Printing STG text in one layout: what braces hold stands on lines of its own, four columns deeper.
 *
 * Always true: the text is read back as an equal tree; printing that prints the same text. What the source
 * left out is left out, after the check too where it goes without saying: P, free lists, workers. Comments,
 * if they are wanted, stand before what followed them, or at the end of the line if they ended one; those
 * that stood where no line ends here come at the next end. */
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
    const Comment *comments;
    size_t comment_count, next_comment;
} Printer;

static void print_expr(Printer *pr, const Expr *e);

static void put(Printer *pr, const char *text) { scratch_push(&pr->out, text, strlen(text)); }
static void put_bytes(Printer *pr, const char *bytes, size_t count) { scratch_push(&pr->out, bytes, count); }
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

/* ---- Comments */

static bool stands_before(const Comment *c, Span s)
{
    return c->line < s.line || (c->line == s.line && c->column < s.column);
}

/* A comment that is not printed yet stands before that place. */
static bool is_commented(const Printer *pr, Span s)
{
    return pr->next_comment < pr->comment_count && stands_before(&pr->comments[pr->next_comment], s);
}

static void put_comment(Printer *pr)
{
    const Comment *c = &pr->comments[pr->next_comment++];
    scratch_push(&pr->out, c->text, c->length);
}

static void put_comment_behind(Printer *pr, Span next)
{
    if (!is_commented(pr, next) || pr->comments[pr->next_comment].stands_alone) return;
    put_byte(pr, ' ');
    put_comment(pr);
}

/* The line ends; what stands at that place begins the next one. */
static void new_line_for(Printer *pr, Span next)
{
    put_comment_behind(pr, next);
    while (is_commented(pr, next)) {
        new_line(pr);
        put_comment(pr);
    }
    new_line(pr);
}

/* A blank, or a new line if there are comments to be put. */
static void blank_for(Printer *pr, Span next)
{
    if (is_commented(pr, next))
        new_line_for(pr, next);
    else
        put_byte(pr, ' ');
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

static bool is_written(const Literal *lit)
{
    return lit->bytes && lit->kind != LIT_STRING && lit->kind != LIT_LABEL && lit->kind != LIT_NULL;
}

static void print_literal(Printer *pr, const Literal *lit)
{
    if (is_written(lit)) return put_bytes(pr, lit->bytes, lit->byte_count);
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
    size_t length = strlen(b->name);
    bool misleads = reps_colon(b->name, length) || reps_mistaken(b->name, length);
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
        blank_for(pr, rhs->body->span);
    else
        new_line_for(pr, rhs->body->span);
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

static Span end_of(Span s) { return (Span){s.file, s.end_line, s.end_column, s.end_line, s.end_column}; }

static void print_alts(Printer *pr, const Expr *e)
{
    pr->depth++;
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        const Alt *alt = &e->kase.alts[i];
        new_line_for(pr, alt->span);
        print_pattern(pr, alt);
        put(pr, " ->");
        bool commented = is_commented(pr, alt->body->span);
        pr->depth += commented;
        blank_for(pr, alt->body->span);
        print_expr(pr, alt->body);
        pr->depth -= commented;
        put_byte(pr, ';');
    }
    pr->depth--;
    if (e->kase.alt_count) new_line_for(pr, end_of(e->span));
}

static void print_scrutinee(Printer *pr, const Expr *e)
{
    bool in_line = is_leaf(e) && !is_commented(pr, e->span);
    pr->depth += !in_line;
    if (in_line)
        put_byte(pr, ' ');
    else
        new_line_for(pr, e->span);
    print_expr(pr, e);
    pr->depth -= !in_line;
    if (in_line)
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

/* The place at the beginning of the line that follows. */
static Span line_behind(Span s) { return (Span){s.file, s.end_line + 1, 1, s.end_line + 1, 1}; }

static void print_let_head(Printer *pr, const Expr *e)
{
    print_note(pr, &e->source);
    put(pr, e->kind == EXPR_LET ? "let {" : "let-no-escape {");
    pr->depth++;
    Span note = pr->note;
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        new_line_for(pr, e->let.binders[i]->span);
        print_definition(pr, e->let.binders[i]);
        pr->note = note;
    }
    pr->depth--;
    if (e->let.bind_count) put_comment_behind(pr, line_behind(e->let.rhss[e->let.bind_count - 1]->span));
    new_line(pr);
    put(pr, "} in");
    blank_for(pr, e->let.body->span);
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
    bool commented = t->con_count && is_commented(pr, t->cons[t->con_count - 1].span);
    put(pr, "data ");
    put(pr, t->name);
    put(pr, " =");
    pr->depth += commented;
    for (uint32_t i = 0; i < t->con_count; i++) {
        if (commented)
            new_line_for(pr, t->cons[i].span);
        else
            put_byte(pr, ' ');
        if (i) put(pr, "| ");
        print_con(pr, &t->cons[i]);
    }
    pr->depth -= commented;
    put_byte(pr, ';');
}

static bool is_worker(const Binder *b) { return b->rhs && b->rhs->con && b->rhs->con->worker == b; }

/* ---- Lines of the top level: of modules, types and definitions */

static uint32_t line_of_next_comment(const Printer *pr, Span otherwise)
{
    return is_commented(pr, otherwise) ? pr->comments[pr->next_comment].line : otherwise.line;
}

/* Comments before a place; an empty line that followed one stays. */
static void put_comments_before(Printer *pr, Span next)
{
    while (is_commented(pr, next)) {
        uint32_t line = pr->comments[pr->next_comment].line;
        put_comment(pr);
        put_byte(pr, '\n');
        if (line_of_next_comment(pr, next) > line + 1) put_byte(pr, '\n');
    }
}

/* Ends what was printed before; `close`: without an empty line between. */
static void begin_item(Printer *pr, Span at, bool close)
{
    if (pr->out.used) {
        put_comment_behind(pr, at);
        put(pr, close ? "\n" : "\n\n");
    }
    put_comments_before(pr, at);
}

/* Where a module without a line of its own gets one: behind the comments that an empty line divides from what
 * follows, which are about the whole. */
static Span behind_head(const Printer *pr, Span first_item)
{
    Span at = {0};
    for (size_t i = pr->next_comment; i < pr->comment_count && stands_before(&pr->comments[i], first_item);
         i++) {
        bool is_last = i + 1 == pr->comment_count || !stands_before(&pr->comments[i + 1], first_item);
        uint32_t next = is_last ? first_item.line : pr->comments[i + 1].line;
        if (next > pr->comments[i].line + 1) at = (Span){.line = pr->comments[i].line + 1, .column = 1};
    }
    return at;
}

static bool is_earlier(Span a, Span b)
{
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

static void print_module_line(Printer *pr, const Module *m, Span first_item)
{
    begin_item(pr, m->place.line ? m->place : behind_head(pr, first_item), false);
    put(pr, "module ");
    put(pr, m->unit);
    put_byte(pr, ' ');
    put(pr, m->name);
}

/* Types and definitions in the order of the source. */
static void print_module(Printer *pr, uint32_t index)
{
    const Program *p = pr->program;
    const Module *m = &p->tables->modules[index];
    uint32_t type = m->first_type, types = module_types_end(p, index);
    uint32_t top = m->first_top, tops = module_tops_end(p, index);
    bool after_type = false, begun = false;
    while (type < types || top < tops) {
        bool is_type = top == tops || (type < types && is_earlier(p->types[type]->span, p->tops[top]->span));
        Span at = is_type ? p->types[type]->span : p->tops[top]->span;
        if (!is_type && is_worker(p->tops[top])) {
            top++;
            continue;
        }
        if (!begun) print_module_line(pr, m, at);
        begun = true;
        begin_item(pr, at, is_type && after_type);
        if (is_type)
            print_type(pr, p->types[type++]);
        else
            print_definition(pr, p->tops[top++]);
        after_type = is_type;
    }
    if (!begun) print_module_line(pr, m, (Span){.line = UINT32_MAX});
}

static char *print_program(Printer *pr)
{
    static const Span end = {.line = UINT32_MAX};
    for (uint32_t i = 0; i < pr->program->tables->module_count; i++) print_module(pr, i);
    put_comment_behind(pr, end);
    put_byte(pr, '\n');
    if (is_commented(pr, end)) put_byte(pr, '\n');
    put_comments_before(pr,
                        (Span){.line = pr->comment_count ? pr->comments[pr->comment_count - 1].line + 1 : 0});
    scratch_push(&pr->out, "", 1);
    return pr->out.bytes;
}

char *program_format(const Program *p)
{
    Printer pr = {.program = p};
    return print_program(&pr);
}

char *program_format_commented(const Program *p)
{
    const SourceFile *file = &p->files[0];
    Scratch comments = {0};
    Lexer lex = {.names = &p->tables->names,
                 .arena = p->arena,
                 .line = 1,
                 .column = 1,
                 .at = file->text,
                 .end = file->text + file->length,
                 .comments = &comments};
    Token t;
    do lexer_next(&lex, &t);
    while (t.kind != TOK_END);
    Printer pr = {.program = p,
                  .comments = (const Comment *)comments.bytes,
                  .comment_count = comments.used / sizeof(Comment)};
    char *text = print_program(&pr);
    scratch_free(&comments);
    return text;
}
