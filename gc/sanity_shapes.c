/* Sanity of one object's own words: what its kind demands before its pointers can be walked, and frames. */
#include "gc/sanity_private.h"

static const Word *words_of(const Closure *c) { return (const Word *)c; }

/* The closure that a reference leads to, or NULL if it does not lead to an object. */
static const Closure *target(Sanity *s, Ref r)
{
    const Closure *c = ref_closure(r);
    return sanity_object_group(s, c) && sanity_info_is_known(s, (Word)c->info) ? c : NULL;
}

/* ---- Applications */

static bool check_application(Sanity *s, const Closure *c, uint32_t first, int invariant)
{
    Word counts = words_of(c)[first - 2];
    Ref r = words_of(c)[first - 1];
    const Closure *function = target(s, r);
    if (!function || function->info->kind != KIND_FUN) {
        sanity_report(s, invariant, c, "what it applies is not a function");
        return false;
    }
    uint32_t n_args = (uint32_t)(counts >> 32);
    if (n_args > function->info->arg_words) {
        sanity_report(s, invariant, c, "%u words of arguments for a function of %u", n_args,
                      function->info->arg_words);
        return false;
    }
    return true;
}

static bool check_pap(Sanity *s, const Closure *c)
{
    if (!check_application(s, c, PAP_PAYLOAD, 25)) return false;
    Ref r = words_of(c)[PAP_FUN];
    const InfoTable *function = ref_closure(r)->info;
    if (ref_tag(r) != function->tag)
        sanity_report(s, 25, c, "its function's tag is %u, not %u", (unsigned)ref_tag(r), function->tag);
    if (pap_arity(c) == 0 || pap_arity(c) >= function->con_tag)
        sanity_report(s, 25, c, "%u of %u arguments are missing", pap_arity(c), function->con_tag);
    return true;
}

/* ---- Frames */

static bool check_apply_frame(Sanity *s, const Closure *owner, const Word *frame)
{
    uint32_t words = apply_words(frame[APPLY_FRAME_SHAPE]);
    if (words <= APPLY_MAX_ARGS && apply_bitmap(frame[APPLY_FRAME_SHAPE]) >> words == 0) return true;
    sanity_report(s, 45, owner, "an apply frame of %u words has pointers beyond them", words);
    return false;
}

static void check_updatee(Sanity *s, const Closure *owner, const Word *frame)
{
    const Closure *c = target(s, frame[UPDATE_FRAME_UPDATEE]);
    if (!c) return; /* reported as a reference */
    Kind kind = (Kind)c->info->kind;
    if (kind != KIND_BLACKHOLE && !(kinds[kind].flags & (IS_THUNK | IS_INDIRECTION)))
        sanity_report(s, 46, owner, "an update frame would update a %s", kinds[kind].spoken);
    if (owner->info->kind != KIND_STACK || !s->h->heap.holes_have_frames) return;
    if (kinds[kind].flags & IS_THUNK)
        sanity_report(s, 46, owner, "a pause has left a %s under evaluation", kinds[kind].spoken);
    if (frame[0] != (Word)info_std(s->h->heap.infos, STD_MARKED_UPDATE_FRAME))
        sanity_report(s, 46, owner, "a pause has left an update frame unmarked");
}

/* What frames that do not add up break: a stack, or a suspended evaluation. */
static int frames_invariant(const Closure *owner) { return owner->info->kind == KIND_AP_STACK ? 26 : 43; }

/* The frame's words, or 0 if it cannot be followed. */
static size_t check_frame(Sanity *s, const Closure *owner, const Word *frame, const Word *end)
{
    if (!sanity_info_is_known(s, frame[0])) {
        sanity_report(s, frames_invariant(owner), owner, "no frame stands %td words before the end",
                      end - frame);
        return 0;
    }
    const InfoTable *info = (const InfoTable *)frame[0];
    if (!(kinds[info->kind].flags & IS_FRAME)) {
        sanity_report(s, frames_invariant(owner), owner, "a %s stands where a frame should",
                      kinds[info->kind].spoken);
        return 0;
    }
    if (info->kind == KIND_APPLY_FRAME &&
        (end - frame < APPLY_FRAME_ARGS || !check_apply_frame(s, owner, frame)))
        return 0;
    if (info->kind == KIND_UPDATE_FRAME && end - frame > 1) check_updatee(s, owner, frame);
    if (info->kind == KIND_CATCH_FRAME && end - frame > CATCH_FRAME_MASKED &&
        frame[CATCH_FRAME_MASKED] >= MASKING_COUNT)
        sanity_report(s, 54, owner, "a catch frame's masking state is %zu",
                      (size_t)frame[CATCH_FRAME_MASKED]);
    return frame_size(frame);
}

