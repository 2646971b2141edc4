/* The interpreter loop: a template, instantiated by loop_fast.c (CAREFUL 0), loop_careful.c (CAREFUL 1) and
 * loop_profile.c (PROFILE) under the name LOOP; machine_prims.h is the part with the primitives. No include
 * guard.
 *
 * In registers: pc (the instruction), K (its constants), Sp, Hp, HpLim, R1. SAVE and LOAD move them to the
 * machine and back around everything that may collect, unwind or change the stack chunk. Three ways on:
 * `enter` (evaluate R1), `apply` (R1 to the arguments at Sp), `give` (R1 to the frame at Sp). */
#include <string.h>

#include "eval/c_call_private.h"
#include "eval/numbers.h"
#include "eval/prim_private.h"
#ifdef PROFILE
#include "eval/profile_private.h"
#endif

#define ATOM(operand)  (likely(atom_is_slot(operand)) ? Sp[(int16_t)(operand)] : K[(operand)-CONST_ATOM])
#define SLOT(operand)  Sp[(int16_t)(operand)]
#define CONST(operand) K[operand]
#ifdef PROFILE
#define DISPATCH                                                                                             \
    do {                                                                                                     \
        profile_count(m->config.profile, pc);                                                                \
        goto *handlers[*pc];                                                                                 \
    } while (0)
#else
#define DISPATCH goto *handlers[*pc]
#endif
#define NEXT(cells)                                                                                          \
    do {                                                                                                     \
        pc += (cells);                                                                                       \
        DISPATCH;                                                                                            \
    } while (0)
#define RUN_CELLS(cells, info)                                                                               \
    do {                                                                                                     \
        pc = (cells);                                                                                        \
        K = (info)->consts;                                                                                  \
        DISPATCH;                                                                                            \
    } while (0)
#define RUN(info)      RUN_CELLS((info)->entry, info)
#define RUN_CALL(info) RUN_CELLS((info)->call, info)
/* An instruction whose last operand is a number, and those in which it is 1, 2 or 3. */
#define SIZES(name, number)                                                                                  \
    do_##name : name((size_t)number) do_##name##_1 : name(1) do_##name##_2 : name(2) do_##name##_3 : name(3)
#define TIMES(n)        _Pragma("GCC unroll 4") for (size_t i = 0; i < (n); i++)
#define TARGET(operand) ((operand) + jump_distance(operand))
#define BRANCH(operand)                                                                                      \
    do {                                                                                                     \
        pc = TARGET(operand);                                                                                \
        DISPATCH;                                                                                            \
    } while (0)
#define SAVE (m->sp = Sp, m->heap->hp = Hp)
#define LOAD (Sp = m->sp, Hp = m->heap->hp, HpLim = m->heap->hp_lim)
/* The moves of a frame that is to wait (SAVE_MOVE), and back. */
static inline void save_locals(Word *Sp, const Word *moves)
{
    for (size_t i = 1; i <= *moves; i++) Sp[(int32_t)(moves[i] >> 32)] = Sp[(int32_t)moves[i]];
}

static inline void restore_locals(Word *Sp, const Word *moves)
{
    for (size_t i = *moves; i > 0; i--) Sp[(int32_t)moves[i]] = Sp[(int32_t)(moves[i] >> 32)];
}

/* A few words that have just been written, one by one: memcpy, which a compiler would make of a plain loop,
 * reads them in larger pieces, and waits until they have left the store buffer. */
static inline void words_copy(Word *to, const Word *from, size_t count)
{
    for (size_t i = 0; i < count; i++) ((volatile Word *)to)[i] = from[i];
}

/* What is wanted was not given, which may be because the run is to stop. */
#define OUT_OF_MEMORY (m->stopping ? LOOP_STOPPED : LOOP_EXHAUSTED)
#define TELL(event, ...)                                                                                     \
    do {                                                                                                     \
        if (CAREFUL && m->observer.event) m->observer.event(m->observer.context, __VA_ARGS__);               \
    } while (0)
#define STEP_TO(...)                                                                                         \
    do {                                                                                                     \
        if (CAREFUL && m->observer.steps) {                                                                  \
            SAVE;                                                                                            \
            machine_step(m, &(Step){.site = m->site, __VA_ARGS__});                                          \
            if (m->stopping) return LOOP_STOPPED;                                                            \
        }                                                                                                    \
    } while (0)

