// Attackers. Each does what one program on one connection could do, for a limited time.
import { request } from "node:http";
import { connect as connectTo } from "node:net";
import { uuidv7 } from "uuidv7";
import { connect } from "../parley/connection.mjs";
import { pause } from "./load.mjs";

const MB = 1_000_000;
const REQUESTS_A_WRITE = 400;
const SOCKETS = 10;
const [BURST, EVERY_MS, EACH] = [1_000, 50, 50];
const ANSWERED_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 300;
const UNREAD_EVERY_MS = 200;
const UNREAD_LINES = 22;

/**
 * Runs all attacks at once, for `ms`. One `stranger` posts large bodies and another pipelines requests. `flooder` sends without
 * waiting for acknowledgements. The `deaf` send requests and do not read the answers, half of them over sockets. Resolves to
 * counts of what each did.
 */
export async function abuse({ url, ms, stranger, flooder, deaf, roomIds, floodRoomId }) {
  const [bySocket, byHttp] = [deaf.slice(0, deaf.length / 2), deaf.slice(deaf.length / 2)];
  const floods = await Promise.all(Array.from({ length: SOCKETS }, () => openLine(url, flooder)));
  const listening = await Promise.all(bySocket.map((person) => openLine(url, person)));
  const end = performance.now() + ms;
  const isOver = () => performance.now() > end;
  const done = { bodies: {}, pipelined: { asked: 0, answered: 0 }, flood: { sent: 0, sockets: 0 }, unread: 0 };
  await Promise.all([
    postBodies(url, stranger.bodies, isOver, done.bodies),
    pipeline(url, stranger.pipelines, isOver, done.pipelined),
    ...floods.map((first) => flood(first, url, flooder, floodRoomId, isOver, done.flood)),
    ...listening.map((first, at) => askUnreadBySocket(first, url, bySocket[at], roomIds, isOver, done)),
    ...byHttp.map((person) => askUnreadByHttp(url, person, roomIds, isOver, done)),
  ]);
  return done;
}

/** Posts `{"a":[[],[],...]}` of 10 to 50 MB to each of these paths in turn, and counts the outcomes. */
async function postBodies(url, { headers, paths }, isOver, counts) {
  for (let time = 0; !isOver(); time++) {
    const size = [10, 50, 25][time % 3] * MB;
    const outcome = await postOne(url + paths[time % paths.length], headers, size, isOver);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    await pause(AGAIN_AFTER_MS);
  }
}

function postOne(url, headers, size, isOver) {
  const part = Buffer.from("[],".repeat(100_000));
  const start = Buffer.from('{"a":[');
  const parts = Math.floor((size - start.length) / part.length);
  const tail = Buffer.from("[]]}");
  const length = start.length + parts * part.length + tail.length;
  return new Promise((resolve) => {
    const posting = request(url, {
      method: "POST",
      agent: false,
      headers: { ...headers, "content-type": "application/json", "content-length": length },
    });
    const finish = (outcome) => {
      clearInterval(look);
      resolve(outcome);
      posting.destroy();
    };
    const began = performance.now();
    const look = setInterval(() => {
      if (isOver() || performance.now() - began > ANSWERED_WITHIN_MS) finish("unanswered");
    }, 100);
    posting.on("response", (response) => finish(String(response.statusCode)));
    posting.on("error", () => finish("cut"));
    posting.write(start);
    let left = parts;
    const more = () => {
      while (left > 0 && !posting.destroyed) {
        left--;
        if (!posting.write(part)) return;
      }
      if (left === 0) posting.end(tail);
      left = -1;
    };
    posting.on("drain", more);
    more();
  });
}

