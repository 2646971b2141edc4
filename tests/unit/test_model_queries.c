/* The model over small hand-made traces: time, names, graph, census, search, paths, sentences. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "inspect/model.h"

/* ---- Small worlds. A trace is its header, five info tables, and what a test says. */

static const char *const prelude[] = {
    "{\"e\":\"trace\",\"n\":0,\"version\":\"1.0\",\"word\":8,\"block\":4096,\"program\":\"t.stg\",\"hash\":"
    "\"0000000000000000\",\"args\":\"\",\"seed\":0,\"collector\":\"copying\",\"generations\":2,\"ageing\":1,"
    "\"nursery\":4096,\"blackholing\":\"lazy\",\"tagging\":\"on\",\"selectors\":\"off\",\"source\":"
    "\"reserve\","
    "\"placement\":\"segregated\",\"flags\":\"\",\"level\":\"step\"}",
    "{\"e\":\"source\",\"n\":1,\"file\":0,\"path\":\"t.stg\",\"part\":0,\"parts\":1,\"hash\":"
    "\"0000000000000000\","
    "\"text\":\"let xs in xs\\ncase xs of\\n\"}",
    "{\"e\":\"info\",\"n\":2,\"i\":0,\"name\":\"GHC.Types.:\",\"kind\":\"CON\",\"type\":\"List\",\"reps\":"
    "\"PP\","
    "\"tag\":1,\"family\":0,\"words\":3,\"file\":0,\"line\":0,\"column\":0,\"end_line\":0,\"end_column\":0}",
    "{\"e\":\"info\",\"n\":3,\"i\":1,\"name\":\"I#\",\"kind\":\"CON\",\"type\":\"Int\",\"reps\":\"I\","
    "\"tag\":0,"
    "\"family\":0,\"words\":2,\"file\":0,\"line\":0,\"column\":0,\"end_line\":0,\"end_column\":0}",
    "{\"e\":\"info\",\"n\":4,\"i\":2,\"name\":\"Main.xs\",\"kind\":\"THUNK\",\"reps\":\"P\",\"fields\":"
    "\"ys\",\"tag\":0,"
    "\"family\":0,\"words\":3,\"file\":0,\"line\":1,\"column\":5,\"end_line\":1,\"end_column\":6}",
    "{\"e\":\"info\",\"n\":5,\"i\":3,\"name\":\"upd\",\"kind\":\"UPDATE_FRAME\",\"reps\":\"P\",\"fields\":"
    "\"updatee\","
    "\"tag\":0,\"family\":0,\"words\":2,\"file\":0,\"line\":0,\"column\":0,\"end_line\":0,\"end_column\":0}",
    "{\"e\":\"info\",\"n\":6,\"i\":4,\"name\":\"Main.main\",\"kind\":\"CASE_FRAME\",\"reps\":\"P\","
    "\"fields\":\"zs\","
    "\"tag\":0,\"family\":0,\"words\":2,\"about\":\"[] | GHC.Types.:\",\"file\":0,\"line\":2,\"column\":1,"
    "\"end_line\":2,\"end_column\":7}",
    "{\"e\":\"site\",\"n\":7,\"s\":0,\"file\":0,\"line\":1,\"column\":1,\"end_line\":1,\"end_column\":12,"
    "\"source_file\":0,\"source_line\":0,\"source_column\":0,\"source_end_line\":0,\"source_end_column\":0,"
    "\"text\":\"let xs\",\"reps\":\"P\",\"names\":\"one\"}",
    "{\"e\":\"site\",\"n\":8,\"s\":1,\"file\":0,\"line\":2,\"column\":1,\"end_line\":2,\"end_column\":7,"
    "\"source_file\":0,\"source_line\":0,\"source_column\":0,\"source_end_line\":0,\"source_end_column\":0,"
    "\"text\":\"case xs\",\"reps\":\"P\",\"names\":\"xs\"}",
};
enum { PRELUDE = sizeof prelude / sizeof *prelude };

typedef struct World {
    Trace *trace;
    Model *model;
    int64_t n; /* of the next event */
} World;

static World world_new(void)
{
    World w = {trace_new(), NULL, PRELUDE};
    for (int k = 0; k < PRELUDE; k++) {
        cr_assert(trace_feed(w.trace, prelude[k], strlen(prelude[k])));
        cr_assert(trace_feed(w.trace, "\n", 1), "line %d", k);
    }
    w.model = model_new(w.trace);
    return w;
}

