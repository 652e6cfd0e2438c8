import type { ReadMention } from "@/lib/contract/markdown/mentions";
import type { MentionTargets } from "@/lib/contract/mention";

/** The ids of the people whom a message mentions. */
export const mentionedPeople = (mentions: MentionTargets | null | undefined): string[] =>
  Object.values(mentions ?? {}).flatMap((target) => (target.kind === "person" ? [target.id] : []));

/**
 * Reads mentions as plain text: people and groups by the name that they have today, if `nameOf` knows it; everything else as it was typed.
 * Null if there are none.
 */
export function mentionReader(
  mentions: MentionTargets | null | undefined,
  nameOf: (id: string) => string | null = () => null,
): ReadMention | null {
  if (!mentions) return null;
  return (handle, typed) => {
    const target = Object.hasOwn(mentions, handle) ? mentions[handle] : undefined;
    if (!target) return null;
    const name = "id" in target ? nameOf(target.id) : null;
    return name === null ? typed : `@${name}`;
  };
}
