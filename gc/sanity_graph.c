/* The graph across a collection (71, 79, and what dies with its key: 62), at level 4.
 *
 * Before a collection the objects that the roots reach are numbered, breadth first, in the order of the roots
 * and of each object's pointers, and written down as tokens: what each object is, a digest of its words that
 * are no pointers, and for each pointer its tag and the number of what it leads to. When everything has
 * moved, the new graph is walked in the same way, and has to give the same tokens.
 *
 * What a collection may change is nowhere in them: references lead to what indirections, black holes that
 * have their value, and selectors of evaluated constructors stand for; marks of dirtiness, cards, padding and
 * unused words are left out. Selectors that need themselves are all one: whoever demands one learns that it
 * is a loop. Weak pointers are followed if their keys are reached, in an order that is written down too;
 * those that have died are judged by themselves: no key of theirs was reached, and each of their finalizers
 * waits, once, in order. A selector that is left as it is keeps more than its field, so that what is not
 * reached here may live on; 75 looks after that.
 *
 * Where code tells which CAFs live (srt.c), code is followed as objects are, and CAFs that it names from
 * object to object; none of them may have died (60). What other CAFs hold comes behind everything else, and
 * is not compared if the collection was one that may find them dead.
 *
 * A digest of the tokens says the same of graphs as the tokens do, and the same in every run: info tables
 * stand in it with their identities, static closures with the place at which they were met. It is told
 * (GcStats) so that runs can be compared in which other collectors, or more threads, have been at work.
 *
 * Needs memory of about the size of what lives. If there is none, or selectors are nested too deep, the
 * collection is not compared, which is told once. */
#include <stdlib.h>

#include "gc/collection.h"
#include "gc/sanity_private.h"

#define MOST_TOKENS ((size_t)1 << 27)
enum { MOST_DEPTH = 4000 };

typedef uint64_t Token;
#define TOKEN_STATIC  ((Token)1 << 63) /* and the address: it does not move */
#define TOKEN_WEAK    ((Token)1 << 62) /* and its place among the weak pointers */
#define TOKEN_RING    ((Token)1 << 61)
#define TOKEN_END     ((Token)1 << 60)
#define TOKEN_MUTABLE ((Token)1 << 59) /* and the kind, and whether it is frozen */
#define TOKEN_NOTHING ((Token)0)       /* a slot that may be empty is */

/* A weak pointer as it stood before; then where it and its finalizer are, or NULL: it has not been kept. */
typedef struct Mortal {
    Closure *weak, *finalizer;
    uint8_t gen_no;
    bool has_finalizer;
    bool reached; /* its key is */
} Mortal;

struct SanityGraph {
    Token *tokens;
    size_t count, room;
    Mortal *mortals;
    size_t mortal_count;
    size_t finalizers; /* that waited */
    Token *names;      /* of stable names' objects, by entry; 0: none, or nothing led there */
    uint32_t name_end;
    bool whole;
};

/* ---- Selectors that have been looked at */

typedef enum Selected { SELECTED_BUSY, SELECTED_STUCK, SELECTED_RING, SELECTED_VALUE } Selected;

typedef struct Memo {
    const Closure *selector;
    Ref value;
    Selected state;
} Memo;

typedef struct GraphWalk {
    Sanity *s;
    SanityGraph *graph;
    bool compares; /* the tokens that there are, from `at` on */
    size_t at;
    Closure **objects;
    size_t count, room, done;
    Memo *memo;
    size_t memo_count, memo_room;
    size_t finalizers; /* met among the roots */
    uint64_t digest;   /* of the tokens so far */
    uint32_t depth;
    SanityCodes codes;
    bool follows_code;
    bool failed, short_of_memory;
    bool is_whole_word; /* the token that is put is no reference */
} GraphWalk;

