import type { Tx } from "@/lib/server/db";
import type { Draft } from "@/lib/contract/draft";
import type { Announce } from "@/lib/server/handler";

import { placeOfDraft } from "./drafts";

/** Empties all drafts of a person. */
export async function emptyDrafts(tx: Tx, announce: Announce, personId: string): Promise<void> {
  const rows = await tx.$queryRaw<(Pick<Draft, "roomId" | "threadId" | "id"> & { updatedAt: Date })[]>`
    UPDATE "Draft" d SET text = '', "updatedAt" = now() WHERE "personId" = ${personId}::uuid AND text <> ''
    RETURNING ${placeOfDraft}, id, "updatedAt"`;
  for (const { updatedAt, ...row } of rows) {
    const draft = { ...row, text: "", isWhole: true, updatedAt: updatedAt.toISOString(), tick: 0 };
    announce.me(personId, { type: "draft", draft });
  }
}
