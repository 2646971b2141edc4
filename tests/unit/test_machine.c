/* The machine, looked at through its observer: what it tells must hold together, and must not change what it
 * does. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "eval/machine.h"

/* ---- A run of a program given as text */

typedef struct Options {
    size_t nursery, stack_initial, stack_chunk, stack_limit, heap_limit;
    bool no_stack_buffer;
    bool no_grace;
    uint32_t stress, sanity;
    bool lazy, no_squeezing, keep_cafs;
    const EvalObserver *observer;
} Options;

typedef struct Outcome {
    RunStatus status;
    int exit_code;
    char out[4096], err[4096];
    uint32_t collections;
    uint64_t allocated, residency; /* words: in all; the most that a major collection found alive */
} Outcome;

static Program *program_of(const char *text)
{
    Program *p = program_new();
    bool good = library_load(p) && stg_parse(p, "test.stg", text, strlen(text)) && stg_check(p);
    if (!good) program_print_diagnoses(p, stderr);
    cr_assert(good);
    return p;
}

static HeapConfig heap_config(const Options *o)
{
    HeapConfig c;
    heap_config_default(&c);
    if (o->nursery) c.nursery_bytes = o->nursery;
    if (o->stack_initial) c.stack_initial = o->stack_initial;
    if (o->stack_chunk) c.stack_chunk = o->stack_chunk;
    if (o->no_stack_buffer) c.stack_buffer = 0;
    if (o->stack_limit) c.stack_limit = o->stack_limit;
    c.heap_limit = o->heap_limit;
    if (o->no_grace) c.grace_bytes = 0;
    c.stress_period = o->stress;
    c.sanity_level = o->sanity;
    c.keep_cafs = o->keep_cafs;
    return c;
}

static void take_text(FILE *from, char *into, size_t size)
{
    rewind(from);
    into[fread(into, 1, size - 1, from)] = 0;
    fclose(from);
}

static Outcome run(const char *text, Options o)
{
    static Outcome none;
    Outcome r = none;
    char error[256] = "";
    HeapConfig config = heap_config(&o);
    Program *p = program_of(text);
    Heap *heap = heap_new(&config);
    FILE *out = tmpfile(), *err = tmpfile();
    MachineConfig mc = {.program_name = "test",
                        .lazy_blackholing = o.lazy,
                        .no_squeezing = o.no_squeezing,
                        .observer = o.observer,
                        .out = out,
                        .err = err};
    Machine *m = machine_new(heap, p, &mc, error, sizeof error);
    cr_assert(m, "%s", error);
    r.status = machine_run(m, "main", &r.exit_code);
    fflush(err);
    HeapTotals totals;
    heap_totals(heap, &totals);
    r.allocated = totals.allocated_words;
    r.residency = totals.max_live_words;
    r.collections = heap->gc_count;
    machine_free(m);
    heap_free(heap);
    program_free(p);
    take_text(out, r.out, sizeof r.out);
    take_text(err, r.err, sizeof r.err);
    return r;
}

static void expect(const char *text, Options o, int exit_code, const char *out)
{
    Outcome r = run(text, o);
    cr_expect_eq(r.exit_code, exit_code, "exit code %d, stderr: %s", r.exit_code, r.err);
    cr_expect_str_eq(r.out, out);
}

/* Every way to run: plain, tiny nursery, a collection at every heap check with all checks on; black holes
 * eager and lazy. */
static void expect_always(const char *text, int exit_code, const char *out)
{
    for (int lazy = 0; lazy < 2; lazy++) {
        expect(text, (Options){.lazy = lazy}, exit_code, out);
        expect(text, (Options){.lazy = lazy, .nursery = 4096, .sanity = 3}, exit_code, out);
        expect(text, (Options){.lazy = lazy, .nursery = 4096, .stress = 1, .sanity = 3}, exit_code, out);
    }
}

/* ---- Rules */

Test(machine, applies_with_exactly_too_few_and_too_many_arguments)
{
    expect_always("three = \\r [a b c] case + a b of d { __DEFAULT -> + d c; };\n"
                  "const2 = \\r [a b] three a b;\n"
                  "apply1 = \\r [f x] f x;\n"
                  "apply3 = \\r [f x y z] f x y z;\n"
                  "main = \\r [s:V]\n"
                  "  let { i = !I# [1#]; } in let { j = !I# [20#]; } in let { k = !I# [300#]; } in\n"
                  "  let { pap = \\u [] apply1 three i; } in\n"
                  "  let { pap2 = \\u [] apply1 pap j; } in\n"
                  "  let { sum = \\u [] apply1 pap2 k; } in\n"
                  "  let { over = \\u [] apply3 const2 i j k; } in\n"
                  "  case printInt sum s of _ { (#_#) _ -> printInt over s; };\n",
                  0, "321\n321\n");
}

