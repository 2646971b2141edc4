/* Sets of numbers below 2^24, such as megablocks by number: a bit for each, and above every 64 words a word
 * that says which of them have any, so that each call takes four steps at most. */
#ifndef THUNKSCOPE_BLOCKS_NUMBER_SET_H
#define THUNKSCOPE_BLOCKS_NUMBER_SET_H

#include "blocks/word.h"

enum { NUMBER_SET_LEVELS = 4 };

#define NO_NUMBER UINT32_MAX

/* All zero: the empty set with room for nothing. */
typedef struct NumberSet {
    size_t room;
    uint64_t *levels[NUMBER_SET_LEVELS]; /* from the numbers' own bits upwards */
} NumberSet;

/* Room for all numbers below `room`; false, and nothing has changed, if there is no memory. */
bool number_set_grow(NumberSet *set, size_t room);
void number_set_free(NumberSet *set);

/* Of a number below the set's room. */
void number_set_add(NumberSet *set, uint32_t number);
void number_set_remove(NumberSet *set, uint32_t number);
bool number_set_has(const NumberSet *set, uint32_t number);
/* The highest member below `number`, or NO_NUMBER. */
uint32_t number_set_below(const NumberSet *set, uint32_t number);

#endif
