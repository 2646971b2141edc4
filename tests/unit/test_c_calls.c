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

/* The checker, with the place. */
static void does_not_know(const char *call, const char *what)
{
    char text[500];
    snprintf(text, sizeof text, "caller = \\r [s:V] %s;\nmain = \\r [s:V] caller s;\n", call);
    Program *p = program_new();
    cr_assert(library_load(p) && stg_parse(p, "test.stg", text, strlen(text)));
    cr_expect_not(stg_check(p), "%s", call);
    cr_assert_eq(p->diagnosis_count, 1);
    cr_expect(strstr(p->diagnoses[0].text, what), "%s", p->diagnoses[0].text);
    cr_expect_eq(p->diagnoses[0].span.column, 24);
    program_free(p);
}

Test(c_calls, unknown_functions_are_said_with_their_place)
{
    does_not_know("case %ccall no_such_function (I V) -> I [1# s] of _ { (#_#) x -> (#_#)! [()]; }",
                  "unknown C function `no_such_function`");
    does_not_know("case %primcall stg_no_such_functionzh [1#] of x:I { __DEFAULT -> (#_#)! [()]; }",
                  "unknown function of the runtime `stg_no_such_functionzh`");
}

/* Functions that need the machine are no addresses. */
Test(c_calls, unknown_labels_are_said_with_their_place)
{
    does_not_know("case __label no_such_function of a:A { __DEFAULT -> (#_#)! [()]; }",
                  "unknown address `no_such_function`");
    does_not_know("case __label getProgArgv of a:A { __DEFAULT -> (#_#)! [()]; }",
                  "unknown address `getProgArgv`");
}

Test(c_calls, several_results_are_refused)
{
    refuses("case %ccall div (I I V) -> II [7# 2# s] of _ { (#,#) q r -> (#_#)! [()]; }", "several results",
            "");
}

/* ---- What the observer hears: which words of byte arrays C has written, results, what is read elsewhere */

enum { MOST = 64 };

typedef struct Heard {
    struct {
        const Closure *array;
        uint32_t slot;
        Word now;
    } words[MOST];
    struct {
        char from[16];
        Word value, address;
        bool is_of_process;
    } values[MOST];
    int count, value_count, writes;
} Heard;

static void hear_input(void *context, const EvalInput *in)
{
    Heard *h = context;
    for (size_t i = 0; in->array && i < in->count && h->count < MOST; i++, h->count++) {
        h->words[h->count].array = in->array;
        h->words[h->count].slot = in->slot + (uint32_t)i;
        h->words[h->count].now = in->words[i];
        cr_expect_eq(((const Word *)in->array)[in->slot + i], in->words[i]);
    }
    if (in->array || !in->has_value || h->value_count == MOST) return;
    snprintf(h->values[h->value_count].from, sizeof h->values->from, "%s", in->from);
    h->values[h->value_count].value = in->value;
    h->values[h->value_count].address = in->address;
    h->values[h->value_count++].is_of_process = in->is_of_process;
}

static void hear_write(void *context, const Closure *c, uint32_t slot, Word old, Word now)
{
    (void)slot, (void)old, (void)now;
    ((Heard *)context)->writes += c->info->kind == KIND_ARR_WORDS;
}

static Heard heard_of(const char *text)
{
    Heard heard = {0};
    EvalObserver observer = {.context = &heard, .wrote = hear_write, .input = hear_input};
    int code;
    World w = world_of(text, &observer);
    cr_assert(w.machine, "%s", w.error);
    cr_expect_eq(machine_run(w.machine, "main", &code), RUN_OK);
    world_free(&w);
    return heard;
}

/* The value that came from there, the k-th. */
static int value_from(const Heard *h, const char *from, int k)
{
    for (int i = 0; i < h->value_count; i++)
        if (strcmp(h->values[i].from, from) == 0 && k-- == 0) return i;
    cr_assert(false, "nothing came from %s", from);
    return -1;
}

Test(c_calls, writes_to_an_array_that_is_given_are_told)
{
    Heard h =
        heard_of("main = \\r [s:V] case %newByteArray# [32# s] of _ { (#_#) a ->\n"
                 "  case %ccall memset (U I W V) -> A [a 1# 12## s] of _ { (#_#) b -> (#_#)! [()]; }; };\n");
    cr_assert_eq(h.count, 2);
    for (uint32_t i = 0; i < 2; i++) {
        cr_expect_eq(h.words[i].slot, BYTES_PAYLOAD + i);
        cr_expect_eq(h.words[i].now, i ? 0x01010101 : 0x0101010101010101);
    }
}

