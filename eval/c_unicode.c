/* Characters, by ICU's tables, as GHC 9.0.2's base has them from Unicode 12.
 *
 * What has been added to Unicode since is not assigned; what has got another category since keeps Unicode
 * 12's. tests/programs/characters.stg compares all of them with GHC's. */
#include "eval/c_base_private.h"

#include <unicode/uchar.h>

enum { UNICODE_MAJOR = 12, LAST_CHARACTER = 0x10ffff };

/* GHC's GeneralCategory, in its order, beside ICU's. */
#define CATEGORIES(CATEGORY)                                                                                 \
    CATEGORY(UPPERCASE_LETTER)                                                                               \
    CATEGORY(LOWERCASE_LETTER)                                                                               \
    CATEGORY(TITLECASE_LETTER)                                                                               \
    CATEGORY(MODIFIER_LETTER)                                                                                \
    CATEGORY(OTHER_LETTER)                                                                                   \
    CATEGORY(NON_SPACING_MARK)                                                                               \
    CATEGORY(COMBINING_SPACING_MARK)                                                                         \
    CATEGORY(ENCLOSING_MARK)                                                                                 \
    CATEGORY(DECIMAL_DIGIT_NUMBER)                                                                           \
    CATEGORY(LETTER_NUMBER)                                                                                  \
    CATEGORY(OTHER_NUMBER)                                                                                   \
    CATEGORY(CONNECTOR_PUNCTUATION)                                                                          \
    CATEGORY(DASH_PUNCTUATION)                                                                               \
    CATEGORY(START_PUNCTUATION)                                                                              \
    CATEGORY(END_PUNCTUATION)                                                                                \
    CATEGORY(INITIAL_PUNCTUATION)                                                                            \
    CATEGORY(FINAL_PUNCTUATION)                                                                              \
    CATEGORY(OTHER_PUNCTUATION)                                                                              \
    CATEGORY(MATH_SYMBOL)                                                                                    \
    CATEGORY(CURRENCY_SYMBOL)                                                                                \
    CATEGORY(MODIFIER_SYMBOL)                                                                                \
    CATEGORY(OTHER_SYMBOL)                                                                                   \
    CATEGORY(SPACE_SEPARATOR)                                                                                \
    CATEGORY(LINE_SEPARATOR)                                                                                 \
    CATEGORY(PARAGRAPH_SEPARATOR)                                                                            \
    CATEGORY(CONTROL_CHAR)                                                                                   \
    CATEGORY(FORMAT_CHAR)                                                                                    \
    CATEGORY(SURROGATE)                                                                                      \
    CATEGORY(PRIVATE_USE_CHAR)                                                                               \
    CATEGORY(UNASSIGNED)

typedef enum Category {
#define CATEGORY(name) GHC_##name,
    CATEGORIES(CATEGORY)
#undef CATEGORY
} Category;

static const uint8_t ghc_categories[] = {
#define CATEGORY(name) [U_##name] = GHC_##name,
    CATEGORIES(CATEGORY)
#undef CATEGORY
};

static bool is_assigned(int64_t c)
{
    UVersionInfo age;
    if (c < 0 || c > LAST_CHARACTER) return false;
    u_charAge((UChar32)c, age);
    return age[0] <= UNICODE_MAJOR;
}

/* The sign that Unicode 14 has made a spacing one: HANUNOO SIGN PAMUDPOD. */
enum { RECLASSIFIED = 0x1734 };

int unicode_category(int64_t c)
{
    if (c == RECLASSIFIED) return GHC_NON_SPACING_MARK;
    return is_assigned(c) ? ghc_categories[u_charType((UChar32)c)] : GHC_UNASSIGNED;
}

#define SET(category)   ((uint32_t)1 << GHC_##category)
#define UP_TO(category) (SET(category) * 2 - 1)
#define LETTERS         UP_TO(OTHER_LETTER)
#define NUMBERS         (SET(DECIMAL_DIGIT_NUMBER) | SET(LETTER_NUMBER) | SET(OTHER_NUMBER))

bool unicode_is(CharacterClass class_, int64_t c)
{
    static const uint32_t categories[] = {
        [CHARACTER_ALPHA] = LETTERS,
        [CHARACTER_ALNUM] = LETTERS | NUMBERS,
        [CHARACTER_CNTRL] = SET(CONTROL_CHAR),
        [CHARACTER_LOWER] = SET(LOWERCASE_LETTER),
        [CHARACTER_UPPER] = SET(UPPERCASE_LETTER) | SET(TITLECASE_LETTER),
        [CHARACTER_PRINT] = UP_TO(SPACE_SEPARATOR),
        [CHARACTER_SPACE] = SET(SPACE_SEPARATOR),
    };
    return categories[class_] >> unicode_category(c) & 1;
}

static int64_t mapped(int64_t c, UChar32 (*map)(UChar32))
{
    if (!is_assigned(c)) return c;
    UChar32 to = map((UChar32)c);
    return is_assigned(to) ? to : c;
}

int64_t unicode_to_lower(int64_t c) { return mapped(c, u_tolower); }
int64_t unicode_to_upper(int64_t c) { return mapped(c, u_toupper); }
int64_t unicode_to_title(int64_t c) { return mapped(c, u_totitle); }