/* Words that a program allocates in which a let binds `f` so. It says there. */
static uint64_t allocated_for(const char *f, const char *call)
{
    char text[900];
    snprintf(
        text, sizeof text,
        "data List = None | Some(head, tail)\n"
        "two = \\u [] let { one = !Some [there None]; } in Some! [None one];\n"
        "there = \\u [] unpackCString# \"there\"#;\n"
        "main = \\r [s:V] case two of x { Some y ys -> let { f = %s; } in case %s of z { None -> exit s; "
        "Some h zs -> case zs of _ { None -> putStrLn h s; Some v vs -> putStrLn there s; }; }; };\n"
        "exit = \\r [s:V] (#_#)! [None];\n",
        f, call);
    Outcome r = run(text, (Options){.sanity = 3, .stress = 1});
    cr_expect_str_eq(r.out, "there\n", "%s", f);
    return r.allocated;
}

Test(machine, a_closure_that_names_itself_has_no_word_for_itself)
{
    const char *first = "\\r [n] case n of _ { None -> ys; Some a b -> b; }";
    cr_expect_eq(allocated_for("\\r [n] case n of _ { None -> ys; Some a b -> f b; }", "f x"),
                 allocated_for(first, "f x"), "beside what else it names");
    first = "\\r [n] case n of _ { None -> n; Some a b -> b; }";
    cr_expect_eq(
        allocated_for(
            "\\r [n] case n of _ { None -> n; Some a b -> case b of _ { None -> n; Some c d -> f b; }; }",
            "f x"),
        allocated_for(first, "f x"), "alone");
    cr_expect_eq(allocated_for("\\u [] Some! [ys f]", "f"), allocated_for("\\u [] Some! [ys x]", "f") - 1,
                 "a thunk");
}

/* No tag tells the arity of such a function: what evaluates it has to look. */
/* Words that a program allocates in which a boxed literal is bound and another returned. */
static uint64_t allocated_with(const char *con, const char *literal)
{
    char text[700];
    snprintf(text, sizeof text,
             "data GHC.Types.Int = GHC.Types.I#(I)\ndata GHC.Types.Char = GHC.Types.C#(C)\n"
             "box = \\r [u] GHC.Types.%s! [%s];\n"
             "keep = \\r [x y s:V] putStrLn greeting s;\n"
             "greeting = \\u [] unpackCString# \"there\"#;\n"
             "main = \\r [s:V] let { x = !GHC.Types.%s [%s]; } in case box x of y { GHC.Types.%s n -> keep x "
             "y s; };\n",
             con, literal, con, literal, con);
    Outcome r = run(text, (Options){.sanity = 3});
    cr_expect_str_eq(r.out, "there\n");
    return r.allocated;
}

Test(machine, small_ints_and_chars_are_there_once_for_all)
{
    uint64_t boxed = allocated_with("I#", "1000#");
    cr_expect_eq(allocated_with("I#", "256#"), boxed);
    cr_expect_eq(allocated_with("I#", "255#"), boxed - 4);
    cr_expect_eq(allocated_with("I#", "-16#"), boxed - 4);
    cr_expect_eq(allocated_with("I#", "-17#"), boxed);
    cr_expect_eq(allocated_with("C#", "'\\255'#"), boxed - 4);
    cr_expect_eq(allocated_with("C#", "'\\256'#"), boxed);
}

Test(machine, evaluates_functions_of_more_arguments_than_a_tag_can_say)
{
    static const char text[] =
        "eight = \\r [a b c d e f g h] a;\n"
        "choose = \\r [x] case x of _ { True -> eight; False -> eight; };\n"
        "main = \\r [s:V] let { later = \\u [] choose True; } in case eight of f { __DEFAULT ->\n"
        "  case f of g { __DEFAULT -> case later of h { __DEFAULT -> case %seq# [h s] of _ { (#_#) i ->\n"
        "  let { m = \\u [] g one h i later f g one one; n = \\u [] i one one one one one one one one; } in\n"
        "  case printInt n s of _ { (#_#) _ -> case m of k { __DEFAULT -> printInt k s; }; }; }; }; }; };\n";
    for (uint32_t stress = 0; stress < 2; stress++) {
        Outcome r = run(text, (Options){.stress = stress, .sanity = 3 * stress});
        cr_expect_str_eq(r.out, "1\n1\n");
        cr_expect_eq(r.exit_code, 0);
    }
}

Test(machine, fractions_are_matched_as_numbers)
{
    static const char text[] =
        "f = \\r [d:D] case d of _ { __DEFAULT -> 2#; D0.0 -> 1#; DNaN -> 3#; };\n"
        "g = \\r [d:F] case d of _ { __DEFAULT -> 2#; F-0.0 -> 1#; F1.5 -> 3#; };\n"
        "main = \\r [s:V] case %/## [D0.0 D0.0] of nan { __DEFAULT -> case f D-0.0 of a:I { __DEFAULT ->\n"
        "  case f nan of b:I { __DEFAULT -> case g F0.0 of c:I { __DEFAULT -> case g F1.5 of d:I { __DEFAULT "
        "->\n"
        "  case printInt# a s of _ { (#_#) _ -> case printInt# b s of _ { (#_#) _ ->\n"
        "  case printInt# c s of _ { (#_#) _ -> printInt# d s; }; }; }; }; }; }; }; };\n";
    Outcome r = run(text, (Options){.sanity = 0});
    cr_expect_str_eq(r.out, "1\n2\n1\n3\n");
}

