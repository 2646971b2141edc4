#include "eval/guess.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST_GUESS = 64 }; /* longer names are not compared by distance */

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Changes of a letter, letters too many or too few, and neighbours that have changed places (Damerau's
 * distance in its restricted form); both names at most LONGEST_GUESS long. */
static uint32_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    uint32_t rows[3][LONGEST_GUESS + 1];
    for (uint32_t j = 0; j <= b_length; j++) rows[0][j] = j;
    for (uint32_t i = 1; i <= a_length; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (uint32_t j = 1; j <= b_length; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = least(row[j], second[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

/* "I" for "I#", "+" for "+#". */
static bool lacks_hash(const Guess *g, const char *candidate, size_t length)
{
    return length == g->length + 1 && candidate[g->length] == '#' &&
           memcmp(g->wanted, candidate, g->length) == 0;
}

Guess guess_begin(const char *wanted, size_t length)
{
    return (Guess){.wanted = wanted, .length = length, .distance = length < 3 ? 2 : 2 + (uint32_t)length / 4};
}

void guess_add(Guess *g, const char *candidate)
{
    for (uint32_t i = 0; i < g->count; i++)
        if (strcmp(g->names[i], candidate) == 0) return;
    if (g->count < GUESSES_MOST) g->names[g->count++] = candidate;
}

void guess_try(Guess *g, const char *candidate, size_t length)
{
    if (g->length > LONGEST_GUESS || length > LONGEST_GUESS) return;
    size_t apart = length > g->length ? length - g->length : g->length - length;
    if (apart > g->distance) return;
    uint32_t d = distance(g->wanted, g->length, candidate, length);
    bool is_nearer = d < g->distance, is_as_near = d == g->distance && g->count;
    bool has_all = d < g->length || lacks_hash(g, candidate, length);
    if (!has_all || !(is_nearer || is_as_near)) return;
    if (is_nearer) g->count = 0;
    g->distance = d;
    guess_add(g, candidate);
}
