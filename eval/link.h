/* The linker: of the modules that a program names, what it reaches.
 *
 * Before stg_check, on the tree as it was parsed. Names are followed as the exporter writes them, with their
 * modules. Modules are read when something in them is named first, so that the order of the result depends on
 * the program alone. */
#ifndef THUNKSCOPE_EVAL_LINK_H
#define THUNKSCOPE_EVAL_LINK_H

#include "eval/syntax.h"

/* The unit of the module that the runtime's names stand in: a program that begins with it needs no library.
 */
#define RUNTIME_UNIT "rts"

typedef struct ModuleSource {
    void *context;
    /* Reads that module into p. False: there is none of that name, and nothing has been read. */
    bool (*read)(void *context, Program *p, const char *module);
} ModuleSource;

/* True if a module of that name has been read. */
bool program_has_module(const Program *p, const char *module);
/* True if the runtime's module is its first. */
bool program_is_linked(const Program *p);
/* The same of a program's text. */
bool stg_text_is_linked(const char *text, size_t length);

/* Begins a program of GHC's: reads the runtime's module, which names what it needs of GHC's. False:
 * diagnoses. */
bool program_begin_linked(Program *p);
/* Reads the modules that are named, and drops what the runtime's module does not reach. False: a name is
 * defined nowhere, a primitive is not there, or a module is no STG text; diagnoses say where. */
bool program_link(Program *p, const ModuleSource *modules);

#endif
