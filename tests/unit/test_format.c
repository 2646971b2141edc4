/* eval/: printing STG text. What is printed is read back as an equal tree, before and after the check, for
 * every program in the tree and for texts made up from the grammar. */
#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/stg_tree.h"

static Program *read_back(const char *text, bool check)
{
    Program *p = program_new();
    bool ok = parse_text(p, text) && (!check || stg_check(p));
    char *wrong = diagnoses_text(p);
    cr_assert(ok, "%s\nin\n%.2000s", wrong, text);
    free(wrong);
    return p;
}

/* print ∘ parse = identity on trees, and on what has been printed once. */
static void expect_round_trip(const Program *p, bool check, const char *what)
{
    char *once = program_format(p);
    Program *q = read_back(once, check);
    char *twice = program_format(q);
    cr_expect(same_program(p, q), "%s: another tree is read back from\n%.2000s", what, once);
    cr_expect(strcmp(once, twice) == 0, "%s: printed differently the second time:\n%.2000s", what, twice);
    free(once);
    free(twice);
    program_free(q);
}

static void expect_text_round_trip(const char *text, bool check)
{
    Program *p = read_back(text, check);
    expect_round_trip(p, check, text);
    program_free(p);
}

static glob_t stg_files(void)
{
    glob_t files;
    cr_assert_eq(glob(THUNKSCOPE_SOURCE_DIR "/eval/lib/*.stg", 0, NULL, &files), 0);
    cr_assert_eq(glob(THUNKSCOPE_SOURCE_DIR "/tests/programs/*.stg", GLOB_APPEND, NULL, &files), 0);
    return files;
}

Test(format, every_file_of_the_tree)
{
    glob_t files = stg_files();
    cr_expect_gt(files.gl_pathc, 20);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        Program *p = program_new();
        cr_expect(stg_parse_file(p, files.gl_pathv[i]), "%s", files.gl_pathv[i]);
        expect_round_trip(p, false, files.gl_pathv[i]);
        program_free(p);
    }
    globfree(&files);
}

