import type { Draft } from "@/lib/contract/draft";
import { limits } from "@/lib/contract/limits";
import type { Message } from "@/lib/contract/message";
import { trimBody } from "@/lib/contract/trim-body";
import { backOff } from "./back-off";
import { isTemporary, toCallError } from "./call-error";
import { type Copy, createDraftCopies } from "./draft-copies";
import { partsOf, placeOf } from "./draft-places";
import { dropSent, hasArrived } from "./draft-state";
import type { Call } from "./http";
import { newId } from "./new-id";
import type { RoomsStore } from "./stores/rooms";
import type { Texts } from "./texts";
import { createUnsavedTexts } from "./unsaved-texts";

export interface DraftsOptions {
  store: RoomsStore;
  texts: Texts;
  call: Call;
  /** Calls over HTTP with a request that outlives the page. */
  lastCall: Call;
  /** Composers whose texts were written before this code was there. */
  written: Set<string>;
  /** The composers on the screen. */
  openPlaces: Set<string>;
  /** My messages that were received lately. */
  arrivedIds: ReadonlySet<string>;
}

/** How often a save is tried in a row: again after each conflict. */
const maxTries = 4;

export type Drafts = ReturnType<typeof createDrafts>;

/**
 * Saves the texts of composers on the server, as drafts, and shows those of my other devices. The text that is typed in this
 * browser stays. If another device has changed the draft meanwhile, the later text is stored, and the other one is offered.
 */
