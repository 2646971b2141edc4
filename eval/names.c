/* Interning, declaring, resolving and guessing names. */
#include "eval/names_private.h"

#include "eval/guess.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BUCKETS = 8192 };

/* Words at a time: a multiplication mixes upwards, the shift brings down again what decides on the bucket. */
static uint64_t hash_name(const char *text, size_t length)
{
    uint64_t hash = length, word;
    for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < length; i++) word = word << 8 | (unsigned char)text[i];
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

void names_init(Names *n, Arena *a)
{
    *n = (Names){.arena = a, .bucket_count = FIRST_BUCKETS};
    n->buckets = calloc(n->bucket_count, sizeof *n->buckets);
    require(n->buckets, "out of memory");
    n->last = &n->first;
}

void names_destroy(Names *n) { free(n->buckets); }

static Symbol **bucket_of(const Names *n, uint64_t hash) { return &n->buckets[hash & (n->bucket_count - 1)]; }

static Symbol *find(const Names *n, uint64_t hash, const char *text, size_t length)
{
    Symbol *s = *bucket_of(n, hash);
    while (s && !(s->hash == hash && s->length == length && memcmp(s->text, text, length) == 0)) s = s->chain;
    return s;
}

static Symbol *find_text(const Names *n, const char *text)
{
    size_t length = strlen(text);
    return find(n, hash_name(text, length), text, length);
}

static void rehash(Names *n)
{
    free(n->buckets);
    n->bucket_count *= 2;
    n->buckets = calloc(n->bucket_count, sizeof *n->buckets);
    require(n->buckets, "out of memory");
    for (Symbol *s = n->first; s; s = s->next) {
        Symbol **bucket = bucket_of(n, s->hash);
        s->chain = *bucket;
        *bucket = s;
    }
}

static Symbol *symbol_new(Names *n, uint64_t hash, const char *text, size_t length)
{
    Symbol *s = eval_arena_alloc(n->arena, sizeof(Symbol) + length + 1);
    s->hash = hash;
    s->length = length;
    memcpy(s->text, text, length);
    Symbol **bucket = bucket_of(n, s->hash);
    s->chain = *bucket;
    *bucket = s;
    *n->last = s;
    n->last = &s->next;
    if (++n->symbol_count > n->bucket_count) rehash(n);
    return s;
}

Name name_intern(Names *n, const char *text, size_t length)
{
    uint64_t hash = hash_name(text, length);
    Symbol *s = find(n, hash, text, length);
    return (s ? s : symbol_new(n, hash, text, length))->text;
}

Symbol *name_symbol(Name name) { return (Symbol *)(uintptr_t)(name - offsetof(Symbol, text)); }

/* ---- Locals */

typedef struct Hidden {
    Symbol *symbol;
    Binder *binder;
} Hidden;

void local_enter(Scratch *hidden, Binder *b)
{
    Symbol *symbol = name_symbol(b->name);
    Hidden h = {symbol, symbol->local};
    scratch_push(hidden, &h, sizeof h);
    symbol->local = b;
}

void locals_leave(Scratch *hidden, size_t mark)
{
    while (hidden->used > mark) {
        Hidden h;
        hidden->used -= sizeof h;
        memcpy(&h, hidden->bytes + hidden->used, sizeof h);
        h.symbol->local = h.binder;
    }
}

/* ---- The top level */

/* What follows "module." in a name, or NULL. */
static const char *after_module(const char *module, const char *name)
{
    size_t length = strlen(module);
    bool within = strncmp(name, module, length) == 0 && name[length] == '.' && name[length + 1];
    return within ? name + length + 1 : NULL;
}

/* "module.name" on the C heap. */
static char *qualify(const char *module, const char *name)
{
    size_t m = strlen(module), n = strlen(name);
    char *full = malloc(m + n + 2);
    require(full, "out of memory");
    memcpy(full, module, m);
    full[m] = '.';
    memcpy(full + m + 1, name, n + 1);
    return full;
}

static Symbol *full_symbol(Names *n, Name module, Name name)
{
    if (after_module(module, name)) return name_symbol(name);
    char *full = qualify(module, name);
    Name interned = name_intern(n, full, strlen(full));
    free(full);
    return name_symbol(interned);
}

static Meaning *meaning_in(Meaning *m, Name unit)
{
    while (m && m->unit != unit) m = m->next;
    return m;
}

