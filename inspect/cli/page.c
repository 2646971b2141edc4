#include "inspect/cli/page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FRAMES = 12, MOST_OBJECTS = 20, MOST_NEAR = 2000, MOST_LOCALS = 32, LINE = 200, WIDTH = 78 };

/* ---- Paint */

#define BOLD  "\x1b[1m"
#define DIM   "\x1b[2m"
#define GREEN "\x1b[32m"
#define PLAIN "\x1b[0m"

static const char *paint(const Page *p, const char *code) { return p->color ? code : ""; }

static void title(const Page *p, const char *name)
{
    fprintf(p->out, "%s%s%s", paint(p, BOLD), name, paint(p, PLAIN));
}

/* ---- Source */

static const char *line_start(const char *text, uint32_t line)
{
    for (; text && line > 1; line--) {
        text = strchr(text, '\n');
        if (text) text++;
    }
    return text;
}

/* Bytes of the first so many characters. */
static size_t characters(const char *text, size_t length, uint32_t count)
{
    size_t k = 0;
    while (k < length && count > 0) {
        k++;
        while (k < length && ((unsigned char)text[k] & 0xC0) == 0x80) k++;
        count--;
    }
    return k;
}

static uint32_t character_count(const char *text, size_t length)
{
    uint32_t count = 0;
    for (size_t k = 0; k < length; k++) count += ((unsigned char)text[k] & 0xC0) != 0x80;
    return count;
}

static void source_carets(const Page *p, const char *line, size_t length, uint32_t column, uint32_t end)
{
    uint32_t last = character_count(line, length);
    if (end > last) end = last;
    fprintf(p->out, "       | %s", paint(p, GREEN));
    size_t before = characters(line, length, column - 1);
    for (size_t k = 0; k < before; k++)
        if (line[k] == '\t' || ((unsigned char)line[k] & 0xC0) != 0x80)
            fputc(line[k] == '\t' ? '\t' : ' ', p->out);
    for (uint32_t k = column; k <= end || k == column; k++) fputc('^', p->out);
    fprintf(p->out, "%s\n", paint(p, PLAIN));
}

static void page_source(const Page *p, const Model *m)
{
    uint32_t file, line, column, end_line, end_column;
    const char *path = NULL;
    if (!model_source_span(m, model_position(m), &file, &line, &column, &end_line, &end_column)) return;
    const char *text = trace_source(model_trace(m), file, &path);
    fprintf(p->out, "%s%s:%u:%u%s\n", paint(p, DIM), path ? path : "?", line, column, paint(p, PLAIN));
    const char *at = line_start(text, line);
    if (!at) return;
    size_t length = strcspn(at, "\r\n");
    fprintf(p->out, "%6u | %.*s\n", line, (int)length, at);
    source_carets(p, at, length, column ? column : 1, end_line > line ? UINT32_MAX : end_column);
}

/* ---- Locals and stack */

/* Says so, and true, if the trace does not carry what the line is about. */
static bool page_missing(const Page *p, const Model *m, const char *name, TraceLevel wanted)
{
    const char *missing = model_missing(m, wanted);
    if (missing) title(p, name);
    if (missing) fprintf(p->out, "  %s\n", missing);
    return missing != NULL;
}

static void page_locals(const Page *p, const Model *m)
{
    if (page_missing(p, m, "Locals", TRACE_STEP)) return;
    ModelLocal locals[MOST_LOCALS];
    char word[64];
    uint32_t count = model_locals(m, locals, MOST_LOCALS), shown = 0;
    for (uint32_t k = 0; k < count && k < MOST_LOCALS; k++) {
        model_word_named(m, locals[k].word, locals[k].rep, word, sizeof word);
        if (strcmp(locals[k].name, word) == 0) continue; /* a function of the program, by its own name */
        if (shown++ == 0) title(p, "Locals");
        fprintf(p->out, "  %s=%s", locals[k].name, word);
    }
    if (shown) fputc('\n', p->out);
}

static void page_stack(const Page *p, const Model *m)
{
    if (page_missing(p, m, "Stack", TRACE_HEAP)) return;
    char line[LINE];
    const PlayFrame *f = playback_stack(model_playback(m));
    uint32_t depth = f ? f->depth + 1 : 0, most = p->verbosity > 1 ? UINT32_MAX : MOST_FRAMES;
    title(p, "Stack");
    fprintf(p->out, "  %u frame%s%s\n", depth, depth == 1 ? "" : "s", depth > 1 ? ", top first" : "");
    for (uint32_t k = 0; f && k < most; f = f->below, k++)
        fprintf(p->out, "    %s\n", model_frame_line(m, f, line, sizeof line));
    if (f) fprintf(p->out, "    … %u more below\n", f->depth + 1);
}

/* ---- Heap */

static int by_id(const void *a, const void *b)
{
    ObjectId x = ((const ModelReached *)a)->id, y = ((const ModelReached *)b)->id;
    return x < y ? -1 : x > y;
}

static void page_object(const Page *p, const Model *m, const ModelReached *x)
{
    char line[LINE];
    fprintf(p->out, "  %s%s %s%s\n", paint(p, x->changed ? GREEN : ""), x->changed ? "*" : " ",
            model_object_line(m, x->id, line, sizeof line), paint(p, x->changed ? PLAIN : ""));
}

/* Keeps what is listed at the front of `all`: what has changed, then what is nearest to the running code; by
 * number. Returns how many. */
