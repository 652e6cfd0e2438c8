"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Draft } from "@/lib/client/stores/outbox";
import { useParley } from "./use-parley";

/** What I wrote in this room and has not been sent, in the order of writing. */
export function useUnsent(roomId: string): readonly Draft[] {
  const { stores } = useParley();
  const drafts = useStore(stores.outbox, (state) => state.drafts);
  return useMemo(() => drafts.filter((draft) => draft.roomId === roomId), [drafts, roomId]);
}
