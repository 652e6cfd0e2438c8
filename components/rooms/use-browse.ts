"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useRoomActions } from "@/lib/client/hooks/use-room-actions";
import type { FoundRoom } from "@/lib/contract/room";

type State = { status: "loading" | "ready" | "error"; message: string; rooms: FoundRoom[]; more: boolean };

const restMs = 150;

/** The rooms a query finds, page by page. What is shown stays until the answer is there. */
export function useBrowse(query: string) {
  const { browse } = useRoomActions();
  const [state, setState] = useState<State>({ status: "loading", message: "", rooms: [], more: false });
  const asked = useRef(0);

  const load = useCallback(
    async (after?: string) => {
      const mine = ++asked.current;
      try {
        const page = await browse(query || undefined, after);
        if (mine !== asked.current) return;
        setState((now) => ({
          status: "ready",
          message: "",
          rooms: after ? [...now.rooms, ...page.rooms] : page.rooms,
          more: page.more,
        }));
      } catch (error) {
        if (mine !== asked.current) return;
        setState((now) => ({
          ...now,
          status: "error",
          rooms: [],
          more: false,
          message: (error instanceof Error && error.message) || "Something went wrong. Try again.",
        }));
      }
    },
    [browse, query],
  );

  useEffect(() => {
    const timer = setTimeout(() => void load(), query ? restMs : 0);
    return () => clearTimeout(timer);
  }, [load, query]);

  return { ...state, loadMore: () => load(state.rooms.at(-1)?.room.id), retry: () => void load() };
}
