/* A collection, from its decision to its report: collect() reads as the list of its phases.
 *
 * A collection of generation N empties the nursery and collects the generations 0..N: what roots and
 * remembered sets reach is kept, everything else is given up. How it is kept is the collector's affair
 * (gc/collector.h). Before anything moves it is made sure that memory for the worst case is at hand, so that
 * a collection that has begun ends.
 *
 * Follows: GHC, rts/sm/GC.c. */
#include "gc/amounts.h"
#include "gc/promises_private.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *const gc_reason_names[GC_REASON_COUNT] = {
#define GC_REASON(name, text) [GC_REASON_##name] = text,
#include "gc/reasons.def"
#undef GC_REASON
};

const char *const move_why_names[4] = {"survived", "aged", "promoted", "eager"};

_Noreturn void heap_out_of_memory(void)
{
    static const char message[] = "thunkscope: heap exhausted: the block source has no more memory\n";
    fflush(NULL);
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) panic_exit(251, "heap exhausted");
    panic_exit(251, "heap exhausted");
}

/* ---- Time */

typedef struct Stopwatch {
    uint64_t cpu, elapsed, phase;
} Stopwatch;

static Stopwatch stopwatch_start(const HeapState *h)
{
    uint64_t elapsed = heap_clock(h, CLOCK_MONOTONIC);
    return (Stopwatch){heap_clock(h, CLOCK_PROCESS_CPUTIME_ID), elapsed, elapsed};
}

static void phase_ended(Collection *c, Stopwatch *watch, GcPhase phase)
{
    const GcObserver *o = &c->h->observer;
    uint64_t now = heap_clock(c->h, CLOCK_MONOTONIC);
    c->stats.phase_ns[phase] = now - watch->phase;
    if (o->gc_phase) o->gc_phase(o->context, gc_phase_names[phase], now - watch->phase);
    watch->phase = now;
}

static void stopwatch_stop(Collection *c, const Stopwatch *watch)
{
    c->stats.end_cpu_ns = heap_clock(c->h, CLOCK_PROCESS_CPUTIME_ID);
    c->stats.end_elapsed_ns = heap_clock(c->h, CLOCK_MONOTONIC);
    c->stats.cpu_ns = c->stats.end_cpu_ns - watch->cpu;
    c->stats.pause_ns = c->stats.end_elapsed_ns - watch->elapsed;
}

/* ---- Before anything moves */

/* That can be had one by one: a run of megablocks has descriptors in each of them then. */
static size_t free_blocks(const HeapState *h)
{
    BlockCounters c;
    block_counters(h->heap.blocks, &c);
    size_t free_now = c.owner_blocks[OWNER_FREE];
    size_t usable = free_now + c.allocated_blocks + c.owner_blocks[OWNER_GUARDED];
    size_t more = usable - c.committed_mblocks * USABLE_BLOCKS;
    return free_now > more ? free_now - more : 0;
}

/* As a run, or, if so many do not lie side by side, one by one. Room for a run may be made by giving up what
 * lies idle: what counts is that there is more afterwards. */
bool memory_at_hand(HeapState *h, size_t blocks)
{
    size_t before = 0, free, most = SIZE_MAX;
    while ((free = free_blocks(h)) < blocks) {
        size_t mblocks = at_most((blocks - free - 1) / USABLE_BLOCKS + 1, most);
        bool committed = free >= before && block_allocator_commit(h->heap.blocks, mblocks);
        if (!committed && mblocks == 1) return false;
        if (!committed) most = 1;
        before = committed ? free + 1 : 0;
    }
    return true;
}

bool memory_promised(HeapState *h, size_t more)
{
    if (!memory_at_hand(h, h->promised + more)) return false;
    h->promised += more;
    h->at_hand += more;
    return true;
}

BlockDescr *block_beside_copies(HeapState *h, BlockOwner owner, BlockSite site)
{
    if (h->promised && !memory_at_hand(h, h->promised + 1)) return NULL;
    return block_group_alloc_at(h->heap.blocks, 1, owner, site);
}

static size_t words_of_collected(const HeapState *h, uint32_t collected)
{
    size_t words = nursery_words(h);
    for (uint32_t g = 0; g <= collected; g++)
        words += generation_words(&h->generations[g]) + h->generations[g].large.words;
    return words;
}

static void collection_init(Collection *c, HeapState *h, const GcCollector *collector, uint32_t collected,
                            GcReason reason)
{
    *c = (Collection){.h = h,
                      .collector = collector,
                      .generations = h->generations,
                      .collected = (uint8_t)collected,
                      .eager = h->heap.config.eager_promotion,
                      .from_words = words_of_collected(h, collected)};
    c->stats.number = ++h->heap.gc_count;
    c->watched = h->observer.moved && !sanity_tells_moves(c);
    block_allocator_doing(h->heap.blocks, (BlockDoing){"in collection", h->heap.gc_count});
    c->stats.generation = (uint8_t)collected;
    c->stats.major = collected == h->oldest->no;
    if (c->stats.major) h->remembered_lost = false;
    c->stats.reason = reason;
    c->stats.nursery_words = nursery_words(h) + h->new_large_words;
}

