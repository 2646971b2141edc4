/* The naive evaluator. Tail calls and jumps are the loop in `eval`; whatever an evaluation waits for is a
 * recursion of it. An exception, the end, and whatever else stops an evaluation come back as `false`. */
#include "tests/random/reference_private.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DEPTH = 6000, POOL_BYTES = 1 << 20 };

static bool eval(Run *r, const Expr *e, const Env *env, Answer *a);

/* ---- Memory: given back when the run is over */

void *run_alloc(Run *r, size_t bytes)
{
    bytes = (bytes + 15) & ~(size_t)15;
    if (bytes > r->pool_left) {
        size_t size = bytes > POOL_BYTES ? bytes : POOL_BYTES;
        void **pool = calloc(1, size + 16);
        if (!pool) abort();
        *pool = r->pools;
        r->pools = pool;
        r->pool = (char *)pool + 16;
        r->pool_left = size;
    }
    void *p = r->pool;
    r->pool += bytes;
    r->pool_left -= bytes;
    return p;
}

Node *run_node(Run *r, NodeKind kind, uint32_t cells)
{
    Node *n = run_alloc(r, sizeof *n);
    n->kind = kind;
    n->count = cells;
    n->cells = run_alloc(r, cells * sizeof(Cell));
    return n;
}

static void free_pools(Run *r)
{
    while (r->pools) {
        void *pool = r->pools;
        r->pools = *(void **)pool;
        free(pool);
    }
}

/* ---- Ends */

static void seen(Run *r, Construct c) { r->coverage->constructs[c]++; }

static bool stop(Run *r, Stop why)
{
    r->stop = why;
    return false;
}

bool run_ill_typed(Run *r, const char *why)
{
    if (r->stop != STOP_ILL_TYPED) snprintf(r->result->why, sizeof r->result->why, "%s", why);
    return stop(r, STOP_ILL_TYPED);
}

bool run_raise(Run *r, Node *exception)
{
    seen(r, CONSTRUCT_RAISE);
    r->exception = exception;
    return stop(r, STOP_RAISED);
}

static bool ill_typed_at(Run *r, const char *why, Span span)
{
    char text[180];
    snprintf(text, sizeof text, "line %u: %s", span.line, why);
    return run_ill_typed(r, text);
}

/* ---- Names */

static const Env *bind(Run *r, const Env *env, const Binder *b, Cell cell)
{
    Env *e = run_alloc(r, sizeof *e);
    *e = (Env){b, cell, env};
    return e;
}

static Node *closure_of(Run *r, const Rhs *rhs)
{
    NodeKind kind = rhs->flag == RHS_CON ? NODE_CON : rhs->flag == RHS_FUNCTION ? NODE_FUNCTION : NODE_THUNK;
    Node *n = run_node(r, kind, rhs->flag == RHS_CON ? rhs->arg_count : 0);
    n->rhs = rhs;
    n->con = rhs->con;
    return n;
}

static Cell atom_cell(Run *r, const Atom *atom, const Env *env);

static void fill_con(Run *r, Node *n, const Atom *args, const Env *env)
{
    for (uint32_t i = 0; i < n->count; i++) n->cells[i] = atom_cell(r, &args[i], env);
}

static Node *top_node(Run *r, const Binder *b)
{
    size_t at = ((size_t)b >> 4) * 0x9e3779b97f4a7c15u % r->top_room;
    while (r->top_keys[at] && r->top_keys[at] != b) at = (at + 1) % r->top_room;
    if (r->top_keys[at]) return r->tops[at];
    Node *n = closure_of(r, b->rhs);
    n->is_caf = n->kind == NODE_THUNK;
    r->top_keys[at] = b;
    r->tops[at] = n;
    if (n->kind == NODE_CON) fill_con(r, n, b->rhs->args, NULL);
    return n;
}

