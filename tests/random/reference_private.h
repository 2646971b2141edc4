/* The values of the naive evaluator, and what its parts ask of each other. */
#ifndef THUNKSCOPE_TESTS_REFERENCE_PRIVATE_H
#define THUNKSCOPE_TESTS_REFERENCE_PRIVATE_H

#include <stdio.h>

#include "tests/random/reference.h"

typedef struct Node Node;

typedef struct Cell {
    Rep rep;
    union {
        Word word;
        Node *node; /* P, U */
    };
} Cell;

typedef struct Env {
    const Binder *binder;
    Cell cell;
    const struct Env *next;
} Env;

typedef enum NodeKind {
    NODE_CON,
    NODE_FUNCTION,
    NODE_PARTIAL,
    NODE_THUNK, /* also those that the runtime makes: rhs NULL */
    NODE_JOIN,
    NODE_MUT_VAR,
    NODE_ARRAY,
    NODE_BYTES
} NodeKind;

typedef enum ThunkState { THUNK_FRESH, THUNK_BUSY, THUNK_DONE, THUNK_RAISED } ThunkState;

struct Node {
    NodeKind kind;
    ThunkState state;
    const DataCon *con;
    const Rhs *rhs;
    const Env *env;
    Node *target;   /* of a partial application: its function; of a thunk: value or exception; of one that the
                       runtime makes: what it applies or selects from */
    uint32_t count; /* of the cells */
    Cell *cells;    /* fields, arguments, elements; of an application that the runtime makes: its argument */
    uint8_t *bytes;
    size_t size;
    bool is_caf, is_small;
};

enum { MOST_ANSWERS = 16, MOST_ARGUMENTS = 64 };

/* What an expression answers: void components are not there. */
typedef struct Answer {
    uint32_t count;
    Cell cells[MOST_ANSWERS];
} Answer;

typedef enum Stop { STOP_NOT, STOP_RAISED, STOP_EXITED, STOP_TOO_LONG, STOP_ILL_TYPED } Stop;

typedef struct Run {
    const Program *program;
    Coverage *coverage;
    Reference *result;
    uint64_t steps_left;
    uint32_t depth;
    Stop stop;
    Node *exception;
    Word masking;
    FILE *out;
    struct TextRange {
        Word first, size;
    } * texts; /* string literals that have been met: what may be read at an address */
    uint32_t text_count, text_room;
    Node **tops; /* by the binder's address: open addressing */
    const Binder **top_keys;
    size_t top_room;
    char *pool;
    size_t pool_left;
    void *pools;
} Run;

static inline bool rep_is_pointer(Rep r) { return r == REP_P || r == REP_U; }
static inline Cell cell_word(Rep rep, Word word) { return (Cell){.rep = rep, .word = word}; }
static inline Cell cell_node(Rep rep, Node *node) { return (Cell){.rep = rep, .node = node}; }

void *run_alloc(Run *r, size_t bytes);
Node *run_node(Run *r, NodeKind kind, uint32_t cells);
/* Both stop the run, and answer false. */
bool run_ill_typed(Run *r, const char *why);
bool run_raise(Run *r, Node *exception);
/* The lifted value of a node. False: the run stops, or an exception is raised. */
bool run_force(Run *r, Node *node, Node **value);
bool run_apply(Run *r, Node *function, uint32_t count, const Cell *args, Answer *a);
/* An address that may be read from, with so many bytes behind it. */
Cell run_text(Run *r, const char *bytes, size_t size);
/* What of the program the runtime refers to. */
Node *run_named(Run *r, const char *name);

/* reference_numbers.c: words from words. The number of results, or -1: it is not one of those. -2: a division
 * by zero. */
int reference_number(PrimopId id, const Word *x, Word *r);
/* reference_memory.c: 1: done; 0: it is not one of those; -1: the run stops. Void arguments are there. */
int reference_memory(Run *r, const Primop *op, const Cell *args, Answer *a);

#endif
