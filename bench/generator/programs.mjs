// People's own programs: timed requests over HTTP and over a socket.
import { Agent, request } from "node:http";
import { uuidv7 } from "uuidv7";
import { connect } from "../parley/connection.mjs";
import { textOf } from "./text.mjs";

const PAGE = 100;

/** Sends one request on a keep-alive connection. Resolves to the JSON of a 200, and rejects any other status. */
function ask(agent, { url, cookie }, method, path, input) {
  const body = input === undefined ? undefined : Buffer.from(JSON.stringify(input));
  const headers = {
    cookie,
    origin: url,
    ...(body && { "content-type": "application/json", "content-length": body.length }),
  };
  return new Promise((resolve, reject) => {
    const sending = request(url + path, { method, agent, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${method} ${path} answered ${response.statusCode}: ${text.slice(0, 200)}`));
      });
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

/**
 * Clients that post to a room for `ms`, each the next message when the last is answered. Checks every answer, and reads every
 * message back. Resolves to { messages, perSecond, faults }.
 */
export async function post({ people, roomId, ms }) {
  const agent = new Agent({ keepAlive: true, maxSockets: people.length });
  const path = `/api/rooms/${roomId}/messages`;
  const answered = new Map();
  const faults = [];
  const began = performance.now();
  await Promise.all(
    people.map(async (person) => {
      while (performance.now() - began < ms) {
        const id = uuidv7();
        const body = textOf(id);
        const { ok, data } = await ask(agent, person, "POST", path, { id, body });
        if (!ok || data.id !== id || data.body !== body) faults.push(`A post was answered ${JSON.stringify(data)}.`);
        if (answered.has(data.seq)) faults.push(`Two messages were given place ${data.seq}.`);
        answered.set(data.seq, id);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const found = await wholeLog(agent, people[0], path);
  for (const [seq, id] of answered)
    if (found.get(seq) !== id) faults.push(`An answered message is not at its place: ${id}.`);
  if (found.size !== answered.size) faults.push(`${answered.size} posts were answered, ${found.size} messages found.`);
  agent.destroy();
  return { messages: answered.size, perSecond: answered.size / seconds, faults: faults.slice(0, 10) };
}

async function wholeLog(agent, person, path) {
  const found = new Map();
  for (let before = ""; ; ) {
    const { data } = await ask(agent, person, "GET", `${path}?limit=${PAGE}${before}`);
    for (const { seq, id } of data.messages) found.set(seq, id);
    if (!data.before) return found;
    before = `&before=${data.messages[0].seq}`;
  }
}

/** Times `times` GETs of the home, one after another. `took` is in ms; `expected` is the number of rooms and of unread messages. */
export async function get({ person, path, times, expected }) {
  const agent = new Agent({ keepAlive: true });
  const took = [];
  const faults = [];
  for (let time = 0; time < times; time++) {
    const began = performance.now();
    const { data } = await ask(agent, person, "GET", path);
    took.push(performance.now() - began);
    const unread = data.rooms.reduce((sum, room) => sum + room.unread.length, 0);
    if (data.rooms.length !== expected.rooms || unread !== expected.unread) {
      faults.push(`The home contained ${data.rooms.length} rooms and ${unread} unread.`);
    }
  }
  agent.destroy();
  return { took, faults: faults.slice(0, 10) };
}

/**
 * Times GETs of the pages of a list, by each of these queries: up to `pages` pages, and a list with fewer again from its beginning.
 * `took` is in ms by query. No row may come twice in one reading of a list.
 */
export async function readPages({ person, path, queries, pages }) {
  const agent = new Agent({ keepAlive: true });
  const took = {};
  const faults = [];
  for (const query of queries) {
    took[query] = [];
    let seen = new Set();
    for (let after = ""; took[query].length < pages; ) {
      const began = performance.now();
      const { data } = await ask(agent, person, "GET", `${path}?${query}${after}`);
      took[query].push(performance.now() - began);
      // An answer can have other lists, such as ids, and ones that are empty.
      const rows = Object.values(data).find((part) => Array.isArray(part) && typeof part[0] === "object") ?? [];
      for (const row of rows) {
        const { id } = row.person ?? row.room ?? row;
        if (seen.has(id)) faults.push(`${path}?${query} answered ${id} twice.`);
        seen.add(id);
      }
      if (seen.size === 0) faults.push(`${path}?${query} answered nothing.`);
      after = data.next ? `&after=${data.next}` : "";
      if (!after) seen = new Set();
    }
  }
  agent.destroy();
  return { took, faults: faults.slice(0, 10) };
}

/** Times these requests over a socket, one after another. `took` is in ms by `key`; each answer must contain `rows` messages. */
export async function askInTurn({ person, questions, rows }) {
  const took = {};
  const faults = [];
  const connection = await connect(person, { event() {}, lost: (why) => faults.push(why) });
  for (const { key, name, input } of questions) {
    const began = performance.now();
    const { messages } = await connection.ask(name, input);
    took[key] ??= [];
    took[key].push(performance.now() - began);
    if (messages.length !== rows) faults.push(`A page had ${messages.length} messages instead of ${rows}.`);
  }
  connection.close();
  return { took, faults: faults.slice(0, 10) };
}
