import { type Folded, fold, type Found, findIn } from "@/lib/contract/find";
import type { KnownGroup, KnownPerson } from "@/lib/client/stores/names";

/** Words that mention people of the room: those who are active, and all. */
export type RoomWord = "here" | "room";

export type Mentionable =
  | { kind: "person"; id: string; handle: string; person: KnownPerson }
  | { kind: "group"; id: string; handle: string; group: KnownGroup }
  | { kind: "word"; id: RoomWord; handle: RoomWord };

/** The sections of the list, in their order. */
export type Section = "here" | "groups" | "elsewhere";
const sections: readonly Section[] = ["here", "groups", "elsewhere"];
/** How many are offered in each section. Another letter narrows the list further. */
const maxInSection = 6;

export interface Candidate {
  item: Mentionable;
  section: Section;
  /** The texts by which it is found. Only parts of the first one are marked. The last one is the handle. */
  texts: readonly Folded[];
}
export interface FoundMention extends Omit<Candidate, "texts"> {
  marks: Found["marks"];
}

interface Known {
  people: Iterable<KnownPerson>;
  groups: readonly KnownGroup[];
  words: readonly RoomWord[];
  /** Who is in the room. Null while it is not known, and where there is no room. */
  memberIds: ReadonlySet<string> | null;
  /** The people who wrote here last, the latest first. Among equal matches, they come first. */
  recentIds: readonly string[];
  myId: string;
}

const wordTexts: Readonly<Record<RoomWord, readonly Folded[]>> = {
  here: [fold("here")],
  room: ["everyone", "all", "channel", "room"].map(fold),
};

/** Everyone and everything that an @ can mention, in the order in which equal matches are offered. */
export function mentionCandidates({ people, groups, words, memberIds, recentIds, myId }: Known): Candidate[] {
  const recency = new Map(recentIds.map((id, at) => [id, at]));
  const isHere = ({ id }: KnownPerson) => memberIds === null || memberIds.has(id);
  const recencyOf = ({ id }: KnownPerson) => recency.get(id) ?? recentIds.length;
  const others = [...people].filter(({ id }) => id !== myId);
  const sorted = others.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)) || recencyOf(a) - recencyOf(b));
  return [
    ...sorted.map((person): Candidate => {
      const { id, handle, texts } = person;
      return { item: { kind: "person", id, handle, person }, section: isHere(person) ? "here" : "elsewhere", texts };
    }),
    ...groups.map((group): Candidate => {
      const { id, handle, texts } = group;
      return { item: { kind: "group", id, handle, group }, section: "groups", texts };
    }),
    ...words.map(
      (id): Candidate => ({ item: { kind: "word", id, handle: id }, section: "groups", texts: wordTexts[id] }),
    ),
  ];
}

/** The best matches of each section. Who has exactly this handle comes first of all. */
export function findMentions(query: string, candidates: readonly Candidate[]): FoundMention[] {
  const found = query
    ? findIn(candidates, query, ({ texts }) => texts)
    : candidates.map((item) => ({ item, found: { rank: 0, marks: [] } }));
  const { letters } = fold(query);
  const isExact = ({ texts }: Candidate) => query !== "" && texts.at(-1)?.letters === letters;
  const bySection = sections.map((section) => {
    const matches: FoundMention[] = [];
    for (const { item: candidate, found: match } of found) {
      if (matches.length === maxInSection) break;
      if (candidate.section === section) matches.push({ item: candidate.item, section, marks: match.marks });
    }
    return matches;
  });
  const exact = found.find(({ item }) => isExact(item));
  if (!exact) return bySection.flat();
  const { item: candidate, found: match } = exact;
  const first = { item: candidate.item, section: candidate.section, marks: match.marks };
  const rest = bySection.map((matches) => matches.filter(({ item }) => item !== candidate.item));
  const own = sections.indexOf(candidate.section);
  return [first, ...(rest[own] ?? []), ...rest.filter((_, at) => at !== own).flat()];
}
