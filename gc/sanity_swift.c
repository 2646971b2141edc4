/* The swift gait of a check: one pass over the heap in order of address, which answers yes or no.
 *
 * Objects of a plain shape (constructors, functions and thunks of fixed size: nearly all) are checked as they
 * are met. A reference to an object met before is judged at once; a reference to a word not yet met leaves
 * there a mark AWAITED with its tag, which the object judges when it is met. What is still awaited at the end
 * leads to no object. At a transition nearly all has been met before: forwarding addresses come first.
 * Arrays, variables, selectors and applications have a straight way of their own. All other kinds are set
 * aside and checked afterwards, by the exact gait's own functions, as are old objects that are dirty or refer
 * to younger ones: the remembered set has to be asked about them.
 *
 * Always true: it finds something wrong iff the exact gait does (tests/unit/test_gc_sanity.c compares them).
 */
#include "gc/sanity_private.h"

/* ---- Info tables */

/* What one look at the table proves for all its objects. */
static bool info_is_plain(const InfoTable *info, bool listed)
{
    const KindRow *row = &kinds[info->kind];
    switch (info->kind) {
    case KIND_CON:
    case KIND_FUN:
    case KIND_THUNK: return info->words >= 2 && info->words >= row->first + info->ptrs + info->nptrs;
    case KIND_MUT_VAR: return info->words == row->words && !listed;
    default: return false;
    }
}

/* Enters the table among the known ones; false if it is none, or not that of an object. */
static bool learn_info(Sanity *s, KnownInfo *known, Word header)
{
    if (header & 1 || !info_is_known(s->h->heap.infos, header)) return false;
    const InfoTable *info = (const InfoTable *)header;
    const KindRow *row = &kinds[info->kind];
    if (row->flags & IS_FRAME) return false;
    bool listed = sanity_header_is_listed(s, info), plain = info_is_plain(info, listed);
    if (plain && info->kind == KIND_CON && !sanity_con_is_declared(info)) return false;
    *known = (KnownInfo){.header = header,
                         .words = info->words,
                         .ptrs = row->layout == LAYOUT_PAYLOAD ? info->ptrs : row->pointers,
                         .kind = info->kind,
                         .mark = sanity_start_mark(info),
                         .first = row->first,
                         .plain = plain,
                         .listed = listed};
    return true;
}

static inline const KnownInfo *known_info(Sanity *s, Word header)
{
    KnownInfo *known = sanity_known(s->map, header);
    return likely(known->header == header) || learn_info(s, known, header) ? known : NULL;
}

/* ---- References and starts */

typedef struct View {
    SanityMegablock **table;
    Word table_mask;
    uint8_t rank; /* of the generation that is walked */
} View;

typedef struct Walk {
    Sanity *s;
    View view;
    const SanityGroup *group;
    const Word *end;   /* of the stretch of it that is walked */
    bool copies;       /* all that stands there has been forwarded to */
    size_t copies_met; /* so many have been, everywhere */
    size_t awaited;    /* words to which references lead, and where nothing has started yet */
    bool looks_behind; /* SanityProof */
    bool wrong;
} Walk;

/* A reference leads to where no object has started, or to one of another tag. */
static __attribute__((noinline)) void swift_await(Walk *w, uint8_t *place, uint8_t tag)
{
    uint8_t awaited = *place >> MARK_AWAITED_TAG;
    if (*place & MARK_START) {
        w->wrong |= tag != 0;
        return;
    }
    w->awaited += *place == 0;
    w->wrong |= awaited && tag && awaited != tag;
    *place = (uint8_t)(MARK_AWAITED | (tag ? tag : awaited) << MARK_AWAITED_TAG);
}

/* An object starts where references lead, or where something has been forwarded to. */
static __attribute__((noinline)) void swift_awaited(Walk *w, uint8_t mark, uint8_t tag)
{
    if (mark & MARK_START) {
        w->copies_met += !w->copies;
        w->wrong |= w->copies || mark != (MARK_START | MARK_REACHED | tag);
        return;
    }
    uint8_t awaited = mark >> MARK_AWAITED_TAG;
    w->awaited--;
    w->wrong |= w->copies || (awaited && awaited != tag);
}

