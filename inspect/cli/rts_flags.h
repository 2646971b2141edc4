/* RTS flags: `+RTS … -RTS`, spelt as GHC's. What configures the heap is gc's own list (heap_config_flag); the
 * rest is here: rts_flags.def. */
#ifndef THUNKSCOPE_INSPECT_CLI_RTS_FLAGS_H
#define THUNKSCOPE_INSPECT_CLI_RTS_FLAGS_H

#include "gc/heap.h"
#include "inspect/cli/options.h"

/* -t, -s, -S; the last one given counts, as in GHC. */
typedef enum StatisticsFlag {
    STATISTICS_NONE,
    STATISTICS_LINE,
    STATISTICS_SUMMARY,
    STATISTICS_COLLECTIONS
} StatisticsFlag;

typedef struct RtsFlags {
    HeapConfig heap;
    bool lazy_blackholing, no_squeezing;
    StatisticsFlag statistics;
    const char *statistics_file; /* "stderr" for the stream */
    const char *gc_json;         /* likewise; NULL: none */
    bool machine_readable, gc_details;
    enum { BLOCK_REPORT_NONE, BLOCK_REPORT_TEXT, BLOCK_REPORT_JSON } block_report;
    const char *block_report_file; /* as the others */
    uint64_t seed, stress_seed;
    Words words;            /* the flags, owned by the command line */
    char stress_flags[400]; /* those that --stress-seed stands for: they come before what is written */
    bool checks;            /* -DS is meant, though it is not written */
} RtsFlags;

/* False: a sentence has been printed on stderr, the exit code is STATUS_USAGE. */
bool rts_flags_parse(RtsFlags *f, const Subcommand *c, const Words *flags);
/* -DS, unless the flags say themselves what is checked. */
void rts_flags_check(RtsFlags *f);
/* All flags, as a shell reads them; the caller frees it. */
char *rts_flags_text(const RtsFlags *f);
/* The run is to be recorded: says what of the flags that leaves without effect. */
void rts_flags_recorded(const RtsFlags *f);
/* `+RTS -?`, `+RTS --help`, `+RTS --info` ask for an answer on stdout in place of a run. True: they do, and
 * have it. */
bool rts_flags_answer(const Words *flags);

#endif