static bool grow(void **array, size_t *room, size_t count, size_t size)
{
    if (count < *room) return true;
    size_t wanted = *room ? 2 * *room : 1024;
    void *bigger = wanted > MOST_TOKENS ? NULL : realloc(*array, wanted * size);
    if (!bigger) return false;
    *array = bigger;
    *room = wanted;
    return true;
}

static Memo *memo_place(const GraphWalk *w, const Closure *selector)
{
    size_t mask = w->memo_room - 1, i = ((Word)selector >> 3) * 0x9e3779b97f4a7c15u >> 20 & mask;
    while (w->memo[i].selector && w->memo[i].selector != selector) i = (i + 1) & mask;
    return &w->memo[i];
}

static bool memo_grow(GraphWalk *w)
{
    if (2 * (w->memo_count + 1) <= w->memo_room) return true;
    Memo *old = w->memo;
    size_t old_room = w->memo_room;
    w->memo_room = old_room ? 2 * old_room : 256;
    w->memo = calloc(w->memo_room, sizeof *w->memo);
    for (size_t i = 0; w->memo && i < old_room; i++)
        if (old[i].selector) *memo_place(w, old[i].selector) = old[i];
    free(old);
    return w->memo;
}

static Selected selected(GraphWalk *w, Closure *selector, Ref *value);

/* Moves on to what the reference stands for: SELECTED_VALUE, or what stands in the way of more. */
static Selected follow(GraphWalk *w, Ref *ref, bool through_cafs)
{
    for (;;) {
        Closure *c = ref_closure(*ref);
        Ref target;
        if (stands_for(c, &target)) {
            *ref = target;
        } else if (through_cafs && c->info->kind == KIND_IND_STATIC) {
            *ref = closure_words(c)[IND_TARGET];
        } else if (c->info->kind == KIND_THUNK_SELECTOR) {
            Selected state = selected(w, c, &target);
            if (state != SELECTED_VALUE) return state;
            *ref = target;
        } else {
            return SELECTED_VALUE;
        }
    }
}

static Selected evaluate(GraphWalk *w, const Closure *selector, Ref *value)
{
    Ref selectee = ((const Word *)selector)[SELECTEE];
    Selected state = follow(w, &selectee, true);
    if (state == SELECTED_BUSY || state == SELECTED_RING) return SELECTED_RING;
    const Closure *con = ref_closure(selectee);
    if (con->info->kind != KIND_CON || selector->info->con_tag >= con->info->ptrs) return SELECTED_STUCK;
    *value = ((const Word *)con)[1 + selector->info->con_tag];
    state = follow(w, value, false);
    return state == SELECTED_BUSY || state == SELECTED_RING ? SELECTED_RING : SELECTED_VALUE;
}

static Selected selected(GraphWalk *w, Closure *selector, Ref *value)
{
    if (!memo_grow(w) || w->depth > MOST_DEPTH) {
        w->short_of_memory = true;
        return SELECTED_STUCK;
    }
    Memo *memo = memo_place(w, selector);
    if (memo->selector) {
        *value = memo->value;
        return memo->state;
    }
    *memo = (Memo){selector, 0, SELECTED_BUSY};
    w->memo_count++;
    w->depth++;
    Ref found = 0;
    Selected state = evaluate(w, selector, &found);
    w->depth--;
    if (w->memo) *memo_place(w, selector) = (Memo){selector, found, state};
    *value = found;
    return state;
}

/* ---- Tokens */

static void token_print(Token t, char *out, size_t size)
{
    if (t & TOKEN_STATIC)
        snprintf(out, size, "the static closure at %#zx", (size_t)(t & ~TOKEN_STATIC));
    else if (t & (TOKEN_WEAK | TOKEN_RING | TOKEN_END))
        snprintf(out, size, t & TOKEN_WEAK ? "a weak pointer" : t & TOKEN_RING ? "a ring" : "the end");
    else
        snprintf(out, size, "object %zu with tag %zu", (size_t)(t >> 3), (size_t)(t & TAG_MASK));
}

