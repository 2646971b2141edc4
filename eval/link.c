/* The linker: what is reached is marked, module by module as they are named; the rest is dropped.
 *
 * Always true: a top-level binder is `used` if and only if it has been reached, and stands on the list
 * `reached` then, with the number of the one that named it first; those from `next` on have not been looked
 * into. So the way that led to it is a shortest one. A type is reached as a whole. */
#include "eval/link.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/embedded.h"
#include "eval/front_private.h"

enum { ROOT = -1, WAY_MOST = 8 /* names of a way that are shown */ };

typedef struct Reached {
    Binder *binder;
    int64_t by;  /* ROOT, or an index */
    Span source; /* where in the Haskell text it was named first; line 0: nowhere that is known */
} Reached;

typedef struct Linker {
    Program *program;
    const ModuleSource *modules;
    Reached *reached;
    uint32_t reached_count, next;
    int64_t caller;             /* whose right-hand side is being looked into, or ROOT */
    Span source;                /* of the expression that is being looked into */
    Scratch locals;             /* what the locals in scope hide */
    bool is_broken;             /* a module could not be read, so that what is in it is unknown */
    bool refused[PRIM_COUNT];   /* the primitive is not there, which has been said */
    Name absent[DIAGNOSES_MAX]; /* likewise: names, or their modules if they are not there */
    uint32_t absent_count;
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

/* ---- The way from where the program begins */

static Name name_at(const Linker *l, int64_t at) { return l->reached[at].binder->name; }

/* The runtime's own `main` and `topHandler` say nothing to who asks how something was reached. */
static bool is_start(const Linker *l, int64_t at)
{
    return l->reached[at].by == ROOT || l->reached[l->reached[at].by].binder->span.file == 0;
}

static uint32_t way_length(const Linker *l, int64_t at)
{
    uint32_t length = 1;
    for (; !is_start(l, at); at = l->reached[at].by) length++;
    return length;
}

static Name name_on_way(const Linker *l, int64_t at, uint32_t back)
{
    for (; back > 0; back--) at = l->reached[at].by;
    return name_at(l, at);
}

/* Of a long way the middle is left out. */
static void print_way(const Linker *l, FILE *out)
{
    uint32_t length = way_length(l, l->caller), left_out = length > WAY_MOST ? length - WAY_MOST : 0;
    for (uint32_t i = 0; i < length; i++) {
        if (left_out && i == WAY_MOST / 2) {
            fprintf(out, " -> (%u more)", left_out);
            i += left_out;
        }
        fprintf(out, "%s%s", i ? " -> " : "", name_on_way(l, l->caller, length - 1 - i));
    }
}

/* How the caller was reached. */
static void note_way(Linker *l)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    require(out, "out of memory");
    print_way(l, out);
    fclose(out);
    diagnose_note(l->program, "reached by %s", text);
    free(text);
}

/* ---- Names */

static void *find(const Symbol *s, Space space) { return s->full[space] ? s->full[space]->thing : NULL; }

/* Who writes modules by hand may leave out a name's module where no other has that name. */
static void *find_brief(Linker *l, Space space, Name name)
{
    bool ambiguous;
    return name_resolve(&l->program->tables->names, space, (Home){"", ""}, name, &ambiguous);
}

/* What the name stands for at the top level; NULL: nothing. */
static void *look_up(Linker *l, Space space, Name name)
{
    const Symbol *s = name_symbol(name);
    void *thing = find(s, space);
    if (!thing && read_module_of(l, name)) thing = find(s, space);
    return thing ? thing : find_brief(l, space, name);
}

