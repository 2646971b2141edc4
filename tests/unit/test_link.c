/* eval/: the linker. What a program reaches, and no more; what is missing, and who wanted it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/link.h"
#include "eval/machine.h"
#include "tests/unit/stg_tree.h"

typedef struct Text {
    const char *module, *text;
} Text;

/* A base just large enough for the runtime, with something that nobody needs. */
static const Text base[] = {
    {"GHC.Tuple", "module ghc-prim GHC.Tuple data GHC.Tuple.() = GHC.Tuple.()() data GHC.Tuple.Unused = "
                  "GHC.Tuple.Unused(P)"},
    {"GHC.TopHandler", "module base GHC.TopHandler\n"
                       "GHC.TopHandler.runMainIO = \\r [main s:V] main s;\n"
                       "GHC.TopHandler.flushStdHandles = \\r [s:V] (#_#)! [GHC.Tuple.()];\n"
                       "GHC.TopHandler.unused = \\r [x] GHC.Nowhere.at.all x;"},
    {"Control.Exception.Base",
     "module base Control.Exception.Base Control.Exception.Base.nonTermination = !GHC.Tuple.() [];"},
    {"GHC.IO.Exception",
     "module base GHC.IO.Exception\n"
     "GHC.IO.Exception.stackOverflow = !GHC.Tuple.() []; GHC.IO.Exception.heapOverflow = !GHC.Tuple.() [];\n"
     "data GHC.IO.Exception.AsyncException = GHC.IO.Exception.UserInterrupt\n"
     "GHC.IO.Exception.$fExceptionAsyncException = !GHC.Tuple.() [];\n"
     "GHC.IO.Exception.blockedIndefinitelyOnMVar = !GHC.Tuple.() [];"},
    {"GHC.Exception.Type", "module base GHC.Exception.Type\n"
                           "GHC.Exception.Type.divZeroException = !GHC.Tuple.() []; "
                           "GHC.Exception.Type.overflowException = !GHC.Tuple.() [];\n"
                           "GHC.Exception.Type.toException = \\r [dict x] x;\n"
                           "GHC.Exception.Type.underflowException = !GHC.Tuple.() [];"},
    {"Numbers",
     "module main Numbers data Numbers.T = Numbers.A() | Numbers.:+(P) data Numbers.U = Numbers.U()\n"
     "Numbers.. = \\r [f] case f of _ { Numbers.:+ x -> Numbers.even x; __DEFAULT -> Numbers.A; };\n"
     "Rec { Numbers.even = \\r [x] Numbers.odd x; Numbers.odd = \\r [x] Numbers.even x; end Rec }\n"
     "Numbers.unused = \\r [x] x;\n"
     "Numbers.text = \"t\"#;\n"
     "Numbers.forks = \\r [x s:V] %fork# [x s];\n"
     "Numbers.forksToo = \\r [x s:V] case Numbers.forks x s of _ { (#_#) _:U -> %fork# [x s]; };"},
    {"Broken", "module main Broken\nBroken.run = \\r [s:V] (;\nBroken.more = \\r [s:V] Broken.run s;"},
    {NULL, NULL},
};

static int reads;

static bool read_text(void *context, Program *p, const char *module)
{
    for (const Text *t = context; t->module; t++) {
        if (strcmp(t->module, module) != 0) continue;
        reads++;
        stg_parse(p, module, t->text, strlen(t->text));
        return true;
    }
    return false;
}

#define MAIN "module main Main :Main.main = \\u [] GHC.TopHandler.runMainIO Main.main;\n"

static Program *linked(const char *body, bool *good)
{
    char text[2000];
    Program *p = program_new();
    ModuleSource modules = {(void *)(size_t)base, read_text};
    snprintf(text, sizeof text, MAIN "%s", body);
    reads = 0;
    *good =
        program_begin_linked(p) && stg_parse(p, "Main.stg", text, strlen(text)) && program_link(p, &modules);
    return p;
}

static bool defines(const Program *p, const char *name)
{
    for (uint32_t i = 0; i < p->top_count; i++)
        if (strcmp(p->tops[i]->name, name) == 0) return true;
    return false;
}

static bool has_type(const Program *p, const char *name)
{
    for (uint32_t i = 0; i < p->type_count; i++)
        if (strcmp(p->types[i]->name, name) == 0) return true;
    return false;
}

