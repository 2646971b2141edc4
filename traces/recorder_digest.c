/* Digests by walking the real heap, never from events: what playback has to reproduce. */
#include "traces/recorder_private.h"

static void add_edge(void *recorder, Ref *slot)
{
    Recorder *r = recorder;
    ObjectId id = *slot ? cell_id(*id_cell(ref_closure(*slot))) : 0;
    if (id > 0) ids_add(&r->edges, id);
}

typedef struct DigestWalk {
    Recorder *r;
    Digest digest;
    uint64_t objects;
} DigestWalk;

/* ---- Present: all objects, or what the collection has kept */

static void digest_object_present(void *context, Closure *c)
{
    DigestWalk *w = context;
    ObjectId id = cell_id(*id_cell(c));
    w->objects++;
    if (id <= 0) return;
    w->r->edges.count = 0;
    closure_each_pointer(c, add_edge, w->r);
    digest_object(&w->digest, id, (Kind)c->info->kind, (uint32_t)w->r->edges.count, w->r->edges.at);
}

uint64_t digest_present(Recorder *r, WalkScope scope, uint64_t *objects)
{
    DigestWalk w = {.r = r};
    heap_each_object(r->heap, scope, digest_object_present, &w);
    *objects = w.objects;
    return digest_value(&w.digest);
}

/* ---- Reachable: from the exact roots, indirections resolved */

static Closure *resolve(Ref ref)
{
    Closure *c = ref_closure(ref);
    while (kinds[c->info->kind].flags & IS_INDIRECTION) c = ref_closure(((const Word *)c)[IND_TARGET]);
    return c;
}

/* Goes through objects that nobody has met yet, too: a thread and its stack. */
static void reach(Recorder *r, Ref ref)
{
    if (!ref) return;
    const Closure *c = resolve(ref);
    IdCell *cell = id_cell(c);
    if (*cell & ID_VISITED) return;
    *cell |= ID_VISITED;
    pointers_add(&r->work, c);
}

static void reach_root(void *recorder, RootClass class_, Ref *slot)
{
    (void)class_;
    reach(recorder, *slot);
}

static void reach_edge(void *recorder, Ref *slot)
{
    Recorder *r = recorder;
    if (!*slot) return;
    ObjectId id = cell_id(*id_cell(resolve(*slot)));
    if (id > 0) ids_add(&r->edges, id);
    reach(r, *slot);
}

static void digest_reached(DigestWalk *w, const Closure *c)
{
    Recorder *r = w->r;
    ObjectId id = cell_id(*id_cell(c));
    r->edges.count = 0;
    closure_each_pointer((Closure *)c, reach_edge, r);
    if (id > 0) digest_object(&w->digest, id, (Kind)c->info->kind, (uint32_t)r->edges.count, r->edges.at);
}

uint64_t digest_reachable(Recorder *r)
{
    DigestWalk w = {.r = r};
    r->work.count = 0;
    heap_each_root(r->heap, reach_root, r);
    for (size_t k = 0; k < r->work.count; k++) digest_reached(&w, r->work.at[k]);
    for (size_t k = 0; k < r->work.count; k++) *id_cell(r->work.at[k]) &= ~(IdCell)ID_VISITED;
    return digest_value(&w.digest);
}

/* ---- Between collections */

#define DIGEST_PER_OBJECT 32u /* events for each object that had to be looked at */

void write_digest_now(Recorder *r, bool stack_is_whole)
{
    uint64_t objects, spacing = DIGEST_EVENTS;
    write_statics(r);
    write_roots(r);
    Event_digest e = {.present = digest_present(r, WALK_ALL, &objects)};
    if (stack_is_whole) e.reachable = digest_reachable(r);
    write_digest(&r->writer, &e);
    if (objects > spacing / DIGEST_PER_OBJECT) spacing = objects * DIGEST_PER_OBJECT;
    r->next_digest = r->writer.events + spacing;
}
