"use client";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useRarely } from "@/lib/client/hooks/use-rarely";
import type { Names } from "@/lib/client/names";
import { type NamesState, noNames } from "@/lib/client/stores/names";
import type { Room } from "@/lib/contract/room";

/** How often the people of a room are loaded again at most, in ms, while people come and go. */
const reloadMs = 5_000;
/** Failed requests are repeated after this time, while the names are on the screen. */
const retryMs = 10_000;

/**
 * The names of everyone, and who is in a room. They are loaded when this is first used. `key` says what they are needed for: another one
 * tries again what failed.
 */
export function useNames(room: Pick<Room, "id" | "kind" | "changedSeq" | "directIds"> | null, key = ""): NamesState {
  const parley = useParley();
  const [names, setNames] = useState<Names | null>(null);
  const [none] = useState(() => createStore(() => noNames));
  const [attempt, setAttempt] = useState(0);
  const roomId = room?.kind === "channel" ? room.id : null;
  const changedSeq = useRarely(room?.changedSeq ?? 0, reloadMs, roomId ?? "");

  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function load() {
      const loaded = await parley.names();
      if (isGone) return;
      setNames(loaded);
      await Promise.all([roomId && loaded.loadRoom(roomId, changedSeq), loaded.load()]);
    }
    load().catch(() => {
      if (!isGone) timer = setTimeout(() => setAttempt((before) => before + 1), retryMs);
    });
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [parley, roomId, changedSeq, key, attempt]);

  return useStore(names?.store ?? none);
}

/** The people in a room; null while they are not known. */
export function membersOf(
  { rooms }: Pick<NamesState, "rooms">,
  room: Pick<Room, "id" | "kind" | "directIds"> | null,
): ReadonlySet<string> | null {
  if (!room) return null;
  return room.kind === "direct" ? new Set(room.directIds) : (rooms.get(room.id)?.ids ?? null);
}
