/* Primitives: numbers from numbers, and what can be changed, within its bounds. */
#include <stdlib.h>
#include <string.h>

#include "tests/random/generate_private.h"

/* ---- Numbers */

static bool is_number_rep(Rep r)
{
    return r == REP_I || r == REP_W || r == REP_D || r == REP_F ||
           (r >= REP_C && r <= REP_W16 && r != REP_I32 && r != REP_I64);
}

static bool all_numbers(const char *reps)
{
    uint32_t count = primop_rep_count(reps);
    for (uint32_t i = 0; i < count; i++)
        if (!is_number_rep(primop_rep(reps, i))) return false;
    return count > 0;
}

/* Those that say more of a NaN than that it is one: they are given no other numbers than whole ones. */
static bool shows_bits(PrimopId id)
{
    return id == PRIM_DoubleDecode || id == PRIM_DoubleDecode2 || id == PRIM_FloatDecode ||
           id == PRIM_CastDoubleToWord64 || id == PRIM_CastFloatToWord32;
}

static bool is_number(const Primop *op)
{
    bool computes = op->class_ == PRIM_PURE || op->class_ == PRIM_COMPUTE;
    return computes && op->id != PRIM_WordQuotRem2 && all_numbers(op->args) && all_numbers(op->results);
}

static bool divides(const Primop *op)
{
    return strstr(op->name, "uot") || strstr(op->name, "rem") || strstr(op->name, "Rem");
}

/* One of those whose only result has the representation; REP_V: one of all. */
static const Primop *random_number(Seed *s, Rep result)
{
    const Primop *all[PRIM_COUNT];
    uint32_t count = 0;
    for (int i = 0; i < PRIM_COUNT; i++) {
        const Primop *op = &primops[i];
        if (!is_number(op)) continue;
        bool fits = primop_rep_count(op->results) == 1 && primop_rep(op->results, 0) == result;
        if (result == REP_V || fits) all[count++] = op;
    }
    return count ? all[below(s, count)] : NULL;
}

static Spelling whole_fraction(Gen *g, Seed *s, Context *c, Rep rep)
{
    Spelling i = need(g, s, c, type_word(&g->types, REP_I)), n = fresh(g);
    put(g, "case %%%s [%s] of %s { __DEFAULT -> ", rep == REP_D ? "int2Double#" : "int2Float#", i.s, n.s);
    c->open++;
    return n;
}

static uint32_t need_numbers(Gen *g, Seed *s, Context *c, const Primop *op, Spelling *args)
{
    uint32_t count = primop_rep_count(op->args);
    for (uint32_t i = 0; i < count; i++) {
        Rep rep = primop_rep(op->args, i);
        bool divisor = i == 1 && divides(op) && (rep == REP_I || rep == REP_W) && chance(s, 75);
        if (divisor)
            snprintf(args[i].s, sizeof args[i].s, "%u%s", 1 + below(s, 9), rep == REP_I ? "#" : "##");
        else if (shows_bits(op->id))
            args[i] = whole_fraction(g, s, c, rep);
        else
            args[i] = need(g, s, c, type_word(&g->types, rep));
    }
    return count;
}

static void emit_primitive(Gen *g, const Primop *op, uint32_t count, const Spelling *args)
{
    put(g, "%%%s [", op->name);
    for (uint32_t i = 0; i < count; i++) put(g, "%s%s", i ? " " : "", args[i].s);
    put(g, "]");
}

void bind_number(Gen *g, Seed *s, Context *c)
{
    const Primop *op = random_number(s, REP_V);
    Spelling args[8], n;
    uint32_t count = need_numbers(g, s, c, op, args), results = primop_rep_count(op->results);
    put(g, "case ");
    emit_primitive(g, op, count, args);
    if (results == 1) {
        n = fresh(g);
        put(g, " of %s { __DEFAULT -> ", n.s);
        bring(g, c, n, type_word(&g->types, primop_rep(op->results, 0)));
    } else {
        put(g, " of _ { (#");
        for (uint32_t i = 1; i < results; i++) put(g, ",");
        put(g, "#)");
        for (uint32_t i = 0; i < results; i++) {
            n = fresh(g);
            put(g, " %s", n.s);
            bring(g, c, n, type_word(&g->types, primop_rep(op->results, i)));
        }
        put(g, " -> ");
    }
    c->open++;
}

