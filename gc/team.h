/* A team: the threads of a heap that collect together (-qnN). The heap's own thread is member 0.
 *
 * Who comes first to a block of from-space claims it, once for all its objects, and forwards them without an
 * atomic instruction, which would cost as much as the copy itself. A member that meets a reference into
 * another's block asks for the block, sends the slot to who has it, and goes on; slots travel a block of them
 * at a time. Once the owner sees that it has been asked, when it next comes to the block, the block is
 * shared: everybody forwards its objects from then on, by compare and swap of headers; what is not copied as
 * plain words takes the block's lock. To-space blocks that are full can be scavenged by anybody: who is idle
 * takes a run of them.
 *
 * Each member has a Collection of its own: its to-space, what it counts. Under the team's lock are the block
 * layer, remembered sets, lists of large objects, mail, and the count of the idle.
 *
 * Always true: members other than 0 run only inside team_run. Only the member whose Collection stands in
 * `aux` of a from-space block writes to headers in it, until it has shared the block; a shared one stays so.
 * A slot that has been sent belongs to who gets it. The graph afterwards is exactly that of one thread; where
 * its objects stand is not.
 *
 * Follows: Marlow, Harris, James, Peyton Jones (ISMM 2008) and GHC, rts/sm/GC.c, for blocks as units of work.
 */
#ifndef THUNKSCOPE_GC_TEAM_H
#define THUNKSCOPE_GC_TEAM_H

#include <pthread.h>

#include "gc/collection.h"

#define MAX_GC_THREADS 64u
#define TEAM_RESERVE_BLOCKS                                                                                  \
    64u /* that a member takes at a time: survivors that belong together stay together */

/* A slot for another member to evacuate. */
typedef struct TeamMessage {
    Word slot;       /* its address; with bit 0 set it is an update frame's */
    Closure *object; /* holds the slot and is to be remembered if what it refers to stays younger; NULL: it
                        has been remembered already, or need not be */
} TeamMessage;

typedef struct TeamMember {
    struct GcTeam *team;
    pthread_t thread;
    BlockDescr *inbox, *outbox[MAX_GC_THREADS]; /* blocks of messages */
    BlockDescr *deferred;                       /* likewise: what one thread will do at the end */
    size_t copied_words;                        /* in this collection, when it finishes */
    Collection collection;                      /* of members other than 0 */
} TeamMember;

typedef struct GcTeam {
    uint32_t count, idle;
    pthread_mutex_t lock;
    BlockDescr *spare;                       /* empty blocks for messages */
    Collection *collections[MAX_GC_THREADS]; /* of the members, while they collect */
    TeamMember *members;
    /* Work that is handed to the threads. */
    pthread_mutex_t gate;
    pthread_cond_t opened, closed;
    void (*work)(Collection *c);
    uint64_t round;
    uint32_t running;
    bool ending;
} GcTeam;

/* NULL: the system gives no threads, or no memory. */
GcTeam *team_new(uint32_t count);
void team_free(GcTeam *team);
/* Makes the members' Collections, which are like c. */
void team_gather(GcTeam *team, Collection *c);
/* work(collection) on every member at once; returns when all have ended. */
void team_run(GcTeam *team, void (*work)(Collection *c));
/* The collection is over: adds to c's statistics what the other members have counted. */
void team_part(GcTeam *team, Collection *c);

/* Closes to-space of all members (spaces_finish). */
void spaces_finish_of(Collection *c, const GcTeam *team);

static inline void team_lock(const Collection *c)
{
    if (unlikely(c->team)) pthread_mutex_lock(&c->team->lock);
}
static inline void team_unlock(const Collection *c)
{
    if (unlikely(c->team)) pthread_mutex_unlock(&c->team->lock);
}

/* ---- Blocks of from-space */

static inline bool team_has_claimed(const Collection *c, const BlockDescr *block)
{
    return __atomic_load_n(&block->aux, __ATOMIC_RELAXED) == c;
}
/* Whose the block is: this member's, which may have claimed it just now; everybody's: NULL; or another's,
 * which has been asked for it. */
const Collection *team_owner(Collection *c, BlockDescr *block);
/* Locks the block if it is shared; false: it is not. */
bool team_block_lock(BlockDescr *block);
void team_block_unlock(BlockDescr *block);
/* Makes *header, the object's in a shared block, lead to the copy. False: another member has been faster, and
 * *header leads to its copy. */
static inline bool team_forward(Closure *from, Word *header, const Word *copy)
{
    return __atomic_compare_exchange_n((Word *)&from->info, header, (Word)copy | FORWARDED, false,
                                       __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
/* Sends the slot to the member that has claimed the block it refers into. */
void team_send(Collection *c, const Collection *owner, Ref *slot, bool updatee);
/* Leaves the slot for the end, when one thread is at work. */
void team_defer(Collection *c, Ref *slot);
/* Evacuates what has been left for the end; then there may be more to scavenge. */
void team_answer_deferred(GcTeam *team, Collection *c);
/* Evacuates what others have sent. False: they have sent nothing. */
bool team_answer(Collection *c);
/* Sends what waits to be sent. */
void team_flush(Collection *c);
/* This member is idle. True: something has turned up; false: all are idle, and nothing is under way. */
bool team_wait(Collection *c, bool (*anything_to_steal)(const Collection *c));

#endif
