#include "gc/invariants.h"

#include <string.h>

#include "gc/inject.h"
#include "gc/mutants.h"

enum { MOST_NUMBERS = 8 };

typedef struct InvariantRow {
    InvariantProof proof;
    const char *sentence;
} InvariantRow;

static const InvariantRow rows[] = {
#define INVARIANT(number, proof, sentence, ...) [number] = {INVARIANT_##proof, sentence},
#include "gc/invariants.def"
#undef INVARIANT
};

static const int fired_by_mutants[][MOST_NUMBERS] = {
#define MUTANT(name, sentence, run, ...) {__VA_ARGS__},
#include "gc/mutants.def"
#undef MUTANT
};

static const InvariantTest tests[] = {
#define HELD(number, test, name) {number, test, name},
#include "gc/laws.def"
#undef HELD
};

static const char *const proof_names[INVARIANT_PROOFS] = {"none", "state", "transition",
                                                          "law",  "waits", "struck"};

int invariant_last(void) { return (int)(sizeof rows / sizeof rows[0]) - 1; }
InvariantProof invariant_proof(int number) { return rows[number].proof; }
const char *invariant_sentence(int number) { return rows[number].sentence; }

size_t invariant_injections(int number)
{
    size_t count = 0;
    for (size_t i = 0; i < inject_rows(); i++) count += inject_row_number(i) == number;
    return count;
}

static bool fires(const int *numbers, int number)
{
    for (int i = 0; i < MOST_NUMBERS && numbers[i]; i++)
        if (numbers[i] == number) return true;
    return false;
}

size_t invariant_mutants(int number)
{
    size_t count = 0;
    for (size_t i = 0; i < MUTANT_COUNT - 1; i++) count += fires(fired_by_mutants[i], number);
    return count;
}

static void help_mutants(FILE *out, int number)
{
    const char *comma = "";
    if (invariant_mutants(number) == 0) return;
    fputs("  mutants:", out);
    for (uint32_t i = 0; i < MUTANT_COUNT - 1; i++)
        if (fires(fired_by_mutants[i], number)) {
            fprintf(out, "%s %s", comma, mutant_name(i + 1));
            comma = ",";
        }
}

const InvariantTest *invariant_test(size_t row)
{
    return row < sizeof tests / sizeof *tests ? &tests[row] : NULL;
}

/* Rows of one suite stand together. */
static void help_tests(FILE *out, int number)
{
    const char *suite = "";
    const InvariantTest *test;
    fprintf(out, "             %s", rows[number].proof == INVARIANT_LAW ? "held by" : "also held by");
    for (size_t i = 0; (test = invariant_test(i)); i++) {
        if (test->number != number) continue;
        bool goes_on = strcmp(suite, test->test) == 0;
        fprintf(out, "%s %s%s%s",
                !*suite   ? ""
                : goes_on ? ","
                          : ";",
                goes_on ? "" : test->test, goes_on || !*test->name ? "" : ": ", test->name);
        suite = test->test;
    }
    fputc('\n', out);
}

static bool has_test(int number)
{
    const InvariantTest *test;
    for (size_t i = 0; (test = invariant_test(i)); i++)
        if (test->number == number) return true;
    return false;
}

static void help_fired(FILE *out, int number)
{
    size_t injections = invariant_injections(number);
    fputs("             fired by", out);
    if (injections) fprintf(out, "  injections: %zu (--inject=%d)", injections, number);
    help_mutants(out, number);
    fputc('\n', out);
}

static void help_row(FILE *out, int number)
{
    const InvariantRow *row = &rows[number];
    fprintf(out, "%2d %-10s %s\n", number, proof_names[row->proof], row->sentence);
    if (row->proof == INVARIANT_STATE || row->proof == INVARIANT_TRANSITION) help_fired(out, number);
    if (has_test(number)) help_tests(out, number);
}

void invariants_help(FILE *out)
{
    int counts[INVARIANT_PROOFS] = {0};
    for (int number = 1; number <= invariant_last(); number++) {
        if (rows[number].proof == INVARIANT_NONE) continue;
        counts[rows[number].proof]++;
        help_row(out, number);
    }
    int checked = counts[INVARIANT_STATE] + counts[INVARIANT_TRANSITION], laws = counts[INVARIANT_LAW];
    fprintf(out,
            "%d of %d are proved: %d by the checker (%d state, %d transition), %d laws by tests; %d wait for "
            "their features, %d mean nothing here\n",
            checked + laws, checked + laws + counts[INVARIANT_WAITS], checked, counts[INVARIANT_STATE],
            counts[INVARIANT_TRANSITION], laws, counts[INVARIANT_WAITS], counts[INVARIANT_STRUCK]);
}
