/* A program: files, modules, types and top-level binders; and the small facts about representations and
 * names that every pass needs. */
#include "eval/front_private.h"
#include "eval/link.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

Program *program_new(void)
{
    Arena *arena = eval_arena_new();
    Program *p = ARENA_NEW(arena, Program);
    p->arena = arena;
    p->tables = ARENA_NEW(arena, struct ProgramTables);
    p->diagnoses = eval_arena_alloc(arena, DIAGNOSES_MAX * sizeof(Diagnosis));
    names_init(&p->tables->names, arena);
    p->unit = name_intern(&p->tables->names, "main", 4);
    p->module = name_intern(&p->tables->names, "Main", 4);
    return p;
}

void program_free(Program *p)
{
    if (!p) return;
    free(p->files);
    free(p->tops);
    free(p->types);
    free(p->tables->modules);
    names_destroy(&p->tables->names);
    eval_arena_free(p->arena);
}

/* ---- Files */

uint32_t program_add_file(Program *p, const char *path, const char *text, size_t length)
{
    p->files = array_grow(p->files, p->file_count, sizeof *p->files);
    p->files[p->file_count] =
        (SourceFile){.path = eval_arena_copy(p->arena, path, strlen(path)), .text = text, .length = length};
    return p->file_count++;
}

/* What says how much it has, in one piece; a pipe, or a file of /proc, piece by piece. */
static char *read_all(Arena *a, FILE *f, size_t *length)
{
    struct stat status;
    if (fstat(fileno(f), &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        char *text = eval_arena_alloc(a, (size_t)status.st_size + 1);
        *length = fread(text, 1, (size_t)status.st_size, f);
        return text;
    }
    Scratch s = {0};
    char piece[16384];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) scratch_push(&s, piece, n);
    *length = s.used;
    char *text = eval_arena_copy(a, s.bytes, s.used);
    scratch_free(&s);
    return text;
}

char *file_read(Arena *a, const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    char *text = read_all(a, f, length);
    if (ferror(f)) text = NULL;
    int error = errno;
    fclose(f);
    errno = error;
    return text;
}

/* The text of a source that a note names, if it is an ordinary file: a note must not make us wait on a pipe.
 */
static char *read_source(Arena *a, const char *path, size_t *length)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) ? file_read(a, path, length) : NULL;
}

/* The same, looked for beside the file that names it. */
static char *read_source_beside(Arena *a, const char *from, const char *path, size_t *length)
{
    const char *slash = strrchr(from, '/');
    if (!slash || path[0] == '/') return NULL;
    Scratch s = {0};
    scratch_push(&s, from, (size_t)(slash - from) + 1);
    scratch_push(&s, path, strlen(path) + 1);
    char *text = read_source(a, s.bytes, length);
    scratch_free(&s);
    return text;
}

uint32_t program_mention_file(Program *p, uint32_t from, const char *path)
{
    for (uint32_t i = 0; i < p->file_count; i++)
        if (strcmp(p->files[i].path, path) == 0) return i;
    size_t length = 0;
    char *text = read_source_beside(p->arena, p->files[from].path, path, &length);
    if (!text) text = read_source(p->arena, path, &length);
    return program_add_file(p, path, text, length);
}

/* ---- Modules, tops, types */

void program_begin_module(Program *p, Name unit, Name name, Span place)
{
    struct ProgramTables *t = p->tables;
    p->unit = unit;
    p->module = name;
    Module m = {unit, name, place, p->top_count, p->type_count};
    Module *last = t->module_count ? &t->modules[t->module_count - 1] : NULL;
    bool last_is_empty = last && last->first_top == p->top_count && last->first_type == p->type_count;
    if (!last_is_empty) {
        t->modules = array_grow(t->modules, t->module_count, sizeof m);
        last = &t->modules[t->module_count++];
    }
    *last = m;
}

const Module *program_module(const Program *p, Name unit, Name name)
{
    for (uint32_t i = 0; i < p->tables->module_count; i++) {
        const Module *m = &p->tables->modules[i];
        bool is_empty = m->first_top == module_tops_end(p, i) && m->first_type == module_types_end(p, i);
        if (m->unit == unit && m->name == name && !is_empty) return m;
    }
    return NULL;
}

uint32_t module_tops_end(const Program *p, uint32_t module)
{
    const struct ProgramTables *t = p->tables;
    return module + 1 < t->module_count ? t->modules[module + 1].first_top : p->top_count;
}

uint32_t module_types_end(const Program *p, uint32_t module)
{
    const struct ProgramTables *t = p->tables;
    return module + 1 < t->module_count ? t->modules[module + 1].first_type : p->type_count;
}

static void declare(Program *p, Space space, Name name, void *thing, Span span, Span *(*span_of)(void *))
{
    void *earlier = name_declare(&p->tables->names, space, (Home){p->unit, p->module}, name, thing);
    if (!earlier) return;
    Span *first = span_of(earlier);
    diagnose(p, span, "`%s` is defined twice; the first time at %s:%u:%u", name, p->files[first->file].path,
             first->line, first->column);
}

static Span *binder_span(void *b) { return &((Binder *)b)->span; }
static Span *con_span(void *c) { return &((DataCon *)c)->span; }
static Span *type_span(void *t) { return &((DataType *)t)->span; }

void program_add_top(Program *p, Binder *b)
{
    p->tops = array_grow(p->tops, p->top_count, sizeof b);
    p->tops[p->top_count++] = b;
    declare(p, SPACE_VALUE, b->name, b, b->span, binder_span);
}

