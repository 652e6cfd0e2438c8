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

/** The clock of my own log. It moves with each change that only I receive. */
export function useOwnClock(): number {
  return useStore(useParley().stores.rooms, ({ clock }) => clock);
}
