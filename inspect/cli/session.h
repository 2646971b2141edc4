/* A session: one program, loaded, checked, given a heap and a machine, perhaps recorded, and run once. */
#ifndef THUNKSCOPE_INSPECT_CLI_SESSION_H
#define THUNKSCOPE_INSPECT_CLI_SESSION_H

#include "eval/machine.h"
#include "inspect/cli/gc_report.h"
#include "inspect/cli/haskell.h"
#include "inspect/cli/rts_flags.h"
#include "traces/recorder.h"

typedef struct SessionConfig {
    const char *path; /* of the program */
    HaskellWay how;   /* if it is Haskell */
    int arg_count;
    char **args;
    RtsFlags rts;
    Sink *sink; /* NULL: nothing is recorded; otherwise the session owns it */
    TraceLevel level;
    bool clock;
    Profile *profile;               /* NULL: none is taken */
    bool say_checks;                /* at the end, on stderr: what sanity checks have looked at */
    bool (*control)(void *context); /* see RecorderConfig */
    void *control_context;
    FILE *out; /* the program's stdout */
} SessionConfig;

/* Fills path, args and flags from the command line. -1: go on; otherwise the exit code, all having been said.
 */
int session_prepare(const Subcommand *c, const CommandLine *line, SessionConfig *s);
/* Reads the library and the program and checks them; diagnoses go to stderr. NULL: there were some. */
Program *program_load(const char *path, const HaskellWay *how);
/* The whole run: returns the exit code. SIGINT raises UserInterrupt in the program. Ends the process by
 * SIGINT if the program ends by it, by SIGTERM or SIGHUP if that came while it was recorded or a report was
 * due. */
int session_run(const SessionConfig *config);
/* The last part of a path without its extension: the name by which a program's messages go. */
void program_base_name(const char *path, char *out, size_t size);

#endif
