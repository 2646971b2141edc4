/* What the evaluator tells, one function per callback. Before an event is written, the objects that it names
 * are: static ones that wait, and those that it meets for the first time. */
#include <string.h>

#include "traces/recorder_private.h"

/* ---- Allocation */

static void on_checked(void *context, size_t words)
{
    Recorder *r = context;
    write_statics(r);
    write_check(&r->writer, &(Event_check){words});
}

/* An object's words may meet others, which use r->words: their allocs go first, and the words are taken anew.
 */
static void write_new(Recorder *r, const Closure *c, size_t words, const StepSite *site)
{
    TraceWords f = payload_words(r, c);
    if (unlikely(write_met(r))) f = payload_words(r, c);
    write_alloc_of(r, c, words, f, site);
}

static void on_allocated(void *context, const Word *from, const Word *to, const StepSite *site)
{
    Recorder *r = context;
    write_statics(r);
    for (const Word *p = from; p < to; p += closure_size((const Closure *)p))
        id_of_new(r, (const Closure *)p);
    for (const Word *p = from, *next; p < to; p = next) {
        size_t words = closure_size((const Closure *)p);
        next = p + words;
        write_new(r, (const Closure *)p, words, site);
    }
}

static void on_allocated_static(void *context, const Closure *c)
{
    Recorder *r = context;
    pointers_add(&r->statics, c);
}

/* ---- Changes */

static void on_updated(void *context, const Closure *updatee, Ref value)
{
    Recorder *r = context;
    write_statics(r);
    Event_update e = {id_of(r, updatee), id_of_ref(r, value)};
    write_met(r);
    write_update(&r->writer, &e);
}

static void on_blackholed(void *context, const Closure *c, bool eager)
{
    Recorder *r = context;
    write_statics(r);
    Event_blackhole e = {id_of(r, c), eager ? "eager" : "lazy"};
    write_met(r);
    write_blackhole(&r->writer, &e);
}

static void on_wrote(void *context, const Closure *c, uint32_t slot, Word old, Word new_)
{
    Recorder *r = context;
    uint32_t index;
    bool pointer;
    write_statics(r);
    if (!payload_slot(c, slot, &index, &pointer)) return;
    Event_write e = {id_of(r, c), index, word_of(r, old, pointer), word_of(r, new_, pointer)};
    write_met(r);
    write_write(&r->writer, &e);
}

/* ---- What comes in */

#define INPUT_WORDS 2048u /* of a row, so that it fits a line */

static TraceWord word_or_nothing(Recorder *r, bool there, Word w)
{
    return there ? word_of(r, w, false) : (TraceWord){WORD_NOTHING, 0};
}

static void on_input(void *context, const EvalInput *in)
{
    Recorder *r = context;
    write_statics(r);
    if (in->is_of_process) outside_meet(&r->outside, in->value);
    Event_input e = {.from = in->from,
                     .value = word_or_nothing(r, in->has_value, in->value),
                     .id = in->array ? id_of(r, in->array) : 0,
                     .slot = in->array ? in->slot - BYTES_PAYLOAD : 0};
    write_met(r);
    size_t at = 0;
    do {
        size_t left = in->count - at, count = left < INPUT_WORDS ? left : INPUT_WORDS;
        e.f = raw_words(r, in->words + at, count);
        e.address = word_or_nothing(r, in->address, in->address + at * WORD_BYTES);
        write_input(&r->writer, &e);
        at += count;
        e.slot += in->array ? count : 0;
    } while (at < in->count);
}

static void on_shrunk(void *context, const Closure *c, size_t words)
{
    Recorder *r = context;
    write_statics(r);
    Event_shrink e = {id_of(r, c), words, bytes_in_part(c)};
    write_met(r);
    write_shrink(&r->writer, &e);
}

static void on_caf_entered(void *context, const Closure *caf)
{
    Recorder *r = context;
    const Closure *hole = ref_closure(((const Word *)caf)[IND_TARGET]);
    write_statics(r);
    ObjectId hole_id = id_of_new(r, hole), id = id_of(r, caf);
    write_new(r, hole, closure_size(hole), NULL);
    write_update(&r->writer, &(Event_update){id, hole_id});
    write_root(&r->writer, &(Event_root){root_class_names[ROOT_CAF], id});
}

/* ---- Stack */

static void on_pushed(void *context, const Word *frame)
{
    Recorder *r = context;
    write_statics(r);
    uint32_t info = info_number(r, (const InfoTable *)frame[0]);
    TraceWords words = frame_words(r, frame);
    if (write_met(r)) words = frame_words(r, frame);
    write_push(&r->writer, &(Event_push){info, words});
    r->frames = memory_grow(r->frames, &r->frame_capacity, r->frame_count + 1, sizeof *r->frames);
    r->frames[r->frame_count++] = info;
}

/* A pause may have marked an update frame since: it is popped under the name under which it was pushed. */
static void on_popped(void *context, const Word *frame)
{
    Recorder *r = context;
    uint32_t info =
        r->frame_count ? r->frames[--r->frame_count] : info_number(r, (const InfoTable *)frame[0]);
    write_pop(&r->writer, &(Event_pop){info});
}

/* ---- Exceptions and threads */

