import { type Asker, type Decision, no, yes } from "./decision";

/** May the asker block this person? Whoever they are: also owners, admins and people who are deactivated. */
export function mayBlock(asker: Pick<Asker, "personId">, person: { id: string }): Decision {
  return person.id === asker.personId ? no("You can't block yourself.") : yes;
}
