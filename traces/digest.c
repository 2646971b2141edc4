/* Digests of a heap's graph: a hash per object, combined by sums, so that the order of objects does not
 * matter. Two sums of different functions of the hash make it hard for errors to cancel out. */
#include "traces/playback.h"

/* The finisher of splitmix64 (Steele, Lea, Flood, OOPSLA 2014). */
static uint64_t mix64(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

void digest_object(Digest *d, ObjectId id, Kind kind, uint32_t edge_count, const ObjectId *edges)
{
    uint64_t h = mix64((uint64_t)id * 0x9e3779b97f4a7c15u + kind + 1);
    for (uint32_t k = 0; k < edge_count; k++) h = mix64(h + (uint64_t)edges[k] * 0x9e3779b97f4a7c15u + 1);
    d->sum += h;
    d->mix += mix64(h ^ 0x5851f42d4c957f2du);
}

uint64_t digest_value(const Digest *d) { return mix64(d->sum ^ mix64(d->mix + 1)); }
