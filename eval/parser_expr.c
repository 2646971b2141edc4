/* Reading expressions.
 *
 * Always true: an expression within an expression costs one of NESTING_MAX; a let in the body of a let is
 * read in a loop and costs one of LETS_MAX; a name takes as its arguments all atoms that follow it. */
#include "eval/parser_private.h"

#include <stdlib.h>
#include <string.h>

static Expr *expr_new(Parser *ps, ExprKind kind)
{
    Expr *e = ARENA_NEW(ps->arena, Expr);
    e->kind = kind;
    e->span = ps->token.span;
    e->source = ps->note;
    return e;
}

static Expr *expr_end(const Parser *ps, Expr *e)
{
    e->span = parser_span_from(ps, e->span);
    return e;
}

/* ---- Atoms */

static bool name_is(const Parser *ps, const char *text)
{
    return parser_at(ps, TOK_NAME) && strcmp(ps->token.name, text) == 0;
}

/* __NULL and __label NAME look like names. */
static bool accept_word_literal(Parser *ps, Literal *lit)
{
    bool is_label = name_is(ps, "__label");
    if (!is_label && !name_is(ps, "__NULL")) return false;
    *lit = (Literal){.kind = is_label ? LIT_LABEL : LIT_NULL};
    parser_advance(ps);
    if (is_label) {
        lit->bytes = parser_name(ps, "the name of a label");
        lit->byte_count = strlen(lit->bytes);
    }
    return true;
}

static bool accept_literal(Parser *ps, Literal *lit)
{
    if (!parser_at(ps, TOK_LITERAL)) return accept_word_literal(ps, lit);
    *lit = ps->token.lit;
    if (lit->kind != LIT_STRING) {
        lit->bytes = ps->token.start;
        lit->byte_count = ps->token.length;
    }
    parser_advance(ps);
    return true;
}

static Atom parse_atom(Parser *ps)
{
    Atom a = {.kind = ATOM_LIT, .span = ps->token.span};
    if (!accept_literal(ps, &a.lit)) {
        a.name = parser_name(ps, "a name or a literal");
        a.kind = is_void_value(a.name) ? ATOM_VOID : ATOM_VAR;
    }
    a.span = parser_span_from(ps, a.span);
    return a;
}

static Atom *parse_atoms_while(Parser *ps, bool (*more)(const Parser *), uint32_t *count)
{
    size_t mark = ps->scratch.used;
    while (more(ps)) {
        Atom a = parse_atom(ps);
        scratch_push(&ps->scratch, &a, sizeof a);
    }
    *count = (uint32_t)((ps->scratch.used - mark) / sizeof(Atom));
    return scratch_take(&ps->scratch, mark, ps->arena);
}

static bool at_atom(const Parser *ps) { return parser_at_name(ps) || parser_at(ps, TOK_LITERAL); }
static bool before_bracket(const Parser *ps) { return !parser_at(ps, TOK_RBRACKET); }

Atom *parser_atoms(Parser *ps, uint32_t *count)
{
    parser_expect(ps, TOK_LBRACKET, "before the arguments");
    Atom *atoms = parse_atoms_while(ps, before_bracket, count);
    parser_expect(ps, TOK_RBRACKET, "after the arguments");
    return atoms;
}

static Binder **parse_binders_to(Parser *ps, BinderKind kind, TokenKind end, uint32_t *count)
{
    size_t mark = ps->scratch.used;
    while (!parser_at(ps, end)) {
        Binder *b = parser_binder(ps, kind);
        scratch_push(&ps->scratch, &b, sizeof b);
    }
    *count = (uint32_t)((ps->scratch.used - mark) / sizeof(Binder *));
    return scratch_take(&ps->scratch, mark, ps->arena);
}

Binder **parser_binders(Parser *ps, BinderKind kind, TokenKind close, uint32_t *count)
{
    Binder **binders = parse_binders_to(ps, kind, close, count);
    parser_advance(ps);
    return binders;
}

/* ---- Applications */

static Expr *parse_literal(Parser *ps)
{
    Expr *e = expr_new(ps, EXPR_LIT);
    accept_literal(ps, &e->lit);
    return expr_end(ps, e);
}

