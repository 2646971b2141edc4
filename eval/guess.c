#include "eval/guess.h"

enum { LONGEST_GUESS = 64 }; /* longer names are not compared by distance */

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Levenshtein's distance; both names at most LONGEST_GUESS long. */
static uint32_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    uint32_t row[LONGEST_GUESS + 1];
    for (uint32_t j = 0; j <= b_length; j++) row[j] = j;
    for (uint32_t i = 1; i <= a_length; i++) {
        uint32_t diagonal = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= b_length; j++) {
            uint32_t replace = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(replace, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_length];
}

Guess guess_begin(const char *wanted, size_t length)
{
    return (Guess){
        .wanted = wanted, .length = length, .best_distance = length < 3 ? 2 : 2 + (uint32_t)length / 4};
}

void guess_try(Guess *g, const char *candidate, size_t length)
{
    if (g->length > LONGEST_GUESS || length > LONGEST_GUESS) return;
    uint32_t d = distance(g->wanted, g->length, candidate, length);
    if (d >= g->best_distance || d >= g->length) return;
    g->best = candidate;
    g->best_distance = d;
}
