/* Our small base (eval/lib/base/), as the exporter has written it, part of the program. */
#ifndef THUNKSCOPE_EVAL_OUR_BASE_H
#define THUNKSCOPE_EVAL_OUR_BASE_H

#include "eval/syntax.h"

/* Reads that module of it into p, as GHC has compiled it with that optimisation (0 or more). False: it has
 * none of that name. */
bool our_base_read(Program *p, int level, const char *module);

#endif
