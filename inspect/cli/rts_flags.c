#include "inspect/cli/rts_flags.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "eval/guess.h"
#include "gc/flag_values.h"
#include "inspect/cli/shell_words.h"

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

static const char block_report[] = "--block-report";

/* [=FORM[:FILE]] */
static int take_block_report(RtsFlags *f, const char *flag, char *error, size_t error_size)
{
    const char *form = flag + strlen(block_report), *file = strchr(form, ':');
    size_t length = file ? (size_t)(file - form) : strlen(form);
    bool json = length == 5 && starts_with(form, "=json"), text = length == 5 && starts_with(form, "=text");
    f->block_report = json ? BLOCK_REPORT_JSON : BLOCK_REPORT_TEXT;
    f->block_report_file = file ? file + 1 : "stderr";
    if (length == 0 || ((json || text) && *f->block_report_file)) return 1;
    snprintf(error, error_size, "%s: write %s[=FORM[:FILE]], FORM is text or json", flag, block_report);
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
    if (strcmp(flag, block_report) == 0 || starts_with(flag, "--block-report="))
        return take_block_report(f, flag, error, error_size);
    if (starts_with(flag, "--seed=")) return take_seed(&f->seed, flag, error, error_size);
    if (starts_with(flag, stress_seed)) return take_seed(&f->stress_seed, flag, error, error_size);
    return take_statistics(f, flag);
}

/* ---- GHC's other flags */

/* What GHC takes as the argument of a flag. */
static bool fits_NOTHING(const char *text) { return !*text; }
static bool fits_AREA(const char *text)
{
    size_t bytes;
    return flag_size(text, &bytes) && bytes >= 8192;
}
static bool fits_REAL(const char *text)
{
    double number;
    return flag_real(text, &number);
}
static bool fits_COUNT(const char *text)
{
    uint32_t number;
    return !*text || flag_count(text, &number);
}
static bool fits_MANAGER(const char *text)
{
    return strcmp(text, "auto") == 0 || strcmp(text, "posix") == 0 || strcmp(text, "native") == 0;
}

typedef struct GhcFlag {
    const char *spelling, *argument, *sentence;
    bool (*fits)(const char *text); /* NULL: the flag is refused, whatever its argument */
} GhcFlag;

static const GhcFlag ghc_flags[] = {
#define ACCEPTED(spelling, argument, form, sentence) {spelling, argument, sentence, fits_##form},
#define REFUSED(spelling, sentence)                  {spelling, "", sentence, NULL},
#include "inspect/cli/ghc_flags.def"
#undef REFUSED
#undef ACCEPTED
};
enum { GHC_FLAGS = sizeof ghc_flags / sizeof *ghc_flags };

static bool spells(const GhcFlag *row, const char *flag)
{
    size_t length = strlen(row->spelling);
    if (*row->argument) return strncmp(flag, row->spelling, length) == 0;
    if (row->spelling[length - 1] == '*') return strncmp(flag, row->spelling, length - 1) == 0;
    return strcmp(flag, row->spelling) == 0;
}

static int take_ghc(const char *flag, char *error, size_t error_size)
{
    for (int k = 0; k < GHC_FLAGS; k++) {
        const GhcFlag *row = &ghc_flags[k];
        if (!spells(row, flag)) continue;
        if (row->fits && row->fits(flag + strlen(row->spelling))) return 1;
        if (row->fits)
            snprintf(error, error_size, "%s: write %s%s, as GHC takes it", flag, row->spelling,
                     row->argument);
        else
            snprintf(error, error_size, "`%s` is a flag of GHC's that Thunkscope does not have: %s", flag,
                     row->sentence);
        return -1;
    }
    return 0;
}

/* ---- Flags that there are not */

typedef struct OwnFlag {
    const char *spelling, *argument;
} OwnFlag;

static const OwnFlag own_flags[] = {
#define RTS_FLAG(spelling, argument, sentence) {spelling, argument},
#include "inspect/cli/rts_flags.def"
#undef RTS_FLAG
};
enum { OWN_FLAGS = sizeof own_flags / sizeof *own_flags };

