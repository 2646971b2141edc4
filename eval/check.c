/* The check of a program: the list of its passes. A pass that finds an error is the last. */
#include "eval/check_private.h"

bool stg_check(Program *p)
{
    void (*const passes[])(Program *) = {check_scope, check_reps, check_free};
    uint32_t before = p->diagnosis_count;
    for (size_t i = 0; i < sizeof passes / sizeof *passes && p->diagnosis_count == before; i++) passes[i](p);
    diagnoses_sort(p);
    return p->diagnosis_count == before && !p->tables->diagnoses_full;
}
