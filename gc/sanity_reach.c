/* An independent search from the roots: what is alive (75), and by what path an object is held. */
#include "gc/sanity_private.h"

#include <stdlib.h>

#include "gc/report.h"

/* Objects in the order in which the search met them; from: the place in the order of who referred to them. */
typedef struct Search {
    Sanity *s;
    Closure **objects;
    size_t *from;
    RootClass *root_class; /* of those that a root met */
    size_t count, done, room;
    size_t parent; /* whose pointers are visited now; NO_PARENT: roots */
    RootClass class_;
    Closure **weaks; /* weak pointers that are no tombstones; NULL: not listed yet */
    size_t weak_count;
    bool backward;
    bool by_code; /* CAFs are reached through code that names them, and are no roots */
    SanityCodes codes;
} Search;

#define NO_PARENT ((size_t)-1)
enum { MOST_STEPS = 30, MOST_HOLDERS = 4 };

static void search_grow(Search *search)
{
    search->room = search->room ? 2 * search->room : 1024;
    search->objects = realloc(search->objects, search->room * sizeof *search->objects);
    search->from = realloc(search->from, search->room * sizeof *search->from);
    search->root_class = realloc(search->root_class, search->room * sizeof *search->root_class);
    require(search->objects && search->from && search->root_class, "out of memory for a sanity check");
}

static void search_meet(void *context, Ref *slot)
{
    Search *search = context;
    Sanity *s = search->s;
    Closure *c = ref_closure(*slot);
    SanityGroup *g = sanity_object_group(s, c);
    if (!g || sanity_is_marked(s, c, MARK_REACHED)) return;
    *sanity_mark(s, c) |= MARK_REACHED;
    if (search->count == search->room) search_grow(search);
    search->objects[search->count] = c;
    search->root_class[search->count] = search->class_;
    search->from[search->count++] = search->parent;
}

static void search_root(void *context, RootClass class_, Ref *slot)
{
    Search *search = context;
    if (class_ == ROOT_CAF && search->by_code) return;
    search->class_ = class_;
    search_meet(search, slot);
}

static void search_named(void *context, const InfoTable *code, Closure *named)
{
    (void)code;
    search_meet(context, &(Ref){(Ref)named});
}

static void search_code(Search *search, const Closure *c)
{
    sanity_codes_meet(&search->codes, c);
    sanity_codes_go(&search->codes, search_named, search);
}

static void forget_reached(Sanity *s)
{
    for (SanityMegablock *m = s->map->megablocks; m; m = m->next)
        for (size_t i = 0; i < MBLOCK_SIZE / WORD_BYTES; i++)
            if (m->rank[i / BLOCK_WORDS] && m->word[i] & MARK_START) m->word[i] &= (uint8_t)~MARK_REACHED;
}

#define CLASS_WEAK ROOT_CLASS_COUNT /* met because a key is reached */

static bool any_is_reached(Sanity *s, const SanityGroup *g)
{
    for (const Word *w = g->start; w < g->free; w++)
        if (sanity_is_marked(s, w, MARK_REACHED)) return true;
    return false;
}

/* A pinned key counts as alive while anything in its block is. */
static bool is_reached(Sanity *s, Ref ref)
{
    SanityGroup *g = sanity_object_group(s, ref_closure(ref));
    if (!g) return false;
    if (g->owner == OWNER_PINNED) return g->block == s->h->pinned || any_is_reached(s, g);
    return g->owner == OWNER_STATIC || sanity_is_marked(s, ref_closure(ref), MARK_REACHED);
}

static void search_list_weaks(Search *search)
{
    size_t room = 0;
    for (uint32_t g = 0; g < generation_count(search->s->h); g++)
        room += search->s->h->generations[g].weaks.count;
    search->weaks = calloc(room + 1, sizeof *search->weaks);
    require(search->weaks, "out of memory for a sanity check");
    for (uint32_t g = 0; g < generation_count(search->s->h); g++) {
        const WeakList *list = &search->s->h->generations[g].weaks;
        Closure *c = list->first;
        for (size_t i = 0; i < list->count; i++, c = (Closure *)closure_words(c)[WEAK_LINK]) {
            if (!sanity_object_group(search->s, c) || c->info->kind != KIND_WEAK) break;
            if (closure_words(c)[WEAK_KEY]) search->weaks[search->weak_count++] = c;
        }
    }
}

