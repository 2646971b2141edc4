#include "eval/profile_private.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

enum { PERIOD_MICROSECONDS = 1000 };

static Profile *sampled;

Profile *profile_new(void) { return calloc(1, sizeof(Profile)); }

void profile_free(Profile *p)
{
    for (uint32_t i = 0; i < p->unit_count; i++) {
        free(p->units[i].name);
        free(p->units[i].place);
    }
    free(p->units);
    free((void *)p->unit_of);
    free(p);
}

static void sample(int signal_number)
{
    (void)signal_number;
    sampled->samples[sampled->row]++;
    sampled->unit->samples++;
}

static void set_timer(suseconds_t period)
{
    struct itimerval every = {{0, period}, {0, period}};
    setitimer(ITIMER_REAL, &every, NULL);
}

/* ---- Units */

static int by_address(const void *a, const void *b)
{
    const ProfileUnit *x = a, *y = b;
    return x->cells < y->cells ? -1 : x->cells > y->cells;
}

static ProfileUnit *unit_at(Profile *p, const Cell *pc)
{
    uint32_t low = 0, high = p->unit_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        *(p->units[middle].cells <= pc ? &low : &high) = middle;
    }
    return pc < p->units[low].cells + p->units[low].cell_count ? &p->units[low] : &p->units[0];
}

static bool add_units(Profile *p, const CodeModule *code)
{
    p->units = calloc(code->unit_count + 1, sizeof *p->units);
    if (!p->units) return false;
    p->unit_count = code->unit_count + 1;
    for (uint32_t i = 0; i < code->unit_count; i++) {
        const CodeUnit *u = code->units[i];
        const Cell *call = u->info->kind == KIND_FUN ? u->info->call : NULL;
        p->units[i + 1] = (ProfileUnit){.cells = u->cells,
                                        .entry = u->info->entry,
                                        .call = call,
                                        .cell_count = u->cell_count,
                                        .info = u->info};
    }
    qsort(p->units, p->unit_count, sizeof *p->units, by_address);
    p->unit = &p->units[0];
    return true;
}

/* So that a change of unit costs as much whatever their number, and its time is the unit's own. */
static bool find_units(Profile *p, const InfoRegistry *infos)
{
    uint32_t count = info_count(infos);
    p->unit_of = calloc(count + 1, sizeof *p->unit_of);
    if (!p->unit_of) return false;
    for (uint32_t id = 0; id < count; id++) {
        const InfoTable *info = info_by_id(infos, id);
        p->unit_of[id] = unit_at(p, info->kind == KIND_FUN ? info->call : info->entry);
    }
    p->info_count = count;
    return true;
}

static char *place_text(const InfoTable *info)
{
    char text[300] = "";
    const SourceSpan *at = info->source.file && info->source.line ? &info->source : &info->span;
    if (at->file) snprintf(text, sizeof text, "%s:%u", at->file, at->line);
    return strdup(text);
}

static void name_units(Profile *p)
{
    p->units[0].name = strdup("(the runtime's own)");
    p->units[0].place = strdup("");
    for (uint32_t i = 1; i < p->unit_count; i++) {
        ProfileUnit *u = &p->units[i];
        if (!u->executed) continue;
        u->name = strdup(u->info->name ? u->info->name : "");
        u->place = place_text(u->info);
    }
}

bool profile_start(Profile *p, const CodeModule *code)
{
    if (!add_units(p, code) || !find_units(p, code->heap->infos)) return false;
    struct sigaction action = {.sa_handler = sample, .sa_flags = SA_RESTART};
    sampled = p;
    sigaction(SIGALRM, &action, NULL);
    set_timer(PERIOD_MICROSECONDS);
    return true;
}

void profile_stop(void)
{
    set_timer(0);
    name_units(sampled);
}

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

/* A column that is not there if no sample was taken. */
static void put_time(FILE *out, uint64_t samples, uint64_t all)
{
    if (all) fprintf(out, " %6.1f %%", percent(samples, all));
}

static int by_cost(const void *a, const void *b)
{
    const ProfileUnit *x = *(const ProfileUnit *const *)a, *y = *(const ProfileUnit *const *)b;
    if (x->executed != y->executed) return x->executed < y->executed ? 1 : -1;
    return x < y ? -1 : x > y;
}

static void print_function(const ProfileUnit *u, uint64_t executed, uint64_t samples, FILE *out)
{
    fprintf(out, "%-36s", u->name);
    put_time(out, u->samples, samples);
    fprintf(out, " %14llu %14llu %6.1f %%", (unsigned long long)u->entered, (unsigned long long)u->executed,
            percent(u->executed, executed));
    fprintf(out, "%s%s\n", *u->place ? "  " : "", u->place);
}

static void print_functions(const Profile *p, FILE *out)
{
    enum { MOST = 30 };
    const ProfileUnit **units = calloc(p->unit_count + 1, sizeof *units);
    uint64_t executed = 0, samples = 0;
    uint32_t count = 0;
    if (!units) return;
    for (uint32_t i = 0; i < p->unit_count; i++) {
        executed += p->units[i].executed;
        samples += p->units[i].samples;
        if (p->units[i].name && p->units[i].place && p->units[i].executed) units[count++] = &p->units[i];
    }
    qsort((void *)units, count, sizeof *units, by_cost);
    fprintf(out, "%-36s%s %14s %14s %8s  %s\n", "function or thunk", samples ? "     time" : "", "entered",
            "instructions", "share", "source");
    for (uint32_t i = 0; i < count && i < MOST; i++) print_function(units[i], executed, samples, out);
    if (count > MOST) fprintf(out, "and %u that execute less\n", count - MOST);
    putc('\n', out);
    free((void *)units);
}

void profile_print(const Profile *p, FILE *out)
{
    Line lines[PROFILE_ROWS];
    uint64_t executed = 0, samples = 0;
    uint32_t count = 0;
    if (!p->unit_count) return; /* nothing has run */
    for (uint32_t row = 0; row < PROFILE_ROWS; row++) {
        executed += p->executed[row];
        samples += p->samples[row];
        if (p->executed[row]) lines[count++] = (Line){row, p->executed[row], p->samples[row]};
    }
    qsort(lines, count, sizeof *lines, by_samples);
    fprintf(out, "%llu instructions in %.3f s\n", (unsigned long long)executed,
            (double)samples * PERIOD_MICROSECONDS / 1e6);
    print_functions(p, out);
    fprintf(out, "%-28s%s %16s %8s\n", "instruction", samples ? "     time" : "", "executed", "share");
    for (uint32_t i = 0; i < count; i++) {
        fprintf(out, "%-28s", row_name(lines[i].row));
        put_time(out, lines[i].samples, samples);
        fprintf(out, " %16llu %6.1f %%\n", (unsigned long long)lines[i].executed,
                percent(lines[i].executed, executed));
    }
}
