/* From key events to rows of keys.def. Letters and named keys are matched when they are pressed, other
 * characters when they are typed, since where they stand differs between keyboards. */
#include <string.h>

#include "inspect/gui/keys.h"

const KeyRow key_rows[KEY_COUNT] = {
#define KEY(name, function, argument, group, chords, sentence) {#name, chords, sentence, GROUP_##group},
#include "inspect/gui/keys.def"
#undef KEY
};

const char *const key_group_titles[GROUP_COUNT] = {"TIME", "VIEW", "SELECT", "FIND, MARKS", "HELP, OUT"};

static bool take(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0 || (*at)[length] == ' ' || (*at)[length] == 0) return false;
    *at += length;
    return true;
}

static bool is_letter_or_digit(char c) { return SDL_isalnum((unsigned char)c) != 0; }

static bool chord_code(const char *word, Chord *out)
{
    bool single = word[0] && !word[1];
    if (word[0] == '@') {
        out->kind = CHORD_PLACE;
        out->code = SDL_GetScancodeFromName(word + 1);
    } else if (single && !is_letter_or_digit(word[0])) {
        out->kind = out->ctrl || out->alt ? CHORD_KEY : CHORD_TYPED;
        out->code = (unsigned char)word[0];
    } else {
        out->kind = CHORD_KEY;
        out->code = SDL_GetKeyFromName(word);
    }
    return out->code != 0;
}

bool chord_parse(const char **at, Chord *out)
{
    char word[32];
    size_t length = 0;
    *out = (Chord){0};
    while (**at == ' ') ++*at;
    for (bool more = true; more;) {
        more = false;
        if (take(at, "Ctrl+")) more = out->ctrl = true;
        if (take(at, "Shift+")) more = out->shift = true;
        if (take(at, "Alt+")) more = out->alt = true;
    }
    while (**at && **at != ' ' && length + 1 < sizeof word) word[length++] = *(*at)++;
    word[length] = 0;
    return length > 0 && chord_code(word, out);
}

bool chord_equal(Chord a, Chord b)
{
    return a.kind == b.kind && a.code == b.code && a.ctrl == b.ctrl && a.shift == b.shift && a.alt == b.alt;
}

static bool matches_press(Chord c, SDL_Keysym pressed)
{
    bool ctrl = pressed.mod & KMOD_CTRL, shift = pressed.mod & KMOD_SHIFT, alt = pressed.mod & KMOD_ALT;
    if (c.kind == CHORD_TYPED || c.ctrl != ctrl || c.alt != alt) return false;
    if (c.kind == CHORD_PLACE) return c.shift == shift && c.code == (int)pressed.scancode;
    bool punctuation = c.code > ' ' && c.code < 127 && !is_letter_or_digit((char)c.code);
    return (punctuation || c.shift == shift) && c.code == pressed.sym;
}

Key key_of_press(SDL_Keysym pressed)
{
    Chord c;
    for (int k = 0; k < KEY_COUNT; k++)
        for (const char *at = key_rows[k].chords; chord_parse(&at, &c);)
            if (matches_press(c, pressed)) return (Key)k;
    return KEY_NONE;
}

Key key_of_typed(const char *utf8)
{
    Chord c;
    for (int k = 0; k < KEY_COUNT; k++)
        for (const char *at = key_rows[k].chords; chord_parse(&at, &c);)
            if (c.kind == CHORD_TYPED && utf8[0] == c.code && !utf8[1]) return (Key)k;
    return KEY_NONE;
}

static const char *spoken_name(const char *word)
{
    static const char *const names[][2] = {{"Right", "→"}, {"Left", "←"},       {"Up", "↑"},
                                           {"Down", "↓"},  {"Return", "Enter"}, {"Escape", "Esc"}};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
        if (strcmp(names[k][0], word) == 0) return names[k][1];
    return word[0] == '@' ? word + 1 : word;
}

static size_t speak(const char **at, char *out, size_t size)
{
    char word[32];
    const char *begin = *at;
    Chord c;
    if (!chord_parse(at, &c)) return 0;
    const char *key = *at;
    while (key > begin && key[-1] != ' ' && (key[-1] != '+' || key == *at)) key--;
    SDL_strlcpy(word, key, SDL_min(sizeof word, (size_t)(*at - key) + 1));
    return (size_t)SDL_snprintf(out, size, "%s%s%s%s", c.ctrl ? "Ctrl+" : "", c.alt ? "Alt+" : "",
                                c.shift ? "Shift+" : "", spoken_name(word));
}

const char *key_spoken(Key key, bool all, char *out, size_t size)
{
    const char *at = key_rows[key].chords;
    size_t used = speak(&at, out, size);
    while (all && *at && used + 2 < size) {
        out[used++] = ' ';
        used += speak(&at, out + used, size - used);
    }
    return out;
}

void keys_print(FILE *out)
{
    char chords[96];
    for (int group = 0; group < GROUP_COUNT; group++) {
        fprintf(out, "| %s | |\n|---|---|\n", key_group_titles[group]);
        for (int k = 0; k < KEY_COUNT; k++)
            if (key_rows[k].group == (KeyGroup)group)
                fprintf(out, "| `%s` | %s |\n", key_spoken((Key)k, true, chords, sizeof chords),
                        key_rows[k].sentence);
        fprintf(out, "\n");
    }
}
