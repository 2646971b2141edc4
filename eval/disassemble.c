/* Compiled code as text, one instruction per line. */
#include <inttypes.h>

#include "eval/code_private.h"

typedef struct Printing {
    const CodeUnit *unit;
    FILE *out;
} Printing;

static void print_const(const Printing *p, uint32_t k)
{
    const CodeUnit *u = p->unit;
    fprintf(p->out, " k%" PRIu32 "=0x%" PRIxPTR, k, k < u->const_count ? u->consts[k] : 0);
}

static void print_operand(void *context, char letter, uint32_t at)
{
    const Printing *p = context;
    const Cell *cell = p->unit->cells + at;
    switch (letter) {
    case 's': fprintf(p->out, " ->s%d", (int16_t)cell[0]); break;
    case 'k': print_const(p, cell[0]); break;
    case 'a':
        if (atom_is_slot(cell[0]))
            fprintf(p->out, " s%d", (int16_t)cell[0]);
        else
            print_const(p, cell[0] - CONST_ATOM);
        break;
    case 'j': fprintf(p->out, " @%" PRIu32, code_jump_target(p->unit->cells, at)); break;
    default: fprintf(p->out, " %u", cell[0]);
    }
}

static void disassemble_unit(const CodeUnit *u, FILE *out)
{
    Printing p = {u, out};
    fprintf(out, "%s (%s):\n", u->info->name, kinds[u->info->kind].spoken);
    for (uint32_t at = 0; at < u->cell_count;) {
        fprintf(out, "%6" PRIu32 "  %s", at, opcodes[u->cells[at]].name);
        at = code_each_operand(u->cells, at, print_operand, &p);
        fputc('\n', out);
    }
}

void code_disassemble(const CodeModule *module, FILE *out)
{
    for (uint32_t i = 0; i < module->unit_count; i++) disassemble_unit(module->units[i], out);
}
