/* Names and words for people: of objects, words, frames, fields.
 *
 * A name is shown without its modules ("GHC.Types.:" is ":"), except where a whole line has room for it. */
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/model_private.h"

static void add_label(Text *t, const Model *m, const PlayObject *o);
static uint32_t field_count(const Model *m, const PlayObject *o);

/* ---- Info tables */

/* The length of a module part with its dot at the start of the name, 0 if there is none. "." alone is a name.
 */
static size_t module_part(const char *name)
{
    size_t k = 0;
    if (!isupper((unsigned char)name[0])) return 0;
    while (isalnum((unsigned char)name[k]) || name[k] == '_' || name[k] == '\'') k++;
    return name[k] == '.' && name[k + 1] ? k + 1 : 0;
}

const char *short_name(const char *name)
{
    size_t part;
    while ((part = module_part(name)) > 0) name += part;
    return name;
}

const char *info_short(const Model *m, uint32_t info)
{
    const Event_info *i = trace_info(m->trace, info);
    return i ? short_name(i->name) : "?";
}

/* A name that GHC has made up for what has none: "sat", "sat_5", "lvl12", "ds_1". */
static bool is_made_up(const char *name)
{
    static const char *const stems[] = {"sat", "lvl", "ds"};
    for (size_t k = 0; k < sizeof stems / sizeof *stems; k++) {
        size_t length = strlen(stems[k]);
        if (strncmp(name, stems[k], length) == 0 && !name[length + strspn(name + length, "_0123456789")])
            return true;
    }
    return false;
}

void add_place_of_nameless(Text *t, const Model *m, const Event_info *i)
{
    if (!i || !is_made_up(short_name(i->name)) || !model_info_place(i).is_haskell) return;
    text_put(t, " (");
    add_brief_place(t, m, model_info_place(i));
    text_put(t, ")");
}

static void add_info_name(Text *t, const Model *m, uint32_t info)
{
    text_put(t, info_short(m, info));
    add_place_of_nameless(t, m, trace_info(m->trace, info));
}

Kind kind_of_info(const Event_info *info) { return info ? kind_find(info->kind) : KIND_COUNT; }

/* ---- Words */

static void add_double(Text *t, double d)
{
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, d);
        if (strtod(digits, NULL) == d) break;
    }
    bool whole = isfinite(d) && !strpbrk(digits, ".e");
    text_add(t, "%s%s", digits, whole ? ".0" : "");
}

static void add_utf8(Text *t, uint32_t c)
{
    if (c < 0x80)
        text_add(t, "%c", (char)c);
    else if (c < 0x800)
        text_add(t, "%c%c", (char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F)));
    else if (c < 0x10000)
        text_add(t, "%c%c%c", (char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)),
                 (char)(0x80 | (c & 0x3F)));
    else
        text_add(t, "%c%c%c%c", (char)(0xF0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3F)),
                 (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F)));
}

static void add_char(Text *t, int64_t code)
{
    bool surrogate = code >= 0xD800 && code < 0xE000;
    text_put(t, "'");
    if (code == '\n')
        text_put(t, "\\n");
    else if (code < ' ' || code == 127 || code > 0x10FFFF || surrogate)
        text_add(t, "\\%" PRId64, code);
    else
        add_utf8(t, (uint32_t)code);
    text_put(t, "'");
}

static void add_raw(Text *t, int64_t value, char rep)
{
    double d;
    float f;
    switch (rep) {
    case 'W': text_add(t, "%" PRIu64, (uint64_t)value); break;
    case 'A': text_add(t, "0x%" PRIx64, (uint64_t)value); break;
    case 'C': add_char(t, value); break;
    case 'D':
        memcpy(&d, &value, sizeof d);
        add_double(t, d);
        break;
    case 'F':
        memcpy(&f, &value, sizeof f);
        text_add(t, "%.9g", (double)f);
        break;
    default: text_add(t, "%" PRId64, value);
    }
}

static void add_word(Text *t, TraceWord w, char rep)
{
    switch (w.kind) {
    case WORD_NOTHING: text_put(t, "–"); break;
    case WORD_ID: text_id(t, w.value); break;
    case WORD_RAW: add_raw(t, w.value, rep); break;
    }
}

