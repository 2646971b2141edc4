/* Generic application: everything that is not a function with exactly the arguments that it wants.
 *
 * Follows: Marlow, Peyton Jones, "Making a fast curry" (JFP 2006), the eval/apply rules EXACT, CALLK, PAP2,
 * PCALL, TCALL. */
#include <string.h>

#include "eval/machine_private.h"

static void tell_step(Machine *m, StepRule rule, Word shape, uint32_t arity)
{
    if (m->careful && m->observer.steps)
        machine_step(
            m,
            &(Step){
                .rule = rule, .site = m->site, .subject = m->r1, .args = apply_args(shape), .arity = arity});
}

/* The arguments at sp become an apply frame. */
static void push_apply_frame(Machine *m, Word shape)
{
    m->sp -= APPLY_FRAME_ARGS;
    m->sp[0] = (Word)m->apply_frame;
    m->sp[APPLY_FRAME_SHAPE] = shape;
    tell_frame(m, m->observer.pushed, m->sp);
}

/* Makes room in the heap while the function and its arguments stand on the stack as frames. */
static bool need_with_arguments(Machine *m, Word shape, size_t words)
{
    push_apply_frame(m, shape);
    bool there = machine_need_saving(m, words);
    tell_frame(m, m->observer.popped, m->sp);
    m->sp += APPLY_FRAME_ARGS;
    return there;
}

/* Too few arguments: they wait in a new partial application, behind those of an old one. */
static ApplyNext make_pap(Machine *m, Word shape, uint32_t arity)
{
    uint32_t old = ref_closure(m->r1)->info->kind == KIND_PAP ? pap_n_args(ref_closure(m->r1)) : 0;
    size_t n = old + apply_words(shape), words = PAP_PAYLOAD + n;
    if (m->heap->hp + words > m->heap->hp_lim && !need_with_arguments(m, shape, words))
        return APPLY_EXHAUSTED;
    if (m->careful && m->observer.checked) m->observer.checked(m->observer.context, words);
    Closure *function = ref_closure(m->r1);
    Word *pap = m->heap->hp;
    pap[0] = (Word)info_std(m->infos, STD_PAP);
    pap[PAP_COUNTS] = pap_counts(arity - apply_args(shape), (uint32_t)n);
    pap[PAP_FUN] =
        old || function->info->kind == KIND_PAP ? closure_words(function)[PAP_FUN] : ref_of(function);
    memcpy(pap + PAP_PAYLOAD, closure_words(function) + PAP_PAYLOAD, old * sizeof(Word));
    memcpy(pap + PAP_PAYLOAD + old, m->sp, apply_words(shape) * sizeof(Word));
    m->heap->hp += words;
    m->sp += apply_words(shape);
    m->r1 = (Word)pap;
    machine_allocated(m, pap, pap + words);
    return APPLY_RETURN;
}

/* Too many arguments: all but the first `args`, which take `words` words, wait in an apply frame. */
static void split_arguments(Machine *m, Word shape, uint32_t args, uint32_t words)
{
    Word *frame = m->sp + words - APPLY_FRAME_ARGS;
    m->sp -= APPLY_FRAME_ARGS;
    memmove(m->sp, m->sp + APPLY_FRAME_ARGS, words * sizeof(Word));
    frame[0] = (Word)m->apply_frame;
    frame[APPLY_FRAME_SHAPE] =
        apply_shape(apply_words(shape) - words, apply_args(shape) - args, apply_bitmap(shape) >> words);
    tell_frame(m, m->observer.pushed, frame);
}

static ApplyNext apply_function(Machine *m, Word shape)
{
    const InfoTable *info = ref_closure(m->r1)->info;
    uint32_t arity = info->con_tag;
    if (apply_args(shape) < arity) {
        tell_step(m, RULE_APPLY_FEW, shape, arity);
        return make_pap(m, shape, arity);
    }
    tell_step(m, apply_args(shape) == arity ? RULE_APPLY_EXACT : RULE_APPLY_MANY, shape, arity);
    if (apply_args(shape) > arity) split_arguments(m, shape, arity, info->arg_words);
    return APPLY_CODE;
}

static ApplyNext apply_pap(Machine *m, Word shape)
{
    Closure *pap = ref_closure(m->r1);
    uint32_t arity = pap_arity(pap), held = pap_n_args(pap);
    const InfoTable *function = ref_closure(closure_words(pap)[PAP_FUN])->info;
    if (apply_args(shape) < arity) {
        tell_step(m, RULE_APPLY_FEW, shape, arity);
        return make_pap(m, shape, arity);
    }
    tell_step(m, apply_args(shape) == arity ? RULE_APPLY_EXACT : RULE_APPLY_MANY, shape, arity);
    if (apply_args(shape) > arity) split_arguments(m, shape, arity, function->arg_words - held);
    m->sp -= held;
    memcpy(m->sp, closure_words(pap) + PAP_PAYLOAD, held * sizeof(Word));
    m->r1 = closure_words(pap)[PAP_FUN];
    return APPLY_CODE;
}