/* Feeds {"e":type,"n":next,rest}; returns the event's number. */
static int64_t tell(World *w, const char *type, const char *rest)
{
    char line[400];
    int length = snprintf(line, sizeof line, "{\"e\":\"%s\",\"n\":%lld,%s}\n", type, (long long)w->n, rest);
    bool fed = trace_feed(w->trace, line, (size_t)length);
    cr_assert(fed, "%s: %s", line, trace_error(w->trace) ? trace_error(w->trace)->text : "?");
    model_refresh(w->model);
    return w->n++;
}

static void tell_int(World *w, int id, int value)
{
    char rest[120];
    snprintf(rest, sizeof rest, "\"id\":%d,\"i\":1,\"words\":2,\"f\":[\"%d\"],\"at\":[5,%d]", id, value,
             4 * id);
    tell(w, "alloc", rest);
}

static void tell_cons(World *w, int id, int head, int tail)
{
    char rest[120];
    snprintf(rest, sizeof rest, "\"id\":%d,\"i\":0,\"words\":3,\"f\":[%d,%d],\"at\":[5,%d]", id, head, tail,
             4 * id);
    tell(w, "alloc", rest);
}

static void tell_thunk(World *w, int id, int field)
{
    char rest[120];
    snprintf(rest, sizeof rest, "\"id\":%d,\"i\":2,\"words\":3,\"f\":[%d],\"at\":[5,%d]", id, field, 4 * id);
    tell(w, "alloc", rest);
}

static void world_free(World *w)
{
    model_free(w->model);
    trace_free(w->trace);
}

static void begin_block(World *w)
{
    tell(w, "block", "\"what\":\"taken\",\"b\":5,\"blocks\":1,\"owner\":\"NURSERY\",\"gen\":0");
}

/* one = I# 1; let xs = thunk over one; case xs of …: xs is entered, becomes `one : one`'s cell #3. */
static World world_of_a_thunk(void)
{
    World w = world_new();
    begin_block(&w);
    tell_int(&w, 1, 1);
    tell(&w, "eval", "\"rule\":\"let\",\"s\":0,\"f\":[1]");
    tell_thunk(&w, 2, 1);
    tell(&w, "eval", "\"rule\":\"case\",\"s\":1,\"f\":[2]");
    tell(&w, "push", "\"i\":4,\"f\":[2]");
    tell(&w, "enter", "\"rule\":\"enter-thunk\",\"id\":2,\"tag\":\"miss\",\"s\":1");
    tell(&w, "push", "\"i\":3,\"f\":[2]");
    tell(&w, "blackhole", "\"id\":2,\"how\":\"eager\"");
    tell_cons(&w, 3, 1, 1);
    tell(&w, "pop", "\"i\":3");
    tell(&w, "update", "\"id\":2,\"to\":3");
    tell(&w, "return", "\"id\":3,\"value\":3,\"frame\":4,\"s\":1");
    tell(&w, "pop", "\"i\":4");
    return w;
}

static void expect_sentence(const World *w, int64_t step, const char *expected)
{
    char out[400];
    model_explain(w->model, model_step_first(w->model, step), 0, out, sizeof out);
    cr_expect_str_eq(out, expected);
}

static void expect_last(const World *w, const char *expected)
{
    expect_sentence(w, model_step_count(w->model) - 1, expected);
}

/* ---- Time */

Test(model, steps_begin_at_rules_and_an_update_with_its_pop)
{
    World w = world_of_a_thunk();
    cr_assert_eq(model_step_count(w.model), 5);
    cr_expect_eq(model_step_at(w.model, PRELUDE), -1, "allocations before the first rule are in no step");
    for (int64_t step = 0; step < 5; step++) {
        int64_t first = model_step_first(w.model, step), last = model_step_last(w.model, step);
        cr_expect_leq(first, last);
        cr_expect_eq(model_step_at(w.model, first), step);
        cr_expect_eq(model_step_at(w.model, last), step);
    }
    const TraceEvent *pop = trace_event(w.trace, (uint64_t)model_step_first(w.model, 3));
    cr_expect_eq(pop->type, EVENT_pop);
    world_free(&w);
}