static uint32_t heap_choose(ModelReached *all, uint32_t count, uint32_t changed, uint32_t most)
{
    uint32_t kept = 0, room = changed < most ? most - changed : 0;
    for (uint32_t k = 0; k < count && kept < most; k++) {
        if (!all[k].changed && room == 0) continue;
        room -= !all[k].changed;
        all[kept++] = all[k];
    }
    qsort(all, kept, sizeof *all, by_id);
    return kept;
}

static void page_objects(const Page *p, const Model *m, ModelReached *all, uint32_t count, bool beyond)
{
    uint32_t changed = 0;
    const char *over = beyond ? "more than " : "";
    for (uint32_t k = 0; k < count; k++) changed += all[k].changed;
    title(p, "Heap");
    fprintf(p->out, "  %s%u object%s reachable", over, count, count == 1 ? "" : "s");
    fprintf(p->out, changed ? ", %u changed (*)\n" : "\n", changed);
    uint32_t shown = heap_choose(all, count, changed, p->verbosity > 1 ? UINT32_MAX : MOST_OBJECTS);
    for (uint32_t k = 0; k < shown; k++) page_object(p, m, &all[k]);
    if (shown < count) fprintf(p->out, "    … and %s%u more\n", over, count - shown);
}

static void page_heap_near(const Page *p, const Model *m)
{
    ModelReached near[MOST_NEAR];
    bool beyond;
    uint32_t count = model_reached_near(m, near, MOST_NEAR, &beyond);
    page_objects(p, m, near, count < MOST_NEAR ? count : MOST_NEAR, beyond || count > MOST_NEAR);
}

static void page_heap_all(const Page *p, const Model *m)
{
    uint32_t count = model_reached(m, NULL, 0);
    ModelReached *all = calloc(count + 1, sizeof *all);
    if (!all) return;
    page_objects(p, m, all, model_reached(m, all, count), false);
    free(all);
}

static void page_heap(const Page *p, const Model *m)
{
    if (page_missing(p, m, "Heap", TRACE_HEAP)) return;
    if (p->verbosity > 1)
        page_heap_all(p, m);
    else
        page_heap_near(p, m);
}

/* ---- The page */

static void page_events(const Page *p, const Model *m, int64_t step)
{
    char line[LINE];
    title(p, "Events");
    fputc('\n', p->out);
    for (int64_t n = model_step_first(m, step); n <= model_step_last(m, step); n++)
        fprintf(p->out, "    %" PRId64 " %s\n", n, model_event_line(m, n, line, sizeof line));
}

static void page_head(const Page *p, const Model *m, int64_t step)
{
    char text[64];
    int used =
        snprintf(text, sizeof text, "==== step %" PRId64 ", event %" PRId64 " ", step, model_position(m));
    fprintf(p->out, "%s%s", paint(p, BOLD), text);
    for (; used < WIDTH; used++) fputc('=', p->out);
    fprintf(p->out, "%s\n", paint(p, PLAIN));
}

/* A sentence in lines of the page's width. */
static void page_sentence(const Page *p, const char *sentence)
{
    uint32_t column = 0;
    for (const char *at = sentence; *at;) {
        size_t length = strcspn(at, " ");
        uint32_t width = character_count(at, length);
        if (column > 0 && column + 1 + width > WIDTH) {
            fputc('\n', p->out);
            column = 0;
        }
        if (column > 0) fputc(' ', p->out);
        fprintf(p->out, "%.*s", (int)length, at);
        column += width + (column > 0);
        at += length + (at[length] == ' ');
    }
    fputc('\n', p->out);
}

static void page_output(const Page *p, const Stepper *s, int64_t since, int64_t step)
{
    char last = '\n';
    for (uint32_t k = 0; k < s->output_count; k++) {
        const Output *o = &s->outputs[k];
        if (o->step <= since || o->step > step) continue;
        if (last == '\n') title(p, "Printed  ");
        fwrite(o->text, 1, o->length, p->out);
        last = o->text[o->length - 1];
    }
    if (last != '\n') fputc('\n', p->out);
}

void page_step(const Page *p, const Stepper *s, int64_t since)
{
    char sentence[600];
    const Model *m = s->model;
    int64_t n = model_position(m), step = model_step_at(m, n);
    model_explain(m, n, p->verbosity > 1, sentence, sizeof sentence);
    if (p->verbosity == 0) {
        fprintf(p->out, "%" PRId64 ": %s\n", step, sentence);
        page_output(p, s, since, step);
        return;
    }
    page_head(p, m, step);
    page_source(p, m);
    page_sentence(p, sentence);
    page_output(p, s, since, step);
    page_locals(p, m);
    page_stack(p, m);
    page_heap(p, m);
    if (p->verbosity > 1 && step >= 0) page_events(p, m, step);
    fputc('\n', p->out);
}

void page_end(const Page *p, const Stepper *s, int64_t since)
{
    const char *error = model_error(s->model);
    uint64_t count = trace_count(s->trace);
    const TraceEvent *last = count ? trace_event(s->trace, count - 1) : NULL;
    page_output(p, s, since, INT64_MAX);
    if (error)
        fprintf(p->out, "The trace ends here: %s\n", error);
    else if (last && last->type == EVENT_end)
        fprintf(p->out, "The run ended: %s, exit code %" PRIu64 ".\n", last->as_end.reason,
                last->as_end.exit);
    else if (s->live && s->status > 128)
        fprintf(p->out, "The run was cut off by signal %d.\n", s->status - 128);
    else if (s->live)
        fprintf(p->out, "The run could not start or was cut off: exit code %d.\n", s->status);
    else
        fprintf(p->out, "The trace ends here, without saying how the run ended.\n");
}
