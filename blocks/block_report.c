/* The report of fragmentation by owner: gathered in one walk over all groups, then written in either form.
 *
 * A megablock is *pinned* if some of its blocks, but at most a quarter, have an owner: it cannot be given
 * back, and few groups are the reason. Who they are is told by owner and site, the hardest to move first: of
 * all pinned megablocks together, and of ten. These are those with the hardest to move, and of equal ones
 * those with the fewest blocks in use.
 *
 * A group lives as a whole while anything in it does: how much of it is alive, somebody who knows objects has
 * to say. Told are the shares by owner and site, and of the groups of pinned objects, which never get rid of
 * what is dead, ten of those with the least alive. */
#include "blocks/block_report.h"

#include "blocks/allocator.h"
#include "blocks/json.h"
#include "blocks/source.h"

enum {
    SIZE_CLASSES = 9,
    PINNED_BLOCKS = USABLE_BLOCKS / 4,
    PINNED_LISTED = 10,
    USE_QUARTERS = 4,
    SPARSE_LISTED = 10,
    KEEPERS_LISTED = 2,
    KEEPER_BYTES = 400
};

/* The hardest to move first: what may not move at all, what only dies where it is, what collections move. */
static const BlockOwner by_hardness[] = {OWNER_PINNED,     OWNER_LARGE,   OWNER_STATIC,     OWNER_USER,
                                         OWNER_GENERATION, OWNER_NURSERY, OWNER_REMEMBERED, OWNER_COLLECTOR};
enum { HARDNESSES = sizeof by_hardness / sizeof *by_hardness, PIN_KINDS = HARDNESSES * SITE_COUNT };
_Static_assert(HARDNESSES + 2 == OWNER_COUNT, "every owner but FREE and GUARDED has its place");

typedef struct Share {
    size_t groups, blocks, words;
} Share;

/* The groups of one owner and site, in a megablock or in all that are pinned. */
typedef struct Pin {
    size_t mblocks, groups, blocks;
    uint32_t lowest; /* block of the first of them */
    uint8_t oldest;  /* generation */
} Pin;

typedef struct Pinned {
    uint32_t mblock, blocks, groups;
    Pin pins[PIN_KINDS]; /* by owner's hardness, then by site */
} Pinned;

/* How much is alive in the groups of one owner and site. */
typedef struct Use {
    size_t groups, words, live;
    size_t quarters[USE_QUARTERS]; /* groups, by the share of their words that is */
} Use;

/* A group of pinned objects. */
typedef struct Sparse {
    const BlockDescr *group;
    size_t words, live;
} Sparse;

typedef struct Figures {
    BlockAllocator *a;
    const BlockReportForm *form;
    BlockCounters counters;
    Share owners[OWNER_COUNT], free[SIZE_CLASSES]; /* free groups by power of two, whole megablocks last */
    uint32_t largest;                              /* free run within a megablock, or of whole ones */
    size_t pinned_count;
    Pin pins[PIN_KINDS]; /* of all pinned megablocks */
    Pinned pinned[PINNED_LISTED], current;
    Use uses[PIN_KINDS];
    size_t sparse_count;
    Sparse sparse[SPARSE_LISTED];
} Figures;

/* ---- Gathering */

static unsigned hardness_of(const BlockDescr *g)
{
    unsigned at = 0;
    while (at < HARDNESSES - 1 && by_hardness[at] != g->owner) at++;
    return at;
}

static unsigned hardest(const Pinned *p)
{
    unsigned kind = 0;
    while (p->pins[kind].groups == 0) kind++;
    return kind / SITE_COUNT;
}

/* Is this one to be listed before the other? */
static bool matters_more(const Pinned *p, const Pinned *other)
{
    unsigned mine = hardest(p), its = hardest(other);
    return mine != its ? mine < its : p->blocks < other->blocks;
}

static void pin_total(Pin *total, const Pin *pin)
{
    if (pin->groups == 0) return;
    total->mblocks++;
    total->groups += pin->groups;
    total->blocks += pin->blocks;
}

