/* gc_handles: a mutator of what stands beside the heap: weak pointers and their finalizers, stable pointers
 * and names, pinned bytes.
 *
 *   gc_handles [--steps=N] [HEAP FLAG...]     default: 3000 steps, -A4k; --collector=./FILE.so is your own
 *
 * Every cell has a number of its own in its last word, by which what is looked up is judged: a stable pointer
 * gives its cell, a cell's stable name stays the same object's, a weak pointer that is alive has its key, a
 * finalizer comes once, and not while the cell that its key was is a root. Everything is decided by one seed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gc/stable.h"
#include "gc/weak.h"

enum { ROOTS = 48, PTRS = 24, NAMES = 8, BOXES = 8, WEAKS = 4000, CELL_WORDS = 4, WEAK_WORDS = 6 };

typedef struct Mutator {
    Heap *heap;
    uint64_t random;
    InfoTable *cell, *thunk;
    Ref nil, roots[ROOTS];
    Ref boxes[BOXES];  /* thunks, and what they have become: a cell that holds a weak pointer */
    Ref names[NAMES];  /* stable names */
    Word named[NAMES]; /* numbers of the cells that they name */
    StablePtr ptrs[PTRS];
    Word numbers[PTRS];             /* of the cells that stable pointers stand for */
    Word cells, weaks, keys[WEAKS]; /* keys: the number of each weak pointer's key */
    bool finalized[WEAKS];
} Mutator;

static void expect(bool truth, const char *what)
{
    if (truth) return;
    fprintf(stderr, "gc_handles: %s\n", what);
    exit(1);
}

static uint32_t chance(Mutator *m, uint32_t below)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return (uint32_t)((m->random >> 16) % below);
}

static Ref *some_root(Mutator *m) { return &m->roots[chance(m, ROOTS)]; }
static Word number_of(Ref cell) { return closure_words(ref_closure(cell))[3]; }

static void roots(void *context, SlotVisitor visit, void *visit_context)
{
    Mutator *m = context;
    for (int i = 0; i < ROOTS; i++) visit(visit_context, &m->roots[i]);
    for (int i = 0; i < BOXES; i++) visit(visit_context, &m->boxes[i]);
    for (int i = 0; i < NAMES; i++) visit(visit_context, &m->names[i]);
}

static Word *take(Mutator *m, size_t words)
{
    Word *object = heap_alloc(m->heap, words);
    expect(object, "the heap is exhausted");
    return object;
}

/* ---- What is done */

static void cell_write(Mutator *m, Word *w, Ref first, Ref second, Word number)
{
    w[0] = (Word)m->cell;
    w[1] = first;
    w[2] = second;
    w[3] = number;
}

static void new_cell(Mutator *m)
{
    Word *w = take(m, CELL_WORDS);
    cell_write(m, w, *some_root(m), *some_root(m), m->cells++);
    *some_root(m) = ref_make((Closure *)w, 1);
}

/* Its finalizer is a cell whose number says whose it is. Words that follow are the caller's. NULL: enough. */
static Closure *new_weak(Mutator *m, size_t more_words)
{
    if (m->weaks == WEAKS) return NULL;
    Word *w = take(m, WEAK_WORDS + CELL_WORDS + more_words), *finalizer = w + WEAK_WORDS;
    cell_write(m, finalizer, *some_root(m), m->nil, m->weaks);
    memset(w, 0, WEAK_WORDS * WORD_BYTES);
    w[0] = (Word)info_std(m->heap->infos, STD_WEAK);
    w[WEAK_KEY] = *some_root(m);
    w[WEAK_VALUE] = *some_root(m);
    w[WEAK_FINALIZER] = ref_make((Closure *)finalizer, 1);
    m->keys[m->weaks++] = number_of(w[WEAK_KEY]);
    heap_add_weak(m->heap, (Closure *)w);
    return (Closure *)w;
}

static void new_thunk(Mutator *m, Ref *box)
{
    Word *w = take(m, 3);
    w[0] = (Word)m->thunk;
    w[1] = w[2] = 0;
    *box = ref_of((Closure *)w);
}

/* A thunk that has perhaps grown old gets a young value, which holds a weak pointer. */
static void box(Mutator *m)
{
    Ref *box = &m->boxes[chance(m, BOXES)];
    if (ref_closure(*box)->info != m->thunk) {
        new_thunk(m, box);
        return;
    }
    Closure *weak = new_weak(m, CELL_WORDS);
    if (!weak) return;
    Word *value = closure_words(weak) + WEAK_WORDS + CELL_WORDS, *thunk = closure_words(ref_closure(*box));
    cell_write(m, value, ref_of(weak), m->nil, m->cells++);
    heap_update(m->heap, (Closure *)thunk, ref_make((Closure *)value, 1), info_std(m->heap->infos, STD_IND));
    filler_write(m->heap->infos, thunk + 2, 1);
}

