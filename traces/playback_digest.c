/* Confirms digests, which the recorder took from the real heap, from the table of objects.
 *
 * present: the objects that the collection moved or relinked; after a major one nobody else may be left.
 * Between collections: all that stand.
 * reachable (major ones, and between collections): what the frames and roots reach, indirections resolved.
 * The runtime's own objects (ids below 0) are passed through but not counted. */
#include "traces/playback_private.h"

#define INDIRECTIONS_MAX 64u

/* An edge as it is stored. */
static ObjectId edge_present(const Playback *p, ObjectId id)
{
    (void)p;
    return id;
}

static bool is_indirection(Kind kind) { return kind == KIND_IND || kind == KIND_IND_STATIC; }

static ObjectId edge_reachable(const Playback *p, ObjectId id)
{
    for (unsigned k = 0; k < INDIRECTIONS_MAX; k++) {
        const PlayObject *o = playback_object(p, id);
        if (!o || !is_indirection(o->kind)) return id;
        id = o->target;
    }
    return id;
}

typedef ObjectId (*EdgeRule)(const Playback *p, ObjectId id);

/* All edges of an object, the runtime's objects too, into p->edges. */
static uint32_t edges_of(Playback *p, const PlayObject *o, EdgeRule rule)
{
    uint32_t count = 0;
    p->edges = memory_grow(p->edges, &p->edges_capacity, (size_t)o->fields.count + 1, sizeof *p->edges);
    if (o->target) p->edges[count++] = rule(p, o->target);
    for (uint32_t k = 0; k < o->fields.count; k++)
        if (o->fields.at[k].kind == WORD_ID) p->edges[count++] = rule(p, o->fields.at[k].value);
    return count;
}

static void digest_slot(Playback *p, Digest *d, const PlayObject *o, uint32_t edge_count)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < edge_count; k++)
        if (p->edges[k] > 0) p->edges[kept++] = p->edges[k];
    digest_object(d, o->id, o->kind, kept, p->edges);
}

/* ---- Present */

static uint64_t digest_moved(Playback *p, const TraceCollection *c, Digest *d)
{
    uint64_t survivors = 0;
    for (uint64_t k = c->begin; k <= (uint64_t)p->position; k++) {
        const TraceEvent *e = trace_event(p->trace, k);
        if (e->type != EVENT_move || e->as_move.id < 0) continue;
        const PlayObject *o = playback_object(p, e->as_move.id);
        digest_slot(p, d, o, edges_of(p, o, edge_present));
        survivors++;
    }
    return survivors;
}

static bool confirm_present(Playback *p, const TraceCollection *c, uint64_t expected, bool major)
{
    Digest d = {0};
    uint64_t survivors = digest_moved(p, c, &d);
    if (major && survivors != p->live_mutator_count)
        return playback_fail(p, "%llu objects survived, but %llu were not found dead",
                             (unsigned long long)survivors, (unsigned long long)p->live_mutator_count);
    if (digest_value(&d) == expected) return true;
    return playback_fail(p, "the survivors are not those of the heap: digest %016llx, not %016llx",
                         (unsigned long long)digest_value(&d), (unsigned long long)expected);
}

typedef struct StandingDigest {
    Playback *p;
    Digest digest;
} StandingDigest;

static void digest_standing(void *context, ObjectId id)
{
    StandingDigest *s = context;
    const PlayObject *o = playback_object(s->p, id);
    if (id > 0) digest_slot(s->p, &s->digest, o, edges_of(s->p, o, edge_present));
}

static bool confirm_standing(Playback *p, uint64_t expected)
{
    StandingDigest s = {.p = p};
    block_map_each(p->blocks, digest_standing, &s);
    if (digest_value(&s.digest) == expected) return true;
    return playback_fail(p, "the objects are not those of the heap: digest %016llx, not %016llx",
                         (unsigned long long)digest_value(&s.digest), (unsigned long long)expected);
}

/* ---- Reachable */

static bool reach(Playback *p, ObjectId id)
{
    ObjectId to = edge_reachable(p, id);
    Slot *s = play_slot_find(p, to);
    if (s && s->mark == p->mark) return true;
    if (!s || s->o.dead)
        return playback_fail(p, "object %lld is reachable, but was found dead", (long long)to);
    s->mark = p->mark;
    p->work = memory_grow(p->work, &p->work_capacity, p->work_count + 1, sizeof *p->work);
    p->work[p->work_count++] = s->o.id;
    return true;
}

static bool reach_words(Playback *p, TraceWords words)
{
    for (uint32_t k = 0; k < words.count; k++)
        if (words.at[k].kind == WORD_ID && !reach(p, words.at[k].value)) return false;
    return true;
}

static bool reach_roots(Playback *p)
{
    for (const PlayFrame *f = playback_stack(p); f; f = f->below)
        if (!reach_words(p, f->words)) return false;
    for (uint32_t k = 0; k < p->state.root_slots; k++) {
        const Root *root = table_get(&p->roots, k);
        if (root->id && !reach(p, root->id)) return false;
    }
    return true;
}

static bool confirm_reachable(Playback *p, uint64_t expected)
{
    Digest d = {0};
    p->mark++;
    p->work_count = 0;
    if (!reach_roots(p)) return false;
    while (p->work_count) {
        const PlayObject *o = playback_object(p, p->work[--p->work_count]);
        uint32_t edge_count = edges_of(p, o, edge_reachable);
        for (uint32_t k = 0; k < edge_count; k++)
            if (!reach(p, p->edges[k])) return false;
        if (o->id > 0) digest_slot(p, &d, o, edge_count);
    }
    if (digest_value(&d) == expected) return true;
    return playback_fail(p, "what is reachable is not what the heap reached: digest %016llx, not %016llx",
                         (unsigned long long)digest_value(&d), (unsigned long long)expected);
}

bool confirm_digest(Playback *p, const Event_digest *e)
{
    if (!confirm_standing(p, e->present)) return false;
    if (e->reachable && !confirm_reachable(p, e->reachable)) return false;
    p->confirmed++;
    return true;
}

/* Below level heap there are no objects, and digests are 0. */
bool confirm_collection(Playback *p, const Event_gc_end *e, const TraceCollection *c)
{
    bool major = trace_event(p->trace, c->begin)->as_gc_begin.major;
    if (e->present == 0 && e->reachable == 0) return true;
    if (!confirm_present(p, c, e->present, major)) return false;
    if (major && !confirm_reachable(p, e->reachable)) return false;
    p->confirmed++;
    return true;
}
