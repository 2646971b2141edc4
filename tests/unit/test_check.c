/* eval/: the checker. Names, arities, representations, kinds of cases, free variables, jumps: what it finds
 * out, and what it says about programs that are wrong. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/stg_tree.h"

#define TYPES                                                                                                \
    "module main M data Int = I#(I) data List = Nil() | Cons(P, P) data Bool = False() | True() "            \
    "data Mixed = Mixed(P, I, V, D)\n"

static Program *checked(const char *text)
{
    Program *p = program_new();
    bool ok = parse_text(p, text) && stg_check(p);
    char *wrong = diagnoses_text(p);
    cr_assert(ok, "%.300s\n%s", text, wrong);
    free(wrong);
    return p;
}

static Program *checked_with_types(const char *text)
{
    char all[4000];
    snprintf(all, sizeof all, TYPES "%s", text);
    return checked(all);
}

/* `text` stands on line 2, behind the types. */
static void expect_diagnoses(const char *text, const char *expected)
{
    char all[4000];
    snprintf(all, sizeof all, TYPES "%s", text);
    Program *p = program_new();
    cr_assert(parse_text(p, all), "%s", text);
    cr_expect_not(stg_check(p), "%s", text);
    char *got = diagnoses_text(p);
    cr_expect(strcmp(got, expected) == 0, "%s\ngot: %swanted: %s", text, got, expected);
    free(got);
    program_free(p);
}

static Expr *body_of(Program *p, const char *name) { return program_find(p, name)->rhs->body; }

/* "I", "PI", "V": what reps are. */
static const char *spelt(Reps reps)
{
    static const char letters[] = {
#define REP(name, spelling, is_pointer, bytes) spelling[0],
#include "eval/reps.def"
#undef REP
    };
    static char text[16];
    for (uint32_t i = 0; i < reps.count; i++) text[i] = letters[reps.each[i]];
    text[reps.count] = 0;
    return text;
}

/* ---- Names */

Test(check, names_resolve_as_written_then_here_then_anywhere)
{
    Program *p = program_new();
    cr_assert(parse_text(p, "module base Lib map = \\u [] map; Lib.filter = \\u [] map; only = \\u [] here;\n"
                            "here = \\u [] filter;"));
    cr_assert(parse_text(
        p, "module main Main map = \\u [] only; b = \\u [] map; c = \\u [] Lib.map; d = \\u [] filter;"));
    cr_assert(stg_check(p));
    cr_expect_eq(body_of(p, "Lib.map")->app.head.binder, program_find(p, "Lib.map"));
    cr_expect_eq(body_of(p, "b")->app.head.binder, program_find(p, "Main.map"));
    cr_expect_eq(body_of(p, "c")->app.head.binder, program_find(p, "Lib.map"));
    cr_expect_eq(body_of(p, "d")->app.head.binder, program_find(p, "Lib.filter"));
    cr_expect_neq(program_find(p, "Lib.map"), program_find(p, "Main.map"));
    cr_expect_eq(program_find(p, "map"), program_find(p, "Main.map"));
    cr_expect_null(program_find(p, "nothing"));
    program_free(p);
}

Test(check, units_are_kept_apart)
{
    Program *p = program_new();
    cr_assert(parse_text(p, "module base Inner zero = \\u [] zero; topHandler = \\u [] zero;"));
    cr_assert(parse_text(p, "module base Outer sum = \\u [] zero; all = \\u [] Inner.zero;"));
    cr_assert(parse_text(p, "module main Inner zero = \\u [] sum; topHandler = \\u [] zero;"));
    cr_assert(parse_text(p, "module main Main e = \\u [] zero; f = \\u [] Inner.zero;"));
    cr_assert(stg_check(p));
    Binder *mine = program_find(p, "Inner.zero"), *library = body_of(p, "sum")->app.head.binder;
    cr_expect_neq(mine, library);
    cr_expect_eq(body_of(p, "all")->app.head.binder, library);
    cr_expect_eq(body_of(p, "e")->app.head.binder, mine);
    cr_expect_eq(body_of(p, "f")->app.head.binder, mine);
    cr_expect_eq(program_find_for_runtime(p, "topHandler")->rhs->body->app.head.binder, library);
    cr_expect_neq(program_find(p, "topHandler"), program_find_for_runtime(p, "topHandler"));
    program_free(p);
}

