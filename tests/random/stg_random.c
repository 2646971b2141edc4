/* stg_random: random well-typed STG programs, run by the machine and by a naive evaluator that shares only
 * the front end with it; both have to say the same.
 *
 *   stg_random [--seed=N] [--runs=K] [OPTION...] [HEAP FLAG...]
 *
 * Makes K programs, of seeds N, N + 1, …; each is run by the reference, then by the machine in some ways that
 * the seed chooses: heap, collector, stress, black holes, squeezing, chunks, loop. Compares what is printed,
 * the exit code, and, where the collector evaluates nothing itself, how many thunks have been evaluated. Ends
 * with 1 if any run failed, after the command that repeats it, having written the program to
 * stg_random-SEED.stg. Programs that take the reference too many steps are counted, and skipped.
 *
 *   --ways=W        ways for each program (4)
 *   --way=I         only the I-th of them
 *   --steps=S       steps that the reference may take (300000)
 *   --shrink        make what fails smaller: expressions are cut, one after the other
 *   --cut=A,B,…     those that are cut
 *   --keep-going    run all seeds, also after a failure
 *   --print         the programs on standard output, and nothing is run by the machine
 *   --spoil         a name of the program is dropped, or another stands in its place, so that its types may
 * not fit: nothing is compared, but the run has to end, with an answer or a story
 *   --program=FILE  this one, instead of the seed's
 *   --coverage      how often the programs did what; which primitives and instructions are in none
 *   --verbose       a line for each program */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/random/coverage.h"
#include "tests/random/generate.h"
#include "tests/random/reference.h"
#include "tests/random/spoil.h"
#include "tests/random/ways.h"

typedef struct Totals {
    uint64_t programs, misfits, skipped, loops, uncaught, steps, evaluations, counted, runs, collections,
        bytes;
    uint32_t failed_way; /* of the last program that failed */
    Coverage coverage;
    uint64_t opcodes[MOST_OPCODES];
} Totals;

enum { MOST_CPU_SECONDS = 60, MOST_SHRINKS = 600, MOST_SPOILS = 100 };
#define EVERY_WAY UINT32_MAX

typedef struct Options {
    uint64_t seed, runs, steps;
    uint32_t ways, only_way;
    bool spoil, shrink, keep_going, print, coverage, verbose;
    const char *program;
    char heap_flags[400];
    Cuts cuts;
    Totals *totals; /* with the processes of the runs */
} Options;

_Noreturn static void usage(const char *what, const char *argument)
{
    fprintf(stderr, "stg_random: %s `%s`; the head of tests/random/stg_random.c lists the options\n", what,
            argument);
    exit(2);
}

/* ---- One program */

static char *text_of_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t length = 0, room = 0;
    if (!file) usage(strerror(errno), path);
    while (!feof(file) && !ferror(file)) {
        if (length + 4096 > room) text = realloc(text, room = room * 2 + 8192);
        if (!text) abort();
        length += fread(text + length, 1, 4095, file);
    }
    text[length] = '\0';
    fclose(file);
    return text;
}

static char *text_of(const Options *o, uint64_t seed)
{
    if (o->program) return text_of_file(o->program);
    Generated g = generate_program(seed, &o->cuts);
    free(g.pieces);
    return g.text;
}

static Program *read_program(const char *text, bool quiet)
{
    Program *p = program_new();
    if (library_load(p) && stg_parse(p, "random.stg", text, strlen(text)) && stg_check(p)) return p;
    if (!quiet) program_print_diagnoses(p, stderr);
    program_free(p);
    return NULL;
}

static bool differs(const char *what, const char *expected, const char *found)
{
    fprintf(stderr, "%s\n---- the reference:\n%s---- the machine:\n%s----\n", what, expected, found);
    return false;
}

static bool agree(const Way *way, const Reference *expected, const Ran *ran)
{
    char one[80], other[80];
    if (ran->status == RUN_HEAP_EXHAUSTED) return differs("the heap is exhausted", expected->out, ran->out);
    if (strcmp(expected->out, ran->out) != 0)
        return differs("what is printed differs", expected->out, ran->out);
    if (expected->exit_code != ran->exit_code) {
        snprintf(one, sizeof one, "%d\n", expected->exit_code);
        snprintf(other, sizeof other, "%d\n", ran->exit_code);
        return differs("exit codes differ", one, other);
    }
    if (!way_counts(way) || expected->evaluations == ran->evaluations) return true;
    snprintf(one, sizeof one, "%llu thunks evaluated\n", (unsigned long long)expected->evaluations);
    snprintf(other, sizeof other, "%llu\n", (unsigned long long)ran->evaluations);
    return differs("not as many thunks are evaluated", one, other);
}

