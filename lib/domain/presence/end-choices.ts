import { automaticPresence } from "@/lib/contract/presence-choice";
import { changeLogs } from "@/lib/server/announcements";
import { db } from "@/lib/server/db";

/** The number of people in one transaction, which locks the log of each. */
const batch = 200;

/**
 * Takes back choices whose time is over, so that a device with a wrong clock also shows their end. They count for nothing even
 * before that. Skips locked rows: another process may be doing the same, or the person may be choosing again.
 */
export async function endPresenceChoices(): Promise<void> {
  // Mostly there is none, and this is called every second: a transaction would be several statements.
  const [{ isDue }] = await db().$queryRaw<[{ isDue: boolean }]>`
    SELECT EXISTS (SELECT 1 FROM "PersonLog" WHERE "presenceUntil" <= now()) AS "isDue"`;
  let count = isDue ? batch : 0;
  while (count === batch) count = await endSome();
}

/** Takes back one batch. Returns how many there were. */
async function endSome(): Promise<number> {
  let count = 0;
  await changeLogs(async (tx, announce) => {
    const ended = await tx.$queryRaw<{ personId: string }[]>`
      UPDATE "PersonLog" SET presence = 'auto', "presenceUntil" = NULL WHERE "personId" IN (
        SELECT "personId" FROM "PersonLog" WHERE "presenceUntil" <= now()
        ORDER BY "personId" LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING "personId"`;
    for (const { personId } of ended)
      announce.me(personId, { type: "presence", chosenPresence: { ...automaticPresence } });
    count = ended.length;
  });
  return count;
}
