/* The report of a failed check, as text or as JSON: what broke, the first bad object and all about it.
 *
 * Violations are told as they are found, so that a checker that trips has told them. The story of the first
 * bad object follows at the end: the object in words, its neighbours, its block and owner, a path from a
 * root, the last events that touched it; then the backtrace, the command that shows it again, and what was
 * looked at. Both forms come from one walk over the parts: a part is a line of text, or a member of the JSON
 * object. */
#include "blocks/json.h"
#include "gc/sanity_private.h"

#include <stdarg.h>
#include <stdlib.h>

enum { VIOLATION_TEXT = 512, STORY_EVENTS = 32, STORY_WORDS = 400, PLACE_TEXT = 64, SHOWN_WORDS = 8 };

static const char *const sentences[] = {
#define INVARIANT(number, proof, sentence, ...) [number] = sentence,
#include "gc/invariants.def"
#undef INVARIANT
};

/* ---- Parts */

static void comma(Sanity *s)
{
    if (s->json_follows) fputs(", ", s->out);
    s->json_follows = true;
}

static void key_begin(Sanity *s, const char *key)
{
    comma(s);
    fprintf(s->out, "\"%s\": ", key);
}

/* As text it stands under its heading. */
static void part_text(Sanity *s, const char *key, const char *heading, const char *text)
{
    if (!s->json) {
        fprintf(s->out, "  %s: %s\n", heading, text);
        return;
    }
    key_begin(s, key);
    json_write_string(s->out, text);
}

static void part_number(Sanity *s, const char *key, size_t number)
{
    if (!s->json) return;
    key_begin(s, key);
    fprintf(s->out, "%zu", number);
}

static void list_begin(Sanity *s, const char *key, const char *heading)
{
    if (!s->json) {
        fprintf(s->out, "  %s:\n", heading);
        return;
    }
    key_begin(s, key);
    fputc('[', s->out);
    s->json_follows = false;
}

static void list_item(void *context, const char *text)
{
    Sanity *s = context;
    if (!s->json) {
        fprintf(s->out, "    %s\n", text);
        return;
    }
    comma(s);
    json_write_string(s->out, text);
}

static void list_end(Sanity *s)
{
    if (s->json) fputc(']', s->out);
    s->json_follows = true;
}

/* Only in JSON: an object, as an item of a list if `key` is NULL. */
static void object_begin(Sanity *s, const char *key)
{
    if (key)
        key_begin(s, key);
    else
        comma(s);
    fputc('{', s->out);
    s->json_follows = false;
}

static void object_end(Sanity *s)
{
    fputc('}', s->out);
    s->json_follows = true;
}

/* ---- Words, so that equal runs print the same: what stands in the heap and tables go by name. An address of
 * anything else is shown to people alone. */

static bool is_foreign_address(Word w) { return w >> 32 && !(w >> 47); }

static void reference_print(Word w, const void *place, char *out, size_t size)
{
    int length = block_address_print(place, out, size);
    if (w & TAG_MASK) snprintf(out + length, size - (size_t)length, "|%u", (unsigned)(w & TAG_MASK));
}

static void header_print(const InfoTable *info, char *out, size_t size)
{
    snprintf(out, size, "header of %s %s", kinds[info->kind].name, info->name ? info->name : "");
}

void sanity_word_print(const Sanity *s, Word w, char *out, size_t size)
{
    const void *place = (const void *)(w & ~TAG_MASK);
    if (w == BLOCK_POISON)
        snprintf(out, size, "poison");
    else if (block_contains(s->h->heap.blocks, place))
        reference_print(w, place, out, size);
    else if (info_is_known(s->h->heap.infos, w))
        header_print((const InfoTable *)w, out, size);
    else if (s->json && is_foreign_address(w))
        snprintf(out, size, "an address outside the heap");
    else
        snprintf(out, size, "0x%lx", (unsigned long)w);
}

/* ---- Violations */

static void place_print(const Sanity *s, const void *place, char *out, size_t size)
{
    if (place && block_contains(s->h->heap.blocks, place))
        block_address_print(place, out, size);
    else
        *out = '\0';
}

static void tell_violation(Sanity *s, int invariant, const char *what, const char *place)
{
    if (!s->json) {
        fprintf(s->out, "invariant %d: %s\n  %s%s%s%s%s%s\n", invariant, sentences[invariant],
                s->when ? s->when : "", s->when ? ": " : "", what, *place ? " (at " : "", place,
                *place ? ")" : "");
        return;
    }
    fputs(s->violations == 1 ? "{\"violations\": [" : ",\n  ", s->out);
    s->json_follows = false;
    object_begin(s, NULL);
    part_number(s, "invariant", (size_t)invariant);
    part_text(s, "sentence", "", sentences[invariant]);
    if (s->when) part_text(s, "when", "", s->when);
    part_text(s, "what", "", what);
    if (*place) part_text(s, "at", "", place);
    object_end(s);
}