static char *must_link(const char *body)
{
    bool good;
    Program *p = linked(body, &good);
    char *wrong = diagnoses_text(p);
    cr_assert(good, "%s", wrong);
    free(wrong);
    char *text = program_format(p);
    program_free(p);
    return text;
}

Test(link, what_is_reached_stays_and_nothing_else)
{
    bool good;
    Program *p = linked("Main.main = \\r [s:V] case Numbers.. Main.x of y { __DEFAULT -> (#_#)! [y]; };\n"
                        "Main.x = !Numbers.:+ [Main.x]; Main.dead = \\r [x] Numbers.unused x;",
                        &good);
    cr_assert(good);
    static const char *const there[] = {"Main.main",    "Main.x",      "Numbers..",
                                        "Numbers.even", "Numbers.odd", "main"};
    static const char *const gone[] = {"Main.dead", "Numbers.unused", "Numbers.text",
                                       "GHC.TopHandler.unused"};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++) cr_expect(defines(p, there[i]), "%s", there[i]);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) cr_expect_not(defines(p, gone[i]), "%s", gone[i]);
    cr_expect(has_type(p, "Numbers.T") && has_type(p, "GHC.Tuple.()"));
    cr_expect_not(has_type(p, "Numbers.U") || has_type(p, "GHC.Tuple.Unused"));
    cr_expect_eq(reads, 6, "each module is read once, and only those that are named");
    program_free(p);
}

Test(link, a_module_that_nobody_names_is_not_read)
{
    free(must_link("Main.main = \\r [s:V] (#_#)! [GHC.Tuple.()];"));
    cr_expect_eq(reads, 5);
}

Test(link, what_is_written_is_a_program_and_is_the_same_each_time)
{
    static const char body[] = "Main.main = \\r [s:V] (#_#)! [GHC.Tuple.()];";
    char *once = must_link(body), *twice = must_link(body);
    cr_expect_str_eq(once, twice);
    cr_assert(stg_text_is_linked(once, strlen(once)));
    cr_expect_not(stg_text_is_linked("module main Main", 16));
    Program *p = program_new();
    cr_assert(stg_parse(p, "program.stg", once, strlen(once)));
    char *again = program_format(p);
    cr_expect_str_eq(again, once);
    free(again);
    cr_expect(stg_check(p) && stg_check_main(p, "main"));
    cr_expect(program_is_linked(p));
    cr_expect_str_eq(program_find(p, "main")->name, "main", "the runtime's own, which runs :Main.main");
    free(once);
    free(twice);
    program_free(p);
}

static void expect_failure(const char *body, const char *expected)
{
    bool good;
    Program *p = linked(body, &good);
    cr_expect_not(good);
    char *got = diagnoses_text(p);
    cr_expect(strstr(got, expected), "%s\ngot: %swanted: %s", body, got, expected);
    free(got);
    program_free(p);
}

Test(link, what_is_missing_names_who_wants_it)
{
    expect_failure("Main.main = \\r [s:V] Data.Nowhere.run s;",
                   "`Main.main` needs `Data.Nowhere.run`, which is in no module that there is");
    expect_failure("Main.main = \\r [s:V] Numbers.nothing s;", "`Main.main` needs `Numbers.nothing`");
    expect_failure("Main.main = \\r [s:V] (#_#)! [Numbers.C];", "`Main.main` needs `Numbers.C`");
    expect_failure("Main.main = \\r [s:V] Numbers.forksToo Main.main s;",
                   "`Numbers.forksToo` needs the primitive `fork#`: threads and STM are not there yet");
}

Test(link, a_primitive_that_is_not_there_is_said_once_with_the_way_to_it)
{
    bool good;
    Program *p =
        linked("Main.main = \\r [s:V] Main.f s; Main.f = \\r [s:V] Numbers.forksToo Main.main s;", &good);
    cr_assert_eq(p->diagnosis_count, 1);
    cr_expect_str_eq(p->diagnoses[0].note,
                     "reached by :Main.main -> Main.main -> Main.f -> Numbers.forksToo");
    program_free(p);
}

Test(link, a_module_that_cannot_be_read_is_said_with_its_place_and_nothing_else)
{
    bool good;
    Program *p = linked(
        "Main.main = \\r [s:V] case Broken.run s of x { __DEFAULT -> Broken.none Broken.more; };", &good);
    char *said = diagnoses_text(p);
    cr_expect_not(good);
    cr_expect_eq(p->diagnosis_count, 1);
    cr_expect(strstr(said, "2:23 expected an expression"), "%s", said);
    free(said);
    program_free(p);
}
