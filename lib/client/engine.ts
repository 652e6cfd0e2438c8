import type { Frame, MeEvent } from "@/lib/contract/events";
import type { Home } from "@/lib/contract/home";
import type { Output } from "@/lib/contract/index";
import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import { type AnswerTarget, callAndApply } from "./answers";
import { createCall } from "./call";
import { isCallError } from "./call-error";
import { applyMe, putRoom } from "./catch-up";
import { createConnection } from "./connection";
import { type Call, createHttpCall, type Fetch } from "./http";
import { createLogs } from "./logs";
import { createOutbox, type OutboxOptions } from "./outbox";
import type { OutboxStorage } from "./outbox-storage";
import type { Parley } from "./parley";
import { createPeople, peopleIn } from "./people";
import { createPolling } from "./polling";
import { createPresence } from "./presence";
import { createReading } from "./reading";
import { applyFrame, withRows } from "./room-log";
import { createLateSocket } from "./late-socket";
import { createStores } from "./stores/all";
import { createSync } from "./sync";
import { createTexts, type TextStorage } from "./texts";
import { createStrays } from "./strays";
import { createTrouble } from "./trouble";
import { createTyping } from "./typing";

export interface ParleyOptions {
  /** The home that the page was rendered with, or the result of `fetchHome`. */
  home: Home;
  /** The page's build. Empty: accept any server build. */
  version: string;
  /** Empty in a browser: the page's own origin. */
  baseUrl?: string;
  fetch: Fetch;
  /** Outside a browser: cookie and origin of the socket's handshake. */
  headers?: Record<string, string>;
  storage: OutboxStorage;
  lock?: OutboxOptions["lock"];
  channel?: OutboxOptions["channel"];
  texts?: TextStorage;
  now?: () => number;
  random?: () => number;
}

/** Fetches the home, for programs that have no server-rendered page. */
export function fetchHome(options: { baseUrl: string; fetch: Fetch }): Promise<Home> {
  return createHttpCall(options)("home.show", {});
}

