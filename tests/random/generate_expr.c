/* Expressions of a given type: some bindings first, which bring more names into scope, then one that answers.
 *
 * Atoms are got by `need`, which writes what binds them; so whoever writes an application gets all its atoms
 * before the first character of it. */
#include <stdlib.h>
#include <string.h>

#include "tests/random/generate_private.h"

/* ---- Cutting */

static bool is_cut(const Gen *g, Seed s)
{
    for (uint32_t i = 0; i < g->cuts->count; i++)
        if (g->cuts->seeds[i] == s) return true;
    return false;
}

static void note_piece(Gen *g, Seed s, long bytes)
{
    Generated *r = g->result;
    if (r->piece_count == g->piece_room) {
        g->piece_room = g->piece_room * 2 + 64;
        r->pieces = realloc(r->pieces, g->piece_room * sizeof *r->pieces);
        if (!r->pieces) abort();
    }
    r->pieces[r->piece_count++] = (Piece){s, (uint32_t)bytes};
}

/* ---- Names */

void bring(Gen *g, Context *c, Spelling name, const Type *t) { c->scope = scope_push(g, c->scope, name, t); }

static Context part_of(Context *c, uint32_t share)
{
    Context part = *c;
    part.open = 0;
    part.joins = NULL;
    part.size = c->size / share;
    c->size -= part.size < c->size ? part.size + 1 : c->size;
    return part;
}

static void emit_atoms(Gen *g, uint32_t count, const Spelling *atoms)
{
    for (uint32_t i = 0; i < count; i++) put(g, "%s%s", i ? " " : "", atoms[i].s);
}

static void emit_tuple_con(Gen *g, uint32_t count)
{
    put(g, "(#");
    for (uint32_t i = 1; i < count; i++) put(g, ",");
    put(g, count == 1 ? "_#)" : "#)");
}

static void emit_closing(Gen *g, uint32_t open)
{
    while (open--) put(g, "; }");
}

/* ---- Atoms */

/* One of the variables of the type, the youngest ones most often. */
static const Scope *variable_of(Seed *s, const Context *c, const Type *t)
{
    const Scope *found = NULL;
    for (const Scope *v = c->scope; v; v = v->next) {
        if (v->type != t || v->is_self) continue;
        found = v;
        if (chance(s, 45)) break;
    }
    return found;
}

static Spelling random_literal(Seed *s, Rep rep)
{
    static const char *const ints[] = {"0#",
                                       "1#",
                                       "2#",
                                       "-1#",
                                       "7#",
                                       "13#",
                                       "100#",
                                       "-128#",
                                       "255#",
                                       "65536#",
                                       "9223372036854775807#",
                                       "-9223372036854775808#"};
    static const char *const words[] = {
        "0##", "1##", "2##", "3##", "10##", "255##", "65535##", "4294967296##", "18446744073709551615##"};
    static const char *const chars[] = {"'a'#", "'b'#", "'z'#", "'0'#", "'\\53'#", "'\\955'#"};
    static const char *const doubles[] = {"D0.0",    "D1.0",  "D-1.5",   "D2.25",
                                          "D1.0e10", "D-0.0", "D1.0e-3", "D1.0e300"};
    static const char *const floats[] = {"F0.0", "F1.0", "F-1.5", "F2.25", "F1.0e10", "F0.1"};
#define LITERAL(array) snprintf(n.s, sizeof n.s, "%s", (array)[below(s, sizeof(array) / sizeof *(array))])
    Spelling n = {"void#"};
    switch (rep) {
    case REP_I: LITERAL(ints); break;
    case REP_W: LITERAL(words); break;
    case REP_C: LITERAL(chars); break;
    case REP_D: LITERAL(doubles); break;
    case REP_F: LITERAL(floats); break;
    default: break;
    }
    return n;
}

static bool has_literals(Rep rep) { return rep <= REP_C && rep != REP_P && rep != REP_U && rep != REP_A; }

/* Int8# and the like have no literals. */
static Spelling need_narrow(Gen *g, Seed *s, Context *c, const Type *t)
{
    static const char *const narrowings[REP_COUNT] = {[REP_I8] = "narrowInt8#",
                                                      [REP_I16] = "narrowInt16#",
                                                      [REP_W8] = "narrowWord8#",
                                                      [REP_W16] = "narrowWord16#"};
    Spelling n = fresh(g);
    bool is_signed = t->rep == REP_I8 || t->rep == REP_I16;
    put(g, "case %%%s [%s] of %s { __DEFAULT -> ", narrowings[t->rep],
        random_literal(s, is_signed ? REP_I : REP_W).s, n.s);
    c->open++;
    return n;
}

