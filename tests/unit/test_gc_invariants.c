/* gc/invariants.def is complete: each state has an injection, each transition a mutant, each law a test that
 * tests/README.md names and that is there. */
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

/* The row of the laws' table that begins with this number, or has it among the first column's. */
static const char *law_row(const char *laws, int number, char *row, size_t size)
{
    for (const char *line = strstr(laws, "\n| "); line; line = strstr(line + 1, "\n| ")) {
        const char *column = line + 3, *end = strchr(column, '|'), *next = strchr(line + 1, '\n');
        for (const char *at = column; at < end;) {
            char *behind;
            long found = strtol(at, &behind, 10);
            if (behind == at) break;
            if (found == number) {
                snprintf(row, size, "%.*s", (int)(next ? next - end : (ptrdiff_t)strlen(end)), end + 1);
                return row;
            }
            at = behind + strspn(behind, ", ");
        }
    }
    return NULL;
}

/* Suites that the row names in backticks are there; how many there are, run-*, gc_stress and stg_random
 * included. */
static int suites_in(const char *row, int number)
{
    int found = 0;
    for (const char *at = strchr(row, '`'); at; at = strchr(at + 1, '`')) {
        char name[80];
        const char *end = strchr(at + 1, '`');
        if (!end) break;
        snprintf(name, sizeof name, "%.*s", (int)(end - at - 1), at + 1);
        at = end;
        if (strncmp(name, "test_", 5) == 0) {
            char *suite = text_of("tests/unit", name, ".c");
            cr_expect(suite, "law %d: there is no %s", number, name);
            free(suite);
        }
        found += strncmp(name, "test_", 5) == 0 || strstr(name, "run-") || strstr(name, "gc_stress") ||
                 strcmp(name, "stg_random") == 0;
    }
    return found;
}

Test(invariants, each_law_names_its_test)
{
    char row[1000], *readme = text_of("tests", "README", ".md");
    cr_assert(readme);
    const char *laws = strstr(readme, "## The laws");
    cr_assert(laws);
    for (int n = 1; n <= invariant_last(); n++) {
        if (invariant_proof(n) != INVARIANT_LAW) continue;
        bool named = law_row(laws, n, row, sizeof row);
        cr_expect(named, "tests/README.md does not say what holds law %d", n);
        if (named) cr_expect(suites_in(row, n) > 0, "law %d: no suite is named", n);
    }
    free(readme);
}

/* ---- Mutants */

Test(invariants, mutants_are_found_by_name)
{
    for (uint32_t i = 1; i < MUTANT_COUNT; i++) cr_expect_eq(mutant_find(mutant_name(i)), i);
    cr_expect_eq(mutant_find("none"), MUTANT_none);
    cr_expect_eq(mutant_find("no_such_mutant"), MUTANT_none);
    cr_expect_null(mutant_name(MUTANT_COUNT));
}
