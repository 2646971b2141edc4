/* Three palettes: dark, light, and one without colour that proves that patterns suffice. Fills are the
 * colours of Okabe and Ito, which people with colour vision deficiencies tell apart. */
#include <string.h>

#include "inspect/gui/theme.h"

static const KindStyle styles[KIND_COUNT] = {
#define STYLE(kind, glyph, hue, pattern, shape, border)                                                      \
    [KIND_##kind] = {glyph, HUE_##hue, PATTERN_##pattern, SHAPE_##shape, BORDER_##border},
#include "inspect/gui/style.def"
#undef STYLE
};

static const KindStyle unknown_style = {"?", HUE_NONE, PATTERN_SOLID, SHAPE_SQUARE, BORDER_PLAIN};

const KindStyle *kind_style(Kind kind)
{
    return (unsigned)kind < KIND_COUNT && styles[kind].glyph ? &styles[kind] : &unknown_style;
}

#define RGB(hex)                                                                                             \
    {                                                                                                        \
        (hex) >> 16 & 0xFF, (hex) >> 8 & 0xFF, (hex)&0xFF, 0xFF                                              \
    }

static const Theme themes[THEME_COUNT] = {
    {.name = "dark",
     .dark = true,
     .window = RGB(0x16161B),
     .pane = RGB(0x1E1E24),
     .header = RGB(0x282830),
     .line = RGB(0x3C3C48),
     .faint_line = RGB(0x2A2A33),
     .text = RGB(0xE8E8EC),
     .dim = RGB(0x9C9CAA),
     .link = RGB(0x7CC4F0),
     .accent = RGB(0xF0B429),
     .ring = RGB(0x00C08B),
     .tint = RGB(0x2C2B3F),
     .heat = RGB(0xD55E00),
     .curve = RGB(0x56B4E9),
     .depth = RGB(0xCC79A7),
     .minor = RGB(0xE69F00),
     .major = RGB(0xF2C14E),
     .lost = RGB(0x808080),
     .fill = {RGB(0x56B4E9), RGB(0xF0E442), RGB(0xD55E00), RGB(0xE69F00), RGB(0x000000), RGB(0x0072B2),
              RGB(0xCC79A7), RGB(0xFFFFFF), RGB(0x3A3A48), RGB(0x1E1E24)},
     .ink = {RGB(0x000000), RGB(0x000000), RGB(0x000000), RGB(0x000000), RGB(0xFFFFFF), RGB(0xFFFFFF),
             RGB(0x000000), RGB(0x111111), RGB(0xE8E8EC), RGB(0xE8E8EC)},
     .outline = RGB(0x101014),
     .border = {RGB(0xFFFFFF), RGB(0xFFFFFF), RGB(0xFFD2B8), RGB(0xFFFFFF), RGB(0xFFFFFF), RGB(0xCFE8F7),
                RGB(0xFFFFFF), RGB(0x8A8A96), RGB(0x9C9CAA), RGB(0xD0D0D0)}},
    {.name = "light",
     .dark = false,
     .window = RGB(0xECECF0),
     .pane = RGB(0xFFFFFF),
     .header = RGB(0xF3F3F6),
     .line = RGB(0xC9C9D2),
     .faint_line = RGB(0xE8E8EE),
     .text = RGB(0x1C1C22),
     .dim = RGB(0x62626E),
     .link = RGB(0x00558C),
     .accent = RGB(0xB35900),
     .ring = RGB(0x009E73),
     .tint = RGB(0xEEF0FA),
     .heat = RGB(0xD55E00),
     .curve = RGB(0x2E86C1),
     .depth = RGB(0xA84C80),
     .minor = RGB(0xC97F00),
     .major = RGB(0x8A5A00),
     .lost = RGB(0x909090),
     .fill = {RGB(0x56B4E9), RGB(0xF0E442), RGB(0xD55E00), RGB(0xE69F00), RGB(0x000000), RGB(0x0072B2),
              RGB(0xCC79A7), RGB(0xF4F4F4), RGB(0xDCDCE6), RGB(0xFFFFFF)},
     .ink = {RGB(0x000000), RGB(0x000000), RGB(0x000000), RGB(0x000000), RGB(0xFFFFFF), RGB(0xFFFFFF),
             RGB(0x000000), RGB(0x222222), RGB(0x1C1C22), RGB(0x1C1C22)},
     .outline = RGB(0x444444),
     .border = {RGB(0x222222), RGB(0x222222), RGB(0x5A2600), RGB(0x222222), RGB(0xFFFFFF), RGB(0xCFE8F7),
                RGB(0x3C2030), RGB(0x222222), RGB(0x444444), RGB(0x606060)}},
    {.name = "mono",
     .dark = false,
     .window = RGB(0xE8E8E8),
     .pane = RGB(0xFFFFFF),
     .header = RGB(0xF2F2F2),
     .line = RGB(0xBEBEBE),
     .faint_line = RGB(0xE4E4E4),
     .text = RGB(0x111111),
     .dim = RGB(0x5A5A5A),
     .link = RGB(0x111111),
     .accent = RGB(0x000000),
     .ring = RGB(0x000000),
     .tint = RGB(0xEDEDED),
     .heat = RGB(0x444444),
     .curve = RGB(0x555555),
     .depth = RGB(0x999999),
     .minor = RGB(0x777777),
     .major = RGB(0x000000),
     .lost = RGB(0x909090),
     .fill = {RGB(0xD8D8D8), RGB(0xF4F4F4), RGB(0x9A9A9A), RGB(0xB8B8B8), RGB(0x000000), RGB(0x4A4A4A),
              RGB(0xC8C8C8), RGB(0xFFFFFF), RGB(0xE0E0E0), RGB(0xFFFFFF)},
     .ink = {RGB(0x000000), RGB(0x000000), RGB(0x000000), RGB(0x000000), RGB(0xFFFFFF), RGB(0xFFFFFF),
             RGB(0x000000), RGB(0x000000), RGB(0x000000), RGB(0x000000)},
     .outline = RGB(0x222222),
     .border = {RGB(0x222222), RGB(0x222222), RGB(0x222222), RGB(0x222222), RGB(0xFFFFFF), RGB(0xFFFFFF),
                RGB(0x222222), RGB(0x222222), RGB(0x444444), RGB(0x606060)}},
};

const Theme *theme_at(int k) { return &themes[(k % THEME_COUNT + THEME_COUNT) % THEME_COUNT]; }

int theme_find(const char *name)
{
    for (int k = 0; k < THEME_COUNT; k++)
        if (strcmp(themes[k].name, name) == 0) return k;
    return -1;
}

static Uint8 mix(Uint8 a, Uint8 b, double part) { return (Uint8)(a + (b - a) * part + 0.5); }

SDL_Color color_mix(SDL_Color a, SDL_Color b, double part)
{
    return (SDL_Color){mix(a.r, b.r, part), mix(a.g, b.g, part), mix(a.b, b.b, part), 0xFF};
}
