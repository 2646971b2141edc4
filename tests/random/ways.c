/* See ways.h. */
#include "tests/random/ways.h"

#include <stdlib.h>
#include <string.h>

static uint64_t mixed(uint64_t seed, uint64_t salt)
{
    uint64_t z = (seed + salt * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (z ^ z >> 31) >> 20;
}

static void add(Way *way, const char *flag)
{
    size_t length = strlen(way->flags);
    snprintf(way->flags + length, sizeof way->flags - length, "%s%s", length ? " " : "", flag);
}

/* Those of a stress seed that leave memory enough: what a program says when there is none is no matter here.
 */
static void add_stress(Way *way, uint64_t seed)
{
    char flags[500];
    heap_stress_flags(seed, flags, sizeof flags);
    for (char *flag = strtok(flags, " "); flag; flag = strtok(NULL, " ")) {
        bool wants_memory = strncmp(flag, "-M", 2) == 0 || strncmp(flag, "-c", 2) == 0 ||
                            strncmp(flag, "--block-source", 14) == 0;
        if (!wants_memory) add(way, flag);
    }
}

/* The fast loop runs where nothing is checked after each step. */
static void add_plain(Way *way, uint64_t seed)
{
    static const char *const nurseries[] = {"-A4k", "-A4k", "-A8k", "-A64k"};
    static const char *const generations[] = {"-G1", "-G2", "-G2", "-G3"};
    add(way, nurseries[mixed(seed, 1) % 4]);
    add(way, generations[mixed(seed, 2) % 4]);
    add(way, mixed(seed, 3) % 2 ? "-O4k" : "-O64k");
    if (mixed(seed, 4) % 4 == 0) add(way, "-qn2");
    if (mixed(seed, 5) % 4 == 0) add(way, "--no-selectors");
}

static void add_collector(Way *way, uint64_t seed)
{
    size_t count = 0;
    while (collector_at(count)) count++;
    const GcCollector *collector = collector_at(mixed(seed, 6) % count);
    char flag[80];
    if (collector->instead && mixed(seed, 7) % 6) collector = collector_at(0);
    snprintf(flag, sizeof flag, "--collector=%s", collector->name);
    add(way, flag);
}

Way way_choose(uint64_t seed, uint32_t number, const char *more, bool eager)
{
    static const char *const chunks[] = {"-kc1k -ki1k", "-kc1k -ki1k", "-kc2k -ki1k", "-kc32k -ki1k"};
    uint64_t own = mixed(seed, number + 100);
    Way way = {.lazy = !eager && mixed(own, 8) % 2,
               .no_squeezing = mixed(own, 9) % 2,
               .is_typed = mixed(own, 14) % 2,
               .watched = mixed(own, 10) % 3 == 0};
    if (number % 2)
        add_stress(&way, own);
    else
        add_plain(&way, own);
    add_collector(&way, own);
    add(&way, chunks[mixed(own, 11) % 4]);
    if (number % 2 && mixed(own, 12) % 3 == 0) add(&way, mixed(own, 13) % 2 ? "-DS3,5" : "-DS4,9");
    if (*more) add(&way, more);
    return way;
}

void way_print(const Way *way, FILE *out)
{
    fprintf(out, "%s black holes, %ssqueezing%s%s, %s", way->lazy ? "lazy" : "eager",
            way->no_squeezing ? "no " : "", way->is_typed ? ", types fit" : "",
            way->watched ? ", watched" : "", way->flags);
}

bool way_counts(const Way *way) { return way->watched && !way->lazy && strstr(way->flags, "--no-selectors"); }

/* ---- Counting */

static void count_black_hole(void *context, const Closure *c, bool eager)
{
    (void)c;
    *(uint64_t *)context += eager;
}

static void count_caf(void *context, const Closure *c)
{
    (void)c;
    ++*(uint64_t *)context;
}

/* ---- Running */

static bool configure(const Way *way, HeapConfig *config, char *why, size_t size)
{
    char flags[sizeof way->flags], *rest;
    heap_config_default(config);
    config->clock = false;
    snprintf(flags, sizeof flags, "%s", way->flags);
    snprintf(why, size, "unknown flag");
    for (char *flag = strtok_r(flags, " ", &rest); flag; flag = strtok_r(NULL, " ", &rest))
        if (heap_config_flag(config, flag, why, size) != 1) return false;
    return true;
}

bool way_run(const Way *way, const Program *p, Ran *ran, FILE *listing, char *why, size_t size)
{
    HeapConfig config;
    EvalObserver observer = {
        .context = &ran->evaluations, .blackholed = count_black_hole, .caf_entered = count_caf};
    *ran = (Ran){0};
    if (!configure(way, &config, why, size)) return false;
    Heap *heap = heap_new(&config);
    FILE *out = open_memstream(&ran->out, &ran->length);
    if (!heap || !out) abort();
    MachineConfig mc = {.program_name = "random",
                        .lazy_blackholing = way->lazy,
                        .is_typed = way->is_typed,
                        .interrupted = way->interrupted,
                        .no_squeezing = way->no_squeezing,
                        .observer = way->watched ? &observer : NULL,
                        .out = out,
                        .err = out};
    Machine *m = machine_new(heap, p, &mc, why, size);
    if (m) {
        if (listing) machine_disassemble(m, listing);
        ran->status = machine_run(m, "main", &ran->exit_code);
        ran->collections = heap->gc_count;
    }
    bool good = m != NULL;
    machine_free(m);
    heap_free(heap);
    fclose(out);
    return good;
}