Cell run_text(Run *r, const char *bytes, size_t size)
{
    for (uint32_t i = 0; i < r->text_count; i++)
        if (r->texts[i].first == (Word)bytes) return cell_word(REP_A, (Word)bytes);
    if (r->text_count == r->text_room) {
        r->text_room = r->text_room * 2 + 16;
        r->texts = realloc(r->texts, r->text_room * sizeof *r->texts);
        if (!r->texts) abort();
    }
    r->texts[r->text_count++] = (struct TextRange){(Word)bytes, size + 1};
    return cell_word(REP_A, (Word)bytes);
}

static Cell binder_cell(Run *r, const Binder *b, const Env *env)
{
    for (; env; env = env->next)
        if (env->binder == b) return env->cell;
    if (b->kind != BINDER_TOP) {
        run_ill_typed(r, "a variable that is not there");
        return cell_word(REP_V, 0);
    }
    if (!b->rhs) return run_text(r, b->bytes, b->byte_count);
    return cell_node(REP_P, top_node(r, b));
}

static Rep literal_kind_rep(LitKind kind)
{
    static const Rep reps[] = {
        [LIT_INT] = REP_I,   [LIT_WORD] = REP_W,   [LIT_CHAR] = REP_C, [LIT_DOUBLE] = REP_D,
        [LIT_FLOAT] = REP_F, [LIT_STRING] = REP_A, [LIT_NULL] = REP_A, [LIT_LABEL] = REP_A};
    return reps[kind];
}

static Cell literal_cell(Run *r, const Literal *lit)
{
    if (lit->kind == LIT_STRING) return run_text(r, lit->bytes, lit->byte_count);
    return cell_word(literal_kind_rep(lit->kind), lit->bits);
}

static Cell atom_cell(Run *r, const Atom *atom, const Env *env)
{
    if (atom->kind == ATOM_VOID) return cell_word(REP_V, 0);
    return atom->kind == ATOM_LIT ? literal_cell(r, &atom->lit) : binder_cell(r, atom->binder, env);
}

Node *run_named(Run *r, const char *name)
{
    const Binder *b = program_find_for_runtime(r->program, name);
    if (!b) abort();
    return top_node(r, b);
}

/* ---- Representations */

static bool fits(Rep expected, Rep actual)
{
    bool words = (expected == REP_W || expected == REP_C) && (actual == REP_W || actual == REP_C);
    return expected == actual || words || (expected == REP_P && actual == REP_U);
}

static bool binder_fits(const Binder *b, const Cell *cell)
{
    return b->reps.count == 1 && fits(b->reps.each[0], cell->rep);
}

/* ---- Answers */

static void answer_cell(Answer *a, Cell cell)
{
    a->count = cell.rep == REP_V ? 0 : 1;
    a->cells[0] = cell;
}

static void answer_node(Answer *a, Node *n) { answer_cell(a, cell_node(REP_P, n)); }

static bool lifted_answer(Run *r, const Answer *a, Node **value)
{
    if (a->count != 1 || a->cells[0].rep != REP_P) return run_ill_typed(r, "no lifted value is answered");
    *value = a->cells[0].node;
    return true;
}

/* ---- Evaluating */

/* What the runtime makes: an application, or the first field of what it answers. */
static bool eval_runtime_thunk(Run *r, const Node *thunk, Answer *a)
{
    Node *value;
    if (thunk->count) return run_apply(r, thunk->target, 1, thunk->cells, a);
    if (!run_force(r, thunk->target, &value)) return false;
    if (value->kind != NODE_CON || value->count == 0 || value->cells[0].rep != REP_P)
        return run_ill_typed(r, "no first component");
    if (!run_force(r, value->cells[0].node, &value)) return false;
    answer_node(a, value);
    return true;
}

