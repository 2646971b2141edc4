/* Sanity of objects: finding them, and judging every reference. */
#include "gc/sanity_private.h"

/* ---- Finding */

size_t sanity_object_size(Sanity *s, const SanityGroup *g, const Word *w)
{
    if (w[0] == 0 || w[0] == BLOCK_POISON || w[0] & 1) {
        const char *what = w[0] == 0                          ? "nothing"
                           : w[0] & 1 && w[0] != BLOCK_POISON ? "a forwarding address"
                                                              : "poison";
        sanity_report(s, 17, w, "its header is %s", what);
        return 0;
    }
    if (!sanity_info_is_known(s, w[0])) {
        char header[SANITY_WORD_TEXT];
        sanity_word_print(s, w[0], header, sizeof header);
        sanity_report(s, 16, w, "its header is %s", header);
        return 0;
    }
    const InfoTable *info = (const InfoTable *)w[0];
    if (kinds[info->kind].flags & IS_FRAME) {
        sanity_report(s, 16, w, "its header is that of a %s frame", kinds[info->kind].spoken);
        return 0;
    }
    size_t size = closure_size((const Closure *)w);
    if (size < 2 && info->kind != KIND_FILLER && g->owner != OWNER_STATIC)
        sanity_report(s, 18, w, "a %s of %zu words", kinds[info->kind].spoken, size);
    return size;
}

/* Behind an array that has been shrunk, perhaps several times, stand fillers, to the end of what the group
 * uses. */
static void check_shrunk(Sanity *s, const SanityGroup *g, size_t size)
{
    const Word *filler = g->start + size;
    while (filler < g->free && sanity_info_is_known(s, filler[0]) &&
           ((const InfoTable *)filler[0])->kind == KIND_FILLER)
        filler += closure_size((const Closure *)filler);
    if (filler == g->free) return;
    sanity_report(s, 32, g->start, "%zu words in a group of %td, and no filler of %td behind them", size,
                  g->free - g->start, g->free - (g->start + size));
}

/* A large object's words are its group's, unless it has become something smaller. */
static void check_large_size(Sanity *s, const SanityGroup *g, size_t size)
{
    size_t words = (size_t)(g->free - g->start);
    Kind kind = (Kind)((const InfoTable *)g->start[0])->kind;
    bool replaced = kind == KIND_IND || kind == KIND_BLACKHOLE;
    if (size == words || (replaced && size < words)) return;
    bool can_shrink = kind == KIND_ARR_WORDS || kind == KIND_SMALL_MUT_ARR_PTRS;
    if (can_shrink && size < words) {
        check_shrunk(s, g, size);
        return;
    }
    sanity_report(s, can_shrink || kind == KIND_MUT_ARR_PTRS ? 31 : 19, g->start,
                  "%zu words in a group of %zu", size, words);
}

static void mark_start(Sanity *s, const Word *w)
{
    *sanity_mark(s, w) = sanity_start_mark((const InfoTable *)w[0]);
    s->objects++;
}

bool sanity_find_large(Sanity *s, SanityGroup *g)
{
    size_t size = g->free > g->start ? sanity_object_size(s, g, g->start) : 0;
    if (size == 0) return false;
    mark_start(s, g->start);
    g->walked = size <= (size_t)(g->free - g->start);
    check_large_size(s, g, size);
    return g->walked;
}

static void report_overrun(Sanity *s, const SanityGroup *g, const Word *w, size_t size)
{
    const Word *end = g->start + block_group_words(g->block);
    if (size > (size_t)(end - w))
        sanity_report(s, 20, w, "%zu words, %td before the block's end", size, end - w);
    else
        sanity_report(s, 19, w, "%zu words, %td before the free pointer", size, g->free - w);
}

static void find_in_group(Sanity *s, SanityGroup *g)
{
    for (const Word *w = g->start; w < g->free;) {
        size_t size = sanity_object_size(s, g, w);
        if (size == 0) return;
        if (size > (size_t)(g->free - w)) {
            report_overrun(s, g, w, size);
            return;
        }
        if (((const InfoTable *)w[0])->kind != KIND_FILLER) mark_start(s, w);
        w += size;
    }
    g->walked = true;
}

void sanity_find_objects(Sanity *s)
{
    for (size_t i = 0; i < s->map->group_count; i++) {
        SanityGroup *g = &s->map->groups[i];
        g->walked = false;
        if (!g->has_objects) continue;
        if (g->owner == OWNER_LARGE)
            sanity_find_large(s, g);
        else
            find_in_group(s, g);
    }
}

