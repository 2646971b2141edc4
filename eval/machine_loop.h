/* The interpreter loop: a template, instantiated by loop_fast.c (CAREFUL 0), loop_untyped.c (UNTYPED),
 * loop_careful.c (CAREFUL 1) and loop_profile.c (PROFILE) under the name LOOP; machine_prims.h is the part
 * with the primitives. No include guard.
 *
 * In registers: pc (the instruction), K (its constants), Sp, Hp, HpLim, R1. SAVE and LOAD move them to the
 * machine and back around everything that may collect, unwind or change the stack chunk. Three ways on:
 * `enter` (evaluate R1), `apply` (R1 to the arguments at Sp), `give` (R1 to the frame at Sp).
 *
 * What stands in pairs (pairs.def), or is there for several sizes, is a macro of the instruction's name: it
 * goes on with GO_ON(cells), which is NEXT, or what follows in the pair (machine_pairs.h). */
#include "eval/loop_private.h"

LoopEnd LOOP(Machine *m, Word shape)
{
    static const void *const labels[OP_COUNT] = {
#define OPCODE(name, operands) [OP_##name] = &&do_##name,
#ifdef PAIRS
#define PAIR(first, second) [OP_##first##__##second] = &&do_##first##__##second,
#else
#define PAIR(first, second) [OP_##first##__##second] = &&do_##first,
#endif
#include "eval/opcodes.def"
#undef PAIR
#undef OPCODE
    };
    /* A constant would be computed anew for each instruction. */
    static const void *const *volatile table = labels;
    const void *const *handlers = table;
    const Cell *pc = NULL;
    const Word *K;
    ApplyNext next;
    RaiseNext raised;
    Word *Sp, *Hp, *HpLim, R1 = m->r1, operand, answer = ANSWER_OBJECT;
    LOAD;
    goto apply;

    /* ---- The three ways on */

enter: /* R1 is not known to be a value */
    RUN(((const Closure *)R1)->info);

give : { /* R1 is a value; the frame at Sp wants it */
    const InfoTable *frame = (const InfoTable *)Sp[0];
    NEED_AWAITED(frame);
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
        if (UNTYPED && unlikely(!function_takes(info, shape))) goto misapplied;
        STEP_TO(.rule = RULE_APPLY_EXACT, .subject = R1, .args = apply_args(shape), .arity = info->con_tag);
        RUN_CALL(info);
    }
    SAVE;
    m->r1 = R1;
    if (UNTYPED && !machine_applies(m, shape)) return machine_misfit(m, pc, m->misfit);
    next = machine_apply(m, shape);
applied:
    R1 = m->r1;
    if (CAREFUL && m->stopping) return LOOP_STOPPED;
    if (next == APPLY_EXHAUSTED) return OUT_OF_MEMORY;
    if (next == APPLY_MISFIT) return machine_misfit(m, pc, m->misfit);
    LOAD;
    if (next == APPLY_CODE) RUN_CALL(ref_closure(R1)->info);
    if (next == APPLY_RETURN) goto give;
    if (ref_tag(R1)) goto give;
    goto enter;

misapplied:
    SAVE;
    m->r1 = R1;
    machine_applies(m, shape);
    return machine_misfit(m, pc, m->misfit);

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
    if (likely(!machine_is_interrupted(m, false))) goto apply;
    Sp -= APPLY_FRAME_ARGS;
    Sp[0] = (Word)m->apply_frame;
    Sp[APPLY_FRAME_SHAPE] = shape;
    TELL(pushed, Sp);
    Sp -= 2;
    goto interrupt_saving;

keep: /* R1 is an action, to be run while `operand` is kept alive */
    Sp -= 2;
    Sp[0] = (Word)m->keep_frame;
    Sp[1] = operand;
    TELL(pushed, Sp);
    shape = apply_shape(0, 1, 0);
    goto apply;

finalize: /* finalizers wait, and whole frames from Sp on */
    answer = ANSWER_OBJECT;
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
    raised = machine_raise(m);
unwound:
    if (raised == RAISE_EXHAUSTED) return OUT_OF_MEMORY;
    if (raised == RAISE_UNCAUGHT) return LOOP_UNCAUGHT;
    R1 = m->r1;
    LOAD;
    shape = RAISE_SHAPE;
    goto apply;

interrupt_saving: /* in the two words at Sp R1 is kept, to be given to the frame above */
    Sp[0] = (Word)m->save_frame;
    Sp[1] = R1;
    TELL(pushed, Sp);
interrupt: /* UserInterrupt has come; whole frames from Sp on, of which the first can be returned to */
    *m->config.user_interrupt = 0;
    answer = ANSWER_OBJECT;
    R1 = m->user_interrupt;
raise_async: /* the same of any exception, R1 */
    SAVE;
    m->r1 = R1;
    raised = machine_raise_async(m);
    goto unwound;

    /* ---- Entering code */

#define FUN_ENTRY(GO_ON)                                                                                     \
    {                                                                                                        \
        ROOM(pc[1], pc[2]);                                                                                  \
        GO_ON(3);                                                                                            \
    }
do_FUN_ENTRY:
    FUN_ENTRY(NEXT)

do_THUNK_ENTRY : {
    size_t words = pc[1];
    STEP_TO(.rule = RULE_ENTER_THUNK, .subject = R1);
    THUNK_ROOM(words + 2);
    PUSH_UPDATE(m->update_frame, R1);
    NEXT(2);
}

#define THUNK_ENTRY_EAGER(GO_ON)                                                                             \
    {                                                                                                        \
        size_t words = pc[1];                                                                                \
        STEP_TO(.rule = RULE_ENTER_THUNK, .subject = R1);                                                    \
        THUNK_ROOM(words + 2);                                                                               \
        PUSH_UPDATE(m->update_frame, R1);                                                                    \
        machine_blackhole(m, (Closure *)R1);                                                                 \
        TELL(blackholed, (Closure *)R1, true);                                                               \
        GO_ON(2);                                                                                            \
    }
do_THUNK_ENTRY_EAGER:
    THUNK_ENTRY_EAGER(NEXT)

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

#define LOAD_FREE(n, GO_ON)                                                                                  \
    {                                                                                                        \
        Word *to = &SLOT(pc[1]);                                                                             \
        const Word *from = (const Word *)ref_closure(R1) + pc[2];                                            \
        TIMES(n) to[i] = from[i];                                                                            \
        if (CAREFUL && pc[2] == THUNK_HEADER && ref_closure(R1)->info->kind == KIND_BLACKHOLE)               \
            filler_write(m->infos, (Word *)from, n);                                                         \
        GO_ON(4);                                                                                            \
    }
    SIZES(LOAD_FREE, pc[3])

do_LOAD_SELF:
    SLOT(pc[1]) = (Word)ref_closure(R1) | pc[2];
    NEXT(3);

#define HEAP_CHECK(GO_ON)                                                                                    \
    {                                                                                                        \
        size_t words = pc[1];                                                                                \
        if (unlikely(Hp + words > HpLim)) {                                                                  \
            MAKE_WHOLE(pc[2]);                                                                               \
            SAVE;                                                                                            \
            if (!machine_need(m, words)) return OUT_OF_MEMORY;                                               \
            LOAD;                                                                                            \
            RAISE_PENDING;                                                                                   \
            RAISE_INTERRUPT;                                                                                 \
            RUN_FINALIZERS(true);                                                                            \
            PUT_BACK(pc[2]);                                                                                 \
        }                                                                                                    \
        TELL(checked, words);                                                                                \
        GO_ON(3);                                                                                            \
    }
do_HEAP_CHECK:
    HEAP_CHECK(NEXT)

    /* ---- Allocation */

#define ALLOC_VALUE(n, GO_ON)                                                                                \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[2]);                                             \
        Hp[0] = (Word)info;                                                                                  \
        TIMES(n) Hp[1 + i] = ATOM(pc[4 + i]);                                                                \
        SLOT(pc[1]) = (Word)Hp | info->tag;                                                                  \
        TELL(allocated, Hp, Hp + 1 + n, m->site);                                                            \
        Hp += 1 + n;                                                                                         \
        GO_ON(4 + n);                                                                                        \
    }
    SIZES(ALLOC_VALUE, pc[3])