static bool eval_thunk(Run *r, Node *thunk)
{
    Answer a;
    thunk->state = THUNK_BUSY;
    r->result->evaluations++;
    seen(r, thunk->is_caf ? CONSTRUCT_ENTER_CAF : CONSTRUCT_ENTER_THUNK);
    bool good = thunk->rhs ? eval(r, thunk->rhs->body, thunk->env, &a) : eval_runtime_thunk(r, thunk, &a);
    if (good) {
        thunk->state = THUNK_DONE;
        return lifted_answer(r, &a, &thunk->target);
    }
    if (r->stop == STOP_RAISED) {
        thunk->state = THUNK_RAISED;
        thunk->target = r->exception;
    }
    return false;
}

static bool force_single_entry(Run *r, const Node *thunk, Node **value)
{
    Answer a;
    seen(r, CONSTRUCT_ENTER_SINGLE_ENTRY);
    return eval(r, thunk->rhs->body, thunk->env, &a) && lifted_answer(r, &a, value);
}

bool run_force(Run *r, Node *node, Node **value)
{
    *value = node;
    if (node->kind != NODE_THUNK) return true;
    if (node->rhs && node->rhs->flag == RHS_SINGLE_ENTRY) return force_single_entry(r, node, value);
    switch (node->state) {
    case THUNK_BUSY:
        seen(r, CONSTRUCT_ENTER_BUSY);
        r->result->loops = true;
        return run_raise(r, run_named(r, "nonTermination"));
    case THUNK_RAISED: seen(r, CONSTRUCT_ENTER_RAISED); return run_raise(r, node->target);
    case THUNK_FRESH:
        if (!eval_thunk(r, node)) return false;
        break;
    case THUNK_DONE: seen(r, CONSTRUCT_ENTER_VALUE); break;
    }
    *value = node->target;
    return true;
}

/* ---- Calls */

/* A call that is to be made: the function's value, and all arguments, those of partial applications too. */
typedef struct Call {
    Node *function;
    uint32_t count;
    Cell args[MOST_ARGUMENTS];
} Call;

static bool call_begin(Run *r, Call *call, Node *head, uint32_t count, const Cell *args)
{
    Node *f;
    if (!run_force(r, head, &f)) return false;
    call->count = 0;
    if (f->kind == NODE_PARTIAL) {
        seen(r, CONSTRUCT_CALL_PARTIAL);
        memcpy(call->args, f->cells, f->count * sizeof(Cell));
        call->count = f->count;
        f = f->target;
    }
    if (f->kind != NODE_FUNCTION) return run_ill_typed(r, "no function is applied");
    if (call->count + count > MOST_ARGUMENTS) return run_ill_typed(r, "too many arguments");
    memcpy(call->args + call->count, args, count * sizeof(Cell));
    call->count += count;
    call->function = f;
    return true;
}

static bool call_environment(Run *r, const Call *call, const Env **env)
{
    const Rhs *rhs = call->function->rhs;
    *env = call->function->env;
    for (uint32_t i = 0; i < rhs->param_count; i++) {
        if (!binder_fits(rhs->params[i], &call->args[i])) return ill_typed_at(r, "an argument", rhs->span);
        *env = bind(r, *env, rhs->params[i], call->args[i]);
    }
    return true;
}

static Node *partial_application(Run *r, const Call *call)
{
    Node *n = run_node(r, NODE_PARTIAL, call->count);
    n->target = call->function;
    memcpy(n->cells, call->args, call->count * sizeof(Cell));
    return n;
}

/* Makes calls until the last, which is to be made in tail position: *body, *env. NULL: *a is the answer. */
static bool call_down_to_last(Run *r, Call *call, const Expr **body, const Env **env, Answer *a)
{
    for (;;) {
        uint32_t arity = call->function->rhs->param_count;
        *body = NULL;
        if (call->count < arity) {
            seen(r, CONSTRUCT_CALL_FEW);
            answer_node(a, partial_application(r, call));
            return true;
        }
        if (!call_environment(r, call, env)) return false;
        if (call->count == arity) {
            *body = call->function->rhs->body;
            return true;
        }
        seen(r, CONSTRUCT_CALL_MANY);
        Node *f;
        uint32_t left = call->count - arity;
        Cell rest[MOST_ARGUMENTS];
        memcpy(rest, call->args + arity, left * sizeof(Cell));
        if (!eval(r, call->function->rhs->body, *env, a) || !lifted_answer(r, a, &f) ||
            !call_begin(r, call, f, left, rest))
            return false;
    }
}