Test(check, several_modules_of_a_unit_or_several_other_units_are_ambiguous)
{
    static const char *const users[] = {"module base User x = \\u [] zero;",
                                        "module main User x = \\u [] zero;"};
    for (int i = 0; i < 2; i++) {
        Program *p = program_new();
        cr_assert(parse_text(p, "module base A zero = \\u [] zero;"));
        cr_assert(parse_text(p, i == 0 ? "module base B zero = \\u [] zero;"
                                       : "module other B zero = \\u [] zero;"));
        cr_assert(parse_text(p, users[i]));
        cr_expect_not(stg_check(p), "%d", i);
        program_free(p);
    }
}

Test(check, main_by_any_of_its_names)
{
    static const char *const texts[] = {"main = \\u [] main;",
                                        "module main Main Main.main = \\u [] Main.main;",
                                        "module main Main :Main.main = \\u [] :Main.main;"};
    for (size_t i = 0; i < 3; i++) {
        Program *p = checked(texts[i]);
        cr_expect_eq(program_find(p, "main"), p->tops[0], "%s", texts[i]);
        program_free(p);
    }
}

Test(check, ambiguous_names)
{
    Program *p = program_new();
    cr_assert(parse_text(p, "module u A x = \\u [] x;"));
    cr_assert(parse_text(p, "module u B x = \\u [] x;"));
    cr_assert(parse_text(p, "module u C y = \\u [] x;"));
    cr_expect_not(stg_check(p));
    char *wrong = diagnoses_text(p);
    cr_expect_str_eq(wrong, "1:22 several modules define `x`: write it with its module, as in Module.x\n");
    free(wrong);
    program_free(p);
}

Test(check, the_innermost_binder_is_meant)
{
    Program *p = checked("f = \\r [x y] case x of x { __DEFAULT -> let { y = \\u [] x; x = \\u [] y; } in g "
                         "x y; }; g = \\r [a b] a;");
    Expr *e = body_of(p, "f"), *let = e->kase.alts[0].body;
    cr_expect_eq(e->kase.scrutinee->app.head.binder, program_find(p, "f")->rhs->params[0]);
    cr_expect_eq(let->let.body->app.args[0].binder, let->let.binders[1]);
    cr_expect_eq(let->let.rhss[0]->body->app.head.binder, let->let.binders[1]);
    cr_expect(let->let.recursive);
    program_free(p);
}

Test(check, unknown_names_and_what_was_meant)
{
    expect_diagnoses("fibs = \\u [] fibz;", "2:14 unknown name `fibz`; did you mean `fibs`?\n");
    expect_diagnoses("f = \\r [number] g numbr; g = \\r [x] x;",
                     "2:19 unknown name `numbr`; did you mean `number`?\n");
    expect_diagnoses("f = \\r [x] quite_different x;", "2:12 unknown name `quite_different`\n");
    expect_diagnoses("f = \\u [] Conz! [f f];", "2:11 unknown constructor `Conz`; did you mean `Cons`?\n");
    expect_diagnoses("f = \\u [] case f of x { Int y -> y; };",
                     "2:25 unknown constructor `Int`; did you mean `I#`?\n");
    expect_diagnoses("f = \\u [] case f of x %alg Lst { __DEFAULT -> x; };",
                     "2:11 unknown type `Lst`; did you mean `List`?\n");
    expect_diagnoses("f = \\u [] case %quotInt [1# 2#] of x { __DEFAULT -> f; };",
                     "2:16 unknown primitive `quotInt`; did you mean `quotInt#`?\n");
    expect_diagnoses("f = \\r [a] Cons a a;",
                     "2:12 `Cons` is a constructor with 2 fields: build it with `Cons! [...]`\n");
}

