/* Sets of numbers. Structure: blocks/number_set.h. */
#include "blocks/number_set.h"

#include <stdlib.h>
#include <string.h>

static size_t words_for(size_t bits) { return (bits + 63) / 64; }
static uint64_t bit_of(uint32_t number) { return UINT64_C(1) << (number % 64); }

static bool level_grow(uint64_t **level, size_t words, size_t more)
{
    uint64_t *grown = realloc(*level, more * sizeof *grown);
    if (!grown) return false;
    memset(grown + words, 0, (more - words) * sizeof *grown);
    *level = grown;
    return true;
}

/* A level that has grown when the next one could not is larger than it need be, and zero there. */
bool number_set_grow(NumberSet *set, size_t room)
{
    size_t bits = set->room, more = room;
    if (room <= set->room) return true;
    for (unsigned k = 0; k < NUMBER_SET_LEVELS; k++, bits = words_for(bits), more = words_for(more))
        if (!level_grow(&set->levels[k], words_for(bits), words_for(more))) return false;
    set->room = room;
    return true;
}

void number_set_free(NumberSet *set)
{
    for (unsigned k = 0; k < NUMBER_SET_LEVELS; k++) free(set->levels[k]);
}

void number_set_add(NumberSet *set, uint32_t number)
{
    for (unsigned k = 0; k < NUMBER_SET_LEVELS; k++, number /= 64)
        set->levels[k][number / 64] |= bit_of(number);
}

void number_set_remove(NumberSet *set, uint32_t number)
{
    for (unsigned k = 0; k < NUMBER_SET_LEVELS; k++, number /= 64)
        if (set->levels[k][number / 64] &= ~bit_of(number)) return;
}

bool number_set_has(const NumberSet *set, uint32_t number)
{
    return number < set->room && set->levels[0][number / 64] & bit_of(number);
}

/* Upwards until a word has a member below, then down along the highest. */
uint32_t number_set_below(const NumberSet *set, uint32_t number)
{
    for (unsigned k = 0; k < NUMBER_SET_LEVELS && number < set->room; k++, number /= 64) {
        uint64_t below = set->levels[k][number / 64] & (bit_of(number) - 1);
        if (!below) continue;
        number = number / 64 * 64 + 63 - (uint32_t)__builtin_clzll(below);
        while (k-- > 0) number = number * 64 + 63 - (uint32_t)__builtin_clzll(set->levels[k][number]);
        return number;
    }
    return NO_NUMBER;
}
