import type { ConnectionState, ConnectionStore } from "./stores/connection";

/** Updates the state of the connection. `signed_out` is final. */
export function createConnection(store: ConnectionStore, pageVersion: string, now: () => number) {
  function set(status: ConnectionState["status"]): void {
    const { status: before, since } = store.getState();
    if (before === status || before === "signed_out") return;
    store.setState({ status, since: status === "offline" ? (since ?? now()) : null });
  }
  return {
    online() {
      if (store.getState().wrongAddress) store.setState({ wrongAddress: null });
      set("online");
    },
    caughtUp(caughtUp: boolean): void {
      if (store.getState().caughtUp !== caughtUp) store.setState({ caughtUp });
    },
    offline: () => set("offline"),
    signedOut: () => set("signed_out"),
    isSignedOut: () => store.getState().status === "signed_out",
    wrongAddress: (message: string, openAt: string) => store.setState({ wrongAddress: { message, openAt } }),
    serverVersion(version: string): void {
      if (version && pageVersion && version !== pageVersion) store.setState({ newVersion: true });
    },
  };
}