#define ALLOC_THUNK(n, GO_ON)                                                                                \
    {                                                                                                        \
        Hp[0] = CONST(pc[2]);                                                                                \
        if (CAREFUL) Hp[1] = 0;                                                                              \
        TIMES(n) Hp[THUNK_HEADER + i] = ATOM(pc[4 + i]);                                                     \
        SLOT(pc[1]) = (Word)Hp;                                                                              \
        TELL(allocated, Hp, Hp + THUNK_HEADER + n, m->site);                                                 \
        Hp += THUNK_HEADER + n;                                                                              \
        GO_ON(4 + n);                                                                                        \
    }
    SIZES(ALLOC_THUNK, pc[3])

#define ALLOC_R1(n, GO_ON)                                                                                   \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[1]);                                             \
        Hp[0] = (Word)info;                                                                                  \
        TIMES(n) Hp[1 + i] = ATOM(pc[3 + i]);                                                                \
        R1 = (Word)Hp | info->tag;                                                                           \
        TELL(allocated, Hp, Hp + 1 + n, m->site);                                                            \
        Hp += 1 + n;                                                                                         \
        GO_ON(3 + n);                                                                                        \
    }
    SIZES(ALLOC_R1, pc[2])

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
#define WITH_VALUE(GO_ON, operands)                                                                          \
    do {                                                                                                     \
        if (ref_tag(R1)) {                                                                                   \
            STEP_TO(.rule = RULE_ENTER_VALUE, .subject = R1, .tag_hit = true);                               \
            GO_ON(1 + (operands));                                                                           \
        }                                                                                                    \
    } while (0)

