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

/* A tail of main that is no action's: a function that still waits for arguments, most often the token. NULL:
 * there is none. */
static const Expr *partial_tail(const Expr *e)
{
    while (e->kind == EXPR_LET || e->kind == EXPR_LET_NO_ESCAPE) e = e->let.body;
    if (e->kind != EXPR_CASE) return expr_is_partial(e) ? e : NULL;
    const Expr *found = NULL;
    for (uint32_t i = 0; i < e->kase.alt_count && !found; i++) found = partial_tail(e->kase.alts[i].body);
    return found;
}

bool stg_check_main(Program *p, const char *name)
{
    const Binder *b = program_find(p, name);
    const Expr *partial = b && b->rhs && b->rhs->flag == RHS_FUNCTION ? partial_tail(b->rhs->body) : NULL;
    if (!b)
        diagnose(p, start_of_program(p),
                 "the program has no `%s`: define `%s = \\r [s:V] …`, an action of the state token", name,
                 name);
    else if (!is_action(b->rhs))
        diagnose(p, b->span,
                 "`%s` is no action: it has to be a function of the state token alone, `%s = \\r [s:V] …`",
                 name, name);
    else if (partial)
        refuse_partial(p, partial);
    else
        return true;
    return false;
}