/* Room for so many words beneath Sp, or those that the code will use. */
#define ROOM(words, arg_words)                                                                               \
    if (unlikely(Sp < m->sp_lim + (words))) {                                                                \
        SAVE;                                                                                                \
        StackGrowth growth = stack_grow(m, (words), (arg_words));                                            \
        if (growth != STACK_GROWN) {                                                                         \
            if (growth == STACK_NO_MEMORY) return OUT_OF_MEMORY;                                             \
            m->sp += (arg_words);                                                                            \
            R1 = growth == STACK_LOOP ? m->non_termination : m->stack_overflow;                              \
            LOAD;                                                                                            \
            goto raise;                                                                                      \
        }                                                                                                    \
        LOAD;                                                                                                \
    }

/* The same for the thunk R1 that is being entered: the pause may have found it under evaluation already. */
#define THUNK_ROOM(words)                                                                                    \
    if (unlikely(Sp < m->sp_lim + (words))) {                                                                \
        ROOM(words, 0);                                                                                      \
        if (((const Closure *)R1)->info == m->blackhole) goto enter;                                         \
    }

/* The frame that runs has been made whole, and is left by the exception like any other. */
#define RAISE_HERE(exception)                                                                                \
    do {                                                                                                     \
        R1 = (exception);                                                                                    \
        TELL(pushed, Sp);                                                                                    \
        goto raise;                                                                                          \
    } while (0)

#define RAISE_PENDING                                                                                        \
    do {                                                                                                     \
        Ref exception = machine_take_pending(m);                                                             \
        if (unlikely(exception)) {                                                                           \
            RAISE_HERE(exception);                                                                           \
        }                                                                                                    \
    } while (0)

/* The frame that runs has been made whole, and is returned to when the finalizers have run. */
#define RUN_FINALIZERS(is_check)                                                                             \
    do {                                                                                                     \
        if (unlikely(machine_finalizers_are_due(m, is_check))) {                                             \
            TELL(pushed, Sp);                                                                                \
            goto finalize;                                                                                   \
        }                                                                                                    \
    } while (0)

/* A frame of all that the code uses, and back. */
#define MAKE_WHOLE(liveness)                                                                                 \
    do {                                                                                                     \
        Sp -= ((const InfoTable *)CONST(liveness))->below;                                                   \
        Sp[0] = CONST(liveness);                                                                             \
    } while (0)
#define GO_ON(liveness) (Sp += ((const InfoTable *)CONST(liveness))->below)

#define DIVIDED_BY_ZERO(liveness)                                                                            \
    do {                                                                                                     \
        MAKE_WHOLE(liveness);                                                                                \
        RAISE_HERE(m->div_zero);                                                                             \
    } while (0)

#define PUSH_UPDATE(frame_info, updatee)                                                                     \
    do {                                                                                                     \
        Sp -= 2;                                                                                             \
        Sp[0] = (Word)(frame_info);                                                                          \
        Sp[UPDATE_FRAME_UPDATEE] = (Word)(updatee);                                                          \
        TELL(pushed, Sp);                                                                                    \
    } while (0)

/* A frame begins to wait: see compile_return.c. */
#define WAIT(point, words, SAVES)                                                                            \
    do {                                                                                                     \
        Sp += (int16_t)(words);                                                                              \
        SAVES;                                                                                               \
        Sp[0] = CONST(point);                                                                                \
        TELL(pushed, Sp);                                                                                    \
    } while (0)
#define SAVE_LOCALS(constants) save_locals(Sp, &CONST(constants))

/* STG text is not typed: the careful loop proves that what a case selects from is a constructor. */
#define NEED_CON                                                                                             \
    do {                                                                                                     \
        if (CAREFUL && ref_closure(R1)->info->kind != KIND_CON)                                              \
            panic("`%s` is a %s, but a case wants a constructor", ref_closure(R1)->info->name,               \
                  kinds[ref_closure(R1)->info->kind].spoken);                                                \
    } while (0)

#define NEED_ELEMENT(array, index)                                                                           \
    do {                                                                                                     \
        if (CAREFUL && (index) >= closure_words(array)[ARRAY_PTRS])                                          \
            panic("element %lld of an array of %llu", (long long)(index),                                    \
                  (unsigned long long)closure_words(array)[ARRAY_PTRS]);                                     \
    } while (0)