static void fail(GraphWalk *w, const Closure *c, const char *what, Token was, Token is)
{
    char before[80] = "another one", after[80] = "this one";
    if (w->failed) return;
    w->failed = true;
    if (!w->is_whole_word) {
        token_print(was, before, sizeof before);
        token_print(is, after, sizeof after);
    }
    sanity_report(w->s, 71, c, "object %zu: %s was %s, and is %s", w->done, what, before, after);
}

static uint32_t *number_place(const GraphWalk *w, const Closure *c)
{
    SanityMegablock *m = sanity_megablock(w->s->map, (Word)c);
    return m && m->number ? &m->number[sanity_word_index((Word)c)] : NULL;
}

static uint64_t digest_add(uint64_t digest, Word word) { return (digest ^ word) * 0x100000001b3u; }

/* Writes the token down, or compares it. */
static void put_token(GraphWalk *w, const Closure *c, const char *what, Token token)
{
    SanityGraph *g = w->graph;
    if (w->compares) {
        Token was = w->at < g->count ? g->tokens[w->at] : TOKEN_END;
        w->at++;
        if (was != token) fail(w, c, what, was, token);
        return;
    }
    if (!grow((void **)&g->tokens, &g->room, g->count, sizeof *g->tokens)) {
        w->short_of_memory = true;
        return;
    }
    g->tokens[g->count++] = token;
}

/* The token without an address. */
static Token token_anywhere(const GraphWalk *w, Token token)
{
    const uint32_t *number =
        token & TOKEN_STATIC ? number_place(w, ref_closure(token & ~TOKEN_STATIC)) : NULL;
    return number ? TOKEN_STATIC | *number : token;
}

static void put(GraphWalk *w, const Closure *c, const char *what, Token token)
{
    w->digest = digest_add(w->digest, token_anywhere(w, token));
    put_token(w, c, what, token);
}

/* A token that is no reference; of another run's graph, `anywhere` is the same. */
static void put_whole(GraphWalk *w, const Closure *c, const char *what, Token token, Token anywhere)
{
    w->digest = digest_add(w->digest, anywhere);
    w->is_whole_word = true;
    put_token(w, c, what, token);
    w->is_whole_word = false;
}

/* The object's number, from 1; a new one is the next to be looked at. */
static Token number_of(GraphWalk *w, Closure *c)
{
    uint32_t *number = number_place(w, c);
    if (!number || !grow((void **)&w->objects, &w->room, w->count, sizeof *w->objects)) {
        w->short_of_memory = true;
        return 0;
    }
    if (*number) return *number;
    w->objects[w->count++] = c;
    return *number = (uint32_t)w->count;
}

static Token static_token(GraphWalk *w, Closure *c, Ref ref)
{
    if (w->follows_code) number_of(w, c);
    return TOKEN_STATIC | ref;
}

static Token token_of(GraphWalk *w, Ref ref)
{
    if (!ref) return TOKEN_NOTHING;
    Selected state = follow(w, &ref, false);
    Closure *c = ref_closure(ref);
    if (state == SELECTED_RING || state == SELECTED_BUSY) return TOKEN_RING;
    if (Bdescr(c)->owner == OWNER_STATIC) return static_token(w, c, ref);
    return number_of(w, c) << 3 | ref_tag(ref);
}

/* ---- Objects */

/* Words that are no pointers are digested as they are passed. */
typedef struct Passing {
    GraphWalk *w;
    const Closure *c;
    const Word *at;
    const Word *frame; /* the one that `at` is in or behind; NULL: the object has no frames */
    uint64_t digest, anywhere;
} Passing;

/* Where Linux puts what it places by itself: programs, libraries, C's memory. */
static bool is_in_upper_half(Word word) { return word >> 46 == 1; }

/* Info tables, those of frames among them, and what Addr# leads to do not stand at the same place in each
 * run. */
