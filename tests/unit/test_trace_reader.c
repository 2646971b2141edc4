/* The reader: every way in which a line can be wrong is told with its number, and what came before stays. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "traces/trace.h"

#define HEADER                                                                                               \
    "{\"e\":\"trace\",\"n\":0,\"version\":\"1.0\",\"word\":8,\"block\":4096,\"program\":\"p\","              \
    "\"hash\":\"0000000000000000\",\"args\":\"\",\"seed\":0,\"collector\":\"copying\",\"generations\":2,"    \
    "\"ageing\":1,\"nursery\":4096,\"blackholing\":\"lazy\",\"tagging\":\"on\",\"selectors\":\"off\","       \
    "\"source\":\"reserve\",\"placement\":\"buckets\",\"flags\":\"\",\"level\":\"heap\"}\n"
#define INFO                                                                                                 \
    "{\"e\":\"info\",\"n\":1,\"i\":0,\"name\":\"I#\",\"kind\":\"CON\",\"reps\":\"I\",\"tag\":0,"             \
    "\"family\":0,\"words\":2,\"file\":0,\"line\":0,\"column\":0,\"end_line\":0,\"end_column\":0}\n"
#define ALLOC "{\"e\":\"alloc\",\"n\":2,\"id\":1,\"i\":0,\"words\":2,\"f\":[\"-5\"],\"at\":[5,0]}\n"
#define INFO_3(kind, reps, words)                                                                            \
    "{\"e\":\"info\",\"n\":3,\"i\":1,\"name\":\"x\",\"kind\":\"" kind "\",\"reps\":\"" reps                  \
    "\",\"tag\":0,\"family\":0,\"words\":" words                                                             \
    ",\"file\":0,\"line\":0,\"column\":0,\"end_line\":0,\"end_column\":0}\n"
#define GOOD HEADER INFO ALLOC /* three lines; event 3 is next */

static Trace *read_text(const char *text)
{
    Trace *t = trace_new();
    trace_feed(t, text, strlen(text));
    trace_finish(t);
    return t;
}

Test(trace_reader, golden)
{
    TraceError error;
    Trace *t = trace_open(THUNKSCOPE_SOURCE_DIR "/tests/golden/tiny.jsonl", &error);
    const char *path;
    cr_assert(t && !trace_error(t) && trace_complete(t));
    cr_assert_eq(trace_count(t), 68);
    cr_assert_eq(trace_collection_count(t), 2);
    cr_assert_eq(trace_event(t, trace_collection(t, 0).begin)->type, EVENT_gc_begin);
    cr_assert_eq(trace_event(t, trace_collection(t, 1).end)->type, EVENT_gc_end);
    cr_assert_str_eq(trace_info(t, 9)->name, ":");
    cr_assert_null(trace_info(t, 11));
    cr_assert_str_eq(trace_site(t, 0)->text, "case nats");
    cr_assert(strstr(trace_source(t, 0, &path), "nats ="));
    cr_assert_str_eq(path, "nats.stg");
    trace_free(t);
}

Test(trace_reader, fields_of_an_alloc)
{
    Trace *t = read_text(GOOD);
    cr_assert(!trace_error(t) && !trace_complete(t) && trace_count(t) == 3);
    const Event_alloc *e = &trace_event(t, 2)->as_alloc;
    cr_assert(e->id == 1 && e->words == 2 && e->f.count == 1 && e->s == TRACE_NO_NUMBER && !e->large);
    cr_assert(e->f.at[0].kind == WORD_RAW && e->f.at[0].value == -5);
    cr_assert(e->at.block == 5 && e->at.offset == 0);
    trace_free(t);
}

Test(trace_reader, any_order_and_unknown_names)
{
    Trace *t = read_text(
        GOOD "{ \"n\": 3, \"new\": {\"a\": [1]}, \"text\": \"a\\u00e9\\ud83d\\ude00\", \"e\": \"mark\" }\n"
             "{\"e\":\"later\",\"n\":4,\"x\":1}\n"
             "{\"e\":\"mark\",\"n\":5,\"text\":\"a\\u00e9\\ud83d\\ude00\"}\n");
    cr_assert_null(trace_error(t));
    cr_assert_eq(trace_count(t), 6);
    cr_assert_str_eq(trace_event(t, 3)->as_mark.text, "a\xc3\xa9\xf0\x9f\x98\x80");
    cr_assert_eq(trace_event(t, 3)->as_mark.text, trace_event(t, 5)->as_mark.text, "strings are interned");
    cr_assert_eq(trace_event(t, 4)->type, EVENT_UNKNOWN);
    cr_assert(trace_unknown_events(t) == 1 && trace_unknown_fields(t) == 1);
    trace_free(t);
}

