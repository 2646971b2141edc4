/* The profile's own counters, as the loop sees them. */
#ifndef THUNKSCOPE_EVAL_PROFILE_PRIVATE_H
#define THUNKSCOPE_EVAL_PROFILE_PRIVATE_H

#include "eval/code_private.h"
#include "eval/profile.h"

/* What is counted: instructions, then primitives that one instruction executes by their number. */
enum { PROFILE_ROWS = OP_COUNT + PRIM_COUNT };

/* A right-hand side, or what the runtime has for its own objects and frames: the first unit, which has no
 * cells. */
typedef struct ProfileUnit {
    const Cell *cells, *entry, *call;
    uint32_t cell_count;
    uint64_t entered, executed;
    volatile uint64_t samples;
    char *name, *place; /* after the run */
    const InfoTable *info;
} ProfileUnit;

struct Profile {
    ProfileUnit *units; /* by address of their cells */
    uint32_t unit_count;
    ProfileUnit **unit_of;      /* by info table: whose code it runs */
    uint32_t info_count;        /* those that were there at the start */
    ProfileUnit *volatile unit; /* that is being executed */
    uint64_t executed[PROFILE_ROWS];
    volatile uint64_t samples[PROFILE_ROWS];
    volatile uint32_t row; /* that is being executed */
};

/* Code of that table is run, until another's is: a function's own only when it is called. */
static inline void profile_enter(Profile *p, const InfoTable *info, const Cell *cells)
{
    bool is_known = cells != code_enter_value && info->id < p->info_count;
    p->unit = is_known ? p->unit_of[info->id] : &p->units[0];
}

static inline void profile_count(Profile *p, const Cell *pc)
{
    ProfileUnit *unit = p->unit;
    unit->entered += pc == unit->entry || pc == unit->call;
    unit->executed++;
    uint32_t row = opcodes[*pc].plain;
    if (row == OP_COMPUTE || row == OP_CALL || row == OP_OUTSIDE) row = OP_COUNT + pc[2];
    p->executed[row]++;
    p->row = row;
}

#endif
