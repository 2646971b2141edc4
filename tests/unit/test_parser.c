/* eval/: the lexer and the parser. Names that hold almost anything, literals to the bit, data declarations,
 * source notes, and what is said about text that is wrong. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/stg_tree.h"

/* A program that must be right. */
static Program *parsed(const char *text)
{
    Program *p = program_new();
    bool ok = parse_text(p, text);
    char *wrong = diagnoses_text(p);
    cr_assert(ok, "%.200s\n%s", text, wrong);
    free(wrong);
    return p;
}

static void expect_diagnoses(const char *text, const char *expected)
{
    Program *p = program_new();
    cr_expect_not(parse_text(p, text), "%.200s", text);
    char *got = diagnoses_text(p);
    cr_expect(strcmp(got, expected) == 0, "%.200s\ngot: %swanted: %s", text, got, expected);
    free(got);
    program_free(p);
}

/* The expression E of `x = \u [] E;`. */
static Expr *body_of(Program *p, uint32_t top) { return p->tops[top]->rhs->body; }

/* ---- Names */

Test(parser, a_name_holds_almost_any_character)
{
    static const char *const names[] = {
        "GHC.Show.$fShow(,,,)_$cshow",
        "GHC.Types.[]",
        "GHC.Base..",
        "GHC.Real.%",
        "a#_s2o7",
        "Main.$fOrdE_$c>=",
        ":Main.main",
        "GHC.Tuple.(,)",
        "GHC.Types.:",
        "GHC.Show.$fShow[]_$cshow",
        "GHC.Tuple.()",
        "x'",
        "$fEq()_$c==",
        "--x",
        "λ→",
        "+",
        "==",
        "Data.Map.!",
        "@x",
        "GHC.Exts.-->",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[200];
        snprintf(text, sizeof text, "f = \\r [a] g %s a;", names[i]);
        Program *p = parsed(text);
        Expr *e = body_of(p, 0);
        cr_expect_eq(e->app.arg_count, 2, "%s", names[i]);
        cr_expect_str_eq(e->app.args[0].name, names[i]);
        program_free(p);
    }
}

Test(parser, equal_names_are_one_pointer)
{
    Program *p = parsed("x = \\u [] y x y;");
    Expr *e = body_of(p, 0);
    cr_expect_eq(e->app.head.name, e->app.args[1].name);
    cr_expect_eq(e->app.args[0].name, p->tops[0]->name);
    program_free(p);
}

Test(parser, representations_divide_from_a_name_at_its_last_colon)
{
    Program *p = parsed("f = \\r [x:I :y:PI8V GHC.Types.: a:b c:P:D v:V] x;");
    Binder **params = p->tops[0]->rhs->params;
    static const char *const names[] = {"x", ":y", "GHC.Types.:", "a:b", "c:P", "v"};
    cr_assert_eq(p->tops[0]->rhs->param_count, 6);
    for (int i = 0; i < 6; i++) cr_expect_str_eq(params[i]->name, names[i]);
    cr_assert_eq(params[1]->reps.count, 3);
    cr_expect_eq(params[1]->reps.each[1], REP_I8);
    cr_expect_eq(params[3]->reps.count, 0);
    cr_expect_eq(params[4]->reps.each[0], REP_D);
    program_free(p);
}

/* ---- Literals */

static Literal literal(const char *text)
{
    char program[200];
    snprintf(program, sizeof program, "x = \\u [] f %s;", text);
    Program *p = parsed(program);
    Expr *e = body_of(p, 0);
    cr_assert_eq(e->app.arg_count, 1, "%s", text);
    cr_assert_eq(e->app.args[0].kind, ATOM_LIT, "%s", text);
    Literal lit = e->app.args[0].lit;
    lit.bytes = NULL;
    program_free(p);
    return lit;
}

typedef struct Reading {
    const char *text;
    LitKind kind;
    Word bits;
} Reading;

