/* Shared objects of a user's own. What is exported is data with a version, so that an old one is told apart
 * before any of its functions is called. */
#include "blocks/shared_object.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool shared_object_is_named(const char *text)
{
    size_t length = strcspn(text, ":");
    return memchr(text, '/', length) != NULL;
}

/* ---- Files that dlopen would hang on, or die of */

/* Does the file have all that is going to be mapped? Of what is no shared object dlopen says so. */
static bool segments_are_whole(int file, size_t bytes)
{
    ElfW(Ehdr) head;
    if (pread(file, &head, sizeof head, 0) != sizeof head || memcmp(head.e_ident, ELFMAG, SELFMAG) != 0)
        return true;
    for (size_t i = 0; i < head.e_phnum; i++) {
        ElfW(Phdr) segment;
        off_t at = (off_t)(head.e_phoff + i * sizeof segment);
        if (pread(file, &segment, sizeof segment, at) != sizeof segment) return false;
        if (segment.p_type != PT_LOAD) continue;
        if (segment.p_offset > bytes || segment.p_filesz > bytes - segment.p_offset) return false;
    }
    return true;
}

/* NULL: it can be tried. It is not opened for longer than that takes: a FIFO would wait for who writes. */
static const char *file_fault(const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return "cannot be read: is that where the file is?";
    const char *fault = NULL;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        fault = "is not a regular file";
    else if (!segments_are_whole(file, (size_t)status.st_size))
        fault = "has been cut short: build it anew";
    close(file);
    return fault;
}

static bool load(SharedObject *object, const char *path, const char *what, char *error, size_t size)
{
    const char *fault = file_fault(path);
    if (fault) {
        snprintf(error, size, "the %s %s %s", what, path, fault);
        return false;
    }
    object->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!object->handle) snprintf(error, size, "the %s %s cannot be loaded: %s", what, path, dlerror());
    return object->handle != NULL;
}

/* How many bytes the object says that it exports; SIZE_MAX if it does not say. */
static size_t exported_bytes(const void *exported)
{
    Dl_info info;
    const ElfW(Sym) *symbol = NULL;
    if (!dladdr1(exported, &info, (void **)&symbol, RTLD_DL_SYMENT) || !symbol) return SIZE_MAX;
    return symbol->st_size;
}

static bool find(SharedObject *object, const char *path, const SharedPart *part, char *error, size_t size)
{
    object->exported = dlsym(object->handle, part->symbol);
    const char *fault = NULL;
    if (!object->exported)
        snprintf(error, size, "%s exports no %s", path, part->symbol);
    else if (exported_bytes(object->exported) < sizeof *object->exported ||
             object->exported->abi != part->abi)
        snprintf(error, size, "%s was built for version %u of %s, this is version %u: build it anew", path,
                 object->exported->abi, part->symbol, part->abi);
    else if (exported_bytes(object->exported) < part->bytes)
        snprintf(error, size, "%s exports a %s of %zu bytes; it has %zu", path, part->symbol,
                 exported_bytes(object->exported), part->bytes);
    else if ((fault = part->fault(object->exported)))
        snprintf(error, size, "the %s in %s %s", part->what, path, fault);
    else
        return true;
    return false;
}

/* Of "FILE[:ARGS]": the first part up to a colon, or to the end, that is a file; if none is, up to the first
 * colon. */
static size_t path_length(const char *text)
{
    char path[PATH_MAX];
    struct stat status;
    size_t first = strcspn(text, ":"), length = first;
    for (; length < sizeof path; length += 1 + strcspn(text + length + 1, ":")) {
        snprintf(path, sizeof path, "%.*s", (int)length, text);
        if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) return length;
        if (!text[length]) break;
    }
    return first;
}

bool shared_object_open(SharedObject *object, const char *text, const SharedPart *part, char *error,
                        size_t size)
{
    char path[PATH_MAX];
    size_t length = path_length(text);
    *object = (SharedObject){.args = text[length] ? text + length + 1 : NULL};
    if ((size_t)snprintf(path, sizeof path, "%.*s", (int)length, text) >= sizeof path) {
        snprintf(error, size, "the path of a %s is too long", part->what);
        return false;
    }
    if (!load(object, path, part->what, error, size)) return false;
    if (find(object, path, part, error, size)) return true;
    shared_object_close(object->handle);
    return false;
}

void *shared_object_begin(const char *what, const char *name, void *(*open)(const char *, char *, size_t),
                          const char *args, char *error, size_t size)
{
    error[0] = '\0';
    void *state = open(args, error, size);
    error[size - 1] = '\0';
    if (!state && !error[0])
        snprintf(error, size, "the %s \"%s\" does not begin, and does not say why: no memory?", what, name);
    return state;
}

void shared_object_close(void *handle)
{
    if (handle) dlclose(handle);
}

void shared_object_unknown(const char *what, const char *name, const char *(*name_at)(size_t index),
                           char *error, size_t size)
{
    const char *known;
    int at = snprintf(error, size, "there is no %s \"%s\"; there are ", what, name);
    for (size_t i = 0; (known = name_at(i)) && at > 0 && (size_t)at < size; i++)
        at += snprintf(error + at, size - (size_t)at, "%s, ", known);
    if (at > 0 && (size_t)at < size) snprintf(error + at, size - (size_t)at, "./FILE.so");
}
