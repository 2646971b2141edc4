/* Bytes to tokens. A name holds almost any character: it ends at white space, a double quote or one of
 * ( ) [ ] { } , ; except that the names of tuples, lists and unit stand in it whole: $fShow(,,) GHC.Types.[]
 * (# #). A minus pair begins a comment only where a token could begin, before a blank or another minus. */
#include "eval/lexer_private.h"

#include <string.h>

static const struct {
    const char *spelling;
} token_rows[] = {
#define TOKEN(kind, spelling) {spelling},
#include "eval/tokens.def"
#undef TOKEN
};

enum { TOKEN_ROWS = sizeof token_rows / sizeof *token_rows };

const char *token_spelling(TokenKind kind)
{
    if ((int)kind < TOKEN_ROWS) return token_rows[kind].spelling;
    switch (kind) {
    case TOK_NAME: return "a name";
    case TOK_LITERAL: return "a literal";
    case TOK_NUMBER: return "a number";
    case TOK_NOTE: return "a source note";
    case TOK_END: return "the end of the file";
    default: return "something else";
    }
}

/* ---- Characters */

enum {
    BLANK = 1,
    CONTROL = 2,   /* has no place in the text, unless it is blank, too */
    DELIMITER = 4, /* ends a name */
    PLAIN = 8      /* ASCII that continues a name, whatever stands beside it */
};

static const unsigned char classes[256] = {
    [0x00 ... 0x08] = CONTROL,
    ['\t'] = CONTROL | BLANK,
    ['\n'] = CONTROL | BLANK,
    ['\v'] = CONTROL,
    ['\f'] = CONTROL | BLANK,
    ['\r'] = CONTROL | BLANK,
    [0x0e ... 0x1f] = CONTROL,
    [' '] = BLANK,
    ['!'] = PLAIN,
    ['"'] = DELIMITER,
    ['#' ... '\''] = PLAIN,
    ['(' ... ')'] = DELIMITER,
    ['*' ... '+'] = PLAIN,
    [','] = DELIMITER,
    ['-' ... ':'] = PLAIN,
    [';'] = DELIMITER,
    ['<' ... 'Z'] = PLAIN,
    ['['] = DELIMITER,
    ['\\'] = PLAIN,
    [']'] = DELIMITER,
    ['^' ... 'z'] = PLAIN,
    ['{'] = DELIMITER,
    ['|'] = PLAIN,
    ['}'] = DELIMITER,
    ['~'] = PLAIN,
    [0x7f] = CONTROL,
};

static bool has_class(char c, int class) { return classes[(unsigned char)c] & class; }
static bool continues_character(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

/* Goes on to `to`, on the same line. */
static void skip_to(Lexer *lex, const char *to)
{
    for (; lex->at < to; lex->at++) lex->column += !continues_character(*lex->at);
}

static void skip_blank(Lexer *lex)
{
    lex->column++;
    if (*lex->at++ == '\n') lex->line++, lex->column = 1;
}

static bool at_comment(const Lexer *lex)
{
    const char *c = lex->at;
    if (c[0] != '-' || c[1] != '-') return false;
    return c + 2 == lex->end || has_class(c[2], BLANK) || c[2] == '-';
}

static bool begins_line(const Lexer *lex)
{
    uint32_t column = 1;
    const char *at = lex->at;
    while (column < lex->column && (at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\r')) at--, column++;
    return column == lex->column;
}

static void note_comment(Lexer *lex, const char *end)
{
    while (has_class(end[-1], BLANK)) end--;
    Comment c = {lex->line, lex->column, begins_line(lex), lex->at, (size_t)(end - lex->at)};
    scratch_push(lex->comments, &c, sizeof c);
}

/* The NUL beyond the end is not blank. */
static void skip_blanks(Lexer *lex)
{
    for (;;) {
        while (has_class(*lex->at, BLANK)) skip_blank(lex);
        if (!at_comment(lex)) return;
        const char *newline = memchr(lex->at, '\n', (size_t)(lex->end - lex->at));
        if (lex->comments) note_comment(lex, newline ? newline : lex->end);
        skip_to(lex, newline ? newline : lex->end);
    }
}

/* Decodes the UTF-8 character at `at`; 0 bytes if it is not well formed. */
static int decode_character(const char *at, const char *end, uint32_t *code)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char c = (unsigned char)*at;
    int length = c < 0x80 ? 1 : c >= 0xf0 && c < 0xf8 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 0;
    if (c >= 0xf8 || length == 0 || end - at < length) return 0;
    *code = length == 1 ? c : c & (0x7fu >> length);
    for (int i = 1; i < length; i++) {
        if (!continues_character(at[i])) return 0;
        *code = *code << 6 | ((unsigned char)at[i] & 0x3f);
    }
    bool surrogate = *code >= 0xd800 && *code < 0xe000;
    return *code > 0x10ffff || surrogate || *code < smallest[length] ? 0 : length;
}

/* ---- Tokens in the making */

static void token_begin(const Lexer *lex, Token *t)
{
    t->start = lex->at;
    t->span = (Span){lex->file, lex->line, lex->column, lex->line, lex->column};
}

/* Ends the token before `end`; tokens do not span lines. */
static void token_end(Lexer *lex, Token *t, TokenKind kind, const char *end)
{
    t->kind = kind;
    t->length = (size_t)(end - t->start);
    skip_to(lex, end);
    t->span.end_column = lex->column > t->span.column ? lex->column - 1 : t->span.column;
}

static void token_wrong(Lexer *lex, Token *t, const char *end, const char *problem)
{
    token_end(lex, t, TOK_WRONG, end);
    t->problem = problem;
}

/* ---- Strings: "…"# and the path of a note */

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef",
               *d = c ? strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c) : NULL;
    return d ? (int)(d - digits) : -1;
}

