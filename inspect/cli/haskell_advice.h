/* What to say behind GHC's own errors, where it does not know what can be linked here. */
#ifndef THUNKSCOPE_INSPECT_CLI_HASKELL_ADVICE_H
#define THUNKSCOPE_INSPECT_CLI_HASKELL_ADVICE_H

#include <stdbool.h>

enum { HEARD_MAX = 1 << 16 };

/* One sentence on stderr, or none. `said` is what the exporter has said, which ended with `status`;
 * `is_ours`: on our base. */
void haskell_advise(const char *said, int status, bool is_ours);

#endif
