/* The machine: loads a checked program into a heap and runs it.
 *
 * A machine is a handle; it uses one heap and one program, which outlive it. Instances of one interpreter
 * loop exist: the *fast* one, for programs of GHC's, whose types fit; the *untyped* one, for all others,
 * which finds out where they do not; and the *careful* one, which runs whenever somebody observes, sanity
 * level is 3 or more, or stress is on: it tells the observer, writes fillers behind updated thunks, and polls
 * at safe points. All execute the same code and allocate and collect at the same places.
 *
 * Follows: Marlow, Peyton Jones, "Making a fast curry: push/enter vs. eval/apply for higher-order languages"
 * (JFP 2006); GHC, rts/Interpreter.c, rts/Apply.cmm. */
#ifndef THUNKSCOPE_EVAL_MACHINE_H
#define THUNKSCOPE_EVAL_MACHINE_H

#include <signal.h>
#include <stdio.h>

#include "eval/observer.h"
#include "eval/profile.h"
#include "eval/syntax.h"
#include "gc/heap.h"

typedef struct MachineConfig {
    const char *program_name; /* as error messages print it */
    int arg_count;
    char *const *args;
    bool lazy_blackholing; /* false: eager, so that every black hole is seen; GHC is lazy */
    bool is_typed;         /* types fit, although the program has not been linked: no check finds out */
    bool no_squeezing;     /* adjacent update frames stay; they are squeezed where black holes are lazy */
    const EvalObserver *observer; /* NULL: nobody; copied */
    Profile *profile;             /* NULL: none is taken; nor is it of a careful run */
    /* Not 0: the run stops at its next safe point; whoever allocates passes one. A signal's handler may set
     * it. NULL: nobody will. */
    const volatile sig_atomic_t *interrupted;
    /* Not 0: UserInterrupt is raised at the next safe point at which the thread is not masked, or where it
     * waits; then it is 0 again. NULL: never. */
    volatile sig_atomic_t *user_interrupt;
    FILE *out, *err; /* stdout, stderr of the program */
} MachineConfig;

typedef enum RunStatus {
    RUN_OK,             /* the program ended by itself: exit code in *exit_code */
    RUN_UNCAUGHT,       /* an exception left the outermost frame (without the library's topHandler): 1; or the
                           program's types do not fit: 254 */
    RUN_HEAP_EXHAUSTED, /* 251 */
    RUN_STOPPED,        /* the observer's safe_point said so, or it was interrupted */
} RunStatus;

typedef struct Machine Machine;

/* Compiles and loads the program's static closures. NULL: the sentence in error says why (a name that the
 * runtime needs is missing); it is empty if memory is wanting. */
Machine *machine_new(Heap *heap, const Program *program, const MachineConfig *config, char *error,
                     size_t error_size);
void machine_free(Machine *m);
/* Runs `topHandler main` with State#. May collect. */
RunStatus machine_run(Machine *m, const char *main_name, int *exit_code);
/* The signal by which the program has asked to end, the exit code being 128 more; 0: none. */
int machine_exit_signal(const Machine *m);
/* The sentence about a heap that is exhausted, on the program's stderr. */
void machine_report_heap_overflow(const Machine *m);
/* The code of a function or of the whole program as text, for people and tests. */
void machine_disassemble(const Machine *m, FILE *out);

/* Reads the library that the evaluator ships into p, which is empty. False: diagnoses (a bug of ours). */
bool library_load(Program *p);
/* Reads a program and what it needs: the library, unless it has been linked (eval/link.h). False: diagnoses.
 */
bool program_read(Program *p, const char *path);

#endif
