"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Home } from "@/lib/contract/home";
import { useParley } from "./use-parley";

/** The signed-in person, with their e-mail, organization and session. */
export function useMe(): Pick<Home, "me" | "organization" | "email" | "sessionId"> {
  const { stores } = useParley();
  return useStore(
    stores.rooms,
    useShallow(({ me, organization, email, sessionId }) => ({ me, organization, email, sessionId })),
  );
}

/** My own clock. It counts the changes that only I receive, such as joining a room. */
export function useOwnClock(): number {
  return useStore(useParley().stores.rooms, ({ clock }) => clock);
}
