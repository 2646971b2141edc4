/* Playback: the state at an event does not depend on the side from which it is reached. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "traces/playback.h"

#define TINY THUNKSCOPE_SOURCE_DIR "/tests/golden/tiny.jsonl"

/* ---- The state as text */

static void dump_words(FILE *out, TraceWords words)
{
    for (uint32_t k = 0; k < words.count; k++)
        fprintf(out, " %d:%lld", words.at[k].kind, (long long)words.at[k].value);
}

static void dump_object(FILE *out, const PlayObject *o)
{
    fprintf(out,
            "%lld info %u kind %d words %u at %u+%u gen %u age %u %d%d%d%d%d%d to %lld born %llu last %llu:",
            (long long)o->id, o->info, o->kind, o->words, o->at.block, o->at.offset, o->generation, o->age,
            o->is_static, o->is_large, o->dead, o->eliminated, o->root, o->remembered, (long long)o->target,
            (unsigned long long)o->born, (unsigned long long)o->last);
    dump_words(out, o->fields);
    fputc('\n', out);
}

static void dump_place(void *out, const PlayObject *o) { fprintf(out, " %lld", (long long)o->id); }

static void dump_tables(FILE *out, const Playback *p)
{
    for (ObjectId id = playback_last_runtime_id(p); id <= playback_last_id(p); id++)
        if (id) dump_object(out, playback_object(p, id));
    for (uint32_t k = 0; k < playback_root_count(p); k++) {
        const char *class_;
        ObjectId id = playback_root(p, k, &class_);
        fprintf(out, "root %lld %s\n", (long long)id, class_);
    }
    for (uint32_t k = 0; k < playback_block_count(p); k++) {
        const PlayBlock *b = playback_block(p, k);
        fprintf(out, "block %u+%u %s %u:", b->number, b->blocks, b->owner, b->generation);
        playback_each_in_block(p, b->number, dump_place, out);
        fputc('\n', out);
    }
}

static char *dump(const Playback *p)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "live %llu %llu collecting %lld\n", (unsigned long long)playback_live_count(p),
            (unsigned long long)playback_live_words(p), (long long)playback_collecting(p));
    dump_tables(out, p);
    for (const PlayFrame *f = playback_stack(p); f; f = f->below) {
        fprintf(out, "frame %u %u %llu:", f->depth, f->info, (unsigned long long)f->pushed);
        dump_words(out, f->words);
        fputc('\n', out);
    }
    fclose(out);
    return text;
}

static Trace *open_tiny(void)
{
    TraceError error;
    Trace *t = trace_open(TINY, &error);
    cr_assert(t && !trace_error(t));
    return t;
}

Test(playback, both_ways_to_every_event)
{
    Trace *t = open_tiny();
    Playback *p = playback_new(t);
    int64_t count = (int64_t)trace_count(t);
    char **states = calloc((size_t)count + 1, sizeof *states);
    for (int64_t n = -1; n < count; n++) {
        cr_assert(playback_seek(p, n));
        states[n + 1] = dump(p);
    }
    for (int64_t n = count - 1; n >= -1; n--) {
        cr_assert(playback_seek(p, n));
        char *state = dump(p);
        cr_assert_str_eq(state, states[n + 1], "backwards to event %lld", (long long)n);
        free(state);
    }
    for (int64_t k = 0, n = 0; k < 300; k++, n = (n * 31 + 17) % count) {
        cr_assert(playback_seek(p, n));
        char *state = dump(p);
        cr_assert_str_eq(state, states[n + 1], "jump to event %lld", (long long)n);
        free(state);
    }
    for (int64_t n = 0; n <= count; n++) free(states[n]);
    free(states);
    playback_free(p);
    trace_free(t);
}

static int64_t find_event(const Trace *t, EventType type, unsigned which)
{
    for (uint64_t k = 0; k < trace_count(t); k++)
        if (trace_event(t, k)->type == type && which-- == 0) return (int64_t)k;
    return -1;
}

Test(playback, objects_live_and_die)
{
    Trace *t = open_tiny();
    Playback *p = playback_new(t);
    cr_assert(playback_seek(p, find_event(t, EVENT_gc_begin, 0)));
    const PlayObject *hole = playback_object(p, 4), *cell = playback_object(p, 7);
    cr_assert(hole->kind == KIND_IND && hole->target == 6 && !hole->dead);
    cr_assert(cell->fields.at[0].value == 5, "what was written");
    cr_assert_eq(playback_resolve(p, 4), 4);
    cr_assert_eq(playback_object_at(p, (TraceAddr){5, 15})->id, 6, "an address inside an object");
    cr_assert_null(playback_object_at(p, (TraceAddr){5, 19}));
    cr_assert(playback_seek(p, find_event(t, EVENT_gc_end, 0)));
    hole = playback_object(p, 4);
    cr_assert(hole->dead && hole->eliminated && playback_resolve(p, 4) == 6);
    cr_assert_eq(playback_object_at(p, (TraceAddr){6, 3})->id, 6);
    cr_assert_null(playback_object_at(p, (TraceAddr){5, 15}));
    cr_assert(playback_seek(p, 1 << 20));
    cr_assert_eq(playback_digests_confirmed(p), 2);
    cr_assert_eq(playback_object(p, 5)->words, 2, "a black hole is copied small");
    playback_free(p);
    trace_free(t);
}

