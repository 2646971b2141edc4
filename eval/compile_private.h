/* The compiler's own: a unit under construction (one right-hand side), slots, liveness, labels.
 *
 * Per unit: compile_frame.c gives every local a slot; compile_live.c says which slots an expression still
 * reads; compile_expr.c emits code, children are queued; compile_info.c makes the info tables. */
#ifndef THUNKSCOPE_EVAL_COMPILE_PRIVATE_H
#define THUNKSCOPE_EVAL_COMPILE_PRIVATE_H

#include <setjmp.h>

#include "eval/code_private.h"

/* A set of frame slots; all sets of a unit have the same size. */
typedef struct SlotSet {
    uint64_t *bits;
} SlotSet;

typedef struct Label {
    uint32_t at; /* cell index once bound */
    bool bound;
    uint32_t *uses; /* operand cells that wait for it */
    uint32_t use_count, use_capacity;
} Label;

/* Where the value of an expression goes: to the youngest frame (tail), or on to a label of the same unit. */
typedef struct Context {
    bool tail;
    Label *after;
    InfoTable *ret; /* the return point that leads to `after` */
    SlotSet live;   /* what the code behind `after`, and all around it, still reads */
} Context;

typedef struct Chunk Chunk;

typedef struct Unit {
    const Rhs *rhs;
    const char *name;
    InfoTable *info;
    bool is_static;
    uint32_t locals, total; /* slots; words of the frame */
    uint32_t scratch;       /* a slot for results that nobody reads; 0: none */
    uint32_t set_words;
    Cell *cells;
    uint32_t cell_count, cell_capacity;
    Word *consts;
    bool *const_statics; /* by constant: it is a static closure that code may lead on from */
    uint32_t const_count, const_capacity;
    uint32_t budget;  /* words that the last heap check still covers */
    uint32_t jump_at; /* cell index of a JUMP that was emitted last, else UINT32_MAX */
    struct ReturnPoint {
        InfoTable *info;
        const Label *label; /* where the code goes on; NULL: nowhere, the frame is for the collector alone */
    } * returns;
    uint32_t return_count, return_capacity;
    const Binder **slot_names; /* the binder that was given each slot last: names for return points */
} Unit;

/* A let-no-escape block: Binder.compiled of a BINDER_JOIN while its unit is compiled. */
typedef struct JoinCode {
    SlotSet live; /* what a jump to it brings with it */
    Label *label;
} JoinCode;

typedef struct Pending {
    const Binder *binder;
    InfoTable *info;
    bool is_static;
} Pending;

typedef struct LiveMemo {
    const Expr *expr;
    SlotSet set;
} LiveMemo;

typedef struct Compiler {
    CodeModule *module;
    InfoRegistry *infos;
    Chunk *scratch; /* memory of the unit */
    Unit unit;
    Pending *queue;
    uint32_t queue_count, queue_head, queue_capacity;
    LiveMemo *memo;
    uint32_t memo_count, memo_capacity;
    jmp_buf failed; /* compile_fail */
} Compiler;

/* What GHC calls INTLIKE and CHARLIKE. */
enum { LEAST_SMALL = -16, LARGEST_SMALL = 255, SMALL_COUNT = LARGEST_SMALL - LEAST_SMALL + 1 };

/* What the compiler keeps of a constructor: DataCon.compiled. */
typedef struct ConCode {
    InfoTable *info;
    Ref nullary;        /* its one static closure, if it has no words */
    Ref *small;         /* GHC.Types.I#, C#: by value from LEAST_SMALL; each made when first named */
    uint32_t words;     /* payload words */
    uint16_t word_of[]; /* field -> payload word from 0; void fields: UINT16_MAX */
} ConCode;

/* What the compiler keeps of a top-level binder: Binder.compiled. */
typedef struct TopCode {
    InfoTable *info;
    Word *closure;
    Ref ref;
} TopCode;

