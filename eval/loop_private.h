/* What the interpreter loop is written in: operands, dispatch, frames, what an observer is told. For
 * machine_loop.h, in whose words it speaks. */
#ifndef THUNKSCOPE_EVAL_LOOP_PRIVATE_H
#define THUNKSCOPE_EVAL_LOOP_PRIVATE_H

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
#define PROFILE_ENTER(info) profile_enter(m->config.profile, info, pc)
#else
#define DISPATCH            goto *handlers[*pc]
#define PROFILE_ENTER(info) (void)0
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
        PROFILE_ENTER(info);                                                                                 \
        DISPATCH;                                                                                            \
    } while (0)
#define RUN(info)      RUN_CELLS((info)->entry, info)
#define RUN_CALL(info) RUN_CELLS((info)->call, info)
/* An instruction whose last operand is a number, and those in which it is 1, 2 or 3. */
#define SIZES(name, number)                                                                                  \
    do_##name : name((size_t)number, NEXT) do_##name##_1 : name(1, NEXT) do_##name##_2                       \
        : name(2, NEXT) do_##name##_3 : name(3, NEXT)
#define TIMES(n)        _Pragma("GCC unroll 4") for (size_t i = 0; i < (n); i++)
#define TARGET(operand) ((operand) + jump_distance(operand))
#define BRANCH(operand)                                                                                      \
    do {                                                                                                     \
        pc = TARGET(operand);                                                                                \
        DISPATCH;                                                                                            \
    } while (0)
#define SAVE (m->sp = Sp, m->heap->hp = Hp)
#define LOAD (Sp = m->sp, Hp = m->heap->hp, HpLim = m->heap->hp_lim)
static inline bool stays_in_place(const Closure *c) { return Bdescr(c)->flags & (BF_LARGE | BF_PINNED); }

/* Primitives that compute a word from words. */
#define PURE1(primitive, arg, result, value)                                                                 \
    static inline Word pure_##primitive(Word word)                                                           \
    {                                                                                                        \
        arg x = WORD_TO_##arg(word);                                                                         \
        return result##_TO_WORD(value);                                                                      \
    }
#define PURE2(primitive, arg, result, value)                                                                 \
    static inline Word pure_##primitive(Word first, Word second)                                             \
    {                                                                                                        \
        arg x = WORD_TO_##arg(first), y = WORD_TO_##arg(second);                                             \
        return result##_TO_WORD(value);                                                                      \
    }
#include "eval/pure.def"
#undef PURE1
#undef PURE2

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

/* More than a function of boxed arithmetic and its arguments take of the stack. */
enum { BOXED_ROOM = 32 };

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

/* The frame at Sp can be returned to. */
#define RAISE_INTERRUPT                                                                                      \
    do {                                                                                                     \
        if (unlikely(machine_is_interrupted(m, false))) {                                                    \
            TELL(pushed, Sp);                                                                                \
            goto interrupt;                                                                                  \
        }                                                                                                    \
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
#define PUT_BACK(liveness) (Sp += ((const InfoTable *)CONST(liveness))->below)

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

/* STG text is not typed: where nobody has proved that types fit, what is answered is compared with what is
 * awaited, and by frames that wait for any is handed on. */
#define NEED_AWAITED(frame)                                                                                  \
    do {                                                                                                     \
        if (!UNTYPED) break;                                                                                 \
        if (likely((frame)->awaits == answer)) {                                                             \
            answer = ANSWER_OBJECT;                                                                          \
        } else if ((frame)->awaits) {                                                                        \
            SAVE;                                                                                            \
            machine_answer_differs(m, answer, frame);                                                        \
            return machine_misfit(m, pc, m->misfit);                                                         \
        }                                                                                                    \
    } while (0)

/* A function of as many arguments is applied: they are what it takes. */
static inline bool function_takes(const InfoTable *info, Word shape)
{
    return info->arg_words == apply_words(shape) && info->bitmap.inline_bits == apply_bitmap(shape);
}

/* It is a constructor that is expected, by its own info table. */
static inline bool meets_itself(Word r1, const CodeExpectation *x)
{
    const InfoTable *info = ref_closure(r1)->info;
    return info->kind == KIND_CON && info->con_tag < x->count && x->cons[info->con_tag] == info;
}

/* The careful loop proves that what a case selects from is a constructor. */
#define NEED_CON                                                                                             \
    do {                                                                                                     \
        if (CAREFUL && ref_closure(R1)->info->kind != KIND_CON)                                              \
            panic("`%s` is a %s, but a case wants a constructor", ref_closure(R1)->info->name,               \
                  kinds[ref_closure(R1)->info->kind].spoken);                                                \
    } while (0)

#define NEED_ELEMENT(array, index)                                                                           \
    do {                                                                                                     \
        if ((CAREFUL || UNTYPED) && (index) >= closure_words(array)[ARRAY_PTRS]) {                           \
            SAVE;                                                                                            \
            return machine_out_of_bounds(m, pc, "element", index, "an array",                                \
                                         closure_words(array)[ARRAY_PTRS]);                                  \
        }                                                                                                    \
    } while (0)

/* Libraries keep arrays of bits in words, of which the last may reach beyond the bytes asked for. */
#define NEED_BYTES(array, from, count)                                                                       \
    do {                                                                                                     \
        Word bytes = closure_words(array)[BYTES_COUNT], room = (bytes + WORD_BYTES - 1) & -WORD_BYTES;       \
        if ((CAREFUL || UNTYPED) && ((from) > room || (count) > room - (from))) {                            \
            SAVE;                                                                                            \
            return machine_out_of_bounds(m, pc, "byte", from, "a byte array", bytes);                        \
        }                                                                                                    \
    } while (0)

#endif
