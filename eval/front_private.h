/* What the passes of the front end share: the program's tables, adding to a program, diagnoses. */
#ifndef THUNKSCOPE_EVAL_FRONT_PRIVATE_H
#define THUNKSCOPE_EVAL_FRONT_PRIVATE_H

#include "eval/names_private.h"

enum {
    DIAGNOSES_MAX = 20,
    NESTING_MAX = 1500, /* expressions within expressions, so that every pass may recurse */
    LETS_MAX = 10000    /* one let in the body of another: passes loop over these */
};

/* One `module` line and what follows it: tops and types up to those of the next. */
typedef struct Module {
    Name unit, name;
    Span place; /* line 0: without a `module` line */
    uint32_t first_top, first_type;
} Module;

struct ProgramTables {
    Names names;
    uint32_t module_count;
    Module *modules;
    bool diagnoses_full; /* there were more than are kept */
};

/* ---- Adding (program.c) */

/* The text is NUL-terminated beyond its length, and lives as long as the program; NULL: it could not be read.
 */
uint32_t program_add_file(Program *p, const char *path, const char *text, size_t length);
/* The file of that path as file `from` mentions it, looked for beside it; read at its first mention. */
uint32_t program_mention_file(Program *p, uint32_t from, const char *path);
/* The whole file, NUL-terminated, or NULL with errno set. */
char *file_read(Arena *a, const char *path, size_t *length);
/* stg_parse of a text that is NUL-terminated and lives as long as the program. */
bool stg_parse_kept(Program *p, const char *path, const char *text, size_t length);
void program_begin_module(Program *p, Name unit, Name name, Span place);
void program_add_top(Program *p, Binder *b);
void program_add_type(Program *p, DataType *t);
/* NULL: it has no such module, or nothing is in it. */
const Module *program_module(const Program *p, Name unit, Name name);
uint32_t module_tops_end(const Program *p, uint32_t module);
uint32_t module_types_end(const Program *p, uint32_t module);

/* ---- Representations (program.c) */

Reps reps_one(Rep rep);
/* Reads "PI8V"; false if the text is not all representations. */
bool reps_parse(Arena *a, const char *text, size_t length, Reps *reps);
const char *rep_spelling(Rep rep);
Rep literal_rep(const Literal *lit);
/* What the unboxed tuple constructor of that name holds, "(#,#)" 2, GHC's "Solo#" 1; -1 if the name is of
 * another kind.
 */
int tuple_arity(const char *name);
/* "void#", "realWorld#", "coercionToken#", "proxy#", "(##)", qualified or not. */
bool is_void_value(const char *name);
/* Where `name:reps` divides: at the colon; NULL if it does not. */
const char *reps_colon(const char *text, size_t length);
/* What follows the last colon as representations would, and is none; NULL: nothing. */
const char *reps_mistaken(const char *text, size_t length);

/* ---- C (c_call.c, compile_ccall.c) */

/* There is what a `%ccall` or `%primcall` calls. */
bool ccall_is_known(const Expr *e);
/* There is what `__label` names. */
bool c_label_is_known(const char *name);

/* ---- Diagnoses (diagnosis.c) */

void diagnose(Program *p, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Says more of what was diagnosed last: a line of its own behind its place. */
void diagnose_note(Program *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diagnoses_sort(Program *p);

#endif
