import { db } from "@/lib/server/db";
import type { TestRoom } from "./people";

/** Appends `count` messages of one author to a room's log with one statement. */
export async function fillRoom(
  { id: roomId, organizationId }: TestRoom,
  authorId: string,
  count: number,
  body?: string,
): Promise<void> {
  await db().$transaction([
    db().$executeRaw`
      INSERT INTO "Message" (id, "organizationId", "roomId", "authorId", body, seq, "changedSeq")
      SELECT gen_random_uuid(), ${organizationId}::uuid, r.id, ${authorId}::uuid,
        coalesce(${body ?? null}::text, 'Message ' || n), r.clock + n, r.clock + n
      FROM "Room" r, generate_series(1, ${count}::int) n WHERE r.id = ${roomId}::uuid`,
    db().$executeRaw`UPDATE "Room" SET clock = clock + ${count}::int WHERE id = ${roomId}::uuid`,
  ]);
}
