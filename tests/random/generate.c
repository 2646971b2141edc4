/* The program: its definitions, those that types make necessary, and what is printed. */
#include "tests/random/generate_private.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- Draws: splitmix64 */

uint64_t draw(Seed *s)
{
    uint64_t z = *s += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* ---- Text */

void put(Gen *g, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(g->at->out, format, args);
    va_end(args);
}

Spelling fresh(Gen *g)
{
    Spelling n;
    snprintf(n.s, sizeof n.s, "v%u", g->next_name++);
    return n;
}

Spelling binder(Spelling name, const Type *type)
{
    static const char *const spellings[REP_COUNT] = {
#define REP(name, spelling, is_pointer, bytes) spelling,
#include "eval/reps.def"
#undef REP
    };
    Spelling n;
    if (type->rep == REP_P) return name;
    snprintf(n.s, sizeof n.s, "%.20s:%s", name.s, spellings[type->rep]);
    return n;
}

Scope *scope_push(Gen *g, const Scope *next, Spelling name, const Type *type)
{
    struct {
        void *next;
        Scope scope;
    } *pool = calloc(1, sizeof *pool);
    if (!pool) abort();
    pool->next = g->pools;
    g->pools = pool;
    pool->scope = (Scope){.next = next, .name = name, .type = type};
    return &pool->scope;
}

/* ---- Definitions */

Top *top_begin(Gen *g, const char *prefix, const Type *type, uint32_t variables)
{
    Top *before = g->at, *t = &g->tops[g->top_count];
    if (g->top_count == MOST_TOPS) abort();
    snprintf(t->name.s, sizeof t->name.s, "%s%u", prefix, g->top_count++);
    t->type = type;
    t->variables = variables;
    t->out = open_memstream(&t->text, &t->length);
    g->at = t;
    return before;
}

void top_end(Gen *g, Top *before)
{
    fclose(g->at->out);
    g->at->out = NULL;
    g->at = before;
}

Spelling top_use(Gen *g, const Top *t)
{
    size_t number = (size_t)(t - g->tops);
    g->at->uses[number / 8] |= (uint8_t)(1 << number % 8);
    return t->name;
}

/* ---- The least of each type */

static Spelling literal_of(Rep rep)
{
    static const char *const literals[REP_COUNT] = {
        [REP_V] = "void#", [REP_I] = "0#",   [REP_W] = "0##",       [REP_C] = "'a'#",
        [REP_D] = "D1.0",  [REP_F] = "F1.0", [REP_A] = "\"least\"#"};
    Spelling n;
    if (!literals[rep]) abort();
    snprintf(n.s, sizeof n.s, "%s", literals[rep]);
    return n;
}

static void emit_fallback_con(Gen *g, const Type *t)
{
    const DataDecl *d = &g->types.data[t->number];
    const ConDecl *con = &d->cons[0];
    Spelling fields[MOST_FIELDS];
    for (uint32_t i = 0; i < con->count; i++) fields[i] = fallback(g, type_of_field(&g->types, t, con, i));
    put(g, "%s = !%s [", g->at->name.s, con->name);
    for (uint32_t i = 0; i < con->count; i++) put(g, "%s%s", i ? " " : "", fields[i].s);
    put(g, "];\n");
}

static void emit_fallback_function(Gen *g, const Type *t)
{
    Context c = {0};
    put(g, "%s = ", g->at->name.s);
    lambda(g, 1, c, t, NULL);
    put(g, ";\n");
}

Spelling fallback(Gen *g, const Type *t)
{
    if (t->kind == TYPE_WORD) return literal_of(t->rep);
    if (t->kind == TYPE_DATA && t->number == DATA_EXCEPTION) {
        Spelling n = {"overflowException"};
        return n;
    }
    if (!g->fallbacks[t->index]) {
        Top *before = top_begin(g, "least", NULL, 0);
        g->fallbacks[t->index] = g->top_count;
        if (t->kind == TYPE_DATA)
            emit_fallback_con(g, t);
        else
            emit_fallback_function(g, t);
        top_end(g, before);
    }
    return top_use(g, &g->tops[g->fallbacks[t->index] - 1]);
}

/* ---- Digests: an Int# of every value, as deep as there is fuel */

/* Writes what binds the digest of the atom; answers its name. */
static Spelling emit_digest_of(Gen *g, const Type *t, Spelling atom, const char *fuel, uint32_t *open)
{
    static const char *const conversions[REP_COUNT] = {
        [REP_W] = "word2Int#",      [REP_C] = "ord#",          [REP_I8] = "extendInt8#",
        [REP_I16] = "extendInt16#", [REP_W8] = "extendWord8#", [REP_W16] = "extendWord16#"};
    Spelling n = {"0#"}, d;
    if (t->kind == TYPE_WORD && t->rep == REP_I) return atom;
    if (t->kind == TYPE_WORD && (t->rep == REP_V || t->rep == REP_A)) return n;
    n = fresh(g);
    ++*open;
    if (t->kind == TYPE_WORD && conversions[t->rep]) {
        put(g, "case %%%s [%s] of %s { __DEFAULT -> ", conversions[t->rep], atom.s, n.s);
        if (t->rep != REP_W8 && t->rep != REP_W16) return n;
        ++*open;
        d = fresh(g);
        put(g, "case %%word2Int# [%s] of %s { __DEFAULT -> ", n.s, d.s);
        return d;
    }
    d = digest(g, t);
    put(g, "case %s %s %s of %s:I { __DEFAULT -> ", d.s, fuel, atom.s, n.s);
    return n;
}

static void emit_closing(Gen *g, uint32_t open)
{
    while (open--) put(g, "; }");
}

/* Writes the digest of a row of values. */
static void emit_digest_of_all(Gen *g, uint32_t salt, uint32_t count, const Type *const *types,
                               const Spelling *atoms, const char *fuel)
{
    uint32_t open = 0;
    Spelling sum, times, next;
    snprintf(sum.s, sizeof sum.s, "%u#", salt);
    for (uint32_t i = 0; i < count; i++) {
        Spelling d = emit_digest_of(g, types[i], atoms[i], fuel, &open);
        times = fresh(g);
        next = fresh(g);
        put(g, "case %%*# [%s 31#] of %s { __DEFAULT -> case %%+# [%s %s] of %s { __DEFAULT -> ", sum.s,
            times.s, times.s, d.s, next.s);
        open += 2;
        sum = next;
    }
    put(g, "%s", sum.s);
    emit_closing(g, open);
}

static void emit_digest_of_data(Gen *g, const Type *t)
{
    const DataDecl *d = &g->types.data[t->number];
    if (d->is_open) {
        put(g, "%%dataToTag# [x]");
        return;
    }
    put(g, "case x of _ { ");
    for (uint32_t i = 0; i < d->con_count; i++) {
        const Type *types[MOST_FIELDS];
        Spelling atoms[MOST_FIELDS];
        put(g, "%s", d->cons[i].name);
        for (uint32_t j = 0; j < d->cons[i].count; j++) {
            types[j] = type_of_field(&g->types, t, &d->cons[i], j);
            atoms[j] = fresh(g);
            put(g, " %s", atoms[j].s);
        }
        put(g, " -> ");
        emit_digest_of_all(g, i + 1, d->cons[i].count, types, atoms, "less");
        put(g, "; ");
    }
    put(g, "}");
}

/* Of a function: of what it answers to the least of its arguments. */
static void emit_digest_of_function(Gen *g, const Type *t)
{
    Context c = {0};
    Spelling args[MOST_PARTS], atoms[MOST_PARTS];
    Seed s = 1;
    const Type *const *parts = t->result->kind == TYPE_TUPLE ? t->result->parts : &t->result;
    uint32_t count = t->result->kind == TYPE_TUPLE ? t->result->count : 1;
    for (uint32_t i = 0; i < t->count; i++) args[i] = need(g, &s, &c, t->parts[i]);
    put(g, "case x");
    for (uint32_t i = 0; i < t->count; i++) put(g, " %s", args[i].s);
    for (uint32_t i = 0; i < count; i++) atoms[i] = fresh(g);
    if (t->result->kind == TYPE_TUPLE) {
        put(g, " of _ { (#");
        for (uint32_t i = 1; i < count; i++) put(g, ",");
        put(g, count == 1 ? "_#)" : "#)");
        for (uint32_t i = 0; i < count; i++) put(g, " %s", binder(atoms[i], parts[i]).s);
        put(g, " -> ");
    } else {
        put(g, " of %s { __DEFAULT -> ", binder(atoms[0], t->result).s);
    }
    emit_digest_of_all(g, 5, count, parts, atoms, "less");
    emit_closing(g, c.open + 1);
}

static void emit_digest_of_array(Gen *g, const Type *t)
{
    bool small = t->kind == TYPE_SMALL_ARRAY || t->kind == TYPE_FROZEN_SMALL_ARRAY;
    const char *kind = small ? "Small" : "";
    uint32_t open = 0, shown = t->number < 40 ? t->number : 40;
    Spelling element = {"e"};
    put(g, "let-no-escape { go = \\r [i:I sum:I] case %%<# [i %u#] of _ { __DEFAULT -> sum; 1# -> ", shown);
    put(g, "case %%read%sArray# [x i void#] of _ { (#_#) e -> ", kind);
    Spelling d = emit_digest_of(g, t->parts[0], element, "less", &open);
    put(g, "case %%*# [sum 31#] of m { __DEFAULT -> case %%+# [m %s] of next { __DEFAULT -> ", d.s);
    put(g, "case %%+# [i 1#] of j { __DEFAULT -> go j next; }; }; }");
    emit_closing(g, open + 1);
    put(g, "; }; } in go 0# 7#");
}

#define DIGEST_OF_DOUBLE                                                                                     \
    "case %==## [x x] of _ { __DEFAULT -> 3#; 1# -> case %*## [x D0.0] of z { __DEFAULT -> "                 \
    "case %==## [z D0.0] of _ { __DEFAULT -> %>## [x D0.0]; 1# -> "                                          \
    "case %decodeDouble_Int64# [x] of _ { (#,#) m e -> case %*# [m 31#] of n { __DEFAULT -> %+# [n e]; }; "  \
    "}; }; }; }"
#define DIGEST_OF_BYTES                                                                                      \
    "let-no-escape { go = \\r [i:I sum:I] case %<# [i 16#] of _ { __DEFAULT -> sum; 1# -> "                  \
    "case %indexInt32Array# [x i] of e { __DEFAULT -> case %*# [sum 31#] of m { __DEFAULT -> "               \
    "case %+# [m e] of next { __DEFAULT -> case %+# [i 1#] of j { __DEFAULT -> go j next; }; }; }; }; }; } " \
    "in go 0# 7#"

static void emit_digest_body(Gen *g, const Type *t)
{
    uint32_t open = 1;
    Spelling element = {"e"};
    switch (t->kind) {
    case TYPE_DATA: emit_digest_of_data(g, t); break;
    case TYPE_FUNCTION: emit_digest_of_function(g, t); break;
    case TYPE_MUT_VAR:
        put(g, "case %%readMutVar# [x void#] of _ { (#_#) e -> ");
        put(g, "%s", emit_digest_of(g, t->parts[0], element, "less", &open).s);
        emit_closing(g, open);
        break;
    case TYPE_WORD:
        if (t->rep == REP_D)
            put(g, "%s", DIGEST_OF_DOUBLE);
        else
            put(g, "case %%float2Double# [x] of y { __DEFAULT -> %s fuel y; }",
                digest(g, type_word(&g->types, REP_D)).s);
        break;
    case TYPE_BYTES: put(g, "%s", DIGEST_OF_BYTES); break;
    default: emit_digest_of_array(g, t); break;
    }
}

Spelling digest(Gen *g, const Type *t)
{
    if (!g->digests[t->index]) {
        Top *before = top_begin(g, "digest", NULL, 0);
        Spelling x = {"x"};
        g->digests[t->index] = g->top_count;
        put(g,
            "%s = \\r [fuel:I %s] case fuel of _ { __DEFAULT -> case %%-# [fuel 1#] of less { __DEFAULT -> ",
            g->at->name.s, binder(x, t).s);
        emit_digest_body(g, t);
        put(g, "; }; 0# -> 11#; };\n");
        top_end(g, before);
    }
    return top_use(g, &g->tops[g->digests[t->index] - 1]);
}

/* ---- The definitions of the program */

static void define_function(Gen *g, Seed *s)
{
    bool recursive = chance(s, 40);
    uint32_t variables = chance(s, 30) ? 1 + below(s, 2) : 0;
    const Type *t = random_function(g, s, 2, variables, recursive);
    Top *top, *before = top_begin(g, "f", NULL, variables);
    Context c = {.size = 50 + below(s, 120), .variables = variables};
    top = g->at;
    put(g, "%s = ", top->name.s);
    lambda(g, draw(s), c, t, recursive ? &top->name : NULL);
    put(g, ";\n");
    top_end(g, before);
    top->type = t;
}

static void define_caf(Gen *g, Seed *s)
{
    const Type *t = random_lifted(g, s, 2, 0);
    Context c = {.size = 20 + below(s, 60)};
    Top *before = top_begin(g, "caf", NULL, 0), *top = g->at;
    put(g, "%s = \\u [] ", top->name.s);
    expr(g, draw(s), c, t);
    put(g, ";\n");
    top_end(g, before);
    top->type = t;
}

/* A static list that comes back to itself. */
static void define_ring(Gen *g, Seed *s)
{
    const Type *element = random_plain(g, s);
    Top *before = top_begin(g, "ring", NULL, 0), *top = g->at;
    Spelling first = fallback(g, element);
    put(g, "%s = !: [%s %s];\n", top->name.s, first.s, top->name.s);
    top_end(g, before);
    top->type = type_data(&g->types, DATA_LIST, element, NULL);
}

static void define_exception(Gen *g, Seed *s)
{
    static const char *const forms[] = {"PatternMatchFail [text]", "ErrorCallWithLocation [text []]",
                                        "IOError [text]", "ExitException [code]"};
    const char *form = forms[below(s, 4)];
    Top *before = top_begin(g, "raised", type_data(&g->types, DATA_EXCEPTION, NULL, NULL), 0);
    put(g,
        "%s = \\u [] let { text = \\u [] unpackCString# \"%c%s\"#; n = !I# [%u#]; code = !ExitFailure [n]; "
        "} in ",
        g->at->name.s, 'a' + (int)below(s, 26), chance(s, 50) ? "|x" : "", 2 + below(s, 90));
    char con[40];
    snprintf(con, sizeof con, "%s", form);
    char *space = strchr(con, ' ');
    *space = '\0';
    put(g, "%s! %s;\n", con, space + 1);
    top_end(g, before);
}

/* ---- What is printed: digests of values of random types, some of them twice */

static const Type *random_item(Gen *g, Seed *s)
{
    return chance(s, 15)   ? random_word(g, s)
           : chance(s, 15) ? random_tuple(g, s, 0)
                           : random_lifted(g, s, 2, 0);
}

static void emit_item_body(Gen *g, Seed *s, const Type *t)
{
    Context c = {.size = 80 + below(s, 120)};
    const Type *const *parts = t->kind == TYPE_TUPLE ? t->parts : &t;
    uint32_t count = t->kind == TYPE_TUPLE ? t->count : 1;
    Spelling atoms[MOST_PARTS];
    for (uint32_t i = 0; i < count; i++) atoms[i] = fresh(g);
    put(g, "case ");
    expr(g, draw(s), c, t);
    if (t->kind == TYPE_TUPLE) {
        put(g, " of _ { (#");
        for (uint32_t i = 1; i < count; i++) put(g, ",");
        put(g, count == 1 ? "_#)" : "#)");
        for (uint32_t i = 0; i < count; i++) put(g, " %s", binder(atoms[i], parts[i]).s);
        put(g, " -> case ");
    } else {
        put(g, " of %s { __DEFAULT -> case ", binder(atoms[0], t).s);
    }
    emit_digest_of_all(g, 1, count, parts, atoms, "7#");
    put(g, " of d:I { __DEFAULT -> printInt# d s; }; }");
}

static void define_item(Gen *g, Seed *s)
{
    Top *before = top_begin(g, "item", NULL, 0);
    put(g, "%s = \\r [s:V] ", g->at->name.s);
    emit_item_body(g, s, random_item(g, s));
    put(g, ";\n");
    top_end(g, before);
}

static const char handler_text[] =
    "handler = \\r [e s:V] case %getMaskingState# [s] of _ { (#_#) masking -> case %dataToTag# [e] of tag "
    "{ __DEFAULT -> case %*# [tag 10#] of shown { __DEFAULT -> case %+# [shown masking] of all { __DEFAULT "
    "-> "
    "printInt# all s; }; }; }; };\n";

static void define_main(Gen *g, Seed *s, const uint32_t *items, uint32_t count)
{
    uint32_t open = 0;
    top_begin(g, "main", NULL, 0);
    put(g, "main = \\r [s:V] ");
    for (uint32_t i = 0; i < count; i++, open++) {
        Spelling item = top_use(g, &g->tops[items[i]]);
        if (chance(s, 80))
            put(g, "case %%catch# [%s handler s] of _ { (#_#) _ -> ", item.s);
        else
            put(g, "case %s s of _ { (#_#) _ -> ", item.s);
    }
    put(g, "(#_#)! [()]");
    emit_closing(g, open);
    put(g, ";\n");
    top_end(g, NULL);
}

/* ---- All of it */

static void reach(Gen *g, uint32_t number)
{
    Top *t = &g->tops[number];
    if (t->reached) return;
    t->reached = true;
    for (uint32_t i = 0; i < g->top_count; i++)
        if (t->uses[i / 8] >> i % 8 & 1) reach(g, i);
}

static void write_program(Gen *g)
{
    size_t length;
    FILE *out = open_memstream(&g->result->text, &length);
    if (!out) abort();
    reach(g, g->top_count - 1);
    fprintf(out, "module main Main\n");
    emit_data(g, out);
    fputs(handler_text, out);
    for (uint32_t i = 0; i < g->top_count; i++)
        if (g->tops[i].reached) fputs(g->tops[i].text, out);
    fclose(out);
}

static void gen_free(Gen *g)
{
    for (uint32_t i = 0; i < g->top_count; i++) free(g->tops[i].text);
    while (g->pools) {
        void *pool = g->pools;
        g->pools = *(void **)pool;
        free(pool);
    }
    types_free(&g->types);
    free(g->tops);
    free(g);
}

Generated generate_program(uint64_t seed, const Cuts *cuts)
{
    Generated result = {0};
    Gen *g = calloc(1, sizeof *g);
    if (!g || !(g->tops = calloc(MOST_TOPS, sizeof *g->tops))) abort();
    g->cuts = cuts;
    g->result = &result;
    Seed s = seed;
    declare_data(g, &s);
    choose_pool(g, &s);
    Top *before = top_begin(g, "unused", NULL, 0);
    for (uint32_t n = 1 + below(&s, 3); n; n--) define_exception(g, &s);
    for (uint32_t n = 4 + below(&s, 7); n; n--) {
        Seed own = draw(&s);
        uint32_t kind = below(&own, 10);
        if (kind < 7)
            define_function(g, &own);
        else if (kind < 9)
            define_caf(g, &own);
        else
            define_ring(g, &own);
    }
    top_end(g, before);
    uint32_t items = 2 + below(&s, 4), numbers[8];
    for (uint32_t i = 0; i < items; i++) {
        Seed own = draw(&s);
        numbers[i] = g->top_count;
        define_item(g, &own);
    }
    define_main(g, &s, numbers, items);
    write_program(g);
    gen_free(g);
    return result;
}

void generated_free(Generated *g)
{
    free(g->text);
    free(g->pieces);
}