Test(parser, literals_to_the_bit)
{
    static const Reading readings[] = {
        {"5#", LIT_INT, 5},
        {"-5#", LIT_INT, (Word)-5},
        {"0xDeadBeef#", LIT_INT, 0xdeadbeef},
        {"9223372036854775807#", LIT_INT, INT64_MAX},
        {"-9223372036854775808#", LIT_INT, (Word)INT64_MIN},
        {"18446744073709551615##", LIT_WORD, UINT64_MAX},
        {"'c'#", LIT_CHAR, 'c'},
        {"'\\53'#", LIT_CHAR, 53},
        {"'\\1114111'#", LIT_CHAR, 0x10ffff},
        {"'''#", LIT_CHAR, '\''},
        {"'\\n'#", LIT_CHAR, '\n'},
        {"' '#", LIT_CHAR, ' '},
        {"'λ'#", LIT_CHAR, 0x3bb},
        {"D1.5", LIT_DOUBLE, 0x3ff8000000000000u},
        {"D-1.0e-2", LIT_DOUBLE, 0xbf847ae147ae147bu},
        {"D5.0e-324", LIT_DOUBLE, 1},
        {"D-0.0", LIT_DOUBLE, 0x8000000000000000u},
        {"DInfinity", LIT_DOUBLE, 0x7ff0000000000000u},
        {"D-Infinity", LIT_DOUBLE, 0xfff0000000000000u},
        {"DNaN", LIT_DOUBLE, 0x7ff8000000000000u},
        {"F2.0", LIT_FLOAT, 0x40000000},
        {"F0.1", LIT_FLOAT, 0x3dcccccd},
        {"F16777217.0", LIT_FLOAT, 0x4b800000},
        {"__NULL", LIT_NULL, 0},
        {"__label environ", LIT_LABEL, 0},
    };
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        Literal lit = literal(readings[i].text);
        cr_expect_eq(lit.kind, readings[i].kind, "%s", readings[i].text);
        cr_expect_eq(lit.bits, readings[i].bits, "%s: %lx", readings[i].text, (unsigned long)lit.bits);
    }
}

/* What looks like the beginning of a Double# or a number, but is a name. */
Test(parser, names_that_begin_like_literals)
{
    static const char *const names[] = {"D1", "F2", "D", "Fib", "D1.x", "DInfinite", "-", "-x", "-->"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[100];
        snprintf(text, sizeof text, "x = \\u [] f %s;", names[i]);
        Program *p = parsed(text);
        cr_expect_eq(body_of(p, 0)->app.args[0].kind, ATOM_VAR, "%s", names[i]);
        program_free(p);
    }
}

Test(parser, strings_are_bytes)
{
    Program *p = parsed("s = \"a\\n\\\"\\\\\\x00\\xfe\xc3\xa4\"#; x = \\u [] f \"\"#;");
    cr_assert_eq(p->tops[0]->byte_count, 8);
    cr_expect_eq(memcmp(p->tops[0]->bytes, "a\n\"\\\0\xfe\xc3\xa4", 9), 0,
                 "NUL-terminated beyond its length");
    cr_expect_null(p->tops[0]->rhs);
    cr_expect_eq(body_of(p, 1)->app.args[0].lit.byte_count, 0);
    program_free(p);
}

/* ---- Data, constructions, patterns */

Test(parser, data_declarations)
{
    Program *p = parsed("data Void =\ndata L = [] | :(head:P, I)\ndata GHC.Tuple.() = GHC.Tuple.()() ;\n"
                        "data B = F() | T(V, D,x)\nmain = \\u [] main;");
    cr_assert_eq(p->type_count, 4);
    cr_expect_eq(p->types[0]->con_count, 0);
    const DataCon *cons = p->types[1]->cons;
    cr_expect_str_eq(cons[0].name, "[]");
    cr_expect_eq(cons[0].field_count, 0);
    cr_expect_str_eq(cons[1].name, ":");
    cr_expect_eq(cons[1].tag, 1);
    cr_expect_eq(cons[1].fields[1], REP_I);
    cr_expect_str_eq(cons[1].field_names[0], "head");
    cr_expect_str_eq(cons[1].field_names[1], "_");
    cr_expect_str_eq(p->types[2]->cons[0].name, "GHC.Tuple.()");
    cr_expect_eq(p->types[3]->cons[1].fields[2], REP_P);
    cr_expect_eq(p->top_count, 1);
    program_free(p);
}