static void on_raised(void *context, Ref exception)
{
    Recorder *r = context;
    write_statics(r);
    Event_raise e = {id_of_ref(r, exception)};
    write_met(r);
    write_raise(&r->writer, &e);
}

static void on_unwound(void *context, const Word *frame)
{
    Recorder *r = context;
    (void)frame;
    if (r->frame_count) write_unwind(&r->writer, &(Event_unwind){r->frames[r->frame_count - 1]});
}

static void on_thread(void *context, const char *what, const Closure *tso, const char *why)
{
    Recorder *r = context;
    ObjectId id = -1;
    if (records(r, TRACE_HEAP)) {
        write_statics(r);
        id = id_of(r, tso);
        write_met(r);
    }
    write_thread(&r->writer, &(Event_thread){what, id, why});
}

/* ---- Steps */

static void write_step_eval(Recorder *r, const Step *s, uint32_t site)
{
    const char *reps = s->site ? s->site->reps : NULL;
    TraceWords words = local_words(r, reps, s->locals);
    if (write_met(r)) words = local_words(r, reps, s->locals);
    write_eval(&r->writer, &(Event_eval){step_rule_names[s->rule], site, words});
}

static void write_step_enter(Recorder *r, const Step *s, uint32_t site)
{
    if (!s->subject) return;
    Event_enter e = {step_rule_names[s->rule], id_of_ref(r, s->subject), s->tag_hit ? "hit" : "miss", site};
    write_met(r);
    write_enter(&r->writer, &e);
}

static void write_step_apply(Recorder *r, const Step *s, uint32_t site)
{
    if (!s->subject) return;
    Event_apply e = {step_rule_names[s->rule], id_of_ref(r, s->subject), s->args, s->arity, site};
    write_met(r);
    write_apply(&r->writer, &e);
}

static void write_step_return(Recorder *r, const Step *s, uint32_t site)
{
    char rep[2] = {s->value_rep, 0};
    Event_return e = {.id = s->subject ? id_of_ref(r, s->subject) : 0,
                      .rep = s->value_rep ? rep : NULL,
                      .frame = s->frame ? info_number(r, s->frame) : TRACE_NO_NUMBER,
                      .s = site};
    if (e.id)
        e.value = (TraceWord){WORD_ID, e.id};
    else if (s->value_rep)
        e.value = word_of(r, s->value, false);
    write_met(r);
    write_return(&r->writer, &e);
}

/* RULE_UPDATE has its `update`. */
static void on_step(void *context, const Step *s)
{
    Recorder *r = context;
    write_statics(r);
    uint32_t site = site_number(r, s->site);
    switch (s->rule) {
    case RULE_LET:
    case RULE_LETREC:
    case RULE_CASE:
    case RULE_JUMP:
    case RULE_CATCH:
    case RULE_RAISE: write_step_eval(r, s, site); break;
    case RULE_ENTER_THUNK:
    case RULE_ENTER_VALUE:
    case RULE_ENTER_CAF:
    case RULE_FOLLOW_IND:
    case RULE_BLACKHOLE_SELF: write_step_enter(r, s, site); break;
    case RULE_APPLY_EXACT:
    case RULE_APPLY_FEW:
    case RULE_APPLY_MANY: write_step_apply(r, s, site); break;
    case RULE_RETURN: write_step_return(r, s, site); break;
    default: break;
    }
}

/* ---- Safe points */

static bool on_safe_point(void *context)
{
    Recorder *r = context;
    if (r->live) writer_flush(&r->writer);
    return !r->control || r->control(r->control_context);
}

static void on_whole(void *context)
{
    Recorder *r = context;
    if (unlikely(r->writer.events >= r->next_digest)) write_digest_now(r, true);
}

static void on_noted(void *context, const char *text)
{
    Recorder *r = context;
    if (records(r, TRACE_HEAP)) write_statics(r);
    recorder_mark(r, text);
}

/* A run that was stopped may have left half an object; the frame of code that called exit is no frame. */
static void on_finished(void *context, const char *reason, int exit_code)
{
    (void)exit_code;
    if (strcmp(reason, "finished") == 0) write_digest_now(context, false);
}

void recorder_eval_init(Recorder *r)
{
    r->next_digest = DIGEST_EVENTS;
    r->eval = (EvalObserver){.context = r, .thread = on_thread, .noted = on_noted};
    if (r->control || r->live) r->eval.safe_point = on_safe_point;
    if (!records(r, TRACE_HEAP)) return;
    r->eval = (EvalObserver){.context = r,
                             .checked = on_checked,
                             .allocated = on_allocated,
                             .allocated_static = on_allocated_static,
                             .updated = on_updated,
                             .blackholed = on_blackholed,
                             .wrote = on_wrote,
                             .input = on_input,
                             .shrunk = on_shrunk,
                             .pushed = on_pushed,
                             .popped = on_popped,
                             .caf_entered = on_caf_entered,
                             .raised = on_raised,
                             .unwound = on_unwound,
                             .thread = on_thread,
                             .noted = on_noted,
                             .whole = on_whole,
                             .finished = on_finished,
                             .safe_point = r->eval.safe_point,
                             .steps = records(r, TRACE_STEP)};
    if (r->eval.steps) r->eval.step = on_step;
}