bool run_apply(Run *r, Node *function, uint32_t count, const Cell *args, Answer *a)
{
    Call call;
    const Expr *body;
    const Env *env;
    if (!call_begin(r, &call, function, count, args) || !call_down_to_last(r, &call, &body, &env, a))
        return false;
    return !body || eval(r, body, env, a);
}

static bool is_known(const Binder *b, uint32_t count)
{
    return b->rhs && b->rhs->flag == RHS_FUNCTION && b->rhs->param_count == count;
}

static void cover_call(Run *r, const Expr *e)
{
    seen(r, is_known(e->app.head.binder, e->app.arg_count) ? CONSTRUCT_CALL_EXACT : CONSTRUCT_CALL_UNKNOWN);
    if (e->app.arg_count >= 10) seen(r, CONSTRUCT_CALL_TEN);
    for (uint32_t i = 0; i < e->app.arg_count; i++)
        if (e->app.args[i].kind == ATOM_VOID) {
            seen(r, CONSTRUCT_CALL_VOID);
            return;
        }
}

/* ---- Jumps */

static bool jump(Run *r, const Expr *e, const Env **env, const Expr **body)
{
    Cell join = binder_cell(r, e->app.head.binder, *env);
    if (join.rep != REP_U || join.node->kind != NODE_JOIN) return run_ill_typed(r, "no let-no-escape");
    const Rhs *rhs = join.node->rhs;
    const Env *there = join.node->env;
    uint32_t solid = 0;
    for (uint32_t i = 0; i < rhs->param_count; i++) {
        Cell cell = atom_cell(r, &e->app.args[i], *env);
        if (!binder_fits(rhs->params[i], &cell)) return ill_typed_at(r, "an argument", e->span);
        solid += cell.rep != REP_V;
        there = bind(r, there, rhs->params[i], cell);
    }
    seen(r, solid ? CONSTRUCT_JUMP : CONSTRUCT_JUMP_VOID);
    *env = there;
    *body = rhs->body;
    return true;
}

/* ---- Let */

static void cover_let(Run *r, const Expr *e)
{
    static const Construct of_flag[] = {[RHS_FUNCTION] = CONSTRUCT_LET_FUNCTION,
                                        [RHS_UPDATABLE] = CONSTRUCT_LET_THUNK,
                                        [RHS_SINGLE_ENTRY] = CONSTRUCT_LET_SINGLE_ENTRY,
                                        [RHS_CON] = CONSTRUCT_LET_CON};
    bool joins = e->kind == EXPR_LET_NO_ESCAPE;
    if (joins) {
        seen(r, e->let.recursive ? CONSTRUCT_LET_NO_ESCAPE_RECURSIVE : CONSTRUCT_LET_NO_ESCAPE);
        return;
    }
    if (e->let.recursive) seen(r, CONSTRUCT_LET_RECURSIVE);
    for (uint32_t i = 0; i < e->let.bind_count; i++) seen(r, of_flag[e->let.rhss[i]->flag]);
}

static const Env *eval_let(Run *r, const Expr *e, const Env *env)
{
    Node **nodes = run_alloc(r, e->let.bind_count * sizeof *nodes);
    cover_let(r, e);
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        bool joins = e->kind == EXPR_LET_NO_ESCAPE;
        nodes[i] = closure_of(r, e->let.rhss[i]);
        if (joins) nodes[i]->kind = NODE_JOIN;
        env = bind(r, env, e->let.binders[i], cell_node(joins ? REP_U : REP_P, nodes[i]));
    }
    for (uint32_t i = 0; i < e->let.bind_count; i++) {
        nodes[i]->env = env;
        if (nodes[i]->kind == NODE_CON) fill_con(r, nodes[i], e->let.rhss[i]->args, env);
    }
    return env;
}

