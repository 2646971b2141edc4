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
    uint64_t seed, stress_seed;
    Words words;     /* the flags, owned by the command line */
    char given[512]; /* all flags as they were written, separated by spaces */
} RtsFlags;

/* False: a sentence has been printed on stderr, the exit code is STATUS_USAGE. */
bool rts_flags_parse(RtsFlags *f, const Subcommand *c, const Words *flags);
/* `+RTS --help`: all flags with their sentences. */
bool rts_flags_ask_help(const Words *flags);
void rts_flags_help(FILE *out);

#endif
