/* Growing text in a fixed buffer, and words of a list of names: see inspect/model_private.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "inspect/model_private.h"

Text text_into(char *out, size_t size)
{
    if (size) out[0] = 0;
    return (Text){.out = out, .size = size};
}

/* Ends a full buffer in "…", on a character's boundary. */
static void text_cut(Text *t)
{
    static const char dots[] = "…";
    t->cut = true;
    if (t->size < sizeof dots) return;
    size_t end = t->size - sizeof dots;
    while (end > 0 && ((unsigned char)t->out[end] & 0xC0) == 0x80) end--;
    memcpy(t->out + end, dots, sizeof dots);
    t->used = end + sizeof dots - 1;
}

void text_add(Text *t, const char *format, ...)
{
    if (t->cut || t->size == 0) return;
    va_list ap;
    va_start(ap, format);
    int wanted = vsnprintf(t->out + t->used, t->size - t->used, format, ap);
    va_end(ap);
    if (wanted < 0) return;
    if ((size_t)wanted < t->size - t->used)
        t->used += (size_t)wanted;
    else
        text_cut(t);
}

void text_put(Text *t, const char *string)
{
    if (t->cut || t->size == 0) return;
    size_t length = strlen(string), room = t->size - t->used;
    memcpy(t->out + t->used, string, length < room ? length : room - 1);
    t->out[t->used + (length < room ? length : room - 1)] = 0;
    if (length < room)
        t->used += length;
    else
        text_cut(t);
}

void text_id(Text *t, ObjectId id)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t n = id < 0 ? -(uint64_t)id : (uint64_t)id;
    *--at = 0;
    do *--at = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    if (id < 0) *--at = '-';
    *--at = '#';
    text_put(t, at);
}

const char *text_word(const char *words, uint32_t k, char *out, size_t size)
{
    const char *at = words ? words : "";
    while (k > 0 && (at = strchr(at, ' '))) {
        at++;
        k--;
    }
    size_t length = at ? strcspn(at, " ") : 0;
    Text t = text_into(out, size);
    if (length && !(length == 1 && at[0] == '_')) text_add(&t, "%.*s", (int)length, at);
    return out;
}
