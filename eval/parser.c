/* Reading a module: the steps of a recursive descent, the top level, right-hand sides. The grammar is in
 * eval/README.md; expressions are read in parser_expr.c.
 *
 * Always true: after an error reading goes on behind the next `;` of the top level, or before a name, `data`
 * or `module` that begins a line. */
#include "eval/link.h"
#include "eval/parser_private.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Steps */

static int opens(TokenKind kind)
{
    switch (kind) {
    case TOK_LPAREN:
    case TOK_LBRACKET:
    case TOK_LBRACE: return 1;
    case TOK_RPAREN:
    case TOK_RBRACKET:
    case TOK_RBRACE: return -1;
    default: return 0;
    }
}

void parser_advance(Parser *ps)
{
    ps->open += opens(ps->token.kind);
    ps->last = ps->token;
    lexer_next(&ps->lex, &ps->token);
}

Token parser_peek(const Parser *ps)
{
    Lexer ahead = ps->lex;
    Token t;
    lexer_next(&ahead, &t);
    return t;
}

bool parser_at(const Parser *ps, TokenKind kind) { return ps->token.kind == kind; }

bool parser_accept(Parser *ps, TokenKind kind)
{
    bool there = parser_at(ps, kind);
    if (there) parser_advance(ps);
    return there;
}

void parser_fail(Parser *ps, Span span, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diagnose(ps->program, span, "%s", text);
    longjmp(ps->failure, 1);
}

static int shown_length(const Token *t) { return t->length > 40 ? 40 : (int)t->length; }

/* ---- What Haskell's programmers write */

static bool habit_fits(const char *pattern, const char *text, size_t length)
{
    size_t n = strlen(pattern);
    bool is_prefix = n && pattern[n - 1] == '*';
    if (is_prefix) return length >= n - 1 && memcmp(pattern, text, n - 1) == 0;
    return !n || (length == n && memcmp(pattern, text, n) == 0);
}

static const char *habit_note(const Parser *ps, const char *wanted)
{
    static const struct {
        const char *found, *before, *wanted, *note;
    } habits[] = {
#define HABIT(found, before, wanted, note) {found, before, wanted, note},
#include "eval/habits.def"
#undef HABIT
    };
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (habit_fits(habits[i].found, ps->token.start, ps->token.length) &&
            habit_fits(habits[i].before, ps->last.start, ps->last.length) && strstr(wanted, habits[i].wanted))
            return habits[i].note;
    return NULL;
}

static _Noreturn void fail_with_note(Parser *ps, const char *what)
{
    const Token *t = &ps->token;
    const char *note = habit_note(ps, what);
    diagnose(ps->program, t->span, "expected %s, found `%.*s`", what, shown_length(t), t->start);
    if (note)
        diagnose_note(ps->program, "%s", note);
    else if (t->kind == TOK_NAME && name_primop(t->name))
        diagnose_note(ps->program, "`%s` is a primitive: `%%%s [...]`", t->name, t->name);
    longjmp(ps->failure, 1);
}