/* Nothing else names them, and the collection comes within the primitive. */
Test(machine, cafs_live_that_a_primitive_is_given)
{
    static const char text[] =
        "a = \\u [] + one one; b = \\u [] + one a; c = \\u [] + one b; d = \\u [] + one c;\n"
        "first = \\r [x:U s:V] case %readArray# [x 0# s] of _ { (#_#) n -> printInt n s; };\n"
        "main = \\r [s:V] case %newArray# [9# a s] of _ { (#_#) x -> case first x s of _ { (#_#) _ ->\n"
        "  case %newArray# [9# b s] of _ { (#_#) x -> case first x s of _ { (#_#) _ ->\n"
        "  case %newArray# [9# c s] of _ { (#_#) x -> case first x s of _ { (#_#) _ ->\n"
        "  case %newArray# [9# d s] of _ { (#_#) x -> first x s; }; }; }; }; }; }; };\n";
    Outcome r = run(text, (Options){.stress = 1});
    cr_expect_str_eq(r.out, "2\n3\n4\n5\n");
    cr_expect_eq(r.exit_code, 0);
}

Test(machine, returns_unboxed_tuples_of_mixed_representations)
{
    expect_always("split = \\r [n:I d:D b] (#,,#)! [b n d];\n"
                  "main = \\r [s:V]\n"
                  "  let { seven = !I# [7#]; } in\n"
                  "  case split 5# D2.5 seven of _ %multi 3 { (#,,#) b n:I d:D ->\n"
                  "  case %double2Int# [d] of t { __DEFAULT -> case %+# [n t] of u { __DEFAULT ->\n"
                  "  let { x = !I# [u]; } in let { y = \\u [] + x b; } in printInt y s; }; }; };\n",
                  0, "14\n");
}

Test(machine, jumps_to_recursive_let_no_escape_blocks)
{
    expect_always("count = \\r [n:I]\n"
                  "  let-no-escape { loop = \\r [i:I acc:I]\n"
                  "    case %>=# [i n] of _ { 1# -> I#! [acc]; __DEFAULT ->\n"
                  "      case %+# [acc i] of a { __DEFAULT -> case %+# [i 1#] of k { __DEFAULT -> loop k a; "
                  "}; }; }; } in loop 0# 0#;\n"
                  "main = \\r [s:V] let { x = \\u [] count 1000#; } in printInt x s;\n",
                  0, "499500\n");
}

/* While slow collects, what only `sum` reads, to which `rest` jumps, is live. */
Test(machine, a_block_that_jumps_to_another_keeps_what_that_reads)
{
    expect_always("slow = \\r [a s:V] case performGC s of _ { (#_#) _ -> (#_#)! [a]; };\n"
                  "f = \\r [a b s:V]\n"
                  "  let { c = \\u [] + a b; } in\n"
                  "  let-no-escape { sum = \\r [x] case + x c of y { __DEFAULT -> (#_#)! [y]; }; } in\n"
                  "  let-no-escape { rest = \\r [x] case x of _ { I# i -> case i of _ { 0# -> (#_#)! [x]; "
                  "__DEFAULT -> sum x; }; }; } in\n"
                  "  case slow a s of _ { (#_#) z -> rest z; };\n"
                  "main = \\r [s:V] let { a = !I# [1#]; b = !I# [2#]; } in\n"
                  "  case f a b s of _ { (#_#) x -> printInt x s; };\n",
                  0, "4\n");
}

Test(machine, a_thunk_that_needs_itself_is_a_loop)
{
    static const char text[] =
        "main = \\r [s:V] let { one = !I# [1#]; } in let { x = \\u [] + x one; } in printInt x s;\n";
    expect_always(text, 1, "");
    Outcome r = run(text, (Options){0});
    cr_expect_str_eq(r.err, "test: <<loop>>\n");
}

Test(machine, a_thunk_that_raised_raises_again)
{
    expect_always("main = \\r [s:V]\n"
                  "  let { bad = \\u [] %raise# [divZeroException]; } in\n"
                  "  let { force = \\r [t:V] case bad of _ { __DEFAULT -> (#_#)! [()]; }; } in\n"
                  "  let { caught = \\r [e t:V] let { n = !I# [1#]; } in printInt n t; } in\n"
                  "  case %catch# [force caught s] of _ { (#_#) _ -> %catch# [force caught s]; };\n",
                  0, "1\n1\n");
}

Test(machine, division_by_zero_is_an_exception)
{
    Outcome r = run("main = \\r [s:V] case %quotInt# [1# 0#] of q { __DEFAULT -> let { x = !I# [q]; } in "
                    "printInt x s; };\n",
                    (Options){0});
    cr_expect_eq(r.exit_code, 1);
    cr_expect_str_eq(r.err, "test: divide by zero\n");
}

