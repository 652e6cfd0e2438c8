// What other members notice during an attack, with normal limits.
import { quantile } from "../figures.mjs";
import { pause } from "../generator/load.mjs";
import { startGenerator } from "../generator/start.mjs";
import { inspect } from "../parley/inspector.mjs";
import { fillRooms, makeRooms } from "../parley/people.mjs";
import { processorTimes, processorUse } from "../processor.mjs";
import { shown, target } from "../targets.mjs";

const MIB = 2 ** 20;
const EVERY_MS = 250;
const QUIET_WITHIN_MS = 60_000;
const POLL_EVERY_MS = 2_000;
const FIGURES_WITHIN_MS = 60_000;
const DEAF = 20;
const LONG_ROOMS = 5;
const MAX_HELD_MIB = 50;
const METRICS_TOKEN = "a token that nobody would guess";

/** Once with an address for each person, as behind a trusted proxy, and once with one address for all. */
const PLACES = [
  { name: "abuse", folder: "abuse", settings: { TRUSTED_PROXIES: "1" } },
  { name: "abuse, all from one address", folder: "abuse-one-address", settings: {} },
];

/** Strangers with large bodies and many requests, a member who floods, and twenty who do not read. One member keeps sending normally. */
export async function abuse(context) {
  const all = { rows: [], faults: [] };
  for (const place of PLACES) {
    const { rows, faults } = await abuseOne(context, place);
    all.rows.push(...rows);
    all.faults.push(...faults);
  }
  return all;
}

async function abuseOne({ startParley, database, quick, log, say }, { name, folder, settings }) {
  const ms = quick ? 8_000 : 25_000;
  const limits = { LIMIT_FACTOR: "1", METRICS_TOKEN };
  const parley = await startParley(folder, { inspected: true, settings: { ...limits, ...settings } });
  const [url] = parley.urls;
  const life = { ended: /** @type {string | number | null} */ (null) };
  void parley.ended.then((how) => {
    life.ended = how;
  });
  const inspector = await inspect(parley.inspectorPort);
  const setting = await makeSetting(parley);
  await visitAll(url);
  const [abusers, member] = await Promise.all([startGenerator(), startGenerator()]);
  try {
    const steady = { ...setting.steady, everyMs: EVERY_MS };
    await member.ask("steadily", { ...steady, ms: 2_000 });
    const before = await heldMiB(url, inspector);
    log(`${name}: for ${ms / 1_000} s`);
    const roots = { server: parley.pids, database: [database.pid], abusers: [abusers.pid] };
    const [began, times] = [performance.now(), processorTimes(roots)];
    const [done, sends] = await Promise.all([
      abusers.ask("abuse", { url, ms, ...setting.abuse }),
      member.ask("steadily", { ...steady, ms }),
    ]);
    const [use, tookMs] = [processorUse(times, processorTimes(roots)), performance.now() - began];
    const cores = (us) => shown(us / 1_000 / tookMs);
    say(`${name}: ${JSON.stringify({ ...done, refused: sends.refused.slice(0, 1), lost: sends.lost })}`);
    const found = life.ended === null ? await afterwards(url, inspector, before, log) : NOTHING;
    const used =
      `${cores(use.server)} cores of the server, ${cores(use.database)} of the database, ` +
      `${cores(use.abusers)} of the abusers, ${cores(use.foreign)} of others`;
    const rows = rowsOf(name, { done, sends, before, found, used, ended: life.ended });
    return {
      rows,
      faults: life.ended === null ? [] : [`The server ended (${String(life.ended)}) during the attack.`],
    };
  } finally {
    inspector.close();
    await Promise.all([abusers.stop(), member.stop()]);
  }
}

const NOTHING = { lagMs: Number.NaN, longestMs: Number.NaN, held: Number.NaN, ms: Number.NaN };

/** The server's figures after the attack. */
async function afterwards(url, inspector, before, log) {
  const figures = await figuresOf(url).catch(() => new Map());
  const lag = (of) => (figures.get(`nodejs_eventloop_lag_${of}_seconds`) ?? Number.NaN) * 1_000;
  log("waiting until it is quiet");
  return { lagMs: lag("p99"), longestMs: lag("max"), ...(await settled(url, inspector, before)) };
}

