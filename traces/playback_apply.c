/* What an event does to the picture: one function per event. None takes anything back: see trail_private.h.
 */
#include <string.h>

#include "traces/playback_private.h"

#define ELIMINATED_MAX 64u /* indirections in a row; the collector leaves one or two */

#define SAVE(p, field) trail_save(&(p)->trail, &(p)->state.field, sizeof(p)->state.field, false)

/* ---- Slots */

Kind playback_info_kind(Playback *p, uint32_t info)
{
    for (; p->kind_count <= info; p->kind_count++) {
        p->kinds = memory_grow(p->kinds, &p->kind_capacity, p->kind_count + 1, sizeof *p->kinds);
        p->kinds[p->kind_count] = kind_find(trace_info(p->trace, (uint32_t)p->kind_count)->kind);
    }
    return p->kinds[info];
}

bool play_slot_stands(const Slot *s) { return s->o.id != 0 && !s->o.dead; }

static void slot_count(Playback *p, const Slot *s, uint64_t one)
{
    if (s->o.is_static) return;
    p->live_count += one;
    p->live_words += one * s->o.words;
    if (s->o.id > 0) p->live_mutator_count += one;
}

void play_slot_leave(void *playback, void *slot)
{
    Playback *p = playback;
    const Slot *s = slot;
    if (!play_slot_stands(s)) return;
    slot_count(p, s, (uint64_t)-1);
    block_map_remove(p->blocks, s->o.at, s->o.id);
}

void play_slot_join(void *playback, void *slot)
{
    Playback *p = playback;
    const Slot *s = slot;
    if (!play_slot_stands(s)) return;
    slot_count(p, s, 1);
    block_map_insert(p->blocks, s->o.at, s->o.id);
}

/* The slot is about to change in a way that the index or the counts can see. */
static Slot *slot_change(Playback *p, ObjectId id, uint64_t n)
{
    Slot *s = play_slot_find(p, id);
    if (!s) return playback_fail(p, "object %lld has not been allocated", (long long)id), NULL;
    trail_save(&p->trail, s, sizeof *s, true);
    play_slot_leave(p, s);
    s->o.last = n;
    return s;
}

/* Nothing else than its history: an event has named it. */
static bool slot_touch(Playback *p, ObjectId id, uint64_t n)
{
    Slot *s = play_slot_find(p, id);
    if (!s) return true;
    trail_save(&p->trail, &s->o.last, sizeof s->o.last, false);
    s->o.last = n;
    return true;
}

static bool slot_is_free_to_stand(Playback *p, TraceAddr at, ObjectId id)
{
    ObjectId there = block_map_at(p->blocks, at);
    return there == 0 || there == id ||
           playback_fail(p, "object %lld comes to block %u + %u, where object %lld stands", (long long)id,
                         at.block, at.offset, (long long)there);
}

/* ---- Rows of words: the trace's own memory until they change, then a copy on the trail */

static void words_append(Playback *p, TraceWords *words, uint32_t *capacity, TraceWords more)
{
    play_words_own(p, words, capacity, words->count + more.count);
    if (more.count) memcpy((TraceWord *)words->at + words->count, more.at, more.count * sizeof *more.at);
    words->count += more.count;
}

/* ---- The mutator */

static Slot *slot_new(Playback *p, ObjectId id)
{
    if (id > 0)
        SAVE(p, last_id);
    else
        SAVE(p, last_runtime_id);
    if (id > 0)
        p->state.last_id = id;
    else
        p->state.last_runtime_id = id;
    Slot *s = play_slot_new(p, id);
    trail_save(&p->trail, s, sizeof s->o.id, true);
    return s;
}

_Static_assert(offsetof(Slot, o.id) == 0, "slot_new saves the id alone");

/* bytes: 0 if they fill the words. */
static uint64_t bytes_held(Kind kind, uint64_t words, uint64_t bytes)
{
    if (kind != KIND_ARR_WORDS || words < BYTES_PAYLOAD) return 0;
    return bytes ? bytes : (words - BYTES_PAYLOAD) * WORD_BYTES;
}