#define EVAL(GO_ON)                                                                                          \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        Sp += (int16_t)pc[3];                                                                                \
        WITH_VALUE(GO_ON, 3);                                                                                \
        WAIT(pc[2], 0, );                                                                                    \
        goto enter;                                                                                          \
    }
do_EVAL:
    EVAL(NEXT)

#define EVAL_MOVE(n, GO_ON)                                                                                  \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        Sp += (int16_t)pc[3];                                                                                \
        TIMES(n) SLOT(pc[6 + 2 * i]) = SLOT(pc[5 + 2 * i]);                                                  \
        WITH_VALUE(GO_ON, 4 + 2 * n);                                                                        \
        WAIT(pc[2], 0, );                                                                                    \
        goto enter;                                                                                          \
    }
    SIZES(EVAL_MOVE, pc[4])

do_EVAL_SAVE:
    R1 = ATOM(pc[1]);
    WITH_VALUE(NEXT, 4);
    WAIT(pc[2], pc[4], SAVE_LOCALS(pc[3]));
    goto enter;

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
#define CALL_KNOWN(n, GO_ON)      CALLS_KNOWN(n, PUSH_ARGUMENTS)
#define CALL_KNOWN_SAVE(n, GO_ON) CALLS_KNOWN(n, SAVE_PUSH_ARGUMENTS)
    SIZES(CALL_KNOWN, pc[5])
    SIZES(CALL_KNOWN_SAVE, pc[6])

#define CALLS_UNKNOWN(n, PUSH)                                                                               \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        shape = CONST(pc[2]);                                                                                \
        PUSH(n);                                                                                             \
        goto apply;                                                                                          \
    }
#define CALL_UNKNOWN(n, GO_ON)      CALLS_UNKNOWN(n, PUSH_ARGUMENTS)
#define CALL_UNKNOWN_SAVE(n, GO_ON) CALLS_UNKNOWN(n, SAVE_PUSH_ARGUMENTS)
    SIZES(CALL_UNKNOWN, pc[5])
    SIZES(CALL_UNKNOWN_SAVE, pc[6])

#define TAIL_KNOWN(n, GO_ON)                                                                                 \
    {                                                                                                        \
        const InfoTable *info = (const InfoTable *)CONST(pc[2]);                                             \
        R1 = ATOM(pc[1]);                                                                                    \
        ARGUMENTS_FOR_FRAME(n);                                                                              \
        STEP_TO(.rule = RULE_APPLY_EXACT, .subject = R1, .args = info->con_tag, .arity = info->con_tag);     \
        RUN_CALL(info);                                                                                      \
    }
    SIZES(TAIL_KNOWN, pc[4])

#define TAIL_UNKNOWN(n, GO_ON)                                                                               \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        shape = CONST(pc[2]);                                                                                \
        ARGUMENTS_FOR_FRAME(n);                                                                              \
        goto apply;                                                                                          \
    }
    SIZES(TAIL_UNKNOWN, pc[4])

#define CALLS_METHOD(n, PUSH)                                                                                \
    {                                                                                                        \
        NEED_CON;                                                                                            \
        R1 = ((const Word *)ref_closure(R1))[pc[1]];                                                         \
        shape = CONST(pc[2]);                                                                                \
        PUSH(n);                                                                                             \
        goto apply;                                                                                          \
    }
#define CALL_METHOD(n, GO_ON)      CALLS_METHOD(n, PUSH_ARGUMENTS)
#define CALL_METHOD_SAVE(n, GO_ON) CALLS_METHOD(n, SAVE_PUSH_ARGUMENTS)
    SIZES(CALL_METHOD, pc[5])
    SIZES(CALL_METHOD_SAVE, pc[6])

#define TAIL_METHOD(n, GO_ON)                                                                                \
    {                                                                                                        \
        NEED_CON;                                                                                            \
        R1 = ((const Word *)ref_closure(R1))[pc[1]];                                                         \
        shape = CONST(pc[2]);                                                                                \
        ARGUMENTS_FOR_FRAME(n);                                                                              \
        goto apply;                                                                                          \
    }
    SIZES(TAIL_METHOD, pc[4])

