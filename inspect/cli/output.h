/* Standard output, taken seriously: what was promised there and did not arrive is an error. */
#ifndef THUNKSCOPE_INSPECT_CLI_OUTPUT_H
#define THUNKSCOPE_INSPECT_CLI_OUTPUT_H

/* At the start: a standard stream that the caller has closed becomes one on which every read or write fails,
 * so that no file that is opened later takes its number. */
void output_reserve(void);
/* At the end: the exit code, which is STATUS_ERROR instead of STATUS_OK if stdout could not be written; said
 * on stderr. */
int output_finish(int status);

#endif
