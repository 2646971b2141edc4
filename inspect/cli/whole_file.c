#include "inspect/cli/whole_file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_text(const char *path, const char *mode, const char *text)
{
    FILE *f = fopen(path, mode);
    if (!f) return false;
    bool written = fputs(text, f) != EOF;
    return fclose(f) == 0 && written;
}

/* old: the permissions to keep; NULL: there is no file yet. */
static bool replace(const char *target, const struct stat *old, const char *text)
{
    char beside[PATH_MAX + 32];
    snprintf(beside, sizeof beside, "%s.%d.unfinished", target, (int)getpid());
    if (write_text(beside, "wbx", text) && (!old || chmod(beside, old->st_mode & 07777) == 0) &&
        rename(beside, target) == 0)
        return true;
    int why = errno;
    if (why != EEXIST) unlink(beside);
    errno = why;
    return false;
}

bool whole_file_write(const char *path, const char *text)
{
    char target[PATH_MAX];
    struct stat old;
    if (stat(path, &old) != 0) return errno == ENOENT && replace(path, NULL, text);
    if (!S_ISREG(old.st_mode)) return write_text(path, "wb", text);
    return realpath(path, target) && replace(target, &old, text);
}
