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
import type { Probe, Sent } from "./journal";
import { pick, type Run } from "./run-state";
import type { Teammate } from "./world";

const probeEveryMs = 250;
/** After this time without an answer, what the database's sessions wait for is recorded. */
const slowMs = 1_000;
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
    const record: Probe = {
      process: one.name,
      sentAt: run.journal.now(),
      answeredAt: null,
      lostAt: null,
      readMs: null,
    };
    run.journal.probes.push(record);
    void timeRead(run, call, other).then((ms) => (record.readMs = ms));
    const slow = setTimeout(() => void noteSessions(run, one), slowMs);
    // The owner's login may have been revoked, or the room archived: a refusal is an answer, too.
    const outcome = await send(run, call, owner, other);
    if (outcome === "lost") record.lostAt = run.journal.now();
    else if (outcome !== "unanswered") record.answeredAt = run.journal.now();
    clearTimeout(slow);
    await new Promise((resolve) => setTimeout(resolve, probeEveryMs));
  }
}

/** Reads a room's members. Resolves to how long the answer took, in ms; an error is an answer, too. */
async function timeRead(run: Run, call: Call, { id: roomId }: TestRoom): Promise<number> {
  const from = run.journal.now();
  await ask(run, "a read beside a lock", call("membership.list", { roomId }));
  return run.journal.now() - from;
}

/** Records which sessions of the database are busy, since when, and which they wait for. */
async function noteSessions({ database, journal }: Run, { name }: Process): Promise<void> {
  const client = new pg.Client({ connectionString: database.url, application_name: "chaos" });
  try {
    await client.connect();
    const { rows } = await client.query<{ line: string }>(`
      SELECT format('%s %s waits for %s, by %s, since %s ms: %s', application_name, pid, wait_event,
        pg_blocking_pids(pid), round(extract(epoch FROM now() - xact_start) * 1000), left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 160)) AS line
      FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
      ORDER BY xact_start`);
    journal.note(`slow send beside a lock to ${name}:\n${rows.map(({ line }) => `           ${line}`).join("\n")}`);
  } catch (error) {
    journal.note(`slow send beside a lock to ${name}, and the database does not answer: ${String(error)}`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** By error code: what came of a send that was not stored. All others mean that it was not answered. */
const outcomes = new Map([
  ["unauthenticated", "refused" as const],
  ["room_archived", "refused" as const],
  ["offline", "lost" as const],
]);

/** Sends a message. Resolves to what came of it. */
async function send(
  run: Run,
  call: Call,
  { id: personId }: Teammate,
  { id: roomId }: TestRoom,
): Promise<"stored" | "refused" | "unanswered" | "lost"> {
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
  let code: string | null = null;
  const sending = call("message.send", { id, roomId, body }).catch((error: unknown) => {
    if (isCallError(error)) code = error.code;
    throw error;
  });
  if (!(await ask(run, "a send beside a lock", sending))) return outcomes.get(code ?? "") ?? "unanswered";
  sent.acknowledgedAt = journal.now();
  return "stored";
}