static void reach_top(Linker *l, Binder *b)
{
    if (b->used) return;
    b->used = true;
    l->reached = array_grow(l->reached, l->reached_count, sizeof *l->reached);
    l->reached[l->reached_count++] = (Reached){b, l->caller, l->source};
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

/* The last place on the way in the Haskell text, or else the one in the STG text. */
static Span needed_at(const Linker *l, Span span)
{
    if (l->source.line) return l->source;
    for (int64_t at = l->caller; at != ROOT; at = l->reached[at].by)
        if (l->reached[at].source.line) return l->reached[at].source;
    return span;
}

/* What the caller needs and does not get. */
static void missing(Linker *l, Span span, const char *what, Name name, const char *why)
{
    if (l->is_broken) return;
    diagnose(l->program, needed_at(l, span), "`%s` needs %s`%s`%s", name_at(l, l->caller), what, name, why);
    note_way(l);
}

/* False if it has been said already. */
static bool is_news(Linker *l, Name name)
{
    for (uint32_t i = 0; i < l->absent_count; i++)
        if (l->absent[i] == name) return false;
    if (l->absent_count < DIAGNOSES_MAX) l->absent[l->absent_count++] = name;
    return true;
}

/* Of a module that is not there the first name says enough. */
static void unresolved(Linker *l, Span span, Name name)
{
    size_t length = module_length(name);
    Name module = length ? name_intern(&l->program->tables->names, name, length) : name;
    if (l->is_broken || !is_news(l, program_has_module(l->program, module) ? name : module)) return;
    missing(l, span, "", name,
            length
                ? ", which is in no module that there is: is its package missing, or built with other flags?"
                : ", which is neither a local name nor one of the top level: outside its module, write it as "
                  "Module.name");
}

static void link_con_or_fail(Linker *l, Span span, Name name)
{
    if (tuple_arity(name) < 0 && !link_con(l, name)) unresolved(l, span, name);
}

/* A variable, or a constructor without fields that is named as a value. */
static void link_variable(Linker *l, Span span, Name name)
{
    if (name_symbol(name)->local) return;
    Binder *b = look_up(l, SPACE_VALUE, name);
    if (b)
        reach_top(l, b);
    else if (!link_con(l, name))
        unresolved(l, span, name);
}

static void link_atoms(Linker *l, const Atom *atoms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const Atom *a = &atoms[i];
        if (a->kind == ATOM_VAR) link_variable(l, a->span, a->name);
        if (a->kind == ATOM_LIT && a->lit.kind == LIT_LABEL && !c_label_is_known(a->lit.bytes))
            missing(l, a->span, "the address ", a->lit.bytes,
                    ", which is neither a C function's nor a datum's here");
    }
}

/* ---- Expressions */

static void refuse(Linker *l, const Expr *e, const Primop *op)
{
    char why[128];
    l->refused[op->id] = true;
    snprintf(why, sizeof why, ": %s", primop_refusal(op));
    missing(l, e->span, "the primitive ", e->prim.name, why);
}

static void link_primitive(Linker *l, const Expr *e)
{
    const Primop *op = name_primop(e->prim.name);
    if (op && primop_refusal(op) && !l->refused[op->id]) refuse(l, e, op);
    link_type(l, e->prim.type_name);
    link_atoms(l, e->prim.args, e->prim.arg_count);
}

static void link_ccall(Linker *l, const Expr *e)
{
    if (!ccall_is_known(e))
        missing(l, e->span, e->ccall.is_primcall ? "the runtime's function " : "the C function ",
                e->ccall.target, ", which is not there");
    link_atoms(l, e->ccall.args, e->ccall.arg_count);
}

static void enter(Linker *l, Binder *const *binders, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) local_enter(&l->locals, binders[i]);
}

static void link_alt(Linker *l, const Alt *alt)
{
    size_t mark = l->locals.used;
    if (alt->kind == PAT_CON) link_con_or_fail(l, alt->span, alt->con_name);
    enter(l, alt->binders, alt->binder_count);
    link_expr(l, alt->body);
    locals_leave(&l->locals, mark);
}

static void link_case(Linker *l, const Expr *e)
{
    link_expr(l, e->kase.scrutinee);
    link_type(l, e->kase.type_name);
    local_enter(&l->locals, e->kase.binder);
    for (uint32_t i = 0; i < e->kase.alt_count; i++) link_alt(l, &e->kase.alts[i]);
}