ApplyNext machine_apply(Machine *m, Word shape)
{
    const Closure *c = ref_closure(m->r1);
    switch (c->info->kind) {
    case KIND_FUN: return apply_function(m, shape);
    case KIND_PAP: return apply_pap(m, shape);
    case KIND_CON:
        snprintf(m->misfit, sizeof m->misfit,
                 "`%s`, a constructor of %s, is applied as if it were a function", c->info->name,
                 c->info->type);
        push_apply_frame(m, shape);
        return APPLY_MISFIT;
    default: push_apply_frame(m, shape); return APPLY_EVAL;
    }
}

/* ---- CAFs, and thunks of the runtime's own shapes */

static void push_update(Machine *m, Closure *updatee)
{
    m->sp -= 2;
    m->sp[0] = (Word)m->update_frame;
    m->sp[UPDATE_FRAME_UPDATEE] = (Word)updatee;
    tell_frame(m, m->observer.pushed, m->sp);
}

void machine_enter_caf(Machine *m, Closure *caf)
{
    Word *hole = m->heap->hp;
    hole[0] = (Word)info_std(m->infos, STD_CAF_BLACKHOLE);
    hole[IND_TARGET] = (Word)m->tso;
    m->heap->hp += 2;
    closure_words(caf)[IND_TARGET] = (Word)hole;
    caf->info = info_std(m->infos, STD_IND_STATIC);
    heap_add_caf(m->heap, caf);
    if (m->careful && m->observer.caf_entered) m->observer.caf_entered(m->observer.context, caf);
    push_update(m, (Closure *)hole);
}

void machine_enter_dead_caf(const Machine *m, const Closure *caf)
{
    char how[256];
    snprintf(how, sizeof how, "the CAF `%s` has been entered", code_static_name(&m->code, caf));
    heap_dead_caf(m->heap, caf, how);
}

/* What the thunk holds has been read: it may become a black hole. */
static void begin_thunk(Machine *m, Closure *thunk)
{
    push_update(m, thunk);
    if (m->config.lazy_blackholing) return;
    if (m->careful) machine_fill_behind(m, thunk);
    machine_blackhole(m, thunk);
    if (m->careful && m->observer.blackholed) m->observer.blackholed(m->observer.context, thunk, true);
}

static ApplyNext enter_application(Machine *m, Closure *thunk)
{
    Ref function = closure_words(thunk)[THUNK_HEADER], argument = closure_words(thunk)[THUNK_HEADER + 1];
    begin_thunk(m, thunk);
    *--m->sp = argument;
    m->r1 = function;
    if (m->code.untyped && !machine_applies(m, apply_shape(1, 1, 1))) return APPLY_MISFIT;
    return machine_apply(m, apply_shape(1, 1, 1));
}

static ApplyNext enter_selector(Machine *m, Closure *thunk)
{
    Ref selectee = closure_words(thunk)[SELECTEE];
    Word field = thunk->info->con_tag;
    begin_thunk(m, thunk);
    m->sp -= 2;
    m->sp[0] = (Word)m->select_frame;
    m->sp[1] = field;
    tell_frame(m, m->observer.pushed, m->sp);
    m->r1 = selectee;
    return APPLY_EVAL;
}

/* Beneath the frames there has to be what the youngest one's code uses. */
size_t machine_resume_words(const Closure *ap_stack)
{
    const Word *frame = (const Word *)ap_stack + AP_STACK_PAYLOAD;
    size_t size = closure_size(ap_stack) - AP_STACK_PAYLOAD, below = 0;
    for (const Word *end = frame + size; frame < end; frame += frame_size(frame))
        if (((const InfoTable *)frame[0])->below > below) below = ((const InfoTable *)frame[0])->below;
    return UPDATE_FRAME_UPDATEE + 1 + size + below;
}

void machine_resume(Machine *m)
{
    Closure *c = (Closure *)m->r1;
    const Word *w = closure_words(c);
    bool is_updated = c->info != m->ap_stack_noupd;
    Word *end = m->sp - (is_updated ? UPDATE_FRAME_UPDATEE + 1 : 0), *from = end - w[AP_STACK_SIZE];
    m->r1 = w[AP_STACK_FUN];
    memcpy(from, w + AP_STACK_PAYLOAD, w[AP_STACK_SIZE] * sizeof(Word));
    if (is_updated) begin_thunk(m, c);
    m->sp = from;
    stack_tell_pushed(m, from, end);
}

ApplyNext machine_enter_own(Machine *m)
{
    Closure *thunk = (Closure *)m->r1;
    return thunk->info->kind == KIND_THUNK_SELECTOR ? enter_selector(m, thunk) : enter_application(m, thunk);
}
