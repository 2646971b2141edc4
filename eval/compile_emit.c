/* Emission: cells, constants and labels of the unit under construction. */
#include <stdlib.h>
#include <string.h>

#include "eval/c_call_private.h"
#include "eval/compile_private.h"

static void *grow(Compiler *c, void *array, uint32_t *capacity, size_t size)
{
    *capacity = *capacity ? *capacity * 2 : 32;
    void *bigger = realloc(array, *capacity * size);
    if (!bigger) compile_fail(c, "out of memory");
    return bigger;
}

void emit_cell(Compiler *c, uint32_t value)
{
    Unit *u = &c->unit;
    if (value > UINT16_MAX) compile_fail(c, "`%s` is too large for one piece of code", u->name);
    if (u->cell_count == u->cell_capacity) u->cells = grow(c, u->cells, &u->cell_capacity, sizeof *u->cells);
    u->cells[u->cell_count++] = (Cell)value;
}

void emit(Compiler *c, Opcode op)
{
    c->unit.jump_at = op == OP_JUMP ? c->unit.cell_count : UINT32_MAX;
    emit_cell(c, op);
}

Cell slot_operand(Compiler *c, Slot slot)
{
    if (slot >= CONST_ATOM || slot < INT16_MIN) compile_fail(c, "`%s` has too many variables", c->unit.name);
    return (Cell)slot;
}

void emit_slot(Compiler *c, Slot slot) { emit_cell(c, slot_operand(c, slot)); }

void emit_words(Compiler *c, int32_t words)
{
    if (words >= CONST_ATOM || words < INT16_MIN)
        compile_fail(c, "`%s` has too many variables", c->unit.name);
    emit_cell(c, (Cell)words);
}

uint32_t const_append(Compiler *c, Word constant)
{
    Unit *u = &c->unit;
    if (u->const_count > INT16_MAX - CONST_ATOM) compile_fail(c, "`%s` has too many constants", u->name);
    if (u->const_count == u->const_capacity) {
        uint32_t capacity = u->const_capacity;
        u->const_statics = grow(c, u->const_statics, &capacity, sizeof *u->const_statics);
        u->consts = grow(c, u->consts, &u->const_capacity, sizeof *u->consts);
    }
    u->const_statics[u->const_count] = false;
    u->consts[u->const_count] = constant;
    return u->const_count++;
}

uint32_t const_index(Compiler *c, Word constant)
{
    Unit *u = &c->unit;
    uint32_t looked = u->const_count < 256 ? u->const_count : 256;
    for (uint32_t i = 0; i < looked; i++)
        if (u->consts[u->const_count - 1 - i] == constant) return u->const_count - 1 - i;
    return const_append(c, constant);
}

void emit_const(Compiler *c, Word constant) { emit_cell(c, const_index(c, constant)); }

Cell const_operand(Compiler *c, Word constant) { return (Cell)(CONST_ATOM + const_index(c, constant)); }
void emit_const_atom(Compiler *c, Word constant) { emit_cell(c, const_operand(c, constant)); }

static Word literal_bytes(Compiler *c, const char *bytes, size_t count)
{
    Word address = code_static_bytes(c->module->heap, bytes, count);
    if (!address) compile_fail(c, "out of memory for string literals");
    return address;
}

static void label_note(Compiler *c, Word address)
{
    CodeModule *m = c->module;
    for (uint32_t i = 0; i < m->label_count; i++)
        if (m->labels[i] == address) return;
    if (m->label_count == m->label_capacity) m->labels = grow(c, m->labels, &m->label_capacity, sizeof(Word));
    m->labels[m->label_count++] = address;
}

static Word c_symbol(Compiler *c, const char *name)
{
    void *address = c_label_find(name);
    if (!address)
        compile_fail(c, "`__label %s`, in `%s`: there is no C function or datum with such an address", name,
                     c->unit.name);
    label_note(c, (Word)address);
    return (Word)address;
}

static Word literal_word(Compiler *c, const Literal *lit)
{
    if (lit->kind == LIT_LABEL) return c_symbol(c, lit->bytes);
    return lit->kind == LIT_STRING ? literal_bytes(c, lit->bytes, lit->byte_count) : lit->bits;
}

