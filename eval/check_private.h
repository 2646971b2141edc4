/* The passes of the checker. Each walks the whole program once and expects those before it to have found
 * nothing wrong. */
#ifndef THUNKSCOPE_EVAL_CHECK_PRIVATE_H
#define THUNKSCOPE_EVAL_CHECK_PRIVATE_H

#include "eval/front_private.h"

/* Names become declarations; constructors and primitives are saturated (check_scope.c). */
void check_scope(Program *p);
/* Every binder gets its representation, every case its kind; atoms fit where they stand (check_reps.c). */
void check_reps(Program *p);
/* Free variables, recursion, use; let-no-escape names stand in tail position (check_free.c). */
void check_free(Program *p);

/* ---- Representations and cases (check_case.c) */

/* What an expression answers, as far as it shows. */
typedef struct Result {
    enum { RESULT_UNKNOWN, RESULT_VALUE, RESULT_TUPLE } kind;
    Reps reps;      /* VALUE: one, void too. TUPLE: of its components without void */
    bool token;     /* a State# token, or something else that is void, comes with it */
    bool slot;      /* it, or its components, may be words of an unboxed sum */
    DataType *type; /* VALUE: it has been built by a constructor of that type; NULL: not known */
} Result;

Result result_value(Rep rep);
Result result_of_type(DataType *type);
/* Void components are left out. */
Result result_tuple(Arena *a, const Rep *each, uint32_t count);
Result result_of_primop(Arena *a, const Primop *op);
/* Char# is Word# in GHC's eyes; otherwise equal. */
bool rep_agrees(Rep a, Rep b);
/* An evaluated pointer may stand for a lifted one. */
bool rep_fits(Rep expected, Rep actual);
/* GHC puts the words that the alternatives of an unboxed sum hold, whatever they are, into one place, of
 * representation W. Such a place may be a parameter, a field or a component of a tuple. */
bool binder_is_slot(const Binder *b);
/* The slot can hold that. */
bool slot_fits(Rep slot, Rep rep);
/* Gives a binder its representation, or compares it with what was written. */
void binder_set_rep(Program *p, Binder *b, Rep rep);
static inline const char *plural(uint32_t n) { return n == 1 ? "" : "s"; }
/* A call of a function that is known to take more arguments. */
bool expr_is_partial(const Expr *e);
/* Says so where what it answers is needed. */
void refuse_partial(Program *p, const Expr *e);
/* Completes a case whose scrutinee answers that. */
void case_complete(Program *p, Expr *e, Result r);

#endif
