/* Info tables of compiled code: layouts, names and spans of constructors, closures and return points. */
#include <stdio.h>
#include <string.h>

#include "eval/compile_private.h"

static const struct {
    bool pointer;
    const char *spelling;
} rep_rows[REP_COUNT] = {
#define REP(name, spelling, is_pointer, bytes) [REP_##name] = {is_pointer, spelling},
#include "eval/reps.def"
#undef REP
};

char rep_letter(Rep r) { return rep_rows[r].spelling[0]; }
bool rep_is_pointer(Rep r) { return rep_rows[r].pointer; }
bool binder_is_void(const Binder *b) { return rep_is_void(b->reps); }
Rep binder_rep(const Binder *b) { return b->reps.count ? b->reps.each[0] : REP_V; }

bool atom_is_void(const Atom *a)
{
    return a->kind == ATOM_VOID || (a->kind == ATOM_VAR && binder_is_void(a->binder));
}

char atom_letter(const Atom *a)
{
    static const char literals[] = {
        [LIT_INT] = 'I',   [LIT_WORD] = 'W',   [LIT_CHAR] = 'C', [LIT_DOUBLE] = 'D',
        [LIT_FLOAT] = 'F', [LIT_STRING] = 'A', [LIT_NULL] = 'A', [LIT_LABEL] = 'A'};
    if (a->kind == ATOM_LIT) return literals[a->lit.kind];
    return a->kind == ATOM_VAR ? rep_letter(binder_rep(a->binder)) : 'V';
}

static void info_set_place(Compiler *c, InfoTable *info, Span text, Span source)
{
    info->span = site_span(c, text);
    info->source = site_span(c, source);
}

uint32_t rhs_free_in_order(const Rhs *rhs, Binder **out)
{
    uint32_t n = 0;
    for (int pointers = 1; pointers >= 0; pointers--)
        for (uint32_t i = 0; i < rhs->free_count; i++) {
            Binder *b = rhs->free[i];
            bool is_held = b->kind != BINDER_TOP && b != rhs->self && !binder_is_void(b);
            if (is_held && rep_is_pointer(binder_rep(b)) == pointers) out[n++] = b;
        }
    return n;
}

uint32_t rhs_arg_words(const Rhs *rhs)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < rhs->param_count; i++) n += !binder_is_void(rhs->params[i]);
    return n;
}

/* Bitmap of `count` words, word i a pointer if is_pointer[i]. */
static Bitmap bitmap_make(Compiler *c, uint32_t count, const bool *is_pointer)
{
    Bitmap b = {NULL, 0};
    uint64_t *words = &b.inline_bits;
    if (count > 64) b.large = words = info_registry_alloc(c->infos, (count + 63) / 64 * sizeof *words);
    for (uint32_t i = 0; i < count; i++)
        if (is_pointer[i]) words[i / 64] |= (uint64_t)1 << (i % 64);
    return b;
}

/* Letters and names of the words that the binders stand in: info->reps, info->fields. */
static void info_set_words(Compiler *c, InfoTable *info, uint32_t count, const Binder *const *binders)
{
    size_t length = 1;
    for (uint32_t i = 0; i < count; i++) length += binders[i] ? strlen(binders[i]->name) + 1 : 2;
    char *reps = info_registry_alloc(c->infos, count + 1), *names = info_registry_alloc(c->infos, length),
         *at = names;
    for (uint32_t i = 0; i < count; i++) {
        reps[i] = binders[i] ? rep_letter(binder_rep(binders[i])) : '-';
        if (i) *at++ = ' ';
        at = stpcpy(at, binders[i] ? binders[i]->name : "_");
    }
    info->reps = reps;
    info->fields = names;
}

static void info_set_payload(Compiler *c, InfoTable *info, const Rhs *rhs)
{
    Binder **free = compile_scratch(c, (rhs->free_count + 1) * sizeof *free);
    uint32_t n = rhs_free_in_order(rhs, free);
    for (uint32_t i = 0; i < n; i++) rep_is_pointer(binder_rep(free[i])) ? info->ptrs++ : info->nptrs++;
    info_set_words(c, info, n, (const Binder *const *)free);
}

static void info_set_arguments(Compiler *c, InfoTable *info, const Rhs *rhs)
{
    bool *pointer = compile_scratch(c, rhs->param_count + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < rhs->param_count; i++)
        if (!binder_is_void(rhs->params[i])) pointer[n++] = rep_is_pointer(binder_rep(rhs->params[i]));
    if (n > APPLY_MAX_ARGS)
        compile_fail(c, "a function takes %u arguments; %u are possible", n, APPLY_MAX_ARGS);
    info->con_tag = rhs->param_count;
    info->arg_words = n;
    info->bitmap = bitmap_make(c, n, pointer);
    info->tag = rhs->param_count <= TAG_MASK ? (uint8_t)rhs->param_count : 0;
}