static bool apply_alloc(Playback *p, const Event_alloc *e, uint64_t n)
{
    ObjectId due = e->id > 0 ? p->state.last_id + 1 : p->state.last_runtime_id - 1;
    if (e->id != due) return playback_fail(p, "object %lld does not come in order", (long long)e->id);
    if (!slot_is_free_to_stand(p, e->at, e->id)) return false;
    Kind kind = playback_info_kind(p, e->i);
    Slot *s = slot_new(p, e->id);
    *s = (Slot){.o = {.id = e->id,
                      .info = e->i,
                      .kind = kind,
                      .words = (uint32_t)e->words,
                      .bytes = bytes_held(kind, e->words, e->bytes),
                      .at = e->at,
                      .is_static = e->loaded || kinds[kind].flags & IS_STATIC,
                      .is_large = e->large,
                      .fields = e->f,
                      .born = n,
                      .last = n}};
    if (p->once) play_words_own(p, &s->o.fields, &s->capacity, e->f.count);
    play_slot_join(p, s);
    return true;
}

static bool apply_fields(Playback *p, const Event_fields *e, uint64_t n)
{
    if (e->id == 0) {
        Frame *frame = p->state.stack;
        if (!frame || frame->f.pushed + frame->rows != n)
            return true; /* locals of a step: nobody keeps them */
        trail_save(&p->trail, frame, sizeof *frame, false);
        words_append(p, &frame->f.words, &frame->capacity, e->f);
        frame->rows++;
        return true;
    }
    Slot *s = slot_change(p, e->id, n);
    if (!s) return false;
    words_append(p, &s->o.fields, &s->capacity, e->f);
    play_slot_join(p, s);
    return true;
}

static bool apply_write(Playback *p, const Event_write *e, uint64_t n)
{
    Slot *s = play_slot_find(p, e->id);
    if (!s || e->slot >= s->o.fields.count)
        return playback_fail(p, "object %lld has no word %llu", (long long)e->id,
                             (unsigned long long)e->slot);
    trail_save(&p->trail, s, sizeof *s, false);
    play_words_own(p, &s->o.fields, &s->capacity, s->o.fields.count);
    TraceWord *word = (TraceWord *)s->o.fields.at + e->slot;
    trail_save(&p->trail, word, sizeof *word, false);
    *word = e->new;
    s->o.last = n;
    return true;
}

static bool apply_input(Playback *p, const Event_input *e, uint64_t n)
{
    if (!e->id) return true;
    Slot *s = play_slot_find(p, e->id);
    if (!s || s->o.kind != KIND_ARR_WORDS || e->slot > s->o.fields.count ||
        e->f.count > s->o.fields.count - e->slot)
        return playback_fail(p, "object %lld has no bytes for %u words from word %llu on", (long long)e->id,
                             e->f.count, (unsigned long long)e->slot);
    trail_save(&p->trail, s, sizeof *s, false);
    play_words_own(p, &s->o.fields, &s->capacity, s->o.fields.count);
    s->o.last = n;
    if (!e->f.count) return true;
    TraceWord *words = (TraceWord *)s->o.fields.at + e->slot;
    trail_save(&p->trail, words, e->f.count * sizeof *words, false);
    memcpy(words, e->f.at, e->f.count * sizeof *words);
    return true;
}

/* Arrays have one payload word for each of their words. */
static bool apply_shrink(Playback *p, const Event_shrink *e, uint64_t n)
{
    Slot *s = slot_change(p, e->id, n);
    if (!s) return false;
    bool fits = e->words <= s->o.words && e->words >= kinds[s->o.kind].first;
    if (fits) s->o.words = (uint32_t)e->words;
    if (fits) s->o.bytes = bytes_held(s->o.kind, e->words, e->bytes);
    uint32_t most = s->o.words - kinds[s->o.kind].first;
    if (fits && s->o.fields.count > most) s->o.fields.count = most;
    play_slot_join(p, s);
    return fits || playback_fail(p, "object %lld cannot shrink to %llu words", (long long)e->id,
                                 (unsigned long long)e->words);
}