/* A weak pointer whose key is reached is too, and so is what it holds. */
static void search_weak(Search *search, Closure *c)
{
    Ref ref = (Ref)c;
    if (!is_reached(search->s, closure_words(c)[WEAK_KEY])) return;
    search_meet(search, &ref);
    closure_each_pointer(c, search_meet, search);
}

/* To and fro, as weak.c does it and for the same reason. */
static void search_weaks(Search *search)
{
    if (!search->weaks) search_list_weaks(search);
    search->parent = NO_PARENT;
    search->class_ = CLASS_WEAK;
    search->backward = !search->backward;
    for (size_t i = 0; i < search->weak_count; i++)
        search_weak(search, search->weaks[search->backward ? search->weak_count - 1 - i : i]);
}

/* Breadth first, so that paths are short. Stops at `wanted`, if there is one. */
static void search_run(Search *search, const Closure *wanted)
{
    Sanity *s = search->s;
    forget_reached(s);
    search->parent = NO_PARENT;
    heap_each_root(&s->h->heap, search_root, search);
    while (search->done < search->count) {
        Closure *c = search->objects[search->done];
        if (c == wanted) return;
        search->parent = search->done++;
        closure_each_strong_pointer(c, search_meet, search);
        if (search->by_code) search_code(search, c);
        if (search->done == search->count) search_weaks(search);
    }
}

static void search_free(Search *search)
{
    free(search->objects);
    free(search->from);
    free(search->root_class);
    free(search->weaks);
    sanity_codes_free(&search->codes);
}

/* ---- What lives */

static bool is_collected(const SanityGroup *g)
{
    return g->owner == OWNER_GENERATION || g->owner == OWNER_LARGE;
}

static void report_unreached(Sanity *s, const SanityGroup *g)
{
    for (const Word *w = g->start; w < g->free; w++)
        if ((*sanity_mark(s, w) & (MARK_START | MARK_REACHED)) == MARK_START)
            sanity_report(s, 75, w, "a %s survived, and nothing leads to it",
                          kinds[((const Closure *)w)->info->kind].spoken);
}

/* Neighbours of a pinned object that is reached may be dead; the block that is being filled stays anyway. */
static void report_unreached_pinned(Sanity *s, const SanityGroup *g)
{
    if (g->block != s->h->pinned && !any_is_reached(s, g))
        sanity_report(s, 75, g->start,
                      "a block of pinned objects survived, and nothing leads to any of them");
}

/* Neighbours of pinned objects that nothing leads to. */
static size_t floating(const Sanity *s)
{
    size_t objects = 0;
    for (size_t i = 0; i < s->map->group_count; i++) {
        const SanityGroup *g = &s->map->groups[i];
        if (g->owner != OWNER_PINNED) continue;
        for (const Word *w = g->start; w < g->free; w++)
            objects += (*sanity_mark(s, w) & (MARK_START | MARK_REACHED)) == MARK_START;
    }
    return objects;
}

/* What the collector has counted as alive is what the search has met, and what floats. */
static void check_live_count(Sanity *s, const Search *search)
{
    size_t live = 0, small[MAX_GENERATIONS] = {0};
    for (size_t i = 0; i < search->count; i++) {
        const BlockDescr *b = Bdescr(search->objects[i]);
        live += b->owner != OWNER_STATIC;
        small[b->gen_no] += b->owner == OWNER_GENERATION;
    }
    for (uint32_t g = 0; g < generation_count(s->h); g++)
        if (small[g] != s->h->generations[g].objects)
            sanity_report(s, 70, NULL, "generation %u: %zu objects are reached, counted as %zu", g, small[g],
                          s->h->generations[g].objects);
    s->floating = floating(s);
    if (live + s->floating != generations_objects(s->h))
        sanity_report(s, 70, NULL, "%zu objects are reached and %zu float, counted as %zu", live, s->floating,
                      generations_objects(s->h));
}

static void report_unreached_cafs(Sanity *s)
{
    for (const Closure *caf = s->h->first_caf; caf; caf = (const Closure *)((const Word *)caf)[CAF_LINK])
        if (!sanity_is_marked(s, caf, MARK_REACHED))
            sanity_report(s, 75, caf,
                          "a CAF survived, and neither a reference nor code that lives leads to it");
}

