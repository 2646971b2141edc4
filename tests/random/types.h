/* The types of generated programs. Equal types are equal pointers within one program. */
#ifndef THUNKSCOPE_TESTS_TYPES_H
#define THUNKSCOPE_TESTS_TYPES_H

#include "eval/syntax.h"

typedef enum TypeKind {
    TYPE_WORD, /* by its representation: I W C D F A V I8 … */
    TYPE_DATA,
    TYPE_FUNCTION,
    TYPE_VARIABLE, /* a parameter of a data type or of a top-level function */
    TYPE_TUPLE,    /* unboxed: only answered */
    TYPE_MUT_VAR,
    TYPE_ARRAY, /* of `number` elements */
    TYPE_SMALL_ARRAY,
    TYPE_FROZEN_ARRAY,
    TYPE_FROZEN_SMALL_ARRAY,
    TYPE_BYTES /* of `number` bytes */
} TypeKind;

enum { MOST_PARTS = 12, MOST_FIELDS = 6, MOST_CONS = 10, MOST_DATA = 24, MOST_TYPES = 6000 };

typedef struct Type Type;
struct Type {
    TypeKind kind;
    Rep rep;
    uint32_t number; /* of the data type, of the variable; elements */
    uint32_t count;
    const Type *parts[MOST_PARTS]; /* arguments of a data type, parameters, components, the element */
    const Type *result;            /* of a function */
    uint32_t index;                /* among all of the program */
};

typedef struct ConDecl {
    char name[28];
    uint32_t count;
    const Type *fields[MOST_FIELDS];
} ConDecl;

typedef struct DataDecl {
    char name[16];
    uint32_t params, con_count;
    ConDecl cons[MOST_CONS];
    bool is_library, is_open; /* open: there are constructors that are not here */
    bool is_enum;             /* no constructor has fields */
    bool holds_functions;
} DataDecl;

typedef struct Types {
    uint32_t count;
    Type *all[MOST_TYPES];
    uint32_t data_count;
    DataDecl data[MOST_DATA];
} Types;

enum {
    DATA_BOOL,
    DATA_INT,
    DATA_WORD,
    DATA_CHAR,
    DATA_DOUBLE,
    DATA_LIST,
    DATA_PAIR,
    DATA_MAYBE,
    DATA_EXCEPTION
};

const Type *type_word(Types *ts, Rep rep);
const Type *type_data(Types *ts, uint32_t data, const Type *first, const Type *second);
const Type *type_variable(Types *ts, uint32_t number);
const Type *type_function(Types *ts, uint32_t count, const Type *const *params, const Type *result);
const Type *type_tuple(Types *ts, uint32_t count, const Type *const *parts);
/* MUT_VAR, arrays, bytes (element NULL). */
const Type *type_memory(Types *ts, TypeKind kind, uint32_t number, const Type *element);

/* The type with its variables replaced. */
const Type *type_with(Types *ts, const Type *t, const Type *const *variables);
/* Finds variables with which the pattern is t; those found before hold. */
bool type_matches(const Type *pattern, const Type *t, const Type **variables);
bool type_has_variables(const Type *t);
/* Neither functions nor variables are in it: what may be stored in what can be changed. */
bool type_is_plain(const Types *ts, const Type *t);
static inline bool type_is_lifted(const Type *t) { return t->rep == REP_P && t->kind != TYPE_TUPLE; }
static inline bool type_is_void(const Type *t) { return t->kind == TYPE_WORD && t->rep == REP_V; }
/* The field's type in a value of type t. */
const Type *type_of_field(Types *ts, const Type *t, const ConDecl *con, uint32_t field);

void types_declare_library(Types *ts);
void types_free(Types *ts);

#endif
