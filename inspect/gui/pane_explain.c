/* The sentence for the step at the position, and the chain of who demanded it. */
#include <inttypes.h>
#include <string.h>

#include "inspect/gui/app.h"

enum { MOST_WHY = 12 };

void explain_rows(App *a, Rows *r)
{
    char text[480], line[160], why[MOST_WHY][160];
    int64_t n = model_position(a->model);
    if (n < 0) {
        row_paragraph(r, INK_DIM,
                      "Before the first event. Press → to begin, Shift+→ for whole steps, ? for all keys.");
        return;
    }
    row_paragraph(r, INK_TEXT, model_explain(a->model, n, a->technical, text, sizeof text));
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "event %" PRId64 "  %s", n, model_event_line(a->model, n, line, sizeof line));
    uint32_t count = model_why(a->model, n, why, MOST_WHY);
    if (!count) return;
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "why?  ");
    for (uint32_t k = 0; k < count && k < MOST_WHY; k++) {
        if (k) row_begin(r, TINT_NONE);
        row_tab(r, 6);
        row_text(r, k ? INK_DIM : INK_TEXT, "%s", why[k]);
    }
}

/* The heap by info table: count, words, share. */
void census_rows(App *a, Rows *r)
{
    enum { MOST = 200 };
    CensusRow rows[MOST];
    char words[32];
    uint64_t all = 0;
    uint32_t count = model_census(a->model, CENSUS_INFO, rows, MOST), shown = SDL_min(count, MOST);
    for (uint32_t k = 0; k < shown; k++) all += rows[k].words;
    row_begin(r, TINT_FRAME);
    row_text(r, INK_DIM, "   info table");
    row_tab(r, 26);
    row_text(r, INK_DIM, "count");
    row_tab(r, 35);
    row_text(r, INK_DIM, "words");
    row_tab(r, 44);
    row_text(r, INK_DIM, "share");
    for (uint32_t k = 0; k < shown; k++) {
        row_begin(r, TINT_NONE);
        row_badge(r, rows[k].kind);
        row_text(r, INK_TEXT, "%.*s", (int)SDL_min(strlen(rows[k].name), 20), rows[k].name);
        row_tab(r, 26);
        row_text(r, INK_TEXT, "%s", number_spoken(rows[k].count, words, sizeof words));
        row_tab(r, 35);
        row_text(r, INK_TEXT, "%s", number_spoken(rows[k].words, words, sizeof words));
        row_tab(r, 44);
        row_bar(r, rows[k].words, all);
    }
}
