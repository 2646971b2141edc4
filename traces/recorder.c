#include "traces/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "traces/recorder_private.h"
#include "traces/trace_private.h"

/* ---- Blocks */

static void write_block_event(Recorder *r, const char *what, const BlockDescr *g)
{
    Event_block e = {what, g->number, g->blocks, block_owner_names[g->owner], g->gen_no};
    if (records(r, TRACE_BLOCKS)) write_block(&r->writer, &e);
}

static void on_taken(void *context, BlockDescr *group)
{
    group->aux = NULL;
    write_block_event(context, "taken", group);
}

static void on_returned(void *context, BlockDescr *group)
{
    write_block_event(context, "returned", group);
    ids_drop(group);
}

static void on_resized(void *context, BlockDescr *group, uint32_t old_blocks)
{
    (void)old_blocks;
    write_block_event(context, "resized", group);
}

static void on_owned(void *context, BlockDescr *group, BlockOwner old)
{
    (void)old;
    write_block_event(context, "owned", group);
}

static bool block_is_there(void *context, BlockDescr *group)
{
    if (block_is_held(group)) on_taken(context, group);
    return true;
}

static bool block_goes(void *context, BlockDescr *group)
{
    (void)context;
    if (block_is_held(group)) ids_drop(group);
    return true;
}

/* ---- Roots: those that nobody tells of are known exactly when a collection begins */

static int by_id(const void *a, const void *b)
{
    ObjectId x = *(const ObjectId *)a, y = *(const ObjectId *)b;
    return x < y ? -1 : x > y;
}

static void note_root(void *context, RootClass class_, Ref *slot)
{
    Recorder *r = context;
    bool told =
        class_ == ROOT_STACK || class_ == ROOT_CAF || class_ == ROOT_STABLE || class_ == ROOT_FINALIZER;
    if (!told && *slot) ids_add(&r->edges, id_of_ref(r, *slot));
}

static bool ids_contain(const Ids *ids, ObjectId id)
{
    return ids->count && bsearch(&id, ids->at, ids->count, sizeof id, by_id);
}

static void ids_sort(Ids *ids)
{
    size_t kept = 0;
    if (ids->count) qsort(ids->at, ids->count, sizeof *ids->at, by_id);
    for (size_t k = 0; k < ids->count; k++)
        if (kept == 0 || ids->at[kept - 1] != ids->at[k]) ids->at[kept++] = ids->at[k];
    ids->count = kept;
}

void write_roots(Recorder *r)
{
    const char *class_ = root_class_names[ROOT_HANDLE];
    r->edges.count = 0;
    heap_each_root(r->heap, note_root, r);
    write_met(r);
    ids_sort(&r->edges);
    for (size_t k = 0; k < r->roots.count; k++)
        if (!ids_contain(&r->edges, r->roots.at[k]))
            write_unroot(&r->writer, &(Event_unroot){class_, r->roots.at[k]});
    for (size_t k = 0; k < r->edges.count; k++)
        if (!ids_contain(&r->roots, r->edges.at[k]))
            write_root(&r->writer, &(Event_root){class_, r->edges.at[k]});
    Ids old = r->roots;
    r->roots = r->edges;
    r->edges = old;
}

/* While objects move, all that are named have their ids. */
static ObjectId id_named(Recorder *r, const Closure *c)
{
    if (r->collecting) return cell_id(*id_cell(c));
    write_statics(r);
    ObjectId id = id_of(r, c);
    write_met(r);
    return id;
}

static void on_rooted(void *context, RootClass class_, const Closure *object)
{
    Recorder *r = context;
    Event_root e = {root_class_names[class_], id_named(r, object)};
    write_root(&r->writer, &e);
}

static void on_unrooted(void *context, RootClass class_, const Closure *object)
{
    Recorder *r = context;
    Event_unroot e = {root_class_names[class_], id_named(r, object)};
    write_unroot(&r->writer, &e);
}

/* ---- Weak pointers */

static void on_weak_died(void *context, const Closure *weak, bool dead)
{
    Recorder *r = context;
    const Word *w = (const Word *)weak;
    Event_weak e = {id_named(r, weak), id_named(r, ref_closure(w[WEAK_KEY])),
                    id_named(r, ref_closure(w[WEAK_VALUE])), dead ? "dead" : "finalized"};
    write_weak(&r->writer, &e);
}

static void on_finalizer_due(void *context, const Closure *weak, const Closure *finalizer)
{
    Recorder *r = context;
    write_finalize(&r->writer, &(Event_finalize){id_named(r, weak), id_named(r, finalizer)});
}

/* ---- Collections */

