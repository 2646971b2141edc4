/* The sentence for the step at the position, and the chain of who demanded it. */
#include <inttypes.h>
#include <string.h>

#include "inspect/gui/app.h"

enum { MOST_WHY = 12 };

static void add_why(App *a, Rows *r, int64_t n)
{
    char line[200], why[MOST_WHY][160];
    uint32_t count = model_why(a->model, n, why, MOST_WHY);
    for (uint32_t k = 0; k < count && k < MOST_WHY; k++) {
        snprintf(line, sizeof line, "%s%.159s", k ? "      " : "why?  ", why[k]);
        row_paragraph(r, k ? INK_DIM : INK_TEXT, 8, line);
    }
}

void explain_rows(App *a, Rows *r)
{
    char text[480], line[160];
    int64_t n = model_position(a->model);
    if (n < 0) {
        row_paragraph(r, INK_DIM, 0,
                      "Before the first event. Press → to begin, Shift+→ for whole steps, ? for all keys.");
        return;
    }
    row_paragraph(r, INK_TEXT, 0, model_explain(a->model, n, a->technical, text, sizeof text));
    row_begin(r, TINT_NONE);
    row_text(r, INK_DIM, "event %" PRId64 "  %s", n, model_event_line(a->model, n, line, sizeof line));
    add_why(a, r, n);
}

/* The heap by info table: count, words, and, where there is room, the share as a bar. */
void census_rows(App *a, Rows *r)
{
    enum { MOST = 200, NUMBERS = 18, BAR = 14, SHORTEST_NAME = 16 };
    CensusRow rows[MOST];
    char count[32], words[32];
    uint64_t all = 0;
    uint32_t found = model_census(a->model, CENSUS_INFO, rows, MOST), shown = SDL_min(found, MOST);
    bool bars = r->columns >= SHORTEST_NAME + NUMBERS + BAR;
    int name = SDL_min(r->columns, 72) - NUMBERS - (bars ? BAR : 0);
    for (uint32_t k = 0; k < shown; k++) all += rows[k].words;
    row_begin(r, TINT_FRAME);
    row_text(r, INK_DIM, "   info table");
    row_tab(r, name);
    row_text(r, INK_DIM, "%8s %8s", "count", "words");
    for (uint32_t k = 0; k < shown; k++) {
        row_begin(r, TINT_NONE);
        row_badge(r, rows[k].kind);
        row_text(r, INK_TEXT, "%.*s", SDL_max(name - 4, 4), rows[k].name);
        row_tab(r, name);
        row_text(r, INK_TEXT, "%8s %8s", number_spoken(rows[k].count, count, sizeof count),
                 number_spoken(rows[k].words, words, sizeof words));
        if (!bars) continue;
        row_text(r, INK_TEXT, "  ");
        row_bar(r, rows[k].words, all);
    }
}
