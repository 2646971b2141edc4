/* The sanity checker's own view of a heap. For gc/sanity*.c only.
 *
 * The checker trusts neither the collector nor the descriptors it can do without: it asks the block layer for
 * every group, makes its own map from addresses to groups, finds the objects by walking each group from its
 * start, and marks every object's start in the map. References are judged by that map alone. It never writes
 * to the heap, and goes on after a violation as far as it safely can.
 *
 * A check has two gaits. The *swift* one (sanity_swift.c) is one pass over the heap that only finds out
 * whether anything is wrong. If so, the *exact* one (sanity_objects.c) walks again and reports everything it
 * finds.
 *
 * The map: one byte for each word of each committed megablock, and for each block the generation of what may
 * be referred to there. From an address to its megablock goes one step of arithmetic, whatever the source.
 * Memory is kept from check to check. */
#ifndef THUNKSCOPE_GC_SANITY_PRIVATE_H
#define THUNKSCOPE_GC_SANITY_PRIVATE_H

#include <string.h>

#include "gc/heap_state.h"

#define SANITY_MOST_VIOLATIONS 100u
#define SANITY_KNOWN_INFOS     1024u

/* What the checker knows about a word. Bits 0 to 2, at a start: the tag that references to the object may
 * carry. */
enum {
    MARK_TAG = 7,
    MARK_START = 8,       /* an object starts here */
    MARK_REMEMBERED = 16, /* with START: it is in a remembered set */
    MARK_CAF = 32,        /* with START: it is on the list of CAFs */
    MARK_REACHED = 64,    /* with START: a search, or a forwarding address, has been here */
    MARK_AWAITED = 16,    /* without START: a reference leads here; bits 5 to 7: the tag it carries */
    MARK_AWAITED_TAG = 5,
    MARK_LASTING = MARK_START | MARK_TAG,
};

#define EACH_BYTE ((uint64_t)0x0101010101010101u)

#define SANITY_NO_OBJECTS 0xff /* in place of a generation: nothing here may be referred to */
/* Generations in the map, so that nothing is younger than what may not be referred to. */
static inline uint8_t sanity_rank(uint8_t generation) { return (uint8_t)(generation + 1); }

/* What walks have found of a group: sanity_keep.c. */
typedef struct SanityProof {
    const Word *end; /* [start, end) was found sound by the last walk, with starts where they are marked */
    uint64_t digest; /* of these words */
    size_t objects, references;
    size_t aside, aside_count; /* in the map's list */
    size_t asked, asked_count; /* of these, those whose soundness is not a matter of words alone */
    size_t settled_references; /* of the others */
    bool looks_behind;         /* an object that was not set aside is judged by the table of another */
} SanityProof;

typedef struct SanityMegablock {
    struct SanityMegablock *next;
    Word base;
    bool used;                            /* by a group */
    uint32_t group[MBLOCK_BLOCKS];        /* index + 1 of the group that each block belongs to, or 0 */
    uint32_t former_group[MBLOCK_BLOCKS]; /* the same in the check before */
    SanityProof proof[MBLOCK_BLOCKS];     /* of the group that begins at each block */
    uint32_t *number; /* of the object that starts at each word, while graphs are compared; or NULL */
    uint8_t rank[MBLOCK_BLOCKS];   /* of each block: sanity_rank of a generation, or 0 */
    uint8_t copies[MBLOCK_BLOCKS]; /* the same, but 0 for blocks that are no to-space */
    uint8_t word[MBLOCK_SIZE / WORD_BYTES];
    uint8_t none[sizeof(uint64_t)]; /* eight marks can be looked at from anywhere */
} SanityMegablock;

typedef struct SanityGroup {
    BlockDescr *block;
    Word *start, *free;
    uint32_t block_count;
    uint32_t lists; /* how many lists hold it */
    uint8_t gen_no, owner;
    bool walked; /* its objects were found to its end */
    bool has_objects;
    bool from_space; /* its objects have moved: nothing may refer to them (73) */
    /* See sanity_keep.c. */
    bool stays;         /* it is there in the next check, too */
    bool kept, guarded; /* not walked again; walked, and starts may not change */
    uint32_t former;    /* index + 1 of the same group in the check before, or 0 */
    SanityProof *proof;
    const Word *copies; /* at a transition: what has been copied stands from here on; NULL: nothing has */
} SanityGroup;

typedef struct ClosureList {
    Closure **closures;
    size_t count, room;
} ClosureList;

/* What is known of an info table. */
typedef struct KnownInfo {
    Word header;
    uint32_t words; /* of each object; 0: ask closure_size */
    uint32_t ptrs;
    uint8_t kind, mark;
    uint8_t first; /* where the `ptrs` pointers stand, if objects are plain */
    bool plain;    /* there is no more to an object than these */
    bool listed;   /* what is old is to be remembered, for the header alone */
} KnownInfo;

