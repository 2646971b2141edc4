/* STG as a tree: what the parser makes, the checker completes, and the compiler reads.
 *
 * Always true after `stg_check` has accepted a program:
 *   - every variable occurrence points to its Binder; every constructor, type and primitive to its
 * declaration;
 *   - every Rhs lists its free variables, without duplicates, in order of first occurrence, top-level names
 * excluded;
 *   - every case has its alternative kind, every binder its representation; patterns are in the order of the
 * source, __DEFAULT first;
 *   - constructor applications and primitives are saturated; let-no-escape names occur only in tail position,
 *     with all their arguments;
 *   - expressions nest at most 1,500 deep, not counting let in the body of let, of which 10,000 follow each
 *     other at most: a pass may recurse on the former, and should loop over the latter.
 *
 * A program owns its tree: everything is allocated in its arena and dies with it. Names are interned: equal
 * names are equal pointers within a program. Follows: GHC, compiler/GHC/Stg/Syntax.hs; the grammar is in
 * eval/README.md. */
#ifndef THUNKSCOPE_EVAL_SYNTAX_H
#define THUNKSCOPE_EVAL_SYNTAX_H

#include "blocks/word.h"
#include "closures/closure.h"

typedef const char *Name; /* interned */

/* A place in a source file. Lines and columns (characters, not bytes) count from 1, the last column is part
 * of it, as GHC prints spans; file indexes the program's files; line 0: unknown. */
typedef struct Span {
    uint32_t file, line, column, end_line, end_column;
} Span;

typedef struct SourceFile {
    const char *path;
    const char *text; /* NULL if a source note names a file that could not be read */
    size_t length;
} SourceFile;

/* Representations of values (GHC's PrimRep). V is void, P a lifted and U an unlifted pointer. */
typedef enum Rep {
#define REP(name, spelling, is_pointer, bytes) REP_##name,
#include "eval/reps.def"
#undef REP
    REP_COUNT
} Rep;

/* The representation of a binder: one Rep for all but unboxed tuples. Void is {1, {REP_V}}; count 0 stands
 * for "not written" and is gone after the check. */
typedef struct Reps {
    uint32_t count;
    const Rep *each;
} Reps;

static inline bool rep_is_void(Reps r) { return r.count == 0 || (r.count == 1 && r.each[0] == REP_V); }

typedef struct DataType DataType;
typedef struct DataCon {
    Name name;
    DataType *type;
    uint32_t tag;         /* from 0, in declaration order */
    uint32_t field_count; /* void fields included */
    const Rep *fields;
    const Name *field_names; /* NULL, or a name per field (records) */
    Span span;
    struct Binder *worker; /* the static object that the checker made because a constructor without fields is
                              named as a value; printed nowhere */
    void *compiled;        /* the compiler's own */
} DataCon;

struct DataType {
    Name name;
    uint32_t con_count;
    DataCon *cons;
    Span span;
    bool used; /* the linker's own */
};

typedef struct Rhs Rhs;
typedef struct Expr Expr;

typedef enum BinderKind {
    BINDER_TOP,
    BINDER_LET,
    BINDER_JOIN,
    BINDER_PARAM,
    BINDER_CASE,
    BINDER_FIELD
} BinderKind;

typedef struct Binder {
    Name name;
    BinderKind kind;
    Reps reps;
    Span span;
    Rhs *rhs;          /* of TOP, LET and JOIN binders; NULL for a top-level string */
    const char *bytes; /* a top-level string literal: an Addr#; NUL-terminated beyond its length */
    size_t byte_count;
    bool reps_written;        /* by the source: the formatter prints them again */
    bool holds_slot;          /* of an unboxed sum, though the case that binds it says otherwise */
    bool used;                /* occurs at least once */
    DataType *type;           /* a value of that type, as the checker knows; NULL: it does not */
    uint32_t level, captured; /* the checker's own */
    uint32_t local, place;    /* the compiler's own */
    void *compiled;           /* the compiler's own */
} Binder;

typedef enum LitKind {
    LIT_INT,
    LIT_WORD,
    LIT_CHAR,
    LIT_DOUBLE,
    LIT_FLOAT,
    LIT_STRING,
    LIT_NULL,
    LIT_LABEL
} LitKind;

typedef struct Literal {
    LitKind kind;
    Word bits; /* the value as it stands in a word: Int#, Word#, Char# code, Double# bits, Float# bits in the
                  low half */
    const char *bytes; /* LIT_STRING, LIT_LABEL: NUL-terminated beyond byte_count. A number or character: as
                          it was written, without a NUL; NULL: it was not */
    size_t byte_count;
} Literal;

typedef enum AtomKind {
    ATOM_VAR,
    ATOM_LIT,
    ATOM_VOID
} AtomKind; /* VOID: void#, realWorld#, (##), coercionToken#, proxy# */

typedef struct Atom {
    AtomKind kind;
    Span span;
    Name name;      /* as written, for ATOM_VAR and ATOM_VOID */
    Binder *binder; /* ATOM_VAR, after the check */
    Literal lit;    /* ATOM_LIT */
} Atom;

typedef enum UpdateFlag {
    RHS_FUNCTION,
    RHS_UPDATABLE,
    RHS_SINGLE_ENTRY,
    RHS_CON
} UpdateFlag; /* \r \u \s ! */

