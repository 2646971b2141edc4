/* Fault injection from inside: what the ways of gc/injections.def are made of. For gc/inject*.c only. */
#ifndef THUNKSCOPE_GC_INJECT_PRIVATE_H
#define THUNKSCOPE_GC_INJECT_PRIVATE_H

#include <string.h>

#include "gc/heap_state.h"
#include "gc/inject.h"

#define INJECTION(number, name, way) bool inject_##number##_##name(Injection *in);
#include "gc/injections.def"
#undef INJECTION

static inline HeapState *inject_state(const Injection *in) { return heap_state(in->heap); }
static inline const InfoTable *inject_std(const Injection *in, StdInfo which)
{
    return info_std(in->heap->infos, which);
}

/* A number below `below`, which is not 0. */
uint32_t inject_chance(Injection *in, size_t below);

/* ---- Pokes: each returns true, so that a way can end with one */
bool inject_poke_bytes(Injection *in, void *place, const void *value, size_t size);
static inline bool inject_poke(Injection *in, void *place, Word value)
{
    return inject_poke_bytes(in, place, &value, sizeof value);
}
static inline bool inject_poke32(Injection *in, uint32_t *place, uint32_t value)
{
    return inject_poke_bytes(in, place, &value, sizeof value);
}
static inline bool inject_poke16(Injection *in, uint16_t *place, uint16_t value)
{
    return inject_poke_bytes(in, place, &value, sizeof value);
}
static inline bool inject_poke8(Injection *in, uint8_t *place, uint8_t value)
{
    return inject_poke_bytes(in, place, &value, sizeof value);
}

/* ---- Victims: any one of those that fit, by the seed; NULL: there is none */
typedef bool (*ObjectFits)(Injection *in, Closure *c);
Closure *inject_object(Injection *in, ObjectFits fits);
typedef bool (*GroupFits)(Injection *in, BlockDescr *g);
BlockDescr *inject_group(Injection *in, GroupFits fits);
/* A frame of any stack chunk that is in use. */
typedef bool (*FrameFits)(Injection *in, Word *frame);
Word *inject_frame(Injection *in, FrameFits fits);

static inline bool inject_is_static(const Closure *c) { return Bdescr(c)->owner == OWNER_STATIC; }
static inline bool inject_is_con(Injection *in, Closure *c)
{
    (void)in;
    return c->info->kind == KIND_CON;
}
/* An entry of its generation's remembered set. */
bool inject_is_remembered(const Injection *in, const Closure *c);

#endif
