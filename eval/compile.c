/* The compiler's driver: static closures first, then one unit of code for each right-hand side, parents
 * before their children. */
#include "eval/compile_private.h"
#include "eval/machine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory of the unit */

struct Chunk {
    Chunk *next;
    size_t used, size;
    _Alignas(16) char bytes[];
};

void *compile_scratch(Compiler *c, size_t bytes)
{
    bytes = (bytes + 15) & ~(size_t)15;
    Chunk *chunk = c->scratch;
    if (!chunk || chunk->size - chunk->used < bytes) {
        size_t size = bytes > 65536 ? bytes : 65536;
        chunk = malloc(sizeof *chunk + size);
        if (!chunk) compile_fail(c, "out of memory");
        *chunk = (Chunk){.next = c->scratch, .size = size};
        c->scratch = chunk;
    }
    void *p = chunk->bytes + chunk->used;
    chunk->used += bytes;
    return memset(p, 0, bytes);
}

static void scratch_clear(Compiler *c)
{
    while (c->scratch) {
        Chunk *next = c->scratch->next;
        free(c->scratch);
        c->scratch = next;
    }
}

void compile_fail(Compiler *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(c->module->error, sizeof c->module->error, format, args);
    va_end(args);
    longjmp(c->failed, 1);
}

/* ---- Units */

void compile_queue(Compiler *c, const Binder *b, InfoTable *info, bool is_static)
{
    if (c->queue_count == c->queue_capacity) {
        c->queue_capacity = c->queue_capacity ? c->queue_capacity * 2 : 256;
        Pending *bigger = realloc(c->queue, c->queue_capacity * sizeof *bigger);
        if (!bigger) compile_fail(c, "out of memory");
        c->queue = bigger;
    }
    c->queue[c->queue_count++] = (Pending){b, info, is_static};
}

static void emit_entry(Compiler *c, const Rhs *rhs)
{
    Unit *u = &c->unit;
    switch (u->info->kind) {
    case KIND_FUN:
        emit(c, OP_FUN_ENTRY);
        emit_cell(c, u->total - u->depth);
        emit_cell(c, u->info->arg_words);
        break;
    case KIND_THUNK_STATIC:
        emit(c, OP_CAF_ENTRY);
        emit_cell(c, u->total - u->depth);
        return;
    default:
        if (rhs->flag == RHS_SINGLE_ENTRY)
            emit(c, OP_SINGLE_ENTRY);
        else
            emit(c, c->module->eager_blackholing ? OP_THUNK_ENTRY_EAGER : OP_THUNK_ENTRY);
        emit_cell(c, u->total - u->depth);
    }
    Binder **free = compile_scratch(c, (rhs->free_count + 1) * sizeof *free);
    uint32_t n = rhs_free_in_order(rhs, free);
    if (n) {
        emit(c, OP_LOAD_FREE);
        emit_slot(c, slot_of(c, free[0]));
        emit_cell(c, u->info->kind == KIND_FUN ? 1 : THUNK_HEADER);
        emit_cell(c, n);
    }
    if (rhs->self) {
        emit(c, OP_LOAD_SELF);
        emit_slot(c, slot_of(c, rhs->self));
        emit_cell(c, u->info->tag);
    }
}