/* One of ours whose spelling ends in the = that is missing here. */
static bool lacks_value(const char *flag, char *error, size_t error_size)
{
    const OwnFlag *own = own_flags, *end = own_flags + OWN_FLAGS;
    while (own < end && !flag_lacks_value(flag, own->spelling)) own++;
    if (own < end) snprintf(error, error_size, "%s: write %s%s", flag, own->spelling, own->argument);
    return own < end;
}

/* Of the words behind --, up to =. */
static void guess_flag(Guess *g, OwnFlag flag, OwnFlag *nearest)
{
    if (!starts_with(flag.spelling, "--")) return;
    guess_try(g, flag.spelling + 2, strcspn(flag.spelling + 2, "="));
    if (g->count && g->names[0] == flag.spelling + 2) *nearest = flag;
}

static void say_unknown(const char *flag, char *error, size_t error_size)
{
    OwnFlag nearest = {NULL, NULL}, heap_flag;
    const char *word = starts_with(flag, "--") ? flag + 2 : "";
    Guess g = guess_begin(word, strcspn(word, "="));
    for (size_t i = 0; (heap_flag.spelling = heap_flag_spelling(i, &heap_flag.argument)); i++)
        guess_flag(&g, heap_flag, &nearest);
    for (int k = 0; k < OWN_FLAGS; k++) guess_flag(&g, own_flags[k], &nearest);
    if (nearest.spelling)
        snprintf(error, error_size, "unknown RTS flag `%s`; did you mean `%s%s`?", flag, nearest.spelling,
                 nearest.argument);
    else
        snprintf(error, error_size, "unknown RTS flag `%s`", flag);
}

/* A sentence about the flags, and where they are listed, on stderr. */
__attribute__((format(printf, 2, 3))) static void flag_error(const Subcommand *c, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    usage_error_see(c, "+RTS -?", format, ap);
    va_end(ap);
}

enum { ERROR_ROOM = 4 * PATH_MAX }; /* a sentence may name a path several times */

static bool take_flag(RtsFlags *f, const Subcommand *c, const char *flag)
{
    char error[ERROR_ROOM] = "";
    int taken = heap_config_flag(&f->heap, flag, error, sizeof error);
    if (taken == 0) taken = take_own(f, flag, error, sizeof error);
    if (taken == 0) taken = take_ghc(flag, error, sizeof error);
    if (taken == 0 && !lacks_value(flag, error, sizeof error)) say_unknown(flag, error, sizeof error);
    if (taken > 0) return true;
    flag_error(c, "%s", error);
    return false;
}

/* The last flag that begins so; NULL: none does. */
static const char *last_given(const Words *flags, const char *start)
{
    const char *last = NULL;
    for (int k = 0; k < flags->count; k++)
        if (starts_with(flags->at[k], start)) last = flags->at[k];
    return last;
}

/* The last one that goes on with a digit; NULL: none does. */
static const char *last_number(const Words *flags, const char *start)
{
    const char *last = NULL;
    for (int k = 0; k < flags->count; k++)
        if (starts_with(flags->at[k], start) && isdigit((unsigned char)flags->at[k][strlen(start)]))
            last = flags->at[k];
    return last;
}

/* As it was written; else, as a stress seed has it, `start` alone. */
static const char *size_given(const RtsFlags *f, const char *start)
{
    const char *last = last_number(&f->words, start);
    return last ? last : start;
}

/* A limit that leaves no room for the nursery would end every run at its first collection. */
static bool limit_fits(const RtsFlags *f, const Subcommand *c)
{
    size_t limit = f->heap.heap_limit;
    if (limit == 0) return true;
    if (f->heap.suggested_bytes > limit) {
        flag_error(c, "%s suggests more memory than %s allows", size_given(f, "-H"), size_given(f, "-M"));
        return false;
    }
    if (limit >= f->heap.nursery_bytes) return true;
    const char *nursery = size_given(f, "-A");
    flag_error(c, "%s leaves no room for the nursery (%s); give more with -M or less with -A",
               size_given(f, "-M"), nursery[2] ? nursery : "-A1m, unless -A says otherwise");
    return false;
}

