#include "inspect/cli/rts_flags.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static int take_seed(uint64_t *seed, const char *flag, char *error, size_t error_size)
{
    const char *value = strchr(flag, '=') + 1;
    char *end;
    errno = 0;
    *seed = strtoull(value, &end, 10);
    if (end != value && !*end && !errno && *seed < (UINT64_C(1) << 53)) return 1;
    snprintf(error, error_size, "%.*s wants a number below 2^53, got `%s`", (int)(value - flag - 1), flag,
             value);
    return -1;
}

static const char stress_seed[] = "--stress-seed=";

static const char *file_or_stderr(const char *file) { return *file ? file : "stderr"; }

static int take_statistics(RtsFlags *f, const char *flag)
{
    static const char letters[] = "tsS";
    const char *letter = flag[0] == '-' && flag[1] ? strchr(letters, flag[1]) : NULL;
    if (letter) {
        f->statistics = STATISTICS_LINE + (StatisticsFlag)(letter - letters);
        f->statistics_file = file_or_stderr(flag + 2);
    } else if (strcmp(flag, "--machine-readable") == 0) {
        f->machine_readable = true;
    } else if (strcmp(flag, "--gc-details") == 0) {
        f->gc_details = true;
    } else if (strcmp(flag, "--gc-json") == 0) {
        f->gc_json = "stderr";
    } else if (starts_with(flag, "--gc-json=")) {
        f->gc_json = file_or_stderr(flag + strlen("--gc-json="));
    } else {
        return 0;
    }
    return 1;
}

/* As heap_config_flag: 0 not one of ours, 1 taken, -1 wrong. */
static int take_own(RtsFlags *f, const char *flag, char *error, size_t error_size)
{
    if (strcmp(flag, "--eager-blackholing") == 0 || strcmp(flag, "--lazy-blackholing") == 0) {
        f->lazy_blackholing = flag[2] == 'l';
        return 1;
    }
    if (strcmp(flag, "-Z") == 0 || strcmp(flag, "--no-squeezing") == 0 || strcmp(flag, "--squeezing") == 0) {
        f->no_squeezing = strcmp(flag, "--squeezing") != 0;
        return 1;
    }
    if (strcmp(flag, "--block-report") == 0 || strcmp(flag, "--block-report=json") == 0) {
        f->block_report = strchr(flag, '=') ? BLOCK_REPORT_JSON : BLOCK_REPORT_TEXT;
        return 1;
    }
    if (starts_with(flag, "--seed=")) return take_seed(&f->seed, flag, error, error_size);
    if (starts_with(flag, stress_seed)) return take_seed(&f->stress_seed, flag, error, error_size);
    return take_statistics(f, flag);
}

/* ---- GHC's other flags */

typedef struct GhcFlag {
    const char *spelling, *sentence;
    bool accepted;
} GhcFlag;

static const GhcFlag ghc_flags[] = {
#define ACCEPTED(spelling, sentence) {spelling, sentence, true},
#define REFUSED(spelling, sentence)  {spelling, sentence, false},
#include "inspect/cli/ghc_flags.def"
#undef REFUSED
#undef ACCEPTED
};
enum { GHC_FLAGS = sizeof ghc_flags / sizeof *ghc_flags };

static bool spells(const char *spelling, const char *flag)
{
    size_t length = strlen(spelling);
    if (spelling[length - 1] == '*') return strncmp(flag, spelling, length - 1) == 0;
    return strcmp(flag, spelling) == 0;
}