static void on_gc_begin(void *context, const GcStats *s)
{
    Recorder *r = context;
    if (records(r, TRACE_HEAP)) {
        write_statics(r);
        write_roots(r);
    }
    r->collecting = true;
    write_gc_begin(&r->writer, &(Event_gc_begin){.number = s->number,
                                                 .generation = s->generation,
                                                 .major = s->major,
                                                 .reason = gc_reason_names[s->reason],
                                                 .nursery = s->nursery_words,
                                                 .remembered = s->remembered});
}

static void on_gc_phase(void *context, const char *name, uint64_t ns)
{
    Recorder *r = context;
    write_gc_phase(&r->writer, &(Event_gc_phase){name, ns});
}

/* An object that is met here is one of the runtime's: it appears where it stood. */
static void meet_moved(Recorder *r, IdCell *cell, const Closure *from, const Closure *to, size_t words)
{
    Event_alloc e = {.id = --r->last_runtime_id,
                     .i = info_number(r, to->info),
                     .words = words,
                     .s = TRACE_NO_NUMBER,
                     .large = from == to,
                     .at = address_of(from)};
    *cell = cell_make(e.id);
    write_alloc(&r->writer, &e);
}

static void on_moved(void *context, const Closure *from, const Closure *to, size_t words, uint8_t generation,
                     MoveWhy why)
{
    Recorder *r = context;
    IdCell *cell = id_cell(from);
    if (unlikely(*cell == 0)) meet_moved(r, cell, from, to, words);
    ObjectId id = cell_id(*cell);
    *cell |= ID_MOVED;
    *id_cell(to) = cell_make(id);
    write_move(&r->writer,
               &(Event_move){id, address_of(from), address_of(to), generation, move_why_names[why]});
}

/* Told for each reference; the first one is the event. */
static void on_ind_removed(void *context, const Closure *ind, const Closure *target)
{
    Recorder *r = context;
    IdCell *cell = id_cell(ind);
    ObjectId to = cell_id(*id_cell(target));
    if (*cell == 0 || *cell & ID_ELIMINATED || to == 0) return;
    *cell |= ID_ELIMINATED;
    write_ind_elim(&r->writer, &(Event_ind_elim){cell_id(*cell), to});
}

static void on_selector_removed(void *context, const Closure *selector, const Closure *value)
{
    Recorder *r = context;
    IdCell *cell = id_cell(selector);
    ObjectId to = cell_id(*id_cell(value));
    if (*cell == 0 || to == 0) return;
    *cell |= ID_ELIMINATED;
    write_sel_elim(&r->writer, &(Event_sel_elim){cell_id(*cell), to});
}

static void on_remembered(void *context, const Closure *object, const char *why)
{
    Recorder *r = context;
    ObjectId id = r->collecting ? cell_id(*id_cell(object)) : id_of(r, object);
    if (id == 0) return;
    write_met(r);
    write_remember(&r->writer, &(Event_remember){id, why});
}

static void note_death(Recorder *r, IdCell cell)
{
    if (cell && !(cell & ID_MOVED)) ids_add(&r->dead, cell_id(cell));
}

static void write_deaths(Recorder *r)
{
    ids_sort(&r->dead);
    for (size_t k = 0; k < r->dead.count; k++)
        write_die(&r->writer, &(Event_die){r->dead.at[k], r->heap->gc_count});
    r->dead.count = 0;
}

static void on_swept(void *context, BlockDescr *block, const uint64_t *starts)
{
    Recorder *r = context;
    IdCell *cells = block->aux;
    if (!cells) return;
    for (size_t k = 0; k < BLOCK_WORDS; k++) {
        if (starts[k / 64] >> k % 64 & 1) continue;
        note_death(r, cells[k]);
        cells[k] = 0;
    }
    write_deaths(r);
}

/* What has not moved out of a block that is given up has died. */
static void on_released(void *context, BlockDescr *group)
{
    Recorder *r = context;
    IdCell *cells = group->aux;
    size_t words = group_cells(group);
    if (!cells) return;
    for (size_t k = 0; k < words; k++) note_death(r, cells[k]);
    memset(cells, 0, words * sizeof *cells);
    write_deaths(r);
}

static Event_gc_end end_of(const GcStats *s)
{
    return (Event_gc_end){.number = s->number,
                          .live = s->live_words,
                          .live_objects = s->live_objects,
                          .copied = s->copied_words,
                          .copied_objects = s->copied_objects,
                          .promoted = s->promoted_words,
                          .promoted_objects = s->promoted_objects,
                          .freed = s->freed_words,
                          .blocks = s->blocks,
                          .ind_removed = s->ind_removed,
                          .pause = s->pause_ns};
}