Test(check, a_constructor_without_fields_is_a_value)
{
    Program *p = checked_with_types("f = \\u [] Cons! [f Nil]; g = \\u [] f Nil True; h = \\u [] Nil;");
    Binder *nil = body_of(p, "f")->con.args[1].binder;
    cr_expect_eq(nil->kind, BINDER_TOP);
    cr_expect_eq(nil->rhs->flag, RHS_CON);
    cr_expect_str_eq(nil->rhs->con->name, "Nil");
    cr_expect_eq(body_of(p, "g")->app.args[0].binder, nil);
    cr_expect_eq(body_of(p, "h")->app.head.binder, nil);
    cr_expect_eq(p->top_count, 5, "Nil and True once each");
    cr_expect(stg_check(p), "checking again finds the same");
    cr_expect_eq(p->top_count, 5);
    program_free(p);
}

Test(check, names_that_stand_twice)
{
    expect_diagnoses("f = \\r [x x] x;", "2:11 `x` stands twice in this list\n");
    expect_diagnoses("f = \\r [x] case x of _ { Cons y y -> y; };", "2:33 `y` stands twice in this list\n");
    program_free(checked_with_types("f = \\r [s:V s:V _ _] case f s s f f of s:V { (##) -> f; };"));
}

/* ---- Arity and shape */

Test(check, arities)
{
    expect_diagnoses("f = \\u [] Cons! [f];", "2:11 `Cons` has 2 fields, but 1 stands here\n");
    expect_diagnoses("f = !I# [1# 2#];", "2:5 `I#` has 1 field, but 2 stand here\n");
    expect_diagnoses("f = \\r [x] case x of _ { Cons y -> y; };",
                     "2:26 `Cons` has 2 fields, but 1 stands here\n");
    expect_diagnoses("f = \\u [] case %+# [1#] of _ { __DEFAULT -> f; };",
                     "2:16 the primitive `+#` takes 2 arguments, but 1 stands here\n");
    expect_diagnoses("f = \\r [x] (#,#)! [x];", "2:12 `(#,#)` has 2 components, but 1 stands here\n");
    expect_diagnoses("f = \\r [x] let-no-escape { j = \\r [a b] a; } in j x;",
                     "2:49 the let-no-escape `j` takes 2 arguments, but 1 stands here\n");
}

Test(check, void_fields_may_be_left_out)
{
    Program *p = checked_with_types(
        "f = \\r [x] Mixed! [x 1# D1.0]; g = \\r [x] case x of _ { Mixed a i d -> h a i d; };"
        "h = \\r [a i:I d:D] a; k = \\r [x s:V] Mixed! [x 1# s D1.0];");
    Expr *f = body_of(p, "f"), *g = body_of(p, "g");
    cr_assert_eq(f->con.arg_count, 4);
    cr_expect_eq(f->con.args[2].kind, ATOM_VOID);
    cr_assert_eq(g->kase.alts[0].binder_count, 4);
    cr_expect_str_eq(spelt(g->kase.alts[0].binders[2]->reps), "V");
    cr_expect_str_eq(spelt(g->kase.alts[0].binders[3]->reps), "D");
    program_free(p);
}

Test(check, which_right_hand_sides_may_stand_where)
{
    expect_diagnoses("f = \\u [x] x;", "2:5 a thunk (\\u, \\s) has no parameters: is it a function, \\r?\n");
    expect_diagnoses("f = \\r [] f;", "2:5 a function (\\r) has parameters: is it a thunk, \\u?\n");
    expect_diagnoses("f = \\u [] let-no-escape { j = \\u [] f; } in j;",
                     "2:31 a let-no-escape binds only \\r\n");
    expect_diagnoses("f = \\r [x] let { y = !(#,#) [x x]; } in y;",
                     "2:22 an unboxed tuple cannot be bound\n");
}

/* ---- Representations and kinds */

