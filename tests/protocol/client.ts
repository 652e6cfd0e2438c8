// A client written from docs/protocol.md alone, without anything of the product. It holds the whole log of each room. What it
// needed and the document lacked, the document now says.
import { io } from "socket.io-client";
import { uuidv7 } from "uuidv7";
import { applyEntry, applyFrame, applyLimited, put, putMembership, react, type RoomState } from "./room";
import type { Answer, Entry, Frame, Home, MemberPage, Message, Mine, Ours, Page, Person } from "./shapes";
import type { PresenceEvent, SyncAnswer } from "./shapes";

export type Client = ReturnType<typeof createClient>;

const final = "invalid_input unauthenticated forbidden not_found conflict gone room_archived too_large".split(" ");
const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
const backOff = (tries: number, firstMs: number, mostMs: number) =>
  Math.min(mostMs, firstMs * 2 ** tries) * (0.5 + Math.random() / 2);

export function createClient(options: { url: string; origin: string; cookie: string; organization: string }) {
  const { url, origin, cookie, organization } = options;
  const headers = { cookie, origin, "parley-organization": organization };
  const rooms = new Map<string, RoomState>();
  const people = new Map<string, Person>();
  const outboxes = new Map<string, Promise<unknown>>();
  const state = { status: "offline", presence: null as PresenceEvent["people"] | null, home: null as Home | null };
  let [isReady, isStopped, isSyncing, needsHome, needsMore] = [false, false, false, false, false];
  let [connectTries, byeMs] = [0, null as number | null];
  /** Frames of rooms that are not known yet. */
  const strayFrames = new Map<string, Frame[]>();
  /** Rooms to ask about, besides those that are behind. */
  const wanted = new Set<string>();
  const home = () => state.home as Home;

  // Requests

  const overHttp = (path: string) =>
    fetch(url + path, { headers, signal: AbortSignal.timeout(15_000) }).then(
      (answer) => answer.json() as Promise<Answer>,
    );
  async function overSocket(name: string, input: object): Promise<Answer> {
    while (!isReady && !isStopped) await wait(20);
    return new Promise<Answer>((resolve, reject) => {
      const onAnswer = (error: Error | null, answer: Answer) => (error ? reject(error) : resolve(answer));
      socket.timeout(10_000).emit(name, input, onAnswer);
    });
  }
  /** Sends a request until it is answered. Throws the code of a refusal. */
  async function untilAnswered<T>(send: () => Promise<Answer>): Promise<T> {
    for (let tries = 0, internals = 0; ; tries++) {
      const answer = await send().catch(() => null);
      if (answer?.ok) {
        needsHome ||= answer.repeated === true;
        return answer.data as T;
      }
      const { code = "no answer", retryAfterMs = backOff(tries, 1_000, 30_000) } = answer?.error ?? {};
      if (code === "unauthenticated") end();
      if (isStopped || final.includes(code) || (code === "internal" && ++internals >= 5)) throw new Error(code);
      await wait(retryAfterMs);
    }
  }
  const read = <T>(path: string) => untilAnswered<T>(() => overHttp(path));
  const call = <T>(name: string, input: object) => untilAnswered<T>(() => overSocket(name, input));

  // Rooms

  function putEntry(entry: Entry, isLimited = false): void {
    const { id } = entry.room;
    const room = applyEntry(rooms.get(id), entry, home());
    rooms.set(id, room);
    if (isLimited) applyLimited(room, entry, home());
    for (const frame of strayFrames.get(id) ?? []) applyFrame(room, frame, home());
    strayFrames.delete(id);
  }
  /** Loads the whole log, and begins anew if it is dropped meanwhile. */
  async function load(room: RoomState): Promise<void> {
    const roomId = room.room.id;
    if (room.loading !== "not begun") return;
    room.loading = "begun";
    for (let before = "", { log } = room; room.loading === "begun"; ) {
      const since = room.clock;
      const page = await read<Page>(`/api/rooms/${roomId}/messages?limit=100${before}`);
      if (log !== room.log || rooms.get(roomId) !== room) return;
      // The entry with my new membership is on its way.
      if (page.floorSeq !== room.membership.floorSeq) return void (room.loading = "not begun");
      if (page.clock < since) continue;
      for (const message of page.messages) put(room, message, home());
      putPeople(page.people);
      before = `&before=${page.messages[0]?.seq}`;
      if (!page.before) room.loading = "done";
    }
    react(room, room.reactions, home());
  }
  async function loadMembers(room: RoomState): Promise<void> {
    const [roomId, at] = [room.room.id, room.room.changedSeq];
    if (room.membersAt >= at) return;
    room.membersAt = at;
    const members = new Map<string, string>();
    for (let after: string | null = ""; after !== null; ) {
      const page: MemberPage = await read(`/api/rooms/${roomId}/members?limit=200${after}`);
      for (const { person, role } of page.members) members.set(person.id, role);
      after = page.next && `&after=${encodeURIComponent(page.next)}`;
    }
    if (room.membersAt === at) room.members = members;
  }

  // My log, the organization's, and catching up

  function putPeople(received: readonly Person[]): void {
    for (const person of received) if (person.tick >= (people.get(person.id)?.tick ?? 0)) people.set(person.id, person);
  }
  function putHome(received: Home): void {
    const before = state.home;
    const isOther = received.epoch !== before?.epoch;
    if (!isOther && received.clock < before.clock) return void (needsHome = true);
    if (isOther) for (const kept of [rooms, people, strayFrames]) kept.clear();
    if (isOther) for (const { room } of received.rooms) wanted.add(room.id);
    const hasOtherLists = received.blocks.tick !== before?.blocks.tick || received.groupsTick !== before.groupsTick;
    state.home = isOther ? received : { ...received, organizationClock: before.organizationClock };
    const ids = new Set(received.rooms.map(({ room }) => room.id));
    for (const [id, room] of rooms) {
      if (!ids.has(id)) rooms.delete(id);
      room.isStale ||= hasOtherLists;
    }
    for (const entry of received.rooms) putEntry(entry);
    putPeople([received.me, ...received.people]);
  }
  function applyMine({ from, to, changes }: Mine): void {
    needsMore ||= from > home().clock;
    if (from > home().clock || to <= home().clock) return;
    home().clock = to;
    for (const change of changes) {
      if (change.type === "entry") putEntry(change.entry);
      else if (change.type === "gone") rooms.delete(change.roomId);
      else if (change.type !== "read")
        needsHome = true; // the home has all the rest
      else if (rooms.has(change.membership.roomId))
        putMembership(rooms.get(change.membership.roomId) as RoomState, change.membership);
    }
  }
  function applyOurs({ from, to, people: changed }: Ours): void {
    putPeople(changed);
    needsMore ||= from > home().organizationClock;
    if (from <= home().organizationClock && home().organizationClock < to) home().organizationClock = to;
  }
  const isStale = () => needsHome || [...rooms.values()].some((room) => room.isStale);
  const toAsk = () => [...rooms.values()].filter(({ room, seenTo, clock }) => wanted.has(room.id) || seenTo > clock);
  /** Asks until nothing is missing. Call it after everything that may show that something is. */
  async function catchUp(): Promise<void> {
    if (isSyncing) return;
    isSyncing = true;
    for (let first = true; needsMore || isStale() || toAsk().length > 0; first = false) {
      if (!first) await wait(50);
      await sync().catch(() => {}); // the session has ended
      if (isStopped) return;
    }
    isSyncing = false;
    for (const room of rooms.values()) for (const fill of [load, loadMembers]) fill(room).catch(() => {});
  }
  async function sync(): Promise<void> {
    const asked = toAsk().slice(0, 2_000);
    for (const { room } of asked) wanted.delete(room.id);
    const joined = new Map(asked.map(({ room, membership }) => [room.id, membership.joinedSeq]));
    const clocks = Object.fromEntries(asked.map((room) => [room.room.id, room.clock]));
    const { clock, organizationClock, epoch } = home();
    const input = { rooms: clocks, me: isStale() ? 0 : clock, organization: organizationClock, epoch };
    [needsHome, needsMore] = [false, false];
    const answer = await call<SyncAnswer>("sync", input);
    if (answer.home) putHome(answer.home);
    if (answer.me) applyMine(answer.me);
    if (answer.organization) applyOurs(answer.organization);
    putPeople(answer.people);
    for (const [id, part] of Object.entries(answer.rooms)) {
      const room = rooms.get(id);
      if (part.kind === "limited") putEntry(part.entry, true);
      else if (room && part.kind === "delta") applyFrame(room, part, home());
      else if (room?.membership.joinedSeq === joined.get(id)) rooms.delete(id);
    }
    for (const id of answer.later) wanted.add(id);
    needsMore ||=
      (answer.home?.organizationClock ?? 0) > home().organizationClock ||
      answer.me?.more === true ||
      answer.organization?.more === true;
  }

  // The connection

  const auth = { organization };
  const settings = { transports: ["websocket"], reconnection: false, autoConnect: false, forceNew: true };
  const socket = io(url, { ...settings, auth, extraHeaders: { cookie, origin } });
  let readyTimer: ReturnType<typeof setTimeout> | undefined;
  function onLost(): void {
    clearTimeout(readyTimer);
    Object.assign(state, { presence: null, ...(!isStopped && { status: "offline" }) });
    isReady = false;
    if (!isStopped) setTimeout(() => !isStopped && socket.connect(), byeMs ?? backOff(connectTries++, 500, 5_000));
    byeMs = null;
  }
  function end(status = "signed_out"): void {
    Object.assign(state, { status });
    isStopped = true;
    isReady = false;
    socket.disconnect();
  }
  socket.on("connect", () => (readyTimer = setTimeout(() => socket.disconnect(), 15_000)));
  socket.on("connect_error", ({ message }) => (message === "unauthenticated" ? end() : onLost()));
  socket.on("disconnect", onLost);
  socket.on("bye", ({ reason, afterMs }: { reason: string; afterMs: number }) => {
    isReady = false;
    byeMs = afterMs;
    if (reason === "signed_out") end();
  });
  socket.on("ready", () => {
    clearTimeout(readyTimer);
    [isReady, connectTries, needsMore] = [true, 0, true];
    for (const id of rooms.keys()) wanted.add(id);
    state.status = "online";
    strayFrames.clear();
    void catchUp();
  });
  socket.on("frame", (frame: Frame) => {
    const room = rooms.get(frame.roomId);
    if (room) applyFrame(room, frame, home());
    else strayFrames.set(frame.roomId, [...(strayFrames.get(frame.roomId) ?? []), frame]);
    void catchUp();
  });
  socket.on("me", (mine: Mine) => void (applyMine(mine), catchUp()));
  socket.on("organization", (ours: Ours) => void (applyOurs(ours), catchUp()));
  socket.on("presence", ({ full, people: states }: PresenceEvent) => {
    if (full || state.presence) state.presence = { ...(full ? {} : state.presence), ...states };
  });

  return {
    state,
    rooms,
    people,
    call,
    async start(): Promise<void> {
      putHome(await read<Home>("/api/home"));
      socket.connect();
    },
    stop: () => end("stopped"),
    /** Breaks the connection, as a network does. */
    breakConnection: () => socket.io.engine?.close(),
    /** Makes a change once, however often it is sent. */
    change: <T>(name: string, input: object) => call<T>(name, { intentId: uuidv7(), ...input }),
    /** Sends the messages of a room one after another. */
    send(roomId: string, body: string): Promise<Message> {
      const message = { roomId, id: uuidv7(), body };
      const before = outboxes.get(roomId) ?? Promise.resolve();
      const sent = before.then(() => call<Message>("message.send", message));
      outboxes.set(
        roomId,
        sent.catch(() => {}),
      );
      return sent;
    },
  };
}