Test(playback, stack_and_roots)
{
    Trace *t = open_tiny();
    Playback *p = playback_new(t);
    const char *class_;
    cr_assert(playback_seek(p, find_event(t, EVENT_push, 2)));
    const PlayFrame *youngest = playback_stack(p);
    cr_assert(youngest->depth == 2 && youngest->words.at[0].value == 4);
    cr_assert(youngest->below->words.at[1].kind == WORD_RAW && youngest->below->words.at[1].value == -7);
    cr_assert(playback_root_count(p) == 1 && playback_root(p, 0, &class_) == 2);
    cr_assert_str_eq(class_, "CAF");
    playback_free(p);
    trace_free(t);
}

/* ---- Changed traces */

static char *tiny_text(void)
{
    FILE *file = fopen(TINY, "rb");
    char *text = calloc(1, 1 << 16);
    cr_assert(file && fread(text, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return text;
}

/* The golden trace with one place replaced by as many bytes. */
static Trace *changed_trace(const char *from, const char *to)
{
    char *text = tiny_text(), *place = strstr(text, from);
    cr_assert(place && strlen(from) == strlen(to), "%s", from);
    memcpy(place, to, strlen(to));
    Trace *t = trace_new();
    cr_assert(trace_feed(t, text, strlen(text)), "%s", trace_error(t) ? trace_error(t)->text : "");
    free(text);
    return t;
}

Test(playback, references_leave_eliminated_indirections)
{
    Trace *t = changed_trace("\"n\":41,\"i\":5,\"f\":[7,", "\"n\":41,\"i\":5,\"f\":[4,");
    Playback *p = playback_new(t);
    cr_assert(playback_seek(p, find_event(t, EVENT_gc_end, 0) - 1));
    cr_assert(playback_stack(p)->words.at[0].value == 4 && playback_object(p, 2)->target == 4);
    cr_assert(playback_seek(p, playback_position(p) + 1));
    cr_assert(playback_stack(p)->words.at[0].value == 6 && playback_object(p, 2)->target == 6);
    cr_assert(playback_seek(p, playback_position(p) - 1));
    cr_assert(playback_stack(p)->words.at[0].value == 4 && playback_object(p, 2)->target == 4);
    playback_free(p);
    trace_free(t);
}

/* A trace that lies: playback must stop with this error. */
static void expect_lie(const char *from, const char *to, const char *error)
{
    Trace *t = changed_trace(from, to);
    Playback *p = playback_new(t);
    cr_assert_not(playback_seek(p, 1 << 20), "accepted: %s", to);
    const TraceError *e = playback_error(p);
    cr_assert(strstr(e->text, error), "%s, not %s", e->text, error);
    cr_assert_eq(playback_position(p), (int64_t)e->line - 1, "it stands before the event");
    cr_assert(playback_seek(p, -1) && playback_live_count(p) == 0);
    playback_free(p);
    p = playback_new_once(t);
    cr_assert(!playback_seek(p, 1 << 20) && strstr(playback_error(p)->text, error), "%s",
              playback_error(p)->text);
    playback_free(p);
    trace_free(t);
}

Test(playback, lies)
{
    expect_lie("\"id\":7,\"slot\":0,\"old\":3,\"new\":5", "\"id\":7,\"slot\":0,\"old\":3,\"new\":3",
               "digest");
    expect_lie("\"id\":7,\"slot\":0", "\"id\":7,\"slot\":9", "no word 9");
    expect_lie("\"f\":[1,6],\"s\":0", "\"f\":[1,5],\"s\":0", "digest");
    expect_lie("\"e\":\"die\",\"n\":50,\"id\":4", "\"e\":\"die\",\"n\":50,\"id\":1", "not found dead");
    expect_lie("\"from\":[5,17],\"to\":[6,0]", "\"from\":[5,16],\"to\":[6,0]", "stands at");
    expect_lie("\"from\":[5,14],\"to\":[6,2]", "\"from\":[5,14],\"to\":[6,0]", "where object 7 stands");
    expect_lie("\"e\":\"ind_elim\",\"n\":46,\"id\":4", "\"e\":\"ind_elim\",\"n\":46,\"id\":3",
               "no indirection");
    expect_lie("\"e\":\"die\",\"n\":61,\"id\":7", "\"e\":\"die\",\"n\":61,\"id\":6", "reachable, but");
}

/* Object 7, a variable, has no bytes. */
Test(playback, input_comes_into_byte_arrays)
{
    static const char input[] = "{\"e\":\"input\",\"n\":40,\"from\":\"read\",\"value\":null,\"address\":null,"
                                "\"id\":7,\"slot\":0,\"f\":[\"5\"]}\n";
    char *text = tiny_text();
    Trace *t = trace_new();
    cr_assert(trace_feed(t, text, (size_t)(strstr(text, "{\"e\":\"write\",\"n\":40") - text)));
    cr_assert(trace_feed(t, input, sizeof input - 1));
    Playback *p = playback_new(t);
    cr_assert(!playback_seek(p, 40) && playback_position(p) == 39);
    cr_assert(strstr(playback_error(p)->text, "no bytes for 1 words from word 0"));
    playback_free(p);
    trace_free(t);
    free(text);
}
