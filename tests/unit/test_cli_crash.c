/* inspect/cli/crash: a fault ends as a panic that says what can be said of it. */
#include "inspect/cli/crash.h"
#include "tests/unit/ending.h"

#include <sys/mman.h>

static Word *nowhere(void) { return mmap(NULL, BLOCK_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

static void use(void *context)
{
    HeapConfig config;
    heap_config_default(&config);
    crash_watch();
    Heap *heap = heap_new(&config);
    crash_watch_heap(heap);
    heap_collect(heap, true, GC_REASON_REQUESTED);
    _exit((int)*(volatile Word *)context);
}

Test(cli_crash, what_has_been_used_is_told)
{
    if (FAULTS_ARE_THE_SANITIZERS) cr_skip_test("the sanitizer tells of faults");
    End end = end_of(use, (void *)24);
    expect_story(&end,
                 "SIGSEGV after 1 collection(s): a use of nothing, or a small number, taken for a reference");
    expect_story(&end, "#0 "); /* the C backtrace */
    expect_story(&end, "+RTS -DS");
    end = end_of(use, nowhere());
    expect_story(&end, "a use of an address where the process has no memory");
#ifdef __x86_64__
    end = end_of(use, (void *)BLOCK_POISON);
    expect_story(&end, "a use of an address that cannot be, such as poison");
#endif
}

/* Without end, as far as anybody lives to see. */
static int descend(volatile char *above)
{
    volatile char frame[4096] = {0};
    frame[0] = *above;
    return *above == 2 ? 0 : descend(frame) + frame[1];
}

static void exhaust_the_stack(void *context)
{
    crash_watch();
    descend(context);
}

Test(cli_crash, the_c_stack_may_be_exhausted)
{
    if (FAULTS_ARE_THE_SANITIZERS) cr_skip_test("the sanitizer tells of faults");
    char first = 1;
    End end = end_of(exhaust_the_stack, &first);
    expect_story(&end, "SIGSEGV: a use of an address where the process has no memory");
}
