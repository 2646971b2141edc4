/* Roots: the slots from which everything alive is reached. The mutator registers providers of slots; the heap
 * adds stable pointers, finalizers that wait, and the entered CAFs. Order of registration is order of
 * visiting, so that runs repeat. */
#include "gc/heap_state.h"

#include <stdlib.h>

const char *const root_class_names[ROOT_CLASS_COUNT] = {
#define ROOT_CLASS(name, spoken) spoken,
#include "gc/root_classes.def"
#undef ROOT_CLASS
};

void heap_add_roots(Heap *heap, RootClass class_, RootProvider provider, void *provider_context)
{
    HeapState *h = heap_state(heap);
    h->roots = realloc(h->roots, (h->root_count + 1) * sizeof *h->roots);
    require(h->roots, "out of memory for root providers");
    h->roots[h->root_count++] = (RootProviderEntry){class_, provider, provider_context};
}

typedef struct RootVisit {
    void (*visit)(void *context, RootClass class_, Ref *slot);
    void *context;
    RootClass class_;
} RootVisit;

static void visit_with_class(void *context, Ref *slot)
{
    RootVisit *v = context;
    v->visit(v->context, v->class_, slot);
}

void heap_each_root(Heap *heap, void (*visit)(void *context, RootClass class_, Ref *slot), void *context)
{
    HeapState *h = heap_state(heap);
    for (size_t i = 0; i < h->root_count; i++) {
        RootVisit v = {visit, context, h->roots[i].class_};
        h->roots[i].provider(h->roots[i].context, visit_with_class, &v);
    }
    stable_each_root(&h->stable, visit, context);
    weak_each_finalizer(h, visit, context);
    for (Closure *caf = h->first_caf; caf; caf = (Closure *)closure_words(caf)[CAF_LINK])
        visit(context, ROOT_CAF, &closure_words(caf)[IND_TARGET]);
}
