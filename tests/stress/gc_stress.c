/* gc_stress: random mutator programs over every kind of object, their heap compared with a naive one.
 *
 * Each run is a program of so many operations in a process of its own. The seed decides the heap as well
 * (heap_stress_flags), and the collector in turn; heap flags that are given stand for those of the seed. A
 * run that the heap refuses memory has not failed; one whose collection ends the process for want of it has.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "operations.h"

typedef struct Totals {
    uint64_t operations, collections, majors, comparisons, objects, words, out_of_memory;
    uint64_t failed_at; /* the operation at which the last run that failed did */
    uint64_t unsound;   /* runs that a sanity check has ended */
} Totals;

enum { MOST_HEAP_FLAGS = 64, MOST_CPU_SECONDS = 300 };

typedef struct Options {
    uint64_t seed, runs, operations;
    uint32_t compare_every, most_nodes;
    Barrier forget;
    bool forget_each, shrink, keep_going, verbose;
    bool allowed[OPERATION_COUNT];
    const char *heap_flags[MOST_HEAP_FLAGS];
    int heap_flag_count;
    Totals *shared; /* with the processes of the runs */
} Options;

static const char *const barrier_names[] = {
#define BARRIER(name, sentence) #name,
#include "barriers.def"
#undef BARRIER
};

static const char *const barrier_sentences[] = {
#define BARRIER(name, sentence) sentence,
#include "barriers.def"
#undef BARRIER
};

static const char help_text[] =
    "gc_stress: random mutator programs over every kind of object, their heap compared with a naive one\n"
    "\n"
    "  gc_stress [OPTION...] [HEAP FLAG...]\n"
    "\n"
    "  --seed=N           the first program's; the next ones have N + 1, ... (default: 1)\n"
    "  --runs=K           so many programs (default: 1)\n"
    "  --operations=N     of each (default: 100000)\n"
    "  --collector=NAME   only this one, or your own as ./FILE.so (default: those built in, in turn)\n"
    "  --compare=K        compare at every K-th collection (default: by the seed, up to 16)\n"
    "  --nodes=N          drop most roots when N objects live (default: by the seed)\n"
    "  --only=OP,...      --without=OP,...   operations that may happen, or not\n"
    "  --forget=BARRIER   the mutator forgets that barrier: the oracle has to notice\n"
    "  --forget=each      one after the other; says after how many operations each was noticed\n"
    "  --shrink           make what fails smaller: fewer operations, of fewer sorts\n"
    "  --keep-going       run all seeds, also after a failure\n"
    "  --verbose          a line for each run\n"
    "  --list             operations and barriers\n"
    "  --help             this text\n"
    "\n"
    "Heap flags are those of `thunkscope run PROG +RTS ...`; the seed chooses those that are not given.\n"
    "Ends with 0 if all runs went well, 1 if one failed, or a forgotten barrier was not noticed, after the\n"
    "command that repeats it; 2 for wrong options; 254 if a sanity check has ended a run.\n";

_Noreturn static void help(void)
{
    fputs(help_text, stdout);
    exit(0);
}

_Noreturn static void usage(const char *format, const char *argument)
{
    fputs("gc_stress: ", stderr);
    fprintf(stderr, "%s `%s`; `gc_stress --help` lists the options\n", format, argument);
    exit(2);
}

/* ---- One run */

static void heap_flag(HeapConfig *config, const char *flag)
{
    char error[200] = "it is unknown";
    if (heap_config_flag(config, flag, error, sizeof error) != 1) usage(error, flag);
}

