/* What the parts of the generator ask of each other. */
#ifndef THUNKSCOPE_TESTS_GENERATE_PRIVATE_H
#define THUNKSCOPE_TESTS_GENERATE_PRIVATE_H

#include <stdio.h>

#include "eval/primops.h"
#include "tests/random/generate.h"
#include "tests/random/types.h"

typedef struct Spelling {
    char s[32];
} Spelling;

/* A local variable; a let-no-escape; a function in its own body. */
typedef struct Scope {
    const struct Scope *next;
    Spelling name;
    const Type *type;
    bool is_self; /* its first argument has to be `fuel` */
    Spelling fuel;
} Scope;

enum { MOST_TOPS = 1200 };

typedef struct Top {
    Spelling name;
    const Type *type;   /* NULL: not to be chosen at random */
    uint32_t variables; /* in the type */
    FILE *out;
    char *text;
    size_t length;
    uint8_t uses[MOST_TOPS / 8]; /* of other definitions */
    bool reached;
} Top;

typedef struct Gen {
    Types types;
    uint32_t top_count, next_name;
    Top *tops, *at;                                      /* at: the one that is being written */
    uint32_t fallbacks[MOST_TYPES], digests[MOST_TYPES]; /* by type: number of the definition, plus 1 */
    const Type
        *pool[8]; /* lifted types that are drawn more often than others, so that values find their uses */
    uint32_t pool_count;
    const Cuts *cuts;
    Generated *result;
    uint32_t piece_room;
    void *pools; /* scopes */
} Gen;

typedef uint64_t Seed;

/* Where an expression stands. */
typedef struct Context {
    const Scope *scope, *joins; /* joins: what may be jumped to from here */
    uint32_t size;              /* how much more may be written */
    uint32_t open;              /* cases to be closed behind it */
    uint32_t variables;         /* type variables of the function around it */
} Context;

/* ---- generate.c */
uint64_t draw(Seed *s);
static inline uint32_t below(Seed *s, uint32_t n) { return (uint32_t)(draw(s) >> 33) % n; }
static inline bool chance(Seed *s, uint32_t percent) { return below(s, 100) < percent; }
__attribute__((format(printf, 2, 3))) void put(Gen *g, const char *format, ...);
Spelling fresh(Gen *g);
Scope *scope_push(Gen *g, const Scope *next, Spelling name, const Type *type);
/* Begins and ends a definition, in the midst of another. */
Top *top_begin(Gen *g, const char *prefix, const Type *type, uint32_t variables);
void top_end(Gen *g, Top *before);
Spelling top_use(Gen *g, const Top *t);
/* `name` or `name:rep`, as a binder. */
Spelling binder(Spelling name, const Type *type);
/* The least of a type without variables: a literal, or a definition. */
Spelling fallback(Gen *g, const Type *t);
/* The function of fuel and a value that answers an Int#. */
Spelling digest(Gen *g, const Type *t);

/* ---- generate_types.c */
void declare_data(Gen *g, Seed *s);
/* After the data: the types of the pool. */
void choose_pool(Gen *g, Seed *s);
void emit_data(const Gen *g, FILE *out);
const Type *random_word(Gen *g, Seed *s);
const Type *random_lifted(Gen *g, Seed *s, uint32_t depth, uint32_t variables);
const Type *random_plain(Gen *g, Seed *s);
const Type *random_memory(Gen *g, Seed *s);
const Type *random_tuple(Gen *g, Seed *s, uint32_t variables);
/* recursive: the first parameter is an Int#. */
const Type *random_function(Gen *g, Seed *s, uint32_t depth, uint32_t variables, bool recursive);
/* What a local variable may have. */
const Type *random_value(Gen *g, Seed *s, uint32_t variables);

/* ---- generate_expr.c */
void expr(Gen *g, Seed s, Context c, const Type *t);
/* An atom of type t; what binds it is written first, if need be. */
Spelling need(Gen *g, Seed *s, Context *c, const Type *t);
/* `\r [params] body`; self: its name, if it may call itself. */
void lambda(Gen *g, Seed s, Context c, const Type *f, const Spelling *self);
/* Adds a variable that the pattern has bound. */
void bring(Gen *g, Context *c, Spelling name, const Type *t);

/* ---- generate_ops.c */
/* A primitive of words; its results come into scope. */
void bind_number(Gen *g, Seed *s, Context *c);
/* Expression of a primitive that answers just t; false: there is none. */
bool emit_number(Gen *g, Seed *s, Context *c, const Type *t);
Spelling new_memory(Gen *g, Seed *s, Context *c, const Type *t);
/* Reads, writes, copies what is in scope; something new otherwise. */
void use_memory(Gen *g, Seed *s, Context *c);

#endif