Test(check, kinds_and_representations_are_inferred)
{
    Program *p = checked_with_types(
        "alg = \\r [x] case x of y { Cons h t -> h; __DEFAULT -> y; };\n"
        "prim = \\r [a:I] case %+# [a 1#] of y { __DEFAULT -> I#! [y]; };\n"
        "literal = \\r [f x] case f x of y { 'a'# -> x; __DEFAULT -> f; };\n"
        "poly = \\r [x] case x of y { __DEFAULT -> y; };\n"
        "told = \\r [f x] case f x of y:D { __DEFAULT -> D#! [y]; }; data Double = D#(D)\n"
        "multi = \\r [a:I] case %quotRemInt# [a 3#] of y { (#,#) q r -> I#! [r]; };\n"
        "state = \\r [v:U s:V] case %readMutVar# [v s] of y { (#,#) s1 x -> f s1 x; };\n"
        "f = \\r [s:V x] x;\n"
        "void = \\r [v:U x s:V] case %writeMutVar# [v x s] of s1 { __DEFAULT -> f s1 x; };\n");
    static const struct {
        const char *name;
        AltKind kind;
        const char *binder;
    } wanted[] = {{"alg", ALT_ALG, "P"},     {"prim", ALT_PRIM, "I"}, {"literal", ALT_PRIM, "C"},
                  {"poly", ALT_POLY, "P"},   {"told", ALT_PRIM, "D"}, {"multi", ALT_MULTI, "II"},
                  {"state", ALT_MULTI, "P"}, {"void", ALT_PRIM, "V"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        Expr *e = body_of(p, wanted[i].name);
        cr_expect_eq(e->kase.alt_kind, wanted[i].kind, "%s", wanted[i].name);
        cr_expect_str_eq(spelt(e->kase.binder->reps), wanted[i].binder, "%s", wanted[i].name);
    }
    Expr *alg = body_of(p, "alg"), *state = body_of(p, "state");
    cr_expect_str_eq(alg->kase.type->name, "List");
    cr_expect_eq(alg->kase.alts[0].kind, PAT_DEFAULT, "__DEFAULT comes first");
    cr_expect_str_eq(spelt(state->kase.reps), "VP");
    program_free(p);
}

Test(check, parameters_of_let_no_escape_are_told_by_a_jump)
{
    Program *p = checked(
        "f = \\r [d:D x] let-no-escape { j = \\r [a b c] case %+## [a d] of y { __DEFAULT -> k y; };\n"
        "k = \\r [a] case %<## [a d] of _ { 1# -> x; __DEFAULT -> j a x 1#; }; } in j D1.0 x 2#;");
    Rhs *j = body_of(p, "f")->let.rhss[0];
    cr_expect_str_eq(spelt(j->params[0]->reps), "D");
    cr_expect_str_eq(spelt(j->params[1]->reps), "P");
    cr_expect_str_eq(spelt(j->params[2]->reps), "I");
    cr_expect(body_of(p, "f")->let.recursive);
    program_free(p);
}

/* GHC's unboxed sums: any word in a place W, but no other confusion, and none with what a primitive answers.
 */
Test(check, slots_of_unboxed_sums)
{
    static const char *const good[] = {
        "f = \\r [slot:W] case %+# [slot 1#] of y { __DEFAULT -> I#! [y]; }; g = \\u [] f 5#;",
        "f = \\r [x] case f x of _ { (#,#) tag:W a:W -> case tag of t:W %prim I { "
        "__DEFAULT -> I#! [a]; 2# -> case %chr# [a] of c { __DEFAULT -> x; }; }; };",
        "f = \\r [x:I] case x of _ { 0# -> (#,#)! [1# 'c'#]; __DEFAULT -> (#,#)! [2# "
        "\"text\"#]; };"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        Program *p = checked_with_types(good[i]);
        program_free(p);
    }
    expect_diagnoses("f = \\r [x:I] case %plusWord# [x 1##] of y { __DEFAULT -> I#! [x]; };",
                     "2:31 the primitive `plusWord#` expects representation W here, but this has I\n");
    expect_diagnoses("f = \\r [x:W] case %plusWord# [x 1##] of y { __DEFAULT -> I#! [y]; };",
                     "2:63 the constructor `I#` expects representation I here, but this has W\n");
    expect_diagnoses("f = \\r [slot:W] case %+## [slot D1.0] of d { __DEFAULT -> f; };",
                     "2:28 the primitive `+##` expects representation D here, but this has W\n");
    expect_diagnoses("f = \\r [x] case x of _ { I# y:W -> f x; };",
                     "2:29 `y` has representation W, but what it is bound to has I\n");
}

Test(check, representations_that_do_not_fit)
{
    expect_diagnoses("f = \\r [x] case %+# [x 1#] of y { __DEFAULT -> I#! [y]; };",
                     "2:22 the primitive `+#` expects representation I here, but this has P\n");
    expect_diagnoses("f = \\r [x] I#! [x];",
                     "2:17 the constructor `I#` expects representation I here, but this has P\n");
    expect_diagnoses("f = !I# [1##];",
                     "2:10 the constructor `I#` expects representation I here, but this has W\n");
    expect_diagnoses("f = \\r [x:I] x; g = \\u [] f g;",
                     "2:29 the function `f` expects representation I here, but this has P\n");
    expect_diagnoses("f = \\r [x] case x of _ { I# y:P -> y; };",
                     "2:29 `y` has representation P, but what it is bound to has I\n");
    expect_diagnoses("f = \\r [x:I] case x of _ { Nil -> f; __DEFAULT -> f; };",
                     "2:19 this has representation I, but the case is on P\n");
    expect_diagnoses("f = \\r [x] case x of _ { 1# -> x; __DEFAULT -> x; };",
                     "2:26 this pattern has representation I, but the case is on P\n");
    expect_diagnoses("f = \\r [x:I] x f;", "2:14 `x` has representation I: it cannot be applied\n");
    expect_diagnoses("f = \\u [] 1#;",
                     "2:11 a thunk answers a lifted value, but this is unlifted or unboxed\n");
    expect_diagnoses(
        "f = \\r [v:U s:V] case %readMutVar# [v s] of x { __DEFAULT -> x; };",
        "2:23 this answers an unboxed tuple of 1: take it apart with a pattern such as (#_#) x\n");
    expect_diagnoses("f = \\r [a:I] case %quotRemInt# [a 3#] of _ { (#,,#) x y z -> f; };",
                     "2:46 this pattern has 3 components that are not void, the scrutinee 2\n");
    expect_diagnoses("f = \\r [x b:I] case b of _ { 1# -> D1.0; __DEFAULT -> 5#; };",
                     "2:36 this alternative answers another representation than one before it\n");
    expect_diagnoses("f = \\r [x:PI] f;",
                     "2:9 a parameter cannot be an unboxed tuple: pass its components\n");
    expect_diagnoses("f:I = \\r [x] x;",
                     "2:1 `f` is bound to an object: its representation can only be P or U\n");
    expect_diagnoses("f = \\r [x] case f x of t { (#,#) a b -> t; };",
                     "2:41 `t` is an unboxed tuple: only its components can be used\n");
    expect_diagnoses("f = \\r [x] case f x of t { (#_#) a -> t; };",
                     "2:24 `t` stands for an unboxed tuple: only its components can be used\n");
}

Test(check, cases_that_are_wrong)
{
    expect_diagnoses("f = \\r [x] case x of _ { Nil -> x; True -> x; };",
                     "2:36 `True` is a constructor of Bool, but this is a case on List\n");
    expect_diagnoses("f = \\r [x] case x of _ { Nil -> x; Nil -> x; };",
                     "2:36 a second alternative for `Nil`\n");
    expect_diagnoses("f = \\r [x:I] case x of _ { 1# -> f; 1# -> f; };",
                     "2:37 a second alternative for this literal\n");
    expect_diagnoses("f = \\r [x] case x of _ { __DEFAULT -> x; __DEFAULT -> x; };",
                     "2:42 a second __DEFAULT\n");
    expect_diagnoses("f = \\r [x] case x of _ { Nil -> x; 1# -> x; };",
                     "2:36 this pattern is of another kind than those before it\n");
    expect_diagnoses("f = \\r [x] case x of _ %prim I { Nil -> x; };",
                     "2:12 the patterns of this case do not fit its written kind\n");
    expect_diagnoses("f = \\r [x] case f x of _ %multi 3 { (#,#) a b -> a; };",
                     "2:12 %multi 3, but the pattern has 2 components\n");
    program_free(
        checked_with_types("f = \\r [x] case x of y %alg List { }; g = \\r [x] case x of _ %alg List { "
                           "__DEFAULT -> x; };"));
}

/* ---- Free variables, use, jumps */

static const char *free_names(const Rhs *rhs)
{
    static char text[200];
    text[0] = 0;
    for (uint32_t i = 0; i < rhs->free_count; i++) {
        if (i) strcat(text, " ");
        strcat(text, rhs->free[i]->name);
    }
    return text;
}

Test(check, free_variables_in_order_of_first_occurrence)
{
    Program *p = checked_with_types(
        "g = \\r [a b] a; f = \\r [x y z s:V] let { outer = \\r [w t:V] let { inner = \\u [] let { deep = "
        "\\u [] g z "
        "x; } in g deep w; } in g inner y; both = \\s [] g y y; con = !Cons [both x]; } in "
        "case outer f s of r { __DEFAULT -> let { last = \\u [] g r con; } in g last f; };");
    Expr *e = body_of(p, "f");
    Rhs *inner = e->let.rhss[0]->body->let.rhss[0];
    cr_expect_str_eq(free_names(program_find(p, "f")->rhs), "");
    cr_expect_str_eq(free_names(e->let.rhss[0]), "z x y");
    cr_expect_str_eq(free_names(inner), "z x w");
    cr_expect_str_eq(free_names(inner->body->let.rhss[0]), "z x");
    cr_expect_str_eq(free_names(e->let.rhss[1]), "y");
    cr_expect_str_eq(free_names(e->let.rhss[2]), "both x");
    cr_expect_str_eq(free_names(e->let.body->kase.alts[0].body->let.rhss[0]), "r con");
    cr_expect(e->let.recursive, "con uses both");
    cr_expect_not(e->let.body->kase.alts[0].body->let.recursive);
    Rhs *f = program_find(p, "f")->rhs;
    cr_expect(f->params[3]->used);
    cr_expect_not(e->let.rhss[0]->params[1]->used);
    program_free(p);
}

Test(check, free_variables_of_let_no_escape)
{
    Program *p = checked("f = \\r [x n:I] let-no-escape { j = \\r [a] let { t = \\u [] g x a; } in k t; k = "
                         "\\r [b] case n of _ { "
                         "0# -> b; __DEFAULT -> j b; }; } in j x; g = \\r [a b] a;");
    Expr *e = body_of(p, "f");
    cr_expect_str_eq(free_names(e->let.rhss[0]), "x");
    cr_expect_str_eq(free_names(e->let.rhss[1]), "n");
    cr_expect_str_eq(free_names(e->let.rhss[0]->body->let.rhss[0]), "x a");
    program_free(p);
}

Test(check, written_free_lists_are_compared)
{
    program_free(
        checked("f = \\r [x y s:V] let { t = {y x s} \\r [v:V] g x y s; } in t s; g = \\r [a b c:V] a;"));
    expect_diagnoses("f = \\r [x y] let { t = {x} \\u [] f x y; } in t;",
                     "2:24 `y` is free here, but not listed\n");
    expect_diagnoses("f = \\r [x y] let { t = {x y} \\u [] f x x; } in t;",
                     "2:24 `y` is listed as free, but does not occur here\n");
    expect_diagnoses("f = \\r [x y] let { t = {f} \\u [] f x x; } in t;",
                     "2:25 `f` is no local variable, so it is not free here\n");
}

Test(check, jumps_stand_in_tail_position)
{
    static const char wrong[] =
        " a jump to `j` must be in tail position: not in a scrutinee, a thunk or a function\n";
    static const struct {
        const char *text, *place;
    } jumps[] = {
        {"f = \\r [x] let-no-escape { j = \\r [a] a; } in case j x of y { __DEFAULT -> y; };", "2:52"},
        {"f = \\r [x] let-no-escape { j = \\r [a] a; } in let { t = \\u [] j x; } in t;", "2:63"},
        {"f = \\r [x] let-no-escape { j = \\r [a] a; } in let { t = \\r [b] j b; } in t x;", "2:64"},
        {"f = \\r [x] let-no-escape { j = \\r [a] case j a of b { __DEFAULT -> b; }; } in j x;", "2:44"},
    };
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "%s%s", jumps[i].place, wrong);
        expect_diagnoses(jumps[i].text, expected);
    }
    expect_diagnoses("f = \\r [x] let-no-escape { j = \\r [a] a; } in f j;",
                     "2:49 `j` is bound by let-no-escape: it can be jumped to, but is no value\n");
    program_free(checked(
        "f = \\r [x] case let-no-escape { j = \\r [a] case a of b { __DEFAULT -> j b; }; } in let { t = \\u "
        "[] x; } "
        "in j t of y { __DEFAULT -> let-no-escape { k = \\r [] y; } in case x of _ { __DEFAULT -> k; }; };"));
}