/** Sends hundreds of GETs of one path in one write, reads all answers, then continues with the next path. */
async function pipeline(url, { headers, paths }, isOver, counts) {
  for (let time = 0; !isOver(); time++) {
    counts.asked += REQUESTS_A_WRITE;
    await new Promise((resolve) => {
      const socket = lineTo(url);
      let rest = "";
      let answered = 0;
      const began = performance.now();
      const look = setInterval(() => {
        if (isOver() || performance.now() - began > ANSWERED_WITHIN_MS) socket.destroy();
      }, 100);
      socket.setEncoding("latin1").on("data", (text) => {
        const all = rest + text;
        const found = all.split("HTTP/1.1 ").length - 1;
        answered += found;
        counts.answered += found;
        rest = all.slice(-8).includes("HTTP/1.1 ") ? "" : all.slice(-8);
        if (answered === REQUESTS_A_WRITE) socket.destroy();
      });
      socket.on("close", () => {
        clearInterval(look);
        resolve();
      });
      socket.write(get(url, paths[time % paths.length], headers).repeat(REQUESTS_A_WRITE));
    });
    await pause(AGAIN_AFTER_MS);
  }
}

/** Opens a person's socket: { connection, isLost }. `connection` is null if the server does not accept it. */
async function openLine(url, { cookie, headers }) {
  const line = { connection: null, isLost: false };
  const lost = () => {
    line.isLost = true;
  };
  const connecting = connect({ url, cookie, headers }, { event() {}, lost }).catch(() => null);
  line.connection = await Promise.race([connecting, pause(ANSWERED_WITHIN_MS).then(() => null)]);
  if (!line.connection) void connecting.then((late) => late?.close());
  return line;
}

/** Calls `misuse` with one socket after another: an attacker who is disconnected reconnects. */
async function reconnecting(first, url, person, isOver, misuse) {
  for (let line = first; !isOver(); line = await openLine(url, person)) {
    if (line.connection) await misuse(line);
    line.connection?.close();
    await pause(AGAIN_AFTER_MS);
  }
}

/** Sends on one socket without waiting for answers. */
function flood(first, url, flooder, roomId, isOver, counts) {
  return reconnecting(first, url, flooder, isOver, async (line) => {
    counts.sockets++;
    for (let each = BURST; !isOver() && !line.isLost; each = EACH) {
      for (let one = 0; one < each; one++) {
        counts.sent++;
        line.connection.emit("message.send", { roomId, id: uuidv7(), body: "flood" }, () => {});
      }
      await pause(EVERY_MS);
    }
  });
}

/** Requests pages and whole rooms over a socket that is no longer read. */
function askUnreadBySocket(first, url, person, roomIds, isOver, done) {
  const rooms = Object.fromEntries(roomIds.map((id) => [id, 0]));
  return reconnecting(first, url, person, isOver, async (line) => {
    line.connection.pause();
    while (!isOver() && !line.isLost) {
      done.unread += 2;
      line.connection.emit("sync", { rooms, me: 0, epoch: person.epoch }, () => {});
      line.connection.emit("message.list", { roomId: roomIds[0], limit: 100 }, () => {});
      await pause(UNREAD_EVERY_MS);
    }
  });
}

/** The same over HTTP: one connection per request. It writes a line break now and then, to notice that it was closed. */
async function askUnreadByHttp(url, { cookie, headers, epoch }, roomIds, isOver, done) {
  const page = get(url, `/api/rooms/${roomIds[0]}/messages?limit=100`, { cookie, ...headers });
  const body = JSON.stringify({ rooms: Object.fromEntries(roomIds.map((id) => [id, 0])), me: 0, epoch });
  const all = { cookie, origin: url, "content-type": "application/json", "content-length": body.length, ...headers };
  const sync = `${head("POST", url, "/api/sync", all)}${body}`;
  const askAgain = async (message) => {
    while (!isOver()) {
      const socket = lineTo(url);
      let isLost = false;
      socket.pause().on("close", () => {
        isLost = true;
      });
      socket.write(message);
      done.unread++;
      while (!isOver() && !isLost) {
        await pause(AGAIN_AFTER_MS);
        socket.write("\r\n");
      }
      socket.destroy();
      await pause(AGAIN_AFTER_MS);
    }
  };
  await Promise.all(Array.from({ length: UNREAD_LINES }, (_, at) => askAgain(at % 2 === 0 ? page : sync)));
}

function lineTo(url) {
  const { hostname, port } = new URL(url);
  const socket = connectTo(Number(port), hostname);
  socket.on("error", () => socket.destroy());
  return socket;
}

const get = (url, path, headers) => head("GET", url, path, headers);

/** A request's head as bytes on the wire. */
function head(method, url, path, headers) {
  const lines = Object.entries({ host: new URL(url).host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
