import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { limits } from "@/lib/contract/limits";
import { handlers } from "@/lib/domain/index";
import type { Actor } from "@/lib/server/actor";
import { db, type Tx } from "@/lib/server/db";
import {
  as,
  callerOf,
  joinAs,
  makeOrganization,
  makePerson,
  makeRoom,
  outcome,
  type TestPerson,
} from "@/tests/harness/people";
import { append } from "./append";
import { sendOne } from "./send-one";

process.env.LIMIT_FACTOR = "1000"; // rate limits are not tested here

async function setting() {
  const organization = await makeOrganization();
  const mia = await makePerson(organization, { role: "admin" });
  const room = await makeRoom(organization, { postingPolicy: "moderators" });
  await joinAs("member", room, mia);
  const send = (body = "Hello", id = uuidv7()) => as(mia).ask("message.send", { roomId: room.id, id, body });
  expect(outcome(await send("Before"))).toBe("ok"); // fills the cache that the append reads
  return { organization, mia, room, send };
}

/** Runs `work` while another connection holds the room's lock. That connection commits `change` before `work` can continue. */
async function whileLocked<T>(
  roomId: string,
  work: () => Promise<T>,
  change: (tx: Tx) => Promise<unknown>,
): Promise<T> {
  let done: Promise<T> | undefined;
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ${roomId}::uuid FOR NO KEY UPDATE`;
    done = work();
    await expect.poll(waiting, { timeout: 5_000, interval: 2 }).toBeGreaterThan(0);
    await change(tx);
  });
  return done as Promise<T>;
}

/** How many statements of this database wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await db().$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}

const changes: [string, string, (tx: Tx, who: TestPerson) => Promise<unknown>][] = [
  ["login is revoked", "unauthenticated", (tx, who) => changeLogin(tx, who, { revokedAt: new Date() })],
  ["login expires", "unauthenticated", (tx, who) => changeLogin(tx, who, { expiresAt: new Date() })],
  ["account is deactivated", "unauthenticated", (tx, who) => changePerson(tx, who, { deactivatedAt: new Date() })],
  ["access ends", "unauthenticated", (tx, who) => changePerson(tx, who, { endsAt: new Date() })],
  ["role is lowered", "forbidden", (tx, who) => changePerson(tx, who, { role: "member" })],
];
const changeLogin = (tx: Tx, { sessionId: id }: TestPerson, data: object) => tx.session.update({ where: { id }, data });
const changePerson = (tx: Tx, { id }: TestPerson, data: object) => tx.person.update({ where: { id }, data });

it.each(changes)("A send is refused if its author's %s while it waits for the room", async (_, refusal, change) => {
  const { mia, room, send } = await setting();
  const answer = await whileLocked(room.id, send, (tx) => change(tx, mia));
  expect(outcome(answer)).toBe(refusal);
  expect(await db().message.count({ where: { roomId: room.id, kind: "person" } })).toBe(1);
});

it.each(changes)("A send is refused if its author's %s right before it", async (_, refusal, change) => {
  const { mia, room, send } = await setting();
  await change(db(), mia);
  expect(outcome(await send())).toBe(refusal);
  expect(await db().message.count({ where: { roomId: room.id, kind: "person" } })).toBe(1);
});

it("Sends that waited for a locked room are stored in their order", async () => {
  const { mia, room } = await setting();
  const actor = (await callerOf(mia)).actor as Actor;
  const bodies = Array.from({ length: 30 }, (_, at) => `Number ${at}`);
  const receivedAt = performance.now();
  const messages = await whileLocked(
    room.id,
    () =>
      Promise.all(
        bodies.map((body) =>
          append({ actor, roomId: room.id, id: uuidv7(), body, replyToId: null, mentions: null, receivedAt }),
        ),
      ),
    async () => {},
  );
  expect(messages.map((message) => message?.body)).toEqual(bodies);
  const stored = await db().message.findMany({ where: { roomId: room.id, kind: "person" }, orderBy: { seq: "asc" } });
  expect(stored.map(({ body }) => body)).toEqual(["Before", ...bodies]);
});

it("While a room is locked, sends in a room of another organization are stored", async () => {
  const [locked, other] = [await setting(), await setting()];
  const slow = await whileLocked(
    locked.room.id,
    () => locked.send("Slow"),
    async () => {
      for (let at = 0; at < 20; at++) expect(outcome(await other.send(`Number ${at}`))).toBe("ok");
      expect(await db().message.count({ where: { roomId: locked.room.id, body: "Slow" } })).toBe(0);
    },
  );
  expect(outcome(slow)).toBe("ok");
});

it("Of many locked rooms, each gets its message once it is free", async () => {
  const settings = await Promise.all(Array.from({ length: 6 }, setting));
  const roomIds = settings.map(({ room }) => room.id);
  let slow: Promise<string[]> | undefined;
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Room" WHERE id = ANY(${roomIds}::uuid[]) FOR NO KEY UPDATE`;
    slow = Promise.all(settings.map(async ({ send }) => outcome(await send("Slow"))));
    await expect.poll(waiting, { timeout: 5_000, interval: 2 }).toBeGreaterThan(0);
  });
  expect(await slow).toEqual(roomIds.map(() => "ok"));
});