Test(machine, the_least_int_divided_by_minus_one_does_not_trap)
{
    expect("main = \\r [s:V] case %quotRemInt# [-9223372036854775808# -1#] of _ %multi 2 { (#,#) q:I r:I ->\n"
           "  let { x = !I# [q]; } in let { y = !I# [r]; } in case printInt x s of _ { (#_#) _ -> printInt y "
           "s; }; };\n",
           (Options){0}, 0, "-9223372036854775808\n0\n");
}

/* ---- Limits */

static const char fibs[] =
    "fibs = \\u [] let { more = \\u [] let { rest = \\u [] tail fibs; } in zipWith + fibs rest; } in\n"
    "  let { one = !I# [1#]; } in let { second = !: [one more]; } in :! [one second];\n"
    "main = \\r [s:V] let { n = !I# [60#]; } in let { x = \\u [] !! fibs n; } in printInt x s;\n";

static const char deep[] =
    "sum = \\r [n:I] case n of m:I { 0# -> 0#; __DEFAULT -> case %-# [m 1#] of k { __DEFAULT ->\n"
    "  case sum k of r:I { __DEFAULT -> %+# [m r]; }; }; };\n"
    "main = \\r [s:V] case sum 100000# of r:I { __DEFAULT -> let { x = !I# [r]; } in printInt x s; };\n";

Test(machine, the_stack_grows_in_chunks_up_to_its_limit)
{
    expect(deep, (Options){0}, 0, "5000050000\n");
    expect(deep, (Options){.nursery = 4096, .stress = 500, .sanity = 3}, 0, "5000050000\n");
    Outcome r = run(deep, (Options){.stack_limit = 256 * 1024});
    cr_expect_eq(r.exit_code, 2);
    cr_expect(strstr(r.err, "Stack space overflow: current size "), "%s", r.err);
}

Test(machine, the_smallest_stack_limit_leaves_room_for_the_handler)
{
    for (size_t limit = 1; limit <= 1 << 16; limit *= 4) {
        Outcome r = run(deep, (Options){.stack_limit = limit});
        cr_expect_eq(r.exit_code, 2, "limit %zu: %d", limit, r.exit_code);
        expect(fibs, (Options){.stack_limit = limit}, 0, "2504730781961\n");
    }
}

Test(machine, main_has_to_be_an_action)
{
    static const struct {
        const char *text, *complaint;
    } wrong[] = {{"other = \\r [s:V] (##)! [];\n", "the program has no `main`"},
                 {"main = !I# [1#];\n", "`main` is no action"},
                 {"main = \\r [x s:V] (##)! [];\n", "`main` is no action"},
                 {"main = \\r [x] x;\n", "`main` is no action"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Program *p = program_of(wrong[i].text);
        cr_expect_not(stg_check_main(p, "main"));
        cr_assert_eq(p->diagnosis_count, 1);
        cr_expect(strstr(p->diagnoses[0].text, wrong[i].complaint), "%s", p->diagnoses[0].text);
        program_free(p);
    }
    Program *p = program_of("main = \\u [] f;\nf = \\r [s:V] (##)! [];\n");
    cr_expect(stg_check_main(p, "main"));
    program_free(p);
}

static const char endless[] =
    "from = \\r [n:I] case %+# [n 1#] of m { __DEFAULT -> let { x = !I# [n]; } in let { r = \\u [] from m; } "
    "in :! [x r]; };\n"
    "twice = \\r [k:I s:V] let { naturals = \\u [] from k; } in case length naturals of n { __DEFAULT -> "
    "case "
    "length naturals of m { __DEFAULT -> printInt m s; }; };\n"
    "tried = \\r [k:I s:V] let { act = \\r [t:V] twice k t; } in case try act s of _ { (#_#) outcome -> case "
    "outcome of _ { Left e -> printWith showException e s; Right _ -> printInt zero s; }; };\n";

static Outcome run_endless(const char *main, Options o)
{
    char text[2048];
    snprintf(text, sizeof text, "%s%s", endless, main);
    o.heap_limit = 16 << 20;
    o.nursery = 64 << 10;
    return run(text, o);
}

Test(machine, the_heap_limit_ends_the_run)
{
    Outcome r = run_endless("main = \\r [s:V] twice 0# s;\n", (Options){.no_grace = true});
    cr_expect_eq(r.status, RUN_HEAP_EXHAUSTED);
    cr_expect_eq(r.exit_code, 251);
    r = run_endless("main = \\r [s:V] twice 0# s;\n", (Options){0});
    cr_expect_eq(r.status, RUN_OK, "the outermost handler has reported it");
    cr_expect_eq(r.exit_code, 251);
    cr_expect(strstr(r.err, "Heap exhausted;"), "%s", r.err);
}

/* GHC makes an array of nothing of some of them. */
Test(machine, negative_sizes_are_a_heap_overflow)
{
    static const char *const arrays[] = {"%newByteArray# [n t]", "%newPinnedByteArray# [n t]",
                                         "%newArray# [n zero t]", "%newSmallArray# [n zero t]",
                                         "%newAlignedPinnedByteArray# [n 16# t]"};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "make = \\r [n:I t:V] case %s of _ { (#_#) a -> (#_#)! [()]; };\n"
                 "main = \\r [s:V] let { act = \\r [t:V] make -1# t; } in case try act s of _ { (#_#) "
                 "outcome -> case "
                 "outcome of _ { Left e -> printWith showException e s; Right _ -> printInt zero s; }; };\n",
                 arrays[i]);
        Outcome r = run(text, (Options){0});
        cr_expect_str_eq(r.out, "heap overflow\n", "%s: %s", arrays[i], r.out);
    }
}

