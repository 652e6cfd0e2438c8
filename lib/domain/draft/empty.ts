import type { Tx } from "@/lib/server/db";
import type { Announce } from "@/lib/server/handler";

/** Empties all drafts of a person. */
export async function emptyDrafts(tx: Tx, announce: Announce, personId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ roomId: string; id: string; updatedAt: Date }[]>`
    UPDATE "Draft" SET text = '', "updatedAt" = now() WHERE "personId" = ${personId}::uuid AND text <> ''
    RETURNING "roomId", id, "updatedAt"`;
  for (const { updatedAt, ...row } of rows) {
    const draft = { ...row, text: "", isWhole: true, updatedAt: updatedAt.toISOString(), tick: 0 };
    announce.me(personId, { type: "draft", draft });
  }
}
