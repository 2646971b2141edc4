/* C finalizers of weak pointers. Those of a collection are noted while it runs, and called when it is over.
 */
#include <stdlib.h>
#include <string.h>

#include "gc/collection.h"
#include "gc/weak.h"

enum { RECORD_WORDS = sizeof(CFinalizer) / sizeof(Word) };

static size_t count_of(const Closure *weak)
{
    const Word *array = (const Word *)((const Word *)weak)[WEAK_C_FINALIZERS];
    return array ? array[BYTES_COUNT] / sizeof(CFinalizer) : 0;
}

static const CFinalizer *records_of(const Closure *weak)
{
    return (const CFinalizer *)((const Word *)((const Word *)weak)[WEAK_C_FINALIZERS] + BYTES_PAYLOAD);
}

size_t heap_c_finalizer_words(const Closure *weak)
{
    return BYTES_PAYLOAD + (count_of(weak) + 1) * RECORD_WORDS;
}

void heap_add_c_finalizer(Heap *heap, Closure *weak, Word *array, CFinalizer finalizer)
{
    size_t count = count_of(weak);
    CFinalizer *records = (CFinalizer *)(array + BYTES_PAYLOAD);
    array[0] = (Word)info_std(heap->infos, STD_ARR_WORDS);
    array[BYTES_COUNT] = (count + 1) * sizeof(CFinalizer);
    if (count) memcpy(records, records_of(weak), count * sizeof *records);
    records[count] = finalizer;
    heap_remember(heap, weak, "weak pointer");
    closure_words(weak)[WEAK_C_FINALIZERS] = (Word)array;
}

void c_finalizer_call(const CFinalizer *f)
{
    if (f->has_environment)
        ((void (*)(void *, void *))f->function)((void *)f->environment, (void *)f->pointer);
    else
        ((void (*)(void *))f->function)((void *)f->pointer);
}

/* The last one that was added comes first. */
void c_finalizers_note(HeapState *h, const Closure *weak)
{
    CFinalizerQueue *q = &h->c_finalizers;
    size_t count = q->ended ? 0 : count_of(weak);
    if (q->count + count > q->room) {
        q->room = 2 * (q->count + count);
        q->calls = realloc(q->calls, q->room * sizeof *q->calls);
        require(q->calls, "out of memory for finalizers");
    }
    while (count) q->calls[q->count++] = records_of(weak)[--count];
}

/* What is called may not come back here: it does not know the heap. */
void c_finalizers_call(HeapState *h)
{
    const Heap *heap = &h->heap;
    CFinalizerQueue *q = &h->c_finalizers;
    for (size_t i = 0; i < q->count; i++)
        if (heap->call_c_finalizer)
            heap->call_c_finalizer(heap->before_collect_context, &q->calls[i]);
        else
            c_finalizer_call(&q->calls[i]);
    q->count = 0;
}

void heap_run_c_finalizers(Heap *heap)
{
    HeapState *h = heap_state(heap);
    for (uint32_t g = 0; g < generation_count(h); g++)
        for (Closure *w = h->generations[g].weaks.first; w; w = (Closure *)closure_words(w)[WEAK_LINK])
            if (weak_is_alive(heap, w)) c_finalizers_note(h, w);
    c_finalizers_call(h);
    h->c_finalizers.ended = true;
}

void c_finalizers_free(HeapState *h) { free(h->c_finalizers.calls); }
