import { createStore } from "zustand/vanilla";

export interface ConnectionState {
  status: "connecting" | "online" | "offline" | "signed_out";
  /** Whether the device reports that it has no network. It does so long before a request times out. */
  noNetwork: boolean;
  /** Whether all changes that were missed while disconnected have arrived. */
  caughtUp: boolean;
  /** Whether the server answers but cannot work, because its database is down or full. */
  trouble: boolean;
  /** How many of my changes have been unanswered for three seconds. */
  slowChanges: number;
  /** Whether the server runs another build than this page. */
  newVersion: boolean;
  /** The server does not accept this page's address: its message, and the address to open instead. */
  wrongAddress: { message: string; openAt: string } | null;
}

export const createConnectionStore = () =>
  createStore<ConnectionState>(() => ({
    status: "connecting",
    noNetwork: false,
    caughtUp: true,
    trouble: false,
    slowChanges: 0,
    newVersion: false,
    wrongAddress: null,
  }));

/** Whether the server cannot be reached. Presence and other state may then be stale. */
export const isOffline = ({ status, noNetwork }: ConnectionState): boolean => status === "offline" || noNetwork;
export type ConnectionStore = ReturnType<typeof createConnectionStore>;