/* The thing that it means in that unit already, or NULL: from now on this one. */
static Meaning *meaning_add(Names *n, Meaning **list, Name unit, void *thing)
{
    Meaning *earlier = meaning_in(*list, unit);
    if (earlier) return earlier;
    Meaning *m = ARENA_NEW(n->arena, Meaning);
    *m = (Meaning){*list, unit, thing, false};
    *list = m;
    return NULL;
}

void *name_declare(Names *n, Space space, Home home, Name name, void *thing)
{
    Meaning *earlier = meaning_add(n, &full_symbol(n, home.module, name)->full[space], home.unit, thing);
    if (earlier) return earlier->thing;
    const char *rest = after_module(home.module, name);
    Symbol *brief = rest ? name_symbol(name_intern(n, rest, strlen(rest))) : name_symbol(name);
    earlier = meaning_add(n, &brief->brief[space], home.unit, thing);
    if (earlier) earlier->ambiguous = true;
    return NULL;
}

static void *resolve_in_module(const Names *n, Space space, Home home, const char *name)
{
    char *full = qualify(home.module, name);
    Symbol *s = find_text(n, full);
    free(full);
    Meaning *own = s ? meaning_in(s->full[space], home.unit) : NULL;
    return own ? own->thing : NULL;
}

/* In that unit, or in the only one that has it. */
static void *resolve_in_unit(Meaning *list, Name unit, bool *ambiguous)
{
    const Meaning *own = meaning_in(list, unit), *m = own ? own : list;
    *ambiguous = m && (m->ambiguous || (!own && m->next));
    return m && !*ambiguous ? m->thing : NULL;
}

void *name_resolve(const Names *n, Space space, Home home, const char *name, bool *ambiguous)
{
    *ambiguous = false;
    Symbol *s = find_text(n, name);
    if (s && s->full[space]) return resolve_in_unit(s->full[space], home.unit, ambiguous);
    void *own = resolve_in_module(n, space, home, name);
    if (own || !s) return own;
    return resolve_in_unit(s->brief[space], home.unit, ambiguous);
}

const Primop *name_primop(Name name)
{
    Symbol *s = name_symbol(name);
    if (!s->op_known) {
        s->op = primop_find(name);
        s->op_known = true;
    }
    return s->op;
}

/* ---- Guesses */

static bool is_in_space(const Symbol *s, Space space) { return s->full[space] || s->brief[space]; }

static bool is_in_use(const Symbol *s, Space space)
{
    if (space == SPACE_VALUE && (s->local || is_in_space(s, SPACE_CON))) return true;
    return is_in_space(s, space);
}

static void guess_if_used(const Names *n, Guess *g, Space space, const char *name)
{
    const Symbol *s = find_text(n, name);
    if (s && is_in_use(s, space)) guess_add(g, s->text);
}

static const char *const aliases[][2] = {
#define ALIAS(one, other) {one, other},
#include "eval/aliases.def"
#undef ALIAS
};
enum { ALIASES = sizeof aliases / sizeof *aliases };

static void guess_aliases(const Names *n, Guess *g, Space space, const char *name)
{
    for (size_t i = 0; i < ALIASES; i++)
        for (int other = 0; other < 2; other++)
            if (strcmp(aliases[i][1 - other], name) == 0) guess_if_used(n, g, space, aliases[i][other]);
}

/* "I#" of "GHC.Types.I#". */
static const char *without_module(const char *name)
{
    for (const char *dot; *name >= 'A' && *name <= 'Z' && (dot = strchr(name, '.')) && dot[1]; name = dot + 1)
        continue;
    return name;
}

Guess names_nearest(const Names *n, Space space, const char *name)
{
    const char *bare = without_module(name);
    Guess g = guess_begin(bare, strlen(bare));
    if (bare != name) guess_if_used(n, &g, space, bare);
    guess_aliases(n, &g, space, bare);
    if (g.count) return g;
    for (const Symbol *s = n->first; s; s = s->next)
        if (is_in_use(s, space)) guess_try(&g, s->text, strlen(s->text));
    return g;
}

Guess primops_nearest(const char *name)
{
    Guess g = guess_begin(name, strlen(name));
    for (size_t i = 0; i < ALIASES; i++)
        if (strcmp(aliases[i][0], name) == 0 && primop_find(aliases[i][1])) guess_add(&g, aliases[i][1]);
    if (g.count) return g;
    for (int i = 0; i < PRIM_COUNT; i++) guess_try(&g, primops[i].name, strlen(primops[i].name));
    return g;
}