void parser_fail_expected(Parser *ps, const char *what)
{
    const Token *t = &ps->token;
    if (t->kind == TOK_WRONG) parser_fail(ps, t->span, "%s", t->problem);
    if (t->kind == TOK_END) parser_fail(ps, t->span, "expected %s before the end of the file", what);
    if (t->kind == TOK_NUMBER)
        parser_fail(ps, t->span, "a number needs a suffix: %.*s# is an Int#, %.*s## a Word#", shown_length(t),
                    t->start, shown_length(t), t->start);
    fail_with_note(ps, what);
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* The word before the token is `where`. */
static bool follows_where(const Parser *ps, const Token *t)
{
    const char *text = ps->program->files[t->span.file].text, *end = t->start;
    size_t length = strlen("where");
    while (end > text && is_blank(end[-1])) end--;
    if ((size_t)(end - text) <= length || !is_blank(end[-1 - (ptrdiff_t)length])) return false;
    return strncmp(end - length, "where", length) == 0;
}

/* "x = f y", then on the next line "z = …": the fault is not where the `=` is found, but before z. */
static void fail_if_semicolon_was_forgotten(Parser *ps)
{
    bool begins_definition = parser_at(ps, TOK_EQUALS) && ps->last.kind == TOK_NAME;
    if (begins_definition && follows_where(ps, &ps->last))
        parser_fail(ps, ps->last.span,
                    "there is no `where`: let { %.*s = \\u [] …; } in … stands before what uses it",
                    shown_length(&ps->last), ps->last.start);
    if (begins_definition)
        parser_fail(ps, ps->last.span, "expected `;` before `%.*s`", shown_length(&ps->last), ps->last.start);
}

/* What is wanting behind the last token of a line is wanting there, not where the next one begins. */
static void fail_if_line_has_ended(Parser *ps, const char *what)
{
    Span s = ps->last.span;
    if (ps->token.kind == TOK_WRONG || ps->token.span.line == s.end_line || habit_note(ps, what)) return;
    s.line = s.end_line;
    s.column = s.end_column = s.end_column + 1;
    parser_fail(ps, s, "expected %s", what);
}

void parser_expect(Parser *ps, TokenKind kind, const char *where)
{
    if (parser_accept(ps, kind)) return;
    if (kind == TOK_SEMICOLON) fail_if_semicolon_was_forgotten(ps);
    char what[128];
    snprintf(what, sizeof what, kind < TOK_NAME ? "`%s`%s%s" : "%s%s%s", token_spelling(kind),
             *where ? " " : "", where);
    if (kind == TOK_SEMICOLON) fail_if_line_has_ended(ps, what);
    parser_fail_expected(ps, what);
}

void parser_split(Parser *ps, size_t length)
{
    Token *t = &ps->token;
    ps->lex.at = t->start + length;
    ps->lex.line = t->span.line;
    ps->lex.column = t->span.column;
    for (const char *c = t->start; c < ps->lex.at; c++) ps->lex.column += ((unsigned char)*c & 0xc0) != 0x80;
    t->length = length;
    t->span.end_column = ps->lex.column - 1;
    t->name = name_intern(ps->lex.names, t->start, length);
}

Span parser_span_from(const Parser *ps, Span start)
{
    start.end_line = ps->last.span.end_line;
    start.end_column = ps->last.span.end_column;
    return start;
}

/* ---- Names, representations, binders */

static bool at_list_name(const Parser *ps) { return parser_at(ps, TOK_LBRACKET) && ps->lex.at[0] == ']'; }

bool parser_at_name(const Parser *ps) { return parser_at(ps, TOK_NAME) || at_list_name(ps); }

Name parser_name(Parser *ps, const char *what)
{
    if (at_list_name(ps)) {
        parser_advance(ps);
        parser_advance(ps);
        return name_intern(ps->lex.names, "[]", 2);
    }
    if (!parser_at(ps, TOK_NAME)) parser_fail_expected(ps, what);
    Name name = ps->token.name;
    parser_advance(ps);
    return name;
}

Reps parser_reps(Parser *ps)
{
    Reps reps;
    const Token *t = &ps->token;
    if (t->kind != TOK_NAME || !reps_parse(ps->arena, t->start, t->length, &reps))
        parser_fail_expected(ps, "representations, such as P, I or PI");
    parser_advance(ps);
    return reps;
}

/* All that there are, in the order of eval/reps.def. */
static const char known_reps[] = ""
#define REP(name, spelling, is_pointer, bytes) " " spelling
#include "eval/reps.def"
#undef REP
    ;

static _Noreturn void fail_unknown_reps(Parser *ps, Span span, const char *text, size_t length)
{
    parser_fail(ps, span, "`%.*s` is no representation; there are%s", (int)length, text, known_reps);
}

static void refuse_mistaken_reps(Parser *ps, const Token *t)
{
    const char *mistaken = t->kind == TOK_NAME ? reps_mistaken(t->start, t->length) : NULL;
    if (mistaken) fail_unknown_reps(ps, t->span, mistaken, t->length - (size_t)(mistaken - t->start));
}

Binder *parser_binder(Parser *ps, BinderKind kind)
{
    Binder *b = ARENA_NEW(ps->arena, Binder);
    b->kind = kind;
    b->span = ps->token.span;
    Token t = ps->token;
    b->name = parser_name(ps, "a name");
    const char *colon = t.kind == TOK_NAME ? reps_colon(t.start, t.length) : NULL;
    if (!colon) refuse_mistaken_reps(ps, &t);
    if (!colon) return b;
    b->name = name_intern(ps->lex.names, t.start, (size_t)(colon - t.start));
    b->reps_written = reps_parse(ps->arena, colon + 1, t.length - (size_t)(colon + 1 - t.start), &b->reps);
    return b;
}

/* ---- Right-hand sides */

static void parse_free_list(Parser *ps, Rhs *rhs)
{
    if (!parser_accept(ps, TOK_LBRACE)) return;
    rhs->has_free_list = true;
    rhs->free = parser_binders(ps, BINDER_LET, TOK_RBRACE, &rhs->free_count);
}

/* `!Con [args]`; the `!` may stand apart. */
static void parse_static_con(Parser *ps, Rhs *rhs)
{
    if (ps->token.length > 1) parser_split(ps, 1);
    parser_advance(ps);
    rhs->con_name = parser_name(ps, "a constructor");
    rhs->flag = RHS_CON;
    rhs->args = parser_atoms(ps, &rhs->arg_count);
}

static void refuse_bound_literal(Parser *ps, const Token *t)
{
    if (t->kind != TOK_LITERAL) return;
    Rep rep = literal_rep(&t->lit);
    if (rep == REP_A)
        parser_fail(ps, t->span, "bytes are bound at the top: a String is `\\u [] unpackCString# \"…\"#`");
    parser_fail(ps, t->span, "a number is bound in its box: `!%s# [%.*s]`", rep_spelling(rep),
                shown_length(t), t->start);
}

/* What stands there may be an expression, or a construction as expressions have it. */
static _Noreturn void fail_no_rhs(Parser *ps)
{
    const Token *t = &ps->token;
    refuse_bound_literal(ps, t);
    bool is_name = t->kind == TOK_NAME, is_con = is_name && isupper((unsigned char)t->start[0]);
    int length = (int)t->length;
    if (is_name && length > 1 && t->start[length - 1] == '!')
        parser_fail(ps, t->span, "a constructor is bound with the `!` before it: `!%.*s [...]`", length - 1,
                    t->start);
    if (is_con)
        parser_fail(ps, t->span,
                    "expected \\r, \\u, \\s or !Con, found `%.*s`: is it `!%.*s [...]` or `\\u [] %.*s`?",
                    length, t->start, length, t->start, length, t->start);
    if (habit_note(ps, "\\r, ")) parser_fail_expected(ps, "\\r, \\u, \\s or !Con");
    if (is_name || t->kind == TOK_CASE || t->kind == TOK_LET)
        parser_fail(ps, t->span,
                    "expected \\r, \\u, \\s or !Con, found `%.*s`: an expression is bound as a thunk, `\\u "
                    "[] %.*s ...`",
                    shown_length(t), t->start, shown_length(t), t->start);
    parser_fail_expected(ps, "\\r, \\u, \\s or !Con");
}

static UpdateFlag parse_update_flag(Parser *ps)
{
    static const char letters[] = "rus";
    const Token *t = &ps->token;
    const char *letter =
        t->kind == TOK_NAME && t->length == 2 && t->start[0] == '\\' ? strchr(letters, t->start[1]) : NULL;
    if (!letter) fail_no_rhs(ps);
    parser_advance(ps);
    return (UpdateFlag)(letter - letters);
}

static void parse_closure(Parser *ps, Rhs *rhs)
{
    parse_free_list(ps, rhs);
    rhs->flag = parse_update_flag(ps);
    parser_expect(ps, TOK_LBRACKET, "before the parameters");
    rhs->params = parser_binders(ps, BINDER_PARAM, TOK_RBRACKET, &rhs->param_count);
    rhs->body = parser_expr(ps);
}

static Rhs *parse_rhs(Parser *ps)
{
    Rhs *rhs = ARENA_NEW(ps->arena, Rhs);
    Span start = ps->token.span;
    if (parser_at(ps, TOK_NAME) && ps->token.start[0] == '!')
        parse_static_con(ps, rhs);
    else
        parse_closure(ps, rhs);
    rhs->span = parser_span_from(ps, start);
    return rhs;
}

Rhs *parser_definition(Parser *ps, Binder *b)
{
    parser_expect(ps, TOK_EQUALS, "after the name that is defined");
    b->rhs = parse_rhs(ps);
    parser_expect(ps, TOK_SEMICOLON, "after the definition");
    return b->rhs;
}

/* ---- The top level */

static void parse_string_definition(Parser *ps, Binder *b)
{
    parser_advance(ps); /* = */
    b->bytes = ps->token.lit.bytes;
    b->byte_count = ps->token.lit.byte_count;
    parser_advance(ps);
    parser_expect(ps, TOK_SEMICOLON, "after the string");
}

static void parse_top(Parser *ps)
{
    Binder *b = parser_binder(ps, BINDER_TOP);
    Token after = parser_at(ps, TOK_EQUALS) ? parser_peek(ps) : ps->token;
    if (after.kind == TOK_LITERAL && after.lit.kind == LIT_STRING)
        parse_string_definition(ps, b);
    else
        parser_definition(ps, b);
    program_add_top(ps->program, b);
}

/* The linker reads each module from one file: all that a second one says would be said twice. */
static bool refuse_second_file(Parser *ps, Name unit, Name name, Span span)
{
    const Module *m = program_module(ps->program, unit, name);
    if (!m || m->place.file == ps->lex.file || !program_is_linked(ps->program)) return false;
    const char *first = ps->program->files[m->place.file].path;
    if (strcmp(unit, RUNTIME_UNIT) == 0)
        diagnose(ps->program, span, "this is a program, linked already: `thunkscope run` runs it");
    else
        diagnose(ps->program, span, "module `%s` has been read already, from %s", name, first);
    ps->lex.at = ps->lex.end;
    parser_advance(ps);
    return true;
}

static void parse_module_line(Parser *ps)
{
    Span start = ps->token.span;
    parser_advance(ps);
    Name unit = parser_name(ps, "the name of a unit, such as main");
    Name name = parser_name(ps, "the name of a module");
    Span place = parser_span_from(ps, start);
    if (refuse_second_file(ps, unit, name, place)) return;
    parser_accept(ps, TOK_SEMICOLON);
    program_begin_module(ps->program, unit, name, place);
}

/* ---- Data declarations */

typedef struct Field {
    Rep rep;
    Name name; /* NULL: none */
} Field;

/* `P`, `x:P`, or `x`, which is P. An unboxed tuple counts as so many fields. */
static void parse_field(Parser *ps)
{
    const Token *t = &ps->token;
    Reps reps;
    Field f = {0};
    if (t->kind == TOK_NAME && reps_parse(ps->arena, t->start, t->length, &reps)) {
        parser_advance(ps);
    } else if (t->kind == TOK_NAME && isupper((unsigned char)t->start[0]) &&
               !memchr(t->start, ':', t->length)) {
        fail_unknown_reps(ps, t->span, t->start, t->length);
    } else {
        Binder *b = parser_binder(ps, BINDER_FIELD);
        f.name = b->name;
        reps = b->reps.count ? b->reps : reps_one(REP_P);
    }
    for (uint32_t i = 0; i < reps.count; i++) {
        f.rep = reps.each[i];
        scratch_push(&ps->scratch, &f, sizeof f);
    }
}

static void con_set_fields(Parser *ps, DataCon *con, const Field *fields, size_t count)
{
    Rep *reps = eval_arena_alloc(ps->arena, count * sizeof(Rep));
    Name *names = eval_arena_alloc(ps->arena, count * sizeof(Name));
    bool named = false;
    for (size_t i = 0; i < count; i++) {
        reps[i] = fields[i].rep;
        names[i] = fields[i].name ? fields[i].name : name_intern(ps->lex.names, "_", 1);
        named |= fields[i].name != NULL;
    }
    con->field_count = (uint32_t)count;
    con->fields = reps;
    con->field_names = named ? names : NULL;
}

static void parse_fields(Parser *ps, DataCon *con)
{
    size_t mark = ps->scratch.used;
    if (!parser_at(ps, TOK_RPAREN)) {
        do parse_field(ps);
        while (parser_accept(ps, TOK_COMMA));
    }
    parser_expect(ps, TOK_RPAREN, "after the fields");
    size_t count = (ps->scratch.used - mark) / sizeof(Field);
    con_set_fields(ps, con, scratch_take(&ps->scratch, mark, ps->arena), count);
}

static bool ends_with(const Token *t, const char *end)
{
    size_t n = strlen(end);
    return t->length >= n && memcmp(t->start + t->length - n, end, n) == 0;
}

/* `Nil()` is one token: the parentheses are its empty fields, unless they are the name, as in GHC.Tuple.().
 */
static void split_off_empty_fields(Parser *ps)
{
    const Token *t = &ps->token;
    bool splits =
        t->kind == TOK_NAME && t->length > 2 && ends_with(t, "()") && t->start[t->length - 3] != '.';
    if (splits) parser_split(ps, t->length - 2);
}

static bool accept_empty_fields(Parser *ps)
{
    bool there = parser_at(ps, TOK_NAME) && ps->token.length == 2 && ends_with(&ps->token, "()");
    if (there) parser_advance(ps);
    return there;
}

static void parse_con(Parser *ps)
{
    DataCon con = {.span = ps->token.span};
    split_off_empty_fields(ps);
    con.name = parser_name(ps, "a constructor");
    if (!accept_empty_fields(ps) && parser_accept(ps, TOK_LPAREN)) parse_fields(ps, &con);
    scratch_push(&ps->scratch, &con, sizeof con);
}

/* A type without constructors ends at its `=`: what follows may be the definition of a name. */
static bool at_con(const Parser *ps) { return parser_at_name(ps) && parser_peek(ps).kind != TOK_EQUALS; }

static void parse_data(Parser *ps)
{
    parser_advance(ps);
    DataType *t = ARENA_NEW(ps->arena, DataType);
    size_t mark = ps->scratch.used;
    t->span = ps->token.span;
    t->name = parser_name(ps, "the name of a type");
    parser_expect(ps, TOK_EQUALS, "after the name of the type");
    if (at_con(ps)) {
        do parse_con(ps);
        while (parser_accept(ps, TOK_BAR));
    }
    parser_accept(ps, TOK_SEMICOLON);
    t->con_count = (uint32_t)((ps->scratch.used - mark) / sizeof(DataCon));
    t->cons = scratch_take(&ps->scratch, mark, ps->arena);
    for (uint32_t i = 0; i < t->con_count; i++) {
        t->cons[i].type = t;
        t->cons[i].tag = i;
    }
    program_add_type(ps->program, t);
}

/* ---- The module */

/* One item of the top level; those of a Rec group are items too. */
static void parse_item(Parser *ps)
{
    switch (ps->token.kind) {
    case TOK_MODULE: return parse_module_line(ps);
    case TOK_DATA: return parse_data(ps);
    case TOK_REC: parser_advance(ps); return parser_expect(ps, TOK_LBRACE, "after Rec");
    case TOK_END_REC:
        parser_advance(ps);
        if (!parser_at(ps, TOK_REC)) parser_fail_expected(ps, "`Rec` after `end`");
        parser_advance(ps);
        return parser_expect(ps, TOK_RBRACE, "after `end Rec`");
    default: return parse_top(ps);
    }
}

static bool begins_item(const Parser *ps)
{
    const Token *t = &ps->token;
    return t->span.column == 1 && (t->kind == TOK_NAME || t->kind == TOK_DATA || t->kind == TOK_MODULE);
}

static void skip_to_next_item(Parser *ps)
{
    while (!parser_at(ps, TOK_END)) {
        bool ends = parser_at(ps, TOK_SEMICOLON) && ps->open <= 0;
        parser_advance(ps);
        if (ends || begins_item(ps)) break;
    }
}

static bool parse_item_guarded(Parser *ps)
{
    ps->scratch.used = 0;
    ps->nesting = 0;
    ps->note = (Span){0};
    if (setjmp(ps->failure)) return false;
    parse_item(ps);
    return true;
}

static void parse_module(Parser *ps)
{
    parser_advance(ps);
    while (!parser_at(ps, TOK_END) && ps->program->diagnosis_count < DIAGNOSES_MAX) {
        ps->open = 0;
        if (!parse_item_guarded(ps)) skip_to_next_item(ps);
    }
}

/* "tests/programs/fibs.stg" is module fibs. */
static Name module_of_path(Names *names, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    size_t length = dot && dot > base ? (size_t)(dot - base) : strlen(base);
    return name_intern(names, base, length);
}

bool stg_parse_kept(Program *p, const char *path, const char *text, size_t length)
{
    uint32_t before = p->diagnosis_count, file = program_add_file(p, path, text, length);
    Names *names = &p->tables->names;
    program_begin_module(p, name_intern(names, "main", 4), module_of_path(names, path), (Span){.file = file});
    Parser ps = {.program = p, .arena = p->arena};
    ps.lex = (Lexer){.names = names, .arena = p->arena, .file = file, .line = 1, .column = 1};
    ps.lex.at = p->files[file].text;
    ps.lex.end = ps.lex.at + length;
    parse_module(&ps);
    scratch_free(&ps.scratch);
    diagnoses_sort(p);
    return p->diagnosis_count == before;
}

bool stg_parse(Program *p, const char *path, const char *text, size_t length)
{
    return stg_parse_kept(p, path, eval_arena_copy(p->arena, text, length), length);
}

bool stg_parse_file(Program *p, const char *path)
{
    size_t length;
    char *text = file_read(p->arena, path, &length);
    if (text) return stg_parse_kept(p, path, text, length);
    Span nowhere = {.file = program_add_file(p, path, NULL, 0)};
    diagnose(p, nowhere, "cannot read this file: %s", strerror(errno));
    return false;
}
