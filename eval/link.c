/* The linker: what is reached is marked, module by module as they are named; the rest is dropped.
 *
 * Always true: a top-level binder is `used` if and only if it has been reached, and stands on the list
 * `reached` then; those from `next` on have not been looked into. A type is reached as a whole. */
#include "eval/link.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "eval/embedded.h"
#include "eval/front_private.h"

typedef struct Linker {
    Program *program;
    const ModuleSource *modules;
    Binder **reached;
    uint32_t reached_count, next;
    const Binder *caller;     /* whose right-hand side is being looked into */
    bool is_broken;           /* a module could not be read, so that what is in it is unknown */
    bool refused[PRIM_COUNT]; /* the primitive is not there, which has been said */
} Linker;

static void link_expr(Linker *l, const Expr *e);

/* ---- Modules */

static bool in_module_name(char c) { return isalnum((unsigned char)c) || c == '_' || c == '\''; }

/* How much of the name is the module that it stands in: "GHC.Base" of "GHC.Base..", 0 if it names none. */
static size_t module_length(const char *name)
{
    size_t length = 0;
    for (const char *at = name; isupper((unsigned char)*at); at++) {
        while (in_module_name(*at)) at++;
        if (*at != '.' || !at[1]) break;
        length = (size_t)(at - name);
    }
    return length;
}

bool program_has_module(const Program *p, const char *module)
{
    for (uint32_t i = 0; i < p->tables->module_count; i++)
        if (strcmp(p->tables->modules[i].name, module) == 0) return true;
    return false;
}

/* Reads the module of that name, unless it has been. False: there is none. */
static bool read_module_of(Linker *l, Name name)
{
    size_t length = module_length(name);
    if (!length) return false;
    Name module = name_intern(&l->program->tables->names, name, length);
    if (l->is_broken || program_has_module(l->program, module)) return false;
    uint32_t before = l->program->diagnosis_count;
    bool is_there = l->modules->read(l->modules->context, l->program, module);
    l->is_broken = l->program->diagnosis_count > before;
    return is_there;
}

/* ---- Names */

static void *find(const Symbol *s, Space space) { return s->full[space] ? s->full[space]->thing : NULL; }

/* What the name with its module stands for; NULL if it has no module, or is unknown. */
static void *look_up(Linker *l, Space space, Name name)
{
    const Symbol *s = name_symbol(name);
    void *thing = find(s, space);
    if (!thing && read_module_of(l, name)) thing = find(s, space);
    return thing;
}

static void reach_top(Linker *l, Binder *b)
{
    if (b->used) return;
    b->used = true;
    l->reached = array_grow(l->reached, l->reached_count, sizeof b);
    l->reached[l->reached_count++] = b;
}

static void link_type(Linker *l, Name name)
{
    DataType *type = name ? look_up(l, SPACE_TYPE, name) : NULL;
    if (type) type->used = true;
}

static bool link_con(Linker *l, Name name)
{
    DataCon *con = look_up(l, SPACE_CON, name);
    if (con) con->type->used = true;
    return con;
}

static void unresolved(Linker *l, Span span, Name name)
{
    if (l->is_broken) return;
    diagnose(l->program, span,
             "`%s`, which `%s` names, is in no module that there is: is its package missing, or built with "
             "other flags?",
             name, l->caller->name);
}

static void link_con_or_fail(Linker *l, Span span, Name name)
{
    if (tuple_arity(name) < 0 && !link_con(l, name) && module_length(name)) unresolved(l, span, name);
}

/* A variable, or a constructor without fields that is named as a value. */
static void link_variable(Linker *l, Span span, Name name)
{
    Binder *b = look_up(l, SPACE_VALUE, name);
    if (b)
        reach_top(l, b);
    else if (!link_con(l, name) && module_length(name))
        unresolved(l, span, name);
}

static void link_atoms(Linker *l, const Atom *atoms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (atoms[i].kind == ATOM_VAR) link_variable(l, atoms[i].span, atoms[i].name);
}

/* ---- Expressions */