/* Libraries keep arrays of bits in words, of which the last may reach beyond the bytes asked for. */
#define NEED_BYTES(array, from, count)                                                                       \
    do {                                                                                                     \
        if (CAREFUL &&                                                                                       \
            (from) + (count) > ((closure_words(array)[BYTES_COUNT] + WORD_BYTES - 1) & -WORD_BYTES))         \
            panic("bytes from %lld on of a byte array of %llu", (long long)(from),                           \
                  (unsigned long long)closure_words(array)[BYTES_COUNT]);                                    \
    } while (0)

static inline bool stays_in_place(const Closure *c) { return Bdescr(c)->flags & (BF_LARGE | BF_PINNED); }

LoopEnd LOOP(Machine *m, Word shape)
{
    static const void *const labels[OP_COUNT] = {
#define OPCODE(name, operands) [OP_##name] = &&do_##name,
#include "eval/opcodes.def"
#undef OPCODE
    };
    /* A constant would be computed anew for each instruction. */
    static const void *const *volatile table = labels;
    const void *const *handlers = table;
    const Cell *pc;
    const Word *K;
    ApplyNext next;
    Word *Sp, *Hp, *HpLim, R1 = m->r1, operand;
    LOAD;
    goto apply;

    /* ---- The three ways on */

enter: /* R1 is not known to be a value */
    RUN(((const Closure *)R1)->info);

give : { /* R1 is a value; the frame at Sp wants it */
    const InfoTable *frame = (const InfoTable *)Sp[0];
    if (CAREFUL && frame->kind == KIND_CASE_FRAME) {
        char rep = (char)frame->con_tag;
        bool pointer = rep == 'P' || rep == 'U';
        STEP_TO(.rule = RULE_RETURN, .subject = pointer ? R1 : 0, .value = R1, .value_rep = pointer ? 0 : rep,
                .frame = frame);
        TELL(popped, Sp);
    }
    RUN(frame);
}

apply:
    if (likely(ref_tag(R1) == apply_args(shape) && ref_closure(R1)->info->kind == KIND_FUN)) {
        const InfoTable *info = ref_closure(R1)->info;
        STEP_TO(.rule = RULE_APPLY_EXACT, .subject = R1, .args = apply_args(shape), .arity = info->con_tag);
        RUN_CALL(info);
    }
    SAVE;
    m->r1 = R1;
    next = machine_apply(m, shape);
applied:
    R1 = m->r1;
    if (CAREFUL && m->stopping) return LOOP_STOPPED;
    if (next == APPLY_EXHAUSTED) return OUT_OF_MEMORY;
    LOAD;
    if (next == APPLY_CODE) RUN_CALL(ref_closure(R1)->info);
    if (next == APPLY_RETURN) goto give;
    if (ref_tag(R1)) goto give;
    goto enter;

guard: /* R1 is an action, to be run under the handler `operand` */
    Sp -= 3;
    Sp[0] = (Word)m->catch_frame;
    Sp[CATCH_FRAME_HANDLER] = operand;
    Sp[CATCH_FRAME_MASKED] = machine_masking(m);
    TELL(pushed, Sp);
    shape = apply_shape(0, 1, 0);
    goto apply;

mask: /* R1 is an action, to be run masked as `operand` says */
    SAVE;
    machine_mask(m, operand);
    LOAD;
    shape = apply_shape(0, 1, 0);
    goto apply;

keep: /* R1 is an action, to be run while `operand` is kept alive */
    Sp -= 2;
    Sp[0] = (Word)m->keep_frame;
    Sp[1] = operand;
    TELL(pushed, Sp);
    shape = apply_shape(0, 1, 0);
    goto apply;

finalize: /* finalizers wait, and whole frames from Sp on */
    SAVE;
    machine_run_finalizers(m);
finalizer:
    R1 = m->r1;
    LOAD;
    shape = FINALIZER_SHAPE;
    goto apply;

raise: /* R1 is an exception; whole frames from Sp on */
    SAVE;
    m->r1 = R1;
    switch (machine_raise(m)) {
    case RAISE_EXHAUSTED: return OUT_OF_MEMORY;
    case RAISE_UNCAUGHT: return LOOP_UNCAUGHT;
    case RAISE_CAUGHT: break;
    }
    R1 = m->r1;
    LOAD;
    shape = RAISE_SHAPE;
    goto apply;

    /* ---- Entering code */

do_FUN_ENTRY : {
    ROOM(pc[1], pc[2]);
    NEXT(3);
}

do_THUNK_ENTRY : {
    size_t words = pc[1];
    STEP_TO(.rule = RULE_ENTER_THUNK, .subject = R1);
    THUNK_ROOM(words + 2);
    PUSH_UPDATE(m->update_frame, R1);
    NEXT(2);
}

do_THUNK_ENTRY_EAGER : {
    size_t words = pc[1];
    STEP_TO(.rule = RULE_ENTER_THUNK, .subject = R1);
    THUNK_ROOM(words + 2);
    PUSH_UPDATE(m->update_frame, R1);
    machine_blackhole(m, (Closure *)R1);
    TELL(blackholed, (Closure *)R1, true);
    NEXT(2);
}

do_SINGLE_ENTRY : {
    size_t words = pc[1];
    STEP_TO(.rule = RULE_ENTER_THUNK, .subject = R1);
    THUNK_ROOM(words);
    NEXT(2);
}

do_CAF_ENTRY : {
    size_t words = pc[1];
    STEP_TO(.rule = RULE_ENTER_CAF, .subject = R1);
    ROOM(words + 2, 0);
    if (unlikely(Hp + 2 > HpLim)) {
        SAVE;
        m->r1 = R1;
        if (!machine_need_saving(m, 2)) return OUT_OF_MEMORY;
        LOAD;
    }
    TELL(checked, 2);
    SAVE;
    machine_enter_caf(m, (Closure *)R1);
    LOAD;
    NEXT(2);
}

#define LOAD_FREE(n)                                                                                         \
    {                                                                                                        \
        Word *to = &SLOT(pc[1]);                                                                             \
        const Word *from = (const Word *)ref_closure(R1) + pc[2];                                            \
        TIMES(n) to[i] = from[i];                                                                            \
        if (CAREFUL && pc[2] == THUNK_HEADER && ref_closure(R1)->info->kind == KIND_BLACKHOLE)               \
            filler_write(m->infos, (Word *)from, n);                                                         \
        NEXT(4);                                                                                             \
    }
    SIZES(LOAD_FREE, pc[3])
#undef LOAD_FREE

do_HEAP_CHECK : {
    size_t words = pc[1];
    if (unlikely(Hp + words > HpLim)) {
        MAKE_WHOLE(pc[2]);
        SAVE;
        if (!machine_need(m, words)) return OUT_OF_MEMORY;
        LOAD;
        RAISE_PENDING;
        RUN_FINALIZERS(true);
        GO_ON(pc[2]);
    }
    TELL(checked, words);
    NEXT(3);
}

/* ---- Allocation */

#define ALLOC_VALUE(n)                                                                                       \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[2]);                                             \
        Hp[0] = (Word)info;                                                                                  \
        TIMES(n) Hp[1 + i] = ATOM(pc[4 + i]);                                                                \
        SLOT(pc[1]) = (Word)Hp | info->tag;                                                                  \
        TELL(allocated, Hp, Hp + 1 + n, m->site);                                                            \
        Hp += 1 + n;                                                                                         \
        NEXT(4 + n);                                                                                         \
    }
    SIZES(ALLOC_VALUE, pc[3])
