/* --sanity-report=json: whatever is broken, the report is JSON whose keys are words, says what every report
 * says, and is the same for an equal heap that lies elsewhere. */
#include "gc_mutator.h"

#include <cjson/cJSON.h>

#include "gc/heap_state.h"

static Mutator *world_new(uint64_t seed)
{
    HeapConfig config;
    heap_config_default(&config);
    config.nursery_bytes = 32768;
    config.minimum_old_bytes = 65536;
    config.poison = config.json_report = true;
    config.command = "it's \"this\"\\\n";
    Mutator *m = mutator_new(&config, seed);
    mutator_run(m, 3000);
    for (int i = 0; i < 10; i++) enter_caf(m);
    heap_collect(m->heap, true, GC_REASON_REQUESTED);
    mutator_run(m, 300);
    heap_state(m->heap)->nursery.current->free = m->heap->hp;
    mutator_pause_for_good(m);
    return m;
}

/* What the checker says of a heap broken in that way; NULL: there is nothing to break. */
static char *report_of(Mutator *m, size_t row)
{
    Injection in;
    char *text = NULL;
    size_t size = 0;
    if (!inject_row(&in, m->heap, row, row)) return NULL;
    FILE *out = open_memstream(&text, &size);
    for (int turn = 0; turn < 16 && heap_check(m->heap, 3, out) == 0; turn++) continue;
    fclose(out);
    inject_undo(&in);
    return text;
}

static void expect_keys_are_words(const cJSON *item)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, item)
    {
        if (cJSON_IsObject(item))
            cr_assert_eq(strspn(member->string, "abcdefghijklmnopqrstuvwxyz_"), strlen(member->string),
                         "\"%s\"", member->string);
        expect_keys_are_words(member);
    }
}

static void expect_said(const cJSON *all, int number)
{
    const cJSON *first = cJSON_GetArrayItem(cJSON_GetObjectItem(all, "violations"), 0);
    cr_assert_eq(cJSON_GetObjectItem(first, "invariant")->valueint, number);
    cr_assert_str_eq(cJSON_GetObjectItem(all, "command")->valuestring, "it's \"this\"\\\n");
    const cJSON *object = cJSON_GetObjectItem(all, "object");
    if (!object) return;
    cr_assert(strstr(cJSON_GetObjectItem(object, "at")->valuestring, "block "));
    cr_assert(cJSON_GetObjectItem(object, "is")->valuestring);
    cr_assert(cJSON_IsArray(cJSON_GetObjectItem(object, "words")));
    cr_assert(cJSON_IsNumber(cJSON_GetObjectItem(cJSON_GetObjectItem(all, "block"), "number")));
}

static void expect_equal(const char *a, const char *b)
{
    size_t same = 0;
    while (a[same] && a[same] == b[same]) same++;
    cr_assert(a[same] == b[same], "%.160s\n%.160s", a + (same < 80 ? 0 : same - 80),
              b + (same < 80 ? 0 : same - 80));
}

/* The second heap lies where the first one lay, its tables do not. */
static bool expect_reports(size_t row)
{
    char *text[2] = {NULL, NULL};
    void *in_the_way[2];
    for (int i = 0; i < 2; i++) {
        in_the_way[i] = malloc(100000);
        Mutator *m = world_new(row);
        text[i] = report_of(m, row);
        mutator_free(m);
    }
    bool broken = text[0];
    if (broken) {
        cJSON *all = cJSON_Parse(text[0]);
        cr_assert(all, "not JSON: %.600s", text[0]);
        expect_keys_are_words(all);
        expect_said(all, inject_row_number(row));
        expect_equal(text[0], text[1]);
        cJSON_Delete(all);
    }
    for (int i = 0; i < 2; i++) free(text[i]), free(in_the_way[i]);
    return broken;
}

Test(sanity_json, is_json_whose_keys_are_words_and_equal_heaps_give_equal_bytes, .timeout = 120)
{
    size_t broken = 0;
    for (size_t row = 0; row < inject_rows(); row++) broken += expect_reports(row);
    cr_assert_gt(broken, 40, "%zu of %zu", broken, inject_rows());
}
