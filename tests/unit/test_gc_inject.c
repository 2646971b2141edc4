/* gc/inject*.c and gc/sanity*.c: every state invariant can fire. Each way of gc/injections.def breaks a
 * healthy heap; the checker must report its number first, others only if implied, and nothing once the heap
 * has been mended. Both gaits of the checker, the swift and the exact, take part: the exact one runs only
 * when the swift one has found something. */
#include "gc/heap_state.h"
#include "gc/stable.h"
#include "gc_mutator.h"

#include <stdio.h>

/* ---- What implies what */

#define MOST_IMPLIED 12
static const int implied[][MOST_IMPLIED] = {
#define INVARIANT(number, proof, sentence, ...) [number] = {__VA_ARGS__},
#include "gc/invariants.def"
#undef INVARIANT
};
#define STATE      1
#define TRANSITION 0
#define LAW        0
#define WAITS      0
#define STRUCK     0
static const int is_state[] = {
#define INVARIANT(number, proof, sentence, ...) [number] = proof,
#include "gc/invariants.def"
#undef INVARIANT
};
enum { INVARIANTS = sizeof is_state / sizeof is_state[0] };

static bool implies(int cause, int effect, int depth)
{
    if (cause == effect) return true;
    for (int i = 0; depth > 0 && i < MOST_IMPLIED && implied[cause][i]; i++)
        if (implies(implied[cause][i], effect, depth - 1)) return true;
    return false;
}

/* ---- Worlds: a random mutator's heap, with room for every way */

static Mutator *world_new(uint64_t seed)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 32768;
    config.minimum_old_bytes = 65536;
    config.poison = true;
    Mutator *m = mutator_new(&config, seed);
    mutator_run(m, 3000);
    for (int i = 0; i < 40; i++) enter_caf(m);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    mutator_run(m, 300 + seed % 500);
    heap_state(m->heap)->nursery.current->free = m->heap->hp;
    mutator_pause_for_good(m);
    return m;
}

static void name_some(Mutator *m)
{
    Word *words = take(m, STABLE_NAME_WORDS);
    cr_assert(words && heap_stable_ptr_new(m->heap, m->roots[0]));
    if (heap_stable_name_find(m->heap, m->roots[1]))
        filler_write(m->heap->infos, words, STABLE_NAME_WORDS);
    else
        cr_assert(heap_stable_name_add(m->heap, m->roots[1], words));
    heap_state(m->heap)->nursery.current->free = m->heap->hp;
}

/* Megablocks that a heap has used and given back, so that block-layer ways find victims. */
static void give_back_some(Mutator *m, BlockDescr *groups[6])
{
    for (int i = 0; i < 6; i++) groups[i] = block_group_alloc(m->heap->blocks, USABLE_BLOCKS, OWNER_USER);
    for (int i = 0; i < 5; i += 2) block_group_free(m->heap->blocks, groups[i]);
    block_allocator_trim(m->heap->blocks, 2);
}

static void free_the_others(Mutator *m, BlockDescr *groups[6])
{
    for (int i = 1; i < 6; i += 2) block_group_free(m->heap->blocks, groups[i]);
}

/* ---- Checks */

/* The numbers that a check reports, in order; their count. */
static size_t reported(Mutator *m, int numbers[128], char **text)
{
    size_t size = 0, count = 0;
    *text = NULL;
    FILE *out = open_memstream(text, &size);
    for (int turn = 0; turn < 16 && heap_check(m->heap, 3, out) == 0; turn++) continue;
    fclose(out);
    for (const char *at = *text; (at = strstr(at, "invariant ")); at += 10)
        if ((at == *text || at[-1] == '\n') && count < 128 &&
            sscanf(at, "invariant %d:", &numbers[count]) == 1)
            count++;
    return count;
}

static void expect_healthy(Mutator *m, const char *when)
{
    int numbers[128];
    char *text;
    cr_assert_eq(reported(m, numbers, &text), 0, "%s: %s", when, text);
    free(text);
}

static int wrong;

static void expect_reported(Mutator *m, const Injection *in)
{
    int numbers[128];
    char *text;
    size_t count = reported(m, numbers, &text);
    bool right = count > 0 && numbers[0] == in->number;
    for (size_t i = 0; i < count && right; i++) right = implies(in->number, numbers[i], 3);
    if (!right) fprintf(stderr, "invariant %d (%s) was answered by:\n%.700s\n", in->number, in->way, text);
    wrong += !right;
    free(text);
}

