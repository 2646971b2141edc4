/* Arenas: memory that dies with its program. Pieces keep what they hold, and large ones waste no memory. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "eval/arena_private.h"

enum { PIECES = 400, HUGE_BYTES = 2 * 1024 * 1024 };

/* In so many huge pages does one of the pieces begin. */
static size_t huge_pages_of(char *const *pieces, size_t count)
{
    uintptr_t seen[PIECES];
    size_t pages = 0;
    for (size_t i = 0; i < count; i++) {
        uintptr_t page = (uintptr_t)pieces[i] / HUGE_BYTES;
        size_t k = 0;
        while (k < pages && seen[k] != page) k++;
        if (k == pages) seen[pages++] = page;
    }
    return pages;
}

static void expect_dense(size_t bytes)
{
    char *pieces[PIECES];
    Arena *a = eval_arena_new();
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = eval_arena_alloc(a, bytes);
        memset(pieces[i], (int)(i % 256), bytes);
        eval_arena_alloc(a, 40); /* a node of the tree between them */
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k < bytes; k += 97) cr_assert_eq((unsigned char)pieces[i][k], i % 256);
    size_t pages = huge_pages_of(pieces, PIECES), needed = PIECES * bytes / HUGE_BYTES;
    cr_assert_leq(pages, needed + needed / 4 + 4, "pieces of %zu bytes are in %zu huge pages", bytes, pages);
    eval_arena_free(a);
}

/* Strings of a program's are copied in one piece; a huge page for each would take a hundred times their size.
 */
Test(arena, large_pieces_share_huge_pages)
{
    static const size_t sizes[] = {2000, 20000, 65000, 70000, 300000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) expect_dense(sizes[i]);
}
