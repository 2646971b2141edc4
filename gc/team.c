/* The team's threads: started with the heap, they sleep between collections. */
#include "gc/team.h"
#include "gc/gen_copy_private.h"

#include <sched.h>
#include <stdlib.h>
#include <time.h>

/* ---- Threads */

/* Waits for the next round; false: the team ends. */
static bool gate_pass(GcTeam *team, uint64_t *round)
{
    pthread_mutex_lock(&team->gate);
    while (team->round == *round && !team->ending) pthread_cond_wait(&team->opened, &team->gate);
    *round = team->round;
    bool goes_on = !team->ending;
    pthread_mutex_unlock(&team->gate);
    return goes_on;
}

static void round_ended(GcTeam *team)
{
    pthread_mutex_lock(&team->gate);
    if (--team->running == 0) pthread_cond_signal(&team->closed);
    pthread_mutex_unlock(&team->gate);
}

static void *member_main(void *context)
{
    TeamMember *member = context;
    GcTeam *team = member->team;
    for (uint64_t round = 0; gate_pass(team, &round);) {
        team->work(&member->collection);
        round_ended(team);
    }
    return NULL;
}

static bool member_start(GcTeam *team, uint32_t number)
{
    TeamMember *member = &team->members[number];
    member->team = team;
    return pthread_create(&member->thread, NULL, member_main, member) == 0;
}

GcTeam *team_new(uint32_t count)
{
    GcTeam *team = calloc(1, sizeof *team);
    if (!team) return NULL;
    team->members = calloc(count, sizeof *team->members);
    pthread_mutexattr_t adaptive;
    pthread_mutexattr_init(&adaptive);
    pthread_mutexattr_settype(&adaptive, PTHREAD_MUTEX_ADAPTIVE_NP);
    pthread_mutex_init(&team->lock, &adaptive);
    pthread_mutexattr_destroy(&adaptive);
    pthread_mutex_init(&team->gate, NULL);
    pthread_cond_init(&team->opened, NULL);
    pthread_cond_init(&team->closed, NULL);
    team->count = 1;
    while (team->members && team->count < count && member_start(team, team->count)) team->count++;
    if (team->count == count) return team;
    team_free(team);
    return NULL;
}

void team_free(GcTeam *team)
{
    if (!team) return;
    pthread_mutex_lock(&team->gate);
    team->ending = true;
    pthread_cond_broadcast(&team->opened);
    pthread_mutex_unlock(&team->gate);
    for (uint32_t i = 1; i < team->count; i++) pthread_join(team->members[i].thread, NULL);
    pthread_mutex_destroy(&team->lock);
    pthread_mutex_destroy(&team->gate);
    pthread_cond_destroy(&team->opened);
    pthread_cond_destroy(&team->closed);
    free(team->members);
    free(team);
}

/* ---- Blocks of messages */

/* How much there will be to send nobody knows beforehand: where blocks are short, mail goes on in memory of
 * the C library's. Such a block says that it has no blocks. */
typedef struct MailBlock {
    BlockDescr descr;
    Word words[BLOCK_WORDS];
} MailBlock;

static BlockDescr *message_block_new(HeapState *h)
{
    BlockDescr *block = block_beside_copies(h, OWNER_COLLECTOR, SITE_TEAM_MAIL);
    if (block) return block;
    MailBlock *mail = calloc(1, sizeof *mail);
    if (!mail) heap_out_of_memory();
    mail->descr.start = mail->words;
    return &mail->descr;
}

static void mail_free(HeapState *h, BlockDescr *first)
{
    for (BlockDescr *block = first, *next; block; block = next) {
        next = block->link;
        if (block->blocks)
            block_group_free(h->heap.blocks, block);
        else
            free(block);
    }
}

/* ---- Collections */

void team_gather(GcTeam *team, Collection *c)
{
    team->collections[0] = c;
    for (uint32_t i = 1; i < team->count; i++) {
        team->members[i].collection = (Collection){.h = c->h,
                                                   .collector = c->collector,
                                                   .generations = c->generations,
                                                   .collected = c->collected,
                                                   .eager = c->eager,
                                                   .member = i};
        team->collections[i] = &team->members[i].collection;
    }
}

static void set_team(GcTeam *team, GcTeam *to)
{
    for (uint32_t i = 0; i < team->count; i++) team->collections[i]->team = to;
}

void team_run(GcTeam *team, void (*work)(Collection *c))
{
    team->idle = 0;
    set_team(team, team);
    pthread_mutex_lock(&team->gate);
    team->work = work;
    team->round++;
    team->running = team->count - 1;
    pthread_cond_broadcast(&team->opened);
    pthread_mutex_unlock(&team->gate);
    work(team->collections[0]);
    pthread_mutex_lock(&team->gate);
    while (team->running) pthread_cond_wait(&team->closed, &team->gate);
    pthread_mutex_unlock(&team->gate);
    set_team(team, NULL);
}

static void disclaim(BlockDescr *first)
{
    for (BlockDescr *b = first; b; b = b->link) b->aux = NULL;
}