/* The least of a type that has a variable in it, and so no definition. */
static Spelling need_least(Gen *g, Seed *s, Context *c, const Type *t)
{
    Context empty = {.scope = c->scope, .variables = c->variables};
    Spelling n = fresh(g), fields[MOST_FIELDS];
    if (t->kind == TYPE_VARIABLE) {
        put(g, "let { %s = \\u [] %%raise# [overflowException]; } in ", n.s);
        return n;
    }
    if (t->kind == TYPE_FUNCTION) {
        put(g, "let { %s = ", n.s);
        lambda(g, 1, empty, t, NULL);
        put(g, "; } in ");
        return n;
    }
    const ConDecl *con = &g->types.data[t->number].cons[0];
    for (uint32_t i = 0; i < con->count; i++) fields[i] = need(g, s, c, type_of_field(&g->types, t, con, i));
    put(g, "let { %s = !%s [", n.s, con->name);
    emit_atoms(g, con->count, fields);
    put(g, "]; } in ");
    return n;
}

static Spelling bind_new(Gen *g, Seed *s, Context *c, const Type *t);

Spelling need(Gen *g, Seed *s, Context *c, const Type *t)
{
    const Scope *v;
    if (c->size > 4 && !type_is_void(t) && chance(s, 25)) return bind_new(g, s, c, t);
    bool wants_literal = t->kind == TYPE_WORD && has_literals(t->rep) && chance(s, 25);
    if (!wants_literal && (v = variable_of(s, c, t))) return v->name;
    if (t->rep == REP_U) return new_memory(g, s, c, t);
    if (t->kind == TYPE_WORD && has_literals(t->rep)) return random_literal(s, t->rep);
    if (t->kind == TYPE_WORD) return need_narrow(g, s, c, t);
    if (type_has_variables(t)) return need_least(g, s, c, t);
    for (uint32_t i = 0; c->size && i < g->top_count; i++)
        if (g->tops[i].type == t && !g->tops[i].variables && chance(s, 50)) return top_use(g, &g->tops[i]);
    return fallback(g, t);
}

/* ---- Bindings */

static Spelling let_thunk(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling n = fresh(g);
    Context body = part_of(c, 3);
    put(g, "let { %s = \\u [] ", n.s);
    expr(g, draw(s), body, t);
    put(g, "; } in ");
    bring(g, c, n, t);
    return n;
}

static const ConDecl *random_con(Gen *g, Seed *s, const Type *t)
{
    const DataDecl *d = &g->types.data[t->number];
    return &d->cons[below(s, d->con_count)];
}

static void need_fields(Gen *g, Seed *s, Context *c, const Type *t, const ConDecl *con, Spelling *fields)
{
    for (uint32_t i = 0; i < con->count; i++) fields[i] = need(g, s, c, type_of_field(&g->types, t, con, i));
}

static Spelling let_con(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling n = fresh(g), fields[MOST_FIELDS];
    const ConDecl *con = random_con(g, s, t);
    need_fields(g, s, c, t, con, fields);
    put(g, "let { %s = !%s [", n.s, con->name);
    emit_atoms(g, con->count, fields);
    put(g, "]; } in ");
    bring(g, c, n, t);
    return n;
}

static Spelling let_function(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling n = fresh(g);
    Context body = part_of(c, 3);
    bool recursive = t->parts[0]->kind == TYPE_WORD && t->parts[0]->rep == REP_I && chance(s, 60);
    put(g, "let { %s = ", n.s);
    lambda(g, draw(s), body, t, recursive ? &n : NULL);
    put(g, "; } in ");
    bring(g, c, n, t);
    return n;
}

/* Whatever is answered is bound by a case. */
static Spelling case_bind(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling n = fresh(g);
    Context scrutinee = part_of(c, 3);
    put(g, "case ");
    expr(g, draw(s), scrutinee, t);
    put(g, " of %s { __DEFAULT -> ", binder(n, t).s);
    c->open++;
    bring(g, c, n, t);
    return n;
}

static Spelling bind_new(Gen *g, Seed *s, Context *c, const Type *t)
{
    bool has_cons = t->kind == TYPE_DATA && !g->types.data[t->number].is_open;
    if (!type_is_lifted(t) || chance(s, 20)) return case_bind(g, s, c, t);
    if (t->kind == TYPE_FUNCTION && chance(s, 60)) return let_function(g, s, c, t);
    if (has_cons && chance(s, 40)) return let_con(g, s, c, t);
    return let_thunk(g, s, c, t);
}

static void bind_components(Gen *g, Context *c, const Type *t)
{
    Spelling n;
    emit_tuple_con(g, t->count);
    for (uint32_t i = 0; i < t->count; i++) {
        n = fresh(g);
        put(g, " %s", binder(n, t->parts[i]).s);
        bring(g, c, n, t->parts[i]);
    }
    put(g, " -> ");
    c->open++;
}