Test(parser, a_construction_however_its_mark_stands)
{
    static const char *const texts[] = {"C![a []]", "C! [a []]", "C ! [a []]"};
    for (size_t i = 0; i < 3; i++) {
        char text[100];
        snprintf(text, sizeof text, "f = \\r [a] %s; y = !C [a []]; z = ! C[a []];", texts[i]);
        Program *p = parsed(text);
        Expr *e = body_of(p, 0);
        cr_assert_eq(e->kind, EXPR_CON);
        cr_expect_str_eq(e->con.name, "C");
        cr_assert_eq(e->con.arg_count, 2);
        cr_expect_str_eq(e->con.args[1].name, "[]");
        cr_expect_eq(p->tops[1]->rhs->flag, RHS_CON);
        cr_expect_eq(p->tops[2]->rhs->arg_count, 2);
        program_free(p);
    }
}

Test(parser, unboxed_tuples)
{
    Program *p =
        parsed("f = \\r [s:V] case g s of r { (#,#) s:V x -> case h of q { (# #) y -> (##)! []; }; };"
               "k = \\r [s:V] GHC.Prim.(#,#)! [a (##)];");
    Expr *outer = body_of(p, 0), *inner = outer->kase.alts[0].body;
    cr_expect_eq(outer->kase.alts[0].kind, PAT_TUPLE);
    cr_expect_eq(outer->kase.alts[0].binder_count, 2);
    cr_expect_eq(inner->kase.alts[0].kind, PAT_TUPLE);
    cr_expect_eq(inner->kase.alts[0].body->kind, EXPR_CON);
    cr_expect_eq(body_of(p, 1)->con.args[1].kind, ATOM_VOID);
    program_free(p);
}

Test(parser, tuples_of_constraints)
{
    Program *p = parsed("data GHC.Classes.(%,%) = GHC.Classes.C:(%,%)(P,P); f = \\r [d] C:(%,%)! [d d];");
    cr_assert_eq(p->type_count, 1);
    cr_expect_str_eq(p->types[0]->name, "GHC.Classes.(%,%)");
    cr_expect_str_eq(body_of(p, 0)->con.name, "C:(%,%)");
    program_free(p);
}

Test(parser, calls_of_c)
{
    Program *p = parsed("f = \\r [s:V] %ccall sin (D V)->D [D1.0 s]; g = \\r [s:V] %ccall flush ()-> []; "
                        "h = \\r [s:V] %ccall &free (A) -> V [__NULL]; i = \\r [a] %primcall stg_x [a];");
    Expr *sin = body_of(p, 0), *flush = body_of(p, 1);
    cr_expect_eq(sin->ccall.arg_reps[0], REP_D);
    cr_expect_eq(sin->ccall.result.each[0], REP_D);
    cr_expect_eq(flush->ccall.arg_count, 0);
    cr_expect_eq(flush->ccall.result.each[0], REP_V);
    cr_expect_str_eq(body_of(p, 2)->ccall.target, "&free");
    cr_expect(body_of(p, 3)->ccall.is_primcall);
    program_free(p);
}

/* ---- Alternative kinds, groups, comments, modules, notes */

Test(parser, alternative_kinds_as_written)
{
    Program *p = parsed("f = \\r [x] case x of a %alg T { }; g = \\r [x] case x of a %prim I8 { };"
                        "h = \\r [x] case x of a:PI %multi2 { }; i = \\r [x] case x of a %poly { };"
                        "j = \\r [x] case x of a %multi 12 { }; k = \\r [x] case x of a { };");
    static const AltKind kinds[] = {ALT_ALG, ALT_PRIM, ALT_MULTI, ALT_POLY, ALT_MULTI, ALT_UNKNOWN};
    for (uint32_t i = 0; i < 6; i++) cr_expect_eq(body_of(p, i)->kase.alt_kind, kinds[i]);
    cr_expect_str_eq(body_of(p, 0)->kase.type_name, "T");
    cr_expect_eq(body_of(p, 1)->kase.reps.each[0], REP_I8);
    cr_expect_eq(body_of(p, 2)->kase.reps.count, 2);
    cr_expect_eq(body_of(p, 4)->kase.reps.count, 12);
    program_free(p);
}