static void report(Sanity *s, int invariant, const void *place, const char *format, va_list arguments)
{
    char what[VIOLATION_TEXT], at[PLACE_TEXT];
    if (++s->violations > SANITY_MOST_VIOLATIONS || s->probing) return;
    if (!s->first_broken) s->first_broken = invariant;
    vsnprintf(what, sizeof what, format, arguments);
    place_print(s, place, at, sizeof at);
    tell_violation(s, invariant, what, at);
}

void sanity_report(Sanity *s, int invariant, const void *object, const char *format, ...)
{
    if (object && !s->first_bad && !s->probing) s->first_bad = object;
    va_list arguments;
    va_start(arguments, format);
    report(s, invariant, object, format, arguments);
    va_end(arguments);
}

void sanity_block_reported(void *context, int invariant, const void *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(context, invariant, place, format, arguments);
    va_end(arguments);
}

void sanity_upper_reported(void *context, int invariant, const void *object, const char *text)
{
    sanity_report(context, invariant, object, "%s", text);
}

/* ---- The story of the first bad object */

typedef struct Telling {
    const Sanity *s;
    bool possible;
} Telling;

static void note_reference(void *context, Ref *slot)
{
    Telling *t = context;
    t->possible &= sanity_group_of(t->s, ref_closure(*slot)) != NULL;
}

/* Header, shape and references are such that closure_print can read what it reads. */
static bool can_be_told(Sanity *s, const SanityGroup *g, Closure *c)
{
    if (!info_is_known(s->h->heap.infos, (Word)c->info) || kinds[c->info->kind].flags & IS_FRAME)
        return false;
    if (closure_size(c) > (size_t)(g->free - (const Word *)c)) return false;
    size_t violations = s->violations, weaks = s->weaks;
    bool probing = s->probing;
    Telling t = {s, true};
    s->probing = true;
    t.possible = sanity_check_shape(s, c);
    if (t.possible) closure_each_pointer(c, note_reference, &t);
    s->probing = probing;
    s->violations = violations;
    s->weaks = weaks;
    return t.possible;
}

/* What it is: in words, if its header can be believed. */
static void what_print(Sanity *s, const SanityGroup *g, const Closure *c, char *out, size_t size)
{
    if (!g || (const Word *)c >= g->free)
        snprintf(out, size, "is not in use");
    else if (can_be_told(s, g, (Closure *)c))
        closure_print(c, out, size);
    else if (info_is_known(s->h->heap.infos, (Word)c->info))
        snprintf(out, size, "%s %s, which is broken", kinds[c->info->kind].name,
                 c->info->name ? c->info->name : "");
    else
        snprintf(out, size, "no known header");
}

/* The words as they are, as far as anybody uses them. */
static size_t shown_words(const SanityGroup *g, const Closure *c)
{
    size_t words = g && (const Word *)c < g->free ? (size_t)(g->free - (const Word *)c) : 0;
    return words < SHOWN_WORDS ? words : SHOWN_WORDS;
}

static void object_json(Sanity *s, const char *key, const Closure *c, const char *place, const char *what)
{
    const SanityGroup *g = s->map ? sanity_group_of(s, c) : NULL;
    char word[SANITY_WORD_TEXT];
    object_begin(s, key);
    part_text(s, "at", "", place);
    part_text(s, "is", "", what);
    list_begin(s, "words", "");
    for (size_t i = 0; i < shown_words(g, c); i++) {
        sanity_word_print(s, ((const Word *)c)[i], word, sizeof word);
        list_item(s, word);
    }
    list_end(s);
    object_end(s);
}

static void object_text(Sanity *s, const char *heading, const Closure *c, const char *place, const char *what)
{
    const SanityGroup *g = s->map ? sanity_group_of(s, c) : NULL;
    char word[SANITY_WORD_TEXT];
    fprintf(s->out, "  %s%s%s, %s |", heading ? heading : "", heading ? ": " : "  ", place, what);
    for (size_t i = 0; i < shown_words(g, c); i++) {
        sanity_word_print(s, ((const Word *)c)[i], word, sizeof word);
        fprintf(s->out, "%s %s", i ? "," : "", word);
    }
    fputc('\n', s->out);
}