function rowsOf(name, { done, sends: { took, refused }, before, found, used, ended }) {
  const slowest = took.reduce((most, one) => Math.max(most, one ?? Number.POSITIVE_INFINITY), 0);
  const silent = took.filter((one) => one === null).length;
  const answers = took.map((one) => one ?? Number.POSITIVE_INFINITY);
  return [
    target(`${name}: another member's send, acknowledged: p99`, quantile(answers, 0.99), {
      atMost: 100,
      unit: " ms",
      detail: `${took.length} sends, the slowest ${shown(slowest)} ms, ${silent} in vain, ${refused.length} of them refused; ${sayDone(done)}`,
    }),
    target(`${name}: event loop: p99`, found.lagMs, {
      atMost: 200,
      unit: " ms",
      detail: `${sayLongest(found)}; ${used}`,
    }),
    target(`${name}: heap and external memory after it, against before`, found.held - before, {
      atMost: MAX_HELD_MIB,
      unit: " MiB",
      detail: `${shown(before)} MiB before, ${shown(found.held)} MiB ${shown(found.ms / 1_000)} s after`,
    }),
    {
      what: `${name}: the process that was started still serves`,
      measured: ended === null ? "yes" : `no: ${ended}`,
      target: "yes",
      ratio: null,
      passed: ended === null,
      detail: "",
    },
  ];
}

const sayLongest = ({ longestMs }) =>
  Number.isFinite(longestMs)
    ? `at most ${shown(longestMs)} ms`
    : `it returned no metrics for ${FIGURES_WITHIN_MS / 1_000} s`;

function sayDone({ bodies, pipelined, flood, unread }) {
  const outcomes = Object.entries(bodies).map(([outcome, times]) => `${times} x ${outcome}`);
  return [
    `bodies of 10 to 50 MB: ${outcomes.join(", ")}`,
    `${shown(pipelined.answered)} of ${shown(pipelined.asked)} pipelined GETs answered`,
    `${shown(flood.sent)} sends without waiting over ${flood.sockets} sockets`,
    `${shown(unread)} questions whose answers nobody read`,
  ].join("; ");
}

/** Creates the people and the rooms whose pages are requested. */
async function makeSetting(parley) {
  const organization = await parley.organization(DEAF + 2);
  const [member, flooder, ...deaf] = organization.people;
  const memberships = [[member], [flooder, ...deaf], ...Array.from({ length: LONG_ROOMS }, () => deaf)];
  const [roomId, floodRoomId, ...roomIds] = await makeRooms(parley.client, organization, memberships);
  await fillRooms(parley.client, organization, roomIds, deaf[0], 200);
  await parley.client.query(`UPDATE "Message" SET body = repeat(md5(id::text), 500) WHERE "roomId" = ANY($1::uuid[])`, [
    roomIds,
  ]);
  const from = (address) => ({ "x-forwarded-for": address });
  return {
    steady: {
      person: { url: parley.urls[0], cookie: member.cookie },
      headers: from("203.0.113.1"),
      roomId,
    },
    abuse: {
      roomIds,
      floodRoomId,
      stranger: {
        bodies: { headers: from("198.51.100.1"), paths: BODIES_TO },
        pipelines: { headers: from("198.51.100.2"), paths: PIPELINED },
      },
      flooder: { cookie: flooder.cookie, headers: from("198.51.100.3") },
      deaf: deaf.map(({ cookie }, at) => ({
        cookie,
        epoch: organization.epoch,
        headers: from(`198.51.100.${10 + at}`),
      })),
    },
  };
}

const BODIES_TO = [
  "/api/auth/callback/credentials",
  "/api/auth/callback/credentials",
  "/api/auth/signin/credentials",
  "/api/setup",
  "/api/auth/signout",
  "/sign-in",
  "/api/rooms",
];
const PIPELINED = ["/api/openapi.json", "/sign-in", "/api/openapi.json", "/setup", "/nowhere"];

/** Loads every page once, so that memory of first visits does not count as memory left behind by the attack. */
async function visitAll(url) {
  for (const path of new Set(["/", "/api/auth/csrf", ...PIPELINED])) {
    await (await fetch(url + path, { headers: { "x-forwarded-for": "203.0.113.1" } })).arrayBuffer();
  }
}

async function figuresOf(url) {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const answer = await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(FIGURES_WITHIN_MS) });
  const lines = (await answer.text()).split("\n").filter((line) => /^nodejs_\w+ /.test(line));
  return new Map(lines.map((line) => [line.split(" ")[0], Number(line.split(" ")[1])]));
}

/** The memory in use after a garbage collection. Reading the metrics also restarts the measurement of the event-loop delay. */
async function heldMiB(url, inspector) {
  await inspector.collectGarbage();
  const figures = await figuresOf(url);
  return (figures.get("nodejs_heap_size_used_bytes") + figures.get("nodejs_external_memory_bytes")) / MIB;
}

/** Waits at most a minute until memory is nearly as before. Resolves to { held, ms }: the MiB in use then, and the ms waited. */
async function settled(url, inspector, before) {
  const began = performance.now();
  while (true) {
    const heldMemory = await heldMiB(url, inspector).catch(() => Number.POSITIVE_INFINITY);
    const ms = performance.now() - began;
    if (heldMemory - before <= MAX_HELD_MIB || ms > QUIET_WITHIN_MS) return { held: heldMemory, ms };
    await pause(POLL_EVERY_MS);
  }
}
