/* What an object looks like: kinds, info tables, pointer tags, sizes, the one pointer walk.
 *
 * An object is a header word that points to its info table, and payload words. A *reference* (Ref) is an
 * object's address with a tag in its low three bits. Tags: 0 nothing is known; for a constructor,
 * min(constructor tag + 1, 7), where 7 of a family of more than six says "evaluated: ask the info table"; for
 * a function, its arity if at most 7, else 0. Only values are tagged.
 *
 * Thunks (and APs) carry a padding word after the header, so that the indirectee or the black hole's owner
 * never overwrites payload. During a collection a header with bit 0 set is a forwarding address: see
 * gc/evacuate.c.
 *
 * Follows: GHC, rts/include/rts/storage/{Closures,InfoTables}.h; Marlow, Yakushev, Peyton Jones, "Faster
 * laziness using dynamic pointer tagging" (ICFP 2007). */
#ifndef THUNKSCOPE_CLOSURES_CLOSURE_H
#define THUNKSCOPE_CLOSURES_CLOSURE_H

#include "blocks/word.h"

typedef enum Kind {
#define KIND(name, spoken, layout, first, pointers, words, flags) KIND_##name,
#include "closures/kinds.def"
#undef KIND
    KIND_COUNT
} Kind;

enum KindFlags {
    IS_PLAIN = 0,
    IS_VALUE = 1,
    IS_THUNK = 2,
    IS_MUTABLE = 4,
    IS_INDIRECTION = 8,
    IS_FRAME = 16,
    IS_STATIC = 32,
    IS_RUNTIME = 64,
    IS_PADDED = 128,
};

typedef enum Layout {
    LAYOUT_PAYLOAD,
    LAYOUT_FIXED,
    LAYOUT_PAP,
    LAYOUT_AP_STACK,
    LAYOUT_ARRAY,
    LAYOUT_SMALL,
    LAYOUT_BYTES,
    LAYOUT_WEAK,
    LAYOUT_STACK,
    LAYOUT_FILL,
    LAYOUT_FRAME,
    LAYOUT_APPLY
} Layout;

typedef struct KindRow {
    const char *name;   /* "THUNK" */
    const char *spoken; /* "thunk" */
    Layout layout;
    uint8_t first, pointers, words;
    uint16_t flags;
} KindRow;

extern const KindRow kinds[KIND_COUNT];
/* The kind of that name, or KIND_COUNT. */
Kind kind_find(const char *name);

/* ---- Info tables */

typedef struct SourceSpan {
    const char *file; /* NULL: unknown */
    uint32_t line, column, end_line, end_column;
} SourceSpan;

/* One bit per word, 1 for a pointer; bit i of word i / 64. Up to 64 words stand in `inline_bits`. */
typedef struct Bitmap {
    const uint64_t *large; /* NULL: inline_bits holds all */
    uint64_t inline_bits;
} Bitmap;

static inline bool bitmap_test(const Bitmap *b, uint32_t i)
{
    uint64_t w = b->large ? b->large[i >> 6] : b->inline_bits;
    return (w >> (i & 63)) & 1;
}

typedef struct InfoTable InfoTable;

/* What a piece of code names (GHC: static reference table): names[] holds static closures, untagged, and
 * behind them the tables of further code that this code makes objects of, or goes on with. */
typedef struct Srt {
    uint32_t closures, codes;
    Word names[];
} Srt;