#undef ALLOC_VALUE

#define ALLOC_THUNK(n)                                                                                       \
    {                                                                                                        \
        Hp[0] = CONST(pc[2]);                                                                                \
        if (CAREFUL) Hp[1] = 0;                                                                              \
        TIMES(n) Hp[THUNK_HEADER + i] = ATOM(pc[4 + i]);                                                     \
        SLOT(pc[1]) = (Word)Hp;                                                                              \
        TELL(allocated, Hp, Hp + THUNK_HEADER + n, m->site);                                                 \
        Hp += THUNK_HEADER + n;                                                                              \
        NEXT(4 + n);                                                                                         \
    }
    SIZES(ALLOC_THUNK, pc[3])
#undef ALLOC_THUNK

#define ALLOC_R1(n)                                                                                          \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[1]);                                             \
        Hp[0] = (Word)info;                                                                                  \
        TIMES(n) Hp[1 + i] = ATOM(pc[3 + i]);                                                                \
        R1 = (Word)Hp | info->tag;                                                                           \
        TELL(allocated, Hp, Hp + 1 + n, m->site);                                                            \
        Hp += 1 + n;                                                                                         \
        NEXT(3 + n);                                                                                         \
    }
    SIZES(ALLOC_R1, pc[2])
#undef ALLOC_R1

