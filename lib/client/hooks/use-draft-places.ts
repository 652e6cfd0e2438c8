"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { isComposer, placeOf } from "../draft-places";
import { useParley } from "./use-parley";

/** The places of the composers in which I have a draft: on the server, or in this browser alone. The latest on the server come first. */
export function useDraftPlaces(): string[] {
  const { stores } = useParley();
  const saved = useStore(
    stores.rooms,
    useShallow(({ drafts }) =>
      [...drafts.values()]
        .filter(({ text }) => text)
        .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
        .map(placeOf),
    ),
  );
  const typed = useStore(
    stores.texts,
    useShallow(({ texts }) => Object.keys(texts).filter((place) => isComposer(place) && texts[place]?.trim())),
  );
  return [...new Set([...saved, ...typed])];
}