static Word word_anywhere(const GraphWalk *w, Word word)
{
    const Heap *heap = &w->s->h->heap;
    if (info_is_known(heap->infos, word)) return ((const InfoTable *)word)->id;
    bool is_address = is_in_upper_half(word) || block_contains(heap->blocks, (const void *)word);
    return is_address ? BLOCK_SIZE : word;
}

/* Nothing has been written there, or it has been read for the last time. */
static bool is_unused(Passing *p)
{
    if (!p->frame || p->at < p->frame) return false;
    while (p->at >= p->frame + frame_size(p->frame)) p->frame += frame_size(p->frame);
    const InfoTable *info = (const InfoTable *)p->frame[0];
    size_t word = (size_t)(p->at - p->frame);
    return word > 0 && info->kind == KIND_CASE_FRAME && info->reps && info->reps[word - 1] == '-';
}

static void pass_words(Passing *p, const Word *end)
{
    for (; p->at < end; p->at++) {
        if (is_unused(p)) continue;
        p->digest = digest_add(p->digest, *p->at);
        p->anywhere = digest_add(p->anywhere, word_anywhere(p->w, *p->at));
    }
}

static void pass_pointer(void *context, Ref *slot)
{
    Passing *p = context;
    if (!*slot) return;
    pass_words(p, slot);
    p->at = slot + 1;
    put(p->w, p->c, "a pointer", token_of(p->w, *slot));
}

/* Where the words begin that a collection leaves alone. */
static const Word *first_word(const Word *w, const InfoTable *info, Passing *p)
{
    if (info->kind == KIND_WEAK) return w + closure_size((const Closure *)w);
    if (info->kind == KIND_STACK) {
        const Word *sp = (const Word *)w[STACK_SP];
        p->digest = p->anywhere = w[STACK_WORDS] << 32 | (Word)(sp - w);
        return p->frame = sp;
    }
    if (info->kind == KIND_AP_STACK) p->frame = w + AP_STACK_PAYLOAD;
    return w + (kinds[info->kind].flags & IS_PADDED ? 2 : 1);
}

static const Word *last_word(const Word *w, const InfoTable *info)
{
    if (info->kind == KIND_MUT_ARR_PTRS) return w + ARRAY_PAYLOAD + w[ARRAY_PTRS]; /* cards come and go */
    if (info->kind == KIND_TSO) return w + TSO_DIRTY;
    return w + closure_size((const Closure *)w);
}

static bool is_frozen(const InfoRegistry *r, const InfoTable *info)
{
    return info == info_std(r, STD_MUT_ARR_PTRS_FROZEN) ||
           info == info_std(r, STD_MUT_ARR_PTRS_FROZEN_DIRTY) ||
           info == info_std(r, STD_SMALL_MUT_ARR_PTRS_FROZEN) ||
           info == info_std(r, STD_SMALL_MUT_ARR_PTRS_FROZEN_DIRTY);
}

static Token what_it_is(const GraphWalk *w, const Closure *c)
{
    const InfoTable *info = c->info;
    if (!(kinds[info->kind].flags & IS_MUTABLE)) return info->id;
    return TOKEN_MUTABLE | info->kind | (Token)is_frozen(w->s->h->heap.infos, info) << 8;
}

static void put_object(GraphWalk *w, Closure *c)
{
    const Word *words = closure_words(c);
    Passing p = {.w = w, .c = c};
    put_whole(w, c, "what it is", what_it_is(w, c), what_it_is(w, c));
    p.at = first_word(words, c->info, &p);
    closure_each_strong_pointer(c, pass_pointer, &p);
    pass_words(&p, last_word(words, c->info));
    put_whole(w, c, "the digest of its words", p.digest, p.anywhere);
}

static void pass_static(void *context, Ref *slot)
{
    Passing *p = context;
    put(p->w, p->c, "a pointer", token_of(p->w, *slot));
}

