/* RTS flags that configure a heap: parsed by the table gc/flags.def. */
#include "gc/flag_values.h"
#include "gc/heap.h"
#include "gc/inject.h"
#include "gc/invariants.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum FlagKind {
    FLAG_SIZE,
    FLAG_AREA,
    FLAG_STACK,
    FLAG_COUNT,
    FLAG_REAL,
    FLAG_ON,
    FLAG_OFF,
    FLAG_SUGGESTED,
    FLAG_SANITY,
    FLAG_INJECT,
    FLAG_MUTANT,
    FLAG_REPORT,
    FLAG_SOURCE,
    FLAG_COLLECTOR,
    FLAG_SIZING,
    FLAG_PLACEMENT
} FlagKind;

typedef struct FlagRow {
    const char *spelling, *argument;
    FlagKind kind;
    size_t offset; /* of the field in HeapConfig */
    const char *help;
} FlagRow;

typedef struct AliasRow {
    const char *spelling, *flag, *help;
} AliasRow;

static const AliasRow aliases[] = {
#define FLAG(spelling, argument, kind, field, help)
#define ALIAS(spelling, flag, help) {spelling, flag, help},
#include "gc/flags.def"
#undef ALIAS
#undef FLAG
};

enum { ALIAS_ROWS = sizeof aliases / sizeof aliases[0] };

