"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { isRoomId } from "../draft-places";
import { useParley } from "./use-parley";

/** The rooms in which I have a draft: on the server, or in this browser alone. The latest on the server come first. */
export function useDraftRoomIds(): string[] {
  const { stores } = useParley();
  const saved = useStore(
    stores.rooms,
    useShallow(({ drafts }) =>
      [...drafts.values()]
        .filter(({ text }) => text)
        .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
        .map(({ roomId }) => roomId),
    ),
  );
  const typed = useStore(
    stores.texts,
    useShallow(({ texts }) => Object.keys(texts).filter((place) => isRoomId(place) && texts[place]?.trim())),
  );
  return [...new Set([...saved, ...typed])];
}