void program_add_type(Program *p, DataType *t)
{
    p->types = array_grow(p->types, p->type_count, sizeof t);
    p->types[p->type_count++] = t;
    declare(p, SPACE_TYPE, t->name, t, t->span, type_span);
    for (uint32_t i = 0; i < t->con_count; i++)
        declare(p, SPACE_CON, t->cons[i].name, &t->cons[i], t->cons[i].span, con_span);
}

static Name interned(const Program *p, const char *name)
{
    return name_intern(&p->tables->names, name, strlen(name));
}

bool program_is_linked(const Program *p)
{
    return p->tables->module_count && p->tables->modules[0].unit == interned(p, RUNTIME_UNIT);
}

Binder *program_find(const Program *p, const char *name)
{
    bool ambiguous, asks_for_main = strcmp(name, "main") == 0 || strcmp(name, "Main.main") == 0;
    if (asks_for_main && program_is_linked(p)) return program_find_for_runtime(p, "main");
    const Names *names = &p->tables->names;
    Home home = {p->unit, p->module};
    Binder *b = name_resolve(names, SPACE_VALUE, home, name, &ambiguous);
    return b || !asks_for_main ? b : name_resolve(names, SPACE_VALUE, home, ":Main.main", &ambiguous);
}

Binder *program_find_for_runtime(const Program *p, const char *name)
{
    bool ambiguous;
    Home runtime = {interned(p, RUNTIME_UNIT), "runtime"}, library = {interned(p, "base"), ""};
    Home home = program_is_linked(p) ? runtime : library;
    return name_resolve(&p->tables->names, SPACE_VALUE, home, name, &ambiguous);
}

/* ---- Representations and the names that carry a meaning */

static const struct {
    const char *spelling;
} rep_rows[REP_COUNT] = {
#define REP(name, spelling, is_pointer, bytes) {spelling},
#include "eval/reps.def"
#undef REP
};

const char *rep_spelling(Rep rep) { return rep_rows[rep].spelling; }

Reps reps_one(Rep rep)
{
    static const Rep each[REP_COUNT] = {
#define REP(name, spelling, is_pointer, bytes) REP_##name,
#include "eval/reps.def"
#undef REP
    };
    return (Reps){1, &each[rep]};
}

/* The representation whose spelling is just these bytes, or REP_COUNT. */
static Rep rep_find(const char *text, size_t length)
{
    for (int r = 0; r < REP_COUNT; r++) {
        const char *s = rep_rows[r].spelling;
        if (strlen(s) == length && memcmp(s, text, length) == 0) return (Rep)r;
    }
    return REP_COUNT;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Reads one representation, a letter and its digits, at *at; REP_COUNT if there is none. */
static Rep rep_next(const char *text, size_t length, size_t *at)
{
    size_t start = (*at)++;
    while (*at < length && is_digit(text[*at])) ++*at;
    return rep_find(text + start, *at - start);
}

static bool all_reps(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length)
        if (rep_next(text, length, &at) == REP_COUNT) return false;
    return length > 0;
}

bool reps_parse(Arena *a, const char *text, size_t length, Reps *reps)
{
    if (!all_reps(text, length)) return false;
    Rep *each = eval_arena_alloc(a, length * sizeof(Rep));
    uint32_t count = 0;
    for (size_t at = 0; at < length;) each[count++] = rep_next(text, length, &at);
    *reps = (Reps){count, each};
    return true;
}

const char *reps_colon(const char *text, size_t length)
{
    for (size_t i = length; i-- > 1;)
        if (text[i] == ':') return all_reps(text + i + 1, length - i - 1) ? text + i : NULL;
    return NULL;
}

static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

static bool is_letter(char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); }

/* "s:v": representations are capitals. */
static bool ends_in_small_rep(const char *text, size_t length)
{
    if (length < 3 || text[length - 2] != ':' || !(is_letter(text[length - 3]) || is_digit(text[length - 3])))
        return false;
    char last = text[length - 1], capital = (char)(last - 'a' + 'A');
    return is_letter(last) && all_reps(&capital, 1);
}

const char *reps_mistaken(const char *text, size_t length)
{
    if (ends_in_small_rep(text, length)) return text + length - 1;
    size_t at = length;
    while (at > 0 && (is_capital(text[at - 1]) || is_digit(text[at - 1]))) at--;
    bool is_told =
        at > 1 && at < length && text[at - 1] == ':' && text[at - 2] != ':' && is_capital(text[at]);
    return is_told && !all_reps(text + at, length - at) ? text + at : NULL;
}

Rep literal_rep(const Literal *lit)
{
    switch (lit->kind) {
    case LIT_INT: return REP_I;
    case LIT_WORD: return REP_W;
    case LIT_CHAR: return REP_C;
    case LIT_DOUBLE: return REP_D;
    case LIT_FLOAT: return REP_F;
    case LIT_STRING:
    case LIT_NULL:
    case LIT_LABEL: return REP_A;
    }
    panic("literal kind %d", (int)lit->kind);
}

static const char *after_prim_module(const char *name)
{
    return strncmp(name, "GHC.Prim.", 9) == 0 ? name + 9 : name;
}

int tuple_arity(const char *name)
{
    name = after_prim_module(name);
    if (strcmp(name, "(##)") == 0) return 0;
    if (strcmp(name, "(# #)") == 0 || strcmp(name, "(#_#)") == 0 || strcmp(name, "Solo#") == 0) return 1;
    if (strncmp(name, "(#,", 3) != 0) return -1;
    size_t commas = strspn(name + 2, ",");
    return strcmp(name + 2 + commas, "#)") == 0 ? (int)commas + 1 : -1;
}

bool is_void_value(const char *name)
{
    static const char *const values[] = {"void#", "realWorld#", "coercionToken#", "proxy#", "(##)"};
    name = after_prim_module(name);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(name, values[i]) == 0) return true;
    return false;
}