export function createDrafts({ store, texts, call, lastCall, written, openPlaces, arrivedIds }: DraftsOptions) {
  const copies = createDraftCopies(texts, store);
  /** Other tabs leave these texts to this one. */
  const unsaved = createUnsavedTexts((place) => void save(place), takeOver);
  const saving = new Map<string, Promise<boolean>>();
  const retryDelay = backOff({ firstMs: 1_000, maxMs: 30_000 });
  /** The texts that this tab has sent, by the ids of their messages. */
  const takenTexts = new Map<string, string>();
  let isRunning = false;
  let isOwnWrite = false;
  let unsubscribe: (() => void) | undefined;

  function setText(place: string, text: string): void {
    isOwnWrite = true;
    if (texts.read(place) !== text) texts.write(place, text);
    isOwnWrite = false;
  }
  /** The text and its draft are empty. */
  function clear(place: string): void {
    setText(place, "");
    copies.write(place, null);
    unsaved.remove(place);
  }

  function onWrite(place: string): void {
    if (isOwnWrite) return;
    const copy = copies.read(place);
    if (!copy && texts.read(place) === "") return;
    // An id stands for one text that the server has: if another device sends that text, what is typed here stays.
    copies.write(place, copy?.isTyped && !copy.isSaved ? copy : copies.create(copy?.tick));
    unsaved.add(place);
  }

  /** Another tab of this browser has not saved its text. It may be closed. */
  function takeOver(place: string): void {
    if (copies.read(place)?.isSaved === false) onWrite(place);
  }

  /** Saves a composer's text. Resolves to whether the server has it. */
  function save(place: string, by = call): Promise<boolean> {
    const onEnd = () => {
      saving.delete(place);
      // Another device may have written since.
      if (isRunning) void reconcile(place);
    };
    const current = saving.get(place) ?? saveNow(place, by).finally(onEnd);
    saving.set(place, current);
    return current;
  }
  async function saveNow(place: string, by: Call): Promise<boolean> {
    for (let tries = 0; tries < maxTries; tries++) {
      const [text, copy] = [texts.read(place), copies.read(place)];
      if (!copy || copy.isSaved) return true;
      const isNothing = text === "" && copy.tick === 0 && !store.getState().drafts.get(place)?.text;
      if (isNothing) clear(place);
      if (isNothing || text.length > limits.draft) return isNothing;
      try {
        const draft = await by("draft.write", { ...partsOf(place), id: copy.id, text, baseTick: copy.tick });
        retryDelay.reset();
        if (onSaved(place, { ...copy, text }, draft)) return true;
      } catch (thrown) {
        const { code, retryAfterMs } = toCallError(thrown);
        if (code === "conflict" && (await onConflict(place))) continue;
        // After any other error, the text stays in this browser.
        if (code === "conflict" || isTemporary(code)) unsaved.saveLater(place, retryAfterMs ?? retryDelay.next());
        return false;
      }
    }
    return false;
  }
  /** Returns whether the text that is in the composer now is saved. */
  function onSaved(place: string, sent: Copy & { text: string }, draft: Draft): boolean {
    const wasSent = draft.id !== sent.id || (draft.text === "" && sent.text !== "");
    if (wasSent) copies.refresh(place);
    const copy = copies.read(place);
    if (!copy) return true;
    if (wasSent) {
      if (copy.id === sent.id) onSent(place, copy, null);
      return !copies.read(place);
    }
    const isSaved = copy.id === sent.id && texts.read(place) === sent.text;
    if (isSaved && sent.text === "") clear(place);
    else copies.write(place, isSaved ? { ...copy, tick: draft.tick, isSaved } : copies.create(draft.tick));
    if (isSaved) unsaved.remove(place);
    // More was typed meanwhile.
    else if (unsaved.has(place)) onWrite(place);
    return true;
  }
  /** Returns whether another try makes sense. */
  async function onConflict(place: string): Promise<boolean> {
    try {
      const other = await call("draft.show", partsOf(place));
      // An empty draft conflicts with nothing: there are too many drafts.
      if (other.text === "" && texts.read(place) !== "") return false;
      if (continueAfter(place, other)) return true;
      // It may be what another tab of this browser has saved.
      copies.refresh(place);
      if ((copies.read(place)?.tick ?? 0) < other.tick) meet(place, other);
      return true;
    } catch {
      return false;
    }
  }

  /** The text of this browser, which is not saved, meets another version of the draft. */
  function meet(place: string, other: Draft): void {
    const text = texts.read(place);
    if (text === "" || text === other.text) return adopt(place, other);
    if (other.text.trim() && !text.includes(other.text)) copies.offer(place, other.text);
    copies.write(place, copies.create(other.tick));
  }
  /** If this tab has sent what the server still has as a draft, the text continues it. `draft` may be only the beginning. */
  function continueAfter(place: string, { id, text, tick }: Draft): boolean {
    const taken = takenTexts.get(id);
    if (taken === undefined || text === "" || !taken.startsWith(text)) return false;
    copies.write(place, { ...(copies.read(place) ?? copies.create()), tick, isSaved: false });
    store.setState((state) => dropSent(state, [{ id, ...partsOf(place) }]));
    unsaved.add(place);
    return true;
  }
  /** Shows the server's version. */
  function adopt(place: string, { id, text, tick }: Draft): void {
    if (text === "") return clear(place);
    setText(place, text);
    unsaved.remove(place);
    copies.write(place, { ...copies.create(tick), id, isSaved: true, isTyped: false });
    // This tab sends a message with that id. What was written since then on another device becomes a message of its own.
    if (takenTexts.has(id)) {
      copies.write(place, copies.create(tick));
      onWrite(place);
    }
  }

  /** Call when the server's version may have changed. */
  async function reconcile(place: string): Promise<void> {
    const { drafts, rooms } = store.getState();
    const draft = drafts.get(place);
    if (!draft || saving.has(place)) return;
    // The change may have arrived after its message.
    if (draft.text && hasArrived(rooms, draft, arrivedIds)) return store.setState((state) => dropSent(state, [draft]));
    copies.refresh(place);
    const copy = copies.read(place);
    if (!copy && texts.read(place) !== "") return onWrite(place);
    if ((copy && copy.tick >= draft.tick) || continueAfter(place, draft)) return;
    const isMine = unsaved.has(place);
    if (copy?.isSaved === false && !isMine) return; // another tab of this browser saves it
    // What is not on the screen is loaded when it is.
    if (!isMine && !openPlaces.has(place)) return clear(place);
    const whole = draft.isWhole ? draft : await call("draft.show", partsOf(place)).catch(() => null);
    const now = copies.read(place);
    const isOutdated = store.getState().drafts.get(place) !== draft || (now && now.tick >= draft.tick);
    if (!whole || isOutdated || saving.has(place)) return;
    if (now && !now.isSaved) meet(place, whole);
    else adopt(place, whole);
  }

  /** The text's message was sent, perhaps from another device. `body` is null if it is not known. */
  function onSent(place: string, copy: Copy, body: string | null): void {
    const text = texts.read(place);
    // What was typed here and differs is another message.
    if (text.trim() && copy.isTyped && trimBody(text) !== body) {
      copies.write(place, copies.create(copy.tick));
      unsaved.add(place);
    } else clear(place);
  }

  async function textOf(place: string): Promise<string> {
    const [copy, draft] = [copies.read(place), store.getState().drafts.get(place)];
    if (!draft?.text || (copy && !copy.isSaved)) return texts.read(place);
    return draft.isWhole ? draft.text : (await call("draft.show", partsOf(place))).text;
  }

  /** Clears a text that the server had and no longer has. Returns whether it did. */
  function dropIfGone(place: string): boolean {
    const [copy, { drafts, clock }] = [copies.read(place), store.getState()];
    const isGone = copy?.isSaved === true && !drafts.has(place) && copy.tick <= clock;
    if (isGone) clear(place);
    return isGone;
  }

  function onStart(): void {
    for (const place of new Set([...copies.places(), ...written])) {
      const [copy, text] = [copies.read(place), texts.read(place)];
      // A text without a copy is of an earlier version of this code.
      if (written.has(place) || (copy ? !copy.isSaved || text === "" : text !== "")) onWrite(place);
      else if (!dropIfGone(place)) void reconcile(place);
    }
    written.clear();
    for (const place of openPlaces) void reconcile(place);
  }

  return {
    start(): void {
      if (isRunning) return;
      isRunning = true;
      unsaved.start();
      unsubscribe = store.subscribe((state, previous) => {
        if (state.drafts === previous.drafts) return;
        for (const place of new Set([...state.drafts.keys(), ...previous.drafts.keys()])) {
          const [draft, before] = [state.drafts.get(place), previous.drafts.get(place)];
          if (draft?.tick !== before?.tick && !dropIfGone(place)) void reconcile(place);
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
      for (const place of unsaved.ids()) void save(place);
      for (const place of openPlaces) void reconcile(place);
    },
    onWrite,
    onElsewhere: unsaved.watch,
    onOpen: (place: string) => void reconcile(place),
    onMessages(messages: readonly Message[]): void {
      for (const { id, body, ...message } of messages) {
        const place = placeOf(message);
        if (copies.read(place)?.id !== id) continue;
        copies.refresh(place);
        const copy = copies.read(place);
        if (copy?.id === id) onSent(place, copy, body);
      }
    },
    take(place: string): string | undefined {
      const copy = copies.read(place);
      if (!copy) return undefined;
      takenTexts.set(copy.id, texts.read(place));
      copies.write(place, copies.create(copy.tick));
      const draft = store.getState().drafts.get(place);
      if (draft && (draft.id === copy.id || draft.tick <= copy.tick)) store.setState((now) => dropSent(now, [draft]));
      return copy.id;
    },
    async saveAll(isLast: boolean): Promise<boolean> {
      const all = await Promise.all(unsaved.ids().map((place) => save(place, isLast ? lastCall : call)));
      return all.every(Boolean);
    },
    /** Deletes a draft. Returns a function that brings it back. Rejects with a `CallError`. */
    async remove(place: string): Promise<() => void> {
      const [typed, copy, seen] = [texts.read(place), copies.read(place), store.getState().drafts.get(place)];
      await saving.get(place);
      const draft = store.getState().drafts.get(place);
      const isOwn = draft?.id === copy?.id || (draft?.id === copies.read(place)?.id && texts.read(place) === typed);
      // What another device has written since is not deleted: the server refuses this tick.
      const baseTick = (isOwn ? draft : seen)?.tick ?? 0;
      const text = await textOf(place);
      if (draft?.text) await call("draft.write", { ...partsOf(place), id: newId(), text: "", baseTick });
      if (texts.read(place) === typed) clear(place);
      void reconcile(place); // another device may have written since
      return () => {
        copies.offer(place, text);
        copies.takeOther(place, text); // what was typed since is offered
        void save(place);
      };
    },
    /** The whole text of a draft. Rejects with a `CallError`. */
    textOf,
  };
}
