/* Programs whose types do not fit, which no compiler writes and a person may: a case on Bool meets an Int, a
 * constructor is applied. The checker finds what shows in the text; this is the rest, found when it happens.
 */
#include <stdarg.h>
#include <string.h>

#include "eval/link.h"
#include "eval/machine_private.h"

__attribute__((format(printf, 2, 3))) static bool differ(Machine *m, const char *how, ...)
{
    va_list args;
    va_start(args, how);
    vsnprintf(m->misfit, sizeof m->misfit, how, args);
    va_end(args);
    return false;
}

/* ---- Constructors */

/* In a program of GHC's a type may have been coerced to one of the same shape. */
static bool is_expected(const Machine *m, const InfoTable *info, const CodeExpectation *x)
{
    if (info->kind != KIND_CON || info->con_tag >= x->count) return false;
    const InfoTable *con = x->cons[info->con_tag];
    if (con == info) return true;
    if (program_is_linked(m->code.program)) return strcmp(info->reps, con->reps) == 0;
    return strcmp(info->type, x->type) == 0 && strcmp(info->name, con->name) == 0;
}

static const char *article(const char *noun) { return strchr("aeiou", *noun) ? "an" : "a"; }

typedef struct Spoken {
    char text[200];
} Spoken;

static Spoken spoken(const Closure *c)
{
    Spoken s;
    const InfoTable *info = c->info;
    bool is_pap = info->kind == KIND_PAP;
    if (is_pap || info->kind == KIND_FUN) {
        const InfoTable *function = is_pap ? ref_closure(((const Word *)c)[PAP_FUN])->info : info;
        uint32_t lacks = is_pap ? pap_arity(c) : info->con_tag;
        snprintf(s.text, sizeof s.text, "`%s`, a function that still wants %u argument%s", function->name,
                 lacks, lacks == 1 ? "" : "s");
    } else if (info->kind == KIND_CON && info->type) {
        snprintf(s.text, sizeof s.text, "`%s`, a constructor of %s", info->name, info->type);
    } else {
        const char *noun = kinds[info->kind].spoken;
        snprintf(s.text, sizeof s.text, "%s %s", article(noun), noun);
    }
    return s;
}

bool machine_meets(Machine *m, Word r1, const CodeExpectation *x)
{
    const Closure *c = ref_closure(r1);
    if (x->type ? is_expected(m, c->info, x) : c->info->kind == KIND_CON) return true;
    return differ(m, "%s%s at %u:%u meets %s", x->type ? "the case on " : "`dataToTag#`",
                  x->type ? x->type : "", x->span.line, x->span.column, spoken(c).text);
}

bool machine_has_field(Machine *m, Word r1, Word field)
{
    const Closure *c = ref_closure(r1);
    if (c->info->kind == KIND_CON && field < c->info->ptrs) return true;
    return differ(m, "a component is wanted of %s", spoken(c).text);
}

bool machine_is_object(Machine *m, Word object, Kind kind, PrimopId primitive)
{
    const Closure *c = ref_closure(object);
    if (c->info->kind == kind) return true;
    const char *noun = kinds[kind].spoken;
    return differ(m, "`%s` takes %s %s, but is given %s", primops[primitive].name, article(noun), noun,
                  spoken(c).text);
}

/* ---- Words: what a function takes and is given, what is answered and awaited */

static Spoken words_spoken(const char *open, uint32_t count, uint64_t pointers, uint32_t voids,
                           const char *close)
{
    Spoken s;
    size_t at = (size_t)snprintf(s.text, sizeof s.text, "%s", open);
    for (uint32_t i = 0; i < count + voids && at < sizeof s.text; i++)
        at += (size_t)snprintf(s.text + at, sizeof s.text - at, "%s%s", i ? ", " : "",
                               i >= count          ? "void"
                               : pointers >> i & 1 ? "object"
                                                   : "word");
    if (at < sizeof s.text) snprintf(s.text + at, sizeof s.text - at, "%s", close);
    return s;
}

static Spoken arguments_spoken(uint32_t args, uint32_t words, uint64_t pointers)
{
    return words_spoken("(", words, pointers, args > words ? args - words : 0, ")");
}

static Spoken answer_spoken(Word shape)
{
    uint32_t count = apply_words(shape);
    uint64_t pointers = apply_bitmap(shape);
    if (count == 1) return words_spoken(pointers ? "an " : "an unboxed ", 1, pointers, 0, "");
    return words_spoken(count ? "(# " : "(#", count, pointers, 0, count ? " #)" : "#)");
}

