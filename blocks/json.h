/* Text as JSON spells it, for reports that are read by programs. */
#ifndef THUNKSCOPE_BLOCKS_JSON_H
#define THUNKSCOPE_BLOCKS_JSON_H

#include <stdio.h>

/* Writes the string in quotes. Bytes beyond ASCII stay as they are. */
void json_write_string(FILE *out, const char *text);

#endif