static bool apply_update(Playback *p, const Event_update *e, uint64_t n)
{
    Slot *s = slot_change(p, e->id, n);
    if (!s) return false;
    s->o.kind = s->o.is_static ? KIND_IND_STATIC : KIND_IND;
    s->o.target = e->to;
    play_words_drop(p, &s->o.fields, &s->capacity);
    play_slot_join(p, s);
    return true;
}

static bool apply_blackhole(Playback *p, const Event_blackhole *e, uint64_t n)
{
    Slot *s = slot_change(p, e->id, n);
    if (!s) return false;
    s->o.kind = KIND_BLACKHOLE;
    play_words_drop(p, &s->o.fields, &s->capacity);
    play_slot_join(p, s);
    return true;
}

static bool apply_push(Playback *p, const Event_push *e, uint64_t n)
{
    Frame *below = p->state.stack, *frame = play_take(p, sizeof *frame);
    SAVE(p, stack);
    *frame = (Frame){.f = {.below = below ? &below->f : NULL,
                           .info = e->i,
                           .words = e->f,
                           .pushed = n,
                           .depth = below ? below->f.depth + 1 : 0},
                     .rows = 1};
    if (p->once) play_words_own(p, &frame->f.words, &frame->capacity, e->f.count);
    p->state.stack = frame;
    return true;
}

static bool apply_pop(Playback *p)
{
    Frame *frame = p->state.stack;
    if (!frame) return playback_fail(p, "the stack is empty");
    SAVE(p, stack);
    p->state.stack = (Frame *)frame->f.below;
    if (!p->once) return true;
    play_words_drop(p, &frame->f.words, &frame->capacity);
    play_give(p, frame);
    return true;
}

/* ---- Roots: a table of entries, chained by object; freed entries are used again */

static Root *root_entry(Playback *p, uint32_t k)
{
    Root *root = table_at(&p->roots, k);
    trail_save(&p->trail, root, sizeof *root, false);
    return root;
}

static uint32_t root_take_entry(Playback *p)
{
    SAVE(p, root_slots);
    SAVE(p, root_free);
    SAVE(p, root_count);
    p->state.root_count++;
    if (p->state.root_free == 0) return p->state.root_slots++;
    uint32_t k = p->state.root_free - 1;
    p->state.root_free = ((Root *)table_get(&p->roots, k))->next;
    return k;
}

/* The object's entry of that class, or NULL; *link leads to it. */
static Root *root_find(Playback *p, Slot *s, const char *class_, uint32_t **link)
{
    for (*link = &s->newest_root; **link;) {
        Root *root = table_get(&p->roots, **link - 1);
        if (strcmp(root->class_, class_) == 0) return root;
        *link = &root->next;
    }
    return NULL;
}

static bool apply_root(Playback *p, const Event_root *e, uint64_t n)
{
    Slot *s = play_slot_find(p, e->id);
    uint32_t *link;
    if (!s) return playback_fail(p, "object %lld has not been allocated", (long long)e->id);
    trail_save(&p->trail, s, sizeof *s, false);
    s->o.last = n;
    Root *root = root_find(p, s, e->class, &link);
    if (root) {
        trail_save(&p->trail, root, sizeof *root, false);
        root->count++;
        return true;
    }
    uint32_t k = root_take_entry(p);
    *root_entry(p, k) = (Root){e->id, e->class, 1, s->newest_root};
    s->newest_root = k + 1;
    s->o.root |= strcmp(e->class, "static") != 0;
    p->root_view_stale = true;
    return true;
}

static bool root_chain_is_root(Playback *p, uint32_t k)
{
    for (; k; k = ((Root *)table_get(&p->roots, k - 1))->next)
        if (strcmp(((Root *)table_get(&p->roots, k - 1))->class_, "static") != 0) return true;
    return false;
}

