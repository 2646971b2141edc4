/* Locals, then frames, youngest first; runs of equal frames are folded to one row, dead slots struck through.
 */
#include <inttypes.h>
#include <string.h>

#include "inspect/gui/app.h"

enum { MOST_LOCALS = 32, MOST_ROWS = 600, SHORTEST_RUN = 3, MOST_COUNTED = 100000 };

static void add_word(App *a, Rows *r, const char *name, TraceWord w, char rep)
{
    char word[64];
    bool dead = w.kind == WORD_NOTHING;
    if (name[0]) row_text(r, dead ? INK_STRUCK : INK_DIM, dead ? "%s" : "%s ", name);
    if (w.kind == WORD_ID) {
        char label[24];
        row_link(r, HOT_SELECT, w.value, "#%" PRId64, w.value);
        row_text(r, INK_DIM, " %s", model_object_label(a->model, w.value, label, sizeof label));
    } else if (!dead) {
        row_text(r, INK_TEXT, "%s", model_word(a->model, w, rep, word, sizeof word));
    } else if (!name[0]) {
        row_text(r, INK_STRUCK, "dead");
    }
    row_text(r, INK_DIM, "  ");
}

/* Slots from k on that are dead and have no name. */
static uint32_t dead_run(const App *a, const PlayFrame *f, uint32_t k)
{
    char name[48];
    uint32_t count = 0;
    for (; k + count < f->words.count && f->words.at[k + count].kind == WORD_NOTHING; count++)
        if (model_field_name(a->model, f->info, k + count, name, sizeof name)[0]) break;
    return count;
}

/* How wide add_word will be. */
static int slot_columns(App *a, const char *name, TraceWord w, char rep)
{
    char word[64], label[24] = "";
    if (w.kind == WORD_NOTHING) return (name[0] ? text_columns(name) : 4) + 2;
    model_word(a->model, w, rep, word, sizeof word);
    if (w.kind == WORD_ID) model_object_label(a->model, w.value, label, sizeof label);
    return text_columns(name) + text_columns(word) + text_columns(label) + 4;
}

static RowTint tint_of(const App *a, TraceWord w)
{
    return a->selected && w.kind == WORD_ID && w.value == a->selected ? TINT_SELECTED : TINT_NONE;
}

static void add_locals(App *a, Rows *r)
{
    ModelLocal locals[MOST_LOCALS];
    uint32_t count = model_locals(a->model, locals, MOST_LOCALS);
    row_begin(r, TINT_FRAME);
    row_text(r, INK_BOLD, "LOCALS");
    if (!count) row_text(r, INK_DIM, "  none");
    for (uint32_t k = 0; k < count && k < MOST_LOCALS; k++) {
        row_begin(r, tint_of(a, locals[k].word));
        row_tab(r, 2);
        add_word(a, r, locals[k].name, locals[k].word, locals[k].rep);
    }
}

static bool same_shape(const PlayFrame *a, const PlayFrame *b) { return b && a->info == b->info; }

/* The last of the frames below f that look like it. */
static const PlayFrame *run_end(const PlayFrame *f, uint32_t *count)
{
    *count = 1;
    while (same_shape(f, f->below)) {
        f = f->below;
        ++*count;
    }
    return f;
}

static Kind frame_kind(const App *a, const PlayFrame *f)
{
    const Event_info *i = trace_info(a->trace, f->info);
    return i ? kind_find(i->kind) : KIND_COUNT;
}

/* What is worth a word beside the badge: what a case waits to do; an update frame's closure says all, and the
 * frames of the runtime have no name but their kind. */
static void add_frame_name(App *a, Rows *r, const PlayFrame *f)
{
    const Event_info *i = trace_info(a->trace, f->info);
    if (!i || frame_kind(a, f) == KIND_UPDATE_FRAME) return;
    if (strcmp(i->name, i->kind) == 0) return;
    bool about = i->about && i->about[0];
    row_text(r, INK_TEXT, "%s", about ? i->about : frame_kind(a, f) == KIND_CASE_FRAME ? "" : i->name);
    if (about && i->name[0]) row_text(r, INK_DIM, "  in %s", i->name);
    if (i->line) row_text(r, INK_DIM, ":%" PRIu64, model_info_place(i).line);
}

/* Slots stand side by side as long as there is room. */
static void add_slots(App *a, Rows *r, const PlayFrame *f, bool same_row)
{
    char name[48];
    const Event_info *i = trace_info(a->trace, f->info);
    int column = same_row ? 8 : r->columns;
    for (uint32_t k = 0; k < f->words.count; k++) {
        TraceWord w = f->words.at[k];
        uint32_t dead = dead_run(a, f, k);
        char rep = i && k < strlen(i->reps) ? i->reps[k] : 'P';
        if (same_row)
            name[0] = 0;
        else
            model_field_name(a->model, f->info, k, name, sizeof name);
        int width = slot_columns(a, name, w, rep);
        if (column + width > r->columns || tint_of(a, w) != TINT_NONE) {
            if (!same_row) {
                row_begin(r, tint_of(a, w));
                row_tab(r, 2);
                column = 2;
            }
        }
        if (dead > 1) row_text(r, INK_STRUCK, "%" PRIu32 " dead", dead);
        if (dead > 1)
            row_text(r, INK_DIM, "  ");
        else
            add_word(a, r, name, w, rep);
        column += width + 2 * (dead > 1);
        k += dead > 1 ? dead - 1 : 0;
    }
}

static void add_frame(App *a, Rows *r, const PlayFrame *f, uint32_t folded)
{
    Kind kind = frame_kind(a, f);
    bool update = kind == KIND_UPDATE_FRAME;
    bool chosen = update && f->words.count && tint_of(a, f->words.at[0]) == TINT_SELECTED;
    row_begin(r, chosen ? TINT_SELECTED : TINT_FRAME);
    row_badge(r, kind);
    if (folded > 1) row_text(r, INK_BOLD, "×%" PRIu32 "  ", folded);
    add_frame_name(a, r, f);
    if (folded == 1) {
        if (update) row_text(r, INK_DIM, "→ ");
        add_slots(a, r, f, update);
    }
}

static void add_frames(App *a, Rows *r, const PlayFrame *f)
{
    while (f && r->row_count < MOST_ROWS) {
        uint32_t count;
        const PlayFrame *last = run_end(f, &count);
        if (count > SHORTEST_RUN) {
            add_frame(a, r, f, 1);
            add_frame(a, r, f->below, count - 2);
            add_frame(a, r, last, 1);
        } else {
            for (uint32_t k = 0; k < count; k++, f = f->below) add_frame(a, r, f, 1);
        }
        f = last->below;
    }
    if (!f) return;
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "… %" PRIu32 " more frames", f->depth + 1);
}

static void add_totals(Rows *r, const PlayFrame *top)
{
    uint64_t words = 0;
    row_begin(r, TINT_NONE);
    if (!top) {
        row_text(r, INK_DIM, "the stack is empty");
        return;
    }
    row_text(r, INK_DIM, "%" PRIu32 " frame%s", top->depth + 1, top->depth ? "s" : "");
    if (top->depth > MOST_COUNTED) return;
    for (const PlayFrame *f = top; f; f = f->below) words += 1 + f->words.count;
    row_text(r, INK_DIM, ", %" PRIu64 " words", words);
}

void stack_rows(App *a, Rows *r)
{
    const PlayFrame *top = playback_stack(model_playback(a->model));
    add_locals(a, r);
    row_begin(r, TINT_RULE);
    add_frames(a, r, top);
    add_totals(r, top);
}