/* Into its place among those that matter most; of equal ones the lower number comes first. */
static void pinned_note(Figures *f, const Pinned *p)
{
    if (p->blocks == 0 || p->blocks > PINNED_BLOCKS) return;
    for (unsigned kind = 0; kind < PIN_KINDS; kind++) pin_total(&f->pins[kind], &p->pins[kind]);
    size_t at = f->pinned_count < PINNED_LISTED ? f->pinned_count : PINNED_LISTED;
    f->pinned_count++;
    for (; at > 0 && matters_more(p, &f->pinned[at - 1]); at--)
        if (at < PINNED_LISTED) f->pinned[at] = f->pinned[at - 1];
    if (at < PINNED_LISTED) f->pinned[at] = *p;
}

static unsigned kind_of(const BlockDescr *g) { return hardness_of(g) * SITE_COUNT + g->site % SITE_COUNT; }

static void pin_count(Pin *pin, const BlockDescr *g)
{
    if (pin->groups++ == 0) pin->lowest = g->number;
    pin->blocks += g->blocks;
    if (g->gen_no > pin->oldest) pin->oldest = g->gen_no;
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
    f->current.groups++;
    pin_count(&f->current.pins[kind_of(g)], g);
}

static bool is_sparser(const Sparse *s, const Sparse *other)
{
    return s->live * other->words < other->live * s->words;
}

/* Into its place among the sparsest; of equal ones the lower number comes first. */
static void sparse_note(Figures *f, const BlockDescr *g, size_t words, size_t live)
{
    Sparse s = {g, words, live};
    if (live == words) return;
    size_t at = f->sparse_count < SPARSE_LISTED ? f->sparse_count : SPARSE_LISTED;
    f->sparse_count++;
    for (; at > 0 && is_sparser(&s, &f->sparse[at - 1]); at--)
        if (at < SPARSE_LISTED) f->sparse[at] = f->sparse[at - 1];
    if (at < SPARSE_LISTED) f->sparse[at] = s;
}

static void use_add(Figures *f, const BlockDescr *g)
{
    if (!f->form->live_words || !block_is_held(g) || g->free == g->start) return;
    size_t live = f->form->live_words(f->form->context, g), words = (size_t)(g->free - g->start);
    if (live == BLOCK_LIVE_UNKNOWN) return;
    Use *use = &f->uses[kind_of(g)];
    use->groups++;
    use->words += words;
    use->live += live;
    use->quarters[live < words ? live * USE_QUARTERS / words : USE_QUARTERS - 1]++;
    if (g->owner == OWNER_PINNED) sparse_note(f, g, words, live);
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
    use_add(f, g);
    return true;
}

static void figures_gather(Figures *f, BlockAllocator *a, const BlockReportForm *form)
{
    *f = (Figures){.a = a, .form = form, .current = {.mblock = UINT32_MAX}};
    block_counters(a, &f->counters);
    block_each_group(a, figures_add, f);
    pinned_note(f, &f->current);
}

static size_t pinned_listed(const Figures *f)
{
    return f->pinned_count < PINNED_LISTED ? f->pinned_count : PINNED_LISTED;
}
static size_t sparse_listed(const Figures *f)
{
    return f->sparse_count < SPARSE_LISTED ? f->sparse_count : SPARSE_LISTED;
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
        size_t room = s->blocks * BLOCK_WORDS;
        if (owner != OWNER_FREE && owner != OWNER_GUARDED)
            fprintf(out, "%8.1f%%", 100.0 * (double)s->words / (double)room);
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
        else if (class_from(class) == class_to(class))
            snprintf(range, sizeof range, "%u", class_from(class));
        else
            snprintf(range, sizeof range, "%u-%u", class_from(class), class_to(class));
        fprintf(out, "  %-12s%10zu%12zu\n", range, f->free[class].groups, f->free[class].blocks);
    }
}

static const char *pin_owner(unsigned kind) { return block_owner_names[by_hardness[kind / SITE_COUNT]]; }
static const char *pin_site(unsigned kind) { return block_site_text(kind % SITE_COUNT); }

static void text_pins(const Pinned *p, FILE *out)
{
    fprintf(out, "  megablock %u: %u block(s) in %u group(s)\n", p->mblock, p->blocks, p->groups);
    for (unsigned kind = 0; kind < PIN_KINDS; kind++) {
        const Pin *pin = &p->pins[kind];
        if (pin->groups == 0) continue;
        fprintf(out, "    %zu block(s) in %zu group(s) of %s, from block %u, ", pin->blocks, pin->groups,
                pin_owner(kind), pin->lowest);
        fprintf(out, "up to generation %u; taken for: %s\n", pin->oldest, pin_site(kind));
    }
}

