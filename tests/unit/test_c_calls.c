/* Calls of C: what is refused when a program is loaded, and what the observer hears of them. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "eval/machine.h"

typedef struct World {
    Heap *heap;
    Program *program;
    Machine *machine;
    char error[256];
} World;

static World world_of(const char *text, const EvalObserver *observer)
{
    World w = {.program = program_new()};
    bool good = library_load(w.program) && stg_parse(w.program, "test.stg", text, strlen(text)) &&
                stg_check(w.program);
    if (!good) program_print_diagnoses(w.program, stderr);
    cr_assert(good);
    HeapConfig config;
    heap_config_default(&config);
    w.heap = heap_new(&config);
    MachineConfig machine = {.program_name = "test", .observer = observer, .out = stdout, .err = stderr};
    w.machine = machine_new(w.heap, w.program, &machine, w.error, sizeof w.error);
    return w;
}

static void world_free(World *w)
{
    machine_free(w->machine);
    heap_free(w->heap);
    program_free(w->program);
}

/* ---- What is refused */

static void refuses(const char *call, const char *first, const char *second)
{
    char text[500];
    snprintf(text, sizeof text, "caller = \\r [s:V] %s;\nmain = \\r [s:V] caller s;\n", call);
    World w = world_of(text, NULL);
    cr_expect_null(w.machine, "%s", call);
    cr_expect(strstr(w.error, first) && strstr(w.error, second), "%s", w.error);
    world_free(&w);
}

Test(c_calls, unknown_functions_are_named_with_their_caller)
{
    refuses("case %ccall no_such_function (I V) -> I [1# s] of _ { (#_#) x -> (#_#)! [()]; }",
            "%ccall no_such_function", "caller");
    refuses("case %primcall stg_no_such_functionzh [1#] of x:I { __DEFAULT -> (#_#)! [()]; }",
            "%primcall stg_no_such_functionzh", "caller");
}

/* Functions that need the machine are no addresses. */
Test(c_calls, unknown_labels_are_named_with_their_user)
{
    refuses("case __label no_such_function of a:A { __DEFAULT -> (#_#)! [()]; }", "__label no_such_function",
            "caller");
    refuses("case __label getProgArgv of a:A { __DEFAULT -> (#_#)! [()]; }", "__label getProgArgv", "caller");
}

Test(c_calls, several_results_are_refused)
{
    refuses("case %ccall div (I I V) -> II [7# 2# s] of _ { (#,#) q r -> (#_#)! [()]; }", "several results",
            "");
}

/* ---- What the observer hears: a byte array's words as they have been told */

enum { MOST_WRITES = 64 };

typedef struct Heard {
    struct {
        const Closure *array;
        uint32_t slot;
        Word old, now;
    } writes[MOST_WRITES];
    int count;
} Heard;

static void hear_write(void *context, const Closure *c, uint32_t slot, Word old, Word now)
{
    Heard *h = context;
    if (c->info->kind != KIND_ARR_WORDS || h->count == MOST_WRITES) return;
    cr_expect_neq(old, now, "only words that change are told");
    cr_expect_eq(((const Word *)c)[slot], now);
    h->writes[h->count].array = c;
    h->writes[h->count].slot = slot;
    h->writes[h->count].old = old;
    h->writes[h->count++].now = now;
}

static Heard writes_of(const char *text)
{
    Heard heard = {0};
    EvalObserver observer = {.context = &heard, .wrote = hear_write};
    int code;
    World w = world_of(text, &observer);
    cr_assert(w.machine, "%s", w.error);
    cr_expect_eq(machine_run(w.machine, "main", &code), RUN_OK);
    world_free(&w);
    return heard;
}

Test(c_calls, writes_to_an_array_that_is_given_are_told)
{
    Heard h =
        writes_of("main = \\r [s:V] case %newByteArray# [32# s] of _ { (#_#) a ->\n"
                  "  case %ccall memset (U I W V) -> A [a 1# 12## s] of _ { (#_#) b -> (#_#)! [()]; }; };\n");
    cr_assert_eq(h.count, 2);
    for (uint32_t i = 0; i < 2; i++) {
        cr_expect_eq(h.writes[i].slot, BYTES_PAYLOAD + i);
        cr_expect_eq(h.writes[i].old, 0);
        cr_expect_eq(h.writes[i].now, i ? 0x01010101 : 0x0101010101010101);
    }
}

Test(c_calls, writes_behind_an_address_are_told)
{
    Heard h = writes_of(
        "main = \\r [s:V] case %newPinnedByteArray# [32# s] of _ { (#_#) a ->\n"
        "  case %byteArrayContents# [a] of at { __DEFAULT -> case %plusAddr# [at 8#] of b { __DEFAULT ->\n"
        "  case %ccall memset (A I W V) -> A [b 255# 8## s] of _ { (#_#) c ->\n"
        "  case %touch# [a s] of _ { __DEFAULT -> (#_#)! [()]; }; }; }; }; };\n");
    cr_assert_eq(h.count, 1);
    cr_expect_eq(h.writes[0].slot, BYTES_PAYLOAD + 1);
    cr_expect_eq(h.writes[0].now, ~(Word)0);
}

/* strsep(&text, ","): the array that is given holds the address of the one with the text, and both change. */
Test(c_calls, writes_behind_an_address_in_an_array_are_told)
{
    Heard h =
        writes_of("main = \\r [s:V] case %newPinnedByteArray# [8# s] of _ { (#_#) text ->\n"
                  "  case %newPinnedByteArray# [8# s] of _ { (#_#) place ->\n"
                  "  case %byteArrayContents# [text] of t { __DEFAULT ->\n"
                  "  case %byteArrayContents# [place] of p { __DEFAULT ->\n"
                  "  case %ccall strcpy (A A V) -> A [t \"ab,cd\"# s] of _ { (#_#) x ->\n"
                  "  case %writeAddrArray# [place 0# t s] of _ { __DEFAULT ->\n"
                  "  case %ccall strsep (A A V) -> A [p \",\"# s] of _ { (#_#) y ->\n"
                  "  case %touch# [text s] of _ { __DEFAULT -> case %touch# [place s] of _ { __DEFAULT ->\n"
                  "  (#_#)! [()]; }; }; }; }; }; }; }; }; };\n");
    cr_assert_eq(h.count, 4);
    cr_expect_eq(h.writes[2].array, h.writes[1].array, "the place: it leads behind the comma");
    cr_expect_eq(h.writes[2].now - h.writes[2].old, 3);
    cr_expect_eq(h.writes[3].array, h.writes[0].array, "the text: the comma has become an end");
    cr_expect_eq(h.writes[3].old ^ h.writes[3].now, (Word)',' << 16);
}