static void unit_record(Compiler *c)
{
    CodeModule *m = c->module;
    if (m->unit_count == m->unit_capacity) {
        m->unit_capacity = m->unit_capacity ? m->unit_capacity * 2 : 256;
        CodeUnit **bigger = realloc(m->units, m->unit_capacity * sizeof *bigger);
        if (!bigger) compile_fail(c, "out of memory");
        m->units = bigger;
    }
    Unit *u = &c->unit;
    CodeUnit *unit = info_registry_alloc(c->infos, sizeof *unit);
    Cell *cells = info_registry_alloc(c->infos, u->cell_count * sizeof *cells);
    Word *consts = info_registry_alloc(c->infos, (u->const_count + 1) * sizeof *consts);
    memcpy(cells, u->cells, u->cell_count * sizeof *cells);
    if (u->const_count) memcpy(consts, u->consts, u->const_count * sizeof *consts);
    code_specialise(cells, u->cell_count);
    *unit = (CodeUnit){u->info, cells, u->cell_count, consts, u->const_count};
    m->units[m->unit_count++] = unit;
    bool is_function = u->info->kind == KIND_FUN;
    u->info->entry = is_function ? code_enter_value : cells;
    u->info->call = is_function ? cells : NULL;
    u->info->consts = consts;
    for (uint32_t i = 0; i < u->return_count; i++) {
        const ReturnPoint *r = u->returns[i];
        r->info->entry = r->entry && r->entry->bound ? cells + r->entry->at : code_impossible;
        r->info->consts = consts;
    }
}

static void compile_unit(Compiler *c, const Pending *p)
{
    Unit *u = &c->unit;
    const Rhs *rhs = p->binder->rhs;
    *u = (Unit){.rhs = rhs,
                .name = p->info->name,
                .info = p->info,
                .is_static = p->is_static,
                .jump_at = UINT32_MAX,
                .cells = u->cells,
                .cell_capacity = u->cell_capacity,
                .consts = u->consts,
                .const_statics = u->const_statics,
                .const_capacity = u->const_capacity};
    c->memo_count = 0;
    c->unit_number++;
    frame_layout(c, rhs);
    emit_entry(c, rhs);
    Context tail = {.tail = true};
    compile_expr(c, rhs->body, &tail);
    compile_restores(c);
    compile_srts(c);
    unit_record(c);
    scratch_clear(c);
}

/* ---- Static closures */

Ref code_static_ref(const Binder *top) { return ((const TopCode *)top->compiled)->ref; }

static void static_declare(Compiler *c, Binder *b);

Ref static_ref(Compiler *c, const Binder *top)
{
    if (!top->compiled) static_declare(c, (Binder *)top);
    return code_static_ref(top);
}

Word code_static_bytes(Heap *heap, const char *bytes, size_t count)
{
    Word *array = heap_alloc_static(heap, BYTES_PAYLOAD + count / WORD_BYTES + 1);
    if (!array) return 0;
    array[0] = (Word)info_std(heap->infos, STD_ARR_WORDS);
    array[BYTES_COUNT] = count + 1;
    array[BYTES_PAYLOAD + count / WORD_BYTES] = 0;
    memcpy(array + BYTES_PAYLOAD, bytes, count);
    return (Word)(array + BYTES_PAYLOAD);
}

static size_t static_words(Compiler *c, Binder *b, TopCode *top)
{
    if (b->rhs->flag != RHS_CON) {
        top->info = info_for_rhs(c, b, true);
        return top->info->words;
    }
    const ConCode *con = con_code(c, b->rhs->con);
    top->info = con->info;
    return con->info->words;
}

static void static_declare(Compiler *c, Binder *b)
{
    TopCode *top = b->compiled = info_registry_alloc(c->infos, sizeof *top);
    size_t words = static_words(c, b, top);
    top->closure = heap_alloc_static(c->module->heap, words);
    if (!top->closure) compile_fail(c, "out of memory for static closures");
    memset(top->closure, 0, words * sizeof(Word));
    top->closure[0] = (Word)top->info;
    top->ref = ref_of((Closure *)top->closure);
    compile_queue(c, b, top->info, true);
}

static void static_fill(Compiler *c, const Binder *b)
{
    const TopCode *top = b->compiled;
    const ConCode *con = con_code(c, b->rhs->con);
    for (uint32_t i = 0; i < b->rhs->arg_count; i++) {
        Word value;
        if (con->word_of[i] == UINT16_MAX) continue;
        if (!atom_constant(c, &b->rhs->args[i], &value)) compile_fail(c, "`%s` is not a constant", b->name);
        top->closure[1 + con->word_of[i]] = value;
    }
}

