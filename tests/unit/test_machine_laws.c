/* The machine and the collector together: what a program says does not depend on when and how memory is
 * collected (81), and an exception leaves nothing under evaluation (85). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "eval/machine.h"

typedef struct Way {
    size_t nursery, chunk;
    uint32_t generations, ageing, stress, sanity;
    bool lazy, no_squeezing, no_selectors;
} Way;

typedef struct Said {
    char out[2048];
    int exit_code;
    uint32_t collections;
} Said;

static HeapConfig heap_config(const Way *way)
{
    HeapConfig c;
    heap_config_default(&c);
    if (way->nursery) c.nursery_bytes = way->nursery;
    if (way->chunk) c.stack_chunk = c.stack_initial = way->chunk;
    if (way->generations) c.generations = way->generations;
    c.minimum_old_bytes = (size_t)64 << 10;
    c.ageing = way->ageing;
    c.stress_period = way->stress;
    c.sanity_level = way->sanity;
    c.sanity_period = way->stress == 1 ? 7 : 1;
    c.selectors = !way->no_selectors;
    c.clock = false;
    return c;
}

static Said say(const char *text, Way way)
{
    Said said = {.exit_code = -1};
    char error[256] = "";
    HeapConfig config = heap_config(&way);
    Program *p = program_new();
    cr_assert(library_load(p) && stg_parse(p, "law.stg", text, strlen(text)) && stg_check(p));
    Heap *heap = heap_new(&config);
    FILE *out = tmpfile();
    MachineConfig mc = {.program_name = "law",
                        .lazy_blackholing = way.lazy,
                        .no_squeezing = way.no_squeezing,
                        .out = out,
                        .err = out};
    Machine *m = machine_new(heap, p, &mc, error, sizeof error);
    cr_assert(m, "%s", error);
    machine_run(m, "main", &said.exit_code);
    said.collections = heap->gc_count;
    machine_free(m);
    heap_free(heap);
    program_free(p);
    rewind(out);
    said.out[fread(said.out, 1, sizeof said.out - 1, out)] = 0;
    fclose(out);
    return said;
}

/* Thunks that add to what the next one gives; the last one does what `bottom` says. */
#define TOWER                                                                                                \
    "tower = \\r [n:I] case n of _ { 0# -> bottom; __DEFAULT -> case %-# [n 1#] of m { __DEFAULT ->\n"       \
    "  let { next = \\u [] tower m; } in case %remInt# [n 3#] of _ { 0# -> next; __DEFAULT ->\n"             \
    "  case next of _ { I# x -> case %+# [x n] of y { __DEFAULT -> I#! [y]; }; }; }; }; };\n"

#define CATCHING                                                                                             \
    "attempt = \\r [t s:V]\n"                                                                                \
    "  let { force = \\r [u:V] case t of _ { __DEFAULT -> printInt t u; }; } in\n"                           \
    "  let { caught = \\r [e u:V] case performGC u of _ { (#_#) _ -> let { n = !I# [77#]; } in printInt n "  \
    "u; }; } in\n"                                                                                           \
    "  %catch# [force caught s];\n"

static const char *const programs[] = {
    /* lists, shared and not */
    "main = \\r [s:V] let { k = !I# [300#]; one = !I# [1#]; } in let { xs = \\u [] enumFromTo one k; } in\n"
    "  let { a = \\u [] sum xs; } in case printInt a s of _ { (#_#) _ -> let { b = \\u [] length xs; } in "
    "printInt b s; };\n",
    /* a knot, and selectors */
    "fibs = \\u [] let { more = \\u [] let { rest = \\u [] tail fibs; } in zipWith + fibs rest; } in\n"
    "  let { one = !I# [1#]; } in let { second = !: [one more]; } in :! [one second];\n"
    "main = \\r [s:V] let { n = !I# [60#]; } in let { x = \\u [] !! fibs n; } in printInt x s;\n",
    /* a tower of update frames, some of them adjacent */
    (TOWER
     "bottom = \\u [] let { k = !I# [50#]; one = !I# [1#]; } in case enumFromTo one k of xs { __DEFAULT "
     "-> sum xs; };\n"
     "main = \\r [s:V] let { first = \\u [] tower 150#; } in case printInt first s of _ { (#_#) _ -> "
     "printInt first s; };\n"),
    /* the same, and its last one raises; it is caught, and raises again */
    (TOWER CATCHING
     "bottom = \\u [] %raise# [divZeroException];\n"
     "main = \\r [s:V] let { first = \\u [] tower 150#; } in case attempt first s of _ { (#_#) "
     "_ -> attempt first s; };\n"),
    /* uncaught */
    (TOWER "bottom = \\u [] %raise# [divZeroException];\n"
           "main = \\r [s:V] let { first = \\u [] tower 60#; } in printInt first s;\n"),
    /* what needs itself */
    "main = \\r [s:V] let { loop = \\u [] case loop of _ { I# x -> case %+# [x 1#] of y { __DEFAULT -> I#! "
    "[y]; }; }; } in printInt loop s;\n",
};

