/* Byte arrays, and memory at an address, which may be a pinned byte array's.
 *
 * Whoever observes hears of a change word by word: machine_bytes_change keeps what the words held,
 * machine_bytes_changed tells. A write to an address outside the heap is nobody's event.
 *
 * Follows: GHC, rts/PrimOps.cmm; compiler/GHC/StgToCmm/Prim.hs (bounds are the program's own business). */
#include <stdlib.h>
#include <string.h>

#include "eval/prim_private.h"

#define BYTES_MOST ((Word)1 << 61)

static Word bytes_count(const Closure *c) { return ((const Word *)c)[BYTES_COUNT]; }
static unsigned char *bytes_of(Closure *c) { return (unsigned char *)(closure_words(c) + BYTES_PAYLOAD); }
static size_t bytes_words(Word bytes) { return BYTES_PAYLOAD + (bytes + WORD_BYTES - 1) / WORD_BYTES; }

/* ---- Telling about changes */

Closure *machine_bytes_at(Machine *m, const void *address)
{
    BlockDescr *group = block_group_at(m->heap->blocks, address);
    if (!group || !(group->flags & BF_LARGE)) return NULL;
    for (Word *w = group->start, *next; w < group->free; w = next) {
        next = w + closure_size((Closure *)w);
        if ((const Word *)address < next)
            return ((Closure *)w)->info->kind == KIND_ARR_WORDS ? (Closure *)w : NULL;
    }
    return NULL;
}

void machine_bytes_change(Machine *m, Closure *array, const void *at, size_t count)
{
    BytesChange *change = &m->change;
    change->count = 0;
    if ((!m->observer.wrote && !m->observer.input) || count == 0) return;
    change->array = array ? array : machine_bytes_at(m, at);
    if (!change->array) return;
    const Word *words = closure_words(change->array);
    change->first = ((const char *)at - (const char *)words) / WORD_BYTES;
    size_t last = (size_t)((const char *)at + count - 1 - (const char *)words) / WORD_BYTES;
    change->count = last + 1 - change->first;
    if (change->count > change->room) {
        free(change->old);
        change->room = 2 * change->count;
        change->old = malloc(change->room * sizeof(Word));
        require(change->old, "out of memory for an observer");
    }
    memcpy(change->old, &words[change->first], change->count * sizeof(Word));
}

void machine_bytes_changed(Machine *m)
{
    const BytesChange *change = &m->change;
    for (size_t i = 0; m->observer.wrote && i < change->count; i++)
        m->observer.wrote(m->observer.context, change->array, (uint32_t)(change->first + i), change->old[i],
                          closure_words(change->array)[change->first + i]);
}

static void change_begins(Machine *m, Closure *array, const void *at, size_t count)
{
    if (m->careful) machine_bytes_change(m, array, at, count);
}

static void change_ended(Machine *m)
{
    if (m->careful) machine_bytes_changed(m);
}

/* ---- Making */

static bool bytes_made(Machine *m, const PrimCall *call, Word *w, Word count)
{
    if (!w) return false;
    w[0] = (Word)info_std(m->infos, STD_ARR_WORDS);
    w[BYTES_COUNT] = count;
    memset(&w[BYTES_PAYLOAD], 0, (bytes_words(count) - BYTES_PAYLOAD) * sizeof(Word));
    machine_allocated(m, w, w + bytes_words(count));
    prim_result(m, call, 0, (Word)w);
    return true;
}

bool prim_new_bytes(Machine *m, const PrimCall *call)
{
    Word count = prim_arg(m, call, 0);
    if (count > BYTES_MOST) return false;
    return bytes_made(m, call, machine_alloc(m, bytes_words(count)), count);
}