do_LETREC : {
    size_t objects = pc[1];
    const Cell *object = pc + 2, *field = pc + 2 + 3 * objects;
    Word *at = Hp;
    for (size_t i = 0; i < objects; i++, object += 3) {
        const InfoTable *info = (const InfoTable *)CONST(object[1]);
        at[0] = (Word)info;
        if (CAREFUL) at[1] = 0;
        SLOT(object[0]) = (Word)at | info->tag;
        at += kinds[info->kind].first + object[2];
    }
    object = pc + 2;
    at = Hp;
    for (size_t i = 0; i < objects; i++, object += 3) {
        size_t n = object[2];
        at += kinds[((const InfoTable *)at[0])->kind].first;
        for (size_t k = 0; k < n; k++) at[k] = ATOM(field[k]);
        at += n;
        field += n;
    }
    TELL(allocated, Hp, at, m->site);
    Hp = at;
    pc = field;
    DISPATCH;
}

/* ---- Evaluating, calling, returning */

/* Code goes on behind the operands, with a value. */
#define GO_ON_WITH_VALUE(operands)                                                                           \
    do {                                                                                                     \
        if (ref_tag(R1)) {                                                                                   \
            STEP_TO(.rule = RULE_ENTER_VALUE, .subject = R1, .tag_hit = true);                               \
            NEXT(1 + (operands));                                                                            \
        }                                                                                                    \
    } while (0)

do_EVAL:
    R1 = ATOM(pc[1]);
    Sp += (int16_t)pc[3];
    GO_ON_WITH_VALUE(3);
    WAIT(pc[2], 0, );
    goto enter;

#define EVAL_MOVE(n)                                                                                         \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        Sp += (int16_t)pc[3];                                                                                \
        TIMES(n) SLOT(pc[6 + 2 * i]) = SLOT(pc[5 + 2 * i]);                                                  \
        GO_ON_WITH_VALUE(4 + 2 * n);                                                                         \
        WAIT(pc[2], 0, );                                                                                    \
        goto enter;                                                                                          \
    }
    SIZES(EVAL_MOVE, pc[4])
#undef EVAL_MOVE

do_EVAL_SAVE:
    R1 = ATOM(pc[1]);
    GO_ON_WITH_VALUE(4);
    WAIT(pc[2], pc[4], SAVE_LOCALS(pc[3]));
    goto enter;
#undef GO_ON_WITH_VALUE

do_RESTORE:
    restore_locals(Sp, &CONST(pc[1]));
    Sp += (int16_t)pc[2];
    BRANCH(pc + 3);

/* The arguments of a call, beneath the frame that waits for its value; those of a tail call, in the place of
 * the frame that they are read from. */
#define PUSH_FRAME_AND_ARGUMENTS(n, first, SAVES, point, words)                                              \
    do {                                                                                                     \
        Word args[APPLY_MAX_ARGS];                                                                           \
        TIMES(n) args[i] = ATOM(pc[(first) + i]);                                                            \
        WAIT(point, words, SAVES);                                                                           \
        Sp -= (n);                                                                                           \
        TIMES(n) Sp[i] = args[i];                                                                            \
    } while (0)
#define PUSH_ARGUMENTS(n)      PUSH_FRAME_AND_ARGUMENTS(n, 6, , pc[3], pc[4])
#define SAVE_PUSH_ARGUMENTS(n) PUSH_FRAME_AND_ARGUMENTS(n, 7, SAVE_LOCALS(pc[4]), pc[3], pc[5])
#define ARGUMENTS_FOR_FRAME(n)                                                                               \
    do {                                                                                                     \
        Word args[APPLY_MAX_ARGS];                                                                           \
        TIMES(n) args[i] = ATOM(pc[5 + i]);                                                                  \
        Sp += pc[3] - (ptrdiff_t)(n);                                                                        \
        TIMES(n) Sp[i] = args[i];                                                                            \
    } while (0)

#define CALLS_KNOWN(n, PUSH)                                                                                 \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[2]);                                             \
        R1 = ATOM(pc[1]);                                                                                    \
        PUSH(n);                                                                                             \
        STEP_TO(.rule = RULE_APPLY_EXACT, .subject = R1, .args = info->con_tag, .arity = info->con_tag);     \
        RUN_CALL(info);                                                                                      \
    }
