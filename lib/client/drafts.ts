import type { Draft } from "@/lib/contract/draft";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { trimBody } from "@/lib/contract/trim-body";
import { backOff } from "./back-off";
import { toCallError } from "./call-error";
import { type Copy, createDraftCopies } from "./draft-copies";
import { dropSent } from "./draft-state";
import type { Call } from "./http";
import { newId } from "./new-id";
import { newestMessages } from "./ranges";
import type { RoomsStore } from "./stores/rooms";
import type { Texts } from "./texts";
import { createUnsavedTexts } from "./unsaved-texts";

export interface DraftsOptions {
  store: RoomsStore;
  texts: Texts;
  call: Call;
  /** Calls over HTTP with a request that outlives the page. */
  lastCall: Call;
  /** Rooms whose texts were written before this code was there. */
  written: Set<string>;
  /** Rooms whose composers are on the screen. */
  openRooms: Set<string>;
}

/** How often a save is tried in a row: again after each conflict. */
const maxTries = 4;
/** Errors after which the same request may succeed later. */
const temporary: ReadonlySet<string> = new Set(["offline", "busy", "rate_limited", "internal", "unauthenticated"]);

export type Drafts = ReturnType<typeof createDrafts>;

/**
 * Saves the texts of composers on the server, as drafts, and shows those of my other devices. The text that is typed in this
 * browser stays. If another device has changed the draft meanwhile, the later text is stored, and the other one is offered.
 */