static void parse_library(Program *p)
{
    glob_t files;
    cr_assert_eq(glob(THUNKSCOPE_SOURCE_DIR "/eval/lib/*.stg", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) cr_assert(stg_parse_file(p, files.gl_pathv[i]));
    globfree(&files);
}

/* The library and a program on it, several modules in one text. */
Test(format, checked_programs_with_their_library)
{
    glob_t files = stg_files();
    for (size_t i = 0; i < files.gl_pathc; i++) {
        if (!strstr(files.gl_pathv[i], "/programs/")) continue;
        Program *p = program_new();
        parse_library(p);
        bool ok = stg_parse_file(p, files.gl_pathv[i]) && stg_check(p);
        char *wrong = diagnoses_text(p);
        cr_assert(ok, "%s: %s", files.gl_pathv[i], wrong);
        expect_round_trip(p, true, files.gl_pathv[i]);
        free(wrong);
        program_free(p);
    }
    globfree(&files);
}

Test(format, the_layout)
{
    Program *p = read_back(
        "module main M data L = N() | C(head:P,I) f = \\r [x:P y:I] let { a = {x:P} \\u [] g x; b = "
        "!C [a y]; } in case x of z %alg L { N -> @\"f.hs\":1:2-3 h a; C p q:I -> case case p of r "
        "{ __DEFAULT -> k; } of s { __DEFAULT -> %+# [q 1#]; }; }; t = \"a\\x0a\\xe9\"#;",
        false);
    char *text = program_format(p);
    cr_expect_str_eq(text, "module main M\n"
                           "\n"
                           "data L = N() | C(head:P, _:I);\n"
                           "\n"
                           "f = \\r [x:P y:I]\n"
                           "    let {\n"
                           "        a = {x:P} \\u [] g x;\n"
                           "        b = !C [a y];\n"
                           "    } in case x of z %alg L {\n"
                           "        N -> @\"f.hs\":1:2-3 h a;\n"
                           "        C p q:I -> case\n"
                           "            case p of r {\n"
                           "                __DEFAULT -> k;\n"
                           "            }\n"
                           "        of s {\n"
                           "            __DEFAULT -> %+# [q 1#];\n"
                           "        };\n"
                           "    };\n"
                           "\n"
                           "t = \"a\\n\\xe9\"#;\n");
    free(text);
    program_free(p);
}

Test(format, what_could_be_misread)
{
    static const char *const texts[] = {
        "f = \\r [x:P:P :P:I y:I:P] x:P;",
        "module u M data () = ()() data GHC.Tuple.() = GHC.Tuple.()() data [] = []() | :(P,P) f = \\r [x] "
        "[]! [];",
        "f = \\r [s:V] case %ccall f ()->V [] of _ { (##) -> %ccall g (A) -> PI [__label x]; };",
        "f = \\r [x] GHC.Prim.(# #)! [x]; g = \\r [x] case f x of _ %multi 1 { GHC.Prim.(# #) y -> y; };",
        "f = \\r [x] g D1.0e-2 D-0.0 F1.0e10 DNaN FInfinity D-Infinity D1234567.0 D1.0e7 D0.1 '\\32'# '\\''# "
        "'a'#;",
        "data V = data W = A(PI, V) f = \\r [v:V] A! [v];",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) expect_text_round_trip(texts[i], false);
}

Test(format, a_note_is_said_where_it_begins)
{
    expect_text_round_trip(
        "f = \\r [a] @\"a\":1:1 case @\"b\":(1,2)-(3,4) a of x { __DEFAULT -> @\"a\":1:1 let { y = \\u [] "
        "@\"c\":5:6-7 a; z = \\u [] a; } in @\"b\":7:8 x; }; g = \\r [a] a;",
        false);
}

/* Inferred representations and kinds are printed; those that go without saying are not. */
Test(format, what_the_check_finds_is_printed)
{
    Program *p =
        read_back("module main M f = \\r [x] case x of y { I# a -> case %+# [a 1#] of b { 0# -> I#! [b]; "
                  "__DEFAULT -> x; }; }; data Int = I#(I)",
                  true);
    char *text = program_format(p);
    cr_expect_not_null(strstr(text,
                              "case x of y %alg Int {\n        I# a:I -> case %+# [a 1#] of b:I %prim I {\n"
                              "            __DEFAULT -> x;\n            0# -> I#! [b];"));
    expect_round_trip(p, true, "inferred");
    free(text);
    program_free(p);
}

/* Every bit of a float survives. */
Test(format, floats_are_read_back_to_the_bit)
{
    uint64_t bits = 0x123456789abcdefu;
    for (int i = 0; i < 400; i++) {
        bits = bits * 6364136223846793005u + 1442695040888963407u;
        double d;
        char text[120];
        memcpy(&d, &bits, sizeof d);
        if (d != d || d - d != 0) continue;
        snprintf(text, sizeof text, "x = \\u [] f D%.16e;", d);
        char *plus = strstr(text, "e+");
        if (plus) memmove(plus + 1, plus + 2, strlen(plus + 2) + 1);
        Program *p = read_back(text, false);
        cr_expect_eq(p->tops[0]->rhs->body->app.args[0].lit.bits, bits, "%s", text);
        expect_round_trip(p, false, text);
        program_free(p);
    }
}

/* ---- Texts made up from the grammar */

typedef struct Maker {
    uint64_t seed;
    FILE *out;
    int depth;
} Maker;

static uint32_t pick(Maker *m, uint32_t n)
{
    m->seed ^= m->seed << 13;
    m->seed ^= m->seed >> 7;
    m->seed ^= m->seed << 17;
    return (uint32_t)(m->seed >> 33) % n;
}

static void make_expr(Maker *m);

static void make_one_of(Maker *m, const char *const *choices, uint32_t n)
{
    fputs(choices[pick(m, n)], m->out);
    fputc(' ', m->out);
}
#define ONE_OF(m, ...)                                                                                       \
    do {                                                                                                     \
        const char *const choices[] = {__VA_ARGS__};                                                         \
        make_one_of(m, choices, sizeof choices / sizeof *choices);                                           \
    } while (0)

static void make_name(Maker *m)
{
    ONE_OF(m, "x", "y", "GHC.Base..", "a:b", "$f(,)_x", "GHC.Types.[]", "z'", "+");
}
static void make_binder(Maker *m)
{
    ONE_OF(m, "x", "y:I", "z:PI", "s:V", "GHC.Types.::D", "a:b:W8", "w:P", "+");
}

static void make_literal(Maker *m)
{
    ONE_OF(m, "5#", "-7#", "3##", "'a'#", "'\\0'#", "D1.5", "D-3.0e-5", "F2.25", "\"s\\x00\\\"\"#", "__NULL",
           "__label environ");
}

static void make_atoms(Maker *m)
{
    for (uint32_t n = pick(m, 4); n > 0; n--) {
        if (pick(m, 3) == 0)
            make_literal(m);
        else if (pick(m, 8) == 0)
            ONE_OF(m, "void#", "(##)", "[]");
        else
            make_name(m);
    }
}

static void make_binders(Maker *m)
{
    for (uint32_t n = pick(m, 4); n > 0; n--) make_binder(m);
}

static void make_rhs(Maker *m)
{
    if (pick(m, 4) == 0) {
        fputs("! C [", m->out);
        make_atoms(m);
        fputs("]", m->out);
        return;
    }
    if (pick(m, 3) == 0) fputs("{x:I y} ", m->out);
    ONE_OF(m, "\\r", "\\u", "\\s");
    fputs("[", m->out);
    make_binders(m);
    fputs("] ", m->out);
    make_expr(m);
}

static void make_let(Maker *m)
{
    bool rec = pick(m, 2);
    ONE_OF(m, "let", "let-no-escape");
    fputs(rec ? "{ Rec { " : "{ ", m->out);
    for (uint32_t n = pick(m, 3) + 1; n > 0; n--) {
        make_binder(m);
        fputs(" = ", m->out);
        make_rhs(m);
        fputs("; ", m->out);
    }
    fputs(rec ? "end Rec } } in " : "} in ", m->out);
    make_expr(m);
}

static void make_alt(Maker *m)
{
    if (pick(m, 3) == 0) {
        make_literal(m);
    } else if (pick(m, 4) == 0) {
        fputs("__DEFAULT ", m->out);
    } else {
        ONE_OF(m, "C", "GHC.Types.:", "(#,#)", "[]", "(# #)", "GHC.Prim.(#_#)");
        make_binders(m);
    }
    fputs("-> ", m->out);
    make_expr(m);
    fputs("; ", m->out);
}

static void make_case(Maker *m)
{
    fputs("case ", m->out);
    make_expr(m);
    fputs("of ", m->out);
    make_binder(m);
    ONE_OF(m, "", "%alg T", "%prim I8", "%multi 2", "%poly", "%multi0");
    fputs("{ ", m->out);
    for (uint32_t n = pick(m, 4); n > 0; n--) make_alt(m);
    fputs("} ", m->out);
}

static void make_leaf(Maker *m)
{
    switch (pick(m, 5)) {
    case 0: make_literal(m); return;
    case 1: ONE_OF(m, "C! [", "(#,#)! [", "GHC.Types.[]! [", "GHC.Types.:![", "[]! ["); break;
    case 2: ONE_OF(m, "%+# [", "%tagToEnum# T [", "%primcall stg_x [", "%nothing# ["); break;
    case 3: fputs("%ccall sin (D V)->D [D1.0 x] ", m->out); return;
    default:
        make_name(m);
        make_atoms(m);
        return;
    }
    make_atoms(m);
    fputs("] ", m->out);
}

static void make_expr(Maker *m)
{
    if (pick(m, 6) == 0) ONE_OF(m, "@\"A.hs\":1:2-3", "@\"B.hs\":(4,5)-(6,7)", "@\"A.hs\":8:9");
    bool deep = m->depth > 6;
    m->depth++;
    switch (deep ? 2 : pick(m, 3)) {
    case 0: make_let(m); break;
    case 1: make_case(m); break;
    default: make_leaf(m); break;
    }
    m->depth--;
}

static char *make_program(uint64_t seed)
{
    char *text = NULL;
    size_t length = 0;
    Maker m = {.seed = seed * 0x9e3779b97f4a7c15u + 1, .out = open_memstream(&text, &length)};
    fputs("module u M data T = C(x:P, I) | E() ", m.out);
    for (int i = 0; i < 4; i++) {
        fprintf(m.out, "top%d = ", i);
        if (pick(&m, 5) == 0)
            fputs("\"bytes\\xff\"#", m.out);
        else
            make_rhs(&m);
        fputs(";\n", m.out);
    }
    fclose(m.out);
    return text;
}

Test(format, texts_made_up_from_the_grammar)
{
    for (uint64_t seed = 1; seed <= 400; seed++) {
        char *text = make_program(seed);
        expect_text_round_trip(text, false);
        free(text);
    }
}
