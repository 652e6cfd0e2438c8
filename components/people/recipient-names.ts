import { inSentence } from "@/lib/client/date-formats";
import type { Person } from "@/lib/contract/person";

/** The people of a conversation in a sentence: one by the full name, several by their first names. */
export const recipientNames = (people: readonly Pick<Person, "name">[]): string =>
  inSentence(people.map(({ name }) => (people.length === 1 ? name : (name.split(" ")[0] ?? name))));
