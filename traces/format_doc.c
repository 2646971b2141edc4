#include "traces/format_doc.h"

#include <string.h>

#include "traces/trace_private.h"

/* What stands between the head of the page and its tables. */
static const char preface[] =
    "# The trace format, version %u.%u\n"
    "\n"
    "Made from `traces/events.def` by `traces/format_doc.c`: do not edit. A schema of a line is in "
    "`schema.json`.\n"
    "\n"
    "A trace is UTF-8 text, one JSON object per line (NDJSON, `.jsonl`; `.jsonl.zst` compressed), each line "
    "at most\n"
    "64 KiB and ended by `\\n`. A line is an event: `\"e\"` its name, `\"n\"` its number, then its fields. "
    "The writer puts\n"
    "them in the order below; a reader accepts any order, and passes over events and fields that it does not "
    "know:\n"
    "a minor version only adds. Names are never reused.\n"
    "\n"
    "- **Numbers** `n` are dense from 0 and are the coordinate of everything. After lost events, `lost` "
    "takes the\n"
    "  number behind the last one.\n"
    "- **Identity** of an object is the serial number of its allocation: from 1 upwards for the program's "
    "objects,\n"
    "  from -1 downwards for the runtime's own. An address is an attribute: block number and offset in "
    "words.\n"
    "- **Groups**: the `alloc` rows between two other events may name each other's ids, later ones too.\n"
    "- **Indirections**: after `ind_elim` every word that names the indirection stands for its target. Words "
    "are not\n"
    "  written anew.\n"
    "- **Input**: each call of C has an `input` with its result, after one for each row of words that it has "
    "changed in a\n"
    "  byte array, which has no `write`. The command line comes first.\n"
    "- **Addresses** of the process's own memory, of functions and data of C and what C functions answer, "
    "differ "
    "from run to\n"
    "  run: raw words that lie there are written as if the k-th program, library or object that was met "
    "stood at "
    "2^32 k +\n"
    "  0x600000000000. The heap, and what the program has from `malloc`, stand where they are.\n"
    "- **Clocks** are left out with `--trace-clock=off`; then equal runs give equal bytes.\n"
    "- **Levels**: an event of level L is written if `--trace-level` is at least L; those of level head "
    "always.\n"
    "- **Classes**: M mutator, N nondeterminism, G observation of the collector, T teaching, H header. A "
    "re-run reads\n"
    "  M and N only.\n"
    "- **Digests** come from a walk of the real heap, at the end of each collection, between collections at "
    "places\n"
    "  where the heap is whole, and when the program has finished; playback confirms them. Each object is "
    "hashed from its "
    "id, its\n"
    "  kind and the ids of its edges in order; ids below 0 are left out; the sums of the hashes and of a "
    "second hash of\n"
    "  them do not depend on the order of objects (`traces/digest.c`).\n"
    "- **After a failure**, a check that finds an invariant broken, an internal error, or the use of freed "
    "memory under the\n"
    "  block source `guard`, `end` follows what had been recorded, be it in the midst of a collection: its "
    "`reason` names\n"
    "  what failed, its `exit` is 254.\n"
    "- **A trace without `end`** comes from a run that was killed, and is legal.\n";

typedef struct TypeRow {
    const char *name, *text, *schema;
} TypeRow;

#define NUMBER_SCHEMA "{\"type\": \"integer\", \"minimum\": 0, \"maximum\": 9007199254740992}"
#define ID_SCHEMA     "{\"type\": \"integer\", \"not\": {\"const\": 0}}"
#define TEXT_SCHEMA   "{\"type\": \"string\"}"
#define WORD_SCHEMA   "{\"type\": [\"integer\", \"string\", \"null\"], \"pattern\": \"^-?[0-9]+$\"}"