Test(model, moving_clamps_and_finishes_the_step_it_is_in)
{
    World w = world_of_a_thunk();
    cr_expect(!model_step_by(w.model, -1), "before the first event there is nothing");
    cr_expect(model_step_by(w.model, 2));
    cr_expect_eq(model_position(w.model), model_step_last(w.model, 1));
    model_seek(w.model, model_step_first(w.model, 2));
    model_step_by(w.model, 1);
    cr_expect_eq(model_position(w.model), model_step_last(w.model, 2), "first the rest of the step");
    model_step_by(w.model, 1000);
    cr_expect_eq(model_position(w.model), w.n - 1);
    cr_expect(!model_step_by(w.model, 1));
    model_seek(w.model, -1000);
    cr_expect_eq(model_position(w.model), -1);
    world_free(&w);
}

Test(model, a_collection_splits_the_step_that_it_interrupts)
{
    World w = world_new();
    begin_block(&w);
    tell_int(&w, 1, 1);
    tell(&w, "eval", "\"rule\":\"let\",\"s\":0,\"f\":[1]");
    tell(&w, "gc_begin",
         "\"number\":1,\"generation\":0,\"reason\":\"nursery full\",\"nursery\":2,\"remembered\":0");
    cr_assert_eq(model_step_count(w.model), 2);
    char out[200];
    model_seek(w.model, w.n - 1);
    model_explain(w.model, w.n - 1, 0, out, sizeof out);
    cr_expect_str_eq(out, "Nursery full: a collection is running.");
    expect_sentence(&w, 0, "Allocating xs has to wait: a collection comes first.");
    world_free(&w);
}

/* ---- Sentences */

Test(model, sentences_follow_the_thunk_through_its_life)
{
    World w = world_of_a_thunk();
    model_seek(w.model, w.n - 1);
    expect_sentence(&w, 0, "Allocated xs as thunk #2 (3 words). Nothing was computed.");
    expect_sentence(
        &w, 1,
        "To choose a branch, xs is needed in WHNF. The alternatives wait on the stack and keep zs alive.");
    expect_sentence(&w, 2, "xs is not computed yet: pushed an update frame for #2; #2 is now a black hole.");
    expect_sentence(&w, 3, "#2 now stands for its result #3; 1 other reference will see it without work.");
    expect_sentence(&w, 4, "(:) reached the case in main; branch (:) taken.");
    cr_expect_eq(model_position(w.model), w.n - 1, "explaining comes back");
    world_free(&w);
}

Test(model, before_the_first_step_nothing_was_computed)
{
    World w = world_of_a_thunk();
    char out[200];
    cr_expect_str_eq(model_explain(w.model, 0, 0, out, sizeof out),
                     "The program is loaded; nothing has been computed.");
    world_free(&w);
}

Test(model, technical_level_adds_rule_and_place)
{
    World w = world_of_a_thunk();
    char out[400];
    model_explain(w.model, model_step_first(w.model, 0), 1, out, sizeof out);
    cr_expect(strstr(out, "Rule let, t.stg:1:1, 3 words allocated"), "%s", out);
    world_free(&w);
}

Test(model, why_goes_down_the_stack)
{
    World w = world_of_a_thunk();
    char lines[4][160];
    uint32_t count = model_why(w.model, model_step_last(w.model, 2), lines, 4);
    cr_assert_eq(count, 2);
    cr_expect_str_eq(lines[0], "because #2 xs was demanded and is being computed");
    cr_expect_str_eq(lines[1], "because main waits to choose a branch ([] | GHC.Types.:), line 2");
    world_free(&w);
}

/* ---- Names */

Test(model, lines_and_labels)
{
    World w = world_of_a_thunk();
    char out[200];
    model_seek(w.model, model_step_last(w.model, 0));
    cr_expect_str_eq(model_object_line(w.model, 2, out, sizeof out), "#2 THUNK xs 3 words: ys=#1");
    cr_expect_str_eq(model_object_label(w.model, 1, out, sizeof out), "I# 1");
    cr_expect_str_eq(model_object_line(w.model, 99, out, sizeof out), "#99 is not allocated here");
    model_seek(w.model, model_step_last(w.model, 2));
    cr_expect_str_eq(model_object_line(w.model, 2, out, sizeof out),
                     "#2 BLACKHOLE xs, under evaluation (was a thunk)");
    model_seek(w.model, w.n - 1);
    cr_expect_str_eq(model_object_line(w.model, 2, out, sizeof out), "#2 IND xs → #3");
    cr_expect_str_eq(model_value_preview(w.model, 2, out, sizeof out), "1 : 1");
    world_free(&w);
}

