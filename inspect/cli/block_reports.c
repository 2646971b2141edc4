#include "inspect/cli/block_reports.h"

#include <stdlib.h>

#include "gc/report.h"
#include "inspect/cli/report_file.h"

enum { LEAST_GROWTH = 16 }; /* a heap that goes on growing is looked at anew when it has grown by that part */

bool block_reports_open(BlockReports *r, const RtsFlags *flags)
{
    *r = (BlockReports){.flags = flags};
    if (flags->block_report) r->out = report_file_open(flags->block_report_file);
    return !flags->block_report || r->out;
}

static size_t blocks_in_use(Heap *heap)
{
    BlockCounters n;
    block_counters(heap->blocks, &n);
    return n.allocated_blocks;
}

static BlockReportForm form_of(const BlockReports *r, const char *when)
{
    return (BlockReportForm){.json = r->flags->block_report == BLOCK_REPORT_JSON, .when = when};
}

void block_reports_collected(BlockReports *r, Heap *heap, const GcStats *g)
{
    size_t blocks = r->out && g->major ? blocks_in_use(heap) : 0;
    if (blocks <= r->most_blocks + r->most_blocks / LEAST_GROWTH || g->reason == GC_REASON_SHUTDOWN) return;
    char when[64];
    snprintf(when, sizeof when, "after collection %u, when most were in use", g->number);
    free(r->fullest);
    FILE *out = open_memstream(&r->fullest, &r->fullest_bytes);
    require(out, "out of memory for a report");
    report_blocks_alive(heap, out, form_of(r, when));
    fclose(out);
    r->most_blocks = blocks;
}

bool block_reports_close(BlockReports *r, Heap *heap)
{
    BlockReportForm form = form_of(r, "at the end");
    if (r->fullest) fwrite(r->fullest, 1, r->fullest_bytes, r->out);
    free(r->fullest);
    r->fullest = NULL;
    if (r->out && heap) block_report(heap->blocks, r->out, &form);
    return report_file_close(r->out, r->flags->block_report_file);
}