const char *model_word(const Model *m, TraceWord w, char rep, char *out, size_t size)
{
    (void)m;
    Text t = text_into(out, size);
    add_word(&t, w, rep);
    return out;
}

const char *model_word_named(const Model *m, TraceWord w, char rep, char *out, size_t size)
{
    Text t = text_into(out, size);
    const PlayObject *o = w.kind == WORD_ID ? playback_object(m->play, w.value) : NULL;
    bool literal = o && o->is_static && object_is_literal(m, o);
    if (o && (object_is_static_code(o) || literal)) {
        bool wrap = literal && field_count(m, o);
        text_add(&t, wrap ? "(" : "");
        add_label(&t, m, o);
        text_add(&t, wrap ? ")" : "");
    } else {
        add_word(&t, w, rep);
    }
    return out;
}

/* ---- Fields */

bool object_is_static_code(const PlayObject *o) { return o->is_static && o->kind == KIND_FUN; }

const char *model_field_name(const Model *m, uint32_t info, uint32_t k, char *out, size_t size)
{
    const Event_info *i = trace_info(m->trace, info);
    return text_word(i ? i->fields : "", k, out, size);
}

static char rep_of_word(const char *reps, uint32_t k, TraceWord w)
{
    if (k < strlen(reps)) return reps[k];
    if (w.kind == WORD_NOTHING) return '-';
    return w.kind == WORD_ID ? 'P' : 'I';
}

char model_field_rep(const Model *m, const PlayObject *o, uint32_t k)
{
    const Event_info *i = trace_info(m->trace, o->info);
    TraceWord w = k < o->fields.count ? o->fields.at[k] : (TraceWord){WORD_NOTHING, 0};
    bool counted = o->kind == KIND_PAP || o->kind == KIND_AP;
    return rep_of_word(i && !counted ? i->reps : "", k, w);
}

static void add_field(Text *t, const Model *m, uint32_t info, uint32_t k, TraceWord w, char rep)
{
    char name[48], word[64];
    model_field_name(m, info, k, name, sizeof name);
    text_add(t, "%s%s", name, name[0] ? "=" : "");
    text_put(t, model_word_named(m, w, rep, word, sizeof word));
}

/* Objects without fields have one word that means nothing. */
static uint32_t field_count(const Model *m, const PlayObject *o)
{
    return o->fields.count == 1 && model_field_rep(m, o, 0) == '-' ? 0 : o->fields.count;
}

static void add_fields(Text *t, const Model *m, const PlayObject *o)
{
    for (uint32_t k = 0; k < field_count(m, o) && !t->cut; k++) {
        text_add(t, k ? " " : ": ");
        add_field(t, m, o->info, k, o->fields.at[k], model_field_rep(m, o, k));
    }
}

/* ---- Objects */

bool object_is_literal(const Model *m, const PlayObject *o)
{
    if (o->kind != KIND_CON) return false;
    if (field_count(m, o) == 0) return true;
    return o->fields.count == 1 && o->fields.at[0].kind == WORD_RAW && model_field_rep(m, o, 0) != 'A';
}

static const PlayObject *applied_function(const Model *m, const PlayObject *o)
{
    bool known = o->fields.count > 0 && o->fields.at[0].kind == WORD_ID;
    return known ? playback_object(m->play, o->fields.at[0].value) : NULL;
}

/* "zipWith 1/3": a partial application and how many of the wanted arguments it has. */
static void add_application(Text *t, const Model *m, const PlayObject *o)
{
    const PlayObject *f = applied_function(m, o);
    const Event_info *i = f ? trace_info(m->trace, f->info) : NULL;
    text_put(t, i ? short_name(i->name) : "?");
    add_place_of_nameless(t, m, i);
    if (o->kind == KIND_PAP && i) text_add(t, " %u/%" PRIu64, o->fields.count - 1, i->tag);
}

/* The black hole that stands in for a CAF is born as one. */
static bool is_of_caf(const Model *m, const PlayObject *o)
{
    return kind_of_info(trace_info(m->trace, o->info)) == KIND_BLACKHOLE;
}

