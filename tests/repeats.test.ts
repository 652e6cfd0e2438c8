// Answers that are lost between the server and the real client, which asks again by itself.
import { afterAll, beforeAll, expect, test } from "vitest";
import { uuidv7 } from "uuidv7";
import type { Parley } from "@/lib/client/parley";
import type { Input, OperationName, Output } from "@/lib/contract/index";
import { db } from "@/lib/server/db";
import { caughtUp, openTab, serverView, until } from "./harness/client";
import { data, type Login, loginOf } from "./harness/login";
import { type LossyWay, lossyWay } from "./harness/lossy";
import { as } from "./harness/people";
import { randomFrom } from "./harness/random";
import { makeWorld, samples, type World } from "./harness/samples";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();
let way: LossyWay;
beforeAll(async () => {
  way = await lossyWay(server, randomFrom(1));
});
afterAll(() => way.close());

interface Setting {
  world: World;
  login: Login;
  tab: Parley;
}

async function setting(): Promise<Setting> {
  const world = await makeWorld();
  const login = await loginOf(server, world.owner);
  return { world, login, tab: await openTab(login, way.url) };
}

/** Calls; the answer is lost; something happens; the client gets through again. What the call came to. */
async function callTwice<N extends OperationName>(
  { tab }: Setting,
  name: N,
  input: Input<N>,
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<Output<N>> {
  const { lost, goOn } = way.loseAnswer(name);
  const called = tab.call(name, input);
  await lost;
  await meanwhile();
  goOn();
  return called;
}

/** Waits until the tab shows what the server has. */
async function isRight({ tab, login }: Setting): Promise<void> {
  await until(tab.stores.connection, "the connection", ({ status }) => status === "online");
  await caughtUp(tab, login);
  await expect
    .poll(() => [...tab.stores.rooms.getState().rooms.keys()].toSorted())
    .toEqual(Object.keys((await serverView(login)).rooms).toSorted());
}

const isIn = async (roomId: string, personId: string) =>
  (await db().membership.count({ where: { roomId, personId } })) === 1;

test.each(["membership.leave", "membership.remove", "session.revoke", "message.delete"] as const)(
  "%s whose answer is lost is reported as the success it is",
  async (name) => {
    const here = await setting();
    await callTwice(here, name, samples[name](here.world));
    await isRight(here);
    here.tab.stop();
  },
);

test("Somebody who left and was added again before the client asked again stays, and sees the room", async () => {
  const here = await setting();
  const { room, owner, moderator } = here.world;
  await callTwice(here, "membership.leave", { roomId: room.id }, () =>
    as(moderator).do("membership.add", { roomId: room.id, personIds: [owner.id] }),
  );
  expect(await isIn(room.id, owner.id)).toBe(true);
  await isRight(here);
  expect([...here.tab.stores.rooms.getState().rooms.keys()]).toContain(room.id);
  here.tab.stop();
});

test("Somebody who joined and left on another device before the client asked again is out, and does not see the room", async () => {
  const here = await setting();
  const { openRoom, owner } = here.world;
  await callTwice(here, "membership.join", { roomId: openRoom.id }, () =>
    as(owner).do("membership.leave", { roomId: openRoom.id }),
  );
  expect(await isIn(openRoom.id, owner.id)).toBe(false);
  await isRight(here);
  expect([...here.tab.stores.rooms.getState().rooms.keys()]).not.toContain(openRoom.id);
  here.tab.stop();
});

test("An edit whose answer is lost does not undo what another device wrote meanwhile", async () => {
  const here = await setting();
  const { messageId, owner } = here.world;
  await callTwice(here, "message.edit", { messageId, body: "one" }, () =>
    as(owner).do("message.edit", { messageId, body: "two" }),
  );
  expect((await db().message.findFirstOrThrow({ where: { id: messageId } })).body).toBe("two");
  await isRight(here);
  here.tab.stop();
});

test("A room whose answer is lost is created once, and no name is taken by it", async () => {
  const here = await setting();
  const { room } = await callTwice(here, "room.create", { name: "Tea" });
  expect(await db().room.count({ where: { organizationId: here.world.organization.id, name: "Tea" } })).toBe(1);
  await isRight(here);
  expect([...here.tab.stores.rooms.getState().rooms.keys()]).toContain(room.id);
  here.tab.stop();
});

test("What was asked for over one door is answered the same over the other", async () => {
  const { world, login, tab } = await setting();
  const socket = await login.listen();
  const [byRest, bySocket] = [login.rest, socket.ask];
  for (const [first, second] of [
    [byRest, bySocket],
    [bySocket, byRest],
  ] as const) {
    const input = { ...samples["message.edit"](world), intentId: uuidv7() };
    const answer = await first("message.edit", input);
    await as(world.owner).do("message.edit", { messageId: world.messageId, body: "two" });
    expect(await second("message.edit", input)).toEqual({ ...answer, repeated: true });
    expect(data(answer as never)).toMatchObject({ body: input.body });
  }
  socket.close();
  tab.stop();
});