/* An object that nobody may write to. */
typedef struct Watched {
    const Closure *c;
    uint64_t digest;
} Watched;

/* What a heap keeps from check to check. */
typedef struct SanityMap {
    SanityMegablock **table; /* by the low bits of a megablock's address: no two share a place */
    Word table_mask;
    SanityMegablock *nowhere; /* in all other places of the table; its base is no address */
    SanityMegablock *megablocks, *spare;
    SanityGroup *groups, *former; /* of this check; of the one before */
    size_t group_count, group_room, former_count, former_room;
    KnownInfo known[SANITY_KNOWN_INFOS];
    ClosureList threads, holes, aside; /* holes: black holes that a thread owns */
    Watched *watched;
    size_t watched_count, watched_room;
    uint32_t watched_at;       /* after so many collections */
    bool watching, told;       /* told: that there is not the memory to compare graphs */
    struct SanityGraph *graph; /* as it was before the collection that runs */
    ClosureList aside_former, asked, asked_former;
    bool changed; /* groups have changed on which others rely, or everything is walked */
    bool sound;   /* the last walk has found everything sound, and nothing has been marked anew since */
    uint32_t infos_count;
    uint64_t infos_digest;
    uint8_t *saved; /* marks of guarded groups */
    size_t saved_count, saved_room;
} SanityMap;

typedef struct Sanity {
    HeapState *h;
    SanityMap *map;
    FILE *out;
    const char *when; /* "before collection 3", or NULL */
    size_t violations, objects, references, remembered, stale;
    size_t floating;          /* dead neighbours of pinned objects; level 4, after a major collection */
    size_t weaks;             /* weak pointers met that are no tombstones */
    int first_broken;         /* the invariant of the first violation */
    const Closure *first_bad; /* the object of the first violation that has one */
    bool json, json_follows;  /* the report is JSON; a comma is due */
    bool probing;             /* violations are counted, not told */
    bool shapes_broken;       /* an object's pointers cannot be walked */
    bool cafs_broken;         /* the list of CAFs cannot be walked */
    bool after;               /* a collection, which cannot have touched static closures but for CAFs */
    const struct Collection *collection; /* at its transition; or NULL */
    size_t forwarded;                    /* objects, then */
} Sanity;

/* ---- sanity_report.c */
__attribute__((format(printf, 4, 5))) void sanity_report(Sanity *s, int invariant, const void *object,
                                                         const char *format, ...);
/* For the block layer's checks, and for those of upper layers; context: the Sanity. */
__attribute__((format(printf, 4, 5))) void sanity_block_reported(void *context, int invariant,
                                                                 const void *place, const char *format, ...);
/* A word that may be anything, in words: SANITY_WORD_TEXT bytes are enough for most. */
enum { SANITY_WORD_TEXT = 96 };
void sanity_word_print(const Sanity *s, Word w, char *out, size_t size);
void sanity_upper_reported(void *context, int invariant, const void *object, const char *text);
/* The story of the first bad object, and what else there is to tell, if anything was found. */
void sanity_end_report(Sanity *s);

/* ---- sanity.c */
/* Whether the checks are to be made at this collection. */
bool sanity_is_due(const HeapState *h, uint32_t number);

/* ---- sanity_code.c */
/* While a major collection that follows code has met everything, and no CAF has died. */
void sanity_check_code(Sanity *s);
/* Code that a search has met: each table once. */
typedef struct SanityCodes {
    const InfoRegistry *infos;
    uint8_t *met; /* by the tables' numbers */
    const InfoTable **todo;
    size_t count;
} SanityCodes;
/* False: there is not the memory. */
bool sanity_codes_begin(SanityCodes *k, const InfoRegistry *infos);
/* That of the object, and of what returns to the frames that it holds. */
void sanity_codes_meet(SanityCodes *k, const Closure *c);
/* Calls visit for each closure that code names which has been met and not been gone through. */
typedef void (*CodeVisitor)(void *context, const InfoTable *code, Closure *named);
void sanity_codes_go(SanityCodes *k, CodeVisitor visit, void *context);
void sanity_codes_free(SanityCodes *k);

/* ---- sanity.c */
/* Finds all objects and checks them, roots, remembered sets and CAFs: swiftly, and exactly if that is
 * wanting. */
void sanity_walk(Sanity *s);

/* ---- sanity_map.c */
/* A map of the groups as they are; nothing is marked. */
void sanity_map_make(Sanity *s);
void sanity_unmark(Sanity *s);
void sanity_list_add(ClosureList *list, Closure *c);
void sanity_list_reserve(ClosureList *list, size_t more);
SanityGroup *sanity_group_of_block(Sanity *s, const BlockDescr *block);
bool sanity_owner_has_objects(BlockOwner owner);

