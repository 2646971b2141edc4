/* The parser's state and the small steps that its two files share.
 *
 * Always true: `token` is the next token, unread; an error is diagnosed once and leaves by longjmp to the
 * top level; lists are gathered on `scratch`; `note` is the source note around the expression being read. */
#ifndef THUNKSCOPE_EVAL_PARSER_PRIVATE_H
#define THUNKSCOPE_EVAL_PARSER_PRIVATE_H

#include <setjmp.h>

#include "eval/lexer_private.h"

typedef struct Parser {
    Program *program;
    Arena *arena;
    Lexer lex;
    Token token;
    Token last; /* read before it */
    Scratch scratch;
    Span note;
    uint32_t nesting;
    int open; /* brackets of all kinds read and not closed */
    jmp_buf failure;
} Parser;

/* ---- Steps (parser.c) */

void parser_advance(Parser *ps);
/* The token after the next. */
Token parser_peek(const Parser *ps);
bool parser_at(const Parser *ps, TokenKind kind);
bool parser_accept(Parser *ps, TokenKind kind);
/* `where` ends the sentence "expected `;` …": "after the definition", or "". */
void parser_expect(Parser *ps, TokenKind kind, const char *where);
_Noreturn void parser_fail(Parser *ps, Span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void parser_fail_expected(Parser *ps, const char *what);
/* Cuts the next token after so many bytes: what follows will be read anew. */
void parser_split(Parser *ps, size_t length);
/* From a span's beginning to the end of the token read last. */
Span parser_span_from(const Parser *ps, Span start);

/* A name, `[]` among them. */
bool parser_at_name(const Parser *ps);
Name parser_name(Parser *ps, const char *what);
Binder *parser_binder(Parser *ps, BinderKind kind);
/* '=' and a right-hand side, up to and with its ';'. */
Rhs *parser_definition(Parser *ps, Binder *b);
Reps parser_reps(Parser *ps);

/* ---- Expressions (parser_expr.c) */

Expr *parser_expr(Parser *ps);
/* '[' atoms ']' */
Atom *parser_atoms(Parser *ps, uint32_t *count);
/* Names up to `close`, which is read too. */
Binder **parser_binders(Parser *ps, BinderKind kind, TokenKind close, uint32_t *count);

#endif
