#include "traces/control.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "traces/arena_private.h"

#define COMMAND_LINE 256u /* bytes; a longer line is ignored */

struct Control {
    int fd;
    bool open, paused, quit;
    bool left_waiting; /* the viewer left while the run was paused */
    uint64_t steps;    /* that may still be taken in pause */
    char line[COMMAND_LINE];
    size_t length; /* of the line under way; COMMAND_LINE: too long */
};

Control *control_new(int fd, bool paused)
{
    Control *c = memory_new_zeroed(sizeof *c);
    c->fd = fd;
    c->open = true;
    c->paused = paused;
    return c;
}

void control_free(Control *c) { free(c); }

/* ---- Commands, one function each, named as in commands.def */

static void command_pause(Control *c, uint64_t argument)
{
    (void)argument;
    c->paused = true;
    c->steps = 0;
}

static void command_step(Control *c, uint64_t argument)
{
    c->paused = true;
    c->steps += argument;
}

static void command_continue(Control *c, uint64_t argument)
{
    (void)argument;
    c->paused = false;
}

static void command_quit(Control *c, uint64_t argument)
{
    (void)argument;
    c->quit = true;
}

typedef struct CommandRow {
    const char *name;
    void (*run)(Control *c, uint64_t argument);
} CommandRow;

static const CommandRow command_rows[] = {
#define COMMAND(name, argument, sentence) {#name, command_##name},
#include "traces/commands.def"
#undef COMMAND
};

/* Without a number, one. */
static uint64_t argument_of(const cJSON *command)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(command, "arg");
    bool fits = cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble < 9e15;
    return fits ? (uint64_t)item->valuedouble : 1;
}

static void run_line(Control *c, const char *line, size_t length)
{
    cJSON *command = cJSON_ParseWithLength(line, length);
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(command, "c");
    for (size_t k = 0; cJSON_IsString(name) && k < sizeof command_rows / sizeof *command_rows; k++)
        if (strcmp(command_rows[k].name, name->valuestring) == 0)
            command_rows[k].run(c, argument_of(command));
    cJSON_Delete(command);
}

/* ---- Reading */

static void take_byte(Control *c, char byte)
{
    if (byte != '\n') {
        if (c->length < COMMAND_LINE) c->line[c->length++] = byte;
        return;
    }
    if (c->length < COMMAND_LINE) run_line(c, c->line, c->length);
    c->length = 0;
}

static void viewer_is_gone(Control *c)
{
    c->left_waiting = c->paused;
    c->open = c->paused = false;
}

ControlViewer control_viewer(const Control *c)
{
    return c->open ? VIEWER_WATCHES : c->left_waiting ? VIEWER_LEFT_WAITING : VIEWER_LEFT;
}

static void read_commands(Control *c)
{
    char bytes[512];
    ssize_t count = read(c->fd, bytes, sizeof bytes);
    if (count > 0)
        for (ssize_t k = 0; k < count; k++) take_byte(c, bytes[k]);
    else if (count == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
        viewer_is_gone(c);
}

/* timeout_ms: 0 looks, -1 waits. */
static bool something_came(const Control *c, int timeout_ms)
{
    struct pollfd p = {.fd = c->fd, .events = POLLIN};
    return poll(&p, 1, timeout_ms) > 0;
}

bool control_poll(void *control)
{
    Control *c = control;
    while (c->open && !c->quit && something_came(c, 0)) read_commands(c);
    while (c->open && !c->quit && c->paused && c->steps == 0 && something_came(c, -1)) read_commands(c);
    if (c->paused && c->steps) c->steps--;
    return !c->quit;
}