#define CALL_KNOWN(n)      CALLS_KNOWN(n, PUSH_ARGUMENTS)
#define CALL_KNOWN_SAVE(n) CALLS_KNOWN(n, SAVE_PUSH_ARGUMENTS)
    SIZES(CALL_KNOWN, pc[5])
    SIZES(CALL_KNOWN_SAVE, pc[6])
#undef CALL_KNOWN
#undef CALL_KNOWN_SAVE
#undef CALLS_KNOWN

#define CALLS_UNKNOWN(n, PUSH)                                                                               \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        shape = CONST(pc[2]);                                                                                \
        PUSH(n);                                                                                             \
        goto apply;                                                                                          \
    }
#define CALL_UNKNOWN(n)      CALLS_UNKNOWN(n, PUSH_ARGUMENTS)
#define CALL_UNKNOWN_SAVE(n) CALLS_UNKNOWN(n, SAVE_PUSH_ARGUMENTS)
    SIZES(CALL_UNKNOWN, pc[5])
    SIZES(CALL_UNKNOWN_SAVE, pc[6])
#undef CALL_UNKNOWN
#undef CALL_UNKNOWN_SAVE
#undef CALLS_UNKNOWN

#define TAIL_KNOWN(n)                                                                                        \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[2]);                                             \
        R1 = ATOM(pc[1]);                                                                                    \
        ARGUMENTS_FOR_FRAME(n);                                                                              \
        STEP_TO(.rule = RULE_APPLY_EXACT, .subject = R1, .args = info->con_tag, .arity = info->con_tag);     \
        RUN_CALL(info);                                                                                      \
    }
    SIZES(TAIL_KNOWN, pc[4])
#undef TAIL_KNOWN

#define TAIL_UNKNOWN(n)                                                                                      \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        shape = CONST(pc[2]);                                                                                \
        ARGUMENTS_FOR_FRAME(n);                                                                              \
        goto apply;                                                                                          \
    }
    SIZES(TAIL_UNKNOWN, pc[4])
#undef TAIL_UNKNOWN

#define CALLS_METHOD(n, PUSH)                                                                                \
    {                                                                                                        \
        NEED_CON;                                                                                            \
        R1 = ((const Word *)ref_closure(R1))[pc[1]];                                                         \
        shape = CONST(pc[2]);                                                                                \
        PUSH(n);                                                                                             \
        goto apply;                                                                                          \
    }
#define CALL_METHOD(n)      CALLS_METHOD(n, PUSH_ARGUMENTS)
#define CALL_METHOD_SAVE(n) CALLS_METHOD(n, SAVE_PUSH_ARGUMENTS)
    SIZES(CALL_METHOD, pc[5])
    SIZES(CALL_METHOD_SAVE, pc[6])
#undef CALL_METHOD
#undef CALL_METHOD_SAVE
#undef CALLS_METHOD

#define TAIL_METHOD(n)                                                                                       \
    {                                                                                                        \
        NEED_CON;                                                                                            \
        R1 = ((const Word *)ref_closure(R1))[pc[1]];                                                         \
        shape = CONST(pc[2]);                                                                                \
        ARGUMENTS_FOR_FRAME(n);                                                                              \
        goto apply;                                                                                          \
    }
    SIZES(TAIL_METHOD, pc[4])
#undef TAIL_METHOD
#undef PUSH_ARGUMENTS
#undef SAVE_PUSH_ARGUMENTS
#undef PUSH_FRAME_AND_ARGUMENTS
#undef ARGUMENTS_FOR_FRAME

do_ENTER:
    R1 = ATOM(pc[1]);
    Sp += pc[2];
    if (!ref_tag(R1)) goto enter;
    STEP_TO(.rule = RULE_ENTER_VALUE, .subject = R1, .tag_hit = true);
    goto give;

do_RETURN:
    R1 = ATOM(pc[1]);
    Sp += pc[2];
    goto give;

#define RETURN_CON(n)                                                                                        \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[1]);                                             \
        Hp[0] = (Word)info;                                                                                  \
        TIMES(n) Hp[1 + i] = ATOM(pc[4 + i]);                                                                \
        R1 = (Word)Hp | info->tag;                                                                           \
        TELL(allocated, Hp, Hp + 1 + n, m->site);                                                            \
        Hp += 1 + n;                                                                                         \
        Sp += pc[2];                                                                                         \
        goto give;                                                                                           \
    }
    SIZES(RETURN_CON, pc[3])
