import { createStore } from "zustand/vanilla";

export interface ConnectionState {
  status: "connecting" | "online" | "offline" | "signed_out";
  /** The device reports that it has no network, which is noticed long before a timeout. */
  noNetwork: boolean;
  /** Whether everything missed while disconnected has arrived. */
  caughtUp: boolean;
  /** The server answers but cannot work, so nothing is stored at the moment. */
  trouble: boolean;
  /** The server runs another build than this page. */
  newVersion: boolean;
  /** The server does not accept this page's address: its message, and the address to open instead. */
  wrongAddress: { message: string; openAt: string } | null;
  /** Since when the status is `offline`, in milliseconds since 1970; otherwise null. */
  since: number | null;
}

export const createConnectionStore = () =>
  createStore<ConnectionState>(() => ({
    status: "connecting",
    noNetwork: false,
    caughtUp: true,
    trouble: false,
    newVersion: false,
    wrongAddress: null,
    since: null,
  }));

/** Whether the server cannot be reached, so that presence and the like may be stale. */
export const isOffline = ({ status, noNetwork }: ConnectionState): boolean => status === "offline" || noNetwork;
export type ConnectionStore = ReturnType<typeof createConnectionStore>;
