/* The atlas of a size: glyphs in the order of glyph_ranges, one row of 32 after the other, white, so that a
 * colour is a modulation. A character that the atlas lacks is drawn as U+FFFD. */
#include <SDL2/SDL_ttf.h>
#include <stdlib.h>

#include "inspect/gui/text.h"

#define FACE      "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
#define BOLD_FACE "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf"
#define MOST_PX   96
#define PER_ROW   32

static const struct {
    Uint32 first, last;
} glyph_ranges[] = {
    {0x20, 0x7E},     {0xA0, 0xFF},     {0x391, 0x3C9},   {0x2010, 0x2026}, {0x2190, 0x2195},
    {0x21D0, 0x21D4}, {0x21E2, 0x21E2}, {0x2200, 0x221E}, {0x2260, 0x2265}, {0x2500, 0x2502},
    {0x2514, 0x2514}, {0x2581, 0x2593}, {0x25A0, 0x25CF}, {0x27E8, 0x27E9}, {0xFFFD, 0xFFFD},
};
enum { RANGE_COUNT = sizeof glyph_ranges / sizeof glyph_ranges[0] };

struct Font {
    SDL_Texture *atlas;
    int advance, height, cell;
};

struct Fonts {
    SDL_Renderer *renderer;
    Font sizes[2][MOST_PX];
};

static int glyph_count(void)
{
    Uint32 count = 0;
    for (int k = 0; k < RANGE_COUNT; k++) count += glyph_ranges[k].last - glyph_ranges[k].first + 1;
    return (int)count;
}

static int glyph_index(Uint32 code)
{
    int before = 0;
    for (int k = 0; k < RANGE_COUNT; k++) {
        if (code >= glyph_ranges[k].first && code <= glyph_ranges[k].last)
            return before + (int)(code - glyph_ranges[k].first);
        before += (int)(glyph_ranges[k].last - glyph_ranges[k].first + 1);
    }
    return before - 1;
}

static SDL_Rect glyph_cell(const Font *font, int index)
{
    return (SDL_Rect){index % PER_ROW * font->cell, index / PER_ROW * font->height, font->cell, font->height};
}

/* A stroke thinner than a pixel fades away in small sizes: the row that has most of it gets all of it. */
static void stroke_strengthen(SDL_Surface *glyph)
{
    const Uint8 *pixels = glyph->pixels;
    int strongest = 0, at = -1;
    for (int y = 0; y < glyph->h; y++) {
        Uint32 middle = ((const Uint32 *)(pixels + y * glyph->pitch))[glyph->w / 2];
        if ((int)(middle >> 24) > strongest) strongest = (int)(middle >> 24), at = y;
    }
    for (int x = 0; at >= 0 && x < glyph->w; x++) {
        Uint32 *pixel = (Uint32 *)((Uint8 *)glyph->pixels + at * glyph->pitch) + x;
        if (*pixel >> 24) *pixel |= 0xFF000000u;
    }
}

static void atlas_add(SDL_Surface *atlas, const Font *font, TTF_Font *face, Uint32 code)
{
    if (!TTF_GlyphIsProvided32(face, code)) return;
    SDL_Surface *glyph = TTF_RenderGlyph32_Blended(face, code, (SDL_Color){255, 255, 255, 255});
    if (!glyph) return;
    SDL_Rect cell = glyph_cell(font, glyph_index(code));
    if (code == '_') stroke_strengthen(glyph);
    SDL_SetSurfaceBlendMode(glyph, SDL_BLENDMODE_NONE);
    SDL_Rect part = {0, 0, SDL_min(glyph->w, cell.w), SDL_min(glyph->h, cell.h)};
    SDL_BlitSurface(glyph, &part, atlas, &cell);
    SDL_FreeSurface(glyph);
}

static SDL_Surface *atlas_make(const Font *font, TTF_Font *face)
{
    int rows = (glyph_count() + PER_ROW - 1) / PER_ROW;
    SDL_Surface *atlas = SDL_CreateRGBSurfaceWithFormat(0, PER_ROW * font->cell, rows * font->height, 32,
                                                        SDL_PIXELFORMAT_ARGB8888);
    if (!atlas) return NULL;
    for (int k = 0; k < RANGE_COUNT; k++)
        for (Uint32 code = glyph_ranges[k].first; code <= glyph_ranges[k].last; code++)
            atlas_add(atlas, font, face, code);
    return atlas;
}

