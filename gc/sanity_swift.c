/* The swift gait of a check: one pass over the heap in order of address, which answers yes or no.
 *
 * Objects of a plain shape (constructors, functions and thunks of fixed size: nearly all) are checked as they
 * are met. A reference to an object met before is judged at once; a reference to a word not yet met leaves
 * there a mark AWAITED with its tag, which the object judges when it is met. What is still awaited at the end
 * leads to no object. Byte arrays, arrays and variables are nearly as simple. All other kinds are set aside
 * and checked afterwards, by the exact gait's own functions, as are old objects that are mutable or refer to
 * younger ones: the remembered set has to be asked about them.
 *
 * Always true: it finds something wrong iff the exact gait does (tests/unit/test_gc_sanity.c compares them).
 */
#include "gc/sanity_private.h"

/* ---- Info tables */

/* What one look at the table proves for all its objects. */
static bool info_is_plain(const InfoTable *info)
{
    const KindRow *row = &kinds[info->kind];
    return info->kind <= KIND_THUNK && info->words >= 2 &&
           info->words >= row->first + info->ptrs + info->nptrs;
}

/* Enters the table among the known ones; false if it is none, or not that of an object. */
static bool learn_info(Sanity *s, KnownInfo *known, Word header)
{
    if (header & 1 || !info_is_known(s->h->heap.infos, header)) return false;
    const InfoTable *info = (const InfoTable *)header;
    if (kinds[info->kind].flags & IS_FRAME) return false;
    *known = (KnownInfo){.header = header, .mark = sanity_start_mark(info)};
    if (!info_is_plain(info)) return true;
    if (info->kind == KIND_CON && !sanity_con_is_declared(info)) return false;
    known->words = info->words;
    known->first = kinds[info->kind].first;
    known->ptrs = info->ptrs;
    return true;
}

/* ---- References and starts */

/* What becomes of a mark when a reference with a tag leads to it: next[mark][tag]. */
static uint16_t mark_next(uint8_t mark, uint8_t tag)
{
    uint8_t awaited = mark & MARK_START ? mark & MARK_TAG : mark >> MARK_AWAITED_TAG;
    if (mark & MARK_START) return tag == 0 || tag == awaited ? mark : mark | MARK_WRONG;
    if (awaited && tag && awaited != tag) return mark | MARK_WRONG;
    return (uint16_t)(MARK_AWAITED | (tag ? tag : awaited) << MARK_AWAITED_TAG);
}

void sanity_mark_table(SanityMarkTable *table)
{
    for (unsigned mark = 0; mark < 256; mark++)
        for (uint8_t tag = 0; tag <= MARK_TAG; tag++)
            table->next[mark << 3 | tag] = mark_next((uint8_t)mark, tag);
}

typedef struct Walk {
    Sanity *s;
    SanityMegablock **table;
    Word table_mask;
    const uint16_t *next;
    const SanityGroup *group;
} Walk;

/* What the references of some objects came to. Summed up without a branch: nearly all are sound. */
typedef struct Findings {
    Word bases;           /* not 0: one leads out of the heap */
    uint32_t generations; /* SANITY_NO_OBJECTS in it: one leads to where no objects are */
    uint32_t marks;       /* MARK_WRONG in it: one has the wrong tag */
    int32_t ages;         /* negative: one leads to something younger */
} Findings;

static inline bool is_sound(const Findings *f)
{
    return !(f->bases | (f->generations & 0x80) | (f->marks & MARK_WRONG));
}

static inline void swift_reference(const Walk *w, int32_t generation, Ref r, Findings *f)
{
    SanityMegablock *m = w->table[(r >> MBLOCK_SHIFT) & w->table_mask];
    Word offset = r & (MBLOCK_SIZE - 1);
    uint32_t to = m->generation[offset >> BLOCK_SHIFT];
    uint8_t *mark = &m->word[offset / WORD_BYTES];
    uint32_t next = w->next[(uint32_t)*mark << 3 | (r & TAG_MASK)];
    *mark = (uint8_t)next;
    f->bases |= m->base ^ (r - offset);
    f->generations |= to;
    f->marks |= next;
    f->ages |= (int32_t)to - generation;
}

/* An object of this mark starts here: do the references that were met before agree? */
static inline bool swift_start(uint8_t *place, uint8_t mark)
{
    uint8_t awaited = *place >> MARK_AWAITED_TAG;
    *place = mark;
    return !awaited || awaited == (mark & MARK_TAG);
}

/* ---- Objects of other kinds */

/* The pointers of a kind that has them in one run, which may hold no 0; false: look at it afterwards. */
static bool pointer_run(const Word *object, const InfoTable *info, const Ref **run, size_t *count)
{
    *run = object + kinds[info->kind].first;
    switch (info->kind) {
    case KIND_ARR_WORDS:
    case KIND_STABLE_NAME: *count = 0; return true;
    case KIND_MUT_VAR: *count = 1; return true;
    case KIND_SMALL_MUT_ARR_PTRS: *count = object[SMALL_PTRS]; return true;
    case KIND_MUT_ARR_PTRS: *count = object[ARRAY_PTRS]; return sanity_array_is_whole(object);
    default: return false;
    }
}