bool emit_number(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling args[8];
    const Primop *op = t->kind == TYPE_WORD && t->rep != REP_V ? random_number(s, t->rep) : NULL;
    if (!op) return false;
    uint32_t count = need_numbers(g, s, c, op, args);
    emit_primitive(g, op, count, args);
    return true;
}

/* ---- Binding what a primitive on memory answers */

/* In a tuple, alone, or not at all. */
static Spelling bind_tupled(Gen *g, Context *c, const Type *t)
{
    Spelling n = fresh(g);
    put(g, " of _ { (#_#) %s -> ", n.s);
    c->open++;
    bring(g, c, n, t);
    return n;
}

static Spelling bind_alone(Gen *g, Context *c, const Type *t)
{
    Spelling n = fresh(g);
    put(g, " of %s { __DEFAULT -> ", n.s);
    c->open++;
    bring(g, c, n, t);
    return n;
}

static void bind_nothing(Gen *g, Context *c)
{
    put(g, " of _ { __DEFAULT -> ");
    c->open++;
}

static const Type *int_type(Gen *g) { return type_word(&g->types, REP_I); }

/* ---- Arrays */

static bool is_small(const Type *t)
{
    return t->kind == TYPE_SMALL_ARRAY || t->kind == TYPE_FROZEN_SMALL_ARRAY;
}
static bool is_frozen(const Type *t)
{
    return t->kind == TYPE_FROZEN_ARRAY || t->kind == TYPE_FROZEN_SMALL_ARRAY;
}
static const char *small_of(const Type *t) { return is_small(t) ? "Small" : ""; }

static const Type *array_like(Gen *g, const Type *t, bool frozen, uint32_t count)
{
    TypeKind kind = frozen        ? is_small(t) ? TYPE_FROZEN_SMALL_ARRAY : TYPE_FROZEN_ARRAY
                    : is_small(t) ? TYPE_SMALL_ARRAY
                                  : TYPE_ARRAY;
    return type_memory(&g->types, kind, count, t->parts[0]);
}

static void write_element(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    Spelling x = need(g, s, c, t->parts[0]);
    put(g, "case %%write%sArray# [%s %u# %s void#]", small_of(t), array.s, below(s, t->number), x.s);
    bind_nothing(g, c);
}

static Spelling unscoped(Gen *g, Context *c)
{
    Spelling n = fresh(g);
    put(g, " of _ { (#_#) %s -> ", n.s);
    c->open++;
    return n;
}

static Spelling new_array(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling x = need(g, s, c, t->parts[0]), array;
    bool shrinks = t->kind == TYPE_SMALL_ARRAY && chance(s, 20);
    put(g, "case %%new%sArray# [%u# %s void#]", small_of(t), t->number + 2 * shrinks, x.s);
    array = unscoped(g, c);
    if (shrinks) {
        put(g, "case %%shrinkSmallMutableArray# [%s %u# void#]", array.s, t->number);
        bind_nothing(g, c);
    }
    if (!is_frozen(t)) {
        bring(g, c, array, t);
        return array;
    }
    if (c->size) write_element(g, s, c, t, array);
    put(g, "case %%unsafeFreeze%sArray# [%s void#]", small_of(t), array.s);
    return bind_tupled(g, c, t);
}