static Word static_string(Compiler *c, Binder *top)
{
    if (!top->compiled) top->compiled = (void *)literal_bytes(c, top->bytes, top->byte_count);
    return (Word)top->compiled;
}

bool atom_constant(Compiler *c, const Atom *a, Word *out)
{
    if (a->kind == ATOM_VOID) return *out = 0, true;
    if (a->kind == ATOM_LIT) return *out = literal_word(c, &a->lit), true;
    if (a->binder->kind != BINDER_TOP) return false;
    *out = a->binder->bytes ? static_string(c, a->binder) : static_ref(c, a->binder);
    return true;
}

/* The top-level binder's static closure may lead to a CAF: it is no string, nor a constructor without fields.
 */
static bool leads_on(const Binder *top)
{
    return !top->bytes && !(top->rhs->flag == RHS_CON && top->rhs->arg_count == 0);
}

Cell atom_operand(Compiler *c, const Atom *a)
{
    Word constant;
    if (!atom_constant(c, a, &constant)) return slot_operand(c, slot_of(c, a->binder));
    Cell operand = const_operand(c, constant);
    if (a->kind == ATOM_VAR && a->binder->kind == BINDER_TOP && leads_on(a->binder))
        c->unit.const_statics[operand - CONST_ATOM] = true;
    return operand;
}

void emit_atom(Compiler *c, const Atom *a) { emit_cell(c, atom_operand(c, a)); }

void emit_con_fields(Compiler *c, const ConCode *con, uint32_t count, const Atom *args)
{
    const Atom **by_word = compile_scratch(c, (con->words + 1) * sizeof *by_word);
    for (uint32_t i = 0; i < count; i++)
        if (con->word_of[i] != UINT16_MAX) by_word[con->word_of[i]] = &args[i];
    for (uint32_t i = 0; i < con->words; i++) emit_atom(c, by_word[i]);
}

/* ---- Labels */

Label *label_new(Compiler *c) { return compile_scratch(c, sizeof(Label)); }

static void patch(Compiler *c, uint32_t operand, uint32_t target)
{
    int32_t distance = (int32_t)(target - operand);
    c->unit.cells[operand] = (Cell)(uint32_t)distance;
    c->unit.cells[operand + 1] = (Cell)((uint32_t)distance >> 16);
}

void emit_label(Compiler *c, Label *l)
{
    uint32_t operand = c->unit.cell_count;
    emit_cell(c, 0);
    emit_cell(c, 0);
    if (l->bound) {
        patch(c, operand, l->at);
        return;
    }
    if (l->use_count == l->use_capacity) {
        uint32_t *uses = compile_scratch(c, (l->use_capacity * 2 + 4) * sizeof *uses);
        if (l->use_count) memcpy(uses, l->uses, l->use_count * sizeof *uses);
        l->uses = uses;
        l->use_capacity = l->use_capacity * 2 + 4;
    }
    l->uses[l->use_count++] = operand;
}

void emit_jump(Compiler *c, Label *l, uint32_t depth)
{
    if (c->unit.depth == depth) {
        emit(c, OP_JUMP);
    } else {
        emit(c, OP_SHIFT_JUMP);
        emit_words(c, (int32_t)(c->unit.depth - depth));
    }
    emit_label(c, l);
}

/* Takes back a jump that would lead to the next instruction. */
static void drop_needless_jump(Compiler *c, Label *l)
{
    Unit *u = &c->unit;
    if (u->jump_at == UINT32_MAX || u->jump_at + 3 != u->cell_count || !l->use_count) return;
    if (l->uses[l->use_count - 1] != u->jump_at + 1) return;
    l->use_count--;
    u->cell_count = u->jump_at;
}

void label_bind(Compiler *c, Label *l)
{
    drop_needless_jump(c, l);
    l->bound = true;
    l->at = c->unit.cell_count;
    for (uint32_t i = 0; i < l->use_count; i++) patch(c, l->uses[i], l->at);
    c->unit.jump_at = UINT32_MAX;
    c->unit.budget = 0;
}