static void tell_begin(const Collection *c)
{
    const GcObserver *o = &c->h->observer;
    if (o->gc_begin) o->gc_begin(o->context, &c->stats);
}

/* ---- Roots */

typedef struct EntryContext {
    Collection *c;
    Generation *generation;
} EntryContext;

static void visit_entry(void *context, Closure *entry)
{
    EntryContext *e = context;
    e->c->collector->remembered(e->c, e->generation, entry);
}

/* Old generations' sets are roots, and made anew; those of collected generations are void. */
static void evacuate_remembered(Collection *c)
{
    for (int g = c->h->oldest->no; g >= 0; g--) {
        Generation *generation = &c->generations[g];
        RememberedSet set = generation->remembered;
        generation->remembered = (RememberedSet){0};
        if (g > c->collected && !MUTANT_IS(c->h, forget_remembered)) {
            c->stats.remembered += set.entries;
            remembered_each(&set, visit_entry, &(EntryContext){c, generation});
        }
        remembered_free(c->h, &set);
    }
}

/* Whether a mutant forgets roots of that class. */
static bool root_is_forgotten(const HeapState *h, RootClass class_)
{
    return (MUTANT_IS(h, forget_stack_roots) && class_ == ROOT_STACK) ||
           (MUTANT_IS(h, forget_handle_roots) && class_ == ROOT_HANDLE) ||
           (MUTANT_IS(h, forget_caf_roots) && class_ == ROOT_CAF) ||
           (MUTANT_IS(h, forget_stable_roots) && class_ == ROOT_STABLE) ||
           (MUTANT_IS(h, forget_finalizer_roots) && class_ == ROOT_FINALIZER);
}

static void visit_root(void *context, RootClass class_, Ref *slot)
{
    Collection *c = context;
    if (root_is_forgotten(c->h, class_) || (class_ == ROOT_CAF && c->follows_code)) return;
    c->collector->evacuate(c, slot);
}

/* The first object that the block holds. */
static void mutant_keep_dead(Collection *c, const BlockDescr *block)
{
    if (!block || block->free == block->start) return;
    Ref dead = (Ref)block->start;
    if (!header_is_forwarded(*block->start) && ref_closure(dead)->info->kind != KIND_FILLER)
        c->collector->evacuate(c, &dead);
}

static void evacuate_roots(Collection *c)
{
    c->evac_gen = 0;
    heap_each_root(&c->h->heap, visit_root, c);
    if (MUTANT_IS(c->h, keep_dead)) mutant_keep_dead(c, c->h->nursery.first);
    if (MUTANT_IS(c->h, large_keep_dead)) mutant_keep_dead(c, c->h->oldest->from_large.first);
}

/* ---- Totals */

static size_t surviving_large_words(const Collection *c)
{
    size_t words = 0;
    for (uint32_t g = 0; g < generation_count(c->h); g++)
        for (BlockDescr *b = c->generations[g].large.first; b && b->flags & BF_TO_SPACE; b = b->link)
            words += (size_t)(b->free - b->start);
    return words;
}

static size_t large_words(const HeapState *h)
{
    size_t words = 0;
    for (uint32_t g = 0; g < generation_count(h); g++) words += h->generations[g].large.words;
    return words;
}

/* The oldest generation's loop leaves it to us to say what of its promotions was eager. */
static void count_settled(Collection *c)
{
    uint8_t oldest = c->h->oldest->no;
    for (uint8_t usual = 0; usual <= oldest; usual++) {
        c->stats.promoted_words += c->settled_from[usual];
        if (usual < oldest) count_eager(c, usual, oldest, c->settled_from[usual]);
    }
}

static size_t eager_words(const Collection *c)
{
    size_t words = 0;
    for (uint32_t g = 0; g < generation_count(c->h); g++) words += c->eager_to[g];
    return words;
}

static void finish_stats(Collection *c)
{
    BlockCounters counters;
    block_counters(c->h->heap.blocks, &counters);
    c->stats.blocks = counters.allocated_blocks;
    generations_count_large(c->h);
    c->stats.live_words = generations_words(c->h);
    c->stats.live_objects = generations_objects(c->h);
    c->stats.large_words = large_words(c->h);
    c->stats.slop_words = generations_blocks(c->h) * BLOCK_WORDS - c->stats.live_words;
    count_settled(c);
    c->stats.eager_words = eager_words(c);
    c->stats.freed_words =
        c->from_words - c->stats.copied_words - c->stats.kept_words - surviving_large_words(c);
}

