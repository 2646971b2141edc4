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
/* Opens what "FILE[:ARGS]" names and finds `symbol` in it, whose version must be `abi`. False, and a sentence
 * in error: `what` ("block source") says what was wanted. */
bool shared_object_open(SharedObject *object, const char *text, const char *symbol, uint32_t abi,
                        const char *what, char *error, size_t size);
void shared_object_close(void *handle); /* NULL: nothing happens */
/* A sentence in error: there is no `what` of that name, but those of name_at(0), name_at(1), … up to NULL,
 * and one's own. */
void shared_object_unknown(const char *what, const char *name, const char *(*name_at)(size_t index),
                           char *error, size_t size);

#endif
