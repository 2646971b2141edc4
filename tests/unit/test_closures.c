/* closures/: the table of kinds, the registry, sizes, the pointer walk against hand-made objects, printing.
 */
#include "closures/closure.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define WORLD_WORDS 256

/* Words that stand for heap memory; w[i] = 1000 + i marks what nobody has written. */
typedef struct World {
    InfoRegistry *infos;
    _Alignas(16) Word w[WORLD_WORDS];
} World;

static World *world_new(void)
{
    World *world = aligned_alloc(64, (sizeof(World) + 63) & ~(size_t)63);
    world->infos = info_registry_new();
    for (Word i = 0; i < WORLD_WORDS; i++) world->w[i] = 1000 + i;
    return world;
}

static void world_free(World *world)
{
    info_registry_free(world->infos);
    free(world);
}

static Closure *object(World *world, size_t at, const InfoTable *info)
{
    world->w[at] = (Word)info;
    return (Closure *)&world->w[at];
}

static InfoTable *payload_info(World *world, Kind kind, uint32_t ptrs, uint32_t nptrs)
{
    InfoTable *info = info_new(world->infos, kind);
    info->ptrs = ptrs;
    info->nptrs = nptrs;
    return info;
}

typedef struct Visits {
    World *world;
    size_t offsets[WORLD_WORDS], count;
} Visits;

static void note(void *context, Ref *slot)
{
    Visits *v = context;
    v->offsets[v->count++] = (size_t)(slot - v->world->w);
}

/* Asserts that the walk visits exactly these words, in this order; the list ends with 0. */
static void expect_pointers(World *world, Closure *c, const size_t *expected)
{
    Visits v = {.world = world};
    closure_each_pointer(c, note, &v);
    size_t n = 0;
    for (; expected[n]; n++) {
        cr_assert_lt(n, v.count, "pointer at word %zu was not visited", expected[n]);
        cr_assert_eq(v.offsets[n], expected[n], "visit %zu: word %zu, not %zu", n, v.offsets[n], expected[n]);
    }
    cr_assert_eq(v.count, n, "%zu visits, not %zu", v.count, n);
}
#define EXPECT_POINTERS(world, c, ...) expect_pointers(world, c, (const size_t[]){__VA_ARGS__, 0})
#define EXPECT_NO_POINTERS(world, c)   expect_pointers(world, c, (const size_t[]){0})

Test(closures, every_kind_is_found_by_its_name)
{
    for (int k = 0; k < KIND_COUNT; k++) cr_assert_eq(kind_find(kinds[k].name), (Kind)k);
    cr_assert_eq(kind_find("NO_SUCH_KIND"), KIND_COUNT);
}

Test(closures, fixed_layouts_fit_their_words)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        if (kinds[k].layout != LAYOUT_FIXED && kinds[k].layout != LAYOUT_WEAK) continue;
        cr_assert_leq(kinds[k].first + kinds[k].pointers, kinds[k].words, "%s", kinds[k].name);
        cr_assert_geq(kinds[k].words, 2, "%s", kinds[k].name);
    }
}

Test(registry, ids_are_dense_and_addresses_stable)
{
    InfoRegistry *r = info_registry_new();
    cr_assert_eq(info_count(r), STD_COUNT);
    InfoTable *tables[1000];
    for (uint32_t i = 0; i < 1000; i++) tables[i] = info_new(r, KIND_CON);
    for (uint32_t i = 0; i < 1000; i++) {
        cr_assert_eq(tables[i]->id, STD_COUNT + i);
        cr_assert_eq(info_by_id(r, STD_COUNT + i), tables[i]);
        cr_assert_eq((Word)tables[i] % 16, 0);
    }
    info_registry_free(r);
}

Test(registry, knows_its_tables_and_nothing_else)
{
    InfoRegistry *r = info_registry_new();
    for (uint32_t i = 0; i < 600; i++) info_new(r, KIND_THUNK);
    for (uint32_t i = 0; i < info_count(r); i++) {
        Word table = (Word)info_by_id(r, i);
        cr_assert(info_is_known(r, table));
        cr_assert_not(info_is_known(r, table + 1));
        cr_assert_not(info_is_known(r, table + 8));
    }
    InfoTable *last = info_by_id(r, info_count(r) - 1);
    cr_assert_not(info_is_known(r, (Word)(last + 1)), "a table that was never handed out");
    cr_assert_not(info_is_known(r, 0));
    cr_assert_not(info_is_known(r, 8));
    cr_assert_not(info_is_known(r, ~(Word)0));
    info_registry_free(r);
}

