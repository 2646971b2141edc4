#include "inspect/cli/haskell_advice.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "eval/embedded.h"
#include "inspect/cli/process.h"

/* The exporter's exit code if a module, or a name of one, could not be found that real base has. */
#define STATUS_MISSING 3

#define REAL_PACKAGES "base, with array, containers, deepseq, mtl, pretty and transformers"

/* The module that GHC could not find or load: what stands in quotes behind the words; 0: none. */
static int missing_module(const char *said, const char *words, const char **name)
{
    const char *at = strstr(said, words);
    if (!at) return 0;
    at += strlen(words);
    while (*at && !isalnum((unsigned char)*at)) at++; /* quotes are of several bytes, or of one */
    *name = at;
    int length = 0;
    while (isalnum((unsigned char)at[length]) || strchr("._", at[length] ? at[length] : ' ')) length++;
    return length;
}

/* Those of our base whose names begin alike: "Data." of Data.Text. */
static int list_family(const char *family, int length, FILE *out)
{
    int count = 0;
    for (unsigned i = 0; i < our_base_at_O1_count; i++) {
        const char *name = our_base_at_O1[i].name, *end = strrchr(name, '.');
        if (strncmp(name, family, (size_t)length) != 0 || !end || end <= name + length) continue;
        if (out) fprintf(out, "%s%.*s", count ? ", " : "", (int)(end - name) - length, name + length);
        count++;
    }
    return count;
}

/* True if one of GHC's other packages has the module, which is said. */
static bool advise_package(const char *module)
{
    char package[128], said[128];
    const char *const words[] = {"ghc-pkg", "--global", "--simple-output", "find-module", module, NULL};
    if (process_output(words, package, sizeof package, said, sizeof said) != 0 || !package[0]) return false;
    fprintf(stderr,
            "thunkscope ghc: `%s` is of %s, which cannot be linked here: there are " REAL_PACKAGES "\n",
            module, package);
    return true;
}

/* Who misspelt a module has been told by GHC what is near; who forgot one of his own needs no list. */
static void advise_module(const char *said)
{
    const char *name;
    char module[256];
    int length = missing_module(said, "Could not find module ", &name);
    snprintf(module, sizeof module, "%.*s", length, length ? name : "");
    if (!length || advise_package(module) || strstr(said, "Perhaps you meant")) return;
    const char *dot = strchr(module, '.');
    int family = dot ? (int)(dot + 1 - module) : 0;
    if (!family || !list_family(module, family, NULL)) return;
    fprintf(stderr, "thunkscope ghc: of `%.*s` our base has ", family, module);
    list_family(module, family, stderr);
    fputs("\n", stderr);
}

static void advise_ours(const char *said, int status)
{
    if (strstr(said, "template-haskell") || strstr(said, "Language.Haskell.TH"))
        fputs("thunkscope ghc: Template Haskell needs `--base real`\n", stderr);
    else if (status == STATUS_MISSING)
        fputs("thunkscope ghc: our base is small; if what is missing is a library's, try `--base real`: that "
              "is all of GHC's\n" REAL_PACKAGES "\n",
              stderr);
    else
        advise_module(said);
}

void haskell_advise(const char *said, int status, bool is_ours)
{
    if (is_ours)
        advise_ours(said, status);
    else if (strstr(said, "hidden package"))
        fputs("thunkscope ghc: what can be linked is " REAL_PACKAGES ", and a program's own modules\n",
              stderr);
}