void code_each_static(const CodeModule *m, void (*visit)(void *context, const Closure *c), void *context)
{
    const Program *p = m->program;
    for (uint32_t t = 0; t < p->type_count; t++)
        for (uint32_t i = 0; i < p->types[t]->con_count; i++) {
            const ConCode *con = p->types[t]->cons[i].compiled;
            if (con && con->nullary) visit(context, ref_closure(con->nullary));
            for (uint32_t k = 0; con && con->small && k < SMALL_COUNT; k++)
                if (con->small[k]) visit(context, ref_closure(con->small[k]));
        }
    for (uint32_t i = 0; i < p->top_count; i++)
        if (p->tops[i]->compiled && !p->tops[i]->bytes)
            visit(context, (const Closure *)((const TopCode *)p->tops[i]->compiled)->closure);
}

const char *code_static_name(const CodeModule *m, const Closure *closure)
{
    const Program *p = m->program;
    for (uint32_t i = 0; i < p->top_count; i++) {
        const TopCode *top = p->tops[i]->bytes ? NULL : p->tops[i]->compiled;
        if (top && (const Closure *)top->closure == closure) return p->tops[i]->name;
    }
    return "?";
}

/* ---- The program */

static void program_reset(const Program *p)
{
    for (uint32_t t = 0; t < p->type_count; t++)
        for (uint32_t i = 0; i < p->types[t]->con_count; i++) p->types[t]->cons[i].compiled = NULL;
    for (uint32_t i = 0; i < p->top_count; i++) p->tops[i]->compiled = NULL;
}

static void copy_paths(Compiler *c)
{
    const Program *p = c->module->program;
    c->module->paths = info_registry_alloc(c->infos, (p->file_count + 1) * sizeof(char *));
    for (uint32_t i = 0; i < p->file_count; i++)
        c->module->paths[i] = info_registry_string(c->infos, p->files[i].path);
}

/* The program's own definitions, and of the library what they and the runtime refer to: static closures are
 * made when code first names them. */
static void compile_all(Compiler *c)
{
    const CodeModule *m = c->module;
    const Program *p = m->program;
    program_reset(p);
    copy_paths(c);
    for (uint32_t i = 0; i < m->root_count; i++) {
        Binder *root = program_find_for_runtime(p, m->roots[i]);
        if (root && !root->bytes) static_ref(c, root);
    }
    for (uint32_t i = 0; i < p->top_count; i++)
        if (p->tops[i]->span.file >= p->library_files && !p->tops[i]->bytes) static_ref(c, p->tops[i]);
    while (c->queue_head < c->queue_count) {
        Pending next = c->queue[c->queue_head++];
        if (next.binder->rhs->flag == RHS_CON)
            static_fill(c, next.binder);
        else
            compile_unit(c, &next);
    }
}

bool compile_program(CodeModule *module)
{
    Compiler *c = calloc(1, sizeof *c);
    if (!c) {
        snprintf(module->error, sizeof module->error, "out of memory");
        return false;
    }
    c->module = module;
    c->infos = module->heap->infos;
    bool done = setjmp(c->failed) == 0;
    if (done) compile_all(c);
    scratch_clear(c);
    free(c->memo);
    free(c->queue);
    free(c->unit.cells);
    free(c->unit.consts);
    free(c->unit.const_statics);
    free(c);
    return done;
}

const InfoTable *code_owner(const CodeModule *m, const Cell *pc)
{
    for (uint32_t i = 0; i < m->unit_count; i++)
        if (pc >= m->units[i]->cells && pc < m->units[i]->cells + m->units[i]->cell_count)
            return m->units[i]->info;
    return NULL;
}

void code_module_clear(CodeModule *module)
{
    free(module->units);
    free(module->labels);
    module->units = NULL;
    module->labels = NULL;
}