Test(machine, who_passes_the_heap_limit_may_catch_it_and_go_on)
{
    static const EvalObserver nothing = {0};
    for (int careful = 0; careful <= 1; careful++) {
        Outcome r =
            run_endless("main = \\r [s:V] case tried 0# s of _ { (#_#) _ -> case tried 1# s of _ { (#_#) _ "
                        "-> tried 2# s; }; };\n",
                        (Options){.observer = careful ? &nothing : NULL});
        cr_expect_eq(r.status, RUN_OK);
        cr_expect_eq(r.exit_code, 0);
        cr_expect_str_eq(r.out, "heap overflow\nheap overflow\nheap overflow\n");
    }
}

/* ---- Squeezing (56) */

/* A chain of n thunks, each of which ends in the next: n adjacent update frames. The last one allocates. */
static const char chain[] = "link = \\r [n:I] case n of _ { 0# -> bottom; __DEFAULT -> case %-# [n 1#] of m "
                            "{ __DEFAULT -> let { next = "
                            "\\u [] link m; } in next; }; };\n"
                            "bottom = \\u [] case enumFromTo one hundred of xs { __DEFAULT -> sum xs; };\n"
                            "hundred = !I# [100#];\n"
                            "main = \\r [s:V] let { first = \\u [] link 20000#; } in case printInt first s "
                            "of _ { (#_#) _ -> printInt "
                            "first s; };\n";

Test(machine, squeezing_makes_a_chain_of_thunks_run_in_constant_space)
{
    Options o = {.lazy = true, .nursery = 4096, .stack_limit = 100000};
    Outcome r = run(chain, o);
    cr_expect_str_eq(r.out, "5050\n5050\n", "%s%s", r.out, r.err);
    o.sanity = 3;
    r = run(chain, o);
    cr_expect_str_eq(r.out, "5050\n5050\n", "%s%s", r.out, r.err);
    o.no_squeezing = true;
    r = run(chain, o);
    cr_expect_eq(r.exit_code, 2, "without it, the stack overflows");
}

Test(machine, squeezing_keeps_the_meaning)
{
    for (uint32_t n = 1; n <= 40; n++) {
        char text[1024];
        snprintf(
            text, sizeof text,
            "link = \\r [n:I] case n of _ { 0# -> bottom; __DEFAULT -> case %%-# [n 1#] of m { __DEFAULT -> "
            "let { "
            "next = \\u [] link m; } in case %%remInt# [n 5#] of _ { 0# -> case next of _ { I# x -> case "
            "%%+# [x "
            "n] of y { __DEFAULT -> I#! [y]; }; }; __DEFAULT -> next; }; }; };\n"
            "bottom = \\u [] case enumFromTo one ten of xs { __DEFAULT -> sum xs; };\n"
            "ten = !I# [10#];\n"
            "main = \\r [s:V] let { first = \\u [] link %u#; } in case printInt first s of _ { (#_#) _ -> "
            "printInt first s; };\n",
            n);
        /* a pause squeezes what has been pushed since the last one: nothing to speak of, or a run of frames
         */
        Options o = {.lazy = true, .nursery = 4096, .stress = n % 2 ? 1 : 9, .sanity = 3};
        Outcome squeezed = run(text, o);
        o.no_squeezing = true;
        Outcome plain = run(text, o);
        cr_expect_str_eq(squeezed.out, plain.out);
        cr_expect_eq(squeezed.exit_code, plain.exit_code);
    }
}

static void hear_update_at_pause(void *context, const Closure *updatee, Ref value)
{
    (void)updatee;
    if (ref_closure(value)->info->kind == KIND_BLACKHOLE) ++*(int *)context;
}

