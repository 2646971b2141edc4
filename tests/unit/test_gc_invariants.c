/* gc/invariants.def is complete: each state has an injection, each transition a mutant, each law a test that
 * gc/laws.def names and that is there. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "gc/inject.h"
#include "gc/invariants.h"
#include "gc/mutants.h"

static char *text_of(const char *folder, const char *name, const char *ending)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s/%s%s", THUNKSCOPE_SOURCE_DIR, folder, name, ending);
    FILE *in = fopen(path, "r");
    if (!in) return NULL;
    char *text = calloc(1, 1 << 20);
    cr_assert(fread(text, 1, (1 << 20) - 1, in) > 0);
    fclose(in);
    return text;
}

Test(invariants, each_state_has_an_injection)
{
    for (int n = 1; n <= invariant_last(); n++)
        if (invariant_proof(n) == INVARIANT_STATE)
            cr_expect(invariant_injections(n) > 0, "nothing breaks invariant %d", n);
}

Test(invariants, each_transition_has_a_mutant)
{
    for (int n = 1; n <= invariant_last(); n++)
        if (invariant_proof(n) == INVARIANT_TRANSITION)
            cr_expect(invariant_mutants(n) > 0, "no mutant fires invariant %d", n);
}

Test(invariants, what_fires_is_checked)
{
    for (int n = 1; n <= invariant_last(); n++) {
        bool checked = invariant_proof(n) == INVARIANT_STATE || invariant_proof(n) == INVARIANT_TRANSITION;
        bool law = invariant_proof(n) == INVARIANT_LAW; /* its own test may notice a mutant */
        cr_expect(checked || (invariant_injections(n) == 0 && (law || invariant_mutants(n) == 0)),
                  "nothing checks invariant %d, and something is said to fire it", n);
    }
}

/* ---- Laws */

static bool is_there(const char *folder, const char *name, const char *ending)
{
    char *text = text_of(folder, name, ending);
    free(text);
    return text;
}

/* Whatever the macro: Test(SUITE, NAME), CASE(NAME). */
static bool begins_test(const char *suite, const char *name)
{
    for (const char *at = strstr(suite, name); at; at = strstr(at + 1, name))
        if (strchr("( ", at[-1]) && strchr(",)", at[strlen(name)])) return true;
    return false;
}

/* A suite, where a test of that name begins; or a runner, and its program. */
static bool test_is_there(const InvariantTest *test)
{
    if (strncmp(test->test, "run-", 4) == 0)
        return is_there("tests", test->test, "") &&
               (!*test->name || is_there("tests/programs", test->name, ".stg"));
    if (strcmp(test->test, "gc_stress") == 0) return is_there("tests/stress", test->test, ".c");
    if (strcmp(test->test, "stg_random") == 0) return is_there("tests/random", test->test, ".c");
    char *suite = text_of("tests/unit", test->test, ".c");
    bool found = suite && (!*test->name || begins_test(suite, test->name));
    free(suite);
    return found;
}

Test(invariants, tests_that_are_named_are_there)
{
    const InvariantTest *test;
    for (size_t i = 0; (test = invariant_test(i)); i++)
        cr_expect(test_is_there(test), "invariant %d: there is no %s %s", test->number, test->test,
                  test->name);
}

Test(invariants, each_law_names_its_test)
{
    bool named[200] = {false};
    const InvariantTest *test;
    for (size_t i = 0; (test = invariant_test(i)); i++) named[test->number] = true;
    for (int n = 1; n <= invariant_last(); n++) {
        InvariantProof proof = invariant_proof(n);
        if (proof == INVARIANT_LAW) cr_expect(named[n], "gc/laws.def does not say what holds law %d", n);
        if (named[n])
            cr_expect(proof == INVARIANT_LAW || proof == INVARIANT_TRANSITION,
                      "invariant %d is neither a law nor a transition, and a test is to hold it", n);
    }
}

/* ---- Mutants */

Test(invariants, mutants_are_found_by_name)
{
    for (uint32_t i = 1; i < MUTANT_COUNT; i++) cr_expect_eq(mutant_find(mutant_name(i)), i);
    cr_expect_eq(mutant_find("none"), MUTANT_none);
    cr_expect_eq(mutant_find("no_such_mutant"), MUTANT_none);
    cr_expect_null(mutant_name(MUTANT_COUNT));
}