/* ---- The collection */

static void tell_end(const Collection *c)
{
    const GcObserver *o = &c->h->observer;
    if (o->gc_end) o->gc_end(o->context, &c->h->heap, &c->stats);
}

/* `watch` has been going since the program stopped for it. */
static void collect_generations(HeapState *h, const GcCollector *collector, uint32_t collected,
                                GcReason reason, Stopwatch watch)
{
    Collection c;
    watch.phase = heap_clock(h, CLOCK_MONOTONIC);
    collection_init(&c, h, collector, collected, reason);
    statistics_begin(&c);
    tell_begin(&c);
    statics_begin(&c);
    collector->prepare(&c);
    evacuate_remembered(&c);
    evacuate_roots(&c);
    tell_pinned_current(&c);
    phase_ended(&c, &watch, GC_PHASE_ROOTS);
    collector->drain(&c);
    phase_ended(&c, &watch, GC_PHASE_SCAVENGE);
    weak_collect(&c);
    stable_names_collect(&c);
    statics_bury(&c);
    sanity_at_survival(h, &c);
    phase_ended(&c, &watch, GC_PHASE_WEAK);
    collector->finish(&c);
    promised_blocks_sufficed(&c);
    if (!MUTANT_IS(h, names_not_rehashed)) stable_names_finish(&h->stable);
    phase_ended(&c, &watch, GC_PHASE_FINISH);
    h->promised = 0;
    if (MUTANT_IS(h, old_written)) mutant_write_old(h, BF_TO_SPACE);
    sanity_at_transition(h, &c);
    spaces_release(&c);
    if (c.stats.major) h->oldest->objects += MUTANT_IS(h, live_miscounted);
    phase_ended(&c, &watch, GC_PHASE_RELEASE);
    policy_resize(h, &c.stats);
    nursery_open(h);
    phase_ended(&c, &watch, GC_PHASE_RESIZE);
    finish_stats(&c);
    stopwatch_stop(&c, &watch);
    h->last_was_major = c.stats.major;
    statistics_end(&c);
    sanity_at_collection(h, true);
    block_allocator_doing(h->heap.blocks, (BlockDoing){"after collection", h->heap.gc_count});
    tell_end(&c);
    c_finalizers_call(h);
}

static void pause_mutator(HeapState *h)
{
    if (h->heap.before_collect) h->heap.before_collect(h->heap.before_collect_context);
    nursery_close(h);
}

/* Not what a program waits for otherwise: it is no part of the pause. */
static void check_before(HeapState *h, Stopwatch *watch)
{
    Stopwatch before = stopwatch_start(h);
    sanity_at_collection(h, false);
    Stopwatch after = stopwatch_start(h);
    watch->cpu += after.cpu - before.cpu;
    watch->elapsed += after.elapsed - before.elapsed;
}

static bool has_room(HeapState *h, const GcCollector *collector, uint32_t collected)
{
    h->promised = h->at_hand = 0;
    return memory_promised(h, promised_worst_case(h, collector, collected));
}

/* The one that the policy chooses, or the one that needs less, if there is not more; NULL: neither has room.
 */
static const GcCollector *choose_collector(HeapState *h, uint32_t collected)
{
    const GcCollector *collector = policy_choose_collector(h, collected);
    if (has_room(h, collector, collected)) return collector;
    const GcCollector *compacting = collected == h->oldest->no ? collector->compacting : NULL;
    return compacting && has_room(h, compacting, collected) ? compacting : NULL;
}

HeapStatus collect(HeapState *h, bool major, GcReason reason)
{
    const GcCollector *collector = h->heap.config.collector;
    Stopwatch watch = stopwatch_start(h);
    pause_mutator(h);
    if (h->heap.config.sanity_level) check_before(h, &watch);
    if (collector->instead) return promised_instead(h, collector, reason);
    uint32_t collected = policy_choose_generation(h, major || h->remembered_lost);
    spaces_note_tables(h);
    collector = choose_collector(h, collected);
    if (!collector) return HEAP_EXHAUSTED;
    collect_generations(h, collector, collected, reason, watch);
    policy_end_grace(h);
    if (!policy_over_limit(h, 0)) return HEAP_OK;
    if (!h->last_was_major) return collect(h, true, GC_REASON_HEAP_LIMIT);
    return policy_grant_grace(h) ? HEAP_OK : HEAP_EXHAUSTED;
}

HeapStatus heap_collect(Heap *heap, bool major, GcReason reason)
{
    HeapState *h = heap_state(heap);
    h->ending |= reason == GC_REASON_SHUTDOWN;
    return collect(h, major, reason);
}