/* The least that an object has is one word besides its header (invariant 18). */
static void info_pad(InfoTable *info)
{
    if (info->ptrs + info->nptrs > 0) return;
    info->nptrs = 1;
    info->reps = "-";
    info->fields = "_";
}

/* A thunk that does nothing but read one field of its only free variable: \u [] case x of { Con a b -> a },
 * where Con is the type's only constructor: the collector does it without a look at the tag. Returns the
 * field, or -1. */
static int selector_field(const Rhs *rhs)
{
    const Expr *e = rhs->body;
    if (e->kind != EXPR_CASE || e->kase.alt_count != 1 || e->kase.alts[0].kind != PAT_CON ||
        e->kase.binder->used)
        return -1;
    const Expr *scrutinee = e->kase.scrutinee, *body = e->kase.alts[0].body;
    if (e->kase.alts[0].con->type->con_count != 1) return -1;
    if (scrutinee->kind != EXPR_APP || scrutinee->app.arg_count || scrutinee->app.head.kind != ATOM_VAR)
        return -1;
    if (scrutinee->app.head.binder->kind == BINDER_TOP || body->kind != EXPR_APP || body->app.arg_count)
        return -1;
    for (uint32_t i = 0; i < e->kase.alts[0].binder_count; i++) {
        const Binder *field = e->kase.alts[0].binders[i];
        if (body->app.head.binder == field) return binder_rep(field) == REP_P ? (int)i : -1;
    }
    return -1;
}

static Kind thunk_kind(Compiler *c, const Rhs *rhs, InfoTable *probe)
{
    int field = selector_field(rhs);
    if (field < 0 || rhs->free_count != 1 || rhs->self) return KIND_THUNK;
    probe->con_tag = con_code(c, rhs->body->kase.alts[0].con)->word_of[field];
    return KIND_THUNK_SELECTOR;
}

InfoTable *info_for_rhs(Compiler *c, const Binder *b, bool is_static)
{
    const Rhs *rhs = b->rhs;
    InfoTable probe = {0};
    Kind kind = rhs->flag == RHS_FUNCTION ? KIND_FUN
                : is_static               ? KIND_THUNK_STATIC
                                          : thunk_kind(c, rhs, &probe);
    InfoTable *info = info_new(c->infos, kind);
    info->con_tag = probe.con_tag;
    info->name = info_registry_string(c->infos, b->name);
    info->flags = rhs->flag == RHS_SINGLE_ENTRY ? INFO_SINGLE_ENTRY : 0;
    info_set_place(c, info, rhs->span, rhs->body->source);
    if (!is_static) info_set_payload(c, info, rhs);
    if (kind == KIND_FUN) {
        info_set_arguments(c, info, rhs);
        info_pad(info);
    }
    const KindRow *row = &kinds[kind];
    info->words = row->layout == LAYOUT_FIXED ? row->words : row->first + info->ptrs + info->nptrs;
    if (!info->reps) info->reps = "";
    return info;
}

/* ---- Constructors */

static void con_set_fields(Compiler *c, const DataCon *con, ConCode *code)
{
    InfoTable *info = code->info;
    char *reps = info_registry_alloc(c->infos, con->field_count + 1);
    size_t length = 1;
    for (uint32_t i = 0; con->field_names && i < con->field_count; i++)
        length += (con->field_names[i] ? strlen(con->field_names[i]) : 1) + 1;
    char *names = con->field_names ? info_registry_alloc(c->infos, length) : NULL, *at = names;
    for (int pointers = 1; pointers >= 0; pointers--)
        for (uint32_t i = 0; i < con->field_count; i++) {
            if (con->fields[i] == REP_V || rep_is_pointer(con->fields[i]) != pointers) continue;
            const char *name = names && con->field_names[i] ? con->field_names[i] : "_";
            if (names && code->words) *at++ = ' ';
            if (names) at = stpcpy(at, name);
            reps[code->words] = rep_letter(con->fields[i]);
            code->word_of[i] = (uint16_t)code->words++;
            pointers ? info->ptrs++ : info->nptrs++;
        }
    info->reps = reps;
    info->fields = names;
}

