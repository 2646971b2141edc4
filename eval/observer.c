/* The names of the evaluation rules. */
#include "eval/observer.h"

const char *const step_rule_names[RULE_COUNT] = {
#define RULE(name, spelling, text) [RULE_##name] = spelling,
#include "eval/rules.def"
#undef RULE
};
