/* Values of RTS flags, read from text that has to be the whole of them. */
#ifndef THUNKSCOPE_GC_FLAG_VALUES_H
#define THUNKSCOPE_GC_FLAG_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False: it is none, and *out is undefined. */
bool flag_size(const char *text, size_t *out);    /* bytes; GHC reads fractions too (1.5m) */
bool flag_count(const char *text, uint32_t *out); /* a whole number */
bool flag_real(const char *text, double *out);    /* not negative */

/* Is it the spelling of a flag without the = that this ends in? */
bool flag_lacks_value(const char *flag, const char *spelling);

#endif
