#include "inspect/cli/stepper.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inspect/cli/target.h"

/* A run that is told to go one step and says nothing for so long has passed a safe point without an event. */
enum { PATIENCE_MS = 200, SILENCE_MOST = 5 };

bool stepper_open_trace(Stepper *s, const char *path)
{
    *s = (Stepper){.over = true, .child = {.fd = -1, .out = -1}};
    s->trace = target_trace(path);
    if (!s->trace) return false;
    s->model = model_new(s->trace);
    return s->model != NULL;
}

bool stepper_open_run(Stepper *s, SessionConfig *config)
{
    *s = (Stepper){.live = true};
    if (!live_spawn(&s->child, config, true, true)) return false;
    s->trace = trace_new();
    s->model = model_new(s->trace);
    return s->model != NULL;
}

/* ---- What comes from the run */

static void note_output(Stepper *s, const char *bytes, size_t count)
{
    if (s->output_count == s->output_room) {
        uint32_t room = s->output_room ? 2 * s->output_room : 16;
        Output *outputs = realloc(s->outputs, room * sizeof *outputs);
        if (!outputs) return;
        s->outputs = outputs;
        s->output_room = room;
    }
    char *text = malloc(count);
    if (!text) return;
    memcpy(text, bytes, count);
    int64_t step = (int64_t)model_step_count(s->model) - 1;
    s->outputs[s->output_count++] = (Output){step, text, count};
}

static bool is_readable(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

static void take_output(Stepper *s)
{
    char bytes[4096];
    while (s->child.out >= 0 && is_readable(s->child.out)) {
        ssize_t count = read(s->child.out, bytes, sizeof bytes);
        if (count > 0) {
            note_output(s, bytes, (size_t)count);
        } else {
            close(s->child.out);
            s->child.out = -1;
        }
    }
}

/* False: the run has closed its end. */
static bool take_trace(Stepper *s)
{
    char bytes[1 << 16];
    ssize_t count = read(s->child.fd, bytes, sizeof bytes);
    if (count < 0 && errno == EINTR) return true;
    if (count > 0) trace_feed(s->trace, bytes, (size_t)count);
    if (count <= 0) trace_finish(s->trace);
    model_refresh(s->model);
    return count > 0;
}

static void run_over(Stepper *s)
{
    take_output(s);
    s->over = true;
    s->status = live_wait(&s->child);
    s->child.fd = s->child.out = -1;
}

/* Waits for something to come and takes all of it. False: nothing came in time. */
static bool take_what_comes(Stepper *s)
{
    struct pollfd p[2] = {{.fd = s->child.fd, .events = POLLIN}, {.fd = s->child.out, .events = POLLIN}};
    if (poll(p, 2, PATIENCE_MS) <= 0) return false;
    bool open = true;
    while (open && is_readable(s->child.fd)) open = take_trace(s);
    take_output(s);
    if (!open) run_over(s);
    return true;
}

bool stepper_reach(Stepper *s, int64_t step)
{
    while (!s->over && (int64_t)model_step_count(s->model) <= step + 1) {
        uint64_t before = trace_count(s->trace);
        bool asked = model_step_count(s->model) > 0 || take_what_comes(s);
        if (asked && !s->over) live_send(&s->child, "step", 1);
        while (!s->over && trace_count(s->trace) == before && take_what_comes(s)) continue;
        if (trace_error(s->trace)) return false;
    }
    return step < (int64_t)model_step_count(s->model);
}

void stepper_go(Stepper *s, int64_t step)
{
    int64_t count = stepper_reach(s, step) ? step + 1 : (int64_t)model_step_count(s->model);
    int64_t target = step < count ? step : count - 1;
    model_seek(s->model, target < 0 ? model_step_first(s->model, 0) - 1 : model_step_last(s->model, target));
}

int64_t stepper_at(const Stepper *s) { return model_step_at(s->model, model_position(s->model)); }

/* A run that still goes on is asked to end, and heard out: a full socket would keep it waiting. What does not
 * answer is stopped. */
int stepper_close(Stepper *s)
{
    if (s->live && !s->over) {
        live_send(&s->child, "quit", -1);
        for (int silence = 0; !s->over;)
            if (!take_what_comes(s) && ++silence == SILENCE_MOST) live_stop(&s->child);
        s->status = STATUS_OK;
    }
    for (uint32_t k = 0; k < s->output_count; k++) free(s->outputs[k].text);
    free(s->outputs);
    model_free(s->model);
    if (s->trace) trace_free(s->trace);
    return s->status;
}
