/* What can be changed, in the reference: variables, arrays, bytes. Every access is checked against bounds. */
#include <string.h>

#include "tests/random/reference_private.h"

static int answer(Answer *a, Cell cell)
{
    a->count = 1;
    a->cells[0] = cell;
    return 1;
}

static int nothing(Answer *a)
{
    a->count = 0;
    return 1;
}

static int wrong(Run *r, const char *why)
{
    run_ill_typed(r, why);
    return -1;
}

static bool is_range(Word offset, Word count, Word size) { return offset <= size && count <= size - offset; }

/* ---- Variables */

static Node *runtime_thunk(Run *r, Node *target, const Cell *argument)
{
    Node *thunk = run_node(r, NODE_THUNK, argument ? 1 : 0);
    thunk->target = target;
    if (argument) thunk->cells[0] = *argument;
    return thunk;
}

static int variables(Run *r, const Primop *op, const Cell *args, Answer *a)
{
    Node *var = args[0].rep == REP_U ? args[0].node : NULL;
    if (op->id != PRIM_NewMutVar && (!var || var->kind != NODE_MUT_VAR)) return wrong(r, "no variable");
    switch (op->id) {
    case PRIM_NewMutVar:
        var = run_node(r, NODE_MUT_VAR, 1);
        var->cells[0] = args[0];
        return answer(a, cell_node(REP_U, var));
    case PRIM_ReadMutVar: return answer(a, var->cells[0]);
    case PRIM_WriteMutVar: var->cells[0] = args[1]; return nothing(a);
    case PRIM_SameMutVar: return answer(a, cell_word(REP_I, var == args[1].node));
    default: break;
    }
    Node *application = runtime_thunk(r, args[1].node, &var->cells[0]);
    a->count = 2;
    a->cells[0] = var->cells[0];
    a->cells[1] = cell_node(REP_P, application);
    var->cells[0] = op->id == PRIM_AtomicModifyMutVar_
                        ? a->cells[1]
                        : cell_node(REP_P, runtime_thunk(r, application, NULL));
    return 2;
}

/* ---- Arrays */

static int new_array(Run *r, bool small, const Cell *args, Answer *a)
{
    if (args[0].word > 100000) return wrong(r, "an array that is too large");
    Node *array = run_node(r, NODE_ARRAY, (uint32_t)args[0].word);
    array->is_small = small;
    for (uint32_t i = 0; i < array->count; i++) array->cells[i] = args[1];
    return answer(a, cell_node(REP_U, array));
}

static int copy_elements(Run *r, const Cell *args, Answer *a)
{
    Node *from = args[0].node, *to = args[2].node;
    Word count = args[4].word;
    if (to->kind != NODE_ARRAY || to->is_small != from->is_small ||
        !is_range(args[1].word, count, from->count) || !is_range(args[3].word, count, to->count))
        return wrong(r, "elements that are not there");
    memmove(to->cells + args[3].word, from->cells + args[1].word, count * sizeof(Cell));
    return nothing(a);
}

static int clone_array(Run *r, const Cell *args, Answer *a)
{
    if (!is_range(args[1].word, args[2].word, args[0].node->count))
        return wrong(r, "elements that are not there");
    Node *array = run_node(r, NODE_ARRAY, (uint32_t)args[2].word);
    array->is_small = args[0].node->is_small;
    memcpy(array->cells, args[0].node->cells + args[1].word, array->count * sizeof(Cell));
    return answer(a, cell_node(REP_U, array));
}

#define EITHER(read, Small) PRIM_##read##Array : case PRIM_##read##Small##Array

static int arrays(Run *r, const Primop *op, const Cell *args, Answer *a)
{
    bool small = strstr(op->name, "Small");
    if (op->id == PRIM_NewArray || op->id == PRIM_NewSmallArray) return new_array(r, small, args, a);
    Node *array = args[0].rep == REP_U ? args[0].node : NULL;
    if (!array || array->kind != NODE_ARRAY || array->is_small != small) return wrong(r, "no array");
    switch (op->id) {
    case EITHER(Read, Small):
    case EITHER(Index, Small):
        if (args[1].word >= array->count) return wrong(r, "an element that is not there");
        return answer(a, array->cells[args[1].word]);
    case EITHER(Write, Small):
        if (args[1].word >= array->count) return wrong(r, "an element that is not there");
        array->cells[args[1].word] = args[2];
        return nothing(a);
    case EITHER(Copy, Small):
    case PRIM_CopyMutableArray:
    case PRIM_CopySmallMutableArray: return copy_elements(r, args, a);
    case EITHER(Clone, Small):
    case EITHER(Freeze, Small):
    case EITHER(Thaw, Small):
    case PRIM_CloneMutableArray:
    case PRIM_CloneSmallMutableArray: return clone_array(r, args, a);
    case EITHER(UnsafeFreeze, Small):
    case EITHER(UnsafeThaw, Small): return answer(a, args[0]);
    case PRIM_ShrinkSmallMutableArray:
        if (args[1].word > array->count) return wrong(r, "elements that are not there");
        array->count = (uint32_t)args[1].word;
        return nothing(a);
    case PRIM_SameMutableArray:
    case PRIM_SameSmallMutableArray: return answer(a, cell_word(REP_I, array == args[1].node));
    default: return answer(a, cell_word(REP_I, array->count)); /* sizes */
    }
}