static void root_give_back(Playback *p, uint32_t k)
{
    SAVE(p, root_free);
    SAVE(p, root_count);
    *root_entry(p, k) = (Root){.next = p->state.root_free};
    p->state.root_free = k + 1;
    p->state.root_count--;
    p->root_view_stale = true;
}

/* What became a root as an indirection ceases to be one as what it leads to. */
static Slot *root_by_another_name(Playback *p, const Event_unroot *e)
{
    for (uint32_t k = 0; k < p->state.root_slots; k++) {
        const Root *root = table_get(&p->roots, k);
        if (root->id && strcmp(root->class_, e->class) == 0 && playback_resolve(p, root->id) == e->id)
            return play_slot_find(p, root->id);
    }
    return NULL;
}

static void root_drop(Playback *p, Slot *s, Root *root, uint32_t *link)
{
    uint32_t k = *link - 1;
    trail_save(&p->trail, root, sizeof *root, false);
    if (--root->count > 0) return;
    if (link != &s->newest_root) trail_save(&p->trail, link, sizeof *link, false);
    *link = root->next;
    root_give_back(p, k);
    s->o.root = root_chain_is_root(p, s->newest_root);
}

/* A CAF that is no root any more has been found dead. */
static void caf_die(Playback *p, Slot *s, uint64_t n)
{
    slot_change(p, s->o.id, n);
    s->o.kind = KIND_THUNK_STATIC;
    s->o.target = 0;
    play_slot_join(p, s);
}

static bool apply_unroot(Playback *p, const Event_unroot *e, uint64_t n)
{
    Slot *s = play_slot_find(p, e->id);
    uint32_t *link;
    if (!s) return playback_fail(p, "object %lld has not been allocated", (long long)e->id);
    if (!root_find(p, s, e->class, &link)) s = root_by_another_name(p, e);
    if (!s) return playback_fail(p, "object %lld is no root of class %.40s", (long long)e->id, e->class);
    trail_save(&p->trail, s, sizeof *s, false);
    Root *root = root_find(p, s, e->class, &link);
    root_drop(p, s, root, link);
    s->o.last = n;
    if (strcmp(e->class, "CAF") == 0) caf_die(p, s, n);
    if (s->o.dead && !s->newest_root) play_slot_drop(p, s);
    return true;
}

/* Its words are nothing from now on. */
static bool apply_weak(Playback *p, const Event_weak *e, uint64_t n)
{
    Slot *s = play_slot_find(p, e->id);
    if (!s || s->o.kind != KIND_WEAK)
        return playback_fail(p, "object %lld is no weak pointer", (long long)e->id);
    slot_change(p, e->id, n);
    play_words_own(p, &s->o.fields, &s->capacity, s->o.fields.count);
    for (uint32_t k = 0; k < s->o.fields.count; k++) {
        TraceWord *word = (TraceWord *)s->o.fields.at + k;
        trail_save(&p->trail, word, sizeof *word, false);
        *word = (TraceWord){WORD_NOTHING, 0};
    }
    play_slot_join(p, s);
    return true;
}

/* ---- The collector */

/* Those before are needed no more. */
static void remembered_move_up(Playback *p)
{
    uint32_t gone = p->state.remembered_before;
    for (uint32_t k = gone; k < p->state.remembered_end; k++)
        *(ObjectId *)table_get(&p->remembered, k - gone) = *(ObjectId *)table_get(&p->remembered, k);
    p->state.remembered_before = 0;
    p->state.remembered_first -= gone;
    p->state.remembered_end -= gone;
}

static void forget_remembered(Playback *p)
{
    for (uint32_t k = p->state.remembered_first; k < p->state.remembered_end; k++) {
        Slot *s = play_slot_find(p, *(ObjectId *)table_get(&p->remembered, k));
        if (!s) continue;
        trail_save(&p->trail, &s->o.remembered, sizeof s->o.remembered, false);
        s->o.remembered = false;
    }
    SAVE(p, remembered_before);
    SAVE(p, remembered_first);
    p->state.remembered_before = p->state.remembered_first;
    p->state.remembered_first = p->state.remembered_end;
    if (p->once) remembered_move_up(p);
}