it("A session is revoked although others hold the proof without a gap", { timeout: 30_000 }, async () => {
  const { organization } = await setting();
  const ben = await makePerson(organization);
  let [isOver, held] = [false, 0];
  // Eight holders take the proof again and again, like processes that store batches. Their turns overlap.
  const holder = async () => {
    while (!isOver) {
      await db().$transaction(async (tx) => {
        await tx.$queryRaw`SELECT "proofOf"(${organization.id}::uuid)`;
        for (let query = 0; query < 3; query++) await tx.$queryRaw`SELECT 1`;
      });
      held++;
    }
  };
  const holders = Array.from({ length: 8 }, holder);
  await expect.poll(() => held, { interval: 2 }).toBeGreaterThan(10);
  const before = held;
  await db().session.update({ where: { id: ben.sessionId }, data: { revokedAt: new Date() } });
  const meanwhile = held - before;
  isOver = true;
  await Promise.all(holders);
  // A holder that requests the proof after the revocation queues behind it, so about 30 turns end meanwhile. Without a queue,
  // over 1,000 turns end.
  expect(meanwhile).toBeLessThan(300);
});

it("While forty requests wait to change a locked room, other rooms are changed", { timeout: 30_000 }, async () => {
  const [locked, other] = [await setting(), await setting()];
  const sent = await Promise.all(
    [locked, other].map(async ({ mia, room }) => as(mia).do("message.send", { roomId: room.id, body: "Before" })),
  );
  const edit = ({ mia }: typeof locked, at: number, body: string) =>
    as(mia).ask("message.edit", { messageId: sent[at]?.id ?? "", body });
  const slow = await whileLocked(
    locked.room.id,
    () => Promise.all(Array.from({ length: 40 }, (_, at) => edit(locked, 0, `Slow ${at}`))),
    async () => {
      for (let at = 0; at < 10; at++) {
        expect(outcome(await edit(other, 1, `Edit ${at}`))).toBe("ok");
        expect(outcome(await other.send(`Number ${at}`))).toBe("ok");
      }
    },
  );
  expect(new Set(slow.map(outcome))).toEqual(new Set(["ok"]));
});

it("A request that its client no longer waits for is not executed, but a repeat of one that was is answered", async () => {
  const { mia, room, send } = await setting();
  const actor = (await callerOf(mia)).actor as Actor;
  const id = uuidv7();
  expect(outcome(await send("In time", id))).toBe("ok");
  const late = {
    actor,
    roomId: room.id,
    body: "Late",
    replyToId: null,
    receivedAt: performance.now() - limits.requestMs,
  };
  expect(await append({ ...late, mentions: null, id: uuidv7() })).toBe(null);
  await expect(sendOne({ ...late, id: uuidv7() })).rejects.toMatchObject({ code: "busy" });
  expect(await sendOne({ ...late, id })).toMatchObject({ message: { body: "In time" }, isNew: false });
  expect(await db().message.count({ where: { roomId: room.id, body: "Late" } })).toBe(0);
  const leave = (receivedAt: number) =>
    db().$transaction(async (tx) => {
      const input = { roomId: room.id } as never;
      const context = { tx, actor, input, receivedAt, caller: await callerOf(mia), prepared: undefined as never };
      const announce = {
        room() {},
        me() {},
        people() {},
        person() {},
        organization() {},
        administration() {},
        organizationLog() {},
        after() {},
      };
      return handlers["membership.leave"].perform(context, { announce, audit() {} }, () => expect.fail("refused"));
    });
  await expect(leave(late.receivedAt)).rejects.toMatchObject({ code: "busy" });
  expect(await db().membership.count({ where: { roomId: room.id } })).toBe(1);
  await leave(performance.now());
  expect(await db().membership.count({ where: { roomId: room.id } })).toBe(0);
});