/* newPinnedByteArray# promises 16 bytes, as GHC's does. Alignments beyond a page make no object different. */
bool prim_new_pinned_bytes(Machine *m, const PrimCall *call)
{
    Word count = prim_arg(m, call, 0), align = 16;
    if (call->id == PRIM_NewAlignedPinnedByteArray) align = prim_arg(m, call, 1);
    if (align < WORD_BYTES) align = WORD_BYTES;
    if (count > BYTES_MOST || align > BLOCK_SIZE || (align & (align - 1))) return false;
    return bytes_made(m, call, machine_alloc_pinned(m, bytes_words(count), align), count);
}

/* ---- Changing the size */

static void set_count(Machine *m, Closure *array, Word count)
{
    size_t old_words = closure_size(array);
    if (bytes_count(array) == count) return;
    closure_words(array)[BYTES_COUNT] = count;
    machine_shrunk(m, array, old_words);
}

bool prim_shrink_bytes(Machine *m, const PrimCall *call)
{
    Closure *array = prim_object(m, call, 0);
    prim_need_range(m, call, 0, prim_arg(m, call, 1), bytes_count(array));
    set_count(m, array, prim_arg(m, call, 1));
    return true;
}

/* In place, if its words suffice. */
bool prim_resize_bytes(Machine *m, const PrimCall *call)
{
    Word count = prim_arg(m, call, 1);
    if (count > BYTES_MOST) return false;
    if (bytes_words(count) <= closure_size(prim_object(m, call, 0))) {
        set_count(m, prim_object(m, call, 0), count);
        prim_result(m, call, 0, prim_arg(m, call, 0));
        return true;
    }
    Word *w = machine_alloc(m, bytes_words(count));
    if (!w) return false;
    Closure *old = prim_object(m, call, 0);
    Word kept = bytes_count(old);
    w[0] = (Word)info_std(m->infos, STD_ARR_WORDS);
    w[BYTES_COUNT] = count;
    w[bytes_words(count) - 1] = 0;
    memcpy(&w[BYTES_PAYLOAD], bytes_of(old), kept);
    memset((char *)&w[BYTES_PAYLOAD] + kept, 0, (bytes_words(count) - BYTES_PAYLOAD) * sizeof(Word) - kept);
    machine_allocated(m, w, w + bytes_words(count));
    prim_result(m, call, 0, (Word)w);
    return true;
}

/* ---- Copying and comparing */

static void copy(Machine *m, Closure *array, void *to, const void *from, Word count)
{
    change_begins(m, array, to, count);
    memmove(to, from, count);
    change_ended(m);
}

bool prim_copy_bytes(Machine *m, const PrimCall *call)
{
    Closure *from = prim_object(m, call, 0), *to = prim_object(m, call, 2);
    Word from_at = prim_arg(m, call, 1), to_at = prim_arg(m, call, 3), count = prim_arg(m, call, 4);
    prim_need_range(m, call, from_at, count, bytes_count(from));
    prim_need_range(m, call, to_at, count, bytes_count(to));
    copy(m, to, bytes_of(to) + to_at, bytes_of(from) + from_at, count);
    return true;
}

bool prim_copy_bytes_to_addr(Machine *m, const PrimCall *call)
{
    Closure *from = prim_object(m, call, 0);
    Word from_at = prim_arg(m, call, 1), count = prim_arg(m, call, 3);
    prim_need_range(m, call, from_at, count, bytes_count(from));
    copy(m, NULL, (void *)prim_arg(m, call, 2), bytes_of(from) + from_at, count);
    return true;
}

/* What comes from outside the heap is no `wrote`. */
bool prim_copy_addr_to_bytes(Machine *m, const PrimCall *call)
{
    Closure *to = prim_object(m, call, 1);
    const void *from = (const void *)prim_arg(m, call, 0);
    Word to_at = prim_arg(m, call, 2), count = prim_arg(m, call, 3);
    prim_need_range(m, call, to_at, count, bytes_count(to));
    if (!machine_hears_input(m) || block_contains(m->heap->blocks, from)) {
        copy(m, to, bytes_of(to) + to_at, from, count);
        return true;
    }
    change_begins(m, to, bytes_of(to) + to_at, count);
    memmove(bytes_of(to) + to_at, from, count);
    machine_input_array(m, "memory", to, m->change.first, m->change.count, m->change.old);
    return true;
}