/* False: something is wrong. */
static bool swift_other_pointers(const Walk *w, const Word *object)
{
    const InfoTable *info = (const InfoTable *)object[0];
    const Ref *run;
    size_t count;
    Findings f = {0};
    bool old = w->group->gen_no > 0,
         whole = w->group->owner != OWNER_STATIC && pointer_run(object, info, &run, &count);
    for (size_t i = 0; whole && i < count; i++) swift_reference(w, w->group->gen_no, run[i], &f);
    if (!is_sound(&f)) return false;
    if (whole && f.ages >= 0 && !(old && kinds[info->kind].flags & IS_MUTABLE))
        w->s->references += count;
    else
        sanity_list_add(&w->s->map->aside, (Closure *)object);
    return true;
}

/* The object's size, or 0 if something is wrong. */
static size_t swift_other(const Walk *w, const Word *object, uint8_t *mark)
{
    const SanityGroup *g = w->group;
    size_t size = sanity_object_size(w->s, g, object);
    if (size == 0 || size > (size_t)(g->free - object)) return 0;
    const InfoTable *info = (const InfoTable *)object[0];
    if (info->kind == KIND_FILLER) return *mark ? 0 : size;
    w->s->objects++;
    return swift_start(mark, sanity_start_mark(info)) && swift_other_pointers(w, object) ? size : 0;
}

/* ---- Groups */

static const KnownInfo *known_info(Sanity *s, Word header)
{
    KnownInfo *known = sanity_known(s->map, header);
    return known->header == header || learn_info(s, known, header) ? known : NULL;
}

/* Plain objects from `object` on, up to one that is not, or to the end: where it stopped, or NULL. */
static __attribute__((noinline)) const Word *swift_plain(const Walk *walk, const Word *object, uint8_t *mark)
{
    const Walk w = *walk;
    const Word *const free = w.group->free;
    const int32_t generation = w.group->gen_no;
    KnownInfo known = {.header = 1}; /* no table's */
    Findings f = {0};
    size_t objects = 0, references = 0;
    while (object < free) {
        if (unlikely(object[0] != known.header)) {
            const KnownInfo *k = known_info(w.s, object[0]);
            if (!k) return NULL;
            if (k->words == 0) break;
            known = *k;
        }
        if (unlikely(known.words > (size_t)(free - object) || !swift_start(mark, known.mark))) return NULL;
        const Ref *slot = object + known.first, *end = slot + known.ptrs;
        f.ages = 0;
        for (; slot < end; slot++) swift_reference(&w, generation, *slot, &f);
        if (likely(f.ages >= 0))
            references += known.ptrs;
        else
            sanity_list_add(&w.s->map->aside, (Closure *)object);
        objects++;
        object += known.words;
        mark += known.words;
    }
    w.s->objects += objects;
    w.s->references += references;
    return is_sound(&f) ? object : NULL;
}

static bool swift_group(Walk *w, const SanityGroup *g)
{
    w->group = g;
    for (const Word *object = g->start; object < g->free;) {
        if (g->owner != OWNER_STATIC) object = swift_plain(w, object, sanity_mark(w->s, object));
        if (!object) return false;
        if (object == g->free) break;
        size_t size = swift_other(w, object, sanity_mark(w->s, object));
        if (size == 0) return false;
        object += size;
    }
    return true;
}

/* One object, whose group may reach over megablocks. */
static bool swift_large(Walk *w, SanityGroup *g)
{
    uint8_t *mark = sanity_mark(w->s, g->start), awaited = *mark;
    if (!sanity_find_large(w->s, g)) return false;
    w->group = g;
    uint8_t start = *mark;
    *mark = awaited;
    return swift_start(mark, start) && swift_other_pointers(w, g->start);
}

/* What was found is noted with the group. */
static bool swift_one(Walk *w, SanityGroup *g)
{
    Sanity *s = w->s;
    size_t objects = s->objects, references = s->references;
    g->proof.aside = s->map->aside.count;
    g->walked = g->owner == OWNER_LARGE ? swift_large(w, g) : swift_group(w, g);
    g->proof.aside_count = s->map->aside.count - g->proof.aside;
    g->proof.objects = s->objects - objects;
    g->proof.references = s->references - references;
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

/* Groups that have not changed are not walked, unless it turns out that what they rely on has. */
static bool swift_walk(Walk *w)
{
    Sanity *s = w->s;
    sanity_keep_begin(s);
    if (swift_groups(w) && sanity_keep_holds(s)) return true;
    if (s->violations > 0) return false;
    s->objects = s->references = 0;
    sanity_keep_nothing(s);
    return swift_groups(w);
}

bool sanity_swift(Sanity *s)
{
    const SanityMap *map = s->map;
    Walk w = {.s = s, .table = map->table, .table_mask = map->table_mask, .next = map->marks.next};
    s->probing = true;
    s->map->threads.count = s->map->holes.count = 0;
    bool sound = swift_walk(&w) && s->violations == 0 && !sanity_awaits(s);
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