static void text_pinned(const Figures *f, FILE *out)
{
    fprintf(out, "megablocks kept by few blocks (at most %u in use): %zu of %zu\n", (unsigned)PINNED_BLOCKS,
            f->pinned_count, f->counters.committed_mblocks);
    if (f->pinned_count == 0) return;
    fprintf(out, "  %-12s%10s%12s%12s  taken for\n", "kept by", "groups", "blocks", "megablocks");
    for (unsigned kind = 0; kind < PIN_KINDS; kind++)
        if (f->pins[kind].groups)
            fprintf(out, "  %-12s%10zu%12zu%12zu  %s\n", pin_owner(kind), f->pins[kind].groups,
                    f->pins[kind].blocks, f->pins[kind].mblocks, pin_site(kind));
    for (size_t i = 0; i < pinned_listed(f); i++) text_pins(&f->pinned[i], out);
    if (f->pinned_count > PINNED_LISTED)
        fprintf(out, "  and %zu more megablock(s)\n", f->pinned_count - PINNED_LISTED);
}

static double per_cent(size_t part, size_t whole) { return 100.0 * (double)part / (double)whole; }

/* The objects for which the group is kept, the first few. */
static void text_keepers(const Figures *f, const Sparse *s, FILE *out)
{
    char text[KEEPER_BYTES];
    for (size_t i = 0; i < KEEPERS_LISTED; i++) {
        if (!f->form->live_object(f->form->context, s->group, i, text, sizeof text)) break;
        fprintf(out, "    %s\n", text);
    }
}

static void text_sparse(const Figures *f, FILE *out)
{
    if (f->sparse_count == 0) return;
    fprintf(out, "groups of pinned objects that dead ones live with: %zu\n", f->sparse_count);
    for (size_t i = 0; i < sparse_listed(f); i++) {
        const Sparse *s = &f->sparse[i];
        fprintf(out, "  block %u: %u block(s), %zu of %zu words alive, generation %u\n", s->group->number,
                s->group->blocks, s->live, s->words, s->group->gen_no);
        text_keepers(f, s, out);
    }
    if (f->sparse_count > SPARSE_LISTED)
        fprintf(out, "  and %zu more group(s)\n", f->sparse_count - SPARSE_LISTED);
}

static void text_uses(const Figures *f, FILE *out)
{
    if (!f->form->live_words) return;
    fputs("alive of the words in use, and groups by that share\n", out);
    fprintf(out, "  %-12s%10s%12s%10s%9s%9s%9s%9s  taken for\n", "owner", "groups", "words", "alive",
            "to 25%", "to 50%", "to 75%", "to 100%");
    for (unsigned kind = 0; kind < PIN_KINDS; kind++) {
        const Use *use = &f->uses[kind];
        if (use->groups == 0) continue;
        fprintf(out, "  %-12s%10zu%12zu%9.1f%%", pin_owner(kind), use->groups, use->words,
                per_cent(use->live, use->words));
        for (unsigned k = 0; k < USE_QUARTERS; k++) fprintf(out, "%9zu", use->quarters[k]);
        fprintf(out, "  %s\n", pin_site(kind));
    }
    text_sparse(f, out);
}

static void report_text(const Figures *f, FILE *out)
{
    const BlockSource *source = block_allocator_source(f->a);
    fprintf(out, "blocks %s: source %s, placement %s\n", f->form->when, source->name,
            block_allocator_placement(f->a));
    char description[200];
    if (source->describe) {
        source->describe(source, description, sizeof description);
        fprintf(out, "  %s\n", description);
    }
    fprintf(out, "  %zu megablock%s committed, %zu at most; %zu given back to the system\n",
            f->counters.committed_mblocks, f->counters.committed_mblocks == 1 ? "" : "s",
            f->counters.peak_mblocks, f->counters.returned_mblocks);
    text_owners(f, out);
    text_free(f, out);
    text_pinned(f, out);
    text_uses(f, out);
}

/* ---- As JSON */

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

/* Owner, site, groups and blocks of one kind, and the object left open. */
static void json_kind(FILE *out, unsigned kind, const Pin *pin)
{
    fprintf(out, "{\"owner\":\"%s\",\"site\":", pin_owner(kind));
    json_write_string(out, pin_site(kind));
    fprintf(out, ",\"groups\":%zu,\"blocks\":%zu", pin->groups, pin->blocks);
}