Test(parser, groups_are_flat)
{
    Program *p = parsed(
        "Rec { a = \\u [] b; b = \\u [] a; end Rec }\nc = \\u [] let { Rec { d = \\u [] e; e = \\u [] d; "
        "end Rec } } in d;");
    cr_expect_eq(p->top_count, 3);
    cr_expect_eq(body_of(p, 2)->let.bind_count, 2);
    program_free(p);
}

Test(parser, a_comment_begins_where_a_token_could)
{
    Program *p = parsed("-- one\n--- two\n--\na = \\u [] b-- --c -- d;\n e; --");
    Expr *e = body_of(p, 0);
    cr_expect_str_eq(e->app.head.name, "b--");
    cr_assert_eq(e->app.arg_count, 2);
    cr_expect_str_eq(e->app.args[0].name, "--c");
    cr_expect_str_eq(e->app.args[1].name, "e");
    program_free(p);
}

Test(parser, the_module_line_may_be_left_out)
{
    Program *p = program_new();
    cr_expect(stg_parse(p, "some/where/fibs.v2.stg", "x = \\u [] x;", 12));
    cr_expect_str_eq(p->unit, "main");
    cr_expect_str_eq(p->module, "fibs.v2");
    cr_expect(parse_text(p, "module base GHC.Base y = \\u [] y; module u M z = \\u [] z;"));
    cr_expect_str_eq(p->module, "M");
    cr_expect_eq(program_find(p, "GHC.Base.y"), p->tops[1]);
    cr_expect_eq(program_find(p, "fibs.v2.x"), p->tops[0]);
    program_free(p);
}

Test(parser, source_notes_hold_for_the_expression_behind_them)
{
    Program *p = parsed("f = \\r [a] case @\"F.hs\":12:3-15 g a of b {\n __DEFAULT -> "
                        "@\"F.hs\":(13,3)-(14,9) let { c = \\u [] "
                        "a; } in @\"G.hs\":2:1 h c; };");
    Expr *e = body_of(p, 0), *let = e->kase.alts[0].body;
    Span s = e->kase.scrutinee->source;
    cr_expect_eq(e->source.line, 0);
    cr_expect(s.line == 12 && s.column == 3 && s.end_line == 12 && s.end_column == 15);
    cr_expect_str_eq(p->files[s.file].path, "F.hs");
    cr_expect_null(p->files[s.file].text);
    cr_expect_eq(let->source.line, 13);
    cr_expect_eq(let->let.rhss[0]->body->source.end_column, 9);
    cr_expect_eq(let->let.body->source.end_column, 1);
    cr_expect_str_eq(p->files[let->let.body->source.file].path, "G.hs");
    program_free(p);
}

Test(parser, columns_count_characters)
{
    Program *p = parsed("λ = \\u []\n  ä β;");
    Expr *e = body_of(p, 0);
    cr_expect_eq(e->app.args[0].span.line, 2);
    cr_expect_eq(e->app.args[0].span.column, 5);
    cr_expect_eq(e->span.column, 3);
    cr_expect_eq(e->span.end_column, 5);
    program_free(p);
}

/* ---- What is wrong */