static const FlagRow flags[] = {
#define ALIAS(spelling, flag, help)
#define FLAG(spelling, argument, kind, field, help)                                                          \
    {spelling, argument, FLAG_##kind, offsetof(HeapConfig, field), help},
#include "gc/flags.def"
#undef FLAG
#undef ALIAS
};

enum { FLAG_ROWS = sizeof flags / sizeof flags[0] };

/* ---- Numbers */

static bool parse_digits(const char **text, uint64_t *out)
{
    char *end;
    if (**text < '0' || **text > '9') return false;
    errno = 0;
    *out = strtoull(*text, &end, 10);
    *text = end;
    return errno == 0;
}

/* Digits and a point, at *text, which moves behind them: no sign, no exponent, nothing hexadecimal. */
static bool parse_decimal(const char **text, double *out)
{
    char *end;
    size_t length = strspn(*text, "0123456789.");
    if (length == 0) return false;
    *out = strtod(*text, &end);
    bool whole = end == *text + length;
    *text = end;
    return whole;
}

/* Takes the unit, if there is one; bytes of it. */
static double parse_unit(const char **text)
{
    static const char units[] = "kmgt";
    const char *unit = **text ? strchr(units, tolower((unsigned char)**text)) : NULL;
    double bytes = 1;
    if (!unit) return bytes;
    ++*text;
    for (const char *u = units; u <= unit; u++) bytes *= 1024;
    return bytes;
}

bool flag_size(const char *text, size_t *out)
{
    const char *end = text;
    double value;
    if (!parse_decimal(&end, &value)) return false;
    value *= parse_unit(&end);
    if (*end || value >= 0x1p62) return false;
    *out = (size_t)value;
    return true;
}

bool flag_count(const char *text, uint32_t *out)
{
    uint64_t value;
    if (!parse_digits(&text, &value) || *text || value > UINT32_MAX) return false;
    *out = (uint32_t)value;
    return true;
}

bool flag_real(const char *text, double *out)
{
    return parse_decimal(&text, out) && !*text && isfinite(*out);
}

bool flag_lacks_value(const char *flag, const char *spelling)
{
    size_t length = strlen(flag);
    return strncmp(flag, spelling, length) == 0 && strcmp(&spelling[length], "=") == 0;
}

static bool parse_suggested(const char *text, HeapConfig *config)
{
    config->suggested_by_size = *text == '\0';
    config->suggested_bytes = 0;
    return config->suggested_by_size || flag_size(text, &config->suggested_bytes);
}

static bool parse_sanity(const char *text, HeapConfig *config)
{
    uint64_t level = 3, period = 1;
    if (*text && *text != ',' && !parse_digits(&text, &level)) return false;
    if (*text == ',' && (text++, !parse_digits(&text, &period))) return false;
    if (*text || level > 4 || period == 0 || period > UINT32_MAX) return false;
    config->sanity_level = (uint32_t)level;
    config->sanity_period = (uint32_t)period;
    return true;
}

static bool parse_inject(const char *text, HeapConfig *config)
{
    uint64_t number, seed = 0;
    if (!parse_digits(&text, &number) || number > INT32_MAX) return false;
    if (*text == ':' && (text++, !parse_digits(&text, &seed))) return false;
    config->inject = (uint32_t)number;
    config->inject_seed = seed;
    return *text == '\0';
}

static bool parse_mutant(const char *text, HeapConfig *config)
{
    config->mutant = mutant_find(text);
    return config->mutant != MUTANT_none;
}

/* ---- Flags */

static bool source_set(HeapConfig *config, const char *text, char *error, size_t size)
{
    BlockSource *source = block_source_parse(text, error, size);
    if (!source) return false;
    if (config->source) config->source->close(config->source);
    config->source = source;
    return true;
}

static bool placement_set(HeapConfig *config, const char *text, char *error, size_t size)
{
    BlockPlacer *placer = block_placement_parse(text, error, size);
    if (!placer) return false;
    block_placer_free(config->placer);
    config->placer = placer;
    return true;
}

static bool collector_set(HeapConfig *config, const char *text, char *error, size_t size)
{
    const GcCollector *collector = collector_find(text, error, size);
    if (collector) config->collector = collector;
    return collector != NULL;
}

static bool sizing_set(HeapConfig *config, const char *text, char *error, size_t size)
{
    GcSizer *sizer = sizer_parse(text, error, size);
    if (!sizer) return false;
    sizer_free(config->sizer);
    config->sizer = sizer;
    return true;
}

static bool kind_is_named(FlagKind kind)
{
    return kind == FLAG_SOURCE || kind == FLAG_PLACEMENT || kind == FLAG_COLLECTOR || kind == FLAG_SIZING;
}

static bool name_set(FlagKind kind, HeapConfig *config, const char *text, char *error, size_t size)
{
    if (kind == FLAG_SOURCE) return source_set(config, text, error, size);
    if (kind == FLAG_PLACEMENT) return placement_set(config, text, error, size);
    if (kind == FLAG_SIZING) return sizing_set(config, text, error, size);
    return collector_set(config, text, error, size);
}

/* What a name stands for is found at once: 1, or -1 and the sentence that its own parser has to say. */
static int named_set(const FlagRow *row, HeapConfig *config, const char *flag, const char *text, char *error,
                     size_t size)
{
    char why[4 * PATH_MAX];
    if (name_set(row->kind, config, text, why, sizeof why)) return 1;
    snprintf(error, size, "%s: %s", flag, why);
    return -1;
}

static bool flag_apply(const FlagRow *row, HeapConfig *config, const char *text)
{
    void *field = (char *)config + row->offset;
    switch (row->kind) {
    case FLAG_SIZE:
    case FLAG_AREA:
    case FLAG_STACK: return flag_size(text, field);
    case FLAG_COUNT: return flag_count(text, field);
    case FLAG_REAL: return flag_real(text, field);
    case FLAG_SUGGESTED: return parse_suggested(text, config);
    case FLAG_SANITY: return parse_sanity(text, config);
    case FLAG_INJECT: return parse_inject(text, config);
    case FLAG_MUTANT: return parse_mutant(text, config);
    case FLAG_REPORT:
        config->json_report = strcmp(text, "json") == 0;
        return config->json_report || strcmp(text, "text") == 0;
    case FLAG_ON:
    case FLAG_OFF: *(bool *)field = row->kind == FLAG_ON; return *text == '\0';
    case FLAG_SOURCE:
    case FLAG_PLACEMENT:
    case FLAG_SIZING:
    case FLAG_COLLECTOR: break;
    }
    return false;
}

/* The least size that a flag takes, as in GHC; there -A begins with two blocks. */
static size_t least_size(FlagKind kind, const HeapConfig *config)
{
    if (kind == FLAG_AREA || (kind == FLAG_SUGGESTED && !config->suggested_by_size)) return BLOCK_SIZE;
    return kind == FLAG_STACK ? WORD_BYTES : 0;
}

/* Why nothing breaks the invariant that --inject asks for. NULL: something does. */
static const char *inject_fault(uint32_t number)
{
    static const char *const faults[INVARIANT_PROOFS] = {
        [INVARIANT_NONE] = "no invariant has that number",
        [INVARIANT_STATE] = "mutants of a test build break it, no injection does",
        [INVARIANT_TRANSITION] =
            "a collection breaks it, not a state of the heap: mutants of a test build do",
        [INVARIANT_LAW] = "it is a law, which tests hold, not the checker",
        [INVARIANT_WAITS] = "it waits for a feature that is not there yet",
        [INVARIANT_STRUCK] = "it means nothing here"};
    if (inject_is_known((int)number)) return NULL;
    return faults[number > (uint32_t)invariant_last() ? INVARIANT_NONE : invariant_proof((int)number)];
}

/* What the numbers must be, beyond being numbers. NULL: all is well. */
static const char *config_fault(const HeapConfig *config)
{
    if (config->generations < 1 || config->generations > 32) return "there can be 1 to 32 generations (-G)";
    if (config->gc_threads < 1 || config->gc_threads > 64) return "1 to 64 threads can collect (-qn)";
    if (config->ageing > 1) return "ageing is 0 or 1";
    if (config->nursery_bytes == 0) return "the nursery (-A) cannot be empty";
    if (config->minimum_free > 100) return "there are 100 per cent of -M, and -m cannot be more";
    if (config->compact_share > 100) return "there are 100 per cent of -M, and -c cannot be more";
    if (config->factor < 1) return "the growth factor (-F) is at least 1";
    return NULL;
}

static const FlagRow *flag_find(const char *flag)
{
    const FlagRow *best = NULL;
    for (int i = 0; i < FLAG_ROWS; i++) {
        size_t length = strlen(flags[i].spelling);
        if (strncmp(flag, flags[i].spelling, length) != 0) continue;
        if (flags[i].argument[0] == '\0' && flag[length]) continue;
        if (!best || length > strlen(best->spelling)) best = &flags[i];
    }
    return best;
}

/* The flag whose spelling ends in the = that is missing here; NULL: there is none. */
static const FlagRow *flag_without_value(const char *flag)
{
    for (int i = 0; i < FLAG_ROWS; i++)
        if (flag_lacks_value(flag, flags[i].spelling)) return &flags[i];
    return NULL;
}

/* How an argument of that kind is written, to go on in a sentence. */
static const char *argument_form(FlagKind kind)
{
    switch (kind) {
    case FLAG_SIZE:
    case FLAG_AREA:
    case FLAG_STACK:
    case FLAG_SUGGESTED:
        return ", SIZE a number of bytes, or of KiB, MiB, GiB or TiB with k, m, g or t behind it";
    case FLAG_COUNT: return ", a whole number";
    case FLAG_REAL: return ", a decimal number";
    default: return "";
    }
}

static int refuse(const FlagRow *row, const char *flag, char *error, size_t size)
{
    snprintf(error, size, "%s: write %s%s%s (%s)", flag, row->spelling, row->argument,
             argument_form(row->kind), row->help);
    return -1;
}

/* The flag that this one is another spelling of, or itself. */
static const char *flag_meant(const char *flag)
{
    for (int i = 0; i < ALIAS_ROWS; i++)
        if (strcmp(flag, aliases[i].spelling) == 0) return aliases[i].flag;
    return flag;
}

int heap_config_flag(HeapConfig *config, const char *given, char *error, size_t error_size)
{
    const char *flag = flag_meant(given);
    const FlagRow *row = flag_find(flag);
    if (!row) row = flag_without_value(flag);
    if (!row) return 0;
    if (strlen(flag) < strlen(row->spelling)) return refuse(row, given, error, error_size);
    const char *text = flag + strlen(row->spelling);
    if (kind_is_named(row->kind)) return named_set(row, config, given, text, error, error_size);
    HeapConfig changed = *config;
    if (!flag_apply(row, &changed, text)) return refuse(row, given, error, error_size);
    size_t least = least_size(row->kind, &changed);
    if (least && *(const size_t *)((const char *)&changed + row->offset) < least) {
        snprintf(error, error_size, "%s: %s is at least %zu bytes", given, row->spelling, least);
        return -1;
    }
    const char *fault = row->kind == FLAG_INJECT ? inject_fault(changed.inject) : NULL;
    if (fault) {
        snprintf(error, error_size, "%s: %s; `thunkscope check --invariants` lists them all", given, fault);
        return -1;
    }
    fault = config_fault(&changed);
    if (fault) {
        snprintf(error, error_size, "%s: %s", given, fault);
        return -1;
    }
    *config = changed;
    return 1;
}

const char *heap_flag_spelling(size_t i, const char **argument)
{
    *argument = i < FLAG_ROWS ? flags[i].argument : "";
    if (i < FLAG_ROWS) return flags[i].spelling;
    return i - FLAG_ROWS < ALIAS_ROWS ? aliases[i - FLAG_ROWS].spelling : NULL;
}

static void help_row(FILE *out, const char *spelling, const char *argument, const char *help)
{
    int width = fprintf(out, "  %s%s", spelling, argument);
    fprintf(out, "%*s%s\n", width < 26 ? 26 - width : 1, "", help);
}

void heap_flags_help(FILE *out)
{
    for (int i = 0; i < FLAG_ROWS; i++) help_row(out, flags[i].spelling, flags[i].argument, flags[i].help);
    for (int i = 0; i < ALIAS_ROWS; i++) help_row(out, aliases[i].spelling, "", aliases[i].help);
}