/* ---- What is written is not changed, nor passed over, without a word */

static void say_no_effect(const char *flag, const char *why)
{
    fprintf(stderr, "thunkscope: warning: %s has no effect: %s\n", flag, why);
}

static void say_idle(const RtsFlags *f, const char *start, bool has_effect, const char *why)
{
    const char *flag = has_effect ? NULL : last_given(&f->words, start);
    if (flag) say_no_effect(flag, why);
}

static const char no_limit[] = "there is no limit (-M)";

static void say_what_is_idle(const RtsFlags *f)
{
    static const char stress[] = "there is no --stress=K";
    say_idle(f, "--stress-chance=", f->heap.stress_period, stress);
    say_idle(f, "--stress-major=", f->heap.stress_period, stress);
    say_idle(f, "-Mgrace=", f->heap.heap_limit, no_limit);
    say_idle(f, "-m", f->heap.heap_limit, no_limit);
    say_idle(f, "--machine-readable", f->statistics == STATISTICS_LINE, "it is how -t prints");
    say_idle(f, "--gc-details", f->statistics == STATISTICS_COLLECTIONS, "it is what lines of -S go on with");
}

static void say_generations(const RtsFlags *f, const GcCollector *collector)
{
    if (last_given(&f->words, "-G") && f->heap.generations > collector->most_generations)
        fprintf(stderr, "thunkscope: warning: %s has no more than %u generation%s: -G%u means -G%u\n",
                collector->name, collector->most_generations, collector->most_generations == 1 ? "" : "s",
                f->heap.generations, collector->most_generations);
}

/* -c alone is another flag. */
static void say_compacting(const RtsFlags *f, const GcCollector *collector)
{
    const char *share = last_number(&f->words, "-c");
    if (!share) return;
    if (!collector->compacting)
        say_no_effect(share, "only gen-copy chooses between copying and compacting");
    else if (!f->heap.heap_limit)
        say_no_effect(share, no_limit);
}

static void say_threads(const RtsFlags *f, const GcCollector *collector)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    bool shares = collector == collector_default();
    say_idle(f, "-qn", f->heap.gc_threads == 1 || shares, "only gen-copy collects with several threads");
    if (shares && last_given(&f->words, "-qn") && processors > 0 &&
        f->heap.gc_threads > (unsigned long)processors)
        fprintf(stderr,
                "thunkscope: warning: -qn%u: there %s %ld processor%s, and threads beyond that only wait for "
                "one\n",
                f->heap.gc_threads, processors == 1 ? "is" : "are", processors, processors == 1 ? "" : "s");
}

/* What is never collected is walked again and again. */
static void say_checks(const RtsFlags *f)
{
    const HeapConfig *heap = &f->heap;
    if (!heap->collector || !heap->collector->instead || heap->sanity_level < 3 || heap->sanity_period > 1)
        return;
    fprintf(
        stderr,
        "thunkscope: warning: with --collector=%s each check walks all that has been allocated so far, and "
        "there is one each time the nursery is full; -DS%u,100 checks every 100th time\n",
        heap->collector->name, heap->sanity_level);
}

static void say_warnings(const RtsFlags *f)
{
    const GcCollector *collector = f->heap.collector ? f->heap.collector : collector_default();
    say_what_is_idle(f);
    say_generations(f, collector);
    say_compacting(f, collector);
    say_threads(f, collector);
    say_checks(f);
}

