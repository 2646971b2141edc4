/* The compiler's own: a unit under construction (one right-hand side), slots, liveness, labels.
 *
 * Per unit: compile_frame.c gives every local a number and a slot; compile_live.c says which locals an
 * expression still reads; compile_expr.c emits code, children are queued; compile_info.c makes the info
 * tables. */
#ifndef THUNKSCOPE_EVAL_COMPILE_PRIVATE_H
#define THUNKSCOPE_EVAL_COMPILE_PRIVATE_H

#include <setjmp.h>

#include "eval/code_private.h"

/* Counted from where Sp points at that place of the code. */
typedef int32_t Slot;

/* A set of a unit's locals; all sets of a unit have the same size. */
typedef struct LocalSet {
    uint64_t *bits;
} LocalSet;

typedef struct Label {
    uint32_t at; /* cell index once bound */
    bool bound;
    uint32_t *uses; /* operand cells that wait for it */
    uint32_t use_count, use_capacity;
} Label;

/* Where a frame is returned to, or only found by a collection. See compile_return.c. */
typedef struct ReturnPoint {
    InfoTable *info;
    Label *entry;    /* where the code goes on; NULL: nowhere, the frame is for the collector alone */
    uint32_t depth;  /* there, if not settled */
    uint32_t words;  /* that the frame keeps */
    bool is_settled; /* what is moved before it waits is not moved back */
    uint32_t save_count,
        saves; /* locals that are moved before it waits; the constants that say from where to where */
} ReturnPoint;

/* A move of a word from slot to slot, counted from the frame that waits, in one constant. */
#define SAVE_MOVE(from, to) ((Word)(uint32_t)(from) | (Word)(uint32_t)(to) << 32)

/* Where the value of an expression goes: to the youngest frame (tail), or on to a label of the same unit. */
typedef struct Context {
    bool tail;
    Label *after;
    const ReturnPoint *ret; /* that leads to `after` */
    uint32_t depth;         /* at `after` */
    LocalSet live;          /* what the code behind `after`, and all around it, still reads */
} Context;

typedef struct Chunk Chunk;

typedef struct Unit {
    const Rhs *rhs;
    const char *name;
    InfoTable *info;
    bool is_static;
    uint32_t total;            /* words of the whole frame, from its end to its lowest */
    uint32_t depth;            /* words from Sp to the frame's end, at this place of the code */
    Binder **locals_by_number; /* from 1 */
    uint32_t local_count, local_capacity;
    LocalSet joins;   /* what the let-no-escape blocks in scope read */
    uint32_t scratch; /* the place of the first of two words for results that nobody reads */
    uint32_t set_words;
    Cell *cells;
    uint32_t cell_count, cell_capacity;
    Word *consts;
    bool *const_statics; /* by constant: it is a static closure that code may lead on from */
    uint32_t const_count, const_capacity;
    uint32_t budget;  /* words that the last heap check still covers */
    uint32_t jump_at; /* cell index of a JUMP that was emitted last, else UINT32_MAX */
    ReturnPoint **returns;
    uint32_t return_count, return_capacity;
} Unit;

/* A let-no-escape block: Binder.compiled of a BINDER_JOIN while its unit is compiled. */
typedef struct JoinCode {
    LocalSet live;    /* what a jump to it brings with it */
    uint32_t *places; /* of its parameters */
    uint32_t depth;
    Label *label;
} JoinCode;

typedef struct Pending {
    const Binder *binder;
    InfoTable *info;
    bool is_static;
} Pending;

typedef struct LiveMemo {
    const Expr *expr;
    LocalSet set;
    uint32_t unit;
} LiveMemo;