static bool apply_gc_begin(Playback *p)
{
    SAVE(p, collecting);
    SAVE(p, collections);
    SAVE(p, eliminations);
    p->state.collecting = p->state.collections++;
    p->state.eliminations = 0;
    forget_remembered(p);
    return true;
}

static bool apply_remember(Playback *p, const Event_remember *e, uint64_t n)
{
    Slot *s = play_slot_find(p, e->id);
    if (!s || s->o.remembered) return slot_touch(p, e->id, n);
    trail_save(&p->trail, s, sizeof *s, false);
    ObjectId *entry = table_at(&p->remembered, p->state.remembered_end);
    trail_save(&p->trail, entry, sizeof *entry, false);
    SAVE(p, remembered_end);
    *entry = e->id;
    p->state.remembered_end++;
    s->o.remembered = true;
    s->o.last = n;
    return true;
}

static bool same_address(TraceAddr a, TraceAddr b) { return a.block == b.block && a.offset == b.offset; }

/* A black hole or indirection is kept without what it does not need any more. */
static uint32_t words_kept(const Slot *s)
{
    bool shrunk = s->o.kind == KIND_BLACKHOLE || s->o.kind == KIND_IND;
    return shrunk && !s->o.is_large && s->o.words > kinds[s->o.kind].words ? kinds[s->o.kind].words
                                                                           : s->o.words;
}

static bool apply_move(Playback *p, const Event_move *e, uint64_t n)
{
    Slot *s = play_slot_find(p, e->id);
    if (!s || !play_slot_stands(s))
        return playback_fail(p, "object %lld is not there to be moved", (long long)e->id);
    if (!same_address(s->o.at, e->from))
        return playback_fail(p, "object %lld stands at block %u + %u, not %u + %u", (long long)e->id,
                             s->o.at.block, s->o.at.offset, e->from.block, e->from.offset);
    if (!slot_is_free_to_stand(p, e->to, e->id)) return false;
    slot_change(p, e->id, n);
    s->o.words = words_kept(s);
    s->o.at = e->to;
    s->o.generation = (uint8_t)e->gen;
    if (s->o.age < UINT8_MAX) s->o.age++;
    play_slot_join(p, s);
    return true;
}

/* Keeps playback_resolve finite: no ring, no long row. */
static bool may_eliminate(Playback *p, ObjectId id, ObjectId to)
{
    for (unsigned k = 0; k < ELIMINATED_MAX; k++) {
        if (to == id) return playback_fail(p, "indirection %lld refers to itself", (long long)id);
        Slot *s = play_slot_find(p, to);
        if (!s || !s->o.eliminated) return true;
        to = s->o.target;
    }
    return playback_fail(p, "indirection %lld stands before a row of others", (long long)id);
}

/* References to it go to `to` when the collection ends. */
static bool eliminate(Playback *p, ObjectId id, ObjectId to, Kind kind, uint64_t n)
{
    if (!may_eliminate(p, id, to)) return false;
    Slot *s = play_slot_find(p, id);
    if (!s || s->o.kind != kind)
        return playback_fail(p, "object %lld is no %s", (long long)id, kinds[kind].spoken);
    slot_change(p, id, n);
    SAVE(p, eliminations);
    p->state.eliminations++;
    s->o.kind = KIND_IND;
    play_words_drop(p, &s->o.fields, &s->capacity);
    s->o.target = to;
    s->o.eliminated = true;
    play_slot_join(p, s);
    return true;
}

static bool apply_die(Playback *p, const Event_die *e, uint64_t n)
{
    Slot *s = slot_change(p, e->id, n);
    if (!s) return false;
    bool died_before = s->o.dead;
    s->o.dead = true;
    return !died_before || playback_fail(p, "object %lld has died before", (long long)e->id);
}