void rts_flags_recorded(const RtsFlags *f)
{
    say_idle(f, "-qn", f->heap.gc_threads == 1, "one thread collects while a trace is recorded");
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
    char flags[sizeof f->stress_flags], error[256], *rest = flags;
    if (take_seed(&f->stress_seed, flag, error, sizeof error) < 0) {
        flag_error(c, "%s", error);
        return false;
    }
    stress_flags(f->stress_seed, f->stress_flags, sizeof f->stress_flags);
    fprintf(stderr, "thunkscope: stress seed %llu stands for +RTS %s\n", (unsigned long long)f->stress_seed,
            f->stress_flags);
    memcpy(flags, f->stress_flags, sizeof flags);
    for (char *one = strtok_r(rest, " ", &rest); one; one = strtok_r(NULL, " ", &rest))
        if (!take_flag(f, c, one)) return false;
    return true;
}

bool rts_flags_parse(RtsFlags *f, const Subcommand *c, const Words *flags)
{
    *f = (RtsFlags){.words = *flags};
    heap_config_default(&f->heap);
    const char *seed = last_given(flags, stress_seed);
    if (seed && !take_stress(f, c, seed)) return false;
    for (int k = 0; k < flags->count; k++)
        if (!take_flag(f, c, flags->at[k])) return false;
    say_warnings(f);
    return limit_fits(f, c);
}

void rts_flags_check(RtsFlags *f)
{
    f->checks = f->heap.sanity_level == 0;
    if (!f->checks) return;
    f->heap.sanity_level = 3;
    say_checks(f);
}

char *rts_flags_text(const RtsFlags *f)
{
    return shell_text(f->stress_flags, &f->words, f->checks ? "-DS" : "");
}

static void help_row(FILE *out, const char *spelling, const char *argument, const char *sentence)
{
    char flag[48];
    snprintf(flag, sizeof flag, "%s%s", spelling, argument);
    fprintf(out, "  %-24s%s\n", flag, sentence);
}

static void rts_flags_help(FILE *out)
{
    fputs("Flags between +RTS and -RTS (sizes take k, m, g, t). The variable GHCRTS is not read.\n", out);
    heap_flags_help(out);
#define RTS_FLAG(spelling, argument, sentence) help_row(out, spelling, argument, sentence);
#include "inspect/cli/rts_flags.def"
#undef RTS_FLAG
    fputs("GHC's flags that are taken, and have no effect:\n", out);
    for (int k = 0; k < GHC_FLAGS; k++)
        if (ghc_flags[k].fits)
            help_row(out, ghc_flags[k].spelling, ghc_flags[k].argument, ghc_flags[k].sentence);
    const GcCollector *collector;
    fputs("Collectors, by NAME:\n", out);
    for (size_t i = 0; (collector = collector_at(i)); i++)
        help_row(out, collector->name, "", collector->about);
    const GcSizing *sizing;
    fputs("Sizing policies, by NAME:\n", out);
    for (size_t i = 0; (sizing = sizing_at(i)); i++) help_row(out, sizing->name, "", sizing->about);
}

static void print_info(FILE *out)
{
#ifdef THUNKSCOPE_MUTANTS
    const char *mutants = "YES";
#else
    const char *mutants = "NO";
#endif
    fprintf(out, " [(\"Thunkscope version\", \"%s\")\n", THUNKSCOPE_VERSION);
    fprintf(out, " ,(\"Word size\", \"%u\")\n", 8 * WORD_BYTES);
    fprintf(out, " ,(\"Block size\", \"%zu\")\n", (size_t)BLOCK_SIZE);
    fprintf(out, " ,(\"Megablock size\", \"%zu\")\n", (size_t)MBLOCK_SIZE);
    fprintf(out, " ,(\"Mutants\", \"%s\")\n ]\n", mutants);
}

bool rts_flags_answer(const Words *flags)
{
    for (int k = 0; k < flags->count; k++) {
        bool info = strcmp(flags->at[k], "--info") == 0;
        if (!info && strcmp(flags->at[k], "--help") != 0 && strcmp(flags->at[k], "-?") != 0) continue;
        if (info)
            print_info(stdout);
        else
            rts_flags_help(stdout);
        return true;
    }
    return false;
}
