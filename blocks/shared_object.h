/* A user's own part: a shared object that exports one struct, whose first field is the version of its shape.
 */
#ifndef THUNKSCOPE_BLOCKS_SHARED_OBJECT_H
#define THUNKSCOPE_BLOCKS_SHARED_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The head of every struct that a shared object exports. */
typedef struct SharedStruct {
    uint32_t abi;
} SharedStruct;

typedef struct SharedObject {
    void *handle;
    const SharedStruct *exported;
    const char *args; /* what follows "FILE:", or NULL */
} SharedObject;

/* Does this text name a file, not one of ours? */
bool shared_object_is_named(const char *text);
/* What is wanted of a shared object. */
typedef struct SharedPart {
    const char *what, *symbol; /* "block source"; the name under which it is exported */
    uint32_t abi;
    size_t bytes; /* of its struct */
    /* NULL: the struct has all that it must have. Otherwise what that is, as in "needs a name and open". */
    const char *(*fault)(const SharedStruct *exported);
} SharedPart;

/* Opens what "FILE[:ARGS]" names and finds a part in it that has all that it must have. False, and a sentence
 * in error (of `size` bytes, at least one). */
bool shared_object_open(SharedObject *object, const char *text, const SharedPart *part, char *error,
                        size_t size);
/* What a part's open answers. If that is NULL, there is a sentence in error: its own, or that it has none. */
void *shared_object_begin(const char *what, const char *name, void *(*open)(const char *, char *, size_t),
                          const char *args, char *error, size_t size);
void shared_object_close(void *handle); /* NULL: nothing happens */
/* A sentence in error: there is no `what` of that name, but those of name_at(0), name_at(1), … up to NULL,
 * and one's own. */
void shared_object_unknown(const char *what, const char *name, const char *(*name_at)(size_t index),
                           char *error, size_t size);

#endif