static int take_ghc(const char *flag, char *error, size_t error_size)
{
    for (int k = 0; k < GHC_FLAGS; k++) {
        if (!spells(ghc_flags[k].spelling, flag)) continue;
        if (ghc_flags[k].accepted) return 1;
        snprintf(error, error_size, "`%s` is a flag of GHC's that Thunkscope does not have: %s", flag,
                 ghc_flags[k].sentence);
        return -1;
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
    if (taken == 0) taken = take_ghc(flag, error, sizeof error);
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
    if (f->heap.heap_limit && f->heap.suggested_bytes > f->heap.heap_limit) {
        usage_error(c, "-H%zu suggests more memory than -M%zu allows", f->heap.suggested_bytes,
                    f->heap.heap_limit);
        return false;
    }
    size_t limit = f->heap.heap_limit, nursery = f->heap.nursery_bytes;
    if (nursery < BLOCK_SIZE) nursery = BLOCK_SIZE;
    if (limit == 0 || limit >= nursery) return true;
    usage_error(c, "-M%zu leaves no room for the nursery of %zu bytes; give more with -M or less with -A",
                limit, nursery);
    return false;
}

/* What is written is not changed without a word. */
static void say_generations(const RtsFlags *f, const Words *flags)
{
    const GcCollector *collector = f->heap.collector ? f->heap.collector : collector_default();
    bool given = false;
    for (int k = 0; k < flags->count; k++) given = given || starts_with(flags->at[k], "-G");
    if (given && f->heap.generations > collector->most_generations)
        fprintf(stderr, "thunkscope: warning: %s has no more than %u generation%s: -G%u means -G%u\n",
                collector->name, collector->most_generations, collector->most_generations == 1 ? "" : "s",
                f->heap.generations, collector->most_generations);
}

/* ---- Stress: one seed stands for flags, of the heap and of the run. They come first, so that flags that are
 * written beside the seed win. */

static const char *const run_knobs[] = {
    "--eager-blackholing|--lazy-blackholing",
    "--squeezing|--no-squeezing",
};

static void stress_flags(uint64_t seed, char *out, size_t size)
{
    heap_stress_flags(seed, out, size);
    for (size_t k = 0; k < sizeof run_knobs / sizeof *run_knobs; k++) {
        char flag[64];
        size_t used = strlen(out);
        heap_stress_draw(&seed, run_knobs[k], flag, sizeof flag);
        if (*flag) snprintf(out + used, size - used, " %s", flag);
    }
}

static bool take_stress(RtsFlags *f, const Subcommand *c, const char *flag)
{
    char flags[400], error[256], *rest = flags;
    if (take_seed(&f->stress_seed, flag, error, sizeof error) < 0) {
        usage_error(c, "%s", error);
        return false;
    }
    stress_flags(f->stress_seed, flags, sizeof flags);
    fprintf(stderr, "thunkscope: stress seed %llu stands for +RTS %s\n", (unsigned long long)f->stress_seed,
            flags);
    for (char *one = strtok_r(rest, " ", &rest); one; one = strtok_r(NULL, " ", &rest))
        if (!take_flag(f, c, one)) return false;
    return true;
}

bool rts_flags_parse(RtsFlags *f, const Subcommand *c, const Words *flags)
{
    *f = (RtsFlags){.words = *flags};
    heap_config_default(&f->heap);
    for (int k = 0; k < flags->count; k++)
        if (starts_with(flags->at[k], stress_seed) && !take_stress(f, c, flags->at[k])) return false;
    for (int k = 0; k < flags->count; k++)
        if (!take_flag(f, c, flags->at[k])) return false;
    say_generations(f, flags);
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
    heap_flags_help(out);
#define RTS_FLAG(spelling, argument, sentence) help_row(out, spelling, argument, sentence);
#include "inspect/cli/rts_flags.def"
#undef RTS_FLAG
    fputs("GHC's flags that are taken, and have no effect:\n", out);
    for (int k = 0; k < GHC_FLAGS; k++)
        if (ghc_flags[k].accepted) help_row(out, ghc_flags[k].spelling, "", ghc_flags[k].sentence);
    const GcCollector *collector;
    fputs("Collectors, by NAME:\n", out);
    for (size_t i = 0; (collector = collector_at(i)); i++)
        help_row(out, collector->name, "", collector->about);
    const GcSizing *sizing;
    fputs("Sizing policies, by NAME:\n", out);
    for (size_t i = 0; (sizing = sizing_at(i)); i++) help_row(out, sizing->name, "", sizing->about);
}
