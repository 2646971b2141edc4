/* See types.h. */
#include "tests/random/types.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool types_equal(const Type *a, const Type *b)
{
    return a->kind == b->kind && a->rep == b->rep && a->number == b->number && a->count == b->count &&
           a->result == b->result && memcmp(a->parts, b->parts, sizeof a->parts) == 0;
}

static const Type *intern(Types *ts, const Type *t)
{
    for (uint32_t i = 0; i < ts->count; i++)
        if (types_equal(ts->all[i], t)) return ts->all[i];
    if (ts->count == MOST_TYPES) abort();
    Type *new = malloc(sizeof *new);
    if (!new) abort();
    *new = *t;
    new->index = ts->count;
    return ts->all[ts->count++] = new;
}

const Type *type_word(Types *ts, Rep rep)
{
    Type t = {.kind = TYPE_WORD, .rep = rep};
    return intern(ts, &t);
}

const Type *type_data(Types *ts, uint32_t data, const Type *first, const Type *second)
{
    Type t = {.kind = TYPE_DATA, .rep = REP_P, .number = data, .count = ts->data[data].params};
    if (t.count > 0) t.parts[0] = first;
    if (t.count > 1) t.parts[1] = second;
    return intern(ts, &t);
}

const Type *type_variable(Types *ts, uint32_t number)
{
    Type t = {.kind = TYPE_VARIABLE, .rep = REP_P, .number = number};
    return intern(ts, &t);
}

const Type *type_function(Types *ts, uint32_t count, const Type *const *params, const Type *result)
{
    Type t = {.kind = TYPE_FUNCTION, .rep = REP_P, .count = count, .result = result};
    memcpy(t.parts, params, count * sizeof *params);
    return intern(ts, &t);
}

const Type *type_tuple(Types *ts, uint32_t count, const Type *const *parts)
{
    Type t = {.kind = TYPE_TUPLE, .rep = REP_P, .count = count};
    if (count) memcpy(t.parts, parts, count * sizeof *parts);
    return intern(ts, &t);
}

const Type *type_memory(Types *ts, TypeKind kind, uint32_t number, const Type *element)
{
    Type t = {.kind = kind, .rep = REP_U, .number = number, .count = element ? 1 : 0};
    t.parts[0] = element;
    return intern(ts, &t);
}

const Type *type_with(Types *ts, const Type *t, const Type *const *variables)
{
    if (t->kind == TYPE_VARIABLE) return variables[t->number];
    if (!type_has_variables(t)) return t;
    Type new = *t;
    for (uint32_t i = 0; i < t->count; i++) new.parts[i] = type_with(ts, t->parts[i], variables);
    if (t->result) new.result = type_with(ts, t->result, variables);
    return intern(ts, &new);
}

bool type_matches(const Type *pattern, const Type *t, const Type **variables)
{
    if (pattern->kind == TYPE_VARIABLE) {
        const Type **variable = &variables[pattern->number];
        if (!type_is_lifted(t) || (*variable && *variable != t)) return false;
        *variable = t;
        return true;
    }
    if (pattern->kind != t->kind || pattern->rep != t->rep || pattern->number != t->number ||
        pattern->count != t->count)
        return false;
    for (uint32_t i = 0; i < pattern->count; i++)
        if (!type_matches(pattern->parts[i], t->parts[i], variables)) return false;
    return !pattern->result || type_matches(pattern->result, t->result, variables);
}

bool type_has_variables(const Type *t)
{
    if (t->kind == TYPE_VARIABLE || (t->result && type_has_variables(t->result))) return true;
    for (uint32_t i = 0; i < t->count; i++)
        if (type_has_variables(t->parts[i])) return true;
    return false;
}

bool type_is_plain(const Types *ts, const Type *t)
{
    if (t->kind == TYPE_FUNCTION || t->kind == TYPE_VARIABLE) return false;
    if (t->kind == TYPE_DATA && ts->data[t->number].holds_functions) return false;
    for (uint32_t i = 0; i < t->count; i++)
        if (!type_is_plain(ts, t->parts[i])) return false;
    return true;
}

const Type *type_of_field(Types *ts, const Type *t, const ConDecl *con, uint32_t field)
{
    return type_with(ts, con->fields[field], t->parts);
}

/* ---- What the library declares (eval/lib/Types.stg, Exception.stg) */

static ConDecl *add_con(DataDecl *d, const char *name)
{
    ConDecl *con = &d->cons[d->con_count++];
    snprintf(con->name, sizeof con->name, "%s", name);
    return con;
}

static DataDecl *add_library(Types *ts, const char *name, uint32_t params)
{
    DataDecl *d = &ts->data[ts->data_count++];
    snprintf(d->name, sizeof d->name, "%s", name);
    d->params = params;
    d->is_library = true;
    return d;
}

static void add_box(Types *ts, const char *name, const char *con, Rep rep)
{
    ConDecl *c = add_con(add_library(ts, name, 0), con);
    c->count = 1;
    c->fields[0] = type_word(ts, rep);
}

void types_declare_library(Types *ts)
{
    const Type *a = type_variable(ts, 0), *b = type_variable(ts, 1);
    DataDecl *d = add_library(ts, "Bool", 0);
    add_con(d, "False");
    add_con(d, "True");
    d->is_enum = true;
    add_box(ts, "Int", "I#", REP_I);
    add_box(ts, "Word", "W#", REP_W);
    add_box(ts, "Char", "C#", REP_C);
    add_box(ts, "Double", "D#", REP_D);
    d = add_library(ts, "List", 1);
    add_con(d, "[]");
    *add_con(d, ":") = (ConDecl){":", 2, {a, type_data(ts, DATA_LIST, a, NULL)}};
    d = add_library(ts, "Pair", 2);
    *add_con(d, "(,)") = (ConDecl){"(,)", 2, {a, b}};
    d = add_library(ts, "Maybe", 1);
    add_con(d, "Nothing");
    *add_con(d, "Just") = (ConDecl){"Just", 1, {a}};
    d = add_library(ts, "SomeException", 0);
    d->is_open = true;
    const Type *string = type_data(ts, DATA_LIST, type_data(ts, DATA_CHAR, NULL, NULL), NULL);
    *add_con(d, "ErrorCallWithLocation") = (ConDecl){"ErrorCallWithLocation", 2, {string, string}};
    *add_con(d, "PatternMatchFail") = (ConDecl){"PatternMatchFail", 1, {string}};
}

void types_free(Types *ts)
{
    for (uint32_t i = 0; i < ts->count; i++) free(ts->all[i]);
}