/* k adjacent frames leave one, and k - 1 indirections to a thunk under evaluation. */
Test(machine, squeezing_k_frames_makes_k_minus_1_indirections)
{
    for (int k = 7; k <= 20; k++) { /* fewer gain too little here */
        char text[1024];
        snprintf(text, sizeof text,
                 "link = \\r [n:I] case n of _ { 0# -> case performGC realWorld# of _ { (#_#) _ -> one; }; "
                 "__DEFAULT -> "
                 "case %%-# [n 1#] of m { __DEFAULT -> let { next = \\u [] link m; } in next; }; };\n"
                 "main = \\r [s:V] let { first = \\u [] link %d#; } in printInt first s;\n",
                 k - 1);
        int indirections = 0;
        EvalObserver observer = {.context = &indirections, .updated = hear_update_at_pause};
        Outcome r = run(text, (Options){.stack_initial = 65536, .lazy = true, .observer = &observer});
        cr_expect_str_eq(r.out, "1\n");
        cr_expect_eq(indirections, k - 1, "%d adjacent frames: %d", k, indirections);
    }
}

/* Runs of frames with a frame of a case between them: each run becomes one frame, whose value the case makes
 * another one of. `link n` is a run's end where n is a multiple of 16. */
Test(machine, squeezing_stops_at_a_case)
{
    for (int k = 32; k <= 100; k++) { /* fewer gain too little */
        char text[1024], expected[16];
        int cases = k / 16;
        snprintf(text, sizeof text,
                 "link = \\r [n:I] case n of _ { 0# -> case performGC realWorld# of _ { (#_#) _ -> one; }; "
                 "__DEFAULT -> case %%-# [n 1#] of m { __DEFAULT -> let { next = \\u [] link m; } in "
                 "case %%remInt# [n 16#] of _ { 0# -> case next of _ { I# x -> case %%+# [x 1#] of y { "
                 "__DEFAULT -> I#! [y]; }; }; __DEFAULT -> next; }; }; };\n"
                 "main = \\r [s:V] let { first = \\u [] link %d#; } in printInt first s;\n",
                 k);
        snprintf(expected, sizeof expected, "%d\n", cases + 1);
        int indirections = 0;
        EvalObserver observer = {.context = &indirections, .updated = hear_update_at_pause};
        Outcome r =
            run(text, (Options){.stack_initial = 65536, .lazy = true, .observer = &observer, .sanity = 3});
        cr_assert_str_eq(r.out, expected, "%d frames: %s%s", k + 1, r.out, r.err);
        cr_assert_eq(indirections, k - cases, "%d frames in %d runs: %d", k + 1, cases + 1, indirections);
    }
}

/* ---- What the observer hears */

typedef struct Heard {
    const InfoTable *frames[200000];
    size_t depth, deepest, pushes;
    size_t allocated_words, checked_words, thunks_entered, updates, blackholed, steps;
    bool broken;
} Heard;

static void hear_pushed(void *context, const Word *frame)
{
    Heard *h = context;
    h->frames[h->depth++] = (const InfoTable *)frame[0];
    if (h->depth > h->deepest) h->deepest = h->depth;
    h->pushes++;
}

static void hear_popped(void *context, const Word *frame)
{
    Heard *h = context;
    if (h->depth == 0 || h->frames[--h->depth]->kind != ((const InfoTable *)frame[0])->kind) h->broken = true;
}

static void hear_allocated(void *context, const Word *from, const Word *to, const StepSite *site)
{
    Heard *h = context;
    (void)site;
    h->allocated_words += (size_t)(to - from);
    while (from < to) from += closure_size((const Closure *)from);
    if (from != to) h->broken = true;
}

static void hear_checked(void *context, size_t words) { ((Heard *)context)->checked_words += words; }
static void hear_blackholed(void *context, const Closure *c, bool eager)
{
    (void)c;
    (void)eager;
    ((Heard *)context)->blackholed++;
}

static void hear_updated(void *context, const Closure *c, Ref value)
{
    Heard *h = context;
    if (c->info->kind != KIND_IND || ((const Word *)c)[IND_TARGET] != value) h->broken = true;
    h->updates++;
}

static void hear_step(void *context, const Step *step)
{
    Heard *h = context;
    h->steps++;
    h->thunks_entered += step->rule == RULE_ENTER_THUNK;
}

static EvalObserver hearing(Heard *h, bool steps)
{
    return (EvalObserver){.context = h,
                          .pushed = hear_pushed,
                          .popped = hear_popped,
                          .allocated = hear_allocated,
                          .checked = hear_checked,
                          .blackholed = hear_blackholed,
                          .updated = hear_updated,
                          .step = hear_step,
                          .steps = steps};
}

static void hear_waiting(void *context, const Word *frame)
{
    const InfoTable *info = (const InfoTable *)frame[0];
    if (info->kind != KIND_CASE_FRAME || !info->about) return;
    ++*(int *)context;
    cr_expect(!strchr(info->reps, '-'), "`%s` waits with words that are not in use: %s", info->name,
              info->reps);
}

Test(machine, a_frame_that_waits_keeps_what_is_read_behind_it)
{
    int waiting = 0;
    EvalObserver observer = {.context = &waiting, .pushed = hear_waiting};
    run(fibs, (Options){.observer = &observer});
    cr_expect_gt(waiting, 100);
}

