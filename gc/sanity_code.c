/* Static closures and code (57-60): what a major collection met on its way, before CAFs that it has not met
 * die. A second look, which goes by the tables alone and not by the collection's own list of work. And what
 * code names, for searches of the checker's own (level 4). */
#include <stdlib.h>

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

/* ---- For searches */

bool sanity_codes_begin(SanityCodes *k, const InfoRegistry *infos)
{
    *k = (SanityCodes){.infos = infos,
                       .met = calloc(info_count(infos) + 1, 1),
                       .todo = malloc((info_count(infos) + 1) * sizeof *k->todo)};
    if (k->met && k->todo) return true;
    sanity_codes_free(k);
    return false;
}

void sanity_codes_free(SanityCodes *k)
{
    free(k->met);
    free(k->todo);
    *k = (SanityCodes){0};
}

static void meet(SanityCodes *k, const InfoTable *code)
{
    if (!code->srt || k->met[code->id]) return;
    k->met[code->id] = 1;
    k->todo[k->count++] = code;
}

static bool meet_frame(void *context, Word *frame)
{
    meet(context, (const InfoTable *)frame[0]);
    return true;
}

void sanity_codes_meet(SanityCodes *k, const Closure *c)
{
    Word *w = closure_words((Closure *)c);
    meet(k, c->info);
    if (c->info->kind == KIND_STACK)
        stack_each_frame((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], meet_frame, k);
    if (c->info->kind == KIND_AP_STACK)
        stack_each_frame(&w[AP_STACK_PAYLOAD], &w[AP_STACK_PAYLOAD + w[AP_STACK_SIZE]], meet_frame, k);
}

void sanity_codes_go(SanityCodes *k, CodeVisitor visit, void *context)
{
    while (k->count) {
        const InfoTable *code = k->todo[--k->count];
        const Srt *srt = code->srt;
        for (uint32_t i = 0; i < srt->closures; i++) visit(context, code, (Closure *)srt->names[i]);
        for (uint32_t i = 0; i < srt->codes; i++) meet(k, (const InfoTable *)srt->names[srt->closures + i]);
    }
}