struct InfoTable {
    _Alignas(16) uint8_t kind;
    uint8_t unreached; /* during a major collection: nothing that would run this code has been met so far */
    uint8_t flags;     /* InfoFlags */
    uint8_t tag;       /* the tag that a reference to a fresh object of this table carries (0-7) */
    uint32_t id;       /* dense, from 0, per registry: the trace's number of this table */
    uint32_t ptrs, nptrs; /* PAYLOAD: pointers, then other words. FRAME: ptrs = words after the info word */
    uint32_t
        words; /* the object's size if every object of the table has the same, else 0. Includes the header */
    uint32_t
        con_tag; /* CASE_FRAME: the rep letter of the value that it waits for, 0 for none or several. CON:
                    from 0. FUN: arity (void arguments count). THUNK_SELECTOR: the field's payload index */
    uint32_t arg_words; /* FUN: non-void arguments */
    uint32_t below; /* CASE_FRAME, the evaluator's: words beneath Sp that the code may use when it goes on */
    Bitmap bitmap;  /* FRAME: live pointers among the words after the info word. FUN: pointers among the
                       argument words */
    const void
        *entry; /* the evaluator's: what to run when an object is entered, or when a frame is returned to */
    const void *consts; /* the evaluator's: that code's constants */
    union {
        const void *call; /* FUN: what to run when it is called, with the same constants. It is not entered:
                             where no tag says that it is a value, because of its arity, entering it answers
                             it */
        Word awaits;      /* FRAME, the evaluator's: the shape of the value that it waits for; 0: of any */
    };
    const Srt
        *srt; /* what that code names, where objects or frames of this table may run it; NULL: nothing */
    /* For people. */
    const char *name; /* "Main.fibs", "GHC.Types.I#", "zipWith_go" */
    const char *type; /* CON: the data type's name; else NULL */
    const char *
        reps; /* one letter per payload word (or frame word): P U I W C A D F, '-' not in use at this point */
    const char *fields; /* names of the payload (or frame) words, separated by spaces; "_" where there is
                           none; NULL: none known */
    const char *about;  /* FRAME: the alternatives that wait, as text; else NULL */
    SourceSpan span;
    SourceSpan source; /* of the Haskell text that this was made of; line 0: unknown */
};

enum InfoFlags {
    INFO_BIG_FAMILY =
        1, /* CON of a type with more than six constructors: pointer tag 7 does not tell them apart */
    INFO_SINGLE_ENTRY = 2,
};

/* All info tables of a heap. A header can be proved to be one of them: no guess is involved (invariant 16).
 */
typedef struct InfoRegistry InfoRegistry;

/* The tables that the runtime itself needs, made by info_registry_new. */
typedef enum StdInfo {
    STD_IND,
    STD_IND_STATIC,
    STD_BLACKHOLE,     /* lazily or eagerly: the owner's TSO stands in word 1 */
    STD_CAF_BLACKHOLE, /* of an entered CAF; same shape */
    STD_DEAD_CAF,      /* a CAF that no code names any more, and whose value is gone (GHC: stg_GCD_CAF) */
    STD_PAP,
    STD_AP,
    STD_AP_STACK,
    STD_BLOCKING_QUEUE,
    STD_MVAR_CLEAN,
    STD_MVAR_DIRTY,
    STD_MUT_VAR_CLEAN,
    STD_MUT_VAR_DIRTY,
    STD_MUT_ARR_PTRS_CLEAN,
    STD_MUT_ARR_PTRS_DIRTY,
    STD_MUT_ARR_PTRS_FROZEN,       /* as GHC's FROZEN_CLEAN: on no remembered set */
    STD_MUT_ARR_PTRS_FROZEN_DIRTY, /* on its generation's remembered set, if it is old */
    STD_SMALL_MUT_ARR_PTRS_CLEAN,
    STD_SMALL_MUT_ARR_PTRS_DIRTY,
    STD_SMALL_MUT_ARR_PTRS_FROZEN,
    STD_SMALL_MUT_ARR_PTRS_FROZEN_DIRTY,
    STD_ARR_WORDS,
    STD_WEAK,
    STD_DEAD_WEAK,
    STD_STABLE_NAME,
    STD_TSO,
    STD_STACK,
    STD_FILLER_ONE, /* one word */
    STD_FILLER,     /* word 1: words in all */
    STD_UPDATE_FRAME,
    STD_MARKED_UPDATE_FRAME, /* its thunk has been black-holed by a pause (GHC: stg_marked_upd_frame) */
    STD_CATCH_FRAME,         /* word 1: handler; word 2: the masking state */
    STD_APPLY_FRAME,
    STD_UNDERFLOW_FRAME, /* word 1: the older stack chunk */
    STD_STOP_FRAME,
    STD_COUNT
} StdInfo;