/* ---- References */

enum { SLOT_TEXT = 96, CHILD_TEXT = 192 };

typedef struct Parent {
    Sanity *s;
    Closure *c; /* NULL: a root */
    const char *root_class;
    const SanityGroup *group;
    uint8_t rank;       /* of something that moves: sanity_rank of its generation; or 0 */
    const Ref *younger; /* the first slot that refers to something younger; or NULL */
    const Ref *outside; /* static: the same of what is not */
} Parent;

/* What is wrong with the reference's address: an invariant, or 0. */
static int address_fault(Sanity *s, Ref r, SanityGroup **group, const char **why)
{
    const Word *at = (const Word *)ref_closure(r);
    *group = NULL;
    *why = "it is a small number";
    if ((Word)at < BLOCK_SIZE) return 23;
    *group = sanity_group_of(s, at);
    *why = "it leads out of the heap";
    if (!*group) return 22;
    *why = "it leads to where an object was before it moved";
    if ((*group)->from_space) return 73;
    *why = "it leads into memory that holds no objects";
    if (!(*group)->has_objects) return 22;
    *why = "it leads behind what is in use";
    if (at >= (*group)->free) return (*group)->owner == OWNER_NURSERY ? 22 : 21;
    *why = "it leads into the middle of an object";
    return sanity_is_marked(s, at, MARK_START) ? 0 : 21;
}

/* By its word, counted from the header, and by its name if it has one: "slot 2 (tail)". */
static const char *slot_print(const Parent *p, const Ref *slot, char *out)
{
    const char *name;
    size_t word = p->c ? (size_t)(slot - closure_words(p->c)) : 0;
    int length = p->c ? closure_word_name(p->c, word, &name) : 0;
    if (!p->c)
        snprintf(out, SLOT_TEXT, "root");
    else if (length)
        snprintf(out, SLOT_TEXT, "slot %zu (%.*s)", word, length, name);
    else
        snprintf(out, SLOT_TEXT, "slot %zu", word);
    return out;
}

static void generation_print(const SanityGroup *g, char *out, size_t size)
{
    if (g->owner == OWNER_STATIC)
        snprintf(out, size, "static");
    else
        snprintf(out, size, "of generation %u", g->gen_no);
}

/* What a sound slot refers to: "constructor (:) of generation 0, at block 7 +0x20". */
static const char *child_print(const Parent *p, const Ref *slot, char *out)
{
    char place[64], generation[32];
    const Closure *child = ref_closure(*slot);
    const KindRow *kind = &kinds[child->info->kind];
    const char *name = child->info->name ? child->info->name : kind->name;
    bool named = strcmp(name, kind->name) != 0;
    block_address_print(child, place, sizeof place);
    generation_print(sanity_group_of(p->s, child), generation, sizeof generation);
    snprintf(out, CHILD_TEXT, "%s%s%.64s %s, at %s", kind->spoken, named ? " " : "", named ? name : "",
             generation, place);
    return out;
}

static void check_tag(Parent *p, const Ref *slot, const Closure *child)
{
    char text[SLOT_TEXT], there[CHILD_TEXT];
    Word tag = ref_tag(*slot);
    if (tag == 0 || tag == child->info->tag) return;
    sanity_report(p->s, 24, p->c, "%s carries tag %u, where %u is right: %s", slot_print(p, slot, text),
                  (unsigned)tag, child->info->tag, child_print(p, slot, there));
}

/* The place of a root's fault is where it leads. */
static void report_reference(Parent *p, const Ref *slot, int fault, const char *why)
{
    const Closure *there = ref_closure(*slot);
    const Closure *place = p->c || !sanity_group_of(p->s, there) ? p->c : there;
    char word[SANITY_WORD_TEXT], text[SLOT_TEXT];
    sanity_word_print(p->s, *slot, word, sizeof word);
    sanity_report(p->s, fault, place, "%s %s is %s: %s",
                  p->c ? kinds[p->c->info->kind].spoken : p->root_class, slot_print(p, slot, text), word,
                  why);
}

/* In a group whose walk broke off, starts are not known. */
static void check_bad_reference(Parent *p, const Ref *slot)
{
    SanityGroup *g;
    const char *why;
    int fault = address_fault(p->s, *slot, &g, &why);
    if (fault != 21 || g->walked) report_reference(p, slot, fault, why);
}