/* `Con![` and `Con! [`: the token is a name with a `!` at its end. */
static bool at_construction(const Parser *ps)
{
    const Token *t = &ps->token;
    bool bang = t->kind == TOK_NAME && t->length > 1 && t->start[t->length - 1] == '!';
    return bang && parser_peek(ps).kind == TOK_LBRACKET;
}

static Expr *parse_construction(Parser *ps)
{
    Expr *e = expr_new(ps, EXPR_CON);
    parser_split(ps, ps->token.length - 1);
    e->con.name = parser_name(ps, "a constructor");
    parser_advance(ps); /* ! */
    e->con.args = parser_atoms(ps, &e->con.arg_count);
    return expr_end(ps, e);
}

/* A label or __NULL was read as the head. */
static Expr *turn_into_literal(const Parser *ps, Expr *e)
{
    *e = (Expr){.kind = EXPR_LIT, .span = e->span, .source = e->source, .lit = e->app.head.lit};
    return expr_end(ps, e);
}

/* `Con ! [args]` and `[]! [args]`: the `!` is a token of its own. */
static Expr *turn_into_construction(Parser *ps, Expr *e)
{
    *e = (Expr){.kind = EXPR_CON, .span = e->span, .source = e->source, .con.name = e->app.head.name};
    parser_advance(ps); /* ! */
    e->con.args = parser_atoms(ps, &e->con.arg_count);
    return expr_end(ps, e);
}

static Expr *parse_application(Parser *ps)
{
    Expr *e = expr_new(ps, EXPR_APP);
    e->app.head = parse_atom(ps);
    if (e->app.head.kind == ATOM_LIT) return turn_into_literal(ps, e);
    if (name_is(ps, "!") && parser_peek(ps).kind == TOK_LBRACKET) return turn_into_construction(ps, e);
    e->app.args = parse_atoms_while(ps, at_atom, &e->app.arg_count);
    return expr_end(ps, e);
}

/* ---- Primitives and calls of C */

static Expr *parse_primitive(Parser *ps)
{
    Expr *e = expr_new(ps, EXPR_PRIM);
    e->prim.name = name_intern(ps->lex.names, ps->token.start + 1, ps->token.length - 1);
    parser_advance(ps);
    bool is_tag_to_enum = strcmp(e->prim.name, "tagToEnum#") == 0;
    if (is_tag_to_enum) e->prim.type_name = parser_name(ps, "the type that tagToEnum# answers");
    e->prim.args = parser_atoms(ps, &e->prim.arg_count);
    return expr_end(ps, e);
}

/* '(' reps ')': one for each argument. `()` may be the beginning of a longer token. */
static Rep *parse_ccall_reps(Parser *ps, uint32_t *count)
{
    size_t mark = ps->scratch.used;
    bool is_empty = parser_at(ps, TOK_NAME) && strncmp(ps->token.start, "()", 2) == 0;
    if (is_empty && ps->token.length > 2) parser_split(ps, 2);
    if (is_empty) {
        parser_advance(ps);
    } else {
        parser_expect(ps, TOK_LPAREN, "before the representations of the arguments");
        while (!parser_accept(ps, TOK_RPAREN)) {
            Reps r = parser_reps(ps);
            scratch_push(&ps->scratch, r.each, r.count * sizeof(Rep));
            parser_accept(ps, TOK_COMMA);
        }
    }
    *count = (uint32_t)((ps->scratch.used - mark) / sizeof(Rep));
    return scratch_take(&ps->scratch, mark, ps->arena);
}

/* '->' reps, where nothing is void: `)->I`, `) -> I`, `)-> [`. */
static Reps parse_ccall_result(Parser *ps)
{
    bool glued = parser_at(ps, TOK_NAME) && ps->token.length > 2 && strncmp(ps->token.start, "->", 2) == 0;
    if (glued) parser_split(ps, 2);
    if (glued)
        parser_advance(ps);
    else
        parser_expect(ps, TOK_ARROW, "before the representation of the result");
    return parser_at(ps, TOK_LBRACKET) ? reps_one(REP_V) : parser_reps(ps);
}