Test(parser, errors_say_what_was_expected_and_where)
{
    expect_diagnoses("f = \\r [a] g a",
                     "1:15 expected `;` after the definition before the end of the file\n");
    expect_diagnoses("f = \\r [a] g a\nh = \\u [] f;", "2:1 expected `;` before `h`\n");
    expect_diagnoses("f = g;",
                     "1:5 expected \\r, \\u, \\s or !Con, found `g`: an expression is bound as a thunk, "
                     "`\\u [] g ...`\n");
    expect_diagnoses("f = I#! [1#];", "1:5 a constructor is bound with the `!` before it: `!I# [...]`\n");
    expect_diagnoses(
        "f = True;",
        "1:5 expected \\r, \\u, \\s or !Con, found `True`: is it `!True [...]` or `\\u [] True`?\n");
    expect_diagnoses("f = \\r [d:D] case d of _ { 1.5 -> d; };",
                     "1:28 not a number: expected D1.5 (Double#) or F1.5 (Float#)\n");
    expect_diagnoses("f \\u [] g;", "1:3 expected `=` after the name that is defined, found `\\u`\n");
    expect_diagnoses("f = \\u [] case x b { };", "1:20 expected `of` after the scrutinee, found `{`\n");
    expect_diagnoses("f = \\u [] case x of b { A y; };", "1:28 expected a name, found `;`\n");
    expect_diagnoses("f = \\u [] case x of b { A -> y };",
                     "1:32 expected `;` after the alternative, found `}`\n");
    expect_diagnoses("f = \\u [] let { } in x;", "1:17 a let without definitions\n");
    expect_diagnoses("f = \\u [] ;", "1:11 expected an expression, found `;`\n");
    expect_diagnoses("f = \\u [] g 5;", "1:13 a number needs a suffix: 5# is an Int#, 5## a Word#\n");
    expect_diagnoses("f = \\r [a:P a b) g;", "1:16 expected a name, found `)`\n");
    expect_diagnoses("f = \\r [s:V] %ccall g (I) -> D [];", "1:23 1 representations for 0 arguments\n");
    expect_diagnoses("data T A", "1:8 expected `=` after the name of the type, found `A`\n");
}

Test(parser, wrong_literals)
{
    expect_diagnoses("f = \\u [] g 9223372036854775808#;", "1:13 this number does not fit into an Int#\n");
    expect_diagnoses("f = \\u [] g -9223372036854775809#;", "1:13 this number does not fit into an Int#\n");
    expect_diagnoses("f = \\u [] g 18446744073709551616##;", "1:13 this number does not fit into a Word#\n");
    expect_diagnoses("f = \\u [] g -1##;", "1:13 this number does not fit into a Word#\n");
    expect_diagnoses("f = \\u [] g 12ab;", "1:13 not a number: expected 5# (Int#) or 5## (Word#)\n");
    expect_diagnoses("f = \\u [] g D1.0e999;", "1:13 out of range for a Double#\n");
    expect_diagnoses("f = \\u [] g F1.0e39;", "1:13 out of range for a Float#\n");
    expect_diagnoses("f = \\u [] g '\\1114112'#;",
                     "1:13 no character has this code: the last is '\\1114111'#\n");
    expect_diagnoses("f = \\u [] g \"abc;\n", "1:13 this string does not end on its line: expected \"\n");
    expect_diagnoses("f = \\u [] g \"a\\q\"#;", "1:13 unknown escape: expected \\n \\t \\\\ \\\" or \\xHH\n");
    expect_diagnoses("f = \\u [] g \"a\";", "1:13 a string literal ends with \"#\n");
    expect_diagnoses("f = \\u [] g 'ab'#;",
                     "1:13 a Char# literal looks so: 'c'# or, by its decimal code, '\\53'#\n");
    expect_diagnoses("f = \\u [] @\"F.hs\":x g;",
                     "1:11 a source note looks so: @\"File.hs\":12:3-15 or @\"File.hs\":(12,3)-(14,9)\n");
}

Test(parser, definitions_behind_an_error_are_read)
{
    Program *p = program_new();
    cr_expect_not(parse_text(
        p, "a = \\u [] x;\nb = \\u [] case { ; };\nc = \\u [] 5;\nd = \\u [] a;\ne = ;\nf = \\u [] b;"));
    char *wrong = diagnoses_text(p);
    cr_expect_str_eq(wrong, "2:16 expected an expression, found `{`\n"
                            "3:11 a number needs a suffix: 5# is an Int#, 5## a Word#\n"
                            "5:5 expected \\r, \\u, \\s or !Con, found `;`\n");
    cr_expect_not_null(program_find(p, "a"));
    cr_expect_not_null(program_find(p, "d"));
    cr_expect_not_null(program_find(p, "f"));
    free(wrong);
    program_free(p);
}