/* It leads to an object, says what its tag is, and that is none that is younger. */
static inline bool is_usual(const Parent *p, Ref r)
{
    const SanityMegablock *m = sanity_megablock(p->s->map, r);
    return m && ((m->word[sanity_word_index(r)] ^ (r | MARK_START)) & MARK_LASTING) == 0 &&
           m->rank[sanity_block_index(r)] >= p->rank;
}

static inline void check_reference_of(Parent *p, const Ref *slot)
{
    p->s->references++;
    if (p->rank && likely(is_usual(p, *slot))) return;
    Closure *child = ref_closure(*slot);
    SanityGroup *g = sanity_object_group(p->s, child);
    if (unlikely(!g || !g->has_objects)) {
        check_bad_reference(p, slot);
        return;
    }
    if (ref_tag(*slot)) check_tag(p, slot, child);
    if (!p->c || g->owner == OWNER_STATIC) return;
    if (!p->younger && g->gen_no < p->group->gen_no) p->younger = slot;
    if (!p->outside) p->outside = slot;
}

static void check_reference(void *context, Ref *slot) { check_reference_of(context, slot); }

/* Plain payload is what most objects are: no need to ask the walk. */
static void check_references(Parent *p)
{
    const InfoTable *info = p->c->info;
    if (info->kind > KIND_THUNK) {
        closure_each_pointer(p->c, check_reference, p);
        return;
    }
    const Ref *slot = closure_words(p->c) + kinds[info->kind].first;
    for (const Ref *end = slot + info->ptrs; slot < end; slot++) check_reference_of(p, slot);
}

/* ---- Old objects */

static bool header_says_clean(const Sanity *s, const InfoTable *info)
{
    const InfoRegistry *r = s->h->heap.infos;
    switch (info->kind) {
    case KIND_MUT_VAR: return info == info_std(r, STD_MUT_VAR_CLEAN);
    case KIND_MVAR: return info == info_std(r, STD_MVAR_CLEAN);
    case KIND_MUT_ARR_PTRS:
        return info == info_std(r, STD_MUT_ARR_PTRS_CLEAN) || info == info_std(r, STD_MUT_ARR_PTRS_FROZEN);
    case KIND_SMALL_MUT_ARR_PTRS:
        return info == info_std(r, STD_SMALL_MUT_ARR_PTRS_CLEAN) ||
               info == info_std(r, STD_SMALL_MUT_ARR_PTRS_FROZEN);
    default: return false;
    }
}

static bool says_clean(const Sanity *s, const Closure *c)
{
    const Word *w = (const Word *)c;
    switch (c->info->kind) {
    case KIND_TSO: return !w[TSO_DIRTY];
    case KIND_STACK: return !w[STACK_DIRTY];
    default: return header_says_clean(s, c->info);
    }
}

bool sanity_header_is_listed(const Sanity *s, const InfoTable *info)
{
    const InfoRegistry *r = s->h->heap.infos;
    switch (info->kind) {
    case KIND_MUT_VAR:
    case KIND_MVAR: return !header_says_clean(s, info);
    case KIND_MUT_ARR_PTRS: return info != info_std(r, STD_MUT_ARR_PTRS_FROZEN);
    case KIND_SMALL_MUT_ARR_PTRS: return info != info_std(r, STD_SMALL_MUT_ARR_PTRS_FROZEN);
    default: return false;
    }
}

/* Kinds whose dirtiness, or nature, puts them on the remembered set. */
static bool must_be_listed(const Sanity *s, const Closure *c)
{
    Kind kind = (Kind)c->info->kind;
    return kind == KIND_TSO || kind == KIND_STACK ? !says_clean(s, c) : sanity_header_is_listed(s, c->info);
}

static void check_cards(Parent *p)
{
    const Word *w = (const Word *)p->c;
    const uint8_t *cards = (const uint8_t *)&w[ARRAY_PAYLOAD + w[ARRAY_PTRS]];
    char child[CHILD_TEXT];
    for (size_t i = 0; i < w[ARRAY_PTRS]; i++) {
        SanityGroup *g = sanity_object_group(p->s, ref_closure(w[ARRAY_PAYLOAD + i]));
        if (!g || g->gen_no >= p->group->gen_no || cards[i >> CARD_ELEMENTS_SHIFT]) continue;
        sanity_report(p->s, 38, p->c, "element %zu is younger, its card is clean: %s", i,
                      child_print(p, &w[ARRAY_PAYLOAD + i], child));
        return;
    }
}