/* An event's name and characters 0 behind it: not that event, and nothing is looked for behind the name. */
Test(trace_reader, names_with_characters_0)
{
    for (unsigned e = 0; e < EVENT_COUNT; e++) {
        char line[200] = "{\"e\":\"";
        size_t begin = strlen(line), length = strlen(event_names[e]);
        memcpy(line + begin, event_names[e], length);
        for (size_t end = begin + length + 1; end < 160; end++) {
            Trace *t = trace_new();
            memcpy(line + end, "\",\"n\":3}\n", 9);
            cr_assert(trace_feed(t, GOOD, strlen(GOOD)));
            trace_feed(t, line, end + 9);
            trace_finish(t);
            cr_assert(trace_error(t) || trace_event(t, 3)->type == EVENT_UNKNOWN, "%s, %zu", event_names[e],
                      end);
            trace_free(t);
            memset(line + end, 0, 9);
        }
    }
}

Test(trace_reader, byte_by_byte)
{
    Trace *t = trace_new();
    for (const char *p = GOOD; *p; p++) cr_assert(trace_feed(t, p, 1));
    cr_assert(trace_finish(t) && trace_count(t) == 3);
    trace_free(t);
}

/* Each stands as fourth line. */
static const struct {
    const char *line, *error;
} wrong[] = {
    {"{\"e\":\"mark\",\"n\":3,\"text\":\"x\"", "cut off"},
    {"x\n", "not JSON"},
    {"{\"e\":\"mark\",\"n\":3,\"text\":\"x\"} y\n", "not JSON"},
    {"[3]\n", "not an event"},
    {"{\"e\":\"mark\",\"n\":4,\"text\":\"x\"}\n", "event 4 stands where 3 is due"},
    {"{\"e\":\"mark\",\"n\":3}\n", "\"text\" must be"},
    {"{\"e\":\"mark\",\"n\":3,\"text\":7}\n", "\"text\" must be"},
    {"{\"e\":\"mark\",\"n\":3,\"text\":\"\\u0000\"}\n", "character 0"},
    {"{\"e\":\"mark\",\"n\":3,\"text\":\"\xff\"}\n", "\"text\" must be"},
    {"{\"e\":\"mark\",\"n\":3,\"text\":\"\x01\"}\n", "control character"},
    {"{\"e\":\"mark\",\"n\":99999999999999999999,\"text\":\"\"}\n", "\"n\" must be"},
    {"{\"e\":\"check\",\"n\":3,\"words\":1.5}\n", "\"words\" must be"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":3,\"i\":0,\"words\":2,\"f\":[],\"at\":[5,2]}\n",
     "object 3 stands where 2"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":2,\"i\":1,\"words\":2,\"f\":[],\"at\":[5,2]}\n", "info 1 has not"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":2,\"i\":0,\"words\":2,\"f\":[],\"at\":[5,512]}\n", "beyond the block"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":2,\"i\":0,\"words\":1,\"f\":[1,1],\"at\":[5,2]}\n",
     "more fields than words"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":2,\"i\":0,\"words\":2,\"f\":[\"9223372036854775808\"],\"at\":[5,2]}\n",
     "array of words"},
    {INFO_3("CON", "P", "2") "{\"e\":\"alloc\",\"n\":4,\"id\":2,\"i\":1,\"words\":2,\"f\":[4],\"at\":[5,2]}"
                             "\n{\"e\":\"check\",\"n\":"
                             "5,\"words\":1}\n",
     "object 4 has not been allocated"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":2,\"i\":0,\"words\":2,\"f\":[],\"at\":[5,2]}\n",
     "alloc: 0 words, but its info has 1"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":2,\"i\":0,\"words\":3,\"f\":[\"1\"],\"at\":[5,2]}\n",
     "its info says 2"},
    {"{\"e\":\"alloc\",\"n\":3,\"id\":2,\"i\":0,\"words\":2,\"f\":[1],\"at\":[5,2]}\n",
     "should be no reference"},
    {INFO_3("CON", "P",
            "2") "{\"e\":\"alloc\",\"n\":4,\"id\":2,\"i\":1,\"words\":2,\"f\":[\"1\"],\"at\":[5,2]}\n",
     "should be one"},
    {INFO_3("PAP", "", "0") "{\"e\":\"alloc\",\"n\":4,\"id\":2,\"i\":1,\"words\":4,\"f\":[1],\"at\":[5,2]}\n",
     "a PAP of this size has others"},
    {INFO_3("CASE_FRAME", "P-", "0") "{\"e\":\"push\",\"n\":4,\"i\":1,\"f\":[1]}\n",
     "push: 1 words, but its info has 2"},
    {INFO_3("CASE_FRAME", "P-", "0") "{\"e\":\"push\",\"n\":4,\"i\":1,\"f\":[1,1]}\n",
     "should be no reference"},
    {INFO_3("CASE_FRAME", "",
            "0") "{\"e\":\"alloc\",\"n\":4,\"id\":2,\"i\":1,\"words\":2,\"f\":[],\"at\":[5,2]}\n",
     "info 1 is a frame's"},
    {"{\"e\":\"push\",\"n\":3,\"i\":0,\"f\":[\"1\"]}\n", "info 0 is no frame's"},
    {"{\"e\":\"update\",\"n\":3,\"id\":1,\"to\":2}\n", "object 2 has not been allocated"},
    {"{\"e\":\"update\",\"n\":3,\"id\":0,\"to\":1}\n", "\"id\" must be"},
    {"{\"e\":\"pop\",\"n\":3,\"i\":0}\n", "the stack is empty"},
    {"{\"e\":\"die\",\"n\":3,\"id\":1,\"k\":1}\n", "outside a collection"},
    {"{\"e\":\"fields\",\"n\":3,\"id\":1,\"f\":[\"1\",\"2\"]}\n", "more words than the object has"},
    {"{\"e\":\"fields\",\"n\":3,\"f\":[]}\n", "no row"},
    {"{\"e\":\"shrink\",\"n\":3,\"id\":1,\"words\":2,\"bytes\":3}\n",
     "3 bytes do not end in the last word of 2"},
    {"{\"e\":\"shrink\",\"n\":3,\"id\":1,\"words\":3,\"bytes\":8}\n",
     "8 bytes do not end in the last word of 3"},
    {"{\"e\":\"shrink\",\"n\":3,\"id\":1,\"words\":2,\"bytes\":0}\n", "not 0"},
    {"{\"e\":\"input\",\"n\":3,\"from\":\"f\",\"value\":1,\"address\":null,\"slot\":0,\"f\":[]}\n",
     "objects do not come from outside"},
    {"{\"e\":\"input\",\"n\":3,\"from\":\"f\",\"value\":null,\"address\":null,\"id\":1,\"slot\":0,\"f\":[1]}"
     "\n",
     "objects do not come from outside"},
    {"{\"e\":\"input\",\"n\":3,\"from\":\"f\",\"value\":null,\"address\":null,\"id\":2,\"slot\":0,\"f\":[]}"
     "\n",
     "object 2 has not been allocated"},
    {"{\"e\":\"sync\",\"n\":3,\"offset\":7,\"events\":3}\n", "bytes stand before it"},
    {"{\"e\":\"lost\",\"n\":9,\"count\":6,\"first\":2,\"last\":8}\n", "do not follow"},
    {"{\"e\":\"end\",\"n\":3,\"reason\":\"\",\"exit\":0,\"events\":3}\n", "counts 3 events"},
    {HEADER, "event 0 stands where 3"},
};

