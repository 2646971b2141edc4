/* The machine's state, and the parts of it that stand outside the interpreter loop. */
#ifndef THUNKSCOPE_EVAL_MACHINE_PRIVATE_H
#define THUNKSCOPE_EVAL_MACHINE_PRIVATE_H

#include "eval/code_private.h"
#include "eval/machine.h"

/* Below sp_lim every chunk keeps so many words, for what is pushed without a check: arguments, apply and
 * catch frames. */
#define STACK_RESERVE 128u

/* Words of a byte array that are about to be changed, as they were, for the observer. */
typedef struct BytesChange {
    Closure *array;
    size_t first, count; /* words of it; 0: nobody hears of it */
    Word *old;
    size_t room;
} BytesChange;

/* A byte array that a C call may write to, as it was. */
typedef struct WatchedBytes {
    Closure *array;
    Word *old;
} WatchedBytes;

/* A file that the program has opened, for one writer or many readers. */
typedef struct FileLock {
    Word id, device, inode;
    bool for_writing;
} FileLock;

enum { SIGNAL_COUNT = 65, SAVED_TERMINALS = 3 };
#define BASE_STORES(STORE)                                                                                   \
    STORE(GHCConcSignalSignalHandlerStore)                                                                   \
    STORE(SystemEventThreadEventManagerStore)                                                                \
    STORE(SystemEventThreadIOManagerThreadStore)                                                             \
    STORE(SystemTimerThreadEventManagerStore)                                                                \
    STORE(SystemTimerThreadIOManagerThreadStore)
enum {
#define STORE(name) STORE_##name,
    BASE_STORES(STORE)
#undef STORE
        STORE_COUNT
};

/* What the functions of c_base.c keep between calls. */
typedef struct BaseState {
    int last_errno;           /* as the last C call left it */
    Word stores[STORE_COUNT]; /* stable pointers of which there is one to a process */
    FileLock *locks;
    size_t lock_count, lock_room;
    void *terminals[SAVED_TERMINALS]; /* settings of fd 0, 1, 2 as they were */
    int signal_actions[SIGNAL_COUNT]; /* as installed, in the numbers of GHC's stg_sig_install */
    Word argument_vector;             /* Addr# of NULL-terminated Addr#s: the program's name and arguments */
    int argument_count;
    char **set_arguments; /* by setProgArgv */
    struct CMemory *memory;
    bool has_asked_for_memory;
    Word *texts; /* Addr#s of copies of the C library's texts */
    size_t text_count, text_room;
} BaseState;

struct Machine {
    Heap *heap;
    InfoRegistry *infos;
    CodeModule code;
    MachineConfig config;
    EvalObserver observer;
    bool careful; /* tell the observer, write fillers */
    bool checked; /* bounds: careful, or nobody has proved that the program's types fit */
    /* The state of the thread, while no loop has it in registers. */
    Closure *tso, *stack; /* roots */
    Word *sp, *sp_lim;
    Word r1;
    Word multi[APPLY_MAX_ARGS];            /* a multi-value return, between the return and its frame */
    const StepSite *site;                  /* of the last SITE or STEP */
    Word program_name, no_argument, *args; /* Addr# of static byte arrays */
    Word *locals;                          /* of a step */
    BytesChange change;
    WatchedBytes *watched; /* by the C call under way */
    size_t watched_count, watched_room;
    BaseState base;
    Word **met; /* frames that a pause or a move has met, the youngest first */
    size_t met_room;
    bool loop_found; /* a pause met a thunk that waits for itself */
    Ref pending;     /* an exception to be raised at the next heap check; 0: none */
    bool finalizing; /* a frame that runs finalizers stands on the stack */
    bool resumed;    /* they have run, and what they interrupted has not got on since */
    bool ended;      /* the last finalizers are being run, or have been */
    bool stopping;   /* the observer said so, or the run was interrupted */
    bool wait_ended; /* by UserInterrupt */
    int exit_signal; /* that the program has asked to end by; 0: none */
    int exit_code;
    char misfit[400]; /* what no checked program does, and this one did */
    InfoTable *update_frame, *apply_frame, *catch_frame, *save_frame, *keep_frame, *mask_frame, *select_frame,
        *finalizers_frame; /* the frames that the loop pushes */
    InfoTable *ind, *blackhole, *raise_info, *ap_2_info, *sel_0_info, *ap_stack_noupd;
    Ref non_termination, stack_overflow, heap_overflow, div_zero,
        user_interrupt; /* exceptions that the runtime raises */
    Ref run_finalizer, no_finalizer;
};