/* ---- Case */

static const Alt *alt_of_con(const Expr *e, const DataCon *con)
{
    const Alt *otherwise = NULL;
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        if (e->kase.alts[i].kind == PAT_CON && e->kase.alts[i].con == con) return &e->kase.alts[i];
        if (e->kase.alts[i].kind == PAT_DEFAULT) otherwise = &e->kase.alts[i];
    }
    return otherwise;
}

static bool literal_matches(const Literal *lit, Word word)
{
    double one, other;
    float first, second;
    switch (lit->kind) {
    case LIT_DOUBLE:
        memcpy(&one, &lit->bits, sizeof one);
        memcpy(&other, &word, sizeof other);
        return one == other;
    case LIT_FLOAT:
        memcpy(&first, &lit->bits, sizeof first);
        memcpy(&second, &word, sizeof second);
        return first == second;
    default: return lit->bits == word;
    }
}

static const Alt *alt_of_word(const Expr *e, Word word)
{
    const Alt *otherwise = NULL;
    for (uint32_t i = 0; i < e->kase.alt_count; i++) {
        if (e->kase.alts[i].kind == PAT_LIT && literal_matches(&e->kase.alts[i].lit, word))
            return &e->kase.alts[i];
        if (e->kase.alts[i].kind == PAT_DEFAULT) otherwise = &e->kase.alts[i];
    }
    return otherwise;
}

static const Alt *choose_con(Run *r, const Expr *e, const Answer *a, const Env **env)
{
    Node *value;
    if (!lifted_answer(r, a, &value)) return NULL;
    *env = bind(r, *env, e->kase.binder, a->cells[0]);
    if (e->kase.alt_kind == ALT_POLY) {
        seen(r, CONSTRUCT_CASE_EVALUATE);
        return &e->kase.alts[0];
    }
    seen(r, CONSTRUCT_CASE_ALG);
    if (value->kind != NODE_CON || value->con->type != e->kase.type) return NULL;
    const Alt *alt = alt_of_con(e, value->con);
    if (alt && alt->kind == PAT_DEFAULT) seen(r, CONSTRUCT_CASE_ALG_DEFAULT);
    for (uint32_t i = 0; alt && i < alt->binder_count; i++)
        *env = bind(r, *env, alt->binders[i], value->cells[i]);
    return alt;
}

static void cover_case_on_literals(Run *r, const Expr *e)
{
    static const Construct of_kind[] = {[LIT_INT] = CONSTRUCT_CASE_INT,
                                        [LIT_WORD] = CONSTRUCT_CASE_WORD,
                                        [LIT_CHAR] = CONSTRUCT_CASE_CHAR,
                                        [LIT_DOUBLE] = CONSTRUCT_CASE_DOUBLE,
                                        [LIT_FLOAT] = CONSTRUCT_CASE_FLOAT};
    const Alt *last = &e->kase.alts[e->kase.alt_count - 1];
    seen(r, last->kind == PAT_LIT ? of_kind[last->lit.kind] : CONSTRUCT_CASE_BIND);
}

static const Alt *choose_literal(Run *r, const Expr *e, const Answer *a, const Env **env)
{
    Cell cell = a->count ? a->cells[0] : cell_word(REP_V, 0);
    if (a->count > 1 || !binder_fits(e->kase.binder, &cell)) return NULL;
    *env = bind(r, *env, e->kase.binder, cell);
    cover_case_on_literals(r, e);
    return e->kase.alt_count == 1 && e->kase.alts[0].kind == PAT_DEFAULT ? &e->kase.alts[0]
                                                                         : alt_of_word(e, cell.word);
}

