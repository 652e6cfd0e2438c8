"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useMe } from "@/lib/client/hooks/use-me";

/** The scroll position of a room's log when the person left the room: a message and its place on the screen. */
export interface LogPlace {
  key: string;
  seq: number;
  /** The distance from the top of the log's visible part to the message, in px. */
  below: number;
}

export interface LogPlacesStore {
  /** Null if the person never left the room, or left it while the log was at its end. */
  get(roomId: string): LogPlace | null;
  set(roomId: string, place: LogPlace | null): void;
}

const PlacesContext = createContext<LogPlacesStore | null>(null);
/** If there are more places than this, the oldest ones are removed. */
const maxPlaces = 200;

/** Stores the scroll position of each room that the person leaves. The positions last until the tab is closed. */
export function LogPlaces({ children }: { children: ReactNode }) {
  const { me } = useMe();
  const places = useMemo(() => createPlaces(`parley.places.${me.id}`), [me.id]);
  return <PlacesContext value={places}>{children}</PlacesContext>;
}

const noPlaces: LogPlacesStore = { get: () => null, set: () => {} };

/** For a log whose scroll position is not kept. */
export function NoLogPlaces({ children }: { children: ReactNode }) {
  return <PlacesContext value={noPlaces}>{children}</PlacesContext>;
}

export function useLogPlaces(): LogPlacesStore {
  const places = useContext(PlacesContext);
  if (!places) throw new Error("A log stands inside <LogPlaces>.");
  return places;
}

function createPlaces(key: string): LogPlacesStore {
  let places: Map<string, LogPlace> | null = null;
  // Reads the storage on first use, because there is none while the server renders the page.
  const loadPlaces = () => (places ??= new Map(readStored(key)));
  return {
    get: (roomId) => loadPlaces().get(roomId) ?? null,
    set(roomId, place) {
      const all = loadPlaces();
      all.delete(roomId);
      if (place) all.set(roomId, place);
      for (const oldest of [...all.keys()].slice(0, -maxPlaces)) all.delete(oldest);
      try {
        sessionStorage.setItem(key, JSON.stringify([...all]));
      } catch {
        // If the storage is refused or full, the places last only until the page is reloaded or closed.
      }
    },
  };
}

function readStored(key: string): [string, LogPlace][] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]") as [string, LogPlace][];
  } catch {
    return [];
  }
}
