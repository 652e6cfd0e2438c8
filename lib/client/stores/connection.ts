import { createStore } from "zustand/vanilla";

export interface ConnectionState {
  status: "connecting" | "online" | "offline" | "signed_out";
  /** Somebody answers there, but cannot work: nothing is stored at the moment. */
  trouble: boolean;
  /** The server is of another build than this page: a reload brings the new one. */
  newVersion: boolean;
  /** Since when it has been offline, in milliseconds of the clock; null while it is not. */
  since: number | null;
}

export const createConnectionStore = () =>
  createStore<ConnectionState>(() => ({ status: "connecting", trouble: false, newVersion: false, since: null }));
export type ConnectionStore = ReturnType<typeof createConnectionStore>;
