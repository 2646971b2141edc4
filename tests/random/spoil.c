/* See spoil.h. A text is taken for words with blanks between them. */
#include "tests/random/spoil.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Text {
    const char **words; /* each begins here, and ends before the next blank */
    size_t count;
} Text;

static size_t word_length(const char *word) { return strcspn(word, " \n"); }

/* A name, or a constructor that is a value, with what brackets it has. */
static bool is_name(const char *word)
{
    word += strspn(word, "[(");
    return isalpha((unsigned char)*word) && !memchr(word, ':', word_length(word)) &&
           strncmp(word, "case ", 5) != 0 && strncmp(word, "let ", 4) != 0 && strncmp(word, "of ", 3) != 0 &&
           strncmp(word, "in ", 3) != 0 && strncmp(word, "main", 4) != 0;
}

static Text names_of(const char *text)
{
    Text t = {malloc((strlen(text) + 1) * sizeof *t.words), 0};
    if (!t.words) abort();
    for (const char *at = text; *at; at += word_length(at), at += strspn(at, " \n"))
        if (is_name(at)) t.words[t.count++] = at;
    return t;
}

static size_t name_length(const char *name) { return strcspn(name, " \n[](){},;!"); }

char *spoil(const char *text, uint64_t seed)
{
    Text t = names_of(text);
    uint64_t draw = (seed + 1) * 0x9e3779b97f4a7c15u;
    draw = (draw ^ draw >> 29) * 0xbf58476d1ce4e5b9u;
    draw ^= draw >> 32;
    const char *old = t.words[draw % t.count], *new = t.words[(draw >> 20) % t.count];
    old += strspn(old, "[(");
    new += strspn(new, "[(");
    size_t before = (size_t)(old - text), length = name_length(old);
    int added = (int)(draw >> 40 & 1 ? name_length(new) : 0);
    char *spoilt = malloc(strlen(text) + (size_t)added + 1);
    if (!spoilt) abort();
    sprintf(spoilt, "%.*s%.*s%s", (int)before, text, added, new, old + length);
    free(t.words);
    return spoilt;
}
