/* Every kind has a look of its own, with and without colour; text on it can be read. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "inspect/gui/theme.h"

static bool same_pattern(const KindStyle *a, const KindStyle *b)
{
    return a->pattern == b->pattern && a->shape == b->shape && a->border == b->border;
}

Test(gui_theme, every_kind_has_a_look_of_its_own)
{
    for (int a = 0; a < KIND_COUNT; a++) {
        const KindStyle *x = kind_style((Kind)a);
        cr_assert_str_neq(x->glyph, "?", "%s has no row in style.def", kinds[a].name);
        for (int b = a + 1; b < KIND_COUNT; b++) {
            const KindStyle *y = kind_style((Kind)b);
            cr_assert_str_neq(x->glyph, y->glyph, "%s and %s have one glyph", kinds[a].name, kinds[b].name);
            cr_assert(x->hue != y->hue || !same_pattern(x, y), "%s and %s look the same", kinds[a].name,
                      kinds[b].name);
        }
    }
}

Test(gui_theme, the_four_states_of_evaluation_survive_without_colour)
{
    static const Kind states[] = {KIND_THUNK, KIND_BLACKHOLE, KIND_IND, KIND_CON};
    for (int a = 0; a < 4; a++)
        for (int b = a + 1; b < 4; b++)
            cr_assert(!same_pattern(kind_style(states[a]), kind_style(states[b])), "%s, %s",
                      kinds[states[a]].name, kinds[states[b]].name);
}

static double channel(Uint8 v)
{
    double c = v / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(SDL_Color c)
{
    return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
}

/* WCAG 2.1, 1.4.3. */
static double contrast(SDL_Color a, SDL_Color b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

Test(gui_theme, text_has_enough_contrast_in_every_palette)
{
    for (int k = 0; k < THEME_COUNT; k++) {
        const Theme *t = theme_at(k);
        cr_assert_geq(contrast(t->text, t->pane), 7, "%s: text", t->name);
        cr_assert_geq(contrast(t->dim, t->pane), 4.5, "%s: dim text", t->name);
        cr_assert_geq(contrast(t->link, t->pane), 4.5, "%s: links", t->name);
        cr_assert_geq(contrast(t->accent, t->pane), 4.5, "%s: accent", t->name);
        cr_assert_geq(contrast(t->dim, t->header), 4.5, "%s: dim text on headers", t->name);
        for (int hue = 0; hue < HUE_COUNT; hue++)
            cr_assert_geq(contrast(t->fill[hue], t->ink[hue]), 4.5, "%s: hue %d", t->name, hue);
    }
}

Test(gui_theme, palettes_are_found_by_name)
{
    for (int k = 0; k < THEME_COUNT; k++) cr_assert_eq(theme_find(theme_at(k)->name), k);
    cr_assert_eq(theme_find("plaid"), -1);
}
