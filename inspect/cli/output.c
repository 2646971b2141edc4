#include "inspect/cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "inspect/cli/options.h"

void output_reserve(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0) open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int output_finish(int status)
{
    const char *reason = fflush(stdout) != 0   ? strerror(errno)
                         : ferror(stdout) != 0 ? "is the disk full, or the stream closed?"
                                               : NULL;
    if (!reason) return status;
    fprintf(stderr, "thunkscope: <stdout> could not be written: %s\n", reason);
    return status == STATUS_OK ? STATUS_ERROR : status;
}
