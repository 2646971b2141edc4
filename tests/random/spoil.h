/* Programs whose types may not fit any more: one name of a text is dropped, or another stands in its place.
 */
#ifndef THUNKSCOPE_TESTS_SPOIL_H
#define THUNKSCOPE_TESTS_SPOIL_H

#include <stdint.h>

/* The caller frees it. */
char *spoil(const char *text, uint64_t seed);

#endif