static void bind_tuple(Gen *g, Seed *s, Context *c)
{
    const Type *t = random_tuple(g, s, c->variables);
    Context scrutinee = part_of(c, 2);
    put(g, "case ");
    expr(g, draw(s), scrutinee, t);
    put(g, " of _ { ");
    bind_components(g, c, t);
}

/* Lists and the like that come back to themselves, and a function and a thunk that know of them. */
static void bind_recursive(Gen *g, Seed *s, Context *c)
{
    const Type *element = random_plain(g, s), *list = type_data(&g->types, DATA_LIST, element, NULL);
    Spelling ring = fresh(g), other = fresh(g), x = need(g, s, c, element), y = need(g, s, c, element),
             n = fresh(g);
    Context body = part_of(c, 3);
    put(g, "let { ");
    if (chance(s, 50)) {
        put(g, "%s = !: [%s %s]; %s = !: [%s %s]; ", ring.s, x.s, other.s, other.s, y.s, ring.s);
    } else {
        put(g, "%s = !: [%s %s]; %s = \\u [] case %s of %s { __DEFAULT -> :! [%s %s]; }; ", ring.s, x.s,
            other.s, other.s, y.s, n.s, n.s, ring.s);
    }
    if (chance(s, 50)) {
        const Type *f = random_function(g, s, 1, c->variables, true);
        Spelling name = fresh(g);
        body.scope = scope_push(g, body.scope, ring, list);
        put(g, "%s = ", name.s);
        lambda(g, draw(s), body, f, &name);
        put(g, "; ");
        bring(g, c, name, f);
    }
    put(g, "} in ");
    bring(g, c, ring, list);
    bring(g, c, other, list);
}

/* A thunk that selects a field of a value of one constructor, or that applies one variable to another. */
static void bind_selector(Gen *g, Seed *s, Context *c)
{
    const Type *first = random_lifted(g, s, 1, c->variables), *second = random_lifted(g, s, 1, c->variables);
    const Type *pair = type_data(&g->types, DATA_PAIR, first, second);
    Spelling p = need(g, s, c, pair), a = fresh(g), b = fresh(g);
    put(g,
        "let { %s = \\u [] case %s of _ { (,) x _ -> x; }; %s = \\u [] case %s of _ { (,) _ y -> y; }; } in ",
        a.s, p.s, b.s, p.s);
    bring(g, c, a, first);
    bring(g, c, b, second);
}

static void bind_application(Gen *g, Seed *s, Context *c)
{
    const Type *params[3], *f;
    Spelling head, args[3], n;
    uint32_t count = 1 + below(s, 3);
    for (uint32_t i = 0; i < count; i++) params[i] = random_lifted(g, s, 1, c->variables);
    f = type_function(&g->types, count, params, random_lifted(g, s, 1, c->variables));
    head = need(g, s, c, f);
    for (uint32_t i = 0; i < count; i++) args[i] = need(g, s, c, params[i]);
    n = fresh(g);
    put(g, "let { %s = \\u [] %s ", n.s, head.s);
    emit_atoms(g, count, args);
    put(g, "; } in ");
    bring(g, c, n, f->result);
}

/* Used once, and honest: nobody else learns its name. */
static void bind_single_entry(Gen *g, Seed *s, Context *c)
{
    const Type *t = random_lifted(g, s, 1, c->variables);
    Spelling n = fresh(g), value = fresh(g);
    Context body = part_of(c, 3);
    put(g, "let { %s = \\s [] ", n.s);
    expr(g, draw(s), body, t);
    put(g, "; } in case %s of %s { __DEFAULT -> ", n.s, value.s);
    c->open++;
    bring(g, c, value, t);
}

static const Type *action_type(Gen *g, const Type *answer)
{
    const Type *token = type_word(&g->types, REP_V);
    return type_function(&g->types, 1, &token, type_tuple(&g->types, 1, &answer));
}

static const Type *handler_type(Gen *g, const Type *answer)
{
    const Type *params[] = {type_data(&g->types, DATA_EXCEPTION, NULL, NULL), type_word(&g->types, REP_V)};
    return type_function(&g->types, 2, params, type_tuple(&g->types, 1, &answer));
}

static const char *const masks[] = {"maskAsyncExceptions#", "maskUninterruptible#", "unmaskAsyncExceptions#"};

/* catch#, masking, seq#: gets the atoms, and leaves the expression to be written. */
static void prepare_control(Gen *g, Seed *s, Context *c, const Type *t, char *text, size_t size)
{
    uint32_t kind = below(s, 10);
    if (kind < 5) {
        Spelling action =
            c->size > 5 ? let_function(g, s, c, action_type(g, t)) : need(g, s, c, action_type(g, t));
        Spelling handler = need(g, s, c, handler_type(g, t));
        snprintf(text, size, "%%catch# [%s %s void#]", action.s, handler.s);
    } else if (kind < 8) {
        snprintf(text, size, "%%%s [%s void#]", masks[below(s, 3)], need(g, s, c, action_type(g, t)).s);
    } else {
        snprintf(text, size, "%%seq# [%s void#]", need(g, s, c, t).s);
    }
}