Test(parser, twice_defined_names_name_the_first_place)
{
    expect_diagnoses("x = \\u [] x;\ny = \\u [] x;\nx = \\u [] y;",
                     "3:1 `x` is defined twice; the first time at test.stg:1:1\n");
    expect_diagnoses("module main M\nx = \\u [] x;\nM.x = \\u [] x;",
                     "3:1 `M.x` is defined twice; the first time at test.stg:2:1\n");
    expect_diagnoses("data T = A | A", "1:14 `A` is defined twice; the first time at test.stg:1:10\n");
}

Test(parser, at_most_twenty_errors)
{
    char text[1000] = "";
    for (int i = 0; i < 50; i++) strcat(text, "x = ;\n");
    Program *p = program_new();
    cr_expect_not(parse_text(p, text));
    cr_expect_eq(p->diagnosis_count, 20);
    program_free(p);
}

Test(parser, the_line_is_shown_with_a_caret)
{
    Program *p = program_new();
    parse_text(p, "x = \\u [] y;\n\tλ = \\u [] case yyy zzz { };\n");
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    program_print_diagnoses(p, out);
    fclose(out);
    cr_expect_str_eq(text, "test.stg:2:25: error: expected `of` after the scrutinee, found `{`\n"
                           "    2 | \tλ = \\u [] case yyy zzz { };\n"
                           "      | \t                       ^\n");
    free(text);
    program_free(p);
}

Test(parser, a_file_that_cannot_be_read)
{
    Program *p = program_new();
    cr_expect_not(stg_parse_file(p, "/nowhere/x.stg"));
    char *wrong = diagnoses_text(p);
    cr_expect_str_eq(wrong, "0:0 cannot read this file: No such file or directory\n");
    free(wrong);
    program_free(p);
}

/* ---- Hostile text */

static char *repeated(const char *before, const char *piece, int count, const char *after)
{
    char *text = malloc(strlen(before) + strlen(piece) * (size_t)count + strlen(after) + 1);
    char *at = stpcpy(text, before);
    for (int i = 0; i < count; i++) at = stpcpy(at, piece);
    strcpy(at, after);
    return text;
}

Test(parser, nesting_has_a_limit)
{
    char *deep = repeated("f = \\u [] ", "case ", 100000, "x of y { };");
    expect_diagnoses(deep, "1:7511 expressions nest more than 1500 deep here\n");
    free(deep);
    char *alts = repeated("f = \\u [] ", "case x of y { __DEFAULT -> ", 100000, "x");
    expect_diagnoses(alts, "1:40489 expressions nest more than 1500 deep here\n");
    free(alts);
}

Test(parser, lets_in_a_row_are_many)
{
    char *text = repeated("f = \\u [] ", "let { x = \\u [] x; } in ", 10000, "x;");
    program_free(parsed(text));
    free(text);
    text = repeated("f = \\u [] ", "let { x = \\u [] x; } in ", 10001, "x;");
    expect_diagnoses(text, "1:240011 more than 10000 lets in a row\n");
    free(text);
}

/* Pages of memory that this process has asked for. */
static long pages_mapped(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    cr_assert(f && fscanf(f, "%ld", &pages) == 1);
    fclose(f);
    return pages;
}

/* Each is copied in one piece; a huge page of its own would take a hundred times its size. */
Test(parser, large_strings_waste_no_memory)
{
    enum { STRINGS = 400, LENGTH = 20000 };
    char *text = malloc((size_t)STRINGS * (LENGTH + 50)), *end = text;
    for (int i = 0; i < STRINGS; i++) {
        end += sprintf(end, "s%d = \"", i);
        memset(end, 'a' + i % 26, LENGTH);
        end += LENGTH;
        end += sprintf(end, "\"#;\n");
    }
    long before = pages_mapped();
    Program *p = parsed(text);
    long taken = (pages_mapped() - before) * sysconf(_SC_PAGESIZE);
    cr_expect_eq(p->top_count, STRINGS);
    cr_expect_lt(taken, 10L * STRINGS * LENGTH, "%ld bytes for %d", taken, STRINGS * LENGTH);
    program_free(p);
    free(text);
}

