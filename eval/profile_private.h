/* The profile's own counters, as the loop sees them. */
#ifndef THUNKSCOPE_EVAL_PROFILE_PRIVATE_H
#define THUNKSCOPE_EVAL_PROFILE_PRIVATE_H

#include "eval/code_private.h"
#include "eval/profile.h"

/* What is counted: instructions, then primitives that one instruction executes by their number. */
enum { PROFILE_ROWS = OP_COUNT + PRIM_COUNT };

struct Profile {
    uint64_t executed[PROFILE_ROWS];
    volatile uint64_t samples[PROFILE_ROWS];
    volatile uint32_t row; /* that is being executed */
};

static inline void profile_count(Profile *p, const Cell *pc)
{
    uint32_t row = opcodes[*pc].plain;
    if (row == OP_COMPUTE || row == OP_CALL || row == OP_OUTSIDE) row = OP_COUNT + pc[2];
    p->executed[row]++;
    p->row = row;
}

#endif