Test(registry, strings_live_as_long)
{
    InfoRegistry *r = info_registry_new();
    char *first = info_registry_string(r, "Main.fibs");
    char *big = info_registry_alloc(r, 100000);
    for (int i = 0; i < 100000; i++) cr_assert_eq(big[i], 0);
    for (int i = 0; i < 5000; i++) info_registry_string(r, "GHC.Types.I#");
    cr_assert_str_eq(first, "Main.fibs");
    info_registry_free(r);
}

Test(walk, payloads)
{
    World *w = world_new();
    Closure *con = object(w, 10, payload_info(w, KIND_CON, 2, 1));
    cr_assert_eq(closure_size(con), 4);
    EXPECT_POINTERS(w, con, 11, 12);
    Closure *thunk = object(w, 20, payload_info(w, KIND_THUNK, 1, 3));
    cr_assert_eq(closure_size(thunk), 6);
    EXPECT_POINTERS(w, thunk, 22);
    Closure *fun = object(w, 30, payload_info(w, KIND_FUN, 0, 2));
    cr_assert_eq(closure_size(fun), 3);
    EXPECT_NO_POINTERS(w, fun);
    world_free(w);
}

Test(walk, fixed_kinds)
{
    World *w = world_new();
    Closure *ind = object(w, 10, info_std(w->infos, STD_IND));
    cr_assert_eq(closure_size(ind), 2);
    EXPECT_POINTERS(w, ind, 11);
    Closure *selector = object(w, 20, payload_info(w, KIND_THUNK_SELECTOR, 0, 0));
    cr_assert_eq(closure_size(selector), 3);
    EXPECT_POINTERS(w, selector, 22);
    Closure *tso = object(w, 30, info_std(w->infos, STD_TSO));
    w->w[30 + TSO_LINK] = 0;
    cr_assert_eq(closure_size(tso), 8);
    EXPECT_POINTERS(w, tso, 30 + TSO_STACK, 30 + TSO_BLOCKED);
    Closure *mvar = object(w, 40, info_std(w->infos, STD_MVAR_CLEAN));
    w->w[41] = w->w[42] = 0;
    EXPECT_POINTERS(w, mvar, 43);
    world_free(w);
}

Test(walk, applications_ask_their_function)
{
    World *w = world_new();
    InfoTable *info = payload_info(w, KIND_FUN, 0, 1);
    info->con_tag = 4;
    info->arg_words = 3;
    info->bitmap.inline_bits = 5; /* pointer, word, pointer */
    Closure *fun = object(w, 10, info);

    Closure *pap = object(w, 20, info_std(w->infos, STD_PAP));
    w->w[20 + PAP_COUNTS] = pap_counts(1, 3);
    w->w[20 + PAP_FUN] = ref_make(fun, 4);
    cr_assert_eq(closure_size(pap), 6);
    cr_assert_eq(pap_arity(pap), 1);
    cr_assert_eq(pap_n_args(pap), 3);
    EXPECT_POINTERS(w, pap, 22, 23, 25);

    Closure *ap = object(w, 40, info_std(w->infos, STD_AP));
    w->w[40 + AP_COUNTS] = pap_counts(0, 2);
    w->w[40 + AP_FUN] = ref_make(fun, 4);
    cr_assert_eq(closure_size(ap), 6);
    EXPECT_POINTERS(w, ap, 43, 44);
    world_free(w);
}

Test(walk, arrays_and_bytes)
{
    World *w = world_new();
    Closure *array = object(w, 10, info_std(w->infos, STD_MUT_ARR_PTRS_DIRTY));
    w->w[10 + ARRAY_PTRS] = 3;
    w->w[10 + ARRAY_SIZE] = 3 + card_table_words(3);
    cr_assert_eq(card_table_words(3), 1);
    cr_assert_eq(card_table_words(1024), 1);
    cr_assert_eq(card_table_words(1025), 2);
    cr_assert_eq(closure_size(array), 7);
    EXPECT_POINTERS(w, array, 13, 14, 15);
    Closure *small = object(w, 30, info_std(w->infos, STD_SMALL_MUT_ARR_PTRS_FROZEN));
    w->w[30 + SMALL_PTRS] = 2;
    cr_assert_eq(closure_size(small), 4);
    EXPECT_POINTERS(w, small, 32, 33);
    Closure *bytes = object(w, 40, info_std(w->infos, STD_ARR_WORDS));
    w->w[40 + BYTES_COUNT] = 17;
    cr_assert_eq(closure_size(bytes), 5);
    EXPECT_NO_POINTERS(w, bytes);
    world_free(w);
}

/* Case frame of three words (pointer, word, pointer), apply frame, update frame, stop frame: from word `at`.
 */