#undef RETURN_CON

do_RETURN_MULTI : {
    size_t n = pc[2];
    for (size_t i = 0; i < n; i++) m->multi[i] = ATOM(pc[3 + i]);
    R1 = 0;
    Sp += pc[1];
    goto give;
}

do_CATCH : {
    operand = ATOM(pc[2]);
    R1 = ATOM(pc[1]);
    WAIT(pc[3], pc[5], SAVE_LOCALS(pc[4]));
    goto guard;
}

do_CATCH_TAIL : {
    operand = ATOM(pc[2]);
    R1 = ATOM(pc[1]);
    Sp += pc[3];
    goto guard;
}

do_MASK:
    R1 = ATOM(pc[1]);
    operand = pc[2];
    WAIT(pc[3], pc[5], SAVE_LOCALS(pc[4]));
    goto mask;

do_MASK_TAIL:
    R1 = ATOM(pc[1]);
    operand = pc[2];
    Sp += pc[3];
    goto mask;

do_KEEP_ALIVE:
    operand = ATOM(pc[1]);
    R1 = ATOM(pc[2]);
    WAIT(pc[3], pc[5], SAVE_LOCALS(pc[4]));
    goto keep;

do_KEEP_ALIVE_TAIL:
    operand = ATOM(pc[1]);
    R1 = ATOM(pc[2]);
    Sp += pc[3];
    goto keep;

do_RAISE:
    R1 = ATOM(pc[1]);
    Sp += pc[2];
    goto raise;

    /* ---- Moving and choosing */

do_SET_R1:
    R1 = ATOM(pc[1]);
    NEXT(2);

do_SET_MULTI : {
    size_t n = pc[1];
    for (size_t i = 0; i < n; i++) m->multi[i] = ATOM(pc[2 + i]);
    NEXT(2 + n);
}

do_MOVE:
    SLOT(pc[1]) = ATOM(pc[2]);
    NEXT(3);

#define MOVES(n)                                                                                             \
    {                                                                                                        \
        Word values[APPLY_MAX_ARGS];                                                                         \
        TIMES(n) values[i] = ATOM(pc[3 + 2 * i]);                                                            \
        TIMES(n) SLOT(pc[2 + 2 * i]) = values[i];                                                            \
        NEXT(2 + 2 * n);                                                                                     \
    }
    SIZES(MOVES, pc[1])
#undef MOVES

do_GET_R1:
    SLOT(pc[1]) = R1;
    NEXT(2);

do_GET_MULTI:
    words_copy(&SLOT(pc[1]), m->multi, pc[2]);
    NEXT(3);

do_FIELD:
    NEED_CON;
    SLOT(pc[1]) = ((const Word *)ref_closure(R1))[pc[2]];
    NEXT(3);

#define FIELDS(n)                                                                                            \
    {                                                                                                        \
        const Word *from = (const Word *)ref_closure(R1) + pc[2];                                            \
        Word *to = &SLOT(pc[1]);                                                                             \
        TIMES(n) to[i] = from[i];                                                                            \
        NEXT(4);                                                                                             \
    }
    SIZES(FIELDS, pc[3])
#undef FIELDS

do_CON_TAG:
    NEED_CON;
    SLOT(pc[1]) = ref_closure(R1)->info->con_tag;
    NEXT(2);

do_TAG_TO_CON:
    SLOT(pc[1]) = K[pc[3] + ATOM(pc[2])];
    NEXT(4);

do_JUMP:
    BRANCH(pc + 1);

do_SHIFT_JUMP:
    Sp += (int16_t)pc[1];
    BRANCH(pc + 2);

do_SWITCH_CON : {
    Word tag = ref_tag(R1);
    tag = tag == TAG_MASK ? ref_closure(R1)->info->con_tag : tag - 1;
    if (unlikely(tag >= pc[1])) goto do_IMPOSSIBLE;
    BRANCH(pc + 2 + 2 * tag);
}

do_SWITCH_WORD : {
    Word value = ATOM(pc[1]);
    size_t n = pc[4];
    const Cell *row = pc + 5;
    for (size_t i = 0; i < n; i++, row += 3)
        if (CONST(row[0]) == value) BRANCH(row + 1);
    BRANCH(pc + 2);
}

