/* The heap as a user's own collector was compiled to see it: names, and what stands behind them. The shared
 * object carries this table as its headers made it (GC_COLLECTOR_LAYOUT), thunkscope carries its own, and
 * where they differ the collector is refused.
 *
 * Made of the tables that the headers use, and of gc/layout.def, which tests/check-layout holds to them. */
#ifndef THUNKSCOPE_GC_LAYOUT_H
#define THUNKSCOPE_GC_LAYOUT_H

#include <stddef.h>

#include "gc/collection.h"

static const GcLayoutRow gc_layout[] = {
#define KIND(name, spoken, layout, first, pointers, words, flags)                                            \
    {"KIND_" #name, KIND_##name},                                                                            \
        {"what kinds.def says of " #name,                                                                    \
         (size_t)LAYOUT_##layout | (first) << 8 | (pointers) << 16 | (words) << 24 | (size_t)(flags) << 32},
#include "closures/kinds.def"
#undef KIND
#define BLOCK_FLAG(name, bit, what) {"BF_" #name, BF_##name},
#include "blocks/flags.def"
#undef BLOCK_FLAG
#define BLOCK_OWNER(name, text) {"OWNER_" #name, OWNER_##name},
#include "blocks/owners.def"
#undef BLOCK_OWNER
#define BLOCK_SITE(name, text) {"SITE_" #name, SITE_##name},
#include "blocks/sites.def"
#undef BLOCK_SITE
#define GC_REASON(name, text) {"GC_REASON_" #name, GC_REASON_##name},
#include "gc/reasons.def"
#undef GC_REASON
#define GC_PHASE(name, text) {"GC_PHASE_" #name, GC_PHASE_##name},
#include "gc/phases.def"
#undef GC_PHASE
#define ROOT_CLASS(name, spoken) {"ROOT_" #name, ROOT_##name},
#include "gc/root_classes.def"
#undef ROOT_CLASS
#define LAYOUT_STRUCT(name)         {"the size of " #name, sizeof(name)},
#define LAYOUT_FIELD(struct_, name) {"the place of " #struct_ "." #name, offsetof(struct_, name)},
#define LAYOUT_CONSTANT(name)       {#name, name},
#include "gc/layout.def"
#undef LAYOUT_STRUCT
#undef LAYOUT_FIELD
#undef LAYOUT_CONSTANT
    {NULL, 0},
};

#endif