/** One person's client. It uses no document and no window, so that it also runs outside a browser. */
export function createParley(options: ParleyOptions): Parley {
  const {
    home,
    version,
    baseUrl = "",
    fetch,
    headers,
    storage,
    lock,
    channel,
    texts,
    now = Date.now,
    random,
  } = options;
  const stores = createStores(home);
  const connection = createConnection(stores.connection, version, now);
  let wasReady = false;

  const ask = createCall({ baseUrl, fetch, onRepeated: () => sync.home(), getSocket: () => socket });
  const call: Call = async (name, input) => {
    try {
      const answer = await callAndApply(name, input, ask, answerTarget);
      if (name === "message.send") trouble.over();
      return answer;
    } catch (error) {
      const code = isCallError(error) ? error.code : null;
      if (code === "unauthenticated") signedOut();
      // Browsers do not say why a socket was refused. The polling over HTTP gets the reason.
      if (isCallError(error) && error.openAt) connection.wrongAddress(error.message, error.openAt);
      // No answer over a live connection means the same as `busy`: the server waits for something.
      if (code === "busy" || (code === "offline" && socket.isReady())) trouble.met();
      throw error;
    }
  };

  const answerTarget: AnswerTarget = {
    stores,
    learnPeople: (learned) => people.learn(learned),
    receiveMessages,
    putMessage: put,
  };
  const people = createPeople({ store: stores.people, call, now });
  const typing = createTyping({ store: stores.typing, rooms: stores.rooms, call, now });
  const presence = createPresence({ store: stores.presence, call });
  const trouble = createTrouble({
    store: stores.connection,
    probe: presence.ask,
    isWaiting: () => stores.outbox.getState().entries.some(({ state }) => state === "waiting"),
    onAnswer: resume,
  });
  const reading = createReading({ store: stores.rooms, call });
  const logs = createLogs({ store: stores.rooms, call });
  const outbox = createOutbox({
    store: stores.outbox,
    personId: home.me.id,
    call,
    storage,
    lock,
    channel,
    now,
    random,
  });
  const sync = createSync({
    store: stores.rooms,
    call,
    onAnswer: caughtUp,
    onError: () => polling.failed(),
  });
  const strays = createStrays({ store: stores.rooms, apply: onFrame });
  const polling = createPolling({
    poll() {
      sync.all();
      presence.tell();
    },
    onFailed: connection.offline,
  });
  const socket = createLateSocket({
    baseUrl,
    ...(headers && { headers }),
    probe: presence.mine,
    handlers: {
      ready: onReady,
      frame: onFrame,
      me: onMe,
      presence: presence.heard,
      typing: typing.heard,
      person: onPerson,
      down: onDown,
      signedOut,
    },
  });

  function onReady(event: { epoch: string; version: string }): void {
    connection.online();
    connection.serverVersion(event.version);
    polling.stop();
    strays.forget();
    sync.all();
    presence.connected();
    resume();
    // Changes to people are only sent to connected clients.
    if (wasReady) people.refresh();
    wasReady = true;
  }
  /** Retries everything that failed while the server could not be reached. */
  function resume(): void {
    outbox.kick();
    reading.flush();
    logs.retryAll();
  }
  function onDown(busy: boolean): void {
    if (busy) trouble.met();
    typing.clear();
    presence.lost();
    connection.caughtUp(false);
    if (!polling.isWorking()) connection.offline();
    if (!wasReady) polling.start();
  }
  function signedOut(): void {
    stop();
    connection.signedOut();
  }

  function onFrame(frame: Frame): void {
    const room = stores.rooms.getState().rooms.get(frame.roomId);
    if (!room) return strays.keep(frame);
    stores.rooms.setState((state) => putRoom(state, applyFrame(room, frame)));
    receiveMessages(frame.rows);
    sync.gaps();
  }
  function onPerson(person: Person): void {
    people.learn([person]);
    // My own name or role.
    if (person.id === home.me.id) stores.rooms.setState({ me: person });
  }
  function onMe(event: MeEvent): void {
    stores.rooms.setState((state) => applyMe(state, event));
    sync.meAt(event.clock);
    for (const change of event.changes ?? [])
      if (change.type === "entry") receiveMessages(lastOf(change.entry.lastMessage));
    sync.gaps();
  }
  function caughtUp(answer: Output<"sync">): void {
    if (polling.worked()) {
      connection.online();
      resume();
    }
    people.learn([...answer.people, ...(answer.home?.people ?? [])]);
    for (const room of Object.values(answer.rooms)) {
      if (room.kind === "delta") receiveMessages(room.rows);
      if (room.kind === "limited") receiveMessages(room.page.messages);
    }
    connection.caughtUp(true);
  }
  /** Messages arrived, in a frame, a page, an answer or a reply. */
  function receiveMessages(messages: readonly Message[]): void {
    people.need(peopleIn(messages));
    outbox.arrived(messages);
    for (const message of messages) typing.arrived(message.roomId, [message]);
  }
  /** The reply to a call brought the new state of a message. */
  function put(message: Message): void {
    stores.rooms.setState((state) => {
      const room = state.rooms.get(message.roomId);
      return room ? putRoom(state, withRows(room, [message])) : state;
    });
    receiveMessages([message]);
  }

  let unsubscribe: (() => void) | undefined;
  function stop(): void {
    socket.stop();
    sync.stop();
    trouble.stop();
    polling.stop();
    reading.stop();
    outbox.stop();
    logs.stop();
    presence.stop();
    typing.clear();
    unsubscribe?.();
  }

  return {
    stores,
    call,
    start() {
      if (connection.isSignedOut()) return;
      unsubscribe = stores.rooms.subscribe(() => {
        logs.ensure();
        strays.settle();
      });
      sync.start();
      outbox.start();
      socket.start();
    },
    stop,
    retryNow() {
      socket.wake();
      polling.now();
      outbox.kick();
    },
    log: { open: logs.open, loadBefore: logs.loadBefore, retry: logs.retry, errorOf: logs.errorOf },
    outbox: {
      send(roomId, body) {
        typing.sent(roomId);
        outbox.send(roomId, body);
      },
      retry: outbox.retry,
      discard: outbox.discard,
      takeBack: outbox.takeBack,
    },
    needPeople: people.need,
    markRead: reading.markRead,
    signalTyping: typing.signal,
    setActive: presence.setActive,
    texts: createTexts({ store: stores.texts, personId: home.me.id, storage: texts }),
  };
}

function lastOf(message: Message | null): Message[] {
  return message ? [message] : [];
}