static inline SanityMegablock *sanity_megablock(const SanityMap *map, Word address)
{
    SanityMegablock *m = map->table[(address >> MBLOCK_SHIFT) & map->table_mask];
    return m->base == (address & ~(Word)(MBLOCK_SIZE - 1)) ? m : NULL;
}
static inline uint32_t sanity_block_index(Word address)
{
    return (address & (MBLOCK_SIZE - 1)) >> BLOCK_SHIFT;
}
static inline uint32_t sanity_word_index(Word address) { return (address & (MBLOCK_SIZE - 1)) / WORD_BYTES; }
/* The mark of a word that lies in a group. */
static inline uint8_t *sanity_mark(const Sanity *s, const void *word)
{
    return &sanity_megablock(s->map, (Word)word)->word[sanity_word_index((Word)word)];
}
/* In order of address, the first one lowest. */
static inline uint64_t sanity_eight_marks(const uint8_t *marks)
{
    uint64_t eight;
    memcpy(&eight, marks, sizeof eight);
    return eight;
}
/* What will be looked at soon; any address. */
static inline void sanity_prefetch(const void *address) { __builtin_prefetch(address, 0, 2); }
static inline bool sanity_is_marked(const Sanity *s, const void *word, uint8_t mark)
{
    return (*sanity_mark(s, word) & (MARK_START | mark)) == (MARK_START | mark);
}
static inline SanityGroup *sanity_group_of(const Sanity *s, const void *address)
{
    const SanityMegablock *m = sanity_megablock(s->map, (Word)address);
    uint32_t index = m ? m->group[sanity_block_index((Word)address)] : 0;
    return index ? &s->map->groups[index - 1] : NULL;
}
/* The group of the object that starts at address, or NULL if none does. */
static inline SanityGroup *sanity_object_group(const Sanity *s, const void *address)
{
    SanityGroup *g = sanity_group_of(s, address);
    if (!g || (Word)address % WORD_BYTES || (const Word *)address >= g->free) return NULL;
    return sanity_is_marked(s, address, MARK_START) ? g : NULL;
}
static inline uint8_t sanity_start_mark(const InfoTable *info)
{
    return MARK_START | (uint8_t)(info->tag > MARK_TAG ? 0 : info->tag);
}
/* Of what a sound reference leads to; static closures count as oldest. */
static inline uint8_t sanity_generation_at(const Sanity *s, Ref r)
{
    const SanityMegablock *m = sanity_megablock(s->map, r);
    return m ? (uint8_t)(m->rank[sanity_block_index(r)] - 1) : SANITY_NO_OBJECTS;
}
static inline KnownInfo *sanity_known(SanityMap *map, Word header)
{
    enum { STEP = _Alignof(InfoTable) };
    _Static_assert(sizeof(InfoTable) / STEP % 2 == 1, "neighbours have places of their own");
    return &map->known[header / STEP % SANITY_KNOWN_INFOS];
}
/* info_is_known, with a memory. */
bool sanity_info_is_known(Sanity *s, Word header);

/* ---- sanity_lists.c: nursery, generations, remembered sets, CAFs (9, 12, 13, 35-37, 39, 41, 57, 66-68) */
/* Level 1. */
void sanity_check_counters(Sanity *s);
/* False if the lists cannot be followed. */
bool sanity_check_lists(Sanity *s);
/* 42; relies on the counts of the lists (41). */
void sanity_check_policy(Sanity *s);
void sanity_check_remembered(Sanity *s);
/* Counts remembered entries, and those that hold nothing younger. Only in a sound heap. */
void sanity_count_stale(Sanity *s);
void sanity_check_cafs(Sanity *s);
/* The marks of both. Only in a sound heap. */
void sanity_unmark_listed(Sanity *s);

/* ---- sanity_objects.c: shapes and references (16-33, 37, 38, 43-46, 58) */
/* Finds all objects, and marks their starts. */
void sanity_find_objects(Sanity *s);
void sanity_check_objects(Sanity *s);
void sanity_check_roots(Sanity *s);
/* Chains of stack chunks; only after all shapes were found whole. */
void sanity_check_threads(Sanity *s);
/* The object of a large object's group. False: it is none. */
bool sanity_find_large(Sanity *s, SanityGroup *g);
/* The object at w, which is in [start, free) of g: its size if it can be believed, else 0 and a report. */
size_t sanity_object_size(Sanity *s, const SanityGroup *g, const Word *w);
/* Old objects of this table are to be remembered, whatever their words are. */
bool sanity_header_is_listed(const Sanity *s, const InfoTable *info);
/* One object's shape, references, and what its age demands of it. True if it stays sound while its words and
 * the headers of what it refers to stay what they are. */