static bool run_way(const Options *o, const Program *p, const Way *way, const Reference *expected)
{
    char why[200] = "", *listing = NULL;
    size_t length;
    Ran ran;
    FILE *code = o->coverage ? open_memstream(&listing, &length) : NULL;
    bool good = way_run(way, p, &ran, code, why, sizeof why);
    if (!good) fprintf(stderr, "there is no machine: %s\n", why);
    if (code) {
        fclose(code);
        coverage_add_listing(o->totals->opcodes, listing);
        free(listing);
    }
    good = good && agree(way, expected, &ran);
    o->totals->runs++;
    o->totals->collections += ran.collections;
    o->totals->counted += way_counts(way);
    free(ran.out);
    return good;
}

/* A thunk that asks for itself is found at once only if black holes are eager. */
static bool run_ways(const Options *o, const Program *p, uint64_t seed, const Reference *expected)
{
    for (uint32_t i = 0; i < o->ways; i++) {
        if (o->only_way != EVERY_WAY && o->only_way != i) continue;
        Way way = way_choose(seed, i, o->heap_flags, expected->loops);
        o->totals->failed_way = i;
        if (run_way(o, p, &way, expected)) continue;
        fprintf(stderr, "seed %llu, way %u: ", (unsigned long long)seed, i);
        way_print(&way, stderr);
        fputc('\n', stderr);
        return false;
    }
    return true;
}

/* ---- A program whose types may not fit: nothing is compared, but every run has to end by itself */

static volatile sig_atomic_t out_of_time;
static void note_time(int signal) { out_of_time = signal; }

/* What the checker still accepts; NULL: none has been found. */
static Program *spoilt_program(const char *text, uint64_t seed, bool print)
{
    for (uint64_t i = 0; i < MOST_SPOILS; i++) {
        char *spoilt = spoil(text, seed * MOST_SPOILS + i);
        Program *p = read_program(spoilt, true);
        if (p && print) fputs(spoilt, stdout);
        free(spoilt);
        if (p) return p;
    }
    return NULL;
}

static bool run_spoilt(const Options *o, uint64_t seed)
{
    char *text = text_of(o, seed);
    Program *p = spoilt_program(text, seed, o->print);
    bool good = true;
    signal(SIGALRM, note_time);
    for (uint32_t i = 0; p && good && i < o->ways; i++) {
        if (o->only_way != EVERY_WAY && o->only_way != i) continue;
        Way way = way_choose(seed, i, o->heap_flags, false);
        char why[200] = "";
        Ran ran;
        o->totals->failed_way = i;
        way.is_typed = false;
        way.interrupted = &out_of_time;
        out_of_time = 0;
        alarm(2);
        good = way_run(&way, p, &ran, NULL, why, sizeof why);
        o->totals->runs++;
        o->totals->misfits += ran.exit_code == 254;
        if (o->verbose)
            printf("seed %llu, way %u: exit %d\n%s", (unsigned long long)seed, i, ran.exit_code, ran.out);
        free(ran.out);
    }
    program_free(p);
    free(text);
    return good;
}

static void add_up(Totals *t, const Reference *r, size_t bytes)
{
    t->programs++;
    t->bytes += bytes;
    t->steps += r->steps;
    t->evaluations += r->evaluations;
    t->loops += r->loops;
    t->uncaught += r->exit_code != 0;
    t->skipped += r->end == REFERENCE_TOO_LONG;
}

static bool run(const Options *o, uint64_t seed)
{
    char *text = text_of(o, seed);
    Program *p = read_program(text, false);
    bool good = false;
    o->totals->failed_way = EVERY_WAY;
    if (o->print) fputs(text, stdout);
    if (p) {
        Reference r = reference_run(p, o->steps, &o->totals->coverage);
        add_up(o->totals, &r, strlen(text));
        if (o->verbose)
            printf("seed %llu: %zu bytes, %llu steps, %llu evaluations, exit %d%s%s\n",
                   (unsigned long long)seed, strlen(text), (unsigned long long)r.steps,
                   (unsigned long long)r.evaluations, r.exit_code, r.loops ? ", loops" : "",
                   r.end == REFERENCE_TOO_LONG ? ", too long" : "");
        if (r.end == REFERENCE_ILL_TYPED) fprintf(stderr, "ill-typed: %s\n", r.why);
        if (o->print) printf("---- the reference:\n%s", r.out);
        good = r.end == REFERENCE_TOO_LONG ||
               (r.end != REFERENCE_ILL_TYPED && (o->print || run_ways(o, p, seed, &r)));
        free(r.out);
    }
    program_free(p);
    free(text);
    return good;
}