/* A static closure of the one word that it has, or is padded with. */
static Ref con_make_static(Compiler *c, const InfoTable *info, Word word)
{
    Word *w = heap_alloc_static(c->module->heap, info->words);
    if (!w) compile_fail(c, "out of memory for static closures");
    w[0] = (Word)info;
    w[1] = word;
    return ref_of((Closure *)w);
}

static bool con_has_small(const DataCon *con)
{
    if (con->field_count != 1) return false;
    bool is_int = con->fields[0] == REP_I, is_char = con->fields[0] == REP_C || con->fields[0] == REP_W;
    return (is_int && !strcmp(con->name, "GHC.Types.I#")) || (is_char && !strcmp(con->name, "GHC.Types.C#"));
}

Ref con_shared(Compiler *c, const ConCode *code, const Atom *args)
{
    if (!code->words) return code->nullary;
    if (!code->small || args[0].kind != ATOM_LIT) return 0;
    Word bits = args[0].lit.bits, at = bits - (Word)LEAST_SMALL;
    if (at >= SMALL_COUNT) return 0;
    if (!code->small[at]) code->small[at] = con_make_static(c, code->info, bits);
    return code->small[at];
}

ConCode *con_code(Compiler *c, DataCon *con)
{
    if (con->compiled) return con->compiled;
    ConCode *code = info_registry_alloc(c->infos, sizeof *code + con->field_count * sizeof code->word_of[0]);
    memset(code->word_of, 0xff, con->field_count * sizeof code->word_of[0]);
    InfoTable *info = code->info = info_new(c->infos, KIND_CON);
    bool big = con->type->con_count >= TAG_MASK;
    info->con_tag = con->tag;
    info->tag = (uint8_t)(con->tag + 1 < TAG_MASK ? con->tag + 1 : TAG_MASK);
    info->flags = big ? INFO_BIG_FAMILY : 0;
    info->name = info_registry_string(c->infos, con->name);
    info->type = info_registry_string(c->infos, con->type->name);
    info->span = site_span(c, con->span);
    con_set_fields(c, con, code);
    info_pad(info);
    info->words = 1 + info->ptrs + info->nptrs;
    info->entry = code_enter_value;
    if (!code->words) code->nullary = con_make_static(c, info, 0);
    if (con_has_small(con)) code->small = info_registry_alloc(c->infos, SMALL_COUNT * sizeof *code->small);
    con->compiled = code;
    return code;
}

/* ---- Return points */

