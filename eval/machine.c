/* The machine as a handle: made from a program, run, asked. Reading order: machine_loop.h (the rules),
 * apply.c, stack.c, raise.c. */
#include "eval/link.h"
#include "eval/machine_private.h"
#include "gc/weak.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* ---- The runtime's own code: what its objects and frames do */

#define CODE(name, opcode) const Cell name[] = {OP_##opcode}
CODE(code_enter_value, ENTER_VALUE);
CODE(code_impossible, IMPOSSIBLE);
static CODE(code_enter_ind, ENTER_IND);
static CODE(code_enter_blackhole, ENTER_BLACKHOLE);
static CODE(code_enter_raise, ENTER_RAISE);
static CODE(code_enter_own, ENTER_OWN);
static CODE(code_enter_ap_stack, ENTER_AP_STACK);
static CODE(code_enter_dead_caf, ENTER_DEAD_CAF);
static CODE(code_return_update, RETURN_UPDATE);
static CODE(code_return_apply, RETURN_APPLY);
static CODE(code_return_catch, RETURN_CATCH);
static CODE(code_return_keep, RETURN_KEEP);
static CODE(code_return_saved, RETURN_SAVED);
static CODE(code_return_mask, RETURN_MASK);
static CODE(code_return_select, RETURN_SELECT);
static CODE(code_return_finalizers, RETURN_FINALIZERS);
static CODE(code_return_underflow, RETURN_UNDERFLOW);
static CODE(code_return_stop, RETURN_STOP);
#undef CODE

static const Cell *std_code(StdInfo which, const InfoTable *info)
{
    switch (which) {
    case STD_IND:
    case STD_IND_STATIC: return code_enter_ind;
    case STD_BLACKHOLE:
    case STD_CAF_BLACKHOLE: return code_enter_blackhole;
    case STD_DEAD_CAF: return code_enter_dead_caf;
    case STD_AP_STACK: return code_enter_ap_stack;
    case STD_UPDATE_FRAME:
    case STD_MARKED_UPDATE_FRAME: return code_return_update;
    case STD_APPLY_FRAME: return code_return_apply;
    case STD_CATCH_FRAME: return code_return_catch;
    case STD_UNDERFLOW_FRAME: return code_return_underflow;
    case STD_STOP_FRAME: return code_return_stop;
    case STD_TSO: return code_enter_value;
    default: return kinds[info->kind].flags & IS_VALUE ? code_enter_value : code_impossible;
    }
}

void code_set_std_entries(InfoRegistry *infos)
{
    for (int i = 0; i < STD_COUNT; i++) {
        InfoTable *info = info_std(infos, (StdInfo)i);
        info->entry = std_code((StdInfo)i, info);
        if (info->kind == KIND_UPDATE_FRAME || info->kind == KIND_APPLY_FRAME) info->awaits = ANSWER_OBJECT;
    }
}

/* ---- What the loops ask */

static void poll_safe_point(Machine *m)
{
    if (m->observer.safe_point && !m->observer.safe_point(m->observer.context)) m->stopping = true;
}

/* The heap may be collected from here on. False: the run is to stop. */
static bool stack_is_whole(Machine *m)
{
    if (m->careful && !m->observer.steps) poll_safe_point(m);
    if (m->config.interrupted && *m->config.interrupted) m->stopping = true;
    if (m->stopping) return false;
    closure_words(m->stack)[STACK_SP] = (Word)m->sp;
    if (m->careful && m->observer.whole) m->observer.whole(m->observer.context);
    return true;
}

/* The heap has been asked, and may have been collected. Should the one who asked not look for what is
 * pending, the next heap check does. */
static void heap_has_answered(Machine *m)
{
    stack_reload(m);
    if (likely(!m->heap->overflowed)) return;
    m->heap->overflowed = false;
    m->pending = m->heap_overflow;
    heap_interrupt(m->heap);
}

/* The frame at m->sp has been told. */
static bool need_between(Machine *m, size_t words)
{
    if (!stack_is_whole(m)) return false;
    HeapStatus status = heap_need(m->heap, words);
    heap_has_answered(m);
    return status == HEAP_OK;
}

/* Every frame counts as pushed while the heap may be collected, the one that runs too: roots are exact. */
bool machine_need(Machine *m, size_t words)
{
    tell_frame(m, m->observer.pushed, m->sp);
    bool there = need_between(m, words);
    tell_frame(m, m->observer.popped, m->sp);
    return there;
}