/* Thawed, written to, and frozen again, before anybody can look. */
static void change_frozen(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    Spelling x = need(g, s, c, t->parts[0]), thawed;
    put(g, "case %%unsafeThaw%sArray# [%s void#]", small_of(t), array.s);
    thawed = unscoped(g, c);
    put(g, "case %%write%sArray# [%s %u# %s void#]", small_of(t), thawed.s, below(s, t->number), x.s);
    bind_nothing(g, c);
    put(g, "case %%unsafeFreeze%sArray# [%s void#]", small_of(t), thawed.s);
    bind_tupled(g, c, t);
}

static void copy_array(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    uint32_t count = 1 + below(s, t->number), from = below(s, t->number - count + 1);
    const Type *target = array_like(g, t, false, t->number);
    Spelling to = need(g, s, c, target);
    put(g, "case %%copy%s%sArray# [%s %u# %s %u# %u# void#]", small_of(t), is_frozen(t) ? "" : "Mutable",
        array.s, from, to.s, below(s, t->number - count + 1), count);
    bind_nothing(g, c);
}

static void clone_array(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    uint32_t count = 1 + below(s, t->number), from = below(s, t->number - count + 1);
    static const char *const of_mutable[] = {"cloneMutable", "freeze"}, *const of_frozen[] = {"clone",
                                                                                              "thaw"};
    bool other = chance(s, 50), frozen = is_frozen(t);
    if (is_frozen(t) && !other) {
        put(g, "case %%clone%sArray# [%s %u# %u#]", small_of(t), array.s, from, count);
        bind_alone(g, c, array_like(g, t, true, count));
        return;
    }
    const char *what = frozen ? of_frozen[other] : of_mutable[other];
    if (!frozen && !other)
        put(g, "case %%clone%sMutableArray# [%s %u# %u# void#]", small_of(t), array.s, from, count);
    else
        put(g, "case %%%s%sArray# [%s %u# %u# void#]", what, small_of(t), array.s, from, count);
    bind_tupled(g, c, array_like(g, t, frozen ? !other : other, count));
}

static void read_element(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    uint32_t index = below(s, t->number);
    if (is_frozen(t))
        put(g, "case %%index%sArray# [%s %u#]", small_of(t), array.s, index);
    else
        put(g, "case %%read%sArray# [%s %u# void#]", small_of(t), array.s, index);
    bind_tupled(g, c, t->parts[0]);
}

static void use_array(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    switch (below(s, 8)) {
    case 0:
    case 1:
    case 2:
        if (is_frozen(t))
            change_frozen(g, s, c, t, array);
        else
            write_element(g, s, c, t, array);
        break;
    case 3: copy_array(g, s, c, t, array); break;
    case 4: clone_array(g, s, c, t, array); break;
    case 5:
        if (!is_frozen(t) && chance(s, 30))
            put(g, "case %%same%sMutableArray# [%s %s]", small_of(t), array.s, need(g, s, c, t).s);
        else
            put(g, "case %%sizeof%s%sArray# [%s]", small_of(t), is_frozen(t) ? "" : "Mutable", array.s);
        bind_alone(g, c, int_type(g));
        break;
    default: read_element(g, s, c, t, array); break;
    }
}

/* ---- Variables */

static const Type *pair_function(Gen *g, const Type *t)
{
    return type_function(&g->types, 1, &t, type_data(&g->types, DATA_PAIR, t, t));
}

static void use_mut_var(Gen *g, Seed *s, Context *c, const Type *t, Spelling var)
{
    const Type *value = t->parts[0];
    Spelling x, n;
    switch (below(s, 7)) {
    case 0:
    case 1:
        x = need(g, s, c, value);
        put(g, "case %%writeMutVar# [%s %s void#]", var.s, x.s);
        bind_nothing(g, c);
        break;
    case 2:
    case 3: {
        bool first = chance(s, 50);
        const Type *f = first ? pair_function(g, value) : type_function(&g->types, 1, &value, value);
        x = need(g, s, c, f);
        put(g, "case %%atomicModifyMutVar%s# [%s %s void#] of _ { (#,#) ", first ? "2" : "_", var.s, x.s);
        n = fresh(g);
        put(g, "%s ", n.s);
        bring(g, c, n, value);
        n = fresh(g);
        put(g, "%s -> ", n.s);
        bring(g, c, n, f->result);
        c->open++;
        break;
    }
    case 4:
        x = need(g, s, c, t);
        put(g, "case %%sameMutVar# [%s %s]", var.s, x.s);
        bind_alone(g, c, int_type(g));
        break;
    default:
        put(g, "case %%readMutVar# [%s void#]", var.s);
        bind_tupled(g, c, value);
        break;
    }
}