/* Words of static closures that are no pointers do not change. */
static void put_static(GraphWalk *w, Closure *c)
{
    put_whole(w, c, "what it is", c->info->id, c->info->id);
    closure_each_pointer(c, pass_static, &(Passing){.w = w, .c = c});
}

static void meet_named(void *context, const InfoTable *code, Closure *named)
{
    GraphWalk *w = context;
    bool dead = named->info == info_std(w->s->h->heap.infos, STD_DEAD_CAF);
    if (dead && w->compares && !w->failed) {
        w->failed = true;
        sanity_report(w->s, 60, named, "the code of `%s` lives and names it, but it has died", code->name);
    }
    if (!dead) number_of(w, named);
}

static void put_next(GraphWalk *w, Closure *c)
{
    if (Bdescr(c)->owner == OWNER_STATIC)
        put_static(w, c);
    else
        put_object(w, c);
    if (!w->follows_code) return;
    sanity_codes_meet(&w->codes, c);
    sanity_codes_go(&w->codes, meet_named, w);
}

static bool goes_on(const GraphWalk *w) { return !w->failed && !w->short_of_memory; }

static void put_reached(GraphWalk *w)
{
    while (w->done < w->count && goes_on(w)) put_next(w, w->objects[w->done++]);
}

/* Finalizers that have just been scheduled are no roots of the graph as it was; nor are CAFs that may die. */
static void put_root(void *context, RootClass class_, Ref *slot)
{
    GraphWalk *w = context;
    if (class_ == ROOT_CAF && w->follows_code) return;
    if (class_ == ROOT_FINALIZER && w->finalizers++ >= w->graph->finalizers) return;
    put(w, ref_closure(*slot), root_class_names[class_], token_of(w, *slot));
}

static void put_caf(void *context, RootClass class_, Ref *slot)
{
    GraphWalk *w = context;
    if (class_ == ROOT_CAF) put(w, ref_closure(*slot), root_class_names[class_], token_of(w, *slot));
}

/* ---- Weak pointers */

/* Finds out about the key: true if the key is newly known to be reached. */
static bool meet_key(GraphWalk *w, Mortal *m)
{
    if (m->reached) return false;
    for (Ref ref = closure_words(m->weak)[WEAK_KEY];;) {
        Closure *c = ref_closure(ref);
        const uint32_t *number = number_place(w, c);
        if (Bdescr(c)->owner == OWNER_STATIC || (number && *number)) return m->reached = true;
        if (!stands_for(c, &ref)) return false;
    }
}

static void put_weak(GraphWalk *w, size_t index, Closure *weak)
{
    put(w, weak, "a weak pointer", TOKEN_WEAK | index);
    for (int field = WEAK_KEY; field <= WEAK_C_FINALIZERS; field++)
        put(w, weak, "a field of a weak pointer", token_of(w, closure_words(weak)[field]));
    put_reached(w);
}

static void put_weaks(GraphWalk *w)
{
    const SanityGraph *g = w->graph;
    for (bool found = true; found && goes_on(w);) {
        found = false;
        for (size_t i = 0; i < g->mortal_count && goes_on(w); i++) {
            if (!meet_key(w, &g->mortals[i])) continue;
            found = true;
            put_weak(w, i, g->mortals[i].weak);
        }
    }
    put(w, NULL, "the end", TOKEN_END);
}

static bool list_mortals(SanityGraph *g, const HeapState *h)
{
    size_t count = 0;
    for (uint32_t k = 0; k < generation_count(h); k++) count += h->generations[k].weaks.count;
    g->mortals = calloc(count + 1, sizeof *g->mortals);
    if (!g->mortals) return false;
    for (uint32_t k = generation_count(h); k-- > 0;)
        for (Closure *c = h->generations[k].weaks.first; c; c = (Closure *)closure_words(c)[WEAK_LINK])
            if (c->info == info_std(h->heap.infos, STD_WEAK))
                g->mortals[g->mortal_count++] =
                    (Mortal){.weak = c,
                             .finalizer = ref_closure(closure_words(c)[WEAK_FINALIZER]),
                             .has_finalizer = closure_words(c)[WEAK_FINALIZER],
                             .gen_no = (uint8_t)k};
    return true;
}