/* Without a heading it is an item of a list. */
static void part_object(Sanity *s, const char *key, const char *heading, const Closure *c)
{
    char place[PLACE_TEXT], what[STORY_WORDS];
    block_address_print(c, place, sizeof place);
    what_print(s, s->map ? sanity_group_of(s, c) : NULL, c, what, sizeof what);
    if (s->json)
        object_json(s, key, c, place, what);
    else
        object_text(s, heading, c, place, what);
}

static void part_neighbours(Sanity *s, const SanityGroup *g, const Closure *c)
{
    const Word *before = NULL, *after = NULL;
    for (const Word *w = g->start; w < g->free; w++) {
        if (!sanity_is_marked(s, w, MARK_START)) continue;
        if (w < (const Word *)c)
            before = w;
        else if (w > (const Word *)c && !after)
            after = w;
    }
    if (before) part_object(s, "before", "before it", (const Closure *)before);
    if (after) part_object(s, "behind", "behind it", (const Closure *)after);
}

static void block_json(Sanity *s, const BlockDescr *b, const char *owner, const char *flags, size_t used)
{
    object_begin(s, "block");
    part_number(s, "number", b->number);
    part_number(s, "blocks", b->blocks);
    part_text(s, "owner", "", owner);
    part_text(s, "site", "", block_site_text(b->site));
    part_number(s, "generation", b->gen_no);
    part_number(s, "destination", b->dest_no);
    part_text(s, "flags", "", flags);
    part_number(s, "words", used);
    object_end(s);
}

static void part_block(Sanity *s, const SanityGroup *g)
{
    const BlockDescr *b = g->block;
    const char *owner = g->owner < OWNER_COUNT ? block_owner_names[g->owner] : "none";
    size_t used = (size_t)(g->free - g->start);
    char flags[BLOCK_FLAGS_TEXT];
    block_flags_print(b->flags, flags, sizeof flags);
    if (s->json)
        block_json(s, b, owner, flags, used);
    else
        fprintf(s->out,
                "  block: %u, %u block(s) of owner %s, taken for: %s; generation %u for %u, flags %s, %zu "
                "words in use\n",
                b->number, b->blocks, owner, block_site_text(b->site), b->gen_no, b->dest_no, flags, used);
}

static void path_step(void *context, const Closure *c, const char *root)
{
    Sanity *s = context;
    char text[STORY_WORDS];
    if (c) {
        part_object(s, NULL, NULL, c);
        return;
    }
    snprintf(text, sizeof text, "a root of class %s", root);
    list_item(s, text);
}

/* A path through objects whose shape is broken cannot be walked: the search is left out then. */
static void part_path(Sanity *s, const Closure *bad)
{
    if (s->shapes_broken || s->cafs_broken) return;
    list_begin(s, "path", "path, from it to its root");
    if (!sanity_path(s, bad, path_step, s)) list_item(s, "no root leads to it");
    list_end(s);
}

static void part_events(Sanity *s, const void *place)
{
    if (!s->h->ring) return;
    list_begin(s, "events", "the last events that touched it");
    ring_tell(&s->h->heap, place, STORY_EVENTS, list_item, s);
    list_end(s);
}

static void tell_object(Sanity *s, const Closure *bad)
{
    SanityGroup *g = s->map ? sanity_group_of(s, bad) : NULL;
    if (!g || !sanity_owner_has_objects(g->owner)) return;
    part_object(s, "object", "object", bad);
    part_neighbours(s, g, bad);
    part_block(s, g);
    part_path(s, bad);
    part_events(s, bad);
}

/* ---- The end */

static void backtrace_item(void *context, const char *frame) { list_item(context, frame); }

static void tell_circumstances(Sanity *s)
{
    const HeapConfig *config = &s->h->heap.config;
    if (s->h->injection.number) part_text(s, "injected", "injected", s->h->injection.way);
    list_begin(s, "backtrace", "backtrace");
    backtrace_each(backtrace_item, s);
    list_end(s);
    if (config->command) part_text(s, "command", "shown again by", config->command);
}

void sanity_end_report(Sanity *s)
{
    const SanityMap *map = s->map;
    if (s->violations == 0) return;
    if (s->json) fputc(']', s->out);
    s->json_follows = true;
    if (s->first_bad) tell_object(s, s->first_bad);
    tell_circumstances(s);
    part_number(s, "count", s->violations);
    part_number(s, "groups", map ? map->group_count : 0);
    part_number(s, "objects", s->objects);
    part_number(s, "references", s->references);
    if (s->json)
        fputs("}\n", s->out);
    else
        fprintf(s->out, "sanity: %zu violation(s); %zu groups, %zu objects, %zu references were looked at\n",
                s->violations, map ? map->group_count : 0, s->objects, s->references);
}
