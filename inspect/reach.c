/* What the roots reach at the position, breadth first in a fixed order; made on demand, kept until the
 * position changes; its memory is used again for the next one. Two are kept: all of it, and the first
 * thousands, which cost the same in any heap. Always true: `at` holds each object once; slots finds it by id,
 * and is 0 for all others; every edge of an object in `at` leads to another one in `at`, unless there is more
 * beyond the limit; what the limit leaves is the beginning of all. */
#include <stdlib.h>
#include <string.h>

#include "inspect/model_private.h"

/* Of older frames, only words that nothing younger refers to are roots: a deep stack has millions. */
enum { YOUNG_FRAMES = 200, MOST_LOCALS = 64, NEAR = 2000 };

uint32_t object_edge_count(const PlayObject *o)
{
    if (o->target) return 1;
    return o->kind == KIND_BLACKHOLE ? 0 : o->fields.count;
}

ObjectId object_edge(const PlayObject *o, uint32_t k)
{
    if (o->target) return o->target;
    TraceWord w = o->fields.at[k];
    return w.kind == WORD_ID ? w.value : 0;
}

/* Ids of both series in one: 2, 4, 6 … for 1, 2, 3 … and 3, 5, 7 … for -1, -2, -3 … */
static size_t slot_of(ObjectId id) { return id > 0 ? 2 * (size_t)id : 2 * (size_t)(-id) + 1; }

static bool slots_reserve(Reach *r, size_t slot)
{
    if (slot < r->slot_count) return true;
    size_t count = r->slot_count ? r->slot_count : 1024;
    while (count <= slot) count *= 2;
    uint32_t *slots = realloc(r->slots, count * sizeof *slots);
    if (!slots) return false;
    memset(slots + r->slot_count, 0, (count - r->slot_count) * sizeof *slots);
    r->slots = slots;
    r->slot_count = count;
    return true;
}

const Reached *reach_find(const Reach *r, ObjectId id)
{
    size_t slot = slot_of(id);
    return slot < r->slot_count && r->slots[slot] ? &r->at[r->slots[slot] - 1] : NULL;
}

static bool reach_add(Reach *r, ObjectId id, uint32_t rank, uint32_t by, uint32_t field)
{
    size_t slot = slot_of(id);
    r->beyond |= r->count == r->limit;
    if (r->beyond || !slots_reserve(r, slot)) return false;
    if (r->count == r->room) {
        uint32_t room = r->room ? 2 * r->room : 256;
        Reached *at = realloc(r->at, room * sizeof *at);
        if (!at) return false;
        r->at = at;
        r->room = room;
    }
    r->at[r->count++] = (Reached){.id = id, .rank = rank, .by = by, .field = field};
    r->slots[slot] = r->count;
    return true;
}

/* One more reference to id; the first one adds it. False: it was known before. */
static bool reach_touch(const Model *m, Reach *r, ObjectId id, uint32_t rank, uint32_t by, uint32_t field)
{
    if (!id || !playback_object(m->play, id)) return false;
    bool fresh = !reach_find(r, id) && reach_add(r, id, rank, by, field);
    Reached *x = (Reached *)reach_find(r, id);
    if (x) x->sources++;
    return fresh;
}

/* ---- Roots */

static ReachRoot *root_new(Reach *r, RootKind kind, ObjectId id)
{
    if (r->root_count == r->root_room) {
        uint32_t room = r->root_room ? 2 * r->root_room : 64;
        ReachRoot *roots = realloc(r->roots, room * sizeof *roots);
        if (!roots) return NULL;
        r->roots = roots;
        r->root_room = room;
    }
    ReachRoot *root = &r->roots[r->root_count];
    *root = (ReachRoot){.kind = kind, .id = id};
    return root;
}

static void root_local(const Model *m, Reach *r, const ModelLocal *local)
{
    if (local->word.kind != WORD_ID) return;
    ReachRoot *root = root_new(r, ROOT_IS_LOCAL, local->word.value);
    if (!root) return;
    memcpy(root->local, local->name, sizeof root->local);
    reach_touch(m, r, root->id, 0, r->root_count++, 0);
}

static void root_frame(const Model *m, Reach *r, const PlayFrame *f, uint32_t k, bool young)
{
    if (f->words.at[k].kind != WORD_ID) return;
    ReachRoot *root = root_new(r, ROOT_IS_FRAME, f->words.at[k].value);
    if (!root) return;
    bool fresh = reach_touch(m, r, root->id, 0, r->root_count, k);
    root->info = f->info;
    if (fresh || young) r->root_count++;
}

static void root_event(const Model *m, Reach *r, uint32_t k)
{
    const char *class_ = NULL;
    ObjectId id = playback_root(m->play, k, &class_);
    ReachRoot *root = id ? root_new(r, ROOT_IS_EVENT, id) : NULL;
    if (!root || strcmp(class_, "static") == 0) return;
    root->class = class_;
    reach_touch(m, r, id, 0, r->root_count++, 0);
}

