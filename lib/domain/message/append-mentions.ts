import type { MentionTargets } from "@/lib/contract/mention";
import { rowsOf } from "./mentions";

// The parts of the statement in `append-statement.ts` that only batches with mentions have, so that other messages cost nothing more.

/** `$11` is a column of `sent`. `$12` and `$13` are the message and the person of each mention. */
export const mentionText = {
  types: ", $11::jsonb[]",
  names: ", mentions",
  columns: ", mentions",
  values: ", f.mentions",
  afterStored: `,
  mentioned AS (
    INSERT INTO "Mention" ("organizationId", "roomId", "messageId", kind, "targetId", seq)
    SELECT f.organization, t."roomId", t.id, 'person', x.target, t.seq
    FROM unnest($12::uuid[], $13::uuid[]) AS x(message, target) JOIN stored t ON t.id = x.message JOIN fresh f ON f.id = t.id)`,
};

/** The same parts for a batch without mentions. */
export const noMentionText: typeof mentionText = { types: "", names: "", columns: "", values: "", afterStored: "" };

/** The values of `$11` to `$13`. */
export function mentionValues(
  messages: readonly { id: string; roomId: string; mentions: MentionTargets | null }[],
): unknown[][] {
  const rows = messages.flatMap(({ id, roomId, mentions }) =>
    rowsOf(mentions ?? {}, roomId).map(({ targetId }) => ({ id, targetId })),
  );
  return [
    messages.map(({ mentions }) => mentions && JSON.stringify(mentions)),
    rows.map(({ id }) => id),
    rows.map(({ targetId }) => targetId),
  ];
}
