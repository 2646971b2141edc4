/* Payloads, frames and locals as words of a trace: an id for a reference (its tag dropped), the word itself
 * for what is no pointer, nothing for what is dead. Follows closures/kinds.def's layouts. */
#include "traces/recorder_private.h"

TraceWord word_of(Recorder *r, Word w, bool pointer)
{
    if (!pointer) return (TraceWord){WORD_RAW, (int64_t)outside_name(&r->outside, w)};
    if (!w) return (TraceWord){WORD_NOTHING, 0};
    return (TraceWord){WORD_ID, id_of_ref(r, w)};
}

static void words_start(Recorder *r, size_t most)
{
    r->words = memory_grow(r->words, &r->words_capacity, most, sizeof *r->words);
    r->word_count = 0;
}

static inline void words_add(Recorder *r, TraceWord word) { r->words[r->word_count++] = word; }

static void words_add_row(Recorder *r, const Word *at, size_t count, bool pointers)
{
    for (size_t k = 0; k < count; k++) words_add(r, word_of(r, at[k], pointers));
}

static void words_add_by_bitmap(Recorder *r, const Word *at, uint32_t count, const Bitmap *bitmap)
{
    for (uint32_t k = 0; k < count; k++) words_add(r, word_of(r, at[k], bitmap_test(bitmap, k)));
}

static TraceWords words_taken(const Recorder *r) { return (TraceWords){(uint32_t)r->word_count, r->words}; }

/* ---- Payloads */

static void add_application(Recorder *r, const Closure *c, const Word *words)
{
    uint32_t first = kinds[c->info->kind].first;
    Word counts = words[c->info->kind == KIND_PAP ? PAP_COUNTS : AP_COUNTS];
    const Closure *function = ref_closure(words[first - 1]);
    words_add(r, word_of(r, words[first - 1], true));
    words_add_by_bitmap(r, words + first, (uint32_t)(counts >> 32), &function->info->bitmap);
}

static void add_slot(void *recorder, Ref *slot) { words_add(recorder, word_of(recorder, *slot, true)); }

/* Static thunks and indirections keep the heap's own words in their payload. */
static void add_fixed(Recorder *r, const KindRow *kind, const Word *words)
{
    words_add_row(r, words + kind->first, kind->pointers, true);
    if (kind->flags & IS_STATIC) return;
    uint32_t rest = kind->first + kind->pointers;
    if (kind->layout == LAYOUT_WEAK)
        words_add(r, (TraceWord){WORD_NOTHING, 0}); /* the link is the heap's own */
    else
        words_add_row(r, words + rest, kind->words - rest, false);
}

TraceWords payload_words(Recorder *r, const Closure *c)
{
    const InfoTable *info = c->info;
    const KindRow *kind = &kinds[info->kind];
    const Word *words = (const Word *)c;
    words_start(r, closure_size(c) + 1);
    switch (kind->layout) {
    case LAYOUT_PAYLOAD:
        words_add_row(r, words + kind->first, info->ptrs, true);
        words_add_row(r, words + kind->first + info->ptrs, info->nptrs, false);
        break;
    case LAYOUT_FIXED:
    case LAYOUT_WEAK: add_fixed(r, kind, words); break;
    case LAYOUT_PAP: add_application(r, c, words); break;
    case LAYOUT_ARRAY: words_add_row(r, words + ARRAY_PAYLOAD, words[ARRAY_PTRS], true); break;
    case LAYOUT_SMALL: words_add_row(r, words + SMALL_PAYLOAD, words[SMALL_PTRS], true); break;
    case LAYOUT_BYTES: words_add_row(r, words + BYTES_PAYLOAD, closure_size(c) - BYTES_PAYLOAD, false); break;
    case LAYOUT_AP_STACK: closure_each_pointer((Closure *)c, add_slot, r); break;
    default: break; /* the frames of a stack chunk come by push */
    }
    return words_taken(r);
}

TraceWords raw_words(Recorder *r, const Word *at, size_t count)
{
    words_start(r, count);
    words_add_row(r, at, count, false);
    return words_taken(r);
}

bool payload_slot(const Closure *c, uint32_t slot, uint32_t *index, bool *pointer)
{
    const KindRow *kind = &kinds[c->info->kind];
    const Word *words = (const Word *)c;
    if (slot < kind->first) return false;
    *index = slot - kind->first;
    switch (kind->layout) {
    case LAYOUT_ARRAY: return *pointer = true, *index < words[ARRAY_PTRS];
    case LAYOUT_SMALL: return *pointer = true, *index < words[SMALL_PTRS];
    case LAYOUT_PAYLOAD: return *pointer = *index < c->info->ptrs, true;
    default: return *pointer = *index < kind->pointers, true;
    }
}

/* ---- Frames and locals */

static bool rep_is_dead(const char *reps, uint32_t k) { return reps && reps[k] == '-'; }

static void add_plain_frame(Recorder *r, const InfoTable *info, const Word *words)
{
    for (uint32_t k = 0; k < info->ptrs; k++) {
        bool pointer = bitmap_test(&info->bitmap, k);
        bool dead = !pointer && rep_is_dead(info->reps, k);
        words_add(r, dead ? (TraceWord){WORD_NOTHING, 0} : word_of(r, words[k], pointer));
    }
}

TraceWords frame_words(Recorder *r, const Word *frame)
{
    const InfoTable *info = (const InfoTable *)frame[0];
    words_start(r, frame_size(frame));
    if (info->kind == KIND_APPLY_FRAME) {
        Bitmap bitmap = {.inline_bits = apply_bitmap(frame[APPLY_FRAME_SHAPE])};
        words_add(r, word_of(r, frame[APPLY_FRAME_SHAPE], false));
        words_add_by_bitmap(r, frame + APPLY_FRAME_ARGS, apply_words(frame[APPLY_FRAME_SHAPE]), &bitmap);
    } else {
        add_plain_frame(r, info, frame + 1);
    }
    return words_taken(r);
}

TraceWords local_words(Recorder *r, const char *reps, const Word *locals)
{
    size_t count = 0;
    while (reps && locals && reps[count]) count++;
    words_start(r, count);
    for (size_t k = 0; k < count; k++) {
        bool pointer = reps[k] == 'P' || reps[k] == 'U';
        words_add(r, reps[k] == '-' ? (TraceWord){WORD_NOTHING, 0} : word_of(r, locals[k], pointer));
    }
    return words_taken(r);
}

/* Of a byte array, if they do not fill its words; else 0. */
uint64_t bytes_in_part(const Closure *c)
{
    Word count = c->info->kind == KIND_ARR_WORDS ? ((const Word *)c)[BYTES_COUNT] : 0;
    return count % WORD_BYTES ? count : 0;
}

/* ---- The alloc of an object that has its id */

void write_alloc_of(Recorder *r, const Closure *c, size_t words, TraceWords f, const StepSite *site)
{
    BlockDescr *group = block_head(Bdescr(c));
    Event_alloc e = {.id = cell_id(*id_cell(c)),
                     .i = info_number(r, c->info),
                     .words = words,
                     .bytes = bytes_in_part(c),
                     .f = f,
                     .s = site_number(r, site),
                     .large = group_cells(group) == 1,
                     .loaded = group->owner == OWNER_STATIC,
                     .at = address_of(c)};
    write_alloc(&r->writer, &e);
}
