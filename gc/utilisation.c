#include "gc/utilisation.h"

void utilisation_init(Utilisation *u, uint64_t window_ns)
{
    *u = (Utilisation){.slot_ns = window_ns / UTILISATION_SLOTS};
}

static uint64_t *slot_busy(Utilisation *u) { return &u->busy[u->slot % UTILISATION_SLOTS]; }

/* The slot is over: its window is judged, and the next slot takes the place of the window's oldest. */
static void next_slot(Utilisation *u)
{
    if (u->slot + 1 >= UTILISATION_SLOTS) {
        u->known = true;
        if (u->sum > u->worst) u->worst = u->sum;
    }
    u->slot++;
    u->sum -= *slot_busy(u);
    *slot_busy(u) = 0;
}

/* After a whole window without a pause all slots are empty, and every further one is like the last. */
static void idle_until(Utilisation *u, uint64_t slot)
{
    for (uint32_t i = 0; i < UTILISATION_SLOTS && u->slot < slot; i++) next_slot(u);
    if (u->slot < slot) u->slot = slot;
}

static void take(Utilisation *u, uint64_t ns)
{
    *slot_busy(u) += ns;
    u->sum += ns;
}

/* Whole slots of one long pause; once they fill a window, nothing can be worse. */
static void busy_until(Utilisation *u, uint64_t slot)
{
    for (uint32_t i = 0; i <= UTILISATION_SLOTS && u->slot < slot; i++) {
        take(u, u->slot_ns);
        next_slot(u);
    }
    if (u->slot == slot) return;
    take(u, u->slot_ns);
    u->slot = slot;
    u->sum -= *slot_busy(u);
    *slot_busy(u) = 0;
}

void utilisation_pause(Utilisation *u, uint64_t begin, uint64_t end)
{
    uint64_t first = begin / u->slot_ns, last = end / u->slot_ns;
    idle_until(u, first);
    if (first == last) {
        take(u, end - begin);
        return;
    }
    take(u, (first + 1) * u->slot_ns - begin);
    next_slot(u);
    busy_until(u, last);
    take(u, end - last * u->slot_ns);
}

double utilisation_minimum(const Utilisation *u)
{
    if (!u->known) return -1;
    uint64_t worst = u->sum > u->worst ? u->sum : u->worst;
    return 1 - (double)worst / (double)(u->slot_ns * UTILISATION_SLOTS);
}
