/* A fault (SIGSEGV, SIGBUS) in a run means that a heap is not as it should be: a reference that nobody keeps,
 * a plug-in's mistake, or one of ours. What is told is what a reader begins with: whether the address is
 * nothing, poison, or in the heap, when it was, and how it is found earlier.
 *
 * The heap and the handlers are of the process, because a fault is. */
#include "inspect/cli/crash.h"

#include <signal.h>
#include <stdlib.h>

static const Heap *heap_watched;

void crash_watch_heap(const Heap *heap) { heap_watched = heap; }

static const char *what_it_is(const siginfo_t *info)
{
    if (info->si_code == SI_KERNEL) return "an address that cannot be, such as poison read as a reference";
    if ((Word)info->si_addr < BLOCK_SIZE) return "nothing, or a small number, taken for a reference";
    if (heap_watched && block_contains(heap_watched->blocks, info->si_addr)) return "a block of the heap";
    return "an address where the process has no memory";
}

_Noreturn static void tell(const siginfo_t *info, const char *signal_name)
{
    char when[64] = "";
    if (heap_watched) snprintf(when, sizeof when, " after %u collection(s)", heap_watched->gc_count);
    panic("%s%s: a use of %s\n"
          "  address: %p\n"
          "  a heap that is not as it should be is found earlier with +RTS -DS, a reference to what is gone\n"
          "  with --block-source=guard",
          signal_name, when, what_it_is(info), info->si_addr);
}

static void on_fault(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    tell(info, signal_number == SIGBUS ? "SIGBUS" : "SIGSEGV");
}

void crash_watch(void)
{
    static char stack[64 * 1024];
    struct sigaction handler = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    if (FAULTS_ARE_THE_SANITIZERS) return;
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    sigaction(SIGSEGV, &handler, NULL);
    sigaction(SIGBUS, &handler, NULL);
}
