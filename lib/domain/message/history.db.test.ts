import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { db } from "@/lib/server/db";
import { as, joinAs, makeOrganization, makePerson, makeRoom } from "@/tests/harness/people";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

/** A message with these earlier versions, oldest first. */
async function edited(bodies: string[]) {
  const organization = await makeOrganization();
  const mia = await makePerson(organization);
  const room = await makeRoom(organization);
  await joinAs("member", room, mia);
  const { id: messageId } = await as(mia).do("message.send", { roomId: room.id, body: "Now" });
  await db().messageRevision.createMany({
    data: bodies.map((body) => ({ id: uuidv7(), organizationId: organization.id, messageId, body })),
  });
  return (more: { after?: string; limit?: number } = {}) => as(mia).do("message.history", { messageId, ...more });
}

it("Of however many edits the latest is told first, and every one of them page after page", async () => {
  const bodies = Array.from({ length: 230 }, (_, at) => `Version ${at}`);
  const page = await edited(bodies);
  const told: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const { revisions, next } = await page({ limit: 100, ...(after && { after }) });
    told.push(...revisions.map(({ body }) => body));
    after = next;
  }
  expect(told).toEqual(bodies.toReversed());
});

it("A page of long versions ends early, with the one that fills it, and says where it goes on", async () => {
  const long = "ä".repeat(200_000);
  const page = await edited(["first", long, long, "x".repeat(2 * limits.answer), "last"]);
  const lengths: number[][] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const { revisions, next } = await page({ limit: 100, ...(after && { after }) });
    lengths.push(revisions.map(({ body }) => body.length));
    after = next;
  }
  expect(lengths).toEqual([[4, 2 * limits.answer], [200_000, 200_000], [5]]);
});