do_ENTER:
    R1 = ATOM(pc[1]);
    Sp += pc[2];
    if (!ref_tag(R1)) goto enter;
    STEP_TO(.rule = RULE_ENTER_VALUE, .subject = R1, .tag_hit = true);
    goto give;

#define RETURN(GO_ON)                                                                                        \
    {                                                                                                        \
        R1 = ATOM(pc[1]);                                                                                    \
        Sp += pc[2];                                                                                         \
        goto give;                                                                                           \
    }
do_RETURN:
    RETURN(NEXT)

#define RETURN_CON(n, GO_ON)                                                                                 \
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

do_RAISE_ASYNC:
    operand = ATOM(pc[1]);
    WAIT(pc[2], pc[4], SAVE_LOCALS(pc[3]));
    R1 = operand;
    goto raise_async;

do_RAISE_ASYNC_TAIL:
    R1 = ATOM(pc[1]);
    Sp += pc[2];
    goto raise_async;

    /* ---- Moving and choosing */

do_SET_R1:
    R1 = ATOM(pc[1]);
    NEXT(2);

do_SET_MULTI : {
    size_t n = pc[1];
    for (size_t i = 0; i < n; i++) m->multi[i] = ATOM(pc[2 + i]);
    NEXT(2 + n);
}

#define MOVE(GO_ON)                                                                                          \
    {                                                                                                        \
        SLOT(pc[1]) = ATOM(pc[2]);                                                                           \
        GO_ON(3);                                                                                            \
    }
do_MOVE:
    MOVE(NEXT)

#define MOVES(n, GO_ON)                                                                                      \
    {                                                                                                        \
        Word values[APPLY_MAX_ARGS];                                                                         \
        TIMES(n) values[i] = ATOM(pc[3 + 2 * i]);                                                            \
        TIMES(n) SLOT(pc[2 + 2 * i]) = values[i];                                                            \
        GO_ON(2 + 2 * n);                                                                                    \
    }
    SIZES(MOVES, pc[1])

#define GET_R1(GO_ON)                                                                                        \
    {                                                                                                        \
        SLOT(pc[1]) = R1;                                                                                    \
        GO_ON(2);                                                                                            \
    }
do_GET_R1:
    GET_R1(NEXT)

do_GET_MULTI:
    words_copy(&SLOT(pc[1]), m->multi, pc[2]);
    NEXT(3);

#define FIELD(GO_ON)                                                                                         \
    {                                                                                                        \
        NEED_CON;                                                                                            \
        SLOT(pc[1]) = ((const Word *)ref_closure(R1))[pc[2]];                                                \
        GO_ON(3);                                                                                            \
    }
do_FIELD:
    FIELD(NEXT)

#define FIELDS(n, GO_ON)                                                                                     \
    {                                                                                                        \
        const Word *from = (const Word *)ref_closure(R1) + pc[2];                                            \
        Word *to = &SLOT(pc[1]);                                                                             \
        TIMES(n) to[i] = from[i];                                                                            \
        GO_ON(4);                                                                                            \
    }
    SIZES(FIELDS, pc[3])

do_CON_TAG:
    NEED_CON;
    SLOT(pc[1]) = ref_closure(R1)->info->con_tag;
    NEXT(2);

#define TAG_TO_CON(GO_ON)                                                                                    \
    {                                                                                                        \
        SLOT(pc[1]) = K[pc[3] + ATOM(pc[2])];                                                                \
        GO_ON(4);                                                                                            \
    }
do_TAG_TO_CON:
    TAG_TO_CON(NEXT)

do_JUMP:
    BRANCH(pc + 1);

do_SHIFT_JUMP:
    Sp += (int16_t)pc[1];
    BRANCH(pc + 2);

#define EXPECT(GO_ON)                                                                                        \
    {                                                                                                        \
        const CodeExpectation *x = (const CodeExpectation *)CONST(pc[1]);                                    \
        if ((CAREFUL || UNTYPED) && !meets_itself(R1, x) && !machine_meets(m, R1, x)) {                      \
            Sp += pc[2];                                                                                     \
            SAVE;                                                                                            \
            return machine_misfit(m, pc, m->misfit);                                                         \
        }                                                                                                    \
        GO_ON(3);                                                                                            \
    }
do_EXPECT:
    EXPECT(NEXT)

