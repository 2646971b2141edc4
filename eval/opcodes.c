/* The table of instructions, and the one walk over an instruction's operands. */
#include "eval/code_private.h"

#include <string.h>

const OpcodeRow opcodes[OP_COUNT] = {
#define OPCODE(name, operands) [OP_##name] = {#name, operands, OP_##name},
#define PAIR(first, second)    [OP_##first##__##second] = {#first, NULL, OP_##first},
#include "eval/opcodes.def"
#undef PAIR
#undef OPCODE
};

static const bool sized[OP_COUNT] = {
#define OPCODE(name, operands)
#define SIZED(name, operands) [OP_##name] = true,
#include "eval/opcodes.def"
#undef OPCODE
};

typedef struct Walk {
    const Cell *cells;
    OperandVisitor visit;
    void *context;
} Walk;

/* The cell behind the operand. */
static uint32_t walk_operand(const Walk *w, char letter, uint32_t at)
{
    w->visit(w->context, letter, at);
    return at + (letter == 'j' ? 2 : 1);
}

/* LETREC's operands: s k n for each object, then all their fields. */
static uint32_t walk_letrec(const Walk *w, uint32_t at)
{
    uint32_t objects = w->cells[at], fields = 0;
    at = walk_operand(w, 'n', at);
    for (uint32_t i = 0; i < objects; i++) {
        fields += w->cells[at + 2];
        for (const char *l = "skn"; *l; l++) at = walk_operand(w, *l, at);
    }
    while (fields--) at = walk_operand(w, 'a', at);
    return at;
}

static uint32_t walk_operands(const Walk *w, const char *letters, uint32_t at)
{
    uint32_t last = 0;
    for (; *letters && *letters != '*'; letters++) {
        last = w->cells[at];
        at = walk_operand(w, *letters, at);
    }
    if (*letters)
        for (uint32_t i = 0; i < last; i++)
            for (const char *l = letters + 1; *l; l++) at = walk_operand(w, *l, at);
    return at;
}

uint32_t code_each_operand(const Cell *cells, uint32_t at, OperandVisitor visit, void *context)
{
    Walk w = {cells, visit, context};
    Opcode op = opcodes[cells[at]].plain;
    return op == OP_LETREC ? walk_letrec(&w, at + 1) : walk_operands(&w, opcodes[op].operands, at + 1);
}

static void ignore(void *context, char letter, uint32_t at)
{
    (void)context;
    (void)letter;
    (void)at;
}

static Cell specialised(const Cell *op)
{
    Cell n = sized[*op] ? op[strcspn(opcodes[*op].operands, "*")] : 0;
    return *op + (n <= 3 ? n : 0);
}

static Cell paired(Cell first, Cell second)
{
    switch ((uint32_t)first << 16 | second) {
#define PAIR(first, second)                                                                                  \
    case OP_##first << 16 | OP_##second:                                                                     \
        return OP_##first##__##second;
#include "eval/pairs.def"
#undef PAIR
    default: return first;
    }
}

void code_specialise(Cell *cells, uint32_t count)
{
    for (uint32_t at = 0, next, before = 0; at < count; before = at, at = next) {
        next = code_each_operand(cells, at, ignore, NULL);
        cells[at] = specialised(&cells[at]);
        if (at > 0) cells[before] = paired(cells[before], cells[at]);
    }
}