static void reach_roots(const Model *m, Reach *r)
{
    ModelLocal locals[MOST_LOCALS];
    uint32_t count = model_locals(m, locals, MOST_LOCALS), depth = 0;
    for (uint32_t k = 0; k < count && k < MOST_LOCALS; k++) root_local(m, r, &locals[k]);
    for (const PlayFrame *f = playback_stack(m->play); f && !r->beyond; f = f->below, depth++)
        for (uint32_t k = 0; k < f->words.count; k++) root_frame(m, r, f, k, depth < YOUNG_FRAMES);
    for (uint32_t k = 0; k < playback_root_count(m->play); k++) root_event(m, r, k);
}

const char *reach_root_name(const Model *m, const ReachRoot *root, char *out, size_t size)
{
    char label[40];
    if (root->kind == ROOT_IS_FRAME) return frame_name(m, root->info, out, size);
    Text t = text_into(out, size);
    if (root->kind == ROOT_IS_LOCAL)
        text_add(&t, "local %s", root->local);
    else
        text_add(&t, "%s %s", root->class, model_object_label(m, root->id, label, sizeof label));
    return out;
}

/* ---- The rest */

static void reach_fields(const Model *m, Reach *r)
{
    for (uint32_t scan = 0; scan < r->count && !r->beyond; scan++) {
        const PlayObject *o = playback_object(m->play, r->at[scan].id);
        uint32_t rank = r->at[scan].rank + 1;
        for (uint32_t k = 0; k < object_edge_count(o); k++)
            reach_touch(m, r, object_edge(o, k), rank, scan, k);
    }
}

static ObjectId changed_by(const TraceEvent *e)
{
    switch (e->type) {
    case EVENT_alloc: return e->as_alloc.loaded ? 0 : e->as_alloc.id;
    case EVENT_write: return e->as_write.id;
    case EVENT_input: return e->as_input.id;
    case EVENT_update: return e->as_update.id;
    case EVENT_blackhole: return e->as_blackhole.id;
    default: return 0;
    }
}

static void mark_changed(const Model *m, Reach *r)
{
    int64_t n = model_position(m), first = model_step_first(m, model_step_at(m, n));
    for (int64_t k = first; k >= 0 && k <= n; k++) {
        ObjectId id = changed_by(trace_event(m->trace, (uint64_t)k));
        Reached *x = id ? (Reached *)reach_find(r, id) : NULL;
        if (x) x->changed = true;
    }
}

void reach_free(Reach *r)
{
    if (!r) return;
    free(r->roots);
    free(r->at);
    free(r->slots);
    free(r);
}

static void reach_clear(Reach *r)
{
    for (uint32_t k = 0; k < r->count; k++) r->slots[slot_of(r->at[k].id)] = 0;
    r->count = r->root_count = 0;
    r->beyond = false;
}

static void reach_make(const Model *m, Reach *r)
{
    reach_clear(r);
    reach_roots(m, r);
    reach_fields(m, r);
    mark_changed(m, r);
}

static const Reach *reach_at(const Model *m, Reach **made, uint32_t limit)
{
    int64_t here = model_position(m);
    if (*made && (*made)->position == here) return *made;
    if (!*made) *made = calloc(1, sizeof **made);
    if (!*made) abort();
    (*made)->limit = limit;
    reach_make(m, *made);
    (*made)->position = here;
    return *made;
}

/* What is kept changes nothing that can be seen. */
const Reach *model_reach(const Model *m) { return reach_at(m, &((Model *)m)->reach, UINT32_MAX); }

/* ---- Paths */

uint32_t model_path(const Model *m, ObjectId id, ObjectId *out, uint32_t most, char *root, size_t root_size)
{
    const Reach *r = model_reach(m);
    const Reached *x = reach_find(r, id);
    if (!x) return 0;
    uint32_t length = x->rank + 1;
    for (uint32_t k = length; k-- > 0; x = &r->at[x->by]) {
        if (k < most) out[k] = x->id;
        if (k == 0) reach_root_name(m, &r->roots[x->by], root, root_size);
    }
    return length;
}

/* ---- For those who list it */

static bool is_program(const Model *m, const PlayObject *o)
{
    return object_is_static_code(o) || (o->is_static && object_is_literal(m, o)) ||
           (kinds[o->kind].flags & IS_RUNTIME);
}

static uint32_t list(const Model *m, const Reach *r, ModelReached *out, uint32_t most)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < r->count; k++) {
        const Reached *x = &r->at[k];
        if (is_program(m, playback_object(m->play, x->id))) continue;
        if (count < most) out[count] = (ModelReached){x->id, x->rank, x->changed};
        count++;
    }
    return count;
}

uint32_t model_reached(const Model *m, ModelReached *out, uint32_t most)
{
    return list(m, model_reach(m), out, most);
}

uint32_t model_reached_near(const Model *m, ModelReached *out, uint32_t most, bool *beyond)
{
    const Reach *r = reach_at(m, &((Model *)m)->near, NEAR);
    *beyond = r->beyond;
    return list(m, r, out, most);
}
