#include "eval/c_memory.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Behind the slots of blocks/mblock_range.c. */
static const uintptr_t first_slot = (uintptr_t)0x400000000000u;
static const unsigned slot_shift = 36;
enum { SLOTS = 16, HEAD = 16, SMALLEST_SHIFT = 5, SHIFTS = 37 };
/* By which memory becomes readable and writable; the smallest store. */
static const size_t step = (size_t)1 << 20;
/* Free chunks from this size on keep no memory. */
static const size_t given_back = (size_t)128 << 10;

typedef struct Chunk {
    struct Chunk *next; /* of the same size, free */
} Chunk;

/* Before what the program sees. */
typedef struct Head {
    char *chunk;
    uint32_t shift, padding; /* the chunk's size */
} Head;
_Static_assert(sizeof(Head) == HEAD, "what stands behind a head is aligned");

/* At the start of its slot, which is reserved as a whole, and readable and writable up to `ready`. */
struct CMemory {
    size_t bytes;
    char *next, *ready, *end;
    Chunk *free[SHIFTS];
};

/* ---- Slots */

static void *map_at(void *wanted, size_t bytes, int flags)
{
    void *got = mmap(wanted, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
    if (got == MAP_FAILED) return NULL;
    if (!wanted || got == wanted) return got;
    munmap(got, bytes);
    return NULL;
}

/* Where address space is limited, the heap needs some, too. */
static bool leaves_room(size_t bytes)
{
    void *rest = map_at(NULL, bytes, 0);
    if (rest) munmap(rest, bytes);
    return rest;
}

/* In steps, so that few calls are needed. */
static bool make_ready(CMemory *memory, char *until)
{
    if (until <= memory->ready) return true;
    size_t more = ((size_t)(until - memory->ready) + step - 1) & ~(step - 1);
    if (mprotect(memory->ready, more, PROT_READ | PROT_WRITE) != 0) return false;
    memory->ready += more;
    return true;
}

static CMemory *slot_open(char *slot, size_t bytes)
{
    CMemory start = {.bytes = bytes, .ready = slot, .end = slot + bytes};
    if (!make_ready(&start, slot + sizeof start)) {
        munmap(slot, bytes);
        return NULL;
    }
    start.next = slot + ((sizeof start + HEAD - 1) & ~(size_t)(HEAD - 1));
    CMemory *memory = (CMemory *)slot;
    *memory = start;
    return memory;
}

CMemory *c_memory_new(void)
{
    for (size_t bytes = (size_t)1 << slot_shift; bytes >= step; bytes /= 2) {
        if (!leaves_room(2 * bytes)) continue;
        for (uintptr_t slot = 0; slot < SLOTS; slot++) {
            void *got = map_at((void *)(first_slot + (slot << slot_shift)), bytes, MAP_FIXED_NOREPLACE);
            if (got) return slot_open(got, bytes);
        }
    }
    return NULL;
}

void c_memory_delete(CMemory *memory)
{
    if (memory) munmap(memory, memory->bytes);
}

bool c_memory_is_at(const void *address)
{
    return (uintptr_t)address - first_slot < (uintptr_t)SLOTS << slot_shift;
}

/* ---- Chunks */

static CMemory *memory_of(const void *p)
{
    return (CMemory *)((uintptr_t)p & ~(((uintptr_t)1 << slot_shift) - 1));
}

static Head *head_of(void *p) { return (Head *)((char *)p - HEAD); }

static size_t room_of(void *p)
{
    const Head *head = head_of(p);
    return (size_t)(head->chunk + ((size_t)1 << head->shift) - (char *)p);
}

static uint32_t shift_for(size_t bytes)
{
    uint32_t shift = SMALLEST_SHIFT;
    while (shift < SHIFTS && (size_t)1 << shift < bytes) shift++;
    return shift;
}

static char *chunk_take(CMemory *memory, uint32_t shift)
{
    Chunk *free_one = memory->free[shift];
    if (free_one) {
        memory->free[shift] = free_one->next;
        return (char *)free_one;
    }
    size_t bytes = (size_t)1 << shift;
    if ((size_t)(memory->end - memory->next) < bytes) return NULL;
    if (!make_ready(memory, memory->next + bytes)) return NULL;
    char *chunk = memory->next;
    memory->next += bytes;
    return chunk;
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *c_memory_take(CMemory *memory, size_t bytes, size_t align)
{
    if (align < HEAD) align = HEAD;
    if (!memory)
        return align == HEAD ? malloc(bytes) : aligned_alloc(align, (bytes + align - 1) & ~(align - 1));
    size_t extra = HEAD + (align - HEAD), most = (size_t)1 << (SHIFTS - 1);
    if (bytes > most || extra > most - bytes) return no_memory();
    uint32_t shift = shift_for(bytes + extra);
    char *chunk = chunk_take(memory, shift);
    if (!chunk) return no_memory();
    void *p = (void *)(((uintptr_t)chunk + HEAD + align - 1) & ~(uintptr_t)(align - 1));
    *head_of(p) = (Head){.chunk = chunk, .shift = shift};
    return p;
}

void *c_memory_take_zeroed(CMemory *memory, size_t count, size_t bytes)
{
    size_t all;
    if (__builtin_mul_overflow(count, bytes, &all)) return no_memory();
    void *p = c_memory_take(memory, all, HEAD);
    return p ? memset(p, 0, all) : NULL;
}

void c_memory_free(void *old)
{
    if (!c_memory_is_at(old)) {
        free(old);
        return;
    }
    CMemory *memory = memory_of(old);
    Head head = *head_of(old);
    size_t bytes = (size_t)1 << head.shift;
    if (bytes >= given_back)
        madvise((void *)(((uintptr_t)head.chunk + 4095) & ~(uintptr_t)4095), bytes - 4096, MADV_DONTNEED);
    Chunk *chunk = (Chunk *)head.chunk;
    chunk->next = memory->free[head.shift];
    memory->free[head.shift] = chunk;
}

void *c_memory_resize(CMemory *memory, void *old, size_t bytes)
{
    if (!old) return c_memory_take(memory, bytes, HEAD);
    if (!c_memory_is_at(old)) return realloc(old, bytes);
    size_t room = room_of(old);
    if (bytes <= room && bytes >= room / 4) return old;
    void *p = c_memory_take(memory, bytes, HEAD);
    if (!p) return NULL;
    memcpy(p, old, bytes < room ? bytes : room);
    c_memory_free(old);
    return p;
}

char *c_memory_copy(CMemory *memory, const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = c_memory_take(memory, bytes, HEAD);
    return copy ? memcpy(copy, text, bytes) : NULL;
}