/* A dead indirection that became a root by its own name still leads to what is one. */
static void drop_dead(Playback *p, const TraceCollection *c)
{
    for (uint64_t k = c->begin; k <= (uint64_t)p->position; k++) {
        const TraceEvent *e = trace_event(p->trace, k);
        Slot *s = e->type == EVENT_die ? play_slot_find(p, e->as_die.id) : NULL;
        if (s && !s->newest_root) play_slot_drop(p, s);
    }
}

static bool apply_gc_end(Playback *p, const Event_gc_end *e)
{
    TraceCollection collection = trace_collection(p->trace, (uint32_t)p->state.collecting);
    play_settle(p, &collection);
    if (p->position + 1 > p->confirmed_to && !confirm_collection(p, e, &collection)) return false;
    SAVE(p, collecting);
    p->state.collecting = -1;
    if (p->once) drop_dead(p, &collection);
    return true;
}

static bool apply_digest(Playback *p, const Event_digest *e)
{
    return p->position + 1 <= p->confirmed_to || confirm_digest(p, e);
}

/* Below level heap a playback shows collections and blocks alone, which loss does not falsify. */
static bool apply_lost(Playback *p, const Event_lost *e)
{
    if (playback_last_id(p) == 0) return true;
    return playback_fail(p, "%llu events were lost: the heap is not known any more",
                         (unsigned long long)e->count);
}

bool playback_apply(Playback *p, const TraceEvent *e)
{
    switch (e->type) {
    case EVENT_alloc: return apply_alloc(p, &e->as_alloc, e->n);
    case EVENT_digest: return apply_digest(p, &e->as_digest);
    case EVENT_fields: return apply_fields(p, &e->as_fields, e->n);
    case EVENT_input: return apply_input(p, &e->as_input, e->n);
    case EVENT_write: return apply_write(p, &e->as_write, e->n);
    case EVENT_shrink: return apply_shrink(p, &e->as_shrink, e->n);
    case EVENT_update: return apply_update(p, &e->as_update, e->n);
    case EVENT_blackhole: return apply_blackhole(p, &e->as_blackhole, e->n);
    case EVENT_push: return apply_push(p, &e->as_push, e->n);
    case EVENT_pop: return apply_pop(p);
    case EVENT_root: return apply_root(p, &e->as_root, e->n);
    case EVENT_unroot: return apply_unroot(p, &e->as_unroot, e->n);
    case EVENT_enter: return slot_touch(p, e->as_enter.id, e->n);
    case EVENT_return: return slot_touch(p, e->as_return.id, e->n);
    case EVENT_apply: return slot_touch(p, e->as_apply.id, e->n);
    case EVENT_raise: return slot_touch(p, e->as_raise.id, e->n);
    case EVENT_thread: return slot_touch(p, e->as_thread.id, e->n);
    case EVENT_gc_begin: return apply_gc_begin(p);
    case EVENT_remember: return apply_remember(p, &e->as_remember, e->n);
    case EVENT_move: return apply_move(p, &e->as_move, e->n);
    case EVENT_ind_elim: return eliminate(p, e->as_ind_elim.id, e->as_ind_elim.to, KIND_IND, e->n);
    case EVENT_sel_elim: return eliminate(p, e->as_sel_elim.id, e->as_sel_elim.to, KIND_THUNK_SELECTOR, e->n);
    case EVENT_weak: return apply_weak(p, &e->as_weak, e->n);
    case EVENT_finalize: return slot_touch(p, e->as_finalize.id, e->n);
    case EVENT_die: return apply_die(p, &e->as_die, e->n);
    case EVENT_gc_end: return apply_gc_end(p, &e->as_gc_end);
    case EVENT_block: return block_apply(p, &e->as_block);
    case EVENT_lost: return apply_lost(p, &e->as_lost);
    default: return true;
    }
}
