/* Stress: collections at heap checks that nobody asked for, and seeds that decide everything that a heap can
 * be told (gc/stress.def). Each knob becomes a flag, so that a run that a seed has found can be repeated and
 * varied by hand. */
#include <stdio.h>
#include <string.h>

#include "gc/heap_state.h"

/* ---- Chance: splitmix64 (Steele, Lea, Flood, OOPSLA 2014) */

static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* ---- Collections */

/* The first call sets the next check without collecting at this one, unless the period is 1. */
static bool chance_is_due(HeapState *h)
{
    const HeapConfig *config = &h->heap.config;
    if (h->stress_next == 0) {
        h->stress_state = config->stress_chance;
        h->stress_next = 1 + draw(&h->stress_state) % config->stress_period;
    }
    if (h->heap_checks < h->stress_next) return false;
    h->stress_next = h->heap_checks + 1 + draw(&h->stress_state) % config->stress_period;
    return true;
}

bool stress_is_due(HeapState *h, bool *major)
{
    const HeapConfig *config = &h->heap.config;
    uint32_t every = config->stress_major_every;
    h->heap_checks++;
    bool due = config->stress_chance ? chance_is_due(h) : h->heap_checks % config->stress_period == 0;
    if (!due) return false;
    uint64_t turn = config->stress_chance ? draw(&h->stress_state) : h->stress_collections + 1;
    h->stress_collections++;
    *major = every && turn % every == 0;
    return true;
}

/* ---- Knobs */

static size_t alternative_count(const char *alternatives)
{
    size_t count = 1;
    for (; *alternatives; alternatives++) count += *alternatives == '|';
    return count;
}

void heap_stress_draw(uint64_t *state, const char *alternatives, char *out, size_t size)
{
    size_t used = 0;
    uint64_t skip = draw(state) % alternative_count(alternatives), number = 1 + draw(state) % 99;
    for (; skip > 0; alternatives++) skip -= *alternatives == '|';
    for (; *alternatives && *alternatives != '|' && used < size; alternatives++) {
        if (*alternatives == '%')
            used += (size_t)snprintf(out + used, size - used, "%u", (unsigned)number);
        else
            out[used++] = *alternatives;
    }
    out[used < size ? used : size - 1] = '\0';
}

static const char *const knobs[] = {
#define KNOB(name, alternatives) alternatives,
#include "gc/stress.def"
#undef KNOB
};

void heap_stress_flags(uint64_t seed, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof knobs / sizeof *knobs; i++) {
        char flag[64];
        heap_stress_draw(&seed, knobs[i], flag, sizeof flag);
        if (!flag[0] || used >= size) continue;
        used += (size_t)snprintf(out + used, size - used, "%s%s", used ? " " : "", flag);
    }
}
