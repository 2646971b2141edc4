/* Words as one line of text which a POSIX shell reads as the same words again. */
#ifndef THUNKSCOPE_INSPECT_CLI_SHELL_WORDS_H
#define THUNKSCOPE_INSPECT_CLI_SHELL_WORDS_H

#include "inspect/cli/options.h"

/* The word, quoted if it has to be. */
void shell_word(FILE *out, const char *word);
/* `before`, the words and `after`, with spaces between; before and after as they are, and may be empty. The
 * caller frees it. */
char *shell_text(const char *before, const Words *words, const char *after);

#endif