/* ---- Bytes */

typedef enum Element {
#define BYTE_ELEMENT(E, type, rep) ELEMENT_##E,
#define ELEMENT(E, type, rep)      ELEMENT_##E,
#include "eval/elements.def"
#undef BYTE_ELEMENT
#undef ELEMENT
} Element;

/* The bits of so many bytes, as the element's C type reads them. */
#define BYTE_ELEMENT(E, type, rep)                                                                           \
    static Word get_##E(const uint8_t *at)                                                                   \
    {                                                                                                        \
        type element;                                                                                        \
        memcpy(&element, at, sizeof element);                                                                \
        return (Word)element;                                                                                \
    }
#define ELEMENT(E, type, rep) BYTE_ELEMENT(E, type, rep)
#include "eval/elements.def"
#undef BYTE_ELEMENT
#undef ELEMENT

typedef Word (*GetElement)(const uint8_t *at);
static const GetElement get_element[] = {
#define BYTE_ELEMENT(E, type, rep) get_##E,
#define ELEMENT(E, type, rep)      get_##E,
#include "eval/elements.def"
#undef BYTE_ELEMENT
#undef ELEMENT
};

typedef struct Access {
    Element element;
    uint8_t size, distance; /* of the element; between two */
    bool writes, is_address;
    Rep rep;
} Access;

