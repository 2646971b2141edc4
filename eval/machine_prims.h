/* The part of the interpreter loop that runs primitives: a piece of the template of machine_loop.h, which
 * says what the names mean. No include guard. */
#define PURE1(primitive, arg, result, value)                                                                 \
    do_##primitive:                                                                                          \
    {                                                                                                        \
        SLOT(pc[1]) = pure_##primitive(ATOM(pc[2]));                                                         \
        NEXT(3);                                                                                             \
    }
#define COMPUTE2(primitive, GO_ON)                                                                           \
    {                                                                                                        \
        SLOT(pc[1]) = pure_##primitive(ATOM(pc[2]), ATOM(pc[3]));                                            \
        GO_ON(4);                                                                                            \
    }
#define PURE2(primitive, arg, result, value) do_##primitive : COMPUTE2(primitive, NEXT)
#include "eval/pure.def"
#undef PURE1
#undef PURE2

/* GHC's primitive has no answer for a divisor of 0; ours raises. */
#define DIVIDE1(name, type, value)                                                                           \
    do_##name:                                                                                               \
    {                                                                                                        \
        type x = (type)ATOM(pc[2]), y = (type)ATOM(pc[3]);                                                   \
        if (unlikely(y == 0)) DIVIDED_BY_ZERO(pc[4]);                                                        \
        SLOT(pc[1]) = (Word)(value);                                                                         \
        NEXT(5);                                                                                             \
    }
#define DIVIDE2(name, type, quotient, remainder)                                                             \
    do_##name:                                                                                               \
    {                                                                                                        \
        type x = (type)ATOM(pc[3]), y = (type)ATOM(pc[4]);                                                   \
        if (unlikely(y == 0)) DIVIDED_BY_ZERO(pc[5]);                                                        \
        SLOT(pc[1]) = (Word)(quotient);                                                                      \
        SLOT(pc[2]) = (Word)(remainder);                                                                     \
        NEXT(6);                                                                                             \
    }
DIVIDE1(QUOT_INT, int64_t, int_quot(x, y))
DIVIDE1(REM_INT, int64_t, int_rem(x, y))
DIVIDE2(QUOT_REM_INT, int64_t, int_quot(x, y), int_rem(x, y))
DIVIDE1(QUOT_WORD, Word, x / y)
DIVIDE1(REM_WORD, Word, x % y)
DIVIDE2(QUOT_REM_WORD, Word, x / y, x % y)
#undef DIVIDE1
#undef DIVIDE2

do_ADD_INT_C:
{
    int64_t sum;
    Word x = ATOM(pc[3]), y = ATOM(pc[4]);
    SLOT(pc[2]) = __builtin_add_overflow((int64_t)x, (int64_t)y, &sum);
    SLOT(pc[1]) = (Word)sum;
    NEXT(5);
}

do_SUB_INT_C:
{
    int64_t difference;
    Word x = ATOM(pc[3]), y = ATOM(pc[4]);
    SLOT(pc[2]) = __builtin_sub_overflow((int64_t)x, (int64_t)y, &difference);
    SLOT(pc[1]) = (Word)difference;
    NEXT(5);
}

do_COMPUTE:
{
    Word args[COMPUTE_MOST_ARGS];
    for (size_t i = 0; i < pc[3]; i++) args[i] = ATOM(pc[4 + i]);
    number_functions[pc[2]](args, &SLOT(pc[1]));
    NEXT(4 + pc[3]);
}

do_READ_MUT_VAR:
{
    SLOT(pc[1]) = ((const Word *)ref_closure(ATOM(pc[2])))[1];
    NEXT(3);
}

do_WRITE_MUT_VAR:
{
    Closure *var = ref_closure(ATOM(pc[1]));
    Word value = ATOM(pc[2]), old = closure_words(var)[1];
    heap_dirty_mut_var(m->heap, var);
    closure_words(var)[1] = value;
    TELL(wrote, var, 1, old, value);
    NEXT(3);
}

do_READ_SIZE:
{
    SLOT(pc[1]) = ((const Word *)ref_closure(ATOM(pc[2])))[1];
    NEXT(3);
}

do_READ_ARRAY:
{
    Closure *array = ref_closure(ATOM(pc[2]));
    Word index = ATOM(pc[3]);
    NEED_ELEMENT(array, index);
    SLOT(pc[1]) = closure_words(array)[pc[4] + index];
    NEXT(5);
}