/* A catch frame, which the mutator pushes none of. */
static void guard_some(Mutator *m)
{
    make_room(m, 3);
    Word *frame = push(m, 3);
    frame[0] = (Word)info_std(m->heap->infos, STD_CATCH_FRAME);
    frame[CATCH_FRAME_HANDLER] = ref_of(m->nil);
    frame[CATCH_FRAME_MASKED] = 0;
}

/* A black hole that somebody waits for, which the mutator makes none of. */
static void queue_some(Mutator *m)
{
    Word *hole = take(m, 7), *queue = hole + 2;
    memset(hole, 0, 7 * WORD_BYTES);
    hole[0] = (Word)info_std(m->heap->infos, STD_BLACKHOLE);
    hole[IND_TARGET] = (Word)queue;
    queue[0] = (Word)info_std(m->heap->infos, STD_BLOCKING_QUEUE);
    queue[QUEUE_HOLE] = (Word)hole;
    queue[QUEUE_OWNER] = m->tso;
    heap_state(m->heap)->nursery.current->free = m->heap->hp;
}

/* A second thread, which has nothing to do. */
static void thread_some(Mutator *m)
{
    Ref tso = m->tso;
    uint32_t id = m->tso_id;
    thread_new(m);
    m->tso = tso;
    m->tso_id = id;
    heap_state(m->heap)->nursery.current->free = m->heap->hp;
}

/* True if the world had a victim. */
static bool try_row(size_t row, uint64_t seed)
{
    Mutator *m = world_new(seed);
    BlockDescr *groups[6];
    give_back_some(m, groups);
    name_some(m);
    guard_some(m);
    queue_some(m);
    thread_some(m);
    expect_healthy(m, "at first");
    Injection in;
    bool done = inject_row(&in, m->heap, row, seed);
    if (done) {
        expect_reported(m, &in);
        inject_undo(&in);
        expect_healthy(m, inject_row_way(row));
    }
    free_the_others(m, groups);
    mutator_free(m);
    return done;
}

Test(inject, every_way_is_reported_first)
{
    wrong = 0;
    for (size_t row = 0; row < inject_rows(); row++) {
        int done = 0;
        for (uint64_t seed = 1; seed <= 40 && done < 2; seed++) done += try_row(row, seed);
        if (done == 0)
            fprintf(stderr, "invariant %d (%s): no victim in 40 worlds\n", inject_row_number(row),
                    inject_row_way(row));
        wrong += done == 0;
    }
    cr_assert_eq(wrong, 0, "%d injections went wrong", wrong);
}

Test(inject, every_state_invariant_has_a_way)
{
    for (int number = 1; number < INVARIANTS; number++)
        if (is_state[number]) cr_assert(inject_is_known(number), "nothing breaks invariant %d", number);
}

/* ---- Small numbers, which no table of known headers may take for an address */

enum { SMALL_HEADERS = 17 };

static void expect_header_reported(Mutator *m, Word *at, Word header, const int *either)
{
    int numbers[128];
    char *text;
    Word whole = *at;
    *at = header;
    size_t count = reported(m, numbers, &text);
    cr_expect(count > 0 && (numbers[0] == either[0] || numbers[0] == either[1]), "a header of %zu: %.300s",
              (size_t)header, text);
    *at = whole;
    free(text);
}

Test(inject, small_numbers_are_no_headers_of_objects)
{
    static const int unknown_or_nothing[] = {16, 17};
    Mutator *m = world_new(1);
    Word *object = closure_words(ref_closure(m->roots[0]));
    for (Word header = 0; header < SMALL_HEADERS; header++)
        expect_header_reported(m, object, header, unknown_or_nothing);
    expect_healthy(m, "mended");
    mutator_free(m);
}

Test(inject, small_numbers_are_no_headers_of_frames)
{
    static const int stack[] = {43, 43};
    Mutator *m = world_new(1);
    guard_some(m);
    Word *frame = (Word *)closure_words(current_stack(m))[STACK_SP];
    for (Word header = 0; header < SMALL_HEADERS; header++) expect_header_reported(m, frame, header, stack);
    expect_healthy(m, "mended");
    mutator_free(m);
}
