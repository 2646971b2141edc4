/* Primitives. The pure ones, and most others, run in line and leave their results in slots; those that
 * evaluate are calls of a kind. */
#include <string.h>

#include "eval/compile_private.h"

/* Instruction of each primitive that runs in line; OP_OUTSIDE: through one function of the machine. */
static const Opcode inline_opcodes[PRIM_COUNT] = {
#define PURE1(primitive, arg, result, value) [PRIM_##primitive] = OP_##primitive,
#define PURE2(primitive, arg, result, value) [PRIM_##primitive] = OP_##primitive,
#include "eval/pure.def"
#undef PURE1
#undef PURE2
    [PRIM_IntQuot] = OP_QUOT_INT,
    [PRIM_IntRem] = OP_REM_INT,
    [PRIM_IntQuotRem] = OP_QUOT_REM_INT,
    [PRIM_WordQuot] = OP_QUOT_WORD,
    [PRIM_WordRem] = OP_REM_WORD,
    [PRIM_WordQuotRem] = OP_QUOT_REM_WORD,
#define SUBWORD(T, S, view)                                                                                  \
    [PRIM_##T##S##Extend] = OP_IntToWord, [PRIM_##T##S##Narrow] = OP_Narrow##S##T,                           \
    [PRIM_##T##S##Quot] = OP_QUOT_##view, [PRIM_##T##S##Rem] = OP_REM_##view,                                \
    [PRIM_##T##S##QuotRem] = OP_QUOT_REM_##view, [PRIM_##T##S##Eq] = OP_##T##Eq,                             \
    [PRIM_##T##S##Ne] = OP_##T##Ne, [PRIM_##T##S##Lt] = OP_##T##Lt, [PRIM_##T##S##Le] = OP_##T##Le,          \
    [PRIM_##T##S##Gt] = OP_##T##Gt, [PRIM_##T##S##Ge] = OP_##T##Ge
    SUBWORD(Int, 8, INT),
    SUBWORD(Int, 16, INT),
    SUBWORD(Word, 8, WORD),
    SUBWORD(Word, 16, WORD),
#undef SUBWORD
    [PRIM_Spark] = OP_MOVE,
    [PRIM_CastWord64ToDouble] = OP_MOVE,
    [PRIM_CastDoubleToWord64] = OP_MOVE,
    [PRIM_CastWord32ToFloat] = OP_Narrow32Word, /* a Float# has nothing in its high half */
    [PRIM_CastFloatToWord32] = OP_MOVE,
    [PRIM_ReallyUnsafePtrEquality] = OP_WordEq,
    [PRIM_IntAddC] = OP_ADD_INT_C,
    [PRIM_IntSubC] = OP_SUB_INT_C,
    [PRIM_TagToEnum] = OP_TAG_TO_CON,
    [PRIM_NewMutVar] = OP_ALLOC_VALUE,
    [PRIM_ReadMutVar] = OP_READ_MUT_VAR,
    [PRIM_WriteMutVar] = OP_WRITE_MUT_VAR,
    [PRIM_PerformGC] = OP_PERFORM_GC,
    [PRIM_Exit] = OP_EXIT,
    [PRIM_ExitBySignal] = OP_EXIT,
    [PRIM_SizeofByteArray] = OP_READ_SIZE,
    [PRIM_SizeofMutableByteArray] = OP_READ_SIZE,
    [PRIM_GetSizeofMutableByteArray] = OP_READ_SIZE,
    [PRIM_SizeofArray] = OP_READ_SIZE,
    [PRIM_SizeofMutableArray] = OP_READ_SIZE,
    [PRIM_SizeofArrayArray] = OP_READ_SIZE,
    [PRIM_SizeofMutableArrayArray] = OP_READ_SIZE,
    [PRIM_SizeofSmallArray] = OP_READ_SIZE,
    [PRIM_SizeofSmallMutableArray] = OP_READ_SIZE,
    [PRIM_GetSizeofSmallMutableArray] = OP_READ_SIZE,
    [PRIM_StableNameToInt] = OP_READ_SIZE,
    [PRIM_HPutChar] = OP_OUTSIDE,
    [PRIM_HFlush] = OP_OUTSIDE,
    [PRIM_ReportHeapOverflow] = OP_OUTSIDE,
    [PRIM_ProgName] = OP_OUTSIDE,
    [PRIM_ArgCount] = OP_OUTSIDE,
    [PRIM_Arg] = OP_OUTSIDE,
};

/* What a shell adds to the number of the signal that a program has died of. */
enum { EXIT_BY_SIGNAL = 128 };

/* Primitives that read or write an element: of a byte array or at an address (distance: bytes to element 0,
 * shift: binary logarithm of the distance between two), of an array (distance: words to element 0). */
typedef struct ElementAccess {
    Opcode opcode; /* 0: none */
    uint8_t distance, shift;
} ElementAccess;

#define ARRAY_BYTES                (BYTES_PAYLOAD * WORD_BYTES)
#define SHIFT_OF(type)             (sizeof(type) == 8 ? 3 : sizeof(type) == 4 ? 2 : sizeof(type) == 2 ? 1 : 0)
#define LOAD(E, type, where, ...)  [PRIM_##where] = {OP_LOAD_##E, __VA_ARGS__}
#define STORE(E, type, where, ...) [PRIM_##where] = {OP_STORE_##E, __VA_ARGS__}

static const ElementAccess accesses[PRIM_COUNT] = {
#define BYTE_ELEMENT(E, type, rep)                                                                           \
    LOAD(E, type, Index##E##Array, ARRAY_BYTES, SHIFT_OF(type)),                                             \
        LOAD(E, type, Read##E##Array, ARRAY_BYTES, SHIFT_OF(type)),                                          \
        STORE(E, type, Write##E##Array, ARRAY_BYTES, SHIFT_OF(type)),                                        \
        LOAD(E, type, Index##E##OffAddr, 0, SHIFT_OF(type)),                                                 \
        LOAD(E, type, Read##E##OffAddr, 0, SHIFT_OF(type)),                                                  \
        STORE(E, type, Write##E##OffAddr, 0, SHIFT_OF(type)),
#define ELEMENT(E, type, rep)                                                                                \
    BYTE_ELEMENT(E, type, rep)                                                                               \
    LOAD(E, type, Index##E##As, ARRAY_BYTES, 0), LOAD(E, type, Read##E##As, ARRAY_BYTES, 0),                 \
        STORE(E, type, Write##E##As, ARRAY_BYTES, 0),
#include "eval/elements.def"
#undef BYTE_ELEMENT
#undef ELEMENT
    [PRIM_AtomicReadIntArray] = {OP_LOAD_Int, ARRAY_BYTES, 3},
    [PRIM_AtomicWriteIntArray] = {OP_STORE_Int, ARRAY_BYTES, 3},
    [PRIM_ReadArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_IndexArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_WriteArray] = {OP_WRITE_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_IndexByteArrayArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_IndexArrayArrayArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_ReadByteArrayArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_ReadMutableByteArrayArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_ReadArrayArrayArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_ReadMutableArrayArrayArray] = {OP_READ_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_WriteByteArrayArray] = {OP_WRITE_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_WriteMutableByteArrayArray] = {OP_WRITE_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_WriteArrayArrayArray] = {OP_WRITE_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_WriteMutableArrayArrayArray] = {OP_WRITE_ARRAY, ARRAY_PAYLOAD, 0},
    [PRIM_ReadSmallArray] = {OP_READ_ARRAY, SMALL_PAYLOAD, 0},
    [PRIM_IndexSmallArray] = {OP_READ_ARRAY, SMALL_PAYLOAD, 0},
    [PRIM_WriteSmallArray] = {OP_WRITE_ARRAY, SMALL_PAYLOAD, 0},
};

bool prim_is_inline(const Expr *e)
{
    const Primop *op = e->kind == EXPR_PRIM ? e->prim.op : NULL;
    if (e->kind == EXPR_CCALL && e->ccall.is_primcall) op = primcall_primop(e->ccall.target);
    return op ? op->class_ != PRIM_EVAL : e->kind == EXPR_CCALL && !e->ccall.is_primcall;
}

uint32_t primop_result_count(const Primop *op) { return primop_rep_count(op->results); }
uint32_t prim_words(const Primop *op) { return op->id == PRIM_NewMutVar ? 2 : 0; }

/* Void arguments are not given. */
static uint32_t given_atoms(const Expr *e)
{
    uint32_t given = 0;
    for (uint32_t i = 0; i < e->prim.arg_count; i++) given += !atom_is_void(&e->prim.args[i]);
    return given;
}

static void emit_prim_atoms(Compiler *c, const Expr *e)
{
    for (uint32_t i = 0; i < e->prim.arg_count; i++)
        if (!atom_is_void(&e->prim.args[i])) emit_atom(c, &e->prim.args[i]);
}

/* A run of constants: the static constructors of an enumeration, by tag. */
static void emit_con_table(Compiler *c, const DataType *type)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i < type->con_count; i++) {
        const ConCode *con = con_code(c, &type->cons[i]);
        if (con->words) compile_fail(c, "tagToEnum#: `%s` has constructors with fields", type->name);
        uint32_t k = const_append(c, con->nullary);
        if (i == 0) first = k;
    }
    emit_cell(c, first);
}

static bool may_divide_by_zero(PrimopId id)
{
    switch (inline_opcodes[id]) {
    case OP_QUOT_INT:
    case OP_REM_INT:
    case OP_QUOT_REM_INT:
    case OP_QUOT_WORD:
    case OP_REM_WORD:
    case OP_QUOT_REM_WORD: return true;
    default: return false;
    }
}

static void emit_outside(Compiler *c, const Expr *e, Slot slot)
{
    emit(c, OP_OUTSIDE);
    emit_slot(c, slot);
    emit_cell(c, e->prim.op->id);
    uint32_t given = 0;
    for (uint32_t i = 0; i < e->prim.arg_count; i++) {
        if (atom_is_void(&e->prim.args[i])) continue;
        emit_atom(c, &e->prim.args[i]);
        given++;
    }
    for (; given < 2; given++) emit_const_atom(c, 0);
}

static void emit_access(Compiler *c, const Expr *e, Slot slot)
{
    const ElementAccess *access = &accesses[e->prim.op->id];
    emit(c, access->opcode);
    if (primop_result_count(e->prim.op)) emit_slot(c, slot);
    emit_prim_atoms(c, e);
    emit_cell(c, access->distance);
    if (access->opcode != OP_READ_ARRAY && access->opcode != OP_WRITE_ARRAY) emit_cell(c, access->shift);
}

/* One who would wait for another is told that there is nobody. NULL: it does not wait. */
static const Binder *exception_when_blocked(Compiler *c, PrimopId id)
{
    if (id != PRIM_TakeMVar && id != PRIM_ReadMVar && id != PRIM_PutMVar) return NULL;
    return compile_runtime_name(c, "blockedIndefinitelyOnMVar", primops[id].name);
}

/* It may collect: what was asked for before is spent. The exception is its last argument, if there is one.
 * The frame's table begins with the call, whose arguments are read again behind a collection; it is returned
 * to where an asynchronous exception has come in the place of a wait, and then the call is made again. */
static void emit_call(Compiler *c, const Expr *e, Slot slot, const Expr *whole, const Context *ctx)
{
    Label *call = label_new(c);
    const InfoTable *live = compile_liveness(c, whole, ctx, call);
    const Binder *exception = exception_when_blocked(c, e->prim.op->id);
    label_bind(c, call);
    emit(c, OP_CALL);
    emit_slot(c, slot);
    emit_cell(c, e->prim.op->id);
    emit_const(c, (Word)live);
    emit_cell(c, given_atoms(e) + (exception != NULL));
    emit_prim_atoms(c, e);
    if (exception)
        emit_atom(c, &(Atom){.kind = ATOM_VAR, .name = exception->name, .binder = (Binder *)exception});
}

static void emit_compute(Compiler *c, const Expr *e, Slot slot)
{
    emit(c, OP_COMPUTE);
    emit_slot(c, slot);
    emit_cell(c, e->prim.op->id);
    emit_cell(c, given_atoms(e));
    emit_prim_atoms(c, e);
}

/* The quotient of the least Int8# or Int16# by -1 is one too large. */
static void emit_narrow_quotient(Compiler *c, PrimopId id, Slot slot)
{
    bool is_8 = id == PRIM_Int8Quot || id == PRIM_Int8QuotRem;
    if (!is_8 && id != PRIM_Int16Quot && id != PRIM_Int16QuotRem) return;
    emit(c, is_8 ? OP_Narrow8Int : OP_Narrow16Int);
    emit_slot(c, slot);
    emit_slot(c, slot);
}

/* ---- What a primitive needs that no representation says */

static void emit_needs(Compiler *c, const Expr *e)
{
    const Primop *op = e->prim.op;
    for (uint32_t i = 0; i < e->prim.arg_count; i++) {
        Kind object = primop_object(op->args, i);
        if (object == KIND_COUNT) continue;
        emit(c, OP_NEED_OBJECT);
        emit_atom(c, &e->prim.args[i]);
        emit_cell(c, object);
        emit_cell(c, op->id);
        emit_cell(c, c->unit.depth);
    }
    if (op->id != PRIM_TagToEnum) return;
    emit(c, OP_NEED_TAG);
    emit_atom(c, &e->prim.args[0]);
    emit_cell(c, e->prim.type->con_count);
    emit_cell(c, c->unit.depth);
}

/* ---- In line */

static void emit_new_mut_var(Compiler *c, const Expr *e, Slot slot, const Expr *whole, const Context *ctx)
{
    compile_heap_check(c, whole, ctx, 2);
    emit(c, OP_ALLOC_VALUE);
    emit_slot(c, slot);
    emit_const(c, (Word)info_std(c->infos, STD_MUT_VAR_DIRTY));
    emit_cell(c, 1);
    emit_prim_atoms(c, e);
}

/* With the frame that tells a collection what is there, now or after the program's end. */
static void emit_collect_or_exit(Compiler *c, const Expr *e, const Expr *whole, const Context *ctx)
{
    PrimopId id = e->prim.op->id;
    Label *behind = label_new(c);
    const InfoTable *live = compile_liveness(c, whole, ctx, behind);
    emit(c, inline_opcodes[id]);
    emit_prim_atoms(c, e);
    if (id != PRIM_PerformGC) emit_cell(c, id == PRIM_ExitBySignal ? EXIT_BY_SIGNAL : 0);
    emit_const(c, (Word)live);
    label_bind(c, behind);
}

static void emit_tag_to_con(Compiler *c, const Expr *e, Slot slot)
{
    emit(c, OP_TAG_TO_CON);
    emit_slot(c, slot);
    emit_prim_atoms(c, e);
    emit_con_table(c, e->prim.type);
}

/* The results, then the arguments. */
static void emit_plain(Compiler *c, const Expr *e, Slot slot, const Expr *whole, const Context *ctx)
{
    PrimopId id = e->prim.op->id;
    const InfoTable *live = may_divide_by_zero(id) ? compile_liveness(c, whole, ctx, NULL) : NULL;
    emit(c, inline_opcodes[id]);
    for (uint32_t i = 0; i < primop_result_count(e->prim.op); i++) emit_slot(c, slot + (Slot)i);
    emit_prim_atoms(c, e);
    if (live) emit_const(c, (Word)live);
    emit_narrow_quotient(c, id, slot);
}

static void emit_instruction(Compiler *c, const Expr *e, Slot slot, const Expr *whole, const Context *ctx)
{
    switch (inline_opcodes[e->prim.op->id]) {
    case OP_OUTSIDE: emit_outside(c, e, slot); return;
    case OP_ALLOC_VALUE: emit_new_mut_var(c, e, slot, whole, ctx); return;
    case OP_PERFORM_GC:
    case OP_EXIT: emit_collect_or_exit(c, e, whole, ctx); return;
    case OP_TAG_TO_CON: emit_tag_to_con(c, e, slot); return;
    default: emit_plain(c, e, slot, whole, ctx);
    }
}

void compile_prim_inline(Compiler *c, const Expr *e, Slot slot, const Expr *whole, const Context *ctx)
{
    const Primop *op = e->prim.op;
    if (c->module->untyped) emit_needs(c, e);
    if (op->class_ == PRIM_NOTHING) return;
    if (op->class_ == PRIM_CALL)
        emit_call(c, e, slot, whole, ctx);
    else if (op->class_ == PRIM_COMPUTE)
        emit_compute(c, e, slot);
    else if (accesses[op->id].opcode)
        emit_access(c, e, slot);
    else
        emit_instruction(c, e, slot, whole, ctx);
}

/* ---- Primitives that evaluate */

static void compile_raise(Compiler *c, const Atom *exception)
{
    emit(c, OP_RAISE);
    emit_atom(c, exception);
    emit_cell(c, c->unit.depth);
}

/* To oneself: what is left behind goes on behind it, should it be asked for again. */
static void compile_kill(Compiler *c, const Atom *exception, const Context *ctx)
{
    emit(c, ctx->tail ? OP_RAISE_ASYNC_TAIL : OP_RAISE_ASYNC);
    emit_atom(c, exception);
    emit_destination(c, ctx, true);
}

static void compile_catch(Compiler *c, const Atom *args, const Context *ctx)
{
    emit(c, ctx->tail ? OP_CATCH_TAIL : OP_CATCH);
    emit_atom(c, &args[0]);
    emit_atom(c, &args[1]);
    emit_destination(c, ctx, true);
}

static void compile_mask(Compiler *c, const Expr *e, Masking masking, const Context *ctx)
{
    compile_site(c, e);
    emit(c, ctx->tail ? OP_MASK_TAIL : OP_MASK);
    emit_atom(c, &e->prim.args[0]);
    emit_cell(c, masking);
    emit_destination(c, ctx, true);
}

static void compile_keep_alive(Compiler *c, const Expr *e, const Context *ctx)
{
    compile_site(c, e);
    emit(c, ctx->tail ? OP_KEEP_ALIVE_TAIL : OP_KEEP_ALIVE);
    emit_atom(c, &e->prim.args[0]);
    emit_atom(c, &e->prim.args[2]);
    emit_destination(c, ctx, true);
}

static void compile_data_to_tag(Compiler *c, const Expr *e, const Context *ctx)
{
    LocalSet live = live_behind(c, ctx);
    Label *evaluated = label_new(c);
    emit_eval(c, &e->prim.args[0], compile_return_point(c, live, NULL, evaluated, false));
    label_bind(c, evaluated);
    if (c->module->untyped) compile_expect(c, e->span, NULL);
    emit(c, OP_CON_TAG);
    emit_slot(c, scratch_slot(c));
    compile_yield_results(c, answer_shape(1, 0), ctx);
}

void compile_yield_results(Compiler *c, Word shape, const Context *ctx)
{
    Cell operands[APPLY_MAX_ARGS];
    for (uint32_t i = 0; i < apply_words(shape); i++)
        operands[i] = slot_operand(c, scratch_slot(c) + (Slot)i);
    compile_answer(c, shape, operands, ctx);
}

static Word results_shape(const Primop *op)
{
    uint64_t pointers = 0;
    uint32_t count = primop_result_count(op);
    for (uint32_t i = 0; i < count; i++)
        if (rep_is_pointer(primop_rep(op->results, i))) pointers |= (uint64_t)1 << i;
    return answer_shape(count, pointers);
}

void compile_prim(Compiler *c, const Expr *e, const Context *ctx)
{
    switch (e->prim.op->id) {
    case PRIM_Raise:
    case PRIM_RaiseIO:
        compile_step(c, RULE_RAISE, e);
        compile_raise(c, &e->prim.args[0]);
        return;
    case PRIM_KillThread:
        compile_step(c, RULE_RAISE, e);
        compile_kill(c, &e->prim.args[1], ctx);
        return;
    case PRIM_KeepAlive: compile_keep_alive(c, e, ctx); return;
    case PRIM_Catch:
        compile_step(c, RULE_CATCH, e);
        compile_catch(c, e->prim.args, ctx);
        return;
    case PRIM_MaskAsyncExceptions: compile_mask(c, e, MASKING_INTERRUPTIBLE, ctx); return;
    case PRIM_MaskUninterruptible: compile_mask(c, e, MASKING_UNINTERRUPTIBLE, ctx); return;
    case PRIM_UnmaskAsyncExceptions: compile_mask(c, e, MASKING_NONE, ctx); return;
    case PRIM_Seq:
        compile_site(c, e);
        compile_enter(c, &e->prim.args[0], ctx);
        return;
    case PRIM_DataToTag:
        compile_site(c, e);
        compile_data_to_tag(c, e, ctx);
        return;
    default: break;
    }
    compile_site(c, e);
    compile_prim_inline(c, e, scratch_slot(c), e, ctx);
    compile_yield_results(c, results_shape(e->prim.op), ctx);
}
