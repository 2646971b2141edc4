/* Names: each spelling is kept once, as a symbol that also says what the spelling means at the moment.
 *
 * Three spaces of names do not meet: values, constructors, types. In each a top-level thing has a full name,
 * Module.name, and a short one, what follows the module (or all of it, if the source wrote no module there).
 * Units are kept apart: what one defines never changes what a name means in another that defines it, too.
 *
 * Always true: equal spellings are one symbol; `local` is the innermost local binder in scope; within a unit
 * a full name belongs to one thing, and a short name of several things is ambiguous. Symbols are listed in
 * order of first sight, so nothing depends on hashes. */
#ifndef THUNKSCOPE_EVAL_NAMES_PRIVATE_H
#define THUNKSCOPE_EVAL_NAMES_PRIVATE_H

#include "eval/arena_private.h"
#include "eval/guess.h"
#include "eval/primops.h"
#include "eval/syntax.h"

typedef enum Space { SPACE_VALUE, SPACE_CON, SPACE_TYPE, SPACE_COUNT } Space;

/* What a name means in one unit: a Binder, DataCon or DataType. */
typedef struct Meaning {
    struct Meaning *next; /* in another unit */
    Name unit;
    void *thing;
    bool ambiguous;
} Meaning;

typedef struct Symbol {
    struct Symbol *chain; /* in its hash bucket */
    struct Symbol *next;  /* in order of first sight */
    uint64_t hash;
    size_t length;
    Binder *local;
    Meaning *full[SPACE_COUNT], *brief[SPACE_COUNT];
    const Primop *op;
    bool op_known; /* op has been looked up */
    char text[];
} Symbol;

typedef struct Names {
    Arena *arena;
    Symbol **buckets;
    uint32_t bucket_count, symbol_count;
    Symbol *first, **last;
} Names;

void names_init(Names *n, Arena *a);
void names_destroy(Names *n);

Name name_intern(Names *n, const char *text, size_t length);
/* The symbol of an interned name. */
Symbol *name_symbol(Name name);
/* A module of a unit. */
typedef struct Home {
    Name unit;
    const char *module;
} Home;

/* A local binder hides what its name meant, until all since a mark (`used` of the list) are left. */
void local_enter(Scratch *hidden, Binder *b);
void locals_leave(Scratch *hidden, size_t mark);

/* NULL, or the thing of that unit that has the same full name already. */
void *name_declare(Names *n, Space space, Home home, Name name, void *thing);
/* What a name means there: as written, then in this module, then in the one module that has it. A module is
 * looked for in its own unit first. */
void *name_resolve(const Names *n, Space space, Home home, const char *name, bool *ambiguous);
const Primop *name_primop(Name name);

/* The names nearest to it, in order of first sight: of those in use in that space, for values also
 * constructors. What the same thing is called by others counts as near (eval/aliases.def), and so does a name
 * without the module that it was written with. */
Guess names_nearest(const Names *n, Space space, const char *name);
Guess primops_nearest(const char *name);

#endif
