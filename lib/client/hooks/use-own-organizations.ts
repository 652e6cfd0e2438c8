"use client";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { OwnOrganization } from "@/lib/contract/own-organizations";
import { createOwnOrganizations } from "../own-organizations";
import { isOffline } from "../stores/connection";
import { useParley } from "./use-parley";

const lookEveryMs = 60_000;
const none: readonly OwnOrganization[] = [];

/**
 * The organizations of my account, by name. Asks the server when the page is connected, when its window gets the focus, once a minute
 * while it is visible and in use, and on `refresh`. Empty before the first answer.
 */
export function useOwnOrganizations(): {
  organizations: readonly OwnOrganization[];
  mayCreate: boolean;
  /** Whether the server can be reached, as far as the page knows. */
  isReachable: boolean;
  refresh: () => void;
} {
  const { call, stores, isActive } = useParley();
  const [own] = useState(() => createOwnOrganizations({ call, isActive }));
  const answer = useStore(own.store, (state) => state.answer);
  const isReachable = useStore(stores.connection, (state) => !isOffline(state));
  const isOnline = useStore(stores.connection, ({ status }) => status === "online") && isReachable;
  useEffect(() => {
    if (!isOnline) return;
    const isVisible = () => document.visibilityState === "visible";
    const look = () => void (isVisible() && own.refreshIfStale());
    look();
    const timer = setInterval(() => void (isVisible() && own.poll()), lookEveryMs);
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [own, isOnline]);
  return {
    organizations: answer?.organizations ?? none,
    mayCreate: answer?.mayCreate ?? false,
    isReachable,
    refresh() {
      if (isReachable) void own.refresh();
    },
  };
}
