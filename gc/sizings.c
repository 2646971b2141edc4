/* The sizing policies that are built in; gc/sizing.h says what one is.
 *
 * `factor` is GHC's: what lives, times -F (rts/sm/GC.c, resizeGenerations and resize_nursery).
 *
 * `square-root`: what lives, and room beyond it that grows with the square root of what lives and of the
 * share of what is allocated that is promoted, so that the time that collections of several heaps take
 * together is least for the memory that they take together. Follows: Kirisame, Shenoy, Panchekha, "Optimal
 * heap limits for reducing browser memory use" (OOPSLA 2022), with words in place of their clocks, so that
 * equal runs are equal.
 *
 * `fixed`: always the same. */
#include "gc/sizing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks/block.h"
#include "blocks/shared_object.h"
#include "gc/amounts.h"

/* A whole argument that is a number above 0 and below `bound`. */
static bool parse_positive(const char *text, double bound, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && !*end && *number > 0 && *number < bound;
}

/* ---- The nursery */

/* With one generation it grows with what lives, so that the cost of copying that is spread. */
static size_t only_generation_nursery(const GcSizes *s)
{
    size_t live = s->live_small;
    if (s->limit && s->in_place)
        return at_least(at_most(times(s->factor, live), s->limit > live ? (s->limit - live) / 2 : 0),
                        s->minimum_nursery);
    if (s->limit && (size_t)((double)live * s->factor * 2) > s->limit)
        return at_least(s->limit > 2 * live ? s->limit - 2 * live : 0, s->minimum_nursery);
    return at_least(times(s->factor, live), s->minimum_nursery);
}

static size_t suggested_nursery(const GcSizes *s)
{
    size_t left = s->suggested > s->taken ? s->suggested - s->taken : 0;
    return at_least(left * 100 / (100 + s->nursery_survivors), s->minimum_nursery);
}

size_t sizing_nursery(const GcSizes *s)
{
    if (s->generations == 1) return only_generation_nursery(s);
    return s->suggested ? suggested_nursery(s) : s->minimum_nursery;
}

/* ---- factor */

static void *factor_open(const char *args, char *error, size_t size)
{
    if (!args) return malloc(1);
    snprintf(error, size, "the sizing policy \"factor\" takes no argument: its factor is -F");
    return NULL;
}

static size_t factor_old_generation(void *state, const GcSizes *s)
{
    (void)state;
    return at_least(times(s->factor, s->live), s->minimum_old);
}

static const GcSizing sizing_factor = {
    .abi = GC_SIZING_ABI,
    .name = "factor",
    .about = "an old generation may grow to what lives in it times -F, at least -O (default)",
    .open = factor_open,
    .close = free,
    .old_generation = factor_old_generation,
};

/* ---- square-root */

/* With the argument 1: room for as much again, when 100 MiB live and a tenth of what is allocated is
 * promoted. */
#define ROOM_FOR_ONE 506.0 /* times the square root of blocks times that share */

typedef struct SquareRoot {
    double room;
} SquareRoot;

static void *square_root_open(const char *args, char *error, size_t size)
{
    SquareRoot *state = NULL;
    double room = 1;
    if (args && !parse_positive(args, 1e6, &room))
        snprintf(error, size, "square-root:ROOM wants a number above 0, not \"%s\"", args);
    else if ((state = calloc(1, sizeof *state)))
        state->room = room;
    return state;
}

static size_t square_root_old_generation(void *state, const GcSizes *s)
{
    double share = s->allocated ? (double)s->promoted / (double)s->allocated : 0;
    double room = ((SquareRoot *)state)->room * ROOM_FOR_ONE * sqrt((double)s->live * fmin(share, 1));
    return at_least(s->live + (size_t)room, s->minimum_old);
}

static const GcSizing sizing_square_root = {
    .abi = GC_SIZING_ABI,
    .name = "square-root",
    .about = "[:ROOM] room beyond what lives grows with its square root, and with the share that is promoted",
    .open = square_root_open,
    .close = free,
    .old_generation = square_root_old_generation,
};

/* ---- fixed */

typedef struct Fixed {
    size_t blocks;
} Fixed;

static void *fixed_open(const char *args, char *error, size_t size)
{
    Fixed *state = NULL;
    double mebibytes;
    if (!args || !parse_positive(args, 1e9, &mebibytes))
        snprintf(error, size, "fixed:MEBIBYTES wants how many an old generation may hold");
    else if ((state = calloc(1, sizeof *state)))
        state->blocks = at_least((size_t)(mebibytes * (1 << 20) / BLOCK_SIZE), 1);
    return state;
}

static size_t fixed_old_generation(void *state, const GcSizes *s)
{
    (void)s;
    return ((Fixed *)state)->blocks;
}

static const GcSizing sizing_fixed = {
    .abi = GC_SIZING_ABI,
    .name = "fixed",
    .about = ":MEBIBYTES an old generation is collected when it holds so much, whatever lives in it",
    .open = fixed_open,
    .close = free,
    .old_generation = fixed_old_generation,
};

/* ---- By name */

static const GcSizing *const sizings[] = {
#define SIZING(name) &sizing_##name,
#include "gc/sizings.def"
#undef SIZING
};

enum { SIZINGS = sizeof sizings / sizeof *sizings };

const GcSizing *sizing_at(size_t index) { return index < SIZINGS ? sizings[index] : NULL; }

static GcSizer *sizer_new(const GcSizing *functions, const char *args, char *error, size_t size)
{
    GcSizer *sizer = calloc(1, sizeof *sizer);
    snprintf(error, size, "no memory for the sizing policy \"%s\"", functions->name);
    if (!sizer) return NULL;
    sizer->functions = functions;
    sizer->state = shared_object_begin("sizing policy", functions->name, functions->open, args, error, size);
    if (sizer->state) return sizer;
    free(sizer);
    return NULL;
}

void sizer_free(GcSizer *sizer)
{
    if (!sizer) return;
    sizer->functions->close(sizer->state);
    shared_object_close(sizer->object);
    free(sizer);
}

static const char *sizing_fault(const SharedStruct *exported)
{
    const GcSizing *s = (const GcSizing *)(const void *)exported;
    return s->name && s->open && s->close && s->old_generation
               ? NULL
               : "needs a name, open, close and old_generation";
}

static GcSizer *shared_sizer(const char *text, char *error, size_t size)
{
    static const SharedPart part = {.what = "sizing policy",
                                    .symbol = GC_SIZING_SYMBOL,
                                    .abi = GC_SIZING_ABI,
                                    .bytes = sizeof(GcSizing),
                                    .fault = sizing_fault};
    SharedObject object;
    if (!shared_object_open(&object, text, &part, error, size)) return NULL;
    const GcSizing *functions = (const GcSizing *)(const void *)object.exported;
    GcSizer *sizer = sizer_new(functions, object.args, error, size);
    if (sizer)
        sizer->object = object.handle;
    else
        shared_object_close(object.handle);
    return sizer;
}

static const char *sizing_name_at(size_t index) { return index < SIZINGS ? sizings[index]->name : NULL; }

GcSizer *sizer_parse(const char *text, char *error, size_t size)
{
    if (shared_object_is_named(text)) return shared_sizer(text, error, size);
    size_t length = strcspn(text, ":");
    for (size_t i = 0; i < SIZINGS; i++)
        if (strlen(sizings[i]->name) == length && strncmp(sizings[i]->name, text, length) == 0)
            return sizer_new(sizings[i], text[length] ? text + length + 1 : NULL, error, size);
    shared_object_unknown("sizing policy", text, sizing_name_at, error, size);
    return NULL;
}
