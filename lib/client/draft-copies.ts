// What a browser knows about the texts in its composers, beside the texts themselves. All tabs share it.
import { copyPlace, isRoomId, othersPlace } from "./draft-places";
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

/** A room keeps at most this many other versions of its draft. */
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
  function read(roomId: string): Copy | null {
    const kept = texts.read(copyPlace(roomId));
    if (!kept) return null;
    const copy = parse(kept);
    const { epoch } = rooms.getState();
    return copy && copy.epoch !== epoch ? { ...copy, epoch, tick: 0, isSaved: false } : copy;
  }
  /** Reads a place from the storage again, because another tab may have changed it just now. */
  function refresh(place: string): void {
    if (texts.storage && texts.isKept()) texts.onStorageChange(texts.prefix + place);
  }
  function replaceOther(roomId: string, other: string, by: string[]): void {
    const others = parseOthers(texts.read(othersPlace(roomId))).flatMap((each) => (each === other ? by : [each]));
    texts.write(othersPlace(roomId), others.length > 0 ? JSON.stringify(others) : "");
  }
  return {
    read,
    write(roomId: string, copy: Copy | null): void {
      const kept = copy ? JSON.stringify(copy) : "";
      if (texts.read(copyPlace(roomId)) !== kept) texts.write(copyPlace(roomId), kept);
    },
    /** Reads the text of a room, and what is known about it, from the storage again. */
    refresh(roomId: string): void {
      for (const place of [roomId, copyPlace(roomId)]) refresh(place);
    },
    /** The rooms with a text, or with something known about it. */
    roomIds(): Set<string> {
      const { storage, prefix, store } = texts;
      let keys: string[] = [];
      try {
        keys = storage?.keys?.() ?? [];
      } catch {
        // The browser refuses access.
      }
      const stored = keys.flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
      const places = [...stored, ...Object.keys(store.getState().texts)];
      return new Set(places.map((place) => place.replace(/^draft\./, "")).filter(isRoomId));
    },
    /** Offers another version of the draft, so that its text is not lost. */
    offer(roomId: string, text: string): void {
      const others = parseOthers(texts.read(othersPlace(roomId))).filter((each) => each !== text);
      texts.write(othersPlace(roomId), JSON.stringify([...others, text].slice(-maxOthers)));
    },
    /** Puts an offered version into the composer, and offers the composer's text instead. */
    takeOther(roomId: string, other: string): void {
      const text = texts.read(roomId);
      replaceOther(roomId, other, text.trim() ? [text] : []);
      texts.write(roomId, other);
    },
    /** No longer offers a version. */
    dropOther: (roomId: string, other: string) => replaceOther(roomId, other, []),
  };
}

function parse(kept: string): Copy | null {
  try {
    return JSON.parse(kept) as Copy;
  } catch {
    return null; // written by another version
  }
}