/* Frames of one word each, `depth` of them; then twenty more, pushed and popped 100 times. */
static uint64_t allocated_at_the_edge(int depth, bool no_buffer)
{
    char text[1024];
    snprintf(
        text, sizeof text,
        "zero = !I# [0#];\n"
        "down = \\r [n:I] case n of _ { 0# -> edge 100#; __DEFAULT -> case %%-# [n 1#] of k { __DEFAULT -> "
        "case down k of _ { I# x -> case %%+# [x 1#] of y { __DEFAULT -> I#! [y]; }; }; }; };\n"
        "edge = \\r [m:I] case m of _ { 0# -> zero; __DEFAULT -> case bounce 20# of _ { __DEFAULT -> "
        "case %%-# [m 1#] of k { __DEFAULT -> edge k; }; }; };\n"
        "bounce = \\r [n:I] case n of _ { 0# -> zero; __DEFAULT -> case %%-# [n 1#] of k { __DEFAULT -> "
        "case bounce k of _ { __DEFAULT -> zero; }; }; };\n"
        "main = \\r [s:V] let { r = \\u [] down %d#; } in printInt r s;\n",
        depth);
    Outcome r = run(text, (Options){.stack_chunk = 4096, .no_stack_buffer = no_buffer});
    cr_expect_eq(r.exit_code, 0);
    return r.allocated;
}

Test(machine, the_youngest_frames_go_along_into_a_new_chunk)
{
    uint64_t most[2] = {0, 0};
    for (int depth = 300; depth < 800; depth += 10)
        for (int no_buffer = 0; no_buffer < 2; no_buffer++) {
            uint64_t allocated = allocated_at_the_edge(depth, no_buffer);
            if (allocated > most[no_buffer]) most[no_buffer] = allocated;
        }
    cr_expect_lt(most[0], 20 * 512, "it made %llu words", (unsigned long long)most[0]);
    cr_expect_gt(most[1], 100 * 512, "without, a chunk for each of the hundred");
}

Test(machine, what_is_told_holds_together)
{
    for (int lazy = 0; lazy < 2; lazy++) {
        Heard *h = calloc(1, sizeof *h);
        EvalObserver observer = hearing(h, true);
        Outcome r = run(fibs, (Options){.observer = &observer, .nursery = 4096, .lazy = lazy});
        cr_expect_str_eq(r.out, "2504730781961\n");
        cr_expect_not(
            h->broken,
            "frames are popped in order, objects tile what was allocated, updates leave indirections");
        cr_expect_eq(h->depth, 1, "only the STOP frame is left, not %zu", h->depth);
        cr_expect_gt(h->pushes, 100);
        cr_expect_leq(h->allocated_words, h->checked_words);
        cr_expect_geq(h->updates, h->thunks_entered, "every thunk that was entered was updated, CAFs too");
        if (!lazy) cr_expect_eq(h->blackholed, h->thunks_entered);
        free(h);
    }
}

static const char sums[] =
    "main = \\r [s:V] let { a = !I# [1#]; } in let { b = !I# [2000#]; } in\n"
    "  let { xs = \\u [] enumFromTo a b; } in let { x = \\u [] sum xs; } in printInt x s;\n";

/* Invariant 90: watching changes neither what is computed nor where collections fall. */
Test(machine, watching_changes_nothing)
{
    Options o = {.nursery = 4096, .lazy = false};
    Outcome alone = run(sums, o);
    for (int steps = 0; steps < 2; steps++) {
        Heard *h = calloc(1, sizeof *h);
        EvalObserver observer = hearing(h, steps);
        o.observer = &observer;
        Outcome watched = run(sums, o);
        cr_expect_str_eq(watched.out, alone.out);
        cr_expect_eq(watched.collections, alone.collections);
        cr_expect_eq(watched.allocated, alone.allocated);
        cr_expect_eq(h->steps > 0, steps);
        free(h);
    }
    cr_expect_gt(alone.collections, 2);
}

static bool stop_at_once(void *context)
{
    (void)context;
    return false;
}

Test(machine, a_safe_point_can_end_the_run)
{
    EvalObserver observer = {.safe_point = stop_at_once, .steps = true};
    Outcome r = run(fibs, (Options){.observer = &observer});
    cr_expect_eq(r.status, RUN_STOPPED);
    cr_expect_str_eq(r.out, "");
}

/* ---- Code as text */

/* ---- Finalizers: see Note [Finalizers] in eval/finalizers.c */

#define FINALIZED                                                                                            \
    "dying = \\r [action s:V] case newIORef () s of _ { (#_#) key ->\n"                                      \
    "  case mkWeakIORef key action s of _ { (#_#) _ -> (#_#)! [()]; }; };\n"                                 \
    "said = \\r [s:V] putLiteralLn \"finalizer\"# s;\n"                                                      \
    "collecting = \\r [n] case performMajorGC void# of _ { (#_#) _ -> n; };\n"

Test(machine, finalizers_that_are_due_run_at_the_end)
{
    expect(FINALIZED "main = \\r [s:V] case dying said s of _ { (#_#) _ ->\n"
                     "  let { n = \\u [] collecting one; } in printInt n s; };\n",
           (Options){0}, 0, "1\nfinalizer\n");
}

