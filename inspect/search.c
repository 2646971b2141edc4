/* Search: a query is words joined by spaces, all of which must hold: "#id", "kind:thunk", "gen:1", or a part
 * of the name. Letters' case does not matter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "inspect/model_private.h"

enum { LONGEST_WORD = 64 };

static bool kind_matches(Kind kind, const char *wanted)
{
    return strcasecmp(kinds[kind].name, wanted) == 0 || strcasecmp(kinds[kind].spoken, wanted) == 0;
}

static bool word_matches(const Model *m, const PlayObject *o, const char *word)
{
    char label[128];
    if (word[0] == '#') return o->id == strtoll(word + 1, NULL, 10);
    if (strncmp(word, "kind:", 5) == 0) return kind_matches(o->kind, word + 5);
    if (strncmp(word, "gen:", 4) == 0) return o->generation == strtoul(word + 4, NULL, 10);
    const Event_info *info = trace_info(m->trace, o->info);
    return (info && strcasestr(info->name, word)) ||
           strcasestr(model_object_label(m, o->id, label, sizeof label), word);
}

static bool query_matches(const Model *m, const PlayObject *o, const char *query)
{
    char word[LONGEST_WORD];
    bool any = false;
    for (const char *at = query; *at;) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " ");
        if (length == 0) break;
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        if (!word_matches(m, o, word)) return false;
        any = true;
        at += length;
    }
    return any;
}

static bool is_here(const Model *m, ObjectId id, const char *query)
{
    const PlayObject *o = playback_object(m->play, id);
    return o && !o->dead && query_matches(m, o, query);
}

ObjectId model_search(const Model *m, const char *query, ObjectId after, bool backwards)
{
    ObjectId last = playback_last_id(m->play), id = after < 0 ? 0 : after;
    for (ObjectId tried = 0; tried < last; tried++) {
        id += backwards ? -1 : 1;
        if (id > last) id = 1;
        if (id < 1) id = last;
        if (is_here(m, id, query)) return id;
    }
    return 0;
}
