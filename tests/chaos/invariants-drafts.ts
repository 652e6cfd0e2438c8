// What must hold about texts that were typed and not sent.
import type { Check } from "./truth";

/**
 * No text that was typed is lost. It is stored, or in a browser of its author (in a composer, offered as another version, or in the
 * outbox), or was sent. Or its author typed another text over it, or deleted it.
 */
const noTextIsLost: Check = ({ journal, browsers, tabs }, truth) => {
  const kept = new Set<string>(journal.deletedTexts);
  for (const { text } of truth.drafts.values()) kept.add(text);
  for (const { over } of journal.drafts) kept.add(over);
  for (const row of [...truth.logs.values()].flat()) kept.add(truth.revisions.get(row.id)?.[0] ?? row.body);
  for (const { parley } of tabs) for (const { body } of parley?.stores.outbox.getState().entries ?? []) kept.add(body);
  for (const { body } of journal.sent.values()) kept.add(body);
  const inBrowsers = browsers.flatMap(({ texts }) => [...texts.values()]);
  for (const { personId, place, text } of journal.drafts) {
    // Who leaves the organization leaves no draft.
    if (!truth.people.get(personId)?.isActive || kept.has(text)) continue;
    if (inBrowsers.some((each) => each === text || each.includes(`"${text}"`))) continue;
    journal.violation("I27", `The text "${text}" of ${personId} in ${place} is lost.`, journal.about(place));
  }
};

export const draftInvariants: readonly Check[] = [noTextIsLost];
