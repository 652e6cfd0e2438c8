// What a browser knows about the texts in its composers, beside the texts themselves. All tabs share it.
import { copyPlace, isComposer, othersPlace } from "./draft-places";
import { newId } from "./new-id";
import type { RoomsStore } from "./stores/rooms";
import type { Texts } from "./texts";

export interface Copy {
  /** The id of the message that the text will become. */
  id: string;
  /** The tick of the draft that the text continues. 0: of none. */
  tick: number;
  /** Whether the text is what the server has at that tick. */
  isSaved: boolean;
  /** Whether part of it was typed in this browser. */
  isTyped: boolean;
  /** `epoch` of the home. In another one, after a restore from a backup, ticks mean something else. */
  epoch: string;
}

/** A composer keeps at most this many other versions of its draft. */
const maxOthers = 20;

/** The other versions of a draft that are kept in a text; none if another version of this code wrote it. */
export function parseOthers(kept: string): string[] {
  try {
    return kept ? (JSON.parse(kept) as string[]) : [];
  } catch {
    return [];
  }
}

export function createDraftCopies(texts: Texts, rooms: RoomsStore) {
  function read(place: string): Copy | null {
    const kept = texts.read(copyPlace(place));
    if (!kept) return null;
    const copy = parse(kept);
    const { epoch } = rooms.getState();
    return copy && copy.epoch !== epoch ? { ...copy, epoch, tick: 0, isSaved: false } : copy;
  }
  function replaceOther(place: string, other: string, by: string[]): void {
    const others = parseOthers(texts.read(othersPlace(place))).flatMap((each) => (each === other ? by : [each]));
    texts.write(othersPlace(place), others.length > 0 ? JSON.stringify(others) : "");
  }
  return {
    read,
    /** What is known of a text that is typed now. */
    create: (tick = 0): Copy => {
      return { id: newId(), tick, isSaved: false, isTyped: true, epoch: rooms.getState().epoch };
    },
    write(place: string, copy: Copy | null): void {
      const kept = copy ? JSON.stringify(copy) : "";
      if (texts.read(copyPlace(place)) !== kept) texts.write(copyPlace(place), kept);
    },
    /** Reads the text of a composer, and what is known about it, from the storage again. */
    refresh(place: string): void {
      for (const name of [place, copyPlace(place)]) texts.refresh(name);
    },
    /** The composers with a text, or with something known about it. */
    places(): Set<string> {
      const { storage, prefix, store } = texts;
      let keys: string[] = [];
      try {
        keys = storage?.keys?.() ?? [];
      } catch {
        // The browser refuses access.
      }
      const stored = keys.flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
      const known = [...stored, ...Object.keys(store.getState().texts)];
      return new Set(known.map((place) => place.replace(/^draft\./, "")).filter(isComposer));
    },
    /** Offers another version of the draft, so that its text is not lost. */
    offer(place: string, text: string): void {
      const others = parseOthers(texts.read(othersPlace(place))).filter((each) => each !== text);
      texts.write(othersPlace(place), JSON.stringify([...others, text].slice(-maxOthers)));
    },
    /** Puts an offered version into the composer, and offers the composer's text instead. */
    takeOther(place: string, other: string): void {
      const text = texts.read(place);
      replaceOther(place, other, text.trim() ? [text] : []);
      texts.write(place, other);
    },
    /** No longer offers a version. */
    dropOther: (place: string, other: string) => replaceOther(place, other, []),
  };
}

function parse(kept: string): Copy | null {
  try {
    return JSON.parse(kept) as Copy;
  } catch {
    return null; // written by another version
  }
}
