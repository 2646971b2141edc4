#include "inspect/cli/query.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 240, MOST_ROWS = 64, MOST_PATH = 256, MOST_EVENTS = 24, MOST_FINDS = 20, MOST_WHY = 16 };

static bool ask_census(const Model *m, const char *by, FILE *out)
{
    static const char *const names[] = {
        [CENSUS_KIND] = "kind", [CENSUS_INFO] = "info", [CENSUS_GENERATION] = "generation"};
    CensusRow rows[MOST_ROWS];
    CensusBy wanted = CENSUS_KIND;
    if (strncmp(by, "by=", 3) == 0) by += 3;
    while (by[0] && wanted <= CENSUS_GENERATION && strcmp(names[wanted], by) != 0) wanted++;
    if (wanted > CENSUS_GENERATION) {
        fprintf(out, "census by=kind, by=info or by=generation, not `%s`\n", by);
        return false;
    }
    uint32_t count = model_census(m, wanted, rows, MOST_ROWS);
    fprintf(out, "%10s %12s  %s\n", "objects", "words", names[wanted]);
    for (uint32_t k = 0; k < count && k < MOST_ROWS; k++)
        fprintf(out, "%10" PRIu64 " %12" PRIu64 "  %s\n", rows[k].count, rows[k].words, rows[k].name);
    if (count > MOST_ROWS) fprintf(out, "… %u more rows\n", count - MOST_ROWS);
    return true;
}

static const PlayObject *wanted_object(const Model *m, const char *text, FILE *out)
{
    char *end;
    const char *digits = text[0] == '#' ? text + 1 : text;
    ObjectId id = strtoll(digits, &end, 10);
    bool number = end != digits && !*end;
    const PlayObject *o = number ? playback_object(model_playback(m), id) : NULL;
    if (!number)
        fprintf(out, "an object's id is wanted, such as #12, not `%s`\n", text);
    else if (!o)
        fprintf(out, "#%" PRId64 " is not allocated at event %" PRId64 "\n", id, model_position(m));
    return o;
}

static void print_line(const Model *m, ObjectId id, FILE *out)
{
    char line[LINE];
    fprintf(out, "%s\n", model_object_line(m, id, line, sizeof line));
}

static void print_history(const Model *m, ObjectId id, FILE *out)
{
    uint64_t events[MOST_EVENTS];
    char line[LINE];
    uint32_t count = model_history(m, id, events, MOST_EVENTS);
    for (uint32_t k = 0; k < count && k < MOST_EVENTS; k++)
        fprintf(out, "  event %" PRIu64 ": %s\n", events[k],
                model_event_line(m, (int64_t)events[k], line, sizeof line));
    if (count > MOST_EVENTS) fprintf(out, "  … %u more events\n", count - MOST_EVENTS);
}

static bool ask_peek(const Model *m, const char *id, FILE *out)
{
    char text[LINE];
    const PlayObject *o = wanted_object(m, id, out);
    if (!o) return false;
    print_line(m, o->id, out);
    fprintf(out, "  value: %s\n", model_value_preview(m, o->id, text, sizeof text));
    const Event_info *i = trace_info(model_trace(m), o->info);
    if (i && i->line)
        fprintf(out, "  defined at %s\n", model_place_text(m, model_info_place(i), text, sizeof text));
    fprintf(out, "  at block %u +0x%x, generation %u, %s%u collection%s survived\n", o->at.block,
            (unsigned)(o->at.offset * sizeof(int64_t)), o->generation, o->is_large ? "large, " : "", o->age,
            o->age == 1 ? "" : "s");
    print_history(m, o->id, out);
    return true;
}

static bool ask_path(const Model *m, const char *id, FILE *out)
{
    ObjectId path[MOST_PATH];
    char root[64];
    const PlayObject *o = wanted_object(m, id, out);
    if (!o) return false;
    uint32_t length = model_path(m, o->id, path, MOST_PATH, root, sizeof root);
    if (length == 0) {
        fprintf(out, "no root reaches #%" PRId64 ": it is %s\n", o->id,
                o->is_static ? "a part of the program"
                : o->dead    ? "garbage, and collected"
                             : "garbage");
        return true;
    }
    fprintf(out, "%s\n", root);
    for (uint32_t k = 0; k < length && k < MOST_PATH; k++) {
        fputs("  → ", out);
        print_line(m, path[k], out);
    }
    return true;
}

static bool ask_find(const Model *m, const char *query, FILE *out)
{
    ObjectId first = model_search(m, query, 0, false), id = first;
    uint32_t count = 0;
    if (!first) fprintf(out, "nothing matches `%s`\n", query);
    while (id && count < MOST_FINDS) {
        print_line(m, id, out);
        count++;
        id = model_search(m, query, id, false);
        if (id == first) break;
    }
    if (count == MOST_FINDS && id != first) fprintf(out, "… and more\n");
    return first != 0;
}

static bool ask_why(const Model *m, const char *nothing, FILE *out)
{
    char lines[MOST_WHY][160];
    (void)nothing;
    uint32_t count = model_why(m, model_position(m), lines, MOST_WHY);
    for (uint32_t k = 0; k < count; k++) fprintf(out, "%s\n", lines[k]);
    return true;
}

static const struct {
    const char *word, *argument, *sentence;
    bool (*ask)(const Model *m, const char *argument, FILE *out);
} questions[] = {
    {"census", "[by=kind|info|generation]", "how many objects and words, by what", ask_census},
    {"peek", "#id", "an object: fields, value without forcing, place, what happened to it", ask_peek},
    {"path", "#id", "what keeps an object alive: the shortest way from a root", ask_path},
    {"find", "TEXT", "objects by a part of the name, kind:thunk, gen:1; several words mean all", ask_find},
    {"why", "", "who demands what is being computed: the stack in words", ask_why},
};
enum { QUESTION_COUNT = sizeof questions / sizeof *questions };

void query_help(FILE *out)
{
    for (int k = 0; k < QUESTION_COUNT; k++) {
        char usage[48];
        snprintf(usage, sizeof usage, "%s %s", questions[k].word, questions[k].argument);
        fprintf(out, "  %-34s%s\n", usage, questions[k].sentence);
    }
}

/* Every question is about objects or frames. */
static bool is_recorded(const Model *m, const char *question, size_t length, FILE *out)
{
    const char *missing = model_missing(m, TRACE_HEAP);
    if (missing) fprintf(out, "%.*s: %s\n", (int)length, question, missing);
    return !missing;
}

bool query_answer(const Model *m, const char *question, FILE *out)
{
    size_t length = strcspn(question, " ");
    const char *argument = question + length + strspn(question + length, " ");
    for (int k = 0; k < QUESTION_COUNT; k++)
        if (strlen(questions[k].word) == length && strncmp(questions[k].word, question, length) == 0)
            return is_recorded(m, question, length, out) && questions[k].ask(m, argument, out);
    fprintf(out, "unknown command `%.*s`\n", (int)length, question);
    return false;
}
