/* Info tables and their registry.
 *
 * Tables stand in slabs of SLAB_TABLES; names and bitmaps in a chain of text chunks. Always true:
 *   - a table never moves, and its id is slab * SLAB_TABLES + place in the slab;
 *   - `sorted` holds the slabs' addresses in ascending order, so that a word can be proved to be the address
 *     of a table without following it (invariant 16);
 *   - the first STD_COUNT tables are the runtime's own, in the order of StdInfo. */
#include "closures/closure.h"

#include <stdlib.h>
#include <string.h>

#define SLAB_TABLES 256u
#define CHUNK_BYTES ((size_t)16 * 1024)

typedef struct Chunk {
    struct Chunk *next;
    size_t used, size;
    _Alignas(16) char bytes[];
} Chunk;

struct InfoRegistry {
    InfoTable **slabs; /* in order of ids */
    Word *sorted;      /* the same, in order of address */
    uint32_t slab_count, count;
    Chunk *chunks; /* the one that is being filled comes first */
};

static void *must(void *memory)
{
    require(memory, "out of memory for info tables");
    return memory;
}

/* ---- Memory that lives as long as the registry */

static Chunk *chunk_new(InfoRegistry *r, size_t bytes)
{
    size_t size = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    Chunk *chunk = must(malloc(sizeof *chunk + size));
    *chunk = (Chunk){.next = r->chunks, .size = size};
    return r->chunks = chunk;
}

void *info_registry_alloc(InfoRegistry *r, size_t bytes)
{
    bytes = (bytes + 15) & ~(size_t)15;
    Chunk *chunk = r->chunks;
    if (!chunk || chunk->size - chunk->used < bytes) chunk = chunk_new(r, bytes);
    void *memory = chunk->bytes + chunk->used;
    chunk->used += bytes;
    return memset(memory, 0, bytes);
}

char *info_registry_string(InfoRegistry *r, const char *text)
{
    size_t bytes = strlen(text) + 1;
    return memcpy(info_registry_alloc(r, bytes), text, bytes);
}

/* ---- Tables */

static void slab_insert_sorted(InfoRegistry *r, Word slab)
{
    uint32_t i = r->slab_count;
    for (; i > 0 && r->sorted[i - 1] > slab; i--) r->sorted[i] = r->sorted[i - 1];
    r->sorted[i] = slab;
}

static void slab_add(InfoRegistry *r)
{
    size_t bytes = SLAB_TABLES * sizeof(InfoTable);
    InfoTable *slab = must(aligned_alloc(64, bytes));
    memset(slab, 0, bytes);
    r->slabs = must(realloc(r->slabs, (r->slab_count + 1) * sizeof *r->slabs));
    r->sorted = must(realloc(r->sorted, (r->slab_count + 1) * sizeof *r->sorted));
    slab_insert_sorted(r, (Word)slab);
    r->slabs[r->slab_count++] = slab;
}

InfoTable *info_new(InfoRegistry *r, Kind kind)
{
    if (r->count == r->slab_count * SLAB_TABLES) slab_add(r);
    uint32_t id = r->count++;
    InfoTable *info = &r->slabs[id / SLAB_TABLES][id % SLAB_TABLES];
    info->kind = (uint8_t)kind;
    info->id = id;
    info->words = kinds[kind].words;
    return info;
}

uint32_t info_count(const InfoRegistry *r) { return r->count; }

InfoTable *info_by_id(const InfoRegistry *r, uint32_t id)
{
    require(id < r->count, "no info table has the id %u", id);
    return &r->slabs[id / SLAB_TABLES][id % SLAB_TABLES];
}

InfoTable *info_std(const InfoRegistry *r, StdInfo which) { return &r->slabs[0][which]; }

bool info_is_known(const InfoRegistry *r, Word w)
{
    uint32_t low = 0, high = r->slab_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->sorted[middle] <= w)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return false;
    Word slab = r->sorted[low - 1], offset = w - slab;
    if (offset >= SLAB_TABLES * sizeof(InfoTable) || offset % sizeof(InfoTable) != 0) return false;
    const InfoTable *last = r->slabs[r->slab_count - 1];
    return slab != (Word)last || offset / sizeof(InfoTable) <= (r->count - 1) % SLAB_TABLES;
}

/* ---- The runtime's own tables */

static void std_new(InfoRegistry *r, StdInfo which, Kind kind, const char *name)
{
    InfoTable *info = info_new(r, kind);
    require(info->id == (uint32_t)which, "standard info tables are out of order");
    info->name = name;
}

/* `words` words after the info word, pointers where bitmap has a 1. */
static void std_frame(InfoRegistry *r, StdInfo which, Kind kind, const char *name, uint32_t words,
                      uint64_t bitmap, const char *reps, const char *fields)
{
    std_new(r, which, kind, name);
    InfoTable *info = info_std(r, which);
    info->ptrs = words;
    info->words = 1 + words;
    info->bitmap.inline_bits = bitmap;
    info->reps = reps;
    info->fields = fields;
}

/* The link is the heap's own. */
static void std_weak(InfoRegistry *r, StdInfo which, const char *name)
{
    std_new(r, which, KIND_WEAK, name);
    InfoTable *info = info_std(r, which);
    info->reps = "PPPP-";
    info->fields = "key value finalizer c_finalizers _";
}

