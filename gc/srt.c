/* Which CAFs live: those that code which can still run may ask for.
 *
 * Note [CAFs and code]
 *
 * An entered CAF's value is alive as long as something may ask for it: a reference in the heap or on the
 * stack, or code that names it. What code names is said by its info table (Srt): a function's or thunk's
 * table names what the code may use from its entry on, a return point's what it may use from there on.
 *
 * In a major collection static closures are marked when they are met: through a reference from what lives,
 * from another static closure, or from the SRT of code that lives. Code lives when an object of its table, or
 * a frame that returns to it, does. So a CAF that has been entered is no root of its own: it is gone through,
 * and its value kept, when it is met; one that has not been entered stands for what its code names. Entered
 * CAFs that have not been met when everything else has been kept are dead (STD_DEAD_CAF): nothing can ever
 * enter them again (59), if SRTs say all (60).
 *
 * Each table of code is gone through once: `unreached` is set on all that have an SRT when a major
 * collection begins, and cleared by the first object or frame that is met. Collectors look at it on the way
 * to where uncommon objects go, so that what is common pays nothing.
 *
 * Always true outside collections: no table is unreached, no block is traced, a dead CAF is on no list.
 *
 * Minor collections keep all entered CAFs. Follows: GHC, rts/sm/Evac.c (evacuate_static_object),
 * rts/sm/GCAux.c (markCAFs), compiler/GHC/Cmm/Info/Build.hs, whose SRTs are objects; ours are tables. */
#include <stdlib.h>
#include <string.h>

#include "gc/collection.h"
#include "gc/mutants.h"

#define CODE ((Word)1)

/* ---- Meeting */

static void work_add(StaticWork *work, Word item)
{
    if (work->count == work->room) {
        work->room = work->room ? 2 * work->room : 256;
        work->at = realloc(work->at, work->room * sizeof *work->at);
        require(work->at, "out of memory for static closures");
    }
    work->at[work->count++] = item;
}

void static_reached(Collection *c, BlockDescr *block, const Closure *object)
{
    uint64_t *marks = &block->u.marks[static_mark_row(object)], bit = static_mark_bit(object);
    if (__atomic_fetch_or(marks, bit, __ATOMIC_RELAXED) & bit) return;
    work_add(&c->statics, (Word)object);
}

void code_reached(Collection *c, const InfoTable *info)
{
    if (__atomic_exchange_n((uint8_t *)&info->unreached, 0, __ATOMIC_RELAXED))
        work_add(&c->statics, (Word)info | CODE);
}

/* ---- Going through */

static void meet_slot(void *context, Ref *slot)
{
    const Closure *object = ref_closure(*slot);
    collection_static(context, Bdescr(object), object);
}

static void scan_srt(Collection *c, const Srt *srt)
{
    uint32_t forgotten = MUTANT_IS(c->h, srt_forgets_closure) && srt->closures ? 1 : 0;
    for (uint32_t i = 0; i < srt->closures - forgotten; i++) {
        const Closure *object = (const Closure *)srt->names[i];
        collection_static(c, Bdescr(object), object);
    }
    for (uint32_t i = 0; i < srt->codes && !MUTANT_IS(c->h, srt_forgets_code); i++)
        collection_code(c, (const InfoTable *)srt->names[srt->closures + i]);
}

/* What a CAF leads to is not promoted for its sake: minor collections ask it again. */
static void scan_caf(Collection *c, Closure *caf)
{
    c->evac_gen = 0;
    c->collector->evacuate(c, &closure_words(caf)[IND_TARGET]);
}

static void scan_closure(Collection *c, Closure *object)
{
    if (object->info == info_std(c->h->heap.infos, STD_DEAD_CAF))
        heap_dead_caf(&c->h->heap, object, "something that lives refers to it");
    collection_code(c, object->info);
    if (object->info->kind == KIND_IND_STATIC)
        scan_caf(c, object);
    else
        closure_each_pointer(object, meet_slot, c);
}

bool collection_scan_statics(Collection *c)
{
    if (likely(c->statics.count == 0)) return false;
    while (c->statics.count) {
        Word item = c->statics.at[--c->statics.count];
        if (item & CODE)
            scan_srt(c, ((const InfoTable *)(item & ~CODE))->srt);
        else
            scan_closure(c, (Closure *)item);
    }
    return true;
}

/* ---- Begin and end */

static void set_unreached(HeapState *h, uint8_t unreached)
{
    for (uint32_t id = 0; id < info_count(h->heap.infos); id++) {
        InfoTable *info = info_by_id(h->heap.infos, id);
        if (info->srt) info->unreached = unreached;
    }
}

static void mutant_meet_cafs(Collection *c)
{
    for (Closure *caf = c->h->first_caf; caf; caf = (Closure *)closure_words(caf)[CAF_LINK])
        collection_static(c, Bdescr(caf), caf);
}

/* The first CAF leads to the last field of its value. */
static void mutant_move_caf(const HeapState *h)
{
    Word *caf = closure_words(h->first_caf);
    const Closure *value = caf ? ref_closure(caf[IND_TARGET]) : NULL;
    if (value && value->info->kind == KIND_CON && value->info->ptrs > 0)
        caf[IND_TARGET] = ((const Word *)value)[value->info->ptrs];
}

void statics_begin(Collection *c)
{
    c->follows_code = c->stats.major && heap_cafs_may_die(&c->h->heap);
    if (!c->follows_code) return;
    set_unreached(c->h, 1);
    for (BlockDescr *b = c->h->statics.first; b; b = b->link) {
        b->flags |= BF_TRACED;
        memset(b->u.marks, 0, STATIC_MARK_BYTES);
    }
    if (MUTANT_IS(c->h, caf_immortal)) mutant_meet_cafs(c);
}

static void bury(HeapState *h, Closure *caf)
{
    Word *w = closure_words(caf);
    if (h->observer.unrooted) h->observer.unrooted(h->observer.context, ROOT_CAF, caf);
    caf->info = info_std(h->heap.infos, STD_DEAD_CAF);
    w[IND_TARGET] = w[CAF_LINK] = 0;
}

static void bury_dead(HeapState *h)
{
    Closure *next = h->first_caf;
    h->first_caf = h->last_caf = NULL;
    h->caf_count = 0;
    for (Closure *caf = next; caf; caf = next) {
        next = (Closure *)closure_words(caf)[CAF_LINK];
        if (static_is_reached(Bdescr(caf), caf))
            heap_add_caf(&h->heap, caf);
        else
            bury(h, caf);
    }
}

void statics_bury(Collection *c)
{
    if (c->follows_code) {
        sanity_at_burial(c->h);
        bury_dead(c->h);
        if (MUTANT_IS(c->h, caf_moves_on)) mutant_move_caf(c->h);
        set_unreached(c->h, 0);
        for (BlockDescr *b = c->h->statics.first; b; b = b->link) b->flags &= (uint16_t)~BF_TRACED;
        free(c->statics.at);
    }
    c->stats.cafs_live = c->h->caf_count;
}
