/* Diagnoses: collecting them, ordering them, showing them with the line and a caret. Lines of generated
 * modules are thousands of characters long: a window around the place is shown. */
#include "eval/front_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 100 }; /* characters of the line shown on either side of the place */

static char *format_text(Program *p, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = eval_arena_alloc(p->arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void diagnose(Program *p, Span span, const char *format, ...)
{
    if (p->diagnosis_count == DIAGNOSES_MAX) {
        p->tables->diagnoses_full = true;
        return;
    }
    va_list args;
    va_start(args, format);
    p->diagnoses[p->diagnosis_count++] = (Diagnosis){span, format_text(p, format, args), NULL};
    va_end(args);
}

void diagnose_note(Program *p, const char *format, ...)
{
    if (p->tables->diagnoses_full) return;
    va_list args;
    va_start(args, format);
    p->diagnoses[p->diagnosis_count - 1].note = format_text(p, format, args);
    va_end(args);
}

static int order(uint32_t a, uint32_t b) { return (a > b) - (a < b); }

static int order_spans(const Span *a, const Span *b)
{
    if (a->file != b->file) return order(a->file, b->file);
    if (a->line != b->line) return order(a->line, b->line);
    return order(a->column, b->column);
}

/* By insertion: few, stable, nearly in order. */
void diagnoses_sort(Program *p)
{
    for (uint32_t i = 1; i < p->diagnosis_count; i++) {
        Diagnosis d = p->diagnoses[i];
        uint32_t j = i;
        for (; j > 0 && order_spans(&p->diagnoses[j - 1].span, &d.span) > 0; j--)
            p->diagnoses[j] = p->diagnoses[j - 1];
        p->diagnoses[j] = d;
    }
}

/* ---- Showing */

typedef struct Line {
    const char *start, *end;
} Line;

static Line line_of(const SourceFile *file, uint32_t number)
{
    const char *end = file->text + file->length, *at = file->text;
    for (uint32_t i = 1; i < number && at; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at) at++;
    }
    if (!at) return (Line){end, end};
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return (Line){at, newline ? newline : end};
}

static bool continues_character(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

static const char *character_after(const char *at, const char *end)
{
    if (at < end) at++;
    while (at < end && continues_character(*at)) at++;
    return at;
}

/* Control characters would move the terminal's cursor: they are shown as a blank. */
static void print_character(const char *at, const char *next, FILE *out)
{
    unsigned char c = (unsigned char)*at;
    if (c < 0x20 || c == 0x7f)
        fputc(c == '\t' ? '\t' : ' ', out);
    else
        fwrite(at, 1, (size_t)(next - at), out);
}

static bool in_window(uint32_t column, const Span *s)
{
    return column + WINDOW >= s->column && column <= s->column + WINDOW;
}

static void print_line(Line line, const Span *s, FILE *out)
{
    uint32_t column = 1;
    if (s->column > WINDOW + 1) fputs("...", out);
    for (const char *at = line.start, *next; at < line.end; at = next, column++) {
        next = character_after(at, line.end);
        if (in_window(column, s))
            print_character(at, next, out);
        else if (column == s->column + WINDOW + 1)
            fputs("...", out);
    }
    fputc('\n', out);
}

static void print_carets(Line line, const Span *s, FILE *out)
{
    uint32_t column = 1;
    if (s->column > WINDOW + 1) fputs("   ", out);
    const char *at = line.start;
    for (; column < s->column; column++) {
        if (in_window(column, s)) fputc(at < line.end && *at == '\t' ? '\t' : ' ', out);
        at = character_after(at, line.end);
    }
    uint32_t last = s->end_line == s->line ? s->end_column : s->column;
    do {
        fputc('^', out);
        at = character_after(at, line.end);
    } while (++column <= last && in_window(column, s) && at < line.end);
    fputc('\n', out);
}

static void print_place(const SourceFile *file, const Span *s, FILE *out)
{
    Line line = line_of(file, s->line);
    fprintf(out, "%5u | ", s->line);
    print_line(line, s, out);
    fprintf(out, "      | ");
    print_carets(line, s, out);
}

void program_print_diagnoses(const Program *p, void *out)
{
    for (uint32_t i = 0; i < p->diagnosis_count; i++) {
        const Diagnosis *d = &p->diagnoses[i];
        const SourceFile *file = &p->files[d->span.file];
        if (d->span.line == 0)
            fprintf(out, "%s: error: %s\n", file->path, d->text);
        else
            fprintf(out, "%s:%u:%u: error: %s\n", file->path, d->span.line, d->span.column, d->text);
        if (d->span.line > 0 && file->text) print_place(file, &d->span, out);
        if (d->note) fprintf(out, "      = %s\n", d->note);
    }
    if (p->tables->diagnoses_full) fprintf(out, "(only the first %d errors are shown)\n", DIAGNOSES_MAX);
}