static uint64_t mixed(uint64_t seed, uint64_t salt)
{
    uint64_t z = (seed + salt * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    return z ^ z >> 29;
}

/* Those of the table in turn; one that never collects has nothing to compare, and comes seldom. */
static const GcCollector *collector_of(uint64_t seed)
{
    size_t count = 0;
    while (collector_at(count)) count++;
    const GcCollector *collector = collector_at(seed % count);
    return collector->instead && seed / count % 8 ? collector_at(0) : collector;
}

/* Some runs are checked by the heap itself as well. */
#define SANITY_FLAG "-DS4,29"
static bool draws_sanity(uint64_t seed) { return (mixed(seed, 73) >> 40) % 6 == 0; }

/* What the run is like, in flags; those of the command line come last and win. */
static void configure(const Options *o, uint64_t seed, HeapConfig *config, char *text, size_t size)
{
    char flags[500];
    heap_config_default(config);
    config->clock = false;
    config->collector = collector_of(seed);
    heap_stress_flags(seed, flags, sizeof flags);
    snprintf(text, size, "%s%s%s", flags, draws_sanity(seed) ? " " : "",
             draws_sanity(seed) ? SANITY_FLAG : "");
    for (char *flag = strtok(flags, " "); flag; flag = strtok(NULL, " ")) heap_flag(config, flag);
    if (draws_sanity(seed)) heap_flag(config, SANITY_FLAG);
    for (int i = 0; i < o->heap_flag_count; i++) heap_flag(config, o->heap_flags[i]);
}

/* The table's weights, a few of them changed, so that runs are not all alike. */
static void choose_weights(const Options *o, uint64_t seed, uint32_t weights[OPERATION_COUNT])
{
    for (uint32_t i = 0; i < OPERATION_COUNT; i++) {
        uint64_t r = mixed(seed, i + 1) >> 40;
        weights[i] = operations[i].weight;
        if (r % 8 == 0) weights[i] *= 4;
        if (r % 8 == 1) weights[i] /= 4;
        if (!o->allowed[i]) weights[i] = 0;
    }
}

static void report(const Options *o, const World *w, uint64_t seed, const char *flags)
{
    Totals *t = o->shared;
    t->operations += w->operation;
    t->collections += w->collections;
    t->majors += w->major_collections;
    t->comparisons += w->comparisons;
    t->objects += w->compared_objects;
    t->words += w->allocated_words;
    t->out_of_memory += w->out_of_memory;
    if (!o->verbose) return;
    printf("seed %llu: %llu operations, %llu collections, %llu comparisons of %llu objects, %s%s %s\n",
           (unsigned long long)seed, (unsigned long long)w->operation, (unsigned long long)w->collections,
           (unsigned long long)w->comparisons,
           (unsigned long long)(w->comparisons ? w->compared_objects / w->comparisons : 0),
           w->exhausted ? "out of memory, " : "", w->heap->config.collector->name, flags);
    fflush(stdout);
}

/* ---- A crash says where it happened, as a difference does */

static World *current; /* of this process */
static uint64_t *failed_at;

static void note_failure(const World *w) { *failed_at = w->operation; }

/* Without a world it is met again, and takes its course. */
static void crashed(int signal_number)
{
    signal(signal_number, SIG_DFL);
    if (current) world_fail(current, "%s", strsignal(signal_number));
}

/* Before a heap is made, so that its block source may come first: a guard tells its own story. */
static void watch_crashes(void)
{
    signal(SIGSEGV, crashed);
    signal(SIGBUS, crashed);
    signal(SIGALRM, crashed);
    signal(SIGXCPU, crashed);
}

static void watch_world(World *w, const Options *o)
{
    current = w;
    w->failed = note_failure;
    failed_at = &o->shared->failed_at;
}

static int run(const Options *o, uint64_t seed, uint64_t steps)
{
    char flags[600];
    uint32_t weights[OPERATION_COUNT];
    WorldConfig config = {.seed = seed, .forget = o->forget, .weights = weights};
    configure(o, seed, &config.heap, flags, sizeof flags);
    choose_weights(o, seed, weights);
    uint32_t often = config.heap.stress_period == 1 ? 3 : 0; /* collections come one upon the other */
    config.compare_every = o->compare_every ? o->compare_every : 1u << (mixed(seed, 70) >> 40) % 5 << often;
    config.most_nodes = o->most_nodes ? o->most_nodes : 200u << (mixed(seed, 71) >> 40) % 5;
    config.watch = (mixed(seed, 72) >> 40) % 2;
    watch_crashes();
    World *w = world_new(&config);
    if (!w) {
        o->shared->out_of_memory++;
        return 0;
    }
    watch_world(w, o);
    for (uint64_t i = 0; i < steps && !w->exhausted; i++) world_step(w);
    w->operation_name = "end";
    if (heap_collect(w->heap, true, GC_REASON_REQUESTED) == HEAP_OK) world_compare(w, NULL);
    report(o, w, seed, flags);
    world_free(w);
    return 0;
}

/* So many seconds of CPU time, and more on the clock only if the machine is busy with others. */
static void limit_time(void)
{
    setrlimit(RLIMIT_CPU, &(struct rlimit){MOST_CPU_SECONDS, MOST_CPU_SECONDS + 5});
    alarm(MOST_CPU_SECONDS * 20);
}

/* In a process of its own. True if it went well. */
static bool run_apart(const Options *o, uint64_t seed, uint64_t steps, bool quiet)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (quiet && !freopen("/dev/null", "w", stderr)) _exit(3);
        limit_time();
        exit(run(o, seed, steps));
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    o->shared->unsound += child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 254;
    if (!quiet && WIFSIGNALED(status))
        fprintf(stderr, "gc_stress: seed %llu: %s\n", (unsigned long long)seed, strsignal(WTERMSIG(status)));
    return false;
}