/* False if the reference leads out of the heap, to where no objects are, or to something younger. */
static inline bool swift_reference(Walk *w, const View *v, Ref r)
{
    SanityMegablock *m = v->table[(r >> MBLOCK_SHIFT) & v->table_mask];
    Word offset = r ^ m->base;
    if (unlikely(offset >= MBLOCK_SIZE)) return false;
    uint8_t *place = &m->word[offset / WORD_BYTES];
    if (unlikely((*place ^ (offset | MARK_START)) & MARK_LASTING)) swift_await(w, place, offset & MARK_TAG);
    return likely(m->rank[offset >> BLOCK_SHIFT] >= v->rank);
}

/* True if they are all of this generation, or older. Two is written out: most objects have no more. */
static inline __attribute__((always_inline)) bool swift_references(Walk *w, const View *v, const Ref *slot,
                                                                   size_t count)
{
    if (count == 2) return swift_reference(w, v, slot[0]) && swift_reference(w, v, slot[1]);
    for (const Ref *end = slot + count; slot < end; slot++)
        if (unlikely(!swift_reference(w, v, *slot))) return false;
    return true;
}

/* The mark of a word before an object of this mark starts there, if nothing leads to it yet. */
static inline uint8_t mark_due(const Walk *w, uint8_t mark) { return w->copies ? mark | MARK_REACHED : 0; }

static inline void swift_start(Walk *w, uint8_t *place, uint8_t mark, uint8_t due)
{
    uint8_t was = *place;
    *place = mark;
    if (unlikely(was != due)) swift_awaited(w, was, mark & MARK_TAG);
}

/* ---- Objects of other kinds: what else they demand than that their references are sound. True: all is well,
 * and neither lists nor remembered sets nor frames have a say in that. False: look at it afterwards. */

/* The table of what a sound reference leads to; NULL: there is none, or not that of an object. */
static const InfoTable *table_behind(Walk *w, Ref r)
{
    w->looks_behind = true;
    const KnownInfo *known = known_info(w->s, (Word)ref_closure(r)->info);
    return known ? (const InfoTable *)known->header : NULL;
}

static bool swift_run_of(Walk *w, const Ref *slots, size_t count)
{
    if (!swift_references(w, &w->view, slots, count)) return false;
    w->s->references += count;
    return true;
}

static bool swift_selector(Walk *w, const Word *object)
{
    if (!swift_reference(w, &w->view, object[SELECTEE])) return false;
    const InfoTable *info = (const InfoTable *)object[0], *selectee = table_behind(w, object[SELECTEE]);
    if (!selectee || (selectee->kind == KIND_CON && info->con_tag >= selectee->ptrs + selectee->nptrs))
        return false;
    w->s->references++;
    return true;
}

static bool swift_arguments(Walk *w, const InfoTable *function, const Word *arguments, uint32_t count)
{
    size_t references = 1;
    for (uint32_t i = 0; i < count; i++) {
        if (!bitmap_test(&function->bitmap, i)) continue;
        if (!swift_reference(w, &w->view, arguments[i])) return false;
        references++;
    }
    w->s->references += references;
    return true;
}

static bool pap_is_partial(const Word *pap, const InfoTable *function)
{
    uint32_t missing = pap_arity((const Closure *)pap);
    return ref_tag(pap[PAP_FUN]) == function->tag && missing > 0 && missing < function->con_tag;
}

/* A PAP or AP, whose arguments stand from `first` on. */
static bool swift_application(Walk *w, const Word *object, uint32_t first)
{
    uint32_t count = (uint32_t)(object[first - 2] >> 32);
    Ref r = object[first - 1];
    if (!swift_reference(w, &w->view, r)) return false;
    const InfoTable *function = table_behind(w, r);
    if (!function || function->kind != KIND_FUN || count > function->arg_words) return false;
    if (first == PAP_PAYLOAD && !pap_is_partial(object, function)) return false;
    return swift_arguments(w, function, &object[first], count);
}

