/* The functions behind eval/c_base.def that stand in files of their own. */
#ifndef THUNKSCOPE_EVAL_C_BASE_PRIVATE_H
#define THUNKSCOPE_EVAL_C_BASE_PRIVATE_H

#include "eval/c_call_private.h"

/* ---- c_unicode.c: of any number; what is no character is not assigned */
typedef enum CharacterClass {
    CHARACTER_ALPHA,
    CHARACTER_ALNUM,
    CHARACTER_CNTRL,
    CHARACTER_LOWER,
    CHARACTER_UPPER,
    CHARACTER_PRINT,
    CHARACTER_SPACE
} CharacterClass;
int unicode_category(int64_t c); /* GHC's GeneralCategory */
bool unicode_is(CharacterClass class_, int64_t c);
int64_t unicode_to_lower(int64_t c);
int64_t unicode_to_upper(int64_t c);
int64_t unicode_to_title(int64_t c);

/* ---- c_files.c */
ssize_t write_in_order(Machine *m, const Word *a);
int fd_ready(const Word *a);
int lock_file(Machine *m, const Word *a);
int unlock_file(Machine *m, Word id);
void **saved_terminal(Machine *m, int fd);

#endif