static bool font_make(Fonts *fonts, Font *font, int px, bool bold)
{
    TTF_Font *face = TTF_OpenFont(bold ? BOLD_FACE : FACE, px);
    if (!face) return false;
    TTF_SetFontHinting(face, TTF_HINTING_NONE);
    TTF_GlyphMetrics(face, 'M', NULL, NULL, NULL, NULL, &font->advance);
    font->height = TTF_FontHeight(face);
    font->cell = font->advance + 2;
    SDL_Surface *atlas = atlas_make(font, face);
    TTF_CloseFont(face);
    if (!atlas) return false;
    font->atlas = SDL_CreateTextureFromSurface(fonts->renderer, atlas);
    SDL_FreeSurface(atlas);
    if (font->atlas) SDL_SetTextureBlendMode(font->atlas, SDL_BLENDMODE_BLEND);
    return font->atlas != NULL;
}

Fonts *fonts_new(SDL_Renderer *renderer)
{
    if (TTF_Init() != 0) return NULL;
    Fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts) return NULL;
    fonts->renderer = renderer;
    if (font_at(fonts, 13, false) && font_at(fonts, 13, true)) return fonts;
    fonts_free(fonts);
    return NULL;
}

void fonts_free(Fonts *fonts)
{
    if (!fonts) return;
    for (int bold = 0; bold < 2; bold++)
        for (int px = 0; px < MOST_PX; px++)
            if (fonts->sizes[bold][px].atlas) SDL_DestroyTexture(fonts->sizes[bold][px].atlas);
    free(fonts);
    TTF_Quit();
}

const Font *font_at(Fonts *fonts, int px, bool bold)
{
    px = SDL_clamp(px, 5, MOST_PX - 1);
    Font *font = &fonts->sizes[bold][px];
    if (!font->atlas && !font_make(fonts, font, px, bold)) return NULL;
    return font;
}

int font_advance(const Font *font) { return font ? font->advance : 1; }
int font_height(const Font *font) { return font ? font->height : 1; }

Uint32 utf8_next(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    if (!*s) return 0;
    int more = *s < 0x80 ? 0 : *s >> 5 == 6 ? 1 : *s >> 4 == 14 ? 2 : *s >> 3 == 30 ? 3 : -1;
    Uint32 code = more <= 0 ? *s : *s & (0x3Fu >> more);
    ++*at;
    if (more < 0) return 0xFFFD;
    for (int k = 1; k <= more; k++) {
        if ((s[k] & 0xC0) != 0x80) return 0xFFFD;
        code = code << 6 | (s[k] & 0x3F);
        ++*at;
    }
    return code;
}

int text_columns(const char *utf8)
{
    int columns = 0;
    while (utf8_next(&utf8)) columns++;
    return columns;
}

int text_width(const Font *font, const char *utf8) { return text_columns(utf8) * font_advance(font); }

static void glyph_draw(SDL_Renderer *renderer, const Font *font, int x, int y, Uint32 code)
{
    if (code == ' ') return;
    SDL_Rect from = glyph_cell(font, glyph_index(code));
    SDL_Rect to = {x, y, from.w, from.h};
    SDL_RenderCopy(renderer, font->atlas, &from, &to);
}

int text_draw(SDL_Renderer *renderer, const Font *font, int x, int y, int room, SDL_Color color,
              const char *utf8)
{
    if (!font || room < font->advance) return 0;
    int fit = room / font->advance, columns = text_columns(utf8);
    int shown = columns <= fit ? columns : fit - 1;
    SDL_SetTextureColorMod(font->atlas, color.r, color.g, color.b);
    for (int k = 0; k < shown; k++) glyph_draw(renderer, font, x + k * font->advance, y, utf8_next(&utf8));
    if (columns > fit) glyph_draw(renderer, font, x + shown++ * font->advance, y, 0x2026);
    return shown * font->advance;
}