Test(check, diagnoses_come_in_order_of_place)
{
    expect_diagnoses(
        "fib = \\u [] case fab of x { __DEFAULT -> fiib; };\na = \\u [] fob;\nc = \\u [] Conz! [];",
        "2:18 unknown name `fab`; did you mean `fib`?\n2:42 unknown name `fiib`; did you mean `fib`?\n"
        "3:11 unknown name `fob`; did you mean `fib`?\n4:11 unknown constructor `Conz`; did you mean "
        "`Cons`?\n");
}

/* ---- What may have been meant */

Test(check, names_that_are_equally_near_are_all_suggested)
{
    expect_diagnoses(
        "fall = \\r [x] x; full = \\r [x] x; fill = \\r [x] x; fell = \\r [x] x; g = \\r [x] foll x;",
        "2:80 unknown name `foll`; did you mean `fall`, `full` or `fill`?\n");
    expect_diagnoses("foldr = \\r [x] x; f = \\r [x] fodlr x;",
                     "2:30 unknown name `fodlr`; did you mean `foldr`?\n");
    expect_diagnoses("f = \\r [x] case x of _ { Ture -> x; };",
                     "2:26 unknown constructor `Ture`; did you mean `True`?\n");
    expect_diagnoses("f = \\r [x] case x of _ { Int y -> x; };",
                     "2:26 unknown constructor `Int`; did you mean `I#`?\n");
    expect_diagnoses("f = \\r [x] GHC.Types.Ni! [];",
                     "2:12 unknown constructor `GHC.Types.Ni`; did you mean `Nil`?\n");
}