Test(machine, keys_that_live_at_the_end_are_not_finalized)
{
    expect(FINALIZED "main = \\r [s:V] case dying said s of _ { (#_#) _ -> printInt one s; };\n",
           (Options){0}, 0, "1\n");
}

Test(machine, nothing_runs_behind_an_exit)
{
    expect(FINALIZED "main = \\r [s:V] case dying said s of _ { (#_#) _ ->\n"
                     "  let { n = \\u [] collecting exitSuccess; } in\n"
                     "  case n of code { __DEFAULT -> exitWith code s; }; };\n",
           (Options){0}, 0, "");
}

/* Each one makes another key: those of the end are the last, and a heap check that each time finds one due is
 * passed all the same. */
Test(machine, finalizers_that_make_keys_come_to_an_end)
{
    static const char text[] = FINALIZED "again = \\r [s:V] case said s of _ { (#_#) _ ->\n"
                                         "  case dying again s of _ { (#_#) _ -> performMajorGC s; }; };\n"
                                         "main = \\r [s:V] case dying again s of _ { (#_#) _ ->\n"
                                         "  let { n = \\u [] collecting one; } in printInt n s; };\n";
    expect(text, (Options){0}, 0, "1\nfinalizer\n");
    Outcome r = run(text, (Options){.nursery = 4096, .stress = 1, .sanity = 3});
    cr_expect_eq(r.exit_code, 0);
    cr_expect(strstr(r.out, "finalizer\n1\nfinalizer\n"), "%s", r.out);
}

/* ---- CAFs: see Note [CAFs and code] in gc/srt.c */

#define TABLE(n)                                                                                             \
    "table = \\u [] let { n = !I# [" n "#]; } in enumFromTo one n;\n"                                        \
    "add = \\r [acc xs] case acc of a { __DEFAULT -> case xs of _ { [] -> a;\n"                              \
    "  : x rest -> case + a x of b { __DEFAULT -> add b rest; }; }; };\n"                                    \
    "main = \\r [s:V]\n"                                                                                     \
    "  let { total = \\u [] add zero table; } in case printInt total s of _ { (#_#) _ ->\n"

#define COUNT "  let { count = \\u [] length table; } in printInt count s; };\n"

/* A list that is a CAF is consumed as it is made, unless code that is still to run names it. */
Test(machine, a_caf_lives_as_long_as_code_names_it)
{
    static const char once[] = TABLE("100000") "  printInt one s; };\n", twice[] = TABLE("100000") COUNT,
                      few[] = TABLE("100") COUNT;
    Outcome freed = run(once, (Options){.nursery = 65536}), held = run(twice, (Options){.nursery = 65536}),
            kept = run(once, (Options){.nursery = 65536, .keep_cafs = true});
    cr_expect_str_eq(freed.out, "5000050000\n1\n");
    cr_expect_str_eq(held.out, "5000050000\n100000\n");
    cr_expect_lt(freed.residency, 10000, "%zu words", (size_t)freed.residency);
    cr_expect_gt(held.residency, 200000, "%zu words", (size_t)held.residency);
    cr_expect_gt(kept.residency, 200000, "%zu words", (size_t)kept.residency);
    expect_always(few, 0, "5050\n100\n");
}

Test(machine, disassembles_the_program_whole)
{
    char error[256], line[512];
    Options o = {0};
    HeapConfig config = heap_config(&o);
    Program *p = program_of(fibs);
    Heap *heap = heap_new(&config);
    Machine *m = machine_new(heap, p, &(MachineConfig){.program_name = "test", .out = stdout, .err = stderr},
                             error, sizeof error);
    FILE *out = tmpfile();
    machine_disassemble(m, out);
    rewind(out);
    size_t lines = 0, found = 0;
    while (fgets(line, sizeof line, out)) {
        lines++;
        found += strcmp(line, "fibs (CAF):\n") == 0;
        if (line[0] == ' ') cr_assert(strpbrk(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "%s", line);
    }
    cr_expect_eq(found, 1);
    cr_expect_gt(lines, 100);
    fclose(out);
    machine_free(m);
    heap_free(heap);
    program_free(p);
}

Test(machine, says_which_name_the_runtime_misses)
{
    char error[256] = "";
    Options o = {0};
    HeapConfig config = heap_config(&o);
    Program *p = program_new();
    static const char text[] = "main = \\r [s:V] (##)! [];\n";
    cr_assert(stg_parse(p, "bare.stg", text, strlen(text)) && stg_check(p));
    Heap *heap = heap_new(&config);
    Machine *m = machine_new(heap, p, &(MachineConfig){.program_name = "test", .out = stdout, .err = stderr},
                             error, sizeof error);
    cr_expect_null(m);
    cr_expect(strstr(error, "nonTermination"), "%s", error);
    heap_free(heap);
    program_free(p);
}
