/* The part of the interpreter loop with calls of boxed arithmetic: Note [Boxed arithmetic] in boxed.def. No
 * include guard: part of machine_loop.h. */

/* The value that the reference leads to, as far as an indirection shows; untagged: it is not known to be one.
 */
#define VALUE_OF(m, ref)                                                                                     \
    (ref_tag(ref) || ((const Closure *)(ref))->info != (m)->ind ? (ref) : ((const Word *)(ref))[IND_TARGET])

#define HAS_ROOM_BOX  (Hp + 2 <= HpLim)
#define HAS_ROOM_TEST true
#define ANSWER_BOX(value)                                                                                    \
    do {                                                                                                     \
        Hp[0] = (Word)ref_closure(first)->info;                                                              \
        Hp[1] = (value);                                                                                     \
        R1 = (Word)Hp | 1;                                                                                   \
        Hp += 2;                                                                                             \
    } while (0)
#define ANSWER_TEST(value) (R1 = m->code.truths[value])

/* The arguments are at pc[at], and Sp is put up by so many words for the answer. */
#define BOXED_CALL(primitive, answer, call, at, words, GIVE)                                                 \
    {                                                                                                        \
        Word first = ATOM(pc[at]), second = ATOM(pc[(at) + 1]);                                              \
        first = VALUE_OF(m, first);                                                                          \
        second = VALUE_OF(m, second);                                                                        \
        if (likely(ref_tag(first) && ref_tag(second) && HAS_ROOM_##answer &&                                 \
                   Sp + (words) >= m->sp_lim + BOXED_ROOM)) {                                                \
            ANSWER_##answer(                                                                                 \
                pure_##primitive(ref_closure(first)->payload[0], ref_closure(second)->payload[0]));          \
            GIVE;                                                                                            \
        }                                                                                                    \
        call(2, NEXT)                                                                                        \
    }
#define GIVE_TO_FRAME                                                                                        \
    do {                                                                                                     \
        Sp += pc[3];                                                                                         \
        goto give;                                                                                           \
    } while (0)
/* What is behind the return point is in this unit, and does not read its own info word. */
#define GO_ON_BEHIND(point, words, SAVES)                                                                    \
    do {                                                                                                     \
        Sp += (int16_t)(words);                                                                              \
        SAVES;                                                                                               \
        pc = ((const InfoTable *)CONST(point))->entry;                                                       \
        DISPATCH;                                                                                            \
    } while (0)

#define BOXED(primitive, answer)                                                                             \
    do_TAIL_KNOWN__##primitive : BOXED_CALL(primitive, answer, TAIL_KNOWN, 5, 0, GIVE_TO_FRAME)              \
                                     do_CALL_KNOWN__##primitive                                              \
        : BOXED_CALL(primitive, answer, CALL_KNOWN, 6, (int16_t)pc[4], GO_ON_BEHIND(pc[3], pc[4], ))         \
              do_CALL_KNOWN_SAVE__##primitive                                                                \
        : BOXED_CALL(primitive, answer, CALL_KNOWN_SAVE, 7, (int16_t)pc[5],                                  \
                     GO_ON_BEHIND(pc[3], pc[5], SAVE_LOCALS(pc[4])))
#include "eval/boxed.def"
#undef BOXED
