import type { Frame, MeEvent, OrganizationFrame } from "@/lib/contract/events";
import type { Home } from "@/lib/contract/home";
import type { Output } from "@/lib/contract/index";
import type { Message } from "@/lib/contract/message";
import type { Person } from "@/lib/contract/person";
import { type AnswerTarget, callAndApply } from "./answers";
import { createCall } from "./call";
import { isCallError } from "./call-error";
import { countSlowChanges } from "./slow-changes";
import { applyMyChanges, advanceOrganizationClock, putOrganization, putRoom } from "./catch-up";
import { createComposerTexts } from "./composer-texts";
import { createConnection } from "./connection";
import { placeOf } from "./draft-places";
import { othersIfLeft } from "./conversation";
import { type Call, createHttpCall, type Fetch, type HttpOptions } from "./http";
import { createLazyNames } from "./lazy-names";
import { createLogs } from "./logs";
import type { LookUps } from "./look-ups";
import { createOutbox } from "./outbox";
import type { Parley, ParleyOptions } from "./parley";
import { createPeople, mayHaveMissedPeople, peopleIn } from "./people";
import { createPolling } from "./polling";
import { createPresence } from "./presence";
import { createReadPositions } from "./reading";
import { applyFrame, applyRows } from "./room-log";
import { createLazySocket } from "./lazy-socket";
import { createStores } from "./stores/all";
import { createSync } from "./sync";
import { createPendingFrames } from "./pending-frames";
import { createTrouble } from "./trouble";
import { createTyping } from "./typing";

/** Fetches the home, for programs without a server-rendered page. `organization` is a handle; null if there is only one. */
export function fetchHome(options: { baseUrl: string; fetch: Fetch; organization?: string | null }): Promise<Home> {
  const { organization = null } = options;
  return createHttpCall({ ...options, organization: () => organization })("home.show", {});
}

