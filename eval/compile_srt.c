/* Static reference tables: what the code of a unit may name from its entry on, and from each return point on.
 * See Note [CAFs and code] in gc/srt.c.
 *
 * They are read off the code that came out. From where it is entered, control goes on behind each instruction
 * that does not leave, and to where it jumps; of what it evaluates or calls it comes back through a return
 * point, whose own table stands for what comes then. What the instructions on the way name is in the table:
 * static closures in their atoms, tables of the closures that they make among their constants. So a return
 * point keeps no more than what its frame may still ask for. */
#include "eval/compile_private.h"
#include "gc/mutants.h"

typedef struct Region {
    Compiler *c;
    const Word *consts;
    Opcode op;              /* of the instruction that is looked at */
    uint32_t *ahead, count; /* cells that control may go on at */
    uint32_t turn;          /* the number of the region, from 1 */
    uint32_t *seen_cell;    /* by cell: the last region that it belongs to */
    uint32_t *seen_const;
    uint32_t closures, codes;
    Word *names[2]; /* closures; codes */
} Region;

/* ---- One region */

static bool leaves(Opcode op)
{
    switch (op) {
    case OP_EVAL:
    case OP_EVAL_MOVE:
    case OP_EVAL_SAVE: /* what is behind it is where the return point leads, too */
    case OP_CALL_KNOWN:
    case OP_CALL_UNKNOWN:
    case OP_CALL_METHOD:
    case OP_CALL_KNOWN_SAVE:
    case OP_CALL_UNKNOWN_SAVE:
    case OP_CALL_METHOD_SAVE:
    case OP_RESTORE:
    case OP_SHIFT_JUMP:
    case OP_TAIL_METHOD:
    case OP_TAIL_KNOWN:
    case OP_TAIL_UNKNOWN:
    case OP_ENTER:
    case OP_RETURN:
    case OP_RETURN_CON:
    case OP_RETURN_MULTI:
    case OP_CATCH:
    case OP_CATCH_TAIL:
    case OP_RAISE:
    case OP_RAISE_ASYNC:
    case OP_RAISE_ASYNC_TAIL:
    case OP_MASK:
    case OP_MASK_TAIL:
    case OP_KEEP_ALIVE:
    case OP_KEEP_ALIVE_TAIL:
    case OP_JUMP:
    case OP_SWITCH_CON:
    case OP_SWITCH_WORD:
    case OP_EXIT:
    case OP_NO_ALTERNATIVE:
    case OP_IMPOSSIBLE: return true;
    default: return false;
    }
}

/* Control comes back to the return point that the instruction names; others name theirs for the collector. */
static bool comes_back(Opcode op)
{
    switch (op) {
    case OP_EVAL:
    case OP_EVAL_MOVE:
    case OP_EVAL_SAVE:
    case OP_CALL_KNOWN:
    case OP_CALL_KNOWN_SAVE:
    case OP_CALL_UNKNOWN:
    case OP_CALL_UNKNOWN_SAVE:
    case OP_CALL_METHOD:
    case OP_CALL_METHOD_SAVE:
    case OP_CATCH:
    case OP_RAISE_ASYNC:
    case OP_MASK:
    case OP_KEEP_ALIVE: return true;
    default: return false;
    }
}

static bool is_new(Region *r, uint32_t k)
{
    if (r->seen_const[k] == r->turn) return false;
    r->seen_const[k] = r->turn;
    return true;
}

static bool is_code(const Region *r, Word constant)
{
    if (!info_is_known(r->c->infos, constant)) return false;
    const InfoTable *info = (const InfoTable *)constant;
    if (info->kind == KIND_CASE_FRAME) return comes_back(r->op);
    return info->kind == KIND_FUN || kinds[info->kind].flags & IS_THUNK;
}

static void go_on_at(Region *r, uint32_t cell)
{
    if (r->seen_cell[cell] == r->turn) return;
    r->seen_cell[cell] = r->turn;
    r->ahead[r->count++] = cell;
}

static void look_at_operand(void *context, char letter, uint32_t at)
{
    Region *r = context;
    const Cell *cells = r->c->unit.cells;
    uint32_t k = letter == 'k' ? cells[at] : cells[at] - CONST_ATOM;
    if (letter == 'j') go_on_at(r, code_jump_target(cells, at));
    if (letter == 'a' && !atom_is_slot(cells[at]) && r->c->unit.const_statics[k] && is_new(r, k))
        r->names[0][r->closures++] = r->consts[k] & ~TAG_MASK;
    if (letter == 'k' && is_code(r, r->consts[k]) && is_new(r, k)) r->names[1][r->codes++] = r->consts[k];
}

static const Srt *srt_make(const Region *r)
{
    if (r->closures + r->codes == 0) return NULL;
    Srt *srt = info_registry_alloc(r->c->infos, sizeof *srt + (r->closures + r->codes) * sizeof *srt->names);
    srt->closures = r->closures;
    srt->codes = r->codes;
    for (uint32_t i = 0; i < r->closures; i++) srt->names[i] = r->names[0][i];
    for (uint32_t i = 0; i < r->codes; i++) srt->names[r->closures + i] = r->names[1][i];
    return srt;
}

static const Srt *srt_from(Region *r, uint32_t cell)
{
    const Unit *u = &r->c->unit;
    r->turn++;
    r->closures = r->codes = 0;
    go_on_at(r, cell);
    while (r->count) {
        uint32_t at = r->ahead[--r->count];
        r->op = opcodes[u->cells[at]].plain;
        uint32_t next = code_each_operand(u->cells, at, look_at_operand, r);
        if (!leaves(r->op)) go_on_at(r, next);
    }
    return srt_make(r);
}

/* ---- The unit */

void compile_srts(Compiler *c)
{
    Unit *u = &c->unit;
    Region r = {.c = c,
                .consts = u->consts,
                .ahead = compile_scratch(c, u->cell_count * sizeof *r.ahead),
                .seen_cell = compile_scratch(c, u->cell_count * sizeof *r.seen_cell),
                .seen_const = compile_scratch(c, (u->const_count + 1) * sizeof *r.seen_const)};
    for (int i = 0; i < 2; i++) r.names[i] = compile_scratch(c, (u->const_count + 1) * sizeof(Word));
    u->info->srt = srt_from(&r, 0);
    for (uint32_t i = 0; i < u->return_count; i++) {
        const Label *entry = u->returns[i]->entry;
        if (MUTANT_IS(c->module->heap, srt_incomplete)) continue;
        if (entry && entry->bound) u->returns[i]->info->srt = srt_from(&r, entry->at);
    }
}
