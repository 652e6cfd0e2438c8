import { isMembershipNotice, type MembershipNotice } from "@/lib/client/log-items";
import type { Message, Notice } from "@/lib/contract/message";

/** One piece of a notice's sentence. Names are emphasized. A name with a `personId` opens the person's card. */
export type Piece = { name: string; personId?: string } | { text: string };
/** The fields of a notice that its sentence needs. */
export type NoticeParts = Pick<Message, "authorId"> & { notice: Notice };

type Step = { what: MembershipNotice["type"]; by: string | null };
/** People who took the same steps. They share one clause of the sentence. */
type Clause = { personIds: string[]; steps: Step[] };

// The maximum numbers of clauses, names and steps in one sentence. If there are more, the sentence has only two clauses, two
// names, or the last step.
const maxClauses = 3;
const maxNames = 3;
const maxSteps = 3;
const text = (words: string): Piece => ({ text: words });

/**
 * The sentence for the notices of one row about people who came or went, such as "Ada joined, left and joined again; Bo and
 * Cleo joined". It is ordered by each person's first step.
 */
export function noticeWords(notices: readonly NoticeParts[], nameOf: (personId: string) => string): Piece[] {
  const [first] = notices;
  if (first?.notice.type === "created") return [nameOrSomeone(first.authorId, nameOf), text(" created the room")];
  const clauses = clausesOf(notices);
  const shown = clauses.length > maxClauses ? clauses.slice(0, 2) : clauses;
  const others = clauses.slice(shown.length).reduce((sum, { personIds }) => sum + personIds.length, 0);
  const parts = shown.map((clause) => clauseWords(clause, nameOf));
  if (others > 0) parts.push([text(`${others.toLocaleString()} others came or went`)]);
  return parts.flatMap((part, at) => (at > 0 ? [text("; "), ...part] : part));
}

/** The people whose names the sentence may show. Only these people are fetched, because thousands may have joined. */
export function peopleNamed(notices: readonly NoticeParts[]): (string | null)[] {
  const clauses = clausesOf(notices).slice(0, maxClauses);
  const withRole = notices.flatMap(({ notice }) => (notice.type === "role" ? notice.personIds.slice(0, 1) : []));
  return [
    ...withRole,
    ...notices.slice(0, 1).map(({ authorId }) => authorId),
    ...clauses.flatMap(({ personIds, steps }) => [...personIds.slice(0, maxNames), ...steps.map(({ by }) => by)]),
  ];
}

/** Whether the notices are only about people joining, only about people leaving, or both. */
export function directionOf(notices: readonly NoticeParts[]): "came" | "went" | "both" {
  const ways = new Set(notices.map(({ notice }) => (isArrival(notice.type) ? "came" : "went")));
  return ways.size === 1 ? ([...ways][0] ?? "both") : "both";
}

const isArrival = (what: Notice["type"]) => what === "joined" || what === "added" || what === "created";

function clausesOf(notices: readonly NoticeParts[]): Clause[] {
  const stepsByPerson = new Map<string, Step[]>();
  for (const { notice, authorId } of notices) {
    if (!isMembershipNotice(notice)) continue;
    for (const personId of notice.personIds) {
      const step = stepOf(notice.type, personId, authorId);
      const steps = stepsByPerson.get(personId);
      if (steps) steps.push(step);
      else stepsByPerson.set(personId, [step]);
    }
  }
  const clauses = new Map<string, Clause>();
  for (const [personId, steps] of stepsByPerson) {
    // The clause names who added or removed a person only if that is the person's only step.
    const stepsKey = steps.map(({ what, by }) => (steps.length === 1 ? `${what} ${by}` : what)).join();
    const clause = clauses.get(stepsKey);
    if (clause) clause.personIds.push(personId);
    else clauses.set(stepsKey, { personIds: [personId], steps });
  }
  return [...clauses.values()];
}

/** A person who adds or removes themselves has joined or left. */
function stepOf(type: Step["what"], personId: string, authorId: string | null): Step {
  const byThemselves = type === "joined" || type === "left" || personId === authorId;
  if (byThemselves) return { what: isArrival(type) ? "joined" : "left", by: null };
  return { what: type, by: authorId };
}

function clauseWords({ personIds, steps }: Clause, nameOf: (personId: string) => string): Piece[] {
  const nameParts = names(personIds, nameOf);
  const [first] = steps;
  if (steps.length === 1 && (first?.what === "added" || first?.what === "removed"))
    return [nameOrSomeone(first.by, nameOf), text(` ${first.what} `), ...nameParts];
  if (steps.length > maxSteps) {
    const last = steps.at(-1);
    return [
      ...nameParts,
      text(` came and went several times, then ${last && isArrival(last.what) ? "joined" : "left"}`),
    ];
  }
  const was = personIds.length > 1 ? "were" : "was";
  const phrases = steps.map(({ what }, at) => {
    const verb = what === "joined" || what === "left" ? what : `${was} ${what}`;
    // Joining after any other step is "again". Leaving is "again" only after an earlier leaving.
    const again = isArrival(what) ? at > 0 : steps.slice(0, at).some((before) => !isArrival(before.what));
    return again ? `${verb} again` : verb;
  });
  const end = phrases.pop();
  return [...nameParts, text(phrases.length > 0 ? ` ${phrases.join(", ")} and ${end}` : ` ${end}`)];
}

export const nameOrSomeone = (personId: string | null, nameOf: (personId: string) => string): Piece =>
  personId ? { name: nameOf(personId), personId } : text("Someone");

/** Such as "Bo", "Bo and Cleo", "Bo, Cleo and Dev" or "Bo, Cleo and 3 others". */
function names(personIds: readonly string[], nameOf: (personId: string) => string): Piece[] {
  const showsAll = personIds.length <= maxNames;
  const shownNames = personIds
    .slice(0, showsAll ? maxNames : 2)
    .map((id): Piece => ({ name: nameOf(id), personId: id }));
  const last: Piece = showsAll
    ? (shownNames.pop() ?? text("someone"))
    : text(`${(personIds.length - shownNames.length).toLocaleString()} others`);
  return [
    ...shownNames.flatMap((name, at) => (at > 0 ? [text(", "), name] : [name])),
    ...(shownNames.length > 0 ? [text(" and ")] : []),
    last,
  ];
}
