/* See coverage.h. */
#include "tests/random/coverage.h"

#include <stdio.h>
#include <string.h>

static const char *const opcode_names[] = {
#define OPCODE(name, operands) #name,
#include "eval/opcodes.def"
#undef OPCODE
};
enum { OPCODES = sizeof opcode_names / sizeof *opcode_names };
_Static_assert((int)OPCODES <= (int)MOST_OPCODES, "the table has room for all instructions");

static const char *const construct_sentences[] = {
#define CONSTRUCT(name, sentence) sentence,
#include "tests/random/constructs.def"
#undef CONSTRUCT
};

static void count_opcode(uint64_t opcodes[MOST_OPCODES], const char *name, size_t length)
{
    for (int i = 0; i < OPCODES; i++)
        if (strlen(opcode_names[i]) == length && memcmp(opcode_names[i], name, length) == 0) opcodes[i]++;
}

/* A line of an instruction: blanks, its place, two blanks, its name. */
void coverage_add_listing(uint64_t opcodes[MOST_OPCODES], const char *listing)
{
    for (const char *line = listing; line && *line; line = strchr(line, '\n'), line += line != NULL) {
        const char *at = line + strspn(line, " ");
        if (at == line) continue;
        at += strspn(at, "0123456789");
        at += strspn(at, " ");
        count_opcode(opcodes, at, strcspn(at, " \n"));
    }
}

/* What is in no compiled program: entries of the runtime's own objects and frames, and what checks and steps
 * need.
 */
static bool is_runtime_own(const char *name)
{
    return strncmp(name, "ENTER_", 6) == 0 || strcmp(name, "STEP") == 0 || strcmp(name, "SITE") == 0 ||
           strcmp(name, "EXPECT") == 0 || strcmp(name, "IMPOSSIBLE") == 0 ||
           (strncmp(name, "RETURN_", 7) == 0 && strcmp(name, "RETURN_CON") != 0 &&
            strcmp(name, "RETURN_MULTI") != 0);
}

void coverage_print(const Coverage *c, const uint64_t opcodes[MOST_OPCODES])
{
    for (int i = 0; i < CONSTRUCT_COUNT; i++)
        printf("%12llu  %s\n", (unsigned long long)c->constructs[i], construct_sentences[i]);
    printf("primitives that no program has run:");
    for (int i = 0; i < PRIM_COUNT; i++)
        if (!c->primitives[i] && !primop_refusal(&primops[i])) printf(" %s", primops[i].name);
    printf("\ninstructions that are in no program:");
    for (int i = 0; i < OPCODES; i++)
        if (!opcodes[i] && !is_runtime_own(opcode_names[i])) printf(" %s", opcode_names[i]);
    putchar('\n');
}
