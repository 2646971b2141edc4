/* What our own placements share. */
#ifndef THUNKSCOPE_BLOCKS_PLACEMENT_PRIVATE_H
#define THUNKSCOPE_BLOCKS_PLACEMENT_PRIVATE_H

#include <stddef.h>

/* The open of a placement that takes no argument: so many bytes of zeroed state. */
void *placement_state_new(const char *name, size_t bytes, const char *args, char *error, size_t size);

#endif