bool prim_set_bytes(Machine *m, const PrimCall *call)
{
    Closure *array = prim_object(m, call, 0);
    Word at = prim_arg(m, call, 1), count = prim_arg(m, call, 2);
    prim_need_range(m, call, at, count, bytes_count(array));
    change_begins(m, array, bytes_of(array) + at, count);
    memset(bytes_of(array) + at, (int)(prim_arg(m, call, 3) & 0xff), count);
    change_ended(m);
    return true;
}

/* -1, 0 or 1: what memcmp answers differs from machine to machine. */
bool prim_compare_bytes(Machine *m, const PrimCall *call)
{
    Closure *a = prim_object(m, call, 0), *b = prim_object(m, call, 2);
    Word a_at = prim_arg(m, call, 1), b_at = prim_arg(m, call, 3), count = prim_arg(m, call, 4);
    prim_need_range(m, call, a_at, count, bytes_count(a));
    prim_need_range(m, call, b_at, count, bytes_count(b));
    int order = memcmp(bytes_of(a) + a_at, bytes_of(b) + b_at, count);
    prim_result(m, call, 0, (Word)(int64_t)((order > 0) - (order < 0)));
    return true;
}

/* ---- One word, read and changed at once */

static Word *int_element(Machine *m, const PrimCall *call)
{
    Closure *array = prim_object(m, call, 0);
    Word index = prim_arg(m, call, 1);
    prim_need_range(m, call, index, 1, bytes_count(array) / WORD_BYTES);
    return closure_words(array) + BYTES_PAYLOAD + index;
}

static void write_int(Machine *m, const PrimCall *call, Word *at, Word value)
{
    change_begins(m, prim_object(m, call, 0), at, sizeof(Word));
    *at = value;
    change_ended(m);
}

bool prim_cas_int(Machine *m, const PrimCall *call)
{
    Word *at = int_element(m, call), old = *at;
    if (old == prim_arg(m, call, 2)) write_int(m, call, at, prim_arg(m, call, 3));
    prim_result(m, call, 0, old);
    return true;
}

static Word fetch_result(PrimopId id, Word old, Word operand)
{
    switch (id) {
    case PRIM_FetchAddIntArray: return old + operand;
    case PRIM_FetchSubIntArray: return old - operand;
    case PRIM_FetchAndIntArray: return old & operand;
    case PRIM_FetchNandIntArray: return ~(old & operand);
    case PRIM_FetchOrIntArray: return old | operand;
    default: return old ^ operand;
    }
}

bool prim_fetch_int(Machine *m, const PrimCall *call)
{
    Word *at = int_element(m, call), old = *at;
    write_int(m, call, at, fetch_result(call->id, old, prim_arg(m, call, 2)));
    prim_result(m, call, 0, old);
    return true;
}

/* ---- The word at an address */

static void write_at(Machine *m, Word *at, Word value)
{
    change_begins(m, NULL, at, sizeof *at);
    *at = value;
    change_ended(m);
}

bool prim_exchange_at(Machine *m, const PrimCall *call)
{
    Word *at = (Word *)prim_arg(m, call, 0), old = *at;
    machine_input_memory(m, at, old, false);
    write_at(m, at, prim_arg(m, call, 1));
    prim_result(m, call, 0, old);
    return true;
}

bool prim_cas_at(Machine *m, const PrimCall *call)
{
    Word *at = (Word *)prim_arg(m, call, 0), old = *at;
    machine_input_memory(m, at, old, false);
    if (old == prim_arg(m, call, 1)) write_at(m, at, prim_arg(m, call, 2));
    prim_result(m, call, 0, old);
    return true;
}

/* ---- Notes of the program */

bool prim_note(Machine *m, const PrimCall *call)
{
    if (m->careful && m->observer.noted)
        m->observer.noted(m->observer.context, (const char *)prim_arg(m, call, 0));
    return true;
}
