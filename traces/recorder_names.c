/* What events refer to by number: info tables, sites, source files. The trace's numbers are dense in order of
 * first use. */
#include <stdlib.h>
#include <string.h>

#include "traces/recorder_private.h"

static uint32_t *number_of(Numbers *n, uint32_t maker)
{
    size_t old = n->capacity;
    n->at = memory_grow(n->at, &n->capacity, (size_t)maker + 1, sizeof *n->at);
    if (n->capacity > old) memset(n->at + old, 0, (n->capacity - old) * sizeof *n->at);
    return &n->at[maker];
}

/* ---- Source files */

static uint64_t text_hash(const char *text, size_t length)
{
    uint64_t h = 14695981039346656037u;
    for (size_t k = 0; k < length; k++) h = (h ^ (uint8_t)text[k]) * 1099511628211u;
    return h;
}

static uint64_t count_parts(const char *text, size_t length)
{
    uint64_t parts = 0;
    for (size_t at = 0; at < length; parts++) at += writer_text_fits(text + at, length - at, WRITER_PART);
    return parts ? parts : 1;
}

static void write_part(Recorder *r, Event_source *e, const char *text, size_t length)
{
    char *part = memory_new(length + 1);
    memcpy(part, text, length);
    part[length] = 0;
    e->text = part;
    r->writer.text_most = WRITER_PART;
    write_source(&r->writer, e);
    r->writer.text_most = WRITER_TEXT;
    free(part);
}

static uint32_t write_source_file(Recorder *r, const char *path, const char *text, size_t length)
{
    Event_source e = {.file = r->file_count,
                      .path = path,
                      .parts = count_parts(text, length),
                      .hash = text_hash(text, length)};
    for (size_t at = 0, fits; e.part < e.parts; at += fits, e.part++) {
        fits = writer_text_fits(text + at, length - at, WRITER_PART);
        write_part(r, &e, text + at, fits);
    }
    r->files = memory_grow(r->files, &r->file_capacity, r->file_count + 1, sizeof *r->files);
    r->files[r->file_count] = strcpy(memory_new(strlen(path) + 1), path);
    return (uint32_t)r->file_count++;
}

void write_sources(Recorder *r, const RecorderConfig *config)
{
    for (uint32_t k = 0; k < config->source_count; k++)
        write_source_file(r, config->sources[k].path, config->sources[k].text ? config->sources[k].text : "",
                          config->sources[k].text ? config->sources[k].length : 0);
}

/* A file that nobody gave us is declared without its text. */
static uint32_t file_number(Recorder *r, const char *path)
{
    if (!path) return 0;
    for (size_t k = 0; k < r->file_count; k++)
        if (strcmp(r->files[k], path) == 0) return (uint32_t)k;
    return write_source_file(r, path, "", 0);
}

/* The place in the Haskell text, which infos and sites name alike. */
#define SET_SOURCE(r, e, place)                                                                              \
    do {                                                                                                     \
        if (!(place).file) break;                                                                            \
        (e).source_file = file_number(r, (place).file);                                                      \
        (e).source_line = (place).line;                                                                      \
        (e).source_column = (place).column;                                                                  \
        (e).source_end_line = (place).end_line;                                                              \
        (e).source_end_column = (place).end_column;                                                          \
    } while (0)

/* ---- Info tables */

#define REPS_MAX 2048u

static bool word_is_pointer(const InfoTable *info, uint32_t k)
{
    const KindRow *kind = &kinds[info->kind];
    if (kind->flags & IS_FRAME) return bitmap_test(&info->bitmap, k);
    return k < (kind->layout == LAYOUT_PAYLOAD ? info->ptrs : kind->pointers);
}

static uint32_t word_count(const InfoTable *info)
{
    const KindRow *kind = &kinds[info->kind];
    if (kind->layout == LAYOUT_FRAME) return info->ptrs;
    if (kind->layout == LAYOUT_PAYLOAD) return info->ptrs + info->nptrs;
    bool fixed = kind->layout == LAYOUT_FIXED || kind->layout == LAYOUT_WEAK;
    if (!fixed || kind->flags & IS_STATIC) return 0;
    return kind->words - kind->first;
}

/* The table's own letters, or what its layout says. */
static const char *reps_of(const InfoTable *info, char *out)
{
    if (info->reps) return info->reps;
    uint32_t count = word_count(info);
    if (count >= REPS_MAX) count = REPS_MAX - 1;
    for (uint32_t k = 0; k < count; k++) out[k] = word_is_pointer(info, k) ? 'P' : 'W';
    out[count] = 0;
    return out;
}

uint32_t info_number(Recorder *r, const InfoTable *info)
{
    uint32_t *number = number_of(&r->infos, info->id);
    if (likely(*number)) return *number - 1;
    char reps[REPS_MAX];
    Event_info e = {.i = r->info_count,
                    .name = info->name ? info->name : kinds[info->kind].name,
                    .kind = kinds[info->kind].name,
                    .type = info->type,
                    .reps = reps_of(info, reps),
                    .fields = info->fields,
                    .tag = kinds[info->kind].flags & IS_FRAME ? 0 : info->con_tag,
                    .family = info->flags & INFO_BIG_FAMILY ? 1 : 0,
                    .words = info->words,
                    .about = info->about,
                    .file = file_number(r, info->span.file)};
    if (info->span.file) {
        e.line = info->span.line;
        e.column = info->span.column;
        e.end_line = info->span.end_line;
        e.end_column = info->span.end_column;
    }
    SET_SOURCE(r, e, info->source);
    write_info(&r->writer, &e);
    *number = ++r->info_count;
    return *number - 1;
}

/* ---- Sites */

uint32_t site_number(Recorder *r, const StepSite *site)
{
    if (!site || !records(r, TRACE_STEP)) return TRACE_NO_NUMBER;
    uint32_t *number = number_of(&r->sites, site->id);
    if (likely(*number)) return *number - 1;
    Event_site e = {.s = r->site_count,
                    .file = file_number(r, site->span.file),
                    .line = site->span.line,
                    .column = site->span.column,
                    .end_line = site->span.end_line,
                    .end_column = site->span.end_column,
                    .text = site->text ? site->text : "",
                    .reps = site->reps ? site->reps : "",
                    .names = site->names ? site->names : ""};
    if (!site->span.file) e.line = 0;
    SET_SOURCE(r, e, site->source);
    write_site(&r->writer, &e);
    *number = ++r->site_count;
    return *number - 1;
}