static bool swift_pointers(Walk *w, Kind kind, const Word *object)
{
    switch (kind) {
    case KIND_ARR_WORDS:
    case KIND_STABLE_NAME: return true;
    case KIND_MUT_VAR: return swift_run_of(w, &object[1], 1);
    case KIND_SMALL_MUT_ARR_PTRS: return swift_run_of(w, &object[SMALL_PAYLOAD], object[SMALL_PTRS]);
    case KIND_MUT_ARR_PTRS:
        return sanity_array_is_whole(object) && swift_run_of(w, &object[ARRAY_PAYLOAD], object[ARRAY_PTRS]);
    case KIND_THUNK_SELECTOR: return swift_selector(w, object);
    case KIND_PAP: return swift_application(w, object, PAP_PAYLOAD);
    case KIND_AP: return swift_application(w, object, AP_PAYLOAD);
    default: return false;
    }
}

static void swift_judge(Walk *w, const KnownInfo *known, const Word *object)
{
    const SanityGroup *g = w->group;
    if (g->owner == OWNER_STATIC || (g->gen_no > 0 && known->listed) ||
        !swift_pointers(w, (Kind)known->kind, object))
        sanity_list_add(&w->s->map->aside, (Closure *)object);
}

static inline size_t other_size(const KnownInfo *known, const Word *object)
{
    if (known->words) return known->words;
    switch (known->kind) {
    case KIND_THUNK_SELECTOR: return kinds[KIND_THUNK_SELECTOR].words;
    case KIND_PAP: return PAP_PAYLOAD + (object[PAP_COUNTS] >> 32);
    case KIND_AP: return AP_PAYLOAD + (object[AP_COUNTS] >> 32);
    case KIND_SMALL_MUT_ARR_PTRS: return SMALL_PAYLOAD + object[SMALL_PTRS];
    default: return closure_size((const Closure *)object);
    }
}

/* The object's size, or 0 if something is wrong. */
static size_t swift_other(Walk *w, const KnownInfo *known, const Word *object, uint8_t *place)
{
    size_t size = other_size(known, object);
    if (size > (size_t)(w->end - object)) return 0;
    if (known->kind == KIND_FILLER) return *place ? 0 : size;
    if (size < 2 && w->group->owner != OWNER_STATIC) return 0;
    w->s->objects++;
    swift_start(w, place, known->mark, mark_due(w, known->mark));
    swift_judge(w, known, object);
    return size;
}

/* ---- Groups */

typedef struct Shape {
    size_t words, first, ptrs;
} Shape;

/* Objects of this plain shape from `object` on: where they end. */
static inline __attribute__((always_inline)) const Word *
swift_run(Walk *w, const KnownInfo *known, const Word *object, uint8_t *place, Shape shape)
{
    const View view = w->view;
    const Word header = known->header, *const start = object, *const last = w->end - shape.words;
    const uint8_t mark = known->mark, due = mark_due(w, mark);
    size_t aside = w->s->map->aside.count;
    for (; object <= last && object[0] == header; object += shape.words, place += shape.words) {
        sanity_prefetch(object + 2 * BLOCK_WORDS);
        swift_start(w, place, mark, due);
        if (unlikely(!swift_references(w, &view, object + shape.first, shape.ptrs)))
            sanity_list_add(&w->s->map->aside, (Closure *)object);
    }
    uint32_t objects = (uint32_t)(object - start) / (uint32_t)shape.words;
    w->s->objects += objects;
    w->s->references += (objects - (w->s->map->aside.count - aside)) * shape.ptrs;
    return object;
}

/* The commonest shape, a constructor of two, has code of its own. */
static __attribute__((noinline)) const Word *swift_run_of_two(Walk *w, const KnownInfo *known,
                                                              const Word *object, uint8_t *place)
{
    return swift_run(w, known, object, place, (Shape){.words = 3, .first = 1, .ptrs = 2});
}

static __attribute__((noinline)) const Word *swift_run_of_any(Walk *w, const KnownInfo *known,
                                                              const Word *object, uint8_t *place)
{
    return swift_run(w, known, object, place, (Shape){known->words, known->first, known->ptrs});
}