static void json_pins(const Pinned *p, FILE *out)
{
    const char *comma = "";
    fprintf(out, "{\"megablock\":%u,\"blocks\":%u,\"groups\":%u,\"by\":[", p->mblock, p->blocks, p->groups);
    for (unsigned kind = 0; kind < PIN_KINDS; kind++) {
        if (p->pins[kind].groups == 0) continue;
        fputs(comma, out);
        json_kind(out, kind, &p->pins[kind]);
        fprintf(out, ",\"from_block\":%u,\"oldest_generation\":%u}", p->pins[kind].lowest,
                p->pins[kind].oldest);
        comma = ",";
    }
    fputs("]}", out);
}

static void json_pinned(const Figures *f, FILE *out)
{
    const char *comma = "";
    fprintf(out, "\"pinned_megablocks\":%zu,\"pinned_by\":[", f->pinned_count);
    for (unsigned kind = 0; kind < PIN_KINDS; kind++) {
        if (f->pins[kind].groups == 0) continue;
        fputs(comma, out);
        json_kind(out, kind, &f->pins[kind]);
        fprintf(out, ",\"megablocks\":%zu}", f->pins[kind].mblocks);
        comma = ",";
    }
    fputs("],\"pinned\":[", out);
    for (size_t i = 0; i < pinned_listed(f); i++) {
        if (i) fputc(',', out);
        json_pins(&f->pinned[i], out);
    }
    fputs("]", out);
}

static void json_keepers(const Figures *f, const Sparse *s, FILE *out)
{
    char text[KEEPER_BYTES];
    fputs(",\"kept_by\":[", out);
    for (size_t i = 0; i < KEEPERS_LISTED; i++) {
        if (!f->form->live_object(f->form->context, s->group, i, text, sizeof text)) break;
        if (i) fputc(',', out);
        json_write_string(out, text);
    }
    fputc(']', out);
}

static void json_uses(const Figures *f, FILE *out)
{
    const char *comma = "";
    if (!f->form->live_words) return;
    fputs(",\"alive\":[", out);
    for (unsigned kind = 0; kind < PIN_KINDS; kind++) {
        const Use *use = &f->uses[kind];
        if (use->groups == 0) continue;
        fprintf(out, "%s{\"owner\":\"%s\",\"site\":", comma, pin_owner(kind));
        json_write_string(out, pin_site(kind));
        fprintf(out, ",\"groups\":%zu,\"words\":%zu,\"alive_words\":%zu,\"groups_by_quarter_alive\":[%zu",
                use->groups, use->words, use->live, use->quarters[0]);
        for (unsigned k = 1; k < USE_QUARTERS; k++) fprintf(out, ",%zu", use->quarters[k]);
        fputs("]}", out);
        comma = ",";
    }
    fprintf(out, "],\"pinned_with_dead\":%zu,\"sparsest\":[", f->sparse_count);
    for (size_t i = 0; i < sparse_listed(f); i++) {
        const Sparse *s = &f->sparse[i];
        fprintf(out, "%s{\"block\":%u,\"blocks\":%u,\"words\":%zu,\"alive_words\":%zu,\"generation\":%u",
                i ? "," : "", s->group->number, s->group->blocks, s->words, s->live, s->group->gen_no);
        json_keepers(f, s, out);
        fputc('}', out);
    }
    fputs("]", out);
}

static void report_json(const Figures *f, FILE *out)
{
    fputs("{\"when\":", out);
    json_write_string(out, f->form->when);
    fputs(",\"source\":", out);
    json_write_string(out, block_allocator_source(f->a)->name);
    fputs(",\"placement\":", out);
    json_write_string(out, block_allocator_placement(f->a));
    fprintf(out, ",\"committed_megablocks\":%zu,\"peak_megablocks\":%zu,\"returned_megablocks\":%zu,",
            f->counters.committed_mblocks, f->counters.peak_mblocks, f->counters.returned_mblocks);
    json_owners(f, out);
    json_free(f, out);
    json_pinned(f, out);
    json_uses(f, out);
    fputs("}\n", out);
}

void block_report(BlockAllocator *a, FILE *out, const BlockReportForm *form)
{
    Figures f;
    figures_gather(&f, a, form);
    if (form->json)
        report_json(&f, out);
    else
        report_text(&f, out);
}
