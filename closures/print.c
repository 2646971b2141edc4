/* One line about an object, for reports, dumps and the terminal. Reads the object itself and nothing that it
 * points to, so that a broken neighbour cannot break the report. */
#include "closures/closure.h"

#include "blocks/block.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What is written is counted in full; what does not fit is dropped, as snprintf does. */
typedef struct Line {
    char *out;
    size_t size, length;
} Line;

static char *line_end(Line *l) { return l->length < l->size ? l->out + l->length : NULL; }
static size_t line_room(const Line *l) { return l->length < l->size ? l->size - l->length : 0; }

__attribute__((format(printf, 2, 3))) static void line_add(Line *l, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(line_end(l), line_room(l), format, arguments);
    va_end(arguments);
    if (written > 0) l->length += (size_t)written;
}

/* ---- Words */

static int reference_print(Word w, char *out, size_t size)
{
    char address[64];
    if (w == 0) return snprintf(out, size, "nothing");
    block_address_print((const void *)(w & ~TAG_MASK), address, sizeof address);
    if (ref_tag(w) == 0) return snprintf(out, size, "%s", address);
    return snprintf(out, size, "%s|%u", address, (unsigned)ref_tag(w));
}

static int char_print(Word w, char *out, size_t size)
{
    if (w >= ' ' && w < 0x7f && w != '\'' && w != '\\') return snprintf(out, size, "'%c'#", (char)w);
    return snprintf(out, size, "'\\x%" PRIxPTR "'#", w);
}

static int double_print(Word w, char *out, size_t size)
{
    double d;
    memcpy(&d, &w, sizeof d);
    return snprintf(out, size, "%.17g##", d);
}

static int float_print(Word w, char *out, size_t size)
{
    float f;
    uint32_t low = (uint32_t)w;
    memcpy(&f, &low, sizeof f);
    return snprintf(out, size, "%.9g#", (double)f);
}

int word_print(Word w, char rep, char *out, size_t size)
{
    switch (rep) {
    case 'P':
    case 'U': return reference_print(w, out, size);
    case 'I': return snprintf(out, size, "%" PRIdPTR "#", (intptr_t)w);
    case 'W': return snprintf(out, size, "%" PRIuPTR "##", w);
    case 'C': return char_print(w, out, size);
    case 'D': return double_print(w, out, size);
    case 'F': return float_print(w, out, size);
    case '-': return snprintf(out, size, "-");
    default: return snprintf(out, size, "0x%" PRIxPTR, w);
    }
}

/* ---- Fields */

/* The next of the names in *names, separated by spaces; "_" and the end of the list are no name. */
static int next_name(const char **names, const char **name)
{
    const char *at = *names ? *names + strspn(*names, " ") : "";
    int length = (int)strcspn(at, " ");
    *names = *names ? at + length : NULL;
    *name = at;
    return length == 1 && *at == '_' ? 0 : length;
}

static void add_field(Line *l, const char **names, Word w, char rep)
{
    const char *name;
    int length = next_name(names, &name);
    line_add(l, length ? " %.*s=" : " ", length, name);
    int written = word_print(w, rep, line_end(l), line_room(l));
    if (written > 0) l->length += (size_t)written;
}

static char payload_rep(const InfoTable *info, uint32_t i)
{
    if (info->reps && strnlen(info->reps, (size_t)i + 1) > i) return info->reps[i];
    return i < info->ptrs ? 'P' : 'A';
}

static void add_payload(Line *l, const InfoTable *info, const Word *payload)
{
    const char *names = info->fields;
    for (uint32_t i = 0; i < info->ptrs + info->nptrs; i++)
        add_field(l, &names, payload[i], payload_rep(info, i));
}

static const char *fixed_names(Kind kind)
{
    switch (kind) {
    case KIND_THUNK_SELECTOR: return "selectee";
    case KIND_IND:
    case KIND_IND_STATIC: return "to";
    case KIND_BLACKHOLE: return "owner";
    case KIND_BLOCKING_QUEUE: return "owner bh queue link";
    case KIND_MVAR: return "head tail value";
    case KIND_MUT_VAR: return "value";
    case KIND_WEAK: return "key value finalizer c_finalizers";
    case KIND_TSO: return "stack link blocked id state stack_words dirty";
    case KIND_STABLE_NAME: return "number";
    default: return NULL;
    }
}

static void add_fixed(Line *l, Kind kind, const Word *w)
{
    const KindRow *row = &kinds[kind];
    const char *names = fixed_names(kind);
    uint32_t end = row->layout == LAYOUT_WEAK ? WEAK_LINK : row->words;
    for (uint32_t i = row->first; i < end; i++)
        add_field(l, &names, w[i], i < row->first + (uint32_t)row->pointers ? 'P' : 'A');
}

/* Of long objects only the beginning is shown. */
#define SHOWN 8u

static void add_run(Line *l, const Word *w, size_t count, char rep)
{
    const char *no_names = NULL;
    for (size_t i = 0; i < count && i < SHOWN; i++) add_field(l, &no_names, w[i], rep);
    if (count > SHOWN) line_add(l, " ... (%zu in all)", count);
}

/* The function's argument bitmap is not read: it stands in another object. */
static void add_application(Line *l, const Word *w, uint32_t first)
{
    const char *names = "function";
    add_field(l, &names, w[first - 1], 'P');
    add_run(l, &w[first], w[first - 2] >> 32, 'A');
}

static void add_stack(Line *l, const Word *w)
{
    const Word *end = &w[STACK_AREA + w[STACK_WORDS]], *sp = (const Word *)w[STACK_SP];
    line_add(l, " %td of %" PRIuPTR " words in use, %s", end - sp, w[STACK_WORDS],
             w[STACK_DIRTY] ? "dirty" : "clean");
}

static void add_fields(Line *l, const Closure *c)
{
    const Word *w = (const Word *)c;
    const KindRow *row = &kinds[c->info->kind];
    const char *names = "closure";
    switch (row->layout) {
    case LAYOUT_PAYLOAD: add_payload(l, c->info, &w[row->first]); break;
    case LAYOUT_FIXED:
    case LAYOUT_WEAK: add_fixed(l, (Kind)c->info->kind, w); break;
    case LAYOUT_PAP: add_application(l, w, row->first); break;
    case LAYOUT_AP_STACK: add_field(l, &names, w[AP_STACK_FUN], 'P'); break;
    case LAYOUT_ARRAY:
    case LAYOUT_SMALL: add_run(l, &w[row->first], w[ARRAY_PTRS], 'P'); break;
    case LAYOUT_BYTES: line_add(l, " %" PRIuPTR " bytes", w[BYTES_COUNT]); break;
    case LAYOUT_STACK: add_stack(l, w); break;
    default: break;
    }
}

int closure_print(const Closure *c, char *out, size_t size)
{
    Line line = {out, size, 0};
    const KindRow *row = &kinds[c->info->kind];
    line_add(&line, "%s", row->name);
    if (c->info->name && strcmp(c->info->name, row->name) != 0) line_add(&line, " %s", c->info->name);
    size_t words = closure_size(c);
    line_add(&line, " %zu word%s:", words, words == 1 ? "" : "s");
    add_fields(&line, c);
    return (int)line.length;
}

int closure_word_name(const Closure *c, size_t word, const char **name)
{
    const KindRow *row = &kinds[c->info->kind];
    const char *names = row->layout == LAYOUT_PAYLOAD ? c->info->fields : fixed_names((Kind)c->info->kind);
    int length = 0;
    for (size_t i = row->first; names && i <= word; i++) length = next_name(&names, name);
    return length;
}