Test(model, words_by_representation)
{
    World w = world_new();
    char out[64];
    double d = 0.1;
    TraceWord bits = {WORD_RAW, 0};
    memcpy(&bits.value, &d, sizeof d);
    cr_expect_str_eq(model_word(w.model, bits, 'D', out, sizeof out), "0.1");
    cr_expect_str_eq(model_word(w.model, (TraceWord){WORD_RAW, -1}, 'I', out, sizeof out), "-1");
    cr_expect_str_eq(model_word(w.model, (TraceWord){WORD_RAW, -1}, 'W', out, sizeof out),
                     "18446744073709551615");
    cr_expect_str_eq(model_word(w.model, (TraceWord){WORD_RAW, 0x3bb}, 'C', out, sizeof out), "'λ'");
    cr_expect_str_eq(model_word(w.model, (TraceWord){WORD_RAW, '\n'}, 'C', out, sizeof out), "'\\n'");
    cr_expect_str_eq(model_word(w.model, (TraceWord){WORD_ID, 7}, 'P', out, sizeof out), "#7");
    world_free(&w);
}

Test(model, text_that_does_not_fit_ends_in_dots)
{
    World w = world_of_a_thunk();
    char out[16];
    model_seek(w.model, w.n - 1);
    model_object_line(w.model, 3, out, sizeof out);
    cr_expect_eq(strlen(out), sizeof out - 1);
    cr_expect_str_eq(out + strlen(out) - 3, "…");
    world_free(&w);
}

Test(model, locals_are_what_the_rule_leaves)
{
    World w = world_of_a_thunk();
    ModelLocal locals[8];
    model_seek(w.model, model_step_last(w.model, 0));
    cr_assert_eq(model_locals(w.model, locals, 8), 2, "what was in scope and what the let has bound");
    cr_expect_str_eq(locals[0].name, "one");
    cr_expect_str_eq(locals[1].name, "xs");
    model_seek(w.model, model_step_last(w.model, 2));
    cr_assert_eq(model_locals(w.model, locals, 8), 1, "the thunk's free variable has been loaded");
    cr_expect_str_eq(locals[0].name, "ys");
    model_seek(w.model, model_step_last(w.model, 4));
    cr_assert_eq(model_locals(w.model, locals, 8), 2, "the result, and what waited in the frame");
    cr_expect_eq(locals[0].word.value, 3);
    cr_expect_str_eq(locals[1].name, "zs");
    cr_expect_eq(model_locals(w.model, locals, 1), 2, "a small buffer changes nothing of the count");
    world_free(&w);
}

Test(model, source_of_the_running_code)
{
    World w = world_of_a_thunk();
    uint32_t file, line, column, end_line, end_column;
    cr_assert(model_source_span(w.model, model_step_first(w.model, 1), &file, &line, &column, &end_line,
                                &end_column));
    cr_expect_eq(line, 2);
    cr_expect_eq(end_column, 7);
    cr_expect(!model_source_span(w.model, 0, &file, &line, &column, &end_line, &end_column));
    world_free(&w);
}

/* ---- Graph, census, search, path, history */

static const GraphNode *node_of(const Graph *g, ObjectId id)
{
    for (uint32_t k = 0; k < g->node_count; k++)
        if (g->nodes[k].kind != NODE_ROOT && g->nodes[k].id == id) return &g->nodes[k];
    return NULL;
}

/* A list of `length` cells, each with a literal, ending in a thunk, held by a CAF-like root. */
static World world_of_a_list(int length)
{
    World w = world_new();
    begin_block(&w);
    tell_int(&w, 1, 7);
    tell_thunk(&w, 2, 1);
    for (int k = 0; k < length; k++) tell_cons(&w, 3 + k, 1, 2 + k);
    char rest[64];
    snprintf(rest, sizeof rest, "\"class\":\"stable\",\"id\":%d", 2 + length);
    tell(&w, "root", rest);
    model_seek(w.model, w.n - 1);
    return w;
}