#define UNLESS(name, type, comparison)                                                                       \
    do_UNLESS_##name:                                                                                        \
    {                                                                                                        \
        type x = (type)ATOM(pc[1]), y = (type)ATOM(pc[2]);                                                   \
        if (comparison) NEXT(5);                                                                             \
        BRANCH(pc + 3);                                                                                      \
    }
    UNLESS(IntEq, Word, x == y)
    UNLESS(IntNe, Word, x != y)
    UNLESS(IntLt, int64_t, x < y)
    UNLESS(IntLe, int64_t, x <= y)
    UNLESS(IntGt, int64_t, x > y)
    UNLESS(IntGe, int64_t, x >= y)
#undef UNLESS

    /* ---- Primitives */

#include "eval/machine_prims.h"

    /* ---- What the runtime's objects and frames do */

do_ENTER_VALUE:
    R1 = ref_of((const Closure *)R1);
    STEP_TO(.rule = RULE_ENTER_VALUE, .subject = R1);
    goto give;

do_ENTER_IND:
    STEP_TO(.rule = RULE_FOLLOW_IND, .subject = R1);
    R1 = ((const Word *)R1)[IND_TARGET];
    if (ref_tag(R1)) goto give;
    goto enter;

do_ENTER_BLACKHOLE: /* one thread: the owner is this one */
    STEP_TO(.rule = RULE_BLACKHOLE_SELF, .subject = R1);
    R1 = m->non_termination;
    goto raise;

do_ENTER_RAISE:
    R1 = ((const Word *)R1)[THUNK_HEADER];
    goto raise;

do_ENTER_DEAD_CAF:
    machine_enter_dead_caf(m, (const Closure *)R1);

do_ENTER_OWN:
    STEP_TO(.rule = RULE_ENTER_THUNK, .subject = R1);
    THUNK_ROOM(OWN_THUNK_ROOM);
    SAVE;
    m->r1 = R1;
    next = machine_enter_own(m);
    goto applied;

do_RETURN_SELECT:
    NEED_CON;
    R1 = ref_closure(R1)->payload[Sp[1]];
    Sp += 2;
    if (ref_tag(R1)) goto give;
    goto enter;

do_RETURN_KEEP:
    Sp += 2;
    goto give;

do_RETURN_MASK:
    machine_set_masking(m, Sp[1]);
    Sp += 2;
    goto give;

do_RETURN_FINALIZERS:
    SAVE;
    if (machine_next_finalizer(m)) goto finalizer;
    LOAD;
    goto give;

do_RETURN_UPDATE : {
    Closure *updatee = (Closure *)Sp[UPDATE_FRAME_UPDATEE];
    STEP_TO(.rule = RULE_UPDATE, .subject = (Word)updatee, .value = R1);
    TELL(popped, Sp);
    if (CAREFUL) machine_fill_behind(m, updatee);
    Sp += 2;
    machine_update(m, updatee, R1);
    if (CAREFUL) heap_note_update(m->heap, updatee, R1);
    TELL(updated, updatee, R1);
    goto give;
}

do_RETURN_APPLY:
    TELL(popped, Sp);
    shape = Sp[APPLY_FRAME_SHAPE];
    Sp += APPLY_FRAME_ARGS;
    goto apply;

do_RETURN_CATCH:
    TELL(popped, Sp);
    Sp += 3;
    goto give;

do_RETURN_UNDERFLOW:
    SAVE;
    stack_underflow(m);
    LOAD;
    goto give;

do_RETURN_STOP:
    SAVE;
    if (machine_finalizers_are_left(m)) goto finalize;
    m->exit_code = 0;
    return LOOP_FINISHED;

do_IMPOSSIBLE:
    panic("code ran into a place that it cannot reach");

    /* ---- Steps */

do_STEP : {
    const CodeSite *site = (const CodeSite *)CONST(pc[2]);
    m->site = &site->site;
    if (CAREFUL && m->observer.steps) {
        SAVE;
        machine_step_local(m, (StepRule)pc[1], site);
        if (m->stopping) return LOOP_STOPPED;
    }
    NEXT(3);
}

do_SITE:
    m->site = &((const CodeSite *)CONST(pc[1]))->site;
    NEXT(2);
}
