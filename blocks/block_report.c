/* The report of fragmentation by owner: gathered in one walk over all groups, then written in either form.
 *
 * A megablock is *pinned* if some of its blocks, but at most a quarter, have an owner: it cannot be given
 * back, and few groups are the reason. The ten with the fewest blocks in use are listed with their first four
 * groups. */
#include "blocks/block_report.h"

#include "blocks/allocator.h"
#include "blocks/source.h"

enum { SIZE_CLASSES = 9, PINNED_BLOCKS = USABLE_BLOCKS / 4, PINNED_LISTED = 10, PINS = 4 };

typedef struct Share {
    size_t groups, blocks, words;
} Share;

typedef struct Pinned {
    uint32_t mblock, blocks, groups;
    const BlockDescr *pins[PINS];
} Pinned;

typedef struct Figures {
    BlockAllocator *a;
    BlockCounters counters;
    Share owners[OWNER_COUNT], free[SIZE_CLASSES]; /* free groups by power of two, whole megablocks last */
    uint32_t largest;                              /* free run within a megablock, or of whole ones */
    size_t pinned_count;
    Pinned pinned[PINNED_LISTED], current;
} Figures;

/* ---- Gathering */

/* Into its place among those with the fewest blocks; of equal ones the lower number comes first. */
static void pinned_note(Figures *f, const Pinned *p)
{
    if (p->blocks == 0 || p->blocks > PINNED_BLOCKS) return;
    size_t listed = f->pinned_count < PINNED_LISTED ? f->pinned_count : PINNED_LISTED, at = listed;
    f->pinned_count++;
    if (listed == PINNED_LISTED) at--;
    if (at < listed && f->pinned[at].blocks <= p->blocks) return;
    for (; at > 0 && f->pinned[at - 1].blocks > p->blocks; at--) f->pinned[at] = f->pinned[at - 1];
    f->pinned[at] = *p;
}

static void pin_add(Figures *f, const BlockDescr *g)
{
    uint32_t mblock = g->number / MBLOCK_BLOCKS;
    if (f->current.mblock != mblock) {
        pinned_note(f, &f->current);
        f->current = (Pinned){.mblock = mblock};
    }
    if (!block_is_held(g)) return;
    f->current.blocks += g->blocks;
    if (f->current.groups++ < PINS) f->current.pins[f->current.groups - 1] = g;
}

static void share_add(Share *s, const BlockDescr *g)
{
    s->groups++;
    s->blocks += g->blocks;
    if (block_is_held(g)) s->words += (size_t)(g->free - g->start);
}

static bool figures_add(void *context, BlockDescr *g)
{
    Figures *f = context;
    share_add(&f->owners[g->owner < OWNER_COUNT ? g->owner : OWNER_FREE], g);
    if (block_is_free(g)) {
        share_add(&f->free[group_is_mega(g) ? SIZE_CLASSES - 1 : bucket_of(g->blocks)], g);
        if (g->blocks > f->largest) f->largest = g->blocks;
    }
    pin_add(f, g);
    return true;
}

static void figures_gather(Figures *f, BlockAllocator *a)
{
    *f = (Figures){.a = a, .current = {.mblock = UINT32_MAX}};
    block_counters(a, &f->counters);
    block_each_group(a, figures_add, f);
    pinned_note(f, &f->current);
}

static size_t pinned_listed(const Figures *f)
{
    return f->pinned_count < PINNED_LISTED ? f->pinned_count : PINNED_LISTED;
}
static uint32_t class_from(unsigned class) { return class < SIZE_CLASSES - 1 ? 1u << class : USABLE_BLOCKS; }
static uint32_t class_to(unsigned class)
{
    return class < SIZE_CLASSES - 2 ? (2u << class) - 1 : USABLE_BLOCKS - 1;
}

/* ---- As text */

static void text_owners(const Figures *f, FILE *out)
{
    fprintf(out, "  %-12s%10s%12s%10s%9s\n", "owner", "groups", "blocks", "MiB", "in use");
    for (unsigned owner = 0; owner < OWNER_COUNT; owner++) {
        const Share *s = &f->owners[owner];
        if (s->groups == 0) continue;
        fprintf(out, "  %-12s%10zu%12zu%10.1f", block_owner_names[owner], s->groups, s->blocks,
                (double)s->blocks * BLOCK_SIZE / MBLOCK_SIZE);
        if (owner != OWNER_FREE && owner != OWNER_GUARDED)
            fprintf(out, "%8.1f%%", 100.0 * (double)s->words / ((double)s->blocks * BLOCK_WORDS));
        fputc('\n', out);
    }
}

static void text_free(const Figures *f, FILE *out)
{
    fprintf(out, "free groups, by blocks; the largest has %u\n", f->largest);
    for (unsigned class = 0; class < SIZE_CLASSES; class ++) {
        if (f->free[class].groups == 0) continue;
        char range[32];
        if (class == SIZE_CLASSES - 1)
            snprintf(range, sizeof range, "megablocks");
        else
            snprintf(range, sizeof range, "%u-%u", class_from(class), class_to(class));
        fprintf(out, "  %-12s%10zu%12zu\n", range, f->free[class].groups, f->free[class].blocks);
    }
}