static const TypeRow type_rows[] = {
    {"NUM", "whole number below 2^53", NUMBER_SCHEMA},
    {"NUM_OPT", "whole number from 1, or left out", NUMBER_SCHEMA},
    {"NS", "nanoseconds; left out with `--trace-clock=off`", NUMBER_SCHEMA},
    {"ID", "an object's id", ID_SCHEMA},
    {"ID_OPT", "an object's id, or left out", ID_SCHEMA},
    {"INFO", "number of an `info`", NUMBER_SCHEMA},
    {"INFO_OPT", "number of an `info`, or left out", NUMBER_SCHEMA},
    {"SITE_OPT", "number of a `site`, or left out", NUMBER_SCHEMA},
    {"STR", "string", TEXT_SCHEMA},
    {"STR_OPT", "string, or left out", TEXT_SCHEMA},
    {"BOOL_OPT", "`true`, or left out", "{\"type\": \"boolean\"}"},
    {"HEX", "64 bits as a string of 16 hexadecimal digits",
     "{\"type\": \"string\", \"pattern\": \"^[0-9a-fA-F]{16}$\"}"},
    {"ADDR", "`[block, offset in words]`",
     "{\"type\": \"array\", \"items\": {\"type\": \"integer\", \"minimum\": 0}, \"minItems\": 2, "
     "\"maxItems\": 2}"},
    {"WORD", "an id as number; a raw word as string with its signed decimal value; null where nothing lives",
     WORD_SCHEMA},
    {"WORDS", "array of words", "{\"type\": \"array\", \"items\": " WORD_SCHEMA "}"},
};

static bool is_left_out(const char *type)
{
    size_t length = strlen(type);
    return strcmp(type, "NS") == 0 || (length > 4 && strcmp(type + length - 4, "_OPT") == 0);
}

typedef struct FieldRow {
    const char *name, *type, *text;
} FieldRow;

typedef struct EventRow {
    const char *name, *level, *class_, *text;
    const FieldRow *fields;
    size_t field_count;
} EventRow;

#define F(field, type, sentence)                    {#field, #type, sentence},
#define EVENT(name, level, class, sentence, fields) static const FieldRow fields_##name[] = {fields};
#include "traces/events.def"
#undef EVENT
#undef F

static const EventRow event_rows[EVENT_COUNT] = {
#define F(field, type, sentence)
#define EVENT(name, level, class, sentence, fields)                                                          \
    {#name, #level, #class, sentence, fields_##name, sizeof fields_##name / sizeof *fields_##name},
#include "traces/events.def"
#undef EVENT
#undef F
};

/* ---- FORMAT.md */

static void print_event(FILE *out, const EventRow *e)
{
    fprintf(out, "\n### `%s`\n\n%s. Class %s, level ", e->name, e->text, e->class_);
    for (const char *p = e->level; *p; p++) fputc(*p | 0x20, out);
    fputs(".\n\n| field | type | meaning |\n|---|---|---|\n", out);
    for (size_t k = 0; k < e->field_count; k++)
        fprintf(out, "| `%s` | %s | %s |\n", e->fields[k].name, e->fields[k].type, e->fields[k].text);
}

void trace_print_format(FILE *out)
{
    fprintf(out, preface, TRACE_MAJOR, TRACE_MINOR);
    fputs("\n## Types of fields\n\n| type | written as |\n|---|---|\n", out);
    for (size_t k = 0; k < sizeof type_rows / sizeof *type_rows; k++)
        fprintf(out, "| %s | %s |\n", type_rows[k].name, type_rows[k].text);
    fputs("\n## Events\n", out);
    for (size_t k = 0; k < EVENT_COUNT; k++) print_event(out, &event_rows[k]);
}

/* ---- schema.json: JSON Schema, draft 2020-12 */

static const char *schema_of(const char *type)
{
    size_t k = 0;
    while (strcmp(type_rows[k].name, type) != 0) k++;
    return type_rows[k].schema;
}

static void print_event_schema(FILE *out, const EventRow *e)
{
    fprintf(out, "    {\n      \"properties\": {\n        \"e\": {\"const\": \"%s\"},\n        \"n\": %s",
            e->name, NUMBER_SCHEMA);
    for (size_t k = 0; k < e->field_count; k++)
        fprintf(out, ",\n        \"%s\": %s", e->fields[k].name, schema_of(e->fields[k].type));
    fputs("\n      },\n      \"required\": [\"e\", \"n\"", out);
    for (size_t k = 0; k < e->field_count; k++)
        if (!is_left_out(e->fields[k].type)) fprintf(out, ", \"%s\"", e->fields[k].name);
    fputs("]\n    }", out);
}

void trace_print_schema(FILE *out)
{
    fputs("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
          "  \"title\": \"A line of a Thunkscope trace\",\n  \"type\": \"object\",\n  \"oneOf\": [\n",
          out);
    for (size_t k = 0; k < EVENT_COUNT; k++) {
        print_event_schema(out, &event_rows[k]);
        fputs(k + 1 < EVENT_COUNT ? ",\n" : "\n", out);
    }
    fputs("  ]\n}\n", out);
}