static bool access_of(PrimopId id, Access *access)
{
#define ACCESSES(E, type, kind, distance, is_address)                                                        \
    case PRIM_Index##E##kind:                                                                                \
    case PRIM_Read##E##kind:                                                                                 \
        *access = (Access){ELEMENT_##E, sizeof(type), distance, false, is_address, 0};                       \
        break;                                                                                               \
    case PRIM_Write##E##kind:                                                                                \
        *access = (Access){ELEMENT_##E, sizeof(type), distance, true, is_address, 0};                        \
        break;
    switch (id) {
#define BYTE_ELEMENT(E, type, rep)                                                                           \
    ACCESSES(E, type, Array, sizeof(type), false) ACCESSES(E, type, OffAddr, sizeof(type), true)
#define ELEMENT(E, type, rep) BYTE_ELEMENT(E, type, rep) ACCESSES(E, type, As, 1, false)
#include "eval/elements.def"
#undef BYTE_ELEMENT
#undef ELEMENT
    case PRIM_AtomicReadIntArray: *access = (Access){ELEMENT_Int, 8, 8, false, false, 0}; break;
    case PRIM_AtomicWriteIntArray: *access = (Access){ELEMENT_Int, 8, 8, true, false, 0}; break;
    default: return false;
    }
    if (!access->writes) access->rep = primop_rep(primops[id].results, 0);
    return true;
}

static bool may_be_read(const Run *r, Word at, Word size)
{
    for (uint32_t i = 0; i < r->text_count; i++)
        if (is_range(at - r->texts[i].first, size, r->texts[i].size)) return true;
    return false;
}

static int access_bytes(Run *r, const Access *access, const Cell *args, Answer *a)
{
    Word offset = args[1].word * access->distance;
    uint8_t *base = NULL;
    if (access->is_address) {
        base = (uint8_t *)args[0].word;
        if (access->writes || !may_be_read(r, args[0].word + offset, access->size))
            return wrong(r, "bytes that are not there");
    } else {
        const Node *array = args[0].node;
        if (array->kind != NODE_BYTES || !is_range(offset, access->size, array->size))
            return wrong(r, "bytes that are not there");
        base = array->bytes;
    }
    if (!access->writes)
        return answer(a, cell_word(access->rep, get_element[access->element](base + offset)));
    memcpy(base + offset, &args[2].word, access->size);
    return nothing(a);
}

static int new_bytes(Run *r, Word size, Answer *a)
{
    if (size > 100000) return wrong(r, "a byte array that is too large");
    Node *array = run_node(r, NODE_BYTES, 0);
    array->size = size;
    array->bytes = run_alloc(r, size + 1);
    return answer(a, cell_node(REP_U, array));
}

static int copy_bytes(Run *r, const Cell *args, Answer *a)
{
    const Node *from = args[0].node, *to = args[2].node;
    if (to->kind != NODE_BYTES || !is_range(args[1].word, args[4].word, from->size) ||
        !is_range(args[3].word, args[4].word, to->size))
        return wrong(r, "bytes that are not there");
    memmove(to->bytes + args[3].word, from->bytes + args[1].word, args[4].word);
    return nothing(a);
}

static int compare_bytes(Run *r, const Cell *args, Answer *a)
{
    const Node *one = args[0].node, *other = args[2].node;
    if (other->kind != NODE_BYTES || !is_range(args[1].word, args[4].word, one->size) ||
        !is_range(args[3].word, args[4].word, other->size))
        return wrong(r, "bytes that are not there");
    for (Word i = 0; i < args[4].word; i++) {
        int difference = one->bytes[args[1].word + i] - other->bytes[args[3].word + i];
        if (difference) return answer(a, cell_word(REP_I, difference < 0 ? (Word)-1 : 1));
    }
    return answer(a, cell_word(REP_I, 0));
}

static Word fetched(PrimopId id, Word old, Word x)
{
    switch (id) {
    case PRIM_FetchAddIntArray: return old + x;
    case PRIM_FetchSubIntArray: return old - x;
    case PRIM_FetchAndIntArray: return old & x;
    case PRIM_FetchNandIntArray: return ~(old & x);
    case PRIM_FetchOrIntArray: return old | x;
    default: return old ^ x;
    }
}

static int change_word(Run *r, const Primop *op, Node *array, const Cell *args, Answer *a)
{
    if (!is_range(args[1].word * 8, 8, array->size)) return wrong(r, "a word that is not there");
    uint8_t *at = array->bytes + args[1].word * 8;
    Word old, new;
    memcpy(&old, at, 8);
    if (op->id == PRIM_CasIntArray)
        new = old == args[2].word ? args[3].word : old;
    else
        new = fetched(op->id, old, args[2].word);
    memcpy(at, &new, 8);
    return answer(a, cell_word(REP_I, old));
}

static int byte_arrays(Run *r, const Primop *op, const Cell *args, Answer *a)
{
    if (op->id == PRIM_NewByteArray || op->id == PRIM_NewPinnedByteArray ||
        op->id == PRIM_NewAlignedPinnedByteArray)
        return new_bytes(r, args[0].word, a);
    Node *array = args[0].rep == REP_U ? args[0].node : NULL;
    if (!array || array->kind != NODE_BYTES) return wrong(r, "no byte array");
    switch (op->id) {
    case PRIM_CopyByteArray:
    case PRIM_CopyMutableByteArray: return copy_bytes(r, args, a);
    case PRIM_CompareByteArrays: return compare_bytes(r, args, a);
    case PRIM_SetByteArray:
        if (!is_range(args[1].word, args[2].word, array->size)) return wrong(r, "bytes that are not there");
        memset(array->bytes + args[1].word, (uint8_t)args[3].word, args[2].word);
        return nothing(a);
    case PRIM_ShrinkMutableByteArray:
        if (args[1].word > array->size) return wrong(r, "bytes that are not there");
        array->size = args[1].word;
        return nothing(a);
    case PRIM_ResizeMutableByteArray: {
        Node *old = array;
        if (new_bytes(r, args[1].word, a) < 0) return -1;
        memcpy(a->cells[0].node->bytes, old->bytes, old->size < args[1].word ? old->size : args[1].word);
        return 1;
    }
    case PRIM_UnsafeFreezeByteArray: return answer(a, args[0]);
    case PRIM_SameMutableByteArray: return answer(a, cell_word(REP_I, array == args[1].node));
    case PRIM_SizeofByteArray:
    case PRIM_SizeofMutableByteArray:
    case PRIM_GetSizeofMutableByteArray: return answer(a, cell_word(REP_I, array->size));
    default: return change_word(r, op, array, args, a);
    }
}

/* ---- Which is which, by GHC's names */

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), ends = strlen(end);
    return length >= ends && strcmp(name + length - ends, end) == 0;
}

int reference_memory(Run *r, const Primop *op, const Cell *args, Answer *a)
{
    Access access;
    if (access_of(op->id, &access)) return access_bytes(r, &access, args, a);
    if (ends_with(op->name, "MutVar#") || ends_with(op->name, "MutVar2#") || ends_with(op->name, "MutVar_#"))
        return op->id == PRIM_CasMutVar ? 0 : variables(r, op, args, a);
    bool fetches = strncmp(op->name, "fetch", 5) == 0 || op->id == PRIM_CasIntArray;
    if (ends_with(op->name, "ByteArray#") || op->id == PRIM_CompareByteArrays || fetches)
        return byte_arrays(r, op, args, a);
    bool is_other = strstr(op->name, "cas") || strstr(op->name, "ArrayArray");
    if (ends_with(op->name, "Array#") && !is_other) return arrays(r, op, args, a);
    return 0;
}
