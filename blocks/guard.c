/* The guard of freed memory. Terms: blocks/guard_private.h.
 *
 * Which blocks are closed, and who had them last, is kept by megablock, beside the heap: a group's
 * descriptors are rewritten when its neighbours are freed. The handler of faults belongs to the process, as a
 * panic does; it is there while any guard is, and passes on what is none of theirs. */
#include "blocks/guard_private.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

/* How a block was lost. */
typedef struct Death {
    uint64_t serial; /* of the free; 0: never freed */
    BlockDoing doing;
    uint32_t head, blocks; /* of the group that it was in */
    uint16_t owner, site;
    uint8_t gen_no;
} Death;

typedef struct GuardedMblock {
    bool closed[MBLOCK_BLOCKS];
    Death deaths[MBLOCK_BLOCKS];
} GuardedMblock;

struct BlockGuard {
    BlockGuard *next; /* of the process's guards */
    BlockAllocator *a;
    GuardedMblock **mblocks; /* by number; NULL: nothing there was ever closed */
    size_t room;
    BlockDescr *oldest, *newest; /* in quarantine, through link */
    size_t held_blocks, quarantine_blocks;
};

/* ---- What is known of a block */

static unsigned block_place(const void *p)
{
    return (unsigned)((Word)p >> BLOCK_SHIFT) & (MBLOCK_BLOCKS - 1);
}

static GuardedMblock *mblock_known(const BlockGuard *guard, const void *p)
{
    uint32_t number = mblock_number(&guard->a->directory, p);
    return number < guard->room ? guard->mblocks[number] : NULL;
}

static bool room_for(BlockGuard *guard, uint32_t number)
{
    if (number < guard->room) return true;
    size_t room = guard->room ? guard->room : 64;
    while (room <= number) room *= 2;
    GuardedMblock **mblocks = realloc(guard->mblocks, room * sizeof(GuardedMblock *));
    if (!mblocks) return false;
    for (size_t i = guard->room; i < room; i++) mblocks[i] = NULL;
    guard->mblocks = mblocks;
    guard->room = room;
    return true;
}

static GuardedMblock *mblock_learn(BlockGuard *guard, const void *p)
{
    uint32_t number = mblock_number(&guard->a->directory, p);
    if (!room_for(guard, number)) return NULL;
    if (!guard->mblocks[number]) guard->mblocks[number] = calloc(1, sizeof(GuardedMblock));
    return guard->mblocks[number];
}

bool guard_is_closed(const BlockGuard *guard, const void *block)
{
    const GuardedMblock *m = mblock_known(guard, block);
    return m && m->closed[block_place(block)];
}

/* ---- Closing and opening, one megablock at a time */

/* Blocks from p on that lie in its megablock, at most `blocks`. */
static size_t blocks_here(const void *p, size_t blocks)
{
    size_t rest = MBLOCK_BLOCKS - block_place(p);
    return blocks < rest ? blocks : rest;
}

static void close_here(BlockGuard *guard, char *start, size_t blocks, const Death *death)
{
    GuardedMblock *m = mblock_learn(guard, start);
    if (!m || mprotect(start, blocks << BLOCK_SHIFT, PROT_NONE) != 0) return;
    for (size_t i = block_place(start), end = i + blocks; i < end; i++) {
        m->closed[i] = true;
        m->deaths[i] = *death;
    }
}

void guard_close(BlockGuard *guard, BlockDescr *head, uint32_t blocks)
{
    Death death = {.serial = guard->a->counters.groups_returned,
                   .doing = guard->a->doing,
                   .head = head->number,
                   .blocks = blocks,
                   .owner = head->owner,
                   .site = head->site,
                   .gen_no = head->gen_no};
    char *start = (char *)head->start;
    for (size_t left = blocks, here; left > 0; left -= here, start += here << BLOCK_SHIFT) {
        here = blocks_here(start, left);
        close_here(guard, start, here, &death);
    }
}

static bool open_mblock(GuardedMblock *m, char *mblock, size_t from, size_t blocks)
{
    if (mprotect(mblock + (from << BLOCK_SHIFT), blocks << BLOCK_SHIFT, PROT_READ | PROT_WRITE) != 0)
        return false;
    for (size_t i = from; i < from + blocks; i++) m->closed[i] = false;
    return true;
}

/* The system may refuse to cut a mapping in one more piece; the whole megablock makes it fewer. */
static bool open_here(BlockGuard *guard, char *start, size_t blocks)
{
    GuardedMblock *m = mblock_known(guard, start);
    bool closed = false;
    size_t from = block_place(start);
    for (size_t i = from; m && i < from + blocks && !closed; i++) closed = m->closed[i];
    if (!closed) return true;
    char *mblock = start - (from << BLOCK_SHIFT);
    return open_mblock(m, mblock, from, blocks) || open_mblock(m, mblock, 0, MBLOCK_BLOCKS);
}

