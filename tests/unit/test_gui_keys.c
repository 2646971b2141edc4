/* The key table: every chord can be read, no two rows claim the same, presses find their rows. */
#include <criterion/criterion.h>
#include <string.h>

#include "inspect/gui/keys.h"
#include "inspect/gui/text.h"

enum { MOST_CHORDS = 256 };

typedef struct Claimed {
    Chord chord;
    Key key;
} Claimed;

static int claimed(Claimed *out)
{
    int count = 0;
    for (int k = 0; k < KEY_COUNT; k++) {
        const char *at = key_rows[k].chords;
        int before = count;
        for (Chord c; *at && count < MOST_CHORDS; count++) {
            cr_assert(chord_parse(&at, &c), "%s: cannot read a chord of \"%s\"", key_rows[k].name,
                      key_rows[k].chords);
            out[count] = (Claimed){c, (Key)k};
        }
        cr_assert_gt(count, before, "%s has no chord", key_rows[k].name);
    }
    return count;
}

Test(gui_keys, no_chord_is_claimed_twice)
{
    Claimed all[MOST_CHORDS];
    int count = claimed(all);
    cr_assert_gt(count, KEY_COUNT - 1);
    for (int a = 0; a < count; a++)
        for (int b = a + 1; b < count; b++)
            cr_assert(!chord_equal(all[a].chord, all[b].chord), "%s and %s share a chord",
                      key_rows[all[a].key].name, key_rows[all[b].key].name);
}

/* A place of the keyboard is a letter as well: on a US keyboard it must not hide one of the letters. */
Test(gui_keys, places_and_letters_do_not_collide)
{
    Claimed all[MOST_CHORDS];
    int count = claimed(all);
    for (int a = 0; a < count; a++)
        for (int b = 0; b < count; b++) {
            Chord place = all[a].chord, letter = all[b].chord;
            if (place.kind != CHORD_PLACE || letter.kind != CHORD_KEY) continue;
            place.kind = CHORD_KEY;
            place.code = SDL_tolower(SDL_GetScancodeName((SDL_Scancode)place.code)[0]);
            cr_assert(!chord_equal(place, letter), "%s hides %s", key_rows[all[a].key].name,
                      key_rows[all[b].key].name);
        }
}

Test(gui_keys, sentences_fit_the_help_overlay)
{
    char chords[96];
    for (int k = 0; k < KEY_COUNT; k++) {
        cr_assert_leq(text_columns(key_rows[k].sentence), 38, "%s", key_rows[k].name);
        key_spoken((Key)k, false, chords, sizeof chords);
        cr_assert(text_columns(chords) > 0 && text_columns(chords) < 18, "%s: %s", key_rows[k].name, chords);
    }
}

static Key press(SDL_Keycode sym, SDL_Scancode place, int mod)
{
    return key_of_press((SDL_Keysym){.sym = sym, .scancode = place, .mod = (Uint16)mod});
}

Test(gui_keys, presses_find_their_rows)
{
    cr_assert_eq(press(SDLK_RIGHT, SDL_SCANCODE_RIGHT, 0), KEY_event_next);
    cr_assert_eq(press(SDLK_RIGHT, SDL_SCANCODE_RIGHT, KMOD_LSHIFT), KEY_step_next);
    cr_assert_eq(press(SDLK_RIGHT, SDL_SCANCODE_RIGHT, KMOD_RCTRL), KEY_gc_next);
    cr_assert_eq(press(SDLK_SPACE, SDL_SCANCODE_SPACE, 0), KEY_play);
    cr_assert_eq(press(SDLK_q, SDL_SCANCODE_Q, KMOD_LCTRL), KEY_quit);
    cr_assert_eq(press(SDLK_q, SDL_SCANCODE_Q, 0), KEY_NONE);
    cr_assert_eq(press(SDLK_2, SDL_SCANCODE_2, 0), KEY_pane_graph);
    cr_assert_eq(press(SDLK_2, SDL_SCANCODE_2, KMOD_LCTRL), KEY_layout_lab);
    cr_assert_eq(press(SDLK_EQUALS, SDL_SCANCODE_EQUALS, KMOD_LCTRL), KEY_larger);
    cr_assert_eq(key_of_typed("/"), KEY_search);
    cr_assert_eq(key_of_typed("?"), KEY_help);
    cr_assert_eq(key_of_typed("n"), KEY_NONE);
}

/* On a French keyboard the key where W is on others types Z: panning follows the place. */
Test(gui_keys, panning_follows_the_place_not_the_letter)
{
    cr_assert_eq(press(SDLK_z, SDL_SCANCODE_W, 0), KEY_pan_up);
    cr_assert_eq(press(SDLK_w, SDL_SCANCODE_Z, 0), KEY_NONE);
}

Test(gui_keys, the_printed_table_names_every_row)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    keys_print(out);
    fclose(out);
    for (int k = 0; k < KEY_COUNT; k++)
        cr_assert_not_null(strstr(text, key_rows[k].sentence), "%s is missing", key_rows[k].name);
    free(text);
}
