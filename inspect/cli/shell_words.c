#include "inspect/cli/shell_words.h"

#include <stdlib.h>
#include <string.h>

#include "blocks/word.h"

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./%@";

static void quoted(FILE *out, const char *word)
{
    fputc('\'', out);
    for (; *word; word++)
        if (*word == '\'')
            fputs("'\\''", out);
        else
            fputc(*word, out);
    fputc('\'', out);
}

void shell_word(FILE *out, const char *word)
{
    if (*word && strspn(word, plain) == strlen(word))
        fputs(word, out);
    else
        quoted(out, word);
}

char *shell_text(const char *before, const Words *words, const char *after)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    require(out, "out of memory for a command line");
    fputs(before, out);
    const char *space = *before ? " " : "";
    for (int k = 0; k < words->count; k++, space = " ") {
        fputs(space, out);
        shell_word(out, words->at[k]);
    }
    if (*after) fprintf(out, "%s%s", space, after);
    fclose(out);
    return text;
}