bool machine_need_saving(Machine *m, size_t words)
{
    m->sp -= 2;
    m->sp[0] = (Word)m->save_frame;
    m->sp[1] = m->r1;
    bool there = machine_need(m, words);
    m->r1 = m->sp[1];
    m->sp += 2;
    return there;
}

bool machine_collect(Machine *m, bool major)
{
    tell_frame(m, m->observer.pushed, m->sp);
    closure_words(m->stack)[STACK_SP] = (Word)m->sp;
    HeapStatus status = heap_collect(m->heap, major, GC_REASON_REQUESTED);
    heap_has_answered(m);
    tell_frame(m, m->observer.popped, m->sp);
    return status == HEAP_OK;
}

static void tell_checked(Machine *m, size_t words)
{
    if (m->careful && m->observer.checked) m->observer.checked(m->observer.context, words);
}

/* What does not go into the nursery: large ones (align 0), pinned ones. */
static Word *alloc_apart(Machine *m, size_t words, size_t align)
{
    Word *object = NULL;
    tell_frame(m, m->observer.pushed, m->sp);
    if (stack_is_whole(m)) {
        object = align ? heap_alloc_pinned(m->heap, words, align) : heap_alloc(m->heap, words);
        heap_has_answered(m);
    }
    tell_frame(m, m->observer.popped, m->sp);
    if (object) tell_checked(m, words);
    return object;
}

Word *machine_alloc(Machine *m, size_t words)
{
    if (words >= LARGE_OBJECT_WORDS) return alloc_apart(m, words, 0);
    if (m->heap->hp + words > m->heap->hp_lim && !machine_need(m, words)) return NULL;
    Word *object = m->heap->hp;
    m->heap->hp += words;
    heap_note_words(m->heap, words);
    tell_checked(m, words);
    return object;
}

Word *machine_alloc_pinned(Machine *m, size_t words, size_t align) { return alloc_apart(m, words, align); }

void machine_shrunk(Machine *m, Closure *array, size_t old_words)
{
    heap_shrunk(m->heap, array, old_words);
    size_t words = closure_size(array);
    bool changed = words < old_words || array->info->kind == KIND_ARR_WORDS;
    if (m->careful && m->observer.shrunk && changed) m->observer.shrunk(m->observer.context, array, words);
}

void machine_fill_behind(Machine *m, Closure *thunk)
{
    if (!(kinds[thunk->info->kind].flags & IS_THUNK)) return;
    size_t words = closure_size(thunk);
    if (words > THUNK_HEADER)
        filler_write(m->infos, closure_words(thunk) + THUNK_HEADER, words - THUNK_HEADER);
}

void machine_allocated(Machine *m, const Word *from, const Word *to)
{
    if (m->careful && m->observer.allocated) m->observer.allocated(m->observer.context, from, to, m->site);
}

void machine_step(Machine *m, const Step *step)
{
    poll_safe_point(m);
    if (!m->stopping && m->observer.step) m->observer.step(m->observer.context, step);
}

void machine_step_local(Machine *m, StepRule rule, const CodeSite *site)
{
    for (uint32_t i = 0; i < site->count; i++) m->locals[i] = m->sp[site->slots[i]];
    machine_step(m, &(Step){.rule = rule, .site = &site->site, .locals = m->locals});
}

/* The collector is about to look: the stack says where it ends, thunks under evaluation become black holes.
 */
static void before_collect(void *context)
{
    Machine *m = context;
    if (m->config.lazy_blackholing) stack_pause(m, m->sp);
}

int machine_exit_signal(const Machine *m) { return m->exit_signal; }

static void visit_roots(void *context, SlotVisitor visit, void *visit_context)
{
    Machine *m = context;
    Ref tso = (Ref)m->tso;
    visit(visit_context, &tso);
    m->tso = (Closure *)tso;
}

/* ---- Primitives that reach outside the heap */

