#include "inspect/cli/rts_flags.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static int take_seed(RtsFlags *f, const char *value, char *error, size_t error_size)
{
    char *end;
    errno = 0;
    f->seed = strtoull(value, &end, 10);
    if (end != value && !*end && !errno && f->seed < (UINT64_C(1) << 53)) return 1;
    snprintf(error, error_size, "--seed wants a number below 2^53, got `%s`", value);
    return -1;
}

/* As heap_config_flag: 0 not one of ours, 1 taken, -1 wrong. */
static int take_own(RtsFlags *f, const char *flag, char *error, size_t error_size)
{
    if (strcmp(flag, "--eager-blackholing") == 0 || strcmp(flag, "--lazy-blackholing") == 0) {
        f->lazy_blackholing = flag[2] == 'l';
        return 1;
    }
    if (starts_with(flag, "--seed=")) return take_seed(f, flag + strlen("--seed="), error, error_size);
    if (starts_with(flag, "-s")) {
        f->summary = flag[2] ? flag + 2 : "stderr";
        return 1;
    }
    return 0;
}

static void note_given(RtsFlags *f, const char *flag)
{
    size_t used = strlen(f->given);
    snprintf(f->given + used, sizeof f->given - used, "%s%s", used ? " " : "", flag);
}

static bool take_flag(RtsFlags *f, const Subcommand *c, const char *flag)
{
    char error[256] = "";
    int taken = heap_config_flag(&f->heap, flag, error, sizeof error);
    if (taken == 0) taken = take_own(f, flag, error, sizeof error);
    if (taken == 0) snprintf(error, sizeof error, "unknown RTS flag `%s`; `+RTS --help` lists them", flag);
    if (taken > 0) {
        note_given(f, flag);
        return true;
    }
    usage_error(c, "%s", error);
    return false;
}

/* A limit that leaves no room for the nursery would end every run at its first collection. */
static bool limit_fits(const RtsFlags *f, const Subcommand *c)
{
    size_t limit = f->heap.heap_limit, nursery = f->heap.nursery_bytes;
    if (nursery < BLOCK_SIZE) nursery = BLOCK_SIZE;
    if (limit == 0 || limit >= nursery) return true;
    usage_error(c, "-M%zu leaves no room for the nursery of %zu bytes; give more with -M or less with -A",
                limit, nursery);
    return false;
}

bool rts_flags_parse(RtsFlags *f, const Subcommand *c, const Words *flags)
{
    *f = (RtsFlags){0};
    heap_config_default(&f->heap);
    for (int k = 0; k < flags->count; k++)
        if (!take_flag(f, c, flags->at[k])) return false;
    return limit_fits(f, c);
}

bool rts_flags_ask_help(const Words *flags)
{
    for (int k = 0; k < flags->count; k++)
        if (strcmp(flags->at[k], "--help") == 0 || strcmp(flags->at[k], "-?") == 0) return true;
    return false;
}

static void help_row(FILE *out, const char *spelling, const char *argument, const char *sentence)
{
    char flag[48];
    snprintf(flag, sizeof flag, "%s%s", spelling, argument);
    fprintf(out, "  %-24s%s\n", flag, sentence);
}

void rts_flags_help(FILE *out)
{
    fputs("Flags between +RTS and -RTS (sizes take k, m, g):\n", out);
#define FLAG(spelling, argument, kind, field, sentence) help_row(out, spelling, argument, sentence);
#include "gc/flags.def"
#undef FLAG
#define RTS_FLAG(spelling, argument, sentence) help_row(out, spelling, argument, sentence);
#include "inspect/cli/rts_flags.def"
#undef RTS_FLAG
    const GcCollector *collector;
    fputs("Collectors, by NAME:\n", out);
    for (size_t i = 0; (collector = collector_at(i)); i++)
        help_row(out, collector->name, "", collector->about);
}