/* The CAF goes by what stands in for it, until a collection takes that out. */
static void add_caf(Text *t, const Model *m, const PlayObject *stand_in)
{
    text_put(t, "CAF");
    for (uint32_t k = 0; k < playback_root_count(m->play); k++) {
        const PlayObject *caf = playback_object(m->play, playback_root(m->play, k, NULL));
        if (!caf || !caf->is_static || caf->target != stand_in->id) continue;
        text_put(t, " ");
        add_info_name(t, m, caf->info);
        return;
    }
}

static void add_label(Text *t, const Model *m, const PlayObject *o)
{
    switch (o->kind) {
    case KIND_CON:
        text_put(t, info_short(m, o->info));
        if (object_is_literal(m, o) && field_count(m, o)) {
            text_put(t, " ");
            add_word(t, o->fields.at[0], model_field_rep(m, o, 0));
        }
        break;
    case KIND_PAP:
    case KIND_AP: add_application(t, m, o); break;
    case KIND_ARR_WORDS:
    case KIND_MUT_ARR_PTRS:
    case KIND_SMALL_MUT_ARR_PTRS: text_add(t, "%s [%u]", kinds[o->kind].spoken, o->fields.count); break;
    case KIND_BLACKHOLE:
    case KIND_IND:
        if (is_of_caf(m, o))
            add_caf(t, m, o);
        else
            add_info_name(t, m, o->info);
        break;
    default: add_info_name(t, m, o->info);
    }
}

const char *model_object_label(const Model *m, ObjectId id, char *out, size_t size)
{
    Text t = text_into(out, size);
    const PlayObject *o = playback_object(m->play, id);
    if (o)
        add_label(&t, m, o);
    else
        text_id(&t, id);
    return out;
}

/* What an object was before it became what it is: "thunk" for an indirection; NULL if it is what it was born
 * as. */
static const char *born_as(const Model *m, const PlayObject *o)
{
    Kind born = kind_of_info(trace_info(m->trace, o->info));
    return born != o->kind && born != KIND_COUNT ? kinds[born].spoken : NULL;
}

static void add_object(Text *t, const Model *m, const PlayObject *o)
{
    const char *was = born_as(m, o);
    text_add(t, "#%" PRId64 " %s ", o->id, kinds[o->kind].name);
    add_label(t, m, o);
    if (o->target)
        text_add(t, " → #%" PRId64, o->target);
    else if (was)
        text_add(t, ", under evaluation (was a %s)", was);
    else {
        text_add(t, " %u word%s", o->words, o->words == 1 ? "" : "s");
        if (!object_is_literal(m, o)) add_fields(t, m, o);
    }
    if (o->dead) text_put(t, " (dead)");
}

const char *model_object_line(const Model *m, ObjectId id, char *out, size_t size)
{
    Text t = text_into(out, size);
    const PlayObject *o = playback_object(m->play, id);
    if (o)
        add_object(&t, m, o);
    else
        text_add(&t, "#%" PRId64 " is not allocated here", id);
    return out;
}

/* ---- Previews. A budget of objects and a depth bound them; cycles end by the budget. */

typedef struct Preview {
    const Model *m;
    Text *t;
    int budget;
} Preview;
enum { PREVIEW_OBJECTS = 12, PREVIEW_HOPS = 8, TIGHT = 1, LOOSE = 0 };

static void preview_id(Preview *p, ObjectId id, int tight);

static void preview_field(Preview *p, const PlayObject *o, uint32_t k, int tight)
{
    TraceWord w = o->fields.at[k];
    if (w.kind == WORD_ID)
        preview_id(p, w.value, tight);
    else
        add_word(p->t, w, model_field_rep(p->m, o, k));
}

static bool is_operator(const char *name)
{
    return ispunct((unsigned char)name[0]) && !strchr("([_", name[0]);
}

static void preview_prefix(Preview *p, const PlayObject *o, const char *name)
{
    text_put(p->t, name);
    for (uint32_t k = 0; k < field_count(p->m, o); k++) {
        text_put(p->t, " ");
        preview_field(p, o, k, TIGHT);
    }
}

