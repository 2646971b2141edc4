/* No input may crash the reader or the playback, or make them hang. How the bytes are cut into pieces must
 * not matter: inputs of odd length are read twice, the second time in small pieces. Each is also played as it
 * comes in, by a playback that goes once; it believes no more than one that goes both ways. */
#include <stdint.h>
#include <stdlib.h>

#include "traces/playback.h"

/* The position that was reached. */
static int64_t play_once(const uint8_t *data, size_t size, size_t piece)
{
    Trace *t = trace_new();
    Playback *p = playback_new_once(t);
    bool good = true;
    for (size_t at = 0, step; at < size && good; at += step) {
        step = size - at < piece ? size - at : piece;
        good = trace_feed(t, (const char *)data + at, step);
        good = playback_seek(p, (int64_t)trace_count(t) - 1) && good;
        playback_forget(p, t);
    }
    int64_t position = playback_position(p);
    playback_free(p);
    trace_free(t);
    return position;
}

static uint64_t play(const uint8_t *data, size_t size, size_t piece)
{
    Trace *t = trace_new();
    for (size_t at = 0, step; at < size; at += step) {
        step = size - at < piece ? size - at : piece;
        if (!trace_feed(t, (const char *)data + at, step)) break;
    }
    trace_finish(t);
    uint64_t count = trace_count(t);
    Playback *p = playback_new(t);
    playback_seek(p, INT64_MAX);
    if (play_once(data, size, piece) > playback_position(p)) abort();
    uint64_t live = playback_live_count(p);
    playback_seek(p, playback_position(p) / 2);
    playback_object_at(p, (TraceAddr){5, 3});
    playback_block_count(p);
    playback_seek(p, -1);
    if (playback_live_count(p) || playback_live_words(p) || playback_stack(p)) abort();
    playback_free(p);
    trace_free(t);
    return count * 31 + live;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t whole = play(data, size, size + 1);
    if (size & 1 && play(data, size, 7) != whole) abort();
    return 0;
}