/* The object there, or a run of such objects: where it ends, or NULL. */
static const Word *swift_objects(Walk *w, const KnownInfo *known, const Word *object, uint8_t *place)
{
    if (!known->plain || w->group->owner == OWNER_STATIC) {
        size_t size = swift_other(w, known, object, place);
        return size ? object + size : NULL;
    }
    if (known->words > (size_t)(w->end - object)) return NULL;
    bool is_of_two = known->words == 3 && known->first == 1 && known->ptrs == 2;
    return (is_of_two ? swift_run_of_two : swift_run_of_any)(w, known, object, place);
}

static bool swift_stretch(Walk *w, const Word *start, const Word *end, bool copies)
{
    size_t objects = w->s->objects;
    uint8_t *places = start < end ? sanity_mark(w->s, start) : NULL;
    w->end = end;
    w->copies = copies;
    for (const Word *object = start; object < end;) {
        const KnownInfo *known = known_info(w->s, object[0]);
        object = known ? swift_objects(w, known, object, places + (object - start)) : NULL;
        if (!object) return false;
    }
    if (copies) w->copies_met += w->s->objects - objects;
    return true;
}

static bool swift_group(Walk *w, const SanityGroup *g)
{
    const Word *copies = g->copies ? g->copies : g->free;
    return swift_stretch(w, g->start, copies, false) && swift_stretch(w, copies, g->free, true);
}

/* One object, whose group may reach over megablocks. */
static bool swift_large(Walk *w, SanityGroup *g)
{
    uint8_t *place = sanity_mark(w->s, g->start), was = *place;
    const KnownInfo *known = known_info(w->s, g->start[0]);
    if (!known || !sanity_find_large(w->s, g)) return false;
    *place = was;
    w->copies = false;
    swift_start(w, place, known->mark, 0);
    swift_judge(w, known, g->start);
    return true;
}

/* What was found is noted with the group. */
static bool swift_one(Walk *w, SanityGroup *g)
{
    Sanity *s = w->s;
    size_t objects = s->objects, references = s->references;
    w->group = g;
    w->view.rank = sanity_rank(g->gen_no);
    g->proof->aside = s->map->aside.count;
    w->looks_behind = false;
    g->walked = g->owner == OWNER_LARGE ? swift_large(w, g) : swift_group(w, g);
    g->proof->aside_count = s->map->aside.count - g->proof->aside;
    g->proof->looks_behind = w->looks_behind;
    g->proof->objects = s->objects - objects;
    g->proof->references = s->references - references;
    if (g->walked) sanity_keep_record(g);
    return g->walked;
}

static bool swift_groups(Walk *w)
{
    SanityMap *map = w->s->map;
    for (size_t i = 0; i < map->group_count; i++) {
        SanityGroup *g = &map->groups[i];
        if (g->has_objects && g->free > g->start && !g->kept && !swift_one(w, g)) return false;
    }
    return true;
}

/* Walks all groups but those that are kept. At a transition, what has been forwarded has left its marks
 * beforehand, and each of them has been met. */
static bool swift_pass(Walk *w)
{
    w->copies_met = w->awaited = 0;
    w->wrong = false;
    return (!w->s->collection || sanity_mark_copies(w->s)) && swift_groups(w) && !w->wrong &&
           w->awaited == 0 && w->copies_met == w->s->forwarded;
}

/* Groups that have not changed are not walked, unless it turns out that what they rely on has. */
static bool swift_walk(Walk *w)
{
    Sanity *s = w->s;
    sanity_keep_begin(s);
    if (swift_pass(w) && sanity_keep_holds(s)) return true;
    if (s->violations > 0) return false;
    s->objects = s->references = 0;
    sanity_keep_nothing(s);
    return swift_pass(w);
}

bool sanity_swift(Sanity *s)
{
    const SanityMap *map = s->map;
    Walk w = {.s = s, .view = {.table = map->table, .table_mask = map->table_mask}};
    s->probing = true;
    s->map->threads.count = s->map->holes.count = 0;
    bool sound = swift_walk(&w) && s->violations == 0;
    if (sound) {
        sanity_check_remembered(s);
        sanity_check_cafs(s);
        sanity_keep_check_aside(s);
        sanity_check_roots(s);
        if (s->violations == 0) sanity_check_threads(s);
        if (s->violations == 0) sanity_check_weak(s);
        sound = s->violations == 0;
    }
    if (sound) sanity_keep_end(s);
    s->probing = false;
    return sound;
}