static size_t frames(World *w, size_t at)
{
    InfoTable *info = info_new(w->infos, KIND_CASE_FRAME);
    info->ptrs = 3;
    info->words = 4;
    info->bitmap.inline_bits = 5;
    w->w[at] = (Word)info;
    w->w[at + 4] = (Word)info_std(w->infos, STD_APPLY_FRAME);
    w->w[at + 5] = apply_shape(2, 3, 2);
    w->w[at + 8] = (Word)info_std(w->infos, STD_UPDATE_FRAME);
    w->w[at + 10] = (Word)info_std(w->infos, STD_STOP_FRAME);
    return at + 11;
}

static bool count_frame(void *context, Word *frame)
{
    (void)frame;
    return ++*(int *)context < 3;
}

Test(walk, stacks)
{
    World *w = world_new();
    Closure *stack = object(w, 10, info_std(w->infos, STD_STACK));
    size_t end = frames(w, 20);
    w->w[10 + STACK_WORDS] = end - 10 - STACK_AREA;
    w->w[10 + STACK_SP] = (Word)&w->w[20];
    cr_assert_eq(closure_size(stack), end - 10);
    EXPECT_POINTERS(w, stack, 21, 23, 27, 29);
    int seen = 0;
    stack_each_frame(&w->w[20], &w->w[end], count_frame, &seen);
    cr_assert_eq(seen, 3, "false stops the walk");

    Closure *suspended = object(w, 100, info_std(w->infos, STD_AP_STACK));
    size_t suspended_end = frames(w, 104);
    w->w[100 + AP_STACK_SIZE] = suspended_end - 104;
    cr_assert_eq(closure_size(suspended), suspended_end - 100);
    EXPECT_POINTERS(w, suspended, 103, 105, 107, 111, 113);
    world_free(w);
}

Test(walk, large_bitmaps)
{
    World *w = world_new();
    InfoTable *info = info_new(w->infos, KIND_CASE_FRAME);
    uint64_t *bits = info_registry_alloc(w->infos, 2 * sizeof *bits);
    bits[0] = 1;
    bits[1] = 1u << 5;
    info->ptrs = 70;
    info->bitmap.large = bits;
    w->w[20] = (Word)info;
    cr_assert_eq(frame_size(&w->w[20]), 71);
    Visits v = {.world = w};
    frame_each_pointer(&w->w[20], note, &v);
    cr_assert_eq(v.count, 2);
    cr_assert_eq(v.offsets[0], 21);
    cr_assert_eq(v.offsets[1], 21 + 69);
    world_free(w);
}

Test(walk, fillers_fill_any_size)
{
    World *w = world_new();
    for (size_t words = 1; words < 20; words++) {
        filler_write(w->infos, &w->w[10], words);
        cr_assert_eq(closure_size((Closure *)&w->w[10]), words);
        EXPECT_NO_POINTERS(w, (Closure *)&w->w[10]);
    }
    world_free(w);
}

static void expect_word(Word word, char rep, const char *expected)
{
    char text[64];
    word_print(word, rep, text, sizeof text);
    cr_assert_str_eq(text, expected);
}

Test(print, words)
{
    double d = 1.5;
    Word bits;
    memcpy(&bits, &d, sizeof bits);
    expect_word(5, 'I', "5#");
    expect_word((Word)-5, 'I', "-5#");
    expect_word(5, 'W', "5##");
    expect_word('c', 'C', "'c'#");
    expect_word(bits, 'D', "1.5##");
    expect_word(0, '-', "-");
}

Test(print, an_object_in_one_line)
{
    World *w = world_new();
    InfoTable *info = payload_info(w, KIND_THUNK, 0, 2);
    info->name = "Main.go";
    info->reps = "IC";
    info->fields = "n _";
    Closure *thunk = object(w, 10, info);
    w->w[12] = 5;
    w->w[13] = 'x';
    char text[128];
    int length = closure_print(thunk, text, sizeof text);
    cr_assert_str_eq(text, "THUNK Main.go 4 words: n=5# 'x'#");
    cr_assert_eq((size_t)length, strlen(text));
    char cut[10];
    cr_assert_eq(closure_print(thunk, cut, sizeof cut), length, "asks for what it wanted");
    cr_assert_str_eq(cut, "THUNK Mai");
    const char *name;
    cr_assert(closure_word_name(thunk, 2, &name) == 1 && *name == 'n');
    for (size_t word = 0; word < 6; word++)
        if (word != 2) cr_assert_eq(closure_word_name(thunk, word, &name), 0, "word %zu", word);
    world_free(w);
}