void sanity_check_reachable(Sanity *s)
{
    Search search = {.s = s, .by_code = heap_cafs_may_die(&s->h->heap)};
    size_t before = s->violations;
    if (search.by_code)
        require(sanity_codes_begin(&search.codes, s->h->heap.infos), "out of memory for a sanity check");
    search_run(&search, NULL);
    if (search.by_code) report_unreached_cafs(s);
    for (size_t i = 0; i < s->map->group_count; i++)
        if (is_collected(&s->map->groups[i]))
            report_unreached(s, &s->map->groups[i]);
        else if (s->map->groups[i].owner == OWNER_PINNED)
            report_unreached_pinned(s, &s->map->groups[i]);
    if (s->violations == before) check_live_count(s, &search);
    search_free(&search);
}

/* ---- What lives in each group, for the report of blocks */

static size_t live_words(void *context, const BlockDescr *block)
{
    const Search *search = context;
    Sanity *s = search->s;
    const SanityGroup *g = sanity_group_of_block(s, block);
    size_t words = 0;
    if (!g || !g->has_objects || g->owner == OWNER_STATIC) return BLOCK_LIVE_UNKNOWN;
    for (const Word *w = g->start; w < g->free; w++)
        if (sanity_is_marked(s, w, MARK_REACHED)) words += closure_size((const Closure *)w);
    return words;
}

static const char *class_name(RootClass class_)
{
    return class_ == CLASS_WEAK ? "weak pointer whose key is alive" : root_class_names[class_];
}

static const InfoTable *holder(const Search *search, size_t at)
{
    return search->from[at] == NO_PARENT ? NULL : search->objects[search->from[at]]->info;
}

/* Who holds the object that was met there, up to a root; a list's cells are one holder. */
static void write_holders(const Search *search, size_t at, FILE *out)
{
    const InfoTable *info;
    for (int told = 0; (info = holder(search, at)); told++) {
        size_t alike = 0;
        for (; holder(search, at) == info; at = search->from[at]) alike++;
        if (told >= MOST_HOLDERS) continue;
        fprintf(out, ", held by %s", info->name);
        if (alike > 1) fprintf(out, " (%zu of them in a row)", alike);
    }
    fprintf(out, ", held by a root: %s", class_name(search->root_class[at]));
}

static bool live_object(void *context, const BlockDescr *block, size_t index, char *out, size_t size)
{
    const Search *search = context;
    const SanityGroup *g = sanity_group_of_block(search->s, block);
    const Word *w = g->start;
    for (; w < g->free; w++)
        if (sanity_is_marked(search->s, w, MARK_REACHED) && index-- == 0) break;
    size_t at = 0;
    while (at < search->count && search->objects[at] != (const Closure *)w) at++;
    FILE *text = w < g->free && at < search->count ? fmemopen(out, size, "w") : NULL;
    if (!text) return false;
    fprintf(text, "%s of %zu words", ((const Closure *)w)->info->name, closure_size((const Closure *)w));
    write_holders(search, at, text);
    fclose(text);
    return true;
}

/* With a map of its own, which the checker does not hear of. */
void report_blocks_alive(Heap *heap, FILE *out, BlockReportForm form)
{
    HeapState *h = heap_state(heap);
    SanityMap *kept = h->sanity_map;
    h->sanity_map = NULL;
    Sanity s = {.h = h, .out = stderr, .probing = true};
    sanity_map_make(&s);
    sanity_find_objects(&s);
    Search search = {.s = &s, .by_code = heap_cafs_may_die(heap)};
    bool whole = s.violations == 0 && (!search.by_code || sanity_codes_begin(&search.codes, heap->infos));
    if (whole) {
        search_run(&search, NULL);
        form.live_words = live_words;
        form.live_object = live_object;
        form.context = &search;
    }
    block_report(heap->blocks, out, &form);
    search_free(&search);
    sanity_map_free(s.map);
    h->sanity_map = kept;
}

/* ---- Paths */

bool sanity_path(Sanity *s, const Closure *bad, PathStep step, void *context)
{
    Search search = {.s = s};
    search_run(&search, bad);
    size_t at = search.done;
    bool found = at < search.count && search.objects[at] == bad;
    for (int steps = 0; found && at != NO_PARENT && steps < MOST_STEPS; steps++) {
        step(context, search.objects[at], NULL);
        if (search.from[at] == NO_PARENT) step(context, NULL, class_name(search.root_class[at]));
        at = search.from[at];
    }
    search_free(&search);
    return found;
}
