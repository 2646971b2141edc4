/* Rows of text, UTF-8, the numbers on screen, and the curves of the timeline. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/gui/app.h"

static char *printed(const Rows *r)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    rows_print(r, out);
    fclose(out);
    return text;
}

Test(gui_rows, paragraphs_break_at_spaces)
{
    Rows r;
    rows_init(&r, 20);
    row_paragraph(&r, INK_TEXT, 0, "To choose a branch, xs is needed in WHNF → now.");
    cr_assert_eq(r.row_count, 3);
    for (size_t k = 0; k < r.span_count; k++) cr_assert_leq(text_columns(r.text + r.spans[k].text), 20);
    char *text = printed(&r);
    cr_assert_str_eq(text, "  To choose a branch,\n  xs is needed in WHNF\n  → now.\n");
    free(text);
    rows_free(&r);
}

Test(gui_rows, tabs_align_and_badges_are_words)
{
    Rows r;
    rows_init(&r, 80);
    row_begin(&r, TINT_SELECTED);
    row_badge(&r, KIND_THUNK);
    row_text(&r, INK_TEXT, "xs");
    row_tab(&r, 10);
    row_link(&r, HOT_SELECT, 12, "#%d", 12);
    char *text = printed(&r);
    cr_assert_str_eq(text, "> T xs      #12\n");
    free(text);
    rows_free(&r);
}

Test(gui_rows, broken_utf8_never_runs_past_the_end)
{
    const char *texts[] = {"a\xC3", "\xE2\x86", "\xF0\x9F\x98", "\xFF\xFE", "\xE2\x41\x42"};
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        const char *at = texts[k];
        int columns = 0;
        while (utf8_next(&at)) columns++;
        cr_assert_eq(at, texts[k] + strlen(texts[k]));
        cr_assert_leq(columns, (int)strlen(texts[k]));
    }
    cr_assert_eq(text_columns("λ → ●"), 5);
}

Test(gui_rows, numbers_are_grouped)
{
    char out[32];
    cr_assert_str_eq(number_spoken(0, out, sizeof out), "0");
    cr_assert_str_eq(number_spoken(999, out, sizeof out), "999");
    cr_assert_str_eq(number_spoken(4812, out, sizeof out), "4 812");
    cr_assert_str_eq(number_spoken(10000000, out, sizeof out), "10 000 000");
}

Test(gui_series, curves_of_a_trace)
{
    TraceError error;
    Trace *t = trace_open(THUNKSCOPE_SOURCE_DIR "/tests/golden/tiny.jsonl", &error);
    cr_assert_not_null(t);
    Series *s = series_new();
    series_update(s, t);
    series_update(s, t); /* nothing new: nothing changes */
    cr_assert_eq(series_sample(s, 21, 21).live, 0, "static objects are not counted");
    cr_assert_eq(series_sample(s, 31, 31).live, 2 + 4 + 3);
    cr_assert_eq(series_sample(s, 39, 39).live, 11);
    cr_assert_eq(series_sample(s, 50, 50).live, 9, "what died is gone");
    cr_assert_eq(series_sample(s, 0, 67).depth, 3);
    cr_assert_eq(series_peak(s).live, 11);
    cr_assert_eq(series_heat(s, 0, 2), 2, "two objects were allocated at line 2");
    series_free(s);
    trace_free(t);
}