/* What a function takes of what it has not yet been given. */
typedef struct Takes {
    const InfoTable *function;
    uint32_t arity, words;
    uint64_t pointers; /* among the first words */
} Takes;

static Takes takes_of(const InfoTable *function, uint32_t arity, uint32_t held)
{
    Takes t = {function, arity, function->arg_words - held, 0};
    for (uint32_t i = 0; i < t.words && i < APPLY_MAX_ARGS; i++)
        t.pointers |= (uint64_t)bitmap_test(&function->bitmap, held + i) << i;
    return t;
}

/* The arguments become a frame, so that the stack is one of frames. */
static void frame_arguments(Machine *m, Word shape)
{
    m->sp -= APPLY_FRAME_ARGS;
    m->sp[0] = (Word)m->apply_frame;
    m->sp[APPLY_FRAME_SHAPE] = shape;
}

static bool takes_shape(Machine *m, Word shape, Takes t)
{
    uint32_t given = apply_words(shape), args = apply_args(shape), common = given < t.words ? given : t.words;
    uint64_t differing = (t.pointers ^ apply_bitmap(shape)) & (((uint64_t)1 << common) - 1);
    bool fits = args < t.arity ? given <= t.words : args > t.arity ? given >= t.words : given == t.words;
    if (fits && !differing) return true;
    frame_arguments(m, shape);
    return differ(m, "`%s`, which takes %s, is given %s", t.function->name,
                  arguments_spoken(t.arity, t.words, t.pointers).text,
                  arguments_spoken(args, given, apply_bitmap(shape)).text);
}

bool machine_applies(Machine *m, Word shape)
{
    const Closure *c = ref_closure(m->r1);
    switch (c->info->kind) {
    case KIND_CON: return true; /* machine_apply says it */
    case KIND_FUN: return takes_shape(m, shape, takes_of(c->info, c->info->con_tag, 0));
    case KIND_PAP: {
        const InfoTable *function = ref_closure(((const Word *)c)[PAP_FUN])->info;
        return takes_shape(m, shape, takes_of(function, pap_arity(c), pap_n_args(c)));
    }
    default: break;
    }
    if (c->info->entry != code_enter_value) return true;
    frame_arguments(m, shape);
    return differ(m, "%s is applied as if it were a function", spoken(c).text);
}

void machine_answer_differs(Machine *m, Word answer, const InfoTable *frame)
{
    char where[64] = "what waits for it";
    if (frame->span.file)
        snprintf(where, sizeof where, "the case at %u:%u", frame->span.line, frame->span.column);
    differ(m, "%s is answered, but %s wants %s", answer_spoken(answer).text, where,
           answer_spoken(frame->awaits).text);
}

/* ---- The story */

/* The code that runs; where that is the runtime's, what waits for it. */
static const InfoTable *code_at(const Machine *m, const Cell *pc)
{
    const InfoTable *owner = code_owner(&m->code, pc);
    for (const Word *frame = m->sp; !owner; frame += frame_size(frame)) {
        const InfoTable *info = (const InfoTable *)frame[0];
        if (info->kind == KIND_STOP_FRAME || info->kind == KIND_UNDERFLOW_FRAME) break;
        if (info->kind == KIND_CASE_FRAME) owner = info;
    }
    return owner;
}

static void tell_place(const Machine *m, const Cell *pc)
{
    const InfoTable *owner = code_at(m, pc);
    fflush(m->config.out);
    fprintf(m->config.err, "%s: ", m->config.program_name);
    if (owner && owner->span.file)
        fprintf(m->config.err, "%s:%u:%u: in `%s`: ", owner->span.file, owner->span.line, owner->span.column,
                owner->name);
}

LoopEnd machine_misfit(Machine *m, const Cell *pc, const char *what)
{
    tell_place(m, pc);
    fprintf(m->config.err, "%s; the program's types do not fit\n", what);
    return LOOP_MISFIT;
}

LoopEnd machine_out_of_bounds(Machine *m, const Cell *pc, const char *part, Word at, const char *whole,
                              Word count)
{
    tell_place(m, pc);
    stack_abandon(m);
    fprintf(m->config.err, "%s %lld of %s of %llu\n", part, (long long)at, whole, (unsigned long long)count);
    return LOOP_MISFIT;
}