static const Alt *choose_tuple(Run *r, const Expr *e, const Answer *a, const Env **env)
{
    const Alt *alt = &e->kase.alts[0];
    uint32_t next = 0;
    for (uint32_t i = 0; i < alt->binder_count; i++) {
        const Binder *b = alt->binders[i];
        bool is_void = rep_is_void(b->reps);
        if (!is_void && (next == a->count || !binder_fits(b, &a->cells[next]))) return NULL;
        *env = bind(r, *env, b, is_void ? cell_word(REP_V, 0) : a->cells[next++]);
    }
    seen(r, next == 0   ? CONSTRUCT_CASE_MULTI_0
            : next == 1 ? CONSTRUCT_CASE_MULTI_1
            : next < 5  ? CONSTRUCT_CASE_MULTI_FEW
                        : CONSTRUCT_CASE_MULTI_MANY);
    return next == a->count ? alt : NULL;
}

static bool choose(Run *r, const Expr *e, const Answer *a, const Env **env, const Expr **body)
{
    const Alt *alt = e->kase.alt_kind == ALT_MULTI  ? choose_tuple(r, e, a, env)
                     : e->kase.alt_kind == ALT_PRIM ? choose_literal(r, e, a, env)
                                                    : choose_con(r, e, a, env);
    if (!alt) return ill_typed_at(r, "no alternative for what the scrutinee answers", e->span);
    *body = alt->body;
    return true;
}

/* ---- Primitives that evaluate or reach outside */

static bool eval_catch(Run *r, const Cell *args, Answer *a)
{
    Word masking = r->masking;
    Cell token = cell_word(REP_V, 0);
    seen(r, CONSTRUCT_CATCH);
    if (run_apply(r, args[0].node, 1, &token, a)) return true;
    if (r->stop != STOP_RAISED) return false;
    seen(r, CONSTRUCT_HANDLE);
    r->stop = STOP_NOT;
    r->masking = masking ? masking : 2;
    Cell handled[] = {cell_node(REP_P, r->exception), token};
    bool good = run_apply(r, args[1].node, 2, handled, a);
    r->masking = masking;
    return good;
}

static bool eval_masked(Run *r, Word masking, const Cell *action, Answer *a)
{
    Word before = r->masking;
    Cell token = cell_word(REP_V, 0);
    seen(r, CONSTRUCT_MASK);
    r->masking = masking;
    bool good = run_apply(r, action->node, 1, &token, a);
    r->masking = before;
    return good;
}

static bool eval_tag(Run *r, const Cell *arg, Answer *a)
{
    Node *value;
    if (!run_force(r, arg->node, &value)) return false;
    if (value->kind != NODE_CON) return run_ill_typed(r, "dataToTag# of no constructor");
    answer_cell(a, cell_word(REP_I, value->con->tag));
    return true;
}

static bool eval_enum(Run *r, const Expr *e, const Cell *arg, Answer *a)
{
    if (arg->word >= e->prim.type->con_count) return run_ill_typed(r, "tagToEnum# of no tag");
    Node *n = run_node(r, NODE_CON, 0);
    n->con = &e->prim.type->cons[arg->word];
    answer_node(a, n);
    return true;
}

static void put_char(Run *r, Word c)
{
    if (c < 0x80) {
        fputc((int)c, r->out);
    } else if (c < 0x800) {
        fprintf(r->out, "%c%c", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 63)));
    } else {
        fprintf(r->out, "%c%c%c", (int)(0xe0 | c >> 12), (int)(0x80 | (c >> 6 & 63)), (int)(0x80 | (c & 63)));
    }
}