/* True if frames fill [sp, end) exactly; *last is then the oldest one. */
static bool check_frames(Sanity *s, const Closure *owner, const Word *sp, const Word *end, const Word **last)
{
    *last = NULL;
    while (sp < end) {
        size_t words = check_frame(s, owner, sp, end);
        if (words == 0) return false;
        *last = sp;
        sp += words;
    }
    if (sp != end)
        sanity_report(s, frames_invariant(owner), owner, "the last frame passes the end by %td words",
                      sp - end);
    return sp == end;
}

/* ---- Stacks and threads */

/* A chunk without frames is not in use. */
static void check_last_frame(Sanity *s, const Closure *c, const Word *last)
{
    const InfoTable *info = last ? (const InfoTable *)last[0] : NULL;
    if (!info || info->kind == KIND_STOP_FRAME) return;
    const Closure *older = info->kind == KIND_UNDERFLOW_FRAME ? target(s, last[UNDERFLOW_FRAME_NEXT]) : NULL;
    if (!older || older->info->kind != KIND_STACK)
        sanity_report(s, 44, c, "the oldest frame is neither a stop frame nor leads to an older chunk");
}

static bool check_stack(Sanity *s, const Closure *c)
{
    const Word *w = words_of(c), *sp = (const Word *)w[STACK_SP], *end = &w[STACK_AREA + w[STACK_WORDS]],
               *last;
    if (sp < &w[STACK_AREA] || sp > end || (Word)sp % WORD_BYTES) {
        sanity_report(s, 43, c, "its stack pointer is outside it");
        return false;
    }
    if (sp == end) return true; /* empty: the mutator has left it, for good or as a spare */
    if (!check_frames(s, c, sp, end, &last)) return false;
    check_last_frame(s, c, last);
    return true;
}

static void check_state(Sanity *s, const Closure *c)
{
    Ref link = words_of(c)[TSO_LINK];
    const Closure *next = link ? target(s, link) : NULL;
    if (words_of(c)[TSO_STATE] >= MASKING_COUNT)
        sanity_report(s, 49, c, "its masking state is %zu", (size_t)words_of(c)[TSO_STATE]);
    if (next && next->info->kind != KIND_TSO)
        sanity_report(s, 49, c, "its link leads to a %s", kinds[next->info->kind].spoken);
}

static bool check_tso(Sanity *s, const Closure *c)
{
    const Closure *chunk = target(s, words_of(c)[TSO_STACK]);
    if (!chunk || chunk->info->kind != KIND_STACK) sanity_report(s, 44, c, "a thread without a stack");
    check_state(s, c);
    return true;
}

/* ---- Who waits. Nobody does while there is one thread; queues of black holes are there nevertheless. */

/* A black hole that has its value stands for that, and the queue is dead. */
static bool check_queue(Sanity *s, const Closure *c)
{
    const Closure *hole = target(s, words_of(c)[QUEUE_HOLE]), *thread = target(s, words_of(c)[QUEUE_OWNER]);
    if (thread && thread->info->kind != KIND_TSO)
        sanity_report(s, 48, c, "its owner is a %s", kinds[thread->info->kind].spoken);
    if (!hole || hole->info->kind != KIND_BLACKHOLE) return true;
    Ref owner = words_of(hole)[IND_TARGET];
    const Closure *leads_to = ref_tag(owner) ? NULL : target(s, owner);
    if (!leads_to || leads_to == c) return true;
    if (leads_to->info->kind == KIND_TSO || leads_to->info->kind == KIND_BLOCKING_QUEUE)
        sanity_report(s, 48, c, "its black hole leads to a %s", kinds[leads_to->info->kind].spoken);
    return true;
}

