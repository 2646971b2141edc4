/* Filling a sentence: {name} calls the filler of that name, [ … ] vanishes if a filler in it adds nothing. */
#include <inttypes.h>
#include <string.h>

#include "inspect/explain_private.h"

/* ---- Names of the technical sentence */

void fill_rule(Text *t, const Moment *x)
{
    switch (x->e->type) {
    case EVENT_eval: text_put(t, x->e->as_eval.rule); break;
    case EVENT_enter: text_put(t, x->e->as_enter.rule); break;
    case EVENT_apply: text_put(t, x->e->as_apply.rule); break;
    case EVENT_gc_begin: text_add(t, "collection %" PRIu64, x->e->as_gc_begin.number); break;
    default: text_put(t, x->e->type < EVENT_COUNT ? event_names[x->e->type] : "?");
    }
}

void fill_place(Text *t, const Moment *x)
{
    const Event_site *site = moment_site(x);
    if (site) add_place(t, x->m, model_site_place(site));
}

void fill_address(Text *t, const Moment *x)
{
    const PlayObject *o = explain_subject(x) ? playback_object(x->m->play, explain_subject(x)) : NULL;
    if (!o) return;
    text_add(t, "#%" PRId64 " is at block %u +0x%x, generation %u", o->id, o->at.block,
             (unsigned)(o->at.offset * sizeof(int64_t)), o->generation);
}

/* ---- Templates */

static const struct {
    const char *name;
    void (*fill)(Text *t, const Moment *x);
} fillers[] = {
#define FILLER(name, sentence) {#name, fill_##name},
#include "inspect/explain_fillers.def"
#undef FILLER
};

/* Fills {name} at `at`; returns what stands behind it. `empty` is set if nothing was added. */
static const char *fill_name(Text *t, const Moment *x, const char *at, bool *empty)
{
    size_t length = strcspn(at + 1, "}"), before = t->used;
    for (size_t k = 0; k < sizeof fillers / sizeof *fillers; k++)
        if (strlen(fillers[k].name) == length && strncmp(fillers[k].name, at + 1, length) == 0)
            fillers[k].fill(t, x);
    if (t->used == before && !t->cut) *empty = true;
    return at + length + 2;
}

void explain_fill(Text *t, const Moment *x, const char *sentence)
{
    Text group = *t; /* as the text was when the bracket opened */
    bool empty = false;
    for (const char *at = sentence; *at;) {
        if (*at == '{') {
            at = fill_name(t, x, at, &empty);
            continue;
        }
        if (*at == '[') {
            group = *t;
            empty = false;
        } else if (*at == ']') {
            if (empty) *t = group;
            if (empty && t->size > t->used) t->out[t->used] = 0;
        } else {
            text_add(t, "%c", *at);
        }
        at++;
    }
}
