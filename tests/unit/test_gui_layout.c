/* Where panes stand: nothing overlaps, nothing leaves the window, everything asked for is shown. */
#include <criterion/criterion.h>

#include "inspect/gui/layout.h"

static const int sizes[][2] = {{1024, 640}, {1280, 800}, {1366, 768}, {1920, 1080}, {3840, 2160}};
enum { SIZE_COUNT = sizeof sizes / sizeof sizes[0] };

static LayoutRequest request(LayoutKind kind, int size, double scale)
{
    return (LayoutRequest){.kind = kind,
                           .width = (int)(sizes[size][0] * scale),
                           .height = (int)(sizes[size][1] * scale),
                           .scale = scale,
                           .maximised = PANE_NONE};
}

static void check_layout(const LayoutRequest *r)
{
    PaneLayout l = layout_compute(r);
    int bar = r->kind == LAYOUT_LIST ? 0 : l.toolbar.h;
    cr_assert_gt(l.count, 0);
    for (int k = 0; k < l.count; k++) {
        SDL_Rect a = l.places[k].rect;
        cr_assert(a.x >= 0 && a.y >= bar && a.x + a.w <= r->width && a.y + a.h <= r->height,
                  "%s leaves %dx%d", pane_name(l.places[k].shown), r->width, r->height);
        cr_assert(a.w >= 200 * r->scale && a.h >= 44 * r->scale, "%s is %dx%d in %dx%d",
                  pane_name(l.places[k].shown), a.w, a.h, r->width, r->height);
        for (int j = k + 1; j < l.count; j++)
            cr_assert(!SDL_HasIntersection(&a, &l.places[j].rect), "%s overlaps %s",
                      pane_name(l.places[k].shown), pane_name(l.places[j].shown));
    }
}

Test(gui_layout, places_never_overlap)
{
    for (int size = 0; size < SIZE_COUNT; size++)
        for (int kind = LAYOUT_LESSON; kind <= LAYOUT_LAB; kind++)
            for (double scale = 1; scale <= 3; scale += 0.5) {
                LayoutRequest r = request((LayoutKind)kind, size, scale);
                check_layout(&r);
            }
}

Test(gui_layout, lists_share_the_window)
{
    for (int count = 1; count <= 5; count++) {
        LayoutRequest r = request(LAYOUT_LIST, 1, 1);
        for (int k = 0; k < count; k++) r.listed[r.listed_count++] = (PaneId)k;
        check_layout(&r);
        PaneLayout l = layout_compute(&r);
        cr_assert_eq(l.count, count);
        for (int k = 0; k < count; k++) cr_assert_not_null(layout_place(&l, (PaneId)k));
    }
}

Test(gui_layout, a_maximised_pane_has_the_window_for_itself)
{
    for (int pane = 0; pane < PANE_COUNT; pane++) {
        LayoutRequest r = request(LAYOUT_LESSON, 1, 1);
        r.maximised = (PaneId)pane;
        check_layout(&r);
        PaneLayout l = layout_compute(&r);
        cr_assert_eq(l.count, 1);
        cr_assert_eq(l.places[0].shown, (PaneId)pane);
        cr_assert_geq(l.places[0].rect.w, 1260);
    }
}

Test(gui_layout, every_pane_can_be_brought_forward_in_the_lesson)
{
    for (int pane = 0; pane < PANE_COUNT; pane++) {
        LayoutRequest r = request(LAYOUT_LESSON, 1, 1);
        layout_bring_forward(&r, (PaneId)pane);
        PaneLayout l = layout_compute(&r);
        cr_assert_not_null(layout_place(&l, (PaneId)pane), "%s cannot be shown", pane_name((PaneId)pane));
    }
}

Test(gui_layout, a_tab_hides_those_it_shares_its_place_with)
{
    LayoutRequest r = request(LAYOUT_LESSON, 1, 1);
    layout_bring_forward(&r, PANE_census);
    layout_bring_forward(&r, PANE_map);
    PaneLayout l = layout_compute(&r);
    cr_assert_not_null(layout_place(&l, PANE_map));
    cr_assert_null(layout_place(&l, PANE_census));
}

Test(gui_layout, digits_and_names_are_unique)
{
    for (int a = 0; a < PANE_COUNT; a++) {
        cr_assert_eq(pane_find(pane_name((PaneId)a)), (PaneId)a);
        for (int b = a + 1; b < PANE_COUNT; b++) cr_assert_neq(pane_digit((PaneId)a), pane_digit((PaneId)b));
    }
    cr_assert_eq(pane_find("nonsense"), PANE_NONE);
}
