/* All that was recorded about the selected closure; nothing is forced to say it. And who holds it. */
#include <inttypes.h>
#include <string.h>

#include "inspect/gui/app.h"

enum { COLUMN = 11, MOST_FIELDS = 64, MOST_HISTORY = 200, SHOWN_HISTORY = 40, MOST_PATH = 64 };

static const PlayObject *selected(App *a, Rows *r)
{
    const PlayObject *o = a->selected ? playback_object(model_playback(a->model), a->selected) : NULL;
    if (o) return o;
    if (a->selected) {
        row_begin(r, TINT_NONE);
        row_text(r, INK_TEXT, "#%" PRId64 " is not allocated yet at this event.", a->selected);
    } else {
        row_paragraph(r, INK_DIM, 0,
                      "Nothing is selected. Click a closure, walk with ↑ ↓ in GRAPH, or find one with /.");
    }
    return NULL;
}

static void heading(Rows *r, const char *word)
{
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "%s", word);
    row_tab(r, COLUMN);
}

static void add_identity(App *a, Rows *r, const PlayObject *o)
{
    const Event_info *i = trace_info(a->trace, o->info);
    row_begin(r, TINT_FRAME);
    row_badge(r, o->kind);
    row_text(r, INK_BOLD, "#%" PRId64 " %s", o->id, i ? i->name : "?");
    heading(r, "kind");
    row_text(r, INK_TEXT, "%s", kinds[o->kind].name);
    row_text(r, INK_DIM, "  %s%s", kinds[o->kind].spoken, o->dead ? ", dead" : "");
    if (!i) return;
    if (strcmp(i->kind, kinds[o->kind].name) != 0) {
        heading(r, "was");
        row_text(r, INK_TEXT, "%s", i->kind);
    }
    heading(r, i->type ? "type" : "arity, tag");
    if (i->type)
        row_text(r, INK_TEXT, "%s, constructor %" PRIu64, i->type, i->tag);
    else
        row_text(r, INK_TEXT, "%" PRIu64, i->tag);
    char place[256];
    const char *slash = strrchr(model_place_text(a->model, model_info_place(i), place, sizeof place), '/');
    if (!place[0]) return;
    heading(r, "source");
    row_text(r, INK_TEXT, "%s", slash ? slash + 1 : place);
}

static void add_place(Rows *r, const PlayObject *o)
{
    heading(r, "size");
    row_text(r, INK_TEXT, "%" PRIu32 " words", o->words);
    heading(r, "place");
    row_text(r, INK_TEXT, "block %" PRIu32 " +0x%" PRIx32, o->at.block, o->at.offset * 8);
    heading(r, "generation");
    if (o->is_static)
        row_text(r, INK_TEXT, "static");
    else
        row_text(r, INK_TEXT, "%d, survived %d", o->generation, o->age);
    row_text(r, INK_DIM, "%s%s%s", o->is_large ? ", large" : "", o->remembered ? ", remembered" : "",
             o->root ? ", a root" : "");
}

static void add_field(App *a, Rows *r, const PlayObject *o, uint32_t k)
{
    char text[64];
    TraceWord w = o->fields.at[k];
    row_begin(r, TINT_NONE);
    row_tab(r, 2);
    model_field_name(a->model, o->info, k, text, sizeof text);
    if (text[0])
        row_text(r, INK_TEXT, "%s", text);
    else
        row_text(r, INK_DIM, "%" PRIu32, k);
    row_tab(r, COLUMN);
    if (w.kind == WORD_ID) {
        row_object(a, r, w.value);
        row_text(r, INK_DIM, "  %s", model_object_label(a->model, w.value, text, sizeof text));
    } else {
        row_text(r, INK_TEXT, "%s",
                 model_word(a->model, w, model_field_rep(a->model, o, k), text, sizeof text));
    }
}

static void add_fields(App *a, Rows *r, const PlayObject *o)
{
    if (o->target) {
        heading(r, "stands for");
        row_object(a, r, o->target);
    }
    if (!o->fields.count) return;
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "%" PRIu32 " field%s", o->fields.count, o->fields.count == 1 ? "" : "s");
    for (uint32_t k = 0; k < o->fields.count && k < MOST_FIELDS; k++) add_field(a, r, o, k);
    if (o->fields.count <= MOST_FIELDS) return;
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "  … %" PRIu32 " more", o->fields.count - MOST_FIELDS);
}

static void add_history(App *a, Rows *r, const PlayObject *o)
{
    uint64_t events[MOST_HISTORY];
    char line[160];
    uint32_t count = model_history(a->model, o->id, events, MOST_HISTORY);
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "history: %" PRIu32 " event%s", count, count == 1 ? "" : "s");
    for (uint32_t k = 0; k < count && k < SHOWN_HISTORY; k++) {
        bool now = (int64_t)events[k] == model_position(a->model);
        row_begin(r, now ? TINT_FRAME : TINT_NONE);
        row_tab(r, 2);
        row_link(r, HOT_SEEK, (int64_t)events[k], "%" PRIu64, events[k]);
        row_tab(r, COLUMN);
        row_text(r, (int64_t)events[k] > model_position(a->model) ? INK_DIM : INK_TEXT, "%s",
                 model_event_line(a->model, (int64_t)events[k], line, sizeof line));
    }
    if (count <= SHOWN_HISTORY) return;
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "  … %" PRIu32 " more", count - SHOWN_HISTORY);
}

void inspector_rows(App *a, Rows *r)
{
    char preview[160];
    const PlayObject *o = selected(a, r);
    if (!o) return;
    add_identity(a, r, o);
    heading(r, "value");
    row_text(r, INK_ACCENT, "%s", model_value_preview(a->model, o->id, preview, sizeof preview));
    add_place(r, o);
    add_fields(a, r, o);
    add_history(a, r, o);
}

void retainers_rows(App *a, Rows *r)
{
    ObjectId path[MOST_PATH];
    char root[64] = "", line[160];
    const PlayObject *o = selected(a, r);
    if (!o) return;
    uint32_t length = model_path(a->model, o->id, path, MOST_PATH, root, sizeof root);
    row_begin(r, TINT_NONE);
    if (!length) {
        row_text(r, INK_TEXT,
                 "#%" PRId64 " is not reachable: the next collection of its generation frees it.", o->id);
        return;
    }
    row_text(r, INK_DIM, "shortest path, %" PRIu32 " reference%s", length, length == 1 ? "" : "s");
    row_begin(r, TINT_FRAME);
    row_text(r, INK_BOLD, "%s", root);
    for (uint32_t k = 0; k < length && k < MOST_PATH; k++) {
        const PlayObject *step = playback_object(model_playback(a->model), path[k]);
        row_begin(r, path[k] == a->selected ? TINT_SELECTED : TINT_NONE);
        row_text(r, INK_DIM, "└ ");
        if (step) row_badge(r, step->kind);
        row_link(r, HOT_SELECT, path[k], "%s", model_object_line(a->model, path[k], line, sizeof line));
    }
}