typedef struct Compiler {
    CodeModule *module;
    InfoRegistry *infos;
    Chunk *scratch; /* memory of the unit */
    Unit unit;
    Pending *queue;
    uint32_t queue_count, queue_head, queue_capacity;
    uint32_t unit_number; /* from 1 */
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
InfoTable *info_for_rhs(Compiler *c, const Binder *b, bool is_static);
InfoTable *info_for_return(Compiler *c, uint32_t words, Binder *const *binders, const Expr *kase);
ConCode *con_code(Compiler *c, DataCon *con);
/* The static closure that stands for all objects of the constructor with these arguments. 0: there is none.
 */
Ref con_shared(Compiler *c, const ConCode *code, const Atom *args);
/* Free variables that have a word in the closure, pointers first: the order of the payload. Returns how many.
 */
uint32_t rhs_free_in_order(const Rhs *rhs, Binder **out);
uint32_t rhs_arg_words(const Rhs *rhs);
SourceSpan site_span(Compiler *c, Span s);
CodeSite *site_new(Compiler *c, const Expr *e);
void expr_describe(const Expr *e, char *out, size_t size);

/* ---- compile_frame.c */
void frame_layout(Compiler *c, const Rhs *rhs);
Slot slot_of(const Compiler *c, const Binder *b);
Slot scratch_slot(const Compiler *c);
/* The live locals, the last in the frame first; how many. */
uint32_t live_by_place(Compiler *c, LocalSet live, Binder **out);
typedef struct Settled {
    uint32_t count;
    Binder **binders;
    uint32_t *places; /* as they were before */
} Settled;
/* Whether what the case keeps stays where it is moved to. `around`: what is read behind it. */
bool frame_settles(Compiler *c, const Expr *kase, LocalSet live, LocalSet around);
Settled frame_settle(Compiler *c, LocalSet live);
void frame_unsettle(const Settled *s);
/* Blocks of a let-no-escape come into scope; what was before is given back when they leave it. */
LocalSet joins_enter(Compiler *c, const Expr *let);
void joins_leave(Compiler *c, LocalSet outside);

/* ---- compile_live.c */
LocalSet set_new(Compiler *c);
void set_add(LocalSet s, uint32_t local);
void set_remove(LocalSet s, uint32_t local);
bool set_has(LocalSet s, uint32_t local);
uint32_t set_next(const Compiler *c, LocalSet s, uint32_t from); /* the first from there on; 0: none */
void set_union(Compiler *c, LocalSet into, LocalSet other);
/* The locals that the expression reads, those of the join points that it jumps to included. Not to be
 * changed.
 */
LocalSet live_in(Compiler *c, const Expr *e);
/* Adds what the alternatives of a case read, their own binders excepted. */
void live_in_atoms(Compiler *c, LocalSet s, uint32_t count, const Atom *atoms);
void live_in_alternatives(Compiler *c, LocalSet s, const Expr *kase);

/* The words of a constructor that a pattern reads: from the first that it names to the last. */
typedef struct FieldSpan {
    uint32_t first, count;
} FieldSpan;
FieldSpan fields_read(Compiler *c, const Alt *alt);

/* ---- compile_emit.c */
void emit(Compiler *c, Opcode op);
void emit_cell(Compiler *c, uint32_t value);
/* Atoms as they stand among an instruction's operands. */
Cell slot_operand(Compiler *c, Slot slot);
Cell const_operand(Compiler *c, Word constant);
Cell atom_operand(Compiler *c, const Atom *a);
void emit_slot(Compiler *c, Slot slot);
void emit_atom(Compiler *c, const Atom *a);
void emit_const_atom(Compiler *c, Word constant);
uint32_t const_index(Compiler *c, Word constant);  /* shared with an equal one */
uint32_t const_append(Compiler *c, Word constant); /* a new one, behind the last */
void emit_const(Compiler *c, Word constant);
/* A constructor's arguments in the order of its words; void ones have none. */
void emit_con_fields(Compiler *c, const ConCode *con, uint32_t count, const Atom *args);
void emit_label(Compiler *c, Label *l);
void label_bind(Compiler *c, Label *l);
void emit_words(Compiler *c, int32_t words);           /* that Sp is put up by */
void emit_jump(Compiler *c, Label *l, uint32_t depth); /* Sp is put where it is there */
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
/* The value in R1 is a constructor's of that type (NULL: of any), or the run ends with a story. */
void compile_expect(Compiler *c, Span span, const DataType *type);
void compile_enter(Compiler *c, const Atom *a, const Context *ctx); /* evaluates it */
void compile_prim(Compiler *c, const Expr *e, const Context *ctx);  /* as an expression */
/* A primitive that runs in line: results into slots from first_slot on; `whole` is the expression that it is
 * a part of. */
void compile_prim_inline(Compiler *c, const Expr *e, Slot first_slot, const Expr *whole, const Context *ctx);
/* A primitive or a call of C that runs in line. */
bool prim_is_inline(const Expr *e);
/* A result of that shape, in the scratch slots. */
void compile_yield_results(Compiler *c, Word shape, const Context *ctx);
uint32_t primop_result_count(const Primop *op);
uint32_t prim_words(const Primop *op); /* that it allocates */

/* The closure that the runtime knows by that name, for the sake of `user`, which names no other way to it. */
const Binder *compile_runtime_name(Compiler *c, const char *name, const char *user);

/* An application that is evaluated in one place, with a frame that waits for it. */
bool waits_once(const Expr *e);

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

/* ---- compile_boxed.c */
/* The opcode of a known call of that function; Note [Boxed arithmetic] in eval/boxed.def. */
Opcode boxed_call(Compiler *c, Opcode call, const Binder *function);

/* ---- compile_method.c */
bool expr_is_variable(const Expr *e, const Binder *b);
Call method_call(const Expr *application);
/* Of a call whose head is a selector, and that has more arguments than the dictionary. */
void compile_method(Compiler *c, const Expr *e, const Call *call, const Context *ctx);

/* ---- compile_expr.c: parts of an application */
Word call_shape(Compiler *c, uint32_t count, const Atom *args);
void emit_arguments(Compiler *c, uint32_t count, const Atom *args, uint32_t words);

/* ---- compile_return.c */
/* What is live where `e` begins, in the whole frame. `resume`: where the code goes on should finalizers run
 * here; NULL: they never do. */
InfoTable *compile_liveness(Compiler *c, const Expr *e, const Context *ctx, Label *resume);
/* `after` is reached with Sp where it is now, and what is saved has been put back before; or, if it settles,
 * with Sp at the frame that waited, and all that it keeps in it. */
ReturnPoint *compile_return_point(Compiler *c, LocalSet live, const Expr *kase, Label *after, bool settles);
/* The operands that say how a frame is made to wait: return point, saves, words that Sp is put up by. */
void emit_return_point(Compiler *c, const ReturnPoint *r, bool with_saves);
/* Those, or in tail position the words that are left behind. */
void emit_destination(Compiler *c, const Context *ctx, bool with_saves);
/* What is read behind the expression: a new set. */
LocalSet live_behind(Compiler *c, const Context *ctx);
void emit_eval(Compiler *c, const Atom *a, const ReturnPoint *r);
/* The code, behind all other, that puts what was saved back into its slots. */
void compile_restores(Compiler *c);

/* ---- compile_ccall.c */
void compile_ccall(Compiler *c, const Expr *e, const Context *ctx);
void compile_ccall_inline(Compiler *c, const Expr *e, Slot slot, const Expr *whole, const Context *ctx);
/* It may collect, or a primitive does it that may. */
bool ccall_ends_straight_line(const Expr *e);

/* Values that are there already: to the frame, or to ctx->after. */
void compile_answer(Compiler *c, Word shape, const Cell *operands, const Context *ctx);
void compile_yield(Compiler *c, uint32_t count, const Atom *atoms,
                   const Context *ctx); /* void ones are skipped */

/* Makes sure that `words` words can be allocated where `e` begins, with a check for all that follows in a
 * straight line. */
void compile_heap_check(Compiler *c, const Expr *e, const Context *ctx, uint32_t words);
void compile_step(Compiler *c, StepRule rule, const Expr *e);
void compile_site(Compiler *c, const Expr *e);
void compile_queue(Compiler *c, const Binder *b, InfoTable *info, bool is_static);

#endif