/* ---- Barriers. An old black hole that waits for a younger thread is in the remembered set: it is put there
 * when it is made, and need not be again when it is updated. */
static inline bool waits_for_younger(const Machine *m, const Closure *c)
{
    return Bdescr(c)->gen_no > Bdescr(m->tso)->gen_no;
}

static inline void machine_blackhole(Machine *m, Closure *c)
{
    closure_words(c)[IND_TARGET] = (Word)m->tso;
    c->info = m->blackhole;
    if (unlikely(Bdescr(c)->gen_no > 0) && waits_for_younger(m, c)) heap_remember(m->heap, c, "black hole");
}

/* Careful mode: what an indirection or a black hole will leave unused of a thunk that is still one becomes a
 * filler. */
void machine_fill_behind(Machine *m, Closure *thunk);

static inline void machine_update(Machine *m, Closure *c, Ref value)
{
    if (unlikely(Bdescr(c)->gen_no > 0) && !(c->info->kind == KIND_BLACKHOLE && waits_for_younger(m, c)))
        heap_remember(m->heap, c, "update");
    if (MUTANT_IS(m->heap, update_lost) && c->info->kind == KIND_THUNK && c->info->ptrs == 1) return;
    closure_words(c)[IND_TARGET] = MUTANT_IS(m->heap, update_untagged) ? value & ~TAG_MASK : value;
    c->info = m->ind;
}

/* ---- machine.c */
/* What a loop asks when a heap check fails. The frame at m->sp is whole. False: the heap is exhausted. May
 * collect. */
bool machine_need(Machine *m, size_t words);
/* The same between frames, while r1 holds a reference. */
bool machine_need_saving(Machine *m, size_t words);
bool machine_collect(Machine *m, bool major);
/* What is to be raised where a heap check, or what it stands for, has been passed; 0: nothing. */
static inline Ref machine_take_pending(Machine *m)
{
    if (m->loop_found) return m->non_termination;
    Ref exception = m->pending;
    m->pending = 0;
    return exception;
}
/* The memory of one object of any size, in the heap or apart; the frame at m->sp is whole. To be filled and
 * told (machine_allocated) at once. NULL: the heap is exhausted. May collect. */
Word *machine_alloc(Machine *m, size_t words);
Word *machine_alloc_pinned(Machine *m, size_t words, size_t align);
/* An array has become smaller, or a byte array's number of bytes has changed: filler, observer. */
void machine_shrunk(Machine *m, Closure *array, size_t old_words);
/* Tells the observer about a step and lets it wait. */
void machine_step(Machine *m, const Step *step);
void machine_step_local(Machine *m, StepRule rule, const CodeSite *site);
Word machine_outside(Machine *m, PrimopId id, Word x, Word y);
void machine_allocated(Machine *m, const Word *from, const Word *to);

/* ---- prim_bytes.c: careful mode only */
/* `count` bytes from `at` on are about to be changed, of this byte array or (NULL) wherever that is. */
void machine_bytes_change(Machine *m, Closure *array, const void *at, size_t count);
void machine_bytes_changed(Machine *m);
/* The byte array that holds the address, if its kind of block lets it be found; else NULL. */
Closure *machine_bytes_at(Machine *m, const void *address);