do_WRITE_ARRAY:
{
    Closure *array = ref_closure(ATOM(pc[1]));
    Word index = ATOM(pc[2]), value = ATOM(pc[3]), *slot = closure_words(array) + pc[4] + index, old;
    NEED_ELEMENT(array, index);
    old = *slot;
    *slot = value;
    heap_dirty_array(m->heap, array, index);
    TELL(wrote, array, (uint32_t)(pc[4] + index), old, value);
    NEXT(5);
}

do_CALL:
{
    MAKE_WHOLE(pc[3]);
    SAVE;
    bool done = prim_call(m, pc, K);
    if (CAREFUL && m->stopping) return LOOP_STOPPED;
    LOAD;
    if (unlikely(!done)) {
        if (m->stopping) return LOOP_STOPPED;
        if (m->wait_ended) {
            m->wait_ended = false;
            TELL(pushed, Sp);
            goto interrupt;
        }
        RAISE_HERE(m->heap_overflow);
    }
    RAISE_PENDING;
    PUT_BACK(pc[3]);
    NEXT(5 + pc[4]);
}

/* Where element `index` from `base` on stands. An address has no distance from its element 0, and no bounds.
 */
#define ELEMENT_AT(base, index, distance, shift) ((char *)(base) + (distance) + ((index) << (shift)))
#define BYTE_ELEMENT(E, type, rep)                                                                           \
    do_LOAD_##E:                                                                                             \
    {                                                                                                        \
        type value;                                                                                          \
        Word base = ATOM(pc[2]), index = ATOM(pc[3]);                                                        \
        if (pc[4]) NEED_BYTES((Closure *)base, index << pc[5], sizeof value);                                \
        memcpy(&value, ELEMENT_AT(base, index, pc[4], pc[5]), sizeof value);                                 \
        SLOT(pc[1]) = (Word)value;                                                                           \
        if (CAREFUL && !pc[4])                                                                               \
            machine_input_memory(m, ELEMENT_AT(base, index, 0, pc[5]), (Word)value, rep[0] == 'A');          \
        NEXT(6);                                                                                             \
    }                                                                                                        \
    do_STORE_##E:                                                                                            \
    {                                                                                                        \
        Word base = ATOM(pc[1]), index = ATOM(pc[2]);                                                        \
        type value = (type)ATOM(pc[3]);                                                                      \
        void *at = ELEMENT_AT(base, index, pc[4], pc[5]);                                                    \
        if (pc[4]) NEED_BYTES((Closure *)base, index << pc[5], sizeof value);                                \
        if (CAREFUL) machine_bytes_change(m, pc[4] ? (Closure *)base : NULL, at, sizeof value);              \
        memcpy(at, &value, sizeof value);                                                                    \
        if (CAREFUL) machine_bytes_changed(m);                                                               \
        NEXT(6);                                                                                             \
    }
#define ELEMENT(E, type, rep) BYTE_ELEMENT(E, type, rep)
#include "eval/elements.def"
#undef BYTE_ELEMENT
#undef ELEMENT

do_OUTSIDE:
{
    SLOT(pc[1]) = machine_outside(m, (PrimopId)pc[2], ATOM(pc[3]), ATOM(pc[4]));
    NEXT(5);
}

do_PERFORM_GC:
{
    bool major = ATOM(pc[1]) != 0;
    MAKE_WHOLE(pc[2]);
    SAVE;
    if (!machine_collect(m, major)) return LOOP_EXHAUSTED;
    LOAD;
    RAISE_PENDING;
    RAISE_INTERRUPT;
    RUN_FINALIZERS(false);
    PUT_BACK(pc[2]);
    NEXT(3);
}

do_CCALL:
{
    if (likely(c_call(m, pc, K, Sp))) NEXT(5 + pc[4]);
    MAKE_WHOLE(pc[3]);
    SAVE;
    return LOOP_STOPPED;
}

do_EXIT:
{
    m->exit_code = (int)((ATOM(pc[1]) + pc[2]) & 0xff);
    m->exit_signal = pc[2] ? (int)ATOM(pc[1]) : 0;
    MAKE_WHOLE(pc[3]);
    SAVE;
    return LOOP_FINISHED;
}