bool sanity_check_object(Sanity *s, SanityGroup *g, Closure *c);

/* ---- sanity_swift.c */
/* Finds, marks and checks all objects in one pass. False: something is wrong, and the marks are of no use. */
bool sanity_swift(Sanity *s);

/* ---- sanity_keep.c */
/* Decides which groups need not be walked, and counts what is there; unmarks all others. */
void sanity_keep_begin(Sanity *s);
/* None: everything is to be walked. */
void sanity_keep_nothing(Sanity *s);
/* What kept groups rely on is true. Only after the walk. */
bool sanity_keep_holds(const Sanity *s);
/* The group has been walked. */
void sanity_keep_record(SanityGroup *g);
/* Checks what was set aside. */
void sanity_keep_check_aside(Sanity *s);
/* The heap is sound. */
void sanity_keep_end(Sanity *s);

/* ---- sanity_shapes.c */
/* A constructor's tag and words are those of its declaration (27). */
bool sanity_con_is_declared(const InfoTable *info);
/* An array's words are those of its elements and their cards (31). */
bool sanity_array_is_whole(const Word *array);
/* True if the object's pointers can be walked safely. */
bool sanity_check_shape(Sanity *s, Closure *c);
/* True if it is a black hole that a thread owns: it has no value, and nobody waits for it. */
bool sanity_is_owned_hole(Sanity *s, const Closure *c);
/* The black holes that threads own have update frames there (47). */
void sanity_check_holes(Sanity *s);
/* A thread's chunks, all of which are whole, lead from youngest to oldest and end. */
void sanity_check_chunks(Sanity *s, const Closure *tso);

/* ---- sanity_weak.c: weak pointers, stable pointers and names (61-63) */
/* What a weak pointer says of itself; counts it. */
void sanity_check_weak_shape(Sanity *s, const Closure *c);
/* Lists and tables; only after all objects have been met. */
void sanity_check_weak(Sanity *s);

/* ---- sanity_forwarded.c: when everything has moved and from-space is still there (72, 40) */
/* Before the walk: leaves a mark with REACHED at each word that something has been forwarded to, and counts
 * them. False: something is wrong. */
bool sanity_mark_copies(Sanity *s);
/* After a walk that has found everything sound: looks at each forwarding address, leaves a mark at each copy
 * as well, and counts again. */
void sanity_check_forwarded(Sanity *s);
/* Tells the ring what has moved lately, if that is left to us: sanity_tells_moves. */
void sanity_tell_moves(Sanity *s);

/* ---- sanity_transition.c: the same moment (73, 74); the nursery (67, 80) */
typedef struct Collection Collection;
/* Walks the heap as sanity_walk does, with from-space as memory that nothing may refer to, then from-space.
 */
void sanity_check_transition(Sanity *s, const Collection *c);
/* The map is that of the transition but for from-space, so that what was proved then still holds. */
void sanity_check_unchanged(Sanity *s);
/* What is not in use in the nursery. */
void sanity_check_poison(Sanity *s);

/* ---- sanity_graph.c */
typedef struct SanityGraph SanityGraph;
/* Before a collection: writes the graph down. Only in a sound heap. */
void sanity_graph_note(Sanity *s);
/* When everything that lives has been kept, and nothing has slid yet: where weak pointers are. */
void sanity_graph_follow(SanityGraph *graph, Collection *c);
void sanity_graph_each_slot(SanityGraph *graph, SlotVisitor visit, void *context);
/* Compares; after sanity_check_transition has found nothing. The graph's digest; 0: it was not compared. */
uint64_t sanity_graph_compare(Sanity *s, const Collection *c);
void sanity_graph_free(SanityGraph *graph);

/* ---- sanity_watch.c: words that nobody may write to (30, 77), promotion (78), indirections (29) */
/* After a collection; before the next one. */
void sanity_watch_immutable(Sanity *s);
void sanity_check_immutable(Sanity *s);
/* Before a collection; when everything has moved. */
void sanity_watch_old(Sanity *s);
void sanity_check_old(Sanity *s, const Collection *c);
/* When everything has moved, after sanity_check_transition has found nothing. */
void sanity_check_promotion(Sanity *s, const Collection *c);
void sanity_check_indirections(Sanity *s);

/* ---- sanity_reach.c: the independent search from the roots (75), and paths */
void sanity_check_reachable(Sanity *s);
/* Tells each object of a path from `bad` to a root, then (with NULL) the root's class. False: there is none.
 */
typedef void (*PathStep)(void *context, const Closure *c, const char *root);
bool sanity_path(Sanity *s, const Closure *bad, PathStep step, void *context);

#endif
