/* Static closures and code (57-60): what a major collection met on its way, before CAFs that it has not met
 * die. A second look, which goes by the tables alone and not by the collection's own list of work. */
#include "gc/collection.h"
#include "gc/sanity_private.h"

static void check_named_closure(Sanity *s, const InfoTable *code, const Closure *c)
{
    if (Bdescr(c)->flags & BF_TRACED && !static_is_reached(Bdescr(c), c))
        sanity_report(s, 60, c, "the code of `%s` lives and names it, but it has not been met", code->name);
}

static void check_named_code(Sanity *s, const InfoTable *code, const InfoTable *named)
{
    if (named->unreached)
        sanity_report(s, 60, NULL, "the code of `%s` lives and names that of `%s`, which has not been met",
                      code->name, named->name);
}

static void check_code(Sanity *s, const InfoTable *code)
{
    const Srt *srt = code->srt;
    for (uint32_t i = 0; i < srt->closures; i++) check_named_closure(s, code, (const Closure *)srt->names[i]);
    for (uint32_t i = 0; i < srt->codes; i++)
        check_named_code(s, code, (const InfoTable *)srt->names[srt->closures + i]);
}

void sanity_check_code(Sanity *s)
{
    for (uint32_t id = 0; id < info_count(s->h->heap.infos); id++) {
        const InfoTable *code = info_by_id(s->h->heap.infos, id);
        if (code->srt && !code->unreached) check_code(s, code);
    }
}