Test(trace_reader, wrong_lines)
{
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        char text[4096];
        snprintf(text, sizeof text, "%s%s", GOOD, wrong[k].line);
        Trace *t = read_text(text);
        const TraceError *e = trace_error(t);
        cr_assert(e && strstr(e->text, wrong[k].error), "%s: %s", wrong[k].line, e ? e->text : "accepted");
        cr_assert(e->line >= 4 && trace_count(t) >= 3, "what came before stays usable");
        cr_assert_eq(trace_is_cut_off(t), k == 0, "%s", wrong[k].line);
        trace_free(t);
    }
}

Test(trace_reader, wrong_first_lines)
{
    Trace *t = read_text("{\"e\":\"mark\",\"n\":0,\"text\":\"x\"}\n");
    cr_assert(trace_error(t)->line == 1 && strstr(trace_error(t)->text, "not a trace"));
    trace_free(t);
    char text[4096] = HEADER;
    *strstr(text, "1.0") = '2';
    t = read_text(text);
    cr_assert(trace_error(t)->line == 1 && strstr(trace_error(t)->text, "version 2.0"));
    trace_free(t);
}

Test(trace_reader, nothing_follows_the_end)
{
    Trace *t = read_text(GOOD "{\"e\":\"end\",\"n\":3,\"reason\":\"\",\"exit\":0,\"events\":4}\n"
                              "{\"e\":\"mark\",\"n\":4,\"text\":\"\"}\n");
    cr_assert(trace_complete(t) && trace_error(t)->line == 5);
    trace_free(t);
}

Test(trace_reader, lines_are_bounded)
{
    static char text[100000];
    memset(text, ' ', sizeof text);
    Trace *t = trace_new();
    cr_assert(trace_feed(t, GOOD, strlen(GOOD)));
    cr_assert_not(trace_feed(t, text, sizeof text));
    cr_assert(trace_error(t)->line == 4 && strstr(trace_error(t)->text, "64 KiB"));
    trace_free(t);
}

Test(trace_reader, deep_nesting_is_an_error)
{
    static char text[60000];
    memset(text, '[', sizeof text - 2);
    text[sizeof text - 2] = '\n';
    Trace *t = read_text(text);
    cr_assert(trace_error(t)->line == 1);
    trace_free(t);
}

Test(trace_reader, lost_events_are_counted)
{
    Trace *t = read_text(GOOD "{\"e\":\"lost\",\"n\":10,\"count\":7,\"first\":3,\"last\":9}\n"
                              "{\"e\":\"update\",\"n\":11,\"id\":40,\"to\":50}\n");
    cr_assert_null(trace_error(t));
    cr_assert_eq(trace_event(t, 4)->n, 11);
    trace_free(t);
}

Test(trace_reader, files_that_are_none)
{
    TraceError error;
    cr_assert_null(trace_open("/nowhere/t.jsonl", &error));
    cr_assert(strstr(error.text, "cannot open"));
    cr_assert_null(trace_open("/dev/null", &error));
    cr_assert(strstr(error.text, "empty"));
}