/* Reads one byte of a string at *at, behind an escape or not; false if the escape is unknown. */
static bool string_byte(const char **at, char *byte)
{
    const char *c = *at;
    if (*c != '\\') {
        *at = c + 1;
        return *byte = *c, true;
    }
    *at = c + 2;
    const char *escapes = "nrt0\\\"'", *meanings = "\n\r\t\0\\\"'";
    const char *escape = c[1] ? strchr(escapes, c[1]) : NULL;
    if (escape) return *byte = meanings[escape - escapes], true;
    if (c[1] != 'x' || hex_digit(c[2]) < 0 || hex_digit(c[3]) < 0) return false;
    *at = c + 4;
    return *byte = (char)(hex_digit(c[2]) * 16 + hex_digit(c[3])), true;
}

static const char *string_problem(const Lexer *lex, const char *at)
{
    if (at >= lex->end || *at == '\n') return "this string does not end on its line: expected \"";
    return "a control character in a string: write it as \\n, \\t or \\xHH";
}

/* Reads "…" at `at`; the bytes go to the arena. Gives where it ends, or NULL, the token being wrong. */
static const char *lex_string(Lexer *lex, Token *t, const char *at)
{
    Scratch bytes = {0};
    const char *c = at + 1;
    const char *problem = NULL;
    while (!problem && *c != '"') {
        char byte;
        if (has_class(*c, CONTROL))
            problem = string_problem(lex, c);
        else if (!string_byte(&c, &byte))
            problem = "unknown escape: expected \\n \\t \\\\ \\\" or \\xHH";
        else
            scratch_push(&bytes, &byte, 1);
    }
    t->lit =
        (Literal){.bytes = eval_arena_copy(lex->arena, bytes.bytes, bytes.used), .byte_count = bytes.used};
    scratch_free(&bytes);
    if (!problem) return c + 1;
    if (c > lex->end) c = lex->end;
    token_wrong(lex, t, c > t->start ? c : t->start + 1, problem);
    return NULL;
}

static void lex_string_literal(Lexer *lex, Token *t)
{
    const char *end = lex_string(lex, t, lex->at);
    if (!end) return;
    if (*end != '#') return token_wrong(lex, t, end, "a string literal ends with \"#");
    t->lit.kind = LIT_STRING;
    token_end(lex, t, TOK_LITERAL, end + 1);
}

/* ---- Notes: @"File.hs":12:3-15 or @"File.hs":(12,3)-(14,9) */

static bool note_number(const char **at, char before, uint32_t *n)
{
    const char *c = *at;
    if (*c++ != before) return false;
    uint64_t value = 0;
    size_t digits = strspn(c, "0123456789");
    for (size_t i = 0; i < digits && i < 10; i++) value = value * 10 + (uint64_t)(c[i] - '0');
    if (digits == 0 || digits > 9 || value == 0) return false;
    *at = c + digits;
    return *n = (uint32_t)value, true;
}

static bool note_point(const char **at, uint32_t *line, uint32_t *column)
{
    return note_number(at, '(', line) && note_number(at, ',', column) && *(*at)++ == ')';
}

static bool note_places(const char **at, Span *s)
{
    if (*(*at)++ != ':') return false;
    if (**at == '(')
        return note_point(at, &s->line, &s->column) && *(*at)++ == '-' &&
               note_point(at, &s->end_line, &s->end_column);
    --*at;
    if (!note_number(at, ':', &s->line) || !note_number(at, ':', &s->column)) return false;
    s->end_line = s->line;
    s->end_column = s->column;
    return **at != '-' || note_number(at, '-', &s->end_column);
}

static void lex_note(Lexer *lex, Token *t)
{
    const char *at = lex_string(lex, t, lex->at + 1);
    if (!at) return;
    const char *path = t->lit.bytes, *places = at;
    bool has_nul = strlen(path) != t->lit.byte_count;
    t->note.path = path;
    if (has_nul || !note_places(&at, &t->note.place))
        return token_wrong(lex, t, places,
                           "a source note looks so: @\"File.hs\":12:3-15 or @\"File.hs\":(12,3)-(14,9)");
    token_end(lex, t, TOK_NOTE, at);
}

/* ---- Characters: 'c'# and '\53'# */

