// At the minute at which a guest's access ends, everything of theirs that is open is closed, without a request.
import { expect, test } from "vitest";
import { db } from "@/lib/server/db";
import { data, loginOf } from "./harness/login";
import { makeWorld } from "./harness/samples";
import { sharedServer } from "./harness/shared-server";

const server = sharedServer();

test("At a guest's end their sockets close and both doors refuse them, and a later end lets them in again", async () => {
  const world = await makeWorld();
  const { guest, room } = world;
  const [owner, login] = [await loginOf(server, world.owner), await loginOf(server, guest)];
  const [first, second, others] = [await login.listen(), await login.listen(), await owner.listen()];
  const say = (body: string) => owner.rest("message.send", { roomId: room.id, body });
  data(await say("Before"));
  for (const tab of [first, second])
    await tab.until("the message", () => tab.rows(room.id).some(({ body }) => body === "Before"));
  const clocks = { rooms: { [room.id]: 0 }, me: 0, epoch: "another" };
  expect(await login.rest("sync", clocks)).toMatchObject({ ok: true });

  await db().person.update({ where: { id: guest.id }, data: { endsAt: new Date() } });
  data(await say("After"));
  for (const tab of [first, second]) {
    await tab.until("the end", ({ byes, disconnects }) => byes.length > 0 && disconnects.length > 0);
    expect(tab.heard.byes.at(-1)?.reason).toBe("signed_out");
  }
  await others.until("the later message", () => others.rows(room.id).some(({ body }) => body === "After"));
  for (const tab of [first, second]) expect(tab.rows(room.id).filter(({ body }) => body === "After")).toEqual([]);
  for (const name of ["sync", "home.show", "message.list"] as const) {
    const input = name === "sync" ? clocks : name === "message.list" ? { roomId: room.id } : {};
    expect(await login.rest(name, input)).toMatchObject({ ok: false, error: { code: "unauthenticated" } });
  }
  await expect(login.listen()).rejects.toThrow("unauthenticated");

  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  data(await owner.rest("person.setEnd", { personId: guest.id, endsAt }));
  others.close();
});
