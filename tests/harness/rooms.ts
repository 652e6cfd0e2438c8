import { db } from "@/lib/server/db";
import type { TestRoom } from "./people";

/** The messages that one statement appends. A hundred thousand in one can take longer than a transaction may on a busy machine. */
const atOnce = 10_000;

/** Appends `count` messages of one author to a room's log. Their text is `body`, or "Message 1", "Message 2" and so on. */
export async function fillRoom(
  { id: roomId, organizationId }: TestRoom,
  author: { id: string },
  count: number,
  body: string | null = null,
): Promise<void> {
  for (let done = 0; done < count; done += atOnce) {
    const rows = Math.min(atOnce, count - done);
    await db().$executeRaw`
      WITH "filled" AS (
        UPDATE "Room" SET "clock" = "clock" + ${rows}::int WHERE "id" = ${roomId}::uuid RETURNING "clock" - ${rows}::int AS "from"
      )
      INSERT INTO "Message" ("id", "organizationId", "roomId", "authorId", "body", "seq", "changedSeq")
      SELECT gen_random_uuid(), ${organizationId}::uuid, ${roomId}::uuid, ${author.id}::uuid,
        coalesce(${body}::text, 'Message ' || ("n" + ${done}::int)), "from" + "n", "from" + "n"
      FROM "filled", generate_series(1, ${rows}::int) "n"`;
  }
}