Test(parser, no_bytes_make_it_crash)
{
    static const char *const pieces[] = {"\xff",
                                         "\xc3",
                                         "\xed\xa0\x80",
                                         "\xf4\x90\x80\x80",
                                         "\x01",
                                         "\x7f",
                                         "'",
                                         "\"",
                                         "@\"",
                                         "@\"a\":",
                                         "'\\",
                                         "\"\\x",
                                         "(#",
                                         "[",
                                         "(",
                                         "\\",
                                         "!",
                                         "%",
                                         "-",
                                         "D-",
                                         "\xc0\x80"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char text[100];
        snprintf(text, sizeof text, "x = \\u [] y; %s", pieces[i]);
        Program *p = program_new();
        cr_expect_not(parse_text(p, text), "%s", text);
        cr_expect_eq(p->top_count, 1);
        program_free(p);
    }
    Program *p = program_new();
    cr_expect_not(stg_parse(p, "nul.stg", "x = \\u\0 [] y;", 13));
    program_free(p);
}

/* Every prefix of a text with every piece of the grammar, and every text with one byte changed. */
Test(parser, prefixes_and_changed_bytes)
{
    static const char text[] =
        "module u M\ndata T = A(x:P, I) | B() ;\nRec { f:P = {a:I} \\r [x:P s:V] case @\"f\":1:2-3 g x 'c'# "
        "of "
        "b:P %alg T { __DEFAULT -> %ccall q (I V) -> D [1# s]; A y z -> T! [y]; }; end Rec }\n"
        "t = \"s\\x41\"#; u = !A [t D1.5]; v = \\u [] let-no-escape { j = \\r [] %+# [1# -2#]; } in "
        "let { k = \\s [] (#,#)! [__NULL F1.0]; } in %tagToEnum# T [1##];";
    size_t length = sizeof text - 1;
    program_free(parsed(text));
    for (size_t i = 0; i < length; i++) {
        Program *p = program_new();
        stg_parse(p, "prefix.stg", text, i);
        program_free(p);
        for (const char *c = "\"'[({\\\xff"; *c; c++) {
            char changed[sizeof text];
            memcpy(changed, text, sizeof text);
            changed[i] = *c;
            p = program_new();
            bool ok = stg_parse(p, "changed.stg", changed, length);
            cr_expect_eq(ok, p->diagnosis_count == 0);
            program_free(p);
        }
    }
}

/* ---- Representations that there are not */

static void expect_no_representation(const char *text, const char *place_and_letter)
{
    Program *p = program_new();
    cr_expect_not(stg_parse(p, "t.stg", text, strlen(text)), "%s", text);
    char *got = diagnoses_text(p);
    char expected[200];
    snprintf(expected, sizeof expected, "%s is no representation; there are V P U I W ", place_and_letter);
    cr_expect(strncmp(got, expected, strlen(expected)) == 0, "%s\ngot: %swanted: %s", text, got, expected);
    free(got);
    program_free(p);
}

Test(parser, letters_that_stand_for_no_representation)
{
    expect_no_representation("data T = A(Q)", "1:12 `Q`");
    expect_no_representation("data T = A(P, x:I7)", "1:15 `I7`");
    expect_no_representation("f = \\r [b:Z] b;", "1:9 `Z`");
    expect_no_representation("f = \\r [b] case b of c:P9 { __DEFAULT -> c; };", "1:22 `P9`");
    static const char names[] = "data T = A(x, y:PI, _:V) :Main.main = \\r [A:B:P a:b x:: <:>] x:: <:>;";
    Program *p = program_new();
    cr_assert(stg_parse(p, "t.stg", names, strlen(names)));
    char *text = program_format(p);
    Program *again = program_new();
    cr_expect(stg_parse(again, "t.stg", text, strlen(text)), "%s", text);
    cr_expect_str_eq(again->tops[0]->rhs->params[0]->name, "A:B");
    free(text);
    program_free(again);
    program_free(p);
}
