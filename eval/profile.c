#include "eval/profile_private.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>

enum { PERIOD_MICROSECONDS = 1000 };

static Profile *sampled;

Profile *profile_new(void) { return calloc(1, sizeof(Profile)); }
void profile_free(Profile *p) { free(p); }

static void sample(int signal_number)
{
    (void)signal_number;
    sampled->samples[sampled->row]++;
}

static void set_timer(suseconds_t period)
{
    struct itimerval every = {{0, period}, {0, period}};
    setitimer(ITIMER_REAL, &every, NULL);
}

void profile_start(Profile *p)
{
    struct sigaction action = {.sa_handler = sample, .sa_flags = SA_RESTART};
    sampled = p;
    sigaction(SIGALRM, &action, NULL);
    set_timer(PERIOD_MICROSECONDS);
}

void profile_stop(void) { set_timer(0); }

/* ---- The table */

typedef struct Line {
    uint32_t row;
    uint64_t executed, samples;
} Line;

static int by_samples(const void *a, const void *b)
{
    const Line *x = a, *y = b;
    if (x->samples != y->samples) return x->samples < y->samples ? 1 : -1;
    if (x->executed != y->executed) return x->executed < y->executed ? 1 : -1;
    return x->row < y->row ? -1 : 1;
}

static const char *row_name(uint32_t row)
{
    return row < OP_COUNT ? opcodes[row].name : primops[row - OP_COUNT].name;
}

static double percent(uint64_t part, uint64_t whole)
{
    return whole ? 100 * (double)part / (double)whole : 0;
}

void profile_print(const Profile *p, FILE *out)
{
    Line lines[PROFILE_ROWS];
    uint64_t executed = 0, samples = 0;
    uint32_t count = 0;
    for (uint32_t row = 0; row < PROFILE_ROWS; row++) {
        executed += p->executed[row];
        samples += p->samples[row];
        if (p->executed[row]) lines[count++] = (Line){row, p->executed[row], p->samples[row]};
    }
    qsort(lines, count, sizeof *lines, by_samples);
    fprintf(out, "%llu instructions in %.3f s\n", (unsigned long long)executed,
            (double)samples * PERIOD_MICROSECONDS / 1e6);
    fprintf(out, "%-28s %8s %16s %8s\n", "instruction", "time", "executed", "share");
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "%-28s %6.1f %% %16llu %6.1f %%\n", row_name(lines[i].row),
                percent(lines[i].samples, samples), (unsigned long long)lines[i].executed,
                percent(lines[i].executed, executed));
}
