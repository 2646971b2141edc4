/* The generational copying collector (gen_copy.c): what its parts share. */
#ifndef THUNKSCOPE_GC_GEN_COPY_PRIVATE_H
#define THUNKSCOPE_GC_GEN_COPY_PRIVATE_H

#include "gc/collection.h"

/* ---- evacuate.c */
/* Makes *slot refer to the object's place after the collection, copying or relinking the object if nobody
 * has yet. References to indirections become references to what they stand for. */
void evacuate(Collection *c, Ref *slot);
/* The same for an update frame's slot: the thing to be updated stays itself, indirection or not. */
void evacuate_updatee(Collection *c, Ref *slot);

/* ---- scavenge.c */
/* Evacuates everything that the object refers to; returns its end. c->evac_gen is its generation; c->failed
 * is set if it has to be remembered. */
Word *scavenge_object(Collection *c, Word *object);
/* Scavenges to-space, oldest generation first, until nothing is left to do. */
void scavenge_to_space(Collection *c);
/* The same by all members of the team that has been gathered. */

void scavenge_in_team(struct GcTeam *team);
/* Scavenges an entry of the remembered set of an older generation; remembers it again if need be. */
void scavenge_remembered(Collection *c, Generation *generation, Closure *entry);

/* ---- scavenge_stack.c */
void scavenge_stack(Collection *c, Word *sp, Word *end);

#endif
