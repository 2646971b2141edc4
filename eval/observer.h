/* What the evaluator can tell (EvalObserver). Implemented by traces/recorder.c and by tests; every callback
 * may be NULL. The machine calls it in careful mode only: see eval/machine.h. No callback may allocate in the
 * heap or write to it. */
#ifndef THUNKSCOPE_EVAL_OBSERVER_H
#define THUNKSCOPE_EVAL_OBSERVER_H

#include "closures/closure.h"

/* The evaluation rules, one step each. The names are public: traces spell them. */
typedef enum StepRule {
#define RULE(name, spelling, text) RULE_##name,
#include "eval/rules.def"
#undef RULE
    RULE_COUNT
} StepRule;
extern const char *const step_rule_names[RULE_COUNT];

/* A place in the program where a step happens. Made by the compiler, in a dense table; lives as long as the
 * machine. */
typedef struct StepSite {
    uint32_t id;       /* dense, from 0 */
    SourceSpan span;   /* in the STG text */
    SourceSpan source; /* in the Haskell source, if a source note says so; file NULL otherwise */
    const char *text;  /* a short form of the expression: "let xs ys", "case zipWith f as", "+# x y" */
    const char *reps;  /* of the locals, in order */
    const char *names; /* of the locals in scope, separated by spaces */
} StepSite;

/* One step. locals[i] is described by site->reps[i]. */
typedef struct Step {
    StepRule rule;
    const StepSite *site;   /* where the code that runs stands; the last one known, NULL before the first */
    Ref subject;            /* the closure that is entered, applied, returned; 0: none */
    Word value;             /* return of an unboxed value */
    char value_rep;         /* its rep letter; 0: none */
    uint32_t args, arity;   /* apply: arguments given (void ones included), arity of the function */
    bool tag_hit;           /* the pointer's tag answered, the heap was not touched */
    const InfoTable *frame; /* return: the frame that receives it */
    const Word *locals;     /* let, letrec, case, jump: as many as site->reps has letters */
} Step;

/* Something that comes in from outside the heap. All but `from` may be missing. */
typedef struct EvalInput {
    const char *from; /* the C function that was called, or "argument", "text", "label", "memory" */
    bool has_value;
    bool is_of_process; /* the value is an address that another run has elsewhere */
    Word value;
    Word address; /* where an argument, a text, or what was read stands; 0: nowhere that the program sees */
    const Closure *array; /* a byte array whose words from `slot` on have just been written; else NULL */
    uint32_t slot;
    const Word *words; /* those, or the text's with the zeros that end it */
    size_t count;
} EvalInput;

typedef struct EvalObserver {
    void *context;
    void (*checked)(
        void *context,
        size_t words); /* a heap check has succeeded; a collection that it caused lies before it */
    /* [from, to) has been filled with objects, end to end; they may refer to each other. site may be NULL. */
    void (*allocated)(void *context, const Word *from, const Word *to, const StepSite *site);
    void (*allocated_static)(void *context,
                             const Closure *c); /* as the program is loaded: all before any other call */
    void (*updated)(void *context, const Closure *updatee, Ref value); /* it is an IND by now */
    void (*blackholed)(void *context, const Closure *c, bool eager);
    void (*wrote)(void *context, const Closure *c, uint32_t slot, Word old,
                  Word new_); /* word slot of the object */
    /* What C writes into byte arrays is told here, and not by `wrote`. */
    void (*input)(void *context, const EvalInput *input);
    /* An array or byte array has become smaller, and has so many words now, header included; or a byte array
     * has more or fewer bytes of its last word. */
    void (*shrunk)(void *context, const Closure *c, size_t words);
    void (*pushed)(void *context, const Word *frame); /* the frame's info word; all its words are set */
    void (*popped)(void *context, const Word *frame); /* it is still whole */
    void (*caf_entered)(void *context,
                        const Closure *caf); /* it is an IND_STATIC to its black hole by now, and a root */
    void (*raised)(void *context, Ref exception);
    void (*unwound)(void *context,
                    const Word *frame); /* frame that raise passed or reached; `popped` follows for each */
    void (*step)(void *context, const Step *step); /* only if `steps` */
    void (*thread)(void *context, const char *what, const Closure *tso, const char *why);
    void (*noted)(void *context, const char *text); /* traceEvent#, traceMarker# */
    void (*finished)(void *context, const char *reason, int exit_code);
    /* The heap is about to be asked for room, and may be collected: it tiles exactly, every frame is pushed.
     */
    void (*whole)(void *context);
    /* Called at safe points of careful mode: before each step if `steps`, else at each heap check. May wait
     * (lockstep). False: stop the run. */
    bool (*safe_point)(void *context);
    bool steps;
} EvalObserver;

#endif
