import type { ConnectionState, ConnectionStore } from "./stores/connection";

/** Updates the state of the connection. `signed_out` is final. */
export function createConnection(store: ConnectionStore, pageVersion: string) {
  function setStatus(status: ConnectionState["status"]): void {
    const { status: previous } = store.getState();
    if (previous === status || previous === "signed_out") return;
    store.setState({ status });
  }
  return {
    setOnline() {
      if (store.getState().wrongAddress) store.setState({ wrongAddress: null });
      setStatus("online");
    },
    setCaughtUp(caughtUp: boolean): void {
      if (store.getState().caughtUp !== caughtUp) store.setState({ caughtUp });
    },
    setOffline: () => setStatus("offline"),
    setSignedOut: () => setStatus("signed_out"),
    isSignedOut: () => store.getState().status === "signed_out",
    setWrongAddress: (message: string, openAt: string) => store.setState({ wrongAddress: { message, openAt } }),
    compareServerVersion(version: string): void {
      if (version && pageVersion && version !== pageVersion) store.setState({ newVersion: true });
    },
  };
}
