/* Random types and data declarations. */
#include <string.h>

#include "tests/random/generate_private.h"

static const Rep word_reps[] = {REP_I, REP_I,  REP_I,   REP_W,  REP_C,  REP_D,
                                REP_F, REP_I8, REP_I16, REP_W8, REP_W16};
static const Rep field_reps[] = {REP_I, REP_I, REP_W, REP_C, REP_D, REP_F, REP_V};

#define PICK(s, array) (array)[below(s, sizeof(array) / sizeof *(array))]

const Type *random_word(Gen *g, Seed *s) { return type_word(&g->types, PICK(s, word_reps)); }

static const Type *random_field_word(Gen *g, Seed *s) { return type_word(&g->types, PICK(s, field_reps)); }

/* ---- Data: the first constructor has no field of the type itself, so that it can end it */

static const Type *earlier_data(Gen *g, Seed *s, uint32_t data, uint32_t depth, uint32_t params)
{
    uint32_t d = below(s, data);
    const Type *parts[2] = {NULL, NULL};
    if (d == DATA_EXCEPTION) d = DATA_INT;
    for (uint32_t i = 0; i < g->types.data[d].params; i++) {
        bool inner = depth == 0 || chance(s, 70);
        if (params && chance(s, 40))
            parts[i] = type_variable(&g->types, below(s, params));
        else
            parts[i] = inner ? type_data(&g->types, DATA_INT + below(s, 4), NULL, NULL)
                             : earlier_data(g, s, data, depth - 1, params);
    }
    return type_data(&g->types, d, parts[0], parts[1]);
}

static const Type *field_function(Gen *g, Seed *s, uint32_t data, uint32_t params)
{
    const Type *param = chance(s, 50) ? random_field_word(g, s) : earlier_data(g, s, data, 0, params);
    return type_function(&g->types, 1, &param, earlier_data(g, s, data, 0, params));
}

static const Type *random_field(Gen *g, Seed *s, uint32_t data, bool may_recur)
{
    DataDecl *d = &g->types.data[data];
    uint32_t r = below(s, 100);
    if (r < 40) return random_field_word(g, s);
    if (may_recur && r < 60)
        return type_data(&g->types, data, type_variable(&g->types, 0), type_variable(&g->types, 1));
    if (d->params && r < 75) return type_variable(&g->types, below(s, d->params));
    if (r < 80) {
        d->holds_functions = true;
        return field_function(g, s, data, d->params);
    }
    const Type *t = earlier_data(g, s, data, 1, d->params);
    if (g->types.data[t->number].holds_functions) d->holds_functions = true;
    return t;
}

static void declare_enum(Gen *g, Seed *s, DataDecl *d, uint32_t data)
{
    (void)g;
    d->is_enum = true;
    d->con_count = 2u << below(s, 3);
    for (uint32_t i = 0; i < d->con_count; i++)
        snprintf(d->cons[i].name, sizeof d->cons[i].name, "E%u_%u", data, i);
}

static void declare_one(Gen *g, Seed *s)
{
    uint32_t data = g->types.data_count++;
    DataDecl *d = &g->types.data[data];
    snprintf(d->name, sizeof d->name, "T%u", data);
    if (chance(s, 20)) {
        declare_enum(g, s, d, data);
        return;
    }
    d->params = below(s, 3);
    d->con_count = chance(s, 12) ? 7 + below(s, 4) : 1 + below(s, 4);
    for (uint32_t i = 0; i < d->con_count; i++) {
        ConDecl *con = &d->cons[i];
        snprintf(con->name, sizeof con->name, "K%u_%u", data, i);
        con->count = chance(s, 15) ? 0 : 1 + below(s, MOST_FIELDS);
        for (uint32_t j = 0; j < con->count; j++) con->fields[j] = random_field(g, s, data, i > 0);
    }
}

void declare_data(Gen *g, Seed *s)
{
    types_declare_library(&g->types);
    for (uint32_t n = 2 + below(s, 4); n; n--) declare_one(g, s);
}

void emit_data(const Gen *g, FILE *out)
{
    for (uint32_t i = 0; i < g->types.data_count; i++) {
        const DataDecl *d = &g->types.data[i];
        if (d->is_library) continue;
        fprintf(out, "data %s =", d->name);
        for (uint32_t j = 0; j < d->con_count; j++) {
            fprintf(out, "%s %s(", j ? " |" : "", d->cons[j].name);
            for (uint32_t k = 0; k < d->cons[j].count; k++) {
                static const char *const spellings[REP_COUNT] = {
#define REP(name, spelling, is_pointer, bytes) spelling,
#include "eval/reps.def"
#undef REP
                };
                fprintf(out, "%s%s", k ? ", " : "", spellings[d->cons[j].fields[k]->rep]);
            }
            fputc(')', out);
        }
        fputc('\n', out);
    }
}