static void bind_control(Gen *g, Seed *s, Context *c)
{
    char text[120];
    Spelling n = fresh(g);
    if (chance(s, 15)) {
        put(g, "case %%getMaskingState# [void#] of _ { (#_#) %s -> ", n.s);
        bring(g, c, n, type_word(&g->types, REP_I));
    } else if (chance(s, 15)) {
        put(g, "case %%performGC# [%u# void#] of _ { __DEFAULT -> ", below(s, 2));
    } else {
        const Type *t = random_lifted(g, s, 1, c->variables);
        prepare_control(g, s, c, t, text, sizeof text);
        put(g, "case %s of _ { (#_#) %s -> ", text, n.s);
        bring(g, c, n, t);
    }
    c->open++;
}

static void bind_join(Gen *g, Seed *s, Context *c, const Type *t);
static bool bind_call(Gen *g, Seed *s, Context *c);
static void bind_attempt(Gen *g, Seed *s, Context *c);

static void bind_something(Gen *g, Seed *s, Context *c, const Type *t)
{
    uint32_t r = below(s, 100);
    if (chance(s, 25) && bind_call(g, s, c)) return;
    if (r < 18)
        bind_new(g, s, c, random_lifted(g, s, 2, c->variables));
    else if (r < 22)
        bind_attempt(g, s, c);
    else if (r < 30)
        let_function(g, s, c, random_function(g, s, 2, c->variables, chance(s, 40)));
    else if (r < 48)
        bind_number(g, s, c);
    else if (r < 55)
        bind_tuple(g, s, c);
    else if (r < 64)
        bind_join(g, s, c, t);
    else if (r < 67)
        bind_recursive(g, s, c);
    else if (r < 71)
        bind_selector(g, s, c);
    else if (r < 75)
        bind_application(g, s, c);
    else if (r < 79)
        bind_single_entry(g, s, c);
    else if (r < 85)
        bind_control(g, s, c);
    else if (r < 95)
        use_memory(g, s, c);
    else
        case_bind(g, s, c, random_word(g, s));
}

/* ---- Functions and let-no-escapes */

/* With less fuel than was given, or without any: the body, and what comes first of it. */
static void fueled_body(Gen *g, Seed *s, Context c, const Scope *fuel_of, Spelling fuel, const Type *t)
{
    Spelling clamped = fresh(g), less = fuel_of->fuel;
    Context base = c;
    base.size = 2;
    while (base.joins && base.joins->is_self && strcmp(base.joins->fuel.s, less.s) == 0)
        base.joins = base.joins->next;
    if (base.scope == fuel_of) base.scope = fuel_of->next;
    put(g,
        "case %%andI# [%s %u#] of %s { __DEFAULT -> case %s of _ { __DEFAULT -> case %%-# [%s 1#] of %s { "
        "__DEFAULT -> ",
        fuel.s, chance(s, 50) ? 3 : 7, clamped.s, clamped.s, clamped.s, less.s);
    expr(g, draw(s), c, t);
    put(g, "; }; 0# -> ");
    expr(g, draw(s), base, t);
    put(g, "; }; }");
}

static Spelling emit_params(Gen *g, Context *c, const Type *f)
{
    Spelling first = {""};
    put(g, "\\r [");
    for (uint32_t i = 0; i < f->count; i++) {
        Spelling n = fresh(g);
        if (i == 0) first = n;
        put(g, "%s%s", i ? " " : "", binder(n, f->parts[i]).s);
        bring(g, c, n, f->parts[i]);
    }
    put(g, "] ");
    return first;
}

void lambda(Gen *g, Seed s, Context c, const Type *f, const Spelling *self)
{
    Spelling fuel;
    c.open = 0;
    c.joins = NULL;
    fuel = emit_params(g, &c, f);
    if (!self) {
        expr(g, draw(&s), c, f->result);
        return;
    }
    Scope *own = scope_push(g, c.scope, *self, f);
    own->is_self = true;
    own->fuel = fresh(g);
    c.scope = own;
    fueled_body(g, &s, c, own, fuel, f->result);
}

static const Type *random_join(Gen *g, Seed *s, Context *c, const Type *t, bool recursive)
{
    const Type *params[5];
    uint32_t count = below(s, 5);
    for (uint32_t i = 0; i < count; i++)
        params[i] = chance(s, 15) ? type_word(&g->types, REP_V) : random_value(g, s, c->variables);
    if (recursive) {
        params[0] = type_word(&g->types, REP_I);
        count = count ? count : 1;
    }
    return type_function(&g->types, count, params, t);
}

