/* The lexer: bytes to tokens.
 *
 * Always true: a token is not empty, except that of the end; the text is NUL-terminated beyond its end; a
 * lexer is a value, so a copy of it is a place to come back to. Wrong bytes become a token with a problem,
 * and the lexer goes on behind them. */
#ifndef THUNKSCOPE_EVAL_LEXER_PRIVATE_H
#define THUNKSCOPE_EVAL_LEXER_PRIVATE_H

#include "eval/front_private.h"

typedef enum TokenKind {
#define TOKEN(kind, spelling) TOK_##kind,
#include "eval/tokens.def"
#undef TOKEN
    TOK_NAME,
    TOK_LITERAL,
    TOK_NUMBER, /* digits without a suffix: the n of %multi n */
    TOK_NOTE,   /* @"File.hs":12:3-15 */
    TOK_WRONG,
    TOK_END
} TokenKind;

typedef struct Token {
    TokenKind kind;
    Span span;
    const char *start;
    size_t length;
    union {
        Name name;           /* NAME */
        Literal lit;         /* LITERAL */
        const char *problem; /* WRONG */
        struct {
            const char *path;
            Span place; /* lines and columns in that file */
        } note;         /* NOTE */
    };
} Token;

typedef struct Lexer {
    Names *names;
    Arena *arena;
    uint32_t file, line, column;
    const char *at, *end;
    Scratch *comments; /* NULL: they are passed over; otherwise each is put there, a Comment */
} Lexer;

typedef struct Comment {
    uint32_t line, column;
    bool stands_alone; /* on its line */
    const char *text;  /* without blanks at its end */
    size_t length;
} Comment;

void lexer_next(Lexer *lex, Token *t);
/* "(" for TOK_LPAREN, "a name" for TOK_NAME. */
const char *token_spelling(TokenKind kind);

/* Reads the number, the Double# or the Float# that the text is (literal.c). Such a text need not be a
 * literal: *problem is then NULL and the answer false. */
bool literal_parse_number(const char *text, size_t length, Literal *lit, const char **problem);
/* Writes digits that are read back as the same bits, as GHC shows them; room for 40. */
void literal_print_float(const Literal *lit, char *out);

#endif
