/* Compiled code as text, one instruction per line. */
#include <inttypes.h>

#include "eval/code_private.h"

const OpcodeRow opcodes[OP_COUNT] = {
#define OPCODE(name, operands) [OP_##name] = {#name, operands},
#include "eval/opcodes.def"
#undef OPCODE
};

static void print_const(const CodeUnit *u, uint32_t k, FILE *out)
{
    fprintf(out, " k%" PRIu32 "=0x%" PRIxPTR, k, k < u->const_count ? u->consts[k] : 0);
}

/* Prints one operand; returns the cells that it takes. */
static uint32_t print_operand(const CodeUnit *u, uint32_t at, char letter, FILE *out)
{
    const Cell *cell = u->cells + at;
    switch (letter) {
    case 's': fprintf(out, " ->s%u", cell[0]); return 1;
    case 'k': print_const(u, cell[0], out); return 1;
    case 'a':
        if ((int16_t)cell[0] >= 0)
            fprintf(out, " s%u", cell[0]);
        else
            print_const(u, (uint16_t)~cell[0], out);
        return 1;
    case 'j':
        fprintf(out, " @%" PRIu32, at + (uint32_t)(int32_t)(cell[0] | (uint32_t)cell[1] << 16));
        return 2;
    default: fprintf(out, " %u", cell[0]); return 1;
    }
}

/* LETREC's operands: s k n for each object, then all their fields. */
static uint32_t print_letrec(const CodeUnit *u, uint32_t at, FILE *out)
{
    uint32_t objects = u->cells[at++], fields = 0;
    for (uint32_t i = 0; i < objects; i++) {
        fields += u->cells[at + 2];
        for (const char *l = "skn"; *l; l++) at += print_operand(u, at, *l, out);
    }
    while (fields--) at += print_operand(u, at, 'a', out);
    return at;
}

static uint32_t print_operands(const CodeUnit *u, uint32_t at, const char *letters, FILE *out)
{
    uint32_t last = 0;
    for (; *letters && *letters != '*'; letters++) {
        last = u->cells[at];
        at += print_operand(u, at, *letters, out);
    }
    if (*letters)
        for (uint32_t i = 0; i < last; i++)
            for (const char *l = letters + 1; *l; l++) at += print_operand(u, at, *l, out);
    return at;
}

static void disassemble_unit(const CodeUnit *u, FILE *out)
{
    fprintf(out, "%s (%s):\n", u->info->name, kinds[u->info->kind].spoken);
    for (uint32_t at = 0; at < u->cell_count;) {
        Opcode op = u->cells[at];
        fprintf(out, "%6" PRIu32 "  %s", at, opcodes[op].name);
        at = op == OP_LETREC ? print_letrec(u, at + 1, out)
                             : print_operands(u, at + 1, opcodes[op].operands, out);
        fputc('\n', out);
    }
}

void code_disassemble(const CodeModule *module, FILE *out)
{
    for (uint32_t i = 0; i < module->unit_count; i++) disassemble_unit(module->units[i], out);
}