InfoRegistry *info_registry_new(void);
void info_registry_free(InfoRegistry *r);
/* A zeroed table to be filled by the caller, with its id set; lives as long as the registry. Addresses are
 * stable, 16-byte aligned. */
InfoTable *info_new(InfoRegistry *r, Kind kind);
/* Memory that lives as long as the registry: names, bitmaps. */
void *info_registry_alloc(InfoRegistry *r, size_t bytes);
char *info_registry_string(InfoRegistry *r, const char *text);
InfoTable *info_std(const InfoRegistry *r, StdInfo which);
uint32_t info_count(const InfoRegistry *r);
InfoTable *info_by_id(const InfoRegistry *r, uint32_t id);
/* True if w is the address of one of the registry's tables. Never follows w. */
bool info_is_known(const InfoRegistry *r, Word w);

/* ---- Objects */

typedef struct Closure {
    const InfoTable *info;
    Word payload[];
} Closure;

/* A tagged reference, as it stands in payloads, stacks and registers. Not a Closure *: it has to be untagged
 * first. */
typedef Word Ref;

#define TAG_MASK ((Word)7)

static inline Closure *ref_closure(Ref r) { return (Closure *)(r & ~TAG_MASK); }
static inline Word ref_tag(Ref r) { return r & TAG_MASK; }
static inline Ref ref_make(const Closure *c, Word tag) { return (Word)c | tag; }
/* The reference to c that says all that its header says: values carry their tag. */
static inline Ref ref_of(const Closure *c) { return (Word)c | c->info->tag; }

/* Word offsets from the start of the object, of what is not plain payload. */
enum {
    THUNK_HEADER = 2,
    IND_TARGET = 1, /* IND, IND_STATIC, BLACKHOLE: indirectee or owner */
    CAF_LINK = 2,   /* THUNK_STATIC, IND_STATIC: the heap's list of entered CAFs */
    SELECTEE = 2,
    PAP_COUNTS = 1, /* low half: remaining arity; high half: n_args, payload words */
    PAP_FUN = 2,
    PAP_PAYLOAD = 3,
    AP_COUNTS = 2,
    AP_FUN = 3,
    AP_PAYLOAD = 4,
    AP_STACK_SIZE = 2, /* words of stack */
    AP_STACK_FUN = 3,
    AP_STACK_PAYLOAD = 4,
    ARRAY_PTRS = 1,
    ARRAY_SIZE = 2, /* pointers and card table, in words */
    ARRAY_PAYLOAD = 3,
    SMALL_PTRS = 1,
    SMALL_PAYLOAD = 2,
    BYTES_COUNT = 1,
    BYTES_PAYLOAD = 2,
    WEAK_KEY = 1,
    WEAK_VALUE,
    WEAK_FINALIZER,
    WEAK_C_FINALIZERS,
    WEAK_LINK, /* the heap's list of the generation's weak pointers; no pointer of the object's */
    MVAR_HEAD = 1,
    MVAR_TAIL,  /* of who waits; 0 if nobody does */
    MVAR_VALUE, /* 0 if it is empty */
    QUEUE_LINK = 1,
    QUEUE_HOLE, /* the black hole for which its members wait */
    QUEUE_OWNER,
    QUEUE_MEMBERS,
    TSO_STACK = 1, /* the current (youngest) chunk */
    TSO_LINK = 2,
    TSO_BLOCKED = 3, /* pointers, 0 if none */
    TSO_ID = 4,
    TSO_STATE = 5,       /* the masking state: see Masking */
    TSO_STACK_WORDS = 6, /* of all chunks together */
    TSO_DIRTY = 7,
    STACK_WORDS = 1, /* capacity of the chunk's frame area */
    STACK_SP = 2,    /* address of the youngest frame's info word */
    STACK_DIRTY =
        3, /* 1: on its generation's remembered set or in the nursery; 0: clean, no younger pointers */
    STACK_AREA = 4,
    FILLER_WORDS = 1,
    FILL_MIN = 1,
    UPDATE_FRAME_UPDATEE = 1,
    CATCH_FRAME_HANDLER = 1,
    CATCH_FRAME_MASKED = 2,
    UNDERFLOW_FRAME_NEXT = 1,
    APPLY_FRAME_SHAPE = 1, /* low 8 bits: words that follow; next 8 bits: arguments, void ones included; the
                              rest: pointer bitmap */
    APPLY_FRAME_ARGS = 2,
};

