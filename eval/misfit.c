/* Programs whose types do not fit, which no compiler writes and a person may: a case on Bool meets an Int, a
 * constructor is applied. The checker finds what shows in the text; this is the rest, found when it happens.
 */
#include <string.h>

#include "eval/link.h"
#include "eval/machine_private.h"

/* In a program of GHC's a type may have been coerced to one of the same shape. */
static bool is_expected(const Machine *m, const InfoTable *info, const CodeExpectation *x)
{
    if (info->kind != KIND_CON || info->con_tag >= x->count) return false;
    const InfoTable *con = x->cons[info->con_tag];
    if (con == info) return true;
    if (program_is_linked(m->code.program)) return strcmp(info->reps, con->reps) == 0;
    return strcmp(info->type, x->type) == 0 && strcmp(info->name, con->name) == 0;
}

bool machine_meets(Machine *m, Word r1, const CodeExpectation *x)
{
    const InfoTable *info = ref_closure(r1)->info;
    if (is_expected(m, info, x)) return true;
    snprintf(m->misfit, sizeof m->misfit, "the case on %s at %u:%u meets `%s`%s%s", x->type, x->span.line,
             x->span.column, info->name, info->type ? ", a constructor of " : "",
             info->type ? info->type : "");
    return false;
}

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

LoopEnd machine_misfit(Machine *m, const Cell *pc, const char *what)
{
    const InfoTable *owner = code_at(m, pc);
    fflush(m->config.out);
    fprintf(m->config.err, "%s: ", m->config.program_name);
    if (owner && owner->span.file)
        fprintf(m->config.err, "%s:%u:%u: in `%s`: ", owner->span.file, owner->span.line, owner->span.column,
                owner->name);
    fprintf(m->config.err, "%s; the program's types do not fit\n", what);
    return LOOP_UNCAUGHT;
}