struct Rhs {
    UpdateFlag flag;
    Span span;
    uint32_t free_count;
    Binder **free; /* without top-level names */
    Binder *self;  /* of those, the name that a let binds to it: its closure need not hold itself. Or NULL */
    uint32_t jump_count;
    Binder **jumps; /* the let-no-escape names outside that it jumps to, and its own group's */
    uint32_t param_count;
    Binder **params; /* void ones included: they count for arity */
    Expr *body;
    Name con_name; /* RHS_CON, as written */
    DataCon *con;
    uint32_t arg_count;
    Atom *args;
    bool has_free_list; /* the source wrote { ... }: the checker compares it with what it computed */
};

typedef enum ExprKind {
    EXPR_LIT,
    EXPR_APP,  /* head with args; args may be none: evaluate (lifted), or yield (unboxed or unlifted) the
                  variable */
    EXPR_CON,  /* saturated constructor, or unboxed tuple (con NULL) */
    EXPR_PRIM, /* saturated primitive */
    EXPR_CCALL,
    EXPR_CASE,
    EXPR_LET,
    EXPR_LET_NO_ESCAPE
} ExprKind;

typedef enum AltKind { ALT_UNKNOWN, ALT_ALG, ALT_PRIM, ALT_MULTI, ALT_POLY } AltKind;
typedef enum PatKind { PAT_DEFAULT, PAT_LIT, PAT_CON, PAT_TUPLE } PatKind;

typedef struct Alt {
    PatKind kind;
    Span span;
    Literal lit;
    DataCon *con;
    Name con_name; /* as written */
    uint32_t binder_count;
    Binder **binders;
    Expr *body;
} Alt;

struct Primop; /* eval/primops.h */

struct Expr {
    ExprKind kind;
    Span span;   /* of the STG text */
    Span source; /* of the nearest source note around it; line 0 if none */
    union {
        Literal lit;
        struct {
            Atom head;
            uint32_t arg_count;
            Atom *args;
        } app;
        struct {
            Name name;
            DataCon *con;
            uint32_t arg_count;
            Atom *args;
        } con;
        struct {
            Name name;
            const struct Primop *op;
            DataType *type; /* tagToEnum# only */
            Name type_name;
            uint32_t arg_count;
            Atom *args;
        } prim;
        struct {
            Name target;
            bool is_primcall; /* %primcall: no representations are written; the result is P */
            uint32_t arg_count;
            Rep *arg_reps;
            Atom *args;
            Reps result;
        } ccall;
        struct {
            Expr *scrutinee;
            Binder *binder;
            AltKind alt_kind;
            DataType *type; /* ALT_ALG */
            Name type_name;
            Reps reps; /* ALT_PRIM: one; ALT_MULTI: of each component, void ones included */
            uint32_t alt_count;
            Alt *alts;
        } kase;
        struct {
            bool recursive; /* computed */
            uint32_t bind_count;
            Binder **binders;
            Rhs **rhss;
            Expr *body;
        } let;
    };
};

/* A diagnosis: one error, with its place. The text is finished: "unknown name `fibz`; did you mean `fibs`?".
 */
typedef struct Diagnosis {
    Span span;
    char *text;
    char *note; /* NULL, or what helps to understand it: who named the unknown name */
} Diagnosis;

typedef struct Program Program;
struct Program {
    Name unit, module; /* of the last module read */
    uint32_t file_count;
    SourceFile *files;
    uint32_t library_files; /* the first so many of them are the library's */
    uint32_t top_count;
    Binder **tops; /* in order of definition, over all modules read */
    uint32_t type_count;
    DataType **types;
    uint32_t diagnosis_count;
    Diagnosis *diagnoses;
    struct Arena *arena;
    struct ProgramTables *tables; /* names, scopes: the front end's own */
};

Program *program_new(void);
void program_free(Program *p);

/* Reads one module from text (copied) and adds it. False if anything was wrong: see diagnoses, in order of
 * place; what could be read has been kept, and reading goes on after an error at the next `;` of the top
 * level, so that several errors are reported (20 at most). */
bool stg_parse(Program *p, const char *path, const char *text, size_t length);
/* The same from a file; a file that cannot be read is a diagnosis. */
bool stg_parse_file(Program *p, const char *path);
/* Resolves names over all modules read, infers and checks arities, representations, free variables and
 * alternative kinds. */
bool stg_check(Program *p);
/* Checks that a program can be run: that it defines `name`, as an action of the state token. After stg_check.
 */
bool stg_check_main(Program *p, const char *name);
/* Prints the diagnoses in the form
 *   file:line:column: error: what is wrong
 *      12 | the line
 *         |      ^^^
 *         = its note, if it has one
 * on `out` (a FILE *). */
void program_print_diagnoses(const Program *p, void *out);
/* The top-level binder of that name, or NULL. A name without a module part matches Module.name of any module
 * if it is unambiguous. */
Binder *program_find(const Program *p, const char *name);
/* The same for a name that the runtime refers to: the library's, whatever the program calls so. */
Binder *program_find_for_runtime(const Program *p, const char *name);
/* Prints the program as STG text: parse(print(p)) equals p. The caller frees the string. */
char *program_format(const Program *p);
/* The same of a program that one file holds, with the file's comments. */
char *program_format_commented(const Program *p);

#endif
