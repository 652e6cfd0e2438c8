// A room that another connection has locked. Meanwhile sends in other rooms have to go on.
import pg from "pg";
import { uuidv7 } from "uuidv7";
import { isCallError } from "@/lib/client/call-error";
import { type Call, createHttpCall } from "@/lib/client/http";
import { loginOf, withHeaders } from "../harness/login";
import type { TestRoom } from "../harness/people";
import { ask, roomAndPerson } from "./action";
import type { Fault, Mend } from "./fault";
import type { Process } from "./fleet";
import type { Sent } from "./journal";
import { pick, type Run } from "./run-state";
import type { Teammate } from "./world";

const probeEveryMs = 250;
/** Only one room at a time is locked, so that the other rooms are known to be free. */
let isBusy = false;

export const lockFaults: Fault[] = [
  {
    name: "room locked",
    ms: [1_000, 10_000],
    async strike(run, dice): Promise<Mend | undefined> {
      const { owner, room } = roomAndPerson(run, dice);
      const others = run.teams.find((team) => team.owner === owner)?.rooms.filter((one) => one !== room) ?? [];
      const other = pick(others, dice[3]);
      if (!owner || !room || !other || isBusy) return;
      const client = new pg.Client({ connectionString: run.database.url, application_name: "chaos" });
      let isLocked = true;
      client.on("error", () => (isLocked = false));
      try {
        await client.connect();
        await client.query("BEGIN");
        await client.query(`SELECT 1 FROM "Room" WHERE id = $1 FOR NO KEY UPDATE`, [room.id]);
      } catch {
        return void client.end().catch(() => {});
      }
      isBusy = true;
      for (const one of run.fleet.alive()) void probe(run, one, owner, room, other, () => isLocked);
      return () => {
        isLocked = false;
        isBusy = false;
        return client.end().catch(() => {});
      };
    },
  },
];

/** While the room is locked, sends in it and in another room, directly to one process, and records when it answers. */
async function probe(
  run: Run,
  one: Process,
  owner: Teammate,
  locked: TestRoom,
  other: TestRoom,
  isLocked: () => boolean,
): Promise<void> {
  const { cookie } = await loginOf({ url: run.fleet.url }, owner);
  const headers = { cookie, origin: run.fleet.url };
  const call = createHttpCall({
    baseUrl: `http://127.0.0.1:${one.port}`,
    fetch: (url, init) => fetch(url, withHeaders(init ?? {}, headers)),
  });
  for (let turn = 0; isLocked() && one.running && !one.leaving; turn++) {
    // This one has to wait.
    if (turn % 8 === 0) void send(run, call, owner, locked);
    const record = { process: one.name, sentAt: run.journal.now(), answeredAt: null as number | null };
    run.journal.probes.push(record);
    // The owner's login may have been revoked, or the room archived: a refusal is an answer, too.
    if ((await send(run, call, owner, other)) !== "unanswered") record.answeredAt = run.journal.now();
    await new Promise((resolve) => setTimeout(resolve, probeEveryMs));
  }
}

/** Sends a message. Resolves to what came of it. */
async function send(
  run: Run,
  call: Call,
  { id: personId }: Teammate,
  { id: roomId }: TestRoom,
): Promise<"stored" | "refused" | "unanswered"> {
  const { journal } = run;
  const [id, body] = [uuidv7(), `message ${++run.counter} beside a lock`];
  const sent: Sent = {
    id,
    body,
    roomId,
    personId,
    tab: `probe ${id}`,
    sentAt: journal.now(),
    acknowledgedAt: null,
    failed: null,
  };
  journal.sent.set(id, sent);
  let isRefused = false;
  const sending = call("message.send", { id, roomId, body }).catch((error: unknown) => {
    isRefused = isCallError(error) && ["unauthenticated", "room_archived"].includes(error.code);
    throw error;
  });
  if (!(await ask(run, "a send beside a lock", sending))) return isRefused ? "refused" : "unanswered";
  sent.acknowledgedAt = journal.now();
  return "stored";
}