static void link_primitive(Linker *l, const Expr *e)
{
    const Primop *op = name_primop(e->prim.name);
    if (op && op->class_ == PRIM_LATER && !l->refused[op->id]) {
        l->refused[op->id] = true;
        diagnose(l->program, e->span,
                 "`%s` needs the primitive `%s`, which is one of GHC's that are not there yet",
                 l->caller->name, op->name);
    }
    link_type(l, e->prim.type_name);
    link_atoms(l, e->prim.args, e->prim.arg_count);
}

static void link_case(Linker *l, const Expr *e)
{
    link_expr(l, e->kase.scrutinee);
    link_type(l, e->kase.type_name);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        const Alt *alt = &e->kase.alts[i];
        if (alt->kind == PAT_CON) link_con_or_fail(l, alt->span, alt->con_name);
        link_expr(l, alt->body);
    }
}

static void link_rhs(Linker *l, const Rhs *rhs)
{
    if (rhs->flag == RHS_CON) {
        link_con_or_fail(l, rhs->span, rhs->con_name);
        link_atoms(l, rhs->args, rhs->arg_count);
    } else {
        link_expr(l, rhs->body);
    }
}

static void link_expr(Linker *l, const Expr *e)
{
    for (; e->kind == EXPR_LET || e->kind == EXPR_LET_NO_ESCAPE; e = e->let.body)
        for (uint32_t i = 0; i < e->let.bind_count; i++) link_rhs(l, e->let.rhss[i]);
    switch (e->kind) {
    case EXPR_LIT: break;
    case EXPR_APP:
        link_atoms(l, &e->app.head, 1);
        link_atoms(l, e->app.args, e->app.arg_count);
        break;
    case EXPR_CON:
        link_con_or_fail(l, e->span, e->con.name);
        link_atoms(l, e->con.args, e->con.arg_count);
        break;
    case EXPR_PRIM: link_primitive(l, e); break;
    case EXPR_CCALL: link_atoms(l, e->ccall.args, e->ccall.arg_count); break;
    case EXPR_CASE: link_case(l, e); break;
    default: break;
    }
}

/* ---- The program */

bool stg_text_is_linked(const char *text, size_t length)
{
    static const char first[] = "module " RUNTIME_UNIT " ";
    return length >= sizeof first && memcmp(text, first, sizeof first - 1) == 0;
}

bool program_begin_linked(Program *p)
{
    const EmbeddedFile *file = embedded_find(ghc_files, ghc_files_count, "Runtime.stg");
    require(file, "there is no Runtime.stg");
    return stg_parse(p, "eval/ghc/Runtime.stg", file->text, (size_t)(file->end - file->text));
}

/* The names of the runtime's module. `:Main.main` is one whose module does not show. */
static void link_runtime(Linker *l)
{
    Program *p = l->program;
    for (uint32_t i = 0; i < p->top_count && p->tops[i]->span.file == 0; i++) reach_top(l, p->tops[i]);
    Binder *start = program_find(p, ":Main.main");
    if (start) reach_top(l, start);
}

static void link_all(Linker *l)
{
    while (l->next < l->reached_count && !l->is_broken && l->program->diagnosis_count < DIAGNOSES_MAX) {
        l->caller = l->reached[l->next++];
        if (l->caller->rhs) link_rhs(l, l->caller->rhs);
    }
}

static void keep_reached(Program *p)
{
    struct ProgramTables *t = p->tables;
    uint32_t top = 0, type = 0, tops = 0, types = 0;
    for (uint32_t i = 0; i < t->module_count; i++) {
        uint32_t tops_end = module_tops_end(p, i), types_end = module_types_end(p, i);
        t->modules[i].first_top = tops;
        t->modules[i].first_type = types;
        for (; top < tops_end; top++)
            if (p->tops[top]->used) p->tops[tops++] = p->tops[top];
        for (; type < types_end; type++)
            if (p->types[type]->used) p->types[types++] = p->types[type];
    }
    p->top_count = tops;
    p->type_count = types;
}

bool program_link(Program *p, const ModuleSource *modules)
{
    Linker l = {.program = p, .modules = modules};
    for (uint32_t i = 0; i < p->top_count; i++) p->tops[i]->used = false;
    link_runtime(&l);
    link_all(&l);
    free(l.reached);
    if (p->diagnosis_count == 0) keep_reached(p);
    diagnoses_sort(p);
    return p->diagnosis_count == 0;
}