Test(check, what_others_call_so_is_suggested)
{
    expect_diagnoses("f = \\r [x] [];", "2:12 unknown name `[]`; did you mean `Nil`?\n");
    expect_diagnoses("data T = : (P, P) f = \\r [x] Con! [x x];",
                     "2:30 unknown constructor `Con`; did you mean `Cons`?\n");
    expect_diagnoses("f = \\r [x] GHC.Types.True;",
                     "2:12 unknown name `GHC.Types.True`; did you mean `True`?\n");
}

Test(check, primitives_and_functions_of_c)
{
    expect_diagnoses("f = \\r [x:I] %plusFloatX4# [x x];",
                     "2:14 the primitive `plusFloatX4#` is refused: vectors are not there, as in GHC's own "
                     "code generator\n");
    expect_diagnoses("f = \\r [x:I] %ntoI# [x];", "2:14 unknown primitive `ntoI#`; did you mean `notI#`?\n");
    expect_diagnoses("f = \\r [x] %ccall nosuch () -> I [];", "2:12 unknown C function `nosuch`\n");
    expect_diagnoses("f = \\r [x] %primcall nosuch [];", "2:12 unknown function of the runtime `nosuch`\n");
    expect_diagnoses("f = \\r [x] case __label nosuch of _ { __DEFAULT -> x; };",
                     "2:17 unknown address `nosuch`: neither a C function nor a datum here is called so\n");
}

