import { createStore } from "zustand/vanilla";

export interface ConnectionState {
  status: "connecting" | "online" | "offline" | "signed_out";
  /** The device says that it has no network, long before the silence of the server does. */
  noNetwork: boolean;
  /** Nothing was missed, or what was missed while the connection was away has come. */
  caughtUp: boolean;
  /** Somebody answers there, but cannot work: nothing is stored at the moment. */
  trouble: boolean;
  /** The server is of another build than this page: a reload brings the new one. */
  newVersion: boolean;
  /** This page is at an address that the server does not answer: what it said, and the address to open instead. */
  wrongAddress: { message: string; openAt: string } | null;
  /** Since when it has been offline, in milliseconds of the clock; null while it is not. */
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

/** Nothing is heard of the server: what it said last of others may no longer be so. */
export const isOffline = ({ status, noNetwork }: ConnectionState): boolean => status === "offline" || noNetwork;
export type ConnectionStore = ReturnType<typeof createConnectionStore>;