static Expr *parse_ccall(Parser *ps)
{
    Expr *e = expr_new(ps, EXPR_CCALL);
    e->ccall.is_primcall = name_is(ps, "%primcall");
    parser_advance(ps);
    e->ccall.target = parser_name(ps, "the name of a function");
    uint32_t rep_count = 0;
    Span reps_span = ps->token.span;
    if (e->ccall.is_primcall) {
        e->ccall.result = reps_one(REP_P);
    } else {
        e->ccall.arg_reps = parse_ccall_reps(ps, &rep_count);
        e->ccall.result = parse_ccall_result(ps);
    }
    e->ccall.args = parser_atoms(ps, &e->ccall.arg_count);
    if (!e->ccall.is_primcall && rep_count != e->ccall.arg_count)
        parser_fail(ps, reps_span, "%u representations for %u arguments", rep_count, e->ccall.arg_count);
    return expr_end(ps, e);
}

/* ---- Case */

static uint32_t parse_component_count(Parser *ps)
{
    const Token *t = &ps->token;
    if (t->kind != TOK_NUMBER || t->length > 3)
        parser_fail_expected(ps, "the number of components, as in %multi 2");
    uint32_t n = (uint32_t)strtoul(t->start, NULL, 10);
    parser_advance(ps);
    return n;
}

static bool accept_alt_word(Parser *ps, const char *word)
{
    bool there = name_is(ps, word);
    if (there) parser_advance(ps);
    return there;
}

static void parse_alt_kind(Parser *ps, Expr *e)
{
    bool glued =
        parser_at(ps, TOK_NAME) && strncmp(ps->token.start, "%multi", 6) == 0 && ps->token.length > 6;
    if (glued) parser_split(ps, 6); /* %multi2 */
    if (accept_alt_word(ps, "%alg")) {
        e->kase.alt_kind = ALT_ALG;
        e->kase.type_name = parser_name(ps, "the name of a type");
    } else if (accept_alt_word(ps, "%prim")) {
        e->kase.alt_kind = ALT_PRIM;
        e->kase.reps = parser_reps(ps);
    } else if (accept_alt_word(ps, "%multi")) {
        e->kase.alt_kind = ALT_MULTI;
        e->kase.reps.count = parse_component_count(ps);
    } else if (accept_alt_word(ps, "%poly")) {
        e->kase.alt_kind = ALT_POLY;
    }
}

static void parse_con_pattern(Parser *ps, Alt *alt)
{
    alt->con_name = parser_name(ps, "a pattern");
    alt->kind = tuple_arity(alt->con_name) >= 0 ? PAT_TUPLE : PAT_CON;
    alt->binders = parse_binders_to(ps, BINDER_FIELD, TOK_ARROW, &alt->binder_count);
}

static void parse_alt(Parser *ps)
{
    Alt alt = {.kind = PAT_LIT, .span = ps->token.span};
    if (parser_accept(ps, TOK_DEFAULT))
        alt.kind = PAT_DEFAULT;
    else if (!accept_literal(ps, &alt.lit))
        parse_con_pattern(ps, &alt);
    alt.span = parser_span_from(ps, alt.span);
    parser_expect(ps, TOK_ARROW, "after the pattern");
    alt.body = parser_expr(ps);
    parser_expect(ps, TOK_SEMICOLON, "after the alternative");
    scratch_push(&ps->scratch, &alt, sizeof alt);
}

static void parse_alts(Parser *ps, Expr *e)
{
    size_t mark = ps->scratch.used;
    parser_expect(ps, TOK_LBRACE, "before the alternatives");
    while (!parser_at(ps, TOK_RBRACE)) parse_alt(ps);
    parser_advance(ps);
    e->kase.alt_count = (uint32_t)((ps->scratch.used - mark) / sizeof(Alt));
    e->kase.alts = scratch_take(&ps->scratch, mark, ps->arena);
}

static Expr *parse_case(Parser *ps)
{
    Expr *e = expr_new(ps, EXPR_CASE);
    parser_advance(ps);
    e->kase.scrutinee = parser_expr(ps);
    parser_expect(ps, TOK_OF, "after the scrutinee");
    e->kase.binder = parser_binder(ps, BINDER_CASE);
    parse_alt_kind(ps, e);
    parse_alts(ps, e);
    return expr_end(ps, e);
}