/* A program that writes by primitives of ours sees no error: where nobody reads it, it ends as any other. */
static void die_of_broken_pipe(void)
{
    if (errno != EPIPE) return;
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

static void put_utf8(FILE *out, Word c)
{
    if (c < 0x80) {
        putc((int)c, out);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    putc((int)(lead[more] | c >> (6 * more)), out);
    while (more--) putc((int)(0x80 | (c >> (6 * more) & 0x3f)), out);
}

/* Of -M as GHC says it; the limit is one of whole blocks. */
void machine_report_heap_overflow(const Machine *m)
{
    HeapLimit limit = heap_limit_met(m->heap);
    const char *name = m->config.program_name;
    FILE *err = m->config.err;
    if (!limit.bytes && !limit.source) {
        fprintf(err, "%s: Heap exhausted; -M sets no maximum, but there is no more memory to be had\n", name);
    } else if (limit.request) {
        fprintf(err, "%s: Heap exhausted; the block source %s has refused request %zu for memory\n", name,
                limit.source, limit.request);
    } else if (limit.source) {
        fprintf(err, "%s: Heap exhausted;\n", name);
        fprintf(err, "%s: The block source %s has %zu bytes (%zu MB) in all.\n", name, limit.source,
                limit.bytes, limit.bytes >> 20);
        fprintf(err, "%s: Let it have more, or use `+RTS -A<size>' for a smaller nursery.\n", name);
    } else {
        fprintf(err, "%s: Heap exhausted;\n", name);
        fprintf(err, "%s: Current maximum heap size is %zu bytes (%zu MB).\n", name, limit.bytes,
                limit.bytes >> 20);
        fprintf(err, "%s: Use `+RTS -M<size>' to increase it.\n", name);
    }
}

Word machine_outside(Machine *m, PrimopId id, Word x, Word y)
{
    FILE *stream = x == 2 ? m->config.err : m->config.out;
    switch (id) {
    case PRIM_HPutChar:
        put_utf8(stream, y & 0x1fffff);
        if (unlikely(ferror(stream))) die_of_broken_pipe();
        return 0;
    case PRIM_HFlush:
        if (fflush(stream) != 0) die_of_broken_pipe();
        return 0;
    case PRIM_ReportHeapOverflow: machine_report_heap_overflow(m); return 0;
    case PRIM_ProgName: return m->program_name;
    case PRIM_ArgCount: return (Word)m->config.arg_count;
    case PRIM_Arg:
        return (Word)((int64_t)x >= 0 && (int64_t)x < m->config.arg_count ? m->args[x] : m->no_argument);
    default: panic("primitive %s does not reach outside", primops[id].name);
    }
}

/* ---- Making */

static InfoTable *machine_frame(Machine *m, const char *name)
{
    InfoTable *info = info_new(m->infos, KIND_CASE_FRAME);
    info->ptrs = 1;
    info->bitmap.inline_bits = 1;
    info->name = name;
    info->reps = "P";
    info->fields = "value";
    info->entry = code_impossible;
    return info;
}

/* A frame of one word that is no pointer, which a value goes through. */
static InfoTable *machine_word_frame(Machine *m, const char *name, const char *field, const Cell *code)
{
    InfoTable *info = machine_frame(m, name);
    info->bitmap.inline_bits = 0;
    info->con_tag = 'P';
    info->reps = "W";
    info->fields = field;
    info->entry = code;
    return info;
}

static InfoTable *machine_thunk(Machine *m, const char *name, const char *reps, const char *fields,
                                const Cell *code)
{
    InfoTable *info = info_new(m->infos, KIND_THUNK);
    info->ptrs = (uint32_t)strlen(reps);
    info->words = THUNK_HEADER + info->ptrs;
    info->name = name;
    info->reps = reps;
    info->fields = fields;
    info->entry = code;
    return info;
}

/* Selects the first field; as GHC's stg_sel_0_upd. */
static InfoTable *first_selector_info(Machine *m)
{
    InfoTable *info = info_new(m->infos, KIND_THUNK_SELECTOR);
    info->words = kinds[KIND_THUNK_SELECTOR].words;
    info->name = "sel_0_upd";
    info->fields = "selectee";
    info->entry = code_enter_own;
    return info;
}

/* As GHC's: the evaluation of a stack chunk's frames, which gives its value to those of an older one. */
static InfoTable *ap_stack_noupd(Machine *m)
{
    InfoTable *info = info_new(m->infos, KIND_AP_STACK);
    info->name = "AP_STACK_NOUPD";
    info->entry = code_enter_ap_stack;
    return info;
}

static void make_infos(Machine *m)
{
    code_set_std_entries(m->infos);
    m->update_frame =
        info_std(m->infos, m->config.lazy_blackholing ? STD_UPDATE_FRAME : STD_MARKED_UPDATE_FRAME);
    m->apply_frame = info_std(m->infos, STD_APPLY_FRAME);
    m->catch_frame = info_std(m->infos, STD_CATCH_FRAME);
    m->ind = info_std(m->infos, STD_IND);
    m->blackhole = info_std(m->infos, STD_BLACKHOLE);
    m->save_frame = machine_frame(m, "saved value");
    m->save_frame->con_tag = 'P';
    m->save_frame->entry = code_return_saved;
    m->keep_frame = machine_frame(m, "kept alive");
    m->keep_frame->con_tag = 'P';
    m->keep_frame->entry = code_return_keep;
    m->mask_frame = machine_word_frame(m, "masking", "masking", code_return_mask);
    m->mask_frame->awaits = ANSWER_OBJECT;
    m->select_frame = machine_word_frame(m, "select", "field", code_return_select);
    m->select_frame->awaits = ANSWER_OBJECT;
    m->finalizers_frame = machine_word_frame(m, "finalizers", "left", code_return_finalizers);
    m->raise_info = machine_thunk(m, "raise", "P", "exception", code_enter_raise);
    m->ap_2_info = machine_thunk(m, "ap_2_upd", "PP", "function argument", code_enter_own);
    m->sel_0_info = first_selector_info(m);
    m->ap_stack_noupd = ap_stack_noupd(m);
}

/* The names that the runtime itself refers to. */
static const char *const runtime_names[] = {"topHandler",   "nonTermination",   "stackOverflow",
                                            "heapOverflow", "divZeroException", "userInterrupt",
                                            "runFinalizer", "noFinalizer"};

static bool find_closure(Machine *m, const char *name, Ref *out, char *error, size_t size)
{
    const Binder *b = program_find_for_runtime(m->code.program, name);
    if (!b || !b->compiled) {
        snprintf(error, size, "the runtime needs `%s`, which no module defines%s", name,
                 program_is_linked(m->code.program) ? "; another version has linked this text: link it again"
                                                    : "");
        return false;
    }
    *out = code_static_ref(b);
    return true;
}

static bool find_closures(Machine *m, char *error, size_t size)
{
    return find_closure(m, "nonTermination", &m->non_termination, error, size) &&
           find_closure(m, "stackOverflow", &m->stack_overflow, error, size) &&
           find_closure(m, "heapOverflow", &m->heap_overflow, error, size) &&
           find_closure(m, "divZeroException", &m->div_zero, error, size) &&
           find_closure(m, "userInterrupt", &m->user_interrupt, error, size) &&
           find_closure(m, "runFinalizer", &m->run_finalizer, error, size) &&
           find_closure(m, "noFinalizer", &m->no_finalizer, error, size);
}

/* The runtime may name them at any time: they are in the table of the frame that every stack ends with. */
static void keep_closures(Machine *m)
{
    const Ref named[] = {m->non_termination, m->stack_overflow, m->heap_overflow, m->div_zero,
                         m->user_interrupt,  m->run_finalizer,  m->no_finalizer};
    size_t count = sizeof named / sizeof *named;
    Srt *srt = info_registry_alloc(m->infos, sizeof *srt + sizeof named);
    srt->closures = (uint32_t)count;
    for (size_t i = 0; i < count; i++) srt->names[i] = (Word)ref_closure(named[i]);
    info_std(m->infos, STD_STOP_FRAME)->srt = srt;
}

static void tell_static(void *context, const Closure *c)
{
    Machine *m = context;
    if (m->observer.allocated_static) m->observer.allocated_static(m->observer.context, c);
}

/* Name and arguments as the program sees them, where their addresses are the same in equal runs. */
static bool copy_arguments(Machine *m)
{
    int count = m->config.arg_count;
    m->args = calloc((size_t)count + 1, sizeof *m->args);
    if (!m->args) return false;
    m->program_name = code_static_bytes(m->heap, m->config.program_name, strlen(m->config.program_name));
    m->no_argument = code_static_bytes(m->heap, "", 0);
    bool there = m->program_name && m->no_argument;
    for (int i = 0; i < count && there; i++) {
        m->args[i] = code_static_bytes(m->heap, m->config.args[i], strlen(m->config.args[i]));
        there = m->args[i] != 0;
    }
    return there;
}

static bool machine_load(Machine *m, char *error, size_t size)
{
    if (!compile_program(&m->code)) {
        snprintf(error, size, "%s", m->code.error);
        return false;
    }
    if (!find_closures(m, error, size)) return false;
    keep_closures(m);
    if (m->careful) code_each_static(&m->code, tell_static, m);
    m->locals = malloc(UINT16_MAX * sizeof *m->locals);
    return m->locals && copy_arguments(m) && stack_start(m);
}

Machine *machine_new(Heap *heap, const Program *program, const MachineConfig *config, char *error,
                     size_t error_size)
{
    Machine *m = calloc(1, sizeof *m);
    *error = '\0';
    if (!m) return NULL;
    m->heap = heap;
    m->infos = heap->infos;
    m->config = *config;
    if (config->observer) m->observer = *config->observer;
    m->careful = config->observer || heap->config.sanity_level >= 3 || heap->config.stress_period;
    bool untyped = !config->is_typed && !program_is_linked(program);
    m->checked = m->careful || untyped;
    m->code = (CodeModule){.heap = heap,
                           .roots = runtime_names,
                           .root_count = sizeof runtime_names / sizeof *runtime_names,
                           .program = program,
                           .eager_blackholing = !config->lazy_blackholing,
                           .steps = m->observer.steps,
                           .checks = m->checked,
                           .untyped = untyped};
    make_infos(m);
    heap->before_collect = before_collect;
    heap->call_c_finalizer = machine_call_c_finalizer;
    heap->before_collect_context = m;
    heap->holes_have_frames = true;
    heap->code_has_srts = true;
    if (machine_load(m, error, error_size)) {
        heap_add_roots(heap, ROOT_STACK, visit_roots, m);
        return m;
    }
    machine_free(m);
    return NULL;
}

void machine_free(Machine *m)
{
    if (!m) return;
    m->heap->before_collect = NULL;
    m->heap->call_c_finalizer = NULL;
    code_module_clear(&m->code);
    free(m->locals);
    free(m->change.old);
    free(m->watched);
    c_base_free(&m->base);
    free(m->met);
    free(m->args);
    free(m);
}

void machine_disassemble(const Machine *m, FILE *out) { code_disassemble(&m->code, out); }

/* ---- Running */

static LoopEnd run_loop(Machine *m, Word shape)
{
    if (m->careful) return loop_careful(m, shape);
    if (!m->config.profile) return m->code.untyped ? loop_untyped(m, shape) : loop_fast(m, shape);
    if (!profile_start(m->config.profile, &m->code)) return LOOP_EXHAUSTED;
    LoopEnd end = loop_profile(m, shape);
    profile_stop();
    return end;
}

RunStatus machine_run(Machine *m, const char *main_name, int *exit_code)
{
    char error[200];
    Ref handler, program;
    static const RunStatus statuses[] = {[LOOP_FINISHED] = RUN_OK,
                                         [LOOP_UNCAUGHT] = RUN_UNCAUGHT,
                                         [LOOP_MISFIT] = RUN_UNCAUGHT,
                                         [LOOP_EXHAUSTED] = RUN_HEAP_EXHAUSTED,
                                         [LOOP_STOPPED] = RUN_STOPPED};
    static const char *const reasons[] = {[LOOP_FINISHED] = "finished",
                                          [LOOP_UNCAUGHT] = "uncaught exception",
                                          [LOOP_MISFIT] = "types do not fit",
                                          [LOOP_EXHAUSTED] = "heap exhausted",
                                          [LOOP_STOPPED] = "stopped"};
    static const int exit_codes[] = {
        [LOOP_UNCAUGHT] = 1, [LOOP_MISFIT] = 254, [LOOP_EXHAUSTED] = 251, [LOOP_STOPPED] = 1};
    require(find_closure(m, "topHandler", &handler, error, sizeof error), "%s", error);
    require(find_closure(m, main_name, &program, error, sizeof error), "%s", error);
    machine_input_start(m);
    *--m->sp = program;
    m->r1 = handler;
    Word shape = apply_shape(1, 2, 1);
    LoopEnd end = run_loop(m, shape);
    fflush(m->config.out);
    heap_run_c_finalizers(m->heap);
    *exit_code = end == LOOP_FINISHED ? m->exit_code : exit_codes[end];
    closure_words(m->stack)[STACK_SP] = (Word)m->sp;
    if (m->observer.finished) m->observer.finished(m->observer.context, reasons[end], *exit_code);
    return statuses[end];
}