/* ---- What failed */

static void print_command(const Options *o, uint64_t seed, uint64_t steps)
{
    HeapConfig config;
    char flags[600], comma[2] = "";
    configure(o, seed, &config, flags, sizeof flags);
    if (config.source) config.source->close(config.source);
    block_placer_free(config.placer);
    fprintf(stderr, "  gc_stress --seed=%llu --operations=%llu", (unsigned long long)seed,
            (unsigned long long)steps);
    /* A user's own is among the heap flags, by its path. */
    if (!config.collector->layout) fprintf(stderr, " --collector=%s", config.collector->name);
    if (o->compare_every) fprintf(stderr, " --compare=%u", o->compare_every);
    if (o->most_nodes) fprintf(stderr, " --nodes=%u", o->most_nodes);
    if (o->forget) fprintf(stderr, " --forget=%s", barrier_names[o->forget]);
    for (int i = 0; i < o->heap_flag_count; i++) fprintf(stderr, " %s", o->heap_flags[i]);
    for (int i = 0; i < OPERATION_COUNT; i++) {
        if (o->allowed[i]) continue;
        fprintf(stderr, "%s%s", comma[0] ? comma : " --without=", operations[i].name);
        comma[0] = ',';
    }
    fprintf(stderr, "\n  (the seed stands for %s)\n", flags);
}

/* The shortest run that fails, if failing is a matter of length alone. */
static uint64_t shortest(const Options *o, uint64_t seed, uint64_t steps)
{
    uint64_t good = 0;
    while (steps - good > 1) {
        uint64_t middle = good + (steps - good) / 2;
        if (run_apart(o, seed, middle, true))
            good = middle;
        else
            steps = middle;
    }
    return steps;
}

/* Sorts of operations are left out one by one; a shorter run that fails takes the place of the longer one. */
static void shrink(const Options *given, uint64_t seed, uint64_t steps)
{
    Options o = *given;
    o.compare_every = 1;
    if (run_apart(&o, seed, steps, true)) o.compare_every = given->compare_every;
    steps = shortest(&o, seed, steps);
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < OPERATION_COUNT; i++) {
            if (!o.allowed[i]) continue;
            o.allowed[i] = false;
            if (run_apart(&o, seed, 2 * steps, true)) {
                o.allowed[i] = true;
                continue;
            }
            steps = shortest(&o, seed, 2 * steps);
            changed = true;
        }
    }
    fprintf(stderr, "shrunk to %llu operations:\n", (unsigned long long)steps);
    run_apart(&o, seed, steps, false);
    print_command(&o, seed, steps);
}

/* ---- Whether the oracle notices */

static bool is_noticed(Options *o, Barrier forget)
{
    uint64_t operations = 0;
    o->forget = forget;
    for (uint64_t seed = o->seed; seed < o->seed + o->runs; seed++) {
        if (!run_apart(o, seed, o->operations, true)) {
            printf("%-12s noticed after %llu operations\n", barrier_names[forget],
                   (unsigned long long)(operations + o->shared->failed_at));
            return true;
        }
        operations += o->operations;
    }
    printf("%-12s NOT NOTICED in %llu operations\n", barrier_names[forget], (unsigned long long)operations);
    return false;
}

static int forget_each(Options *o)
{
    int unnoticed = 0;
    for (int i = 1; i < BARRIER_COUNT; i++) unnoticed += !is_noticed(o, (Barrier)i);
    printf("gc_stress: %d of %d forgotten barriers noticed\n", BARRIER_COUNT - 1 - unnoticed,
           BARRIER_COUNT - 1);
    return unnoticed > 0;
}

/* ---- Options */

static uint64_t number(const char *text, const char *argument)
{
    char *end;
    errno = 0;
    uint64_t n = strtoull(text, &end, 10);
    if (end == text || *end || errno) usage("no number:", argument);
    return n;
}

static void allow(Options *o, const char *names, bool value)
{
    char copy[800];
    snprintf(copy, sizeof copy, "%s", names);
    for (char *name = strtok(copy, ","); name; name = strtok(NULL, ",")) {
        int i = 0;
        while (i < OPERATION_COUNT && strcmp(operations[i].name, name) != 0) i++;
        if (i == OPERATION_COUNT) usage("no such operation:", name);
        o->allowed[i] = value;
    }
}