static void preview_con(Preview *p, const PlayObject *o, int tight)
{
    const char *name = info_short(p->m, o->info);
    bool infix = o->fields.count == 2 && is_operator(name);
    bool wrap = tight && field_count(p->m, o) > 0;
    if (object_is_literal(p->m, o) && field_count(p->m, o)) {
        preview_field(p, o, 0, LOOSE);
        return;
    }
    if (wrap) text_put(p->t, "(");
    if (infix) {
        preview_field(p, o, 0, TIGHT);
        text_add(p->t, " %s ", name);
        preview_field(p, o, 1, strcmp(name, ":") == 0 ? LOOSE : TIGHT); /* (:) associates to the right */
    } else {
        preview_prefix(p, o, name);
    }
    if (wrap) text_put(p->t, ")");
}

static void preview_id(Preview *p, ObjectId id, int tight)
{
    const PlayObject *o = playback_object(p->m->play, id);
    for (int hops = 0; o && o->target && hops < PREVIEW_HOPS; hops++)
        o = playback_object(p->m->play, o->target);
    if (!o || p->budget-- <= 0 || p->t->cut)
        text_put(p->t, "…");
    else if (o->kind == KIND_CON)
        preview_con(p, o, tight);
    else {
        text_add(p->t, "<%s ", kinds[o->kind].spoken);
        add_label(p->t, p->m, o);
        text_put(p->t, ">");
    }
}

const char *model_value_preview(const Model *m, ObjectId id, char *out, size_t size)
{
    Text t = text_into(out, size);
    Preview p = {m, &t, PREVIEW_OBJECTS};
    preview_id(&p, id, LOOSE);
    return out;
}

/* ---- Frames */

const char *frame_name(const Model *m, uint32_t info, char *out, size_t size)
{
    Text t = text_into(out, size);
    Kind kind = kind_of_info(trace_info(m->trace, info));
    switch (kind) {
    case KIND_CASE_FRAME: text_add(&t, "case in %s", info_short(m, info)); break;
    case KIND_COUNT: text_put(&t, "frame"); break;
    default: text_add(&t, "%s frame", kinds[kind].spoken);
    }
    return out;
}

static void add_frame_words(Text *t, const Model *m, const PlayFrame *f, uint32_t from, const char *reps)
{
    for (uint32_t k = from; k < f->words.count && !t->cut; k++) {
        TraceWord w = f->words.at[k];
        if (w.kind == WORD_NOTHING) continue;
        text_put(t, " ");
        add_field(t, m, f->info, k, w, rep_of_word(reps, k, w));
    }
}

static void add_case(Text *t, const Model *m, const PlayFrame *f, const Event_info *i)
{
    text_add(t, "CASE    %s", short_name(i->name));
    add_place_of_nameless(t, m, i);
    add_frame_words(t, m, f, 0, i->reps);
    if (i->about) text_add(t, "  { %s }", i->about);
}

static void add_updatee(Text *t, const Model *m, const PlayFrame *f)
{
    const PlayObject *o = f->words.count ? playback_object(m->play, f->words.at[0].value) : NULL;
    if (!o) return;
    text_add(t, "  → #%" PRId64 " ", o->id);
    add_label(t, m, o);
    if (o->kind == KIND_BLACKHOLE) text_put(t, " (black hole)");
}

const char *model_frame_line(const Model *m, const PlayFrame *f, char *out, size_t size)
{
    Text t = text_into(out, size);
    const Event_info *i = trace_info(m->trace, f->info);
    switch (kind_of_info(i)) {
    case KIND_UPDATE_FRAME:
        text_put(&t, "UPDATE");
        add_updatee(&t, m, f);
        break;
    case KIND_CASE_FRAME: add_case(&t, m, f, i); break;
    case KIND_APPLY_FRAME:
        text_put(&t, "APPLY   □"); /* the shape word says nothing to a person */
        add_frame_words(&t, m, f, 1, "");
        break;
    case KIND_CATCH_FRAME:
        text_put(&t, "CATCH  ");
        add_frame_words(&t, m, f, 0, i->reps);
        break;
    case KIND_UNDERFLOW_FRAME: text_put(&t, "CHUNK   the stack goes on in an older chunk"); break;
    case KIND_STOP_FRAME: text_put(&t, "STOP"); break;
    default: text_put(&t, i ? i->name : "?"); add_frame_words(&t, m, f, 0, i ? i->reps : "");
    }
    return out;
}