/* Whether a thread takes asynchronous exceptions, in the numbers of GHC's getMaskingState#. */
typedef enum Masking { MASKING_NONE, MASKING_UNINTERRUPTIBLE, MASKING_INTERRUPTIBLE, MASKING_COUNT } Masking;

#define APPLY_MAX_ARGS 48u
static inline Word apply_shape(uint32_t words, uint32_t args, uint64_t bitmap)
{
    return words | args << 8 | bitmap << 16;
}
static inline uint32_t apply_words(Word shape) { return shape & 0xff; }
static inline uint32_t apply_args(Word shape) { return (shape >> 8) & 0xff; }
static inline uint64_t apply_bitmap(Word shape) { return shape >> 16; }

static inline Word *closure_words(Closure *c) { return (Word *)c; }
static inline uint32_t pap_arity(const Closure *c) { return (uint32_t)((const Word *)c)[PAP_COUNTS]; }
static inline uint32_t pap_n_args(const Closure *c)
{
    return (uint32_t)(((const Word *)c)[PAP_COUNTS] >> 32);
}
static inline Word pap_counts(uint32_t arity, uint32_t n_args) { return (Word)arity | (Word)n_args << 32; }

#define CARD_ELEMENTS_SHIFT 7u /* 128 elements to a card */
static inline Word card_table_words(Word elements)
{
    Word cards = (elements + (1u << CARD_ELEMENTS_SHIFT) - 1) >> CARD_ELEMENTS_SHIFT;
    return (cards + WORD_BYTES - 1) / WORD_BYTES;
}

/* Words of the object, header included. The header must be an info table, not a forwarding address. */
size_t closure_size(const Closure *c);
/* Words of the frame whose info word is at frame. */
size_t frame_size(const Word *frame);
/* Fills the words [at, at + words) with one filler object. words > 0. */
void filler_write(const InfoRegistry *r, Word *at, size_t words);

/* The one pointer walk: calls visit(context, slot) for every word that holds a pointer, in order of address;
 * weak pointers' slots too (kinds[].layout tells them). Void, dead and non-pointer words are not visited.
 * Slots may hold 0 only where kinds.def's Notes allow it: TSO_LINK, TSO_BLOCKED, WEAK_*, MVAR_*.
 * The visitor may write to the slot. */
typedef void (*SlotVisitor)(void *context, Ref *slot);
void closure_each_pointer(Closure *c, SlotVisitor visit, void *context);
/* The same without what the object does not keep alive: nothing of a weak pointer's. */
void closure_each_strong_pointer(Closure *c, SlotVisitor visit, void *context);
void frame_each_pointer(Word *frame, SlotVisitor visit, void *context);
/* Every pointer of the frames [sp, end). */
void stack_each_pointer(Word *sp, Word *end, SlotVisitor visit, void *context);
/* Calls visit for each frame of [sp, end), youngest first; false stops. */
void stack_each_frame(Word *sp, Word *end, bool (*visit)(void *context, Word *frame), void *context);

/* One line about an object: "THUNK Main.go 4 words: xs=block 37 +0x1c0|2 n=5#". At most size bytes, always
 * terminated; returns the length that it wanted, as snprintf. Reads only the object itself. */
int closure_print(const Closure *c, char *out, size_t size);
/* The name of one of an object's words, counted from its header, if its table or its kind has one; its
 * length, 0: it has none. */
int closure_word_name(const Closure *c, size_t word, const char **name);
/* One word of a payload, by its rep letter: "5#", "'c'#", "1.5##", a reference as "block 37 +0x1c0|2". */
int word_print(Word w, char rep, char *out, size_t size);

#endif