/* ---- Bytes, and addresses */

typedef struct ElementRow {
    const char *name;
    uint32_t size;
    char rep;
} ElementRow;

static const ElementRow elements[] = {
#define BYTE_ELEMENT(E, type, rep) {#E, sizeof(type), rep[0]},
#define ELEMENT(E, type, rep)      {#E, sizeof(type), rep[0]},
#include "eval/elements.def"
#undef BYTE_ELEMENT
#undef ELEMENT
};

static const ElementRow *random_element(Seed *s)
{
    const ElementRow *e;
    do e = &elements[below(s, sizeof elements / sizeof *elements)];
    while (e->rep == 'A');
    return e;
}

static Rep rep_of_letter(char letter)
{
    return letter == 'I'   ? REP_I
           : letter == 'W' ? REP_W
           : letter == 'C' ? REP_C
           : letter == 'D' ? REP_D
                           : REP_F;
}

static Spelling new_bytes(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling array;
    uint32_t kind = below(s, 6);
    static const char *const forms[] = {"newByteArray# [64#",       "newByteArray# [64#",
                                        "newPinnedByteArray# [64#", "newAlignedPinnedByteArray# [64# 16#",
                                        "newByteArray# [80#",       "newByteArray# [40#"};
    put(g, "case %%%s void#]", forms[kind]);
    if (kind < 4) return bind_tupled(g, c, t);
    array = unscoped(g, c);
    if (kind == 5) {
        put(g, "case %%resizeMutableByteArray# [%s 64# void#]", array.s);
        return bind_tupled(g, c, t);
    }
    put(g, "case %%shrinkMutableByteArray# [%s 64# void#]", array.s);
    bind_nothing(g, c);
    bring(g, c, array, t);
    return array;
}

static void access_bytes(Gen *g, Seed *s, Context *c, Spelling array, bool writes)
{
    const ElementRow *e = random_element(s);
    bool by_bytes = e->size > 1 && chance(s, 30);
    uint32_t index = below(s, by_bytes ? 64 - e->size + 1 : 64 / e->size);
    char name[60];
    Rep rep = rep_of_letter(e->rep);
    const char *verb = writes ? "write" : chance(s, 50) ? "read" : "index";
    snprintf(name, sizeof name, by_bytes ? "%sWord8ArrayAs%s#" : "%s%sArray#", verb, e->name);
    if (writes) {
        bool fraction = rep == REP_D || rep == REP_F;
        Spelling x = fraction ? whole_fraction(g, s, c, rep) : need(g, s, c, type_word(&g->types, rep));
        put(g, "case %%%s [%s %u# %s void#]", name, array.s, index, x.s);
        bind_nothing(g, c);
    } else if (*verb == 'r') {
        put(g, "case %%%s [%s %u# void#]", name, array.s, index);
        bind_tupled(g, c, type_word(&g->types, rep));
    } else {
        put(g, "case %%%s [%s %u#]", name, array.s, index);
        bind_alone(g, c, type_word(&g->types, rep));
    }
}

static void move_bytes(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    uint32_t count = 1 + below(s, 64), from = below(s, 65 - count), to = below(s, 65 - count);
    Spelling other = need(g, s, c, t);
    switch (below(s, 3)) {
    case 0:
        put(g, "case %%compareByteArrays# [%s %u# %s %u# %u#]", array.s, from, other.s, to, count);
        bind_alone(g, c, int_type(g));
        break;
    case 1:
        put(g, "case %%setByteArray# [%s %u# %u# %u# void#]", array.s, from, count, below(s, 256));
        bind_nothing(g, c);
        break;
    default:
        put(g, "case %%copy%sByteArray# [%s %u# %s %u# %u# void#]", chance(s, 50) ? "Mutable" : "", array.s,
            from, other.s, to, count);
        bind_nothing(g, c);
        break;
    }
}