/* ---- Apart from the others */

static void limit_time(void)
{
    setrlimit(RLIMIT_CPU, &(struct rlimit){MOST_CPU_SECONDS, MOST_CPU_SECONDS + 5});
    alarm(MOST_CPU_SECONDS * 20);
}

static bool run_apart(const Options *o, uint64_t seed, bool quiet)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (quiet && (!freopen("/dev/null", "w", stderr) || !freopen("/dev/null", "w", stdout))) _exit(3);
        limit_time();
        exit((o->spoil ? run_spoilt(o, seed) : run(o, seed)) ? 0 : 1);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    if (!quiet && WIFSIGNALED(status))
        fprintf(stderr, "seed %llu, way %d: %s\n", (unsigned long long)seed, (int)o->totals->failed_way,
                strsignal(WTERMSIG(status)));
    return false;
}

/* ---- What failed */

static void print_command(const Options *o, uint64_t seed)
{
    fprintf(stderr, "  stg_random --seed=%llu", (unsigned long long)seed);
    if (o->ways != 4) fprintf(stderr, " --ways=%u", o->ways);
    if (o->only_way != EVERY_WAY) fprintf(stderr, " --way=%u", o->only_way);
    if (o->spoil) fputs(" --spoil", stderr);
    if (o->program) fprintf(stderr, " --program=%s", o->program);
    for (uint32_t i = 0; i < o->cuts.count; i++)
        fprintf(stderr, "%s%llx", i ? "," : " --cut=", (unsigned long long)o->cuts.seeds[i]);
    if (*o->heap_flags) fprintf(stderr, " %s", o->heap_flags);
    fputc('\n', stderr);
}

static void write_text(const Options *o, uint64_t seed)
{
    char path[80], *text = text_of(o, seed);
    Program *p = program_new();
    snprintf(path, sizeof path, "stg_random-%llu.stg", (unsigned long long)seed);
    FILE *file = fopen(path, "w");
    bool readable = stg_parse(p, path, text, strlen(text));
    char *printed = readable ? program_format(p) : NULL;
    if (file) {
        fputs(printed ? printed : text, file);
        fclose(file);
        fprintf(stderr, "  the program is in %s\n", path);
    }
    free(printed);
    free(text);
    program_free(p);
}

static int by_size(const void *a, const void *b)
{
    uint32_t one = ((const Piece *)a)->bytes, other = ((const Piece *)b)->bytes;
    return one < other ? 1 : one > other ? -1 : 0;
}

/* Cuts the largest expression without which the program still fails. False: there is none. */
static bool cut_one(Options *o, uint64_t seed, uint32_t *tries)
{
    Generated g = generate_program(seed, &o->cuts);
    bool cut = false;
    qsort(g.pieces, g.piece_count, sizeof *g.pieces, by_size);
    for (uint32_t i = 0; i < g.piece_count && !cut && *tries < MOST_SHRINKS; i++, ++*tries) {
        o->cuts.seeds[o->cuts.count++] = g.pieces[i].seed;
        cut = !run_apart(o, seed, true);
        if (!cut) o->cuts.count--;
    }
    generated_free(&g);
    return cut;
}

/* A cut within another is none. */
static void drop_needless_cuts(Options *o, uint64_t seed)
{
    for (uint32_t i = o->cuts.count; i-- > 0;) {
        Cuts fewer = o->cuts;
        fewer.seeds[i] = fewer.seeds[--fewer.count];
        Generated all = generate_program(seed, &o->cuts), without = generate_program(seed, &fewer);
        if (strcmp(all.text, without.text) == 0) o->cuts = fewer;
        generated_free(&all);
        generated_free(&without);
    }
}

static void shrink(const Options *given, uint64_t seed)
{
    Options o = *given;
    uint32_t tries = 0;
    if (o.totals->failed_way != EVERY_WAY) o.only_way = o.totals->failed_way;
    while (tries < MOST_SHRINKS && o.cuts.count < 255 && cut_one(&o, seed, &tries)) continue;
    drop_needless_cuts(&o, seed);
    fprintf(stderr, "shrunk:\n");
    run_apart(&o, seed, false);
    print_command(&o, seed);
    write_text(&o, seed);
}

/* ---- Options */

static const char *value_of(const char *argument, const char *name)
{
    size_t length = strlen(name);
    return strncmp(argument, name, length) == 0 ? argument + length : NULL;
}