bool guard_open(BlockGuard *guard, void *start, size_t blocks)
{
    bool open = true;
    char *at = start;
    for (size_t here; blocks > 0 && open; blocks -= here, at += here << BLOCK_SHIFT) {
        here = blocks_here(at, blocks);
        open = open_here(guard, at, here);
    }
    return open;
}

/* ---- Quarantine: first in, first out */

void guard_hold(BlockGuard *guard, BlockDescr *group)
{
    group->link = NULL;
    if (guard->newest)
        guard->newest->link = group;
    else
        guard->oldest = group;
    guard->newest = group;
    guard->held_blocks += group->blocks;
}

BlockDescr *guard_let_go(BlockGuard *guard, bool all)
{
    BlockDescr *group = guard->oldest;
    if (!group || (!all && guard->held_blocks <= guard->quarantine_blocks)) return NULL;
    guard->oldest = group->link;
    if (!guard->oldest) guard->newest = NULL;
    guard->held_blocks -= group->blocks;
    return group;
}

size_t guard_held_blocks(const BlockGuard *guard) { return guard->held_blocks; }

/* ---- Faults */

static BlockGuard *guards;
static pthread_mutex_t guards_lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction before_segv, before_bus;

/* The system's own word on it, where it is known. */
#ifdef __x86_64__
static const char *access_kind(const ucontext_t *context)
{
    return context->uc_mcontext.gregs[REG_ERR] & 2 ? "write to" : "read of";
}
#else
static const char *access_kind(const ucontext_t *context)
{
    (void)context;
    return "use of";
}
#endif

_Noreturn static void fault_tell(const BlockGuard *guard, const char *p, const char *kind)
{
    const BlockAllocator *a = guard->a;
    const Death *d = &mblock_known(guard, p)->deaths[block_place(p)];
    uint32_t number = mblock_number(&a->directory, p) * MBLOCK_BLOCKS + block_place(p);
    panic("%s freed memory: block %u +0x%zx, in a group of %u block(s) from block %u\n"
          "  its address: %p; its last owner: %s, generation %u; taken for: %s\n"
          "  freed: %s %llu, free number %llu, since when %llu group(s) have been freed; now: %s %llu",
          kind, number, (size_t)((Word)p & (BLOCK_SIZE - 1)), d->blocks, d->head, (const void *)p,
          block_owner_names[d->owner], d->gen_no, block_site_text(d->site), d->doing.what,
          (unsigned long long)d->doing.number, (unsigned long long)d->serial,
          (unsigned long long)(a->counters.groups_returned - d->serial), a->doing.what,
          (unsigned long long)a->doing.number);
}

static void pass_on(int signal_number, siginfo_t *info, void *context)
{
    const struct sigaction *before = signal_number == SIGBUS ? &before_bus : &before_segv;
    if (before->sa_flags & SA_SIGINFO) {
        before->sa_sigaction(signal_number, info, context);
    } else if (before->sa_handler == SIG_DFL || before->sa_handler == SIG_IGN) {
        signal(signal_number, SIG_DFL); /* the instruction is met again, and takes its course */
    } else {
        before->sa_handler(signal_number);
    }
}

static void on_fault(int signal_number, siginfo_t *info, void *context)
{
    for (const BlockGuard *guard = guards; guard; guard = guard->next)
        if (guard_is_closed(guard, info->si_addr)) fault_tell(guard, info->si_addr, access_kind(context));
    pass_on(signal_number, info, context);
}

static void handler_install(void)
{
    struct sigaction handler = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    sigaction(SIGSEGV, &handler, &before_segv);
    sigaction(SIGBUS, &handler, &before_bus);
}

static void handler_remove(void)
{
    sigaction(SIGSEGV, &before_segv, NULL);
    sigaction(SIGBUS, &before_bus, NULL);
}

/* ---- Beginning and end */

BlockGuard *guard_new(BlockAllocator *a, size_t quarantine_blocks)
{
    BlockGuard *guard = calloc(1, sizeof *guard);
    if (!guard) return NULL;
    guard->a = a;
    guard->quarantine_blocks = quarantine_blocks;
    pthread_mutex_lock(&guards_lock);
    if (!guards) handler_install();
    guard->next = guards;
    guards = guard;
    pthread_mutex_unlock(&guards_lock);
    return guard;
}

static void guard_unlist(const BlockGuard *guard)
{
    pthread_mutex_lock(&guards_lock);
    BlockGuard **at = &guards;
    while (*at != guard) at = &(*at)->next;
    *at = guard->next;
    if (!guards) handler_remove();
    pthread_mutex_unlock(&guards_lock);
}

void guard_free(BlockGuard *guard)
{
    if (!guard) return;
    guard_unlist(guard);
    for (size_t number = 0; number < guard->room; number++) {
        const MblockDirectory *d = &guard->a->directory;
        if (number < d->length && d->entries[number].address && guard->mblocks[number])
            open_here(guard, d->entries[number].address, MBLOCK_BLOCKS);
        free(guard->mblocks[number]);
    }
    free(guard->mblocks);
    free(guard);
}