static bool check_mvar(Sanity *s, const Closure *c)
{
    if (!words_of(c)[MVAR_HEAD] != !words_of(c)[MVAR_TAIL])
        sanity_report(s, 53, c, "its queue has a %s and no %s", words_of(c)[MVAR_HEAD] ? "head" : "end",
                      words_of(c)[MVAR_HEAD] ? "end" : "head");
    return true;
}

static const Word *oldest_frame(const Closure *chunk)
{
    const Word *w = words_of(chunk), *end = &w[STACK_AREA + w[STACK_WORDS]], *last = NULL;
    for (const Word *frame = (const Word *)w[STACK_SP]; frame < end; frame += frame_size(frame)) last = frame;
    return last;
}

void sanity_check_chunks(Sanity *s, const Closure *tso)
{
    Word capacity = 0;
    const Closure *chunk = target(s, words_of(tso)[TSO_STACK]);
    for (size_t chunks = 0; chunk && chunks <= s->objects; chunks++) {
        const Word *last = oldest_frame(chunk);
        capacity += words_of(chunk)[STACK_WORDS];
        if (!last) break;
        if (((const InfoTable *)last[0])->kind == KIND_STOP_FRAME) {
            if (capacity != words_of(tso)[TSO_STACK_WORDS])
                sanity_report(s, 44, tso, "chunks of %zu words, counted as %zu", (size_t)capacity,
                              (size_t)words_of(tso)[TSO_STACK_WORDS]);
            return;
        }
        chunk = target(s, last[UNDERFLOW_FRAME_NEXT]);
    }
    sanity_report(s, 44, tso, "its stack chunks do not lead to a stop frame");
}

/* ---- Black holes and their frames (46, 47) */

bool sanity_is_owned_hole(Sanity *s, const Closure *c)
{
    if (c->info->kind != KIND_BLACKHOLE) return false;
    Ref owner = words_of(c)[IND_TARGET];
    const Closure *tso = ref_tag(owner) ? NULL : target(s, owner);
    return tso && tso->info->kind == KIND_TSO;
}

typedef struct Frames {
    Sanity *s;
    const Closure *tso;
    const Closure *older; /* the next chunk */
} Frames;

/* Marks the updatee of an update frame, if a thread owns it, which has to be this one (46). */
static bool note_frame(void *context, Word *frame)
{
    Frames *f = context;
    Kind kind = (Kind)((const InfoTable *)frame[0])->kind;
    if (kind == KIND_UNDERFLOW_FRAME) f->older = ref_closure(frame[UNDERFLOW_FRAME_NEXT]);
    if (kind != KIND_UPDATE_FRAME) return true;
    const Closure *c = ref_closure(frame[UPDATE_FRAME_UPDATEE]);
    if (!sanity_is_owned_hole(f->s, c)) return true;
    if (ref_closure(words_of(c)[IND_TARGET]) == f->tso)
        *sanity_mark(f->s, c) |= MARK_REACHED;
    else
        sanity_report(f->s, 46, f->tso, "an update frame would update another thread's black hole");
    return true;
}

static void note_frames(Sanity *s, const Closure *tso)
{
    Frames f = {s, tso, ref_closure(words_of(tso)[TSO_STACK])};
    while (f.older) {
        Word *w = closure_words((Closure *)f.older);
        f.older = NULL;
        stack_each_frame((Word *)w[STACK_SP], &w[STACK_AREA + w[STACK_WORDS]], note_frame, &f);
    }
}

void sanity_check_holes(Sanity *s)
{
    const ClosureList *threads = &s->map->threads, *holes = &s->map->holes;
    if (holes->count == 0 || !s->h->heap.holes_have_frames) return;
    for (size_t i = 0; i < threads->count; i++) note_frames(s, threads->closures[i]);
    for (size_t i = 0; i < holes->count; i++) {
        uint8_t *mark = sanity_mark(s, holes->closures[i]);
        if (!(*mark & MARK_REACHED))
            sanity_report(s, 47, holes->closures[i], "no frame on its owner's stack will update it");
        *mark &= (uint8_t)~MARK_REACHED;
    }
}

