/* The part of the interpreter loop with the pairs (pairs.def): the first instruction goes on with the
 * second's macro, which dispatches. No include guard: part of machine_loop.h. */
#define LOAD_FREE_1(GO_ON)   LOAD_FREE(1, GO_ON)
#define LOAD_FREE_2(GO_ON)   LOAD_FREE(2, GO_ON)
#define LOAD_FREE_3(GO_ON)   LOAD_FREE(3, GO_ON)
#define ALLOC_THUNK_1(GO_ON) ALLOC_THUNK(1, GO_ON)
#define ALLOC_THUNK_2(GO_ON) ALLOC_THUNK(2, GO_ON)
#define ALLOC_THUNK_3(GO_ON) ALLOC_THUNK(3, GO_ON)
#define ALLOC_VALUE_1(GO_ON) ALLOC_VALUE(1, GO_ON)
#define ALLOC_VALUE_2(GO_ON) ALLOC_VALUE(2, GO_ON)
#define RETURN_CON_1(GO_ON)  RETURN_CON(1, GO_ON)
#define RETURN_CON_2(GO_ON)  RETURN_CON(2, GO_ON)
#define EVAL_MOVE_1(GO_ON)   EVAL_MOVE(1, GO_ON)
#define EVAL_MOVE_2(GO_ON)   EVAL_MOVE(2, GO_ON)
#define FIELDS_2(GO_ON)      FIELDS(2, GO_ON)
#define TAIL_KNOWN_2(GO_ON)  TAIL_KNOWN(2, GO_ON)
#define IntAdd(GO_ON)        COMPUTE2(IntAdd, GO_ON)
#define IntSub(GO_ON)        COMPUTE2(IntSub, GO_ON)

#define BEHIND(cells, second)                                                                                \
    do {                                                                                                     \
        pc += (cells);                                                                                       \
        second(NEXT)                                                                                         \
    } while (0)
#define AND_ALLOC_THUNK_1(cells) BEHIND(cells, ALLOC_THUNK_1)
#define AND_ALLOC_THUNK_2(cells) BEHIND(cells, ALLOC_THUNK_2)
#define AND_ALLOC_THUNK_3(cells) BEHIND(cells, ALLOC_THUNK_3)
#define AND_ALLOC_VALUE_1(cells) BEHIND(cells, ALLOC_VALUE_1)
#define AND_ALLOC_VALUE_2(cells) BEHIND(cells, ALLOC_VALUE_2)
#define AND_EVAL(cells)          BEHIND(cells, EVAL)
#define AND_EVAL_MOVE_1(cells)   BEHIND(cells, EVAL_MOVE_1)
#define AND_EVAL_MOVE_2(cells)   BEHIND(cells, EVAL_MOVE_2)
#define AND_EXPECT(cells)        BEHIND(cells, EXPECT)
#define AND_FIELD(cells)         BEHIND(cells, FIELD)
#define AND_FIELDS_2(cells)      BEHIND(cells, FIELDS_2)
#define AND_GET_R1(cells)        BEHIND(cells, GET_R1)
#define AND_HEAP_CHECK(cells)    BEHIND(cells, HEAP_CHECK)
#define AND_IntAdd(cells)        BEHIND(cells, IntAdd)
#define AND_LOAD_FREE_1(cells)   BEHIND(cells, LOAD_FREE_1)
#define AND_LOAD_FREE_2(cells)   BEHIND(cells, LOAD_FREE_2)
#define AND_LOAD_FREE_3(cells)   BEHIND(cells, LOAD_FREE_3)
#define AND_MOVE(cells)          BEHIND(cells, MOVE)
#define AND_RETURN(cells)        BEHIND(cells, RETURN)
#define AND_RETURN_CON_1(cells)  BEHIND(cells, RETURN_CON_1)
#define AND_RETURN_CON_2(cells)  BEHIND(cells, RETURN_CON_2)
#define AND_SWITCH_CON(cells)    BEHIND(cells, SWITCH_CON)
#define AND_SWITCH_WORD(cells)   BEHIND(cells, SWITCH_WORD)
#define AND_TAIL_KNOWN_2(cells)  BEHIND(cells, TAIL_KNOWN_2)
#define AND_UNLESS_IntEq(cells)  BEHIND(cells, UNLESS_IntEq)
#define AND_UNLESS_IntLt(cells)  BEHIND(cells, UNLESS_IntLt)

#define PAIR(first, second) do_##first##__##second : first(AND_##second)
#include "eval/pairs.def"
#undef PAIR