static bool eval_effect(Run *r, const Expr *e, const Cell *args, Answer *a)
{
    Node *value;
    a->count = 0;
    switch (e->prim.op->id) {
    case PRIM_Catch: return eval_catch(r, args, a);
    case PRIM_Raise:
    case PRIM_RaiseIO: return run_raise(r, args[0].node);
    case PRIM_MaskAsyncExceptions: return eval_masked(r, 2, args, a);
    case PRIM_MaskUninterruptible: return eval_masked(r, 1, args, a);
    case PRIM_UnmaskAsyncExceptions: return eval_masked(r, 0, args, a);
    case PRIM_GetMaskingState: answer_cell(a, cell_word(REP_I, r->masking)); return true;
    case PRIM_Seq:
        if (!run_force(r, args[0].node, &value)) return false;
        answer_node(a, value);
        return true;
    case PRIM_DataToTag: return eval_tag(r, args, a);
    case PRIM_TagToEnum: return eval_enum(r, e, args, a);
    case PRIM_Spark: answer_cell(a, args[0]); return true;
    case PRIM_HPutChar: put_char(r, args[1].word); return true;
    case PRIM_HFlush:
    case PRIM_PerformGC:
    case PRIM_Touch:
    case PRIM_NoDuplicate: return true;
    case PRIM_ProgName: answer_cell(a, run_text(r, "random", 6)); return true;
    case PRIM_Exit: r->result->exit_code = (int)(args[0].word & 0xff); return stop(r, STOP_EXITED);
    default: break;
    }
    char why[100];
    snprintf(why, sizeof why, "the reference has no primitive %s", e->prim.op->name);
    return run_ill_typed(r, why);
}

/* Words from words, if it is such a one. */
static bool eval_number(Run *r, const Expr *e, const Cell *args, Answer *a, bool *is_number)
{
    const Primop *op = e->prim.op;
    Word words[8] = {0}, results[8];
    for (uint32_t i = 0; i < e->prim.arg_count && i < 8; i++) {
        *is_number = !rep_is_pointer(args[i].rep);
        if (!*is_number) return true;
        words[i] = args[i].word;
    }
    int count = reference_number(op->id, words, results);
    *is_number = count != -1;
    if (count == -1) return true;
    if (count == -2) return run_raise(r, run_named(r, "divZeroException"));
    a->count = (uint32_t)count;
    for (int i = 0; i < count; i++) a->cells[i] = cell_word(primop_rep(op->results, (uint32_t)i), results[i]);
    return true;
}

static bool eval_prim(Run *r, const Expr *e, const Env *env, Answer *a)
{
    Cell args[16];
    bool is_number;
    r->coverage->primitives[e->prim.op->id]++;
    for (uint32_t i = 0; i < e->prim.arg_count; i++) {
        args[i] = atom_cell(r, &e->prim.args[i], env);
        if (!fits(primop_rep(e->prim.op->args, i), args[i].rep)) return run_ill_typed(r, e->prim.op->name);
    }
    if (!eval_number(r, e, args, a, &is_number)) return false;
    if (is_number) return true;
    int done = reference_memory(r, e->prim.op, args, a);
    return done < 0 ? false : done > 0 ? true : eval_effect(r, e, args, a);
}

/* ---- Expressions */

static bool eval_con(Run *r, const Expr *e, const Env *env, Answer *a)
{
    if (e->con.con) {
        Node *n = run_node(r, NODE_CON, e->con.arg_count);
        n->con = e->con.con;
        fill_con(r, n, e->con.args, env);
        answer_node(a, n);
        seen(r, CONSTRUCT_RETURN_CON);
        return true;
    }
    a->count = 0;
    seen(r, CONSTRUCT_RETURN_TUPLE);
    for (uint32_t i = 0; i < e->con.arg_count; i++) {
        Cell cell = atom_cell(r, &e->con.args[i], env);
        if (cell.rep == REP_V) continue;
        if (a->count == MOST_ANSWERS) return run_ill_typed(r, "a tuple that is too large");
        a->cells[a->count++] = cell;
    }
    return true;
}

static bool eval_variable(Run *r, const Atom *head, const Env *env, Answer *a)
{
    Cell cell = atom_cell(r, head, env);
    if (r->stop) return false;
    Node *value;
    if (cell.rep != REP_P) {
        answer_cell(a, cell);
        return true;
    }
    if (!run_force(r, cell.node, &value)) return false;
    answer_node(a, value);
    return true;
}