/* ---- input.c: careful mode only; what comes in, for the observer */
void machine_input_start(Machine *m); /* the command line, and what labels stand for */
void machine_input_value(Machine *m, const char *from, Word value, bool is_address);
void machine_input_nothing(Machine *m, const char *from); /* a C function without a result has been called */
/* Text at an address that the program is given. */
void machine_input_text(Machine *m, const char *from, Word number, Word address, size_t bytes);
/* Read at an address, which may be the heap's: then nobody hears of it. */
void machine_input_memory(Machine *m, const void *at, Word value, bool is_address);
/* Of these words of a byte array, which were `old`, those that differ now. */
void machine_input_array(Machine *m, const char *from, const Closure *array, size_t first, size_t count,
                         const Word *old);
static inline bool machine_hears_input(const Machine *m) { return m->careful && m->observer.input; }

/* ---- c_watch.c */
void machine_call_c_finalizer(void *machine, const struct CFinalizer *f);

/* ---- c_base.c */
void c_base_free(BaseState *base);

/* To the observer's `pushed` or `popped`, if anybody listens. */
static inline void tell_frame(const Machine *m, void (*event)(void *context, const Word *frame),
                              const Word *frame)
{
    if (m->careful && event) event(m->observer.context, frame);
}

/* ---- stack.c */
bool stack_start(Machine *m); /* makes thread and first chunk; false: memory exhausted */
typedef enum StackGrowth { STACK_GROWN, STACK_OVERFLOW, STACK_LOOP, STACK_NO_MEMORY } StackGrowth;
/* A new chunk for a frame of `words`; the arg_words words at sp go with it. Never collects. */
StackGrowth stack_grow(Machine *m, size_t words, size_t arg_words);
/* These frames have been pushed, the last one first. */
void stack_tell_pushed(Machine *m, Word *frame, const Word *end);
/* The underflow frame at sp is returned to: the older chunk goes on. */
void stack_underflow(Machine *m);
/* The run ends where no frame is whole: those of the chunk are left behind, all but the one that ends it. */
void stack_abandon(Machine *m);
/* squeeze.c: of the chunk's frames from frames[0] on, youngest first, adjacent update frames become one. May
 * move m->sp, and what stands between it and frames[0]. */
void stack_squeeze(Machine *m, Word **frames, size_t count);
/* Lazy black-holing: every thunk under evaluation, by the frames from `at` on, becomes a black hole. Sets
 * loop_found if one of them waits for itself. */
void stack_pause(Machine *m, Word *at);
void stack_reload(Machine *m); /* after a collection */
/* True if nothing is under evaluation: no frame from m->sp on is an update frame. False too if there are so
 * many frames that looking at all of them would take too long. */
bool stack_is_idle(const Machine *m);
/* What GHC's stack of as many chunks has, for what it says of its size. */
Word stack_words_of_ghc(const Machine *m);

/* ---- apply.c */
typedef enum ApplyNext { APPLY_CODE, APPLY_EVAL, APPLY_RETURN, APPLY_EXHAUSTED, APPLY_MISFIT } ApplyNext;
/* R1 is to be applied to the arguments at sp. CODE: run r1's code; EVAL: enter r1; RETURN: r1 is the value.
 * MISFIT: nothing applies it. May collect. */
ApplyNext machine_apply(Machine *m, Word shape);
/* r1 is a thunk of the runtime's own making (prim_mut_vars.c), and there is room on the stack: its update
 * frame is pushed, and its evaluation begins. May collect. */
ApplyNext machine_enter_own(Machine *m);
/* The CAF becomes an indirection to a new black hole, whose update frame is pushed; there is room for both.
 */
void machine_enter_caf(Machine *m, Closure *caf);
/* A collection has found that nothing could ask for it any more: ends the process with a story. */
_Noreturn void machine_enter_dead_caf(const Machine *m, const Closure *caf);
#define OWN_THUNK_ROOM 4u /* words of stack */
/* Words of stack that a suspended evaluation wants. */
size_t machine_resume_words(const Closure *ap_stack);
/* r1 is one, for which there is room: it is under evaluation, its frames are pushed, and r1
 * is what comes next. */