static void one_join(Gen *g, Seed *s, Context *c, const Type *f, Spelling name, const Scope *self)
{
    Context body = part_of(c, 3);
    body.joins = c->joins;
    put(g, "%s = ", name.s);
    Spelling fuel = emit_params(g, &body, f);
    if (self) {
        body.joins = self;
        fueled_body(g, s, body, self, fuel, f->result);
    } else {
        expr(g, draw(s), body, f->result);
    }
    put(g, "; ");
}

/* One, that may be recursive, or two that jump to each other. */
static void bind_join(Gen *g, Seed *s, Context *c, const Type *t)
{
    bool recursive = chance(s, 50);
    uint32_t count = recursive && chance(s, 40) ? 2 : 1;
    const Type *types[2];
    Spelling names[2], fuel = fresh(g);
    const Scope *selves = c->joins;
    for (uint32_t i = 0; i < count; i++) {
        types[i] = random_join(g, s, c, t, recursive);
        names[i] = fresh(g);
        Scope *self = scope_push(g, selves, names[i], types[i]);
        self->is_self = true;
        self->fuel = fuel;
        selves = self;
    }
    put(g, "let-no-escape { ");
    for (uint32_t i = 0; i < count; i++) one_join(g, s, c, types[i], names[i], recursive ? selves : NULL);
    put(g, "} in ");
    for (uint32_t i = 0; i < count; i++) c->joins = scope_push(g, c->joins, names[i], types[i]);
}

/* ---- Calls */

/* A function that may be called, with how many of its arguments, and more for what it answers. */
typedef struct Callee {
    Spelling name;
    const Type *type, *then; /* then: what it answers is applied, too */
    uint32_t count;
    const Scope *self;
    const Top *top;
} Callee;

enum { MOST_CALLEES = 48 };

typedef struct Callees {
    uint32_t count;
    Callee all[MOST_CALLEES];
} Callees;

/* The function's type without its first parameters. */
static const Type *rest_of(Gen *g, const Type *f, uint32_t given)
{
    return given == f->count ? f->result
                             : type_function(&g->types, f->count - given, f->parts + given, f->result);
}

/* Type variables of what stands at the top are to be found; those of locals are what they are. */
static bool answers(const Callee *callee, const Type *answer, const Type *t, const Type **found)
{
    found[0] = found[1] = NULL;
    return callee->top ? type_matches(answer, t, found) : answer == t;
}

static void add_callee(Callees *all, const Callee *callee, const Type *const *found, const Type **variables)
{
    if (all->count == MOST_CALLEES) return;
    memcpy(&variables[2 * all->count], found, 2 * sizeof *found);
    all->all[all->count++] = *callee;
}

static void consider(Gen *g, Callees *all, Callee callee, const Type *t, const Type **variables)
{
    const Type *f = callee.type, *found[2];
    if (f->kind != TYPE_FUNCTION) return;
    for (uint32_t given = f->count; given > 0; given--) {
        if (given < f->count && t->kind != TYPE_FUNCTION) break;
        callee.count = given;
        if (!answers(&callee, rest_of(g, f, given), t, found)) continue;
        add_callee(all, &callee, found, variables);
        return;
    }
    if (f->result->kind != TYPE_FUNCTION || !answers(&callee, f->result->result, t, found)) return;
    callee.count = f->count;
    callee.then = f->result;
    add_callee(all, &callee, found, variables);
}

static void find_callees(Gen *g, const Context *c, const Type *t, Callees *all, const Type **variables)
{
    all->count = 0;
    for (const Scope *v = c->scope; v; v = v->next)
        consider(g, all, (Callee){.name = v->name, .type = v->type, .self = v->is_self ? v : NULL}, t,
                 variables);
    for (uint32_t i = g->top_count; i-- > 0;)
        if (g->tops[i].type)
            consider(g, all, (Callee){.name = g->tops[i].name, .type = g->tops[i].type, .top = &g->tops[i]},
                     t, variables);
}

static uint32_t need_arguments(Gen *g, Seed *s, Context *c, const Callee *f, const Type *const *variables,
                               Spelling *args)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        if (i == 0 && f->self)
            args[count++] = f->self->fuel;
        else
            args[count++] = need(g, s, c, type_with(&g->types, f->type->parts[i], variables));
    }
    for (uint32_t i = 0; f->then && i < f->then->count; i++)
        args[count++] = need(g, s, c, type_with(&g->types, f->then->parts[i], variables));
    return count;
}