/* *body is NULL: *a is the answer. Otherwise it is to be evaluated in *env, in tail position. */
static bool eval_app(Run *r, const Expr *e, const Env **env, const Expr **body, Answer *a)
{
    const Atom *head = &e->app.head;
    *body = NULL;
    if (head->kind == ATOM_VAR && head->binder->kind == BINDER_JOIN) return jump(r, e, env, body);
    if (!e->app.arg_count) return eval_variable(r, head, *env, a);
    Cell f = atom_cell(r, head, *env), args[MOST_ARGUMENTS];
    if (r->stop || f.rep != REP_P || e->app.arg_count > MOST_ARGUMENTS)
        return ill_typed_at(r, "no function is applied", e->span);
    for (uint32_t i = 0; i < e->app.arg_count; i++) args[i] = atom_cell(r, &e->app.args[i], *env);
    cover_call(r, e);
    Call call;
    return call_begin(r, &call, f.node, e->app.arg_count, args) && call_down_to_last(r, &call, body, env, a);
}

static bool eval_loop(Run *r, const Expr *e, const Env *env, Answer *a)
{
    while (e) {
        if (r->steps_left-- == 0) return stop(r, STOP_TOO_LONG);
        r->result->steps++;
        switch (e->kind) {
        case EXPR_LIT: answer_cell(a, literal_cell(r, &e->lit)); return true;
        case EXPR_CON: return eval_con(r, e, env, a);
        case EXPR_PRIM: return eval_prim(r, e, env, a);
        case EXPR_CCALL: return run_ill_typed(r, "a call of C");
        case EXPR_APP:
            if (!eval_app(r, e, &env, &e, a)) return false;
            break;
        case EXPR_CASE:
            if (!eval(r, e->kase.scrutinee, env, a) || !choose(r, e, a, &env, &e)) return false;
            break;
        case EXPR_LET:
        case EXPR_LET_NO_ESCAPE:
            env = eval_let(r, e, env);
            e = e->let.body;
            break;
        }
    }
    return true;
}

static bool eval(Run *r, const Expr *e, const Env *env, Answer *a)
{
    if (r->depth == MOST_DEPTH) return stop(r, STOP_TOO_LONG);
    r->depth++;
    bool good = eval_loop(r, e, env, a) && !r->stop;
    r->depth--;
    return good;
}

/* ---- The run */

Reference reference_run(const Program *p, uint64_t most_steps, Coverage *coverage)
{
    Reference result = {0};
    size_t room = (size_t)p->top_count * 2 + 64;
    Run r = {.program = p,
             .coverage = coverage,
             .result = &result,
             .steps_left = most_steps,
             .out = open_memstream(&result.out, &result.length),
             .tops = calloc(room, sizeof(Node *)),
             .top_keys = calloc(room, sizeof(Binder *)),
             .top_room = room};
    Answer a;
    Cell args[2];
    const Binder *main = program_find(p, "main");
    if (!r.out || !r.tops || !r.top_keys || !main) abort();
    args[0] = cell_node(REP_P, top_node(&r, main));
    args[1] = cell_word(REP_V, 0);
    run_apply(&r, run_named(&r, "topHandler"), 2, args, &a);
    static const ReferenceEnd ends[] = {[STOP_NOT] = REFERENCE_ENDED,
                                        [STOP_EXITED] = REFERENCE_ENDED,
                                        [STOP_RAISED] = REFERENCE_UNCAUGHT,
                                        [STOP_TOO_LONG] = REFERENCE_TOO_LONG,
                                        [STOP_ILL_TYPED] = REFERENCE_ILL_TYPED};
    result.end = ends[r.stop];
    fclose(r.out);
    free_pools(&r);
    free(r.texts);
    free(r.tops);
    free(r.top_keys);
    return result;
}