void machine_resume(Machine *m);

/* ---- finalizers.c */
/* True if finalizers wait, and may run on top of the frame at m->sp: see Note [Finalizers]. is_check: it is a
 * heap check's, which will be made again. */
bool machine_finalizers_are_due(Machine *m, bool is_check);
/* The same where the program ends, once. */
bool machine_finalizers_are_left(Machine *m);
/* Runs those that wait by now, on top of the frame at m->sp, which has been told: it is returned to behind
 * them. r1 is what to apply to the arguments at sp (FINALIZER_SHAPE). */
void machine_run_finalizers(Machine *m);
/* A finalizer has returned to its frame, which is at m->sp and has been told as popped. True: r1 is to be
 * applied again. False: none is left, and the frame is gone. */
bool machine_next_finalizer(Machine *m);
#define FINALIZER_SHAPE apply_shape(1, 2, 1)

/* ---- raise.c */
static inline Word machine_masking(const Machine *m) { return closure_words(m->tso)[TSO_STATE]; }
/* From here on, and the observer hears of a change. */
void machine_set_masking(Machine *m, Word masking);
/* The thread is masked so; a frame at m->sp will bring back what was. There is room for it. */
void machine_mask(Machine *m, Word masking);
/* UserInterrupt is due, and may be raised here, or where the thread waits. Not while finalizers run, which
 * have a thread of their own in GHC. */
static inline bool machine_is_interrupted(const Machine *m, bool waits)
{
    volatile sig_atomic_t *flag = m->config.user_interrupt;
    if (likely(!flag || !*flag) || m->finalizing) return false;
    return machine_masking(m) == MASKING_NONE || (waits && machine_masking(m) == MASKING_INTERRUPTIBLE);
}
typedef enum RaiseNext { RAISE_CAUGHT, RAISE_UNCAUGHT, RAISE_EXHAUSTED } RaiseNext;
/* Unwinds to the next handler. CAUGHT: r1 is the handler, its argument is at sp (RAISE_SHAPE). May collect.
 */
RaiseNext machine_raise(Machine *m);
#define RAISE_SHAPE apply_shape(1, 2, 1)
/* The same for an asynchronous exception: thunks that it leaves go on where they were when they are asked for
 * again. The frame at m->sp is whole, has been told, and can be returned to with any value. Never collects
 * before the handler. */
RaiseNext machine_raise_async(Machine *m);

/* ---- loop_fast.c, loop_untyped.c, loop_careful.c, loop_profile.c: the instances of machine_loop.h */
typedef enum LoopEnd { LOOP_FINISHED, LOOP_UNCAUGHT, LOOP_MISFIT, LOOP_EXHAUSTED, LOOP_STOPPED } LoopEnd;
/* Applies r1 to the arguments at sp, and runs until the program ends. */
LoopEnd loop_fast(Machine *m, Word shape);
LoopEnd loop_untyped(Machine *m, Word shape);
LoopEnd loop_careful(Machine *m, Word shape);
LoopEnd loop_profile(Machine *m, Word shape);

/* ---- misfit.c */
/* Whether types fit; if not, m->misfit says how. */
/* R1 is an object of one of these constructors. */
bool machine_meets(Machine *m, Word r1, const CodeExpectation *x);
/* m->r1 can be applied to the arguments at m->sp, or has to be evaluated first. If not, they become a frame.
 */
bool machine_applies(Machine *m, Word shape);
bool machine_is_object(Machine *m, Word object, Kind kind, PrimopId primitive);
bool machine_has_field(Machine *m, Word r1, Word field);
void machine_answer_differs(Machine *m, Word answer, const InfoTable *frame);
/* Says what does not fit and where; the run ends. */
LoopEnd machine_misfit(Machine *m, const Cell *pc, const char *what);
/* The same of an array that has no such element, or byte. */
LoopEnd machine_out_of_bounds(Machine *m, const Cell *pc, const char *part, Word at, const char *whole,
                              Word count);

#endif
