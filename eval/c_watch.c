/* What a C call writes into byte arrays, told row by row of words that have changed.
 *
 * C can reach a byte array that it is given, or the address of; and one whose address stands in such an
 * array, as in those of iconv and readv. Each of them is copied before the call and compared behind it. An
 * address that stands in C's own memory is not followed. */
#include "eval/c_call_private.h"

#include <stdlib.h>
#include <string.h>

#include "gc/weak.h"

/* A structure that C follows addresses in is not larger. */
enum { FOLLOWED_WORDS = 512 };

static const Word *payload(Closure *array) { return closure_words(array) + BYTES_PAYLOAD; }
static size_t payload_words(Closure *array) { return closure_size(array) - BYTES_PAYLOAD; }

static bool is_watched(const Machine *m, const Closure *array)
{
    for (size_t i = 0; i < m->watched_count; i++)
        if (m->watched[i].array == array) return true;
    return false;
}

static void watch(Machine *m, Closure *array)
{
    if (!array || is_watched(m, array)) return;
    if (m->watched_count == m->watched_room) {
        m->watched_room = m->watched_room ? 2 * m->watched_room : 8;
        m->watched = realloc(m->watched, m->watched_room * sizeof *m->watched);
        require(m->watched, "out of memory for an observer");
    }
    size_t bytes = payload_words(array) * sizeof(Word);
    Word *old = malloc(bytes + 1);
    require(old, "out of memory for an observer");
    m->watched[m->watched_count++] = (WatchedBytes){array, memcpy(old, payload(array), bytes)};
}

static void watch_argument(Machine *m, Word arg, bool is_object)
{
    if (!is_object)
        watch(m, machine_bytes_at(m, (const void *)arg));
    else if (ref_closure(arg)->info->kind == KIND_ARR_WORDS)
        watch(m, ref_closure(arg));
}

static void watch_addresses_in(Machine *m, Closure *array)
{
    if (payload_words(array) > FOLLOWED_WORDS) return;
    for (size_t i = 0; i < payload_words(array); i++)
        watch(m, machine_bytes_at(m, (const void *)payload(array)[i]));
}

void c_watch_begin(Machine *m, const CCall *call, const Word *args)
{
    m->watched_count = 0;
    for (uint32_t i = 0; i < call->count; i++) watch_argument(m, args[i], is_object(call, i));
    for (size_t i = 0; i < m->watched_count; i++) watch_addresses_in(m, m->watched[i].array);
}

void c_watch_end(Machine *m, const CCall *call)
{
    for (size_t i = 0; i < m->watched_count; i++) {
        WatchedBytes *w = &m->watched[i];
        machine_input_array(m, call->name, w->array, BYTES_PAYLOAD, payload_words(w->array), w->old);
        free(w->old);
    }
}

void machine_call_c_finalizer(void *machine, const CFinalizer *f)
{
    static const CCall call = {.name = "C finalizer", .count = 2};
    Machine *m = machine;
    bool is_watched = machine_hears_input(m);
    if (is_watched) c_watch_begin(m, &call, (Word[]){f->pointer, f->environment});
    c_finalizer_call(f);
    if (is_watched) {
        c_watch_end(m, &call);
        machine_input_nothing(m, call.name);
    }
}