enum { PROGRAMS = sizeof programs / sizeof *programs };

/* Every value of every knob, and many of their pairs. */
static Way way_number(uint32_t i)
{
    static const size_t nurseries[] = {4096, 8192, 65536, 0};
    static const uint32_t periods[] = {0, 1, 2, 13, 101};
    return (Way){.nursery = nurseries[i % 4],
                 .chunk = i / 2 % 3 == 0 ? 1024 : 0,
                 .generations = 1 + i / 3 % 4,
                 .ageing = i / 5 % 2,
                 .stress = periods[i % 5],
                 .sanity = i % 7 == 0 ? 3 : 0,
                 .lazy = i % 2,
                 .no_squeezing = i / 2 % 2,
                 .no_selectors = i / 4 % 3 == 0};
}

/* Each of a hundred thunks counts that it is evaluated; all are asked for twice. */
Test(laws, thunks_82_are_evaluated_once)
{
    static const char text[] =
        "zero = !I# [0#]; hundred = !I# [100#];\n"
        "evaluated = \\u [] case newIORef zero void# of _ { (#_#) ref -> ref; };\n"
        "next = \\r [x]\n"
        "  case readIORef evaluated void# of _ { (#_#) n -> case + n one of more { __DEFAULT ->\n"
        "  case writeIORef evaluated more void# of _ { (#_#) _ -> + x one; }; }; };\n"
        "thunks = \\r [xs] case xs of _ { [] -> []; : x rest ->\n"
        "  let { thunk = \\u [] next x; more = \\u [] thunks rest; } in :! [thunk more]; };\n"
        "main = \\r [s:V] let { numbers = \\u [] enumFromTo one hundred; } in\n"
        "  let { xs = \\u [] thunks numbers; } in let { first = \\u [] sum xs; again = \\u [] sum xs; } in\n"
        "  case printInt first s of _ { (#_#) _ -> case printInt again s of _ { (#_#) _ ->\n"
        "  case readIORef evaluated s of _ { (#_#) n -> printInt n s; }; }; };\n";
    Said plain = say(text, (Way){.ageing = 1, .lazy = true});
    cr_assert_str_eq(plain.out, "5150\n5150\n100\n");
    for (uint32_t i = 0; i < 24; i++) {
        Said said = say(text, way_number(i));
        cr_assert_str_eq(said.out, plain.out, "way %u: %s", i, said.out);
    }
}

Test(laws, results_81_do_not_depend_on_when_and_how_memory_is_collected)
{
    for (uint32_t k = 0; k < PROGRAMS; k++) {
        Said plain = say(programs[k], (Way){.ageing = 1});
        uint32_t collections = 0;
        cr_assert_gt(strlen(plain.out), 0);
        for (uint32_t i = 0; i < 24; i++) {
            /* an evaluation that demands itself is found at a pause only, if black holes are lazy */
            Said other = say(programs[k], way_number(i));
            cr_expect_str_eq(other.out, plain.out, "program %u, way %u: %s", k, i, other.out);
            cr_expect_eq(other.exit_code, plain.exit_code, "program %u, way %u", k, i);
            collections += other.collections;
        }
        cr_expect_gt(collections, 24);
    }
}

/* Hundreds of chunks, left one after the other; what was under evaluation in them raises, and nothing is a
 * black hole afterwards (47 at sanity level 3). */
Test(laws, exceptions_85_leave_no_black_holes_in_any_chunk)
{
    static const char text[] = TOWER CATCHING
        "bottom = \\u [] %raise# [divZeroException];\n"
        "main = \\r [s:V] let { first = \\u [] tower 3000#; } in case attempt first s of _ { (#_#) _ ->\n"
        "  case performGC s of _ { (#_#) _ -> attempt first s; }; };\n";
    for (uint32_t i = 0; i < 8; i++) {
        Way way = {.nursery = i & 1 ? 4096 : 65536,
                   .chunk = 1024,
                   .generations = 2,
                   .ageing = 1,
                   .sanity = 3,
                   .stress = i & 1 ? 97 : 0,
                   .lazy = i & 2,
                   .no_squeezing = i & 4};
        Said said = say(text, way);
        cr_expect_str_eq(said.out, "77\n77\n", "way %u: %s", i, said.out);
        cr_expect_eq(said.exit_code, 0);
        cr_expect_geq(said.collections, 3);
    }
}