static bool emit_call(Gen *g, Seed *s, Context *c, const Type *t)
{
    Callees callees;
    const Type *variables[2 * MOST_CALLEES], **own;
    Spelling args[2 * MOST_PARTS];
    find_callees(g, c, t, &callees, variables);
    if (!callees.count) return false;
    uint32_t chosen = below(s, callees.count);
    const Callee *f = &callees.all[chosen];
    own = &variables[2 * chosen];
    for (uint32_t i = 0; i < 2; i++)
        if (!own[i]) own[i] = f->top ? random_lifted(g, s, 1, c->variables) : type_variable(&g->types, i);
    uint32_t count = need_arguments(g, s, c, f, own, args);
    put(g, "%s ", (f->top ? top_use(g, f->top) : f->name).s);
    emit_atoms(g, count, args);
    return true;
}

static bool emit_jump(Gen *g, Seed *s, Context *c)
{
    const Scope *all[16], *join;
    uint32_t count = 0;
    Spelling args[MOST_PARTS];
    for (join = c->joins; join && count < 16; join = join->next) all[count++] = join;
    if (!count) return false;
    join = all[below(s, count)];
    for (uint32_t i = 0; i < join->type->count; i++)
        args[i] = i == 0 && join->is_self ? join->fuel : need(g, s, c, join->type->parts[i]);
    put(g, "%s%s", join->name.s, join->type->count ? " " : "");
    emit_atoms(g, join->type->count, args);
    return true;
}

/* Whatever there is to call: its answer, or what is left of the function when some arguments are given, comes
 * into scope. */
static bool random_callee(Gen *g, Seed *s, const Context *c, Callee *f)
{
    Callee all[MOST_CALLEES];
    uint32_t count = 0;
    for (const Scope *v = c->scope; v && count < MOST_CALLEES / 2; v = v->next)
        if (v->type->kind == TYPE_FUNCTION)
            all[count++] = (Callee){.name = v->name, .type = v->type, .self = v->is_self ? v : NULL};
    for (uint32_t i = g->top_count; i-- > 0 && count < MOST_CALLEES;)
        if (g->tops[i].type && g->tops[i].type->kind == TYPE_FUNCTION)
            all[count++] = (Callee){.name = g->tops[i].name, .type = g->tops[i].type, .top = &g->tops[i]};
    if (count) *f = all[below(s, count)];
    return count > 0;
}

static void bind_answer(Gen *g, Seed *s, Context *c, const char *call, const Type *t)
{
    Spelling n = fresh(g);
    if (t->kind == TYPE_TUPLE) {
        put(g, "case %s of _ { ", call);
        bind_components(g, c, t);
    } else if (type_is_lifted(t) && chance(s, 60)) {
        put(g, "let { %s = \\u [] %s; } in ", n.s, call);
        bring(g, c, n, t);
    } else {
        put(g, "case %s of %s { __DEFAULT -> ", call, binder(n, t).s);
        c->open++;
        bring(g, c, n, t);
    }
}

static bool bind_call(Gen *g, Seed *s, Context *c)
{
    Callee f;
    const Type *variables[2];
    Spelling args[2 * MOST_PARTS];
    char call[2 * MOST_PARTS * sizeof(Spelling)];
    if (!random_callee(g, s, c, &f)) return false;
    f.count = f.type->count > 1 && chance(s, 25) ? 1 + below(s, f.type->count - 1) : f.type->count;
    f.then = f.count == f.type->count && f.type->result->kind == TYPE_FUNCTION && chance(s, 60)
                 ? f.type->result
                 : NULL;
    for (uint32_t i = 0; i < 2; i++)
        variables[i] = f.top ? random_lifted(g, s, 1, c->variables) : type_variable(&g->types, i);
    const Type *t = f.then ? f.then->result : rest_of(g, f.type, f.count);
    uint32_t count = need_arguments(g, s, c, &f, variables, args);
    size_t length = (size_t)snprintf(call, sizeof call, "%s", (f.top ? top_use(g, f.top) : f.name).s);
    for (uint32_t i = 0; i < count; i++)
        length += (size_t)snprintf(call + length, sizeof call - length, " %s", args[i].s);
    bind_answer(g, s, c, call, type_with(&g->types, t, variables));
    return true;
}

/* A variable is evaluated under a handler, and may be asked again afterwards. */
static void bind_attempt(Gen *g, Seed *s, Context *c)
{
    const Type *t = random_lifted(g, s, 1, c->variables);
    for (const Scope *v = c->scope; v; v = v->next)
        if (type_is_lifted(v->type) && chance(s, 50)) t = v->type;
    Spelling x = need(g, s, c, t), handler = need(g, s, c, handler_type(g, t)), action = fresh(g),
             n = fresh(g);
    put(g, "let { %s = \\r [s:V] case %s of y { __DEFAULT -> (#_#)! [y]; }; } in ", action.s, x.s);
    put(g, "case %%catch# [%s %s void#] of _ { (#_#) %s -> ", action.s, handler.s, n.s);
    c->open++;
    bring(g, c, n, t);
}

