/* Text: one face, DejaVu Sans Mono, in any size; every size is one picture of all glyphs, made when it is
 * first asked for, so that drawing text is copying rectangles. Every glyph of a size is equally wide. */
#ifndef THUNKSCOPE_INSPECT_GUI_TEXT_H
#define THUNKSCOPE_INSPECT_GUI_TEXT_H

#include <SDL2/SDL.h>
#include <stdbool.h>

typedef struct Fonts Fonts;
typedef struct Font Font;

/* NULL: the face is not installed; SDL_GetError says so. */
Fonts *fonts_new(SDL_Renderer *renderer);
void fonts_free(Fonts *fonts);
/* px: height of a capital letter's line, 5 to 95 (clamped). NULL only if memory is out. */
const Font *font_at(Fonts *fonts, int px, bool bold);

int font_advance(const Font *font);
int font_height(const Font *font);
int text_columns(const char *utf8); /* glyphs, not bytes */
int text_width(const Font *font, const char *utf8);
/* Draws what fits into `room` pixels; what does not ends in "…". Returns the width drawn. */
int text_draw(SDL_Renderer *renderer, const Font *font, int x, int y, int room, SDL_Color color,
              const char *utf8);
/* The code point at *at, which is moved behind it; broken UTF-8 is U+FFFD. 0 at the end. */
Uint32 utf8_next(const char **at);

#endif