static void on_gc_end(void *context, Heap *heap, const GcStats *s)
{
    Recorder *r = context;
    (void)heap;
    Event_gc_end e = end_of(s);
    uint64_t survivors;
    if (records(r, TRACE_HEAP)) {
        e.present = digest_present(r, WALK_SURVIVORS, &survivors);
        e.reachable = s->major ? digest_reachable(r) : 0;
    }
    r->collecting = false;
    write_gc_end(&r->writer, &e);
    if (r->live) writer_flush(&r->writer);
}

/* ---- Life */

static void attach(Recorder *r)
{
    GcObserver gc = {.context = r, .gc_begin = on_gc_begin, .gc_phase = on_gc_phase, .gc_end = on_gc_end};
    r->blocks = (BlockObserver){
        .context = r, .taken = on_taken, .returned = on_returned, .resized = on_resized, .owned = on_owned};
    if (records(r, TRACE_HEAP)) {
        gc.moved = on_moved;
        gc.ind_removed = on_ind_removed;
        gc.selector_removed = on_selector_removed;
        gc.remembered = on_remembered;
        gc.swept = on_swept;
        gc.released = on_released;
        gc.rooted = on_rooted;
        gc.unrooted = on_unrooted;
        gc.weak_died = on_weak_died;
        gc.finalizer_due = on_finalizer_due;
    }
    heap_observe(r->heap, &gc);
    block_each_group(r->heap->blocks, block_is_there, r);
    heap_observe_blocks(r->heap, &r->blocks);
}

static const char *or_empty(const char *text) { return text ? text : ""; }

static void write_header(Recorder *r, const RecorderConfig *c)
{
    const HeapConfig *heap = &r->heap->config;
    char version[16];
    snprintf(version, sizeof version, "%u.%u", TRACE_MAJOR, TRACE_MINOR);
    write_trace(&r->writer, &(Event_trace){.version = version,
                                           .word = WORD_BYTES,
                                           .block = BLOCK_SIZE,
                                           .program = or_empty(c->program),
                                           .hash = c->program_hash,
                                           .args = or_empty(c->args),
                                           .seed = c->seed,
                                           .collector = heap->collector->name,
                                           .generations = heap->generations,
                                           .ageing = heap->ageing,
                                           .nursery = heap->nursery_bytes,
                                           .blackholing = or_empty(c->blackholing),
                                           .tagging = "on",
                                           .selectors = heap->selectors ? "on" : "off",
                                           .source = or_empty(c->block_source),
                                           .placement = "buckets",
                                           .flags = or_empty(c->flags),
                                           .level = trace_level_names[c->level],
                                           .start = r->writer.start_ns});
}

static void end_by_failure(void *recorder, const char *how, int exit_code)
{
    Recorder *r = recorder;
    writer_end_by_failure(&r->writer, how, exit_code);
}

Recorder *recorder_new(Heap *heap, Sink *sink, const RecorderConfig *config)
{
    Recorder *r = memory_new_zeroed(sizeof *r);
    r->heap = heap;
    r->level = config->level;
    r->control = config->control;
    r->control_context = config->control_context;
    r->live = sink_is_live(sink);
    writer_init(&r->writer, sink, config->clock);
    write_header(r, config);
    write_sources(r, config);
    attach(r);
    recorder_eval_init(r);
    recorder_flush(r);
    panic_add_last_act(end_by_failure, r);
    return r;
}

const EvalObserver *recorder_eval_observer(Recorder *r) { return &r->eval; }
uint64_t recorder_events(const Recorder *r) { return r->writer.events; }
void recorder_flush(Recorder *r) { writer_flush(&r->writer); }

static void detach(Recorder *r)
{
    heap_observe(r->heap, NULL);
    heap_observe_blocks(r->heap, NULL);
    block_each_group(r->heap->blocks, block_goes, r);
}

static void recorder_free(Recorder *r)
{
    for (size_t k = 0; k < r->file_count; k++) free((void *)r->files[k]);
    void *owned[] = {r->infos.at,   r->sites.at,   r->files,   r->words,   r->frames,
                     r->statics.at, r->met.at,     r->work.at, r->dead.at, r->edges.at,
                     r->roots.at,   r->outside.at, r};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) free(owned[k]);
}

void recorder_mark(Recorder *r, const char *text) { write_mark(&r->writer, &(Event_mark){text}); }

bool recorder_close(Recorder *r, const char *reason, int exit_code)
{
    panic_remove_last_act(end_by_failure, r);
    write_statics(r);
    detach(r);
    writer_end(&r->writer, reason, exit_code);
    bool ok = writer_close(&r->writer);
    recorder_free(r);
    return ok;
}