Test(model, long_runs_fold_and_expand)
{
    World w = world_of_a_list(10);
    GraphOptions o;
    graph_options_default(&o);
    Graph *g = model_graph(w.model, &o);
    const GraphNode *run = node_of(g, 12);
    cr_assert(run);
    cr_expect_eq(run->kind, NODE_RUN);
    cr_expect_eq(run->count, 10);
    cr_expect_eq(run->last, 3);
    cr_expect_str_eq(run->label, "(: ×10) 7 7 7 7 7 7 7 7 7 7");
    const GraphNode *thunk = node_of(g, 2);
    cr_assert(thunk, "what follows the run is a box of its own");
    cr_expect(!node_of(g, 1), "the literal is text");
    for (uint32_t k = 0; k < g->edge_count; k++)
        if (&g->nodes[g->edges[k].to] == thunk) cr_expect_eq(g->edges[k].from, run - g->nodes);
    graph_free(g);
    ObjectId open[] = {12};
    o.expanded = open;
    o.expanded_count = 1;
    g = model_graph(w.model, &o);
    cr_expect_eq(node_of(g, 12)->kind, NODE_OBJECT);
    graph_free(g);
    world_free(&w);
}

Test(model, a_graph_has_a_limit_and_says_what_is_beyond)
{
    World w = world_of_a_list(40);
    GraphOptions o;
    graph_options_default(&o);
    ObjectId open[64];
    for (int k = 0; k < 64; k++) open[k] = k;
    o.expanded = open;
    o.expanded_count = 64;
    o.most_nodes = 5;
    Graph *g = model_graph(w.model, &o);
    cr_expect_eq(g->hidden, 41 - 5, "cells and thunk");
    cr_expect_lt(g->node_count, 8);
    for (uint32_t k = 0; k < g->edge_count; k++) {
        cr_expect_lt(g->edges[k].from, g->node_count);
        cr_expect_lt(g->edges[k].to, g->node_count);
    }
    graph_free(g);
    world_free(&w);
}

Test(model, changed_objects_are_marked)
{
    World w = world_of_a_thunk();
    GraphOptions o;
    graph_options_default(&o);
    model_seek(w.model, model_step_last(w.model, 2));
    Graph *g = model_graph(w.model, &o);
    const GraphNode *thunk = node_of(g, 2);
    cr_assert(thunk);
    cr_expect(thunk->changed, "it has become a black hole");
    graph_free(g);
    world_free(&w);
}

Test(model, census_counts_by_words)
{
    World w = world_of_a_list(10);
    CensusRow rows[8];
    cr_assert_eq(model_census(w.model, CENSUS_KIND, rows, 8), 2);
    cr_expect_str_eq(rows[0].name, "constructor");
    cr_expect_eq(rows[0].count, 11);
    cr_expect_eq(rows[0].words, 32);
    cr_expect_str_eq(rows[1].name, "thunk");
    cr_assert_eq(model_census(w.model, CENSUS_INFO, rows, 1), 3);
    cr_expect_str_eq(rows[0].name, "GHC.Types.:");
    world_free(&w);
}

Test(model, search_is_cyclic_and_means_all_words)
{
    World w = world_of_a_list(3);
    cr_expect_eq(model_search(w.model, "kind:thunk", 0, false), 2);
    cr_expect_eq(model_search(w.model, "#4", 0, false), 4);
    cr_expect_eq(model_search(w.model, "kind:con types", 3, false), 4);
    cr_expect_eq(model_search(w.model, "types", 5, false), 3, "round the end");
    cr_expect_eq(model_search(w.model, "types", 3, true), 5, "and backwards");
    cr_expect_eq(model_search(w.model, "kind:thunk types", 0, false), 0);
    cr_expect_eq(model_search(w.model, "  ", 0, false), 0, "nothing is asked for");
    world_free(&w);
}

Test(model, path_is_the_shortest_and_names_its_root)
{
    World w = world_of_a_list(3);
    ObjectId path[8];
    char root[48];
    cr_assert_eq(model_path(w.model, 2, path, 8, root, sizeof root), 4);
    cr_expect_eq(path[0], 5);
    cr_expect_eq(path[3], 2);
    cr_expect_str_eq(root, "stable :");
    cr_expect_eq(model_path(w.model, 77, path, 8, root, sizeof root), 0);
    world_free(&w);
}

Test(model, history_names_the_events_that_touched_it)
{
    World w = world_of_a_thunk();
    uint64_t events[8];
    char line[120];
    model_seek(w.model, w.n - 1);
    uint32_t count = model_history(w.model, 2, events, 8);
    cr_assert_eq(count, 4, "alloc, enter, blackhole, update");
    cr_expect_str_eq(model_event_line(w.model, (int64_t)events[0], line, sizeof line),
                     "alloc #2 THUNK xs 3 words");
    cr_expect_str_eq(model_event_line(w.model, (int64_t)events[3], line, sizeof line), "update #2 → #3");
    cr_expect_eq(model_history(w.model, 2, events, 1), 4);
    world_free(&w);
}