Test(c_calls, writes_behind_an_address_are_told)
{
    Heard h = heard_of(
        "main = \\r [s:V] case %newPinnedByteArray# [32# s] of _ { (#_#) a ->\n"
        "  case %byteArrayContents# [a] of at { __DEFAULT -> case %plusAddr# [at 8#] of b { __DEFAULT ->\n"
        "  case %ccall memset (A I W V) -> A [b 255# 8## s] of _ { (#_#) c ->\n"
        "  case %touch# [a s] of _ { __DEFAULT -> (#_#)! [()]; }; }; }; }; };\n");
    cr_assert_eq(h.count, 1);
    cr_expect_eq(h.writes, 0);
    cr_expect_eq(h.words[0].slot, BYTES_PAYLOAD + 1);
    cr_expect_eq(h.words[0].now, ~(Word)0);
}

/* strsep(&text, ","): the array that is given holds the address of the one with the text, and both change. */
Test(c_calls, writes_behind_an_address_in_an_array_are_told)
{
    Heard h =
        heard_of("main = \\r [s:V] case %newPinnedByteArray# [8# s] of _ { (#_#) text ->\n"
                 "  case %newPinnedByteArray# [8# s] of _ { (#_#) place ->\n"
                 "  case %byteArrayContents# [text] of t { __DEFAULT ->\n"
                 "  case %byteArrayContents# [place] of p { __DEFAULT ->\n"
                 "  case %ccall strcpy (A A V) -> A [t \"ab,cd\"# s] of _ { (#_#) x ->\n"
                 "  case %writeAddrArray# [place 0# t s] of _ { __DEFAULT ->\n"
                 "  case %ccall strsep (A A V) -> A [p \",\"# s] of _ { (#_#) y ->\n"
                 "  case %touch# [text s] of _ { __DEFAULT -> case %touch# [place s] of _ { __DEFAULT ->\n"
                 "  (#_#)! [()]; }; }; }; }; }; }; }; }; };\n");
    cr_assert_eq(h.count, 3);
    cr_expect_eq(h.writes, 1, "the program's own: of the place");
    cr_expect_eq(h.words[2].array, h.words[0].array);
    cr_expect_neq(h.words[1].array, h.words[0].array, "the place: it leads behind the comma");
    cr_expect_eq(h.words[1].now, h.values[value_from(&h, "strcpy", 0)].value + 3);
    cr_expect_eq(h.words[2].now ^ h.words[0].now, (Word)',' << 16, "the text: the comma has become an end");
}

Test(c_calls, results_are_told)
{
    Heard h = heard_of(
        "main = \\r [s:V] case %ccall toupper (I V) -> I [97# s] of _ { (#_#) c ->\n"
        "  case %ccall srand (W V) -> [7## s] of _ { __DEFAULT ->\n"
        "  case %ccall strchr (A I V) -> A [\"abc\"# 98# s] of _ { (#_#) at -> (#_#)! [()]; }; }; };\n");
    int upper = value_from(&h, "toupper", 0), at = value_from(&h, "strchr", 0);
    cr_expect(h.values[upper].value == 'A' && !h.values[upper].is_of_process);
    cr_expect_not(h.values[at].is_of_process, "the literal stands in the heap");
}

/* The command line comes first. */
Test(c_calls, arguments_are_told)
{
    Heard h = heard_of("main = \\r [s:V] (#_#)! [()];\n");
    cr_assert_geq(h.value_count, 1);
    int name = value_from(&h, "argument", 0);
    cr_expect_eq(name, 0);
    cr_expect(h.values[name].value == 0 && h.values[name].address);
}

/* malloc's memory is not the heap's, a string literal is. */
Test(c_calls, what_is_read_elsewhere_is_told)
{
    Heard h =
        heard_of("main = \\r [s:V] case %ccall calloc (W W V) -> A [2## 8## s] of _ { (#_#) a ->\n"
                 "  case %writeIntOffAddr# [a 1# 4711# s] of _ { __DEFAULT ->\n"
                 "  case %readIntOffAddr# [a 1# s] of _ { (#_#) n ->\n"
                 "  case %indexCharOffAddr# [\"abc\"# 0#] of c:C { __DEFAULT ->\n"
                 "  case %newByteArray# [16# s] of _ { (#_#) b ->\n"
                 "  case %copyAddrToByteArray# [a b 0# 16# s] of _ { __DEFAULT ->\n"
                 "  case %ccall free (A V) -> [a s] of _ { __DEFAULT -> (#_#)! [()]; }; }; }; }; }; }; };\n");
    int given = value_from(&h, "calloc", 0), read = value_from(&h, "memory", 0);
    cr_expect_eq(h.values[read].value, 4711);
    cr_expect_eq(h.values[read].address, h.values[given].value + 8);
    for (int i = 0, reads = 0; i < h.value_count; i++) {
        reads += strcmp(h.values[i].from, "memory") == 0;
        cr_expect_leq(reads, 1, "the literal's is the heap's");
    }
    cr_assert_eq(h.count, 1, "what is copied from there");
    cr_expect(h.words[0].now == 4711 && h.words[0].slot == BYTES_PAYLOAD + 1 && h.writes == 0);
}