static bool take_switch(Options *o, const char *argument)
{
    const struct {
        const char *name;
        bool *where;
    } switches[] = {{"--shrink", &o->shrink}, {"--spoil", &o->spoil},       {"--keep-going", &o->keep_going},
                    {"--print", &o->print},   {"--coverage", &o->coverage}, {"--verbose", &o->verbose}};
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        if (strcmp(argument, switches[i].name) == 0) return *switches[i].where = true;
    return false;
}

static uint64_t number_of(const char *argument, const char *value, int base, char **end)
{
    errno = 0;
    uint64_t n = strtoull(value, end, base);
    if (*end == value || errno || (base == 10 && **end)) usage("not a number:", argument);
    return n;
}

static void take_cuts(Options *o, const char *argument, const char *value)
{
    char *end = (char *)(uintptr_t)value;
    for (;; value = end + 1) {
        if (o->cuts.count == 255) usage("too many cuts:", argument);
        o->cuts.seeds[o->cuts.count++] = number_of(argument, value, 16, &end);
        if (*end != ',') return;
    }
}

static bool take_value(Options *o, const char *argument)
{
    const char *value;
    char *end;
    if ((value = value_of(argument, "--seed="))) return o->seed = number_of(argument, value, 10, &end), true;
    if ((value = value_of(argument, "--runs="))) return o->runs = number_of(argument, value, 10, &end), true;
    if ((value = value_of(argument, "--steps=")))
        return o->steps = number_of(argument, value, 10, &end), true;
    if ((value = value_of(argument, "--ways=")))
        return o->ways = (uint32_t)number_of(argument, value, 10, &end), true;
    if ((value = value_of(argument, "--way=")))
        return o->only_way = (uint32_t)number_of(argument, value, 10, &end), true;
    if ((value = value_of(argument, "--program="))) return o->program = value, true;
    if ((value = value_of(argument, "--cut="))) return take_cuts(o, argument, value), true;
    return false;
}

/* They must parse before any process is made for them. */
static void take_heap_flag(Options *o, const char *argument)
{
    HeapConfig config;
    char error[200] = "it is unknown:";
    size_t length = strlen(o->heap_flags);
    heap_config_default(&config);
    if (heap_config_flag(&config, argument, error, sizeof error) != 1) usage(error, argument);
    if (config.source) config.source->close(config.source);
    block_placer_free(config.placer);
    snprintf(o->heap_flags + length, sizeof o->heap_flags - length, "%s%s", length ? " " : "", argument);
}

/* ---- All of them */

static int run_all(const Options *o)
{
    uint64_t failed = 0;
    for (uint64_t seed = o->seed; seed < o->seed + o->runs && (o->keep_going || !failed); seed++) {
        if (run_apart(o, seed, false)) continue;
        failed++;
        print_command(o, seed);
        write_text(o, seed);
        if (o->shrink && !o->program && !o->spoil) shrink(o, seed);
    }
    const Totals *t = o->totals;
    if (o->coverage) coverage_print(&t->coverage, t->opcodes);
    if (o->spoil) {
        printf(
            "stg_random: %llu runs of spoilt programs, %llu ended by a story of types that do not fit; %llu "
            "programs failed\n",
            (unsigned long long)t->runs, (unsigned long long)t->misfits, (unsigned long long)failed);
        return failed > 0;
    }
    printf("stg_random: %llu programs (%llu too long, %llu with <<loop>>, %llu ended by an exception), %llu "
           "steps, "
           "%llu evaluations; %llu runs, %llu collections, %llu runs counted; %llu programs failed\n",
           (unsigned long long)t->programs, (unsigned long long)t->skipped, (unsigned long long)t->loops,
           (unsigned long long)t->uncaught, (unsigned long long)t->steps, (unsigned long long)t->evaluations,
           (unsigned long long)t->runs, (unsigned long long)t->collections, (unsigned long long)t->counted,
           (unsigned long long)failed);
    return failed > 0;
}

int main(int argc, char **argv)
{
    Options o = {.seed = 1, .runs = 1, .steps = 300000, .ways = 4, .only_way = EVERY_WAY};
    for (int i = 1; i < argc; i++)
        if (!take_switch(&o, argv[i]) && !take_value(&o, argv[i])) take_heap_flag(&o, argv[i]);
    setrlimit(RLIMIT_STACK, &(struct rlimit){64 << 20, RLIM_INFINITY});
    o.totals = mmap(NULL, sizeof *o.totals, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return o.totals == MAP_FAILED ? 1 : run_all(&o);
}