static void text_pinned(const Figures *f, FILE *out)
{
    fprintf(out, "megablocks kept by few blocks (at most %u in use): %zu of %zu\n", (unsigned)PINNED_BLOCKS,
            f->pinned_count, f->counters.committed_mblocks);
    for (size_t i = 0; i < pinned_listed(f); i++) {
        const Pinned *p = &f->pinned[i];
        fprintf(out, "  megablock %u: %u block(s) in %u group(s)\n", p->mblock, p->blocks, p->groups);
        for (unsigned k = 0; k < PINS && k < p->groups; k++)
            fprintf(out, "    block %u: %u of %s, generation %u; taken for: %s\n", p->pins[k]->number,
                    p->pins[k]->blocks, block_owner_names[p->pins[k]->owner % OWNER_COUNT],
                    p->pins[k]->gen_no, block_site_text(p->pins[k]->site));
    }
}

static void report_text(const Figures *f, FILE *out)
{
    const BlockSource *source = block_allocator_source(f->a);
    fprintf(out, "blocks: source %s, placement %s\n", source->name, block_allocator_placement(f->a));
    char description[200];
    if (source->describe) {
        source->describe(source, description, sizeof description);
        fprintf(out, "  %s\n", description);
    }
    fprintf(out, "  %zu megablocks committed, %zu at most; %zu given back to the system\n",
            f->counters.committed_mblocks, f->counters.peak_mblocks, f->counters.returned_mblocks);
    text_owners(f, out);
    text_free(f, out);
    text_pinned(f, out);
}

/* ---- As JSON */

/* Names may be a user's. */
static void json_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') fputc('\\', out);
        if ((unsigned char)*text >= ' ') fputc(*text, out);
    }
    fputc('"', out);
}

static void json_owners(const Figures *f, FILE *out)
{
    const char *comma = "";
    fputs("\"owners\":[", out);
    for (unsigned owner = 0; owner < OWNER_COUNT; owner++) {
        const Share *s = &f->owners[owner];
        if (s->groups == 0) continue;
        fprintf(out, "%s{\"owner\":\"%s\",\"groups\":%zu,\"blocks\":%zu,\"words\":%zu}", comma,
                block_owner_names[owner], s->groups, s->blocks, s->words);
        comma = ",";
    }
    fputs("],", out);
}

static void json_free(const Figures *f, FILE *out)
{
    fprintf(out, "\"largest_free\":%u,\"free\":[", f->largest);
    for (unsigned class = 0; class < SIZE_CLASSES; class ++)
        fprintf(out, "%s{\"from\":%u,\"groups\":%zu,\"blocks\":%zu}", class ? "," : "", class_from(class),
                f->free[class].groups, f->free[class].blocks);
    fputs("],", out);
}

static void json_pin(FILE *out, const BlockDescr *g)
{
    fprintf(out, "{\"block\":%u,\"blocks\":%u,\"owner\":\"%s\",\"generation\":%u,\"site\":", g->number,
            g->blocks, block_owner_names[g->owner % OWNER_COUNT], g->gen_no);
    json_text(out, block_site_text(g->site));
    fputc('}', out);
}

static void json_pinned(const Figures *f, FILE *out)
{
    fprintf(out, "\"pinned_megablocks\":%zu,\"pinned\":[", f->pinned_count);
    for (size_t i = 0; i < pinned_listed(f); i++) {
        const Pinned *p = &f->pinned[i];
        fprintf(out, "%s{\"megablock\":%u,\"blocks\":%u,\"groups\":%u,\"by\":[", i ? "," : "", p->mblock,
                p->blocks, p->groups);
        for (unsigned k = 0; k < PINS && k < p->groups; k++) {
            if (k) fputc(',', out);
            json_pin(out, p->pins[k]);
        }
        fputs("]}", out);
    }
    fputs("]", out);
}

static void report_json(const Figures *f, FILE *out)
{
    fputs("{\"source\":", out);
    json_text(out, block_allocator_source(f->a)->name);
    fputs(",\"placement\":", out);
    json_text(out, block_allocator_placement(f->a));
    fprintf(out, ",\"committed_megablocks\":%zu,\"peak_megablocks\":%zu,\"returned_megablocks\":%zu,",
            f->counters.committed_mblocks, f->counters.peak_mblocks, f->counters.returned_mblocks);
    json_owners(f, out);
    json_free(f, out);
    json_pinned(f, out);
    fputs("}\n", out);
}

void block_report(BlockAllocator *a, FILE *out, bool json)
{
    Figures f;
    figures_gather(&f, a);
    if (json)
        report_json(&f, out);
    else
        report_text(&f, out);
}