/* ---- A whole recorded trace */

Test(model, every_event_of_a_trace_can_be_shown)
{
    TraceError error;
    Trace *t = trace_open(THUNKSCOPE_SOURCE_DIR "/tests/golden/tiny.jsonl", &error);
    cr_assert(t);
    Model *m = model_new(t);
    GraphOptions o;
    graph_options_default(&o);
    o.garbage_too = true;
    char out[400];
    ModelLocal locals[8];
    for (int64_t n = -1; n < (int64_t)trace_count(t); n++) {
        model_seek(m, n);
        cr_assert_eq(model_position(m), n, "%s", model_error(m));
        cr_expect_gt(strlen(model_explain(m, n, 1, out, sizeof out)), 10, "event %lld", (long long)n);
        model_locals(m, locals, 8);
        Graph *g = model_graph(m, &o);
        for (uint32_t k = 0; k < g->edge_count; k++) cr_expect_lt(g->edges[k].to, g->node_count);
        graph_free(g);
        cr_expect_eq(model_position(m), n);
    }
    cr_expect(model_gc_by(m, -1));
    cr_expect_eq(trace_event(t, (uint64_t)model_position(m))->type, EVENT_gc_begin);
    cr_expect(model_gc_by(m, 1));
    cr_expect_eq(trace_event(t, (uint64_t)model_position(m))->type, EVENT_gc_end, "its end if at its begin");
    model_free(m);
    trace_free(t);
}

Test(model, a_branch_says_what_it_does_not_read)
{
    World w = world_of_a_thunk();
    expect_sentence(&w, 4, "(:) reached the case in main; branch (:) taken.");
    tell(&w, "eval", "\"rule\":\"let\",\"s\":0,\"f\":[1]");
    expect_sentence(&w, 4, "(:) reached the case in main; branch (:) taken; zs no longer needed from here.");
    world_free(&w);
}

/* ---- The program and the library */

static void tell_library(World *w)
{
    tell(
        w, "source",
        "\"file\":1,\"path\":\"lib.stg\",\"part\":0,\"parts\":1,\"hash\":\"0000000000000000\",\"text\":\"\"");
    tell(w, "site",
         "\"s\":2,\"file\":1,\"line\":1,\"column\":1,\"end_line\":1,\"end_column\":2,\"source_file\":0,"
         "\"source_line\":0,\"source_column\":0,\"source_end_line\":0,\"source_end_column\":0,"
         "\"text\":\"arg\",\"reps\":\"P\",\"names\":\"arg\"");
}

Test(model, thunks_of_the_program_are_its_own_wherever_they_are_demanded)
{
    World w = world_new();
    begin_block(&w);
    tell_library(&w);
    tell_int(&w, 1, 1);
    tell_thunk(&w, 2, 1);
    tell(&w, "eval", "\"rule\":\"case\",\"s\":2,\"f\":[2]");
    int64_t enter = tell(&w, "enter", "\"rule\":\"enter-thunk\",\"id\":2,\"tag\":\"miss\",\"s\":2");
    tell(&w, "push", "\"i\":3,\"f\":[2]");
    tell(&w, "blackhole", "\"id\":2,\"how\":\"eager\"");
    tell(&w, "enter", "\"rule\":\"enter-value\",\"id\":1,\"tag\":\"hit\",\"s\":2");
    static const bool own[] = {false, true, false};
    for (int64_t step = 0; step < 3; step++) {
        model_seek(w.model, model_step_last(w.model, step));
        cr_expect_eq(model_step_is_own(w.model), own[step], "step %lld", (long long)step);
    }
    expect_sentence(
        &w, model_step_at(w.model, enter),
        "xs (here arg) is not computed yet: pushed an update frame for #2; #2 is now a black hole.");
    world_free(&w);
}

/* ---- Levels */

static World world_of_level(const char *level)
{
    World w = {trace_new(), NULL, 1};
    char line[600];
    const char *end = strstr(prelude[0], "\"step\"}");
    int length = snprintf(line, sizeof line, "%.*s\"%s\"}\n", (int)(end - prelude[0]), prelude[0], level);
    cr_assert(trace_feed(w.trace, line, (size_t)length));
    w.model = model_new(w.trace);
    return w;
}