/* ---- Stable names (76) */

/* What the entry's object is among the objects that have been met. */
static Token name_token(GraphWalk *w, uint32_t i)
{
    const StableNameEntry *e = &w->s->h->stable.names[i];
    Ref ref = (Ref)e->object;
    if (!e->name || !e->object || follow(w, &ref, false) != SELECTED_VALUE) return 0;
    if (Bdescr(ref_closure(ref))->owner == OWNER_STATIC) return TOKEN_STATIC | (ref & ~TAG_MASK);
    const uint32_t *number = number_place(w, ref_closure(ref));
    return number ? *number : 0;
}

static void note_names(GraphWalk *w)
{
    SanityGraph *g = w->graph;
    g->name_end = w->s->h->stable.name_end;
    g->names = calloc(g->name_end + 1, sizeof *g->names);
    w->short_of_memory |= !g->names;
    for (uint32_t i = 1; g->names && i < g->name_end; i++) g->names[i] = name_token(w, i);
}

static void compare_names(GraphWalk *w)
{
    for (uint32_t i = 1; i < w->graph->name_end; i++) {
        Token was = w->graph->names[i], is = name_token(w, i);
        if (was && is && was != is)
            sanity_report(w->s, 76, w->s->h->stable.names[i].name,
                          "stable name %u has become another object's", i);
    }
}

/* ---- Before */

static bool numbers_begin(const Sanity *s)
{
    for (SanityMegablock *m = s->map->megablocks; m; m = m->next) {
        size_t bytes = MBLOCK_SIZE / WORD_BYTES * sizeof *m->number;
        if (!m->number) m->number = malloc(bytes);
        if (!m->number) return false;
        memset(m->number, 0, bytes);
    }
    return true;
}

static GraphWalk walk_begin(Sanity *s, bool compares)
{
    GraphWalk w = {.s = s, .graph = s->map->graph, .compares = compares};
    w.follows_code = heap_cafs_may_die(&s->h->heap);
    w.short_of_memory = !numbers_begin(s) || !sanity_codes_begin(&w.codes, s->h->heap.infos);
    return w;
}

static void walk_end(GraphWalk *w)
{
    free(w->objects);
    free(w->memo);
    sanity_codes_free(&w->codes);
}

/* What roots reach; then, behind weak pointers, what only CAFs do that may die. */
static void walk_roots(GraphWalk *w)
{
    heap_each_root(&w->s->h->heap, put_root, w);
    put_reached(w);
}

static void walk_cafs(GraphWalk *w)
{
    heap_each_root(&w->s->h->heap, put_caf, w);
    put_reached(w);
}

void sanity_graph_free(SanityGraph *g)
{
    if (!g) return;
    free(g->tokens);
    free(g->mortals);
    free(g->names);
    free(g);
}

static void tell_too_large(Sanity *s)
{
    if (s->map->told) return;
    fprintf(stderr, "thunkscope: sanity: some graphs are too large or too deep to be compared (71)\n");
    s->map->told = true;
}

void sanity_graph_note(Sanity *s)
{
    sanity_graph_free(s->map->graph);
    SanityGraph *g = s->map->graph = calloc(1, sizeof *g);
    if (!g) return;
    GraphWalk w = walk_begin(s, false);
    g->finalizers = s->h->finalizers.count;
    if (goes_on(&w) && list_mortals(g, s->h)) {
        walk_roots(&w);
        put_weaks(&w);
        note_names(&w);
        if (w.follows_code) {
            walk_cafs(&w);
            put_weaks(&w);
        }
        g->whole = goes_on(&w);
    }
    if (!g->whole) tell_too_large(s);
    walk_end(&w);
}