static const char *char_escape(const char *at, uint32_t *code)
{
    const char *escapes = "nrt\\'\"", *meanings = "\n\r\t\\'\"";
    const char *escape = *at ? strchr(escapes, *at) : NULL;
    if (escape) return *code = (uint32_t)meanings[escape - escapes], at + 1;
    size_t digits = strspn(at, "0123456789");
    *code = 0;
    for (size_t i = 0; i < digits && i < 8; i++) *code = *code * 10 + (uint32_t)(at[i] - '0');
    return digits > 0 && digits < 8 ? at + digits : NULL;
}

static void lex_char(Lexer *lex, Token *t)
{
    uint32_t code = 0;
    const char *at = lex->at + 1;
    int length = *at == '\\' ? 0 : decode_character(at, lex->end, &code);
    const char *end = *at == '\\'                          ? char_escape(at + 1, &code)
                      : length && !has_class(*at, CONTROL) ? at + length
                                                           : NULL;
    if (!end || end[0] != '\'' || end[1] != '#')
        return token_wrong(lex, t, at, "a Char# literal looks so: 'c'# or, by its decimal code, '\\53'#");
    if (code > 0x10ffff)
        return token_wrong(lex, t, end + 2, "no character has this code: the last is '\\1114111'#");
    t->lit = (Literal){.kind = LIT_CHAR, .bits = code};
    token_end(lex, t, TOK_LITERAL, end + 2);
}

/* ---- Names, numbers, words */

/* The length of a tuple's name at `at`: () (,) (##) (# #) (#_#) (#,#), of constraints (%,%); 0 if it is
 * something else. */
static size_t tuple_length(const char *at)
{
    if (at[0] != '(') return 0;
    char mark = at[1] == '#' || at[1] == '%' ? at[1] : 0;
    const char *c = at + 1 + (mark != 0);
    if (mark == '#' && (*c == ' ' || *c == '_'))
        c++;
    else
        while (*c == ',') c++;
    if (mark && *c++ != mark) return 0;
    return *c == ')' ? (size_t)(c + 1 - at) : 0;
}

/* The length of what may stand in a name although it begins with a delimiter. */
static size_t bracketed_length(const char *start, const char *at)
{
    size_t tuple = tuple_length(at);
    if (tuple || at[0] != '[' || at[1] != ']' || at == start) return tuple;
    bool keyword = *start == '\\' || *start == '%' || *start == '!' || at[-1] == '!';
    return at[-1] == '.' || !keyword ? 2 : 0;
}

/* The length of what is not plain and yet goes on with the name; 0: nothing does. */
static size_t unplain_length(const Lexer *lex, const char *at)
{
    uint32_t code;
    if (has_class(*at, DELIMITER)) return bracketed_length(lex->at, at);
    return has_class(*at, BLANK | CONTROL) ? 0 : (size_t)decode_character(at, lex->end, &code);
}

static const char *name_end(const Lexer *lex, const char **wrong)
{
    const char *at = lex->at;
    for (size_t length = 0;; at += length) {
        while (has_class(*at, PLAIN)) at++;
        length = unplain_length(lex, at);
        if (length == 0) break;
    }
    *wrong = at == lex->end || has_class(*at, BLANK | DELIMITER) ? NULL : at;
    return at;
}

static TokenKind word_kind(const char *text, size_t length)
{
    for (int i = TOK_MODULE; i < TOKEN_ROWS; i++) {
        const char *word = token_rows[i].spelling;
        if (word[0] == text[0] && strlen(word) == length && memcmp(word, text, length) == 0)
            return (TokenKind)i;
    }
    return TOK_NAME;
}

static bool all_digits(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && text[i] >= '0' && text[i] <= '9') i++;
    return i == length;
}

static void lex_word(Lexer *lex, Token *t)
{
    const char *wrong, *problem, *end = name_end(lex, &wrong);
    if (wrong && wrong == lex->at)
        return token_wrong(lex, t, wrong + 1, "this byte has no place in STG text (which is UTF-8)");
    size_t length = (size_t)(end - lex->at);
    if (all_digits(lex->at, length)) return token_end(lex, t, TOK_NUMBER, end);
    if (literal_parse_number(lex->at, length, &t->lit, &problem)) return token_end(lex, t, TOK_LITERAL, end);
    if (problem) return token_wrong(lex, t, end, problem);
    t->name = name_intern(lex->names, lex->at, length);
    token_end(lex, t, word_kind(lex->at, length), end);
}

static TokenKind punctuation_kind(char c)
{
    for (int i = 0; i < TOK_MODULE; i++)
        if (token_rows[i].spelling[0] == c) return (TokenKind)i;
    return TOK_NAME;
}

void lexer_next(Lexer *lex, Token *t)
{
    skip_blanks(lex);
    token_begin(lex, t);
    char c = *lex->at;
    if (lex->at >= lex->end)
        token_end(lex, t, TOK_END, lex->at);
    else if (c == '"')
        lex_string_literal(lex, t);
    else if (c == '@' && lex->at[1] == '"')
        lex_note(lex, t);
    else if (c == '\'')
        lex_char(lex, t);
    else if (has_class(c, DELIMITER) && !tuple_length(lex->at))
        token_end(lex, t, punctuation_kind(c), lex->at + 1);
    else
        lex_word(lex, t);
}