/* ---- Types of values */

const Type *random_lifted(Gen *g, Seed *s, uint32_t depth, uint32_t variables)
{
    const Type *parts[2] = {NULL, NULL};
    if (variables && chance(s, 25)) return type_variable(&g->types, below(s, variables));
    if (g->pool_count && chance(s, 65)) return g->pool[below(s, g->pool_count)];
    if (depth && chance(s, 15)) return random_function(g, s, depth - 1, variables, false);
    if (chance(s, 35)) return type_data(&g->types, below(s, 5), NULL, NULL);
    uint32_t d = DATA_LIST + below(s, g->types.data_count - DATA_LIST);
    for (uint32_t i = 0; i < g->types.data[d].params; i++)
        parts[i] =
            depth ? random_lifted(g, s, depth - 1, variables) : type_data(&g->types, DATA_INT, NULL, NULL);
    return type_data(&g->types, d, parts[0], parts[1]);
}

void choose_pool(Gen *g, Seed *s)
{
    const Type *pool[sizeof g->pool / sizeof *g->pool];
    uint32_t count = 3 + below(s, 5);
    pool[0] = type_data(&g->types, DATA_INT, NULL, NULL);
    for (uint32_t i = 1; i < count; i++) pool[i] = random_lifted(g, s, 1, 0);
    memcpy(g->pool, pool, count * sizeof *pool);
    g->pool_count = count;
}

const Type *random_plain(Gen *g, Seed *s)
{
    for (int tries = 0; tries < 4; tries++) {
        const Type *t = random_lifted(g, s, 1, 0);
        if (type_is_plain(&g->types, t)) return t;
    }
    return type_data(&g->types, DATA_INT, NULL, NULL);
}

static uint32_t random_array_size(Seed *s)
{
    static const uint32_t sizes[] = {1, 2, 3, 3, 4, 5, 8, 130, 300};
    return chance(s, 2) ? 1000 : PICK(s, sizes);
}

const Type *random_memory(Gen *g, Seed *s)
{
    static const TypeKind kinds[] = {TYPE_MUT_VAR,     TYPE_MUT_VAR,      TYPE_ARRAY,
                                     TYPE_SMALL_ARRAY, TYPE_FROZEN_ARRAY, TYPE_FROZEN_SMALL_ARRAY,
                                     TYPE_BYTES};
    TypeKind kind = PICK(s, kinds);
    if (kind == TYPE_BYTES) return type_memory(&g->types, kind, 64, NULL);
    uint32_t size = kind == TYPE_MUT_VAR ? 0 : random_array_size(s);
    return type_memory(&g->types, kind, size, random_plain(g, s));
}

const Type *random_value(Gen *g, Seed *s, uint32_t variables)
{
    uint32_t r = below(s, 100);
    if (r < 33) return random_word(g, s);
    if (r < 40) return type_word(&g->types, REP_V);
    if (r < 46) return random_memory(g, s);
    return random_lifted(g, s, 1, variables);
}

const Type *random_tuple(Gen *g, Seed *s, uint32_t variables)
{
    const Type *parts[MOST_PARTS];
    uint32_t count = chance(s, 25) ? 1 : below(s, 8);
    for (uint32_t i = 0; i < count; i++) parts[i] = random_value(g, s, variables);
    return type_tuple(&g->types, count, parts);
}

static uint32_t random_arity(Seed *s)
{
    static const uint32_t arities[] = {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    return PICK(s, arities);
}

static const Type *random_result(Gen *g, Seed *s, uint32_t depth, uint32_t variables)
{
    uint32_t r = below(s, 100);
    if (r < 20) return random_word(g, s);
    if (r < 40) return random_tuple(g, s, variables);
    if (r < 44) return random_memory(g, s);
    return random_lifted(g, s, depth, variables);
}

const Type *random_function(Gen *g, Seed *s, uint32_t depth, uint32_t variables, bool recursive)
{
    const Type *params[MOST_PARTS];
    uint32_t count = depth ? random_arity(s) : 1 + below(s, 3);
    for (uint32_t i = 0; i < count; i++) params[i] = random_value(g, s, variables);
    if (recursive) params[0] = type_word(&g->types, REP_I);
    return type_function(&g->types, count, params, random_result(g, s, depth, variables));
}