#define SWITCH_CON(GO_ON)                                                                                    \
    {                                                                                                        \
        Word tag = ref_tag(R1);                                                                              \
        tag = tag == TAG_MASK ? ref_closure(R1)->info->con_tag : tag - 1;                                    \
        if (unlikely(tag >= pc[1])) NEXT(2 + 2 * pc[1]);                                                     \
        BRANCH(pc + 2 + 2 * tag);                                                                            \
    }
do_SWITCH_CON:
    SWITCH_CON(NEXT)

#define SWITCH_WORD(GO_ON)                                                                                   \
    {                                                                                                        \
        Word value = ATOM(pc[1]);                                                                            \
        size_t n = pc[4];                                                                                    \
        const Cell *row = pc + 5;                                                                            \
        for (size_t i = 0; i < n; i++, row += 3)                                                             \
            if (CONST(row[0]) == value) BRANCH(row + 1);                                                     \
        BRANCH(pc + 2);                                                                                      \
    }
do_SWITCH_WORD:
    SWITCH_WORD(NEXT)

#define UNLESS(type, comparison)                                                                             \
    {                                                                                                        \
        type x = (type)ATOM(pc[1]), y = (type)ATOM(pc[2]);                                                   \
        if (comparison) NEXT(5);                                                                             \
        BRANCH(pc + 3);                                                                                      \
    }
#define UNLESS_IntEq(GO_ON) UNLESS(Word, x == y)
#define UNLESS_IntNe(GO_ON) UNLESS(Word, x != y)
#define UNLESS_IntLt(GO_ON) UNLESS(int64_t, x < y)
#define UNLESS_IntLe(GO_ON) UNLESS(int64_t, x <= y)
#define UNLESS_IntGt(GO_ON) UNLESS(int64_t, x > y)
#define UNLESS_IntGe(GO_ON) UNLESS(int64_t, x >= y)
do_UNLESS_IntEq:
    UNLESS_IntEq(NEXT);

do_UNLESS_IntNe:
    UNLESS_IntNe(NEXT);

do_UNLESS_IntLt:
    UNLESS_IntLt(NEXT);

do_UNLESS_IntLe:
    UNLESS_IntLe(NEXT);

do_UNLESS_IntGt:
    UNLESS_IntGt(NEXT);

do_UNLESS_IntGe:
    UNLESS_IntGe(NEXT);

    /* ---- Primitives */

#include "eval/machine_prims.h"

#ifdef PAIRS
#include "eval/machine_boxed.h"
#include "eval/machine_pairs.h"
#endif

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

do_ENTER_AP_STACK : {
    size_t words = machine_resume_words((const Closure *)R1);
    STEP_TO(.rule = RULE_ENTER_THUNK, .subject = R1);
    THUNK_ROOM(words);
    SAVE;
    m->r1 = R1;
    machine_resume(m);
    R1 = m->r1;
    LOAD;
    if (!ref_tag(R1)) goto enter;
    if (UNTYPED && ((const InfoTable *)Sp[0])->awaits) answer = ((const InfoTable *)Sp[0])->awaits;
    goto give;
}

do_RETURN_SELECT:
    NEED_CON;
    if (UNTYPED && !machine_has_field(m, R1, Sp[1])) {
        SAVE;
        return machine_misfit(m, pc, m->misfit);
    }
    R1 = ref_closure(R1)->payload[Sp[1]];
    Sp += 2;
    if (ref_tag(R1)) goto give;
    goto enter;

do_RETURN_KEEP:
    Sp += 2;
    goto give;

do_RETURN_SAVED:
    R1 = Sp[1];
    Sp += 2;
    goto give;

do_RETURN_MASK:
    machine_set_masking(m, Sp[1]);
    if (unlikely(machine_is_interrupted(m, false))) goto interrupt_saving;
    Sp += 2;
    goto give;

do_RETURN_FINALIZERS:
    answer = ANSWER_OBJECT;
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

do_NO_ALTERNATIVE:
    Sp += pc[1];
    SAVE;
    return machine_misfit(m, pc, "no alternative of a case fits");

do_ANSWERS:
    answer = CONST(pc[1]);
    NEXT(2);

do_NEED_OBJECT:
    if (!machine_is_object(m, ATOM(pc[1]), (Kind)pc[2], (PrimopId)pc[3])) {
        Sp += pc[4];
        SAVE;
        return machine_misfit(m, pc, m->misfit);
    }
    NEXT(5);

do_NEED_TAG:
    if (unlikely(ATOM(pc[1]) >= pc[2])) {
        Sp += pc[3];
        SAVE;
        return machine_misfit(m, pc, "a type has fewer constructors than `tagToEnum#` is told");
    }
    NEXT(4);

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