static char *alternatives_text(Compiler *c, const Expr *e)
{
    char text[256];
    size_t at = 0;
    text[0] = 0;
    for (uint32_t i = 0; e && i < e->kase.alt_count && at < sizeof text - 1; i++) {
        const Alt *alt = &e->kase.alts[i];
        const char *sep = i ? " | " : "";
        if (alt->kind == PAT_CON)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", sep, alt->con->name);
        else if (alt->kind == PAT_LIT)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%lld", sep, (long long)alt->lit.bits);
        else if (alt->kind == PAT_TUPLE)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s(# #)", sep);
        else
            at += (size_t)snprintf(text + at, sizeof text - at, "%s_", sep);
    }
    return info_registry_string(c->infos, text);
}

/* What a case waits for: itself, or the components of an unboxed tuple, that is not void. */
static uint32_t awaited(const Expr *kase, Rep reps[APPLY_MAX_ARGS])
{
    const Alt *alt = &kase->kase.alts[0];
    bool is_multi = kase->kase.alt_kind == ALT_MULTI;
    Binder *const *binders = is_multi ? alt->binders : &kase->kase.binder;
    uint32_t count = is_multi ? alt->binder_count : 1, solid = 0;
    for (uint32_t i = 0; i < count && solid < APPLY_MAX_ARGS; i++)
        if (!binder_is_void(binders[i])) reps[solid++] = binder_rep(binders[i]);
    return solid;
}

/* The letter of the value; 0: none, or several. */
static char awaited_letter(const Expr *kase)
{
    Rep reps[APPLY_MAX_ARGS];
    if (!kase) return 'P';
    return awaited(kase, reps) == 1 ? rep_letter(reps[0]) : 0;
}

static Word awaited_shape(const Expr *kase)
{
    Rep reps[APPLY_MAX_ARGS];
    if (!kase) return ANSWER_OBJECT;
    uint64_t pointers = 0;
    uint32_t count = awaited(kase, reps);
    for (uint32_t i = 0; i < count; i++) pointers |= (uint64_t)rep_is_pointer(reps[i]) << i;
    return answer_shape(count, pointers);
}

InfoTable *info_for_return(Compiler *c, uint32_t words, Binder *const *binders, const Expr *kase)
{
    InfoTable *info = info_new(c->infos, KIND_CASE_FRAME);
    bool *pointer = compile_scratch(c, words + 1);
    for (uint32_t i = 0; i < words; i++) pointer[i] = binders[i] && rep_is_pointer(binder_rep(binders[i]));
    info->ptrs = words;
    info->con_tag = (uint32_t)awaited_letter(kase);
    info->awaits = awaited_shape(kase);
    info->bitmap = bitmap_make(c, words, pointer);
    info->name = c->unit.name;
    info_set_words(c, info, words, (const Binder *const *)binders);
    if (kase) {
        info_set_place(c, info, kase->span, kase->source);
        info->about = alternatives_text(c, kase);
    }
    return info;
}

/* ---- Sites */

static int describe_atoms(char *out, size_t size, uint32_t count, const Atom *atoms)
{
    size_t at = 0;
    for (uint32_t i = 0; i < count && at < size; i++) {
        const Atom *a = &atoms[i];
        if (a->kind == ATOM_LIT && atom_letter(a) == 'A')
            at += (size_t)snprintf(out + at, size - at, " \"…\"");
        else if (a->kind == ATOM_LIT) {
            out[at++] = ' ';
            int n = at < size ? word_print(a->lit.bits, atom_letter(a), out + at, size - at) : 0;
            at += (size_t)n;
        } else
            at += (size_t)snprintf(out + at, size - at, " %s", a->name);
    }
    return (int)(at < size ? at : size - 1);
}

static int describe_binders(char *out, size_t size, uint32_t count, Binder *const *binders)
{
    size_t at = 0;
    for (uint32_t i = 0; i < count && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, " %s", binders[i]->name);
    return (int)(at < size ? at : size - 1);
}

void expr_describe(const Expr *e, char *out, size_t size)
{
    int n;
    out[0] = 0;
    switch (e->kind) {
    case EXPR_LIT: word_print(e->lit.bits, 'I', out, size); break;
    case EXPR_APP:
        n = snprintf(out, size, "%s", e->app.head.name);
        if ((size_t)n < size) describe_atoms(out + n, size - (size_t)n, e->app.arg_count, e->app.args);
        break;
    case EXPR_CON:
        n = snprintf(out, size, "%s", e->con.name);
        if ((size_t)n < size) describe_atoms(out + n, size - (size_t)n, e->con.arg_count, e->con.args);
        break;
    case EXPR_PRIM:
        n = snprintf(out, size, "%s", e->prim.name);
        if ((size_t)n < size) describe_atoms(out + n, size - (size_t)n, e->prim.arg_count, e->prim.args);
        break;
    case EXPR_CCALL: snprintf(out, size, "%%ccall %s", e->ccall.target); break;
    case EXPR_CASE:
        n = snprintf(out, size, "case ");
        expr_describe(e->kase.scrutinee, out + n, size - (size_t)n);
        break;
    case EXPR_LET:
    case EXPR_LET_NO_ESCAPE:
        n = snprintf(out, size, e->kind == EXPR_LET ? "let" : "let-no-escape");
        describe_binders(out + n, size - (size_t)n, e->let.bind_count, e->let.binders);
        break;
    }
}

SourceSpan site_span(Compiler *c, Span s)
{
    if (!s.line) return (SourceSpan){0};
    return (SourceSpan){c->module->paths[s.file], s.line, s.column, s.end_line, s.end_column};
}

CodeSite *site_new(Compiler *c, const Expr *e)
{
    Unit *u = &c->unit;
    LocalSet live = live_in(c, e);
    uint32_t count = 0;
    const Binder **binders = compile_scratch(c, u->total * sizeof *binders);
    CodeSite *site = info_registry_alloc(c->infos, sizeof *site + u->total * sizeof site->slots[0]);
    for (uint32_t i = set_next(c, live, 1); i; i = set_next(c, live, i + 1)) {
        binders[count] = u->locals_by_number[i];
        site->slots[count++] = (int16_t)slot_of(c, u->locals_by_number[i]);
    }
    char text[120];
    InfoTable words = {0};
    expr_describe(e, text, sizeof text);
    info_set_words(c, &words, count, binders);
    site->count = count;
    site->site = (StepSite){.id = c->module->site_count++,
                            .span = site_span(c, e->span),
                            .source = site_span(c, e->source),
                            .text = info_registry_string(c->infos, text),
                            .reps = words.reps,
                            .names = words.fields};
    return site;
}
