/* Files that are written all or not at all: who reads one meanwhile reads the old one. */
#ifndef THUNKSCOPE_INSPECT_CLI_WHOLE_FILE_H
#define THUNKSCOPE_INSPECT_CLI_WHOLE_FILE_H

#include <stdbool.h>

/* By way of a file beside the one that path leads to, which keeps its permissions; what is there and is no
 * plain file (a terminal, /dev/null) is written to as it is. False: errno says why, and the old file stands.
 */
bool whole_file_write(const char *path, const char *text);

#endif
