import { handlesIn } from "@/lib/contract/markdown/mentioned";
import type { MentionTargets } from "@/lib/contract/mention";
import { wordMeaning } from "@/lib/contract/mention-words";
import type { KnownGroup } from "@/lib/client/stores/names";
import { type MentionSituation, offersEveryone } from "./mention-offers";

/** A mention that can reach more people than this is confirmed. */
export const confirmedAbove = 20;

/** Whom a text would mention, and how many other people that are, or at most are. */
export type MentionQuestion = { whom: "room" | "here" | Pick<KnownGroup, "name">; count: number };

type AskedFor = {
  body: string;
  /** Whom the message mentions already, if it is edited. */
  already: MentionTargets | null;
  situation: MentionSituation;
  /** The groups of the organization; null while they are not known. */
  groups: readonly Pick<KnownGroup, "id" | "name" | "handle" | "memberCount">[] | null;
};

/** The question to ask before a text mentions many people, or null. Undefined if that depends on groups that are not known yet. */
export function mentionQuestion({ body, already, situation, groups }: AskedFor): MentionQuestion | null | undefined {
  const others = situation.room.memberCount - 1;
  if (others <= confirmedAbove || !body.includes("@")) return null;
  const targets = Object.values(already ?? {});
  const byHandle = new Map((groups ?? []).map((group) => [group.handle, group]));
  const handles = handlesIn(body, (handle) => byHandle.has(handle) || wordMeaning(handle) !== null);

  const words = handles.map(wordMeaning).filter((word) => word && !targets.some(({ kind }) => kind === word));
  if (words.length > 0 && offersEveryone(situation))
    return { whom: words.includes("room") ? "room" : "here", count: others };

  const isNew = ({ id }: { id: string }) => !targets.some((target) => target.kind === "group" && target.id === id);
  const [largest] = handles
    .flatMap((handle) => byHandle.get(handle) ?? [])
    .filter(isNew)
    .toSorted((a, b) => b.memberCount - a.memberCount);
  if (largest && largest.memberCount > confirmedAbove)
    return { whom: largest, count: Math.min(largest.memberCount, others) };
  return groups ? null : undefined;
}
