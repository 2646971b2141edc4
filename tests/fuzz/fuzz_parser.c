/* No text crashes the parser, or the formatter of what it has read; that is printed as text that is read as
 * the same. */
#include "tests/fuzz/printing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    need_stable_printing((const char *)data, size);
    return 0;
}