static void link_rhs(Linker *l, const Rhs *rhs)
{
    if (rhs->flag == RHS_CON) {
        link_con_or_fail(l, rhs->span, rhs->con_name);
        link_atoms(l, rhs->args, rhs->arg_count);
        return;
    }
    size_t mark = l->locals.used;
    enter(l, rhs->params, rhs->param_count);
    link_expr(l, rhs->body);
    locals_leave(&l->locals, mark);
}

static void link_let(Linker *l, const Expr *e)
{
    enter(l, e->let.binders, e->let.bind_count);
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        l->source = e->source;
        link_rhs(l, e->let.rhss[i]);
    }
}

static void link_expr(Linker *l, const Expr *e)
{
    size_t mark = l->locals.used;
    for (; e->kind == EXPR_LET || e->kind == EXPR_LET_NO_ESCAPE; e = e->let.body) link_let(l, e);
    l->source = e->source;
    switch (e->kind) {
    case EXPR_LIT: link_atoms(l, &(Atom){.kind = ATOM_LIT, .span = e->span, .lit = e->lit}, 1); break;
    case EXPR_APP:
        link_atoms(l, &e->app.head, 1);
        link_atoms(l, e->app.args, e->app.arg_count);
        break;
    case EXPR_CON:
        link_con_or_fail(l, e->span, e->con.name);
        link_atoms(l, e->con.args, e->con.arg_count);
        break;
    case EXPR_PRIM: link_primitive(l, e); break;
    case EXPR_CCALL: link_ccall(l, e); break;
    case EXPR_CASE: link_case(l, e); break;
    default: break;
    }
    locals_leave(&l->locals, mark);
}

/* ---- The program */

bool stg_text_is_linked(const char *text, size_t length)
{
    static const char first[] = "module " RUNTIME_UNIT " ";
    return length >= sizeof first && memcmp(text, first, sizeof first - 1) == 0;
}

const EmbeddedFile *runtime_module(void)
{
    const EmbeddedFile *file = embedded_find(ghc_files, ghc_files_count, "Runtime.stg");
    require(file, "there is no Runtime.stg");
    return file;
}

bool program_begin_linked(Program *p)
{
    const EmbeddedFile *file = runtime_module();
    return stg_parse_kept(p, "eval/ghc/Runtime.stg", file->text, (size_t)(file->end - file->text));
}

/* The module Main, as far as it has been read. */
static Span place_of_main(const Program *p)
{
    const struct ProgramTables *t = p->tables;
    for (uint32_t i = 0; i < t->module_count; i++)
        if (strcmp(t->modules[i].name, "Main") == 0) return (Span){.file = t->modules[i].place.file};
    return (Span){.file = p->file_count - 1};
}

/* The names of the runtime's module. `:Main.main` is one whose module does not show. */
static void link_runtime(Linker *l)
{
    Program *p = l->program;
    l->caller = ROOT;
    if (!program_find(p, ":Main.main"))
        return diagnose(
            p, place_of_main(p),
            "no module defines `:Main.main`, where a program begins: GHC writes it in the module that "
            "has `main`");
    for (uint32_t i = 0; i < p->top_count && p->tops[i]->span.file == 0; i++) reach_top(l, p->tops[i]);
}

static void link_all(Linker *l)
{
    while (l->next < l->reached_count && !l->is_broken && l->program->diagnosis_count < DIAGNOSES_MAX) {
        l->caller = l->next++;
        const Binder *b = l->reached[l->caller].binder;
        l->source = (Span){0};
        if (b->rhs) link_rhs(l, b->rhs);
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
    scratch_free(&l.locals);
    if (p->diagnosis_count == 0) keep_reached(p);
    diagnoses_sort(p);
    return p->diagnosis_count == 0;
}
