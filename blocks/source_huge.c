/* The source `huge`: a range as `reserve` has, that asks the system for transparent huge pages of 2 MiB.
 * Fewer address translations miss; in return memory comes and goes two megablocks at a time.
 *
 * Always true: a pair of megablocks that one huge page would hold is readable and writable if one of the two
 * is committed, and has neither memory nor access if none is. */
#include "blocks/source_private.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static const Word huge_bytes = (Word)2 << 20;

typedef struct Span {
    char *start, *end;
} Span;

/* The pairs that a run touches, as far as they lie in the range. */
static Span pairs_of(const MblockRange *range, void *run, size_t mblocks)
{
    char *start = (char *)((Word)run & ~(huge_bytes - 1)),
         *limit = range->base + range->mblocks * MBLOCK_SIZE;
    char *end = (char *)(((Word)run + mblocks * MBLOCK_SIZE + huge_bytes - 1) & ~(huge_bytes - 1));
    return (Span){start < range->base ? range->base : start, end > limit ? limit : end};
}

static void *huge_commit(BlockSource *source, size_t mblocks)
{
    MblockRange *range = source->state;
    source->requests++;
    void *run = mblock_range_take(range, mblocks);
    if (!run) return NULL;
    Span pairs = pairs_of(range, run, mblocks);
    if (mprotect(pairs.start, (size_t)(pairs.end - pairs.start), PROT_READ | PROT_WRITE) == 0) return run;
    mblock_range_give(range, run, mblocks);
    return NULL;
}

static void pair_give_back(const MblockRange *range, char *pair)
{
    Span span = pairs_of(range, pair, 1);
    size_t bytes = (size_t)(span.end - span.start);
    if (!mblock_range_is_unused(range, span.start, bytes / MBLOCK_SIZE)) return;
    madvise(span.start, bytes, MADV_DONTNEED);
    mprotect(span.start, bytes, PROT_NONE);
}

static void huge_decommit(BlockSource *source, void *run, size_t mblocks)
{
    MblockRange *range = source->state;
    Span pairs = pairs_of(range, run, mblocks);
    mblock_range_give(range, run, mblocks);
    for (Word pair = (Word)pairs.start & ~(huge_bytes - 1); pair < (Word)pairs.end; pair += huge_bytes)
        pair_give_back(range, (char *)pair + (pair < (Word)pairs.start ? MBLOCK_SIZE : 0));
}

/* ---- Does the system do as it was asked? */

/* The word in brackets of "always [madvise] never". */
static void system_says(char *out, size_t size)
{
    char line[128] = "";
    FILE *file = fopen("/sys/kernel/mm/transparent_hugepage/enabled", "r");
    if (file && !fgets(line, sizeof line, file)) line[0] = '\0';
    if (file) fclose(file);
    const char *open = strchr(line, '['), *close = open ? strchr(open, ']') : NULL;
    if (close)
        snprintf(out, size, "%.*s", (int)(close - open - 1), open + 1);
    else
        snprintf(out, size, "not known to this system");
}

/* Of a line of /proc/self/smaps: is it the first of a mapping, and does that lie in the range? */
static bool mapping_begins(const char *line, const MblockRange *range, bool *inside)
{
    unsigned long start, end;
    if (sscanf(line, "%lx-%lx ", &start, &end) != 2) return false;
    *inside = start >= (Word)range->base && end <= (Word)range->base + range->mblocks * MBLOCK_SIZE;
    return true;
}

typedef struct Pages {
    size_t resident_kb, huge_kb;
} Pages;

static Pages pages_now(const MblockRange *range)
{
    Pages pages = {0, 0};
    char line[256];
    bool inside = false;
    FILE *smaps = fopen("/proc/self/smaps", "r");
    while (smaps && fgets(line, sizeof line, smaps)) {
        size_t kb;
        if (mapping_begins(line, range, &inside) || !inside) continue;
        if (sscanf(line, "Rss: %zu", &kb) == 1) pages.resident_kb += kb;
        if (sscanf(line, "AnonHugePages: %zu", &kb) == 1) pages.huge_kb += kb;
    }
    if (smaps) fclose(smaps);
    return pages;
}

static void huge_describe(const BlockSource *source, char *out, size_t size)
{
    char says[40];
    system_says(says, sizeof says);
    Pages pages = pages_now(source->state);
    snprintf(out, size,
             "transparent huge pages (the system's setting: %s): %zu of %zu MiB resident are in huge pages",
             says, pages.huge_kb / 1024, pages.resident_kb / 1024);
}

/* A system without them says EINVAL; the source works all the same, and its description tells. */
static bool huge_fill(MblockRange *range, void *context)
{
    (void)context;
    if (!mblock_range_reserve(range)) return false;
    madvise(range->base, range->mblocks * MBLOCK_SIZE, MADV_HUGEPAGE);
    return true;
}

BlockSource *block_source_huge(void)
{
    return source_over_range(huge_fill, NULL,
                             (BlockSource){.name = "huge",
                                           .commit = huge_commit,
                                           .decommit = huge_decommit,
                                           .close = source_range_close,
                                           .describe = huge_describe});
}
