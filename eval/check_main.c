/* What a program's main has to be: an IO action, a function of the state token alone, or something that
 * evaluates to one. */
#include "eval/check_private.h"

static Span start_of_program(const Program *p)
{
    return (Span){.file = p->file_count - 1, .line = 1, .column = 1, .end_line = 1, .end_column = 1};
}

static bool is_action(const Rhs *rhs)
{
    if (!rhs || rhs->flag == RHS_CON) return false;
    return rhs->flag != RHS_FUNCTION || (rhs->param_count == 1 && rep_is_void(rhs->params[0]->reps));
}

bool stg_check_main(Program *p, const char *name)
{
    const Binder *b = program_find(p, name);
    if (!b)
        diagnose(p, start_of_program(p),
                 "the program has no `%s`: define `%s = \\r [s:V] …`, an action of the state token", name,
                 name);
    else if (!is_action(b->rhs))
        diagnose(p, b->span,
                 "`%s` is no action: it has to be a function of the state token alone, `%s = \\r [s:V] …`",
                 name, name);
    else
        return true;
    return false;
}