static void std_objects(InfoRegistry *r)
{
    std_new(r, STD_IND, KIND_IND, "IND");
    std_new(r, STD_IND_STATIC, KIND_IND_STATIC, "IND_STATIC");
    std_new(r, STD_BLACKHOLE, KIND_BLACKHOLE, "BLACKHOLE");
    std_new(r, STD_CAF_BLACKHOLE, KIND_BLACKHOLE, "CAF_BLACKHOLE");
    std_new(r, STD_DEAD_CAF, KIND_THUNK_STATIC, "DEAD_CAF");
    std_new(r, STD_PAP, KIND_PAP, "PAP");
    std_new(r, STD_AP, KIND_AP, "AP");
    std_new(r, STD_AP_STACK, KIND_AP_STACK, "AP_STACK");
    std_new(r, STD_BLOCKING_QUEUE, KIND_BLOCKING_QUEUE, "BLOCKING_QUEUE");
    std_new(r, STD_MVAR_CLEAN, KIND_MVAR, "MVAR_CLEAN");
    std_new(r, STD_MVAR_DIRTY, KIND_MVAR, "MVAR_DIRTY");
    std_new(r, STD_MUT_VAR_CLEAN, KIND_MUT_VAR, "MUT_VAR_CLEAN");
    std_new(r, STD_MUT_VAR_DIRTY, KIND_MUT_VAR, "MUT_VAR_DIRTY");
    std_new(r, STD_MUT_ARR_PTRS_CLEAN, KIND_MUT_ARR_PTRS, "MUT_ARR_PTRS_CLEAN");
    std_new(r, STD_MUT_ARR_PTRS_DIRTY, KIND_MUT_ARR_PTRS, "MUT_ARR_PTRS_DIRTY");
    std_new(r, STD_MUT_ARR_PTRS_FROZEN, KIND_MUT_ARR_PTRS, "MUT_ARR_PTRS_FROZEN");
    std_new(r, STD_MUT_ARR_PTRS_FROZEN_DIRTY, KIND_MUT_ARR_PTRS, "MUT_ARR_PTRS_FROZEN_DIRTY");
    std_new(r, STD_SMALL_MUT_ARR_PTRS_CLEAN, KIND_SMALL_MUT_ARR_PTRS, "SMALL_MUT_ARR_PTRS_CLEAN");
    std_new(r, STD_SMALL_MUT_ARR_PTRS_DIRTY, KIND_SMALL_MUT_ARR_PTRS, "SMALL_MUT_ARR_PTRS_DIRTY");
    std_new(r, STD_SMALL_MUT_ARR_PTRS_FROZEN, KIND_SMALL_MUT_ARR_PTRS, "SMALL_MUT_ARR_PTRS_FROZEN");
    std_new(r, STD_SMALL_MUT_ARR_PTRS_FROZEN_DIRTY, KIND_SMALL_MUT_ARR_PTRS,
            "SMALL_MUT_ARR_PTRS_FROZEN_DIRTY");
    std_new(r, STD_ARR_WORDS, KIND_ARR_WORDS, "ARR_WORDS");
    std_weak(r, STD_WEAK, "WEAK");
    std_weak(r, STD_DEAD_WEAK, "DEAD_WEAK");
    std_new(r, STD_STABLE_NAME, KIND_STABLE_NAME, "STABLE_NAME");
    std_new(r, STD_TSO, KIND_TSO, "TSO");
    std_new(r, STD_STACK, KIND_STACK, "STACK");
    std_new(r, STD_FILLER_ONE, KIND_FILLER, "FILLER_ONE");
    std_new(r, STD_FILLER, KIND_FILLER, "FILLER");
    info_std(r, STD_FILLER_ONE)->words = FILL_MIN;
}

static void std_frames(InfoRegistry *r)
{
    std_frame(r, STD_UPDATE_FRAME, KIND_UPDATE_FRAME, "UPDATE_FRAME", 1, 1, "P", "updatee");
    std_frame(r, STD_MARKED_UPDATE_FRAME, KIND_UPDATE_FRAME, "MARKED_UPDATE_FRAME", 1, 1, "P", "updatee");
    std_frame(r, STD_CATCH_FRAME, KIND_CATCH_FRAME, "CATCH_FRAME", 2, 1, "PW", "handler masking");
    std_new(r, STD_APPLY_FRAME, KIND_APPLY_FRAME, "APPLY_FRAME");
    std_frame(r, STD_UNDERFLOW_FRAME, KIND_UNDERFLOW_FRAME, "UNDERFLOW_FRAME", 1, 1, "P", "next");
    std_frame(r, STD_STOP_FRAME, KIND_STOP_FRAME, "STOP_FRAME", 0, 0, "", "");
}

InfoRegistry *info_registry_new(void)
{
    InfoRegistry *r = must(calloc(1, sizeof *r));
    std_objects(r);
    std_frames(r);
    require(r->count == STD_COUNT, "a standard info table is missing");
    return r;
}

void info_registry_free(InfoRegistry *r)
{
    if (!r) return;
    for (uint32_t i = 0; i < r->slab_count; i++) free(r->slabs[i]);
    for (Chunk *next, *chunk = r->chunks; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(r->slabs);
    free(r->sorted);
    free(r);
}