/* ---- Choices */

static void branch(Gen *g, Seed *s, Context *c, uint32_t share, const Type *t)
{
    Context body = *c;
    body.open = 0;
    body.size = c->size / share;
    expr(g, draw(s), body, t);
}

static void con_alternative(Gen *g, Seed *s, Context *c, const Type *of, const ConDecl *con, uint32_t share,
                            const Type *t)
{
    Context inside = *c;
    put(g, "%s", con->name);
    for (uint32_t i = 0; i < con->count; i++) {
        Spelling n = fresh(g);
        put(g, " %s", n.s);
        bring(g, &inside, n, type_of_field(&g->types, of, con, i));
    }
    put(g, " -> ");
    branch(g, s, &inside, share, t);
    put(g, "; ");
}

static const Type *type_to_take_apart(Gen *g, Seed *s, const Context *c)
{
    for (const Scope *v = c->scope; v; v = v->next)
        if (v->type->kind == TYPE_DATA && !g->types.data[v->type->number].is_open && chance(s, 40))
            return v->type;
    const Type *t = random_lifted(g, s, 1, c->variables);
    bool good = t->kind == TYPE_DATA && !g->types.data[t->number].is_open;
    return good ? t : type_data(&g->types, DATA_BOOL, NULL, NULL);
}

static void emit_case_of_data(Gen *g, Seed *s, Context *c, const Type *t)
{
    const Type *of = type_to_take_apart(g, s, c);
    const DataDecl *d = &g->types.data[of->number];
    uint32_t count = d->con_count, left_out = count > 1 && chance(s, 35) ? 1 + below(s, count - 1) : 0;
    Spelling n = fresh(g);
    Context scrutinee = part_of(c, 3), inside = *c;
    put(g, "case ");
    expr(g, draw(s), scrutinee, of);
    put(g, " of %s { ", n.s);
    inside.open = 0;
    bring(g, &inside, n, of);
    if (left_out) {
        put(g, "__DEFAULT -> ");
        branch(g, s, &inside, count, t);
        put(g, "; ");
    }
    uint32_t first = left_out ? below(s, left_out + 1) : 0;
    for (uint32_t i = first; i < first + count - left_out; i++)
        con_alternative(g, s, &inside, of, &d->cons[i], count, t);
    put(g, "}");
}

static void emit_case_of_word(Gen *g, Seed *s, Context *c, const Type *t)
{
    static const Rep reps[] = {REP_I, REP_I, REP_W, REP_C, REP_D, REP_F};
    static const char *const literals[REP_COUNT][5] = {
        [REP_I] = {"0#", "1#", "-1#", "7#", "255#"},
        [REP_W] = {"0##", "1##", "3##", "255##", "10##"},
        [REP_C] = {"'a'#", "'b'#", "'0'#", "'\\53'#", "'z'#"},
        [REP_D] = {"D0.0", "D2.25", "D-1.5", "D1.0e10", "D0.5"},
        [REP_F] = {"F0.0", "F2.25", "F-1.5", "F1.0e10", "F0.5"}};
    const Type *of = type_word(&g->types, reps[below(s, 6)]);
    uint32_t count = 1 + below(s, 4), skip = below(s, 2);
    Spelling n = fresh(g);
    Context scrutinee = part_of(c, 3), inside = *c;
    put(g, "case ");
    expr(g, draw(s), scrutinee, of);
    put(g, " of %s { __DEFAULT -> ", binder(n, of).s);
    inside.open = 0;
    bring(g, &inside, n, of);
    branch(g, s, &inside, count + 1, t);
    for (uint32_t i = 0; i < count; i++) {
        put(g, "; %s -> ", literals[of->rep][i + skip]);
        branch(g, s, &inside, count + 1, t);
    }
    put(g, "; }");
}

static void emit_comparison(Gen *g, Seed *s, Context *c, const Type *t)
{
    static const struct {
        Rep rep;
        const char *names[6];
    } rows[] = {{REP_I, {"==#", "/=#", "<#", "<=#", ">#", ">=#"}},
                {REP_I, {"==#", "/=#", "<#", "<=#", ">#", ">=#"}},
                {REP_W, {"eqWord#", "neWord#", "ltWord#", "leWord#", "gtWord#", "geWord#"}},
                {REP_D, {"==##", "/=##", "<##", "<=##", ">##", ">=##"}}};
    uint32_t row = below(s, 4);
    const Type *of = type_word(&g->types, rows[row].rep);
    Spelling x = need(g, s, c, of), y = need(g, s, c, of);
    Context inside = *c;
    inside.open = 0;
    put(g, "case %%%s [%s %s] of _ { __DEFAULT -> ", rows[row].names[below(s, 6)], x.s, y.s);
    branch(g, s, &inside, 2, t);
    put(g, "; %u# -> ", below(s, 2));
    branch(g, s, &inside, 2, t);
    put(g, "; }");
}

