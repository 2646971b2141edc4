/* Finding what `%ccall` names, and calling it. Follows: GHC, compiler/GHC/HsToCore/Foreign/Decl.hs (the names
 * of wrappers), compiler/GHC/StgToCmm/Foreign.hs (what an array is passed as). */
#include "eval/c_call_private.h"
#include "eval/front_private.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

/* ---- Names */

enum { NAME_MOST = 256 };

/* Functions that a primitive of ours does already. */
static const struct {
    const char *name, *primitive;
    int argument;
} by_primitive[] = {
#define C_PRIMITIVE(name, primitive, argument) {#name, primitive, argument},
#include "eval/c_base.def"
};

/* `foreign import capi` calls a wrapper, ghczuwrapperZC7ZCbaseZCSystemziPosixziInternalsZCSzuISREG: what it
 * wraps stands behind the last colon, z-encoded. */
static const char *wrapped_name(const char *name, char *out, size_t size)
{
    if (strncmp(name, "ghczuwrapperZC", 14) != 0) return name;
    const char *last = name;
    for (const char *at = name; (at = strstr(at, "ZC")); at += 2) last = at + 2;
    size_t n = 0;
    for (; *last && n + 1 < size; last++) {
        bool is_escape = last[0] == 'z' && (last[1] == 'u' || last[1] == 'z');
        if (is_escape) last++;
        out[n++] = is_escape && *last == 'u' ? '_' : *last;
    }
    out[n] = '\0';
    return out;
}

static bool primitive_find(const char *name, CTarget *out)
{
    for (size_t i = 0; i < sizeof by_primitive / sizeof *by_primitive; i++) {
        if (strcmp(by_primitive[i].name, name) != 0) continue;
        *out = (CTarget){.primitive = by_primitive[i].primitive, .argument = by_primitive[i].argument};
        return true;
    }
    return false;
}

static void (*process_function(const char *name))(void)
{
    void *address = dlsym(RTLD_DEFAULT, name);
    void (*function)(void);
    memcpy(&function, &address, sizeof function);
    return function;
}

bool c_target_find(const char *name, CTarget *out)
{
    char buffer[NAME_MOST];
    const char *wrapped = wrapped_name(name, buffer, sizeof buffer);
    if (primitive_find(wrapped, out)) return true;
    *out = (CTarget){.base = c_base_find(wrapped), .is_dynamic = strcmp(name, "<dyn>") == 0};
    if (!out->base && !out->is_dynamic) out->function = process_function(wrapped);
    return out->base || out->is_dynamic || out->function;
}

/* ---- Calls */

static ffi_type *type_of(Rep r)
{
    static ffi_type *const types[REP_COUNT] = {
        [REP_V] = &ffi_type_void,     [REP_P] = &ffi_type_pointer,  [REP_U] = &ffi_type_pointer,
        [REP_I] = &ffi_type_sint64,   [REP_W] = &ffi_type_uint64,   [REP_A] = &ffi_type_pointer,
        [REP_D] = &ffi_type_double,   [REP_F] = &ffi_type_float,    [REP_C] = &ffi_type_uint32,
        [REP_I8] = &ffi_type_sint8,   [REP_I16] = &ffi_type_sint16, [REP_I32] = &ffi_type_sint32,
        [REP_I64] = &ffi_type_sint64, [REP_W8] = &ffi_type_uint8,   [REP_W16] = &ffi_type_uint16,
        [REP_W32] = &ffi_type_uint32, [REP_W64] = &ffi_type_uint64};
    return types[r];
}

CCall *c_call_new(InfoRegistry *infos, const CTarget *target, const char *name, const Rep *args,
                  uint32_t count, Rep result)
{
    CCall *call = info_registry_alloc(infos, sizeof *call + count * sizeof *call->types);
    if (!call) return NULL;
    char buffer[NAME_MOST];
    const char *spoken = info_registry_string(infos, wrapped_name(name, buffer, sizeof buffer));
    *call = (CCall){.target = *target, .name = spoken, .count = count, .result = result};
    for (uint32_t i = 0; i < count; i++) {
        call->types[i] = type_of(args[i]);
        if (args[i] == REP_P || args[i] == REP_U) call->pointers |= (uint64_t)1 << i;
    }
    uint32_t first = target->is_dynamic;
    ffi_status status =
        ffi_prep_cif(&call->cif, FFI_DEFAULT_ABI, count - first, type_of(result), call->types + first);
    return status == FFI_OK ? call : NULL;
}

static Word address_of_payload(Word ref)
{
    Closure *c = ref_closure(ref);
    switch (c->info->kind) {
    case KIND_ARR_WORDS: return (Word)(closure_words(c) + BYTES_PAYLOAD);
    case KIND_MUT_ARR_PTRS: return (Word)(closure_words(c) + ARRAY_PAYLOAD);
    case KIND_SMALL_MUT_ARR_PTRS: return (Word)(closure_words(c) + SMALL_PAYLOAD);
    default: return ref;
    }
}

/* libffi reads and writes whole words for what is narrower; the upper half of a float's is nothing. */
static Word foreign_call(const CCall *call, Word *args)
{
    void *values[APPLY_MAX_ARGS];
    ffi_arg result = 0;
    void (*function)(void) = call->target.function;
    uint32_t first = call->target.is_dynamic;
    if (first) memcpy(&function, &args[0], sizeof function);
    for (uint32_t i = first; i < call->count; i++) values[i - first] = &args[i];
    ffi_call((ffi_cif *)&call->cif, function, &result, values);
    if (call->result == REP_V) return 0;
    return call->result == REP_F ? (uint32_t)result : result;
}

static void tell_result(Machine *m, const CCall *call, Word result)
{
    if (call->result == REP_V)
        machine_input_nothing(m, call->name);
    else
        machine_input_value(m, call->name, result, call->result == REP_A);
}

/* Overwrites args. */
static Word call_watched(Machine *m, const CCall *call, Word *args)
{
    bool is_watched = machine_hears_input(m);
    if (is_watched) c_watch_begin(m, call, args);
    for (uint32_t i = 0; i < call->count; i++)
        if (is_object(call, i)) args[i] = address_of_payload(args[i]);
    errno = m->base.last_errno;
    Word result = call->target.base ? call->target.base(m, args) : foreign_call(call, args);
    m->base.last_errno = errno;
    if (is_watched) {
        c_watch_end(m, call);
        tell_result(m, call, result);
    }
    return result;
}

bool c_call(Machine *m, const Cell *pc, const Word *consts, Word *sp)
{
    Word args[APPLY_MAX_ARGS];
    const CCall *call = (const CCall *)consts[pc[2]];
    for (uint32_t i = 0; i < call->count; i++) {
        Cell atom = pc[5 + i];
        args[i] = atom_is_slot(atom) ? sp[(int16_t)atom] : consts[atom - CONST_ATOM];
    }
    sp[(int16_t)pc[1]] = call_watched(m, call, args);
    if (m->config.interrupted && *m->config.interrupted) m->stopping = true;
    return !m->stopping;
}

void *c_label_find(const char *name)
{
    CTarget target;
    void *ours = c_base_label(name);
    if (ours) return ours;
    return c_base_find(name) || primitive_find(name, &target) ? NULL : dlsym(RTLD_DEFAULT, name);
}

bool c_label_is_known(const char *name) { return c_label_find(name); }