/* ---- When everything has been kept */

void sanity_graph_follow(SanityGraph *g, Collection *c)
{
    for (size_t i = 0; g && i < g->mortal_count; i++) {
        Mortal *m = &g->mortals[i];
        m->weak = c->collector->survivor(c, m->weak);
        if (m->finalizer) m->finalizer = collection_survivor(c, (Ref)m->finalizer);
    }
}

void sanity_graph_each_slot(SanityGraph *g, SlotVisitor visit, void *context)
{
    for (size_t i = 0; g && i < g->mortal_count; i++) {
        Ref weak = (Ref)g->mortals[i].weak, finalizer = (Ref)g->mortals[i].finalizer;
        if (weak) visit(context, &weak);
        if (finalizer) visit(context, &finalizer);
        g->mortals[i].weak = ref_closure(weak);
        g->mortals[i].finalizer = ref_closure(finalizer);
    }
}

/* ---- When everything has moved */

static bool lives_now(const Sanity *s, const Closure *weak)
{
    return weak && sanity_object_group(s, weak) && weak->info == info_std(s->h->heap.infos, STD_WEAK);
}

/* The weak pointers that were followed, in the same order. */
static void compare_weaks(GraphWalk *w)
{
    const SanityGraph *g = w->graph;
    while (goes_on(w) && w->at < g->count && g->tokens[w->at] & TOKEN_WEAK) {
        size_t index = g->tokens[w->at] & ~TOKEN_WEAK;
        Closure *weak = g->mortals[index].weak;
        if (!lives_now(w->s, weak)) {
            w->failed = true;
            sanity_report(w->s, 62, weak,
                          "weak pointer %zu of generation %u has died, and its key is reached", index,
                          g->mortals[index].gen_no);
            return;
        }
        put_weak(w, index, weak);
    }
    put(w, NULL, "the end", TOKEN_END);
}

/* Each weak pointer that has died has its finalizer scheduled, once, in the order in which they stood. */
static void check_deaths(GraphWalk *w)
{
    const SanityGraph *g = w->graph;
    const FinalizerQueue *q = &w->s->h->finalizers;
    size_t next = g->finalizers;
    for (size_t i = 0; i < g->mortal_count; i++) {
        const Mortal *m = &g->mortals[i];
        if (lives_now(w->s, m->weak) || !m->has_finalizer) continue;
        if (next >= q->count || !m->finalizer) {
            sanity_report(w->s, 79, m->weak,
                          "weak pointer %zu of generation %u has died, and its finalizer does not wait", i,
                          m->gen_no);
            return;
        }
        Ref waits = q->refs[q->first + next++], due = (Ref)m->finalizer;
        follow(w, &waits, false);
        follow(w, &due, false);
        if (ref_closure(due) != ref_closure(waits))
            sanity_report(w->s, 79, ref_closure(waits), "another finalizer waits than weak pointer %zu's", i);
    }
    if (next != q->count)
        sanity_report(w->s, 79, ref_closure(q->refs[q->first + next]), "%zu finalizers wait, and %zu are due",
                      q->count, next);
}

uint64_t sanity_graph_compare(Sanity *s, const Collection *c)
{
    SanityGraph *g = s->map->graph;
    if (!g || !g->whole) return 0;
    GraphWalk w = walk_begin(s, true);
    if (goes_on(&w)) walk_roots(&w);
    if (goes_on(&w)) compare_weaks(&w);
    if (goes_on(&w)) compare_names(&w);
    uint64_t digest = goes_on(&w) ? w.digest : 0;
    if (goes_on(&w) && w.follows_code && !c->follows_code) {
        walk_cafs(&w);
        compare_weaks(&w);
    }
    if (goes_on(&w)) check_deaths(&w);
    walk_end(&w);
    sanity_graph_free(g);
    s->map->graph = NULL;
    return digest;
}
