/* Info tables for suites that make objects themselves. */
#ifndef THUNKSCOPE_TESTS_GC_TABLES_H
#define THUNKSCOPE_TESTS_GC_TABLES_H

#include "closures/closure.h"

/* Of constructors, functions and thunks. tag: a constructor's number from 1, a function's arity, a thunk's 0.
 */
static inline InfoTable *payload_info(InfoRegistry *infos, Kind kind, uint32_t ptrs, uint32_t nptrs,
                                      uint8_t tag)
{
    InfoTable *info = info_new(infos, kind);
    info->ptrs = ptrs;
    info->nptrs = nptrs;
    info->words = kinds[kind].first + ptrs + nptrs;
    info->tag = tag;
    info->con_tag = kind == KIND_CON ? tag - 1u : tag;
    info->name = kinds[kind].spoken;
    return info;
}

#endif