/* The other blocks of from-space are given up, and nobody's when they are taken again. */
static void disclaim_what_stays(HeapState *h)
{
    disclaim(h->nursery.first);
    for (uint32_t g = 0; g < generation_count(h); g++) disclaim(h->generations[g].large.first);
}

/* What a member has counted. */
static void add_counts(Collection *c, const Collection *member)
{
    c->stats.promoted_words += member->stats.promoted_words;
    c->stats.promoted_objects += member->stats.promoted_objects;
    c->stats.ind_removed += member->stats.ind_removed;
    for (uint32_t g = 0; g < generation_count(c->h); g++) {
        c->eager_from[g] += member->eager_from[g];
        c->eager_to[g] += member->eager_to[g];
        c->settled_from[g] += member->settled_from[g];
    }
}

/* Evenly is what each has copied, of what an equal share would be, less the one share that is always there.
 * Follows: GHC, rts/sm/GC.c (Note [Work Balance]). */
static void count_balance(GcTeam *team, GcStats *stats)
{
    size_t shares = 0;
    stats->threads = team->count;
    for (uint32_t i = 0; i < team->count; i++) {
        size_t words = team->members[i].copied_words, share = words * team->count;
        if (words > stats->busiest_words) stats->busiest_words = words;
        shares += share < stats->copied_words ? share : stats->copied_words;
        team->members[i].copied_words = 0;
    }
    if (team->count > 1) stats->balanced_words = (shares - stats->copied_words) / (team->count - 1);
}

void team_part(GcTeam *team, Collection *c)
{
    count_balance(team, &c->stats);
    for (uint32_t i = 1; i < team->count; i++) {
        add_counts(c, team->collections[i]);
        free(team->collections[i]->statics.at);
    }
    disclaim_what_stays(c->h);
    mail_free(c->h, team->spare);
    team->spare = NULL;
}

/* ---- Blocks of from-space: `aux` is the owner's Collection, with bit 0 set if somebody has asked for the
 * block; or it is shared, with bit 0 set if it is locked. */

#define ASKED  ((Word)1)
#define LOCKED ((Word)1)
#define SHARED ((Word)2)