export function createDrafts({ store, texts, call, lastCall, written, openRooms }: DraftsOptions) {
  const copies = createDraftCopies(texts, store);
  /** Other tabs leave these texts to this one. */
  const unsaved = createUnsavedTexts((roomId) => void save(roomId), takeOver);
  const saving = new Map<string, Promise<boolean>>();
  const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000 });
  /** The texts that this tab has sent, by the ids of their messages. */
  const takenTexts = new Map<string, string>();
  let isRunning = false;
  let isOwnWrite = false;
  let unsubscribe: (() => void) | undefined;

  const newCopy = (tick = 0): Copy => {
    return { id: newId(), tick, isSaved: false, isTyped: true, epoch: store.getState().epoch };
  };
  function setText(roomId: string, text: string): void {
    isOwnWrite = true;
    if (texts.read(roomId) !== text) texts.write(roomId, text);
    isOwnWrite = false;
  }
  /** The text and its draft are empty. */
  function clear(roomId: string): void {
    setText(roomId, "");
    copies.write(roomId, null);
    unsaved.remove(roomId);
  }

  function onWrite(roomId: string): void {
    if (isOwnWrite) return;
    const copy = copies.read(roomId);
    if (!copy && texts.read(roomId) === "") return;
    // An id stands for one text that the server has: if another device sends that text, what is typed here stays.
    copies.write(roomId, copy?.isTyped && !copy.isSaved ? copy : newCopy(copy?.tick));
    unsaved.add(roomId);
  }

  /** Another tab of this browser has not saved its text. It may be closed. */
  function takeOver(roomId: string): void {
    if (copies.read(roomId)?.isSaved === false) onWrite(roomId);
  }

  /** Saves a room's text. Resolves to whether the server has it. */
  function save(roomId: string, by = call): Promise<boolean> {
    const onEnd = () => {
      saving.delete(roomId);
      // Another device may have written since.
      if (isRunning) void reconcile(roomId);
    };
    const current = saving.get(roomId) ?? saveNow(roomId, by).finally(onEnd);
    saving.set(roomId, current);
    return current;
  }
  async function saveNow(roomId: string, by: Call): Promise<boolean> {
    for (let tries = 0; tries < maxTries; tries++) {
      const [text, copy] = [texts.read(roomId), copies.read(roomId)];
      if (!copy || copy.isSaved) return true;
      const isNothing = text === "" && copy.tick === 0 && !store.getState().drafts.get(roomId)?.text;
      if (isNothing) clear(roomId);
      if (isNothing || text.length > limits.draft) return isNothing;
      try {
        const draft = await by("draft.write", { roomId, id: copy.id, text, baseTick: copy.tick });
        retryDelay.reset();
        if (onSaved(roomId, { ...copy, text }, draft)) return true;
      } catch (thrown) {
        const { code, retryAfterMs } = toCallError(thrown);
        if (code === "conflict" && (await onConflict(roomId))) continue;
        // After any other error, the text stays in this browser.
        if (code === "conflict" || temporary.has(code)) unsaved.saveLater(roomId, retryAfterMs ?? retryDelay.next());
        return false;
      }
    }
    return false;
  }
  /** Returns whether the text that is in the composer now is saved. */
  function onSaved(roomId: string, sent: Copy & { text: string }, draft: Draft): boolean {
    const wasSent = draft.id !== sent.id || (draft.text === "" && sent.text !== "");
    if (wasSent) copies.refresh(roomId);
    const copy = copies.read(roomId);
    if (!copy) return true;
    if (wasSent) {
      if (copy.id === sent.id) onSent(roomId, copy, null);
      return !copies.read(roomId);
    }
    const isSaved = copy.id === sent.id && texts.read(roomId) === sent.text;
    if (isSaved && sent.text === "") clear(roomId);
    else copies.write(roomId, isSaved ? { ...copy, tick: draft.tick, isSaved } : newCopy(draft.tick));
    if (isSaved) unsaved.remove(roomId);
    // More was typed meanwhile.
    else if (unsaved.has(roomId)) onWrite(roomId);
    return true;
  }
  /** Returns whether another try makes sense. */
  async function onConflict(roomId: string): Promise<boolean> {
    try {
      const other = await call("draft.show", { roomId });
      // An empty draft conflicts with nothing: there are too many drafts.
      if (other.text === "" && texts.read(roomId) !== "") return false;
      if (continueAfter(roomId, other)) return true;
      // It may be what another tab of this browser has saved.
      copies.refresh(roomId);
      if ((copies.read(roomId)?.tick ?? 0) < other.tick) meet(roomId, other);
      return true;
    } catch {
      return false;
    }
  }

  /** The text of this browser, which is not saved, meets another version of the draft. */
  function meet(roomId: string, other: Draft): void {
    const text = texts.read(roomId);
    if (text === "" || text === other.text) return adopt(roomId, other);
    if (other.text.trim() && !text.includes(other.text)) copies.offer(roomId, other.text);
    copies.write(roomId, newCopy(other.tick));
  }
  /** If this tab has sent what the server still has as a draft, the text continues it. `draft` may be only the beginning. */
  function continueAfter(roomId: string, { id, text, tick }: Draft): boolean {
    const taken = takenTexts.get(id);
    if (taken === undefined || text === "" || !taken.startsWith(text)) return false;
    copies.write(roomId, { ...(copies.read(roomId) ?? newCopy()), tick, isSaved: false });
    store.setState((state) => dropSent(state, [{ id, roomId }]));
    unsaved.add(roomId);
    return true;
  }
  /** Shows the server's version. */
  function adopt(roomId: string, { id, text, tick }: Draft): void {
    if (text === "") return clear(roomId);
    setText(roomId, text);
    unsaved.remove(roomId);
    copies.write(roomId, { ...newCopy(tick), id, isSaved: true, isTyped: false });
    // This tab sends a message with that id. What was written since then on another device becomes a message of its own.
    if (takenTexts.has(id)) {
      copies.write(roomId, newCopy(tick));
      onWrite(roomId);
    }
  }

  /** Call when the server's version may have changed. */
  async function reconcile(roomId: string): Promise<void> {
    const { drafts, rooms } = store.getState();
    const draft = drafts.get(roomId);
    if (!draft || saving.has(roomId)) return;
    const room = rooms.get(roomId);
    // The change may have arrived after its message.
    const received = room ? [...newestMessages(room.ranges), ...(room.lastMessage ? [room.lastMessage] : [])] : [];
    if (draft.text !== "" && received.some(({ id }) => id === draft.id))
      return store.setState((state) => dropSent(state, [draft]));
    copies.refresh(roomId);
    const copy = copies.read(roomId);
    if (!copy && texts.read(roomId) !== "") return onWrite(roomId);
    if ((copy && copy.tick >= draft.tick) || continueAfter(roomId, draft)) return;
    const isMine = unsaved.has(roomId);
    if (copy?.isSaved === false && !isMine) return; // another tab of this browser saves it
    // What is not on the screen is loaded when it is.
    if (!isMine && !openRooms.has(roomId)) return clear(roomId);
    const whole = draft.isWhole ? draft : await call("draft.show", { roomId }).catch(() => null);
    if (!whole || saving.has(roomId)) return;
    const now = copies.read(roomId);
    if (now && !now.isSaved) meet(roomId, whole);
    else adopt(roomId, whole);
  }

  /** The text's message was sent, perhaps from another device. `body` is null if it is not known. */
  function onSent(roomId: string, copy: Copy, body: string | null): void {
    const text = texts.read(roomId);
    // What was typed here and differs is another message.
    if (text.trim() && copy.isTyped && trimBody(text) !== body) {
      copies.write(roomId, newCopy(copy.tick));
      unsaved.add(roomId);
    } else clear(roomId);
  }

  async function textOf(roomId: string): Promise<string> {
    const [copy, draft] = [copies.read(roomId), store.getState().drafts.get(roomId)];
    if (!draft?.text || (copy && !copy.isSaved)) return texts.read(roomId);
    return draft.isWhole ? draft.text : (await call("draft.show", { roomId })).text;
  }

  /** Clears a text that the server had and no longer has. Returns whether it did. */
  function dropIfGone(roomId: string): boolean {
    const { drafts, clock } = store.getState();
    const copy = copies.read(roomId);
    const isGone = copy?.isSaved === true && !drafts.has(roomId) && copy.tick <= clock;
    if (isGone) clear(roomId);
    return isGone;
  }

  function onStart(): void {
    for (const roomId of new Set([...copies.roomIds(), ...written])) {
      const [copy, text] = [copies.read(roomId), texts.read(roomId)];
      // A text without a copy is of an earlier version of this code.
      if (written.has(roomId) || (copy ? !copy.isSaved || text === "" : text !== "")) onWrite(roomId);
      else if (!dropIfGone(roomId)) void reconcile(roomId);
    }
    written.clear();
    for (const roomId of openRooms) void reconcile(roomId);
  }

  return {
    start(): void {
      if (isRunning) return;
      isRunning = true;
      unsaved.start();
      unsubscribe = store.subscribe((state, previous) => {
        if (state.drafts === previous.drafts) return;
        for (const roomId of new Set([...state.drafts.keys(), ...previous.drafts.keys()])) {
          const [draft, before] = [state.drafts.get(roomId), previous.drafts.get(roomId)];
          if (draft?.tick !== before?.tick && !dropIfGone(roomId)) void reconcile(roomId);
        }
      });
      onStart();
    },
    stop(): void {
      isRunning = false;
      unsubscribe?.();
      unsaved.stop();
    },
    /** Call when the connection is back. */
    retry(): void {
      for (const roomId of unsaved.ids()) void save(roomId);
      for (const roomId of openRooms) void reconcile(roomId);
    },
    onWrite,
    onElsewhere: unsaved.watch,
    onOpen: (roomId: string) => void reconcile(roomId),
    onMessages(messages: readonly Message[]): void {
      for (const { id, roomId, body } of messages) {
        if (copies.read(roomId)?.id !== id) continue;
        copies.refresh(roomId);
        const copy = copies.read(roomId);
        if (copy?.id === id) onSent(roomId, copy, body);
      }
    },
    take(roomId: string): string | undefined {
      const copy = copies.read(roomId);
      if (!copy) return undefined;
      takenTexts.set(copy.id, texts.read(roomId));
      copies.write(roomId, newCopy(copy.tick));
      const draft = store.getState().drafts.get(roomId);
      const isThis = draft && (draft.id === copy.id || draft.tick <= copy.tick);
      if (isThis) store.setState((state) => dropSent(state, [draft]));
      return copy.id;
    },
    async saveAll(isLast: boolean): Promise<boolean> {
      const all = await Promise.all(unsaved.ids().map((roomId) => save(roomId, isLast ? lastCall : call)));
      return all.every(Boolean);
    },
    /** Deletes a draft. Returns a function that brings it back. Rejects with a `CallError`. */
    async remove(roomId: string): Promise<() => void> {
      await saving.get(roomId);
      const [text, draft] = [await textOf(roomId), store.getState().drafts.get(roomId)];
      if (draft?.text) await call("draft.write", { roomId, id: newId(), text: "", baseTick: draft.tick });
      clear(roomId);
      void reconcile(roomId); // another device may have written since
      return () => {
        texts.write(roomId, text);
        void save(roomId);
      };
    },
    /** The whole text of a draft. Rejects with a `CallError`. */
    textOf,
  };
}