/* ---- Types, as far as they show */

Test(check, a_value_that_a_constructor_has_built_is_of_its_type)
{
    expect_diagnoses("f = \\r [u] case I#! [3#] of _ { True -> True; __DEFAULT -> u; };",
                     "2:17 this is a value of Int, but the case is on Bool\n");
    expect_diagnoses("f = \\r [u] let { x = !I# [3#]; } in case x of _ { Cons a b -> a; };",
                     "2:42 this is a value of Int, but the case is on List\n");
    expect_diagnoses("x = !I# [3#]; f = \\r [u] case x of _ { False -> u; };",
                     "2:31 this is a value of Int, but the case is on Bool\n");
    expect_diagnoses("f = \\r [u] case u of b { True -> case b of _ { Nil -> b; }; };",
                     "2:39 this is a value of Bool, but the case is on List\n");
    expect_diagnoses("f = \\r [u] case I#! [3#] of b { __DEFAULT -> case b of _ { Nil -> b; }; };",
                     "2:51 this is a value of Int, but the case is on List\n");
    expect_diagnoses(
        "f = \\r [u] case case u of _ { True -> I#! [1#]; False -> I#! [2#]; } of _ { Nil -> u; };",
        "2:17 this is a value of Int, but the case is on List\n");
    program_free(checked_with_types(
        "f = \\r [u] case case u of _ { True -> I#! [1#]; False -> f u; } of _ { I# n -> I#! [n]; };"));
    program_free(checked_with_types(
        "f = \\r [u] case case u of _ { True -> I#! [1#]; False -> Nil; } of _ { __DEFAULT -> u; };"));
}

