/* Where the bytes of a trace go. A sink that cannot write any more goes quiet: the run must not suffer. */
#ifndef THUNKSCOPE_TRACES_SINK_PRIVATE_H
#define THUNKSCOPE_TRACES_SINK_PRIVATE_H

#include "traces/recorder.h"

/* Hands bytes over; returns after they are written or the sink has gone quiet. */
void sink_write(Sink *s, const char *bytes, size_t count);
/* Ends what is compressed, so that it can be read to its end; nothing follows. */
void sink_finish(Sink *s);
/* True once anything could not be written. */
bool sink_is_quiet(const Sink *s);
/* True if somebody may be reading along: a socket or a pipe. */
bool sink_is_live(const Sink *s);

#endif