_Noreturn void compile_fail(Compiler *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
void *compile_scratch(Compiler *c, size_t bytes); /* zeroed; lives as long as the unit */

/* ---- compile_info.c */
char rep_letter(Rep r);
bool rep_is_pointer(Rep r);
bool binder_is_void(const Binder *b);
Rep binder_rep(const Binder *b);
bool atom_is_void(const Atom *a);
char atom_letter(const Atom *a);
void info_set_span(Compiler *c, InfoTable *info, Span span);
InfoTable *info_for_rhs(Compiler *c, const Binder *b, bool is_static);
InfoTable *info_for_return(Compiler *c, SlotSet live, const Expr *kase);
ConCode *con_code(Compiler *c, DataCon *con);
/* The static closure that stands for all objects of the constructor with these arguments. 0: there is none.
 */
Ref con_shared(Compiler *c, const ConCode *code, const Atom *args);
/* Free variables that have a word, pointers first: the order of the payload. Returns how many. */
uint32_t rhs_free_in_order(const Rhs *rhs, Binder **out);
uint32_t rhs_arg_words(const Rhs *rhs);
CodeSite *site_new(Compiler *c, const Expr *e);
void expr_describe(const Expr *e, char *out, size_t size);

/* ---- compile_frame.c */
void frame_layout(Compiler *c, const Rhs *rhs);

/* ---- compile_live.c */
SlotSet set_new(Compiler *c);
void set_add(SlotSet s, uint32_t slot);
void set_remove(SlotSet s, uint32_t slot);
bool set_has(SlotSet s, uint32_t slot);
void set_union(Compiler *c, SlotSet into, SlotSet other);
/* The slots that the expression reads, those of the join points that it jumps to included. Not to be changed.
 */
SlotSet live_in(Compiler *c, const Expr *e);
/* Adds what the alternatives of a case read, their own binders excepted. */
void live_in_alternatives(Compiler *c, SlotSet s, const Expr *kase);

/* ---- compile_emit.c */
void emit(Compiler *c, Opcode op);
void emit_cell(Compiler *c, uint32_t value);
void emit_slot(Compiler *c, uint32_t slot);
void emit_atom(Compiler *c, const Atom *a);
void emit_const_atom(Compiler *c, Word constant);
uint32_t const_index(Compiler *c, Word constant);  /* shared with an equal one */
uint32_t const_append(Compiler *c, Word constant); /* a new one, behind the last */
void emit_const(Compiler *c, Word constant);
/* A constructor's arguments in the order of its words; void ones have none. */
void emit_con_fields(Compiler *c, const ConCode *con, uint32_t count, const Atom *args);
void emit_label(Compiler *c, Label *l);
void label_bind(Compiler *c, Label *l);
void emit_jump(Compiler *c, Label *l);
Label *label_new(Compiler *c);
bool atom_constant(Compiler *c, const Atom *a, Word *out);
/* The static closure of a top-level binder, made now if nothing has named it before. */
Ref static_ref(Compiler *c, const Binder *top);

/* ---- compile_srt.c: of the unit that has been emitted whole */
void compile_srts(Compiler *c);

/* ---- compile_expr.c, compile_let.c, compile_case.c, compile_prim.c */
/* Each ends in an instruction behind which control does not go on, or in a jump to ctx->after. */
void compile_expr(Compiler *c, const Expr *e, const Context *ctx);
/* The bindings only: the body goes on behind them. */
void compile_let(Compiler *c, const Expr *e, const Context *ctx);
void compile_let_no_escape(Compiler *c, const Expr *e, const Context *ctx);
void compile_case(Compiler *c, const Expr *e, const Context *ctx);
void compile_prim(Compiler *c, const Expr *e, const Context *ctx); /* as an expression */
/* A primitive that runs in line: results into slots from first_slot on; `whole` is the expression that it is
 * a part of. */
void compile_prim_inline(Compiler *c, const Expr *e, uint32_t first_slot, const Expr *whole,
                         const Context *ctx);
/* A primitive or a call of C that runs in line. */
bool prim_is_inline(const Expr *e);
/* So many results from the scratch slots on. */
void compile_yield_results(Compiler *c, uint32_t count, const Context *ctx);
uint32_t primop_result_count(const Primop *op);
uint32_t prim_words(const Primop *op); /* that it allocates */

/* The closure that the runtime knows by that name, for the sake of `user`, which names no other way to it. */
const Binder *compile_runtime_name(Compiler *c, const char *name, const char *user);

/* What is applied to what, after all: see Note [Methods] in compile_method.c. */
typedef struct Selector {
    const DataCon *con; /* that its one argument must be; NULL: it is no selector */
    uint32_t field;     /* that it takes of it */
} Selector;

typedef struct Call {
    const Atom *head, *args;
    uint32_t count;
    Selector selector; /* what the head is, if there are arguments */
} Call;

/* ---- compile_method.c */
Call method_call(const Expr *application);
/* Of a call whose head is a selector, and that has more arguments than the dictionary. */
void compile_method(Compiler *c, const Expr *e, const Call *call, const Context *ctx);

/* ---- compile_expr.c: parts of an application */
Word call_shape(Compiler *c, uint32_t count, const Atom *args);
void emit_arguments(Compiler *c, uint32_t count, const Atom *args, uint32_t words);

/* ---- compile_ccall.c */
void compile_ccall(Compiler *c, const Expr *e, const Context *ctx);
void compile_ccall_inline(Compiler *c, const Expr *e, uint32_t slot, const Expr *whole, const Context *ctx);
/* It may collect, or a primitive does it that may. */
bool ccall_ends_straight_line(const Expr *e);

/* Values that are there already: to the frame, or to ctx->after. */
void compile_yield_slot(Compiler *c, uint32_t slot, const Context *ctx);
void compile_yield(Compiler *c, uint32_t count, const Atom *atoms,
                   const Context *ctx); /* void ones are skipped */

/* Makes sure that `words` words can be allocated where `e` begins, with a check for all that follows in a
 * straight line. */
void compile_heap_check(Compiler *c, const Expr *e, const Context *ctx, uint32_t words);
/* What is live where `e` begins. `resume`: where the code goes on should finalizers run here; NULL: they
 * never do. */
InfoTable *compile_liveness(Compiler *c, const Expr *e, const Context *ctx, const Label *resume);
InfoTable *compile_return_point(Compiler *c, SlotSet live, const Expr *kase, const Label *label);
void compile_step(Compiler *c, StepRule rule, const Expr *e);
void compile_site(Compiler *c, const Expr *e);
void compile_queue(Compiler *c, const Binder *b, InfoTable *info, bool is_static);
void scope_enter(Compiler *c, const Binder *b);

#endif
