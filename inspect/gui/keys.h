/* The keyboard: chords of keys.def, parsed once, and which row a key event means. */
#ifndef THUNKSCOPE_INSPECT_GUI_KEYS_H
#define THUNKSCOPE_INSPECT_GUI_KEYS_H

#include <SDL2/SDL.h>
#include <stdbool.h>
#include <stdio.h>

typedef enum Key {
#define KEY(name, function, argument, group, chords, sentence) KEY_##name,
#include "inspect/gui/keys.def"
#undef KEY
    KEY_COUNT,
    KEY_NONE = KEY_COUNT
} Key;
typedef enum KeyGroup { GROUP_TIME, GROUP_VIEW, GROUP_SELECT, GROUP_FIND, GROUP_HELP, GROUP_COUNT } KeyGroup;

typedef struct KeyRow {
    const char *name, *chords, *sentence;
    KeyGroup group;
} KeyRow;
extern const KeyRow key_rows[KEY_COUNT];
extern const char *const key_group_titles[GROUP_COUNT];

typedef enum ChordKind { CHORD_KEY, CHORD_PLACE, CHORD_TYPED } ChordKind;
typedef struct Chord {
    ChordKind kind;
    int code; /* SDL_Keycode, SDL_Scancode or character */
    bool ctrl, shift, alt;
} Chord;
/* Reads the chord that begins at *at, moves behind it. False: there is none, or it is no chord. */
bool chord_parse(const char **at, Chord *out);
bool chord_equal(Chord a, Chord b);

Key key_of_press(SDL_Keysym pressed);
Key key_of_typed(const char *utf8);
/* "Shift+→": a chord as a person reads it; the first one of the row if `all` is false. */
const char *key_spoken(Key key, bool all, char *out, size_t size);
/* The table as Markdown. */
void keys_print(FILE *out);

#endif