/* ---- Answers */

static void emit_construction(Gen *g, Seed *s, Context *c, const Type *t)
{
    Spelling fields[MOST_PARTS];
    if (t->kind == TYPE_TUPLE) {
        for (uint32_t i = 0; i < t->count; i++) fields[i] = need(g, s, c, t->parts[i]);
        emit_tuple_con(g, t->count);
        if (!t->count) return;
        put(g, "! [");
        emit_atoms(g, t->count, fields);
    } else {
        const ConDecl *con = random_con(g, s, t);
        need_fields(g, s, c, t, con, fields);
        put(g, "%s! [", con->name);
        emit_atoms(g, con->count, fields);
    }
    put(g, "]");
}

static bool can_construct(const Gen *g, const Type *t)
{
    return t->kind == TYPE_TUPLE || (t->kind == TYPE_DATA && !g->types.data[t->number].is_open);
}

/* An enumeration from a number; a number from a constructor. */
static bool emit_tag(Gen *g, Seed *s, Context *c, const Type *t)
{
    if (t->kind == TYPE_DATA && g->types.data[t->number].is_enum) {
        const DataDecl *d = &g->types.data[t->number];
        Spelling i = need(g, s, c, type_word(&g->types, REP_I)), masked = fresh(g);
        put(g, "case %%andI# [%s %u#] of %s { __DEFAULT -> %%tagToEnum# %s [%s]; }", i.s, d->con_count - 1,
            masked.s, d->name, masked.s);
        return true;
    }
    if (t->kind != TYPE_WORD || t->rep != REP_I) return false;
    put(g, "%%dataToTag# [%s]", need(g, s, c, type_to_take_apart(g, s, c)).s);
    return true;
}

static void emit_raise(Gen *g, Seed *s, Context *c)
{
    Spelling exception = need(g, s, c, type_data(&g->types, DATA_EXCEPTION, NULL, NULL));
    if (chance(s, 70))
        put(g, "%%raise# [%s]", exception.s);
    else
        put(g, "%%raiseIO# [%s void#]", exception.s);
}

static bool emit_control(Gen *g, Seed *s, Context *c, const Type *t)
{
    char text[120];
    if (t->kind != TYPE_TUPLE || t->count != 1 || !type_is_lifted(t->parts[0])) return false;
    prepare_control(g, s, c, t->parts[0], text, sizeof text);
    put(g, "%s", text);
    return true;
}

static void emit_leaf(Gen *g, Seed *s, Context *c, const Type *t)
{
    if (t->kind == TYPE_TUPLE)
        emit_construction(g, s, c, t);
    else
        put(g, "%s", need(g, s, c, t).s);
}

static void emit_answer(Gen *g, Seed *s, Context *c, const Type *t)
{
    uint32_t r = below(s, 100);
    if (r < 2) {
        emit_raise(g, s, c);
        return;
    }
    if (c->joins && chance(s, 30) && emit_jump(g, s, c)) return;
    r = below(s, 100);
    if (r < 17)
        emit_case_of_data(g, s, c, t);
    else if (r < 28)
        emit_case_of_word(g, s, c, t);
    else if (r < 36)
        emit_comparison(g, s, c, t);
    else if (r < 66 && emit_call(g, s, c, t))
        return;
    else if (r < 72 && emit_tag(g, s, c, t))
        return;
    else if (r < 80 && emit_control(g, s, c, t))
        return;
    else if (r < 88 && emit_number(g, s, c, t))
        return;
    else if (r < 97 && can_construct(g, t))
        emit_construction(g, s, c, t);
    else
        emit_leaf(g, s, c, t);
}

void expr(Gen *g, Seed s, Context c, const Type *t)
{
    bool cut = is_cut(g, s);
    Seed own = s;
    if (cut || c.size < 2) {
        Context least = {
            .scope = cut ? NULL : c.scope, .joins = cut ? NULL : c.joins, .variables = c.variables};
        if (!chance(&own, 60) || !emit_jump(g, &own, &least)) emit_leaf(g, &own, &least, t);
        emit_closing(g, least.open);
        return;
    }
    long before = ftell(g->at->out);
    for (uint32_t n = below(&own, 5); n && c.size > 4; n--) bind_something(g, &own, &c, t);
    if (c.size) c.size--;
    emit_answer(g, &own, &c, t);
    emit_closing(g, c.open);
    note_piece(g, s, ftell(g->at->out) - before);
}