static void change_word(Gen *g, Seed *s, Context *c, Spelling array)
{
    static const char *const names[] = {"fetchAddIntArray#",  "fetchSubIntArray#", "fetchAndIntArray#",
                                        "fetchNandIntArray#", "fetchOrIntArray#",  "fetchXorIntArray#"};
    Spelling x = need(g, s, c, int_type(g)), y = need(g, s, c, int_type(g));
    if (chance(s, 25))
        put(g, "case %%casIntArray# [%s %u# %s %s void#]", array.s, below(s, 8), x.s, y.s);
    else
        put(g, "case %%%s [%s %u# %s void#]", names[below(s, 6)], array.s, below(s, 8), x.s);
    bind_tupled(g, c, int_type(g));
}

static void use_bytes(Gen *g, Seed *s, Context *c, const Type *t, Spelling array)
{
    uint32_t kind = below(s, 10);
    if (kind < 7)
        access_bytes(g, s, c, array, kind < 3);
    else if (kind == 7)
        change_word(g, s, c, array);
    else
        move_bytes(g, s, c, t, array);
}

static void use_address(Gen *g, Seed *s, Context *c)
{
    static const char *const compare[] = {"minusAddr#", "eqAddr#", "neAddr#", "ltAddr#",
                                          "leAddr#",    "gtAddr#", "geAddr#"};
    const ElementRow *e;
    Spelling base = fresh(g), at = fresh(g);
    do e = random_element(s);
    while (e->rep == 'D' || e->rep == 'F');
    put(g, "case \"abcdefghijklmnopqrstuvwxyz012345\"# of %s:A { __DEFAULT -> ", base.s);
    put(g, "case %%plusAddr# [%s %u#] of %s { __DEFAULT -> ", base.s, below(s, 9), at.s);
    c->open += 2;
    put(g, "case %%%s [%s %s]", compare[below(s, 7)], at.s, base.s);
    bind_alone(g, c, int_type(g));
    put(g, "case %%index%sOffAddr# [%s %u#]", e->name, at.s, below(s, 24 / e->size));
    bind_alone(g, c, type_word(&g->types, rep_of_letter(e->rep)));
}

/* ---- Any of them */

Spelling new_memory(Gen *g, Seed *s, Context *c, const Type *t)
{
    if (t->kind == TYPE_BYTES) return new_bytes(g, s, c, t);
    if (t->kind != TYPE_MUT_VAR) return new_array(g, s, c, t);
    Spelling x = need(g, s, c, t->parts[0]);
    put(g, "case %%newMutVar# [%s void#]", x.s);
    return bind_tupled(g, c, t);
}

static const Scope *memory_in_scope(Seed *s, const Context *c)
{
    const Scope *found = NULL;
    for (const Scope *v = c->scope; v; v = v->next) {
        if (v->type->rep != REP_U) continue;
        found = v;
        if (chance(s, 40)) break;
    }
    return found;
}

void use_memory(Gen *g, Seed *s, Context *c)
{
    const Scope *v = memory_in_scope(s, c);
    if (chance(s, 8)) {
        use_address(g, s, c);
        return;
    }
    if (!v || chance(s, 15)) {
        new_memory(g, s, c, random_memory(g, s));
        v = c->scope;
    }
    switch (v->type->kind) {
    case TYPE_MUT_VAR: use_mut_var(g, s, c, v->type, v->name); break;
    case TYPE_BYTES: use_bytes(g, s, c, v->type, v->name); break;
    default: use_array(g, s, c, v->type, v->name); break;
    }
}