static bool aux_change(BlockDescr *block, Word *from, Word to)
{
    return __atomic_compare_exchange_n((Word *)&block->aux, from, to, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

/* What the member makes of the state that it meets. */
static Word next_state(const Collection *c, Word state)
{
    if (state == 0) return (Word)c;
    if (state == ((Word)c | ASKED)) return SHARED;
    if (state == (Word)c || (state & ~LOCKED) == SHARED) return state;
    return state | ASKED;
}

const Collection *team_owner(Collection *c, BlockDescr *block)
{
    Word state = __atomic_load_n((Word *)&block->aux, __ATOMIC_ACQUIRE), next;
    do next = next_state(c, state);
    while (next != state && !aux_change(block, &state, next));
    return (next & ~LOCKED) == SHARED ? NULL : (const Collection *)(next & ~ASKED);
}

bool team_block_lock(BlockDescr *block)
{
    Word state = __atomic_load_n((Word *)&block->aux, __ATOMIC_ACQUIRE);
    if ((state & ~LOCKED) != SHARED) return false;
    for (state = SHARED; !aux_change(block, &state, SHARED | LOCKED); state = SHARED) sched_yield();
    return true;
}

void team_block_unlock(BlockDescr *block) { __atomic_store_n((Word *)&block->aux, SHARED, __ATOMIC_RELEASE); }

/* ---- Mail */

static TeamMember *member_of(const Collection *c) { return &c->team->members[c->member]; }

static BlockDescr *message_block(Collection *c)
{
    team_lock(c);
    BlockDescr *block = c->team->spare;
    if (block)
        c->team->spare = block->link;
    else
        block = message_block_new(c->h);
    team_unlock(c);
    block->free = block->start;
    return block;
}

static void post(Collection *c, uint32_t to)
{
    BlockDescr **outbox = &member_of(c)->outbox[to], *block = *outbox;
    if (!block) return;
    TeamMember *member = &c->team->members[to];
    team_lock(c);
    block->link = member->inbox;
    __atomic_store_n(&member->inbox, block, __ATOMIC_RELEASE);
    team_unlock(c);
    *outbox = NULL;
}

void team_flush(Collection *c)
{
    for (uint32_t i = 0; i < c->team->count; i++) post(c, i);
}

/* What is promoted for the sake of an immutable object is so by who gets the slot, too; for any other the
 * sender takes it that what the slot refers to stays younger. */
static TeamMessage message_about(Collection *c, Ref *slot, bool updatee)
{
    bool promoted = c->eager && c->evac_gen;
    if (!promoted && c->evac_gen) c->failed = true;
    return (TeamMessage){(Word)slot | updatee, promoted ? c->object : NULL};
}

/* True: the block is full. */
static bool message_write(BlockDescr *block, TeamMessage message)
{
    *(TeamMessage *)block->free = message;
    block->free += sizeof message / WORD_BYTES;
    return block->free == block->start + BLOCK_WORDS;
}

void team_send(Collection *c, const Collection *owner, Ref *slot, bool updatee)
{
    BlockDescr **outbox = &member_of(c)->outbox[owner->member];
    if (!*outbox) *outbox = message_block(c);
    if (message_write(*outbox, message_about(c, slot, updatee))) post(c, owner->member);
}

/* The block that is being filled comes first. */
void team_defer(Collection *c, Ref *slot)
{
    BlockDescr **deferred = &member_of(c)->deferred, *block = *deferred;
    if (MUTANT_IS(c->h, team_loses_slot)) return;
    if (!block || block->free == block->start + BLOCK_WORDS) {
        block = message_block(c);
        block->link = *deferred;
        *deferred = block;
    }
    message_write(block, message_about(c, slot, false));
}

static void answer(Collection *c, const TeamMessage *message)
{
    Ref *slot = (Ref *)(message->slot & ~(Word)1);
    c->evac_gen = message->object ? block_head(Bdescr(message->object))->gen_no : 0;
    c->eager = message->object;
    c->object = message->object;
    c->failed = false;
    if (message->slot & 1)
        evacuate_updatee(c, slot);
    else
        evacuate(c, slot);
    if (c->failed && message->object)
        remember_survivor(c, &c->generations[c->evac_gen], message->object, "promoted");
}

static BlockDescr *take_mail(Collection *c)
{
    TeamMember *member = member_of(c);
    if (!__atomic_load_n(&member->inbox, __ATOMIC_RELAXED)) return NULL;
    team_lock(c);
    BlockDescr *mail = member->inbox;
    __atomic_store_n(&member->inbox, NULL, __ATOMIC_RELAXED);
    team_unlock(c);
    return mail;
}

static void give_back(Collection *c, BlockDescr *block)
{
    team_lock(c);
    block->link = c->team->spare;
    c->team->spare = block;
    team_unlock(c);
}

#define MAIL_AHEAD 8 /* messages: the slots, and what they refer to, are in another core's cache */

static void answer_block(Collection *c, BlockDescr *block)
{
    TeamMessage *end = (TeamMessage *)block->free;
    for (TeamMessage *message = (TeamMessage *)block->start; message < end; message++) {
        if (message + 2 * MAIL_AHEAD < end)
            __builtin_prefetch((const void *)(message[2 * MAIL_AHEAD].slot & ~(Word)1), 1);
        if (message + MAIL_AHEAD < end)
            __builtin_prefetch(ref_closure(*(const Ref *)(message[MAIL_AHEAD].slot & ~(Word)1)), 1);
        answer(c, message);
    }
    give_back(c, block);
}

bool team_answer(Collection *c)
{
    bool eager = c->eager;
    BlockDescr *mail = take_mail(c);
    if (!mail) return false;
    for (BlockDescr *next; mail; mail = next) {
        next = mail->link;
        answer_block(c, mail);
    }
    c->eager = eager;
    c->evac_gen = 0;
    c->failed = false;
    return true;
}

/* By one thread, when the others have ended. */
void team_answer_deferred(GcTeam *team, Collection *c)
{
    bool eager = c->eager;
    for (uint32_t i = 0; i < team->count; i++) {
        BlockDescr *deferred = team->members[i].deferred;
        for (BlockDescr *block = deferred; block; block = block->link)
            for (Word *w = block->start; w < block->free; w += sizeof(TeamMessage) / WORD_BYTES)
                answer(c, (const TeamMessage *)w);
        mail_free(c->h, deferred);
        team->members[i].deferred = NULL;
    }
    c->eager = eager;
    c->evac_gen = 0;
    c->failed = false;
}

/* ---- Idle */

static void count_idle(const Collection *c, uint32_t change)
{
    team_lock(c);
    __atomic_add_fetch(&c->team->idle, change, __ATOMIC_RELAXED);
    team_unlock(c);
}

static bool all_is_done(const Collection *c)
{
    GcTeam *team = c->team;
    if (__atomic_load_n(&team->idle, __ATOMIC_RELAXED) < team->count) return false;
    team_lock(c);
    bool done = team->idle == team->count;
    for (uint32_t i = 0; i < team->count; i++) done = done && !team->members[i].inbox;
    team_unlock(c);
    return done;
}

/* Tells the processor that this is a loop that waits. */
static void spin_hint(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* Work mostly turns up at once. Where it does not for long (a list is one chain), the core is left to others:
 * what comes then waits for a fraction of a millisecond. */
static void pause_a_while(uint32_t *turns)
{
    const uint32_t turns_to_yield = 64, turns_to_sleep = 1024;
    if (++*turns > turns_to_sleep)
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    else if (*turns % turns_to_yield == 0)
        sched_yield();
    for (int i = 0; i < 32; i++) spin_hint();
}

/* Who is idle has no work of its own, nothing to send, and no mail that it has seen: only who is not idle can
 * make work for others. */
bool team_wait(Collection *c, bool (*anything_to_steal)(const Collection *c))
{
    uint32_t turns = 0;
    count_idle(c, 1);
    while (!all_is_done(c)) {
        if (anything_to_steal(c) || __atomic_load_n(&member_of(c)->inbox, __ATOMIC_RELAXED)) {
            count_idle(c, (uint32_t)-1);
            return true;
        }
        pause_a_while(&turns);
    }
    return false;
}