/* ---- Suspended evaluations */

static bool check_ap_stack(Sanity *s, const Closure *c)
{
    const Word *w = words_of(c), *last;
    size_t before = s->violations;
    bool whole = check_frames(s, c, &w[AP_STACK_PAYLOAD], &w[AP_STACK_PAYLOAD + w[AP_STACK_SIZE]], &last);
    if (!whole && s->violations == before) sanity_report(s, 26, c, "frames do not fill it");
    return whole;
}

/* ---- Arrays */

bool sanity_array_is_whole(const Word *w)
{
    return w[ARRAY_SIZE] >= w[ARRAY_PTRS] && w[ARRAY_SIZE] - w[ARRAY_PTRS] == card_table_words(w[ARRAY_PTRS]);
}

static bool check_array(Sanity *s, const Closure *c)
{
    const Word *w = words_of(c);
    if (sanity_array_is_whole(w)) return true;
    sanity_report(s, 31, c, "%zu elements and a card table in %zu words", (size_t)w[ARRAY_PTRS],
                  (size_t)w[ARRAY_SIZE]);
    return false;
}

/* ---- Constructors, indirections, selectors */

bool sanity_con_is_declared(const InfoTable *info)
{
    uint32_t tag = info->con_tag + 1 < 7 ? info->con_tag + 1 : 7, words = 1 + info->ptrs + info->nptrs;
    return info->tag == tag && (info->words == 0 || info->words == words || info->words == 2);
}

static bool check_con(Sanity *s, const Closure *c)
{
    const InfoTable *info = c->info;
    if (sanity_con_is_declared(info)) return true;
    sanity_report(s, 27, c, "constructor %u has pointer tag %u, and %u words for %u pointers and %u others",
                  info->con_tag, info->tag, info->words, info->ptrs, info->nptrs);
    return true;
}

static const Closure *indirectee(Sanity *s, const Closure *c)
{
    if (!c || !(kinds[c->info->kind].flags & IS_INDIRECTION)) return NULL;
    return target(s, words_of(c)[IND_TARGET]);
}

/* Two go along the chain, one twice as fast: they meet iff it is a cycle. */
static bool check_indirection(Sanity *s, const Closure *c)
{
    const Closure *slow = c, *fast = c;
    do {
        slow = indirectee(s, slow);
        fast = indirectee(s, indirectee(s, fast));
    } while (slow && fast && slow != fast);
    if (slow && slow == fast) sanity_report(s, 29, c, "it leads back to itself");
    return true;
}

static bool check_selector(Sanity *s, const Closure *c)
{
    const Closure *selectee = target(s, words_of(c)[SELECTEE]);
    if (!selectee || selectee->info->kind != KIND_CON) return true;
    if (c->info->con_tag >= selectee->info->ptrs + selectee->info->nptrs)
        sanity_report(s, 28, c, "it selects field %u of a constructor of %u", c->info->con_tag,
                      selectee->info->ptrs + selectee->info->nptrs);
    return true;
}

bool sanity_check_shape(Sanity *s, Closure *c)
{
    switch (c->info->kind) {
    case KIND_CON: return check_con(s, c);
    case KIND_PAP: return check_pap(s, c);
    case KIND_AP: return check_application(s, c, AP_PAYLOAD, 26);
    case KIND_AP_STACK: return check_ap_stack(s, c);
    case KIND_STACK: return check_stack(s, c);
    case KIND_TSO: return check_tso(s, c);
    case KIND_BLOCKING_QUEUE: return check_queue(s, c);
    case KIND_MVAR: return check_mvar(s, c);
    case KIND_MUT_ARR_PTRS: return check_array(s, c);
    case KIND_IND:
    case KIND_IND_STATIC: return check_indirection(s, c);
    case KIND_THUNK_SELECTOR: return check_selector(s, c);
    case KIND_WEAK: sanity_check_weak_shape(s, c); return true;
    default: return true;
    }
}