static void stable_ptr(Mutator *m)
{
    uint32_t i = chance(m, PTRS);
    if (m->ptrs[i]) {
        expect(number_of(heap_stable_ptr_deref(m->heap, m->ptrs[i])) == m->numbers[i],
               "a stable pointer gives another cell");
        heap_stable_ptr_free(m->heap, m->ptrs[i]);
        m->ptrs[i] = 0;
        return;
    }
    Ref cell = *some_root(m);
    m->numbers[i] = number_of(cell);
    m->ptrs[i] = heap_stable_ptr_new(m->heap, cell);
}

static void stable_name(Mutator *m)
{
    Word *words = take(m, STABLE_NAME_WORDS);
    uint32_t i = chance(m, NAMES);
    Ref cell = *some_root(m);
    Closure *name = heap_stable_name_find(m->heap, cell);
    if (name) {
        filler_write(m->heap->infos, words, STABLE_NAME_WORDS);
    } else {
        expect(heap_stable_name_add(m->heap, cell, words), "no memory for a stable name");
        name = (Closure *)words;
    }
    m->names[i] = ref_of(name);
    m->named[i] = number_of(cell);
}

static void check_names(Mutator *m)
{
    for (int i = 0; i < NAMES; i++)
        for (int k = 0; k < ROOTS && ref_closure(m->names[i])->info->kind == KIND_STABLE_NAME; k++)
            expect((heap_stable_name_find(m->heap, m->roots[k]) == ref_closure(m->names[i])) ==
                       (number_of(m->roots[k]) == m->named[i]),
                   "a stable name has become another cell's");
}

static void pinned(Mutator *m)
{
    size_t words = BYTES_PAYLOAD + 1 + chance(m, 40);
    Word *w = heap_alloc_pinned(m->heap, words, 16);
    expect(w, "the heap is exhausted");
    w[0] = (Word)info_std(m->heap->infos, STD_ARR_WORDS);
    w[BYTES_COUNT] = (words - BYTES_PAYLOAD) * WORD_BYTES;
    memset(w + BYTES_PAYLOAD, 0x5a, (words - BYTES_PAYLOAD) * WORD_BYTES);
}

static void finalize(Mutator *m)
{
    while (heap_finalizers_waiting(m->heap) > chance(m, 4)) {
        Word number = number_of(heap_take_finalizer(m->heap));
        expect(number < m->weaks && !m->finalized[number], "a finalizer comes twice");
        m->finalized[number] = true;
        for (int i = 0; i < ROOTS; i++)
            expect(number_of(m->roots[i]) != m->keys[number], "a finalizer comes while its key is alive");
    }
}

static void step(Mutator *m)
{
    uint32_t what = chance(m, 100);
    if (what < 40)
        new_cell(m);
    else if (what < 60)
        *some_root(m) = m->nil;
    else if (what < 68)
        new_weak(m, 0);
    else if (what < 72)
        box(m);
    else if (what < 82)
        stable_ptr(m);
    else if (what < 85)
        stable_name(m), check_names(m);
    else if (what < 91)
        pinned(m);
    else if (what < 94)
        heap_collect(m->heap, chance(m, 3) == 0, GC_REASON_REQUESTED);
    else
        finalize(m);
}

/* ---- The run */

static void mutator_start(Mutator *m, const HeapConfig *config)
{
    m->heap = heap_new(config);
    expect(m->heap, "no memory");
    m->random = 0x123456789abcdefu;
    m->cell = info_new(m->heap->infos, KIND_CON);
    m->cell->ptrs = 2;
    m->cell->nptrs = 1;
    m->cell->words = CELL_WORDS;
    m->cell->tag = 1;
    m->thunk = info_new(m->heap->infos, KIND_THUNK);
    m->thunk->nptrs = 1;
    m->thunk->words = 3;
    Word *nil = heap_alloc_static(m->heap, CELL_WORDS);
    nil[0] = (Word)m->cell;
    nil[1] = nil[2] = m->nil = ref_make((Closure *)nil, 1);
    nil[3] = ~(Word)0;
    for (int i = 0; i < ROOTS; i++) m->roots[i] = m->nil;
    for (int i = 0; i < BOXES; i++) m->boxes[i] = m->nil;
    for (int i = 0; i < NAMES; i++) m->names[i] = m->nil;
    heap_add_roots(m->heap, ROOT_HANDLE, roots, m);
}

static void take_flag(HeapConfig *config, const char *flag)
{
    char error[200] = "it is unknown";
    if (heap_config_flag(config, flag, error, sizeof error) == 1) return;
    fprintf(stderr, "gc_handles: %s: %s\n", flag, error);
    exit(2);
}

int main(int argc, char **argv)
{
    static Mutator m;
    HeapConfig config;
    unsigned long steps = 3000;
    heap_config_default(&config);
    take_flag(&config, "-A4k");
    for (int i = 1; i < argc; i++)
        if (strncmp(argv[i], "--steps=", 8) == 0)
            steps = strtoul(argv[i] + 8, NULL, 10);
        else
            take_flag(&config, argv[i]);
    mutator_start(&m, &config);
    for (unsigned long i = 0; i < steps; i++) step(&m);
    printf("gc_handles: %lu steps, %u collections, %lu cells, %lu weak pointers, all as they should be\n",
           steps, m.heap->gc_count, (unsigned long)m.cells, (unsigned long)m.weaks);
    heap_free(m.heap);
    return 0;
}