/* A program that the linker has made begins with the runtime's module. */
Test(check, in_programs_of_ghcs_a_value_may_be_of_another_type)
{
    static const char text[] =
        "data A = A1(P, I) data C = C1(P)\nf = \\r [x] case A1! [x 1#] of _ { C1 y -> y; };";
    expect_diagnoses(text, "3:17 this is a value of A, but the case is on C\n");
    char linked[200];
    snprintf(linked, sizeof linked, "module rts runtime %s", text);
    program_free(checked(linked));
}

Test(check, no_constructor_is_applied)
{
    expect_diagnoses("f = \\r [u] True u;",
                     "2:12 `True` is a value of Bool, built by a constructor: it cannot be applied\n");
    expect_diagnoses("f = \\r [u] let { x = !I# [3#]; } in x u u;",
                     "2:37 `x` is a value of Int, built by a constructor: it cannot be applied\n");
    expect_diagnoses("f = \\r [u] case u of b { True -> b u; __DEFAULT -> u; };",
                     "2:34 `b` is a value of Bool, built by a constructor: it cannot be applied\n");
    expect_diagnoses("f = \\r [u] case u of b { True -> b; 1# -> u; };",
                     "2:37 this pattern is of another kind than those before it\n");
}

/* ---- Size */

Test(check, deep_and_long_programs)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fputs("f = \\r [x] ", out);
    for (int i = 0; i < 1499; i++) fputs("case x of y { __DEFAULT -> ", out);
    fputs("x", out);
    for (int i = 0; i < 1499; i++) fputs("; }", out);
    fputs(";\ng = \\r [x] ", out);
    for (int i = 0; i < 10000; i++) fputs("let { x = \\u [] x; } in ", out);
    fputs("x;\nh = \\r [x] ", out);
    for (int i = 0; i < 700; i++) fputs("let { x = \\u [] case x of x { __DEFAULT -> ", out);
    fputs("x", out);
    for (int i = 0; i < 700; i++) fputs("; }; } in x", out);
    fputs(";", out);
    fclose(out);
    Program *p = checked(text);
    Program *q = checked(text);
    cr_expect(same_program(p, q));
    program_free(p);
    program_free(q);
    free(text);
}