/* ---- Let */

static void parse_bind(Parser *ps, BinderKind kind)
{
    Binder *b = parser_binder(ps, kind);
    parser_definition(ps, b);
    scratch_push(&ps->scratch, &b, sizeof b);
}

static void parse_rec(Parser *ps, BinderKind kind)
{
    parser_expect(ps, TOK_LBRACE, "after Rec");
    while (!parser_accept(ps, TOK_END_REC)) parse_bind(ps, kind);
    parser_expect(ps, TOK_REC, "after `end`");
    parser_expect(ps, TOK_RBRACE, "after `end Rec`");
}

static void parse_binds(Parser *ps, Expr *e, BinderKind kind)
{
    size_t mark = ps->scratch.used;
    parser_expect(ps, TOK_LBRACE, "before the definitions");
    while (!parser_accept(ps, TOK_RBRACE)) {
        if (parser_accept(ps, TOK_REC))
            parse_rec(ps, kind);
        else
            parse_bind(ps, kind);
    }
    uint32_t count = (uint32_t)((ps->scratch.used - mark) / sizeof(Binder *));
    if (count == 0) parser_fail(ps, ps->last.span, "a let without definitions");
    e->let.bind_count = count;
    e->let.binders = scratch_take(&ps->scratch, mark, ps->arena);
    e->let.rhss = eval_arena_alloc(ps->arena, count * sizeof(Rhs *));
    for (uint32_t i = 0; i < count; i++) e->let.rhss[i] = e->let.binders[i]->rhs;
}

static Expr *parse_let_head(Parser *ps)
{
    bool escapes = parser_at(ps, TOK_LET);
    Expr *e = expr_new(ps, escapes ? EXPR_LET : EXPR_LET_NO_ESCAPE);
    parser_advance(ps);
    parse_binds(ps, e, escapes ? BINDER_LET : BINDER_JOIN);
    parser_expect(ps, TOK_IN, "after the definitions");
    return expr_end(ps, e);
}

/* ---- Expressions */

static bool at_let(const Parser *ps) { return parser_at(ps, TOK_LET) || parser_at(ps, TOK_LET_NO_ESCAPE); }

static void parse_note(Parser *ps)
{
    Span s = ps->token.note.place;
    s.file = program_mention_file(ps->program, ps->lex.file, ps->token.note.path);
    ps->note = s;
    parser_advance(ps);
}

static Expr *parse_after_lets(Parser *ps)
{
    if (parser_at(ps, TOK_CASE)) return parse_case(ps);
    if (at_construction(ps)) return parse_construction(ps);
    if (parser_at(ps, TOK_LITERAL)) return parse_literal(ps);
    if (name_is(ps, "%ccall") || name_is(ps, "%primcall")) return parse_ccall(ps);
    if (parser_at(ps, TOK_NAME) && ps->token.start[0] == '%' && ps->token.length > 1)
        return parse_primitive(ps);
    if (parser_at_name(ps)) return parse_application(ps);
    parser_fail_expected(ps, "an expression");
}

/* Lets and notes, then what is neither. */
static Expr *parse_chain(Parser *ps)
{
    Expr *first = NULL, **end = &first;
    for (uint32_t lets = 0;; end = &(*end)->let.body, lets++) {
        while (parser_at(ps, TOK_NOTE)) parse_note(ps);
        if (!at_let(ps)) break;
        if (lets == LETS_MAX) parser_fail(ps, ps->token.span, "more than %d lets in a row", LETS_MAX);
        *end = parse_let_head(ps);
    }
    *end = parse_after_lets(ps);
    return first;
}

Expr *parser_expr(Parser *ps)
{
    Span note = ps->note;
    if (++ps->nesting > NESTING_MAX)
        parser_fail(ps, ps->token.span, "expressions nest more than %d deep here", NESTING_MAX);
    Expr *e = parse_chain(ps);
    ps->nesting--;
    ps->note = note;
    return e;
}