/** Creates one person's client. It uses neither `document` nor `window`, so it also runs outside a browser. */
export function createParley(options: ParleyOptions): Parley {
  const {
    home,
    version,
    baseUrl = "",
    fetch,
    headers,
    storage,
    withLock,
    channel,
    texts: storedTexts,
    now,
    random,
  } = options;
  const organization = home.organization.handle;
  const http: HttpOptions = { baseUrl, fetch, organization: () => organization };
  const stores = createStores(home);
  const connection = createConnection(stores.connection, version);

  /** Calls an operation over the socket or HTTP. `call` below also applies the answer to the stores. */
  const callWithoutApplying = countSlowChanges(
    createCall({ ...http, onRepeated: () => sync.requestHome(), getSocket: () => socket }),
    stores.connection,
  );
  const call: Call = async (name, input) => {
    const wasReady = socket.isReady();
    try {
      const answer = await callAndApply(name, input, callWithoutApplying, answerTarget);
      if (name === "message.send") trouble.end();
      // The answer may contain a room's entry (`RoomEntry`) that is newer than the room's log.
      sync.requestIfBehind();
      return answer;
    } catch (error) {
      const code = isCallError(error) ? error.code : null;
      if (code === "unauthenticated") onSignedOut();
      // A wrong address shows only in an HTTP answer: a browser does not expose why the server refused a socket.
      if (isCallError(error) && error.openAt) connection.setWrongAddress(error.message, error.openAt);
      // If a request gets no answer on an open connection, the server is waiting for its database. This is the same as `busy`.
      if (code === "busy" || (code === "offline" && wasReady && socket.isReady())) trouble.begin();
      throw error;
    }
  };

  const answerTarget: AnswerTarget = {
    stores,
    putPeople: (received) => people.put(received),
    receiveMessages,
    putMessage,
  };
  const people = createPeople({ store: stores.people, call });
  const typing = createTyping({ store: stores.typing, rooms: stores.rooms, call });
  const presence = createPresence({ store: stores.presence, call });
  const trouble = createTrouble({
    store: stores.connection,
    probe: presence.sendOnce,
    isWaiting: () => stores.outbox.getState().entries.some(({ state }) => state === "waiting"),
    retryAll,
  });
  const reading = createReadPositions({ store: stores.rooms, call });
  const logs = createLogs({ store: stores.rooms, call });
  let lookUps: LookUps | undefined;
  const outbox = createOutbox({
    store: stores.outbox,
    personId: home.me.id,
    call,
    storage,
    withLock,
    channel,
    now,
    random,
  });
  const { texts, drafts } = createComposerTexts({
    stores,
    personId: home.me.id,
    storage: storedTexts,
    call,
    http,
    answerTarget,
  });
  const sync = createSync({ store: stores.rooms, call, onAnswer: onSynced, onError: () => polling.onError() });
  const pendingFrames = createPendingFrames({ store: stores.rooms, apply: onFrame });
  const polling = createPolling({
    poll() {
      sync.requestAll();
      presence.sendAgain();
    },
    onFailed: onOffline,
  });
  const socket = createLazySocket({
    baseUrl,
    organization,
    ...(headers && { headers }),
    probe: presence.myState,
    handlers: {
      ready: onReady,
      frame: onFrame,
      me: onMe,
      presence: presence.receive,
      typing: typing.receive,
      organization: onOrganization,
      disconnected: onDisconnected,
      signedOut: onSignedOut,
    },
  });

  function onReady(event: { epoch: string; version: string }): void {
    connection.setOnline();
    connection.compareServerVersion(event.version);
    polling.stop();
    pendingFrames.clear();
    sync.restart();
    presence.onConnect();
    people.retryNow();
    retryAll();
  }
  /** Retries the requests that failed while the server could not be reached. */
  function retryAll(): void {
    outbox.sendAllNow();
    reading.sendAllNow();
    logs.retryAll();
    lookUps?.retryNow();
    drafts.retry();
  }
  function onDisconnected(isServerBusy: boolean): void {
    if (isServerBusy) trouble.begin();
    typing.clear();
    presence.onConnectionLost();
    if (!polling.isWorking()) onOffline();
    polling.start();
  }
  function onOffline(): void {
    connection.setCaughtUp(false);
    connection.setOffline();
  }
  function onSignedOut(): void {
    stop();
    connection.setSignedOut();
  }

  function onFrame(frame: Frame): void {
    const room = stores.rooms.getState().rooms.get(frame.roomId);
    if (!room) return pendingFrames.keep(frame);
    stores.rooms.setState((state) => putRoom(state, applyFrame(room, frame)));
    receiveMessages(frame.rows);
    sync.requestIfBehind();
  }
  function onOrganization(frame: OrganizationFrame): void {
    putChangedPeople(frame.people);
    noteChangedLists(frame.listsChanged);
    stores.rooms.setState((state) => advanceOrganizationClock(putOrganization(state, frame.organization), frame));
    sync.recordOrganizationClock(frame.to);
    sync.requestIfBehind();
  }
  function noteChangedLists(areChanged: boolean): void {
    if (areChanged) stores.lists.setState(({ version: current }) => ({ version: current + 1 }));
  }
  function putChangedPeople(changed: readonly Person[]): void {
    people.put(changed);
    const me = changed.find(({ id }) => id === home.me.id);
    if (me) stores.rooms.setState((state) => (me.tick >= state.me.tick ? { me } : state));
  }
  function onMe(event: MeEvent): void {
    stores.rooms.setState((state) => applyMyChanges(state, event));
    sync.recordOwnClock(event.to);
    for (const change of event.changes) if (change.type === "entry") receiveMessages(toList(change.entry.lastMessage));
    sync.requestIfBehind();
  }
  function onSynced(answer: Output<"sync">): void {
    if (polling.onAnswer()) {
      connection.setOnline();
      retryAll();
    }
    people.put([...answer.people, ...(answer.home ? [...answer.home.people, answer.home.me] : [])]);
    putChangedPeople(answer.organization?.people ?? []);
    noteChangedLists(answer.home !== null || answer.organization?.listsChanged === true);
    for (const room of Object.values(answer.rooms)) {
      if (room.kind === "delta") receiveMessages(room.rows);
      if (room.kind === "limited") receiveMessages(toList(room.entry.lastMessage));
      if (room.kind === "limited") lookUps?.reload(room.entry.room.id);
    }
    connection.setCaughtUp(true);
  }
  /** Call for every message that the server has stored, from an event or an answer. */
  function receiveMessages(messages: readonly Message[]): void {
    people.loadMissing(peopleIn(messages));
    outbox.removeArrived(messages);
    lookUps?.receive(messages);
    drafts.onMessages(messages);
    for (const message of messages) typing.removeAuthors(message.threadId ?? message.roomId, [message]);
  }
  /** Puts a message from an answer into its room. */
  function putMessage(message: Message): void {
    stores.rooms.setState((state) => {
      const room = state.rooms.get(message.roomId);
      return room ? putRoom(state, applyRows(room, [message])) : state;
    });
    receiveMessages([message]);
  }

  let unsubscribe: (() => void) | undefined;
  function stop(): void {
    const parts = [socket, sync, trouble, polling, reading, outbox, people, lookUps, drafts, logs, presence];
    for (const part of parts) part?.stop();
    typing.clear();
    unsubscribe?.();
  }

  return {
    stores,
    call,
    start() {
      if (connection.isSignedOut()) return;
      unsubscribe = stores.rooms.subscribe((state, previous) => {
        if (state.epoch !== previous.epoch) for (const part of [people, pendingFrames]) part.clear();
        logs.loadAndTrim();
        pendingFrames.applyToAddedRooms();
        if (mayHaveMissedPeople(state, previous)) people.reloadAll();
      });
      sync.start();
      outbox.start();
      drafts.start();
      socket.start();
    },
    stop,
    retryNow() {
      socket.wake();
      polling.pollNow();
      outbox.sendAllNow();
    },
    log: logs,
    outbox: {
      send(roomId, body, { isDraft = false, replyToId, reply } = {}) {
        typing.onMessageSent(reply?.threadId ?? roomId);
        const personIds = othersIfLeft(stores.rooms.getState(), roomId);
        const draftId = isDraft ? drafts.take(placeOf({ roomId, threadId: reply?.threadId })) : undefined;
        outbox.send(roomId, body, { draftId, replyToId, reply, personIds });
      },
      sendToPeople: outbox.sendToPeople,
      retry: outbox.retry,
      remove: outbox.remove,
      removeToEdit: outbox.removeToEdit,
    },
    lookUps: (create) => (lookUps ??= create({ rooms: stores.rooms, call })),
    loadMissingPeople: people.loadMissing,
    names: createLazyNames({ stores, call }),
    markRead: reading.markRead,
    markAllRead: reading.markAllRead,
    markUnread: reading.markUnread,
    threadReading: reading.threadReading,
    signalTyping: typing.signal,
    isActive: presence.isActive,
    setActive: presence.setActive,
    texts,
    drafts,
  };
}

const toList = (message: Message | null): Message[] => (message ? [message] : []);