static void report_younger(Parent *p, int fault, const char *why)
{
    char slot[SLOT_TEXT], child[CHILD_TEXT];
    sanity_report(p->s, fault, p->c, "a %s of generation %u refers by %s to something younger, and %s: %s",
                  kinds[p->c->info->kind].spoken, p->group->gen_no, slot_print(p, p->younger, slot), why,
                  child_print(p, p->younger, child));
}

static void check_old(Parent *p)
{
    Sanity *s = p->s;
    if (s->h->remembered_lost) return;
    const char *spoken = kinds[p->c->info->kind].spoken;
    bool listed = sanity_is_marked(s, p->c, MARK_REMEMBERED);
    if (p->younger && !listed)
        report_younger(p, 33, "is not remembered");
    else if (!listed && must_be_listed(s, p->c))
        sanity_report(s, 37, p->c, "a %s of generation %u is dirty or always listed, and is not remembered",
                      spoken, p->group->gen_no);
    if (p->younger && says_clean(s, p->c)) report_younger(p, 37, "says that it is clean");
    if (p->younger && p->c->info->kind == KIND_MUT_ARR_PTRS) check_cards(p);
}

static void check_static(Parent *p)
{
    Sanity *s = p->s;
    char slot[SLOT_TEXT], child[CHILD_TEXT];
    bool entered = p->c->info->kind == KIND_IND_STATIC;
    bool listed = sanity_is_marked(s, p->c, MARK_CAF);
    if (entered && !listed) sanity_report(s, 58, p->c, "an entered CAF is not on the list of CAFs");
    if (p->outside && !entered)
        sanity_report(s, 58, p->c, "a static closure refers by %s to one that moves: %s",
                      slot_print(p, p->outside, slot), child_print(p, p->outside, child));
}

/* Neither lists nor remembered sets nor frames have a say in whether it is sound. */
static bool is_settled(const Parent *p)
{
    switch (p->c->info->kind) {
    case KIND_TSO:
    case KIND_STACK:
    case KIND_AP_STACK:
    case KIND_WEAK:
    case KIND_BLACKHOLE:
    case KIND_BLOCKING_QUEUE:
    case KIND_IND_STATIC: return false;
    default: return p->group->gen_no == 0 || (!p->younger && !must_be_listed(p->s, p->c));
    }
}

bool sanity_check_object(Sanity *s, SanityGroup *g, Closure *c)
{
    Parent p = {.s = s, .c = c, .group = g, .rank = g->owner == OWNER_STATIC ? 0 : sanity_rank(g->gen_no)};
    if (s->after && g->owner == OWNER_STATIC && c->info->kind != KIND_IND_STATIC) return false;
    if (c->info->kind == KIND_TSO) sanity_list_add(&s->map->threads, c);
    if (sanity_is_owned_hole(s, c)) sanity_list_add(&s->map->holes, c);
    if (!sanity_check_shape(s, c)) {
        s->shapes_broken = true;
        return false;
    }
    check_references(&p);
    if (g->owner == OWNER_STATIC)
        check_static(&p);
    else if (g->gen_no > 0)
        check_old(&p);
    return is_settled(&p);
}

static void check_group(Sanity *s, SanityGroup *g)
{
    bool large = g->owner == OWNER_LARGE;
    for (Word *w = g->start; w < g->free; w = large ? g->free : w + closure_size((Closure *)w))
        if (((Closure *)w)->info->kind != KIND_FILLER) sanity_check_object(s, g, (Closure *)w);
}

void sanity_check_objects(Sanity *s)
{
    s->map->threads.count = s->map->holes.count = 0;
    for (size_t i = 0; i < s->map->group_count; i++)
        if (s->map->groups[i].walked) check_group(s, &s->map->groups[i]);
}

void sanity_check_threads(Sanity *s)
{
    const ClosureList *threads = &s->map->threads;
    size_t before = s->violations;
    for (size_t i = 0; i < threads->count; i++) sanity_check_chunks(s, threads->closures[i]);
    if (s->violations == before) sanity_check_holes(s);
}

static void check_root(void *context, RootClass class_, Ref *slot)
{
    Parent p = {.s = context, .root_class = root_class_names[class_]};
    check_reference(&p, slot);
}

void sanity_check_roots(Sanity *s)
{
    if (!s->cafs_broken) heap_each_root(&s->h->heap, check_root, s);
}
