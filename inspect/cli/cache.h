/* The cache of what `thunkscope ghc` makes: entries, each a folder of its own, that any process may make,
 * use and remove.
 *
 * Always true: who uses an entry holds a shared lock on its folder, and who removes it an exclusive one,
 * after which the folder has another name. So nothing goes that is in use, and who waits for the lock of a
 * folder that has gone makes it anew. When an entry was used last is its folder's time. */
#ifndef THUNKSCOPE_INSPECT_CLI_CACHE_H
#define THUNKSCOPE_INSPECT_CLI_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#define CACHE_LIMIT_VARIABLE "THUNKSCOPE_CACHE_LIMIT"
#define CACHE_LIMIT_DEFAULT  "1g"

/* Makes the folder, unless it is there, and keeps it from being removed until this process ends. */
bool cache_hold(const char *folder);
/* How many bytes the cache may have, beside what is never removed; false: the variable says no size. */
bool cache_limit(uint64_t *bytes);
/* With all that is in it; what cannot be removed stays. */
void cache_remove_folder(const char *folder);
/* Removes entries of the folder `cache`, those that were used least recently first, until the rest has at
 * most so many bytes; not those that somebody holds, nor those whose paths are `kept`, which ends with NULL,
 * and which do not count. The number of bytes removed. */
uint64_t cache_prune(const char *cache, const char *const *kept, uint64_t limit);

#endif
