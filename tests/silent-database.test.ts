import { expect, test } from "vitest";
import { gateTo } from "./harness/gate";
import { data, newcomer } from "./harness/login";
import { joinAs, makeOrganization, makeRoom } from "./harness/people";
import { startServer } from "./harness/server";

test("Changes that were missed while the database did not answer are read again and sent", async () => {
  const gate = await gateTo(process.env.DATABASE_URL ?? "");
  const server = await startServer({ DATABASE_URL: gate.url, LOG_LEVEL: "fatal", PATIENCE_MS: "5000" });
  const organization = await makeOrganization();
  const [writer, reader] = [await newcomer(server, organization), await newcomer(server, organization)];
  const room = await makeRoom(organization);
  await joinAs("member", room, writer, reader);
  const tab = await reader.login.listen();

  const held = gate.hold("pull");
  data(await writer.login.rest("message.send", { roomId: room.id, body: "one" }));
  await held.came;
  data(await writer.login.rest("message.send", { roomId: room.id, body: "two" }));
  await tab.until("both", () => tab.rows(room.id).length === 2, 30_000);
  expect(tab.rows(room.id).map(({ body }) => body)).toEqual(["one", "two"]);

  tab.close();
  await server.stop();
  await gate.shut();
});