Test(model, a_trace_of_totals_does_not_speak_of_objects)
{
    World w = world_of_level("gc");
    tell(&w, "gc_begin",
         "\"number\":1,\"generation\":0,\"reason\":\"nursery full\",\"nursery\":10,\"remembered\":0");
    tell(&w, "gc_end",
         "\"number\":1,\"live\":4,\"live_objects\":2,\"copied\":4,\"copied_objects\":2,\"promoted\":4,"
         "\"promoted_objects\":2,\"freed\":12,\"blocks\":1,\"ind_removed\":0,"
         "\"present\":\"0000000000000000\",\"reachable\":\"0000000000000000\"");
    cr_expect_str_eq(model_missing(w.model, TRACE_HEAP), "not recorded at level gc");
    cr_expect_null(model_missing(w.model, TRACE_GC));
    expect_sentence(
        &w, 0,
        "Nursery full. 4 of 16 words were reachable (25 %). 12 words were freed, 2 objects moved to "
        "generation 1.");
    world_free(&w);
    w = world_of_level("heap");
    cr_expect_null(model_missing(w.model, TRACE_HEAP));
    cr_expect_str_eq(model_missing(w.model, TRACE_STEP), "not recorded at level heap");
    world_free(&w);
}

/* ---- Remembered sets */

static const char *const gc_ends =
    "\"number\":1,\"live\":5,\"live_objects\":2,\"copied\":5,\"copied_objects\":2,\"promoted\":5,"
    "\"promoted_objects\":2,\"freed\":0,\"blocks\":1,\"ind_removed\":0,\"present\":\"0000000000000000\","
    "\"reachable\":\"0000000000000000\"";

/* The thunk of world_of_a_thunk has grown old before it is entered; a stack chunk has, too. */
static World world_of_an_old_thunk(void)
{
    World w = world_new();
    begin_block(&w);
    tell_int(&w, 1, 1);
    tell_thunk(&w, 2, 1);
    tell(&w, "info",
         "\"i\":5,\"name\":\"STACK\",\"kind\":\"STACK\",\"reps\":\"\",\"tag\":0,\"family\":0,\"words\":0,"
         "\"file\":0,\"line\":0,\"column\":0,\"end_line\":0,\"end_column\":0");
    tell(&w, "alloc", "\"id\":-1,\"i\":5,\"words\":6,\"f\":[],\"at\":[5,40]");
    tell(&w, "block", "\"what\":\"taken\",\"b\":6,\"blocks\":1,\"owner\":\"GENERATION\",\"gen\":1");
    tell(&w, "gc_begin",
         "\"number\":1,\"generation\":0,\"reason\":\"nursery full\",\"nursery\":5,\"remembered\":0");
    tell(&w, "move", "\"id\":1,\"from\":[5,4],\"to\":[6,0],\"gen\":1,\"why\":\"promoted\"");
    tell(&w, "move", "\"id\":2,\"from\":[5,8],\"to\":[6,2],\"gen\":1,\"why\":\"promoted\"");
    tell(&w, "move", "\"id\":-1,\"from\":[5,40],\"to\":[6,8],\"gen\":1,\"why\":\"promoted\"");
    tell(&w, "gc_end", gc_ends);
    return w;
}

Test(model, what_is_remembered_points_to_something_young_or_may)
{
    World w = world_of_an_old_thunk();
    tell(&w, "enter", "\"rule\":\"enter-thunk\",\"id\":2,\"tag\":\"miss\",\"s\":1");
    tell(&w, "remember", "\"id\":2,\"why\":\"black hole\"");
    tell(&w, "blackhole", "\"id\":2,\"how\":\"eager\"");
    expect_last(
        &w,
        "xs is not computed yet: pushed an update frame for #2; #2 is now a black hole. #2 is old and was "
        "written to: noted for the next minor collection, for it may point to something young now.");
    tell_int(&w, 3, 1);
    tell(&w, "update", "\"id\":2,\"to\":3");
    tell(&w, "remember", "\"id\":-1,\"why\":\"stack\"");
    expect_last(&w,
                "#2 now stands for its result #3; nothing else refers to it. The stack chunk is old and was "
                "written to: noted for the next minor collection, for it may point to something young now.");
    tell(&w, "remember", "\"id\":2,\"why\":\"update\"");
    expect_last(
        &w,
        "#2 now stands for its result #3; nothing else refers to it. Old #2 now points to young #3: noted "
        "for the next minor collection.");
    world_free(&w);
}
