/* Worlds of every kind: all block sources and placements by name, also those of tests/plugins. A test that is
 * to hold everywhere runs once for each. */
#ifndef THUNKSCOPE_TESTS_UNIT_WORLDS_H
#define THUNKSCOPE_TESTS_UNIT_WORLDS_H

#include "blocks/block.h"
#include "blocks/placement.h"
#include "blocks/source.h"

#include <criterion/criterion.h>

static const char *const world_placements[] = {"buckets", "best-fit", "buddy",
                                               THUNKSCOPE_PLUGINS "/placement_first_fit.so",
                                               THUNKSCOPE_PLUGINS "/placement_first_fit.so:high"};
/* Each has room for at least 64 megablocks. */
static const char *const world_sources[] = {"reserve",
                                            "mmap",
                                            "malloc",
                                            "huge",
                                            "fixed:64m",
                                            "guard",
                                            "guard:256k:malloc",
                                            THUNKSCOPE_PLUGINS "/source_file.so"};
enum {
    WORLD_PLACEMENTS = sizeof world_placements / sizeof *world_placements,
    WORLD_SOURCES = sizeof world_sources / sizeof *world_sources
};

static inline BlockSource *world_source(const char *text)
{
    char error[320] = "";
    BlockSource *source = block_source_parse(text, error, sizeof error);
    cr_assert_not_null(source, "%s: %s", text, error);
    return source;
}

static inline BlockPlacer *world_placer(const char *text)
{
    char error[320] = "";
    BlockPlacer *placer = block_placement_parse(text, error, sizeof error);
    cr_assert_not_null(placer, "%s: %s", text, error);
    return placer;
}

static inline BlockAllocator *world(const char *source, const char *placement)
{
    return block_allocator_new_placed(world_source(source), world_placer(placement));
}

#define EveryPlacement(suite, name)                                                                          \
    static void name(const char *placement);                                                                 \
    Test(suite, name)                                                                                        \
    {                                                                                                        \
        for (unsigned i = 0; i < WORLD_PLACEMENTS; i++) name(world_placements[i]);                           \
    }                                                                                                        \
    static void name(const char *placement)

#define EverySource(suite, name)                                                                             \
    static void name(const char *text);                                                                      \
    Test(suite, name)                                                                                        \
    {                                                                                                        \
        for (unsigned i = 0; i < WORLD_SOURCES; i++) name(world_sources[i]);                                 \
    }                                                                                                        \
    static void name(const char *text)

#define EveryWorld(suite, name)                                                                              \
    static void name(const char *text, const char *placement);                                               \
    Test(suite, name)                                                                                        \
    {                                                                                                        \
        for (unsigned i = 0; i < WORLD_SOURCES * WORLD_PLACEMENTS; i++)                                      \
            name(world_sources[i / WORLD_PLACEMENTS], world_placements[i % WORLD_PLACEMENTS]);               \
    }                                                                                                        \
    static void name(const char *text, const char *placement)

#endif