static Barrier barrier_find(const char *name)
{
    for (int i = 0; i < BARRIER_COUNT; i++)
        if (strcmp(barrier_names[i], name) == 0) return (Barrier)i;
    usage("no such barrier:", name);
}

_Noreturn static void list(void)
{
    puts("operations:");
    for (int i = 0; i < OPERATION_COUNT; i++) printf("  %s\n", operations[i].name);
    puts("barriers:");
    for (int i = 1; i < BARRIER_COUNT; i++) printf("  %-12s %s\n", barrier_names[i], barrier_sentences[i]);
    exit(0);
}

/* The text behind `option`, or NULL if the argument is another one. */
static const char *value_of(const char *argument, const char *option)
{
    size_t length = strlen(option);
    return strncmp(argument, option, length) == 0 ? argument + length : NULL;
}

static bool take_switch(Options *o, const char *argument)
{
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) help();
    if (strcmp(argument, "--list") == 0) list();
    if (strcmp(argument, "--shrink") == 0) return o->shrink = true;
    if (strcmp(argument, "--keep-going") == 0) return o->keep_going = true;
    if (strcmp(argument, "--verbose") == 0) return o->verbose = true;
    if (strcmp(argument, "--forget=each") == 0) return o->forget_each = true;
    return false;
}

static bool take_number(Options *o, const char *argument)
{
    const char *value;
    if ((value = value_of(argument, "--seed="))) return o->seed = number(value, argument), true;
    if ((value = value_of(argument, "--runs="))) return o->runs = number(value, argument), true;
    if ((value = value_of(argument, "--operations="))) return o->operations = number(value, argument), true;
    if ((value = value_of(argument, "--compare=")))
        return o->compare_every = (uint32_t)number(value, argument), true;
    if ((value = value_of(argument, "--nodes=")))
        return o->most_nodes = (uint32_t)number(value, argument), true;
    return false;
}

static bool take_names(Options *o, const char *argument)
{
    const char *value;
    if ((value = value_of(argument, "--forget="))) return o->forget = barrier_find(value), true;
    if ((value = value_of(argument, "--without="))) return allow(o, value, false), true;
    if (!(value = value_of(argument, "--only="))) return false;
    memset(o->allowed, 0, sizeof o->allowed);
    return allow(o, value, true), true;
}

static void take_option(Options *o, const char *argument)
{
    if (take_switch(o, argument) || take_number(o, argument) || take_names(o, argument)) return;
    if (o->heap_flag_count == MOST_HEAP_FLAGS) usage("too many flags:", argument);
    o->heap_flags[o->heap_flag_count++] = argument;
}

/* They must parse before any process is made for them. */
static void check_heap_flags(const Options *o)
{
    HeapConfig config;
    heap_config_default(&config);
    for (int i = 0; i < o->heap_flag_count; i++) heap_flag(&config, o->heap_flags[i]);
    if (config.source) config.source->close(config.source);
    block_placer_free(config.placer);
}

static int run_all(const Options *o)
{
    uint64_t failed = 0;
    for (uint64_t seed = o->seed; seed < o->seed + o->runs && (o->keep_going || !failed); seed++) {
        if (run_apart(o, seed, o->operations, false)) continue;
        failed++;
        print_command(o, seed, o->operations);
        if (o->shrink) shrink(o, seed, o->operations);
    }
    const Totals *t = o->shared;
    printf("gc_stress: %llu operations, %llu collections (%llu major), %llu comparisons of %llu objects, "
           "%llu words "
           "allocated, %llu times out of memory; %llu runs failed\n",
           (unsigned long long)t->operations, (unsigned long long)t->collections,
           (unsigned long long)t->majors, (unsigned long long)t->comparisons, (unsigned long long)t->objects,
           (unsigned long long)t->words, (unsigned long long)t->out_of_memory, (unsigned long long)failed);
    return t->unsound ? 254 : failed > 0;
}

int main(int argc, char **argv)
{
    Options o = {.seed = 1, .runs = 1, .operations = 100000};
    memset(o.allowed, 1, sizeof o.allowed);
    for (int i = 1; i < argc; i++) take_option(&o, argv[i]);
    check_heap_flags(&o);
    o.shared = mmap(NULL, sizeof *o.shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (o.shared == MAP_FAILED) return 1;
    return o.forget_each ? forget_each(&o) : run_all(&o);
}
