/* Compiled code: 16-bit cells that the machine runs, and the constants that they name. See eval/opcodes.def
 * for the instructions.
 *
 * A piece of code addresses its locals from Sp, above and beneath it: nothing that does not wait is pushed.
 * What waits for an evaluation is a frame: the return point's info word, and above it what is read behind the
 * evaluation, as in GHC; Sp points to it, and does so still when the code goes on. Before a collection may
 * look, where the code goes on at once, Sp is put beneath all that the code uses, and the word there names a
 * table that says what is live (InfoTable.below); afterwards it is put back. */
#ifndef THUNKSCOPE_EVAL_CODE_PRIVATE_H
#define THUNKSCOPE_EVAL_CODE_PRIVATE_H

#include <string.h>

#include "eval/observer.h"
#include "eval/primops.h"
#include "eval/syntax.h"
#include "gc/heap.h"

typedef uint16_t Cell;

/* An atom is a slot, which may be negative, or the constant of that number less CONST_ATOM. */
enum { CONST_ATOM = 0x2000 };
static inline bool atom_is_slot(Cell atom) { return (int16_t)atom < CONST_ATOM; }

/* The shape of what is answered, and of what a frame waits for: how many words, and which are pointers. */
static inline Word answer_shape(uint32_t words, uint64_t pointers) { return apply_shape(words, 1, pointers); }
#define ANSWER_OBJECT answer_shape(1, 1)

typedef enum Opcode {
#define OPCODE(name, operands) OP_##name,
#define PAIR(first, second)    OP_##first##__##second,
#include "eval/opcodes.def"
#undef PAIR
#undef OPCODE
    OP_COUNT
} Opcode;

typedef struct OpcodeRow {
    const char *name, *operands; /* of a pair, the first's name; its operands are in the first's row */
    Opcode plain;                /* itself; of a pair, or a call with what it comes to, the first */
} OpcodeRow;
extern const OpcodeRow opcodes[OP_COUNT];
/* Visits the operands of the instruction at cells[at], each with its letter of eval/opcodes.def; answers
 * where the next instruction is. */
typedef void (*OperandVisitor)(void *context, char letter, uint32_t at);
uint32_t code_each_operand(const Cell *cells, uint32_t at, OperandVisitor visit, void *context);
/* Instructions of some small number of operands become those that are made for it (SIZED of
 * eval/opcodes.def), and those that go with the next one, pairs (eval/pairs.def). */
void code_specialise(Cell *cells, uint32_t count);
/* From a jump operand to where it leads. */
static inline int32_t jump_distance(const Cell *operand)
{
    int32_t distance;
    memcpy(&distance, operand, sizeof distance);
    return distance;
}
static inline uint32_t code_jump_target(const Cell *cells, uint32_t at)
{
    return at + (uint32_t)jump_distance(cells + at);
}

/* What runs when a value is entered: it returns itself. */
extern const Cell code_enter_value[], code_impossible[];
/* Gives the runtime's own info tables their code. */
void code_set_std_entries(InfoRegistry *infos);

/* A site with the slots from which its locals are read. */
typedef struct CodeSite {
    StepSite site;
    uint32_t count;
    int16_t slots[];
} CodeSite;

/* What a case takes apart: an object of one of these constructors. */
typedef struct CodeExpectation {
    SourceSpan span;
    const char *type; /* NULL: any constructor */
    uint32_t count;
    const InfoTable *cons[];
} CodeExpectation;

/* What the compiler makes of a program, and the machine runs. Memory belongs to the heap's info registry. */
typedef struct CodeModule {
    Heap *heap;
    const Program *program;
    const char *const *roots; /* names that the runtime refers to */
    uint32_t root_count;
    bool eager_blackholing;
    bool steps;    /* emit STEP and SITE */
    bool checks;   /* emit EXPECT */
    bool untyped;  /* nobody has proved that types fit: also emit what else finds out */
    Ref truths[2]; /* what the tests of eval/boxed.def answer */
    uint32_t site_count;
    const char **paths;      /* of the program's files, in the registry's memory */
    struct CodeUnit **units; /* one per right-hand side, for the disassembler */
    uint32_t unit_count, unit_capacity;
    Word *labels; /* addresses that `__label` has found, in order */
    uint32_t label_count, label_capacity;
    char error[200]; /* why compile_program failed */
} CodeModule;

typedef struct CodeUnit {
    const InfoTable *info;
    const Cell *cells;
    uint32_t cell_count;
    const Word *consts;
    uint32_t const_count;
} CodeUnit;

/* Compiles module->program, without what the library holds and nobody refers to, and makes its static
 * closures. False: module->error. Never collects. */
bool compile_program(CodeModule *module);
void code_module_clear(CodeModule *module);
/* The static closure of a top-level binder that was compiled, tagged. */
Ref code_static_ref(const Binder *top);
/* The address of a copy of the bytes, with a NUL behind them, in a static byte array: the same in equal runs,
 * as no address of the C heap is. 0: no memory. */
Word code_static_bytes(Heap *heap, const char *bytes, size_t count);
/* The name of the top-level binder whose static closure it is. */
const char *code_static_name(const CodeModule *module, const Closure *closure);
/* Calls visit for every static closure, in order of the program. */
void code_each_static(const CodeModule *module, void (*visit)(void *context, const Closure *c),
                      void *context);
/* The right-hand side that the instruction belongs to; NULL: it is the runtime's own. */
const InfoTable *code_owner(const CodeModule *module, const Cell *pc);
void code_disassemble(const CodeModule *module, FILE *out);

#endif
